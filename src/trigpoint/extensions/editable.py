"""Editable installations: modules are found where they were built, and built again when stale.

The module that is installed, :data:`FINDER`, needs neither Trigpoint nor anything else: it
only says where modules are.  Where Trigpoint is installed too, the first import of one of
them builds again what changed.
"""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path
from typing import Final

from trigpoint.extensions.plan import Plan
from trigpoint.extensions.protocol import ExtensionError
from trigpoint.extensions.runner import Built, build_directory, writing
from trigpoint.extensions.session import Session

__all__ = ["FINDER", "STATE", "files", "main", "rebuild", "write_state"]

STATE: Final = "editable.json"
"""The file in the build folder that says where modules are, and what they were made of."""

FINDER: Final = '''\
"""Finds the compiled modules of a project where they were built; written by Trigpoint."""

import importlib.machinery
import importlib.util
import json
import os
import subprocess
import sys

STATE = {state!r}
SETTINGS = {settings!r}


class Finder:
    """Knows modules by their full name; builds them again if a source changed."""

    def __init__(self):
        self.checked = False
        self.read()

    def read(self):
        try:
            with open(STATE, encoding="utf-8") as file:
                state = json.load(file)
        except (OSError, ValueError):
            state = {{}}
        self.root = state.get("root", "")
        self.modules = state.get("modules", {{}})
        self.watched = state.get("watched", {{}})

    def changed(self):
        for name, (time, size) in self.watched.items():
            try:
                found = os.stat(os.path.join(self.root, name))
            except OSError:
                return name
            if [found.st_mtime_ns, found.st_size] != [time, size]:
                return name
        return ""

    def renew(self):
        name = self.changed()
        if not name or os.environ.get("TRIGPOINT_EDITABLE") == "off":
            self.checked = True
            return
        if importlib.util.find_spec("trigpoint") is None:
            print(name + " changed; install trigpoint here, or the project again", file=sys.stderr)
            self.checked = True
            return
        command = [sys.executable, "-m", "trigpoint.extensions.editable", self.root, SETTINGS]
        env = dict(os.environ, TRIGPOINT_EDITABLE="off")
        done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
        if done.returncode:
            raise ImportError(name + " changed, and building again failed\\n" + done.stderr)
        # Not before: after a failure, no other import may take a stale module.
        self.checked = True
        self.read()

    def find_spec(self, fullname, path=None, target=None):
        if fullname not in self.modules:
            return None
        if not self.checked:
            self.renew()
        file = self.modules.get(fullname)
        return file and importlib.util.spec_from_file_location(fullname, file)


sys.meta_path.insert(0, Finder())
'''
"""The text of the module that an editable wheel installs."""


def write_state(session: Session, plan: Plan, built: Built) -> Path:
    """Write what the finder reads about *plan* and *built* of *session*, and return its place."""
    path = build_directory(session.root, plan, session.settings, session.env) / STATE
    state = session.state(plan, built)
    with writing(path.parent):
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_name(f"{STATE}.{os.getpid()}")
        partial.write_text(state, "utf-8")
        # Another process may be reading it.
        partial.replace(path)
    return path


def files(session: Session, name: str) -> dict[str, str]:
    """Build *session*, and return what an editable wheel of the project *name* needs: text by path."""
    plan, built = session.build()
    if not plan.enabled:
        return {}
    state = write_state(session, plan, built)
    short = re.sub(r"\W", "_", name).lower()
    kept = {
        key: value
        for key in ("extensions", "build-dir", "target", "jobs")
        if (value := session.settings.get(key))
    }
    text = FINDER.format(state=str(state), settings=json.dumps(kept))
    return {
        f"_trigpoint_editable_{short}.py": text,
        # Before the .pth that adds the sources, by its name.
        f"__trigpoint_editable_{short}.pth": f"import _trigpoint_editable_{short}\n",
    }


def rebuild(session: Session) -> None:
    """Build *session* again, one process at a time; raises :exc:`ExtensionError`."""
    plan = session.plan()
    folder = build_directory(session.root, plan, session.settings, session.env)
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        opened = (folder / "lock").open("w")
    with opened as lock:
        try:
            import fcntl
        except ImportError:  # pragma: no cover - Windows
            pass
        else:
            fcntl.flock(lock, fcntl.LOCK_EX)
        write_state(session, *session.build())


def main(arguments: list[str]) -> int:
    """Build the project again that the *arguments* name: its folder, and config settings as JSON."""
    try:
        rebuild(Session(Path(arguments[0]), json.loads(arguments[1])))
    except ExtensionError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
