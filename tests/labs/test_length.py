"""A text that no page could answer about in time is named, and nothing is said of it."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from click.testing import CliRunner

from trigpoint.cli.app import app
from trigpoint.labs import LABS
from trigpoint.labs.length import CODE, MOST_LETTERS, MOST_WHOLE, said, too_long
from trigpoint.labs.memory import statements_of
from trigpoint.labs.metadata.answer import MOST_DESCRIBED, MOST_STATED

BOUNDED = {"markers": "lines", "algebra": "lines", "extras": "rows", "external": "rows"}
"""The labs that take time for each line of a text, and what their answer has one of for each."""

LINE = {"external": "dep:generic/zlib\n", "extras": "Requires-Dist: a\n"}
HASH = f" --hash=sha256:{hashlib.sha256(b'').hexdigest()} \\\n"


def padded(lab: str, letters: int) -> str:
    """Return one line for *lab* and what follows it that costs nothing, *letters* in all."""
    line = LINE.get(lab, "a; os_name == 'nt'\n")
    # An empty line would begin a description.
    return line.ljust(letters, "#" if lab == "extras" else "\n")


def run(lab: str, text: str) -> Any:
    return LABS[lab].run(LABS[lab].request_type(text=text))


@pytest.mark.parametrize("lab", BOUNDED)
def test_a_text_is_read_up_to_the_bound(lab: str) -> None:
    """All of it, and nothing is said of its length."""
    text = padded(lab, MOST_LETTERS)
    response = run(lab, text)
    assert MOST_LETTERS == len(text)
    assert CODE not in [each.code for each in response.findings]
    assert 1 == len(getattr(response, BOUNDED[lab]))


@pytest.mark.parametrize("lab", BOUNDED)
@pytest.mark.parametrize("letters", [MOST_LETTERS + 1, 5_000_000])
def test_a_longer_text_is_named_on_every_face(lab: str, letters: int) -> None:
    """The place of the first letter too many, and the way out; no answer about a part of it."""
    text = (LINE.get(lab, "a; os_name == 'nt'\n") * letters)[:letters]
    response = run(lab, text)
    [finding] = response.findings
    assert CODE == finding.code
    assert f"the text has {letters:,} letters, and at most 100,000 are read" == finding.message
    assert finding.span is not None
    assert (MOST_LETTERS, MOST_LETTERS + 1) == (finding.span.start, finding.span.end)
    assert finding.fix is not None
    assert 0 == len(getattr(response, BOUNDED[lab]))
    assert not LABS[lab].valid(response)
    assert "The text is longer than is read, so there is no answer." == LABS[lab].summary(response)
    page = str(LABS[lab].html(response))
    assert finding.message in page
    assert finding.fix.message[1:] in page
    assert LABS[lab].share(LABS[lab].request_type(text=text)).command


def test_hashes_of_files_are_set_aside() -> None:
    """A file that pins everything is several times as long, and takes no longer."""
    project = f"a==1 \\\n{HASH * 9}\n"
    times = MOST_WHOLE // len(project)
    text = project * times
    assert MOST_LETTERS < len(text) <= MOST_WHOLE
    assert too_long(text, "x") is None
    assert times == len(statements_of(text).statements)
    assert MOST_LETTERS < len(text.replace("sha256", "sha1")) <= MOST_WHOLE
    assert too_long(text.replace("sha256", "sha1"), "x") is not None


@pytest.mark.parametrize(
    "digest", [f"sha256:{'0' * 64}", f"sha384:{'a' * 96}", f"sha512:{'f' * 128}"]
)
@pytest.mark.parametrize("end", ["", "  ", " \\\n", "\\\r\n"])
def test_the_place_is_behind_what_is_set_aside(digest: str, end: str) -> None:
    """What is counted is the rest, whatever stands where in it."""
    text = f"  --hash={digest}{end}" * 3
    rest = "b" * MOST_LETTERS
    assert too_long(f"{text}{rest}", "x") is None
    found = too_long(f"{text}{rest}c{text}", "x")
    assert found is not None
    assert (
        "without hashes the text has 100,001 letters, and at most 100,000 are read" == found.message
    )
    assert found.span is not None
    assert len(text) + MOST_LETTERS == found.span.start
    found = too_long(f"{rest}{text}c", "x")
    assert found is not None
    assert found.span is not None
    assert len(text) + MOST_LETTERS == found.span.start


def test_a_description_is_set_aside() -> None:
    """Behind the first empty line of metadata nothing is required."""
    head = "Name: a\nRequires-Dist: b\n".ljust(MOST_LETTERS - 1, "c")
    for empty in ("\n\n", "\n\r\n"):
        assert (
            too_long(f"{head[len(empty) - 1 :]}{empty}{'d' * MOST_LETTERS}", "x", metadata=True)
            is None
        )
    text = f"{head}e\n\n{'d' * MOST_LETTERS}"
    found = too_long(text, "x", metadata=True)
    assert found is not None
    assert (
        "without description the text has 100,002 letters, and at most 100,000 are read"
        == found.message
    )
    assert 1 == len(run("extras", f"{LINE['extras']}\n{'d' * MOST_LETTERS}").rows)
    assert not said(run("external", f"Name: a\n\n{'d' * MOST_LETTERS}").findings)


@pytest.mark.parametrize("more", [0, 1])
def test_the_whole_text_has_a_bound_too(more: int) -> None:
    """However much is set aside."""
    found = too_long("Name: a\n\n".ljust(MOST_WHOLE + more, "d"), "x", metadata=True)
    message = "the text has 1,000,001 letters, and at most 1,000,000 are read"
    assert (message if more else None) == (found and found.message)
    assert (MOST_WHOLE if more else None) == (found and found.span and found.span.start)


@pytest.mark.parametrize("more", [0, 1])
@pytest.mark.parametrize(
    ("begin", "most"),
    [
        ("Name: a\nSummary: ", MOST_STATED),
        ("Name: a\n\n", MOST_DESCRIBED),
        ("[project]\nname = 'a'\n\n# ", MOST_STATED),
    ],
)
def test_metadata_has_bounds_of_its_own(begin: str, most: int, more: int) -> None:
    """Fields and tables cost something, the description next to nothing."""
    text = begin.ljust(most + more, "d")
    response = run("metadata", text)
    said_of_length = [each.message for each in response.findings if each.code == CODE]
    message = f"the text has {most + 1:,} letters, and at most {most:,} are read"
    assert ([message] if more else []) == said_of_length
    assert bool(more) is not LABS["metadata"].valid(response)
    assert ("" if more else "a") == response.name
    summary = LABS["metadata"].summary(response)
    assert bool(more) is (summary == "The text is longer than is read, so there is no answer.")
    assert (message in str(LABS["metadata"].html(response))) is bool(more)


def test_a_choice_is_told_beside_the_length() -> None:
    """What is wrong with the request is wrong whatever the text is."""
    request = LABS["metadata"].request_type(text="x" * (MOST_STATED + 1), source="y", blank=True)
    assert ["request-field", CODE] == [each.code for each in LABS["metadata"].run(request).findings]


def test_nothing_is_said_of_extras_in_what_was_not_read() -> None:
    """On the page and in the terminal: it may have them."""
    text = LINE["external"] * MOST_LETTERS
    request = LABS["external"].request_type(text=text, extras=("gui",))
    assert [CODE] == [each.code for each in LABS["external"].run(request).findings]
    result = CliRunner().invoke(
        app, ["external", "plan", "-", "--on", "debian", "--extra", "gui"], input=text
    )
    assert 1 == result.exit_code
    assert CODE in result.stderr
    assert "no extra" not in result.output


def test_the_terminal_leaves_the_text_as_it_is() -> None:
    """What is printed to be kept has lost nothing, and the command fails."""
    text = "a; os_name == 'nt' or os_name == 'nt'\n" * 3_000
    result = CliRunner().invoke(app, ["marker", "simplify", "-"], input=text)
    assert 1 == result.exit_code
    assert text == result.stdout
    assert CODE in result.stderr
