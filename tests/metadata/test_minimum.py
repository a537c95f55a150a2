"""The lowest version that a document needs."""

from __future__ import annotations

import json

import pytest

from trigpoint.kept import SHORT
from trigpoint.metadata import VERSIONS, convert, from_json, minimum, minimum_version, read

CASES = [
    ("Name: x\n", "1.0", ()),
    ("Classifier: A :: B\n", "1.1", ("Classifier",)),
    ("Requires-Dist: y (>=1)\n", "1.2", ("Requires-Dist",)),
    ("Requires-Dist: y (>=1); sys.platform == 'win32'\n", "1.2", ("Requires-Dist",)),
    ("Requires-Dist: y>=1\n", "2.1", ("Requires-Dist",)),
    ("Requires-Dist: y[z]\n", "2.1", ("Requires-Dist",)),
    ("Requires-Dist: y @ https://x\n", "2.1", ("Requires-Dist",)),
    ("Requires-Dist: y; extra == 'x'\n", "2.1", ("Requires-Dist",)),
    ("Requires-Dist: !!!\n", "1.2", ("Requires-Dist",)),
    ("Name: x\n\nText\n", "2.1", ("Description",)),
    ("Dynamic: License\n", "2.2", ("Dynamic",)),
    (
        "License-File: L\nLicense-Expression: MIT\nDynamic: License\n",
        "2.4",
        ("License-File", "License-Expression"),
    ),
    ("Import-Name: x\n", "2.5", ("Import-Name",)),
    ("Requires-Dist: y; 'x' in extras\n", "3.0", ("Requires-Dist",)),
    ("Default-Extra: x\n", "3.0", ("Default-Extra",)),
]


@pytest.mark.parametrize(("text", "version", "fields"), CASES)
def test_minimum(text: str, version: str, fields: tuple[str, ...]) -> None:
    """The version is the lowest, and the decisive fields are named with their lines."""
    needed = minimum_version(read(text))
    assert needed.version == version
    assert tuple(reason.field for reason in needed.decisive) == fields
    assert all(reason.span and reason.span.line >= 1 for reason in needed.reasons)
    assert read(text).minimum_version() == needed


@pytest.mark.parametrize(
    "text", [case[0] for case in CASES if case[1] in VERSIONS and "!!!" not in case[0]]
)
def test_nothing_is_lost_at_the_minimum(text: str) -> None:
    """Converted to its minimum a document keeps every value, and below it loses or moves one."""
    text = "Metadata-Version: 2.6\n" + text
    version = minimum_version(read(text)).version
    kept = [change.field for change in convert(read(text), version).changes]
    assert kept == ["Metadata-Version"] * (version != "2.6")
    if version != "1.0":
        below = VERSIONS[VERSIONS.index(version) - 1]
        assert len(convert(read(text), below, force=True).changes) > 1


def test_json() -> None:
    """The answer is JSON-ready."""
    data = json.loads(json.dumps(minimum_version(read("Import-Name: x\n")).to_json()))
    assert data["reasons"][0]["span"]["line"] == 1


@pytest.mark.parametrize(
    ("line", "reasons"),
    [
        ("Requires-Dist: y[z]", [("2.1", "1.2 cannot ask for extras", "[z]")]),
        ("Requires-Dist: y[]", [("2.1", "1.2 cannot ask for extras", "[]")]),
        ("Requires-Dist: y @ https://x@z", [("2.1", "1.2 cannot name a URL", "@")]),
        ("Requires-Dist: y >=1", [("2.1", "1.2 asks for parentheses around versions", ">=1")]),
        ("Requires-Dist: y (>=1)", []),
        ("Requires-Dist: y; os_name == 'nt'", []),
        ("Requires-Dist: y; ???", []),
        (
            "Requires-Dist: y; 'x' in extras",
            [("3.0", "only the 3.0 model has the set extras", " 'x' in extras")],
        ),
        ("Default-Extra: x", [("3.0", "Default-Extra is proposed by PEP 771 only", "x")]),
        ("License-File: x", [("2.4", "License-File came with 2.4", "x")]),
        ("Summary: x", []),
        ("Unknown: x", []),
        ("Metadata-Version: 2.6", []),
        ("Name: y\n\nText", [("2.1", "the description stands after the headers", "")]),
    ],
)
def test_reasons(line: str, reasons: list[tuple[str, str, str]]) -> None:
    """Each reason says what needs the version, at its place."""
    document = read(f"{line}\n")
    found = [
        (each.version, each.message, each.span and document.text[each.span.start : each.span.end])
        for each in minimum_version(document).reasons
        if each.message != "Requires-Dist came with 1.2"
    ]
    assert reasons == found


def test_a_description_of_a_table_has_no_place() -> None:
    """Nobody sees the text of what was made from JSON."""
    document = from_json('{"name": "x", "description": "Text\\n"}')
    assert [None] == [each.span for each in minimum_version(document).reasons]
    data = minimum_version(document).to_json()
    assert ["version", "field", "message", "span"] == list(data["reasons"][0])


def test_a_requirement_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What it needs is kept, however long it is within a bound of letters."""
    seen: list[str] = []
    real = vars(minimum)["parse"]

    def watched(text: str) -> object:
        seen.append(text)
        return real(text)

    monkeypatch.setattr(minimum, "parse", watched)
    minimum._needs.cache_clear()
    long = f"a[{'b' * SHORT}]"
    document = read(f"Requires-Dist: a[b]\nRequires-Dist: {long}\n")
    first, second = minimum_version(document), minimum_version(document)
    assert first == second
    assert ["a[b]", long] == seen
