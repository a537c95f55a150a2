"""The message lab: the library's answer, said and shown."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest

from trigpoint import labs
from trigpoint.installers.messages import MESSAGES, MOST_EXPLAINED, MOST_LETTERS
from trigpoint.labs.messages import words
from trigpoint.labs.messages.answer import MOST_CASES, MessagesRequest, PlaceRow, answer

ONE = "'eggs>>1; x' is invalid for 'requires-dist'"
FOLLOWS = "ERROR: No matching distribution found for spam"
UNKNOWN = "there is some trouble with ImpImporter of pkgutil"
FILE = "Metadata-Version: 2.4\nName: spam\nVersion: 1\nRequires-Dist: eggs>>1; x\n"


def run(text: str, document: str = "") -> dict[str, Any]:
    return labs.run("messages", {"text": text, "document": document})


def html(text: str, document: str = "") -> str:
    shown = labs.html("messages", run(text, document))
    return unescape(re.sub(r"<[^>]+>", "", shown))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "No message is pasted yet."),
        (ONE, "1 message explained."),
        (f"{ONE}\n{FOLLOWS}", "1 message explained, and 1 that only follows from it."),
        (
            f"{ONE}\n'a' is invalid for 'name'\n{FOLLOWS}",
            "2 messages explained, and 1 that only follows from them.",
        ),
        (
            f"{ONE}\n{FOLLOWS}\nversion solving failed",
            "1 message explained, and 2 that only follow from it.",
        ),
        (
            FOLLOWS,
            "The text says that something failed, but not why: below is what it may come from.",
        ),
        (UNKNOWN, "No message in this text is known; the nearest are below."),
        ("hello", "No message in this text is known."),
    ],
)
def test_the_summary_says_what_was_found(text: str, said: str) -> None:
    """Causes are counted, and consequences told from them."""
    assert said == words.summary(answer(MessagesRequest(text)))


def test_a_message_is_shown_with_all_that_is_known() -> None:
    """Cause, cure, rule, value, findings, tools, the recorded run and what to ask next."""
    message = MESSAGES["requires-dist-invalid"]
    text = html(ONE, FILE)
    for part in (
        message.title,
        message.why,
        message.cure,
        message.rule,
        "eggs>>1; x",
        "In your METADATA",
        "Line 4, column",
        "metadata-requirement",
        "trigpoint marker show 'eggs>>1; x'",
        "packaging 24.0 to 26.4",
        "Recorded run",
        "This message's page",
    ):
        assert part in text, part
    assert "Sourced" not in text
    place, *_ = run(ONE, FILE)["messages"][0]["places"]
    assert "write an operator and a version, such as >=1.2" == place["fix"]
    shown = labs.html("messages", run(ONE))
    assert 'data-span="0:' in shown
    assert f'data-page="reference/messages/{message.key}"' in shown
    assert 'href="https://peps.python.org/pep-0508/"' in shown


def test_a_sourced_message_says_so() -> None:
    """What no run printed is not shown as recorded."""
    [row] = run("The use of local versions in <Version('1+a')> is not allowed.")["messages"]
    assert ([], [], "2026-11-25") == (row["tools"], row["runs"], row["sourced_on"])
    text = html("The use of local versions in <Version('1+a')> is not allowed.")
    assert "Sourced, not recorded; read 2026-11-25." in text
    assert "Printed by" not in text


def test_a_repeated_message_is_counted() -> None:
    """A log that says it three times is told once."""
    assert "It is there 3 times." in html(f"{ONE}\n" * 3)
    assert "times" not in html(ONE)


def test_what_is_not_known_has_the_nearest() -> None:
    """No guess: a finding, and the titles of what shares rare words."""
    found = run(UNKNOWN)
    assert [] == found["messages"]
    assert ["message-unknown"] == [each["code"] for each in found["findings"]]
    assert "impimporter" == found["near"][0]["key"]
    assert "Not known. The nearest messages" in html(UNKNOWN)
    assert "nearest" not in html("hello")


@pytest.mark.parametrize("more", [0, 1])
def test_a_long_log_is_said_to_be_cut(more: int) -> None:
    """Up to the bound nothing is said; over it, how much was not read."""
    found = run(f"{ONE}\n".rjust(MOST_LETTERS + more))
    codes = [each["code"] for each in found["findings"]]
    assert (["message-long"] if more else []) == codes
    assert 1 == len(found["messages"])


def test_many_messages_are_said_to_be_cut() -> None:
    """A reader who pastes everything is told."""
    lines = [re.sub(r"\{\w+(\.\.\.)?\}", "Value1", each.shapes[0]) for each in MESSAGES.values()]
    found = run("\n".join(lines))
    assert MOST_EXPLAINED == len(found["messages"])
    assert ["message-many"] == [each["code"] for each in found["findings"]]
    assert [] == run("\n".join(lines[:10]))["findings"]


@pytest.mark.parametrize(
    ("text", "commands"),
    [
        ("'a; b' is invalid for 'requires-dist'", ["trigpoint marker show 'a; b'"]),
        ("'a>>1' is invalid for 'requires-dist'", []),
        ("'name' is a required field", ["trigpoint metadata explain name"]),
        (
            "{field} introduced in metadata version {field_metadata_version}, not {metadata_version}",
            [],
        ),
    ],
)
def test_what_to_ask_next_is_a_command(text: str, commands: list[str]) -> None:
    """A requirement with a marker, or a field, leads to the lab that knows it."""
    assert commands == run(text)["messages"][0]["commands"]


def test_runs_are_one_a_family_and_bounded() -> None:
    """The newest of each family, so many as are shown, those of wheels first."""
    for key in ("metadata-version-invalid", "toml-cannot-be-read"):
        text = re.sub(r"\{\w+(\.\.\.)?\}", "1", MESSAGES[key].shapes[0])
        runs = run(text)["messages"][0]["runs"]
        families = [each["tool"].partition(" (")[0].rpartition(" ")[0] for each in runs]
        assert 0 < len(runs) <= MOST_CASES
        assert len(families) == len(set(families))
        assert runs == sorted(runs, key=lambda each: not each["wheel"])


def test_a_place_without_a_finding_is_named() -> None:
    """The file as a whole, or the line where the value stands."""
    document = "[project]\nname = 'spam'\nversion = '1'\nreadme = 'README.md'\n"
    text = html("OSError: Readme file does not exist: README.md", document)
    assert "In your pyproject.toml" in text
    assert "Line 4, column 11 names it." in text
    whole = PlaceRow("metadata-missing", "Name is missing", "add Name", None)
    assert "The file as a whole: Name is missing; add Name." == words.place_of(whole)


def test_shared_questions_give_the_same_answer() -> None:
    """The program that the lab shows prints what the lab says."""
    share = labs.LABS["messages"].share(MessagesRequest(ONE, FILE))
    assert "--file PATH" in share.command
    assert "document: |" in share.embed
    printed: list[str] = []
    names = {"print": lambda *said, **_: printed.extend(map(str, said))}
    exec(share.python, names)
    assert MESSAGES["requires-dist-invalid"].title == printed[0]
    plain = labs.LABS["messages"].share(MessagesRequest(ONE))
    assert "--file" not in plain.command
    assert "document" not in plain.python
