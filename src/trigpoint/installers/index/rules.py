"""What the public index accepts, as data: each rule with its source and when it was read.

The index has no document that says all of it, so the facts were read in its
published program, and dated by its issues.  Sentences are this project's own.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

__all__ = [
    "ALSO",
    "FACTS",
    "LARGEST_FILE",
    "LARGEST_PROJECT",
    "LONGEST_SUMMARY",
    "METADATA_VERSIONS",
    "READ",
    "SOURCE_COMMIT",
    "VARIANTS",
    "Accepted",
    "Fact",
]

READ: Final = "2026-11-25"
"""The day on which the rules were last read."""

SOURCE_COMMIT: Final = "567e71871ca5aee0c3c105cafc98baa4cfd06269"
"""The newest state of the index's program that could be read, of after February 2026."""

_ISSUES = "https://github.com"
_WAREHOUSE = f"{_ISSUES}/pypi/warehouse"


@dataclass(frozen=True, slots=True)
class Accepted:
    """A metadata version that the index accepts.

    ``since`` is a day by which it did, empty where no dated report was found, and
    ``source`` the address of the report.
    """

    version: str
    since: str = ""
    source: str = ""


METADATA_VERSIONS: Final = MappingProxyType(
    {
        each.version: each
        for each in (
            Accepted("1.0"),
            Accepted("1.1"),
            Accepted("1.2"),
            Accepted("2.1"),
            Accepted("2.2", "2024-05-08", f"{_ISSUES}/scikit-build/scikit-build-core/issues/737"),
            Accepted("2.3", "2024-05-08", f"{_ISSUES}/scikit-build/scikit-build-core/issues/737"),
            Accepted("2.4", "2024-11-18", f"{_WAREHOUSE}/issues/17105"),
            Accepted("2.5", "2026-02-17", f"{_ISSUES}/mesonbuild/meson-python/issues/809"),
        )
    }
)
"""The metadata versions that uploads may state, oldest first."""

LONGEST_SUMMARY: Final = 512
"""Characters of a summary."""

LARGEST_FILE: Final = 100 * 1024 * 1024
"""Bytes of one file of a project whose limit nobody raised."""

LARGEST_PROJECT: Final = 10 * 1024 * 1024 * 1024
"""Bytes of all files of such a project together."""

VARIANTS: Final = ("GFM", "CommonMark")
"""The kinds of Markdown that are rendered."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One rule of the index.

    ``code`` is the finding that reports it, which may be one of the document's
    own; ``says`` is the rule in a sentence, and ``since`` a day by which it
    held, empty where no dated report was found.
    """

    code: str
    says: str
    since: str = ""


FACTS: Final = (
    Fact(
        "index-metadata-version",
        f"The metadata version is one of {', '.join(METADATA_VERSIONS)}.",
        "2026-02-17",
    ),
    Fact("index-local-version", "A version has no local part, such as +cu118."),
    Fact("index-summary", f"A summary has at most {LONGEST_SUMMARY} characters."),
    Fact("metadata-summary-lines", "A summary is one line."),
    Fact("index-direct-reference", "No dependency is a direct reference to an address."),
    Fact("index-classifier", "Each classifier is in the list of trove-classifiers."),
    Fact("index-classifier-deprecated", "No classifier is one that the list calls deprecated."),
    Fact("index-private", "What has a classifier that starts with Private is refused on purpose."),
    Fact("index-url", "Home page, download and project URLs are http or https addresses."),
    Fact("metadata-project-url", "A project URL has a label and an address."),
    Fact("metadata-url-label", "The label of a project URL has at most 32 characters."),
    Fact(
        "index-email", "The first address of authors and of maintainers is deliverable by its form."
    ),
    Fact(
        "metadata-license-both",
        "License and License-Expression do not stand together.",
        "2024-11-18",
    ),
    Fact("metadata-license-expression", "A licence expression is valid SPDX.", "2024-11-18"),
    Fact(
        "metadata-dynamic", "Dynamic names fields, other than Name, Version and Metadata-Version."
    ),
    Fact("index-packaging", "The library packaging reads the metadata without an error."),
    Fact("index-description", "The description can be rendered as what its type says."),
    Fact(
        "index-file-name",
        "The name of the file is the normalised one, by project, version and kind.",
    ),
    Fact(
        "index-platform",
        "A wheel's platform is one that the index knows, since 2026 also pyemscripten.",
        "2026-04-21",
    ),
    Fact(
        "index-file-size",
        f"A file has at most {LARGEST_FILE // 1024**2} MiB, and a project's files"
        f" {LARGEST_PROJECT // 1024**3} GiB together, unless the limit was raised.",
    ),
    Fact(
        "index-name-module",
        "A new project is not called like a module of the standard library.",
        "2017-09-18",
    ),
)
"""The rules that this package holds documents and files against."""

ALSO: Final = frozenset(fact.code for fact in FACTS if not fact.code.startswith("index-"))
"""Codes of a document's own findings that are rules of the index too."""
