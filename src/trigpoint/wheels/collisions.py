"""What two wheels would write to one place.

Idea: both are landed in every place, and what meets there is compared by target, and by
folded case where the system folds it.

Cost: n log n in both wheels together, times the number of places.

Example: two wheels with ``tests/__init__.py`` share it wherever they are installed; pip and
uv overwrite the first without a word, and uninstalling one takes the other's file.

Source: recorded runs of pip and uv.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from trigpoint.wheels.data import Inspection
from trigpoint.wheels.places import PLACES, PYTHON, Landed, Place, landing

__all__ = ["Collision", "collisions"]


@dataclass(frozen=True, slots=True)
class Collision:
    """Two files that meet: ``first`` of the one wheel and ``second`` of the other, by path.

    ``target`` is where, in the first of ``places``, which are the names of all places
    where it happens.  ``how`` is ``"same"`` (the bytes are the same too), ``"differs"``,
    ``"case"`` (their names differ in case only), or ``"folder"`` (one is a file where the
    other needs a folder).
    """

    target: str
    first: str
    second: str
    how: str
    places: tuple[str, ...]


def collisions(
    first: Inspection,
    second: Inspection,
    places: Iterable[Place] | None = None,
    python: str = PYTHON,
) -> tuple[Collision, ...]:
    """Return what the wheels *first* and *second* both write, by target.

    *places* are those to look at, all of them unless given, and *python* is that of
    :func:`landing`.

    >>> from trigpoint.wheels.inspection import inspect
    >>> collisions(inspect(b""), inspect(b""))
    ()
    """
    digests = tuple({each.path: each.digest for each in wheel.entries} for wheel in (first, second))
    met: dict[tuple[str, str, str], tuple[str, list[str]]] = {}
    for place in PLACES.values() if places is None else places:
        for target, one, two, how in _meet(
            landing(first, place, python), landing(second, place, python), place
        ):
            if how == "differs" and not one.generated and not two.generated:
                digest = digests[0][one.path]
                if digest and digest == digests[1][two.path]:
                    how = "same"  # noqa: PLW2901
            met.setdefault((one.path, two.path, how), (target, []))[1].append(place.name)
    return tuple(
        sorted(
            (
                Collision(target, one, two, how, tuple(names))
                for (one, two, how), (target, names) in met.items()
            ),
            key=lambda each: (each.target, each.first, each.second),
        )
    )


def _meet(
    first: Iterable[Landed], second: Iterable[Landed], place: Place
) -> Iterable[tuple[str, Landed, Landed, str]]:
    """Yield target, both files and how they meet in *place*."""

    def key(target: str) -> str:
        return target.casefold() if place.folds_case else target

    one = {key(each.target): each for each in first}
    two = {key(each.target): each for each in second}
    for name, each in one.items():
        if other := two.get(name):
            how = "differs" if other.target == each.target else "case"
            yield each.target, each, other, how
        elif above := _above(name, two):
            yield above.target, each, above, "folder"
    for name, each in two.items():
        if name not in one and (above := _above(name, one)):
            yield above.target, above, each, "folder"


def _above(name: str, files: dict[str, Landed]) -> Landed | None:
    """Return the file that stands where *name* needs a folder."""
    folder = name.rpartition("/")[0]
    while folder:
        if folder in files:
            return files[folder]
        folder = folder.rpartition("/")[0]
    return None
