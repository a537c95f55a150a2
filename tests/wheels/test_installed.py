"""Where files land is where pip, uv and installer really put them, file by file."""

from __future__ import annotations

import importlib.metadata
import os
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from trigpoint.wheels import PLACES, landing

from .build import DATA, EVERY, FOREIGN

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="the places are those of Linux"),
    pytest.mark.repeats,
]

PYTHON = f"{sys.version_info[0]}.{sys.version_info[1]}" + (
    "t" if sysconfig.get_config_var("Py_GIL_DISABLED") else ""
)
BASE = getattr(sys, "_base_executable", sys.executable)
OWN = ("INSTALLER", "REQUESTED", "direct_url.json", "uv_cache.json")
WHEELS = (EVERY, FOREIGN, DATA)


def _run(*command: str, **env: str) -> None:
    """Run *command* without what the machine configures for pip and uv."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("PIP_", "UV_"))}
    done = subprocess.run(
        command, env={**clean, **env}, capture_output=True, text=True, check=False
    )
    assert 0 == done.returncode, done.stderr


def _site() -> str:
    return str(Path(str(importlib.metadata.distribution("pip").locate_file(""))))


_PIP = ("-m", "pip", "--isolated", "--disable-pip-version-check", "install", "--quiet", "--no-deps",
        "--no-index", "--no-compile", "--root-user-action=ignore", "--break-system-packages",
        "--no-warn-script-location", "--ignore-installed")  # fmt: skip


def _uv(*arguments: str) -> None:
    import uv

    cache = str(Path(arguments[-1]).parent / "uv-cache")
    install = ("pip", "install", "--quiet", "--no-config", "--no-deps", "--no-index")
    _run(uv.find_uv_bin(), *install, "--cache-dir", cache, *arguments)


def _venv(target: Path) -> None:
    _run(sys.executable, "-m", "venv", "--without-pip", str(target))


def _pip_venv(target: Path, wheels: Sequence[str]) -> None:
    _run(str(target / "bin" / "python"), *_PIP, *wheels, PYTHONPATH=_site())


def _pip(*way: str) -> Callable[[Path, Sequence[str]], None]:
    def install(target: Path, wheels: Sequence[str]) -> None:
        _run(BASE, *_PIP, *way, *((str(target),) if way != ("--user",) else ()), *wheels,
             PYTHONPATH=_site(), PYTHONUSERBASE=str(target))  # fmt: skip

    return install


WAYS: dict[str, Callable[[Path, Sequence[str]], None]] = {
    "pip-venv-posix": _pip_venv,
    "pip-prefix-posix": _pip("--prefix"),
    "pip-user-posix": _pip("--user"),
    "pip-target-posix": _pip("--target"),
    "uv-venv-posix": lambda target, wheels: _uv("-p", str(target), *wheels),
    "uv-prefix-posix": lambda target, wheels: _uv("-p", BASE, "--prefix", str(target), *wheels),
    "uv-target-posix": lambda target, wheels: _uv("-p", BASE, "--target", str(target), *wheels),
    "installer-prefix-posix": lambda target, wheels: _run(
        sys.executable, "-m", "installer", "--prefix", str(target),
        "--no-compile-bytecode", *wheels,
    ),
}  # fmt: skip


def _files(folder: Path) -> Iterator[str]:
    for path in folder.rglob("*"):
        if not path.is_dir() and "__pycache__" not in path.parts and path.name not in OWN:
            yield path.relative_to(folder).as_posix()


def test_each_place_that_is_called_recorded_is_compared() -> None:
    """The word stands for a test of its own."""
    assert {name for name, place in PLACES.items() if place.recorded} == set(WAYS)


@pytest.mark.parametrize("place", WAYS)
def test_files_land_where_they_are_said_to(place: str, tmp_path: Path) -> None:
    """What was written is what was predicted, no file more and none less."""
    paths: list[str] = []
    expected: set[str] = set()
    for made in WHEELS:
        path = tmp_path / made.name
        path.write_bytes(made.data())
        paths.append(str(path))
        landed = landing(made.inspected(), PLACES[place], PYTHON)
        assert len(landed) > 7
        expected.update(each.target for each in landed)
    target = tmp_path / "installed"
    if "-venv-" in place:
        _venv(target)
    before = set(_files(target))
    WAYS[place](target, paths)
    written = {each for each in set(_files(target)) - before if each != ".lock"}
    assert sorted(expected) == sorted(written)
