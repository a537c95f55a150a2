"""Builds projects and says what came of each, here or in Pyodide: the same program on both sides."""

import base64
import hashlib
import json
import sys
import time
from pathlib import Path

from trigpoint.labs.builds.answer import runner
from trigpoint.projects.builds import Tree, build, default_folder, make_plan, open_shelf


def one(files: dict[str, bytes]) -> dict[str, object]:
    """Return hashes of what is built of *files*, of each file in it too, or what keeps it back."""
    shelf = open_shelf(default_folder() or Path())
    assert shelf
    tree = Tree(files)
    plan, more = make_plan(tree, shelf), tuple[str, ...]()
    if plan.refused:
        return {"refused": [each.code for each in plan.findings]}
    start = time.perf_counter()
    for _ in range(3):
        found = build(tree, plan, shelf.unpacked(plan.wheels), runner(), more)
        if not found.more:
            break
        more = (*more, *found.more)
        plan = make_plan(tree, shelf, "", more)
        if plan.refused:
            return {"refused": [each.code for each in plan.findings]}
    seconds = time.perf_counter() - start
    pairs = {"sdist": (found.sdist_file, found.sdist), "wheel": (found.wheel_file, found.wheel)}
    return {
        what: {
            "name": file.name,
            "error": file.error,
            "sha256": hashlib.sha256(file.data).hexdigest(),
            "files": {
                path: hashlib.sha256(data).hexdigest()
                for path, data in sorted((package.contents if package else {}).items())
            },
        }
        for what, (file, package) in pairs.items()
    } | {"seconds": seconds, "with": sorted(map(str, plan.wheels))}


def answer(projects: str) -> str:
    """Return what came of *projects*, files in base64 by path and by name, all as JSON."""
    found = {}
    for name, files in json.loads(projects).items():
        found[name] = one({path: base64.b64decode(data) for path, data in files.items()})
    return json.dumps(found)


if len(sys.argv) == 3:
    Path(sys.argv[2]).write_text(answer(Path(sys.argv[1]).read_text("utf-8")), "utf-8")
