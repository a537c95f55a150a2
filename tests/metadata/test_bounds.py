"""Each bound of the checks, at it and just over it."""

from __future__ import annotations

import pytest

from trigpoint.findings import Finding
from trigpoint.metadata import fields, from_project_table, read
from trigpoint.metadata.checks.lost import FEWEST, MOST_AHEAD, MOST_PLACES
from trigpoint.metadata.checks.structure import MOST_NAMED, MOST_ODD_BYTES
from trigpoint.metadata.checks.validate import MOST_PARENTS
from trigpoint.metadata.conversion.major import LONGEST_LICENSE, license_candidate
from trigpoint.metadata.project.meant import LONGEST_KEY

HEAD = "Metadata-Version: 2.5\nName: spam\nVersion: 1\n"


def found(text: str | bytes, code: str) -> list[Finding]:
    return [finding for finding in read(text).findings() if finding.code == code]


def test_most_odd_bytes() -> None:
    """Lines with bytes that are no UTF-8 are told up to the bound, from the first on."""
    text = (HEAD + "\n").encode() + b"\xe9\n" * (MOST_ODD_BYTES + 1)
    lines = [finding.span and finding.span.line for finding in found(text, "metadata-encoding")]
    assert [*range(5, 5 + MOST_ODD_BYTES)] == lines


@pytest.mark.parametrize("beyond", [0, 1])
def test_most_ahead(beyond: int) -> None:
    """A field that is lost below the headers is found so far ahead, and no further."""
    lost = "Requires-Dist: y\n"
    filler = "x" * (MOST_AHEAD - len("junk\n") - len("\n") - len("Requires-Dist:") + beyond) + "\n"
    (finding,) = found(HEAD + "junk\n" + filler + lost, "metadata-junk-line")
    assert (beyond == 0) == ("Requires-Dist" in finding.message)


@pytest.mark.parametrize("places", [MOST_PLACES, MOST_PLACES + 1])
def test_most_places(places: int) -> None:
    """Away from the end of the headers, lost fields are looked for at so many places."""
    no_block = "Classifier: A :: B\n\n" * (places - 1)
    block = "Author: A\nAuthor-email: a@x.org\nRequires-Dist: y\n"
    text = f"{HEAD}\nWords.\n\n{no_block}{block}"
    assert (places == MOST_PLACES) == bool(found(text, "metadata-headers-cut"))


@pytest.mark.parametrize("count", [FEWEST - 1, FEWEST])
def test_fewest_fields_in_a_row(count: int) -> None:
    """Away from the end of the headers, fewer fields in a row are an example."""
    text = f"{HEAD}\nWords.\n\n" + "Requires-Dist: y\n" * count
    assert (count == FEWEST) == bool(found(text, "metadata-headers-cut"))


@pytest.mark.parametrize("count", [MOST_NAMED, MOST_NAMED + 1])
def test_most_lost_fields_are_named(count: int) -> None:
    """So many of them are named; the rest is counted."""
    names = ["Summary", "Author", "License", "Keywords", "Platform", "Classifier"]
    names = [*names, "Home-page", "Download-URL", "Maintainer"][:count]
    lost = "".join(f"{name}: x\n" for name in names)
    (finding,) = found(f"{HEAD}junk\n{lost}", "metadata-junk-line")
    more = " and 1 more" * (count > MOST_NAMED)
    listed = ", ".join(names[:MOST_NAMED])
    assert finding.message.endswith(f"; {listed}{more} from line 5 on are read as description")


@pytest.mark.parametrize("beyond", [0, 1])
def test_most_ahead_for_what_is_missing(beyond: int) -> None:
    """So is one that must be there."""
    filler = "x" * (MOST_AHEAD - len("\n") - len("Version:") - len("junk\n") + beyond) + "\n"
    text = HEAD.replace("Version: 1\n", "junk\n") + filler + "Version: 1\n"
    (finding,) = found(text, "metadata-missing")
    assert (beyond == 0) == ("comes after the end" in finding.message)


@pytest.mark.parametrize("parents", [MOST_PARENTS, MOST_PARENTS + 1])
def test_most_parents(parents: int) -> None:
    """Missing parents of import names are listed for so many parts."""
    name = ".".join(["a"] * (parents + 1))
    assert (parents == MOST_PARENTS) == bool(
        found(HEAD + f"Import-Name: {name}\n", "metadata-import-parents")
    )


def test_longest_name_that_is_compared() -> None:
    """A longer name is not compared with those of fields."""
    name = "Requires_Dist"
    assert "Requires-Dist" == fields.suggest(name)
    assert fields.suggest("x" * (fields.LONGEST_MEANT - len(name)) + name) is None
    padded = "Requires-Dist" + "s" * 3
    assert fields.suggest(padded) == "Requires-Dist"
    assert fields.suggest("a" * (fields.LONGEST_MEANT + 1)) is None


@pytest.mark.parametrize("digits", [fields.LONGEST_VERSION - 2, fields.LONGEST_VERSION - 1])
def test_longest_metadata_version(digits: int) -> None:
    """A metadata version has so many characters."""
    text = "2." + "1" * digits
    if len(text) <= fields.LONGEST_VERSION:
        assert (2, int("1" * digits)) == fields.number(text)
    else:
        with pytest.raises(ValueError, match="few digits"):
            fields.number(text)


@pytest.mark.parametrize("size", [LONGEST_LICENSE, LONGEST_LICENSE + 1])
def test_longest_license(size: int) -> None:
    """A license text up to the bound may be an expression."""
    text = "MIT OR LicenseRef-" + "a" * (size - len("MIT OR LicenseRef-"))
    assert (size == LONGEST_LICENSE) == (license_candidate(text) == text)


_LEFT_OUT = "leave it out; what belongs to a tool goes into its table below [tool]"


def test_longest_key() -> None:
    """A key of [project] is compared with the known ones up to a length."""

    def fix(key: str) -> str:
        (finding,) = (
            each
            for each in from_project_table(
                f"[project]\nname='x'\nversion='1'\n{key} = 1\n"
            ).findings()
            if each.code == "metadata-project-key"
        )
        assert finding.fix is not None
        return finding.fix.message

    assert "write dependencies" == fix("dependecies")
    assert _LEFT_OUT == fix("d" * (LONGEST_KEY + 1))
    long = "default-optional-dependency-keys"
    assert f"write {long}" == fix(long + "e" * 12)
    assert _LEFT_OUT == fix(long + "-" + long)


@pytest.mark.parametrize("size", [32, 33])
def test_longest_label(size: int) -> None:
    """The specification allows labels of 32 characters."""
    text = HEAD + f"Project-URL: {'a' * size}, https://x.org\n"
    assert (size > 32) == bool(found(text, "metadata-url-label"))
