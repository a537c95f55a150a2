"""For each check a project that fails it, and one that does not, made by hand."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Mapping
from typing import NamedTuple

from .. import build

Files = Mapping[str, str | bytes]

BUILD = '[build-system]\nrequires = ["hatchling>=1.27"]\nbuild-backend = "hatchling.build"\n'
TABLE = f'{BUILD}[project]\nname = "spam"\nversion = "1.0"\nrequires-python = ">=3.11"\n'
SETUPTOOLS = (
    '[build-system]\nrequires = ["setuptools>=77"]\nbuild-backend = "setuptools.build_meta"\n'
)
TABLE_OF_SETUPTOOLS = (
    f'{SETUPTOOLS}[project]\nname = "spam"\ndynamic = ["version"]\n[tool.setuptools.dynamic]\n'
)
SKBUILD = (
    '[build-system]\nrequires = ["scikit-build-core>=0.11"]\n'
    'build-backend = "scikit_build_core.build"\n[project]\nname = "spam"\nversion = "1.0"\n'
)
SHARED = '[tool.hatch.build.targets.wheel.shared-data]\n"{}" = "{}"\n'
EXTRAS = f'{TABLE}[project.optional-dependencies]\ntest = ["pytest"]\n'
GROUPS = f'{TABLE}[dependency-groups]\ndev = ["pytest"]\n'


class Case(NamedTuple):
    """A check's ``code``, files that fail it and how often, and files that pass."""

    code: str
    bad: Files
    lines: list[tuple[str, int | None]]
    good: Files


def workflow(*steps: str, job: str = "", top: str = "permissions: {}\n", on: str = "push") -> str:
    """Return a workflow with one job of *steps*; *job* and *top* are lines of them."""
    listed = "".join(f"      - {step}\n" for step in steps)
    return f"on: {on}\n{top}jobs:\n  one:\n    runs-on: ubuntu-24.04\n{job}    steps:\n{listed}"


def run(command: str) -> str:
    """Return a workflow that runs *command*."""
    return workflow(f"run: {command}")


def ci(command: str) -> dict[str, str]:
    """Return the file of a workflow that runs *command*."""
    return {".github/workflows/ci.yml": run(command)}


def pythons(*versions: str) -> dict[str, str]:
    """Return the file of a workflow with a matrix of *versions*, as written."""
    matrix = f"    strategy:\n      matrix:\n        python-version: [{', '.join(versions)}]\n"
    return {".github/workflows/ci.yml": workflow("run: pytest", job=matrix)}


def wheel(
    *names: str, metadata: str = "Metadata-Version: 2.4\nName: spam\nVersion: 1.0\n"
) -> bytes:
    """Return a wheel with files called *names*, and *metadata*."""
    return build.wheel(metadata, names=names)


def sdist(*names: str) -> bytes:
    """Return an sdist with files called *names*."""
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz") as made:
        for name in ("PKG-INFO", *names):
            data = (
                b"Metadata-Version: 2.4\nName: spam\nVersion: 1.0\n" if name == "PKG-INFO" else b""
            )
            info = tarfile.TarInfo(f"spam-1.0/{name}")
            info.size = len(data)
            made.addfile(info, io.BytesIO(data))
    return stream.getvalue()


PUBLISH = "uses: pypa/gh-action-pypi-publish@dc37677b2e1c63e2034f94d8a5b11f265b73ba33"
CHECKOUT = "uses: actions/checkout@v7"
IDENTITY = "    environment: release\n    permissions:\n      id-token: write\n"
WHEEL = "dist/spam-1.0-py3-none-any.whl"
SDIST = "dist/spam-1.0.tar.gz"
CD = ".github/workflows/cd.yml"
CI = ".github/workflows/ci.yml"
FROM_GIT = (
    TABLE.replace('"hatchling>=1.27"', '"hatchling>=1.27", "hatch-vcs"').replace(
        'version = "1.0"', 'dynamic = ["version"]'
    )
    + '[tool.hatch.version]\nsource = "vcs"\n'
)


def publishing(*before: str, job: str = IDENTITY, **more: str) -> dict[str, str]:
    """Return the file of a workflow that publishes, after the steps *before*."""
    return {CD: workflow(*before, PUBLISH, job=job, **more)}


NOXFILE = (
    'import nox\n\n@nox.session(python=["3.11"])\ndef tests(session):\n    session.install({})\n'
)

CASES = (
    Case(
        "review-extra-missing",
        {"pyproject.toml": EXTRAS, **ci("pip install -e .[tests]")},
        [(CI, 7)],
        {"pyproject.toml": EXTRAS, **ci("pip install -e .[Test]")},
    ),
    Case(
        "review-group-missing",
        {"pyproject.toml": GROUPS, **ci("uv sync --group devel")},
        [(CI, 7)],
        {"pyproject.toml": GROUPS, **ci("uv sync --group dev")},
    ),
    Case(
        "review-file-missing",
        {"pyproject.toml": TABLE, **ci("pip install -r requirements/dev.txt")},
        [(CI, 7)],
        {"requirements/dev.txt": "", **ci("pip install -r requirements/dev.txt")},
    ),
    Case(
        "review-session-missing",
        {"noxfile.py": NOXFILE.format('"pytest"'), **ci("nox -s test")},
        [(CI, 7)],
        {"noxfile.py": NOXFILE.format('"pytest"'), **ci("nox -s tests-3.11 tests -- -s x")},
    ),
    Case(
        "review-python-refused",
        {"pyproject.toml": TABLE, **pythons('"3.10"', '"3.11"')},
        [(CI, 8)],
        {"pyproject.toml": TABLE, **pythons('"3.11"', '"3.12"')},
    ),
    Case(
        "review-python-untested",
        {"pyproject.toml": TABLE, **pythons('"3.12"')},
        [("pyproject.toml", 7)],
        {"pyproject.toml": TABLE, **pythons('"3.11"', '"3.14t"')},
    ),
    Case(
        "review-python-float",
        {**pythons("3.10", "3.11")},
        [(CI, 8)],
        {**pythons('"3.10"', "3.11")},
    ),
    Case(
        "review-python-classifier",
        {
            "pyproject.toml": f'{TABLE}classifiers = [\n  "Programming Language :: Python :: 3.9",\n'
            '  "Programming Language :: Python :: 3.11",\n]\n'
        },
        [("pyproject.toml", 9)],
        {"pyproject.toml": f'{TABLE}classifiers = ["Programming Language :: Python :: 3.11"]\n'},
    ),
    Case(
        "review-python-checker",
        {"pyproject.toml": f'{TABLE}[tool.mypy]\npython_version = "3.9"\n'},
        [("pyproject.toml", 9)],
        {"pyproject.toml": f'{TABLE}[tool.mypy]\npython_version = "3.11"\n'},
    ),
    Case(
        "review-tool-floor",
        {
            "pyproject.toml": f'{GROUPS}tools = ["nox>=2024.4"]\n',
            "noxfile.py": NOXFILE.format('*nox.project.dependency_groups({}, "dev")'),
        },
        [("pyproject.toml", 10)],
        {
            "pyproject.toml": f'{GROUPS}tools = ["nox>=2025.2.9"]\n',
            "noxfile.py": NOXFILE.format('*nox.project.dependency_groups({}, "dev")'),
        },
    ),
    Case(
        "review-layout-several",
        {
            "pyproject.toml": f'{SETUPTOOLS}[project]\nname = "spam"\nversion = "1"\n',
            "spam/__init__.py": "",
            "data/load.py": "",
        },
        [("pyproject.toml", 4)],
        {
            "pyproject.toml": f'{SETUPTOOLS}[project]\nname = "spam"\nversion = "1"\n',
            "spam/__init__.py": "",
            "tests/test_a.py": "",
        },
    ),
    Case(
        "review-layout-flat",
        {
            "pyproject.toml": TABLE,
            "spam/__init__.py": "",
            "tests/__init__.py": "",
            "tests/test_a.py": "",
        },
        [("spam/__init__.py", None)],
        {"pyproject.toml": TABLE, "spam/__init__.py": "", "tests/test_a.py": ""},
    ),
    Case(
        "review-typed-missing",
        {
            "pyproject.toml": f'{TABLE}classifiers = ["Typing :: Typed"]\n',
            "src/spam/__init__.py": "",
        },
        [("pyproject.toml", 8)],
        {
            "pyproject.toml": f'{TABLE}classifiers = ["Typing :: Typed"]\n',
            "src/spam/py.typed": "",
        },
    ),
    Case(
        "review-version-nowhere",
        {"pyproject.toml": f'{SETUPTOOLS}[project]\nname = "spam"\ndynamic = ["version"]\n'},
        [("pyproject.toml", 6)],
        {
            "pyproject.toml": f'{SETUPTOOLS}[project]\nname = "spam"\ndynamic = ["version"]\n'
            '[tool.setuptools.dynamic]\nversion = { attr = "spam.V" }\n'
        },
    ),
    Case(
        "review-dynamic-unlisted",
        {"pyproject.toml": f'{TABLE_OF_SETUPTOOLS}dependencies = {{ file = ["needs.txt"] }}\n'},
        [("pyproject.toml", 8)],
        {
            "pyproject.toml": TABLE_OF_SETUPTOOLS.replace('"]\n[tool', '", "dependencies"]\n[tool')
            + 'dependencies = { file = ["needs.txt"] }\n'
        },
    ),
    Case(
        "review-setup-import",
        {"pyproject.toml": SETUPTOOLS, "setup.py": "import os\nimport numpy\n"},
        [("setup.py", 2)],
        {
            "pyproject.toml": SETUPTOOLS.replace('"]', '", "numpy"]'),
            "setup.py": "import os, numpy\nfrom setuptools import setup\n",
        },
    ),
    Case(
        "review-setup-file",
        {
            "pyproject.toml": SETUPTOOLS,
            "setup.py": 'open("requirements.txt")\nopen("README.md")\n',
            "requirements.txt": "",
            "README.md": "",
        },
        [("setup.py", 1)],
        {
            "pyproject.toml": SETUPTOOLS,
            "setup.py": 'open("requirements.txt")\n',
            "requirements.txt": "",
            "MANIFEST.in": "include requirements.txt\n",
        },
    ),
    Case(
        "review-wheel-tops",
        {WHEEL: wheel("spam/__init__.py", "tests/__init__.py")},
        [(WHEEL, None)],
        {WHEEL: wheel("spam/__init__.py", "spam/tests/__init__.py")},
    ),
    Case(
        "review-wheel-typed",
        {
            WHEEL: wheel("spam/__init__.py"),
            "src/spam/__init__.py": "",
            "src/spam/py.typed": "",
        },
        [(WHEEL, None)],
        {
            WHEEL: wheel("spam/__init__.py", "spam/py.typed"),
            "src/spam/__init__.py": "",
            "src/spam/py.typed": "",
        },
    ),
    Case(
        "review-wheel-license",
        {WHEEL: wheel("spam/LICENSE"), "LICENSE": ""},
        [(WHEEL, None)],
        {WHEEL: wheel("spam-1.0.dist-info/licenses/LICENSE"), "LICENSE": ""},
    ),
    Case(
        "review-wheel-sdist",
        {WHEEL: wheel("spam/__init__.py", "spam/scratch.py"), SDIST: sdist("src/spam/__init__.py")},
        [(WHEEL, None)],
        {
            WHEEL: wheel("spam/__init__.py", "spam/_version.py"),
            SDIST: sdist("src/spam/__init__.py"),
        },
    ),
    Case(
        "review-action-mutable",
        {CI: workflow("uses: actions/checkout@main", "uses: a/b")},
        [(CI, 7), (CI, 8)],
        {CI: workflow(CHECKOUT, "uses: ./here", "uses: docker://alpine:latest")},
    ),
    Case(
        "review-action-trusted",
        {CI: workflow("uses: a/b@v1", job="    permissions:\n      contents: write\n")},
        [(CI, 9)],
        {CI: workflow("uses: a/b@v1", job="    permissions:\n      contents: read\n")},
    ),
    Case(
        "review-workflow-permissions",
        {CI: workflow(CHECKOUT, top="")},
        [(CI, 3)],
        {CI: workflow(CHECKOUT)},
    ),
    Case(
        "review-checkout-depth",
        {"pyproject.toml": FROM_GIT, CI: workflow(CHECKOUT, "run: python -m build")},
        [(CI, 7)],
        {
            "pyproject.toml": FROM_GIT,
            CI: workflow(f"{CHECKOUT}\n        with:\n          fetch-depth: 0", "run: uv build"),
        },
    ),
    Case(
        "review-publish-identity",
        publishing(job="    permissions:\n      contents: read\n"),
        [(CD, 9)],
        publishing(),
    ),
    Case(
        "review-publish-broad",
        {
            CD: workflow(PUBLISH, top="permissions:\n  id-token: write\n")
            + "  two:\n    runs-on: ubuntu-24.04\n"
        },
        [(CD, 3)],
        publishing(),
    ),
    Case(
        "review-publish-build",
        publishing("run: pipx run build"),
        [(CD, 11)],
        publishing("uses: actions/download-artifact@v8"),
    ),
    Case(
        "review-publish-environment",
        publishing(job="    permissions:\n      id-token: write\n"),
        [(CD, 4)],
        publishing(),
    ),
    Case(
        "review-publish-reusable",
        publishing(on="workflow_call"),
        [(CD, 10)],
        publishing(on="[workflow_call, push]"),
    ),
    Case(
        "review-hook-moving",
        {".pre-commit-config.yaml": "repos:\n- repo: https://x.example/a\n  rev: main\n"},
        [(".pre-commit-config.yaml", 3)],
        {
            ".pre-commit-config.yaml": "repos:\n- repo: https://x.example/a\n  rev: v1.0\n- repo: local\n"
        },
    ),
    Case(
        "review-hook-order",
        {
            ".pre-commit-config.yaml": "repos:\n- repo: https://x.example/ruff\n  rev: v1\n  hooks:\n"
            "  - id: ruff-format\n  - id: ruff-check\n    args: [--fix]\n"
        },
        [(".pre-commit-config.yaml", 5)],
        {
            ".pre-commit-config.yaml": "repos:\n- repo: https://x.example/ruff\n  rev: v1\n  hooks:\n"
            "  - id: ruff-check\n    args: [--fix]\n  - id: ruff-format\n"
        },
    ),
    Case("review-yaml", {CI: "a: [1\n"}, [(CI, 1)], {CI: run("true")}),
    Case(
        "review-external-unnamed",
        {
            "pyproject.toml": f'{SKBUILD}[external]\nhost-requires = ["dep:generic/zlib"]\n',
            "CMakeLists.txt": "find_package(ZLIB REQUIRED)\nfind_package(PNG 1.6 REQUIRED)\n",
        },
        [("CMakeLists.txt", 2)],
        {
            "pyproject.toml": f'{SKBUILD}[external]\nhost-requires = ["dep:generic/libpng@>=1.6"]\n',
            "CMakeLists.txt": "find_package(PNG 1.6 REQUIRED)\n",
        },
    ),
    Case(
        "review-external-ci",
        {
            "pyproject.toml": f'{SKBUILD}[external]\nhost-requires = ["dep:generic/hdf5"]\n',
            CI: workflow(CHECKOUT, "run: sudo apt-get install zlib1g-dev", "run: pip install ."),
        },
        [(CI, 8)],
        {
            "pyproject.toml": f'{SKBUILD}[external]\nhost-requires = ["dep:generic/hdf5"]\n',
            CI: workflow(CHECKOUT, "run: sudo apt-get install libhdf5-dev", "run: pip install ."),
        },
    ),
    Case(
        "review-data-missing",
        {"pyproject.toml": TABLE + SHARED.format("man/spam.1", "share/man/man1/spam.1")},
        [("pyproject.toml", 8)],
        {
            "pyproject.toml": TABLE + SHARED.format("man/spam.1", "share/man/man1/spam.1"),
            "man/spam.1": "",
        },
    ),
    Case(
        "review-data-root",
        {"pyproject.toml": TABLE + SHARED.format("a.csv", "spam/a.csv"), "a.csv": ""},
        [("pyproject.toml", 8)],
        {"pyproject.toml": TABLE + SHARED.format("a.csv", "share/spam/a.csv"), "a.csv": ""},
    ),
    Case(
        "review-pyproject",
        {"pyproject.toml": f'{TABLE}dependencies = ["a=>1"]\n'},
        [("pyproject.toml", 8)],
        {"pyproject.toml": f'{TABLE}dependencies = ["a>=1"]\n'},
    ),
    Case(
        "review-requirements",
        {"requirements.txt": "a\nb=>1\n"},
        [("requirements.txt", 2)],
        {"requirements.txt": "a\nb>=1\n"},
    ),
    Case(
        "review-distributions",
        {WHEEL: wheel(metadata="Metadata-Version: 2.4\nName: spam\n")},
        [(f"{WHEEL}/spam-1.0.dist-info/METADATA", 1)],
        {WHEEL: wheel()},
    ),
)
"""Every check has one; a test holds that."""
