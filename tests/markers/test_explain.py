"""Why a marker holds or not."""

from __future__ import annotations

import json
import tracemalloc

import pytest

from trigpoint.markers import Explanation, Kind, Marker
from trigpoint.markers.meaning.explain import LONGEST_TEXT
from trigpoint.markers.reading.grammar import MOST_LEVELS


def _deciding(tree: Explanation) -> list[tuple[int, str]]:
    return [(depth, part.text) for depth, part in tree.walk() if part.decides]


@pytest.mark.parametrize(
    ("text", "value", "expected"),
    [
        # A single true part settles an `or`, a single false one an `and`: the first of them.
        ("os_name == 'nt' or os_name != 'x' or os_name != 'y'", True, ["os_name != 'x'"]),
        ("os_name != 'x' and os_name == 'nt' and os_name == 'y'", False, ["os_name == 'nt'"]),
        ("os_name != 'x' and os_name != 'y'", True, ["os_name != 'x'", "os_name != 'y'"]),
        ("os_name == 'x' or os_name == 'y'", False, ["os_name == 'x'", "os_name == 'y'"]),
        ("os_name ~= 'x' or os_name == 'posix'", None, ["os_name ~= 'x'"]),
    ],
)
def test_what_decides(text: str, value: bool | None, expected: list[str]) -> None:
    """The parts that settle the answer are marked, and no other."""
    tree = Marker(text).explain({"os_name": "posix"})
    assert value is tree.value
    assert [(0, text), *((1, part) for part in expected)] == _deciding(tree)


def test_one_case_for_each_extra() -> None:
    """As installers ask, the first extra for which the marker holds decides."""
    text = "extra == 'b' and os_name == 'posix'"
    tree = Marker(text).explain({"os_name": "posix"}, ["a", "b", "c"], rules="installers")
    assert ("any", True) == (tree.op, tree.value)
    assert [("case", False), ("case", True), ("case", False)] == [
        (case.op, case.value) for case in tree.children
    ]
    assert [
        (0, text),
        (1, "extra = 'b'"),
        (2, text),
        (3, "extra == 'b'"),
        (3, "os_name == 'posix'"),
    ] == _deciding(tree)


def test_no_case_decides_alone_where_none_holds() -> None:
    """Where the marker holds for no extra, every case has a part that settles it."""
    tree = Marker("extra == 'b'").explain({}, ["a", "c"], rules="installers")
    assert tree.value is False
    assert ["extra = 'a'", "extra = 'c'"] == [case.text for case in tree.children if case.decides]


def test_sides_show_values() -> None:
    """Variables are replaced by what they hold, sets are in order, and a literal keeps quotes."""
    tree = Marker("'x' in extras").explain({}, {"x", "b"})
    assert ("'x'", "{b, x}", Kind.SET) == (tree.left, tree.right, tree.kind)
    tree = Marker("python_version ~= '3'").explain({"python_version": "3.12"})
    assert ("3.12", "'3'", None) == (tree.left, tree.right, tree.value)
    tree = Marker("os_name == sys_platform").explain({"os_name": "nt"}, rules="installers")
    assert ("nt", False) == (tree.left, tree.value)


def test_swapped_compatible_release_for_installers() -> None:
    """To installers a value on the left of ~= is the version, and the variable the clause."""
    marker = Marker("'3.9.5' ~= python_full_version")
    for full, expected in (("3.9.1", True), ("3.9.6", False), ("3.8.0", False)):
        environment = {"python_full_version": full, "python_version": full[:3]}
        assert expected is marker.evaluate(environment, rules="installers")
        assert expected is marker.explain(environment, rules="installers").value


def _nested(levels: int) -> str:
    return "".join(
        [
            "(" * levels,
            "extra == 'a'",
            *(f" {'and' if i % 2 else 'or'} extra == 'x{i % 7}')" for i in range(levels)),
        ]
    )


def test_parts_share_one_text() -> None:
    """An explanation grows with the marker: twice the depth is twice the memory."""

    def held(levels: int) -> int:
        marker = Marker(_nested(levels))
        marker.explain()
        tracemalloc.start()
        tree = marker.explain()
        size = tracemalloc.get_traced_memory()[0]
        tracemalloc.stop()
        assert tree.text == marker.text
        return size

    assert held(MOST_LEVELS // 2) * 2.5 > held(MOST_LEVELS)


def test_rows_are_cut() -> None:
    """A row shows so much of its text and no more, so groups in groups stay small."""
    for length in (LONGEST_TEXT, LONGEST_TEXT + 1):
        text = f"os_name == '{'x' * (length - 13)}'"[: length - 1] + "'"
        (row,) = Marker(text).explain().rows()
        assert length == len(text)
        assert (text if length == LONGEST_TEXT else f"{text[:LONGEST_TEXT]}...") == row["text"]
        assert (0, length) == (row["start"], row["end"])
    rows = Marker(_nested(MOST_LEVELS)).explain().rows()
    assert len(json.dumps(rows)) < len(rows) * (LONGEST_TEXT + 500)


@pytest.mark.parametrize(
    ("text", "rules", "reason"),
    [
        ("extra >= 'a'", "spec", "extra >= has no meaning, so it is false"),
        ("'a' in extra", "spec", "in extra has no meaning, so it is false"),
        ("'o' in os_name", "spec", "looked for as part of the text"),
        ("os_name < 'a'", "spec", "text has no order, so it is false"),
        ("os_name >= 'a'", "spec", "text has no order, so it means =="),
        ("os_name != 'a'", "spec", "compared as text"),
        ("platform_release === 'x'", "spec", "compared as versions"),
        ("platform_release == '5'", "spec", "compared as text"),
        ("platform_release == '5'", "installers", "compared as versions"),
        ("python_version >= '3'", "spec", "compared as versions"),
        ("extra == 'a'", "spec", "is it among the requested extras?"),
        ("extra != 'a'", "spec", "is it missing from the requested extras?"),
        ("'a' == extras", "spec", "a name is never equal to the set extras"),
    ],
)
def test_reasons(text: str, rules: str, reason: str) -> None:
    """The words for which comparison ran."""
    environment = {"platform_release": "a.b", "os_name": "posix", "python_version": "3.11"}
    (row,) = Marker(text).explain(environment, rules=rules).rows()  # type: ignore[arg-type]
    assert reason == row["reason"]
    assert row["kind"] in ("version", "string", "substring", "set")
