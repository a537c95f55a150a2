"""Builds, installs and checks small wrong projects, and records what tools print.

Usage: python -m tests.evidence.messages [--only WORDS] [--accept]

The record of wheels (``tests/evidence/run.py``) begins behind the build; this one
adds what backends and front ends say about a wrong ``pyproject.toml``, and pip and uv
about a wrong requirement file.  Each message is what a real run printed; only paths
and addresses are shortened.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

from packaging.version import Version
from tests.evidence.interpreters import clean_environment

__all__ = ["CASES", "FILE", "INDEX", "Run", "RunCase", "index", "load", "observe", "shortened"]

FILE: Final = Path(__file__).with_name("messages.json")
INDEX: Final = Path(__file__).parents[2] / "src/trigpoint/installers/messages/seen.json"
LONGEST: Final = 1500
_TIME_LIMIT: Final = 180  # seconds
_NAMED: Final = '[project]\nname = "spam"\nversion = "1.0"\n'


@dataclass(frozen=True)
class RunCase:
    """One wrong input and the tools that read it.

    ``files`` are written into a fresh folder; ``command`` runs there, with the first
    of ``tools`` (requirements that are installed together) named as the one that speaks.
    ``longest`` are the letters of what it printed that are kept, its end.
    """

    name: str
    files: Mapping[str, str]
    command: tuple[str, ...]
    tools: tuple[tuple[str, ...], ...]
    longest: int = LONGEST


class Run(NamedTuple):
    """What *tool*, with its version, *printed* about *case* on the day *recorded*."""

    case: str
    tool: str
    recorded: str
    exit_code: int
    printed: str


def load() -> list[Run]:
    """Return what is recorded, in the order of the cases."""
    rows = json.loads(FILE.read_text("ascii")) if FILE.is_file() else []
    return [Run(*row) for row in rows]


def _build(backend: str, module: str, body: str, extra: Mapping[str, str]) -> dict[str, str]:
    head = f'[build-system]\nrequires = ["{backend}"]\nbuild-backend = "{module}"\n\n'
    return {"pyproject.toml": head + body, "spam/__init__.py": '"""Spam."""\n', **extra}


_SETUPTOOLS = tuple((f"setuptools=={v}", "build", "wheel") for v in ("69.5.1", "76.1.0", "80.9.0"))
_OLDEST_SETUPTOOLS = (("setuptools==61.0.0", "build", "wheel"),)
_HATCHLING = (("hatchling==1.18.0", "build"), ("hatchling", "build"))
_FLIT = (("flit-core==3.8.0", "build"), ("flit-core", "build"))
_POETRY = (("poetry-core", "build"),)
_OLDEST_POETRY = (("poetry-core==1.9.1", "build"),)
_PDM = (("pdm-backend==2.1.8", "build"), ("pdm-backend", "build"))
_UV_BUILD = (("uv-build", "build"),)
_BACKENDS: Final = {
    "setuptools": ("setuptools.build_meta", _SETUPTOOLS),
    "hatchling": ("hatchling.build", _HATCHLING),
    "flit-core": ("flit_core.buildapi", _FLIT),
    "poetry-core": ("poetry.core.masonry.api", _POETRY),
    "pdm-backend": ("pdm.backend", _PDM),
    "uv-build": ("uv_build", _UV_BUILD),
}
_WRONG: Final = {
    "license-text": _NAMED + 'license = "MIT"\n',
    "license-words": _NAMED + 'license = "The usual licence"\n',
    "license-and-classifier": _NAMED
    + 'license = "MIT"\nclassifiers = ["License :: OSI Approved :: MIT License"]\n',
    "license-table-two": _NAMED + 'license = {text = "MIT", file = "LICENSE"}\n',
    "license-files-missing": _NAMED + 'license = "MIT"\nlicense-files = ["LICENCE*"]\n',
    "no-version": '[project]\nname = "spam"\n',
    "no-name": '[project]\nversion = "1.0"\n',
    "name-bad": '[project]\nname = "spam!"\nversion = "1.0"\n',
    "version-bad": '[project]\nname = "spam"\nversion = "1.0 final"\n',
    "unknown-key": _NAMED + 'author = "A. Nobody"\n',
    "requires-python-bad": _NAMED + 'requires-python = "3.11 or newer"\n',
    "requires-python-caret": _NAMED + 'requires-python = "^3.11"\n',
    "dependency-bad": _NAMED + 'dependencies = ["eggs=1.0"]\n',
    "dependency-marker-bad": _NAMED + "dependencies = [\"eggs; python_verison > '3'\"]\n",
    "dependencies-table": _NAMED + '[project.dependencies]\neggs = ">=1"\n',
    "dependencies-below-urls": _NAMED
    + '[project.urls]\nHomepage = "https://spam.example"\ndependencies = ["eggs"]\n',
    "readme-missing": _NAMED + 'readme = "README.md"\n',
    "readme-type": _NAMED + 'readme = "README.docx"\n',
    "dynamic-both": _NAMED + 'dynamic = ["version"]\n',
    "dynamic-name": '[project]\nversion = "1.0"\ndynamic = ["name"]\n',
    "authors-string": _NAMED + 'authors = ["A. Nobody"]\n',
    "author-email-bad": _NAMED + 'authors = [{name = "A", email = "nobody"}]\n',
    "classifier-bad": _NAMED + 'classifiers = ["Programming Language :: Pyhton"]\n',
    "optional-list": _NAMED + 'optional-dependencies = ["eggs"]\n',
    "scripts-bad": _NAMED + '[project.scripts]\nspam = "spam cli"\n',
    "keywords-text": _NAMED + 'keywords = "eggs, bacon"\n',
    "toml-bad": '[project]\nname = "spam"\nversion = 1.0.0\n',
    "toml-twice": _NAMED + 'name = "eggs"\n',
    "urls-list": _NAMED + 'urls = ["https://spam.example"]\n',
}
_EXTRA: Final = {
    "readme-type": {"README.docx": "x"},
    "license-table-two": {"LICENSE": "x"},
    "optional-list": {},
}
_CLEAN = {"pyproject.toml": _NAMED}
_DISTS: Final = {
    "dists/eggs-1.0-py3-none-any.whl": "x",
    "dists/eggs-2.0-py3-none-any.whl": "x",
    "dists/bacon-1.0-py3-none-any.whl": "x",
    "dists/spam-1.0-cp27-cp27m-win32.whl": "x",
}
_UV_REQUIRED: Final = {
    "uv-no-such-version": "eggs==3",
    "uv-versions-too-old": "bacon>=3",
    "uv-versions-between": "eggs>1,<2",
    "uv-requirement-contradicts": "eggs>2,<1",
    "uv-wheels-other-python": "spam",
}
_LINE: Final = (
    "python",
    "-m",
    "pip",
    "install",
    "--no-deps",
    "--dry-run",
    "-r",
    "requirements.txt",
)
_PIPS: Final = (("pip==24.0",), ("pip==25.3",), ("pip==26.3",))
_UVS: Final = (("uv==0.5.31",), ("uv==0.13.9",))
_UV_LINE: Final = (
    "uv",
    "pip",
    "install",
    "--dry-run",
    "--no-deps",
    "--offline",
    "-r",
    "requirements.txt",
)
_LINES: Final = {
    "line-single-equals": "eggs=1.0\n",
    "line-no-comma": "eggs>=1.0<2.0\n",
    "line-caret": "eggs^1.0\n",
    "line-words": "eggs version 1\n",
    "line-marker-name": "eggs; python_verison > '3'\n",
    "line-marker-unquoted": "eggs; python_version > 3\n",
    "line-marker-and": "eggs; python_version > '3' && os_name == 'nt'\n",
    "line-extra-unclosed": "eggs[bacon\n",
    "line-star": "eggs>=1.*\n",
    "line-missing-file": "-r missing.txt\n",
    "line-option": "--no-such-option\n",
    "line-path": "./missing\n",
    "line-twice": "eggs==1.0\neggs==2.0\n",
    "line-hash-missing": f"eggs==1.0 --hash=sha256:{'0' * 64}\nbacon\n",
    "line-toml": '"eggs>=1",\n',
    "line-editable-name": "-e eggs\n",
    "line-url-unnamed": "https://spam.example/eggs\n",
}
_UV_PROJECTS: Final = {
    "uv-groups-cycle": _NAMED
    + '[dependency-groups]\na = [{include-group = "b"}]\nb = [{include-group = "a"}]\n',
    "uv-groups-missing": _NAMED + '[dependency-groups]\na = [{include-group = "b"}]\n',
    "uv-groups-bad": _NAMED + '[dependency-groups]\na = ["eggs>>1"]\n',
    "uv-groups-path": _NAMED + '[dependency-groups]\na = [{path = "x"}]\n',
    "uv-source-missing": _NAMED
    + 'dependencies = ["eggs"]\n[tool.uv.sources]\neggs = {workspace = true}\n',
    "uv-self": _NAMED + 'dependencies = ["spam"]\n',
    "uv-requires-python": _NAMED + 'requires-python = ">=3.11 <4"\n',
    "uv-version-text": '[project]\nname = "spam"\nversion = 1\n',
    "uv-dependency": _NAMED + 'dependencies = ["eggs=1.0"]\n',
    "uv-no-version": '[project]\nname = "spam"\n',
    "uv-name": '[project]\nname = "spam!"\nversion = "1"\n',
    "uv-toml": "[project\n",
}
_POETRY_PROJECTS: Final = {
    "poetry-check-none": "[tool.poetry]\n",
    "poetry-check-caret": '[tool.poetry]\nname = "spam"\nversion = "1"\ndescription = ""\nauthors = []\n'
    '[tool.poetry.dependencies]\npython = "3.11 or newer"\n',
    "poetry-check-project": _NAMED + 'dependencies = ["eggs=1.0"]\n',
    "poetry-check-classifier": _NAMED + 'classifiers = ["Programming Language :: Pyhton"]\n',
    "poetry-check-readme": _NAMED + 'readme = "README.md"\n',
    "poetry-check-unknown": _NAMED + 'author = "A"\n',
    "poetry-check-tool-key": _NAMED
    + '[tool.poetry]\nurls = {a = "https://spam.example"}\neggs = 1\n',
    "poetry-check-license": _NAMED + 'license = {text = "x", file = "y"}\n',
}


def _cases() -> Iterator[RunCase]:
    build = ("python", "-m", "build", "--no-isolation", "--wheel", ".")
    for backend, (module, tools) in _BACKENDS.items():
        for name, wrong in _WRONG.items():
            # flit wants a description before it looks at anything else.
            named = f'{_NAMED}description = "Spam"\n' if backend == "flit-core" else _NAMED
            body = wrong.replace(_NAMED, named)
            more = {"src/spam/__init__.py": ""} if backend == "uv-build" else {}
            files = _build(backend, module, body, {**_EXTRA.get(name, {}), **more})
            yield RunCase(f"{backend}-{name}", files, build, tools)
    wide = {"eggs/__init__.py": "", "bacon/__init__.py": ""}
    for backend, (module, tools) in _BACKENDS.items():
        files = _build(backend, module, _NAMED, wide)
        yield RunCase(f"{backend}-several-packages", files, build, tools)
        lost = {"pyproject.toml": files["pyproject.toml"], "other/__init__.py": ""}
        yield RunCase(f"{backend}-no-package", lost, build, tools)
    old = (("uv-build==0.7.2", "build"),)
    lost = {"pyproject.toml": _build("uv-build", "uv_build", _NAMED, {})["pyproject.toml"]}
    yield RunCase("uv-build-old-no-package", {**lost, "src/other/__init__.py": ""}, build, old)
    direct = _NAMED + 'dependencies = ["eggs @ https://spam.example/eggs.zip"]\n'
    files = _build("hatchling", "hatchling.build", direct, {})
    yield RunCase("hatchling-direct-reference", files, build, _HATCHLING)
    resources = _build("setuptools", "setuptools.build_meta", _NAMED, {})
    resources["setup.py"] = "import pkg_resources\n"
    yield RunCase(
        "setuptools-pkg-resources", resources, build, (("setuptools==84.2.1", "build", "wheel"),)
    )
    plain = _build("setuptools", "setuptools.build_meta", _NAMED, {})
    yield RunCase("setuptools-old-on-new-python", plain, build, _OLDEST_SETUPTOOLS)
    plain = _build("poetry-core", "poetry.core.masonry.api", _NAMED, {})
    yield RunCase("poetry-core-old-on-project", plain, build, _OLDEST_POETRY)
    only = (("build", "setuptools"),)
    yield RunCase("build-nothing", {"README.md": "x"}, build, only)
    yield RunCase(
        "build-backend-missing",
        {"pyproject.toml": '[build-system]\nrequires = []\nbuild-backend = "eggs.api"\n'},
        build,
        only,
    )
    yield RunCase(
        "build-requires-missing",
        {"pyproject.toml": '[build-system]\nbuild-backend = "setuptools.build_meta"\n' + _NAMED},
        build,
        only,
    )
    yield RunCase(
        "build-requires-not-there",
        {"pyproject.toml": '[build-system]\nrequires = ["eggs-and-bacon-backend"]\n' + _NAMED},
        build,
        (("build==1.2.2", "setuptools"), *only),
    )
    yield RunCase(
        "build-requires-bad",
        {"pyproject.toml": '[build-system]\nrequires = ["setuptools=61"]\n' + _NAMED},
        build,
        only,
    )
    yield RunCase(
        "build-system-unknown-key",
        {"pyproject.toml": '[build-system]\nrequires = []\nbackend = "x"\n'},
        build,
        only,
    )
    yield RunCase(
        "setup-py-fails",
        {"setup.py": "import eggs_that_are_not_there\n"},
        build,
        (("build", "setuptools", "wheel"),),
    )
    newest = _SETUPTOOLS[-1:]
    for name, said in (
        ("setuptools-use-2to3", "use_2to3=True"),
        ("setuptools-package-missing", 'packages=["spam", "spam.eggs"]'),
    ):
        text = f'import setuptools\nsetuptools.setup(name="spam", version="1.0", {said})\n'
        yield RunCase(name, {"setup.py": text, "spam/__init__.py": ""}, build, newest)
    said = 'install_requires=["eggs=1.0"]'
    text = f'import setuptools\nsetuptools.setup(name="spam", version="1.0", {said})\n'
    yield RunCase("setuptools-install-requires", {"setup.py": text}, build, _SETUPTOOLS[::2])
    yield RunCase(
        "setuptools-no-wheel",
        {"setup.py": 'import setuptools\nsetuptools.setup(name="spam", version="1.0")\n'},
        ("python", "setup.py", "bdist_wheel"),
        (("setuptools==69.5.1",),),
    )
    tagged = '[project]\nname = "spam"\ndynamic = ["version"]\n[tool.setuptools_scm]\n'
    yield RunCase(
        "setuptools-scm-no-git",
        _build("setuptools", "setuptools.build_meta", tagged, {}),
        build,
        (("setuptools-scm", "setuptools", "build", "wheel"),),
    )
    wheel = ("python", "-m", "pip", "wheel", "--no-build-isolation", "--no-deps", ".")
    plain_backend = {
        "pyproject.toml": '[build-system]\nrequires = []\nbuild-backend = "plain"\n'
        'backend-path = ["."]\n',
        "plain.py": "def build_wheel(folder, settings=None, metadata=None):\n    return ''\n",
    }
    editable = ("python", "-m", "pip", "install", "--no-index", "--no-build-isolation", "-e", ".")
    yield RunCase("pip-not-editable", plain_backend, editable, _PIPS[1:])
    yield RunCase(
        "pip-user-in-environment",
        {"README.md": "x"},
        ("python", "-m", "pip", "install", "--no-index", "--user", "eggs"),
        _PIPS,
    )
    pips = tuple((pip[0], "setuptools==80.9.0", "wheel") for pip in _PIPS)
    worded = _build("setuptools", "setuptools.build_meta", _WRONG["license-words"], {})
    yield RunCase("pip-build-fails", worded, wheel, pips)
    yield RunCase(
        "pip-setup-py-fails", {"setup.py": "import eggs_that_are_not_there\n"}, wheel, pips
    )
    yield RunCase("pip-nothing", {"README.md": "x"}, wheel, _PIPS)
    yield RunCase(
        "pip-backend-missing",
        {"pyproject.toml": '[build-system]\nrequires = []\nbuild-backend = "eggs.api"\n'},
        wheel,
        _PIPS,
    )
    yield RunCase(
        "pip-requires-missing",
        {"pyproject.toml": '[build-system]\nbuild-backend = "x"\n' + _NAMED},
        wheel,
        _PIPS,
    )
    yield RunCase("pip-toml", {"pyproject.toml": "[project\n"}, wheel, _PIPS)
    uv_build = ("uv", "build", "--wheel", "--offline", "--no-build-isolation")
    yield RunCase("uv-build-nothing", {"README.md": "x"}, uv_build, _UVS)
    yield RunCase("uv-build-toml", {"pyproject.toml": "[project\n"}, uv_build, _UVS)
    for name, text in _LINES.items():
        yield RunCase(
            f"pip-{name}", {"requirements.txt": text}, (*_LINE[:4], "--no-index", *_LINE[4:]), _PIPS
        )
        yield RunCase(f"uv-{name}", {"requirements.txt": text}, _UV_LINE, _UVS)
    for name, text in _UV_PROJECTS.items():
        yield RunCase(name, {"pyproject.toml": text}, ("uv", "lock", "--offline"), _UVS)
    compiled = ("uv", "pip", "compile", "requirements.txt", "--quiet")
    here = (*compiled, "--offline", "--no-index", "--find-links", "dists")
    for name, text in _UV_REQUIRED.items():
        yield RunCase(name, {"requirements.txt": f"{text}\n", **_DISTS}, here, _UVS)
    yield RunCase(
        "uv-not-in-registry",
        {"requirements.txt": "eggs\n", "simple/README": "No project is here."},
        (*compiled, "--default-index", "./simple"),
        _UVS[1:],
    )
    named = _NAMED + 'description = "Eggs."\n[project.scripts]\nspam = "spam.cli"\n'
    no_function = _build("flit-core", "flit_core.buildapi", named, {})
    into = ("--quiet", "--no-deps", "--no-build-isolation", "--target", "there", ".")
    yield RunCase(
        "pip-script-without-function",
        no_function,
        ("python", "-m", "pip", "install", "--no-index", *into),
        tuple((pip[0], "flit-core==3.12.0") for pip in _PIPS),
    )
    yield RunCase(
        "uv-script-without-function",
        no_function,
        ("uv", "pip", "install", "--offline", *into),
        tuple((uv[0], "flit-core==3.12.0") for uv in _UVS),
    )
    newer = {"spam/pyproject.toml": f'{_NAMED}requires-python = ">=3.99"\n'}
    of_newer = (
        '[project]\nname = "eggs"\nversion = "1.0"\nrequires-python = ">=3.11"\n'
        'dependencies = ["spam"]\n\n[tool.uv.sources]\nspam = { path = "spam" }\n'
    )
    yield RunCase("uv-other-python", newer, ("uv", "pip", "install", "--offline", "./spam"), _UVS)
    yield RunCase(
        "uv-lock-other-python",
        {"pyproject.toml": of_newer, **newer},
        ("uv", "lock", "--offline"),
        _UVS[1:],
    )
    sync = ("uv", "sync", "--quiet", "--offline", "--dry-run")
    bare = {"pyproject.toml": _NAMED}
    yield RunCase("uv-group-missing", bare, (*sync, "--group", "test"), _UVS)
    default = {"pyproject.toml": _NAMED + '[tool.uv]\ndefault-groups = ["dev"]\n'}
    yield RunCase("uv-default-group-missing", default, sync, _UVS[1:])
    yield RunCase("uv-no-project", {"README.md": "x"}, ("uv", "lock", "--offline"), _UVS)
    unpinned = {"requirements.txt": "eggs>=1\n"}
    yield RunCase("uv-hash-unpinned", unpinned, (*_UV_LINE, "--require-hashes"), _UVS)
    yield RunCase(
        "uv-hash-missing",
        {"requirements.txt": "eggs==1\n"},
        (*_UV_LINE, "--require-hashes"),
        _UVS,
    )
    behind = 'version = 1\nrequires-python = ">=3.11"\n\n[[package]]\nname = "spam"\n'
    stale = {
        "pyproject.toml": _NAMED + 'requires-python = ">=3.11"\n',
        "uv.lock": f'{behind}version = "0.9"\nsource = {{ virtual = "." }}\n',
    }
    yield RunCase("uv-lock-stale", stale, ("uv", "lock", "--quiet", "--locked", "--offline"), _UVS)
    locked = (
        'package = []\n\n[metadata]\nlock-version = "2.1"\npython-versions = ">=3.11"\n'
        'content-hash = "0"\n'
    )
    yield RunCase(
        "poetry-lock-stale",
        {"pyproject.toml": stale["pyproject.toml"], "poetry.lock": locked},
        ("python", "-m", "poetry", "check", "--lock"),
        (("poetry",),),
    )
    for name, text in _POETRY_PROJECTS.items():
        yield RunCase(
            name, {"pyproject.toml": text}, ("python", "-m", "poetry", "check"), (("poetry",),)
        )
    twines = (("twine==5.1.1", "setuptools"), ("twine",))
    yield RunCase(
        "twine-nothing",
        {"README.md": "x"},
        ("python", "-m", "twine", "check", "dist/spam-1.0.tar.gz"),
        twines,
    )
    yield RunCase(
        "twine-not-archive",
        {"dist/spam-1.0.txt": "x"},
        ("python", "-m", "twine", "check", "dist/spam-1.0.txt"),
        twines,
    )
    yield RunCase(
        "twine-empty-wheel",
        {"dist/spam-1.0-py3-none-any.whl": "x"},
        ("python", "-m", "twine", "check", "dist/spam-1.0-py3-none-any.whl"),
        twines,
    )
    yield RunCase(
        "pip-wheel-not-zip",
        {"spam-1.0-py3-none-any.whl": "x"},
        ("python", "-m", "pip", "install", "--no-index", "spam-1.0-py3-none-any.whl"),
        _PIPS,
    )
    yield RunCase(
        "pip-wheel-hash",
        {
            "spam-1.0-py3-none-any.whl": "x",
            "requirements.txt": f"./spam-1.0-py3-none-any.whl --hash=sha256:{'0' * 64}\n",
        },
        (*_LINE[:4], "--no-index", *_LINE[4:]),
        _PIPS,
    )
    yield RunCase(
        "pip-wheel-tag",
        {"spam-1.0-cp27-cp27m-win32.whl": "x"},
        ("python", "-m", "pip", "install", "--no-index", "spam-1.0-cp27-cp27m-win32.whl"),
        _PIPS,
    )
    yield RunCase(
        "uv-wheel-tag",
        {"spam-1.0-cp27-cp27m-win32.whl": "x"},
        ("uv", "pip", "install", "--offline", "./spam-1.0-cp27-cp27m-win32.whl"),
        _UVS,
    )
    yield RunCase(
        "uv-wheel-not-zip",
        {"spam-1.0-py3-none-any.whl": "x"},
        ("uv", "pip", "install", "--offline", "./spam-1.0-py3-none-any.whl"),
        _UVS,
    )
    yield RunCase(
        "pip-wheel-name",
        {"spam-1.0.whl": "x"},
        ("python", "-m", "pip", "install", "--no-index", "./spam-1.0.whl"),
        _PIPS,
    )


_LOCKED: Final = _NAMED + 'requires-python = ">=3.11"\n'
_NEW_SETUPTOOLS: Final = (
    ("setuptools==80.9.0", "build", "wheel"),
    ("setuptools==84.2.1", "build", "wheel"),
)
_STRICT: Final = ("python", "-W", "error")
_META: Final = (*_STRICT, "-c", "from setuptools import build_meta; build_meta.build_wheel('.')")
_CONDA_FOLDERS: Final = {
    "croot": "/croot/certifi_1671487769961/work/certifi",
    "feedstock": "/home/conda/feedstock_root/build_artifacts/certifi_1/work",
    "conda-bld": "/opt/conda/conda-bld/certifi_1/work",
}


def _setup(said: str) -> str:
    return f'import setuptools\nsetuptools.setup(name="spam", version="1.0", {said})\n'


def _setuptools_cases(build: tuple[str, ...]) -> Iterator[RunCase]:
    """Yield what setuptools warns of and refuses, warnings as errors so that they end the run."""
    option = {"setup.py": _setup('test_suite="tests"')}
    strict = (*_STRICT, "setup.py", "--quiet", "build")
    yield RunCase("setuptools-unknown-option", option, strict, _NEW_SETUPTOOLS)
    data = {
        "setup.py": _setup('packages=["spam"], include_package_data=True'),
        "spam/__init__.py": "",
        "spam/data/a.txt": "",
        "MANIFEST.in": "graft spam\n",
    }
    yield RunCase("setuptools-package-absent", data, strict, _NEW_SETUPTOOLS, longest=3000)
    hyphen = {
        "setup.py": _setup("packages=[]"),
        "setup.cfg": "[metadata]\ndescription-file = README\n",
    }
    yield RunCase("setuptools-hyphen", hyphen, strict, (("setuptools==78.0.1",), *_NEW_SETUPTOOLS))
    plain = {"setup.py": _setup("packages=[]")}
    yield RunCase(
        "setuptools-command-test", plain, ("python", "setup.py", "test"), _NEW_SETUPTOOLS[1:]
    )
    yield RunCase(
        "setuptools-old-packaging",
        plain,
        ("python", "setup.py", "bdist_wheel"),
        (("setuptools==71.1.0", "packaging==21.3"),),
    )
    yield RunCase(
        "setuptools-python-requires",
        {"setup.py": _setup('python_requires=">=3.6.*"')},
        ("python", "setup.py", "build"),
        (("setuptools==69.5.1",), *_NEW_SETUPTOOLS[1:]),
    )
    for name, line in (
        ("license-table", 'license = {text = "MIT"}'),
        ("license-classifier", 'classifiers = ["License :: OSI Approved :: MIT License"]'),
    ):
        files = {"pyproject.toml": f"{_NAMED}{line}\n", "spam.py": ""}
        yield RunCase(f"setuptools-warns-{name}", files, _META, _NEW_SETUPTOOLS)
    yield RunCase(
        "setuptools-warns-pkg-resources",
        {"README.md": "x"},
        (*_STRICT, "-c", "import pkg_resources"),
        _NEW_SETUPTOOLS[:1],
    )
    attribute = (
        '[project]\nname = "spam"\ndynamic = ["version"]\n'
        '[tool.setuptools.dynamic]\nversion = {attr = "spam.__version__"}\n'
    )
    files = _build("setuptools", "setuptools.build_meta", attribute, {})
    yield RunCase("setuptools-version-attribute", files, build, _NEW_SETUPTOOLS[1:])


def _import_cases(build: tuple[str, ...]) -> Iterator[RunCase]:
    """Yield modules that Python does not find."""
    numpy = {"setup.py": "from numpy.distutils.core import setup\n"}
    yield RunCase("numpy-distutils", numpy, build, (("numpy", "setuptools", "build", "wheel"),))
    old = (("setuptools==59.8.0", "build", "wheel"),)
    files = _build("setuptools", "setuptools.build_meta", _NAMED, {})
    yield RunCase("setuptools-without-distutils", files, build, old)
    empty = {"README.md": "x"}
    yield RunCase("module-distutils", empty, ("python", "-m", "distutils"), old)
    newest = _NEW_SETUPTOOLS[1:]
    yield RunCase("module-pkg-resources", empty, ("python", "-m", "pkg_resources"), newest)
    uvs = (("uv==0.13.9",),)
    yield RunCase("module-setuptools", empty, ("python", "-m", "setuptools"), uvs)
    no_isolation = ("uv", "build", "--wheel", "--offline", "--no-build-isolation")
    yield RunCase("uv-build-without-setuptools", files, no_isolation, uvs)
    yield RunCase(
        "setuptools-packaging",
        empty,
        ("python", "-c", "from pkg_resources import packaging"),
        (("setuptools==70.0.0",),),
    )
    for name, line in (
        ("versioneer", "import configparser; configparser.SafeConfigParser()"),
        ("getargspec", "import inspect; inspect.getargspec(print)"),
        ("distutils-part", "from distutils.msvccompiler import get_build_version"),
        ("submodule", "import setuptools.eggs"),
        ("not-a-package", "import spam.eggs"),
    ):
        setup = f"import sys, setuptools\nsys.path.insert(0, '.')\n{line}\n"
        yield RunCase(f"setup-{name}", {"setup.py": setup, "spam.py": ""}, build, newest)


def _environment_cases() -> Iterator[RunCase]:
    """Yield what makes environments and projects, without what it needs for it."""
    empty = {"README.md": "x"}
    for name, python in (("no-interpreter", "3.99"), ("no-interpreter-name", "eggs")):
        yield RunCase(f"uv-{name}", empty, ("uv", "venv", "--offline", "-p", python), _UVS)
    yield RunCase("uv-no-interpreter-any", empty, ("uv", "venv", "--offline", "-p", ">=3.99"), _UVS)
    project = {"pyproject.toml": _LOCKED}
    sync = ("uv", "sync", "--offline")
    yield RunCase("uv-no-lockfile", project, (*sync, "--frozen"), _UVS)
    yield RunCase("uv-lock-not-read", {**project, "uv.lock": "<<<<<<< HEAD\n"}, sync, _UVS)
    middle = (("uv==0.8.22",), *_UVS[1:])
    yield RunCase("uv-extra-missing", project, (*sync, "--extra", "cuda"), middle)
    tools = {"pyproject.toml": "[tool.ruff]\n"}
    yield RunCase("uv-no-project-table", tools, sync, _UVS[:1])
    yield RunCase("uv-dependency-not-there", project, ("uv", "remove", "--offline", "eggs"), _UVS)
    yield RunCase("uv-nothing-to-publish", empty, ("uv", "publish"), _UVS)
    yield RunCase("uv-environment-broken", {**project, ".venv/README": "x"}, sync, _UVS)
    yield RunCase("uv-no-program", project, ("uv", "run", "--offline", "eggs"), _UVS)
    install = ("uv", "pip", "install")
    nowhere = "http://127.0.0.1:9/simple"
    yield RunCase("uv-no-index", empty, (*install, "--index-url", nowhere, "eggs"), _UVS)
    yield RunCase("uv-no-repository", empty, (*install, "git+file:///no/such/repository"), _UVS)
    yield RunCase("uv-no-cache", empty, (*install, "--cache-dir", "README.md", "eggs"), _UVS[1:])
    link = '<a href="eggs-{0}-py3-none-any.whl">eggs-{0}-py3-none-any.whl</a>\n'
    indexes = {
        "requirements.txt": "eggs==2\n",
        "one/eggs/index.html": link.format("1.0"),
        "two/eggs/index.html": link.format("2.0"),
    }
    first = ("uv", "pip", "compile", "requirements.txt", "--quiet", "--index", "./one")
    yield RunCase("uv-first-index", indexes, (*first, "--default-index", "./two"), _UVS)
    for name, path in _CONDA_FOLDERS.items():
        files = {"requirements.txt": f"certifi @ file://{path}\n"}
        listed = (*_LINE[:4], "--no-index", "-r", "requirements.txt")
        yield RunCase(f"pip-conda-{name}", files, listed, _PIPS[1:])
        if name == "croot":
            yield RunCase(f"uv-conda-{name}", files, _UV_LINE, _UVS)
    pip = ("python", "-m", "pip", "install")
    yield RunCase("pip-no-repository", empty, (*pip, "git+file:///no/such/repository"), _PIPS)
    yanked = (
        '<a data-yanked="broken" href="eggs-1.0-py3-none-any.whl">eggs-1.0-py3-none-any.whl</a>'
    )
    links = ("--no-index", "--find-links", "links.html", "eggs>=1")
    yield RunCase("pip-yanked", {"links.html": yanked}, (*pip, *links), _PIPS)
    proxy = ("--retries", "1", "--proxy", "http://127.0.0.1:9", "eggs")
    yield RunCase("pip-no-proxy", empty, (*pip, *proxy), _PIPS)
    tox = "[tox]\nenvlist = py35\nskipsdist = true\n[testenv]\ncommands = python -V\n"
    yield RunCase(
        "tox-no-interpreter",
        {"tox.ini": tox},
        ("python", "-m", "tox"),
        (("tox==3.28.0", "setuptools<80"), ("tox==4.11.3",), ("tox",)),
    )
    nox = "import nox\n\n@nox.session(python='3.5')\ndef tests(session): session.run('python', '-V')\n"
    yield RunCase(
        "nox-no-interpreter",
        {"noxfile.py": nox},
        ("python", "-m", "nox", "--error-on-missing-interpreters"),
        (("nox",),),
    )
    hooks = {".pre-commit-config.yaml": "repos: []\n"}
    hook = (("pre-commit",),)
    yield RunCase("pre-commit-no-repository", hooks, ("python", "-m", "pre_commit", "run"), hook)
    poetry = ("python", "-m", "poetry", "install")
    yield RunCase("poetry-no-package", project, poetry, _POETRY_TOOL)
    yield RunCase("poetry-no-extra", project, (*poetry, "--no-root", "-E", "eggs"), _POETRY_TOOL)
    group = (*poetry, "--no-root", "--with", "eggs")
    yield RunCase("poetry-no-group", project, group, _POETRY_TOOL)


_POETRY_TOOL: Final = (("poetry",),)


def _compiled_cases(build: tuple[str, ...]) -> Iterator[RunCase]:
    """Yield what build systems for compiled code do not find."""
    meson = (("meson==1.3.2",), ("meson",))
    setup = ("meson", "setup", "there", "--native-file", "native.ini")
    for name, lines, native in (
        ("no-compiler", "project('spam', 'c')", "c = 'no-such-compiler'"),
        ("no-dependency", "project('spam')\ndependency('eggs')", ""),
        (
            "no-pkg-config",
            "project('spam')\ndependency('eggs', method: 'pkg-config')",
            "pkg-config = 'no-such-program'\npkgconfig = 'no-such-program'",
        ),
        ("no-program", "project('spam')\nfind_program('eggs')", ""),
    ):
        files = {"meson.build": f"{lines}\n", "native.ini": f"[binaries]\n{native}\n"}
        yield RunCase(f"meson-{name}", files, setup, meson)
    head = "project(spam LANGUAGES NONE)\n"
    for name, text in (
        (
            "no-package",
            f"cmake_minimum_required(VERSION 3.15...4.0)\n{head}find_package(Eggs REQUIRED)\n",
        ),
        ("too-old", f"cmake_minimum_required(VERSION 3.1)\n{head}"),
    ):
        yield RunCase(
            f"cmake-{name}",
            _build(
                "scikit-build-core", "scikit_build_core.build", _NAMED, {"CMakeLists.txt": text}
            ),
            (*build[:-2], "--skip-dependency-check", *build[-2:]),
            (("scikit-build-core", "build", "cmake", "ninja"),),
        )
    option = {"pyproject.toml": f'{_NAMED}[tool.cibuildwheel]\neggs = "1"\n'}
    run = ("python", "-m", "cibuildwheel", "--platform", "linux")
    nothing = {"pyproject.toml": f'{_NAMED}[tool.cibuildwheel]\nbuild = "cp313-win*"\n'}
    yield RunCase("cibuildwheel-nothing", nothing, run, (("cibuildwheel",),), longest=400)
    newer = _NAMED + 'requires-python = ">=3.99"\n'
    files = _build("meson-python", "mesonpy", newer, {"meson.build": "project('spam')\n"})
    yield RunCase("meson-python-requires", files, build, (("meson-python", "build"),))
    yield RunCase("cibuildwheel-option", option, run, (("cibuildwheel",),))


def _legacy_cases() -> Iterator[RunCase]:
    """Yield what pip says of a project without ``pyproject.toml``, as long as it built such ones."""
    here = ("python", "-m", "pip", "install", "--no-index", "--no-build-isolation")
    text = "import sys, setuptools\nassert {0!r} not in sys.argv\nsetuptools.setup(name='spam', version='1.0')\n"
    for name, command, words, pips in (
        ("editable", "develop", (*here, "-e", "."), ("25.0",)),
        ("wheel", "bdist_wheel", (*here, "."), ("24.0", "25.2")),
    ):
        tools = tuple((f"pip=={pip}", "setuptools==80.9.0", "wheel") for pip in pips)
        yield RunCase(f"pip-legacy-{name}", {"setup.py": text.format(command)}, words, tools)
    backend = "def build_wheel(folder, settings=None, metadata=None):\n    raise SystemExit('no')\n"
    system = '[build-system]\nrequires = []\nbuild-backend = "plain"\nbackend-path = ["."]\n'
    files = {"pyproject.toml": system + _NAMED, "plain.py": backend}
    metadata = (
        "import os\n\ndef prepare_metadata_for_build_wheel(folder, settings=None):\n"
        "    os.mkdir(os.path.join(folder, 'spam-1.0.dist-info'))\n"
        "    with open(os.path.join(folder, 'spam-1.0.dist-info', 'METADATA'), 'w') as file:\n"
        "        file.write('Metadata-Version: 2.1\\nName: spam\\nVersion: 1.0\\n')\n"
        "    return 'spam-1.0.dist-info'\n\n"
    )
    files["plain.py"] = metadata + backend
    yield RunCase("pip-wheel-not-built", files, (*here, "."), _PIPS)
    uvs = (_UVS[0], ("uv==0.8.22",), _UVS[1])
    built = ("uv", "build", "--wheel", "--offline", "--no-build-isolation")
    yield RunCase("uv-wheel-not-built", files, built, uvs)


def _all_cases() -> Iterator[RunCase]:
    build = ("python", "-m", "build", "--no-isolation", "--wheel", ".")
    yield from _cases()
    yield from _setuptools_cases(build)
    yield from _import_cases(build)
    yield from _environment_cases()
    yield from _compiled_cases(build)
    yield from _legacy_cases()


CASES: Final = {case.name: case for case in _all_cases()}

_TRACEBACK = re.compile(
    r"^([ \t│]*)(\S.*?)?Traceback \(most recent call last\):\n(?:\1[ \t]+.*\n)*", re.MULTILINE
)
_BACKTRACE = re.compile(r"^Stack backtrace:\n(?:[ \t]+.*\n?)*", re.MULTILINE)
_DEFINITION = re.compile(r"^DEFINITION:\n(?:[ \t]+.*\n?)*", re.MULTILINE)
_PATH = re.compile(r"(?:/[\w.@+-]+)+/(?=site-packages/|lib/python)")


def shortened(text: str, *known: Path, longest: int = LONGEST) -> str:
    """Return *text* without colours, the folders *known* and what differs from run to run.

    Of a longer one the last *longest* letters are left.
    """
    text = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", text).replace("\r", "\n")
    for path in known:
        for spelled in sorted({str(path), str(path.resolve())}, key=len, reverse=True):
            text = text.replace(spelled + os.sep, "").replace(spelled, ".")
    text = text.replace(str(Path.home()), "~")
    text = _PATH.sub("", text)
    text = re.sub(r"/\S*/?tmp\S*?(?=[/\s'\"`:,]|$)", "TEMPORARY", text)
    text = re.sub(r"0x[0-9a-f]{6,}", "0x...", text)
    text = re.sub(r"_{40,}", "____", text)  # as wide as the terminal
    lines = [line.rstrip() for line in text.splitlines() if line.strip()]
    whole = _DEFINITION.sub("DEFINITION:\n    ...\n", "\n".join(lines))
    whole = _BACKTRACE.sub("", whole)
    whole = _TRACEBACK.sub(r"\1\2Traceback (most recent call last):\n\1  ...\n", whole)
    return whole if len(whole) <= longest else whole[-longest:].partition("\n")[2]


def _environment(tools: Sequence[str], cache: Path) -> Path:
    """Return the interpreter of an environment that has *tools*."""
    place = cache / re.sub(r"[^\w.]+", "-", "+".join(tools))
    python = place / "bin" / "python"
    if not (place / "done").is_file():
        shutil.rmtree(place, ignore_errors=True)
        subprocess.run(["uv", "venv", "-q", "-p", sys.executable, place], check=True)
        subprocess.run(["uv", "pip", "install", "-q", "-p", python, *tools], check=True)
        (place / "done").touch()
    return python


def _version(python: Path, tool: str) -> str:
    name = re.split("[=<>]", tool)[0]
    code = f"from importlib.metadata import version; print('{name}', version('{name}'))"
    return subprocess.run(
        [python, "-c", code], check=True, capture_output=True, text=True
    ).stdout.strip()


def observe(case: RunCase, cache: Path) -> Iterator[tuple[str, int, str]]:
    """Run *case* with each of its tools: its name and version, the exit status, what it printed."""
    for tools in case.tools:
        python = _environment(tools, cache)
        scratch = Path(tempfile.mkdtemp(prefix="run-"))
        try:
            for name, text in case.files.items():
                path = scratch / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
            words = list(case.command)
            words[0] = str(python.with_name(words[0]))
            done = subprocess.run(
                words,
                cwd=scratch,
                env=clean_environment(
                    VIRTUAL_ENV=str(python.parents[1]),
                    UV_NO_CONFIG="1",
                    PIP_DISABLE_PIP_VERSION_CHECK="1",
                    PATH=f"{python.parent}:/usr/bin:/bin",
                ),
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                check=False,
                timeout=_TIME_LIMIT,
            )
            text = done.stdout.decode("utf-8", "replace")
            yield (
                _version(python, tools[0]),
                done.returncode,
                shortened(text, scratch, python.parents[1], cache, longest=case.longest),
            )
        finally:
            shutil.rmtree(scratch, ignore_errors=True)


def index() -> dict[str, list[list[str]]]:
    """Return which tools printed each message, as the package keeps it.

    One row a tool and version: its name, a case, and the day, which is empty where the
    record of the wheels has it.  The case is the first that printed the very words of
    the title, or else the first: a message may have shapes for several fields.
    """
    from trigpoint.installers import RECORD
    from trigpoint.installers.messages import MESSAGES, explain

    explained: dict[str, list[str]] = {}

    def keys(text: str) -> list[str]:
        if text not in explained:
            explained[text] = [each.message.key for each in explain(text)]
        return explained[text]

    found: dict[str, dict[str, list[str]]] = {key: {} for key in MESSAGES}
    literal: dict[str, set[str]] = {key: set() for key in MESSAGES}

    def note(text: str, tool: str, case: str, recorded: str) -> None:
        for key in keys(text):
            exact = named(MESSAGES[key].title) <= named(text)
            if tool not in found[key] or (exact and tool not in literal[key]):
                found[key][tool] = [tool, case, recorded]
            if exact:
                literal[key].add(tool)

    order = {name: number for number, name in enumerate(RECORD.tools)}
    for (case, tool), outcome in sorted(
        RECORD.outcomes.items(), key=lambda item: order[item[0][1]]
    ):
        if outcome.message:
            note(outcome.message, tool, case, "")
    runs = sorted(load(), key=lambda run: _by_version(run.tool))
    for run in runs:
        note(run.printed, run.tool, run.case, run.recorded)
    families = {key: sorted(rows.values(), key=_family) for key, rows in found.items()}
    return {key: rows for key, rows in families.items() if rows}


def named(text: str) -> set[str]:
    """Return what *text* has in quotes, such as the name of a field.

    >>> sorted(named("unrecognized or malformed field 'license-file'"))
    ['license-file']
    """
    return set(_QUOTED(text))


_QUOTED = re.compile(r"[\"'`]([\w.-]+)[\"'`]").findall


def _family(row: Sequence[str]) -> str:
    return row[0].partition(" (")[0].rpartition(" ")[0]


def _by_version(tool: str) -> tuple[str, Version]:
    name, _, version = tool.rpartition(" ")
    return name, Version(version)


def _write_index() -> None:
    rows = (
        f"{json.dumps(key)}: {json.dumps(value, separators=(',', ':'))}"
        for key, value in index().items()
    )
    INDEX.write_text("{\n" + ",\n".join(rows) + "\n}\n", encoding="ascii")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the cases and compare with the record; ``--accept`` writes it."""
    parser = argparse.ArgumentParser(prog="python -m tests.evidence.messages", description=__doc__)
    parser.add_argument("--only", default="", help="a part of the names of cases")
    parser.add_argument("--accept", action="store_true", help="write the record")
    default = Path(__file__).parents[2] / "build" / "evidence-messages"
    parser.add_argument("--cache", type=Path, default=default)
    parser.add_argument("--index", action="store_true", help="run nothing; write the index anew")
    options = parser.parse_args(arguments)
    if options.index:
        _write_index()
        return 0
    old = {(run.case, run.tool): run for run in load()}
    new = dict(old)
    differs = False
    today = dt.datetime.now(dt.UTC).date().isoformat()
    for case in CASES.values():
        if options.only not in case.name:
            continue
        for key in [key for key in new if key[0] == case.name]:
            del new[key]
        for tool, code, text in observe(case, options.cache):
            if not code:  # a run that went well has no message
                continue
            run = Run(case.name, tool, today, code, text)
            before = old.get((case.name, tool))
            if before is None or before.printed != text:
                print(f"{case.name}, {tool}: {'new' if before is None else 'differs'}", flush=True)
                differs = True
            else:
                run = before
            new[case.name, tool] = run
    if options.accept:
        # A run that went well has no message.
        order = list(CASES)
        kept = [run for run in new.values() if run.exit_code and run.case in CASES]
        kept.sort(key=lambda run: (order.index(run.case), run.tool))
        rows = ",\n".join(json.dumps(run, separators=(",", ":")) for run in kept)
        FILE.write_text(f"[\n{rows}\n]\n", encoding="ascii")
        _write_index()
    return int(differs and not options.accept)


if __name__ == "__main__":
    sys.exit(main())
