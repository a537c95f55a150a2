"""Which Pythons Requires-Python really allows."""

from __future__ import annotations

import pytest
from packaging.specifiers import SpecifierSet

from trigpoint.findings import apply_fix
from trigpoint.metadata import read, read_pyproject

HEAD = "Metadata-Version: 2.4\nName: spam\nVersion: 1\n"
PATCH = "metadata-requires-python-patch"


def told(specifiers: str) -> list[tuple[str, str, str]]:
    """Return code, message and mended text of what is said about *specifiers*."""
    text = f"{HEAD}Requires-Python: {specifiers}\n"
    found = []
    for each in read(text).findings():
        mended = ""
        if each.fix is not None and each.fix.replacement is not None:
            mended = apply_fix(text, each.fix).removeprefix(HEAD)[17:-1]
        found.append((each.code, each.message, mended))
    return found


CASES = [
    ("==3.10", "==3.10 allows 3.10.0 alone, and not 3.10.1", "==3.10.*"),
    ("== 3.10", "== 3.10 allows 3.10.0 alone, and not 3.10.1", "==3.10.*"),
    ("==3", "==3 allows 3.0.0 alone, and not 3.0.1", "==3.*"),
    (">=3.8,<=3.12", "<=3.12 leaves out 3.12.1 and all behind it", ">=3.8,<3.13"),
    ("<=3", "<=3 leaves out 3.0.1 and all behind it", "<4"),
    ("<=3.9", "<=3.9 leaves out 3.9.1 and all behind it", "<3.10"),
    (">3.8", ">3.8 leaves out 3.8.0 alone, and allows 3.8.1", ">=3.9"),
    ("<4,> 3.9", "> 3.9 leaves out 3.9.0 alone, and allows 3.9.1", "<4,>=3.10"),
    (">3", ">3 leaves out 3.0.0 alone, and allows 3.0.1", ">=3"),
    (">=2.7, !=3", "!=3 leaves out 3.0.0 alone, and not 3.0.1", ">=2.7, !=3.0.*"),
    (">=2.7, !=3.0", "!=3.0 leaves out 3.0.0 alone, and not 3.0.1", ">=2.7, !=3.0.*"),
]


@pytest.mark.parametrize(("text", "message", "mended"), CASES)
def test_a_minor_version_is_its_first_patch(text: str, message: str, mended: str) -> None:
    """A version of two numbers means one patch release there, and the fix all of them."""
    assert [(PATCH, message, mended)] == told(text)
    assert [] == told(mended)


@pytest.mark.parametrize(("text", "message", "mended"), CASES)
def test_packaging_says_the_same(text: str, message: str, mended: str) -> None:
    """Of the first patch and the next, each only one is in; of the mended text both or none."""
    minor = text.rsplit(",", maxsplit=1)[-1].strip(" =<>!")
    first = f"{minor}.0" if "." in minor else f"{minor}.0.0"
    later = f"{first[:-1]}1"
    now, then = SpecifierSet(text), SpecifierSet(mended)
    assert (first in now) is not (later in now)
    assert (first in then) is (later in then)


@pytest.mark.parametrize(
    "text",
    [
        ">=3.8",
        ">3.8,!=3.8.*",
        ">3.8, >=3.9",
        ">3.8.0",
        "<3.13",
        "~=3.10",
        "==3.10.*",
        "!=3.9.0",
        "<=3.12.4",
        "==3.10.0",
        "<=3.12rc1",
    ],
)
def test_other_specifiers_are_sound(text: str) -> None:
    """A wildcard, a patch release, or a prerelease says what it means."""
    assert [] == told(text)


def test_of_several_bounds_the_highest_counts() -> None:
    """What a higher one leaves out anyway is not told, and of two that are equal each is."""
    assert [">3.10 leaves"] == [each[1][:12] for each in told(">3.9,>3.10")]
    assert 2 == len(told(">3.9,>3.9"))


@pytest.mark.parametrize("text", [">=3.8,<3.8", ">3.12, <3.9", "==3.9.*,!=3.9.*", ">=3.10,<=3.9.7"])
def test_no_python_at_all(text: str) -> None:
    """What every installer would refuse on every Python is an error."""
    assert [("requirement-impossible", f"no Python is {text}", "")] == told(text)


def test_a_project_table_is_told_the_same() -> None:
    """The place is that of the clause in the TOML text, and the fix goes there."""
    text = '[project]\nname = "spam"\nversion = "1"\nrequires-python = ">=3.8, <=3.12"\n'
    (found,) = (each for each in read_pyproject(text).findings() if each.code == PATCH)
    assert found.fix is not None
    assert 'requires-python = ">=3.8, <3.13"' in apply_fix(text, found.fix)


def test_any_python_is_no_field() -> None:
    """A star alone cannot be mended in its place."""
    (found,) = read(f"{HEAD}Requires-Python: *\n").findings()
    assert found.fix is not None
    assert ("leave the field out", None) == (found.fix.message, found.fix.replacement)


def test_an_address_that_is_empty_is_told_by_its_label() -> None:
    """A project table has no commas between labels and addresses."""
    text = '[project]\nname = "spam"\nversion = "1"\n[project.urls]\nHomepage = ""\n'
    messages = [each.message for each in read_pyproject(text).findings()]
    assert "there is no URL for Homepage" in messages
