#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-only
"""What a change has to pass beside the tests. `./dev check` and `./dev tidy` install what this needs and call it.

usage: .ci/check.py BUILD              all checks; those of format and clang-tidy look at what changed
       .ci/check.py BUILD CHECK...     these checks alone
       .ci/check.py BUILD --all tidy   clang-tidy over every file, those that see Torch too

BUILD is a build folder that is set up: clang-tidy reads from it how files are compiled. "Changed" is against the merge
base with origin's main branch, or against HEAD~1 if there is none or if it is HEAD itself.
"""
import concurrent.futures
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from pathlib import Path

sys.dont_write_bytecode = True
import arrows  # noqa: E402

TOP = Path(__file__).resolve().parent.parent
PRODUCT = ("core", "ui", "app")
MOST_LINES = 500
LICENCE = "SPDX-License-Identifier: GPL-3.0-only"


def run(*command, **more):
    return subprocess.run([str(part) for part in command], cwd=TOP, capture_output=True, text=True, **more)


def git(*arguments):
    result = run("git", *arguments)
    return result.stdout if result.returncode == 0 else None


def tool(name):
    """Version 14 of an LLVM tool, which Debian 12 has and whose format the tree has, else the one there is."""
    return shutil.which(f"{name}-14") or shutil.which(name) or sys.exit(f"{name} is not installed; ./dev check installs it")


def base():
    """The commit that changes are counted from."""
    for main in ("refs/remotes/origin/HEAD", "refs/remotes/origin/main"):
        merge = git("merge-base", main, "HEAD")
        if merge and merge != git("rev-parse", "HEAD"):
            return merge.strip()
    return "HEAD~1" if git("rev-parse", "--verify", "-q", "HEAD~1") else "HEAD"


def untracked():
    return [name for name in git("ls-files", "-z", "--others", "--exclude-standard").split("\0") if name]


def tracked():
    return [name for name in git("ls-files", "-z").split("\0") if name and (TOP / name).is_file()]


def changed():
    """The files that differ from base(), those that are not committed too."""
    return git("diff", "--name-only", "-z", "--diff-filter=d", base(), "--").split("\0")[:-1] + untracked()


def sources(names, endings=(".cpp", ".h", ".cu"), folders=PRODUCT + ("tests",)):
    return [name for name in names if name.endswith(endings) and name.split("/")[0] in folders]


def text_of(name):
    return (TOP / name).read_text(encoding="utf-8", errors="replace")


# ---- The checks: each takes the build folder and whether every file is meant, and gives what is wrong, a list of lines.


def check_format(build, every):
    """The format of changed lines, and of all lines of new files."""
    names = sources(tracked() if every else changed())
    new = sorted(set(names) & set(untracked()))
    old = sorted(set(names) - set(new))
    wrong = []
    if old:
        result = run(tool("git-clang-format"), "--binary", tool("clang-format"), "--diff", "--extensions", "cpp,h,cu",
                     base(), "--", *old)
        if "\n@@" in result.stdout or result.returncode > 1:
            wrong += (result.stdout + result.stderr).splitlines()
    for name in new:
        result = run(tool("clang-format"), "--dry-run", "-Werror", "--ferror-limit=3", name)
        if result.returncode != 0:
            wrong += result.stderr.splitlines()
    if wrong:
        wrong.append(f"git clang-format {base()} repairs lines of files that git knows, clang-format -i FILE a new file.")
    return wrong


def compile_database(build):
    """How files are compiled, without GCC's precompiled headers, which clang cannot read."""
    entries = []
    for entry in json.loads(run("ninja", "-C", build, "-t", "compdb").stdout or "[]"):
        if not entry["file"].endswith(".cpp") or " -c " not in entry["command"]:
            continue
        words = shlex.split(entry["command"])
        kept, skip = [], False
        for word, after in zip(words, words[1:] + [""]):
            if skip or word == "-Winvalid-pch" or (word == "-include" and "cmake_pch" in after):
                skip = word == "-include" and not skip
                continue
            kept.append(word)
        entries.append({"directory": entry["directory"], "file": entry["file"],
                        "arguments": kept + ["-Wno-unknown-warning-option", "-Wthread-safety"]})
    folder = Path(build) / "tidy"
    folder.mkdir(exist_ok=True)
    text = json.dumps(entries, indent=1)
    database = folder / "compile_commands.json"
    if not database.exists() or database.read_text() != text:
        database.write_text(text)
    return folder, {entry["file"] for entry in entries}


def check_tidy(build, every):
    """clang-tidy, with the list in .clang-tidy: on changed files that see no Torch header (Torch's take a minute)."""
    all_sources = {name: text_of(name) for name in sources(tracked() + untracked(), folders=PRODUCT)}
    slow = set() if every else arrows.sees_torch(all_sources)
    names = set()
    for name in sources(all_sources if every else changed(), (".cpp", ".h"), PRODUCT):
        pair = name[:-2] + ".cpp" if name.endswith(".h") else name
        name = pair if pair in all_sources else name
        if name not in slow and not (every and name.endswith(".h")):
            names.add(name)
    if not names:
        return []
    folder, known = compile_database(build)
    # A build without the window cannot say how the window is compiled, nor one without nvcc how CUDA's half is.
    built = {str(TOP / name) for name in names} & known
    names = sorted(name for name in names if str(TOP / name) in built or any(
        Path(other).parent == (TOP / name).parent for other in known))

    def tidy(name):
        result = run(tool("clang-tidy"), "-p", folder, "--quiet", name)
        if result.returncode == 0 and "warning:" not in result.stdout:
            return []
        lines = [line for line in (result.stdout + result.stderr).splitlines()
                 if not re.match(r"\d+ warnings? (and \d+ errors? )?generated|Suppressed|Use -header-filter", line)]
        return [line.replace(f"{TOP}/", "") for line in lines] or [f"{name}: clang-tidy failed"]

    with concurrent.futures.ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        wrong = []
        for done, lines in enumerate(pool.map(tidy, names), 1):
            wrong += lines
            if every:
                print(f"\r{done} of {len(names)} files ", end="", file=sys.stderr, flush=True)
    return wrong


def check_spelling(build, every):
    """Misspelt words, in all of the tree. A word that is right goes into .ci/spelling.txt."""
    skipped = (".png", ".pth", ".safetensors", ".ts", ".svg", "LICENSE", ".ci/spelling.txt")
    names = [name for name in tracked() + untracked() if not name.endswith(skipped)]
    names_of_code = r"\b[a-z]+[A-Z]\w*"
    return run("codespell", "--ignore-words", TOP / ".ci/spelling.txt", "--ignore-regex", names_of_code,
               *names).stdout.splitlines()


def check_licence(build, every):
    """The licence of every source file and script, in one of its first three lines."""
    wanted = (".cpp", ".h", ".cu", ".h.in", ".py", ".sh", "CMakeLists.txt", ".cmake")
    return [f"{name}: one of the first three lines should say '{LICENCE}'" for name in tracked() + untracked()
            if (name.endswith(wanted) or name in ("dev", ".ci/run"))
            and not any(LICENCE in line for line in text_of(name).splitlines()[:3])]


def check_arrows(build, every):
    """The arrows between folders; see .ci/arrows.py."""
    return arrows.violations({name: text_of(name) for name in sources(tracked() + untracked())})


def check_tests(build, every):
    """Nothing in the product reads from tests/."""
    return [f"{name}:{number}: the product should not name tests/: {line.strip()}"
            for name in tracked() + untracked() if name.split("/")[0] in PRODUCT + ("resources",)
            and name.endswith((".cpp", ".h", ".cu", ".in", ".txt", ".cmake", ".qrc", ".py"))
            for number, line in enumerate(text_of(name).splitlines(), 1) if re.search(r"\btests/", line)]


def check_locks(build, every):
    """One mutex, whose users clang checks: nothing but its file names those of the standard library."""
    ours = "core/base/mutex.h"
    theirs = r"\bstd::(\w*mutex|lock_guard|unique_lock|scoped_lock|shared_lock|condition_variable\w*)\b"
    return [f"{name}:{number}: {found[0]} stands in {ours} alone; use what is there"
            for name in sources(tracked() + untracked(), folders=PRODUCT) if name != ours
            for number, line in enumerate(text_of(name).splitlines(), 1) if (found := re.search(theirs, line))]


def check_lengths(build, every):
    """The length of source files."""
    lengths = {name: text_of(name).count("\n") for name in sources(tracked() + untracked(), folders=PRODUCT)}
    return [f"{name} has {lines} lines, and {MOST_LINES} are the most: move a subject out of it"
            for name, lines in lengths.items() if lines > MOST_LINES]


def check_shell(build, every):
    """shellcheck on all shell scripts."""
    scripts = [name for name in tracked() + untracked() if name.endswith(".sh") or name in ("dev", ".ci/run")]
    return run("shellcheck", *scripts).stdout.splitlines()


CHECKS = {name[len("check_"):]: check for name, check in list(globals().items()) if name.startswith("check_")}


def main(build, *arguments):
    every = "--all" in arguments
    names = [name for name in arguments if name != "--all"] or list(CHECKS)
    failed = 0
    for name in names:
        begin = time.monotonic()
        wrong = CHECKS[name](build, every)
        print(f"{name:9} {'FAILED' if wrong else 'ok':6} {time.monotonic() - begin:5.1f} s", flush=True)
        for line in wrong:
            print(f"  {line}", flush=True)
        failed += bool(wrong)
    if failed:
        sys.exit(f"{failed} of {len(names)} checks failed.")


if __name__ == "__main__":
    if len(sys.argv) < 2 or any(name not in CHECKS and name != "--all" for name in sys.argv[2:]):
        sys.exit(f"{__doc__.strip()}\n\nThe checks: {' '.join(CHECKS)}")
    main(*sys.argv[1:])
