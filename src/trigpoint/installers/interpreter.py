"""Whether the Python that a tool was recorded with meets what a document asks of it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from packaging.specifiers import InvalidSpecifier

from trigpoint.installers.forms import OPERATORS, clauses, python_form
from trigpoint.kept import keeps, letters_of
from trigpoint.versions import specifiers

__all__ = ["NEWEST", "environment_of", "requires_python_features"]

NEWEST = "3.13.0"
"""The Python that a document is read for where nobody says which."""

# In words about the bound that is not met; one that is met does not matter then.
_UNMET = {
    "at-least": "lower",
    "above": "lower",
    "below": "upper",
    "at-most": "upper",
    "not-equal": "exclusion",
    "equal": "equality",
    "compatible": "compatible",
    "arbitrary": "equality",
}


@keeps(64)
def environment_of(python: str) -> Mapping[str, str]:
    """Return the marker variables of CPython *python* on the machine of the record.

    The release and version of the system are not among them.

    >>> environment_of("3.6.15")["python_version"]
    '3.6'
    """
    return MappingProxyType(
        {
            "os_name": "posix",
            "sys_platform": "linux",
            "platform_machine": "x86_64",
            "platform_python_implementation": "CPython",
            "platform_system": "Linux",
            "python_version": ".".join(python.split(".")[:2]),
            "python_full_version": python,
            "implementation_name": "cpython",
            "implementation_version": python,
        }
    )


@keeps(1024, letters_of)
def requires_python_features(value: str, python: str) -> tuple[str, ...]:
    """Return the features of a Requires-Python *value* for the interpreter *python*.

    >>> requires_python_features("<3", "3.13.0")
    ('requires-python-unmet-upper',)
    """
    try:
        wanted = specifiers(value)
    except InvalidSpecifier:
        return (python_form(value),)
    if not value.strip():
        return ("requires-python-empty",)
    if value.rstrip().endswith(","):
        return ("requires-python-trailing-comma",)
    if wanted.contains(python, prereleases=True):
        names = {f"requires-python-{OPERATORS[operator]}" for operator, _ in clauses(value)}
        return tuple(sorted(names)) or ("requires-python-unreadable",)
    unmet = {
        _UNMET[OPERATORS[operator]]
        for operator, text in clauses(value)
        if not specifiers(f"{operator}{text}").contains(python, prereleases=True)
    }
    return tuple(f"requires-python-unmet-{each}" for each in sorted(unmet)) or (
        "requires-python-unreadable",
    )
