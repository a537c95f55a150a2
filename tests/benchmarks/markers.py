"""Markers against four libraries, on the markers of real packages.

Of markers that differ in the names of extras only, a few are used: metadata is
full of bare ``extra == "name"``, which would drown the rest.

In *canonicalise*, Trigpoint's markers become diagrams, and dep-logic and
poetry-core simplify as they always do; packaging and nab only read.
Evaluation is of markers that were read so, asked again and again in an
environment that is prepared where the library can do that, or a plain dict, the
same for all markers; *parse and evaluate once* is of new ones.  The pairs take each marker with one other.  To *combine and
decide* is to join two and to ask the result a question, because a library that only
puts formulas side by side has not done the work yet.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.benchkit import Bar, Benchmark, Cold, Way, each, faster
from tests.benchmarks.libraries import LIBRARIES, Library

__all__ = ["BENCHMARKS", "balanced"]

CORPUS = Path(__file__).resolve().parents[1] / "data" / "markers.txt"
_EXTRAS = re.compile(r"(extra\s*[!=]=\s*)(\"[^\"]*\"|'[^']*')")

Ask = Callable[[Library, Any], bool]
AskPair = Callable[[Any, Any, Any], bool]


def balanced(texts: Iterable[str], limit: int) -> list[str]:
    """Keep *limit* markers of those that differ in the names of extras only."""
    seen: Counter[str] = Counter()
    chosen = []
    for text in texts:
        shape = _EXTRAS.sub(r"\1''", text)
        seen[shape] += 1
        if seen[shape] <= limit:
            chosen.append(text)
    return chosen


def corpus() -> list[str]:
    """Return the markers."""
    lines = CORPUS.read_text("utf-8").splitlines()
    return balanced((line.partition("\t")[0] for line in lines), 20)


def pairs() -> list[tuple[str, str]]:
    """Return each marker with one other."""
    texts = corpus()
    return [(text, texts[(7 * i + 1) % len(texts)]) for i, text in enumerate(texts)]


def _letter(answer: object) -> str:
    return "1" if answer else "0"


def _ways(make: Callable[[Library], Way], names: Iterable[str]) -> dict[str, Callable[[], Way]]:
    """Return a way for each library, which is loaded when the way is asked for."""
    return {name: lambda name=name: make(LIBRARIES[name]()) for name in names}  # type: ignore[misc]


ALL = tuple(LIBRARIES)
DECIDING = ("trigpoint", "dep-logic", "poetry-core", "nab-markersets")
NORMAL_FORMS = frozenset({"dep-logic", "poetry-core"})

_RELEASES = {
    r"platform_release\s*[<>]": "orders platform_release as versions where one side is none"
}
KNOWN = dict.fromkeys(sorted(NORMAL_FORMS), _RELEASES)
"""Where peers do not follow the specification, which has strings compare equal or not at all."""


def _parse(library: Library) -> Way:
    return Way(
        each(library.parse),
        answer=lambda text: _letter(library.parse(text) is not None),
        forgets=library.packages,
    )


def _canonicalise(library: Library) -> Way:
    return Way(
        each(library.canonical),
        answer=lambda text: _letter(library.canonical(text) is not None),
        forgets=library.packages,
    )


def _evaluate(library: Library, environment: Any, run: Callable[[Any], object]) -> Way:
    return Way(
        run,
        ready=lambda texts: ([library.canonical(text) for text in texts], environment),
        answer=lambda text: _letter(library.evaluate(library.canonical(text), environment)),
        forgets=library.packages,
    )


def _prepared(library: Library) -> Way:
    return _evaluate(library, library.prepared(), library.evaluate_prepared)


def _plain(library: Library) -> Way:
    return _evaluate(library, library.plain(), library.evaluate_all)


def _once(library: Library) -> Way:
    environment = library.plain()

    def ask(text: str) -> bool:
        return library.evaluate(library.parse(text), environment)

    return Way(each(ask), answer=lambda text: _letter(ask(text)), forgets=library.packages)


def _both_read(library: Library, items: Sequence[Sequence[str]]) -> list[tuple[Any, Any]]:
    """Read each text once, however many pairs it is in."""
    known = {text: library.canonical(text) for text in dict.fromkeys(t for p in items for t in p)}
    return [(known[a], known[b]) for a, b in items]


def _decide(ask: AskPair) -> Callable[[Library], Way]:
    def make(library: Library) -> Way:
        def run(markers: Iterable[tuple[Any, Any]]) -> None:
            for a, b in markers:
                ask(library, a, b)

        return Way(
            run,
            ready=lambda items: _both_read(library, items),
            answer=lambda pair: _letter(ask(library, *map(library.canonical, pair))),
            forgets=library.packages,
        )

    return make


def _deciding(name: str, ask: AskPair, bars: Mapping[str, Bar], names: Iterable[str]) -> Benchmark:
    return Benchmark(
        name, "pair of markers", pairs, _ways(_decide(ask), names), bars, may_miss=NORMAL_FORMS
    )


BENCHMARKS = (
    Benchmark("parse", "marker", corpus, _ways(_parse, ALL)),
    Benchmark(
        "parse and canonicalise",
        "marker",
        corpus,
        _ways(_canonicalise, ALL),
        {
            "packaging": faster(1.5),
            "dep-logic": faster(4),
            "poetry-core": faster(15),
            "nab-markersets": faster(2.5),
        },
    ),
    Benchmark(
        "evaluate, prepared environment",
        "marker",
        corpus,
        _ways(_prepared, ALL),
        {
            "packaging": faster(15),
            "dep-logic": faster(15),
            "poetry-core": faster(6),
            "nab-markersets": faster(15),
        },
        cold=Cold.NEVER,
        known=KNOWN,
    ),
    Benchmark(
        "evaluate, plain dict",
        "marker",
        corpus,
        _ways(_plain, ALL),
        {name: faster(1) for name in ALL if name != "trigpoint"},
        cold=Cold.NEVER,
        known=KNOWN,
    ),
    Benchmark(
        "parse and evaluate once, plain dict",
        "marker",
        corpus,
        _ways(_once, ALL),
        known=KNOWN,
    ),
    _deciding(
        "and, then: does it never hold?",
        lambda lib, a, b: lib.never(lib.both(a, b)),
        {"dep-logic": faster(15), "poetry-core": faster(20), "nab-markersets": faster(40)},
        DECIDING,
    ),
    _deciding(
        "or, then: does it always hold?",
        lambda lib, a, b: lib.always(lib.either(a, b)),
        {"dep-logic": faster(100), "poetry-core": faster(40), "nab-markersets": faster(40)},
        DECIDING,
    ),
    _deciding(
        "and, then: is it the first?",
        lambda lib, a, b: lib.same(lib.both(a, b), a),
        {"dep-logic": faster(15), "poetry-core": faster(20), "nab-markersets": faster(40)},
        DECIDING,
    ),
    _deciding(
        "implies",
        lambda lib, a, b: lib.implies(a, b),
        {"nab-markersets": faster(40)},
        ("trigpoint", "nab-markersets"),
    ),
    _deciding(
        "disjoint",
        lambda lib, a, b: lib.disjoint(a, b),
        {"nab-markersets": faster(40)},
        ("trigpoint", "nab-markersets"),
    ),
)
