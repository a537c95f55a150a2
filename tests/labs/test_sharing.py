"""How a request is written down elsewhere: nothing that is typed ends it early."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from trigpoint.labs.sharing import embed, heredoc, program


@pytest.mark.parametrize(
    ("text", "word"),
    [("a", "EOF"), ("EOF", "EOF_"), ("EOF\nEOF_\nEOF__", "EOF___"), ("EOF x", "EOF"), ("", "EOF")],
)
def test_standard_input_ends_with_a_word_that_is_no_line_of_it(text: str, word: str) -> None:
    """However many such words are lines of the text."""
    assert f" <<'{word}'\n{text}\n{word}" == heredoc(text)
    assert heredoc(text) == heredoc(f"{text}\n")


@pytest.mark.parametrize(
    ("text", "fence"), [("a", "```"), ("```", "````"), ("``", "```"), ("a`````b", "``````")]
)
def test_fence_is_longer_than_any_in_it(text: str, fence: str) -> None:
    """In the text and in the options."""
    assert embed("x-lab", {}, text) == f"{fence}{{x-lab}}\n{text}\n{fence}\n"
    assert embed("x-lab", {"a": text}, "").startswith(f"{fence}{{x-lab}}\n---\n")


def test_options_are_quoted() -> None:
    """So that a version stays a text, and a quote and a backslash what they are."""
    assert '---\na: "3.0"\nb: "x\\\\\\"y"\n---\n' in embed("x-lab", {"a": "3.0", "b": 'x\\"y'}, "t")
    assert "---\na: |\n  1\n  \n  2\n---\n" in embed("x-lab", {"a": "1\n\n2"}, "t")


@dataclass(frozen=True)
class Asked:
    text: str = ""
    names: tuple[str, ...] = ()
    number: int = 0


def test_program_holds_what_differs() -> None:
    """The fields that it is told to hold, where they are not as without a word."""
    assert program("x", Asked("a'b", ("c",), 3), ("text", "names"), "print(answer)\n") == (
        'from trigpoint.labs import run\n\nanswer = run("x", {\n'
        "    'text': \"a'b\",\n    'names': ['c'],\n})\nprint(answer)\n"
    )
    assert 'run("x", {\n})' in program("x", Asked(number=3), ("text", "names"), "")
