"""The documents that readers paste, drop and name on a command line, read in one way.

A request carries a text.  Where that is the text of a file, a byte that is no
UTF-8 is a lone surrogate in it, as :pep:`383` has it, and becomes a byte again
here: so every face reads the bytes that were there.
"""

from __future__ import annotations

import functools
import re
from typing import Final

from trigpoint.metadata import Document, from_project_table, read
from trigpoint.projects.kinds import first_line

__all__ = ["SOURCES", "as_bytes", "as_text", "detect", "open_document", "source_of"]

SOURCES: Final = ("auto", "metadata", "pyproject")
"""What a text can be said to be; ``"auto"`` is for :func:`detect` to say."""

_TOML = re.compile(r"\[|[\w.\"'-]+[ \t]*=").match


def detect(text: str) -> str:
    r"""Say whether *text* is ``"metadata"`` or ``"pyproject"``, by its first line that says it.

    >>> detect("# a comment\n[project]"), detect("Name: spam")
    ('pyproject', 'metadata')
    """
    return "pyproject" if _TOML(first_line(text)) else "metadata"


def source_of(text: str, source: str) -> str:
    """Return *source*, one of :data:`SOURCES`, with ``"auto"`` settled by *text*."""
    return detect(text) if source == "auto" else source


def as_text(data: bytes) -> str:
    r"""Return *data*, the bytes of a file, as a request carries them.

    >>> as_text(b"caf\xe9")
    'caf\udce9'
    """
    return data.decode("utf-8", "surrogateescape")


def as_bytes(text: str) -> bytes | str:
    r"""Return the bytes that *text* was decoded from; a text that no bytes are is itself.

    >>> as_bytes("caf\udce9"), as_bytes("\ud800")
    (b'caf\xe9', '\ud800')
    """
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text


def open_document(text: str, source: str = "auto") -> Document:
    r"""Return *text*, which *source* says what it is (see :data:`SOURCES`), as a document.

    The last two are kept, however long: an answer and what can be copied of it read the same text.

    >>> open_document("Author: caf\udce9")["Author"]
    ['café']
    """
    return _opened(text, source_of(text, source))


@functools.lru_cache(maxsize=2)
def _opened(text: str, source: str) -> Document:
    return from_project_table(text) if source == "pyproject" else read(as_bytes(text))
