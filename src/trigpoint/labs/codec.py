"""The one way between Python's values and JSON: checked, and quick.

It knows what requests, responses and findings are made of: text, numbers,
booleans, None, tuples, mappings with text keys, enumerations (written as their
value) and dataclasses of these (written as an object of their fields).  What is
not in that list is a mistake of the program, and raises :exc:`TypeError`.

>>> from trigpoint.findings import Finding, Severity
>>> found = Finding("request-field", Severity.ERROR, "no")
>>> decode(Finding, encode(found)) == found
True
"""

from __future__ import annotations

import dataclasses
import enum
import functools
import itertools
import json
import re
import types
import typing
from collections.abc import Mapping
from typing import Any, Final, TypeVar

from trigpoint.findings import TrigpointError

__all__ = [
    "MOST_LEVELS",
    "SchemaError",
    "decode",
    "dumps",
    "encode",
    "loads",
    "schema",
]

T = TypeVar("T")

MOST_LEVELS: Final = 100
"""Arrays and objects inside each other that :func:`loads` reads.

Deep nesting overflows the stack of WebAssembly, which no exception survives.
Nothing that a reader sends or an index answers has more than ten.
"""

_PLAIN: Final = {
    str: "string",
    int: "integer",
    float: "number",
    bool: "boolean",
    type(None): "null",
}


class SchemaError(TrigpointError, ValueError):
    """A JSON value does not fit; ``path`` says where, as ``field.0.field``."""

    def __init__(self, path: str, expected: str) -> None:
        super().__init__(f"{path or 'value'}: expected {expected}")
        self.path = path
        self.expected = expected


# -- writing ----------------------------------------------------------------------------


@functools.cache
def _names(cls: type) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(cls))


def _shallow(value: object) -> Any:
    """Return what *value*, nothing that JSON has a form for, is made of."""
    if isinstance(value, enum.Enum):
        return value.value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {name: getattr(value, name) for name in _names(type(value))}
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"no JSON for {type(value).__name__}")


def encode(value: Any) -> Any:
    """Return *value* as JSON-ready data: dicts, lists, text, numbers, booleans, None.

    Raises :exc:`TypeError` for what the codec does not know.
    """
    if type(value) in _PLAIN:
        return value
    if isinstance(value, tuple | list):
        return [encode(item) for item in value]
    if isinstance(value, dict):
        return {key: encode(item) for key, item in value.items()}
    return encode(_shallow(value))


def dumps(value: Any, *, indent: int | None = None) -> str:
    """Return *value* as JSON text, what :func:`encode` gives written down.

    *indent* is the number of blanks of each level; without it all is one line.
    Raises :exc:`TypeError` for what the codec does not know.

    >>> dumps({"a": (1, None)})
    '{"a": [1, null]}'
    """
    return json.dumps(value, default=_shallow, indent=indent)


# -- reading ----------------------------------------------------------------------------

# An unfinished text reaches to the end, so that each letter is looked at once.
_STRINGS: Final = re.compile(r'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)
_NO_BRACKETS: Final = re.compile(r"[^][{}]+")
_STEP: Final = {"[": 1, "{": 1, "]": -1, "}": -1}


def _levels(text: str) -> int:
    """Return how many arrays and objects of the JSON *text* are inside each other."""
    brackets = _NO_BRACKETS.sub("", _STRINGS.sub("", text))
    return max(itertools.accumulate(map(_STEP.__getitem__, brackets)), default=0)


def loads(text: str) -> Any:
    """Return what the JSON *text* says, as dicts, lists, text, numbers, booleans and None.

    Raises :exc:`SchemaError` for a text that is no JSON, or has more than
    :data:`MOST_LEVELS` levels.

    >>> loads('{"a": [1]}')
    {'a': [1]}
    """
    if _levels(text) > MOST_LEVELS:
        raise SchemaError("", f"at most {MOST_LEVELS} levels of brackets")
    try:
        return json.loads(text)
    except ValueError as error:
        raise SchemaError("", f"JSON ({error})") from error


@functools.cache
def _fields(cls: type) -> dict[str, tuple[Any, bool]]:
    """Return the type of each field of *cls*, and whether it must be given."""
    hints = typing.get_type_hints(cls)
    return {
        field.name: (
            hints[field.name],
            field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING,
        )
        for field in dataclasses.fields(cls)
    }


def decode(cls: type[T], data: Any, path: str = "") -> T:
    """Return JSON-ready *data* as an instance of *cls*; *path* is where in a larger value it is.

    Raises :exc:`SchemaError` at the first value that does not fit.
    """
    return typing.cast("T", _decode(cls, data, path))


def _decode(kind: Any, data: Any, path: str) -> Any:
    if kind is Any:
        return data
    if kind in _PLAIN:
        if kind is float and type(data) is int:
            return float(data)
        if type(data) is not kind:
            raise SchemaError(path, _PLAIN[kind])
        return data
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (types.UnionType, typing.Union):
        for option in arguments:
            try:
                return _decode(option, data, path)
            except SchemaError:
                continue
        raise SchemaError(path, " or ".join(_name(option) for option in arguments))
    if origin is tuple:
        if not isinstance(data, list | tuple):
            raise SchemaError(path, "array")
        return tuple(_decode(arguments[0], item, f"{path}.{i}") for i, item in enumerate(data))
    if origin is dict:
        if not isinstance(data, Mapping):
            raise SchemaError(path, "object")
        return {key: _decode(arguments[1], item, f"{path}.{key}") for key, item in data.items()}
    if issubclass(kind, enum.Enum):
        known = {each.value: each for each in kind}
        if not isinstance(data, str) or data not in known:
            raise SchemaError(path, f"one of {', '.join(map(str, known))}")
        return known[data]
    return _decode_fields(kind, data, path)


def _decode_fields(kind: type, data: Any, path: str) -> Any:
    if not isinstance(data, Mapping):
        raise SchemaError(path, "object")
    fields = _fields(kind)
    for name in data:
        if name not in fields:
            raise SchemaError(f"{path}.{name}".lstrip("."), f"one of {', '.join(fields)}")
    for name, (_, required) in fields.items():
        if required and name not in data:
            raise SchemaError(f"{path}.{name}".lstrip("."), "a value")
    return kind(
        **{
            name: _decode(fields[name][0], item, f"{path}.{name}".lstrip("."))
            for name, item in data.items()
        }
    )


def _name(kind: Any) -> str:
    return _PLAIN.get(kind) or str(getattr(kind, "__name__", kind))


def schema(kind: Any) -> dict[str, Any]:
    """Return the JSON Schema of what :func:`encode` makes of the type *kind*."""
    if kind is Any:
        return {}
    if kind in _PLAIN:
        return {"type": _PLAIN[kind]}
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (types.UnionType, typing.Union):
        return {"anyOf": [schema(option) for option in arguments]}
    if origin is tuple:
        return {"type": "array", "items": schema(arguments[0])}
    if origin is dict:
        return {"type": "object", "additionalProperties": schema(arguments[1])}
    if issubclass(kind, enum.Enum):
        return {"enum": [each.value for each in kind]}
    fields = _fields(kind)
    return {
        "type": "object",
        "title": kind.__name__,
        "properties": {name: schema(hint) for name, (hint, _) in fields.items()},
        "required": [name for name, (_, required) in fields.items() if required],
        "additionalProperties": False,
    }
