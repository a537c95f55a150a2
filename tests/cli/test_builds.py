"""``trigpoint build``: the answers of the lab in the terminal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from trigpoint.cli import builds as module
from trigpoint.cli.app import app
from trigpoint.labs.builds import answer
from trigpoint.projects.builds import Built, run_hooks
from trigpoint.projects.builds.shelf import VARIABLE

from ..labs.test_builds_lab import FILES
from ..projects.builds.toy import PROJECT, TREE, fill

LISTING = (
    "pyproject.toml\n" + "".join(f"    {line}\n" for line in PROJECT.decode().splitlines()) + FILES
)


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "shelf"
    folder.mkdir()
    monkeypatch.setenv(VARIABLE, str(fill(folder)))
    monkeypatch.setattr(answer, "runner", lambda: run_hooks)
    return folder


def run(*arguments: str, text: str = "") -> Result:
    return CliRunner().invoke(app, ["build", *arguments], input=text)


def test_a_list_of_files(shelf: Path) -> None:
    """Standard input holds a project as the lab writes it down."""
    found = run("-", "--log", "--beside", "flit-core", text=LISTING)
    assert 1 == found.exit_code
    for piece in (
        "toy_backend built toy-1-py3-none-any.whl with 4 files; 1 file of its packages is missing.",
        "Wheel: toy-1-py3-none-any.whl, ",
        "toy/data.txt",
        "console_scripts: toy → toy:main",
        "src/toy/gone.lost",
        "in neither",
        "the toy speaks",
        "flit-core could not build this project",
        "the build asks for flit-core, and it is not served here",
    ):
        assert piece in found.output


def test_a_project_that_is_not_there(tmp_path: Path) -> None:
    """The command was not understood."""
    found = run(str(tmp_path / "no"))
    assert (2, True) == (found.exit_code, "does not exist" in found.stderr)


def test_a_folder(shelf: Path, tmp_path: Path) -> None:
    """A project's folder is copied, and gets nothing."""
    source = tmp_path / "toy"
    for path, data in {**TREE.files, ".venv/x": b""}.items():
        (source / path).parent.mkdir(parents=True, exist_ok=True)
        (source / path).write_bytes(data)
    before = sorted(source.rglob("*"))
    found = run(str(source), "--json")
    assert 0 == found.exit_code
    response = json.loads(found.stdout)
    assert ["toy-1-py3-none-any.whl", "toy-1.tar.gz"] == [
        each["name"] for each in response["packages"]
    ]
    assert before == sorted(source.rglob("*"))
    assert "Not read, because tools fill it or it is a link: .venv/." in run(str(source)).output


def test_a_frontend_builds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where build or uv is there, it does the work; what cannot be done is refused before."""
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setattr(module, "find_frontend", lambda: ("make",))
    asked = []

    def frontend(files: object, command: object, variables: object) -> tuple[Built, Built]:
        asked.append((command, variables))
        return Built(error="no", log="words\n"), Built(error="no")

    monkeypatch.setattr(module, "run_frontend", frontend)
    found = run("-", text=LISTING)
    assert "toy_backend could not build a wheel of this project." in found.output
    # The log is there without being asked for, and no list of what is not in no wheel.
    assert "* Building the sdist\nwords\n" in found.output
    assert "Not in the wheel" not in found.output
    assert [(("make",), {})] == asked
    refused = run("-", text=LISTING.replace("toy_backend", "maturin"))
    assert (
        "A build would run cargo, which compiles the Rust crate (maturin in pyproject.toml)."
        in refused.output
    )
    assert 1 == len(asked)
    # A backend that is a program runs where a frontend does.
    assert (
        "uv-build could not build"
        in run("-", text=LISTING.replace("toy_backend", "uv_build")).output
    )
    assert 2 == len(asked)


def test_without_a_frontend(monkeypatch: pytest.MonkeyPatch) -> None:
    """Then there is a plan, and a word about where it can be built."""
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setattr(module, "find_frontend", lambda: None)
    found = run("-", text=LISTING)
    assert "The backend was not called" in found.output
    assert 0 == found.exit_code
    assert "There is no project yet." in run("-").output


def test_beside_another(shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What only one of two wheels has is listed."""
    from trigpoint.labs.builds.data import SideRow

    real = answer.answer_tree

    def with_side(*arguments: object) -> object:
        from dataclasses import replace

        side = SideRow("flit-core", True, ("a",), ("b",), 1, ("Summary: x",))
        return replace(real(*arguments), side=side)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "answer_tree", with_side)
    output = run("-", text=LISTING).output
    assert (
        "a (only with toy_backend)\nb (only with flit-core)\nSummary: x (in METADATA)\n" in output
    )
