"""Names of members: where each lands, and which have no place in an archive."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trigpoint.archives import Limits, open_archive
from trigpoint.archives.faults import Notes, counted, in_order, shown
from trigpoint.archives.names import leaves, place

from .build import Part, codes, make_zip


@pytest.mark.parametrize(
    ("name", "path", "code"),
    [
        ("a", "a", None),
        ("a/b.txt", "a/b.txt", None),
        ("./a//b/", "a/b", None),
        ("./", "", None),
        ("", "", None),
        ("a..b/...", "a..b/...", None),
        ("ab:c", "ab:c", None),
        ("1:c", "1:c", None),
        ("a/c:d", "a/c:d", None),
        ("./C:c", "", "archive-name-outside"),
        (".//\\c", "", "archive-name-outside"),
        ("..", "", "archive-name-outside"),
        ("../a", "", "archive-name-outside"),
        ("a/../b", "", "archive-name-outside"),
        ("a/..", "", "archive-name-outside"),
        ("..\\a", "", "archive-name-outside"),
        ("a\\..\\b", "", "archive-name-outside"),
        ("/a", "", "archive-name-outside"),
        ("//a", "", "archive-name-outside"),
        ("\\a", "", "archive-name-outside"),
        ("\\\\host\\a", "", "archive-name-outside"),
        ("C:a", "", "archive-name-outside"),
        ("c:\\a", "", "archive-name-outside"),
        ("a\0b", "", "archive-name-character"),
        ("a\nb", "a\nb", "archive-name-character"),
        ("a\x7fb", "a\x7fb", "archive-name-character"),
        ("a\\b", "a\\b", "archive-name-backslash"),
    ],
)
def test_place_of_a_name(name: str, path: str, code: str | None) -> None:
    """A name has a path below the top, or none at all."""
    placed = place(name, Limits())
    assert (path, [code] if code else []) == (placed.path, [each[0] for each in placed.problems])


@given(st.text(st.sampled_from("ab./\\:C \0\n"), max_size=12))
def test_paths_stay_below_the_top(name: str) -> None:
    """Whatever a name is, its path has no part that leads elsewhere."""
    path = place(name, Limits()).path
    assert not path or all(part not in ("", ".", "..") for part in path.split("/"))
    assert not path.startswith(("\\", "C:"))
    assert "\0" not in path
    assert ".." not in path.split("\\")


@pytest.mark.parametrize(
    ("folder", "target", "expected"),
    [
        ("", "a", False),
        ("", ".", False),
        ("", "..", True),
        ("", "../a", True),
        ("", "..a", False),
        ("a", "..", False),
        ("a", "../b", False),
        ("a", "../..", True),
        ("a", "../../b", True),
        ("a", "..\\..\\b", True),
        ("a", "/etc", True),
        ("a", "C:\\x", True),
        ("a", "\\x", True),
        ("", "", False),
    ],
)
def test_link_that_leaves(folder: str, target: str, *, expected: bool) -> None:
    """A link is judged by where it ends up, from the folder that it lies in."""
    assert expected is leaves(folder, target)


def of(*parts: Part) -> list[str]:
    return codes(open_archive(make_zip(parts), "x.zip"))


def test_two_members_of_one_path() -> None:
    """Names that land in one place are duplicates; a folder may be named twice."""
    assert ["archive-duplicate"] == of(Part(b"a/b"), Part(b"a//b"))
    assert ["archive-duplicate"] == of(Part(b"a"), Part(b"a/"))
    assert ["archive-duplicate"] == of(Part(b"a/"), Part(b"a"))
    assert [] == of(Part(b"a/"), Part(b"a/"), Part(b"A/"))


def test_member_without_a_name() -> None:
    """An empty name is a file nowhere; the top folder may be listed."""
    assert ["archive-name-character"] == of(Part(b"", b"x"))
    assert ["archive-name-character"] == of(Part(b".", b"x"))
    assert [] == of(Part(b"./"))


def test_member_below_a_link() -> None:
    """What would be written through a link lands elsewhere."""
    link = Part(b"d/l", b"x", mode=0o120777)
    assert ["archive-link", "archive-link-outside"] == of(link, Part(b"d/l/a/b"))
    assert ["archive-link"] == of(link, Part(b"d/la"), Part(b"d/a/l"), Part(b"e"))


# -- how it is said -----------------------------------------------------------------------


def test_messages_can_be_printed() -> None:
    """No name moves the cursor, breaks an encoding or fills the screen."""
    assert "'a\\x1b\\u202eb\\xff\\ud800'" == shown("a\x1b\u202eb\udcff\ud800")
    assert "'" + "é" * 100 + "'" == shown("é" * 100)
    assert "'" + "é" * 100 + "...'" == shown("é" * 101)


def test_bytes_are_counted_for_readers() -> None:
    """Large numbers are whole MiB."""
    assert ["0 bytes", "1,048,575 bytes", "1 MiB", "2,048 MiB"] == [
        counted(number) for number in (0, 2**20 - 1, 2**20, 2**31)
    ]


def test_findings_alike_are_counted() -> None:
    """The first ten of a code are told, each other code has its own ten."""
    notes = Notes()
    for number in range(12):
        notes.add("archive-link", str(number), "fix" if number == 0 else "")
    notes.add("archive-special", "x")
    found = notes.findings()
    assert [*map(str, range(10)), "and 2 more of this kind", "x"] == [
        each.message for each in found
    ]
    assert ["fix", None] == [each.fix and each.fix.message for each in found[:2]]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("{'b', 'a'} and {'d', 'c'}", "{'a', 'b'} and {'c', 'd'}"),
        ("{'b', 'a, c'}", "{'a, c', 'b'}"),
        ("one of ['b', 'a']", "one of ['a', 'b']"),
        ("they are ['b', 'a'], not ['d', 'c']", "they are ['a', 'b'], not ['d', 'c']"),
        ("order = ['b', 'a']", "order = ['b', 'a']"),
        ("{'b': 'a'}, {'b', 'a', [} {}", "{'b': 'a'}, {'b', 'a', [} {}"),
    ],
)
def test_sets_in_order(words: str, expected: str) -> None:
    """Sets are put in order, and so are lists to choose from; no other list is."""
    assert expected == in_order(words)
