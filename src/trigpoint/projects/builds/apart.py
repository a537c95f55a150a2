"""Run the hooks in a process of their own, where there can be one.

The same :func:`.run_hooks` runs there: what a page gives and what the command line and
the tests give differ in the platform alone.
"""

from __future__ import annotations

import base64
import json
import subprocess
import sys
import tempfile
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, Final

from trigpoint.projects.builds.hooks import Built, Job, run_hooks

__all__ = ["MOST_SECONDS", "run_apart"]

MOST_SECONDS: Final = 120
"""Seconds that one job may take."""

_PROGRAM: Final = "from trigpoint.projects.builds.apart import _main; _main()"


def run_apart(job: Job, seconds: float = MOST_SECONDS) -> Built:
    """Build what *job* says in a new process, which is ended after so many *seconds*."""
    files = {path: base64.b64encode(data).decode("ascii") for path, data in job.files.items()}
    with tempfile.TemporaryDirectory(prefix="trigpoint-build-") as scratch:
        asked, answered = Path(scratch, "job.json"), Path(scratch, "built.json")
        asked.write_text(json.dumps(asdict(replace(job, files={})) | {"files": files}), "utf-8")
        command = [sys.executable, "-c", _PROGRAM, str(asked), str(answered)]
        try:
            done = subprocess.run(
                command, capture_output=True, timeout=seconds, check=False, stdin=subprocess.DEVNULL
            )
        except subprocess.TimeoutExpired:
            return Built(error=f"stopped after {seconds:g} seconds")
        try:
            found: dict[str, Any] = json.loads(answered.read_text("utf-8"))
        except (OSError, ValueError):
            said = done.stderr.decode("utf-8", "replace")
            return Built(error=f"the process ended with status {done.returncode}", log=said[-2000:])
    data = base64.b64decode(found["data"])
    return Built(found["name"], data, found["error"], found["log"], tuple(found["more"]))


def _main() -> None:
    """Read the job from the file that is named first, and write what came of it to the second."""
    given = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    files = {path: base64.b64decode(data) for path, data in given.pop("files").items()}
    lists = {name: tuple(given[name]) for name in ("backend_path", "folders", "answered")}
    variables = tuple((name, value) for name, value in given["variables"])
    built = run_hooks(Job(files, given["what"], given["backend"], variables=variables, **lists))
    answer = asdict(replace(built, data=b"")) | {
        "data": base64.b64encode(built.data).decode("ascii")
    }
    Path(sys.argv[2]).write_text(json.dumps(answer), "utf-8")
