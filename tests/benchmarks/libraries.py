"""Marker libraries behind one interface; a method that a library lacks is a task it does not have."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

__all__ = ["ENVIRONMENT", "LIBRARIES", "Library"]

ENVIRONMENT: Mapping[str, str] = {
    "os_name": "posix",
    "sys_platform": "linux",
    "platform_machine": "x86_64",
    "platform_python_implementation": "CPython",
    "platform_release": "6.8.0-134-generic",
    "platform_system": "Linux",
    "platform_version": "#134-Ubuntu SMP PREEMPT_DYNAMIC Fri Jun 26 18:43:11 UTC 2026",
    "python_version": "3.13",
    "python_full_version": "3.13.18",
    "implementation_name": "cpython",
    "implementation_version": "3.13.18",
}
"""The environment that markers are evaluated in; no extra is requested."""


class Library:
    """One marker library.

    ``parse`` reads one text, ``canonical`` brings it into the form that the
    library's operations work on.  ``packages`` are those whose memories are
    emptied.  ``exact`` libraries decide every question, others only some.
    """

    packages: tuple[str, ...]
    exact = True
    parse: Callable[[str], Any]

    def canonical(self, text: str) -> Any:
        """Read one text, ready for operations; most libraries do so anyway."""
        return self.parse(text)

    def prepared(self) -> Any:
        """Return the environment in the form that is evaluated fastest."""
        return self.plain()

    def plain(self) -> Any:
        """Return the environment as a plain dict, as the library wants it."""
        return {**ENVIRONMENT, "extra": ""}

    def evaluate(self, marker: Any, environment: Any) -> bool:
        """Say whether *marker* holds."""
        return bool(marker.evaluate(environment))

    def evaluate_all(self, job: tuple[list[Any], Any]) -> None:
        """Evaluate many markers in one environment, without a detour for the clock to see."""
        markers, environment = job
        for marker in markers:
            marker.evaluate(environment)

    def evaluate_prepared(self, job: tuple[list[Any], Any]) -> None:
        """Evaluate many markers in an environment that :meth:`prepared` made."""
        self.evaluate_all(job)


class Trigpoint(Library):
    """This project, by its public names."""

    packages = ("trigpoint", "packaging")

    def __init__(self) -> None:
        from trigpoint.markers import Marker, prepare

        self.parse = Marker
        self._prepare = prepare

    def canonical(self, text: str) -> Any:
        marker = self.parse(text)
        marker.is_satisfiable()  # the canonical diagram is made when it is first needed
        return marker

    def prepared(self) -> Any:
        return self._prepare(ENVIRONMENT)

    def plain(self) -> Any:
        return dict(ENVIRONMENT)

    def both(self, a: Any, b: Any) -> Any:
        return a & b

    def either(self, a: Any, b: Any) -> Any:
        return a | b

    def never(self, marker: Any) -> bool:
        return not marker.is_satisfiable()

    def always(self, marker: Any) -> bool:
        return bool(marker.is_always())

    def same(self, a: Any, b: Any) -> bool:
        return bool(a == b)

    def implies(self, a: Any, b: Any) -> bool:
        return bool(a.implies(b))

    def disjoint(self, a: Any, b: Any) -> bool:
        return bool(a.disjoint(b))


class Packaging(Library):
    """The reference implementation: reads and evaluates, decides nothing."""

    packages = ("packaging",)

    def __init__(self) -> None:
        from packaging import markers

        self.parse = markers.Marker
        # New in packaging 26.4.
        self._prepare = getattr(markers, "prepare_environment", None)

    def prepared(self) -> Any:
        return self.plain() if self._prepare is None else self._prepare(self.plain())

    def evaluate_prepared(self, job: tuple[list[Any], Any]) -> None:
        if self._prepare is None:
            self.evaluate_all(job)
            return
        markers, environment = job
        for marker in markers:
            marker.evaluate_prepared(environment)


class DepLogic(Library):
    """Simplifies while it reads and combines, by normal forms."""

    packages = ("dep_logic", "packaging")
    exact = False

    def __init__(self) -> None:
        from dep_logic import markers

        self.parse = markers.parse_marker

    def both(self, a: Any, b: Any) -> Any:
        return a & b

    def either(self, a: Any, b: Any) -> Any:
        return a | b

    def never(self, marker: Any) -> bool:
        return bool(marker.is_empty())

    def always(self, marker: Any) -> bool:
        return bool(marker.is_any())

    def same(self, a: Any, b: Any) -> bool:
        return bool(a == b)


class PoetryCore(Library):
    """Simplifies while it reads and combines, by normal forms."""

    packages = ("poetry.core",)
    exact = False

    def __init__(self) -> None:
        from poetry.core.version import markers

        self.parse = markers.parse_marker

    def evaluate(self, marker: Any, environment: Any) -> bool:
        return bool(marker.validate(environment))

    def evaluate_all(self, job: tuple[list[Any], Any]) -> None:
        markers, environment = job
        for marker in markers:
            marker.validate(environment)

    def both(self, a: Any, b: Any) -> Any:
        return a.intersect(b)

    def either(self, a: Any, b: Any) -> Any:
        return a.union(b)

    def never(self, marker: Any) -> bool:
        return bool(marker.is_empty())

    def always(self, marker: Any) -> bool:
        return bool(marker.is_any())

    def same(self, a: Any, b: Any) -> bool:
        return bool(a == b)


class NabMarkersets(Library):
    """Combines by putting formulas side by side, and decides when asked."""

    packages = ("nab_markersets", "packaging")

    def __init__(self) -> None:
        from nab_markersets.markersets import MarkerSet

        self.parse = MarkerSet.from_marker

    def plain(self) -> Any:
        nothing: frozenset[str] = frozenset()
        return {**ENVIRONMENT, "extra": nothing, "extras": nothing, "dependency_groups": nothing}

    def both(self, a: Any, b: Any) -> Any:
        return a & b

    def either(self, a: Any, b: Any) -> Any:
        return a | b

    def never(self, marker: Any) -> bool:
        return bool(marker.is_empty())

    def always(self, marker: Any) -> bool:
        return bool(marker.is_full())

    def same(self, a: Any, b: Any) -> bool:
        return bool(a.equivalent(b))

    def implies(self, a: Any, b: Any) -> bool:
        return bool(a.is_subset(b))

    def disjoint(self, a: Any, b: Any) -> bool:
        return bool(a.is_disjoint(b))


LIBRARIES: Mapping[str, type[Library]] = {
    "trigpoint": Trigpoint,
    "packaging": Packaging,
    "dep-logic": DepLogic,
    "poetry-core": PoetryCore,
    "nab-markersets": NabMarkersets,
}
"""Every library by the name of its distribution."""
