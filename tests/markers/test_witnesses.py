"""The environments that witnesses show: true by packaging's word, and as plain as they can be."""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import packaging.markers
import pytest

from trigpoint.markers import Marker
from trigpoint.markers.exact import algebra
from trigpoint.markers.exact.nodes import FALSE
from trigpoint.markers.exact.texts import Undecided
from trigpoint.markers.exact.witnesses import USUAL, find

VERSIONS = (
    "0.dev0",
    "0",
    "3",
    "3.8.20",
    "3.9.dev0",
    "3.9.0rc1",
    "3.9",
    "3.9.0.post0",
    "3.9.0.post1",
    "3.9.0.0.1",
    "3.9.1.dev0",
    "3.9.1",
    "3.10",
    "3.13.0",
    "3.13.1",
    "4",
    "1!0",
)

CUTS = [
    f"{variable} {low} '{a}' and {variable} {high} '{b}'"
    for variable in ("python_full_version", "platform_release")
    for low, high in ((">=", "<"), (">", "<="))
    for a, b in itertools.combinations(VERSIONS, 2)
]
"""What two comparisons leave between them."""

ENDS = [
    f"{variable} {operator} '{version}'"
    for variable in ("python_full_version", "implementation_version", "platform_release")
    for operator in ("<", "<=", "==", ">=", ">", "!=")
    for version in VERSIONS
]
"""What one comparison leaves."""

MIXED = """
python_version == '3.9'
python_version == '3.9' and python_full_version != '3.9.0'
python_version == '3.9' and python_full_version != '3.9' and python_full_version != '3.9.1'
python_version == '3.9' and python_full_version not in '3.9.0 3.9.1 3.9.2'
python_version < '3' and python_full_version > '2.7'
python_version < '3.7'
python_full_version < '3.5.dev0'
python_version in '2.7 3.4'
python_version not in '3.13 3.12'
'1' in python_version
'11' in python_version and python_version > '3'
'7' in python_full_version
'rc' in python_full_version
'rc' in python_full_version and python_full_version < '3'
'post' in python_full_version and python_full_version >= '3.9'
'dev' in python_full_version
'+' in python_full_version
'+abc' in python_full_version
'abc' in python_full_version
'abc' in python_full_version and 'def' in python_full_version
'007' in python_full_version
'0x' in python_full_version and python_full_version < '3.10'
'a.b' in python_full_version and python_full_version != '3.13.0+a.b'
'~' in python_full_version
python_full_version in '3.9.1'
python_full_version in 'cpython 3.9.1 or 3.10.2' and python_full_version >= '3.10'
python_full_version == '3.9.1+local'
python_full_version > '3.9.1+local' and python_full_version < '3.9.2.dev0'
python_full_version >= '3.9.1' and python_full_version <= '3.9.1' and python_full_version != '3.9.1'
platform_release == '5.4'
platform_release == '5.4-generic'
platform_release >= '5' and platform_release < '6'
platform_release > '5' and platform_release < '5.0.1'
'generic' in platform_release and platform_release >= '5'
'generic' in platform_release and 'aws' in platform_release
'generic' not in platform_release
platform_release >= '5' and 'local' in platform_release
platform_release in '5.4.0-generic'
platform_release in '5.4.0-generic' and platform_release >= '5'
platform_release != '6.8.0-134-generic'
platform_version == '#1'
platform_version in 'Darwin'
'Ubuntu' in platform_version
'Ubuntu' not in platform_version
'Ubuntu' not in platform_version and 'Debian' in platform_version and platform_version != 'Debian'
implementation_version == '3.9.1' and python_full_version == '3.9.1'
implementation_version == '7.3.1' and python_full_version == '3.9.1'
implementation_version != '3.9.1' and python_full_version == '3.9.1'
implementation_version != '3.13.0'
sys_platform == 'win32'
sys_platform != 'linux'
sys_platform != 'linux' and sys_platform != 'win32' and sys_platform != 'darwin'
sys_platform == 'win32' or sys_platform == 'darwin'
sys_platform in 'linux2'
sys_platform in 'linux' and sys_platform != 'linux'
sys_platform in 'xyz' and sys_platform in 'yza'
sys_platform in 'xyz' and 'y' in sys_platform and sys_platform != 'y'
'x' in sys_platform
'x' in sys_platform and sys_platform != 'linux'
'win' in sys_platform
'win' in sys_platform and 'cyg' in sys_platform
'win' in sys_platform and sys_platform != 'win'
'win' in sys_platform and sys_platform != 'win' and '~' not in sys_platform
'win' in sys_platform and 'x' not in sys_platform and sys_platform != 'win' and '~' not in sys_platform
'a' in sys_platform and 'b' in sys_platform and sys_platform != 'a~b'
'a' in sys_platform and 'b' in sys_platform and 'ab' not in sys_platform
sys_platform not in '~xyzwq*#' and 'linu' not in sys_platform and '' in sys_platform
os_name > 'posix'
os_name == 'nt' and sys_platform == 'win32' and platform_machine == 'AMD64'
os_name != 'posix' and os_name in 'posix nt'
extra == 'a'
extra == 'a' and extra == 'b' and extra != 'c'
extra != 'a' and 'b' in extras
'docs' in dependency_groups and extra == 'a'
'docs' in dependency_groups or os_name == 'nt'
python_version >= '3' or os_name == 'nt'
""".strip().splitlines()


SHY = " and ".join(f"'{letter}' not in sys_platform" for letter in "-~xyzwq*#i")
"""Leaves out every likely platform, and every letter that is tried first."""


def asked() -> Iterator[str]:
    """Yield all texts."""
    yield from CUTS
    yield from ENDS
    yield from MIXED
    yield f"{SHY} and sys_platform != ''"
    yield f"{SHY} and '\u2600' not in sys_platform and sys_platform != ''"


def shown(witness: Any) -> str:
    """Return what *witness* says that is not usual."""
    usual = {**USUAL, "extras": frozenset(), "dependency_groups": frozenset()}
    if witness is None:
        return "nowhere"
    assert usual.keys() == witness.keys()
    parts = [
        f"{name} {' '.join(sorted(value)) if isinstance(value, frozenset) else value}"
        for name, value in witness.items()
        if value != usual[name]
    ]
    return "; ".join(parts) or "as usual"


def test_what_witnesses_show(record: Callable[[str, list[str]], None]) -> None:
    """A marker holds where its witness says, and the witness is the one of the record."""
    lines = []
    never = Marker("python_version < '0'")
    for text in asked():
        marker = Marker(text)
        witness = marker.counterexample(never)
        lines.append(f"{text}: {shown(witness)}")
        assert (witness is None) is (not marker.is_satisfiable())
        if witness is not None:
            assert marker.evaluate(witness) is True, text
    record("witnesses.txt", lines)


TEXTS = ["".join(letters) for size in range(5) for letters in itertools.product("ab", repeat=size)]
"""All texts of two letters up to a length."""

MIXTURES = [
    *(
        "",
        "1",
        "2",
        "12",
        "1.2",
        "1.2.0",
        "1a1",
        "2a1",
        "1a",
        "a1",
        "12a",
        "a",
        "ab",
        "b1.2",
        "1-x",
    ),
    *("2.post1", "1+a", "1+ab", "2+a.1", "x", "xy", "y", "1.0.dev1", "0", "0.dev0", "3!1", "12x"),
]
"""Versions and texts that are none."""


LETTERS = ["a", "b", "ab", "ba", "aa", "bab", "abba", ""]
OPERATORS = ["==", "!=", "in", "not in", "'in", "'not in"]


def any_marker(
    chance: random.Random, variables: Sequence[str], values: Sequence[str], operators: Sequence[str]
) -> Marker:
    """Return a marker of two to six comparisons of *variables* with *values*."""

    def comparison() -> Marker:
        operator, value = chance.choice(operators), chance.choice(values)
        variable = chance.choice(variables)
        if operator.startswith("'"):
            return Marker(f"'{value}' {operator[1:]} {variable}")
        return Marker(f"{variable} {operator} '{value}'")

    marker = comparison()
    for _ in range(chance.randint(1, 5)):
        other = comparison()
        if chance.random() < 0.3:
            other = ~other
        marker = marker & other if chance.random() < 0.7 else other | marker
    return marker


def held(marker: Marker, universe: Iterable[dict[str, str]]) -> bool:
    """Hold what *marker* says of itself to each environment of *universe*."""
    try:
        witness: Any = marker.counterexample(Marker("python_version < '0'"))
    except Undecided:
        return False
    assert marker.is_satisfiable() is (witness is not None)
    # A diagram from which nothing was taken out beforehand holds at the same places.
    assert (find(marker.meaning.node) is None) is (witness is None)
    if witness is None:
        assert not [each for each in universe if marker.evaluate(each)], str(marker)
    else:
        assert marker.evaluate(witness) is True, str(marker)
    return witness is None


@pytest.mark.parametrize("seed", range(8))
def test_texts_of_two_letters(seed: int) -> None:
    """No text of two letters satisfies a marker that is said to hold nowhere."""
    chance = random.Random(seed)
    never = 0
    for _ in range(150):
        variables = chance.choice([("os_name",), ("os_name", "sys_platform")])
        universe = (
            dict(zip(variables, texts, strict=True))
            for texts in itertools.product(TEXTS, repeat=len(variables))
        )
        never += held(any_marker(chance, variables, LETTERS, OPERATORS), universe)
    assert never


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("variable", ["platform_release", "implementation_version"])
def test_versions_and_texts(seed: int, variable: str) -> None:
    """No version and no text satisfies a marker that is said to hold nowhere."""
    chance = random.Random(seed)
    values = ["1", "2", "12", "1.2", "1a1", "a", "ab", "2.post1", "12x", "x", "1+a", ""]
    operators = ["==", "!=", "<", ">=", ">", "in", "not in", "'in", "'not in"]
    never = 0
    for _ in range(150):
        universe = ({variable: text} for text in MIXTURES)
        never += held(any_marker(chance, [variable], values, operators), universe)
    assert never


def some_and_hidden(chance: random.Random) -> tuple[list[Marker], list[Marker]]:
    """Return markers about one text, and those of them that a search alone finds impossible."""
    some = [any_marker(chance, ["os_name"], LETTERS, OPERATORS) for _ in range(1500)]
    roots = [marker.meaning.node for marker in some]
    hidden = [
        marker
        for marker, root in zip(some, roots, strict=True)
        if root.lazy and root is not FALSE and find(root) is None
    ]
    assert len(hidden) > 20
    return some, hidden


def test_what_only_a_search_finds_impossible() -> None:
    """It implies everything, has nothing in common with anything, and adds nothing."""
    some, hidden = some_and_hidden(random.Random(3))
    for never, other in zip(hidden[:30], some, strict=False):
        assert never.is_satisfiable() is False
        assert (~never).is_always()
        assert never.implies(other)
        assert never.disjoint(other)
        assert other.disjoint(never)
        assert never == Marker("python_version < '0'")
        assert (other | never) == other
        assert other.implies(other & ~never)


def test_each_variable_is_settled_before_the_next() -> None:
    """What cannot be, and only a search tells, does not stand for what can be and ends alike."""
    chance = random.Random(0)
    some, hidden = some_and_hidden(chance)
    more = Marker("sys_platform == 'win32' and 'q' in platform_system and extra == 'a'")
    for marker in some[:300]:
        joined, possible = (marker | chance.choice(hidden)) & more, find(marker.meaning.node)
        assert (find(joined.meaning.node) is None) is (possible is None), str(joined)


def test_a_text_that_is_no_version() -> None:
    """The shortest part that will do is a version, and where versions are left out another is found."""
    part = Marker(
        "platform_release in '12~' and platform_release != '' and platform_release != '12~'"
    )
    versions = Marker("platform_release >= '0.dev0'")
    witness: Any = (part & ~versions).counterexample(Marker("python_version < '0'"))
    assert "~" in witness["platform_release"]


def test_questions_that_many_paths_lead_to_are_asked_once(
    calls: Callable[[Callable[[], object]], int],
) -> None:
    """Where nothing holds in the end, twice as many variables take no square of the steps."""
    variables = [
        *("os_name", "sys_platform", "platform_system", "platform_machine"),
        *("platform_python_implementation", "implementation_name", "implementation_version"),
        "platform_release",
    ]

    def ask(count: int) -> Callable[[], object]:
        parts = [f"('ab' in {each} or 'ba' in {each})" for each in variables[:count]]
        nothing = "platform_version in 'xyz' and 'zx' in platform_version"
        marker = Marker(" and ".join([*parts, nothing]))
        return marker.is_satisfiable

    algebra.clear()
    assert ask(8)() is False
    algebra.clear()
    assert calls(ask(8)) < 4 * calls(ask(4))


def test_packaging_says_the_same() -> None:
    """Where there is one environment to ask packaging about, it agrees.

    Of a release it has another opinion, which the conformance tests tell apart.
    """
    never, asked_of_packaging = Marker("python_version < '0'"), 0
    for text in asked():
        if re.search("platform_release|extra|dependency_groups", text):
            continue
        if (witness := Marker(text).counterexample(never)) is not None:
            values = {name: value for name, value in witness.items() if isinstance(value, str)}
            assert packaging.markers.Marker(text).evaluate(values), text
            asked_of_packaging += 1
    assert asked_of_packaging > 300
