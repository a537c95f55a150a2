"""Requirements: what is accepted, in which parts, and the quick ways past them."""

from __future__ import annotations

import itertools
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.requirements import InvalidRequirement
from packaging.requirements import Requirement as Oracle

from trigpoint.markers import Marker
from trigpoint.metadata import read
from trigpoint.metadata.requirement import (
    Requirement,
    clause_ranges,
    marker_findings,
    parse,
    readable_problems,
    specifier_problems,
)
from trigpoint.requirements.quick import common, plain_extra, plain_marker
from trigpoint.requirements.tree import Dialect, Kind
from trigpoint.versions import MOST_DIGITS

PARTS = st.sampled_from(
    [
        "pkg",
        "a-b",
        "A.b_c",
        "[x]",
        "[x,y]",
        "[]",
        "[ a , b ]",
        ">=1",
        "~=1",
        "~=1.0",
        "==1.*",
        ">=1.*",
        "==1.0a1",
        "==1a1.*",
        " ",
        "  ",
        "\t",
        ",",
        ";",
        "; extra == 'x'",
        ';extra=="y"',
        "; os_name < 'x'",
        "(",
        ")",
        "@",
        " @ https://x/y",
        "(>=1)",
        "===foo",
        "(1.0)",
        "!=1",
        "<2.0.dev0",
        "1",
        "x",
        "-",
        ".",
        "@ file:///x ",
        ">=1+local",
        "==1+local",
        "; 'x' in extras",
        "https://x;",
        "[",
        "=1",
        "<>1",
        "=>",
    ]
)


def shape(text: str) -> Requirement:
    """Return the parts of a requirement, which *text* must be."""
    parsed = parse(text)
    assert isinstance(parsed, Requirement)
    return parsed


@given(st.lists(PARTS, max_size=6).map("".join))
def test_accepts_what_packaging_accepts(text: str) -> None:
    """Requirements are those of packaging, part by part."""
    oracle = None
    with suppress(InvalidRequirement):
        oracle = Oracle(text)
    parsed = parse(text)
    if isinstance(parsed, Requirement) and parsed.marker is not None:
        readable = marker_findings(parsed.marker)[0] is not None
    else:
        readable = isinstance(parsed, Requirement)
    if text.rstrip(" \t").endswith(",,") or ",," in text or ", ," in text:
        return  # packaging takes some empty clauses
    assert readable is (oracle is not None)
    assert oracle is not None or not common(text)
    if oracle is not None:
        assert isinstance(parsed, Requirement)
        assert parsed.name == oracle.name
        assert set(parsed.extras or ()) == oracle.extras
        assert parsed.url == oracle.url
        assert (parsed.marker is None) is (oracle.marker is None)


@pytest.mark.parametrize(
    ("text", "message", "start"),
    [
        ("", "starts with the name of a project", 0),
        ("a[x", "bracket of the extras is never closed", 1),
        ("a[x] (>1", "parenthesis is never closed", 5),
        ("a @ ", "there is no URL after the @", 2),
        ("a @ https://x; b", "blank is missing between the URL and the semicolon", 13),
        ("a b", "'b' looks like a second requirement", 2),
        ("a[x][y]", "'[y]' is no version specifier", 4),
        ("a[,]", "the name of an extra is missing", 2),
        ("a[x y]", "names of extras are separated by commas", 2),
        ("a >=1,,<2", "a version specifier is missing before this comma", 6),
    ],
)
def test_what_is_wrong(text: str, message: str, start: int) -> None:
    """The first problem says what is wrong, and where."""
    problems = parse(text)
    assert isinstance(problems, list)
    problem = problems[0]
    assert message in problem.message
    assert problem.start == start


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("pkg", ("pkg", None, "", None, None)),
        ("pkg[]", ("pkg", (), "", None, None)),
        (
            "pkg [a, b] (>=1, <2) ; os_name == 'nt'",
            ("pkg", ("a", "b"), ">=1, <2", None, " os_name == 'nt'"),
        ),
        ("pkg@ https://x ; extra == 'y'", ("pkg", None, "", "https://x", " extra == 'y'")),
        ("pkg ===a;b", ("pkg", None, "===a", None, "b")),
    ],
)
def test_parts(
    text: str, parts: tuple[str, tuple[str, ...] | None, str, str | None, str | None]
) -> None:
    """Every part is there, brackets without names too."""
    parsed = shape(text)
    assert (parsed.name, parsed.extras, parsed.specifier, parsed.url, parsed.marker) == parts
    assert text[parsed.specifier_at :].startswith(parsed.specifier)


@pytest.mark.parametrize(
    ("text", "marker", "changed"),
    [
        ("pkg>=1", "x", "pkg>=1; x"),
        ("pkg>=1 ; y", "x", "pkg>=1; x"),
        ("pkg @ https://x", "x", "pkg @ https://x ; x"),
        ("pkg; y", None, "pkg"),
    ],
)
def test_with_marker(text: str, marker: str | None, changed: str) -> None:
    """A marker can be put, replaced and taken away."""
    assert shape(text).with_marker(marker) == changed


@pytest.mark.parametrize("text", ["pkg>=1", "pkg>=1 ; y", "\tpkg>=1 ", "pkg>=1;"])
def test_subject(text: str) -> None:
    """The subject is what stands before the marker, without blanks around it."""
    assert "pkg>=1" == shape(text).subject


def test_clauses_of_a_specifier_that_stands_alone() -> None:
    """Empty clauses are passed over, and places count from where it starts."""
    assert [(0, 2), (4, 7), (8, 8)] == clause_ranges(">1, >>2,")
    assert [(14, 17)] == [
        (problem.start, problem.end) for problem in specifier_problems(">1, >>2,", 10)
    ]
    assert [] == specifier_problems(",>1,,<2,")
    assert [] == specifier_problems("")
    assert [] == specifier_problems(f">{'9' * MOST_DIGITS}")
    long = f">=1,>{'9' * (MOST_DIGITS + 1)}"
    assert [(5, len(long))] == [
        (problem.start, problem.end) for problem in specifier_problems(long)
    ]


@pytest.mark.parametrize(
    ("specifier", "better"),
    [
        (">=3.6.*", ">=3.6"),
        ("=1", "==1"),
        ("=>1", ">=1"),
        ("=<1", "<=1"),
        ("~=3", ">=3,<4"),
        ("3.1", "==3.1"),
        ("what", None),
    ],
)
def test_specifiers_are_repaired(specifier: str, better: str | None) -> None:
    """Where it is clear what was meant, the fix writes it."""
    (problem,) = specifier_problems(specifier)
    assert problem.replacement == better


def test_versions_without_operator_had_a_meaning() -> None:
    """Before 2.1 a bare version stands for all that start with it, if there can be any."""
    (problem,) = specifier_problems("3.1", dialect=Dialect.LEGACY)
    assert (Kind.OLD, "==3.1.*") == (problem.kind, problem.replacement)
    (problem,) = specifier_problems("3.1a1", dialect=Dialect.LEGACY)
    assert (Kind.OLD, "==3.1a1") == (problem.kind, problem.replacement)


def test_a_marker_can_be_part_of_a_url() -> None:
    """Without a blank in front of its semicolon it is."""
    (swallowed,) = readable_problems(shape("a @ https://x;os_name=='nt'"))
    assert (Kind.URL_MARKER, 13) == (swallowed.kind, swallowed.start)
    for text in ("a", "a @ https://x", "a @ https://x;y", "a @ https://x ;os_name=='nt'"):
        assert () == readable_problems(shape(text))


VARIABLES = {
    "python_version": ("3.8", "3.14", "2.7"),
    "sys_platform": ("win32", "linux", "darwin", "cygwin", "emscripten", "ios", "android"),
    "platform_system": ("Windows", "Linux", "Darwin"),
    "platform_machine": ("x86_64", "AMD64", "aarch64", "arm64", "ppc64le", "s390x"),
    "os_name": ("nt", "posix"),
    "platform_python_implementation": ("CPython", "PyPy"),
    "implementation_name": ("cpython", "pypy"),
}
PLAIN = [
    template.format(f"{name} {operator} '{value}'")
    for name, values in VARIABLES.items()
    for value, operator in itertools.product(
        values, ("==", "!=", "<", "<=", ">", ">=") if name == "python_version" else ("==", "!=")
    )
    for template in (
        *("{}", "({})", "({}) and extra == 'x-y'", '{} and extra == "x"'),
        *("extra == 'x' and {}", 'extra == "x-y" and ( {} )'),
    )
]
PLAIN += [
    template.format(*pair)
    for low, high in itertools.combinations(("2.7", "3.8", "3.9", "3.10"), 2)
    for pair in itertools.permutations([f"python_version >= '{low}'", f"python_version < '{high}'"])
    for template in ("{} and {}", "({} and {}) and extra == 'x'")
]
PLAIN += [
    f"platform_machine != '{one}' and platform_machine != '{other}'"
    for one, other in itertools.product(VARIABLES["platform_machine"], repeat=2)
]
PLAIN += [
    template.format(*pair)
    for name, values in VARIABLES.items()
    if name != "python_version"
    for value, operator in itertools.product(values, ("==", "!="))
    for python in ("python_version < '3.9'", 'python_version != "2.7"')
    for pair in itertools.permutations([python, f"{name} {operator} '{value}'"])
    for template in ("{} and {}", "({} and {}) and extra == 'x-y'")
]
EQUAL = [
    f"{name} == '{value}'"
    for name, values in VARIABLES.items()
    if name != "python_version"
    for value in values
]
PLAIN += [
    template.format(*pair)
    for pair in itertools.product(EQUAL, repeat=2)
    for template in ("{} or {}", "({} or {}) and extra == 'x-y'")
]


@pytest.mark.parametrize("marker", PLAIN)
def test_markers_that_are_not_read(marker: str) -> None:
    """Nothing is said about the markers that the quick way passes over."""
    extra = plain_marker(marker)
    assert extra is not None
    assert Marker(marker).lint() == ()
    assert Marker(marker).extras == (() if extra[0] is None else extra)


@pytest.mark.parametrize(
    "marker",
    [
        "os_name == 'nt' or sys_platform == 'linux' and extra == 'x'",
        "os_name == 'nt' or sys_platform != 'linux'",
        "os_name != 'nt' or sys_platform == 'linux'",
        "python_version < '3.9' or sys_platform == 'linux'",
        "sys_platform == 'linux' or python_version < '3.9'",
        "os_name == 'nt' and sys_platform == 'linux'",
        "python_version < '3.9' and python_version > '3.10'",
        "python_version >= '3.10' and python_version < '3.9'",
        "python_version >= '3.9' and python_version < '3.9'",
        "python_version >= '3.8' and python_version >= '3.9'",
        "python_version >= '3.8' or python_version < '3.9'",
        "os_name != 'nt' and os_name != 'posix'",
        "platform_machine != 'arm64' and platform_machine == 'AMD64'",
        "extra == 'x' and os_name == 'nt' and extra == 'y'",
        "extra == 'x' and os_name == 'nt' or sys_platform == 'linux'",
    ],
)
def test_markers_that_are_read(marker: str) -> None:
    """Where more than one thing is asked, there may be something to say."""
    assert plain_marker(marker) is None


@pytest.mark.parametrize(
    "marker",
    [
        "extra == 'x'",
        ' extra=="a-b" ',
        "extra == 'A'",
        "extra == ''",
        "extra != 'x'",
        "extra == 'x' or os_name == 'nt'",
    ],
)
def test_plain_extras(marker: str) -> None:
    """The quick way past extra == 'x' passes over nothing that has findings."""
    name = plain_extra(marker)
    if name is not None:
        assert Marker(marker).lint() == ()
        assert Marker(marker).extras == (name,)
    assert (name is None) is (marker.strip() not in ("extra == 'x'", 'extra=="a-b"'))


def test_undeclared_extras_are_found_on_every_way() -> None:
    """Plain, with another comparison, in parentheses: the extra must be declared."""
    lines = [
        "y; extra == 'a'",
        "y; (os_name == 'nt') and extra == 'a'",
        "y; extra == 'a' or extra == 'A'",
        "y;extra=='a'",
    ]
    for line in lines:
        text = f"Metadata-Version: 2.1\nName: x\nVersion: 1\nRequires-Dist: {line}\n"
        assert "metadata-extra-undeclared" in [found.code for found in read(text).findings()]
        declared = text + "Provides-Extra: a\n"
        assert "metadata-extra-undeclared" not in [
            found.code for found in read(declared).findings()
        ]
