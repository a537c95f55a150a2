"""What of a text was read, and what was not, in words."""

from __future__ import annotations

import pytest

from trigpoint.labs.reading import MOST_SHOWN, nothing_read, reading_of, told
from trigpoint.requirements.statements import read_statements


def said(text: str, *, always: bool = False) -> str:
    return told(reading_of(read_statements(text)), always=always)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ""),
        ("a\nos_name == 'x'", ""),
        ("a  # b\n\n# c", ""),
        ("a[", ""),
        ("./a.whl", ""),
        ("a\nb[", "Read: 1 requirement. Cannot be read: 1 line."),
        ("os_name == 'x'\nb[\n-x", "Read: 1 marker. Cannot be read: 2 lines."),
        ("-r b.txt", "Read: nothing. Passed over: 1 file that the text names (-r b.txt)."),
        (
            "-c b.txt\n-c c.txt",
            "Read: nothing. Passed over: 2 constraints files that the text names (-c b.txt).",
        ),
        (
            "a --hash=x --hash=y\nb --config-settings a=b",
            "Read: 2 requirements. Passed over: 1 option for pip (--config-settings), 2 hashes.",
        ),
        (
            "a\nhttps://c --hash=x\nos_name == 'x'\n-e ./d",
            "Read: 1 requirement, 1 marker, 1 URL. Passed over: 1 editable project (-e ./d), 1 hash.",
        ),
        ("--pre \\\n -i https://a", "Read: nothing. Passed over: 2 options for pip (--pre)."),
        ("-i https://a:b@c", "Read: nothing. Passed over: 1 option for pip (-i)."),
        ("a\n${B}==1", "Read: 1 requirement. Cannot be read: 1 line."),
    ],
)
def test_what_is_said(text: str, words: str) -> None:
    """What was read first, then what was not and why; nothing where all was read."""
    assert words == said(text)


def test_it_is_said_always_if_asked() -> None:
    """Where an answer could be taken for one about the whole text."""
    assert "Read: 1 path." == said("./a.whl", always=True)
    assert "Read: nothing. Cannot be read: 1 line." == said("a[", always=True)


@pytest.mark.parametrize(
    ("text", "complete"),
    [
        ("a\nos_name == 'x'\n--pre\nb --hash=x\n# c", True),
        ("-r a", False),
        ("-c a", False),
        ("-e a", False),
        ("./a", False),
        ("https://a", False),
        ("a[", False),
        ("${A}[", False),
    ],
)
def test_complete_is_what_names_every_project(text: str, complete: bool) -> None:
    """Options and hashes bring no project; files, paths and lines that are wrong may."""
    assert complete is reading_of(read_statements(text)).complete


@pytest.mark.parametrize("more", [0, 1])
def test_lines_are_repeated_in_part(more: int) -> None:
    """At the bound a line is there, above it there is less of it."""
    line = "-r " + "x" * (MOST_SHOWN - 3 + more)
    shown = line if not more else f"{line[: MOST_SHOWN - 1]}…"
    assert f"({shown})" in said(line)


def test_nothing_read_is_told_from_nothing_typed() -> None:
    """A text of options is no empty box."""
    assert "There is no marker yet." == nothing_read(reading_of(read_statements("# a")))
    assert "There is no marker and no requirement in this text." == nothing_read(
        reading_of(read_statements("--pre"))
    )
