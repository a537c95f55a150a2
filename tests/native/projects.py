"""The native projects: which files each is made of, what it needs, and which tag its wheel has.

A project is a stack of folders, as a template is: sources come from the templates or from
``parts``, where several projects have them, and the rest from ``projects/NAME``.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

__all__ = [
    "BACKENDS",
    "PROJECTS",
    "ROOT",
    "Project",
    "assemble",
    "missing",
    "together",
    "wheel_tag",
]

ROOT: Final = Path(__file__).resolve().parents[2]
HERE: Final = Path(__file__).resolve().parent

OLDEST_RUST: Final = (1, 85)
"""What PyO3 0.30 asks for."""


@dataclass(frozen=True, slots=True)
class Project:
    """A native project.

    ``folders`` lie below the root of this repository.  ``commands`` are compilers that no
    distribution of Python's index has.  ``limited`` is the minor version of Python 3 whose
    limited API all modules keep to, 0 for the whole API.  ``modules`` are the compiled files
    that the wheel has, by what their names begin with.  ``inner`` are folders whose files go
    into ``core``, a project of its own inside of it.  ``thorough`` says that ``native_all`` alone
    builds it: another project shows the same builder.
    """

    folders: tuple[str, ...]
    commands: tuple[str, ...]
    modules: tuple[str, ...]
    limited: int = 0
    inner: tuple[str, ...] = ()
    thorough: bool = False


def _layers(*names: str) -> tuple[str, ...]:
    return tuple(f"templates/layers/{name}" for name in names)


def _parts(*names: str) -> tuple[str, ...]:
    return tuple(f"tests/native/parts/{name}" for name in names)


PROJECTS: Final[Mapping[str, Project]] = MappingProxyType(
    {
        "c": Project(_layers("buffer-module", "c-source"), ("cc",), ("_core",), limited=11),
        "pybind11": Project(
            _layers("buffer-module", "pybind11-source", "skbuild-pybind11"), ("c++",), ("_core",)
        ),
        "nanobind": Project(
            _layers("buffer-module", "nanobind-source", "skbuild-nanobind"),
            ("c++",),
            ("_core",),
            limited=12,
        ),
        "cython": Project(_layers("buffer-module", "cython-source"), ("cc",), ("_core",)),
        "fortran": Project(
            _layers("numpy-module", "fortran-source"), ("cc", "gfortran"), ("_core",)
        ),
        "rust": Project(
            _layers("buffer-module", "rust-source"), ("cc", "cargo"), ("_core",), limited=11
        ),
        "rust-server": Project((), ("cc", "cargo"), ("_server",), limited=11),
        "c-in-rust": Project(_layers("melt", "melting"), ("cc", "cargo"), ("_melt",), limited=11),
        "meson": Project(
            _layers("buffer-module", "c-source", "mesonpy-c"), ("cc",), ("_core",), limited=11
        ),
        "foreign": Project(
            _layers("buffer-module"), ("cc",), ("_core",), inner=_layers("c-source")
        ),
        "foreign-maturin": Project(
            _layers("buffer-module"),
            ("cc", "cargo"),
            ("_core",),
            limited=11,
            inner=_layers("rust-source"),
            thorough=True,
        ),
        "foreign-scikit-build": Project(
            _layers("buffer-module"),
            ("cc",),
            ("_core",),
            limited=11,
            inner=_layers("c-source"),
            thorough=True,
        ),
        "abi3": Project(
            _parts("snow"), ("cc", "cargo"), ("_density", "_line", "_settle"), limited=9
        ),
        "four-languages": Project(
            (*_layers("melt"), *_parts("snow")),
            ("cc", "c++", "cargo"),
            ("_density", "_layers", "_melt", "_settle"),
        ),
    }
)
"""Every native project by its name."""

BACKENDS: Final[Mapping[str, tuple[str, str, str]]] = MappingProxyType(
    {
        "flit": ("flit_core>=3.11", "flit_core.buildapi", '[tool.flit.module]\nname = "snow_cap"'),
        "setuptools": (
            "setuptools>=77",
            "setuptools.build_meta",
            '[tool.setuptools.package-data]\nsnow_cap = ["py.typed", "*.pyi"]',
        ),
        "poetry": (
            "poetry-core>=2",
            "poetry.core.masonry.api",
            '[tool.poetry]\npackages = [{ include = "snow_cap", from = "src" }]',
        ),
        "pdm": ("pdm-backend>=2.4", "pdm.backend", "[tool.pdm.build]\nincludes = []"),
        "uv": ("uv_build", "uv_build", '[tool.uv.build-backend]\nmodule-name = "snow_cap"'),
        "hatchling-wrapped": (
            "hatchling>=1.27",
            "hatchling.build",
            '[tool.hatch.build.targets.wheel]\npackages = ["src/snow_cap"]',
        ),
    }
)
"""What is wrapped: its requirement, its name, and the table that it needs; hatchling has a hook."""


def assemble(name: str, folder: Path, backend: str = "hatchling") -> Path:
    """Put the files of the project *name* into *folder*, to be built with *backend*; return it."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for each in (*PROJECTS[name].folders, f"tests/native/projects/{name}"):
        # Readmes of layers are sections, and stubs of what is tested elsewhere need other tools.
        ignored = shutil.ignore_patterns("README.md", "__pycache__", "stubs.txt")
        shutil.copytree(ROOT / each, folder, dirs_exist_ok=True, ignore=ignored)
    for each in PROJECTS[name].inner:
        shutil.copytree(ROOT / each, folder / "core", dirs_exist_ok=True, ignore=ignored)
    if backend != "hatchling":
        file = folder / "pyproject.toml"
        file.write_text(wrapped(file.read_text("utf-8"), *BACKENDS[backend]), "utf-8")
    return folder


def wrapped(text: str, requirement: str, backend: str, table: str) -> str:
    """Return the ``pyproject.toml`` *text* with the wrapper around *backend* instead of hatchling's hook."""
    system = (
        f'[build-system]\nrequires = ["{requirement}", "trigpoint"]\n'
        'build-backend = "trigpoint.extensions.backend"\n'
    )
    own = f'{table}\n\n[tool.trigpoint]\nbackend = "{backend}"\n'
    text = re.sub(r"(?s)\A\[build-system\]\n.*?\n(?=\n)", system, text, count=1)
    return text.replace("[tool.hatch.build.hooks.trigpoint]\n", own)


def together(test: str) -> str:
    """Return what the *test*, an id of pytest, shares with those that run on the same processor.

    That is its project, and for all with crates cargo, which compiles these once a processor.
    """
    _, native, rest = test.partition("test_native.py::")
    if not native:
        return test
    case = rest.partition("[")[2]
    names = [each for each in PROJECTS if case.startswith(f"{each}-")]
    # Tests without a project build one with crates.
    name = max(names, key=len, default="")
    return name if name and "cargo" not in PROJECTS[name].commands else "cargo"


def missing(name: str) -> str:
    """Return in a line why the project *name* cannot be built here; empty if it can."""
    packages = {"cc": "gcc", "c++": "g++"}
    absent = [
        packages.get(each, each) for each in PROJECTS[name].commands if shutil.which(each) is None
    ]
    if absent:
        return f"{name}: a compiler is missing: apt install {' '.join(absent)}"
    if "cargo" in PROJECTS[name].commands:
        said = subprocess.run(["rustc", "--version"], capture_output=True, text=True, check=False)
        number = re.match(r"rustc (\d+)\.(\d+)", said.stdout)
        if not number or (int(number[1]), int(number[2])) < OLDEST_RUST:
            oldest = ".".join(map(str, OLDEST_RUST))
            return f"{name}: Rust {oldest} or newer is needed, and there is {said.stdout.strip()}"
    return ""


def wheel_tag(project: Project) -> str:
    """Return the tag of the wheel of *project* that this Python builds."""
    platform = re.sub(r"\W", "_", sysconfig.get_platform())
    minor = sys.version_info.minor
    if (
        project.limited
        and minor >= project.limited
        and not sysconfig.get_config_var("Py_GIL_DISABLED")
    ):
        return f"cp3{project.limited}-abi3-{platform}"
    flag = "t" if sysconfig.get_config_var("Py_GIL_DISABLED") else ""
    return f"cp3{minor}-cp3{minor}{flag}-{platform}"
