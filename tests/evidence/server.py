"""Run one command-line tool many times without starting Python anew each time.

Usage: python server.py MODULE_OR_FILE [PATH]

Each line on standard input is a JSON object ``{"args": [...], "log": FILE,
"cwd": DIR, "env": {...}}``.  The tool runs in a fork of this process, as
``python -m MODULE`` would run it, with its output in FILE; the answer is one
line ``{"exit": CODE}``.  Before a fork, this process imports the modules that
the previous run turned out to need, so only the first run pays for them.

This file runs inside every Python from 2.7 on, hence its plain style.
"""
# ruff: noqa: UP, FURB, PTH, SIM, PERF, BLE001, FA, I001, D, PLW
import importlib
import json
import os
import runpy
import subprocess
import sys
import traceback


def call(target, job):
    sys.argv = [target] + job["args"]
    try:
        if os.sep in target:
            runpy.run_path(target, run_name="__main__")
        else:
            runpy.run_module(target, run_name="__main__", alter_sys=True)
    except SystemExit as stop:
        if stop.code is None or isinstance(stop.code, int):
            return stop.code or 0
        sys.stderr.write("%s\n" % (stop.code,))
        return 1
    except BaseException:
        traceback.print_exc()
        return 1
    return 0


def forked(target, job):
    child = os.fork()
    if not child:
        log = os.open(job["log"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
        os.dup2(log, 1)
        os.dup2(log, 2)
        os.chdir(job["cwd"])
        os.environ.update(job["env"])
        before = set(sys.modules)
        if hasattr(importlib, "invalidate_caches"):
            importlib.invalidate_caches()
        code = call(target, job)
        sys.stdout.flush()
        sys.stderr.flush()
        with open(job["log"] + ".modules", "w") as stream:
            json.dump(sorted(str(name) for name in set(sys.modules) - before), stream)
        os._exit(code & 255)
    status = os.waitpid(child, 0)[1]
    return os.WEXITSTATUS(status) if os.WIFEXITED(status) else 255


def spawned(target, path, job):
    command = [sys.executable, "-s"] + ([target] if os.sep in target else ["-m", target])
    env = dict(os.environ, PYTHONPATH=path, **job["env"]) if path else dict(os.environ, **job["env"])
    with open(job["log"], "wb") as log:
        return subprocess.call(
            command + job["args"], stdout=log, stderr=log, cwd=job["cwd"], env=env
        )


def warm(log):
    try:
        with open(log + ".modules") as stream:
            names = json.load(stream)
    except (IOError, OSError, ValueError):
        return
    for name in names:
        if "__main__" in name:
            continue
        try:
            importlib.import_module(name)
        except BaseException:
            pass


def main():
    target = sys.argv[1]
    path = sys.argv[2] if len(sys.argv) > 2 else ""
    if path:
        sys.path.insert(0, path)
    # What an import prints must not end up among the answers.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    fork = hasattr(os, "fork")
    warmed = False
    last = ""
    for line in iter(sys.stdin.readline, ""):
        job = json.loads(line)
        if fork and not job.get("fresh"):
            if last and not warmed:
                warm(last)
                warmed = True
            code = forked(target, job)
            last = job["log"]
        else:
            code = spawned(target, path, job)
        answers.write(json.dumps({"exit": code}) + "\n")
        answers.flush()


main()
