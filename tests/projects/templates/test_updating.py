"""A project is brought to other answers or a newer template, and no edit is lost."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trigpoint.projects.templates import (
    BESIDE,
    RECORD,
    Answers,
    BadAnswersError,
    FileChange,
    Record,
    carry_out,
    read_record,
    render,
    templates,
    update,
    write_record,
)
from trigpoint.projects.templates.updating import MOST_RECORD, blob

HATCHLING = templates()["hatchling"]
ANSWERS = Answers(name="hat-stand", docs="none")
WITH_DOCS = replace(ANSWERS, docs="sphinx", python="3.13")

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def git(folder: Path, *arguments: str) -> str:
    who = ("-c", "user.name=a", "-c", "user.email=a@example.org")
    ran = subprocess.run(
        ["git", *who, *arguments], cwd=folder, check=True, capture_output=True, text=True
    )
    return ran.stdout


def write(folder: Path, files: dict[str, bytes]) -> None:
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)


def written(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file() and ".git" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def record(answers: Answers = ANSWERS) -> Record:
    found, findings = read_record(write_record(HATCHLING, answers).decode())
    assert found is not None, findings
    return found


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A new project without documentation."""
    write(tmp_path, render(HATCHLING, ANSWERS) | {RECORD: write_record(HATCHLING, ANSWERS)})
    return tmp_path


def test_nothing_to_do(project: Path) -> None:
    """With the same template and answers nothing changes, whatever was edited or deleted."""
    (project / "README.md").write_text("Mine.")
    (project / "noxfile.py").unlink()
    assert [] == update(project, record(), ANSWERS)


@pytest.mark.parametrize("template", ["hatchling", "maturin-rust", "skbuild-cython"])
def test_other_answers(tmp_path: Path, template: str) -> None:
    """What nobody edited becomes what a new project with the new answers is."""
    made = templates()[template]
    write(tmp_path, render(made, ANSWERS))
    found, _ = read_record(write_record(made, ANSWERS).decode())
    assert found is not None
    new = write_record(made, WITH_DOCS)
    carry_out(tmp_path, update(tmp_path, found, WITH_DOCS), new)
    assert render(made, WITH_DOCS) | {RECORD: new} == written(tmp_path)


@needs_git
def test_edits_stay(project: Path) -> None:
    """Other lines are merged; the same lines stay, and the template's text is beside them."""
    table = project / "pyproject.toml"
    table.write_text(table.read_text() + "\n[tool.mine]\nkey = 1\n")
    flow = next((project / ".github" / "workflows").glob("*.yml"))
    flow.write_text("name: mine\n")
    inside = flow.relative_to(project).as_posix()
    steps = {each.path: each.change for each in update(project, record(), WITH_DOCS)}
    assert (FileChange.MERGED, FileChange.BESIDE) == (steps["pyproject.toml"], steps[inside])
    made = update(project, record(), WITH_DOCS)
    carry_out(project, made, write_record(HATCHLING, WITH_DOCS))
    new = render(HATCHLING, WITH_DOCS)
    assert new["pyproject.toml"].decode() + "\n[tool.mine]\nkey = 1\n" == table.read_text()
    assert ("name: mine\n", new[inside]) == (
        flow.read_text(),
        flow.with_name(flow.name + BESIDE).read_bytes(),
    )


def test_without_git(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What both changed is no merge there, and stays."""
    table = project / "pyproject.toml"
    table.write_text(table.read_text() + "\n[tool.mine]\n")
    monkeypatch.setenv("PATH", "")
    steps = {each.path: each.change for each in update(project, record(), WITH_DOCS)}
    assert FileChange.BESIDE == steps["pyproject.toml"]


@needs_git
def test_a_template_of_then_is_taken_from_history(project: Path) -> None:
    """An older template's text, which nothing renders any more, is one that git has."""
    table = project / "pyproject.toml"
    old = b"# of then\n" + table.read_bytes()
    table.write_bytes(old)
    git(project, "init", "-q")
    git(project, "add", ".")
    git(project, "commit", "-qm", "then")
    then = replace(record(), files={**record().files, "pyproject.toml": blob(old)})
    table.write_bytes(old + b"[tool.mine]\n")
    [step] = update(project, then, ANSWERS)
    assert ("pyproject.toml", FileChange.MERGED) == (step.path, step.change)
    assert render(HATCHLING, ANSWERS)["pyproject.toml"] + b"[tool.mine]\n" == step.content
    shutil.rmtree(project / ".git")
    [step] = update(project, then, ANSWERS)
    assert FileChange.BESIDE == step.change


@needs_git
def test_names_of_contents(tmp_path: Path) -> None:
    """They are git's own."""
    (tmp_path / "x").write_bytes(b"snow\r\n\0")
    assert git(tmp_path, "hash-object", "--no-filters", "x").strip() == blob(b"snow\r\n\0")


def test_files_that_go(tmp_path: Path) -> None:
    """What the template has no more goes, unless somebody edited it; what was deleted stays so."""
    write(tmp_path, render(HATCHLING, WITH_DOCS))
    (tmp_path / "docs" / "index.md").write_text("Mine.")
    (tmp_path / "LICENSE").unlink()
    steps = update(tmp_path, record(WITH_DOCS), replace(ANSWERS, license="MIT"))
    becomes = {each.path: each.change for each in steps}
    assert FileChange.KEPT == becomes["docs/index.md"]
    assert FileChange.REMOVED == becomes["docs/conf.py"]
    assert FileChange.DELETED == becomes["LICENSE"]
    carry_out(tmp_path, steps, b"")
    assert ("Mine.", False, False) == (
        (tmp_path / "docs" / "index.md").read_text(),
        (tmp_path / "docs" / "conf.py").exists(),
        (tmp_path / "LICENSE").exists(),
    )


def test_what_is_beside_already_stays(project: Path) -> None:
    """A second text beside a file takes the next name, and the same text no other one."""
    (project / "README.md").write_text("Mine.")
    other = replace(record(), files={**record().files, "README.md": blob(b"then")})
    (project / f"README.md{BESIDE}").write_text("also mine")
    for _ in range(2):
        carry_out(project, update(project, other, ANSWERS), b"")
    names = sorted(each.name for each in project.glob("README*"))
    assert ["README.md", "README.md.new", "README.md.new1"] == names
    assert "also mine" == (project / "README.md.new").read_text()


def test_the_place_beside_is_told(project: Path) -> None:
    """A step says where the template's text goes, before anything is written."""
    (project / "README.md").write_text("Mine.")
    other = replace(record(), files={**record().files, "README.md": blob(b"then")})
    (project / f"README.md{BESIDE}").write_text("also mine")
    steps = update(project, other, ANSWERS)
    assert [f"README.md{BESIDE}1"] == [each.beside for each in steps]
    carry_out(project, steps, b"")
    assert (project / f"README.md{BESIDE}1").read_bytes() == steps[0].content


@needs_git
def test_line_ends_of_windows_are_no_edit(project: Path) -> None:
    """A file that git gave other line ends is brought to the template, and keeps its line ends."""
    new = render(HATCHLING, replace(WITH_DOCS, license="MIT", ci="none"))
    for path in written(project).keys() - {RECORD}:
        file = project / path
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    table = project / "pyproject.toml"
    table.write_bytes(table.read_bytes() + b"[tool.mine]\r\n")
    was = written(project)
    steps = update(project, record(), replace(WITH_DOCS, license="MIT", ci="none"))
    changes = {each.path: each.change for each in steps}
    assert (FileChange.MERGED, FileChange.CHANGED, FileChange.ADDED, FileChange.REMOVED) == (
        changes["pyproject.toml"],
        changes["LICENSE"],
        changes["docs/conf.py"],
        changes[".github/workflows/ci.yml"],
    )
    carry_out(project, steps, was[RECORD])
    now = written(project)
    assert now["LICENSE"] == new["LICENSE"].replace(b"\n", b"\r\n")
    assert now["docs/conf.py"] == new["docs/conf.py"]
    assert now["pyproject.toml"].count(b"\n") == now["pyproject.toml"].count(b"\r\n")
    assert now["pyproject.toml"].endswith(b"[tool.mine]\r\n")
    assert now.keys() - {RECORD} == new.keys()


def test_line_ends_of_both_kinds_are_an_edit(project: Path) -> None:
    """A file in which somebody changed a single line end is one that was edited."""
    license_ = project / "LICENSE"
    license_.write_bytes(license_.read_bytes().replace(b"\n", b"\r\n", 1))
    steps = update(
        project, replace(record(), files={**record().files}), replace(ANSWERS, license="MIT")
    )
    assert [FileChange.BESIDE] == [each.change for each in steps if each.path == "LICENSE"]


def test_a_file_without_line_ends_has_none_of_windows(project: Path) -> None:
    """What is written beside it is the template's text as it is."""
    (project / "LICENSE").write_bytes(b"mine")
    answers = replace(ANSWERS, license="MIT")
    (step,) = [each for each in update(project, record(), answers) if each.path == "LICENSE"]
    assert render(HATCHLING, answers)["LICENSE"] == step.content


def test_no_empty_folder_is_left(project: Path) -> None:
    """A folder whose last file goes, goes; one that holds a file of somebody's stays."""
    carry_out(project, update(project, record(), replace(ANSWERS, ci="none")), b"")
    assert not (project / ".github").exists()


def test_a_folder_with_something_in_it_stays(project: Path) -> None:
    """What the template never had is nobody's to remove."""
    (project / ".github" / "mine").write_text("")
    carry_out(project, update(project, record(), replace(ANSWERS, ci="none")), b"")
    assert ["mine"] == [each.name for each in (project / ".github").iterdir()]


def test_permissions_stay(project: Path) -> None:
    """A file that somebody made executable still is, and a new one is readable for all."""
    table = project / "pyproject.toml"
    table.chmod(0o755)
    carry_out(project, update(project, record(), WITH_DOCS), b"")
    assert (0o755, 0o644) == (
        table.stat().st_mode & 0o777,
        (project / "docs" / "conf.py").stat().st_mode & 0o777,
    )


def test_the_name_stays() -> None:
    """Another name is no update."""
    with pytest.raises(BadAnswersError) as error:
        update(Path(), record(), replace(ANSWERS, name="other"))
    assert ["template-renamed"] == [each.code for each in error.value.findings["name"]]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("= 1", "is no TOML"),
        ("x = " + "[" * 5000, "is no TOML of ours"),
        ("", "names no template"),
        ("template = 1", "1 is no template"),
        ("template = 'none'", "'none' is no template"),
        ("template = 'hatchling'", "no answers"),
        ("template = 'hatchling'\n[answers]\nname = 1", "name is no text"),
        ("template = 'hatchling'\n[answers]\nother = 'x'", "'other' is no answer"),
        ("template = 'hatchling'\n[answers]\nname = 'json'\n[files]", "standard library"),
        ("template = 'hatchling'\n[answers]", "which files"),
        ("template = 'hatchling'\n[answers]\n[files]\na = 1", "which files"),
        ("template = 'hatchling'\n[answers]\n[files]\n'../a' = ''", "'../a' is no file"),
        ("template = 'hatchling'\n[answers]\n[files]\n'/a' = ''", "'/a' is no file"),
        ("template = 'hatchling'\n[answers]\n[files]\n'a\\b' = ''", "is no file"),
        ("#" * (MOST_RECORD + 1), "has more than"),
    ],
)
def test_bad_records(text: str, message: str) -> None:
    """What is no record is an error, and says what is wrong."""
    found, [finding] = read_record(text)
    assert found is None
    assert message in finding.message


def with_comma(text: bytes) -> str:
    """Return the record *text* as it was written while an author could have a comma."""
    return text.decode().replace('author = "Ada Example"', 'author = "Ada Example, PhD"')


@pytest.mark.parametrize(
    ("was", "becomes", "shown", "way"),
    [
        ('"Ada Example"', '"Ada, PhD"', '"Ada, PhD"', "trigpoint update --author"),
        ('python = "3.11"', "python = 3.11", "3.11", "trigpoint update --python"),
        ('name = "hat-stand"', 'name = "json"', '"json"', "history"),
        ("[answers]", "[answers]\nother = 1", "1", "history"),
        ("[answers]", "=", "=", "history"),
    ],
)
def test_bad_records_are_told_at_their_place(was: str, becomes: str, shown: str, way: str) -> None:
    """The place is one in the record, and the way out one that there is."""
    text = write_record(HATCHLING, ANSWERS).decode()
    assert was in text
    text = text.replace(was, becomes, 1)
    _, [finding] = read_record(text)
    assert finding.span is not None
    assert finding.fix is not None
    assert shown == text[finding.span.start : finding.span.end]
    assert way in finding.fix.message


def test_an_answer_that_is_refused_since_is_replaced(project: Path) -> None:
    """Another answer brings every file that nobody edited to it; an edited one stays."""
    text = with_comma(write_record(HATCHLING, ANSWERS))
    found, [finding] = read_record(text)
    assert (None, "template-text") == (found, finding.code)
    found, findings = read_record(text, {"author": "Ada Byron"})
    assert ("Ada Example, PhD", []) == (found and found.answers.author, findings)
    assert found is not None
    (project / "LICENSE").write_text("Mine.")
    wanted = replace(ANSWERS, author="Ada Byron")
    steps = {each.path: each for each in update(project, found, wanted)}
    assert FileChange.BESIDE == steps["LICENSE"].change
    assert FileChange.CHANGED == steps["pyproject.toml"].change
    assert render(HATCHLING, wanted)["pyproject.toml"] == steps["pyproject.toml"].content


def test_the_longest_record() -> None:
    """One of as many letters as are read is read."""
    text = write_record(HATCHLING, ANSWERS).decode()
    assert (record(), []) == read_record(text + "#" * (MOST_RECORD - len(text)))


@given(st.text(st.characters(codec="utf-8"), max_size=40))
def test_every_answer_comes_back(text: str) -> None:
    """What the record says of the answers is what they were."""
    answers = replace(ANSWERS, author=text)
    try:
        made = write_record(HATCHLING, answers)
    except BadAnswersError:
        return
    found, findings = read_record(made.decode())
    assert (answers, []) == (found and found.answers, findings)


# -- another layout -----------------------------------------------------------------------


@pytest.mark.parametrize(("was", "wanted"), [("src", "flat"), ("flat", "src")])
def test_another_layout(tmp_path: Path, was: str, wanted: str) -> None:
    """What is edited or added in the package is named with the place that it has to go to."""
    before, after = replace(ANSWERS, layout=was), replace(ANSWERS, layout=wanted)
    prefix, new = ("src/", "") if was == "src" else ("", "src/")
    write(tmp_path, render(HATCHLING, before))
    package = tmp_path / prefix / "hat_stand"
    (package / "__init__.py").write_text("MINE = 1\n")
    write(package, {"own.py": b"", "data/own.csv": b"", "__pycache__/own.pyc": b""})
    steps = update(tmp_path, record(before), after)
    stays = (FileChange.KEPT, FileChange.LEFT)
    assert [
        (FileChange.KEPT, f"{prefix}hat_stand/__init__.py", f"{new}hat_stand/__init__.py"),
        (FileChange.LEFT, f"{prefix}hat_stand/data/own.csv", f"{new}hat_stand/data/own.csv"),
        (FileChange.LEFT, f"{prefix}hat_stand/own.py", f"{new}hat_stand/own.py"),
    ] == [(each.change, each.path, each.beside) for each in steps if each.change in stays]
    carry_out(tmp_path, steps, write_record(HATCHLING, after))
    assert "MINE = 1\n" == (package / "__init__.py").read_text()
    assert (package / "own.py").is_file()
    assert not (package / "py.typed").exists()
    assert (tmp_path / new / "hat_stand" / "py.typed").is_file()


def test_a_file_that_is_kept_goes_nowhere(tmp_path: Path) -> None:
    """Where the layout stays, nothing is said of another place."""
    write(tmp_path, render(HATCHLING, WITH_DOCS))
    write(tmp_path / "docs", {"index.md": b"Mine.", "own.md": b""})
    steps = update(tmp_path, record(WITH_DOCS), ANSWERS)
    assert [""] == [each.beside for each in steps if each.change is FileChange.KEPT]
    assert FileChange.LEFT not in [each.change for each in steps]


# -- symbolic links -----------------------------------------------------------------------

needs_links = pytest.mark.skipif(not hasattr(os, "symlink"), reason="there are no links here")


def linked(project: Path, path: str, outside: Path) -> Path:
    """Move the file or folder at *path* of *project* to *outside*, and put a link in its place."""
    shutil.move(project / path, outside)
    (project / path).symlink_to(outside)
    return outside


@needs_links
@pytest.mark.parametrize("edited", [False, True])
def test_a_link_stays(
    project: Path, tmp_path_factory: pytest.TempPathFactory, edited: bool
) -> None:
    """Neither it nor what it leads to is written, whoever edited that."""
    there = linked(project, "pyproject.toml", tmp_path_factory.mktemp("out") / "pyproject.toml")
    if edited:
        there.write_text("# Mine.\n")
    text = there.read_bytes()
    steps = update(project, record(), WITH_DOCS)
    assert [FileChange.LINKED] == [each.change for each in steps if each.path == "pyproject.toml"]
    carry_out(project, steps, write_record(HATCHLING, WITH_DOCS))
    assert (True, text) == ((project / "pyproject.toml").is_symlink(), there.read_bytes())
    assert not list(project.glob(f"pyproject.toml{BESIDE}*"))
    assert write_record(HATCHLING, WITH_DOCS) == (project / RECORD).read_bytes()


@needs_links
def test_what_lies_behind_a_link_stays(
    project: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A folder that is a link is another project's, and gets no file."""
    there = linked(project, ".github", tmp_path_factory.mktemp("out") / "github")
    before = written(there)
    steps = update(project, record(), WITH_DOCS)
    found = [each.change for each in steps if each.path.startswith(".github/")]
    assert {FileChange.LINKED} == set(found)
    carry_out(project, steps, write_record(HATCHLING, WITH_DOCS))
    assert before == written(there)


@needs_links
def test_a_link_to_nothing_stays(project: Path) -> None:
    """Of a file that is new in the template as well."""
    (project / ".readthedocs.yaml").symlink_to("nowhere")
    steps = update(project, record(), WITH_DOCS)
    assert FileChange.LINKED in [each.change for each in steps if each.path == ".readthedocs.yaml"]
    carry_out(project, steps, write_record(HATCHLING, WITH_DOCS))
    assert (project / ".readthedocs.yaml").is_symlink()


@needs_links
def test_a_link_that_has_the_text_is_no_news(
    project: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Where nothing would change, nothing is said; what the template lost is kept."""
    linked(project, "README.md", tmp_path_factory.mktemp("out") / "README.md")
    assert [] == update(project, record(), ANSWERS)
    carry_out(project, update(project, record(), WITH_DOCS), write_record(HATCHLING, WITH_DOCS))
    linked(project, ".readthedocs.yaml", tmp_path_factory.mktemp("out") / "rtd.yaml")
    back = update(project, record(WITH_DOCS), ANSWERS)
    assert [FileChange.KEPT] == [each.change for each in back if each.path == ".readthedocs.yaml"]


@needs_links
def test_the_place_beside_is_no_link(project: Path) -> None:
    """The template's text goes to the next name that nothing has, not even a link to nothing."""
    (project / "pyproject.toml").write_text("mine = true\n")
    (project / f"pyproject.toml{BESIDE}").symlink_to("nowhere")
    steps = update(project, record(), WITH_DOCS)
    assert [f"pyproject.toml{BESIDE}1"] == [each.beside for each in steps if each.beside]


@needs_links
@pytest.mark.parametrize("path", [RECORD, "pyproject.toml"])
def test_a_link_that_came_in_between(project: Path, path: str) -> None:
    """One that is found when the steps are carried out stops them all."""
    steps = update(project, record(), WITH_DOCS)
    (project / path).rename(project / "elsewhere")
    (project / path).symlink_to("elsewhere")
    before = written(project)
    with pytest.raises(OSError, match="a symbolic link"):
        carry_out(project, steps, write_record(HATCHLING, WITH_DOCS))
    assert before == written(project)
