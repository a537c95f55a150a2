"""Predictions about files that people reported: each says what its evidence says, and no more."""

from __future__ import annotations

import pytest

from trigpoint.installers import TOOLS, Verdict, predict, predict_all

HEAD = "Metadata-Version: 2.1\nName: demo\nVersion: 1.0\n"

EXCLUDING = f"{HEAD}Requires-Dist: numpy==1.17.3\nRequires-Dist: numpy==1.17.5\n"
CAPITALS = f"{HEAD}Author-Email: a@example.org\nProject-Url: Home, https://x.example\n"
TOO_NEW = f"{HEAD}License-Expression: MIT\nLicense-File: LICENSE\n"
FUSED = f"{HEAD}Requires-Dist: foo (>=1.0<2.0)\n"
UPPER = f"{HEAD}Requires-Python: <3\n"
COMMA = f"{HEAD}Requires-Dist: foo>=1.0,<2.0,\n"
DYNAMIC = (
    "Metadata-Version: 2.4\nName: demo\nVersion: 1.0\n"
    "License-Expression: MIT\nLicense-File: LICENSE\nDynamic: license-file\n"
)
ADDRESS = (
    f"{HEAD}Requires-Dist: s2wrapper @ git+https://github.com/example/scaling_on_scales ; "
    'extra == "omnivinci"\nProvides-Extra: omnivinci\n'
)


def said(text: str, tool: str, request: str | None = None) -> Verdict:
    """Predict, for short."""
    return predict(text, tool, request).outcome


def of_resolvers(text: str) -> dict[str, Verdict]:
    """Predict for each tool that looks for versions, those without a resolver left out."""
    old = ("pip 9", "pip 1", "packaging")
    names = [name for name, tool in TOOLS.items() if tool.resolves and not name.startswith(old)]
    return {answer.tool: answer.outcome for answer in predict_all(text, names)}


def test_requirements_that_exclude_each_other_are_installed_by_no_resolver() -> None:
    """Numpy 1.17.3 and 1.17.5 at once (pip issue 10719)."""
    answers = of_resolvers(EXCLUDING)
    assert set(answers) == {tool for tool, answer in answers.items() if answer is Verdict.REFUSES}


@pytest.mark.parametrize("tool", ["twine 7.0.0", "poetry 2.5.1", "poetry 2.5.0", "pip 26.3"])
def test_a_field_name_with_other_capitals_is_not_a_file_in_lower_case(tool: str) -> None:
    """Author-Email and Project-Url, as in matplotlib and pandas, stop nobody."""
    assert said(CAPITALS, tool) in (Verdict.ACCEPTS, Verdict.INSTALLS)


@pytest.mark.parametrize(
    "lines",
    ["License-Expression: MIT\n", "Import-Name: demo\n", "Dynamic: Keywords\n"],
)
def test_each_field_that_is_too_new_has_its_own_evidence(lines: str) -> None:
    """Twine refuses these under 2.1, and takes License-File there (kiss-headers issue 56)."""
    assert Verdict.REFUSES == said(TOO_NEW, "twine 7.0.0")
    assert Verdict.REFUSES == said(HEAD + lines, "twine 7.0.0")
    assert Verdict.ACCEPTS == said(f"{HEAD}License-File: LICENSE\n", "twine 7.0.0")


@pytest.mark.parametrize(
    ("tool", "expected"),
    [
        ("uv 0.13.9", Verdict.INSTALLS),
        ("pip 22.3.1", Verdict.INSTALLS),
        ("pip 24.1.2", Verdict.REFUSES),
        ("pip 26.3", Verdict.REFUSES),
        ("twine 7.0.0", Verdict.REFUSES),
    ],
)
def test_a_missing_comma_is_not_another_broken_requirement(tool: str, expected: Verdict) -> None:
    """Foo (>=1.0<2.0) is what uv mends and old pips read (uv issue 1477)."""
    answer = predict(FUSED, tool)
    assert (expected, ("req-fusedpar",)) == (answer.outcome, answer.cases[:1])


@pytest.mark.parametrize(
    ("tail", "expected"),
    [("!=1.3*", "installs"), ("!=~1.3", "installs"), (">='1.0'", "installs"), (">>> 1", "refuses")],
)
def test_uv_mends_some_specifiers(tail: str, expected: str) -> None:
    """Each form has its own case."""
    assert expected == said(f"{HEAD}Requires-Dist: foo{tail}\n", "uv 0.13.9").value


def test_a_form_without_a_case_is_not_recorded() -> None:
    """What looks much like a recorded form is another one."""
    answer = predict(f"{HEAD}Requires-Dist: foo (<1.0>=2.0)\n", "uv 0.13.9")
    assert (Verdict.NOT_RECORDED, ("requirement-unreadable",)) == (
        answer.outcome,
        answer.unrecorded,
    )


def test_bounds_of_python_are_put_to_the_python_of_the_record() -> None:
    """Uv ignores upper bounds, pip does not; both say for which Python (uv issue 11506)."""
    pip, uv = (predict(UPPER, tool) for tool in ("pip 26.3", "uv 0.13.9"))
    assert (Verdict.REFUSES, Verdict.INSTALLS) == (pip.outcome, uv.outcome)
    assert {f"on Python {TOOLS['pip 26.3'].python}"} == {pip.note, uv.note}


@pytest.mark.parametrize(
    ("tool", "expected"),
    [
        ("pip 22.3.1", Verdict.CRASHES),
        ("pip 23.2.1", Verdict.CRASHES),
        ("pip 26.3", Verdict.INSTALLS),
        ("uv 0.13.9", Verdict.INSTALLS),
    ],
)
def test_a_trailing_comma_is_told(tool: str, expected: Verdict) -> None:
    """Old pips end with InvalidRequirement."""
    assert expected == said(COMMA, tool)


@pytest.mark.parametrize("tool", ["pip 26.3", "uv 0.13.9", "uv sync 0.13.9", "twine 7.0.0"])
def test_nothing_is_no_metadata(tool: str) -> None:
    """An empty METADATA stops every tool that reads it (setuptools issue 5099)."""
    assert said("", tool) in (Verdict.REFUSES, Verdict.CRASHES)


def test_a_license_file_is_malformed_to_old_packaging() -> None:
    """The message of twine issues 1216, 1244 and 1284 comes from packaging before 24.2."""
    for beside in ("packaging 24.0", "packaging 24.1"):
        answer = predict(DYNAMIC, f"twine 6.1.0 ({beside})")
        assert Verdict.REFUSES == answer.outcome
        assert "unrecognized or malformed field 'license-file'" in answer.message
    newer = [said(DYNAMIC, tool) for tool in ("twine 6.1.0 (packaging 24.2)", "twine 7.0.0")]
    assert [Verdict.ACCEPTS] * 2 == newer


def test_old_pkginfo_finds_no_name() -> None:
    """Twine 5 says that Name and Version are missing, which they are not."""
    answer = predict(DYNAMIC, "twine 5.1.1")
    assert Verdict.REFUSES == answer.outcome
    assert "missing required fields: Name, Version" in answer.message


def test_a_direct_reference_that_does_not_apply_is_recorded() -> None:
    """Installers do not look at it unless its extra is asked for."""
    expected = {"pip 26.3": Verdict.INSTALLS, "uv 0.13.9": Verdict.INSTALLS}
    expected |= {"twine 7.0.0": Verdict.ACCEPTS, "uv sync 0.13.9": Verdict.INSTALLS}
    assert expected == {tool: said(ADDRESS, tool) for tool in expected}
    assert Verdict.NOT_RECORDED == said(ADDRESS, "uv 0.13.9", "demo[omnivinci]")


def test_nothing_is_dropped_for_an_extra_that_nobody_asks_for() -> None:
    """A conjunction with a third extra is not the one that was recorded."""
    text = (
        f"{HEAD}Provides-Extra: a\nProvides-Extra: b\nProvides-Extra: c\n"
        "Requires-Dist: foo; extra == 'a' and extra == 'c'\n"
    )
    assert Verdict.DROPS == said(text, "pip 26.3", "demo[a,c]")
    assert Verdict.NOT_RECORDED == said(text, "pip 26.3", "demo[a,b]")
    false = (
        f"{HEAD}Provides-Extra: A_b\nRequires-Dist: foo; python_version < '3' and extra == 'A_b'\n"
    )
    assert Verdict.DROPS is not said(false, "pip 23.2.1", "demo[a-b]")


def test_a_file_name_of_another_project_has_its_own_case() -> None:
    """Pip and uv refuse a wheel whose METADATA names another project."""
    answer = predict(HEAD, "pip 26.3", file_name="other-1.0-py3-none-any.whl")
    assert (Verdict.REFUSES, ("only-other-name",)) == (answer.outcome, answer.cases)


def test_a_prediction_names_the_case_of_each_ordinary_field() -> None:
    """What went well together speaks for each part, by the case in which it went well."""
    answer = predict(f"{HEAD}Summary: words\nLicense: MIT\n", "pip 26.3")
    [clearing] = [item for item in answer.evidence if "field-license" in item.features]
    assert ("plain-2.1", (4, 5)) == (clearing.case, clearing.lines)


def test_a_refusal_and_a_crash_are_not_put_in_order() -> None:
    """No case says to which of two causes a tool comes first."""
    text = "Metadata-Version: abc\nName: demo\nVersion: 1.0\nFlavour: vanilla\n"
    answer = predict(text, "twine 7.0.0")
    verdicts = {item.verdict for item in answer.evidence}
    if {Verdict.REFUSES, Verdict.CRASHES} <= verdicts:
        assert (Verdict.NOT_RECORDED, True) == (answer.outcome, "not recorded" in answer.note)
    else:
        assert Verdict.REFUSES == answer.outcome


def test_nothing_older_is_foretold_where_nothing_older_is() -> None:
    """A lone wheel whose name writes out more zeros: recorded beside an older release alone."""
    text = "Metadata-Version: 2.1\nName: demo\nVersion: 2.0\n"
    name, tool = "demo-2.0.0-py3-none-any.whl", "uv pip compile 0.13.9"
    assert Verdict.OLDER == predict(text, tool, file_name=name, older=True).outcome
    assert Verdict.NOT_RECORDED == predict(text, tool, file_name=name).outcome


def test_fewer_zeros_in_the_file_name_are_not_recorded() -> None:
    """The case has more of them there than in METADATA, and speaks for that alone."""
    text = "Metadata-Version: 2.1\nName: demo\nVersion: 2.0.0\n"
    answer = predict(text, "uv 0.13.9", file_name="demo-2.0-py3-none-any.whl", older=True)
    assert (Verdict.NOT_RECORDED, ("file-name-other-spelling",)) == (
        answer.outcome,
        answer.unrecorded,
    )


@pytest.mark.parametrize(("asked", "expected"), [("Note-Book", "installs"), ("Note_Book", "drops")])
def test_capitals_are_not_separators(asked: str, expected: str) -> None:
    """Pip before 24.1 finds an extra in other capitals, and not with another separator."""
    text = f"{HEAD}Provides-Extra: note-book\nRequires-Dist: ham; extra == 'note-book'\n"
    assert said(text, "pip 23.0.1", f"demo[{asked}]").value.startswith(expected)
