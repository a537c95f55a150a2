"""Files that a page sends: several and folders come as one archive."""

from __future__ import annotations

import io
import zipfile

import pytest

from trigpoint.labs import controls
from trigpoint.labs.files import PROBLEMS, UnusableFileError, Upload, contents, encoded
from trigpoint.projects.folder import FOREIGN


def zipped(*paths: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as made:
        for path in paths:
            made.writestr(path, path)
    return held.getvalue()


def test_a_packed_folder_is_its_files() -> None:
    """The folder's name is the project's, and folders that tools fill are left out."""
    found = contents(encoded("spam.zip", zipped("spam/a", "spam/.venv/b", "spam/build/c")))
    assert ("spam", {"a": b"spam/a"}, (".venv", "build")) == (
        found.name,
        dict(found.files),
        found.left_out,
    )


def test_an_empty_archive_is_no_fault() -> None:
    """A folder without files is a folder."""
    assert {} == dict(contents(encoded("spam.zip", zipped())).files)


@pytest.mark.parametrize(
    ("upload", "problem"),
    [
        (Upload("spam.zip", "no base64"), "base64"),
        (encoded("spam.zip", b"PK\3\4 and nothing else"), "archive-truncated"),
        (encoded("spam.png", b"\x89PNG"), "archive-kind"),
    ],
)
def test_what_cannot_be_read_has_words(upload: Upload, problem: str) -> None:
    """Nothing of it is used, and the lab says why."""
    with pytest.raises(UnusableFileError) as caught:
        contents(upload)
    assert problem == str(caught.value)
    assert caught.value.message


def test_place_for_a_file_takes_one() -> None:
    """Without more, a place takes a single file, and no folder."""
    made = str(controls.file_entry("file", "A wheel", ".whl"))
    assert ("multiple" in made, "data-leave-out" in made, "data-folder" in made) == (False,) * 3
    assert 'name="file" data-file accept=".whl" aria-label="A wheel"' in made


def test_place_for_several_names_what_a_page_leaves_out() -> None:
    """The page has no list of its own: the one of Python comes with the form."""
    made = str(controls.file_entry("file", "A project", several=True))
    assert f'multiple data-leave-out="{" ".join(sorted(FOREIGN))}"' in made
    assert {".git", ".venv", "__pycache__", "build", "node_modules"} <= FOREIGN
    assert "data-folder" in made


@pytest.mark.parametrize("problem", PROBLEMS)
def test_what_is_said_of_a_file_ends_once(problem: str) -> None:
    """A finding's sentence gets its full stop where it is shown."""
    assert not PROBLEMS[problem][0].endswith(".")
