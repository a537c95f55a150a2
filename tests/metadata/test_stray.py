"""What stands at the top of a pyproject.toml and belongs elsewhere."""

from __future__ import annotations

import pytest

from trigpoint.metadata import read_pyproject
from trigpoint.projects import check_text

HEAD = '[build-system]\nrequires = ["flit-core"]\nbuild-backend = "flit_core.buildapi"\n'
PROJECT = '[project]\nname = "spam"\nversion = "1"\n'

STRAY = [
    ("[optional-dependencies]\ndev = []\n", "write [project.optional-dependencies]"),
    ("[extras_require]\ndev = []\n", "write [project.optional-dependencies]"),
    ("[urls]\n", "write [project.urls]"),
    ("[scripts]\n", "write [project.scripts]"),
    ("[entry-points.x]\n", "write [project.entry-points]"),
    ("[dependencies]\nspam = '1'\n", 'write dependencies = ["..."] below [project]'),
    ("[[authors]]\nname = 'A'\n", "put it below [project]"),
    (
        "[dev-dependencies]\nspam = '1'\n",
        "list what only developers need in a group, such as dev, of [dependency-groups]",
    ),
    ("[metadata]\n", "that is a table of setup.cfg: say it in [project] and [tool.setuptools]"),
    ("[options]\n", "that is a table of setup.cfg: say it in [project] and [tool.setuptools]"),
    ("[tools.x]\n", "write tool"),
    ("[dependency_groups]\n", "write dependency-groups"),
    ("[black]\n", "move it to [tool.black]"),
]

KEYS = [
    ("name = 'spam'\n", "put it below [project]"),
    ("requires-python = '>=3.8'\n", "put it below [project]"),
    ("python_requires = '>=3.8'\n", "write requires-python below [project]"),
    ("install_requires = []\n", "write dependencies below [project]"),
    ("homepage = 'https://example.org'\n", "put it below [project.urls], as Homepage"),
    ("requires = ['x']\n", "put it below [build-system]"),
    ("build-backend = 'x'\n", "put it below [build-system]"),
    ("line-length = 1\n", "write the header of its table above it"),
]


@pytest.mark.parametrize(("text", "fix"), STRAY)
def test_a_table_is_sent_where_it_belongs(text: str, fix: str) -> None:
    """A table of [project] goes below it, one of a tool below [tool]."""
    (found,) = read_pyproject(HEAD + PROJECT + text).findings()
    assert found.fix is not None
    assert ("pyproject-table", fix) == (found.code, found.fix.message)


@pytest.mark.parametrize(("text", "fix"), KEYS)
def test_a_key_without_a_table_is_sent_where_it_belongs(text: str, fix: str) -> None:
    """It is told so; to move it to a table of tools would lose it."""
    (found,) = read_pyproject(text + HEAD + PROJECT).findings()
    assert found.fix is not None
    assert ("pyproject-table", fix) == (found.code, found.fix.message)
    assert "=" not in found.message


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ('lock-version = "1.0"\ncreated-by = "x"\n[[packages]]\nname = "spam"\n', "lock-version"),
        ('version = 1\n[[package]]\nname = "spam"\n', "package"),
    ],
)
def test_a_lock_file_is_told_to_be_one(text: str, key: str) -> None:
    """It is told once, not for each of its tables."""
    told = [each.message for each in read_pyproject(text).findings() if "lock" in each.message]
    tables = [each for each in read_pyproject(text).findings() if each.code == "pyproject-table"]
    assert [f"{key} is a key of lock files, and this is none that a project is read from"] == told
    assert 1 == len(tables)


def test_a_table_called_package_is_of_no_lock_file() -> None:
    """That is how another language writes it, with one pair of brackets."""
    (found,) = read_pyproject(HEAD + PROJECT + "[package]\n").findings()
    assert "'package' is none of the tables that a pyproject.toml has" == found.message


@pytest.mark.parametrize(
    ("version", "left"),
    [
        ("", []),
        ("version = 1.0\n", []),
        ('version = ""\n', []),
        ('dynamic = "version"\n', []),
        ('dynamic = ["version"]\n', ["version"]),
        ('version = "1"\ndynamic = ["readme"]\n', ["readme"]),
        ('version = "1"\ndynamic = ["version", "nonsense", 3]\n', []),
        (
            'dynamic = ["version", "optional-dependencies", "version"]\n',
            ["version", "optional-dependencies"],
        ),
    ],
)
def test_only_what_is_dynamic_is_left_to_the_backend(version: str, left: list[str]) -> None:
    """A version that is missing or wrong is told so, not said to be filled in later."""
    text = f'{HEAD}[project]\nname = "spam"\n{version}'
    (file,) = check_text(text.encode(), "pyproject.toml").files
    dynamic = [each.what for each in file.not_read if "fills it in" in each.why]
    assert left == dynamic


def test_a_version_of_setuptools_is_sent_to_its_table() -> None:
    """A table with attr or file is how setuptools reads a version, below another header."""
    text = f'{HEAD}[project]\nname = "spam"\nversion = {{attr = "spam.__version__"}}\n'
    (found,) = (each for each in read_pyproject(text).findings() if each.severity.value == "error")
    assert found.fix is not None
    assert (
        'write dynamic = ["version"], and this as version below [tool.setuptools.dynamic], '
        "if setuptools builds the project"
    ) == found.fix.message
