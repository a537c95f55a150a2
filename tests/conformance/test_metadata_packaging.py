"""Metadata against ``packaging``: which fields make a document invalid.

Both are asked about the same bytes, field by field.  Where they disagree,
:data:`trigpoint.metadata.DIFFERENCES` must list it; every entry of the table has
an example here that shows it.
"""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import Any

import packaging
import pytest
from hypothesis import given, settings
from packaging.errors import ExceptionGroup as InvalidGroup
from packaging.metadata import Metadata, parse_email

from trigpoint.catalogue import RULES
from trigpoint.findings import Severity
from trigpoint.markers.meaning.differences import PACKAGINGS, known
from trigpoint.metadata import DIFFERENCES, DifferenceFromPackaging, read

HERE = Path(__file__).resolve().parent


def _load(name: str) -> Any:
    """Load a module of the metadata tests, for its files and cases."""
    spec = importlib.util.spec_from_file_location(
        f"trigpoint_conformance_{name}", HERE.parent / "metadata" / f"{name}.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


FILES = _load("real_files").real_files()
FUZZ = _load("test_fuzz")
CASES = _load("test_findings")

HOLD = [each for each in DIFFERENCES if known(packaging.__version__) in each.versions]
"""The differences from the packaging that is installed here."""

STRICTER = {code for difference in HOLD for code in difference.stricter}
HEAD = "Metadata-Version: 2.4\nName: spam\nVersion: 1\n"


def as_bytes(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")


def packagings(data: bytes) -> set[str]:
    """Return the fields that packaging calls invalid, in lower case."""
    try:
        Metadata.from_email(data)
    except InvalidGroup as group:
        errors: tuple[Any, ...] = group.exceptions
        return {error.field.lower().replace("_", "-") for error in errors}
    return set()


def ours(data: bytes) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Return error codes and other codes by field; those about no field under ''."""
    document = read(data)
    errors: dict[str, set[str]] = {}
    others: dict[str, set[str]] = {}
    for finding in document.findings():
        field = ""
        if finding.code == "metadata-missing":
            field = finding.message.partition(" ")[0].lower()
        elif finding.span:
            for header in document.headers:
                if header.start <= finding.span.start < max(header.end, header.start + 1):
                    field = header.key
        target = errors if finding.severity is Severity.ERROR else others
        target.setdefault(field, set()).add(finding.code)
    return errors, others


def disagreements(data: bytes) -> list[str]:
    """Return what the table does not explain."""
    theirs = packagings(data)
    errors, others = ours(data)
    structural = errors.pop("", set())
    everything = structural.union(*errors.values())
    found = []
    for field in sorted(theirs - set(errors)):
        codes = others.get(field, set()) | others.get("", set())
        # A description that cannot be read is reported where it stands, behind the headers.
        if field == "description" and structural:
            continue
        if not any(
            (not difference.fields or field in difference.fields)
            and (
                set(difference.milder) & codes
                if difference.milder
                else field in difference.fields and everything.issuperset(difference.stricter)
            )
            for difference in HOLD
        ):
            found.append(f"packaging refuses {field}: {sorted(codes)}")
    found += [
        f"packaging accepts {field}: {sorted(unlisted)}"
        for field in sorted(set(errors) - theirs)
        if (unlisted := errors[field] - STRICTER)
    ]
    if not theirs and structural - STRICTER:
        found.append(f"packaging accepts the document: {sorted(structural - STRICTER)}")
    return found


@pytest.mark.parametrize("data", [pytest.param(file.data, id=file.name) for file in FILES])
def test_real_files(data: bytes) -> None:
    """On real files the two agree, but for what the table lists."""
    assert disagreements(data) == []


@pytest.mark.parametrize(
    "text", [case[1] for case in (*CASES.READING, *CASES.VERSION, *CASES.FIELDS)]
)
def test_bad_files(text: str | bytes) -> None:
    """On files with one fault each the two agree, but for what the table lists."""
    assert disagreements(as_bytes(text)) == []


@settings(max_examples=200)
@given(FUZZ.DOCUMENTS)
def test_made_up_files(text: str | bytes) -> None:
    """On made-up files the two agree, but for what the table lists."""
    data = as_bytes(text)
    try:
        packagings(data)
    except (AttributeError, IndexError, TypeError, ValueError):
        return  # the email parser fails; findings do not
    assert disagreements(data) == []


@settings(max_examples=200)
@given(FUZZ.DOCUMENTS)
def test_values(text: str | bytes) -> None:
    """The values of fields of one line are those that packaging reads, without blanks at the end."""
    data = as_bytes(text)
    try:
        raw, _ = parse_email(data)
    except (AttributeError, IndexError, TypeError, ValueError):
        return
    document = read(data)
    for name, key in (
        ("Name", "name"),
        ("Version", "version"),
        ("Classifier", "classifiers"),
        ("Requires-Dist", "requires_dist"),
        ("Summary", "summary"),
    ):
        headers = document.fields(name)
        if key in raw and not any(header.folded for header in headers):
            found: Any = dict(raw)[key]
            values = [found] if isinstance(found, str) else found
            assert document[name] == [value.rstrip(" \t") for value in values]


@pytest.mark.parametrize("difference", HOLD, ids=lambda difference: difference.name)
def test_every_difference_is_one(difference: DifferenceFromPackaging) -> None:
    """The example of each entry shows that packaging and the findings disagree as it says."""
    data = as_bytes(difference.example)
    theirs = packagings(data)
    errors, others = ours(data)
    codes: set[str] = set().union(*errors.values(), *others.values())
    if difference.stricter:
        assert codes & set(difference.stricter)
    if difference.milder:
        assert codes & set(difference.milder)
    if difference.fields:
        assert theirs & set(difference.fields) - set(errors)
    elif difference.milder:
        assert theirs - set(errors)
    else:
        assert {field for field in errors if errors[field] & set(difference.stricter)} - theirs
    assert disagreements(data) == []


def test_every_version_in_the_table_is_tested() -> None:
    """A row holds for one version of packaging at least, and for none that no session has."""
    for difference in DIFFERENCES:
        assert difference.versions, difference.name
        assert set(difference.versions) <= set(PACKAGINGS), difference.name


def test_a_difference_that_is_over_is_none() -> None:
    """Where a row does not hold, packaging and the findings agree about its example."""
    for difference in DIFFERENCES:
        if difference not in HOLD:
            theirs, (errors, _) = (
                packagings(as_bytes(difference.example)),
                ours(as_bytes(difference.example)),
            )
            assert theirs == set(errors), difference.name


def test_every_code_in_the_table_exists() -> None:
    """The table names codes of the catalogue, errors as stricter and others as milder."""
    for difference in DIFFERENCES:
        for code in difference.stricter:
            assert RULES[code].severity is Severity.ERROR, code
        for code in difference.milder:
            assert RULES[code].severity is not Severity.ERROR, code
        assert difference.packaging
        assert difference.here
        assert difference.why
