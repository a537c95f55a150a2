r"""Will the public index take it?  Its upload rules, as dated and sourced data.

:func:`check` says what the index refuses in a document and the name of its file,
besides what is wrong with the document anyway; :func:`joined` puts both together,
and :func:`reasons` says for which of them an upload fails.

>>> from trigpoint.metadata import read
>>> document = read("Metadata-Version: 2.4\nName: a\nVersion: 1+local\n")
>>> [found.code for found in check(document)]
['index-local-version']
"""

from __future__ import annotations

from trigpoint.findings import Finding, in_text_order
from trigpoint.installers.index.description import description_findings
from trigpoint.installers.index.fields import RESERVED_EXTRAS, field_findings
from trigpoint.installers.index.files import file_findings
from trigpoint.installers.index.reading import reading_findings
from trigpoint.installers.index.rules import (
    ALSO,
    FACTS,
    LARGEST_FILE,
    LARGEST_PROJECT,
    LONGEST_SUMMARY,
    METADATA_VERSIONS,
    READ,
    Accepted,
    Fact,
)
from trigpoint.installers.index.verdict import TWINS, joined, reasons
from trigpoint.metadata.document import Document

__all__ = [
    "ALSO",
    "FACTS",
    "LARGEST_FILE",
    "LARGEST_PROJECT",
    "LONGEST_SUMMARY",
    "METADATA_VERSIONS",
    "READ",
    "RESERVED_EXTRAS",
    "TWINS",
    "Accepted",
    "Fact",
    "check",
    "joined",
    "reasons",
]


def check(
    document: Document, *, file_name: str = "", size: int | None = None
) -> tuple[Finding, ...]:
    r"""Return what the index refuses in *document*, or would, in text order.

    What :meth:`.Document.findings` says of it is not said again: of that, the
    codes in :data:`ALSO` are rules of the index too.  *file_name* is that of the
    wheel or sdist, without folders, and *size* its bytes; empty and None leave
    them out.  Nothing is raised for what a reader typed.

    Source: the index's program, see :data:`FACTS`.
    """
    return tuple(
        in_text_order(
            [
                *field_findings(document),
                *reading_findings(document, document.findings()),
                *description_findings(document),
                *file_findings(document, file_name, size),
            ]
        )
    )
