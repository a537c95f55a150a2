"""Frozen dataclasses to JSON and back, checked.

Only what requests and responses are made of: text, numbers, booleans, None,
tuples, other dataclasses, and mappings with text keys.
"""

from __future__ import annotations

import dataclasses
import functools
import types
import typing
from collections.abc import Mapping
from typing import Any, TypeVar

__all__ = ["SchemaError", "decode", "encode", "schema"]

T = TypeVar("T")
_PLAIN = {
    str: "string",
    int: "integer",
    float: "number",
    bool: "boolean",
    type(None): "null",
}


class SchemaError(ValueError):
    """A JSON value does not fit; ``path`` says where, as ``field.0.field``."""

    def __init__(self, path: str, expected: str) -> None:
        super().__init__(f"{path or 'value'}: expected {expected}")
        self.path = path
        self.expected = expected


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


def encode(value: Any) -> Any:
    """Return *value* as JSON-ready data."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {name: encode(getattr(value, name)) for name in _fields(type(value))}
    if isinstance(value, Mapping):
        return {key: encode(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [encode(item) for item in value]
    return value


def decode(cls: type[T], data: Any, path: str = "") -> T:
    """Return *data* as an instance of *cls*.

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
    """Return the JSON Schema of *kind*."""
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
    fields = _fields(kind)
    return {
        "type": "object",
        "title": kind.__name__,
        "properties": {name: schema(hint) for name, (hint, _) in fields.items()},
        "required": [name for name, (_, required) in fields.items() if required],
        "additionalProperties": False,
    }
