"""Lists that are no project: what a test of extra in them comes to, and includes written as text."""

from __future__ import annotations

import pytest

from trigpoint.metadata import read_pyproject
from trigpoint.projects import check_text

HEAD = '[build-system]\nrequires = ["flit-core"]\nbuild-backend = "flit_core.buildapi"\n'
PROJECT = '[project]\nname = "spam"\nversion = "1"\n'
GROUPS = "[dependency-groups]\ntest = ['pytest']\n"


def told(text: str, name: str) -> list[tuple[str, int, str]]:
    return [
        (each.code, each.span.line if each.span else 0, each.fix.message if each.fix else "")
        for each in check_text(text.encode(), name).findings
    ]


def test_a_requirement_file_asks_for_no_extra() -> None:
    """Such a line is left out by pip, wherever it runs."""
    text = "eggs\nham==1; extra == 'dev'\nspam; extra == 'a' or os_name == 'nt'\n"
    fix = "delete the test of extra, or list it as an extra of a project"
    assert [("requirement-extra", 2, fix)] == told(text, "requirements.txt")


def test_a_group_asks_for_no_extra() -> None:
    """A group is no extra, and has none."""
    text = f"{GROUPS}dev = [\"eggs; extra == 'x'\"]\n"
    fix = "delete the test of extra, or list it in [project.optional-dependencies]"
    found = [each for each in told(text, "pyproject.toml") if each[0] == "requirement-extra"]
    assert [("requirement-extra", 3, fix)] == found


@pytest.mark.parametrize(
    ("item", "fix"),
    [
        ("\"include-group = 'test'\"", 'write {include-group = "test"}'),
        ("'{include-group = \"test\"}'", 'write {include-group = "test"}'),
        ("'include_group=test'", 'write {include-group = "test"}'),
        ("'  {include-group = \"test\"} '", 'write {include-group = "test"}'),
        ("' include-group = test'", 'write {include-group = "test"}'),
    ],
)
def test_an_include_in_quotes_is_told_to_be_one(item: str, fix: str) -> None:
    """As text it would be a requirement for a project of that name."""
    (found,) = read_pyproject(f"{HEAD}{PROJECT}{GROUPS}dev = [{item}]\n").findings()
    assert found.fix is not None
    assert ("pyproject-group-item", fix) == (found.code, found.fix.message)


@pytest.mark.parametrize(
    ("extras", "fix"),
    [
        ("[project.optional-dependencies]\ndocs = ['x']\n", 'docs is an extra: write "spam[docs]"'),
        ("[project.optional-dependencies]\nother = ['x']\n", "add the group, or leave this out"),
        ("", "add the group, or leave this out"),
    ],
)
def test_an_extra_is_no_group(extras: str, fix: str) -> None:
    """An include that names an extra is told how a group asks for it."""
    text = f"{HEAD}{PROJECT}{extras}{GROUPS}dev = [{{include-group = 'docs'}}]\n"
    (found,) = read_pyproject(text).findings()
    assert found.fix is not None
    assert ("pyproject-group-missing", fix) == (found.code, found.fix.message)
