"""What somebody typed never raises: every public function, with numbers, depths and bytes."""

from __future__ import annotations

import json
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trigpoint import installers, versions
from trigpoint.extras import (
    RuleSet,
    compare_rules,
    reach,
    read_offer,
    read_requests,
    requested_extras,
    requirements,
    review,
)
from trigpoint.findings import render
from trigpoint.metadata import (
    FIELDS,
    FORMS,
    NEXT_MAJOR,
    VERSIONS,
    Document,
    UnknownFieldError,
    convert,
    diff,
    explain,
    from_json,
    from_project_table,
    minimum_version,
    read,
    to_json,
)

pytestmark = pytest.mark.repeats

LONG = "9" * 5_000
DEEP = 3_000
PIECES = [
    LONG,
    "1." + "0" * (versions.MOST_DIGITS + 1),
    f"1.{LONG}",
    f"1rc{LONG}",
    f"1+{LONG}",
    f"{LONG}!1",
    f"v{LONG}",
    f">={LONG}",
    f"~=1.{LONG}",
    f"=={LONG}.*",
    f"==={LONG}",
    f"spam>={LONG}",
    f"spam ({LONG})",
    f"spam[x]=={LONG}",
    f"spam; python_version > '{LONG}'",
    f"spam; '{LONG}' in extras",
    f"spam; extra == '{LONG}'",
    f"spam @ https://example.org/{LONG}",
    f"spam; platform_release >= '{LONG}'",
    "(" * DEEP,
    "spam; " + "(" * DEEP + "os_name == 'nt'" + ")" * DEEP,
    "spam; " + "os_name == 'nt' or (" * 300 + "os_name == 'a'" + ")" * 300,
    "spam" + "[" * DEEP,
    "(" * DEEP + "MIT" + ")" * DEEP,
    "(" * 150 + "MIT" + ")" * 150,
    "MIT AND " * DEEP + "MIT",
    "NOT " * DEEP + "MIT",
    "MIT WITH " * 3,
    "a." * DEEP + "b",
    "a <" * DEEP,
    '"\\' * DEEP,
    "\udcff",
    "\ud800",
    "\x00",
    "\x85",
    "\u2028",
    "\ufeff",
    "\u202e",
    "\xe9",
    "\U0001f40d",
    "\u0663",  # a digit, but none of ASCII
    "\xb2",
    "",
    " ",
    ",",
    ";",
    "x",
    "2.4",
    "3.0",
    "spam",
]
VALUES = st.lists(st.sampled_from(PIECES), min_size=1, max_size=2).map("".join)
LINES = st.builds("{}: {}\n".format, st.sampled_from([*FIELDS, "X-a"]), VALUES)
DOCUMENTS = st.lists(LINES, max_size=6).map("".join)
KEYS = ["name", "version", "requires-python", "dependencies", "authors", "license", "keywords"]


def bytes_of(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def ask_metadata(text: str | bytes) -> Document:
    document = read(text)
    found = document.findings(kind="sdist") + document.findings(next_major=True)
    json.dumps([finding.to_json() for finding in found])
    render(found, document.text)
    for form in FORMS:
        json.dumps(to_json(document, form).data)
    minimum_version(document).to_json()
    for to in ("1.0", "1.2", "2.1", "2.6", NEXT_MAJOR):
        converted = convert(document, to, force=True)
        json.dumps(converted.to_json())
        assert converted.document is not None
        differences = diff(document, converted.document)
        json.dumps([difference.to_json() for difference in differences])
    read(document.canonical()).findings()
    return document


def ask_extras(document: str, request: str) -> None:
    read_offer(document)
    read_requests(request)
    for rules in RuleSet:
        requested_extras(request, provides=["a"], defaults=["a"], rules=rules)
        requirements(document, request, rules=rules)
        review(document, rules)
        reach(document, rules)
    compare_rules(document, request, "installers", "summit", ["cpython-3.13-linux-x86_64"])


def ask_installers(source: str | bytes, text: str) -> None:
    for tool in (text, f"pip {text}", "pip 26.3"):
        installers.predict(source, tool, text, file_name=text, wheel=text).to_json()
        installers.nearest(tool)


@settings(max_examples=60)
@given(DOCUMENTS, VALUES)
def test_documents(text: str, value: str) -> None:
    """Any lines, as text and as bytes, to every function that takes a document."""
    for source in (text, bytes_of(text)):
        ask_metadata(source)
    ask_extras(text, value)


@pytest.mark.parametrize("name", FIELDS)
def test_long_numbers(name: str) -> None:
    """A number of 5,000 digits in any field raises nowhere."""
    text = "".join(f"{name}: {piece}\n" for piece in PIECES if LONG in piece)
    ask_metadata(text)


@pytest.mark.parametrize("piece", PIECES, ids=lambda piece: ascii(piece[:20]))
def test_pieces(piece: str) -> None:
    """Each piece alone: as request, requirement, tool, file, field name, JSON and TOML."""
    text = f"Name: spam\nProvides-Extra: x\nRequires-Dist: {piece}\nRequires-Dist: spam[{piece}]\n"
    ask_metadata(text)
    ask_extras(text, piece)
    ask_installers(text, piece)
    with pytest.raises(UnknownFieldError):
        explain(piece or "-")
    for value in (piece, [piece], {piece: piece}):
        data = {field.json_key: value for field in FIELDS.values()}
        from_json(data).findings()
        from_json(json.dumps(data)).findings()
    quoted = json.dumps(piece.encode("utf-8", "replace").decode())
    for key in KEYS:
        for form in (quoted, f"[{quoted}]", f"[{{name = {quoted}}}]", f"{{{quoted} = {quoted}}}"):
            table = f"[project]\n{key} = {form}\n"
            assert read(bytes(from_project_table(table))).findings()
            from_project_table(table).findings()
        from_project_table(f"[project]\n{key} = {piece}\n").findings()


@given(st.binary(max_size=60), st.sampled_from(PIECES))
def test_bytes(data: bytes, piece: str) -> None:
    """Any bytes, alone and around a piece."""
    source = b"Name: x\nRequires-Dist: " + data + bytes_of(piece)
    ask_metadata(source)
    from_json(data).findings()
    installers.predict(source, "pip 26.3")


@pytest.mark.parametrize("version", [*VERSIONS, NEXT_MAJOR])
def test_a_version_too_long(version: str) -> None:
    """A Version whose number is too long to read is a finding, at its place."""
    text = f"Metadata-Version: {version}\nName: x\nVersion: 1.{LONG}\n"
    found = [
        each
        for each in read(text).findings(next_major=True)
        if each.span is None or each.span.line == 3
    ]
    code = "metadata-version-old" if version in ("1.0", "1.1") else "metadata-version-value"
    assert [code] == [finding.code for finding in found]
    assert f"a number has more than {versions.MOST_DIGITS} digits" in found[0].message
    assert len(found[0].message) < 100


@pytest.mark.parametrize("size", [versions.MOST_DIGITS, versions.MOST_DIGITS + 1])
@pytest.mark.parametrize("value", ["{}", "1.{}", "1rc{}", "1+{}.a"])
def test_digits_of_a_version(value: str, size: int) -> None:
    """Numbers may have so many digits, and no more."""
    text = f"Metadata-Version: 2.1\nName: x\nVersion: {value.format('1' * size)}\n"
    beyond = size > versions.MOST_DIGITS
    assert beyond == (["metadata-version-value"] == [each.code for each in read(text).findings()])


def test_pythons_own_limit_does_not_matter() -> None:
    """The answer is the same whatever limit for digits this Python has."""
    text = f"Version: {'1' * 1000}\nRequires-Python: >={'1' * 1000}\n"
    before = sys.get_int_max_str_digits()
    found = []
    try:
        for limit in (versions.MOST_DIGITS, 4_300, 0):
            sys.set_int_max_str_digits(limit)
            found.append(read(text).findings())
            assert [] == diff(read(text), read(text))
    finally:
        sys.set_int_max_str_digits(before)
    assert found[0] == found[1] == found[2]
