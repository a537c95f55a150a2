"""The field table."""

from __future__ import annotations

import json
from collections.abc import Mapping

import packaging.metadata
import pytest

from trigpoint.metadata import FIELDS, VERSIONS, UnknownFieldError, explain


def test_the_table_knows_what_packaging_knows() -> None:
    """Every field that packaging reads is here, since the same version."""
    attributes = {field.packaging: field for field in FIELDS.values() if field.packaging}
    known = {
        name: item
        for name, item in vars(packaging.metadata.Metadata).items()
        if hasattr(item, "added")
    }
    assert sorted(known) == sorted(attributes)
    for name, validator in known.items():
        # packaging says 1.0 where the first version hardly matters.
        since = attributes[name].since
        assert validator.added in (since, "1.0"), name


def test_multiple_use_matches_packaging() -> None:
    """Fields that may be repeated are those that packaging keeps as a list or mapping."""
    from packaging.metadata import parse_email

    for field in FIELDS.values():
        if field.packaging and field.name != "Keywords":
            value = "a, b" if field.name == "Project-URL" else "a"
            raw, _ = parse_email(f"{field.name}: {value}\n")
            values: Mapping[str, object] = raw
            assert isinstance(values[field.packaging], str) is not field.multiple, field.name


@pytest.mark.parametrize("name", list(FIELDS))
def test_every_field_explains_itself(name: str) -> None:
    """Text and JSON say the same, and the JSON has a status for every version."""
    field = explain(name.lower())
    data = json.loads(json.dumps(field.to_json()))
    assert field.name == name
    assert str(field).startswith(f"{name}: ")
    assert field.meaning in str(field)
    assert list(data["versions"]) == list(VERSIONS)
    assert data["source"].startswith("https://")


@pytest.mark.parametrize(
    ("name", "version", "status"),
    [
        ("Name", "1.0", "required"),
        ("License-File", "2.3", "absent"),
        ("License-File", "2.4", "optional"),
        ("License", "2.4", "deprecated"),
        ("Summary", "1.2", "required"),
        ("Summary", "2.1", "optional"),
        ("Default-Extra", "2.6", "absent"),
    ],
)
def test_status(name: str, version: str, status: str) -> None:
    """A field is absent, optional, required or deprecated in each version."""
    assert FIELDS[name].status(version) == status


def test_unknown_fields_offer_close_ones() -> None:
    """A misspelled name is an error that says what was probably meant."""
    with pytest.raises(UnknownFieldError, match="did you mean Requires-Dist"):
        explain("Require-Dist")
    with pytest.raises(UnknownFieldError, match="is not a field"):
        explain("x" * 100)
