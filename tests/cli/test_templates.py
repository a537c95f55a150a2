"""The command line lists the templates, and writes new projects."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from trigpoint.cli import templates as command
from trigpoint.cli.app import app
from trigpoint.projects.templates import (
    RECORD,
    Answers,
    choose,
    templates,
    whole,
)

SAID = {
    "name": "hat-stand",
    "author": "Eric",
    "email": "eric@example.com",
    "account": "eric9",
    "description": "Hold hats.",
}
OPTIONS = [each for key, value in SAID.items() for each in (f"--{key}", value)]
HATCHLING = templates()["hatchling"]


def invoke(*arguments: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(app, [*arguments], input=stdin)


def written(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the command think that somebody is there to answer."""

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    class System:
        stdin = Terminal()

    monkeypatch.setattr(command, "sys", System)


def test_list() -> None:
    """Each template has its name, title and sentence, and the options that leave a choice."""
    out = invoke("templates").stdout
    for template in templates().values():
        assert f"{template.name}: {template.title}\n  {template.about}\n" in out
    assert "  --layout src, flat\n" in out
    assert "--layout flat\n" not in out


def test_new(tmp_path: Path) -> None:
    """The files are those of the library, and each is named with what it is for."""
    folder = tmp_path / "deep" / "project"
    result = invoke("new", str(folder), "--template", "hatchling", "--docs", "none", *OPTIONS)
    assert (0, "") == (result.exit_code, result.stderr)
    answers = Answers(**SAID, docs="none")
    assert whole(HATCHLING, answers) == written(folder)
    line = f"{folder / 'LICENSE'}  What others may do with the code"
    assert line in result.stdout


def test_new_is_named_after_the_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a folder it is that of the name, in normal form; warnings do not stop it."""
    monkeypatch.chdir(tmp_path)
    result = invoke("new", "--template", "flit-core", *OPTIONS, "--name", "Hat.Stand")
    assert "warning[template-name-spelling]" in result.stderr
    assert 0 == result.exit_code
    assert (tmp_path / "hat-stand" / "src" / "hat_stand" / "__init__.py").is_file()


def test_example(tmp_path: Path) -> None:
    """What is not said keeps the example's names, whatever the folder is called."""
    arguments = ["new", "--template", "src-layout", "--example"]
    result = invoke(*arguments, str(tmp_path / "good"))
    assert (0, "") == (result.exit_code, result.stderr)
    example = templates()["src-layout"]
    assert whole(example, Answers()) == written(tmp_path / "good")
    assert 0 == invoke(*arguments, str(tmp_path / "own"), *OPTIONS[:2]).exit_code
    assert whole(example, Answers(name="hat-stand")) == written(tmp_path / "own")


def test_example_without_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder has the name of the example, then."""
    monkeypatch.chdir(tmp_path)
    assert 0 == invoke("new", "--template", "script", "--example").exit_code
    assert whole(templates()["script"], Answers()) == written(tmp_path / "snow-cap")


@pytest.mark.parametrize("folder", ["work/hat-stand", "work/hat-stand/.", "."])
def test_named_after_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    """Without a name the project has that of its folder, also where the folder is the current one."""
    here = tmp_path / "hat-stand"
    here.mkdir()
    monkeypatch.chdir(here)
    result = invoke("new", folder, "--template", "hatchling", *OPTIONS[2:])
    assert (0, "") == (result.exit_code, result.stderr)
    assert whole(HATCHLING, Answers(**SAID)) == written(here / folder)


def test_a_folder_whose_name_cannot_be(tmp_path: Path) -> None:
    """A name that comes from the folder is checked like one that was said."""
    result = invoke("new", str(tmp_path / "json"), "--template", "hatchling", *OPTIONS[2:])
    assert 1 == result.exit_code
    assert "error[template-name-module]: json is a module" in result.stderr
    assert [] == list(tmp_path.iterdir())


def test_answers_from_a_file(tmp_path: Path) -> None:
    """Options are stronger than the file, and the file than the defaults."""
    file = tmp_path / "answers.toml"
    rows = {**SAID, "name": "snow-cap", "license": "MIT", "ci": "none"}
    file.write_text("".join(f'{key} = "{value}"\n' for key, value in rows.items()), "utf-8")
    arguments = ["--template", "hatchling", "--answers", str(file), "--license", "MPL-2.0"]
    result = invoke("new", str(tmp_path / "a"), *arguments)
    assert 0 == result.exit_code
    expected = whole(HATCHLING, Answers(**{**rows, "license": "MPL-2.0"}))
    assert expected == written(tmp_path / "a")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("name = ", "error[template-answers]: the answers are no TOML: "),
        ("names = 'x'", "error[template-answers]: 'names' is no answer"),
        ("name = 1", "error[template-answers]: name is no text"),
    ],
)
def test_answers_that_cannot_be_read(tmp_path: Path, text: str, told: str) -> None:
    """What is wrong with the file is told, and nothing is written."""
    file = tmp_path / "answers.toml"
    file.write_text(text, "utf-8")
    arguments = ["--template", "hatchling", "--answers", str(file), *OPTIONS]
    result = invoke("new", str(tmp_path / "a"), *arguments)
    assert 1 == result.exit_code
    assert told in result.stderr
    assert not (tmp_path / "a").exists()


def test_answers_in_another_encoding(tmp_path: Path) -> None:
    """A file that is no UTF-8 is refused, and a mark that Windows' editor puts first is none of it."""
    file = tmp_path / "answers.toml"
    arguments = ["--template", "hatchling", "--answers", str(file), *OPTIONS]
    file.write_bytes(b"# caf\xe9\n")
    result = invoke("new", str(tmp_path / "a"), *arguments)
    said = "Error: the file of answers is no UTF-8: byte 6 is none\n"
    assert (1, said) == (result.exit_code, result.stderr)
    assert not (tmp_path / "a").exists()
    file.write_bytes('\ufefflicense = "MIT"\r\n'.encode())
    assert 0 == invoke("new", str(tmp_path / "a"), *arguments).exit_code
    assert b"MIT" in (tmp_path / "a" / "LICENSE").read_bytes()


def test_whoever_stops_reading_gets_every_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A pipe that closes after a line, as that of head, leaves no half of a project."""

    def closed(*_: object, **__: object) -> None:
        raise BrokenPipeError

    monkeypatch.setattr(command, "say", closed)
    invoke("new", str(tmp_path / "a"), "--template", "hatchling", *OPTIONS)
    assert whole(HATCHLING, Answers(**SAID)) == written(tmp_path / "a")


def test_bad_answers(tmp_path: Path) -> None:
    """An error is told with its answer, and nothing is written."""
    arguments = ["--template", "hatchling", *OPTIONS, "--name", "json", "--layout", "deep"]
    result = invoke("new", str(tmp_path / "a"), *arguments)
    assert 1 == result.exit_code
    assert "error[template-name-module]: json is a module of the standard library" in result.stderr
    assert " --> layout:1:1\n  1 | deep\n" in result.stderr
    assert not (tmp_path / "a").exists()


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    """A file in the way stays, is named, and no other is written; the first few are named."""
    tmp_path.joinpath("LICENSE").write_text("mine", "utf-8")
    tmp_path.joinpath("other").write_text("mine", "utf-8")
    arguments = ["new", str(tmp_path), "--template", "hatchling", *OPTIONS]
    result = invoke(*arguments)
    assert 1 == result.exit_code
    told = f"{tmp_path / 'LICENSE'} is there already\nnothing was written\n"
    assert told == result.stderr
    assert {"LICENSE": b"mine", "other": b"mine"} == written(tmp_path)
    tmp_path.joinpath("LICENSE").unlink()
    assert 0 == invoke(*arguments).exit_code
    again = invoke(*arguments).stderr.splitlines()
    more = len(whole(HATCHLING, Answers())) - command._MOST_NAMED
    assert command._MOST_NAMED + 1 == len(again)
    assert f"{more} more are, and nothing was written" == again[-1]


def test_a_folder_that_is_a_file(tmp_path: Path) -> None:
    """Where a folder cannot be made, that is told."""
    tmp_path.joinpath("docs").write_text("mine", "utf-8")
    result = invoke("new", str(tmp_path), "--template", "hatchling", *OPTIONS)
    assert 1 == result.exit_code
    assert result.stderr.startswith("cannot write: ")
    assert "mine" == tmp_path.joinpath("docs").read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "say which with --template; trigpoint templates lists them"),
        (["--template", "x"], "no template is called x: there are hatchling, "),
        (["--template", "hatchling"], "say --name, --author, --email, --account, --description,"),
        (["--template", "hatchling", *OPTIONS[2:]], "say --name, or put"),
        (["a", "--template", "hatchling"], "say --author, --email, --account, --description,"),
    ],
)
def test_what_must_be_said(arguments: list[str], told: str) -> None:
    """Without a terminal nobody is asked."""
    result = invoke("new", *arguments, stdin="")
    assert 2 == result.exit_code
    assert told in result.stderr


@pytest.mark.usefixtures("terminal")
def test_questions(tmp_path: Path) -> None:
    """On a terminal the rest is asked, again where it cannot be; a choice has a default."""
    typed = ["hatchling", "json", "hat-stand", "Eric", "eric@example.com", "eric9", "Hold hats."]
    typed += ["MIT", "", "flat", "none", ""]
    result = invoke("new", str(tmp_path / "a"), "--ci", "none", stdin="\n".join([*typed, ""]))
    assert 0 == result.exit_code
    assert "json is a module of the standard library" in result.stderr
    assert "  flat: The package lies beside" in result.stdout
    assert "Continuous integration" not in result.stdout
    wanted = Answers(
        **SAID, license="MIT", layout="flat", docs="none", ci="none", versioning="static"
    )
    assert whole(HATCHLING, wanted) == written(tmp_path / "a")


@pytest.mark.usefixtures("terminal")
def test_question_for_the_name(tmp_path: Path) -> None:
    """The name of the folder is offered, and Enter takes it; --example asks for nothing."""
    folder = tmp_path / "hat-stand"
    arguments = ["new", str(folder), "--template", "script", *OPTIONS[2:]]
    result = invoke(*arguments, stdin="\n\n\n")
    assert 0 == result.exit_code
    assert "Name of the project [hat-stand]: " in result.stdout
    assert {"LICENSE", "README.md", "hat_stand.py", RECORD} == set(written(folder))
    silent = invoke("new", str(tmp_path / "b"), "--template", "script", "--example")
    assert 0 == silent.exit_code
    assert "Name of the project" not in silent.stdout


@pytest.mark.usefixtures("terminal")
def test_no_question_without_a_choice(tmp_path: Path) -> None:
    """An option with one answer is not asked, nor is anything where all texts are said."""
    typed = ["Eric", "", ""]
    arguments = ["--template", "script", *OPTIONS[:2], *OPTIONS[4:]]
    result = invoke("new", str(tmp_path / "a"), *arguments, stdin="\n".join([*typed, ""]))
    assert 0 == result.exit_code
    assert "Layout" not in result.stdout
    assert {"LICENSE", "README.md", "hat_stand.py", RECORD} == set(written(tmp_path / "a"))
    silent = invoke("new", str(tmp_path / "b"), "--template", "hatchling", *OPTIONS)
    assert 0 == silent.exit_code
    assert "License [" not in silent.stdout


def test_what_fits() -> None:
    """The template that fits, why, and what fits as well, by what the project is."""
    out = invoke("templates", "--fit", "--wish", "alone", "--wish", "data").stdout
    choice = choose("", ["alone", "data"])
    expected = [f"{choice.template}: {templates()[choice.template].title}"]
    expected += [f"  {reason}" for reason in choice.reasons]
    expected += [f"or {name}: {templates()[name].title}" for name in choice.others]
    assert expected == out.splitlines()
    assert invoke("templates", "--fit", "--language", "rust").stdout.startswith("maturin-rust: ")
    assert invoke("templates", "--fit").stdout.startswith("hatchling: ")


@pytest.mark.parametrize("option", [("--language", "c"), ("--wish", "uv")])
def test_questions_go_with_fit(option: tuple[str, str]) -> None:
    """Alone they would change nothing, which nobody means."""
    ran = invoke("templates", *option)
    assert ran.exit_code == 2
    assert "--language and --wish go with --fit" in ran.stderr


@pytest.mark.parametrize("option", [("--language", "cobol"), ("--wish", "x"), ("--language", "")])
def test_unknown_answers_to_the_questions(option: tuple[str, str]) -> None:
    """They are refused with a list of what there is."""
    ran = invoke("templates", "--fit", *option)
    assert ran.exit_code == 2
    assert "is not one of" in ran.stderr


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A project without documentation."""
    invoke("new", str(tmp_path / "x"), "--template", "hatchling", "--docs", "none", *OPTIONS)
    return tmp_path / "x"


def test_update(made: Path) -> None:
    """It says what becomes of each file, first without doing it, and then nothing is to be done."""
    before = written(made)
    result = invoke("update", str(made), "--docs", "sphinx", "--dry-run")
    assert (0, before) == (result.exit_code, written(made))
    assert "docs/conf.py  new in the template\n" in result.stdout
    assert "files would change." in result.stdout
    result = invoke("update", str(made), "--docs", "sphinx")
    answers = Answers(**SAID, docs="sphinx")
    assert whole(HATCHLING, answers) == written(made)
    again = invoke("update", str(made))
    assert (0, "Nothing is to be done.\n") == (again.exit_code, again.stdout)


def test_update_leaves_edits(made: Path) -> None:
    """A file with other lines here and there stays, is named, and the exit status says so."""
    (made / "pyproject.toml").write_text("# mine\n")
    result = invoke("update", str(made), "--python", "3.13")
    assert 1 == result.exit_code
    beside = "pyproject.toml  changed in the same lines here and in the template: see"
    assert f"{beside} pyproject.toml.new\n" in result.stdout
    assert "# mine\n" == (made / "pyproject.toml").read_text()


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="there are no links here")
def test_update_to_another_layout(made: Path) -> None:
    """What stays behind is named with its new place, and the exit status says so."""
    package = next(made.glob("src/*/py.typed")).parent
    (package / "own.py").write_text("")
    package.joinpath("__init__.py").write_text("MINE = 1\n")
    result = invoke("update", str(made), "--layout", "flat")
    assert 1 == result.exit_code
    name = package.name
    assert f"src/{name}/own.py  yours, in a folder that the template moved: " in result.output
    assert f"moved to {name}/__init__.py in the template, but changed here" in result.output
    again = invoke("update", str(made), "--dry-run")
    assert "Nothing is to be done." in again.output


def test_update_leaves_links(made: Path, tmp_path: Path) -> None:
    """A symbolic link stays one, is named, and the exit status says so; a linked record ends it."""
    there = (made / "pyproject.toml").rename(tmp_path / "elsewhere.toml")
    (made / "pyproject.toml").symlink_to(there)
    before = there.read_text()
    result = invoke("update", str(made), "--python", "3.13")
    assert 1 == result.exit_code
    assert "pyproject.toml  changed in the template, but a link here" in result.stdout
    assert (True, before) == ((made / "pyproject.toml").is_symlink(), there.read_text())
    (made / ".trigpoint.toml").rename(tmp_path / "record.toml")
    (made / ".trigpoint.toml").symlink_to(tmp_path / "record.toml")
    result = invoke("update", str(made), "--python", "3.12")
    assert 1 == result.exit_code
    assert "cannot write: [Errno" in result.stderr
    assert "a symbolic link, in place of which nothing is written" in result.stderr


def test_update_names_the_file_that_it_writes(made: Path) -> None:
    """Where one of that name holds something else, the place is another, and it is that one."""
    (made / "pyproject.toml").write_text("# mine\n")
    (made / "pyproject.toml.new").write_text("mine, too")
    result = invoke("update", str(made), "--python", "3.13")
    assert " see pyproject.toml.new1\n" in result.stdout
    assert b"3.13" in (made / "pyproject.toml.new1").read_bytes()


@pytest.mark.parametrize(
    ("record", "message"),
    [
        (None, "cannot be read, and only trigpoint new writes it"),
        (b"\xff", ".trigpoint.toml is no UTF-8: byte 1 is none"),
        (b"template = 'x'", "'x' is no template"),
    ],
)
def test_update_without_a_record(tmp_path: Path, record: bytes | None, message: str) -> None:
    """What is no record is said, and nothing is written."""
    if record is not None:
        (tmp_path / RECORD).write_bytes(record)
    result = invoke("update", str(tmp_path))
    assert 1 == result.exit_code
    assert message in result.stderr
    assert "Traceback" not in result.output


def test_update_where_an_answer_is_refused_since(made: Path) -> None:
    """The record's line is shown, and the option that the fix names does it."""
    path = made / ".trigpoint.toml"
    text = path.read_text()
    line = next(each for each in text.splitlines() if each.startswith("author"))
    bad = 'author = "Ada, PhD"'
    path.write_text(text.replace(line, bad))
    result = invoke("update", str(made))
    assert 1 == result.exit_code
    assert bad in result.output
    assert "trigpoint update --author" in result.output
    assert 0 == invoke("update", str(made), "--author", "Ada Byron").exit_code
    assert "Ada Byron" in (made / "LICENSE").read_text()


def test_update_to_bad_answers(made: Path) -> None:
    """A name cannot change so, and an answer that cannot be is said."""
    before = written(made)
    for arguments, code in (("--name", "other"), "template-renamed"), (("--python", "2"), "choice"):
        result = invoke("update", str(made), *arguments)
        assert 1 == result.exit_code
        assert code in result.stderr
    assert before == written(made)
