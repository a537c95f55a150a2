"""Build with the frontend of this machine, where there is one.

Environments, installers and processes are what ``build`` and ``uv`` are for; here their
command is run on a copy of the project, and its two files are read.

Source: documentation of build and of uv.
"""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from trigpoint.projects.builds.hooks import EPOCH, MOST_BUILT, Built, Log, plain, write_files

__all__ = ["MOST_SECONDS", "find_frontend", "run_frontend"]

MOST_SECONDS: Final = 600
"""Seconds that a frontend may take, downloads included."""

_FRONTEND: Final = re.compile(
    # build first, then uv, which before 0.13 drew lines in front of its causes.
    r"(?:ERROR|TIP|\*) |error: Failed to build |cause: |hint: |[\u00d7\u251c\u2570]"
).match
"""What lines of frontends begin with, behind which they say nothing of the cause."""


def find_frontend() -> tuple[str, ...] | None:
    """Return the command that builds a project here, without its paths; None if there is none.

    It is that of ``build`` if this Python has it, else that of ``uv`` if it is on the path.
    """
    try:
        if importlib.util.find_spec("build.__main__"):
            return sys.executable, "-m", "build", "--outdir"
    except ModuleNotFoundError:
        pass
    uv = shutil.which("uv")
    return (uv, "build", "--out-dir") if uv else None


def run_frontend(
    files: Mapping[str, bytes],
    command: Sequence[str],
    variables: Mapping[str, str],
    seconds: float = MOST_SECONDS,
) -> tuple[Built, Built]:
    """Build sdist and wheel of the project that has *files*, with a frontend's *command*.

    *variables* is added to its environment, and it is ended after so many *seconds*.
    What was printed is the log of the sdist, an error that of what is missing.
    """
    with tempfile.TemporaryDirectory(prefix="trigpoint-build-") as scratch:
        source, out = Path(scratch, "source"), Path(scratch, "out")
        if error := write_files(source, files):
            return Built(error=error), Built(error=error)
        environment = {**os.environ, "SOURCE_DATE_EPOCH": str(EPOCH), **variables}
        log = Log()
        try:
            done = subprocess.run(
                [*command, str(out), str(source)],
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                env=environment,
                cwd=scratch,
                timeout=seconds,
                check=False,
            )
            log.write(done.stdout.decode("utf-8", "replace"))
            if done.returncode:
                error = _why(log.text()) or f"status {done.returncode}"
        except subprocess.TimeoutExpired:
            error = f"stopped after {seconds:g} seconds"
        said = plain(log, source)
        sdist, wheel = (_found(out, ends) for ends in (".tar.gz", ".whl"))
    first = Built(*sdist, "" if sdist[0] else error or "nothing was built", said)
    return first, Built(*wheel, "" if wheel[0] else error or "nothing was built")


def _why(log: str) -> str:
    r"""Return the line of a *log* that says why a build failed; empty if there is none.

    That is the last one which is not the frontend's own: it only knows that the backend failed.

    >>> _why("error: no folder\n\nERROR Backend subprocess exited when trying to invoke build_sdist\n")
    'error: no folder'
    """
    lines = [each.strip() for each in log.splitlines() if each.strip()]
    own = next((each for each in reversed(lines) if not _FRONTEND(each)), "")
    return own or (lines[-1] if lines else "")


def _found(out: Path, ends: str) -> tuple[str, bytes]:
    """Return name and bytes of the one file in *out* that *ends* so; empty if there is none."""
    for path in sorted(out.glob(f"*{ends}")):
        if path.stat().st_size <= MOST_BUILT:
            return path.name, path.read_bytes()
    return "", b""
