# SPDX-License-Identifier: GPL-3.0-only
"""The arrows between the folders of the source: which folder may include which.

A folder may include itself, the folders below, and whatever those may include. A folder without a line of its own
belongs to the folder above it (core/compute/cpu to core/compute). A line may also name a file pair without its ending,
which then is no part of its folder.
"""
import re
from pathlib import PurePosixPath

ARROWS = """
core/base
core/data           core/base
core/model          core/data
core/compute        core/model
core/train          core/compute
core/infer          core/compute
core/inspect        core/infer
core/files          core/train core/inspect
core/runs           core/files
core/commands       core/runs
ui/plots
ui/work             ui/plots core/commands
ui/models           ui/work
ui/widgets          ui/models
ui/panels           ui/widgets
ui/panels/watch     ui/panels
ui/panels/inside    ui/panels
ui/panels/change    ui/panels
ui/panels/runs      ui/panels
ui/panels/registry  ui/panels/watch ui/panels/inside ui/panels/change ui/panels/runs
ui/window           ui/panels/registry
app/bench           core/commands
app/samout          app/bench
app/bench/window    app/bench ui/window
app                 app/bench/window
tests               app app/samout
"""

# (file, what it includes): why it may go against the arrows.
KNOWN = {
    ("ui/work/snapshot_feed.cpp", "ui/models/workspace.h"):
        "the feed reads what to look at from the workspace, and puts the weights it pulled there",
}

# Folders whose public headers may name Torch's types.
TORCH_HEADERS = ("core/model", "core/compute")

INCLUDE = re.compile(r'^\s*#\s*include\s*(?:"([^"]+)"|<([^>]+)>)', re.MULTILINE)
TORCH_TYPE = re.compile(r"\b(?:torch|at|c10)::\w")
TORCH_HEADER = re.compile(r"^(?:torch|ATen|c10)/")
COMMENT = re.compile(r"//[^\n]*|/\*.*?\*/", re.DOTALL)


def includes(text):
    """The names that a text includes, in quotes (of this project) and in angle brackets (of others)."""
    found = INCLUDE.findall(text)
    return [ours for ours, _ in found if ours], [others for _, others in found if others]


def reach(arrows):
    """For every folder of the table the set of folders that it may include."""
    below = {}
    for line in arrows.split("\n"):
        if line.strip():
            folder, *others = line.split()
            below[folder] = {folder}.union(*(below[other] for other in others))
    return below


def folder_of(path, folders):
    """The folder, or file pair, of the table that a file belongs to; None if there is none."""
    path = PurePosixPath(path)
    for parent in (path.with_suffix(""), *path.parents):
        if str(parent) in folders:
            return str(parent)
    return None


def sees_torch(files):
    """Those of the files that see a Torch header, directly or through other files. `files`: path -> text."""
    seen = {}

    def sees(path):
        if path not in seen:
            seen[path] = False  # for a circle of includes
            ours, others = includes(files[path])
            seen[path] = any(TORCH_HEADER.match(name) for name in others + ours) or any(
                sees(name) for name in ours if name in files)
        return seen[path]

    return {path for path in files if sees(path)}


def violations(files, arrows=ARROWS, known=KNOWN):
    """A sentence for every include that goes against the arrows. `files`: path -> text."""
    below = reach(arrows)
    torch = sees_torch(files)
    unused = set(known)
    found = []
    for path, text in sorted(files.items()):
        folder = folder_of(path, below)
        if folder is None:
            found.append(f"{path}: its folder has no arrows yet; give it a line in .ci/arrows.py")
            continue
        ours, others = includes(text)
        for name in ours:
            target = folder_of(name, below)
            if target is None or target in below[folder]:
                continue
            if (path, name) in known:
                unused.discard((path, name))
            else:
                found.append(f"{path} includes {name}: {folder} may not include {target}")
        if path.startswith("core/") and any(re.match(r"Qt|Q[A-Z]", name) for name in others):
            found.append(f"{path} includes Qt: core has no Qt")
        if path.startswith("ui/") and path in torch:
            found.append(f"{path} sees a Torch header: ui has no Torch")
        if path.startswith("core/") and path.endswith(".h") and folder not in TORCH_HEADERS:
            if TORCH_TYPE.search(COMMENT.sub("", text)):
                found.append(f"{path} names a type of Torch: headers outside {' and '.join(TORCH_HEADERS)} name none")
    for path, name in sorted(unused):
        found.append(f"{path} no longer includes {name}: take it out of KNOWN in .ci/arrows.py")
    return found
