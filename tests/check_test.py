#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-only
"""What ./dev check promises: each check fails where it should, and says where. It runs in a small repository of its own.
The checks whose tool is not installed are left out."""
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(CHECKOUT / ".ci"))
sys.dont_write_bytecode = True
import arrows  # noqa: E402

LICENCE = "// SPDX-License-Identifier: GPL-3.0-only\n"


def needs(tool):
    return unittest.skipUnless(shutil.which(f"{tool}-14") or shutil.which(tool), f"{tool} is not installed")


class Arrows(unittest.TestCase):
    TABLE = "low\nmiddle low\nhigh middle\nbeside low\nhigh/above high"

    def found(self, files, known={}):
        return arrows.violations(files, self.TABLE, known)

    def test_downward_and_within_a_folder(self):
        self.assertEqual(self.found({"high/a.cpp": '#include "low/b.h"\n#include "high/c.h"\n#include <vector>\n',
                                     "middle/part/a.h": '#include "middle/b.h"\n#include "low/part/c.h"'}), [])

    def test_upward(self):
        found = self.found({"low/a.h": '#pragma once\n  #  include "middle/b.h"\n'})
        self.assertEqual(found, ["low/a.h includes middle/b.h: low may not include middle"])

    def test_upward_below_a_folder(self):
        self.assertEqual(len(self.found({"low/part/a.h": '#include "middle/part/b.h"'})), 1)

    def test_between_folders_beside_each_other(self):
        self.assertEqual(len(self.found({"beside/a.h": '#include "middle/b.h"'})), 1)

    def test_a_folder_with_a_line_of_its_own_is_no_part_of_the_one_above(self):
        self.assertEqual(len(self.found({"high/a.h": '#include "high/above/b.h"'})), 1)
        self.assertEqual(self.found({"high/above/a.h": '#include "high/b.h"'}), [])

    def test_a_file_pair_with_a_line_of_its_own_is_no_part_of_its_folder(self):
        table = self.TABLE + "\nhigh/list high/above"
        files = {"high/list.cpp": '#include "high/list.h"\n#include "high/above/b.h"\n#include "high/c.h"'}
        self.assertEqual(arrows.violations(files, table, {}), [])
        self.assertEqual(len(arrows.violations({"high/a.h": '#include "high/list.h"'}, table, {})), 1)

    def test_a_folder_without_arrows(self):
        self.assertIn("elsewhere/a.h: its folder has no arrows yet", self.found({"elsewhere/a.h": ""})[0])

    def test_what_is_known_is_allowed_while_it_is_there(self):
        known = {("low/a.h", "middle/b.h"): "a reason"}
        self.assertEqual(self.found({"low/a.h": '#include "middle/b.h"'}, known), [])
        self.assertIn("no longer includes", self.found({"low/a.h": ""}, known)[0])

    def test_qt_in_core(self):
        self.assertIn("core has no Qt", arrows.violations({"core/base/a.cpp": "#include <QString>"}, known={})[0])

    def test_torch_in_ui_through_other_headers(self):
        files = {"ui/work/a.cpp": '#include "core/model/b.h"', "core/model/b.h": '#include "core/model/torch.h"',
                 "core/model/torch.h": "#include <torch/torch.h>"}
        self.assertEqual(arrows.sees_torch(files), set(files))
        self.assertEqual(len(arrows.violations(files, known={})), 1)

    def test_torch_types_in_public_headers(self):
        files = {"core/train/a.h": "// torch::Tensor in a comment\nnamespace at {\nclass Tensor;\n}\nvoid f(at::Tensor);",
                 "core/model/b.h": "void f(at::Tensor);", "core/train/c.cpp": "at::Tensor t;"}
        self.assertEqual([line.split()[0] for line in arrows.violations(files, known={})], ["core/train/a.h"])

    def test_what_the_product_may_not_include(self):
        self.assertEqual(len(arrows.violations({"core/base/a.cpp": '#include "tests/support/b.h"'}, known={})), 1)
        self.assertEqual(len(arrows.violations({"app/samout/a.cpp": '#include "ui/plots/b.h"'}, known={})), 1)
        self.assertEqual(len(arrows.violations({"ui/plots/a.cpp": '#include "core/base/b.h"'}, known={})), 1)


class Checks(unittest.TestCase):
    """.ci/check.py in a repository of one commit, to which each test adds its change."""

    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.top = Path(scratch.name).resolve()
        shutil.copytree(CHECKOUT / ".ci", self.top / ".ci", ignore=shutil.ignore_patterns("__pycache__"))
        for name in (".clang-format", ".clang-tidy"):
            shutil.copy(CHECKOUT / name, self.top)
        # Badly formatted, misspelt, and from before the change.
        self.write("core/base/old.cpp", LICENCE + "int  old( );\nint between;\nint oldest;\n")
        self.write(".gitignore", "/build/\n__pycache__/\n")
        self.git("init", "-q", "-b", "main")
        self.commit("First")
        self.git("commit", "-q", "--allow-empty", "-m", "Second")

    def write(self, name, text):
        path = self.top / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def git(self, *arguments):
        subprocess.run(["git", "-c", "user.name=Test", "-c", "user.email=test@example.org", *arguments], cwd=self.top,
                       check=True, capture_output=True)

    def commit(self, subject):
        self.git("add", "-A")
        self.git("commit", "-q", "-m", subject)

    def check(self, name, *more):
        """What the check says is wrong; empty if it passes."""
        result = subprocess.run([sys.executable, "-B", self.top / ".ci/check.py", self.top / "build", name, *more],
                                capture_output=True, text=True)
        self.assertEqual(result.returncode != 0, "FAILED" in result.stdout, result.stdout + result.stderr)
        return "\n".join(line[2:] for line in result.stdout.splitlines() if line.startswith("  "))

    @needs("clang-format")
    def test_format_of_what_changed_alone(self):
        self.assertEqual(self.check("format"), "")
        self.write("core/base/old.cpp", LICENCE + "int  old( );\nint between;\nint oldest, newest;\n")
        self.assertEqual(self.check("format"), "")
        self.write("core/base/old.cpp", LICENCE + "int  old( );\nint between;\nint   newest;\n")
        self.assertIn("+int newest;", self.check("format"))
        self.assertNotIn("+int old();", self.check("format"))

    @needs("clang-format")
    def test_format_of_a_new_file(self):
        self.write("core/base/new.h", "int  added;\n")
        self.assertIn("core/base/new.h:1", self.check("format"))
        self.commit("Third")
        self.assertIn("+int added;", self.check("format"))
        self.commit_nothing()
        self.assertEqual(self.check("format"), "")

    @needs("clang-format")
    def test_format_since_the_merge_base(self):
        self.git("update-ref", "refs/remotes/origin/main", "HEAD")
        self.write("core/base/new.h", "int  added;\n")
        self.commit("Third")
        self.commit_nothing()
        self.assertIn("+int added;", self.check("format"))
        # What is on the main branch is compared with the commit before.
        self.git("update-ref", "refs/remotes/origin/main", "HEAD")
        self.assertEqual(self.check("format"), "")

    def commit_nothing(self):
        self.git("commit", "-q", "--allow-empty", "-m", "Another")

    def compile(self, *names):
        """A build folder that says how these files are compiled."""
        self.write("build/build.ninja", "rule cxx\n  command = c++ -include cmake_pch.hxx -Winvalid-pch -std=c++20 -I%s -c "
                   "$in -o $out\n" % self.top + "".join(f"build {name}.o: cxx {self.top}/{name}\n" for name in names))

    @needs("clang-tidy")
    @needs("ninja")
    def test_tidy_of_changed_files_without_torch(self):
        self.write("core/model/torch.h", "#pragma once\n#include <torch/torch.h>\n")
        self.write("core/model/slow.cpp", '#include "core/model/torch.h"\n')
        self.write("core/base/clean.cpp", "int f() { return 1; }\n")
        self.write("core/base/wrong.h", "#pragma once\nint *wrong();\n")
        self.write("core/base/wrong.cpp", '#include "core/base/wrong.h"\nint *wrong() { return 0; }\n')
        self.compile("core/model/slow.cpp", "core/base/clean.cpp", "core/base/wrong.cpp")
        said = self.check("tidy")
        self.assertIn("core/base/wrong.cpp:2:", said)
        self.assertIn("modernize-use-nullptr", said)
        self.assertNotIn("slow.cpp", said)
        self.commit("Third")
        self.commit_nothing()
        self.assertEqual(self.check("tidy"), "")
        self.write("core/base/wrong.h", "#pragma once\n\nint *wrong();\n")
        self.assertIn("core/base/wrong.cpp:2:", self.check("tidy"))
        self.assertIn("slow.cpp", self.check("tidy", "--all"))

    @needs("clang-tidy")
    @needs("ninja")
    def test_tidy_of_what_a_mutex_guards(self):
        shutil.copy(CHECKOUT / "core/base/mutex.h", self.top / "core/base")
        self.write("core/base/queue.cpp", '#include "core/base/mutex.h"\n'
                   "static samout::Mutex mutex;\nstatic int count GUARDED_BY(mutex) = 0;\nvoid put() { ++count; }\n")
        self.compile("core/base/queue.cpp")
        said = self.check("tidy")
        self.assertIn("core/base/queue.cpp:4:", said)
        self.assertIn("requires holding mutex 'mutex'", said)

    @needs("codespell")
    def test_spelling(self):
        self.assertEqual(self.check("spelling"), "")
        self.write("README.md", "What is t" + "eh state?\n")
        self.assertIn("README.md:1: t" + "eh", self.check("spelling"))

    def test_licence(self):
        self.assertEqual(self.check("licence"), "")
        for name in ("ui/work/a.h", "core/CMakeLists.txt", "dev", "tests/a.sh"):
            self.write(name, "# none\n")
            self.assertIn(f"{name}: one of the first three lines", self.check("licence"))
            self.write(name, LICENCE)
        self.assertEqual(self.check("licence"), "")

    def test_arrows(self):
        self.write("core/base/a.h", '#include "core/data/b.h"\n')
        self.assertIn("core/base may not include core/data", self.check("arrows"))

    def test_product_that_names_tests(self):
        self.write("tests/CMakeLists.txt", "add_test(tests/a)\n")
        self.assertEqual(self.check("tests"), "")
        self.write("app/CMakeLists.txt", "\nfile(READ ${CMAKE_SOURCE_DIR}/tests/golden/tiny.safetensors bytes HEX)\n")
        self.assertIn("app/CMakeLists.txt:2:", self.check("tests"))

    def test_locks(self):
        self.write("core/base/mutex.h", LICENCE + "std::mutex m;\n")
        self.write("tests/a.cpp", LICENCE + "std::mutex m;\n")
        self.assertEqual(self.check("locks"), "")
        for name in ("mutex", "recursive_mutex", "lock_guard", "unique_lock", "condition_variable_any"):
            self.write("ui/work/a.cpp", LICENCE + f"\nstd::{name} x;\n")
            self.assertIn(f"ui/work/a.cpp:3: std::{name} stands in core/base/mutex.h", self.check("locks"))

    def test_lengths(self):
        self.write("core/a.cpp", "\n" * 500)
        self.write("tests/a.cpp", "\n" * 501)
        self.assertEqual(self.check("lengths"), "")
        self.write("ui/a.h", "\n" * 501)
        self.assertIn("ui/a.h has 501 lines", self.check("lengths"))

    @needs("shellcheck")
    def test_shell(self):
        self.write("dev", "#!/bin/bash\necho fine\n")
        self.assertEqual(self.check("shell"), "")
        self.write("tests/a.sh", "#!/bin/sh\nrm $1\n")
        self.assertIn("SC2086", self.check("shell"))


@needs("clang++")
class ThreadSafety(unittest.TestCase):
    """core/base/mutex.h: clang finds what reads or writes a guarded variable, or calls a function, without the mutex."""

    def compile(self, body):
        """What clang says about a queue with these functions; empty if it compiles."""
        program = ('#include "core/base/mutex.h"\n'
                   "class Queue {\n"
                   "    samout::Mutex m_mutex;\n"
                   "    samout::ConditionVariable m_filled;\n"
                   "    int m_count GUARDED_BY(m_mutex) = 0;\n"
                   f"public:\n{body}\n}};\n")
        compiler = shutil.which("clang++-14") or shutil.which("clang++")
        return subprocess.run([compiler, "-std=c++20", "-Wthread-safety", "-Werror", "-fsyntax-only", f"-I{CHECKOUT}",
                               "-x", "c++", "-"], input=program, capture_output=True, text=True).stderr

    def test_what_holds_the_mutex(self):
        self.assertEqual(self.compile("""
            void put() REQUIRES(m_mutex) { ++m_count; m_filled.notifyOne(); }
            void fill() EXCLUDES(m_mutex) { const samout::MutexLock lock(m_mutex); put(); }
            void take() EXCLUDES(m_mutex)
            {
                const samout::MutexLock lock(m_mutex);
                while (m_count == 0)
                    m_filled.wait(m_mutex);
                --m_count;
            }"""), "")

    def test_what_does_not(self):
        self.assertIn("requires holding mutex 'm_mutex'", self.compile("void put() { ++m_count; }"))
        self.assertIn("requires holding mutex 'm_mutex'", self.compile("int count() const { return m_count; }"))
        self.assertIn("calling function 'put' requires holding mutex 'm_mutex'",
                      self.compile("void put() REQUIRES(m_mutex) { ++m_count; }\nvoid fill() { put(); }"))

    def test_a_mutex_that_is_locked_twice(self):
        self.assertIn("is already held", self.compile(
            "void put() { const samout::MutexLock a(m_mutex); const samout::MutexLock b(m_mutex); ++m_count; }"))


if __name__ == "__main__":
    unittest.main()
