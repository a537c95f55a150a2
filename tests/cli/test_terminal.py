"""How answers look in a terminal: coloured from what they are, and harmless."""

from __future__ import annotations

from collections.abc import Callable

import click
import pytest
from click.testing import CliRunner

from trigpoint.cli import terminal
from trigpoint.cli.app import app
from trigpoint.findings import Finding, Fix, Severity, Span, render, segments

TEXT = "a\tb\nsecond é line"
FINDINGS = [
    Finding("topic-one", Severity.ERROR, "wrong", Span(2, 8, 2, 9, 11, 12), Fix("write e")),
    Finding("topic-two", Severity.WARNING, "odd"),
    Finding("topic-three", Severity.INFO, "so", Span(1, 2, 2, 1, 1, 4)),
]


def shown(say: Callable[[], None], *, color: bool = False, **env: str) -> str:
    @click.command()
    def command() -> None:
        say()

    return CliRunner().invoke(command, [], color=color, env=env).output


def test_findings_are_coloured_from_what_they_are() -> None:
    """The head and the mark have the colour of the severity, the fix is green, the rest plain."""
    text = shown(lambda: terminal.show_findings(FINDINGS[:1], TEXT, name="f"), color=True)
    assert text == (
        "\x1b[31m\x1b[1merror[topic-one]\x1b[0m: wrong\n  --> f:2:8\n  2 | second é line\n"
        "    |        \x1b[31m\x1b[1m^\x1b[0m\n\x1b[32m  fix: write e\x1b[0m\n\n"
    )


@pytest.mark.parametrize(("finding", "code"), [(FINDINGS[1], "33"), (FINDINGS[2], "36")])
def test_each_severity_has_a_colour(finding: Finding, code: str) -> None:
    """Yellow for warnings, cyan for notes."""
    text = shown(lambda: terminal.show_findings([finding], TEXT), color=True)
    assert text.startswith(f"\x1b[{code}m\x1b[1m")


def test_colourless_findings_are_the_rendered_text() -> None:
    """Without a terminal the same words go out."""
    expected = render(FINDINGS, TEXT)
    assert f"{expected}\n\n" == shown(lambda: terminal.show_findings(FINDINGS, TEXT))
    assert "" == shown(lambda: terminal.show_findings([], TEXT))


def test_segments_name_their_kind() -> None:
    """A message that looks like a mark or a fix is none."""
    odd = Finding("topic-one", Severity.ERROR, "^^^\n  fix: nothing", None, Fix("do it"))
    kinds = [(kind, piece) for kind, piece in segments([odd], "") if piece.strip()]
    assert [
        ("error", "error[topic-one]"),
        ("text", ": ^^^\n  fix: nothing"),
        ("fix", "  fix: do it"),
    ] == kinds


def test_no_color_is_respected() -> None:
    """Whoever sets the variable gets plain text, in a terminal too."""
    assert "\x1b[1ma\x1b[0m\n" == shown(lambda: terminal.say(("a", "bold")), color=True)
    assert "a\n" == shown(lambda: terminal.say(("a", "bold")), color=True, NO_COLOR="1")
    assert "\x1b[1ma\x1b[0m\n" == shown(
        lambda: terminal.say(("a", "bold")), color=True, NO_COLOR=""
    )


@pytest.mark.parametrize(
    ("style", "codes"),
    [("bold", "\x1b[1m"), ("dim", "\x1b[2m"), ("red", "\x1b[31m"), ("bold red", "\x1b[31m\x1b[1m")],
)
def test_styles(style: str, codes: str) -> None:
    """A weight, a colour, or both."""
    assert f"{codes}a\x1b[0m\n" == shown(lambda: terminal.say(("a", style)), color=True)


def test_what_drives_a_terminal_is_shown_and_never_sent() -> None:
    """Whatever a part holds; line ends stay."""
    assert "a\ufffd[31m b\nc\ufffd\n" == shown(lambda: terminal.say("a\x1b[31m\tb\nc", "\udce9"))
    assert "\ufffd\n" == shown(lambda: terminal.say(("\x07", "bold"), ("", "red")))


def test_columns_are_as_wide_as_their_widest_cell() -> None:
    """By columns of the terminal, not by letters; the last is not filled up."""
    rows: list[list[terminal.Part]] = [["日本", ("x", "red"), "long text"], ["a", "●", "b"]]
    expected = "h     mid  t\n日本   x   long text\na      ●   b\n"
    assert expected == shown(lambda: terminal.table(["h", "mid", "t"], rows, centred=[1]))


def test_a_table_without_rows_is_its_heads() -> None:
    """Nothing is wider than they are."""
    assert "a  b\n" == shown(lambda: terminal.table(["a", "b"], []))


def test_text_is_an_argument_or_standard_input() -> None:
    """A dash reads; a byte that is no UTF-8 does not stop it."""
    assert "x" == terminal.read_text("x")

    @click.command()
    def command() -> None:
        click.echo(repr(terminal.read_text("-")))

    assert "'a\ufffd\\nb'\n" == CliRunner().invoke(command, input=b"a\xe9\nb\n\n").output


def test_a_command_fails_only_if_it_failed() -> None:
    """The exit status is for scripts."""
    terminal.leave(failed=False)
    with pytest.raises(SystemExit) as left:
        terminal.leave(failed=True)
    assert 1 == left.value.code


def test_standard_input_has_no_name() -> None:
    """A finding there has a line and a column only."""
    assert ("", "a/b") == (terminal.shown_name("-"), terminal.shown_name("a/b"))


def test_a_folder_is_no_file() -> None:
    """It is one line, with the name as it can be shown."""
    result = CliRunner().invoke(app, ["metadata", "check", "."])
    assert (1, "Error: .: Is a directory\n") == (result.exit_code, result.output)
