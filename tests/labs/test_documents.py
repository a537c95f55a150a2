"""Every face reads the bytes that were there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trigpoint.labs.documents import as_bytes, as_text, detect, open_document, source_of
from trigpoint.metadata import read


@given(st.binary())
def test_bytes_survive_the_way_through_a_request(data: bytes) -> None:
    """A request carries text, and the document is that of the bytes."""
    assert data == as_bytes(as_text(data))
    document = open_document(as_text(data), "metadata")
    assert (data, read(data).text) == (bytes(document), document.text)


@given(st.text())
def test_text_is_read_as_it_is(text: str) -> None:
    """What somebody typed is no bytes where it cannot be."""
    document = open_document(text, "metadata")
    assert len(text) == len(document.text)


def test_half_of_a_pair_is_no_byte() -> None:
    """A text that no bytes are is itself."""
    assert "\ud800\udce9" == as_bytes("\ud800\udce9")


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("", "metadata"),
        ("\n# comment\n\n[project]", "pyproject"),
        ("\ufeff[project]", "pyproject"),
        ("name = 'x'", "pyproject"),
        ('"a.b"   = 1', "pyproject"),
        ("Name: x = 1", "metadata"),
        ("# only comments", "metadata"),
        ("no field", "metadata"),
    ],
)
def test_the_first_line_that_says_it_says_it(text: str, source: str) -> None:
    """Comments and blank lines say nothing."""
    assert source == detect(text)
    assert source == source_of(text, "auto")


@pytest.mark.parametrize("source", ["metadata", "pyproject"])
def test_what_is_said_is_not_guessed(source: str) -> None:
    """The reader knows best."""
    assert source == source_of("[project]\n", source)
    assert ("pyproject" == source) is (open_document("[project]\n", source).origin is not None)


def test_the_last_two_texts_are_kept() -> None:
    """One answer reads its text more than once; the text before last is forgotten."""
    first = open_document("Name: a")
    assert first is open_document("Name: a")
    open_document("Name: b")
    assert first is open_document("Name: a")
    open_document("Name: b")
    open_document("Name: c")
    assert first is not open_document("Name: a")
