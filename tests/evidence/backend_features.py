"""What backends are asked about: one small project for each feature of ``[project]``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["BACKENDS", "FEATURES", "READERS", "Backend", "Feature", "Reader", "pyproject"]


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature of ``[project]``, and how METADATA shows that it was read.

    ``table`` are the lines of ``[project]`` that show it, beside the name and,
    unless ``dynamic``, the version.  ``wanted`` are the fields that METADATA
    must have, each as a line; ``files`` the ends of names that the wheel must hold.
    ``settings`` are tables of backends that it needs, by backend; one without is
    not asked where there are any.
    """

    name: str
    says: str
    table: str
    wanted: tuple[str, ...]
    files: tuple[str, ...] = ()
    dynamic: bool = False
    settings: Mapping[str, str] | None = None


FEATURES = (
    Feature("project", "name and version", "", ("Name: demo", "Version: 1.0")),
    Feature(
        "license-expression",
        "license as an SPDX expression",
        'license = "MIT"',
        ("License-Expression: MIT",),
    ),
    Feature(
        "license-files",
        "license-files",
        'license = "MIT"\nlicense-files = ["LICENSE*"]',
        ("License-Expression: MIT", "License-File: LICENSE.txt"),
        ("/licenses/LICENSE.txt",),
    ),
    Feature(
        "license-classifier",
        "an SPDX expression together with a license classifier",
        'license = "MIT"\nclassifiers = ["License :: OSI Approved :: MIT License"]',
        ("License-Expression: MIT", "Classifier: License :: OSI Approved :: MIT License"),
    ),
    Feature("license-table", "license as a table", 'license = { text = "MIT" }', ("License: MIT",)),
    Feature(
        "readme-markdown",
        "a readme file in Markdown",
        'readme = "README.md"',
        ("Description-Content-Type: text/markdown",),
    ),
    Feature(
        "readme-text",
        "a readme as text with its type",
        'readme = { text = "Hello.", content-type = "text/x-rst" }',
        ("Description-Content-Type: text/x-rst",),
    ),
    Feature(
        "optional-dependencies",
        "extras, named as metadata 2.3 wants it",
        'optional-dependencies.My_Extra = ["attrs"]',
        ("Provides-Extra: my-extra",),
    ),
    Feature(
        "import-names",
        "import-names",
        'import-names = ["demo"]',
        ("Import-Name: demo",),
    ),
    Feature(
        "dynamic-version",
        "a version that the backend fills in",
        'dynamic = ["version"]',
        ("Version: 1.0",),
        dynamic=True,
        settings={
            "setuptools": '[tool.setuptools.dynamic]\nversion = { attr = "demo.__version__" }\n',
            "hatchling": '[tool.hatch.version]\npath = "src/demo/__init__.py"\n',
            "flit-core": "",
            "poetry-core": '[tool.poetry]\nversion = "1.0"\n',
            "pdm-backend": '[tool.pdm.version]\nsource = "file"\npath = "src/demo/__init__.py"\n',
            "uv_build": "",
            "scikit-build-core": (
                "[tool.scikit-build.metadata.version]\n"
                'provider = "scikit_build_core.metadata.regex"\ninput = "src/demo/__init__.py"\n'
            ),
            "meson-python": "",
            "maturin": "",
        },
    ),
    Feature(
        "dynamic-and-static",
        "a list that is both static and dynamic",
        'dynamic = ["classifiers"]\nclassifiers = ["Typing :: Typed"]',
        ("Classifier: Typing :: Typed",),
    ),
    Feature(
        "direct-reference",
        "a dependency by its address",
        'dependencies = ["other @ https://example.org/other-1.0.tar.gz"]',
        ("Requires-Dist: other @ https://example.org/other-1.0.tar.gz",),
    ),
    Feature(
        "negated-extra",
        "a dependency for when an extra is not asked for",
        'dependencies = ["attrs; extra != \'cuda\'"]\noptional-dependencies.cuda = ["other"]',
        ("Requires-Dist: attrs; extra != 'cuda'",),
    ),
    Feature(
        "dependency-groups",
        "a [dependency-groups] table beside [project]",
        "",
        ("Name: demo", "Version: 1.0"),
    ),
)
"""The features, in the order in which they are shown."""


@dataclass(frozen=True, slots=True)
class Backend:
    """A build backend, as it is asked.

    ``name`` is the project, ``module`` its object, ``first`` the lowest version
    that is asked.  ``beside`` are requirements that it needs besides its own.
    ``majors`` says that every major version is a feature release.  ``metadata``
    says that only metadata is prepared, and no wheel is built.  ``files`` are
    what a project of it has besides, ``settings`` what its pyproject.toml ends with.
    """

    name: str
    module: str
    first: str
    beside: tuple[str, ...] = ()
    majors: bool = False
    metadata: bool = False
    files: Mapping[str, str] | None = None
    settings: str = ""


BACKENDS = (
    Backend("setuptools", "setuptools.build_meta", "60.10.0", ("wheel<0.46",), majors=True),
    Backend("hatchling", "hatchling.build", "1.5.0"),
    Backend("flit-core", "flit_core.buildapi", "3.1.0"),
    Backend("poetry-core", "poetry.core.masonry.api", "1.8.1"),
    Backend("pdm-backend", "pdm.backend", "2.0.0"),
    Backend("uv_build", "uv_build", "0.6.6"),
    Backend(
        "meson-python",
        "mesonpy",
        "0.11.0",
        ("meson", "ninja"),
        files={
            "meson.build": (
                "project('demo', version: '1.0')\n"
                "py = import('python').find_installation(pure: true)\n"
                "py.install_sources('src/demo/__init__.py', subdir: 'demo')\n"
            )
        },
    ),
    Backend(
        "scikit-build-core",
        "scikit_build_core.build",
        "0.5.0",
        ("pathspec", "pyproject-metadata"),
        metadata=True,
    ),
    Backend(
        "maturin",
        "maturin",
        "1.0.0",
        metadata=True,
        files={
            "Cargo.toml": '[package]\nname = "demo"\nversion = "1.0.0"\nedition = "2021"\n',
            "src/main.rs": "fn main() {}\n",
        },
        settings='[tool.maturin]\nbindings = "bin"\n',
    ),
)
"""The backends, in the order in which they are shown."""


@dataclass(frozen=True, slots=True)
class Reader:
    """A tool that reads what backends write; ``features`` are what it is asked about."""

    name: str
    first: str
    features: tuple[str, ...]


READERS = (
    Reader(
        "twine",
        "4.0.0",
        tuple(f"metadata-{minor}" for minor in ("2.2", "2.3", "2.4", "2.5", "2.6")),
    ),
    Reader("pip", "24.0", ("dependency-groups",)),
    Reader("uv", "0.5.0", ("clashing-extras", "exclusive-extras")),
)
"""Tools with a floor for something that a pyproject.toml says or a backend writes."""


def pyproject(backend: Backend, feature: Feature) -> str:
    """Return the pyproject.toml that asks *backend* about *feature*."""
    lines = [
        "[build-system]",
        f'requires = ["{backend.name}"]',
        f'build-backend = "{backend.module}"',
        "",
        "[project]",
        'name = "demo"',
        'description = "A demonstration."',
        "" if feature.dynamic else 'version = "1.0"',
        feature.table,
        "",
    ]
    if feature.name == "dependency-groups":
        lines += ["[dependency-groups]", 'dev = ["pip"]', ""]
    return "\n".join(lines) + (feature.settings or {}).get(backend.name, "") + backend.settings
