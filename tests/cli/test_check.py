"""The command line checks projects, in every format."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from trigpoint.cli.app import app
from trigpoint.projects import check, check_text
from trigpoint.projects.formats.as_json import as_json
from trigpoint.projects.formats.github import github
from trigpoint.projects.formats.sarif import sarif
from trigpoint.projects.formats.text import text

WRONG = "spam=>1\n--pre\n"
CRLF = "Metadata-Version: 2.4\r\nName: spam\r\nVersion: 1+local\r\n"


def invoke(*arguments: str, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(app, ["check", *arguments], input=stdin)


@pytest.fixture
def path(tmp_path: Path) -> str:
    """A requirement file with an error, in the current folder's tree or not."""
    file = tmp_path / "requirements.txt"
    file.write_text(WRONG, "utf-8")
    return str(file)


def test_formats(path: str) -> None:
    """Each is what the library writes, and an error fails."""
    report = check([path])
    for arguments, expected in (
        ([], text(report)),
        (["--format", "text"], text(report)),
        (["--format", "json"], as_json(report) + "\n"),
        (["--format", "github"], github(report)),
        (["--format", "sarif"], sarif(report) + "\n"),
    ):
        result = invoke(path, *arguments)
        assert (expected, 1) == (result.stdout, result.exit_code)


def test_a_text_without_errors() -> None:
    """Standard input has no name, and warnings do not fail."""
    result = invoke("-", stdin=b"spam\n")
    assert 0 == result.exit_code
    assert text(check_text(b"spam\n")) == result.stdout
    assert "The text: nothing is wrong in what was read.\n" in result.stdout


def test_standard_input_beside_files(path: str) -> None:
    """Both are checked in one report."""
    found = json.loads(invoke("-", path, "--format", "json", stdin=b"spam\n").stdout)
    assert ["", Path(path).as_posix()] == [each["path"] for each in found["files"]]


def test_everything() -> None:
    """--all shows notes too, and --for what an index refuses."""
    assert "info[metadata-crlf]" not in invoke("-", stdin=CRLF).stdout
    assert "info[metadata-crlf]" in invoke("-", "--all", stdin=CRLF).stdout
    assert "::notice " in invoke("-", "--all", "--format", "github", stdin=CRLF).stdout
    assert "::notice " not in invoke("-", "--format", "github", stdin=CRLF).stdout
    result = invoke("-", "--for", "pypi", stdin=CRLF)
    assert "error[index-local-version]" in result.stdout
    assert 1 == result.exit_code
    assert 0 == invoke("-", stdin=CRLF).exit_code


@pytest.mark.parametrize(
    "arguments",
    [[], ["no-such-file"], ["-", "--format", "xml"], ["-", "--for", "other"], ["-", "--more"]],
)
def test_usage(arguments: list[str]) -> None:
    """What was asked for wrongly ends with status 2."""
    assert 2 == invoke(*arguments, stdin=b"").exit_code


def test_a_folder(path: str) -> None:
    """A folder is a project."""
    result = invoke(str(Path(path).parent))
    assert 1 == result.exit_code
    assert ": 1 file to check.\n" in result.stdout


def test_nothing_drives_the_terminal(tmp_path: Path) -> None:
    """What is in a file or its name is shown, and never sent."""
    file = tmp_path / "requirements.txt"
    file.write_text("\x1b[31mspam\n-e \x1b[0m\n", "utf-8")
    for form in ("text", "github"):
        assert "\x1b" not in invoke(str(file), "--format", form).stdout


# -- what the guide shows ---------------------------------------------------------------

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples" / "check"


@pytest.mark.parametrize("name", ["workflow.yml", "alerts.yml"])
def test_workflows_of_the_guide(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each command that they run is one, and fine with a project that is."""
    text = (EXAMPLES / name).read_text("utf-8")
    commands = re.findall(r"- run: trigpoint ([^>\n]*)", text)
    assert commands
    table = '[project]\nname = "spam-eggs"\nversion = "1"\ndescription = "x"\n'
    build = '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n'
    (tmp_path / "pyproject.toml").write_text(table + build, "utf-8")
    monkeypatch.chdir(tmp_path)
    for command in commands:
        result = CliRunner().invoke(app, shlex.split(command))
        assert (0, True) == (result.exit_code, bool(result.stdout)), result.output


def test_hook_of_the_guide() -> None:
    """The hook that is written out takes files that are read, and these."""
    text = (EXAMPLES / "pre-commit-config.yaml").read_text("utf-8")
    pattern = re.compile(text.partition("files: ")[2].partition("\n")[0])
    for path in (
        "pyproject.toml",
        "a/requirements-dev.txt",
        "constraints.in",
        "a_requirements.txt",
    ):
        assert pattern.search(path), path
    for path in ("setup.py", "a/xpyproject.toml", "requirements.md", "myrequirements.txt"):
        assert not pattern.search(path), path
