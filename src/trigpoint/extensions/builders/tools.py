"""Finding programs and Python packages that builders start, wherever they are installed."""

from __future__ import annotations

import shutil
import sys
import sysconfig
from collections.abc import Mapping
from pathlib import Path

from trigpoint.extensions.protocol import ExtensionError

__all__ = ["find_program", "prefixes", "program_path", "program_paths"]


def program_paths(name: str, env: Mapping[str, str]) -> list[str]:
    """Return where programs called *name* are, the first one to start in front.

    An environment that is not activated has its programs beside its interpreter and not on
    the PATH of *env*.
    """
    beside = (str(Path(sys.executable).parent), sysconfig.get_path("scripts"))
    found = (shutil.which(name, path=path) for path in (env.get("PATH"), *beside))
    return list(dict.fromkeys(each for each in found if each))


def program_path(name: str, env: Mapping[str, str]) -> str:
    """Return where the first of :func:`program_paths` for *name* and *env* is, "" if nowhere."""
    return next(iter(program_paths(name, env)), "")


def find_program(name: str, env: Mapping[str, str], requirement: str) -> str:
    """Return where the program *name* is, looked up as :func:`program_path` does with *env*.

    Raises :exc:`ExtensionError` ``extension-tool-missing``, which advises *requirement*.
    """
    found = program_path(name, env)
    if not found:
        raise ExtensionError(
            "extension-tool-missing",
            f"there is no program {name}",
            fix=f"install it, or add {requirement!r} to requires",
        )
    return found


def prefixes() -> list[str]:
    """Return the folders that packages are installed in, where CMake looks for configurations.

    With an isolated build these are the environment's own and the one that pip lays over it.
    """
    standard = {sysconfig.get_path(each) for each in ("stdlib", "platstdlib")}
    names = ("site-packages", "dist-packages")
    return [each for each in sys.path if each.endswith(names) and each not in standard]
