"""A metadata document with everything that can be asked of it.

The text and its fields are :class:`.text.plain.PlainDocument`; the questions are
answered by the parts between, each of which takes a document.
"""

from __future__ import annotations

from typing import Any

from trigpoint.findings import Finding
from trigpoint.metadata.as_json import to_json
from trigpoint.metadata.checks.validate import validate
from trigpoint.metadata.fields import LATEST
from trigpoint.metadata.minimum import Minimum, minimum_version
from trigpoint.metadata.text.plain import Origin, PlainDocument

__all__ = ["Document", "read"]


class Document(PlainDocument):
    r"""A METADATA or PKG-INFO file.

    ``document[name]`` is always a list: the values of that field, unfolded and
    decoded, empty if it does not occur; case does not matter.  ``Description``
    gives the message body too.  Iteration goes over the names that occur, in
    text order.  ``text`` is the decoded text that all places refer to, where a
    byte that is no UTF-8 is the character of the same number; in a text, half of
    a surrogate pair from U+DC80 to U+DCFF stands for such a byte.

    Source: Core metadata specifications.

    >>> document = read(b"Metadata-Version: 2.4\nName: spam\nVersion: 1\n\nHello\n")
    >>> document["name"], document["Requires-Dist"], document["Description"]
    (['spam'], [], ['Hello\n'])
    >>> bytes(document)[:16]
    b'Metadata-Version'
    """

    __slots__ = ("_told",)

    def __init__(self, source: bytes | str, origin: Origin | None = None) -> None:
        super().__init__(source, origin)
        # An answer asks for them more than once, and the text stays as it is.
        self._told: dict[tuple[str, bool, str | None], tuple[Finding, ...]] = {}

    def findings(
        self, reader: str = LATEST, *, next_major: bool = False, kind: str | None = None
    ) -> list[Finding]:
        r"""Return everything there is to say about the document, in text order.

        ``reader`` is the newest metadata version that the reader knows: a newer
        minor version is a warning, a newer major one an error.  With
        ``next_major`` the 3.0 model is known too.  ``kind`` is ``"sdist"``,
        ``"wheel"`` or None.  Raises :exc:`ValueError` for a ``reader`` or
        ``kind`` that does not exist.

        >>> [(found.code, found.span.line) for found in read("Name: x\nVersoin: 1").findings()]
        ... # doctest: +NORMALIZE_WHITESPACE
        [('metadata-missing', 1), ('metadata-missing', 1), ('metadata-unknown-field', 2)]
        """
        asked = (reader, next_major, kind)
        if asked not in self._told:
            found = validate(self, reader, next_major=next_major, kind=kind)
            self._told[asked] = tuple(found)
        return [*self._told[asked]]

    def to_json(self, form: str = "pep566") -> dict[str, Any]:
        """Return the document as JSON-ready data in *form*; see :func:`trigpoint.metadata.to_json`."""
        return to_json(self, form).data

    def minimum_version(self) -> Minimum:
        """Return the lowest metadata version that the document needs, and why."""
        return minimum_version(self)


def read(source: bytes | str) -> Document:
    r"""Read a METADATA or PKG-INFO file; any *source* is a document.

    ``bytes(document)`` is *source* again.  What is wrong with it is in
    :meth:`Document.findings`, never an exception.

    >>> read(b"Name: caf\xe9\n")["Name"]
    ['café']
    """
    return Document(source)
