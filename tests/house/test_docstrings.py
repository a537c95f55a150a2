"""Every public function says what each of its parameters is."""

from __future__ import annotations

import importlib
import inspect
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

PARTS = [
    "trigpoint.catalogue",
    "trigpoint.extras",
    "trigpoint.findings",
    "trigpoint.installers",
    "trigpoint.metadata",
    "trigpoint.versions",
    "trigpoint.markers",
    "trigpoint.archives",
    "trigpoint.labs",
]

EXEMPT = {"trigpoint.markers", "trigpoint.archives", "trigpoint.labs"}
"""Parts that still leave parameters out; shorten this list."""


def functions(part: str) -> Iterator[tuple[str, Callable[..., Any]]]:
    """Yield the functions that a part exports, and the public methods of its classes."""
    module = importlib.import_module(part)
    for name in module.__all__:
        value = getattr(module, name)
        if inspect.isfunction(value):
            yield name, value
        elif inspect.isclass(value) and value.__module__.startswith("trigpoint."):
            for base in reversed(value.__mro__):
                if not base.__module__.startswith("trigpoint."):
                    continue
                for method, member in vars(base).items():
                    plain = isinstance(member, (classmethod, staticmethod))
                    found = member.__func__ if plain else member
                    if inspect.isfunction(found) and not method.startswith("_"):
                        yield f"{name}.{method}", found


def left_out(function: Callable[..., Any]) -> list[str]:
    """Return the parameters that the docstring of a function does not name."""
    document = inspect.getdoc(function) or ""
    described = re.sub(r"(?m)^ *(?:>>>|\.\.\.).*", "", document)
    names = list(inspect.signature(function).parameters)
    return [
        name
        for name in names
        if name not in ("self", "cls")
        and not name.startswith("_")
        and not re.search(rf"(?:``|\*|:attr:`){name}\b", described)
    ]


CASES = [(f"{part}.{name}", value) for part in PARTS for name, value in functions(part)]


def test_the_search_finds_what_is_left_out() -> None:
    """A parameter counts as described where the text marks its name."""

    def described(one: int, two: int) -> None:
        """Take *one*, and the other; two is not marked.

        >>> described(one=1, two=2)
        """

    assert ["two"] == left_out(described)


@pytest.mark.parametrize(
    "name",
    sorted({name for name, _ in CASES if not name.startswith(tuple(EXEMPT))}),
)
def test_parameters(name: str) -> None:
    """The docstring of a public function or method names each parameter."""
    assert [] == left_out(dict(CASES)[name])


@pytest.mark.parametrize("part", sorted(EXEMPT))
def test_exempt_parts_need_it(part: str) -> None:
    """A part that leaves nothing out any more comes off the list."""
    assert any(left_out(value) for _, value in functions(part))
