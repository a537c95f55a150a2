"""What a project says that it needs from outside: tables, METADATA and lines."""

from __future__ import annotations

from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trigpoint.external.tables import (
    KEYS,
    MOST_LOOKED_AT,
    External,
    no_text,
    read_document,
    read_lines,
    read_table,
)
from trigpoint.findings import apply_fix
from trigpoint.metadata import read

TABLES: tuple[tuple[str, str, str], ...] = (
    # what it shows, what stands below [external], codes in text order
    ("nothing", "", ""),
    (
        "all lists",
        (
            'build-requires = ["dep:virtual/compiler/c"]\nhost-requires = ["dep:generic/zlib"]\n'
            'dependencies = ["dep:generic/git"]'
        ),
        "",
    ),
    ("empty lists", "build-requires = []\nhost-requires = []\ndependencies = []", ""),
    ("optional", 'optional-dependencies.nat = ["dep:cran/nat"]', ""),
    (
        "all optional",
        (
            '[external.optional-build-requires]\na = ["dep:generic/make"]\n'
            '[external.optional-host-requires]\na = ["dep:generic/zlib"]'
        ),
        "",
    ),
    (
        "groups",
        (
            '[external.dependency-groups]\na = ["dep:generic/catch2"]\n'
            'b = [{ include-group = "A" }, "dep:generic/valgrind"]'
        ),
        "",
    ),
    ("markers", "dependencies = [\"dep:generic/x; sys_platform == 'linux'\"]", ""),
    (
        "optional with a marker",
        "optional-dependencies.a = [\"dep:generic/x; os_name == 'nt'\"]",
        "",
    ),
    ("not a table", "X", "pyproject-type"),
    ("unknown key", 'libraries = ["dep:generic/x"]', "external-key"),
    ("underscored", 'build_requires = ["dep:generic/x"]', "external-key"),
    ("upper case", 'Dependencies = ["dep:generic/x"]', "external-key"),
    ("old", 'build-host-requires = ["dep:generic/x"]', "external-key"),
    ("misspelt", 'host-require = ["dep:generic/x"]', "external-key"),
    (
        "both",
        'host-requires = ["dep:generic/x"]\nhost_requires = ["dep:generic/y"]',
        "external-key",
    ),
    ("text for a list", 'dependencies = "dep:generic/x"', "pyproject-type"),
    ("number for a list", "dependencies = 3", "pyproject-type"),
    ("table for a list", 'dependencies.a = ["dep:generic/x"]', "pyproject-type"),
    ("list for a table", 'optional-dependencies = ["dep:generic/x"]', "pyproject-type"),
    ("text for an optional list", 'optional-dependencies.a = "dep:generic/x"', "pyproject-type"),
    ("table for an optional list", "optional-dependencies.a.b = []", "pyproject-type"),
    ("text for a table", 'optional-dependencies = "a"', "pyproject-type"),
    (
        "number in a list",
        'dependencies = ["dep:generic/x", 3, {}]',
        "pyproject-type pyproject-type",
    ),
    ("name of an extra", 'optional-dependencies."a b" = []', "external-extra-name"),
    (
        "extras of one name",
        "optional-dependencies.a_b = []\noptional-dependencies.A-b = []",
        "external-extra-clash",
    ),
    ("one extra in two tables", "optional-dependencies.a = []\noptional-host-requires.A = []", ""),
    ("extra without a list", "dependencies = [\"dep:generic/x; extra == 'a'\"]", "external-extra"),
    (
        "extras without a list",
        "host-requires = [\"dep:generic/x; 'a' in extras\"]",
        "marker-extras-context external-extra",
    ),
    (
        "twice",
        'dependencies = ["dep:generic/x@1", "dep:generic/x", "dep:generic/x@1"]',
        "external-duplicate",
    ),
    (
        "twice by canonical name",
        'dependencies = ["dep:github/A/b", "dep:github/a/B"]',
        "external-duplicate",
    ),
    ("in two lists", 'host-requires = ["dep:generic/x"]\ndependencies = ["dep:generic/x"]', ""),
    (
        "wrong items",
        'build-requires = ["dep:x", "dep:generic/x@~=1.2"]\nhost-requires = ["zlib"]',
        "external-type external-operator external-scheme",
    ),
    (
        "wrong markers",
        'dependencies = ["dep:generic/x; os_nam == \'nt\'", "dep:generic/y;"]',
        "marker-unknown-variable marker-empty",
    ),
    ("name of a group", 'dependency-groups."a b" = []', "pyproject-group-name"),
    (
        "groups of one name",
        "dependency-groups.a_b = []\ndependency-groups.A-b = []",
        "pyproject-group-clash",
    ),
    (
        "missing include",
        'dependency-groups.a = [{ include-group = "b" }]',
        "pyproject-group-missing",
    ),
    (
        "cycle",
        (
            'dependency-groups.a = [{ include-group = "b" }]\n'
            'dependency-groups.b = [{ include-group = "a" }]'
        ),
        "pyproject-group-cycle",
    ),
    ("includes itself", 'dependency-groups.a = [{ include-group = "a" }]', "pyproject-group-cycle"),
    (
        "wrong include",
        "dependency-groups.a = [{ include = 3 }, 4]",
        "pyproject-group-item pyproject-group-item",
    ),
    ("wrong item of a group", 'dependency-groups.a = ["catch2"]', "external-scheme"),
    ("groups as a list", 'dependency-groups = ["dep:generic/x"]', "pyproject-type"),
)


def whole(body: str) -> str:
    return 'external = "X"' if body == "X" else f"[external]\n{body}\n"


def codes(external: External) -> list[str]:
    return [found.code for found in external.findings]


def test_there_are_enough_tables() -> None:
    """The tables are what the design asks for."""
    assert len(TABLES) >= 30


@pytest.mark.parametrize(
    ("body", "expected"), [row[1:] for row in TABLES], ids=[row[0] for row in TABLES]
)
def test_tables(body: str, expected: str) -> None:
    """Each table has its findings, each with a place in the text."""
    text = whole(body)
    external = read_table(text)
    assert expected.split() == codes(external)
    assert external.stated
    for found in external.findings:
        assert found.span is not None
        assert 0 < found.span.start <= found.span.end <= len(text)


@pytest.mark.parametrize("body", [row[1] for row in TABLES], ids=[row[0] for row in TABLES])
def test_fixes_of_tables(body: str) -> None:
    """A fix that is carried out takes its finding away and brings no other."""
    text = whole(body)
    before = codes(read_table(text))
    for found in read_table(text).findings:
        if found.fix and found.fix.replacement is not None:
            after = codes(read_table(apply_fix(text, found.fix)))
            expected = list(before)
            expected.remove(found.code)
            assert expected == after


@pytest.mark.parametrize(
    ("body", "after"),
    [
        ('build_requires = ["dep:generic/x"]', 'build-requires = ["dep:generic/x"]'),
        ("build-host-requires = []", "host-requires = []"),
        ('dependencies = "dep:generic/x"', 'dependencies = ["dep:generic/x"]'),
        ('dependencies = ["dep:x"]', 'dependencies = ["dep:generic/x"]'),
        ('dependencies = ["dep:a/x", "dep:a/x"]', 'dependencies = ["dep:a/x"]'),
    ],
)
def test_what_fixes_write(body: str, after: str) -> None:
    """The fix of a table is what its words say."""
    text = f"[external]\n{body}"
    [found] = read_table(text).findings
    assert found.fix is not None
    assert f"[external]\n{after}" == apply_fix(text, found.fix)


def test_words_about_keys() -> None:
    """A key that is meant is named, an old one is told for what it is."""
    text = dedent("""\
        [external]
        build-host-requires = []
        build_requires = []
        host_requires = []
        host-requires = []
        xyz = []
        """)
    said = [
        "build-host-requires is what an earlier draft called host-requires",
        "'build_requires' is written build-requires",
        "'host_requires' is no key of [external], and host-requires is there already",
        "'xyz' is no key of [external]",
    ]
    found = [each.message for each in read_table(text).findings]
    # Of two that mean a key that is there, both say so.
    said[0] = "'build-host-requires' is no key of [external], and host-requires is there already"
    assert said == found


def test_without_a_table() -> None:
    """A pyproject.toml without the table says nothing, and so do none of its findings."""
    assert External() == read_table("[project]\nname = 'x'\n")


def test_no_toml() -> None:
    """What is no TOML has one finding."""
    assert ["metadata-toml"] == codes(read_table("[external"))


def test_what_is_needed() -> None:
    """Each requirement knows its key, its extra or group, and its place, in text order."""
    text = dedent("""\
        [external.optional-dependencies]
        nat = ["dep:cran/nat"]
        [external.dependency-groups]
        dev = ["dep:generic/valgrind"]
        [external]
        build-requires = ["dep:virtual/compiler/c", "dep:x"]
        """)
    read_ = read_table(text)
    assert [
        ("run", "optional-dependencies", "nat", "dep:cran/nat", True),
        ("group", "dependency-groups", "dev", "dep:generic/valgrind", True),
        ("build", "build-requires", "", "dep:virtual/compiler/c", True),
        ("build", "build-requires", "", "dep:x", False),
    ] == [
        (each.role, each.where, each.group, each.text, each.requirement is not None)
        for each in read_.needed
    ]
    for each in read_.needed:
        assert each.span is not None
        assert each.text == text[each.span.start : each.span.end]
    assert (("nat",), ("dev",)) == (read_.extras, read_.groups)


def test_misspelt_keys_are_read_as_what_they_mean() -> None:
    """What is listed under one is shown, beside the error."""
    read_ = read_table('[external]\nrun-requires = ["dep:generic/git"]')
    assert [("run", "dependencies")] == [(each.role, each.where) for each in read_.needed]


SELECT = dedent("""\
    [external]
    build-requires = ["dep:a/build"]
    host-requires = ["dep:a/host"]
    dependencies = ["dep:a/run"]
    [external.optional-build-requires]
    x = ["dep:a/build-x"]
    [external.optional-host-requires]
    X = ["dep:a/host-x"]
    [external.optional-dependencies]
    x = ["dep:a/run-x"]
    y = ["dep:a/run-y"]
    [external.dependency-groups]
    one = ["dep:a/one"]
    Two = [{ include-group = "one" }, "dep:a/two"]
    """)


@pytest.mark.parametrize(
    ("purpose", "extras", "groups", "expected"),
    [
        ("build", (), (), "build host"),
        ("run", (), (), "run"),
        ("build", ("X",), (), "build host build-x host-x"),
        ("run", ("x",), (), "run run-x"),
        ("run", ("x", "y", "z"), (), "run run-x run-y"),
        ("build", (), ("one",), "build host one"),
        ("run", (), ("two",), "run one two"),
        ("run", (), ("three",), "run"),
    ],
)
def test_select(
    purpose: str, extras: tuple[str, ...], groups: tuple[str, ...], expected: str
) -> None:
    """Purpose, extras and groups say what counts; an include brings what it names."""
    found = read_table(SELECT).select(purpose, extras, groups)
    assert [f"dep:a/{name}" for name in expected.split()] == [each.text for each in found]


def test_fields() -> None:
    """The METADATA of a table is as in the draft, with the extra in the marker."""
    text = dedent("""\
        [external]
        host-requires = ["dep:generic/zlib"]
        dependencies = ["dep:generic/git", "dep:bad"]
        [external.optional-dependencies]
        Nat_x = ["dep:cran/nat", "dep:cran/b; os_name == 'a' or os_name == 'b'"]
        """)
    assert (
        ("Requires-External-Dep", "dep:generic/git"),
        ("Provides-External-Extra", "nat-x"),
        ("Requires-External-Dep", 'dep:cran/nat; extra == "nat-x"'),
        (
            "Requires-External-Dep",
            'dep:cran/b; (os_name == "a" or os_name == "b") and extra == "nat-x"',
        ),
    ) == read_table(text).fields()


def test_keys() -> None:
    """The draft has seven."""
    assert 7 == len(KEYS) == len(set(KEYS))


METADATA = dedent("""\
    Metadata-Version: 2.5
    Name: spam
    Provides-External-Extra: nat
    Provides-External-Extra: NAT
    Provides-External-Extra: a b
    Requires-External-Dep: dep:cran/nat@~=1.0; extra == 'nat'
    Requires-External-Dep:
      dep:generic/zlib>=1
    Requires-External: C
    Requires-External: dep:generic/git
    Requires-External: libblas.so.3-abi; os_nam
    """)


def test_documents() -> None:
    """The three fields are read, with places in the text."""
    found = read_document(read(METADATA))
    assert [
        ("external-extra-clash", 4),
        ("external-extra-name", 5),
        ("external-operator", 6),
        ("external-no-at", 8),
        ("external-opaque", 9),
        ("external-field", 10),
        ("external-older", 11),
        ("metadata-external-marker", 11),
    ] == [(each.code, each.span.line) for each in found.findings if each.span]
    assert ["", "", "opaque", "dep", "soname"] == [
        each.older.kind if each.older else "" for each in found.needed
    ]
    assert [False, False, False, True, False] == [
        each.requirement is not None for each in found.needed
    ]
    assert ("nat", "a b") == found.extras
    assert found.stated


def test_fixes_in_a_folded_field_are_words() -> None:
    """Where a value goes over several lines, nothing is put into it."""
    found = {each.code: each.fix for each in read_document(read(METADATA)).findings}
    no_at, operator = found["external-no-at"], found["external-operator"]
    assert no_at is not None
    assert no_at.replacement is None
    assert operator is not None
    assert "dep:cran/nat@>=1.0,<2;" in apply_fix(METADATA, operator)


def test_documents_without() -> None:
    """Metadata without the fields states nothing."""
    assert External() == read_document(read("Name: spam\nRequires-Dist: x\n"))


def test_lines() -> None:
    """A line is a requirement, with or without quotes, and places are those of the text."""
    text = (
        '# c\n\n  "dep:generic/zlib@",\r\n\'dep:generic/x; os_name == "nt"\'\nlibblas.so.3\ndep:x\n'
    )
    found = read_lines(text)
    assert ["dep:generic/zlib@", 'dep:generic/x; os_name == "nt"', "libblas.so.3", "dep:x"] == [
        each.text for each in found.needed
    ]
    assert [("external-version-empty", 3), ("external-older", 5), ("external-type", 6)] == [
        (each.code, each.span.line) for each in found.findings if each.span
    ]
    for each in found.needed:
        assert each.span is not None
        assert each.text == text[each.span.start : each.span.end]
    assert not read_lines("# c\n").stated


@given(st.text(st.sampled_from('[]{}="\n.,; abdep:/@>=1#-_'), max_size=60))
@settings(max_examples=300, deadline=None)
def test_whatever_stands_in_the_table(body: str) -> None:
    """No text raises, and no finding is outside of it."""
    text = f"[external]\ndependencies = [{body}]\n"
    for found in (*read_table(text).findings, *read_lines(body).findings):
        assert found.span is None or 0 <= found.span.start <= found.span.end


@pytest.mark.parametrize("comment", ["# libz.so.1, outside: exact", '# it\'s "this"', "#", ""])
@pytest.mark.parametrize("marker", ["", "; os_name == 'a;#'"])
def test_lines_of_a_draft(marker: str, comment: str) -> None:
    """Items of a TOML array keep their place and are read without the comment beside them."""
    text = f'  "dep:generic/zlib{marker}",  {comment}\n'
    [needed] = read_lines(text).needed
    assert f"dep:generic/zlib{marker}" == needed.text
    assert needed.requirement is not None
    assert needed.span is not None
    assert (3, 3 + len(needed.text)) == (needed.span.start, needed.span.end)


def test_names_that_nothing_lists() -> None:
    """An extra or a group that is asked for and not listed is a finding; spelling does not matter."""
    text = """[external.optional-dependencies]
Nat_x = ["dep:cran/nat"]
[external.dependency-groups]
dev = ["dep:generic/git"]
"""
    read = read_table(text)
    assert [] == read.undeclared(["nat-x"], ["DEV"])
    found = read.undeclared(["gui", "dev"], ["nat-x"])
    assert {"external-undeclared"} == {each.code for each in found}
    assert ["write one of Nat_x", "write one of Nat_x", "write one of dev"] == [
        each.fix.message for each in found if each.fix
    ]
    [none] = read_lines("dep:generic/zlib").undeclared([], ["dev"])
    assert none.fix is not None
    assert "the text has no group" == none.fix.message


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("dep:generic/zlib # why", "dep:generic/zlib"),
        ("dep:generic/zlib\t#", "dep:generic/zlib"),
        ("dep:generic/zlib; os_name == 'nt'  # why; not", "dep:generic/zlib; os_name == 'nt'"),
        ("C # a compiler", "C"),
        ("dep:generic/zlib#sub", "dep:generic/zlib#sub"),
        ("\ufeffdep:generic/zlib", "dep:generic/zlib"),
        ("\ufeff  # why\r\n dep:generic/zlib", "dep:generic/zlib"),
    ],
)
def test_lines_with_a_comment(line: str, text: str) -> None:
    """As in a file of requirements, a comment begins behind a blank, and a byte order mark is no letter."""
    read = read_lines(line)
    [needed] = read.needed
    assert needed.span is not None
    assert (text, text) == (needed.text, line[needed.span.start : needed.span.end])
    assert [] == [each for each in read.findings if each.code != "external-opaque"]


def test_comment_in_a_string() -> None:
    """In a table a comment belongs behind the string; what it hides is no marker."""
    text = '[external]\ndependencies = ["dep:generic/zlib # why; not"]\n'
    [found] = read_table(text).findings
    assert found.fix is not None
    assert "external-comment" == found.code
    assert text.replace(" # why; not", "") == apply_fix(text, found.fix)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("\0", "U+0000 is among them"),
        ("dep:generic/zlib\n" + "\udcff" * 2, "2 of 19 are no letters"),
        ("x" * (MOST_LOOKED_AT - 1) + "\0", "U+0000 is among them"),
        ("\udcff\udced" + "d\0", "U+0000 is among them"),
        ("\udcff\udcfed\0", "this is UTF-16"),
        ("\udcfe\udcff\0d", "this is UTF-16"),
        ("\x1b\x01" * 9, "9 of 18 are no letters"),
    ],
)
def test_what_is_no_text(text: str, message: str) -> None:
    """Bytes of another kind of file are not read as a text for people."""
    found = no_text(text)
    if found is None:
        raise AssertionError(text)
    assert "external-binary" == found.code
    assert message in found.message
    assert found.fix


@pytest.mark.parametrize(
    "text",
    [
        "",
        "caf\udce9 \n# " + "x" * 8,
        "dep:generic/zlib\n\udcff",
        "\x1b[1mred\x1b[0m\t\r\n\f",
        "x" * MOST_LOOKED_AT + "\0",
        "\ufeffdep:generic/zlib",
    ],
)
def test_what_is_text(text: str) -> None:
    """A byte of an old encoding and the escapes of a terminal do not make one of a text."""
    assert no_text(text) is None


def test_metadata_behind_a_byte_order_mark() -> None:
    """Readers of METADATA see no header, so nothing is said of what it needs."""
    external = read_document(read("\ufeffName: x\nRequires-External: C\n"))
    assert ["metadata-bom"] == [each.code for each in external.findings]
    assert ((), False, False) == (external.needed, external.stated, external.readable)
