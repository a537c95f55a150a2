"""The build lab: a plan, a build, and what landed where."""

from __future__ import annotations

import base64
import io
import json
import zipfile
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from trigpoint import labs
from trigpoint.labs.builds import answer as module
from trigpoint.labs.builds import data, words
from trigpoint.labs.builds.answer import MOST_LETTERS, answer_tree
from trigpoint.labs.builds.keeping import MOST_KEPT, keep, kept
from trigpoint.projects.builds import Built, Outcome, Tree, run_hooks
from trigpoint.projects.builds.apart import run_apart
from trigpoint.projects.builds.shelf import VARIABLE

from ..projects.builds.test_plan import project
from ..projects.builds.toy import PROJECT, TREE, fill, wheel

FILES = """\
src/toy/__init__.py
src/toy/data.txt
    x
src/toy/gone.lost
tests/test_toy.py
"""
REQUEST = {"text": PROJECT.decode(), "files": FILES}


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "shelf"
    folder.mkdir()
    monkeypatch.setenv(VARIABLE, str(fill(folder)))
    # As in a page; a process each would take a second.
    monkeypatch.setattr(module, "runner", lambda: run_hooks)
    module._built.cache_clear()
    return folder


def zipped(files: dict[str, bytes]) -> str:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for path, content in files.items():
            archive.writestr(path, content)
    return base64.b64encode(file.getvalue()).decode()


def answer(**request: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(labs.answer("builds", json.dumps(request)))
    return found


def codes(found: dict[str, Any]) -> list[str]:
    return [each["code"] for each in found["findings"]]


# -- building -------------------------------------------------------------------------------


def test_a_project_is_built(shelf: Path) -> None:
    """Wheel and sdist come with their files, and each file of the project with its place."""
    found = labs.run("builds", REQUEST)
    assert (True, False, None) == (found["ran"], found["refused"], found["waiting"])
    packages = {each["kind"]: each for each in found["packages"]}
    assert ["wheel", "sdist"] == list(packages)
    assert ("toy-1-py3-none-any.whl", 4) == (packages["wheel"]["name"], packages["wheel"]["count"])
    with zipfile.ZipFile(io.BytesIO(base64.b64decode(packages["wheel"]["data"]))) as archive:
        assert "toy/data.txt" in archive.namelist()
    assert [("toy>=1", "toy 2.0", "")] == [tuple(each.values()) for each in found["asked"]]
    assert ["src/toy/gone.lost"] == [
        each["path"] for each in found["landed"] if each["package"] and not each["wheel"]
    ]
    assert ["build-data-missing"] == [each["code"] for each in found["findings"]]


def test_the_page_of_a_build(shelf: Path) -> None:
    """Everything is in the fragment: findings first, files, entry points, METADATA and the log."""
    found = answer(**REQUEST)
    html = found["html"]
    assert (
        "toy_backend built toy-1-py3-none-any.whl with 4 files; 1 file of its packages is missing."
        == found["summary"]
    )
    for piece in (
        'data-download="toy-1-py3-none-any.whl"',
        "Inside a package, and not in the wheel (1)",
        "in the wheel as toy/data.txt",
        "console_scripts",
        "the toy speaks",
        "Metadata-Version: 2.4",
        "→ toy 2.0",
    ):
        assert piece in html
    assert (True, None) == (found["valid"], found["needs"])


def test_the_same_build_is_remembered(shelf: Path) -> None:
    """A choice that changes nothing of the project builds nothing again."""
    answer(**REQUEST)
    answer(**REQUEST, version="1.0")
    assert 1 == module._built.cache_info().misses
    answer(**{**REQUEST, "files": FILES + "x\n"})
    assert 2 == module._built.cache_info().misses


def test_what_has_to_be_loaded(shelf: Path) -> None:
    """First the list is asked for, then the wheels that are not there, each time in words."""
    (shelf / "toy_needs-1.0-py3-none-any.whl").unlink()
    found = answer(**REQUEST)
    assert {
        "words": "Loading toy-needs 1.0",
        "files": ["toy_needs-1.0-py3-none-any.whl"],
    } == found["needs"]
    assert "toy_backend builds this project; it is being loaded." == found["summary"]
    (shelf / "toy-2.0-py3-none-any.whl").unlink()
    assert "Loading toy 2.0 and what it needs" == answer(**REQUEST)["needs"]["words"]
    (shelf / "shelf.json").unlink()
    assert {"words": "Loading the list of build backends", "files": ["shelf.json"]} == answer(
        **REQUEST
    )["needs"]


def test_who_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page runs hooks in its own process, and everything else in one of their own."""
    monkeypatch.setattr("sys.platform", "linux")
    assert run_apart is module.runner()
    monkeypatch.setattr("sys.platform", "emscripten")
    assert run_hooks is module.runner()


def test_a_late_question_is_answered(shelf: Path) -> None:
    """What a hook asks for is planned and loaded like the rest."""
    text = REQUEST["text"].replace("toy>=1", "toy-asking")
    found = labs.run("builds", {**REQUEST, "text": text})
    assert ["toy-asking", "toy-more"] == [each["text"] for each in found["asked"]]
    assert found["ran"]


def test_a_backend_that_asks_for_ever(shelf: Path) -> None:
    """After some rounds nobody goes on."""
    asked = iter(range(100))

    def asks(key: object) -> object:
        more = (f"toy-more!={next(asked)}.5",)
        return Outcome(None, None, Built(more=more), Built(), more=more)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_built", asks)
        found = labs.run("builds", REQUEST)
    assert ["the backend goes on asking for more: toy-more!=2.5"] == [
        each["message"] for each in found["findings"]
    ]
    assert not found["ran"]


def test_without_a_shelf_there_is_a_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no backend is at hand the answer says where there is one."""
    monkeypatch.delenv(VARIABLE, raising=False)
    # In a page the shelf would come.
    monkeypatch.setattr("sys.platform", "linux")
    found = answer(**REQUEST)
    assert "toy_backend builds this project." == found["summary"]
    assert words.ELSEWHERE in found["html"]


@pytest.mark.parametrize(
    ("request_", "summary", "code"),
    [
        (
            {"text": project("maturin")},
            "Nothing is built here: maturin would compile something.",
            "build-compiled",
        ),
        (
            {"text": "[project"},
            "Nothing is built here, for what the findings say.",
            "metadata-toml",
        ),
        (
            {"text": "", "files": "a.py\n"},
            "Nothing is built here, for what the findings say.",
            "build-nothing",
        ),
        ({"files": "../x\n"}, "There is no project yet.", "build-listing"),
        ({**REQUEST, "other": "make"}, None, "request-field"),
        (
            {"text": PROJECT.decode().replace("toy_backend", "nowhere")},
            "nowhere could not build a wheel of this project.",
            "build-failed",
        ),
    ],
)
def test_refusals(shelf: Path, request_: dict[str, str], summary: str | None, code: str) -> None:
    """What is not built says why, in the summary and in a finding."""
    found = answer(**request_)
    assert summary in (None, found["summary"])
    assert code in codes(found)


def test_steps_of_a_compiled_project(shelf: Path) -> None:
    """The plan says what a build would do."""
    html = answer(text=project("maturin"))["html"]
    assert "run cargo, which compiles the Rust crate (maturin in pyproject.toml)" in html


def test_git_is_named(shelf: Path) -> None:
    """Who asks git for the version is part of the plan."""
    text = project("setuptools", "", "setuptools-scm", version='dynamic = ["version"]')
    found = answer(text=text)
    assert "git, by setuptools-scm" in found["html"]
    assert "build-version" in codes(found)


# -- beside another backend -----------------------------------------------------------------


def test_beside(shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two wheels are compared by path, and their metadata by meaning."""
    other = {"hatchling": "toy_backend"}
    monkeypatch.setattr("trigpoint.projects.builds.carrying.SERVED_BACKENDS", other)
    rows = json.loads((shelf / "shelf.json").read_text())
    backend = wheel(
        "hatchling", "1", {"toy_backend.py": _other(), "hatchling/__init__.py": ""}, ("toy-needs",)
    )
    (shelf / "hatchling-1-py3-none-any.whl").write_bytes(backend)
    from dataclasses import asdict

    from trigpoint.projects.builds.shelf import entry

    rows["wheels"].append(asdict(entry(shelf / "hatchling-1-py3-none-any.whl")))
    (shelf / "shelf.json").write_text(json.dumps(rows))
    found = answer(**REQUEST, other="hatchling")
    assert "Beside it: hatchling" in found["html"]
    assert (
        "3 files in both wheels, 1 only in that of toy_backend, 1 only in that of hatchling."
        in found["html"]
    )
    assert "Only with hatchling" in found["html"]
    assert "Summary: " in found["html"]
    (shelf / "hatchling-1-py3-none-any.whl").unlink()
    module._built.cache_clear()
    assert "Loading hatchling 1" == answer(**REQUEST, other="hatchling")["needs"]["words"]


def _other() -> str:
    from ..projects.builds.toy import BACKEND

    return BACKEND.replace("Version: 1\\n", "Version: 1\\nSummary: s\\n").replace(
        'str(path.relative_to("src"))', "str(path.relative_to(\"src\")).replace('data', 'datum')"
    )


@pytest.mark.parametrize(
    ("request_", "code"),
    [
        ({**REQUEST, "files": FILES + "setup.py\n", "other": "hatchling"}, "build-carried"),
        ({**REQUEST, "other": "hatchling"}, "build-requires"),
    ],
)
def test_beside_cannot_be_built(shelf: Path, request_: dict[str, str], code: str) -> None:
    """What keeps the other backend from building is a finding, and the first one has its result."""
    found = answer(**request_)
    assert code in codes(found)
    assert "hatchling could not build this project, for what the findings say." in found["html"]
    assert "toy-1-py3-none-any.whl" in found["html"]


def test_the_same_wheel() -> None:
    """Two backends that do the same are said to."""
    side = data.SideRow("flit-core", True, (), (), 3, ())
    response = answer_tree(Tree({}))
    assert "flit-core puts the same 3 files into the wheel." == words.beside(side, response)


# -- files ----------------------------------------------------------------------------------


def test_small_projects_become_text(shelf: Path) -> None:
    """A zip of a small project is written out, so that it can be changed and linked to."""
    files = {f"toy-main/{path}": content for path, content in TREE.files.items()}
    found = answer(file={"name": "toy.zip", "data": zipped(files)})
    request = found["request"]
    assert (PROJECT.decode(), "", "") == (request["text"], request["kept"], request["file"])
    assert "src/toy/data.txt\n    x\n" in request["files"]
    assert (
        "toy_backend built toy-1-py3-none-any.whl with 4 files; 2 files of its packages are missing."
        == found["summary"]
    )


def test_other_projects_are_kept(shelf: Path) -> None:
    """What is no text, or too much of it, stays in the tab; the text lies on top of it."""
    files = {**TREE.files, "src/toy/image.bin": b"\xff\0"}
    request = answer(file={"name": "toy.zip", "data": zipped(files)})["request"]
    assert ("", 16) == (request["files"], len(request["kept"]))
    found = labs.run("builds", {**request, "files": "src/toy/more.txt\n"})
    wheel = next(each for each in found["packages"] if each["kind"] == "wheel")
    assert {"toy/image.bin", "toy/more.txt"} < {each["path"] for each in wheel["files"]}
    gone = answer(**{**request, "kept": "nothing"})
    assert "build-kept" in codes(gone)


@pytest.mark.parametrize("more", [0, 1])
def test_size_of_what_becomes_text(more: int) -> None:
    """So many letters are written out; one more and the project is kept."""
    room = MOST_LETTERS - len(PROJECT) + more
    files = {"pyproject.toml": PROJECT, "x": b"y" * (room - 1) + b"\n"}
    request = answer(file={"name": "toy.zip", "data": zipped(files)})["request"]
    assert bool(more) is bool(request["kept"])


def test_a_pyproject_alone() -> None:
    """Then only the text is changed."""
    content = base64.b64encode(b"[project]\n").decode()
    request = answer(file={"name": "pyproject.toml", "data": content}, files="x\n")["request"]
    assert ("[project]\n", "x\n") == (request["text"], request["files"])


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.zip", "!", "request-file"),
        ("a.zip", base64.b64encode(b"\x7fELF").decode(), "archive-truncated"),
        ("a.zip", zipped({}), "archive-kind"),
    ],
)
def test_files_that_hold_no_project(name: str, content: str, code: str) -> None:
    """A file that cannot be used comes back with what is wrong with it."""
    found = answer(file={"name": name, "data": content})
    assert code in codes(found)
    assert found["request"]["file"]["problem"]
    assert "There is no project yet." == found["summary"]


def test_what_is_doubtful_about_an_archive_is_said() -> None:
    """The project is read as far as that goes."""
    found = answer(file={"name": "a.zip", "data": zipped({"pyproject.toml": PROJECT, "../x": b""})})
    assert "archive-name-outside" in codes(found)
    assert found["request"]["text"]


def test_left_out_is_said(shelf: Path) -> None:
    """Folders that tools fill are named."""
    files = {**TREE.files, ".venv/x": b""}
    found = answer(file={"name": "toy.zip", "data": zipped(files)})
    assert "Not read, because tools fill it or it is a link: .venv/." in found["html"]


def test_few_projects_are_kept() -> None:
    """The last ones are there, by content, and the others are not."""
    names = [keep(Tree({str(i): b""})) for i in range(MOST_KEPT + 1)]
    assert None is kept(names[0])
    assert all(kept(each) for each in names[1:])
    assert names[-1] == keep(Tree({str(MOST_KEPT): b""}))


# -- bounds and sharing ---------------------------------------------------------------------


@pytest.mark.parametrize("more", [0, 1])
def test_rows_and_files_are_bounded(
    shelf: Path, more: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So many files are listed and counted beyond; a large file is not carried along."""
    request = {**REQUEST, "files": FILES.replace("tests/test_toy.py\n", "")}
    found = labs.run("builds", request)
    packages = {each["kind"]: each for each in found["packages"]}
    monkeypatch.setattr(module, "MOST_ROWS", 4 - more)
    monkeypatch.setattr(words, "MOST_ROWS", 4 - more)
    monkeypatch.setattr(module, "MOST_OFFERED", packages["wheel"]["size"] - more)
    monkeypatch.setattr(module, "MOST_METADATA", 43 - more)
    [again, *_] = labs.run("builds", request)["packages"]
    assert (4 - more, 43 - more) == (len(again["files"]), len(again["metadata"]))
    assert bool(more) is not bool(again["data"])
    html = answer(**request)["html"]
    assert ("1 more are not shown." in html) is bool(more)
    assert ("It is too large to be saved from here." in html) is bool(more)


@pytest.mark.parametrize("more", [0, 1])
def test_what_was_built_opens_in_the_wheel_lab(
    more: int, shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The link hands the bytes over, up to a size that the tab has room for."""
    packages = labs.run("builds", REQUEST)["packages"]
    largest = max(len(each["data"]) for each in packages)
    monkeypatch.setattr("trigpoint.labs.builds.html.MOST_HANDED", largest - more)
    found = unescape(answer(**REQUEST)["html"])
    assert len(packages) - more == found.count('"lab": "wheels"')
    file = {"name": packages[0]["name"], "data": packages[0]["data"], "problem": ""}
    request = json.loads(labs.answer("wheels", json.dumps({"file": file})))["request"]
    assert request["text"].startswith(packages[0]["name"])


def test_share(shelf: Path) -> None:
    """The project is written down as a list; one that is kept is that of the reader's folder."""
    share = answer(**REQUEST, version="1 2", other="hatchling")["share"]
    command = share["command"]
    assert command.startswith(
        "trigpoint build --version '1 2' --beside hatchling - <<'EOF'\npyproject.toml\n    [build-system]\n"
    )
    assert command.endswith("tests/test_toy.py\nEOF")
    assert ":other:" not in share["embed"]
    assert 'other: "hatchling"' in share["embed"]
    assert 'run("builds", {' in share["python"]
    name = keep(TREE)
    assert "trigpoint build ." == answer(kept=name)["share"]["command"]


def test_sizes_in_words() -> None:
    """Bytes are counted in decimal units."""
    assert ["1.0 kB", "1.0 MB"] == [words.bytes_in_words(each) for each in (1_000, 1_000_000)]
