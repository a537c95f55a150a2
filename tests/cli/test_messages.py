"""``trigpoint explain-message`` gives the message lab's answers."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner, Result

from trigpoint import labs
from trigpoint.cli.app import app

ONE = "'eggs>>1' is invalid for 'requires-dist'"
FILE = "Metadata-Version: 2.4\nName: spam\nVersion: 1\nRequires-Dist: eggs>>1\n"


def invoke(*arguments: str, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(app, ["explain-message", *arguments], input=stdin)


def test_json_is_the_labs_response(tmp_path: Path) -> None:
    """The page, the library and the terminal say the same."""
    path = tmp_path / "METADATA"
    path.write_text(FILE, "utf-8")
    done = invoke(ONE, "--file", str(path), "--json")
    assert (0, labs.run("messages", {"text": ONE, "document": FILE})) == (
        done.exit_code,
        json.loads(done.stdout),
    )


def test_a_log_is_read_from_standard_input() -> None:
    """Without a text, or with a dash, the log comes through a pipe, whatever bytes it has."""
    for arguments in ((), ("-",)):
        done = invoke(*arguments, stdin=b"\xff\n" + ONE.encode())
        assert 0 == done.exit_code
        assert "'...' is invalid for 'requires-dist'\n  message      " in done.stdout


def test_the_terminal_shows_what_is_known(tmp_path: Path) -> None:
    """Every part has a line, and consequences are marked."""
    path = tmp_path / "METADATA"
    path.write_text(FILE, "utf-8")
    log = f"{ONE}\nERROR: No matching distribution found for spam"
    lines = invoke(log, "--file", str(path)).stdout.splitlines()
    starts = {line[2:14].strip() for line in lines if line.startswith("  ")}
    assert {
        *("message", "cause", "cure", "rule", "requirement", "METADATA", "findings"),
        *("printed by", "recorded", "read on", "source"),
    } <= starts
    assert any(line.endswith("(a consequence)") for line in lines)
    assert any("Line 4, column 20: " in line for line in lines)


def test_a_sourced_message_has_its_link() -> None:
    """What was not recorded says where it is from."""
    done = invoke("The use of local versions in <Version('1+a')> is not allowed")
    assert "sourced      Sourced, not recorded; read 2026-11-25. https://github.com/" in done.stdout


def test_what_is_not_known_ends_with_status_1() -> None:
    """The nearest are shown, and the finding goes to standard error."""
    done = invoke("there is some trouble with ImpImporter of pkgutil")
    assert 1 == done.exit_code
    assert "The nearest messages:\n  AttributeError: module 'pkgutil'" in done.stdout
    assert "warning[message-unknown]" in done.stderr
    assert "nearest" not in invoke("hello").stdout


def test_one_of_the_two_comes_from_standard_input() -> None:
    """A pipe is read once."""
    assert 2 == invoke("-", "--file", "-", stdin=ONE).exit_code
    assert 0 == invoke(ONE, "--file", "-", stdin=FILE).exit_code
    assert 1 == invoke(ONE, "--file", "no such file").exit_code
