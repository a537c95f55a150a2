"""What build backends did with each feature of ``[project]``, version by version, as recorded.

The record holds stretches of versions that answered alike; where one ends and
the next begins, no release lies between.  Nothing is said about versions before
the first and behind the last one.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from types import MappingProxyType
from typing import Any

from packaging.version import Version

from trigpoint import versions

__all__ = ["BACKENDS", "FEATURES", "RUN_ON", "Floor", "Recorded", "Stretch", "load"]


read = functools.cache(versions.version)
"""Read a version of the record, of which there are not many."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Neighbouring versions that did the same, from ``first`` to ``last``.

    ``outcome`` is ``"good"``, ``"lost"`` (a wheel without it) or ``"refused"``;
    ``metadata`` the metadata version that was written, if any, and ``message``
    what was said, or written instead.
    """

    first: str
    last: str
    outcome: str
    metadata: str
    message: str

    def holds(self, version: Version) -> bool:
        """Say whether *version* is one of these."""
        return read(self.first) <= version <= read(self.last)


@dataclass(frozen=True, slots=True)
class Floor:
    """Where a feature begins: in ``version``, after ``before``, the last that did not have it.

    ``before`` is None if the oldest recorded version has it already.
    """

    version: str
    before: Stretch | None


@dataclass(frozen=True, slots=True)
class Recorded:
    """What one tool did.

    ``name`` is its project, ``date`` the day of the runs, ``asked`` the versions
    that were run, oldest first, and ``stretches`` the outcomes of each feature.
    """

    name: str
    date: str
    asked: tuple[str, ...]
    stretches: Mapping[str, tuple[Stretch, ...]]

    def at(self, feature: str, version: Version) -> Stretch | None:
        """Return what *version* did with *feature*; None if that was not recorded.

        >>> BACKENDS["flit-core"].at("license-expression", Version("3.10.1")).outcome
        'refused'
        """
        for stretch in self.stretches.get(feature, ()):
            if stretch.holds(version):
                return stretch
        return None

    def floor(self, feature: str) -> Floor | None:
        """Return from where on *feature* is good up to the newest recorded version.

        None if the newest one does not have it, or nothing was recorded.

        >>> BACKENDS["flit-core"].floor("license-expression").version
        '3.11.0'
        """
        found: Floor | None = None
        before: Stretch | None = None
        for stretch in self.stretches.get(feature, ()):
            if stretch.outcome != "good":
                found = None
            elif found is None:
                found = Floor(stretch.first, before)
            before = stretch
        return found


def _recorded(name: str, data: Mapping[str, Any]) -> Recorded:
    stretches = {
        feature: tuple(Stretch(*row) for row in rows) for feature, rows in data["features"].items()
    }
    return Recorded(name, data["recorded"], tuple(data["asked"]), MappingProxyType(stretches))


def load() -> tuple[Mapping[str, Recorded], Mapping[str, str], str]:
    """Return the tools of the record, what each feature is, and what the runs were made on."""
    folder = resources.files(__package__.rpartition(".")[0]).joinpath("data")
    data = json.loads(folder.joinpath("backends.json").read_text("ascii"))
    tools = {name: _recorded(name, each) for name, each in data["tools"].items()}
    where = f"Python {data['python']}, {data['platform']}"
    return MappingProxyType(tools), MappingProxyType(data["features"]), where


_LOADED = load()

BACKENDS: Mapping[str, Recorded] = _LOADED[0]
"""What was recorded of each build backend, and of pip and twine as readers, by project."""

FEATURES: Mapping[str, str] = _LOADED[1]
"""The features that were built, each with what it is in a few words."""

RUN_ON: str = _LOADED[2]
"""The Python and the platform of the runs."""
