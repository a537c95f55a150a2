"""Run one command-line tool many times without starting Python anew each time.

Usage: python server.py MODULE_OR_FILE [PATH]

Each line on standard input is a JSON object ``{"args": [...], "log": FILE,
"cwd": DIR, "env": {...}, "fresh": BOOL}``.  The tool runs in a fork of this
process, as ``python -m MODULE`` would run it, with its output in FILE; the
answer is one line ``{"exit": CODE}``.  Before a fork, this process imports
the modules that the first run turned out to need, so only that one pays for
them.  A fresh job runs in a new process instead, as every job does where
there is no fork.

This file runs inside every Python from 3.6 on, hence its plain style.
"""

import contextlib
import importlib
import json
import os
import runpy
import subprocess
import sys
import traceback
from pathlib import Path
from typing import Any, Dict  # noqa: UP035

Job = Dict[str, Any]  # noqa: UP006


def call(target: str, job: Job) -> int:
    """Run *target* in this process and return its exit code."""
    sys.argv = [target, *job["args"]]
    try:
        if os.sep in target:
            runpy.run_path(target, run_name="__main__")
        else:
            runpy.run_module(target, run_name="__main__", alter_sys=True)
    except SystemExit as stop:
        if stop.code is None or isinstance(stop.code, int):
            return stop.code or 0
        sys.stderr.write(f"{stop.code}\n")
        return 1
    except BaseException:  # noqa: BLE001
        traceback.print_exc()
        return 1
    return 0


def forked(target: str, job: Job) -> int:
    """Run *target* in a fork and leave the names of the modules it imported beside the log."""
    child = os.fork()
    if not child:
        log = os.open(job["log"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
        os.dup2(log, 1)
        os.dup2(log, 2)
        os.chdir(job["cwd"])
        os.environ.update(job["env"])
        before = set(sys.modules)
        importlib.invalidate_caches()
        code = call(target, job)
        sys.stdout.flush()
        sys.stderr.flush()
        names = sorted(str(name) for name in set(sys.modules) - before)
        Path(job["log"] + ".modules").write_text(json.dumps(names), encoding="ascii")
        os._exit(code & 255)
    status = os.waitpid(child, 0)[1]
    return os.WEXITSTATUS(status) if os.WIFEXITED(status) else 255


def spawned(target: str, path: str, job: Job) -> int:
    """Run *target* in a new process."""
    command = [sys.executable, "-s", *([target] if os.sep in target else ["-m", target])]
    env = dict(os.environ, **job["env"])
    if path:
        env["PYTHONPATH"] = path
    with Path(job["log"]).open("wb") as log:
        return subprocess.call(
            [*command, *job["args"]], stdout=log, stderr=log, cwd=job["cwd"], env=env
        )


def warm(log: str) -> None:
    """Import what the run with *log* imported."""
    path = Path(log + ".modules")
    names = json.loads(path.read_text(encoding="ascii")) if path.exists() else []
    for name in names:
        if "__main__" not in name:
            with contextlib.suppress(BaseException):
                importlib.import_module(name)


def main() -> None:
    """Serve until standard input ends."""
    target = sys.argv[1]
    path = sys.argv[2] if len(sys.argv) > 2 else ""
    if path:
        sys.path.insert(0, path)
    # What an import prints must not end up among the answers.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    warmed = False
    last = ""
    for line in iter(sys.stdin.readline, ""):
        job = json.loads(line)
        if hasattr(os, "fork") and not job["fresh"]:
            if last and not warmed:
                warm(last)
                warmed = True
            code = forked(target, job)
            last = job["log"]
        else:
            code = spawned(target, path, job)
        answers.write(json.dumps({"exit": code}) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
