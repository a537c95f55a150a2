"""How answers look in a terminal: coloured from what they are, and harmless."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

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


def _statements_of(argument: str, stdin: bytes = b"") -> tuple[str, str]:
    @click.command()
    def command() -> None:
        click.echo(repr(terminal.read_statements_of(argument)))

    result = CliRunner().invoke(command, input=stdin)
    found: tuple[str, str] = eval(result.output) if result.exit_code == 0 else (result.output, "")
    return found


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"a\r\nb\n\n", "a\r\nb\n\n"),
        (b"a\xe9\n", "a\udce9\n"),
        ("\ufeffa\n".encode("utf-16-le"), "a\n"),
        (b"# coding: latin-1\na # \xe9", "# coding: latin-1\na # é"),
        (b"# coding: none\na # \xe9", "# coding: none\na # \udce9"),
        (b"", ""),
    ],
)
def test_statements_are_what_is_in_a_file(tmp_path: Path, data: bytes, text: str) -> None:
    """Byte by byte, from a path and from standard input; pip's rules for what is no UTF-8."""
    file = tmp_path / "any name"
    file.write_bytes(data)
    assert (text, str(file)) == _statements_of(str(file))
    assert (text, "") == _statements_of("-", data)


@pytest.mark.parametrize(
    "text", ["numpy", "os_name == 'nt'", "a\nb", "x" * 5000, "a\0", "\ud800", "", "a b.txt", "x.py"]
)
def test_statements_are_the_argument_itself(text: str) -> None:
    """Where no file has that name, whatever it looks like."""
    assert (text, "") == _statements_of(text)


def test_the_name_of_a_folder_is_a_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A project is often called like its folder."""
    (tmp_path / "numpy").mkdir()
    monkeypatch.chdir(tmp_path)
    assert ("numpy", "") == _statements_of("numpy")


@pytest.mark.parametrize("name", ["requirements.txt", "dev.in", "a/pyproject.toml"])
def test_names_of_files_that_are_not_there(name: str) -> None:
    """Nobody means a project that is called so."""
    assert f"Error: {name}: there is no such file\n" == _statements_of(name)[0]


def test_toml_is_no_list_of_requirements(tmp_path: Path) -> None:
    """It says what to do instead."""
    (tmp_path / "a.toml").write_text("[project]", "utf-8")
    said = _statements_of(str(tmp_path / "a.toml"))[0]
    assert "a.toml is TOML; give its requirements, or try trigpoint check\n" in said


def test_archives_are_no_lists_of_requirements(tmp_path: Path) -> None:
    """Nobody wants their bytes read as markers."""
    for name in ("a-1-py3-none-any.whl", "a-1.tar.GZ"):
        (tmp_path / name).write_bytes(b"PK")
        said = _statements_of(str(tmp_path / name))[0]
        assert said.endswith(f"{name} is an archive; try trigpoint check\n")
    assert ("a-1.whl", "") == _statements_of("a-1.whl")


def test_the_path_of_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is no text that anybody means; a path that is none stays one."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a").mkdir()
    for path in (".", "..", "a/", "./a"):
        assert f"Error: {path} is a folder; try trigpoint check\n" == _statements_of(path)[0]
    for text in ("./b", "os_name == '/'", "a/\0"):
        assert (text, "") == _statements_of(text)


def test_texts_are_written_byte_by_byte() -> None:
    """Line ends and bytes that are no UTF-8 go out as they came in."""

    @click.command()
    def command() -> None:
        terminal.write("a\r\nb\x1b\udce9")

    assert b"a\r\nb\x1b\xe9" == CliRunner().invoke(command).stdout_bytes


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
