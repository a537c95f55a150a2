"""Work grows with the size of the input, not faster: counted, not timed."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TypeAlias

import pytest

from trigpoint.metadata import convert, diff, from_json, from_project_table, read, to_json
from trigpoint.metadata.conversion.major import MOST_JOINED
from trigpoint.metadata.diff import MOST_ALIKE
from trigpoint.metadata.text.depth import MOST_LEVELS, toml_too_deep

pytestmark = pytest.mark.repeats

HEAD = "Metadata-Version: 2.4\nName: spam\nVersion: 1\n"

Count: TypeAlias = Callable[[Callable[[], object]], int]
"""Runs a function and says how much there was of something: the fixtures calls and peak."""

LINES = {
    "classifiers": "Classifier: A :: B{}\n",
    "the same classifier": "Classifier: A :: B\n",
    "bad classifiers": "Classifier: B{}\n",
    "requirements": "Requires-Dist: y{} >=1; extra == 'x{}'\n",
    "bad requirements": "Requires-Dist: y{} >>1\n",
    "the same name": "Requires-Dist: y; os_name == 'x{}'\n",
    "extras": "Provides-Extra: x{}\n",
    "bad extras": "Provides-Extra: x_{}\n",
    "duplicates": "Summary: {}\n",
    "labels": "Project-URL: Docs, https://x.org/{}\n",
    "unknown": "X-{}: 1\n",
    "folds": "X: {}\n 1\n",
    "one long fold": " {}\n",
    "nameless": ":{}\n",
    "envelopes": "From {}\n",
    "control": "Author: \0{}\n",
    "imports": "Import-Name: a{}.b\n",
    "deprecated": "Requires: a{}\n",
}


@pytest.mark.parametrize("line", LINES.values(), ids=LINES)
@pytest.mark.parametrize("work", ["findings", "canonical", "json", "convert", "diff"])
def test_headers(line: str, work: str, calls: Count) -> None:
    """Four times the headers make at most about four times the calls."""

    def run(size: int) -> int:
        text = HEAD + "".join(line.format(i, i) for i in range(size))
        works: dict[str, Callable[[], object]] = {
            "findings": lambda: read(text).findings(),
            "canonical": lambda: read(text).canonical(),
            "json": lambda: to_json(read(text)),
            "convert": lambda: convert(read(text), "3.0", force=True),
            "diff": lambda: diff(read(text), read(HEAD + line.format(1, 1))),
        }
        return calls(works[work])

    small, large = run(250), run(1000)
    assert large <= 4.5 * small + 500


def test_ten_thousand_headers() -> None:
    """Ten thousand headers with a finding each: all found, each at its line."""
    text = HEAD + "".join(f"Classifier: B{i}\n" for i in range(10_000))
    found = read(text).findings()
    assert [finding.span and finding.span.line for finding in found] == list(range(4, 10_004))


def test_the_body_costs_no_calls(calls: Count) -> None:
    """A body of 5 MB takes as many calls as one of 5 kB."""

    def run(size: int) -> int:
        text = (HEAD + "\n" + "Some text, and more of it.\n" * (size // 27)).encode()
        return calls(lambda: read(text).findings())

    assert run(5_000_000) == run(5_000)


def test_a_body_in_another_encoding() -> None:
    """A body of Latin-1 is reported by line, up to a limit."""
    text = HEAD.encode() + b"\n" + b"caf\xe9 " * 10 + b"\n" + b"caf\xe9\n" * 100_000
    codes = [finding.code for finding in read(text).findings()]
    assert set(codes) == {"metadata-encoding"}
    assert 10 < len(codes) <= 200


@pytest.mark.parametrize(
    "value",
    [
        "Requires-Dist: {}",
        "Requires-Dist: a{}b[",
        "Requires-Dist: a[{}",
        "Requires-Dist: a ({}",
        "Requires-Dist: y; {}",
        "Author-email: {}",
        'Author-email: "{}',
        "Author-email: ({}",
        "License-Expression: {}",
        "Keywords: {}",
        "Project-URL: {}",
        "Classifier: {}",
        "Import-Name: {}",
        "Description-Content-Type: {}",
        "Provides-Dist: a{}",
        "{}",
        "{}: x",
        "License-File: {}",
        "Requires-Python: {}",
        "Version: {}",
    ],
)
@pytest.mark.parametrize(
    "filler", ["a", "-", ".", "(", "[", '"', "<", ",", " ", ";", "a-", "a, ", "::", "=?", "1."]
)
def test_hostile_values_end(value: str, filler: str) -> None:
    """Values made to confuse patterns are read to the end, whatever they repeat."""
    text = HEAD + value.format(filler * 10_000) + "\n"
    document = read(text)
    assert isinstance(document.findings(), list)
    assert read(document.canonical()).canonical() == document.canonical()


FAMILIES = {
    "folded addresses": ("Author-email: a,\n{}", " b{},\n"),
    "folded Requires-Python": ("Requires-Python: a,\n{}", " b{},\n"),
    "folded marker": ("Requires-Dist: y; os_name\n{} == 'x'\n", " == 'a{}' or os_name\n"),
    "addresses": ("Author-email: {}\n", "b{}, "),
    "clauses": ("Requires-Python: {}\n", "b{}, "),
    "undeclared extras": ("Requires-Dist: y; {} extra == 'x'\n", "extra == 'x{}' or "),
    "markers of one project": ("{}", "Requires-Dist: y; os_name == 'o{}'\n"),
    "people": ("{}", "Author: x\nAuthor-email: x <x{}@x.org>\n"),
    "dynamic": ("{}", "Dynamic: license\n"),
    "old people": ("Metadata-Version: 3.0\n{}", "Author: x{} <x@x.org>\n"),
    "import names": ("{}", "Import-Name: a{}.b.c.d\n"),
    "unknown fields beside versions": ("{}", "Metadata-Version: 2.4\nX{}: a\n"),
    "fields begun in a line": ("{}", "X{0}: a\nDynamic: a{0} Summary: b\n"),
}


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("work", ["findings", "convert", "back", "diff", "minimum"])
def test_growth(family: str, work: str, calls: Count, peak: Count) -> None:
    """Four times the items make at most about four times the calls and the memory."""
    frame, item = FAMILIES[family]

    def run(size: int) -> Callable[[], object]:
        text = HEAD * ("3.0" not in frame)
        text += frame.format("".join(item.format(i) for i in range(size)))
        other = read(text.replace("'o", "'p").replace("; os", " ; os"))
        works: dict[str, Callable[[], object]] = {
            "findings": lambda: read(text).findings(),
            "convert": lambda: convert(read(text), "3.0", force=True),
            "back": lambda: json.dumps(convert(read(text), "1.2", force=True).to_json()),
            "diff": lambda: diff(read(text), other),
            "minimum": lambda: read(text).minimum_version(),
        }
        return works[work]

    run(400)()
    assert calls(run(400)) <= 4.6 * calls(run(100)) + 1_000
    assert peak(run(400)) <= 5 * peak(run(100)) + 300_000


def test_a_last_line_without_end() -> None:
    """Places in a text whose last line never ends take one pass, as others do."""
    lines = "".join(f"Classifier: x{i}\n" for i in range(20))
    text = HEAD + lines + "Summary: " + "a" * 3_000_000
    found = read(text).findings()
    assert [*range(4, 24)] == [finding.span and finding.span.line for finding in found]


@pytest.mark.parametrize("size", [MOST_JOINED, MOST_JOINED + 1])
def test_changes_of_many_people(size: int) -> None:
    """Each change shows all who are joined up to a number of people, then its own only."""
    text = "Metadata-Version: 3.0\n" + "".join(
        f"Author: {name}\n" for i in range(size // 2) for name in (f"n{i}", f"m{i} <m{i}@x.org>")
    )
    text += "Author: last\n" * (size % 2)
    changes = [change for change in convert(read(text), "2.6").changes if change.field == "Author"]
    whole = all(", " in change.after[0][1] for change in changes)
    own = all(change.after[0][1] == change.before for change in changes)
    assert (size, True) == (len(changes), whole if size == MOST_JOINED else own)


def test_a_name_that_stands_twice() -> None:
    """Who has one name is told with the first field that says it."""
    text = HEAD + "Author: x\nAuthor: x\nAuthor-email: x <a@x.org>, x <b@x.org>\n"
    changes = [change for change in convert(read(text), "3.0").changes if change.before == "x"]
    one, two = ("Author", "x <a@x.org>"), ("Author", "x <b@x.org>")
    assert [(one, two), (one,)] == [change.after for change in changes]


@pytest.mark.parametrize("beyond", [0, 1])
def test_most_alike(beyond: int) -> None:
    """A value is found by meaning among so many of its project; then values pair in text order."""
    markers = [f"os_name == 'o{i}'" for i in range(MOST_ALIKE - 1 + beyond)]
    old = "".join(f"Requires-Dist: y; {marker}\n" for marker in markers)
    # The partner of the first is the last, behind one more that is new.
    new = "".join(f"Requires-Dist: y ; {each}\n" for each in ["os_name == 'new'", *markers[::-1]])
    kinds = {found.kind for found in diff(read(old), read(new))}
    assert ({"spelling", "changed", "added"} if beyond else {"spelling", "added"}) == kinds


DEEP_JSON = '{{"x": {}{}}}'


@pytest.mark.parametrize("opened", ["[", '{"a":'])
def test_deep_json(opened: str) -> None:
    """JSON may nest so deep, and no deeper, whatever the brackets."""
    closed = "]" if opened == "[" else "}"

    def found(levels: int) -> list[tuple[str, int | None]]:
        text = DEEP_JSON.format(opened * levels + "1", closed * levels)
        return [
            (each.code, each.span.start if each.span else None)
            for each in from_json(text).findings()
        ]

    assert ("metadata-json-type", None) in found(MOST_LEVELS - 1)
    place = 6 + len(opened) * (MOST_LEVELS - 1)
    assert ("metadata-json-syntax", place) in found(MOST_LEVELS)
    assert ("metadata-json-syntax", place) in found(100_000)


def test_brackets_in_json_strings() -> None:
    """Brackets in strings, escaped quotes and strings without end open nothing."""
    text = '{"name": "' + "[" * 500 + '\\"' + "{" * 500 + '", "version": "1"}'
    assert ["1"] == from_json(text)["Version"]
    many = '{"a": [' + ", ".join(["[1]"] * 500) + '], "version": "1"}'
    assert ["1"] == from_json(many)["Version"]
    assert ["metadata-json-syntax"] == [
        each.code for each in from_json('"' + "[" * 500).findings() if each.span
    ]


TOML = {
    "dotted key": ("a{} = 1", ".a", 100),
    "arrays": ("a = {}", "[", 99),
    "tables": ("a = {}", "{a=", 49),
    "header": ("[a{}]", ".a", 100),
    "array of tables": ("[[a{}]]", ".a", 100),
    "in a table": ("[a.b]\nc = {}", "[", 97),
    "dotted in brackets": ("a = {}", "[{b.c=", 24),
}


@pytest.mark.parametrize("family", TOML)
def test_deep_toml(family: str) -> None:
    """TOML may nest so deep: brackets, and parts of keys and headers."""
    frame, level, most = TOML[family]
    assert MOST_LEVELS == 100

    def deepest(levels: int) -> int | None:
        return toml_too_deep(frame.format(level * levels))

    enough = most - 1 if frame.startswith(("a{", "[a{", "[[a{")) else most
    assert deepest(enough) is None
    at = deepest(enough + 1)
    assert at is not None
    assert frame.index("{") + len(level) * enough <= at < len(frame) + len(level) * (enough + 1)
    text = frame.format(level * 6_000)
    (finding,) = from_project_table("[project]\nname = 'x'\n" + text).findings()
    assert "metadata-toml" == finding.code
    assert "deeper than 100 levels" in finding.message


@pytest.mark.parametrize(
    "text",
    [
        "a = [" + "1.5, " * 200 + "]",
        "a = '" + "[" * 200 + "'",
        'a = "' + "[" * 200 + '\\"{{{"',
        "a = '''\n" + "[" * 200 + "'\n'''",
        'a = """\n' + "[" * 200 + '\\"""\n"""',
        "a = 1 # " + "[." * 200,
        "a = [\n" + "[1], # x\n" * 200 + "]",
        "a = [" + "{ b.c = 1.5, d = [1] }, " * 200 + "]",
        "a.b = 1\n" * 200,
        "[a.b]\n" * 200,
        'a."' + ".b" * 200 + '" = 1',
        "a = { b = 1, c = 2 }\n" * 200,
        "a = " + "]" * 200,
    ],
)
def test_toml_that_is_not_deep(text: str) -> None:
    """What stands in strings, comments and numbers is no level, and levels end."""
    assert toml_too_deep(text) is None


def test_memory_of_toml_keys(peak: Count) -> None:
    """Keys with as many parts as allowed take memory in proportion to the text."""

    def run(lines: int) -> Callable[[], object]:
        keys = "".join(f"a{i}{'.a' * 97} = 1\n" for i in range(lines))
        return lambda: from_project_table("[project]\nname = 'x'\n[tool]\n" + keys)

    assert peak(run(8)) <= 4.6 * peak(run(2)) + 100_000


def test_a_number_of_toml_that_is_too_long() -> None:
    """A number that Python does not convert is no TOML here, at its place."""
    (finding,) = from_project_table("a = 1\nb = " + "9" * 5_000).findings()
    assert finding.span is not None
    assert ("metadata-toml", 2, 5) == (finding.code, finding.span.line, finding.span.column)
    assert "a number has more than" in finding.message
