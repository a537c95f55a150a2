"""Which version of its backend a pyproject.toml needs, by the recorded builds."""

from __future__ import annotations

import dataclasses
import itertools
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from packaging.version import Version

from trigpoint.catalogue import RULES
from trigpoint.findings import Finding, Severity, apply_fix
from trigpoint.installers.backends import BACKENDS, FEATURES, RUN_ON, Recorded, Stretch, check
from trigpoint.installers.backends.check import MOST_CLAUSES, MOST_SAID, _short, _with_floor
from trigpoint.installers.backends.pyproject import MODULES, asked_features, read_build
from trigpoint.metadata.text.depth import MOST_LEVELS

SETUPTOOLS = "setuptools.build_meta"
FLIT = "flit_core.buildapi"
MIT = 'license = "MIT"'


def toml(requirement: str, *lines: str, module: str = SETUPTOOLS) -> str:
    head = f'[build-system]\nrequires = ["{requirement}"]\nbuild-backend = "{module}"\n\n'
    return head + "\n".join(['[project]\nname = "demo"\nversion = "1.0"', *lines, ""])


def codes(requirement: str, *lines: str, module: str = SETUPTOOLS) -> list[str]:
    return [found.code for found in check(toml(requirement, *lines, module=module))]


def one(requirement: str, *lines: str, module: str = SETUPTOOLS) -> Finding:
    [found] = check(toml(requirement, *lines, module=module))
    return found


# -- what is recorded --------------------------------------------------------------------


def test_every_backend_is_recorded() -> None:
    """Each backend that was run is read by its name, and each run has a date and a place."""
    backends = {each.name for each in BACKENDS.values() if "license-expression" in each.stretches}
    assert set() == backends - set(MODULES.values())
    assert {"setuptools", "hatchling", "flit-core", "poetry-core", "uv_build"} <= backends
    assert RUN_ON.startswith("Python 3.")
    assert all(len(each.date) == len("2026-11-25") for each in BACKENDS.values())


def test_stretches_are_in_order_and_apart() -> None:
    """Versions rise, neighbours did otherwise, and outcomes are three."""
    for recorded in BACKENDS.values():
        for stretches in recorded.stretches.values():
            ends = [Version(end) for each in stretches for end in (each.first, each.last)]
            assert ends == sorted(ends)
            assert {each.outcome for each in stretches} <= {"good", "lost", "refused"}
            assert all(
                dataclasses.replace(one, first="", last="")
                != dataclasses.replace(other, first="", last="")
                for one, other in itertools.pairwise(stretches)
            )


@pytest.mark.parametrize(
    ("backend", "feature", "floor"),
    [
        ("setuptools", "project", "61.0.0"),
        ("setuptools", "license-expression", "77.0.1"),
        ("setuptools", "license-files", "77.0.1"),
        ("setuptools", "license-classifier", None),
        ("setuptools", "import-names", None),
        ("hatchling", "license-expression", "1.27.0"),
        ("flit-core", "license-expression", "3.11.0"),
        ("flit-core", "import-names", "4.0.1"),
        ("poetry-core", "license-expression", "2.2.0"),
        ("pdm-backend", "license-expression", "2.4.1"),
        ("uv_build", "import-names", "0.11.17"),
        ("scikit-build-core", "license-expression", "0.11.0"),
        ("maturin", "license-expression", "1.9.2"),
        ("pip", "dependency-groups", "25.1"),
        ("uv", "exclusive-extras", "0.5.2"),
        ("uv", "clashing-extras", None),
        ("setuptools", "made up", None),
    ],
)
def test_floors(backend: str, feature: str, floor: str | None) -> None:
    """The lowest version that does it, and all newer ones do."""
    found = BACKENDS[backend].floor(feature)
    assert floor == (found and found.version)


def test_a_floor_comes_after_what_did_otherwise() -> None:
    """The version before is the evidence that the floor is the lowest one."""
    found = BACKENDS["setuptools"].floor("license-expression")
    assert found is not None
    assert found.before is not None
    assert ("76.1.0", "refused") == (found.before.last, found.before.outcome)


def test_what_was_lost_again_has_no_floor_there() -> None:
    """A feature begins where it stays; without anything before, nothing is before."""
    stretches = tuple(
        Stretch(str(n), str(n), outcome, "", "")
        for n, outcome in enumerate(["good", "lost", "good", "good"])
    )
    recorded = Recorded("x", "", ("0", "1", "2", "3"), {"f": stretches, "g": stretches[:2]})
    found = recorded.floor("f")
    assert found is not None
    assert ("2", stretches[1]) == (found.version, found.before)
    assert recorded.floor("g") is None
    first = Recorded("x", "", ("0",), {"f": stretches[:1]}).floor("f")
    assert first is not None
    assert first.before is None


def test_outcomes_hold_between_the_ends() -> None:
    """A version inside a stretch did as its ends; outside nothing is known."""
    setuptools = BACKENDS["setuptools"]
    inside = setuptools.at("license-expression", Version("70.3"))
    assert inside is not None
    assert "refused" == inside.outcome
    assert setuptools.at("license-expression", Version("999")) is None
    assert setuptools.at("license-expression", Version("59")) is None


# -- what a pyproject.toml allows --------------------------------------------------------


def test_a_floor_too_low_is_an_error_with_the_floor_to_write() -> None:
    """T04 of the trial: license as text, and setuptools 61 or later."""
    text = toml("setuptools>=61", MIT)
    [found] = check(text)
    assert ("backend-floor", Severity.ERROR, 2) == (
        found.code,
        found.severity,
        found.span and found.span.line,
    )
    assert "`project.license`" in found.message
    assert found.fix is not None
    mended = apply_fix(text, found.fix)
    assert 'requires = ["setuptools>=77.0.1"]' in mended
    assert () == check(mended)


def test_an_upper_bound_can_exclude_all_that_can() -> None:
    """With setuptools below 70 nothing helps but another bound."""
    for requirement in (
        "setuptools>=61,<70",
        "setuptools<70",
        "setuptools==69.*",
        "setuptools~=69.0",
    ):
        found = one(requirement, MIT)
        assert ("backend-cannot", None) == (found.code, found.fix and found.fix.replacement)
        assert "77.0.1" in found.message


@pytest.mark.parametrize(
    "requirement",
    [
        "setuptools",
        "setuptools>=77.0.1",
        "setuptools>77",
        "setuptools!=70",
        "setuptools<90",
        "SetupTools==80.9.0",
    ],
)
def test_what_can_is_fine(requirement: str) -> None:
    """Without a lower bound build environments get the newest one."""
    assert [] == codes(requirement, MIT)


def test_versions_that_nobody_recorded_are_not_judged() -> None:
    """Older than the record, newer than it, or none at all."""
    for requirement in ("setuptools<50", "setuptools>999", "setuptools>80,<70", "setuptools===x"):
        assert [] == codes(requirement, MIT)


def test_an_expression_and_a_classifier() -> None:
    """T05 of the trial: setuptools 77 and later refuse both together."""
    lines = ('license = "Apache-2.0"', 'classifiers = ["A :: B", "License :: OSI Approved"]')
    found = one("setuptools", *lines)
    assert ("backend-refuses", 9) == (found.code, found.span and found.span.line)
    assert "setuptools 77.0.1 and later refuse" in found.message
    assert "InvalidConfigError" in found.message
    both = codes("setuptools>=61,<70", *lines)
    assert ["backend-cannot", "backend-refuses"] == both
    assert [] == codes("setuptools", 'license = "MIT"', 'classifiers = ["Typing :: Typed"]')


def test_a_version_that_is_no_release_is_passed_over() -> None:
    """Between two stretches there is none, so the next one is the oldest that is allowed."""
    assert ["backend-floor"] == codes("setuptools>=60.11", MIT)
    assert [] == codes("setuptools>=76.9", MIT)


def test_a_green_build_can_lose_something() -> None:
    """A wheel without what the table says is a warning."""
    found = [
        each
        for each in check(toml("flit_core>=3.2", 'import-names = ["demo"]', module=FLIT))
        if each.code != "backend-metadata-version"
    ]
    assert [("backend-loses", "flit_core>=4.0.1")] == [
        (each.code, each.fix and each.fix.replacement) for each in found
    ]


def test_what_one_version_brought_is_said_once() -> None:
    """By the first of what the table asks for."""
    found = one("setuptools>=61", MIT, 'license-files = ["LICENSE"]')
    assert found.message.startswith("license as an SPDX expression needs setuptools 77.0.1")


@pytest.mark.parametrize("requirement", ["setuptools>=45", "setuptools>=50"])
def test_several_things_need_a_version(requirement: str) -> None:
    """The sentence is one."""
    assert one(requirement).message.startswith("name and version need setuptools 61.0.0 or later")


def test_all_floors_are_raised_to_the_highest() -> None:
    """Each finding's fix removes them all."""
    lines = (MIT, 'import-names = ["demo"]')
    text = toml("flit_core>=3.2", *lines, module=FLIT)
    fixes = [each.fix for each in check(text) if each.code != "backend-metadata-version"]
    assert ["flit_core>=4.0.1"] * 2 == [fix and fix.replacement for fix in fixes]
    for fix in fixes:
        assert fix is not None
        assert {"backend-metadata-version"} == {each.code for each in check(apply_fix(text, fix))}


def test_what_no_version_does() -> None:
    """The cure is another backend, or to leave it out."""
    found = one("setuptools", 'import-names = ["demo"]')
    assert ("backend-cannot", 8) == (found.code, found.span and found.span.line)
    assert BACKENDS["setuptools"].asked[-1] in found.message


def test_direct_references_and_hatchling() -> None:
    """They are refused unless a setting allows them."""
    line = 'dependencies = ["other @ https://example.org/other-1.0.tar.gz"]'
    module = "hatchling.build"
    found = [
        each
        for each in check(toml("hatchling", line, module=module))
        if each.code == "backend-cannot"
    ]
    assert 1 == len(found)
    assert "allow-direct-references" in (found[0].fix.message if found[0].fix else "")
    allowed = "[tool.hatch.metadata]\nallow-direct-references = true"
    assert "backend-cannot" not in codes("hatchling", line, allowed, module=module)
    refused = "[tool.hatch.metadata]\nallow-direct-references = false"
    assert "backend-cannot" in codes("hatchling", line, refused, module=module)
    assert "backend-cannot" in codes("hatchling", line, allowed.replace("true", "1"), module=module)
    assert "backend-cannot" in codes("hatchling", line, "[tool]\nhatch = 1", module=module)


def test_poetry_drops_what_negates_an_extra() -> None:
    """It builds green, and the dependency is not in METADATA."""
    line = "dependencies = [\"attrs; extra != 'cuda'\"]"
    found = one("poetry-core>=2.2", line, module="poetry.core.masonry.api")
    assert ("backend-loses", 8) == (found.code, found.span and found.span.line)
    assert [] == codes("setuptools", line)


def test_the_metadata_version_that_old_tools_refuse() -> None:
    """Of hatchling and flit the newest write 2.5; a setting, or a bound, keeps to an older one."""
    module = "hatchling.build"
    found = one("hatchling", module=module)
    assert ("backend-metadata-version", Severity.INFO) == (found.code, found.severity)
    assert "hatchling 1.32.0 and later write metadata 2.5" in found.message
    assert "twine 5.1.1 and 6.1.0" in found.message
    assert [] == codes("hatchling<1.32", module=module)
    chosen = '[tool.hatch.build.targets.wheel]\ncore-metadata-version = "2.4"'
    assert [] == codes("hatchling", chosen, module=module)
    assert ["backend-metadata-version"] == codes("flit_core", module=FLIT)
    assert [] == codes("setuptools")


# -- forms of the file -------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[",
        "[build-system]\n",
        "project = 1\n",
        "build-system = 1\n[project]\n",
        toml("setuptools>=61", MIT).replace('requires = ["setuptools>=61"]', "requires = 1"),
        toml("setuptools>=61", MIT).replace('"setuptools>=61"', "1"),
        toml("setuptools>=61", MIT, module="other"),
        toml("setuptools>=61", MIT).replace('"setuptools.build_meta"', "1"),
        toml("setuptools>=61", MIT).replace("[project]", 'backend-path = ["."]\n[project]'),
        toml("setuptools @ https://example.org/x.whl", MIT),
        toml("setuptools>=>61", MIT),
        toml("other>=61", MIT),
        f"a = {'[' * (MOST_LEVELS + 1)}{']' * (MOST_LEVELS + 1)}\n" + toml("setuptools>=61", MIT),
    ],
)
def test_what_is_not_judged(text: str) -> None:
    """What is no TOML, no table, another backend or no plain requirement is not judged here."""
    assert () == check(text)


def test_without_build_system_it_is_setuptools() -> None:
    """The newest one, as PEP 517 has it."""
    text = '[project]\nname = "a"\nversion = "1"\nimport-names = ["a"]\n'
    assert ["backend-cannot"] == [each.code for each in check(text)]
    asked = read_build(text)
    assert asked is not None
    assert ("setuptools", "") == (asked.backend, asked.requirement)
    legacy = '[build-system]\nrequires = ["setuptools>=40", "wheel"]\n' + text + MIT
    assert "setuptools>=77.0.1" in [each.fix and each.fix.replacement for each in check(legacy)]


def test_a_backend_without_runs_is_not_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its name is known, and what it does is not."""
    monkeypatch.setitem(MODULES, "made.up", "made-up")
    assert [] == codes("made-up>=1", MIT, module="made.up")


def test_clauses_are_looked_through_up_to_a_bound() -> None:
    """More of them, and nothing is said."""
    clauses = ",".join(["setuptools>=61", *(f"!={n}.99" for n in range(MOST_CLAUSES - 1))])
    assert ["backend-floor"] == codes(clauses, MIT)
    assert [] == codes(clauses + ",!=1000", MIT)


@settings(max_examples=300, deadline=None)
@given(st.text("sSetuptools <>=~!.,;@()[]'0169*+-abrc\\", max_size=30))
def test_nothing_that_is_typed_raises(requirement: str) -> None:
    """A requirement may be anything."""
    for lead in ("", "setuptools"):
        text = toml("REQUIREMENT", MIT).replace('"REQUIREMENT"', json.dumps(lead + requirement))
        assert all(found.code.startswith("backend-") for found in check(text))


def test_only_a_place_that_is_read_letter_by_letter_is_changed() -> None:
    """Escapes keep their words."""
    text = toml("setuptools>=61", MIT).replace('"setuptools>=61"', '"\\u0073etuptools>=61"')
    [found] = check(text)
    assert found.fix is not None
    assert ("write setuptools>=77.0.1", None) == (found.fix.message, found.fix.replacement)


@pytest.mark.parametrize(
    ("requirement", "better"),
    [
        ("setuptools>=61", "setuptools>=77.0.1"),
        ("setuptools[toml] >= 61 ; os_name == 'nt'", "setuptools[toml] >=77.0.1 ; os_name == 'nt'"),
        ("setuptools>61,<90", "setuptools>=77.0.1,<90"),
        ("setuptools~=61.0", "setuptools>=77.0.1"),
        ("setuptools>=61,>=62", None),
        ("setuptools==61", None),
        ("setuptools>=61,<70", None),
        ("setuptools", None),
    ],
)
def test_the_bound_is_raised_where_it_is_one(requirement: str, better: str | None) -> None:
    """The rest of the requirement stays as it is."""
    assert better == _with_floor(requirement, "77.0.1")


def test_long_messages_are_cut_between_words() -> None:
    """The record has them whole."""
    assert "a" * MOST_SAID == _short("a" * MOST_SAID)
    assert "ab ..." == _short("ab " + "c" * MOST_SAID)


def test_features_are_asked_for_in_their_recorded_form_only() -> None:
    """Other forms of the same key are not judged."""
    odd = {
        "project": {
            "license": {"text": "MIT"},
            "license-files": ["LICENSE"],
            "classifiers": ["License :: OSI Approved"],
            "import-names": "a",
            "dynamic": "classifiers",
            "dependencies": ["a>", 1, "b; os_name == 'nt'"],
        }
    }
    assert ["project"] == [name for name, _ in asked_features(odd)]
    full = {
        "project": {
            "license": "MIT",
            "license-files": ["LICENSE"],
            "classifiers": [1, "License :: A", "License :: B"],
            "import-names": ["a"],
            "dynamic": ["classifiers"],
            "dependencies": ["a @ https://x", "b @ https://y", "c; extra != 'x'"],
        }
    }
    found = [name for name, _ in asked_features(full)]
    assert len(found) == len(set(found))
    assert set(found) <= FEATURES.keys()
    assert {"license-files", "license-classifier", "direct-reference", "negated-extra"} <= set(
        found
    )


def test_every_code_of_backends_is_reported_here() -> None:
    """No code is without a test that names it."""
    text = Path(__file__).read_text("utf-8")
    assert [] == [code for code in RULES if code.startswith("backend-") and f'"{code}"' not in text]
