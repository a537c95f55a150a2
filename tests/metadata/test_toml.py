"""Places in TOML, checked against tomllib by brute force."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trigpoint.metadata.project.toml import positions

Place: TypeAlias = tuple[str | int, ...]
"""The keys and numbers that lead to a value."""

TEXTS = [
    "",
    "# only a comment",
    "a = 1",
    'a.b.c = "x"\na.b.d = [1, 2]\n',
    "[project]\nname = 'x'\n[project.urls]\n\"Bug Tracker\" = 'https://x'\n",
    '[a."b c".\'d.e\']\nf = """x\ny"""\n',
    "a = [\n  1, # one\n  [2, [3]],\n  { b = 'c', d = { e = 1 } },\n]\n",
    'a = """\n  quote \\" and "" more ""\\"""" # end\nb = 1\n',
    "a = '''\n'one' ''two'' ''''\nb = 2\n",
    "a = \"\"\"\"x\"\"\"\"\nb = '''''y'''''\n",
    "[[x]]\na = 1\n[[x]]\na = 2\n[x.y]\nb = 3\n[[x.z]]\nc = 4\n[[x.z]]\nc = 5\n",
    "t = 1979-05-27T07:32:00Z\nd = 1979-05-27 07:32:00\nf = 1e3\nb = true\ni = 0xff # hex\n",
    'a = "\\u00e9"\n"\\u00e9" = 1\n\'\\u00e9\' = 2\n',
    "a = {}\nb = []\nc = [ ]\nd = { }\n",
    "é = 1\n".replace("é", '"é"') + 'x = "é😀"\ny = 1',
    "[a]\r\nb = 1\r\nc = '''\r\nx\r\n'''\r\n",
    "[ a . b ]\nc . d = 1\n",
    '[""."x"]\n"" = 2\n',
    "[project]\nb = [\n\n  'a', \"b\"\n  , 'c' # d\n  ]\noptional-dependencies.x = ['y']\n",
    '[project.optional-dependencies]\nx=["y"]\n',
    "a=[[],[[]],{b=[{}]}]",
    "1 = 1\n-_ = 2\n",
]


def paths(value: object, path: Place = ()) -> Iterator[tuple[Place, object]]:
    """Yield every path of a value that tomllib read, and what is there."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield (*path, key), item
            yield from paths(item, (*path, key))
    elif isinstance(value, list):
        for i, item in enumerate(value):
            yield (*path, i), item
            yield from paths(item, (*path, i))


def check(text: str) -> None:
    """Every path has a place, no other has one, and the text there is the value."""
    data = tomllib.loads(text)
    found = positions(text)
    expected = dict(paths(data))
    assert set(found) == set(expected)
    # Tables that a dotted key opens share the place of its value.
    opened = {
        path[:i]
        for path in expected
        for i in range(1, len(path))
        if found[path[:i]].start == found[path].start
    }
    for path, value in expected.items():
        place = found[path]
        written = text[place.start : place.end]
        if place.key_start == place.start:
            if written.startswith("[") and isinstance(value, dict):
                continue  # the header of a table
            if isinstance(value, list) and written.startswith("[["):
                continue
        elif isinstance(path[-1], str):
            key = text[place.key_start : place.key_end]
            assert tomllib.loads(f"{key} = 0") == {path[-1]: 0}
        try:
            read = tomllib.loads(f"v = {written}")["v"]
        except tomllib.TOMLDecodeError:
            pytest.fail(f"{path}: {written!r} is no value")
        if path not in opened:
            assert read == value, path


@pytest.mark.parametrize("text", TEXTS)
def test_by_brute_force(text: str) -> None:
    """Every value of every path stands where the finder says."""
    check(text)


def test_real_files() -> None:
    """The same for the project's own file."""
    root = Path(__file__).resolve().parents[2]
    check((root / "pyproject.toml").read_text("utf-8"))


KEYS = st.sampled_from(["a", "b-1", '"c d"', "'e.f'", '"\\u0041"', '""'])
SCALARS = st.sampled_from(
    [
        "1",
        "true",
        '"x"',
        "'y'",
        '"""z\n"q" """',
        "'''w\n'p' '''",
        '"a\\"b,]}#"',
        "'#]},'",
        "1e5",
        "1979-05-27",
        '""',
        "''",
        '""""a""""',
        '"\\\\"',
    ]
)
BLANKS = st.sampled_from(["", " ", "\t", "\n", " # c ]\n", "\r\n"])


@st.composite
def values(draw: st.DrawFn, depth: int = 0, *, inline: bool = False) -> str:
    kind = draw(
        st.sampled_from(["scalar", "scalar", "array", "table"] if depth < 3 else ["scalar"])
    )
    if kind == "scalar":
        return draw(SCALARS)
    if kind == "array":
        items = draw(st.lists(values(depth + 1), max_size=3))
        blank = draw(BLANKS)
        return "[" + ",".join(f"{blank}{item}{blank}" for item in items) + "]"
    keys = draw(st.lists(KEYS, max_size=3, unique=True))
    return "{" + ", ".join(f"{key} = {draw(values(depth + 1))}" for key in keys) + "}"


@st.composite
def documents(draw: st.DrawFn) -> str:
    rows = []
    for _ in range(draw(st.integers(0, 6))):
        kind = draw(st.sampled_from(["pair", "pair", "pair", "table", "tables", "comment"]))
        key = ".".join(draw(st.lists(KEYS, min_size=1, max_size=2)))
        if kind == "pair":
            rows.append(f"{key} = {draw(values())}")
        elif kind == "comment":
            rows.append("# x = [")
        else:
            rows.append(f"[[{key}]]" if kind == "tables" else f"[{key}]")
    return draw(st.sampled_from(["\n", "\r\n", "\n\n"])).join(rows)


@given(documents())
def test_made_up_files(text: str) -> None:
    """The same for files made up of every form of value and key."""
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    check(text)


@given(st.text(alphabet="ab=[]{}\"'#,.\n \\", max_size=60))
def test_any_text_ends(text: str) -> None:
    """On what is no TOML the finder still ends."""
    try:
        assert isinstance(positions(text), dict)
    except tomllib.TOMLDecodeError:
        assert "\\" in text  # a key with a broken escape
