"""The number behind a marker's hash: a measure of where it holds, whatever its diagram is."""

from __future__ import annotations

import itertools
import random

import pytest

from trigpoint.markers import Marker
from trigpoint.markers.exact import algebra
from trigpoint.markers.exact.axis_names import CODES
from trigpoint.markers.exact.fingerprint import _PRIME, _samples, fingerprint

from .test_spaces import APART

COMPARISONS = [
    "python_version >= '3.9'",
    "python_version == '3.13'",
    "python_full_version < '3.9.1'",
    "python_full_version == '3.14.0rc1'",
    "'3.1' in python_version",
    "'rc' in python_full_version",
    "python_version in '3.8 3.9'",
    "os_name == 'nt'",
    "os_name != 'posix'",
    "'win' in sys_platform",
    "sys_platform in 'linux2'",
    "sys_platform not in 'win32 darwin'",
    "platform_release >= '6'",
    "platform_release == '#1 SMP'",
    "'tegra' in platform_release",
    "platform_version < '10.0.26100'",
    "implementation_version > '5.7'",
    "extra == 'a'",
    "extra != 'b'",
    "'docs' in dependency_groups",
]


def of(marker: Marker) -> int:
    """Return the fingerprint of *marker*."""
    space, node = algebra.located(marker.meaning)
    return fingerprint(node, loose=space.loose) % _PRIME


def any_marker(chance: random.Random) -> Marker:
    """Return a marker of up to five of the comparisons."""
    marker = Marker(chance.choice(COMPARISONS))
    for _ in range(chance.randint(0, 4)):
        other = Marker(chance.choice(COMPARISONS))
        marker = marker & other if chance.random() < 0.5 else marker | ~other
    return marker


def test_a_measure() -> None:
    """What holds here or there weighs as much as both, less what holds at both; all weighs one."""
    chance = random.Random(1)
    assert of(Marker("os_name == 'nt' or os_name != 'nt'")) == 1
    assert of(Marker("os_name == 'nt' and os_name != 'nt'")) == 0
    for _ in range(150):
        a, b = any_marker(chance), any_marker(chance)
        assert (of(a) + of(~a)) % _PRIME == 1
        assert (of(a & b) + of(a | b) - of(a) - of(b)) % _PRIME == 0
    a, b = Marker("'win' in sys_platform"), Marker("extra == 'a' or python_version >= '3.9'")
    assert of(a & b) == of(a) * of(b) % _PRIME


@pytest.mark.parametrize("text", COMPARISONS[:-3])
def test_one_variable(text: str) -> None:
    """A comparison weighs what those samples weigh for which it evaluates to true."""
    variable = next(name for name in CODES if name in text.split())
    marker, weight = Marker(text), 0
    for sample in _samples()[CODES[variable]]:
        values = {variable: sample.text}
        if variable.startswith("python"):
            values = {"python_full_version": sample.text, "python_version": sample.minor}
        weight += sample.weight * bool(marker.evaluate(values))
    assert of(marker) == weight % _PRIME


def test_tests_apart() -> None:
    """Diagrams whose tests of one text stand apart have the number of those whose tests do not."""
    chance = random.Random(2)
    for _ in range(60):
        node = any_marker(chance).meaning.node
        assert fingerprint(node, loose=True) % _PRIME == fingerprint(node) % _PRIME


@pytest.mark.parametrize("kind", APART)
def test_another_order(kind: str) -> None:
    """A marker that needs a space of its own has the number of its clauses in another order."""
    text = APART[kind]
    word = ") and (" if ") and (" in text else ") or ("
    clauses = text.strip("()").split(word)
    random.Random(kind).shuffle(clauses)
    assert of(Marker(f"({word.join(clauses)})")) == of(Marker(text))


def test_what_differs_in_use_differs_here() -> None:
    """Versions of Python, releases, platforms and names that people compare have other numbers."""
    texts = [
        f"python_version >= '{each}'" for each in ("2.7", *(f"3.{n}" for n in range(31)), "4.0")
    ]
    texts += [f"python_full_version >= '3.{n}.{patch}'" for n in range(31) for patch in range(1, 8)]
    texts += [f"python_full_version == '3.{n}.0{pre}'" for n in range(31) for pre in ("a1", "rc1")]
    texts += [f"platform_release >= '{n}'" for n in range(1, 30)]
    texts += [f"platform_version >= '{n}.{m}'" for n in (5, 6) for m in range(1, 20)]
    texts += [f"platform_version >= '{each}'" for each in ("10.0.19045", "10.0.26100")]
    texts += [f"platform_version == '{each}'" for each in ("", "#1 SMP", "tegra")]
    texts += [f"extra == '{a}{b}'" for a, b in itertools.product("abcdef", repeat=2)]
    numbers = {of(Marker(text)) for text in texts}
    assert len(numbers) == len(texts)
