"""Where findings and the validation of ``packaging`` differ, in which versions, and why.

The tests hold both to this table: any other disagreement on whether a document
is valid fails them.
"""

from __future__ import annotations

from dataclasses import dataclass

from trigpoint.markers.meaning.differences import PACKAGINGS

__all__ = ["DIFFERENCES", "DifferenceFromPackaging"]


@dataclass(frozen=True, slots=True)
class DifferenceFromPackaging:
    """One difference.

    ``packaging`` says what packaging does, ``here`` what the findings do,
    ``why`` the reason, and ``example`` is a document that shows it.
    ``stricter`` lists codes of errors where packaging accepts; ``milder`` lists
    codes, not errors, where packaging refuses.  ``fields`` are the fields that
    packaging refuses, in lower case; empty for any.  ``versions`` says in which
    of the versions of ``packaging`` that are tested the difference is there.
    """

    name: str
    packaging: str
    here: str
    why: str
    example: str
    stricter: tuple[str, ...] = ()
    milder: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    versions: tuple[str, ...] = PACKAGINGS


def _document(lines: str, version: str = "2.4", name: str = "spam") -> str:
    return f"Metadata-Version: {version}\nName: {name}\nVersion: 1\n{lines}"


_D = DifferenceFromPackaging

DIFFERENCES: tuple[DifferenceFromPackaging, ...] = (
    _D("newer minor version", "2.9 is an error", "2.9 is a warning",
       "The specification: warn about a newer minor version, fail on a newer major one.",
       _document("", "2.9"), milder=("metadata-version-minor",), fields=("metadata-version",)),
    _D("2.0", "2.0 and other numbers that were never approved are an error", "a warning",
       "The number is not newer than the reader, and real files have it.",
       _document("", "2.0"), milder=("metadata-version-unapproved",), fields=("metadata-version",)),
    _D("field newer than the document", "an error, so License-File under 2.1 is refused",
       "a warning",
       "The specification sets no such rule for readers; setuptools wrote License-File under 2.1.",
       _document("License-File: LICENSE\n", "2.1"), milder=("metadata-field-too-new",)),
    _D("field of a newer version", "an unknown field is an error in any version",
       "in a document newer than the reader it is only noted",
       "A reader that may go on with a newer minor version must let its new fields pass.",
       _document("Colour: red\n", "2.9"), milder=("metadata-future-field",)),
    _D("License with License-Expression", "accepted", "an error",
       "The specification: the two exclude each other; the index refuses them.",
       _document("License: MIT\nLicense-Expression: MIT\n"), stricter=("metadata-license-both",)),
    _D("extras", "extras that clash or are not normalised are accepted in 2.3 and later",
       "an error",
       "The specification restricts the names from 2.3 on, and equal names must be an error.",
       _document("Provides-Extra: a-b\nProvides-Extra: a_b\n"),
       stricter=("metadata-extra-unnormalised", "metadata-extra-clash")),
    _D("import names", "one name in Import-Name and Import-Namespace is accepted", "an error",
       "PEP 794: tools must raise an error.",
       _document("Import-Name: a\nImport-Namespace: a\n", "2.5"),
       stricter=("metadata-import-clash",)),
    _D("Project-URL without URL", "accepted, with an empty URL", "an error",
       "The specification: a label and a URL.",
       _document("Project-URL: https://example.org\n"), stricter=("metadata-project-url",)),
    _D("long label", "a label over 32 characters is accepted", "an error",
       "The specification: at most 32 characters.",
       _document(f"Project-URL: {'x' * 33}, https://example.org\n"),
       stricter=("metadata-url-label",)),
    _D("equal labels", "an error", "a warning",
       "The specification does not ask for different labels.",
       _document("Project-URL: A, https://example.org\nProject-URL: A, https://example.com\n"),
       milder=("metadata-url-repeated",), fields=("project-url",)),
    _D("Provides-Dist, Obsoletes-Dist", "anything is accepted", "what names no project is an error",
       "The specification gives the fields a form.",
       _document("Provides-Dist: !!!\n"), stricter=("metadata-dist",)),
    _D("dots in a path", "any .. in License-File is an error, also in foo..txt",
       "only a path that leaves its directory is an error",
       "The specification forbids parent directories, not two dots in a name.",
       _document("License-File: foo..txt\n"), fields=("license-file",)),
    _D("paths with a drive", "a path such as C:b is accepted as relative", "an error",
       "The path is relative to the licenses directory on every system.",
       _document("License-File: C:b\n"), stricter=("metadata-license-file",),
       versions=("26.3",)),
    _D("content type", "an unknown type, variant or charset is an error", "a warning",
       "The specification: readers take text/plain, or GFM.",
       _document("Description-Content-Type: text/html\n"), milder=("metadata-content-type",),
       fields=("description-content-type",)),
    _D("names and versions before 2.1", "today's grammar holds in every version",
       "a warning: names before 2.1, versions before 1.2",
       "The grammar of names came with 2.1, PEP 440 with 1.2.",
       _document("", "1.1", "spam & eggs"), milder=("metadata-name-old", "metadata-version-old"),
       fields=("name", "version")),
    _D("requirements of PEP 345", "zope (3.1) is an error in every version", "a warning before 2.1",
       "PEP 345 defines it; conversion spells it as PEP 508 does.",
       _document("Requires-Dist: zope (3.1)\n", "1.2"), milder=("metadata-requirement-old",),
       fields=("requires-dist", "requires-python")),
    _D("set variables", "'x' in extras is accepted", "an error",
       "The variables belong to lock files; pip fails on them in METADATA.",
       _document("Requires-Dist: y; 'x' in extras\n"), stricter=("metadata-extras-variable",)),
    _D("markers without meaning", "whatever can be parsed is accepted",
       "a comparison without a meaning is an error", "Tools raise an error when they evaluate it.",
       _document("Requires-Dist: y; 'a' == 'b'\n"),
       stricter=("marker-undefined-comparison", "marker-two-values", "marker-two-variables")),
    _D("names that end in an underscore", "y_ is accepted as the name of a requirement or extra",
       "an error", "The grammar: a name ends in a letter or digit.",
       _document("Requires-Dist: y_\n"), stricter=("metadata-requirement",)),
    _D("folded values", "a line break inside a specifier is accepted", "an error",
       "Readers keep the line break, and most places of a requirement refuse it.",
       _document("Requires-Dist: y >=\n  1\n"), stricter=("metadata-folded",)),
    _D("MIME headers", "a multipart description is invalid too", "an error at the header only",
       "The header is the fault, and its place is known.",
       _document("Content-Type: multipart/mixed; boundary=b\n\n--b\n"), stricter=("metadata-mime",),
       fields=("description",)),
    _D("lines that end the headers", "accepted, if what is required stands before them",
       "an error at that line", "The rest is read as description, which nobody meant.",
       _document("Summary : x\n"),
       stricter=("metadata-junk-line", "metadata-blank-before-colon", "metadata-leading-blank",
                 "metadata-bom")),
    _D("no Python", "a Requires-Python that no version satisfies is accepted", "an error",
       "No installer can take the package on any Python.",
       _document("Requires-Python: >=3.9,<3.9\n"), stricter=("requirement-impossible",)),
    _D("fields behind a description", "a Description and a text behind the headers are an error",
       "a warning where that text is fields",
       "A blank line inside the description cut the fields off: it is one mistake, told there.",
       _document("Description: \n\nSummary: x\n"), milder=("metadata-headers-cut",),
       fields=("description",)),
    _D("two fields in one line", "the second is part of the value of the first", "an error",
       "A name and a colon inside a value are a line break that was lost, or a slip.",
       _document("Classifier: Typing :: Typed Keywords: a\n"), stricter=("metadata-fused-field",)),
    _D("bytes in lines that are ignored", "not looked at", "an error where they are no UTF-8",
       "Metadata is UTF-8.", _document(":\ud800\n"), stricter=("metadata-encoding",)),
    _D("3.0 model", "3.0 is an error, and nothing else is said",
       "its own rules are checked as well",
       "The model is for trying it out; whether a reader knows it is your choice.",
       _document("Requires-Dist: y; extra == 'x'\nDefault-Extra: y\n", "3.0"),
       stricter=("metadata-extra-variable", "metadata-default-extra")),
)  # fmt: skip
"""Every difference from ``packaging`` in what makes a document invalid."""
