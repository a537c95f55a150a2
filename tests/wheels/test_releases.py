"""Whether the wheels and the sdist of a release say the same."""

from __future__ import annotations

import gzip
import io
import tarfile
from dataclasses import replace

import pytest

from trigpoint.wheels import FieldDifference, FileValues, Inspection, Release, inspect, releases
from trigpoint.wheels.releases import MOST_VALUES

from .build import Wheel

HEAD = "Metadata-Version: 2.4\nName: Spam\nVersion: 1.0\n"


def wheel(tag: str, more: str = "", head: str = HEAD) -> Inspection:
    return Wheel({"spam-1.0.dist-info/METADATA": (head + more).encode()}, tag=tag).inspected()


def sdist(more: str = "", head: str = HEAD) -> Inspection:
    file = io.BytesIO()
    data = (head + more).encode()
    with tarfile.open(fileobj=file, mode="w") as made:
        info = tarfile.TarInfo("spam-1.0/PKG-INFO")
        info.size = len(data)
        made.addfile(info, io.BytesIO(data))
    return inspect(gzip.compress(file.getvalue()), "spam-1.0.tar.gz")


def codes(found: Release) -> list[str]:
    return [each.code for each in found.findings]


def test_files_that_say_the_same() -> None:
    """Spelling, order and the version of the metadata are no difference that matters."""
    one = wheel("py3-none-any", "Requires-Dist: a>=1\nRequires-Dist: B\n")
    two = wheel("cp313-none-any", "Requires-Dist: b\nRequires-Dist: a >= 1\n")
    three = sdist("Requires-Dist: b\nRequires-Dist: a >= 1\n", HEAD.replace("2.4", "2.2"))
    (found,) = releases([one, two, three])
    assert ("spam", "1.0", (one.name, two.name, three.name), []) == (
        found.project, found.version, found.files, codes(found),
    )  # fmt: skip
    assert () == found.fields


def test_the_version_of_the_metadata() -> None:
    """Two wheels may have been written by two versions of a backend: that is told, and no fault."""
    old = wheel("py3-none-win32", head=HEAD.replace("2.4", "2.1"))
    (found,) = releases([wheel("py3-none-any"), old])
    assert (["Metadata-Version"], []) == ([each.field for each in found.fields], codes(found))


def test_wheels_that_differ() -> None:
    """The field is told with the values of each file."""
    one = wheel("py3-none-win32", "Requires-Dist: colorama\n")
    two = wheel("py3-none-any")
    (found,) = releases([one, two])
    assert (
        FieldDifference(
            "Requires-Dist", (FileValues(one.name, ("colorama",)), FileValues(two.name, ()))
        ),
    ) == found.fields
    assert ["wheel-release-differs"] == codes(found)
    assert (
        "Requires-Dist of 'spam-1.0-py3-none-any.whl' is not that of" in found.findings[0].message
    )


@pytest.mark.parametrize(
    ("dynamic", "expected"), [("", ["wheel-release-sdist"]), ("Dynamic: requires-dist\n", [])]
)
def test_a_wheel_that_differs_from_its_sdist(dynamic: str, expected: list[str]) -> None:
    """It may, in the fields that the sdist calls dynamic."""
    (found,) = releases([wheel("py3-none-any", "Requires-Dist: a\n"), sdist(dynamic)])
    assert [("Requires-Dist", bool(dynamic))] == [
        (each.field, each.dynamic) for each in found.fields
    ]
    assert expected == codes(found)


def test_wheels_that_differ_in_a_dynamic_field() -> None:
    """What resolvers assume of wheels holds whatever the sdist says."""
    files = [
        wheel("py3-none-win32", "Requires-Dist: a\n"),
        wheel("py3-none-any"),
        sdist("Dynamic: Requires-Dist\n"),
    ]
    (found,) = releases(files)
    assert ["wheel-release-differs"] == codes(found)
    assert [False] == [each.dynamic for each in found.fields]


def test_two_sdists_that_differ() -> None:
    """They are held against each other."""
    (found,) = releases([sdist("Summary: a\n"), sdist("Summary: b\n")])
    assert (["Summary"], ["wheel-release-differs"]) == (
        [each.field for each in found.fields],
        codes(found),
    )
    others = ("spam-2.tar.gz", "spam-3.tar.gz")
    three = [replace(sdist(f"Summary: {name}\n"), name=name) for name in ("spam-1.tar.gz", *others)]
    (found,) = releases(three)
    message = "Summary of 'spam-2.tar.gz' is not that of 'spam-1.tar.gz'"
    assert [message] == [each.message for each in found.findings]


def test_a_file_without_a_version() -> None:
    """It is compared with others that have none."""
    head = HEAD.replace("Version: 1.0\n", "")
    (found,) = releases([wheel("py3-none-any", head=head), wheel("py3-none-win32", head=head)])
    assert ("spam", "", 2) == (found.project, found.version, len(found.files))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x" * 120, "x" * 120),
        ("x" * 121, "x" * 117 + "..."),
        ("x" + " " * 398 + "y", "x y"),
        ("x" + " " * 399 + "y", "x"),
    ],
)
def test_long_values(text: str, expected: str) -> None:
    """So many letters are looked at, and as many are shown."""
    one, two = wheel("py3-none-any", f"Summary: {text}\n"), wheel("py3-none-win32")
    (found,) = releases([one, two])
    assert (expected,) == found.fields[0].files[0].values


def test_releases_are_told_apart() -> None:
    """Name and version are compared as they are normalised; what is none is compared as written."""
    one, other = wheel("py3-none-any"), wheel("py3-none-any", head=HEAD.replace("1.0", "1.1"))
    same = wheel("py3-none-any", head=HEAD.replace("Spam", "sPAM").replace("1.0", "1.0"))
    odd = wheel("py3-none-any", head=HEAD.replace("1.0", "one"))
    found = releases([one, other, same, odd])
    assert [("spam", "1.0", 2), ("spam", "1.1", 1), ("spam", "one", 1)] == [
        (each.project, each.version, len(each.files)) for each in found
    ]


def test_what_has_no_metadata_is_left_out() -> None:
    """A file that is no distribution, and one without METADATA, are in no release."""
    assert () == releases([inspect(b"", "a.txt"), inspect(b"", "a-1-py3-none-any.whl")])


@pytest.mark.parametrize("more", [0, 1])
def test_values_at_the_bound(more: int) -> None:
    """As many values are listed; of more, the rest is counted; a long one is cut."""
    text = "".join(f"Requires-Dist: a{number}\n" for number in range(MOST_VALUES + more))
    (found,) = releases(
        [wheel("py3-none-any", text), wheel("py3-none-win32", f"Summary: {'x' * 500}\n")]
    )
    values = {each.field: each.files for each in found.fields}
    listed = values["Requires-Dist"][0].values
    assert ("and 1 more" in listed) is bool(more)
    assert MOST_VALUES + more == len(listed)
    assert 120 == len(values["Summary"][1].values[0])
