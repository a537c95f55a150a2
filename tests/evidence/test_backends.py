"""How the record of backends is made, without building anything."""

from __future__ import annotations

import importlib.metadata
import json
import tomllib
from collections.abc import Sequence

import pytest
from tests.evidence import backends
from tests.evidence.backend_features import BACKENDS, FEATURES, READERS, Backend, pyproject
from tests.evidence.backends import Answer, Answers, bisected, ranges, series

from trigpoint.metadata import FIELDS


def test_series_are_their_first_releases_and_the_last() -> None:
    """Of each major and minor version the first, or of each major one."""
    versions = ["1.0", "1.0.1", "1.1", "2.0", "2.0.1", "2.1", "2.1.1"]
    assert ["1.0", "1.1", "2.0", "2.1", "2.1.1"] == series(versions, "1.0", majors=False)
    assert ["1.1", "2.0", "2.1.1"] == series(versions, "1.1", majors=True)


def _bisect(outcomes: str, chosen: Sequence[int], missing: str = "") -> dict[str, str]:
    versions = [str(n) for n in range(len(outcomes))]

    def ask(wanted: Sequence[str]) -> dict[str, Answers]:
        return {each: {"f": Answer(outcomes[int(each)])} for each in wanted if each not in missing}

    found = bisected(versions, [str(n) for n in chosen], ask)
    return {version: answers["f"].outcome for version, answers in found.items()}


def test_neighbours_are_found() -> None:
    """Between two that differ all is asked that must be, and no more."""
    assert {"0": "a", "3": "a", "4": "b", "6": "b", "9": "b"}.items() <= _bisect(
        "aaaabbbbbb", [0, 6, 9]
    ).items()
    assert {"0": "a", "9": "a"} == _bisect("aaaaaaaaaa", [0, 9])


def test_what_cannot_be_asked_is_no_release() -> None:
    """A version that does not install is passed over."""
    found = _bisect("aaaabbbbbb", [0, 9], missing="34")
    assert ("a", "b") == (found["2"], found["5"])
    assert found.keys().isdisjoint({"3", "4"})


def test_ranges_join_what_is_alike() -> None:
    """Messages tell refusals apart; what was written instead does not."""
    answers = {
        "1": {"f": Answer("refused", "", "x")},
        "2": {"f": Answer("refused", "", "y")},
        "3": {"f": Answer("lost", "2.1", "x")},
        "4": {"f": Answer("lost", "2.1", "y")},
        "5": {"f": Answer("good", "2.1"), "g": Answer("good")},
        "6": {"f": Answer("good", "2.2")},
    }
    expected = [
        ["1", "1", "refused", "", "x"],
        ["2", "2", "refused", "", "y"],
        ["3", "4", "lost", "2.1", "x"],
        ["5", "5", "good", "2.1", ""],
        ["6", "6", "good", "2.2", ""],
    ]
    assert {"f": expected, "g": [["5", "5", "good", "", ""]]} == ranges(answers)


@pytest.mark.parametrize("backend", BACKENDS, ids=lambda each: each.name)
def test_each_project_is_toml_that_asks_for_one_thing(backend: Backend) -> None:
    """Every feature is asked with this backend, and no version is stated twice."""
    for feature in FEATURES:
        data = tomllib.loads(pyproject(backend, feature))
        assert [backend.name] == data["build-system"]["requires"]
        assert feature.dynamic != ("version" in data["project"])


def test_what_is_wanted_are_fields() -> None:
    """A wanted line starts with the name of a field."""
    names = {line.partition(":")[0] for feature in FEATURES for line in feature.wanted}
    assert names <= FIELDS.keys()
    assert {"twine", "pip", "uv"} == {reader.name for reader in READERS}


def test_a_field_that_came_later_is_no_success() -> None:
    """Old hatchling wrote License-Expression into metadata 2.3, which has none."""
    assert backends._too_new("License-Expression: MIT", "2.3")
    assert not backends._too_new("License-Expression: MIT", "2.4")
    assert not backends._too_new("Name: demo", "9.9")


def test_the_record_is_written_as_it_is_read() -> None:
    """A stretch a line, and nothing changes on the way."""
    text = backends._FILE.read_text("ascii")
    record = json.loads(text)
    assert text == backends._dump(record)
    assert {feature.name: feature.says for feature in FEATURES} == record["features"]
    assert "/tmp" not in text
    assert "/root" not in text


def test_the_list_of_classifiers_is_that_of_the_session() -> None:
    """The file is what the session writes from trove-classifiers, if that is the recorded one."""
    pytest.importorskip("trove_classifiers")
    from tests.evidence import classifiers

    version, _, date = classifiers.DATA.read_text("utf-8").partition("\n")[0].partition(" ")
    if version == importlib.metadata.version("trove-classifiers"):
        assert classifiers.written(version, date) == classifiers.DATA.read_text("utf-8")
    text = classifiers.written("1", "2026-01-01")
    assert text.startswith("1 2026-01-01\n")
    assert "Natural Language :: Ukranian\tNatural Language :: Ukrainian\n" in text
