"""JSON, in three forms, and back."""

from __future__ import annotations

import json

import pytest
from packaging.metadata import parse_email

from trigpoint.metadata import diff, from_json, read, to_json

TEXT = (
    "Metadata-Version: 2.4\nName: spam\nVersion: 1\nKeywords: a, b\n"
    "Project-URL: Docs, https://x.org\n"
    "Project-URL: Code, https://y.org\nClassifier: A :: B\nX-Colour: red\n\nHello\n"
)


def test_pep566() -> None:
    """Lower-case keys, lists for repeatable fields, keywords split, the body as description."""
    assert read(TEXT).to_json() == {
        "metadata_version": "2.4",
        "name": "spam",
        "version": "1",
        "keywords": ["a", "b"],
        "project_url": ["Docs, https://x.org", "Code, https://y.org"],
        "classifier": ["A :: B"],
        "x_colour": ["red"],
        "description": "Hello\n",
    }


def test_pep819() -> None:
    """The text of PEP 819 makes an object of URLs, its schema a list of objects."""
    assert read(TEXT).to_json("pep819")["project_url"] == {
        "Docs": "https://x.org",
        "Code": "https://y.org",
    }
    assert read(TEXT).to_json("pep819-schema")["project_url"] == [
        {"label": "Docs", "url": "https://x.org"},
        {"label": "Code", "url": "https://y.org"},
    ]


@pytest.mark.parametrize("form", ["pep566", "pep819", "pep819-schema"])
def test_back(form: str) -> None:
    """Every form gives the document back."""
    document = read(TEXT)
    again = from_json(json.dumps(document.to_json(form)).encode())
    assert {found.kind for found in diff(document, again)} <= {"spelling", "order"}
    assert again["X-Colour"] == ["red"]


def test_values_are_those_of_packaging() -> None:
    """Packaging reads the same values from the same text."""
    raw, _ = parse_email(TEXT)
    data = read(TEXT).to_json("pep819")
    assert raw["project_urls"] == data["project_url"]
    assert raw["keywords"] == data["keywords"]
    assert raw["description"] == data["description"]


LOST = [
    ("Summary: a\nSummary: b\n", "pep566", 2),
    ("Project-URL: D, https://x\nProject-URL: D, https://y\n", "pep819", 2),
    ("Description: a\n\nb\n", "pep566", 3),
]


@pytest.mark.parametrize(("text", "form", "line"), LOST)
def test_what_json_cannot_hold_is_reported(text: str, form: str, line: int) -> None:
    """A value without a place in the form is reported at its line."""
    found = to_json(read(text), form).findings
    assert [(finding.code, finding.span and finding.span.line) for finding in found] == [
        ("metadata-json-lost", line)
    ]


def test_unknown_form() -> None:
    """A form that does not exist is an error of the program."""
    with pytest.raises(ValueError, match="form is one of"):
        read(TEXT).to_json("xml")


BAD = [
    ("{", "metadata-json-syntax"),
    ("[]", "metadata-json-syntax"),
    ("[" * 100_000, "metadata-json-syntax"),
    (b"\xff", "metadata-json-syntax"),
    (b'{"author": "caf\xe9"}', "metadata-encoding"),
    ('{"author": "caf\udce9"}', "metadata-encoding"),
    ('{"name": "a", "name": "b"}', "metadata-json-duplicate"),
    ('{"name": 1}', "metadata-json-type"),
    ('{"name": ["a"]}', "metadata-json-type"),
    ('{"classifier": "A :: B"}', "metadata-json-type"),
    ('{"classifier": [1, "A :: B"]}', "metadata-json-type"),
    ('{"classifier": {}}', "metadata-json-type"),
    ('{"keywords": [1]}', "metadata-json-type"),
    ('{"project_url": [{"label": 1}]}', "metadata-json-type"),
    ('{"summary": "a\\nb"}', "metadata-json-type"),
    ('{"colour": "red"}', "metadata-json-key"),
    ('{"colour": 1}', "metadata-json-type"),
    ('{"": "red"}', "metadata-json-type"),
    ('{"a:b": "red"}', "metadata-json-type"),
]


@pytest.mark.parametrize(("source", "code"), BAD)
def test_bad_json_is_found(source: str | bytes, code: str) -> None:
    """What cannot be used is a finding, never an exception."""
    assert code in [finding.code for finding in from_json(source).findings()]


def test_the_last_of_equal_keys_counts() -> None:
    """As PEP 819 asks."""
    assert from_json('{"name": "a", "name": "b"}')["Name"] == ["b"]


def test_long_numbers_stay_text() -> None:
    """A number of many digits is not converted, so it costs nothing."""
    assert from_json('{"version": ' + "1" * 100_000 + "}")["Version"] == ["1" * 100_000]


def test_a_mapping_is_fine() -> None:
    """Data that is read already is taken as it is, keywords in one text too."""
    document = from_json({"name": "x", "keywords": "a,b", "import_name": [""]})
    assert document["Keywords"] == ["a,b"]
    assert document["Import-Name"] == [""]
