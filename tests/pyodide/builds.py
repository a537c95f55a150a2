"""Compare builds in Pyodide with those in this Python: ``python tests/pyodide/builds.py [PATH...]``.

Without a path, one small project is built with each of the five backends that the site
serves, and wheel and sdist must be the same to the byte; with setuptools the wheel must, and
the sdist must hold the same files.  With paths of sdists, each of these is built, what
differs is printed, and a wheel whose files differ fails.

Needs the playground (``python playground/build.py``), built from this tree: an older one may
choose another version of a backend, which is said, and fails, too.
"""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "playground"), str(ROOT / "src")]

from toolchain import node

PLAYGROUND = ROOT / "build" / "playground"
PROGRAM = Path(__file__).with_name("build_all.py")


def examples() -> dict[str, dict[str, bytes]]:
    """Return the small projects of the lab's examples that can be built, by name."""
    from trigpoint.labs.builds.answer import whole_tree
    from trigpoint.labs.builds.data import BuildsRequest
    from trigpoint.labs.builds.examples import EXAMPLES

    chosen = [each for each in EXAMPLES if not each.request.get("version")]
    return {each.label: dict(whole_tree(BuildsRequest(**each.request))[0].files) for each in chosen}


def sdists(paths: list[str]) -> dict[str, dict[str, bytes]]:
    """Return the files of the sdists at *paths*, by name."""
    from trigpoint.projects.builds import read_tree

    return {Path(path).name: dict(read_tree(path).files) for path in paths}


def both(projects: Mapping[str, Mapping[str, bytes]]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Build *projects* here and in Pyodide, and return both answers."""
    with tempfile.TemporaryDirectory() as scratch:
        asked, here, there = (Path(scratch, f"{name}.json") for name in ("asked", "here", "there"))
        shelf = shutil.copytree(PLAYGROUND / "shelf", Path(scratch, "shelf"))
        encoded = {
            name: {path: base64.b64encode(data).decode() for path, data in files.items()}
            for name, files in projects.items()
        }
        asked.write_text(json.dumps(encoded), "utf-8")
        path = os.pathsep.join([str(ROOT / "src"), os.environ.get("PYTHONPATH", "")])
        environment = {**os.environ, "TRIGPOINT_SHELF": str(shelf), "PYTHONPATH": path}
        command = [sys.executable, str(PROGRAM), str(asked), str(here)]
        subprocess.run(command, check=True, env=environment)
        places = [PLAYGROUND / "pyodide", PLAYGROUND / "wheels", PLAYGROUND / "shelf"]
        script = Path(__file__).with_name("builds.mjs")
        arguments = map(str, (script, *places, PROGRAM, asked, there))
        node().run("--stack-size=6000", *arguments, cwd=ROOT)
        return json.loads(here.read_text("utf-8")), json.loads(there.read_text("utf-8"))


def differences(one: Mapping[str, Any], other: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what of two answers differs: which file, and what of it."""
    if "refused" in one or "refused" in other:
        if one.get("refused") != other.get("refused"):
            yield "plan", f"{one.get('refused')} against {other.get('refused')}"
        return
    if one["with"] != other["with"]:
        # The page has the library as it was when the playground was built.
        yield "plan", f"{', '.join(one['with'])} against {', '.join(other['with'])}"
    for what in ("sdist", "wheel"):
        here, there = one[what], other[what]
        if here == there:
            continue
        files = here["files"].keys() | there["files"].keys()
        unlike = sorted(
            each for each in files if here["files"].get(each) != there["files"].get(each)
        )
        if (here["name"], here["error"]) != (there["name"], there["error"]):
            yield what, f"{here['name'] or here['error']} against {there['name'] or there['error']}"
        yield what, f"other files: {', '.join(unlike)}" if unlike else "the same files, other bytes"


def main(paths: list[str]) -> int:
    """Build what *paths* name, or the examples; return 1 if something differs that must not."""
    here, there = both(sdists(paths) if paths else examples())
    failed = 0
    same = 0
    for name, one in here.items():
        found = list(differences(one, there[name]))
        state = "refused: " + ", ".join(one["refused"]) if "refused" in one else ""
        if not state:
            errors = [one[what]["error"] for what in ("sdist", "wheel") if one[what]["error"]]
            state = f"{one['seconds']:.2f} s here, {there[name].get('seconds', 0):.2f} s in Pyodide"
            state += "".join(f"; {each}" for each in errors)
            same += not any(what == "wheel" for what, _ in found)
        print(f"{name}: {state}")
        for what, message in found:
            print(f"  {what}: {message}")
            # An sdist of setuptools bears the time of day and the owner of what it makes.
            allowed = what == "sdist" and message == "the same files, other bytes"
            if paths:
                allowed = not (what == "plan" or "other files" in message or "against" in message)
            failed += not allowed
    built = sum("refused" not in each for each in here.values())
    print(
        f"{same} of {built} wheels are the same to the byte; {len(here) - built} projects refused"
    )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
