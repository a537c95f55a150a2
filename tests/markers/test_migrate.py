"""Markers for Core Metadata 3.0, and back."""

from __future__ import annotations

import pytest

from trigpoint.findings import apply_fix
from trigpoint.markers import Marker
from trigpoint.markers.writing.rewrite import normalise_extras, old_names, rewrite


@pytest.mark.parametrize(
    ("text", "to", "expected", "codes"),
    [
        ("extra == 'x'", "3.0", "'x' in extras", ["marker-extras-context"]),
        (
            "extra=='X_y'  and os_name=='nt'",
            "3.0",
            "'x-y' in extras  and os_name=='nt'",
            ["marker-extras-context", "marker-extra-name"],
        ),
        ('"x" == extra', "3.0", '"x" in extras', ["marker-extras-context"]),
        (
            "extra != 'x'",
            "3.0",
            "'x' not in extras",
            ["marker-extra-negation"],
        ),
        (
            "extra == 'x' and extra == 'y'",
            "3.0",
            "'x' in extras and 'y' in extras",
            ["marker-extras-context", "marker-extra-conjunction", "marker-extras-context"],
        ),
        ("extra in 'x y'", "3.0", "python_version < '0'", ["marker-extra-operator"]),
        ("extra == ''", "3.0", "python_version < '0'", ["marker-extra-empty"]),
        ("extra != ''", "3.0", "python_version >= '0'", ["marker-extra-empty"]),
        ("os_name == 'nt'", "3.0", "os_name == 'nt'", []),
        ("'x' in extras", "3.0", "'x' in extras", []),
        ("'x' in extras", "2.x", "extra == 'x'", []),
        (
            "'x' in extras and 'y' in extras",
            "2.x",
            "extra == 'x' and extra == 'y'",
            ["marker-extra-conjunction"],
        ),
        ("extra == os_name", "3.0", None, ["marker-two-variables"]),
        ("os_name == extra", "3.0", "os_name == extra", []),
        (
            "'X_y' not in extras",
            "2.x",
            "extra != 'x-y'",
            ["marker-extra-name", "marker-extra-negation"],
        ),
        (
            "'x' == extras or os_name == 'nt'",
            "2.x",
            "python_version < '0' or os_name == 'nt'",
            ["marker-undefined-comparison"],
        ),
        ("'x' != extras", "2.x", "python_version >= '0'", ["marker-undefined-comparison"]),
        ("'' in extras", "2.x", "python_version < '0'", ["marker-extra-empty"]),
        ("'g' in dependency_groups", "2.x", None, ["marker-extras-context"]),
        ("extras == 'x'", "2.x", None, ["marker-undefined-comparison"]),
        ("extra == 'x'", "2.x", "extra == 'x'", []),
    ],
)
def test_migrate(text: str, to: str, expected: str | None, codes: list[str]) -> None:
    """Only the comparisons that change are rewritten, and findings say what differs."""
    done = Marker(text).migrate(to)
    assert expected == (None if done.marker is None else done.marker.text)
    assert codes == [finding.code for finding in done.findings]
    if done.marker is not None:
        assert Marker(text) == done.marker


def test_findings_have_places_and_fixes() -> None:
    """A finding marks the comparison in the text that was migrated, and its fix rewrites it."""
    text = "os_name == 'nt' and extra == 'x'"
    (finding,) = Marker(text).migrate("3.0").findings
    assert finding.span is not None
    assert "extra == 'x'" == text[finding.span.start : finding.span.end]
    assert finding.fix is not None
    assert "os_name == 'nt' and 'x' in extras" == apply_fix(text, finding.fix)


@pytest.mark.parametrize(
    ("text", "to", "kinds"),
    [
        ("extra == 'a' and extra == 'b'", "3.0", ["behaviour", "context", "context"]),
        ("extra == 'a' and extra != 'b'", "3.0", ["context", "behaviour"]),
        ("extra == 'a' or extra == 'b'", "3.0", ["context", "context"]),
        ("'a' in extras and 'b' in extras", "2.x", ["impossible"]),
        ("'a' in extras and ('A' in extras or os_name == 'nt')", "2.x", ["name"]),
        ("'a' in extras and (os_name == 'nt' or 'b' in extras)", "2.x", ["impossible"]),
        ("'a' not in extras", "2.x", ["impossible"]),
        ("extra == os_name", "3.0", ["undefined"]),
        ("'g' in dependency_groups", "2.x", ["impossible"]),
    ],
)
def test_notes(text: str, to: str, kinds: list[str]) -> None:
    """A marker and a line of metadata hear the same of the same place."""
    notes = rewrite(text, to).notes
    assert kinds == [note.kind for note in notes]
    codes = sorted(note.code for note in notes)
    assert codes == sorted(finding.code for finding in Marker(text).migrate(to).findings)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"""extra == "A\x22b" """, r""""A\x22b" in extras """),
        (r"extra == 'a\\b'", r"'a\\b' in extras"),
        ("extra == 'A b'", "'a b' in extras"),
        ("""extra == "it's" """, """"it's" in extras """),
    ],
)
def test_odd_names_keep_their_quotes(text: str, expected: str) -> None:
    """A name that its quotes cannot hold in normal form stays as it was written."""
    assert expected == rewrite(text, "3.0").text
    assert Marker(text) == Marker(expected)


def test_there_and_back() -> None:
    """A marker comes back as it meant before."""
    marker = Marker("(extra == 'a' or extra != 'b') and python_version >= '3.9'")
    there = marker.migrate("3.0").marker
    assert there is not None
    back = there.migrate("2.x").marker
    assert back is not None
    assert marker == there == back
    assert ("a", "b") == back.extras


def test_unknown_target() -> None:
    """Only known versions of Core Metadata are targets."""
    with pytest.raises(ValueError, match=r"2\.x or 3\.0, not to '4'"):
        Marker("extra == 'x'").migrate("4")


def _undefined(text: str, to: str) -> tuple[str, bool, list[str]]:
    found = rewrite(text, to)
    return found.text, found.complete, [note.kind for note in found.notes]


@pytest.mark.parametrize(
    ("text", "to", "expected"),
    [
        ("extra == os_name", "3.0", ('python_version < "0"', False, ["undefined"])),
        ("extras == 'x'", "2.x", ("python_version < '0'", False, ["undefined"])),
        ("'x' ~= extras", "2.x", ("python_version < '0'", False, ["undefined"])),
        ("'x' === extras", "2.x", ("python_version < '0'", False, ["undefined"])),
        ("'x' != extras", "2.x", ("python_version >= '0'", True, ["undefined"])),
        ("'' in extras", "2.x", ("python_version < '0'", True, ["undefined"])),
        ("'' not in extras", "2.x", ("python_version >= '0'", True, ["undefined"])),
        ("'g' in dependency_groups", "2.x", ("'g' in dependency_groups", False, ["impossible"])),
        ("'g' in dependency_groups", "3.0", ("'g' in dependency_groups", True, [])),
        ("os_name == 'A_b'", "3.0", ("os_name == 'A_b'", True, [])),
    ],
)
def test_what_has_no_counterpart(text: str, to: str, expected: tuple[str, bool, list[str]]) -> None:
    """What has no meaning is never or always true; only what means the same is complete."""
    assert expected == _undefined(text, to)


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("extra == 'a' and extra == 'b'", [(0, 29)]),
        ("extra == 'a' and extra == 'A'", []),
        ("extra == 'a' or extra == 'b'", []),
        ("extra == 'a' and os_name == 'b'", []),
        ("extra == 'a' and extra != 'b'", []),
        ("extra == 'a' and (extra == 'a' or extra == 'b')", [(0, 47)]),
        ("extra == 'a' and (os_name == 'n' or extra == 'a')", []),
        ("(extra == 'a' or extra == 'b') and os_name == 'c'", []),
        ("os_name == 'n' or extra == 'a' and (os_name == 'n' and extra == 'b')", [(18, 68)]),
        ("extra == 'a' and extra == 'a' and extra == 'b'", [(0, 46)]),
        ("extra == 'b' and extra == 'a' and extra == 'a'", [(0, 46)]),
        ("extra == 'a' and (extra == 'b' and extra == 'c')", [(0, 48)]),
    ],
)
def test_two_extras_at_once(text: str, groups: list[tuple[int, int]]) -> None:
    """An `and` is noted if its parts ask for different extras, and the outermost only."""
    notes = rewrite(text, "3.0").notes
    assert groups == [
        (note.start, note.end) for note in notes if note.code == "marker-extra-conjunction"
    ]


def test_the_words_of_a_name() -> None:
    """A note on a name shows it as it is written, and the normal form in the quotes it has."""
    (note, _) = rewrite('extra == "Foo_Bar"', "3.0").notes[::-1]
    assert ("the normal form of 'Foo_Bar' is 'foo-bar'", 9, 18, '"foo-bar"') == (
        note.message,
        note.start,
        note.end,
        note.replacement,
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("extra == 'A_b' and os_name == 'C_d'", "extra == 'a-b' and os_name == 'C_d'"),
        ("'A_b' in extras or extra == os_name", "'a-b' in extras or extra == os_name"),
        ("'A_b' in dependency_groups", "'A_b' in dependency_groups"),
        ("'a' == 'A_b' or extra=='a-b'", "'a' == 'A_b' or extra=='a-b'"),
    ],
)
def test_names_in_normal_form(text: str, expected: str) -> None:
    """Names of extras get their normal form, on either side and in both spellings; no others do."""
    found = normalise_extras(text)
    assert (expected, expected != text, True, ()) == found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sys_platform == 'a' or 'b' in os_name", ("sys.platform == 'a' or 'b' in os.name", "")),
        ("python_version != '2.7'", ("python_version != '2.7'", "")),
        ("python_full_version not in '2.7'", ("python_full_version not in '2.7'", "")),
        ("python_version >= '3'", (None, "1.2 has no >= in markers")),
        ("os_name == 'a' and extra == 'x'", (None, "1.2 has no variable extra")),
        ("'x' in extras", (None, "1.2 has no variable extras")),
    ],
)
def test_old_names(text: str, expected: tuple[str | None, str]) -> None:
    """Version 1.2 has four operators, names with dots, and says what it lacks."""
    assert expected == old_names(text)
