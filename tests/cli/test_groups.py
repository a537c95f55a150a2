"""The groups know their commands without loading them."""

from __future__ import annotations

import re
import runpy
import sys
from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner

from trigpoint import __version__
from trigpoint.cli import main
from trigpoint.cli.app import app, marker, metadata
from trigpoint.cli.groups import LazyGroup


def _commands() -> Iterator[tuple[LazyGroup, str]]:
    for group in (app, marker, metadata):
        assert isinstance(group, LazyGroup)
        yield from ((group, name) for name in group.lazy)


@pytest.mark.parametrize(
    ("group", "name"), [pytest.param(*each, id=f"{each[0].name} {each[1]}") for each in _commands()]
)
def test_help_of_the_group_is_that_of_the_command(group: LazyGroup, name: str) -> None:
    """What the group says of a command is the first sentence of the command's own help."""
    command = group.get_command(click.Context(group), name)
    assert command is not None
    assert group.lazy[name][1] == (command.help or "").partition("\n\n")[0].replace("\n", " ")
    assert name == command.name


def test_commands_are_listed_in_order() -> None:
    """A reader finds one by its letter."""
    listed = [line.split()[0] for line in _help("marker").partition("Commands:\n")[2].splitlines()]
    names = [name for name in listed if name in marker.list_commands(click.Context(marker))]
    assert ["compare", "merge", "migrate", "negate", "show", "simplify"] == names


def _help(*arguments: str) -> str:
    return CliRunner().invoke(app, [*arguments, "--help"]).output


def test_help_says_what_each_command_does() -> None:
    """The first screen is enough to start."""
    assert re.search(r"^  marker +Ask what markers mean\.$", _help(), re.MULTILINE)
    assert "Show where the marker TEXT holds, and why." in _help("marker")
    assert "Report what is wrong in each PATH, with lines and columns." in _help("metadata")


@pytest.mark.parametrize(
    "arguments",
    [[name] for name in ("explain-message", "extras")]
    + [["marker", name] for name in ("compare", "merge", "migrate", "negate", "show", "simplify")]
    + [["metadata", name] for name in ("check", "convert", "diff", "explain", "json", "predict")],
)
def test_every_command_has_help(arguments: list[str]) -> None:
    """Each loads and explains itself and its options."""
    text = _help(*arguments)
    assert text.startswith(f"Usage: app {' '.join(arguments)} ")
    assert "--json" in text


@pytest.mark.parametrize("arguments", [["magic"], ["metadata", "magic"], ["metadata", "--magic"]])
def test_what_does_not_exist_is_said(arguments: list[str]) -> None:
    """A wrong name is a wrong use."""
    result = CliRunner().invoke(app, arguments)
    assert 2 == result.exit_code
    assert "No such" in result.output


def test_a_command_added_to_a_group_is_one_of_it() -> None:
    """A group holds what click puts there, too."""
    group = LazyGroup("g", lazy={"show": ("trigpoint.cli.markers:show", "Show.")})
    group.add_command(click.Command("own"))
    context = click.Context(group)
    assert ["own", "show"] == group.list_commands(context)
    own = group.get_command(context, "own")
    assert own is not None
    assert "own" == own.name
    assert group.get_command(context, "magic") is None


def test_marker_without_a_command_shows() -> None:
    """The text, or an option, comes first."""
    plain = CliRunner().invoke(app, ["marker", "os_name == 'nt'", "--json"])
    for arguments in (["--json", "os_name == 'nt'"], ["show", "os_name == 'nt'", "--json"]):
        assert plain.output == CliRunner().invoke(app, ["marker", *arguments]).output
    assert plain.output.startswith("{")


def test_version() -> None:
    """The command says which it is."""
    assert f"trigpoint, version {__version__}\n" == CliRunner().invoke(app, ["--version"]).output


@pytest.mark.parametrize(
    "start", [main, lambda: runpy.run_module("trigpoint", run_name="__main__")]
)
def test_the_program_runs_the_group(
    start: object, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As a command and as a module."""
    monkeypatch.setattr(sys, "argv", ["trigpoint", "--version"])
    monkeypatch.delitem(sys.modules, "trigpoint.__main__", raising=False)
    assert callable(start)
    with pytest.raises(SystemExit) as left:
        start()
    assert 0 == left.value.code
    assert f"trigpoint, version {__version__}\n" == capsys.readouterr().out


def test_a_module_that_is_missing_inside_is_no_missing_extra(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Only click is what the extra brings; anything else is a broken installation."""
    monkeypatch.delitem(sys.modules, "trigpoint.cli.app")
    monkeypatch.setitem(sys.modules, "trigpoint.cli.groups", None)
    with pytest.raises(ModuleNotFoundError):
        main()


def test_without_click_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """One line that says what to install."""
    monkeypatch.delitem(sys.modules, "trigpoint.cli.app")
    monkeypatch.setitem(sys.modules, "click", None)
    with pytest.raises(SystemExit, match=r"trigpoint\[cli\]"):
        main()
