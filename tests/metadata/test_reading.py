"""What is read: every byte, every line, and the values."""

from __future__ import annotations

import email.parser
import email.policy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trigpoint.metadata import Document, read
from trigpoint.metadata.text import scan
from trigpoint.metadata.text.scan import encode

TEXT = (
    "Metadata-Version: 2.1\n"
    "Name: spam\n"
    "requires-dist: a\n"
    "License: first\n"
    "        second\n"
    "        \n"
    "          indented\n"
    "Requires-Dist: b;\n"
    "  os_name == 'nt'\n"
    "X-Thing: kept\n"
    "\n"
    "Body\n"
)


def test_values_are_lists() -> None:
    """A field gives all its values, unfolded, whatever its case; a missing one gives none."""
    document = read(TEXT)
    assert document["Requires-Dist"] == ["a", "b; os_name == 'nt'"]
    assert document["REQUIRES-DIST"] == document["Requires-Dist"]
    assert document["License"] == ["first\nsecond\n\n  indented"]
    assert document["Keywords"] == []
    assert document["Description"] == ["Body\n"]
    assert document["X-Thing"] == ["kept"]


def test_mapping() -> None:
    """Names come once, in text order, in their usual spelling."""
    document = read(TEXT)
    assert list(document) == [
        "Metadata-Version",
        "Name",
        "Requires-Dist",
        "License",
        "X-Thing",
        "Description",
    ]
    assert len(document) == 6
    assert "name" in document
    assert "Keywords" not in document
    number: object = 1
    assert number not in document
    assert document.get_first("Name") == "spam"
    assert document.get_first("Keywords") is None


def test_headers_have_places() -> None:
    """Each field knows its line, its name's place and its value's place."""
    header = read(TEXT).fields("Requires-Dist")[1]
    assert header.line == 8
    assert (header.name_span.column, header.name_span.end_column) == (1, 14)
    assert (header.span.line, header.span.end_line) == (8, 9)
    value = header.value
    at = value.index("os_name")
    place = header.locate(at, at + len("os_name"))
    assert (place.line, place.column, place.end_column) == (9, 3, 10)
    assert TEXT[place.start : place.end] == "os_name"
    assert header.written == "b;\n  os_name == 'nt'"


def test_every_character_of_a_folded_value_is_where_it_says() -> None:
    """Positions in an unfolded value lead to the same characters in the text."""
    for header in read(TEXT).headers:
        for i, char in enumerate(header.value):
            place = header.locate(i, i + 1)
            if char not in "\n ":
                assert TEXT[place.start : place.end] == char


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("one\n       |two\n       |\n       |  three", "one\ntwo\n\n  three"),
        ("one\n        |two\n        |three", "one\ntwo\nthree"),
        ("one\n        two\n        \n            three", "one\ntwo\n\n    three"),
        ("one\n  two\n    three", "one\ntwo\n  three"),
        ("\n        one\n        two", "one\ntwo"),
        ("one\n        ", "one"),
        ("one\r\n        two", "one\ntwo"),
    ],
)
def test_folded_descriptions(written: str, value: str) -> None:
    """Three ways of folding a description all give its lines."""
    assert read(f"Description: {written}\nName: x\n")["Description"] == [value]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends(end: str) -> None:
    """Lines end as the email parser says, and bytes come back as they were."""
    text = TEXT.replace("\n", end)
    document = read(text.encode())
    assert bytes(document) == text.encode()
    assert document["Requires-Dist"] == read(TEXT)["Requires-Dist"]
    assert document.fields("X-Thing")[0].line == 10


def test_undecodable_bytes() -> None:
    """A byte that is no UTF-8 becomes the character of its number; the byte is kept."""
    data = b"Name: caf\xe9\nAuthor: \xc3\xa9\n\n\xff\n"
    document = read(data)
    assert bytes(document) == data
    assert document["Name"] == ["caf\xe9"]
    assert document["Author"] == ["\xe9"]
    assert document.undecodable == (9, 22)


def test_lone_surrogates_in_text() -> None:
    """Half a surrogate pair does not stop anything, and the text comes back."""
    text = "Name: a\ud8e9\n"
    document = read(text)
    assert str(document) == text
    assert document["Name"] == ["a\ufffd"]
    assert bytes(document) == text.encode("utf-8", "surrogatepass")


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        "",
        "\n",
        "Name: x",
        "Name:x\n\n",
        "Name : x\nVersion: 1\n",
        "junk\nName: x\n",
        " lead\nName: x\n",
        ":x\n y\nName: x\n",
        "From me\nName: x\n\nFrom you\n",
        "Name: x\nFrom me\nVersion: 1\n",
        "Name: x\n \n\t\nVersion: 1\n",
        "\ufeffName: x\n",
        "Name: x\rVersion: 1\r\rbody",
        "A\tb: c\n",
        "Näme: x\n",
    ],
)
def test_headers_are_those_of_the_email_parser(text: str) -> None:
    """The same lines are headers, and the same text is the body, as for email.parser."""
    message = email.parser.Parser(policy=email.policy.compat32).parsestr(text)
    document = read(text)
    assert [header.name for header in document.headers] == message.keys()
    assert document.body == message.get_payload()


def test_canonical_orders_and_spells() -> None:
    """The canonical form has the table's order, spelling and folding."""
    document = read(
        "VERSION: 1\nX-a: 1\nname:  x \nlicense: a\n  b\nMetadata-version: 2.1\n\r\nT\r\n"
    )
    assert document.canonical() == (
        "Metadata-Version: 2.1\nName: x\nVersion: 1\nLicense: a\n        b\nX-a: 1\n\nT\n"
    )


@pytest.mark.parametrize(
    "value",
    [
        *("|a\n|b", "a\n|b\n c", "a\n\n", "\na", "a \nb", "a\n        b"),
        # The first line of a license that is centred on its page.
        *("  a\nb", "\ta\n    b", " a\n|b", f"{' ' * 33}a\n    2004"),
    ],
)
def test_any_lines_survive_writing(value: str) -> None:
    """Text of several lines is read back as it was written."""
    text = str(Document.from_fields([("License", value)]))
    assert read(text)["License"] == [value]


def test_equality_and_hash() -> None:
    """Documents of the same bytes are equal."""
    assert read(TEXT) == read(TEXT.encode())
    assert hash(read(TEXT)) == hash(read(TEXT.encode()))
    assert read(TEXT) != read(TEXT + " ")
    assert read(TEXT) != TEXT


def test_repr() -> None:
    """A document shows which one it is, a header where."""
    document = read("Name: x\nVersion: 1\n")
    assert repr(document) == "<Document x 1>"
    assert repr(document.headers[1]) == "<Header Version: '1' in line 2>"


ODD = [
    b"Author: caf\xe9\n",
    b"Name: x\n\n\xff\xfe body",
    b"\xef\xbb\xbfName: x\n",
    b"",
    b"\xc3\xa9\xc3",
]


@pytest.mark.parametrize("data", ODD)
def test_text_with_bytes_in_it_reads_as_the_bytes(data: bytes) -> None:
    """What surrogateescape made of a byte is that byte again: same text, findings, bytes."""
    from_bytes, from_text = read(data), read(data.decode("utf-8", "surrogateescape"))
    assert (data, from_bytes.text) == (bytes(from_text), from_text.text)
    assert from_bytes.undecodable == from_text.undecodable
    assert from_bytes.findings() == from_text.findings()
    assert from_bytes == from_text


@given(st.binary(max_size=40))
def test_any_bytes_read_alike(data: bytes) -> None:
    """Bytes and the text that Python makes of them say the same."""
    from_text = read(data.decode("utf-8", "surrogateescape"))
    assert data == bytes(from_text)
    assert read(data).findings() == from_text.findings()


@pytest.mark.parametrize("number", [0xD800, 0xDBFF, 0xDC00, 0xDC7F, 0xDD00, 0xDFFF])
def test_half_of_a_surrogate_pair(number: int) -> None:
    """Halves that stand for no byte are told as that, and shown as U+FFFD."""
    half = chr(number)
    document = read(f"Name: x\nAuthor: a{half}\n")
    assert ["a\ufffd"] == document["Author"]
    (finding,) = (each for each in document.findings() if each.code == "metadata-encoding")
    assert "half of a surrogate pair" in finding.message
    assert finding.span is not None
    assert (2, 10) == (finding.span.line, finding.span.column)
    assert half == str(document)[-2]


@pytest.mark.parametrize("byte", [0x80, 0xBF, 0xC0, 0xFF])
def test_each_escaped_byte(byte: int) -> None:
    """The first and last bytes that are escaped, and the halves beside them, encode as they should."""
    assert bytes([byte]) == encode(chr(0xDC00 + byte))
    assert b"\xed\xb1\xbf" == encode("\udc7f")
    assert b"\xed\xb4\x80" == encode("\udd00")


@pytest.mark.parametrize("source", ["", b""])
def test_empty_metadata(source: str | bytes) -> None:
    """Nothing at all lacks the three fields that every document has."""
    found = [(each.code, each.message) for each in read(source).findings()]
    names = ("Metadata-Version", "Name", "Version")
    assert [("metadata-missing", f"{name} is missing") for name in names] == found


@given(
    st.sampled_from(["", "a", "|a", "a ", "a|"]),
    st.lists(
        st.tuples(
            st.sampled_from(["\n", "\n", "\n", "\r\n"]),
            st.sampled_from([8, 8, 8, 9, 16, 7]),
            st.sampled_from(["", "a", "b c", "|", "|a", "\tq", "a ", "a\t"]),
        ).map(lambda parts: f"{parts[0]}{' ' * parts[1]}{parts[2]}"),
        min_size=1,
        max_size=5,
    ),
)
def test_lines_led_by_eight_blanks_are_unfolded_as_any_others(first: str, rows: list[str]) -> None:
    """What is done with all of them together is what would be done one by one."""
    folds = "".join(rows)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scan, "_unindented", lambda *_: None)
        expected = scan.unfold(first, 3, folds, 3 + len(first), lines=True)
    assert expected == scan.unfold(first, 3, folds, 3 + len(first), lines=True)


def test_usual_lines_are_unfolded_together() -> None:
    """As setuptools folds a license, with blank lines in it and at both ends."""
    folds = "\n        a\n        \n         b\n        "
    expected = ("a\n\n b", ((0, 9), (2, 19), (3, 28)))
    assert expected == scan._unindented("", 0, folds)


def test_a_folded_field_has_no_more_attributes_than_another() -> None:
    """Its value is made when somebody asks for it, and nothing else is."""
    header = read(TEXT).fields("License")[0]
    assert header.folded
    assert not hasattr(header, "spam")
    assert "first" == header.value.partition("\n")[0]
