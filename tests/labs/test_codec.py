"""Requests and responses: dataclasses to JSON and back, checked."""

from __future__ import annotations

import enum
import json
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trigpoint.findings import Finding, Fix, Severity, Span
from trigpoint.labs import LABS
from trigpoint.labs.codec import MOST_LEVELS, SchemaError, decode, dumps, encode, loads, schema


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


class Colour(enum.Enum):
    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True)
class Painted:
    colour: Colour
    size: float = 1.0


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


numbers = st.integers(0, 99)
spans = st.builds(Span, numbers, numbers, numbers, numbers, numbers, numbers)
fixes = st.builds(Fix, st.text(), st.none() | st.text(), st.none() | spans)
findings = st.builds(
    Finding,
    st.text(),
    st.sampled_from(Severity),
    st.text(),
    st.none() | spans,
    st.none() | fixes,
    st.text(),
)


@given(findings)
def test_findings_round_trip(finding: Finding) -> None:
    """A finding comes back with its severity, its places, its fix and its source."""
    found = decode(Finding, json.loads(dumps(finding)))
    assert (finding, finding.source) == (found, found.source)


@given(findings)
def test_findings_look_the_same_however_they_are_written(finding: Finding) -> None:
    """The codec and the finding itself agree on its JSON."""
    assert finding.to_json() == encode(finding)


@given(outer, findings)
def test_text_is_the_data_written_down(value: Outer, finding: Finding) -> None:
    """Writing at once and writing in two steps give the same text."""
    both = {"value": value, "findings": (finding,)}
    assert json.dumps(encode(both)) == dumps(both)
    assert json.dumps(encode(both), indent=2) == dumps(both, indent=2)


def test_mappings_of_any_kind_are_objects() -> None:
    """A mapping that cannot be changed is written like one that can."""
    assert {"a": ["red"]} == encode(MappingProxyType({"a": (Colour.RED,)}))
    assert '{"a": "red"}' == dumps(MappingProxyType({"a": Colour.RED}))


@pytest.mark.parametrize("value", [{1, 2}, b"bytes", Outer, object()])
def test_what_the_codec_does_not_know_is_a_mistake(value: object) -> None:
    """A program that hands over something else learns of it, by either way."""
    with pytest.raises(TypeError, match="no JSON for"):
        encode(value)
    with pytest.raises(TypeError, match="no JSON for"):
        dumps([value])


def test_enumerations_are_their_values() -> None:
    """They are written as text, read as members, and described as the texts there are."""
    assert {"colour": "red", "size": 1.0} == encode(Painted(Colour.RED))
    assert Painted(Colour.BLUE, 2.0) == decode(Painted, {"colour": "blue", "size": 2})
    assert {"enum": ["red", "blue"]} == schema(Colour)


@pytest.mark.parametrize("colour", ["green", 1, None, [], {}])
def test_other_values_than_those_of_an_enumeration_do_not_fit(colour: object) -> None:
    """The error says where, and which there are."""
    with pytest.raises(SchemaError, match=r"colour: expected one of red, blue"):
        decode(Painted, {"colour": colour})


def test_a_table_must_be_an_object() -> None:
    """A list is none."""
    with pytest.raises(SchemaError, match="table: expected object"):
        decode(Outer, {"number": 1, "table": []})


def _nested(levels: int) -> str:
    return "[" * levels + "]" * levels


def test_json_is_read_down_to_the_last_allowed_level() -> None:
    """The bound is the number of levels that are read, and one more is refused."""
    assert isinstance(loads(_nested(MOST_LEVELS)), list)
    with pytest.raises(SchemaError, match=f"at most {MOST_LEVELS} levels"):
        loads(_nested(MOST_LEVELS + 1))


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        '{"a":' * 100_000,
        _nested(100_000),
        '"\\\\"' + "[" * 101,
        "]" * 5 + "[" * 200,
        # A text that never ends: each of its letters is looked at once.
        '"' + '\\"' * 200_000,
    ],
)
def test_deep_json_is_refused_before_it_is_read(text: str) -> None:
    """Depth ends a WebAssembly module, so it is counted first."""
    with pytest.raises(SchemaError):
        loads(text)


def test_brackets_count_where_they_are_structure_only() -> None:
    """Brackets in a text and beside each other are no depth."""
    assert ["[{" * 500] == loads(json.dumps(["[{" * 500]))
    assert ['\\"[' * 200] == loads(json.dumps(['\\"[' * 200]))
    assert [[]] * 5000 == loads(json.dumps([[]] * 5000))


@pytest.mark.parametrize("text", ["", "{", '"', '"\\', "nope", '{"a": 1,}', "9" * 5000 + "x"])
def test_what_is_no_json_does_not_fit(text: str) -> None:
    """A text that nobody can read is the same error as one of another shape."""
    with pytest.raises(SchemaError, match="expected JSON"):
        loads(text)
