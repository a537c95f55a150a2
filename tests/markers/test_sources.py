"""Programs: what a meaning was made from, in steps, against the graph that it is."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from trigpoint.markers import Marker
from trigpoint.markers.exact import algebra
from trigpoint.markers.exact.algebra import Meaning
from trigpoint.markers.exact.restrict import Given, read_environment
from trigpoint.markers.exact.sources import comparisons_of, program, run
from trigpoint.markers.reading.grammar import parse
from trigpoint.markers.reading.tree import Comparison

NAMES = "abcd"
TEXTS = (
    *(f"extra == '{name}'" for name in NAMES),
    "extra == 'a' and extra == 'b'",
    "extra == 'a' or extra == 'c' or extra == 'd'",
    "(extra == 'a' or extra == 'b') and (extra == 'c' or extra == 'd')",
)
ENDS = {"a", "c"}
GIVEN = read_environment({}, ENDS)


def graph(chance: random.Random, size: int) -> list[Meaning]:
    """Return meanings of which each is made from some before it, the last one from most."""
    made = [algebra.meaning_of(parse(chance.choice(TEXTS))) for _ in range(3)]
    for _ in range(size):
        a, b = (made[-1 - min(int(chance.expovariate(0.7)), len(made) - 1)] for _ in "ab")
        what = chance.choice(("and", "and", "or", "or", "not", "restrict"))
        if what == "not":
            made.append(algebra.opposite(a))
        elif what == "restrict":
            made.append(algebra.restricted(a, GIVEN))
        else:
            made.append(algebra.operate(what, a, b))
    return made


def asked(comparison: Any, names: set[str]) -> bool:
    """Answer a comparison of an extra."""
    assert type(comparison) is Comparison
    assert comparison.literal is not None
    return comparison.literal.value in names


def answer(meaning: Meaning | Any, names: set[str]) -> bool:
    """Answer as the graph says, without a program."""
    source: Any = meaning.source if isinstance(meaning, Meaning) else meaning
    if type(source) is Comparison:
        return asked(source, names)
    if type(source) is not tuple:
        values = [answer(part, names) for part in source.parts]
        return all(values) if source.op == "and" else any(values)
    values = [answer(part, ENDS if source[0] == "restrict" else names) for part in source[1]]
    if source[0] == "not":
        return not values[0]
    return any(values) if source[0] == "or" else all(values)


def answers(meaning: Meaning) -> list[bool]:
    """Return what *meaning* answers for each set of names."""
    sets = ({name for name in NAMES if i >> ord(name) - 97 & 1} for i in range(1 << len(NAMES)))
    return [answer(meaning, names) for names in sets]


def by_program(steps: Any) -> list[bool]:
    """Return the same, computed with a program."""

    def begin(what: Any, given: tuple[Given, ...]) -> list[bool]:
        return [
            asked(what, ENDS if given else {n for n in NAMES if i >> ord(n) - 97 & 1})
            if type(what) is Comparison
            else (answers(algebra.restricted(what, GIVEN)) if given else answers(what))[i]
            for i in range(1 << len(NAMES))
        ]

    def join(op: str, values: list[list[bool]]) -> list[bool]:
        if op == "not":
            return [not value for value in values[0]]
        how = {"and": all, "or": any}[op]
        return [how(row) for row in zip(*values, strict=True)]

    return run(steps, begin, join)


def words(source: Any) -> tuple[str, Sequence[Any]]:
    """Return what joins the parts of a source, and the parts."""
    if type(source) is tuple:
        return source[0], [part.source for part in source[1]]
    return ("", ()) if type(source) is Comparison else (source.op, source.parts)


def joined_alike(root: Any) -> int:
    """Count the parts of a graph that nothing but one group of the same word uses."""
    users: dict[int, list[tuple[int, str]]] = {}
    found = {id(root): root}
    stack = [root]
    while stack:
        top = stack.pop()
        word, parts = words(top)
        for part in parts:
            users.setdefault(id(part), []).append((id(top), word))
            if id(part) not in found:
                found[id(part)] = part
                stack.append(part)
    return sum(
        len(used) == 1 and used[0][1] == words(found[name])[0] and used[0][1] in ("and", "or")
        for name, used in users.items()
    )


def parts_of(root: Any) -> int:
    """Count the parts of a graph, each once."""
    found, stack = {id(root)}, [root]
    while stack:
        for part in words(stack.pop())[1]:
            if id(part) not in found:
                found.add(id(part))
                stack.append(part)
    return len(found)


@pytest.mark.parametrize("seed", range(60))
def test_a_program_makes_what_its_graph_is(seed: int) -> None:
    """The steps are joined by three words, use earlier ones only, and answer as the graph does."""
    chance = random.Random(seed)
    made = graph(chance, chance.randint(1, 14))
    meaning = made[-1]
    stopped = {id(each) for each in chance.sample(made, len(made) // 3)}
    stops: list[Callable[[Any], bool] | None] = [None, lambda part: id(part) in stopped]
    for stop in stops:
        steps = program(meaning, stop)
        for number, step in enumerate(steps):
            assert all(part < number for part in step.parts)
            assert (step.op in ("and", "or", "not")) is bool(step.parts)
            assert (step.leaf is None) is bool(step.op)
            assert not step.op or not step.given
            if stop is None:
                assert type(step.leaf) is Comparison or step.op
            elif type(step.leaf) is Meaning:
                assert id(step.leaf) in stopped
                assert step.leaf is not meaning
        # Whatever is made is used, but for the last: the whole.
        used = {part for step in steps for part in step.parts}
        assert set(range(len(steps) - 1)) == used
        assert answers(meaning) == by_program(steps)


@pytest.mark.parametrize("seed", range(60))
def test_every_part_is_one_step(seed: int) -> None:
    """One that something else uses as well is made once, and one that is joined alike not at all."""
    chance = random.Random(seed)
    made = [algebra.meaning_of(parse(chance.choice(TEXTS))) for _ in range(3)]
    for _ in range(chance.randint(1, 12)):
        a, b = (chance.choice(made[-4:]) for _ in "ab")
        made.append(algebra.operate(chance.choice(("and", "or")), a, b))
    source = made[-1].source
    steps = program(made[-1])
    assert len(steps) == parts_of(source) - joined_alike(source)
    # To be stopped by nothing is not to be stopped.
    assert steps == program(made[-1], lambda part: False)


def test_what_is_stopped_at_is_one_part() -> None:
    """What is not looked into uses nothing, so a chain beside it is one step."""
    a, b, c, d = (algebra.meaning_of(parse(f"extra == '{name}'")) for name in NAMES)
    chain = algebra.both(a, b)
    known = algebra.either(chain, c)
    meaning = algebra.both(algebra.both(chain, d), known)
    assert ["", "", "", "", "and"] == [
        step.op for step in program(meaning, lambda part: part is known)
    ]
    # Without a stop, the chain is used twice and has a step of its own.
    counts = Counter(step.op for step in program(meaning))
    assert {"": 4, "and": 2, "or": 1} == counts
    # Where it is the whole that one would stop at, it is looked into.
    assert ["", "", "and"] == [step.op for step in program(chain, lambda part: part is chain)]
    # A meaning that is not looked into is not taken apart where it is joined alike.
    steps = program(algebra.both(chain, d), lambda part: part is chain)
    assert [chain, d.source, None] == [step.leaf for step in steps]


def test_values_are_put_in_from_the_inside() -> None:
    """Of two values for one variable, the one that was known first counts."""
    windows = Marker("os_name == 'nt' and extra == 'a'")
    known = windows.restrict({"os_name": "nt"})
    assert known.restrict({"os_name": "posix"}) == Marker("extra == 'a'")
    steps = program(known.restrict({"os_name": "posix"}).meaning)
    assert ["nt", "posix"] == [given.axes["b"].text for given in steps[0].given]
    # The same part with other values around it is another step.
    both = windows | known
    assert both == Marker("extra == 'a'")
    assert 7 == len(program(both.meaning))


def test_comparisons_in_text_order() -> None:
    """Each once, whichever operation brought them together."""
    first = Marker("extra == 'a' and (extra == 'b' or extra == 'c')")
    second = ~(first | Marker("extra == 'd'")) & first
    named = [each.literal and each.literal.value for each in comparisons_of(second.meaning)]
    assert list(NAMES) == named
