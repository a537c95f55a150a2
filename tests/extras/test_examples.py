"""The examples in the documentation of the API are true."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import trigpoint.extras

MODULES = ["trigpoint.extras"] + [
    f"trigpoint.extras.{found.name}" for found in pkgutil.iter_modules(trigpoint.extras.__path__)
]


@pytest.mark.parametrize("name", MODULES)
def test_examples(name: str) -> None:
    """Every example runs and shows what it says."""
    assert 0 == doctest.testmod(importlib.import_module(name)).failed


@pytest.mark.parametrize("name", trigpoint.extras.__all__)
def test_public_names_are_documented(name: str) -> None:
    """Every public name has words of its own."""
    public = getattr(trigpoint.extras, name)
    assert getattr(public, "__doc__", None) or name.endswith("Like")
