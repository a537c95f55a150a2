"""What a run was made on, without the names of hosts and folders."""

from __future__ import annotations

import datetime as dt
import os
import platform
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Machine", "revision", "this_machine", "today"]


@dataclass(frozen=True)
class Machine:
    """A machine: its processor, how many cores, the system, Python, and the load at the start."""

    processor: str
    cores: int
    system: str
    python: str
    load: float | None


def _processor() -> str:
    try:
        known = Path("/proc/cpuinfo").read_text("utf-8")
    except OSError:
        known = ""
    found = re.search(r"^model name\s*:\s*(.+)$", known, re.MULTILINE)
    return found[1] if found else platform.processor() or platform.machine()


def this_machine() -> Machine:
    """Return this machine."""
    return Machine(
        processor=_processor(),
        cores=os.cpu_count() or 1,
        system=f"{platform.system()} {platform.machine()}",
        python=f"{platform.python_implementation()} {platform.python_version()}",
        load=round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None,
    )


def today() -> str:
    """Return the date, by universal time."""
    return dt.datetime.now(dt.UTC).date().isoformat()


def revision(root: Path, name: str = "HEAD") -> str:
    """Return the short commit that *name* stands for in *root*.

    Where files differ from the commit ``HEAD``, a plus sign says so.  Outside a
    repository the answer is empty; another *name* that is no commit raises
    :exc:`ValueError`.
    """

    def git(*arguments: str) -> str | None:
        try:
            done = subprocess.run(
                ["git", "-C", str(root), *arguments], capture_output=True, text=True, check=False
            )
        except FileNotFoundError:
            return None
        return done.stdout.strip() if done.returncode == 0 else None

    commit = git("rev-parse", "--short", "--verify", "--end-of-options", f"{name}^{{commit}}")
    if commit is None:
        if name != "HEAD":
            raise ValueError(f"{name!r} is no commit of this repository")
        return ""
    changed = name == "HEAD" and git("status", "--porcelain", "--untracked-files=no")
    return f"{commit}+" if changed else commit
