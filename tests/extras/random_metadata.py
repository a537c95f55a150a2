"""Small random metadata, with the truth of each marker kept beside its text."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from hypothesis import strategies as st

NAMES = "abcd"

Truth = Callable[[frozenset[str], frozenset[str]], bool]
"""From extras for positive tests and extras for negative ones to the answer, on POSIX."""


class RandomMarker(NamedTuple):
    text: str
    truth: Truth
    negates: bool


class RandomLine(NamedTuple):
    """``extras`` is None for a line on another project, else the brackets of one on itself."""

    text: str
    target: str
    marker: RandomMarker | None

    @property
    def truth(self) -> Truth:
        return self.marker.truth if self.marker else lambda _positive, _negative: True


class RandomMetadata(NamedTuple):
    provides: tuple[str, ...]
    defaults: tuple[str, ...]
    lines: tuple[RandomLine, ...]

    @property
    def document(self) -> dict[str, list[str]]:
        return {
            "Name": ["pkg"],
            "Provides-Extra": list(self.provides),
            "Default-Extra": list(self.defaults),
            "Requires-Dist": [line.text for line in self.lines],
        }

    @property
    def negates(self) -> bool:
        return any(line.marker and line.marker.negates for line in self.lines)


def _atom(name: str, wanted: bool) -> RandomMarker:
    if wanted:
        return RandomMarker(f"extra == '{name}'", lambda p, _n: name in p, False)
    return RandomMarker(f"extra != '{name}'", lambda _p, n: name not in n, True)


_HERE = RandomMarker("os_name == 'posix'", lambda _p, _n: True, False)
_ELSEWHERE = RandomMarker("os_name == 'nt'", lambda _p, _n: False, False)


def _join(word: str, left: RandomMarker, right: RandomMarker) -> RandomMarker:
    both = word == "and"

    def truth(positive: frozenset[str], negative: frozenset[str]) -> bool:
        sides = left.truth(positive, negative), right.truth(positive, negative)
        return all(sides) if both else any(sides)

    return RandomMarker(
        f"({left.text}) {word} ({right.text})", truth, left.negates or right.negates
    )


def markers(*, negations: bool = True) -> st.SearchStrategy[RandomMarker]:
    wanted = st.sampled_from([True, True, False]) if negations else st.just(True)
    atoms = st.one_of(
        st.builds(_atom, st.sampled_from(NAMES), wanted), st.sampled_from([_HERE, _ELSEWHERE])
    )
    return st.recursive(
        atoms,
        lambda inner: st.builds(_join, st.sampled_from(["and", "or"]), inner, inner),
        max_leaves=4,
    )


@st.composite
def metadata(draw: st.DrawFn, *, negations: bool = True) -> RandomMetadata:
    names = st.lists(st.sampled_from(NAMES), unique=True, max_size=4)
    provides = tuple(draw(names))
    defaults = tuple(name for name in draw(names) if name in provides)
    lines = []
    for index in range(draw(st.integers(0, 6))):
        marker = draw(st.none() | markers(negations=negations))
        target = f"dep{index}"
        if draw(st.booleans()):
            target = draw(st.sampled_from(["pkg", "pkg[]"]) | named_requests())
        lines.append(RandomLine(f"{target}; {marker.text}" if marker else target, target, marker))
    return RandomMetadata(provides, defaults, tuple(lines))


def named_requests() -> st.SearchStrategy[str]:
    """Requests that name at least one extra."""
    names = st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True)
    return names.map(lambda chosen: f"pkg[{','.join(chosen)}]")


def requests(*, negatives: bool = False) -> st.SearchStrategy[str]:
    every = st.sampled_from(["pkg", "pkg[]"]) | named_requests()
    if negatives:
        names = st.lists(st.sampled_from(NAMES), min_size=2, max_size=3, unique=True)
        every |= names.map(lambda chosen: f"pkg[-{chosen[0]},{','.join(chosen[1:])}]")
        every |= st.sampled_from(NAMES).map(lambda name: f"pkg[-{name}]")
    return every
