"""Families of markers that normal forms cannot hold, each of a size *n*."""

from __future__ import annotations

import random
from collections.abc import Callable

__all__ = ["FAMILIES", "ORDERS", "arranged"]


def _extra(name: str) -> str:
    return f'extra == "{name}"'


def _grouped(i: int) -> tuple[str, str]:
    return _extra(f"a{i}"), _extra(f"b{i}")


def _interleaved(i: int) -> tuple[str, str]:
    return _extra(f"x{i}a"), _extra(f"x{i}b")


def _clauses(inner: str, outer: str, parts: list[tuple[str, ...]]) -> str:
    return f" {outer} ".join(f"({f' {inner} '.join(part)})" for part in parts)


def _version(i: int) -> str:
    return f'python_version == "3.{i}"'


def _platform(i: int) -> str:
    return f'sys_platform == "p{i}"'


def at_most_one(n: int) -> str:
    """No two of n extras."""
    names = [f"e{i}" for i in range(n)]
    return _clauses(
        "or",
        "and",
        [
            (f'extra != "{a}"', f'extra != "{b}"')
            for i, a in enumerate(names)
            for b in names[i + 1 :]
        ],
    )


FAMILIES: dict[str, Callable[[int], str]] = {
    "cnf, two extras, grouped": lambda n: _clauses("or", "and", [_grouped(i) for i in range(n)]),
    "cnf, two extras, interleaved": lambda n: _clauses(
        "or", "and", [_interleaved(i) for i in range(n)]
    ),
    "dnf, two extras, grouped": lambda n: _clauses("and", "or", [_grouped(i) for i in range(n)]),
    "dnf, two extras, interleaved": lambda n: _clauses(
        "and", "or", [_interleaved(i) for i in range(n)]
    ),
    "dnf, version x platform": lambda n: _clauses(
        "and", "or", [(_version(i), _platform(i)) for i in range(n)]
    ),
    "cnf, version x platform": lambda n: _clauses(
        "or", "and", [(_version(i), _platform(i)) for i in range(n)]
    ),
    "at most one": at_most_one,
    "version x machine x extra": lambda n: _clauses(
        "and",
        "or",
        [(_version(i), f'platform_machine == "m{i}"', _extra(f"e{i}")) for i in range(n)],
    ),
    "tautology": lambda n: _clauses(
        "or", "and", [(_extra(f"t{i}"), f'extra != "t{i}"') for i in range(n)]
    ),
}
"""The nine families, by name: a size to a marker's text."""

ORDERS = ("as written", "reversed", "interleaved", "shuffled")
"""Orders of the clauses of a family."""


def arranged(text: str, order: str, seed: int = 0) -> str:
    """Return a family's text with its clauses in another order."""
    if order == "as written":
        return text
    word = " and " if ") and (" in text else " or "
    clauses = text.split(f"){word}(")
    clauses = [clause.strip("()") for clause in clauses]
    if order == "reversed":
        clauses = [_turned(clause) for clause in reversed(clauses)]
    elif order == "interleaved":
        half = len(clauses) // 2
        first, second = clauses[:half], clauses[half:]
        clauses = [c for pair in zip(second, first, strict=False) for c in pair] + second[half:]
    else:
        chance = random.Random(seed)
        chance.shuffle(clauses)
        clauses = [_turned(clause) if chance.random() < 0.5 else clause for clause in clauses]
    return word.join(f"({clause})" for clause in clauses)


def _turned(clause: str) -> str:
    word = " and " if " and " in clause else " or "
    return word.join(reversed(clause.split(word)))
