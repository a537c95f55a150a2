"""How the work on markers grows: steps and bytes as ratios of n to 2n, never time."""

from __future__ import annotations

import contextlib
import functools
import gc
import math
import pickle
import re
import sys
import tracemalloc
from collections.abc import Callable

import pytest
from packaging.version import Version

from trigpoint.markers import CannotSpell, Marker, UndefinedComparison
from trigpoint.markers.exact import algebra, lowering, texts
from trigpoint.markers.exact.lowering import MOST_INSIDE
from trigpoint.markers.exact.restrict import minor_of
from trigpoint.markers.reading.grammar import MOST_LEVELS
from trigpoint.markers.writing import cover, simplify, spelling


def steps_of(work: Callable[[], object]) -> int:
    """Count the calls of functions, those written in C as well."""
    count = 0

    def note(_frame: object, event: str, _what: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    algebra.clear()
    texts._known.clear()
    # What earlier tests left behind is not taken away in the middle, as steps of this one.
    gc.disable()
    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(None)
        gc.enable()
    return count


def bytes_of(work: Callable[[], object]) -> int:
    """Return how many bytes are held at once at most."""
    algebra.clear()
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def platforms(n: int) -> str:
    return " or ".join(f"sys_platform == 'p{i}'" for i in range(n))


def nested(n: int) -> str:
    """Groups in groups, the words in turn."""
    opened = "".join(f"(extra == 'a{i}' {('and', 'or')[i % 2]} " for i in range(n))
    return f"{opened}extra == 'z'{')' * n}"


def left(n: int) -> str:
    """Groups that begin together."""
    return f"{'(' * n}extra == 'z'" + "".join(
        f" {('and', 'or')[i % 2]} extra == 'a{i}')" for i in range(n)
    )


def chain(n: int, op: Callable[[Marker, Marker], Marker]) -> Marker:
    return functools.reduce(op, (Marker(f"extra == 'e{i}'") for i in range(n)))


GROWING: dict[str, Callable[[int], object]] = {
    "negate platforms": lambda n: str(~Marker(platforms(n))),
    "simplify platforms": lambda n: Marker(platforms(n)).simplify(),
    "simplify versions": lambda n: Marker(
        " or ".join(f"python_version == '3.{2 * i}'" for i in range(n))
    ).simplify(),
    "simplify holes": lambda n: Marker(
        " and ".join(f"python_version != '3.{2 * i}'" for i in range(n))
    ).simplify(),
    "simplify releases": lambda n: Marker(
        " or ".join(f"platform_release == '3.{2 * i}'" for i in range(n))
    ).simplify(),
    "simplify extras": lambda n: Marker(
        " or ".join(f"extra == 'e{i}'" for i in range(n))
    ).simplify(),
    "chain of or": lambda n: chain(n, lambda a, b: a | b).is_always(),
    "chain of and": lambda n: chain(n, lambda a, b: a & b).is_satisfiable(),
    "chain, pickled": lambda n: pickle.dumps(chain(n, lambda a, b: ~(a & b))),
    "chain, evaluated": lambda n: chain(n, lambda a, b: ~(a & b)).evaluate(
        {"platform_release": "3.*"}
    ),
    "needles": lambda n: Marker(
        " and ".join(f"'n{i:03}' not in sys_platform" for i in range(n))
    ).is_satisfiable(),
    "a needle": lambda n: Marker(f"'{'9' * n}' in python_version").is_satisfiable(),
    "a part": lambda n: Marker(
        f"platform_release in '{'5.' * n}' and '{'5.' * (n // 2)}' in platform_release"
    ).is_satisfiable(),
    "minor versions": lambda n: Marker(
        f"python_version in '{' '.join(f'3.{i}' for i in range(n))}'"
    ).is_satisfiable(),
}


@pytest.mark.parametrize("name", GROWING)
def test_steps(name: str) -> None:
    """Twice as much to read takes little more than twice the steps."""
    work = GROWING[name]
    work(8)  # what is made once
    small, large = (steps_of(lambda n=n: work(n)) for n in (100, 200))  # type: ignore[misc]
    assert large < 2.8 * small


@pytest.mark.repeats
@pytest.mark.parametrize("name", ["negate platforms", "chain of or", "simplify versions"])
def test_bytes(name: str) -> None:
    """Four times as much to read holds about four times the memory, as tables grow in jumps."""
    work = GROWING[name]
    work(8)
    small, large = (bytes_of(lambda n=n: work(n)) for n in (150, 600))  # type: ignore[misc]
    assert large < 7 * small


@pytest.mark.parametrize("text", [nested, left])
def test_nesting_finds_an_order(text: Callable[[int], str]) -> None:
    """Groups in groups get an order of extras in which their diagram takes few steps."""
    small, large = (Marker(text(n)) for n in (MOST_LEVELS // 2, MOST_LEVELS))
    few, many = (steps_of(lambda marker=marker: marker.meaning) for marker in (small, large))  # type: ignore[misc]
    assert algebra.size(large.meaning) <= 3 * MOST_LEVELS
    assert many < 2.8 * few


def test_deep() -> None:
    """Deep markers are asked, negated, simplified, evaluated and freed without recursion."""
    limit = sys.getrecursionlimit()
    marker = Marker(nested(MOST_LEVELS))
    sys.setrecursionlimit(250)
    try:
        assert marker.is_satisfiable()
        assert str(~marker)
        assert marker.simplify() == marker
        assert hash(marker) == hash(~~marker)
        assert marker.evaluate(extras={"z"}) is (~~marker).evaluate(extras={"z"})
        del marker
        algebra.clear()
    finally:
        sys.setrecursionlimit(limit)


DEPTH = 2_000
"""Operations in each other that work in WebAssembly, in node with its own stack."""


@pytest.mark.repeats
def test_deep_chain() -> None:
    """A chain of operations is built, asked, pickled and freed without recursion."""
    marker = chain(DEPTH, lambda a, b: ~(a & b))
    copy = pickle.loads(pickle.dumps(marker))
    assert marker == copy
    assert marker.evaluate(extras={"e7"}) is copy.evaluate(extras={"e7"})


@pytest.mark.repeats
@pytest.mark.parametrize("levels", [MOST_LEVELS, MOST_LEVELS + 1])
def test_a_text_is_as_deep_as_texts_are_read(levels: int) -> None:
    """A computed marker whose text would have more groups in each other has none."""
    marker = chain(2 * levels + 2, lambda a, b: ~(a & b))
    if levels == MOST_LEVELS:
        assert marker == Marker(str(marker))
        return
    with pytest.raises(CannotSpell):
        str(marker)


def test_the_longest_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """A text of as many comparisons as the bound is written, one more is refused."""
    marker = ~Marker(nested(150))
    size = str(marker).count("extra")
    monkeypatch.setattr(cover, "candidates", lambda *_: ([], []))
    monkeypatch.setattr(simplify, "MOST_COMPARISONS", size)
    leaves = simplify._leaf_words
    monkeypatch.setattr(
        simplify, "_leaf_words", lambda what, *_: spelling.says(f"extra == '{id(what)}'")
    )
    words = simplify._source_words(marker.meaning, "extra")
    assert size == words.size
    monkeypatch.setattr(simplify, "MOST_COMPARISONS", size - 1)
    with pytest.raises(CannotSpell, match=f"more than {size - 1} comparisons"):
        simplify._source_words(marker.meaning, "extra")
    assert leaves is not None


INSIDE = ["1.2.3", "3.1.0+ab.c 2!0.1.2rc1", "x3.8.1.post0.dev2", "00.01.2", "3.9, 3.10.1"]


@pytest.mark.parametrize("text", INSIDE)
def test_versions_in_a_long_text(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A text that is too long for a list of its versions is looked at as text, to the same end."""
    asked = f"python_full_version in '{text}'"
    listed = Marker(asked)
    assert not listed.meaning.node.lazy
    size = sum(len(run) ** 2 for run in re.findall("[0-9a-z.!+]+", text))
    monkeypatch.setattr(lowering, "MOST_INSIDE", size)
    algebra.clear()
    assert not Marker(asked).meaning.node.lazy
    monkeypatch.setattr(lowering, "MOST_INSIDE", size - 1)
    algebra.clear()
    tested = Marker(asked)
    assert tested.meaning.node.lazy
    assert listed == tested
    assert hash(listed) == hash(tested)
    assert asked.replace("'", '"') == str(tested)
    assert listed.is_satisfiable() is tested.is_satisfiable()
    for version in ("1.2.3", "3.1.0", "2!0.1.2rc1", "3.8.1", "0.1.2", "3.10.1"):
        place = {"python_full_version": version, "python_version": minor_of(Version(version))}
        assert (version in text) is tested.evaluate(place) is listed.evaluate(place)
    algebra.clear()


@pytest.mark.parametrize("over", [False, True])
def test_minor_versions_in_a_long_text(over: bool) -> None:
    """Where too many minor versions stand in one text nothing is said of it, but it is evaluated."""
    # One stretch after the other: 4 and 3 letters of 1.23, and so on.
    size = math.isqrt(MOST_INSIDE)
    marker = Marker(f"python_version in '{'.' + '1.' + '2' * (size - 2 + over)}'")
    assert marker.evaluate({"python_version": "1.2", "python_full_version": "1.2.0"})
    if not over:
        assert marker.is_satisfiable()
        return
    with pytest.raises(UndefinedComparison, match="so many versions"):
        marker.is_satisfiable()


@pytest.mark.parametrize(
    "text",
    [
        f"python_full_version in '{'1.2.3+' + 'a1.' * 5_000}'",
        f"python_full_version in '{'1' * 5_000}.2.{'3' * 5_000}'",
        f"python_version in '{'1' * 5_000}.{'2' * 5_000}'",
        " or ".join(f"'{i:02}' not in python_version" for i in range(40)),
        " or ".join(f"'{i:02}' not in platform_release" for i in range(40))
        + " or platform_release >= '5'",
        " and ".join(f"python_full_version in '{'3.9.1 ' * 3_000}{i}'" for i in range(10)),
    ],
)
def test_an_end_is_in_sight(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What would take long to find out ends after so many steps, with an answer or without."""

    def ask() -> None:
        with contextlib.suppress(UndefinedComparison):
            Marker(text).is_always()

    monkeypatch.setattr(texts, "MOST_STEPS", 100_000)
    assert steps_of(ask) < 1_000_000
