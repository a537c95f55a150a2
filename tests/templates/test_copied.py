"""What copier asks for is made from the catalogue, and its script writes what we write."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from trigpoint.projects.templates import Answers, templates, whole

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "templates" / "copied.py"


def copied(asked: str, cwd: Path) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, SCRIPT, asked], cwd=cwd, capture_output=True, check=False
    )


def test_questions_are_those_of_the_catalogue(tmp_path: Path) -> None:
    """``copier.yml`` is what the script prints."""
    found = copied("--questions", tmp_path)
    assert (ROOT / "copier.yml").read_text("utf-8") == found.stdout.decode().replace("\r\n", "\n")


def test_files_are_those_of_the_template(tmp_path: Path) -> None:
    """With what copier adds to the answers, the project is the same to the byte."""
    said = {"_commit": "1.0", "_src_path": "x", "template": "script", "name": "My.Pkg-9", "ci": ""}
    assert 0 == copied(json.dumps(said), tmp_path).returncode
    found = {
        each.relative_to(tmp_path).as_posix(): each.read_bytes()
        for each in tmp_path.rglob("*")
        if each.is_file()
    }
    assert whole(templates()["script"], Answers(name="My.Pkg-9")) == found


def test_wrong_answers_are_told(tmp_path: Path) -> None:
    """An answer that cannot be ends the script with words, and nothing is written."""
    said = {"template": "script", "name": "no name", "author": "Ada, PhD"}
    found = copied(json.dumps(said), tmp_path)
    assert 1 == found.returncode
    told = found.stderr.decode().splitlines()
    assert ["name", "author"] == [line.partition(": ")[0] for line in told]
    assert told[1].endswith("; write one name, without what the comma begins")
    assert [] == list(tmp_path.iterdir())
