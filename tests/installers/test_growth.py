"""Work of predictions grows with the size of the text: counted, not timed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import pytest

from trigpoint.installers import predict_all

pytestmark = pytest.mark.repeats

HEAD = "Metadata-Version: 2.4\nName: pkg\nVersion: 1\n"
Count: TypeAlias = Callable[[Callable[[], object]], int]
"""Runs a function and says how much there was of something: the fixtures calls and peak."""


def chain(size: int, *, backwards: bool = False) -> tuple[str, str]:
    """Make extras each of which brings the next one, and ask for the first."""
    numbers = range(size) if not backwards else range(size - 1, -1, -1)
    lines = (f"Requires-Dist: pkg[e{i + 1}]; extra == 'e{i}'\n" for i in numbers)
    extras = (f"Provides-Extra: e{i}\n" for i in range(size + 1))
    return HEAD + "".join([*extras, *lines]), "pkg[e0]"


def many(size: int) -> tuple[str, str]:
    """Make as many extras as requirements, and ask for all of them."""
    lines = (f"Provides-Extra: e{i}\nRequires-Dist: y; extra == 'e{i}'\n" for i in range(size))
    return HEAD + "".join(lines), f"pkg[{','.join(f'e{i}' for i in range(size))}]"


def clashing(size: int) -> tuple[str, str]:
    """Make extras that are provided in two spellings, and ask for all of them."""
    lines = (f"Provides-Extra: e-{i}\nProvides-Extra: e_{i}\n" for i in range(size))
    return HEAD + "".join(lines), f"pkg[{','.join(f'e_{i}' for i in range(size))}]"


FAMILIES: dict[str, Callable[[int], tuple[str, str]]] = {
    "a chain": chain,
    "a chain backwards": lambda size: chain(size, backwards=True),
    "many extras": many,
    "two spellings": clashing,
}


@pytest.mark.parametrize("family", FAMILIES)
def test_growth(family: str, calls: Count, peak: Count) -> None:
    """Four times the lines make at most about four times the calls, and the memory."""

    def run(size: int) -> Callable[[], object]:
        text, request = FAMILIES[family](size)
        return lambda: predict_all(text, request=request, findings=False)

    run(160)()  # what is kept for all texts is not counted
    assert calls(run(160)) <= 5 * calls(run(40)) + 3_000
    assert peak(run(160)) <= 5 * peak(run(40)) + 300_000
