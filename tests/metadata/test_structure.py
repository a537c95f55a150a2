"""What a broken file lost, and how it comes back: nothing is named fine that was not read."""

from __future__ import annotations

import pytest

from trigpoint.findings import Finding, apply_fix
from trigpoint.metadata import read
from trigpoint.metadata.checks import lost

HEAD = "Metadata-Version: 2.1\nName: demo\nVersion: 1.0\n"
LOST = ("metadata-headers-cut", "metadata-junk-line", "metadata-leading-blank")
BLOCK = "Home-page: https://x.org\nAuthor: Ada\nClassifier: A :: B\n"


def cut(text: str) -> Finding:
    """Return the one finding on where the headers of *text* end."""
    (finding,) = (each for each in read(text).findings() if each.code in LOST)
    return finding


def mended(text: str) -> str:
    """Return *text* with the fix carried out."""
    fix = cut(text).fix
    assert fix is not None
    return apply_fix(text, fix)


def test_fields_far_below_a_blank_line_are_named() -> None:
    """Words stand between the blank line and the fields; a description is among them."""
    text = (
        f"{HEAD}Summary: \nRequires-Dist: Sphinx\n\nSome words\n\nHome-page: https://x.org\n"
        "Author: Ada\nAuthor-email: a@x.org\nLicense: BSD\nDescription: More words.\n"
        "Keywords: one two\nPlatform: UNKNOWN\nClassifier: A :: B\nClassifier: C :: D\n"
    )
    finding = cut(text)
    assert "metadata-headers-cut" == finding.code
    assert (
        "this blank line ends the headers; Home-page, Author, Author-email, License, "
        "Description, Keywords, Platform, Classifier from line 9 on are read as description"
    ) == finding.message
    assert finding.span is not None
    assert 6 == finding.span.line
    assert finding.fix is not None
    assert (
        "put line 9 and what follows in front of this line, or fold what stands between them "
        "with blanks"
    ) == finding.fix.message
    assert text == mended(text)


def test_what_moves_up_leaves_the_description_below() -> None:
    """Where no description is in the way, the fields go in front of it."""
    text = f"{HEAD}\nWords on it.\n\n{BLOCK}"
    assert f"{HEAD}{BLOCK}\nWords on it.\n\n" == mended(text)
    assert f"{HEAD}{BLOCK}\nWords on it.\n\nMore.\n" == mended(text + "\nMore.\n").replace(
        "\n\n\n", "\n\n"
    )
    assert f"{HEAD}{BLOCK}\nWords on it.\n\n" == mended(text.removesuffix("\n"))


def test_keywords_of_several_lines_are_joined() -> None:
    """The lines are the value of the field before them, which is empty without."""
    text = (
        f"{HEAD}Keywords: \ncrypt md5\nsha256 sha512\ntotp 2fa\n"
        "Classifier: A :: B\nRequires-Dist: y>=3; extra == 'y'\nProvides-Extra: y\n"
    )
    finding = cut(text)
    assert (5, "join the lines of Keywords") == (
        finding.span and finding.span.line,
        finding.fix and finding.fix.message,
    )
    assert "; Classifier, Requires-Dist, Provides-Extra from line 8 on" in finding.message
    document = read(mended(text))
    assert ["crypt md5 sha256 sha512 totp 2fa"] == document["Keywords"]
    assert ["y>=3; extra == 'y'"] == document["Requires-Dist"]
    assert [] == document["Description"]
    assert "metadata-empty" not in [each.code for each in read(text).findings()]


@pytest.mark.parametrize("first", ["", " ", " Fast."])
def test_a_summary_of_several_lines_is_joined(first: str) -> None:
    """What the first line has is kept in front."""
    text = f"{HEAD}Summary:{first}\nOne thing. \nTwo things.\nHome-page: https://x.org\n"
    assert f"{HEAD}Summary:{first.rstrip()} One thing. Two things.\nHome-page: https://x.org\n" == (
        mended(text)
    )


def test_a_description_with_a_blank_line_is_folded() -> None:
    """A description in the headers goes on behind the blank line; the rest are fields."""
    text = (
        f"{HEAD}Description: # Tool\n\n        Words\n\n        |\n"
        "Platform: any\nClassifier: A :: B\nRequires: foo\n"
    )
    finding = cut(text)
    assert "; Platform, Classifier, Requires from line 9 on are" in finding.message
    assert "metadata-description-twice" not in [each.code for each in read(text).findings()]
    document = read(mended(text))
    assert ["# Tool\n\nWords\n\n|"] == document["Description"]
    assert (["any"], ["A :: B"], ["foo"], "") == (
        document["Platform"],
        document["Classifier"],
        document["Requires"],
        document.body,
    )


def test_lines_of_a_description_or_license_are_folded() -> None:
    """Whole paragraphs at the start of a line are."""
    text = f"{HEAD}Description: Tool\n\nWords.\n\n{BLOCK}"
    assert ["Tool\n\nWords.\n"] == [each + "\n" for each in read(mended(text))["Description"]]
    text = f"{HEAD}License: MIT\nas it is\n{BLOCK}"
    assert f"{HEAD}License: MIT\n        as it is\n{BLOCK}" == mended(text)


@pytest.mark.parametrize("blank", ["\n", "\n\n"])
def test_a_blank_line_among_fields_goes(blank: str) -> None:
    """Nothing else stands between them."""
    text = f"{HEAD}{blank}{BLOCK}\nWords\n"
    assert f"{HEAD}{BLOCK}\nWords\n" == mended(text)
    assert HEAD == mended(f"\n{HEAD}")


def test_a_change_that_would_cut_again_is_words() -> None:
    """Words right behind the fields would end the headers in their turn."""
    text = f"{HEAD}\n{BLOCK}and words\n"
    fix = cut(text).fix
    assert fix is not None
    assert ("delete this line, if the next one is a field", None) == (fix.message, fix.replacement)


@pytest.mark.parametrize(
    "lines",
    [
        "Summary:\nsome words\nName: other\nClassifier: A :: B\n",
        "Summary:\nRequires\N{HYPHEN}Dist: y\nClassifier: A :: B\n",
        "License: MIT\nRequires Dist: y\nClassifier: A :: B\n",
        "License: MIT\nas it is\nX-Custom: y\nClassifier: A :: B\n",
        "Requires-Dist: y\nsome words\nClassifier: A :: B\n",
    ],
)
def test_what_may_be_a_field_is_not_made_text(lines: str) -> None:
    """A field that cannot be read, or is there already, is no part of the one before it."""
    fix = cut(HEAD + lines).fix
    assert fix is not None
    words = "delete this line, or fold it with blanks at its start"
    assert (words, None) == (fix.message, fix.replacement)


def test_folded_fields_are_lost_too() -> None:
    """The lines that a field goes on with stand among the others."""
    lost = "Author: Ada\nLicense: MIT\n        as it is\nClassifier: A :: B\n        too\n"
    text = f"{HEAD}\nWords.\n\n{lost}"
    assert "Author, License, Classifier from line 7 on" in cut(text).message
    assert f"{HEAD}{lost}\nWords.\n\n" == mended(text)


def test_a_description_may_have_colons() -> None:
    """Behind its first line, a word and a colon are no field."""
    text = f"{HEAD}Description: Tool\nfirst line\nNote: more\nClassifier: A :: B\n"
    document = read(mended(text))
    assert (["Tool\nfirst line\nNote: more"], ["A :: B"]) == (
        document["Description"],
        document["Classifier"],
    )


@pytest.mark.parametrize(
    "body",
    [
        f"Example::\n\n{HEAD}{BLOCK}",
        f"```\n{BLOCK}```\n",
        f"~~~ text\n{BLOCK}\n~~~\n",
        "Words.\n\nAuthor: Ada\nLicense: MIT\nKeywords: x\n",
        "Words.\n\nHome-page: https://x.org\nAuthor: Ada\n\nMore.\n",
        f"Words.\n\n{BLOCK.replace('Author: Ada', 'Author: A' + chr(10) + 'Author: B')}",
        f"Words.\n\n    {BLOCK.replace(chr(10), chr(10) + '    ')}",
        "Words.\n\nclassifier: A\nrequires-dist: B\nauthor: C\n",
    ],
)
def test_examples_are_no_lost_fields(body: str) -> None:
    """A description may show metadata, and sign itself."""
    assert [] == [each.code for each in read(f"{HEAD}\n{body}").findings()]


def test_a_fence_that_is_closed_hides_nothing() -> None:
    """Fields behind it are lost as anywhere else."""
    text = f"{HEAD}\n```\nx\n```\n\n{BLOCK}"
    assert "from line 9 on" in cut(text).message


def test_line_ends_stay() -> None:
    """A file with CR LF is mended with CR LF."""
    text = f"{HEAD}Summary:\nsome\nwords\n{BLOCK}".replace("\n", "\r\n")
    assert f"{HEAD}Summary: some words\n{BLOCK}".replace("\n", "\r\n") == mended(text)


def test_a_line_behind_an_empty_field_is_its_value() -> None:
    """Nothing is lost below, so the words are those of the field."""
    fix = cut(f"{HEAD}Summary:\nsome words\n").fix
    assert fix is not None
    assert ("write it behind Summary:, in the same line", None) == (fix.message, fix.replacement)


def test_no_file_at_all() -> None:
    """An empty file lacks all three fields."""
    assert ["metadata-missing"] * 3 == [each.code for each in read(b"").findings()]


def test_words_in_front_of_all_fields_are_left_to_the_reader() -> None:
    """There is no field that they could belong to."""
    text = f"some words\n{HEAD}"
    finding = cut(text)
    assert "Metadata-Version, Name, Version from line 2 on are" in finding.message
    assert text == mended(text)


@pytest.mark.parametrize("name", lost._NAMES)
def test_each_telling_name_is_looked_for(name: str) -> None:
    """Fields in a row are found below the description by any of the names that prose does not use."""
    row = f"{name}: x\nKeywords: a\nPlatform: any\n"
    found = lost.lost_fields(read(f"Name: x\n\nwords: more\n\nmore\n{row}"))
    assert found is not None
    assert ((name, "Keywords", "Platform"), lost.FEWEST) == (found.names, found.rows)
