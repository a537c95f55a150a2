"""``trigpoint open`` says what something is, and what the lab for it answers."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from trigpoint import labs
from trigpoint.cli.app import app

METADATA = "Metadata-Version: 2.1\nName: spam\nVersion: 1\nProvides-Extra: a\n"


def invoke(*arguments: str, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(app, ["open", *arguments], input=stdin)


@pytest.mark.parametrize(
    ("text", "said", "answer", "status"),
    [
        ("os_name == 'nt'", "This is an environment marker", "Holds in 8 of 24 environments.", 0),
        ("python_verison > '3'", "This is an environment marker", "marker-unknown-variable", 1),
        ("pkg[a]", "This is a request for extras", "There is no Requires-Dist yet.", 0),
        ("error: no such option: --x", "This is what a tool printed", "1 message explained.", 0),
        (METADATA, "This is core metadata", "spam 1 states metadata version 2.1", 0),
        ("[[package]]", "No lab reads this.", "", 1),
    ],
)
def test_a_text_is_told_and_answered(text: str, said: str, answer: str, status: int) -> None:
    """As an argument and through a pipe, a text is taken for the same, and its lab answers."""
    for done in (invoke(text), invoke("-", stdin=text), invoke(stdin=text)):
        assert said in done.stdout
        assert answer in done.stdout
        assert status == done.exit_code


def test_a_reader_may_say_what_it_is() -> None:
    """The text is read as that, and a kind that is none is refused."""
    done = invoke("requests", "--as", "message")
    assert "This is what a tool printed, because you said so." in done.stdout
    assert 2 == invoke("requests", "--as", "nothing").exit_code


def test_json_is_that_of_both_labs() -> None:
    """The decision and the answer are the responses that every face gets."""
    found = json.loads(invoke("os_name == 'nt'", "--json").stdout)
    assert {
        "open": labs.run("open", {"text": "os_name == 'nt'"}),
        "lab": "markers",
        "answer": labs.run("markers", {"text": "os_name == 'nt'"}),
    } == found


def test_a_file_is_told_by_its_name(tmp_path: Path) -> None:
    """Its name counts, and its findings stand with it."""
    path = tmp_path / "METADATA"
    path.write_text(f"{METADATA}Nonsense: x\n", "utf-8")
    done = invoke(str(path))
    assert done.stdout.startswith("METADATA: this is core metadata")
    assert "METADATA:5:1" in done.stdout


def test_a_wheel_is_told(tmp_path: Path) -> None:
    """Its metadata is read, and other labs that take it are named."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as made:
        made.writestr("spam-1.dist-info/METADATA", METADATA)
    path = tmp_path / "spam-1-py3-none-any.whl"
    path.write_bytes(held.getvalue())
    done = invoke(str(path))
    assert done.stdout.startswith(f"{path.name}: this is a wheel")
    assert "  also Extras: which requirements come for which extras" in done.stdout


def test_a_folder_is_told(tmp_path: Path) -> None:
    """The files that count are named, and the first lab that takes a text answers."""
    folder = tmp_path / "spam"
    (folder / ".venv").mkdir(parents=True)
    (folder / ".venv" / "pyproject.toml").write_text("[project]\n")
    (folder / "pyproject.toml").write_text("[project]\nname = 'spam'\nversion = '1'\n")
    done = invoke(str(folder))
    assert done.stdout.startswith(
        "spam: this is the folder of a project, because it holds pyproject.toml.\n"
        "  pyproject.toml\n"
    )
    assert "Metadata: what it says, and what is wrong with it" in done.stdout
    assert "spam/pyproject.toml: spam 1 needs metadata version 1.0" in done.stdout


@pytest.mark.parametrize(
    "name",
    ["requirements.txt", "no/pyproject.toml", "x-1.whl", "x-1.tar.gz", "METADATA", "a.in"],
)
def test_a_file_that_is_not_there_is_no_requirement(name: str) -> None:
    """Whoever names one is told, and does not get the answer for a project that is called so."""
    done = invoke(name)
    assert (1, f"Error: {name}: there is no such file\n") == (done.exit_code, done.stderr)


def test_the_name_of_a_wheel_that_is_not_there_can_be_asked_about() -> None:
    """What its tags say is in the name alone."""
    done = invoke("spam-1.0-py3-none-any.whl")
    assert 1 == done.exit_code
    assert done.stderr.endswith("there is no such file; trigpoint wheel why asks about its name\n")


@pytest.mark.parametrize("text", ["a @ https://x.org/a-1.whl", "https://x.org/a-1.whl", "a.b"])
def test_addresses_of_files_are_requirements(text: str) -> None:
    """They are texts, though they end as files do."""
    assert "a requirement" in invoke(text).stdout


def test_a_link_to_nothing(tmp_path: Path) -> None:
    """It is no text, though nothing is there."""
    path = tmp_path / "spam"
    try:
        path.symlink_to("nowhere")
    except OSError:
        pytest.skip("no links can be made here")
    done = invoke(str(path))
    assert (1, f"Error: {path} is a link to nothing\n") == (done.exit_code, done.stderr)


def test_nothing_is_said_to_be_nothing(tmp_path: Path) -> None:
    """An empty text, an empty file and a folder that holds nothing of use."""
    assert (1, "There is nothing in the box yet.\n") == (invoke("").exit_code, invoke("").stdout)
    (tmp_path / "a.txt").write_text("")
    assert "a.txt: there is nothing in it yet.\n" == invoke(str(tmp_path / "a.txt")).stdout
    done = invoke(str(tmp_path))
    said = f"{tmp_path.name}: this is a folder, and no lab reads what is in it.\n"
    assert (1, said) == (done.exit_code, done.stdout)


@pytest.mark.parametrize("form", ["utf-16-le", "utf-16-be"])
def test_what_powershell_writes_is_read(tmp_path: Path, form: str) -> None:
    """A list of requirements in UTF-16 is one, as it is for pip."""
    path = tmp_path / "list.txt"
    path.write_bytes("\ufeffrequests>=2\r\nidna\r\n".encode(form))
    assert invoke(str(path)).stdout.startswith("list.txt: this is a list of requirements")


@pytest.mark.parametrize("name", ["pyproject.toml", "METADATA"])
def test_metadata_in_utf_16_stays_wrong(tmp_path: Path, name: str) -> None:
    """No tool reads it, so it is not read here as if it were right."""
    path = tmp_path / name
    path.write_bytes("\ufeff[project]\nname = 'x'\nversion = '1'\n".encode("utf-16-le"))
    assert 1 == invoke(str(path)).exit_code


@pytest.mark.parametrize("data", [b"\x89PNG", b"PK\3\4"])
def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path, data: bytes) -> None:
    """The reason is said."""
    path = tmp_path / "x.zip"
    path.write_bytes(data)
    done = invoke(str(path))
    assert (1, True) == (done.exit_code, done.stderr.startswith("Error: "))
