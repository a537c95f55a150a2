"""What the arguments of setup() come to where a program says them plainly."""

from __future__ import annotations

from typing import Any

import pytest

from trigpoint.projects.adopt.program import MOST_VALUES, Computed, Find, read_setup


def said(argument: str, before: str = "") -> Any:
    """Return what the argument *argument* of a call is, after the lines *before* it."""
    setup = read_setup("setup.py", f"{before}\nsetup(x={argument})\n")
    assert setup is not None
    return setup.said["x"].value


SIMPLE: list[tuple[str, str, Any]] = [
    ("'a'", "", "a"),
    ("1", "", 1),
    ("None", "", None),
    ("('a', ['b'])", "", ["a", ["b"]]),
    ("{'a': 1, 'b': {'c': 2}}", "", {"a": 1, "b": {"c": 2}}),
    ("dict(a=1, b='c')", "", {"a": 1, "b": "c"}),
    ("'a' + 'b'", "", "ab"),
    ("['a'] + ['b']", "", ["a", "b"]),
    ("'a\\nb'.splitlines()", "", ["a", "b"]),
    ("' a b '.split()", "", ["a", "b"]),
    ("' a '.strip()", "", "a"),
    ("A", "A = 'a'", "a"),
    ("A", "A: str = 'a'", "a"),
    ("B", "A = ['x']\nB = {'t': A}", {"t": ["x"]}),
    ("B", "A = 'x'\nB = {A: 1}", {"x": 1}),
    ("B", "A = ['x']\nB = A + [A, (A,)]", ["x", ["x"], [["x"]]]),
    ("[A, A]", "A = ['x']", [["x"], ["x"]]),
    ("find_packages()", "", Find({"namespaces": False})),
    (
        "setuptools.find_namespace_packages('src', ['t'], include=['s*'])",
        "",
        Find({"where": "src", "exclude": ["t"], "include": ["s*"], "namespaces": True}),
    ),
    (
        "find_packages('src', ['t'], ['s*'])",
        "",
        Find({"where": "src", "exclude": ["t"], "include": ["s*"], "namespaces": False}),
    ),
]


@pytest.mark.parametrize(("argument", "before", "value"), SIMPLE)
def test_what_is_plain(argument: str, before: str, value: Any) -> None:
    """Literals, names that are bound once, and the few calls that are known."""
    assert value == said(argument, before)


WORKED_OUT = [
    ("1.5", ""),
    ("f()", ""),
    ("A", ""),
    ("A", "A = 'a'\nA = 'b'"),
    ("A", "A = 'a'\ndef f(A): ..."),
    ("A", "A = ['a']\nA.append('b')"),
    ("A", "if True:\n    A = 'a'"),
    ("A", "A: str"),
    ("A", "A = B = 'a'"),
    ("dict([('a', 1)])", ""),
    ("dict(a=1, **{'b': 2})", ""),
    ("find_packages(**{'where': 'src'})", ""),
    ("find_packages(where=f())", ""),
    ("{**{'a': 1}}", ""),
    ("{1: 'a'}", ""),
    ("'a' + ['b']", ""),
    ("'a' - 'b'", ""),
    ("'a'.split('b')", ""),
    ("'a'.upper()", ""),
    ("['a'].strip()", ""),
    ("A", "A = A"),
]


@pytest.mark.parametrize(("argument", "before"), WORKED_OUT)
def test_what_a_program_works_out(argument: str, before: str) -> None:
    """Everything else is told with its code, and not guessed at."""
    assert Computed(argument) == said(argument, before)


def test_what_stands_in_stars() -> None:
    """Keys of a table that is plain are arguments, the first of a name counts; else there is more."""
    setup = read_setup("setup.py", "setup(a=1, **{'a': 2, 'b': 3})")
    assert setup is not None
    assert ({"a": 1, "b": 3}, None) == ({k: v.value for k, v in setup.said.items()}, setup.more)
    for text, piece in (("setup(a=1, **f())", "f()"), ("setup(g, a=1)", "g")):
        setup = read_setup("setup.py", text)
        assert setup is not None
        assert piece == (setup.more and setup.more.value)
        assert setup.more is not None
        assert piece == text[setup.more.start : setup.more.end]


def test_the_call_with_most_arguments() -> None:
    """Where there are several, and none where there is none."""
    text = "setup(a=1)\nsetuptools.setup(a=2, b=3)\nsetup()\n"
    setup = read_setup("setup.py", text)
    assert setup is not None
    assert {"a": 2, "b": 3} == {key: each.value for key, each in setup.said.items()}
    assert None is read_setup("setup.py", "f(a=1)\n")
    assert None is read_setup("setup.py", "setup(\n")


@pytest.mark.parametrize(("more", "plain"), [(0, True), (1, False)])
def test_values_at_the_bound(more: int, plain: bool) -> None:
    """So many values are worked out for a call, and one more is left to the program."""
    items = ", ".join(["1"] * (MOST_VALUES - 1 + more))
    value = said(f"[{items}]")
    assert plain is isinstance(value, list)


@pytest.mark.parametrize("start", ["['x']", "'x'"])
def test_a_name_that_doubles(start: str) -> None:
    """It stops at the same bound, long before the memory does."""
    rows = 40
    lines = [f"A0 = {start}", *(f"A{i + 1} = A{i} + A{i}" for i in range(rows))]
    assert Computed(f"A{rows}") == said(f"A{rows}", "\n".join(lines))
