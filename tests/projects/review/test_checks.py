"""Every check of a project: what fails it, what passes, and what its fix does."""

from __future__ import annotations

import re

import pytest

from trigpoint.catalogue import RULES
from trigpoint.findings import apply_fix
from trigpoint.projects.review import Project, Tree, Verdict, judge
from trigpoint.projects.review.table import ALL, CHECKS, FAMILIES

from .cases import CASES, TABLE, Case, Files

pytest.importorskip("yaml", reason="PyYAML reads the files of workflows")


def tree(files: Files) -> Tree:
    """Return *files* as a project in memory."""
    return Tree.of_files(
        {name: data.encode() if isinstance(data, str) else data for name, data in files.items()}
    )


def verdict(code: str, files: Files) -> Verdict:
    """Return what the check *code* says of *files*."""
    [check] = [each for each in ALL if each.code == code]
    [found] = judge(Project(tree(files)), [check])
    return found


def codes(files: Files) -> list[tuple[str, str]]:
    """Return everything that is said of *files*: codes and messages."""
    found = judge(Project(tree(files)), ALL)
    return [(one.finding.code, one.finding.message) for each in found for one in each.found]


def test_every_check_has_a_case() -> None:
    """Whoever adds a check shows what fails it, and what does not."""
    assert [each.code for each in ALL] == [each.code for each in CASES]


def test_every_check_has_a_family_and_a_rule() -> None:
    """What a check finds has its code, and every rule of the topic belongs to a check."""
    assert {each.family for each in ALL} == set(FAMILIES)
    assert [each.code for each in CHECKS] == [
        code for code, rule in RULES.items() if rule.topic == "review"
    ]
    assert all(each.rule.url.startswith("https://") for each in ALL)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.code)
def test_a_bad_project_fails(case: Case) -> None:
    """Each check finds what it is for, where that is."""
    found = verdict(case.code, case.bad)
    assert "failed" == found.outcome
    places = [(each.path, each.finding.span and each.finding.span.line) for each in found.found]
    assert case.lines == places
    if not case.code.startswith(("review-pyproject", "review-requirements", "review-distr")):
        assert {case.code} == {each.finding.code for each in found.found}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.code)
def test_a_good_project_passes(case: Case) -> None:
    """A project that is right in this respect passes, and is not skipped."""
    assert "passed" == verdict(case.code, case.good).outcome


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.code)
def test_nothing_to_look_at_is_skipped(case: Case) -> None:
    """A project without the files that a check is about neither passes nor fails it."""
    assert "skipped" == verdict(case.code, {}).outcome


@pytest.mark.parametrize(
    ("table", "program", "number"),
    [
        (None, "import spam\n", 0),
        ('requires = ["setuptools"]', "import spam\n", 0),
        ('build-backend = "setuptools.build_meta:__legacy__"', "import spam\n", 0),
        ('build-backend = "setuptools.build_meta"', "import spam\n", 1),
        (
            'build-backend = "setuptools.build_meta"',
            "import os, sys\nsys.path.insert(0, os.path.dirname(__file__))\nimport spam\n",
            0,
        ),
        (
            'build-backend = "setuptools.build_meta"',
            "import os\nos.path.join('a')\nself.path\nimport spam\n",
            1,
        ),
        (None, "import numpy\n", 1),
    ],
)
def test_what_setup_py_imports_from_beside_it(table: str | None, program: str, number: int) -> None:
    """The backend of projects that name none has that folder, as has who puts it into sys.path."""
    files: Files = {"setup.py": program, "spam.py": ""}
    if table is not None:
        files = {**files, "pyproject.toml": f"[build-system]\n{table}\n"}
    assert number == len(verdict("review-setup-import", files).found)


def behind(files: Files, wrapper: str, table: str) -> Files:
    """Return *files* with their build backend inside of *wrapper*, which has it in *table*."""
    text = files.get("pyproject.toml", "[build-system]\n")
    assert isinstance(text, str)
    named = re.search(r'build-backend = "(.+)"', text)
    inner = named[1] if named else "setuptools.build_meta"
    if named:
        text = text.replace(named[0], f'build-backend = "{wrapper}"')
    else:
        text = text.replace("[build-system]\n", f'[build-system]\nbuild-backend = "{wrapper}"\n')
    return {**files, "pyproject.toml": f'{text}\n[{table}]\nbackend = "{inner}"\n'}


@pytest.mark.parametrize(
    ("wrapper", "table"),
    [
        ("trigpoint.extensions.backend", "tool.trigpoint"),
        ("trigpoint.external.backend", "tool.trigpoint.external"),
    ],
)
@pytest.mark.parametrize(
    "code",
    [
        "review-layout-several",
        "review-layout-flat",
        "review-version-nowhere",
        "review-dynamic-unlisted",
        "review-setup-import",
        "review-setup-file",
    ],
)
def test_builds_behind_a_wrapper(code: str, wrapper: str, table: str) -> None:
    """Whatever a wrapper of ours is around builds the project, and is what the check is about."""
    [case] = [each for each in CASES if each.code == code]
    for files in (case.bad, case.good):
        wrapped = verdict(code, behind(files, wrapper, table))
        plain = verdict(code, files)
        assert plain.outcome == wrapped.outcome
        assert [each.finding.message for each in plain.found] == [
            each.finding.message for each in wrapped.found
        ]
    unknown = behind(case.bad, wrapper, "tool.other")
    if code != "review-layout-flat":
        assert [] == list(verdict(code, unknown).found)


@pytest.mark.parametrize(
    ("inner", "number"),
    [("setuptools.build_meta", 1), ("setuptools.build_meta:__legacy__", 0)],
)
def test_setup_py_behind_a_wrapper(inner: str, number: int) -> None:
    """It imports from beside it only where the backend inside has that folder."""
    text = '[build-system]\nbuild-backend = "trigpoint.external.backend"\n'
    text += f'[tool.trigpoint.external]\nbackend = "{inner}"\n'
    files: Files = {"setup.py": "import spam\n", "spam.py": "", "pyproject.toml": text}
    assert number == len(verdict("review-setup-import", files).found)


def test_compiled_behind_a_wrapper() -> None:
    """What Meson compiles is in the installed package only, whatever is around the backend."""
    files: Files = {
        "pyproject.toml": TABLE.replace("hatchling.build", "mesonpy"),
        "spam/__init__.py": "",
        "tests/test_a.py": "",
    }
    wrapped = behind(files, "trigpoint.external.backend", "tool.trigpoint.external")
    for each in (files, wrapped):
        assert "failed" == verdict("review-layout-flat", each).outcome
    assert "passed" == verdict("review-layout-flat", {**files, "pyproject.toml": TABLE}).outcome


MENDED = {
    "review-extra-missing",
    "review-group-missing",
    "review-session-missing",
    "review-python-float",
    "review-python-classifier",
    "review-python-checker",
    "review-tool-floor",
    "review-workflow-permissions",
    "review-checkout-depth",
    "review-publish-identity",
    "review-publish-environment",
    "review-pyproject",
    "review-requirements",
}
"""Checks whose case has a fix that a button carries out."""


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.code)
def test_a_fix_removes_its_finding_and_brings_none(case: Case) -> None:
    """Carried out, a fix leaves one finding fewer, and no new one."""
    before = codes(case.bad)
    found = verdict(case.code, case.bad).found
    ready = [
        each for each in found if each.finding.fix and each.finding.fix.replacement is not None
    ]
    assert (case.code in MENDED) == bool(ready)
    for each in ready:
        assert each.finding.fix
        text = case.bad[each.path]
        assert isinstance(text, str)
        after = codes({**case.bad, each.path: apply_fix(text, each.finding.fix)})
        assert (each.finding.code, each.finding.message) not in after
        assert set(after) <= set(before)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.code)
def test_every_finding_says_what_to_do(case: Case) -> None:
    """No finding of a check leaves a reader alone with it."""
    for each in verdict(case.code, case.bad).found:
        if each.finding.code == case.code:
            assert each.finding.fix
            assert each.finding.fix.message


def test_a_project_leaves_checks_out() -> None:
    """The table that repo-review reads says which, and why."""
    case = CASES[0]
    text = str(case.bad["pyproject.toml"])
    for table, why in (
        ('ignore = ["review-extra-missing"]', ""),
        ('ignore = { review-extra-missing = "soon" }', "soon"),
        ('select = ["review-yaml"]', "it is not selected"),
    ):
        files = {**case.bad, "pyproject.toml": f"{text}[tool.repo-review]\n{table}\n"}
        found = verdict(case.code, files)
        assert ("ignored", why, ()) == (found.outcome, found.why, found.found)
    everything = f'{text}[tool.repo-review]\nselect = ["*"]\n'
    assert "failed" == verdict(case.code, {**case.bad, "pyproject.toml": everything}).outcome
