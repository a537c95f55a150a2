"""What must hold for every real file."""

from __future__ import annotations

import json

from trigpoint.metadata import VERSIONS, Change, Document, convert, diff, from_json, read, to_json


def fields(document: Document) -> list[tuple[str, str]]:
    return [
        (header.field.name if header.field else header.name, header.value)
        for header in document.headers
    ]


def unreported(before: Document, after: Document, *changes: Change) -> list[tuple[str, str]]:
    """Return the fields of *before* that are not in *after* and that no change names."""
    told = {(change.field, change.before) for change in changes}
    kept = fields(after)
    return [pair for pair in fields(before) if pair not in kept and pair not in told]


def test_round_trip(real_file: bytes) -> None:
    """bytes() is the input, from bytes and from text."""
    assert bytes(read(real_file)) == real_file
    assert str(read(real_file.decode())) == real_file.decode()


def test_canonical_is_idempotent(real_file: bytes) -> None:
    """The canonical form of the canonical form is itself."""
    once = read(real_file).canonical()
    assert read(once).canonical() == once


def test_canonical_keeps_every_value(real_file: bytes) -> None:
    """The canonical form holds the same values."""
    document = read(real_file)
    again = read(document.canonical())
    assert sorted(fields(again)) == sorted(fields(document))
    assert again.body == document.body.replace("\r\n", "\n").replace("\r", "\n")


def test_there_and_back_loses_nothing_unreported(real_file: bytes) -> None:
    """2.x to 3.0 to 2.x: whatever is not the same was reported, value by value."""
    document = read(real_file)
    there = convert(document, "3.0")
    assert there.document is not None
    back = convert(there.document, "2.6")
    assert back.document is not None
    assert unreported(document, back.document, *there.changes, *back.changes) == []
    assert back.document["Description"] == [
        text.replace("\r\n", "\n") for text in document["Description"]
    ]


def test_requirements_come_back_letter_by_letter(real_file: bytes) -> None:
    """2.x to 3.0 to 2.x does not touch Requires-Dist."""
    document = read(real_file)
    there = convert(document, "3.0").document
    assert there is not None
    back = convert(there, "2.6").document
    assert back is not None
    assert back["Requires-Dist"] == [
        line.replace('extra=="', 'extra == "') for line in document["Requires-Dist"]
    ]


def test_every_version_reports_what_it_loses(real_file: bytes) -> None:
    """Converting to any version reports every value that the result does not have."""
    document = read(real_file)
    for version in VERSIONS:
        made = convert(document, version)
        assert made.document is not None
        assert unreported(document, made.document, *made.changes) == [], version
        assert made.document["Metadata-Version"] == [version]


def test_findings_have_places_in_text_order(real_file: bytes) -> None:
    """Findings come in text order, and their lines are lines of the file."""
    found = read(real_file).findings()
    starts = [finding.span.start for finding in found if finding.span]
    assert starts == sorted(starts)
    assert all(finding.span.line <= real_file.count(b"\n") + 1 for finding in found if finding.span)


def test_json_and_back(real_file: bytes) -> None:
    """JSON holds every value, unless reported, and gives the same document back."""
    document = read(real_file)
    made = to_json(document)
    again = from_json(json.dumps(made.data))
    different = [
        found for found in diff(document, again) if found.kind not in ("order", "spelling")
    ]
    assert len(different) <= len(made.findings)


def test_nothing_differs_from_itself(real_file: bytes) -> None:
    """Diff finds nothing between a document and its canonical form."""
    document = read(real_file)
    kinds = {found.kind for found in diff(document, read(document.canonical()))}
    assert kinds <= {"order", "spelling"}
