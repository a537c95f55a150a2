"""Every public function says what each of its parameters is."""

from __future__ import annotations

import importlib
import importlib.util
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

import trigpoint


def parts() -> Iterator[str]:
    """Yield the modules that export something, those of Sphinx only where it is installed."""
    without = () if importlib.util.find_spec("sphinx") else ("trigpoint.sphinx",)
    for found in pkgutil.walk_packages(trigpoint.__path__, "trigpoint."):
        if found.name.startswith(without):
            continue
        if hasattr(importlib.import_module(found.name), "__all__"):
            yield found.name


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


CASES = {f"{part}.{name}": value for part in parts() for name, value in functions(part)}


def test_the_search_finds_what_is_left_out() -> None:
    """A parameter counts as described where the text marks its name."""

    def described(one: int, two: int) -> None:
        """Take *one*, and the other; two is not marked.

        >>> described(one=1, two=2)
        """

    assert ["two"] == left_out(described)


@pytest.mark.parametrize("name", sorted(CASES))
def test_parameters(name: str) -> None:
    """The docstring of a public function or method names each parameter."""
    assert [] == left_out(CASES[name])


def test_every_room_is_looked_into() -> None:
    """The functions of each part are among those that are asked, the inner ones too."""
    expected = {"archives", "cli", "extras", "installers", "labs", "markers", "metadata"}
    expected |= {"catalogue", "findings", "requirements", "versions"}
    assert expected <= {name.split(".")[1] for name in CASES}
    assert "trigpoint.markers.exact.diagrams.Space.meet" in CASES
