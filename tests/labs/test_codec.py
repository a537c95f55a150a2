"""Requests and responses: dataclasses to JSON and back, checked."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trigpoint.labs import LABS
from trigpoint.labs.codec import SchemaError, decode, encode, schema


@dataclass(frozen=True)
class Inner:
    name: str
    flag: bool | None = None


@dataclass(frozen=True)
class Outer:
    number: int
    items: tuple[Inner, ...] = ()
    table: dict[str, int] = field(default_factory=dict)
    anything: Any = None


inner = st.builds(Inner, st.text(), st.none() | st.booleans())
outer = st.builds(
    Outer,
    st.integers(),
    st.lists(inner).map(tuple),
    st.dictionaries(st.text(), st.integers()),
    st.none() | st.text(),
)


@given(outer)
def test_round_trip_through_json(value: Outer) -> None:
    """What is written can be read back, equal."""
    assert value == decode(Outer, json.loads(json.dumps(encode(value))))


@pytest.mark.parametrize(
    ("data", "path"),
    [
        ({}, "number"),
        ({"number": "1"}, "number"),
        ({"number": True}, "number"),
        ({"number": 1, "items": "x"}, "items"),
        ({"number": 1, "items": [{"name": 2}]}, "items.0.name"),
        ({"number": 1, "items": [{"name": "a", "flag": 1}]}, "items.0.flag"),
        ({"number": 1, "table": {"x": "y"}}, "table.x"),
        ({"number": 1, "other": 2}, "other"),
        ([], ""),
        (None, ""),
    ],
)
def test_what_does_not_fit_is_named(data: object, path: str) -> None:
    """The error says where in the data the fault is."""
    with pytest.raises(SchemaError) as caught:
        decode(Outer, data)
    assert path == caught.value.path


def test_schema_describes_each_field() -> None:
    """The JSON Schema lists fields, types and which are required."""
    described = schema(Outer)
    assert ["number"] == described["required"]
    assert {"type": "integer"} == described["properties"]["number"]
    assert described["properties"]["items"]["items"]["properties"]["flag"] == {
        "anyOf": [{"type": "boolean"}, {"type": "null"}]
    }
    assert described["additionalProperties"] is False


@pytest.mark.parametrize("name", LABS)
def test_labs_have_a_schema(name: str) -> None:
    """Each lab's request and response can be described and written as JSON."""
    lab = LABS[name]
    assert json.dumps([schema(lab.request_type), schema(lab.response_type)])
