"""What the composer lab says, the same on every face."""

from __future__ import annotations

from typing import Final

from trigpoint.installers.backends import RUN_ON
from trigpoint.installers.backends.pyproject import MODULES
from trigpoint.labs.composer.data import ComposerResponse
from trigpoint.projects.templates import CHOICES, templates

__all__ = [
    "COLUMNS",
    "FIELDS",
    "FITTING",
    "TABLES",
    "counted",
    "kept",
    "measured",
    "project",
    "summary",
    "table",
    "verified",
]

FIELDS: Final = {
    "template": "Template",
    "author": "Author",
    "email": "E-mail",
    "account": "Repository owner",
    "description": "What it does, in a sentence",
    **CHOICES,
    "language": "Compiled code in",
}
"""What each answer is called."""

COLUMNS: Final = (
    "Backend",
    "Newest run",
    "Metadata it writes",
    "SPDX license from",
    "license-files from",
    "Extras from",
    "import-names from",
    "Version it fills in from",
)
"""The columns of what was measured."""

FITTING: Final = (
    "What goes into sdist and wheel, data files among it, and editable installs are not in this "
    "record: the build lab shows what lands of your files."
)
"""What was not measured."""

TABLES: Final = {
    "build-system": "What pip, uv and build install before they build, and what they call then. Name the oldest version that does what the rest of the file asks for.",
    "project": "What indexes and installers know of the project. Every backend reads the same table, so that it stays when you change the backend.",
    "project.optional-dependencies": "Extras: what users ask for as name[extra]. What only developers need belongs in [dependency-groups], and not in published metadata.",
    "project.scripts": "Commands that an installer writes, each with the function that it calls.",
    "project.urls": "Links that an index shows beside the project; it knows Source, Changelog and Issues by their names.",
    "dependency-groups": "What developing needs. It is in no wheel, and pip and uv install a group by its name.",
    "external": "What the build needs that no package index has. A draft, PEP 725: people and few tools read it.",
    "tool.cibuildwheel": "Which wheels are built for each release, and how each is tested.",
    "tool.cibuildwheel.linux": "What holds on Linux only, where wheels are built in a container.",
    "tool.cibuildwheel.macos.environment": "What the compiler on macOS is told.",
    "tool.cibuildwheel.overrides": "What holds for some wheels only.",
    "tool.cibuildwheel.windows": "What holds on Windows only.",
    "tool.cibuildwheel.windows.environment": "What the compiler on Windows is told.",
    "tool.flit.module": "Which package the wheel has, where that is not the name of the project.",
    "tool.flit.sdist": "What else goes into the sdist: those who test or package it need the tests.",
    "tool.hatch.build.targets.wheel": "What goes into the wheel, where the name of the project does not say it.",
    "tool.hatch.build.targets.wheel.shared-data": "Files that land outside of the package: where each is, and where it goes.",
    "tool.hatch.version": "Where the version comes from: the last tag of git.",
    "tool.maturin": "What the compiled part is called in the package, and where the package is.",
    "tool.meson-python": "How Meson is called for a wheel.",
    "tool.meson-python.args": "What Meson is told: a wheel takes what is installed, and no more.",
    "tool.mypy": "The types are checked as strictly as mypy can; a package with py.typed promises them.",
    "tool.mypy.overrides": "Where the check is told of modules without types.",
    "tool.pdm.build": "What goes into the sdist besides the package.",
    "tool.pdm.version": "Where the version comes from: the last tag of git.",
    "tool.poetry": "What goes into sdist and wheel; all else is in [project].",
    "tool.pytest.ini_options": "Tests fail on warnings, on marks that nobody knows, and on tests that pass where failing was expected.",
    "tool.ruff.lint": "Which rules hold besides those that ruff has by itself.",
    "tool.scikit-build": "How CMake is called, and what goes into the wheel.",
    "tool.setuptools": "Which packages there are, where setuptools is not to look for them.",
    "tool.setuptools.package-data": "Files in the package that are no Python, each by its shape. What is not named here is not in the wheel.",
    "tool.setuptools.packages.find": "Where setuptools looks for packages: below src and nowhere else.",
    "tool.setuptools_scm": "Where the version comes from: the last tag of git.",
    "tool.trigpoint": "Which backend makes the wheel, around which the compiled parts are built.",
    "tool.trigpoint.extensions": "A compiled part: which builder makes it, of what, and for which Pythons.",
    "tool.uv": "Which extras cannot come together; uv then locks them apart.",
    "tool.uv.build-backend": "Which package the wheel has, and what goes into the sdist besides it.",
}
"""What each table of pyproject.toml is for."""


def table(name: str) -> str:
    """Return what the table *name* of pyproject.toml is for; empty if nothing is known.

    >>> table("project.scripts")
    'Commands that an installer writes, each with the function that it calls.'
    """
    return TABLES.get(name, "")


def measured(response: ComposerResponse) -> str:
    """Say when and where the matrix of *response* was recorded, and what is not in it."""
    days = ", ".join(sorted({row.date for row in response.matrix if row.date}))
    return (
        f"Recorded on {days} with {RUN_ON}. Behind ≤ is the oldest version that ran; it has it already. "
        f"{FITTING}"
    )


def project(template: str) -> str:
    """Return the backend's project that builds *template*, a name; empty if nothing does.

    >>> project("flit-core")
    'flit-core'
    """
    return MODULES.get(templates()[template].backend, "")


def counted(number: int, what: str) -> str:
    """Return *number* of *what*, one or several.

    >>> counted(2, "file")
    '2 files'
    """
    return f"{number} {what}{'' if number == 1 else 's'}"


def summary(response: ComposerResponse) -> str:
    """Say *response* in one sentence."""
    if response.view == "backend":
        return f"For these answers: {response.fits.name}, {_small(response.fits.title)}."
    if response.empty:
        return "The project has no name yet."
    if not response.files:
        return "These answers make no project."
    files = counted(len(response.files), "file")
    return f"{files} for {response.project}: {_small(response.title)}."


def _small(title: str) -> str:
    return title[:1].lower() + title[1:] if title.startswith(("Pure", "A ")) else title


def verified(response: ComposerResponse) -> str:
    """Say when the template of *response* was proven; empty if it was not."""
    return f"Built and tested as it stands on {response.verified}." if response.verified else ""


def kept(response: ComposerResponse) -> str:
    """Say what the guides of the site show after *response*; empty if that does not change."""
    if response.own is None:
        return "The guides show the template's names."
    if not response.own:
        return ""
    return "The guides show your names, in this tab and until you close it."
