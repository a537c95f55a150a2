"""Gather what the notebooks need at run time, so that they ask nobody but this site.

JupyterLite loads Pyodide from the playground's copy, and every package from the
folder that this script fills: pure wheels and a ``pyodide-lock.json`` that lists
only those.  Versions follow the lock file of the Pyodide release in use, because
those were tested together.

Run it with ``python docs/jupyterlite_runtime.py``; ``nox -s docs`` does.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import shutil
import sys
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from email.parser import HeaderParser
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "playground"))

import pins

__all__ = ["ALWAYS", "Wheel", "closure", "lock", "main", "read_wheel"]

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "build" / "jupyterlite"
PLAYGROUND = ROOT / "build" / "playground"
SHARED = "../trigpoint/wheels/"
"""Where the playground's own wheels are, counted from the folder of the lock file."""

ROOTS = ("ipython", "jedi", "micropip")
"""What the kernel imports out of the Pyodide distribution."""

ALWAYS = ("micropip", "piplite", "ipykernel", "comm", "pyodide-kernel", "jedi", "ipython")
"""Packages the kernel would ask an index for unless they are loaded beforehand."""

BESIDES = ("comm", "ipython-pygments-lexers")
"""Packages that the kernel needs and the Pyodide distribution lacks; the project pins them."""


@dataclass(frozen=True, slots=True)
class Wheel:
    """What a lock file says about one wheel, and where the file is."""

    name: str
    version: str
    path: Path
    address: str
    requires: tuple[Requirement, ...]
    imports: tuple[str, ...]


def closure(packages: Mapping[str, Any], roots: Iterable[str]) -> dict[str, str]:
    """Return name to version of *roots* and all they depend on in a Pyodide lock file."""
    found: dict[str, str] = {}
    waiting = list(roots)
    while waiting:
        name = canonicalize_name(waiting.pop())
        if name not in found:
            found[name] = packages[name]["version"]
            waiting += packages[name]["depends"]
    return dict(sorted(found.items()))


def read_wheel(path: Path, folder: str = "") -> Wheel:
    """Read the name, requirements and top-level modules of the wheel at *path*.

    *folder* is where the site has it, counted from the folder of the lock file.
    """
    name, version, _, _ = parse_wheel_filename(path.name)
    with zipfile.ZipFile(path) as archive:
        files = archive.namelist()
        record = next(file for file in files if re.fullmatch(r"[^/]+\.dist-info/METADATA", file))
        metadata = HeaderParser().parsestr(archive.read(record).decode())
    modules = {file.split("/")[0].removesuffix(".py") for file in files if file.endswith(".py")}
    return Wheel(
        name,
        str(version),
        path,
        folder + path.name,
        tuple(map(Requirement, metadata.get_all("Requires-Dist", []))),
        tuple(sorted(module for module in modules if module.isidentifier())),
    )


def _environment(info: Mapping[str, str]) -> dict[str, str]:
    """Return the marker environment of a Pyodide release from the ``info`` of its lock file."""
    full = info["python"]
    return {
        "implementation_name": "cpython",
        "implementation_version": full,
        "os_name": "posix",
        "platform_machine": info["arch"],
        "platform_python_implementation": "CPython",
        "platform_release": info["platform"].partition("_")[2].replace("_", "."),
        "platform_system": "Emscripten",
        "platform_version": "#1",
        "python_full_version": full,
        "python_version": ".".join(full.split(".")[:2]),
        "sys_platform": "emscripten",
        "extra": "",
    }


def lock(info: Mapping[str, str], wheels: Sequence[Wheel]) -> dict[str, Any]:
    """Return the content of a ``pyodide-lock.json`` that lists *wheels* and nothing else.

    Raises :exc:`LookupError` if a wheel requires one that is not listed, so that
    no page ever asks an index for it.
    """
    environment = _environment(info)
    names = {wheel.name for wheel in wheels}
    packages = {}
    for wheel in sorted(wheels, key=lambda wheel: wheel.name):
        depends = sorted(
            {
                canonicalize_name(requirement.name)
                for requirement in wheel.requires
                if requirement.marker is None or requirement.marker.evaluate(environment)
            }
        )
        if missing := set(depends) - names:
            raise LookupError(f"{wheel.path.name} requires {', '.join(sorted(missing))}")
        packages[wheel.name] = {
            "depends": depends,
            "file_name": wheel.address,
            "imports": list(wheel.imports),
            "install_dir": "site",
            "name": wheel.name,
            "package_type": "package",
            "sha256": hashlib.sha256(wheel.path.read_bytes()).hexdigest(),
            "unvendored_tests": False,
            "version": wheel.version,
        }
    return {"info": dict(info), "packages": packages}


def _download(requirements: Sequence[str], target: Path) -> None:
    """Fetch pure wheels from PyPI, without what they depend on."""
    options = ("--no-deps", "--python-version=3.14", "--implementation=py")
    pins.download(target, requirements, *options, constraints=None)


def besides() -> dict[str, str]:
    """Return name to requirement of :data:`BESIDES`."""
    path = pins.file()
    pinned = {} if path is None else pins.pins(path.read_text("utf-8"))
    return {name: f"{name}=={max(pinned[name])}" if name in pinned else name for name in BESIDES}


def _kernel_wheels() -> list[Path]:
    """Find the wheels that ship inside ``jupyterlite-pyodide-kernel``."""
    folder = Path(sys.prefix, "share/jupyter/labextensions/@jupyterlite/pyodide-kernel-extension")
    names = ("ipykernel", "piplite", "pyodide_kernel")
    return [next(folder.glob(f"static/pypi/{name}-*.whl")) for name in names]


def _fill(folder: Path, requirements: Mapping[str, str]) -> None:
    """Bring *folder* to hold one wheel for each of *requirements*; keep those that fit."""
    folder.mkdir(parents=True, exist_ok=True)
    have = {}
    for path in folder.glob("*.whl"):
        name, version, _, _ = parse_wheel_filename(path.name)
        if name in requirements and Requirement(requirements[name]).specifier.contains(version):
            have[name] = path
        else:
            path.unlink()
    if wanted := [each for name, each in requirements.items() if name not in have]:
        _download(wanted, folder)


def _configure(folder: Path) -> None:
    """Write what JupyterLite reads when it is built, and what its kernel reads in the page.

    Addresses count from the folder ``lite`` of the site.
    """
    kernel = {
        "pyodideUrl": "./../_static/trigpoint/pyodide/pyodide.mjs",
        "disablePyPIFallback": True,
        "loadPyodideOptions": {
            "lockFileURL": "./../_static/packages/pyodide-lock.json",
            "packages": [*ALWAYS, "trigpoint"],
        },
    }
    page = {
        "jupyter-lite-schema-version": 0,
        "jupyter-config-data": {
            "litePluginSettings": {"@jupyterlite/pyodide-kernel-extension:kernel": kernel}
        },
    }
    build = {"LiteBuildConfig": {"no_sourcemaps": True, "no_libarchive": True}}
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in (("jupyter-lite.json", page), ("jupyter_lite_config.json", build)):
        (folder / name).write_text(json.dumps(content, indent=2) + "\n", "utf-8")


def main(arguments: Sequence[str] | None = None) -> None:
    """Fill ``build/jupyterlite/packages``."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--playground", type=Path, default=PLAYGROUND, help="what it built")
    parser.add_argument("--target", type=Path, default=TARGET, help="folder to fill")
    options = parser.parse_args(arguments)

    original = json.loads((options.playground / "pyodide" / "pyodide-lock.json").read_text("utf-8"))
    versions = closure(original["packages"], ROOTS)
    wanted = {name: f"{name}=={version}" for name, version in versions.items()} | besides()
    target: Path = options.target / "static" / "packages"
    _fill(target, wanted)
    for path in _kernel_wheels():
        shutil.copy2(path, target)

    wheels = [read_wheel(path) for path in sorted(target.glob("*.whl"))]
    wheels += [read_wheel(path, SHARED) for path in (options.playground / "wheels").glob("*.whl")]
    content = lock(original["info"], wheels)
    (target / "pyodide-lock.json").write_text(json.dumps(content, indent=1) + "\n", "utf-8")
    _configure(options.target / "lite")
    size = sum(path.stat().st_size for path in target.iterdir())
    print(f"{len(content['packages'])} packages for the notebooks, {size / 1e6:.1f} MB in {target}")


if __name__ == "__main__":
    main()
