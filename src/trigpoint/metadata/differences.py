"""Where findings and the validation of ``packaging`` 26.3 differ, each with its reason.

The tests hold both to this table: any other disagreement on whether a document
is valid fails them.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["DIFFERENCES", "DifferenceFromPackaging"]


@dataclass(frozen=True, slots=True)
class DifferenceFromPackaging:
    """One difference.

    ``packaging`` says what packaging 26.3 does, ``here`` what the findings do.
    ``stricter`` lists codes of errors where packaging accepts; ``milder`` lists
    codes, not errors, where packaging refuses.  ``fields`` are the fields it is
    about, in lower case as packaging names them; empty for any.
    """

    name: str
    packaging: str
    here: str
    why: str
    stricter: tuple[str, ...] = ()
    milder: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()


_D = DifferenceFromPackaging

DIFFERENCES: tuple[DifferenceFromPackaging, ...] = (
    _D("newer minor version", "2.9 is an error", "2.9 is a warning",
       "The specification: warn about a newer minor version, fail on a newer major one.",
       milder=("metadata-version-minor",), fields=("metadata-version",)),
    _D("2.0", "2.0 and other numbers that were never approved are an error", "a warning",
       "The number is not newer than the reader, and real files have it.",
       milder=("metadata-version-unapproved",), fields=("metadata-version",)),
    _D("field newer than the document", "an error, so License-File under 2.1 is refused", "a warning",
       "The specification sets no such rule for readers; setuptools wrote License-File under 2.1.",
       milder=("metadata-field-too-new",)),
    _D("field of a newer version", "an unknown field is an error in any version",
       "in a document newer than the reader it is only noted",
       "A reader that may go on with a newer minor version must let its new fields pass.",
       milder=("metadata-future-field",)),
    _D("License with License-Expression", "accepted", "an error",
       "The specification: the two exclude each other; the index refuses them.",
       stricter=("metadata-license-both",)),
    _D("extras", "extras that clash or are not normalised are accepted in 2.3 and later", "an error",
       "The specification restricts the names from 2.3 on, and equal names must be an error.",
       stricter=("metadata-extra-unnormalised", "metadata-extra-clash")),
    _D("import names", "one name in Import-Name and Import-Namespace is accepted", "an error",
       "PEP 794: tools must raise an error.", stricter=("metadata-import-clash",)),
    _D("Project-URL without URL", "accepted, with an empty URL", "an error",
       "The specification: a label and a URL.", stricter=("metadata-project-url",)),
    _D("long label", "a label over 32 characters is accepted", "an error",
       "The specification: at most 32 characters.", stricter=("metadata-url-label",)),
    _D("equal labels", "an error", "a warning",
       "The specification does not ask for different labels.",
       milder=("metadata-url-repeated",), fields=("project-url",)),
    _D("Provides-Dist, Obsoletes-Dist", "anything is accepted", "what names no project is an error",
       "The specification gives the fields a form.", stricter=("metadata-dist",)),
    _D("dots in a path", "any .. in License-File is an error, also in foo..txt",
       "only a path that leaves its directory is an error",
       "The specification forbids parent directories, not two dots in a name.",
       milder=(), fields=("license-file",)),
    _D("license path spelled oddly", "empty and . parts of a path are partly accepted", "an error",
       "The path has to name a file below the licenses directory, in one spelling.",
       stricter=("metadata-license-file",)),
    _D("content type", "an unknown type, variant or charset is an error", "a warning",
       "The specification: readers take text/plain, or GFM.",
       milder=("metadata-content-type",), fields=("description-content-type",)),
    _D("names and versions before 2.1", "today's grammar holds in every version", "a warning before 2.1 and 1.2",
       "The grammar of names came with 2.1, PEP 440 with 1.2.",
       milder=("metadata-name-old", "metadata-version-old"), fields=("name", "version")),
    _D("requirements of PEP 345", "zope (3.1) is an error in every version", "a warning before 2.1",
       "PEP 345 defines it; conversion spells it as PEP 508 does.",
       milder=("metadata-requirement-old",), fields=("requires-dist", "requires-python")),
    _D("set variables", "'x' in extras is accepted", "an error",
       "The variables belong to lock files; pip fails on them in METADATA.",
       stricter=("metadata-extras-variable",)),
    _D("markers without meaning", "what can be parsed is accepted", "comparisons without a meaning are an error",
       "Tools raise an error when they evaluate them.",
       stricter=("marker-undefined-comparison", "marker-two-values", "marker-two-variables")),
    _D("names that end in an underscore", "pkg_ is accepted as the name of a requirement", "an error",
       "The grammar: a name ends in a letter or digit.", stricter=("metadata-requirement",)),
    _D("MIME headers", "decodes or splits the description, or reports an unknown field", "an error of its own",
       "Readers disagree about the description.", stricter=("metadata-mime",)),
    _D("description before the body", "an error when both are there", "the same",
       "Only the place is added.", stricter=()),
    _D("lines that end the headers", "accepts the file if enough stood before them", "an error at that line",
       "The rest is read as description, which nobody meant.",
       stricter=("metadata-junk-line", "metadata-blank-before-colon", "metadata-leading-blank",
                 "metadata-bom")),
    _D("encoding", "bytes in the body that are no UTF-8 make the description invalid; text is not asked",
       "an error at the byte, in text too", "Metadata is UTF-8.", stricter=("metadata-encoding",)),
    _D("folded values", "accepts a folded value where its grammar allows line breaks", "an error in fields of one line",
       "Readers that keep the line break refuse the value.", stricter=("metadata-folded",)),
    _D("blank at the end", "strips it in some fields", "an error where readers compare the value",
       "pip and others read the value with the blank.", stricter=("metadata-trailing-blank",)),
    _D("Requires-Python", "accepts odd separators such as two commas", "the same; a marker is an error",
       "The specification: no marker.", stricter=("metadata-requires-python",)),
    _D("fields of one value", "a field with a wrong encoding or given twice is invalid as a whole",
       "each place is reported", "Every fault has a line.", stricter=("metadata-duplicate",)),
    _D("3.0 model", "3.0 is an error", "an error, or the model if asked for",
       "There is no 3.0; the model is for trying it out.",
       stricter=("metadata-extra-variable", "metadata-default-extra")),
)  # fmt: skip
"""Every difference from ``packaging`` 26.3 in what makes a document invalid."""
