"""Build several projects with the backend of this environment, each in a fork of its own.

Usage: python build_here.py MODULE wheel|metadata FOLDER...

For each folder one line of JSON is printed: ``{"exit": CODE, "error": TEXT}``.
What the backend prints is in FOLDER.log, what it makes in the folder ``out``
inside FOLDER.  This file runs inside every Python from 3.8 on.
"""

import importlib
import json
import os
import sys
import traceback
from pathlib import Path


def build(module: str, kind: str, folder: Path) -> int:
    """Build *folder* in this process; 0 if that went well."""
    os.chdir(str(folder))
    log = os.open(str(folder) + ".log", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    os.dup2(log, 1)
    os.dup2(log, 2)
    (folder / "out").mkdir()
    try:
        backend = importlib.import_module(module)
        hook = "build_wheel" if kind == "wheel" else "prepare_metadata_for_build_wheel"
        getattr(backend, hook)("out")
    except BaseException as error:  # noqa: BLE001
        traceback.print_exc()
        # Of several at once the first one says more than their number.
        inner = getattr(error, "exceptions", None)
        told = inner[0] if inner else error
        Path(str(folder) + ".error").write_text(
            "%s: %s" % (type(told).__name__, told),  # noqa: UP031
            encoding="utf-8",
        )
        return 1
    return 0


def main() -> None:
    """Build all folders named on the command line, in turn."""
    module, kind, *folders = sys.argv[1:]
    sys.path.insert(0, "")
    for folder in map(Path, folders):
        child = os.fork()
        if not child:
            os._exit(build(module, kind, folder))
        status = os.waitpid(child, 0)[1]
        code = os.WEXITSTATUS(status) if os.WIFEXITED(status) else 255
        error = Path(str(folder) + ".error")
        text = error.read_text(encoding="utf-8") if error.exists() else ""
        print(json.dumps({"exit": code, "error": text}), flush=True)


if __name__ == "__main__":
    main()
