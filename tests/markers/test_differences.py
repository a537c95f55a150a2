"""Every listed difference from packaging is real, on both sides."""

from __future__ import annotations

import packaging
import packaging.markers
import pytest

from trigpoint.markers import DIFFERENCES, Difference, Marker
from trigpoint.markers.meaning.differences import PACKAGINGS, known
from trigpoint.markers.reading.grammar import parse
from trigpoint.markers.reading.tree import comparisons


def _packaging(row: Difference) -> bool | str:
    marker = packaging.markers.Marker(row.marker)
    try:
        # Every extra is asked, so that an error is not passed over.
        answers = [
            marker.evaluate({**row.environment, "extra": name}) for name in row.extras or ("",)
        ]
    except (packaging.markers.UndefinedComparison, packaging.markers.UndefinedEnvironmentName):
        return "error"
    return any(answers)


def _spec(row: Difference) -> bool | str:
    try:
        return Marker(row.marker).evaluate(row.environment, row.extras)
    except (packaging.markers.UndefinedComparison, packaging.markers.UndefinedEnvironmentName):
        return "error"


@pytest.mark.parametrize(
    "row",
    [row for row in DIFFERENCES if known(packaging.__version__) in row.versions],
    ids=lambda row: row.name,
)
def test_both_sides_answer_as_the_table_says(row: Difference) -> None:
    """The example of each row gives both answers, and they differ."""
    assert (row.packaging, row.spec) == (_packaging(row), _spec(row))
    assert row.packaging != row.spec


@pytest.mark.parametrize("row", DIFFERENCES, ids=lambda row: row.name)
def test_each_row_says_where_it_holds(row: Difference) -> None:
    """A row holds for one version of packaging at least, and for none that no session has."""
    assert row.versions
    assert set(row.versions) <= set(PACKAGINGS)


@pytest.mark.parametrize("row", DIFFERENCES, ids=lambda row: row.name)
def test_the_predicate_covers_the_example(row: Difference) -> None:
    """A row applies to a comparison of its own example."""
    assert any(row.applies(node) for node in comparisons(parse(row.marker)))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("os_name == 'a'", []),
        ("'a' == os_name", []),
        ("os_name == sys_platform", ["two-variables"]),
        ("'a' == 'b'", ["two-values"]),
        ("extra == 'a'", ["extra-set"]),
        ("extra != 'a'", ["extra-set"]),
        ("extra in 'a'", ["extra-operator"]),
        ("extra == ''", ["extra-set", "extra-empty"]),
        ("extra in ''", ["extra-operator", "extra-empty"]),
        ("'x' in extras", ["set-context"]),
        ("'x' in dependency_groups", ["set-context"]),
        ("python_version == '3'", ["text-fallback"]),
        ("platform_release == '5'", ["text-fallback"]),
        ("platform_version == '5'", ["text-fallback", "platform-version"]),
    ],
)
def test_the_rows_that_apply(text: str, names: list[str]) -> None:
    """A comparison is touched by the rows that say so, and by no other."""
    (node,) = comparisons(parse(text))
    assert names == [row.name for row in DIFFERENCES if row.applies(node)]


def test_what_no_table_knows_is_as_the_newest() -> None:
    """A version of packaging that is known speaks for itself."""
    for version in PACKAGINGS:
        assert version == known(version)
    assert PACKAGINGS[-1] == known("1.0")
