"""Which builders there are: those that come with Trigpoint, and those of other distributions."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Mapping
from importlib import metadata
from typing import Any, Final, NamedTuple

from trigpoint.extensions.protocol import GROUP, ExtensionBuilder, ExtensionError
from trigpoint.extensions.settings import nearest

__all__ = ["BUILTIN", "Announced", "Registry", "announced", "load"]

_HERE: Final = "trigpoint.extensions.builders"

BUILTIN: Final[Mapping[str, str]] = {
    "c": f"{_HERE}.c:CBuilder",
    "cargo": f"{_HERE}.cargo:CargoBuilder",
    "cmake": f"{_HERE}.cmake:CMakeBuilder",
    "cython": f"{_HERE}.cython:CythonBuilder",
    "fortran": f"{_HERE}.fortran:FortranBuilder",
    "meson": f"{_HERE}.meson:MesonBuilder",
    "pep517": f"{_HERE}.pep517:Pep517Builder",
}
"""The builders of Trigpoint by name, each as module and class.

They need no entry point, so that they are there from a source tree and in a browser too.
"""


class Announced(NamedTuple):
    """A builder that a distribution announces, as module and class."""

    distribution: str
    value: str


Registry = Mapping[str, tuple[Announced, ...]]
"""Who announces a builder, by its name."""


def announced(points: Iterable[metadata.EntryPoint] | None = None) -> Registry:
    """Return every builder there is; *points* are the entry points to look at.

    Without them those of the group ``trigpoint.builders`` in this environment are.

    >>> announced([])["c"][0].distribution
    'trigpoint'
    """
    found = {name: [Announced("trigpoint", value)] for name, value in BUILTIN.items()}
    for point in metadata.entry_points(group=GROUP) if points is None else points:
        name = point.dist.name if point.dist else "?"
        each = Announced(name, point.value.replace(" ", ""))
        # A distribution that is on the path twice announces one builder.
        if each not in found.setdefault(point.name, []):
            found[point.name].append(each)
    return {name: tuple(each) for name, each in found.items()}


def load(name: str, registry: Registry) -> type[ExtensionBuilder]:
    """Return the builder *name* of *registry*.

    Raises :exc:`ExtensionError`: ``extension-unknown-builder``,
    ``extension-ambiguous-builder`` or ``extension-builder-broken``.
    """
    who = registry.get(name, ())
    if not who:
        raise ExtensionError(
            "extension-unknown-builder",
            f"there is no builder {name!r}",
            fix=f"{nearest(name, list(registry))} (one from another distribution "
            "has to be in build-system.requires)",
            key="builder",
        )
    if len(who) > 1:
        names = " and ".join(each.distribution for each in who)
        raise ExtensionError(
            "extension-ambiguous-builder",
            f"the builder {name} is announced by {names}",
            fix="leave one of them out of build-system.requires",
            key="builder",
        )
    (one,) = who
    module, _, attribute = one.value.partition(":")
    try:
        builder: Any = importlib.import_module(module)
        for each in attribute.split("."):
            builder = getattr(builder, each)
    except (Exception, SystemExit) as problem:  # the module of a stranger can raise anything
        raise _broken(name, one, f"{type(problem).__name__}: {problem}") from problem
    missing = [
        each
        for each in ("build", "get_expected_outputs", "get_tag")
        if not callable(getattr(builder, each, None))
    ]
    if not isinstance(builder, type) or missing:
        raise _broken(name, one, f"{one.value} has no {', '.join(missing) or 'class'}")
    return builder


def _broken(name: str, one: Announced, why: str) -> ExtensionError:
    return ExtensionError(
        "extension-builder-broken",
        f"the builder {name} of {one.distribution} cannot be loaded ({why})",
        fix=f"install another version of {one.distribution}, or tell its authors",
        key="builder",
    )
