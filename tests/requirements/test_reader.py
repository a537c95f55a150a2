"""Requirements: every letter in a part, one answer on both ways, and the same as packaging."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import get_args

import packaging
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from packaging.requirements import InvalidRequirement
from packaging.requirements import Requirement as Oracle

from trigpoint.findings import Severity, TextIndex, apply_fix
from trigpoint.requirements import Dialect, Requirement, read_requests, read_requirement
from trigpoint.requirements.clauses import specifier_problems
from trigpoint.requirements.differences import DIFFERENCES, Disagreement, explains
from trigpoint.requirements.quick import common, is_name, plain_specifiers, quick
from trigpoint.requirements.reader import read, tail_at
from trigpoint.requirements.tree import MOST_SHOWN, Kind, PartKind
from trigpoint.versions import MOST_DIGITS

MARKERS = Path(__file__).parents[1] / "data" / "markers.txt"
untimed = settings(deadline=None)

PIECES = [
    "pkg",
    "a",
    "A.b_c",
    "y_",
    "[",
    "]",
    "[x]",
    "[x,Y]",
    "[]",
    ",",
    ";",
    " ",
    "  ",
    "\t",
    "(",
    ")",
    "@",
    " @ ",
    "https://x/y",
    "file:x",
    "-",
    ".",
    "*",
    ">=1",
    "==1.*",
    "~=1",
    "~=1.0",
    ">=1.*",
    "==1.0a1",
    "==1a1.*",
    "===foo",
    "===",
    "<",
    ">",
    "=",
    "!",
    "^1.2",
    "~1",
    "1",
    "1.0",
    "1.",
    "x",
    "==1.x",
    "'",
    '"',
    "os_name == 'nt'",
    "os_name",
    " and ",
    "extra == 'x'",
    "==1+a",
    "==1+",
    ">=1+a",
    "<>",
    "é",
    "≥",
    "#",
    " --hash=x",
    "v1",
    "+",
    "2.0.dev0",
    "https://x;",
    "\\",
    "\N{NO-BREAK SPACE}",
]
TEXTS = st.builds(
    lambda name, rest: name + "".join(rest),
    st.sampled_from(["pkg", ""]),
    st.lists(st.sampled_from(PIECES), max_size=8),
)
DIALECTS = st.sampled_from(Dialect)
KINDS = get_args(PartKind)


def real_requirements() -> list[str]:
    """Return requirements that people wrote: those of packages installed here."""
    from importlib.metadata import distributions

    found = {text for each in distributions() for text in each.requires or ()}
    found.update(f"pkg; {line}" for line in MARKERS.read_text("utf-8").splitlines() if line)
    return sorted(found)


REAL = real_requirements()


def mutated(text: str, places: tuple[int, int], piece: str) -> str:
    """Return *text* with a stretch of it replaced."""
    start, end = sorted(place % (len(text) + 1) for place in places)
    return text[:start] + piece + text[min(end, start + 3) :]


MUTATED = st.builds(
    mutated,
    st.sampled_from(REAL),
    st.tuples(st.integers(0, 200), st.integers(0, 200)),
    st.sampled_from([*PIECES, ""]),
)


def check(text: str, dialect: Dialect) -> Requirement:
    """Check what must hold for any text, on both ways."""
    reading = read(text, dialect)
    assert text == "".join(part.text for part in reading.parts)
    offset = 0
    for part in reading.parts:
        assert (offset, True) == (part.start, part.text != "")
        assert part.kind in KINDS
        offset = part.end
    fast = None if dialect is Dialect.LINE and tail_at(text)[0] < len(text) else quick(text)
    if fast is not None and not (fast.marker and not {"'", '"'} & {*fast.marker}):
        # What has no quotes is no marker, and the reader may know what it is.
        assert [] == [problem for problem in reading.problems if problem.fatal]
        assert reading.shape == fast
    requirement = read_requirement(text, dialect)
    assert requirement.shape == reading.shape
    assert requirement.problems == reading.problems
    errors = [each for each in requirement.findings if each.severity is Severity.ERROR]
    assert requirement.valid or errors
    for finding in requirement.findings:
        assert finding.span is not None
        assert 0 <= finding.span.start <= finding.span.end <= len(text)
    if common(text) and dialect is Dialect.DEPENDENCY:
        assert {"extra-unnormalised", "extra-repeated"} >= {
            each.code for each in requirement.findings
        }
    return requirement


@untimed
@given(TEXTS, DIALECTS)
@example("", Dialect.DEPENDENCY)
@example("a[x]y", Dialect.DEPENDENCY)
@example("(", Dialect.DEPENDENCY)
@example("pkg ( >= 1 , < 2 , ) ; os_name == 'nt'", Dialect.DEPENDENCY)
def test_any_text_in_parts(text: str, dialect: Dialect) -> None:
    """The parts are the text, and both ways find the same."""
    check(text, dialect)


@untimed
@given(MUTATED, DIALECTS)
def test_mutated_requirements_in_parts(text: str, dialect: Dialect) -> None:
    """So it is for real requirements with a fault."""
    check(text, dialect)


@pytest.mark.repeats
@pytest.mark.parametrize("dialect", Dialect)
def test_real_requirements(dialect: Dialect) -> None:
    """Real requirements can be read, and are what packaging reads."""
    assert len(REAL) > 50
    for text in REAL:
        agrees(text, check(text, dialect))


def oracle(text: str) -> Oracle | None:
    """Return what packaging reads; None if it refuses."""
    try:
        return Oracle(text)
    except InvalidRequirement:
        return None


def agrees(text: str, requirement: Requirement) -> None:
    """Check that packaging reads the same, or that the table says why not."""
    peer = oracle(text)
    if requirement.valid is not (peer is not None):
        assert explains(text, packaging.__version__), text
    elif peer is not None:
        assert (peer.name, peer.extras) == (requirement.name, set(requirement.extras or ()))
        assert (peer.url, peer.specifier) == (requirement.url, requirement.specifier)
        assert (peer.marker is None) is (requirement.marker is None)


@untimed
@given(TEXTS | MUTATED)
@example("pkg@")
@example("pkg@\n")
@example("pkg @ x\ny")
@example("pkg ()")
@example("pkg (,)")
@example("pkg,>=1")
@example("pkg>=1,")
@example("pkg (>=1,)")
@example("pkg>=1,,")
@example("pkg===a,b")
@example("pkg @ 'x;y' ; os_name == 'nt'")
@example("pkg @ \"https://x\" ; os_name == 'nt'")
@example("pkg==1+a.1")
@example("pkg==1+a.")
@example("pkg===é,>=1")
def test_accepts_what_packaging_accepts(text: str) -> None:
    """A dependency specifier is what packaging reads, part by part, but for the table."""
    agrees(text, read_requirement(text))


@pytest.mark.parametrize("count", [1, 2, 3])
def test_brute_force_against_packaging(count: int) -> None:
    """All short texts of the letters that matter: the same as packaging, but for the table."""
    for letters in itertools.product("a1-_.[](),;@>=~! ", repeat=count):
        text = "".join(letters)
        agrees(text, read_requirement(text))
        agrees(f"a{text}", read_requirement(f"a{text}"))


@pytest.mark.parametrize("difference", DIFFERENCES, ids=lambda each: each.name)
def test_every_difference_is_one(difference: Disagreement) -> None:
    """Each example shows its difference, with the versions of packaging that it names."""
    if packaging.__version__ not in difference.versions:
        pytest.skip(f"holds for packaging {difference.versions}")
    requirement = read_requirement(difference.example)
    assert difference.accepted is (oracle(difference.example) is not None)
    assert difference.accepted is not requirement.valid


# -- fixes ----------------------------------------------------------------------------------


SPECIFIERS = [
    (">=3.", ">=3"),
    ("==1.x", "==1.*"),
    ("==1.X.x", "==1.*"),
    ("==1*", "==1.*"),
    ("!=3.3*", "!=3.3.*"),
    ("=1.x", "==1.*"),
    (">=1.x", ">=1"),
    ("<3.6.*", "<3.6"),
    (">=3.18.*", ">=3.18"),
    ("<=3.*", "<4"),
    (">3.9.*", ">=3.10"),
    ("<=1!3.*", "<1!4"),
    ("~=3", ">=3,<4"),
    ("~=3.*", ">=3,<4"),
    ("~=3.1.*", "~=3.1"),
    ("^3.11", ">=3.11,<4"),
    ("^0.2.3", ">=0.2.3,<0.3"),
    ("^0.0.3", ">=0.0.3,<0.0.4"),
    ("^0.0", ">=0.0,<0.1"),
    ("^0", ">=0,<1"),
    ("^1.2.3b1", ">=1.2.3b1,<2"),
    ("^2!1.2", ">=2!1.2,<2!2"),
    ("^1.x", ">=1,<2"),
    ("~1.2.3", ">=1.2.3,<1.3"),
    ("~1", ">=1,<2"),
    ("~>1.2", "~=1.2"),
    ("~>1", ">=1,<2"),
    ("3.9.16", "==3.9.16"),
    ("3.*", "==3.*"),
    ("v1.0", "==v1.0"),
    ("1.0a1", "==1.0a1"),
    ("=1", "==1"),
    ("=>1", ">=1"),
    ("=<1", "<=1"),
    ("<>1", "!=1"),
    ("!1", "!=1"),
    ("=!1", "!=1"),
    ("!==1", "!=1"),
    ("=~1.0", "~=1.0"),
    ("~==1.0", "~=1.0"),
    (">==1", ">=1"),
    ("<==1", "<=1"),
    ("> =1", ">=1"),
    ("> \t= 1", ">=1"),
    ("\u22651", ">=1"),
    ("\u22641", "<=1"),
    ("\u22601", "!=1"),
    ('>="1.0"', ">=1.0"),
    ("'1.0'", "==1.0"),
    (">=1+local", ">=1"),
    ("==1+", "==1"),
    ("==1+a.", "==1+a"),
    ("*", ""),
    ("==*", ""),
    (">=*", ""),
    ("==x", ""),
    (">>1", None),
    ("<*", None),
    ("==1.0a1.*", None),
    (">='1.0", None),
    ("^", None),
    ("~", None),
    (">=", None),
    ("^a", None),
    ("<=", None),
    (f"^{'9' * (MOST_DIGITS - 1)}", f">={'9' * (MOST_DIGITS - 1)},<1{'0' * (MOST_DIGITS - 1)}"),
    (f"^{'9' * MOST_DIGITS}", None),
    (f"^1{'0' * (MOST_DIGITS - 1)}", None),
]


@pytest.mark.parametrize(("clause", "better"), SPECIFIERS)
def test_what_was_meant(clause: str, better: str | None) -> None:
    """Where it is clear what was meant, the fix writes it; elsewhere it only advises."""
    text = f"pkg {clause}"
    (problem,) = read_requirement(text).problems
    assert (Kind.SYNTAX, 4, len(text)) == (problem.kind, problem.start, problem.end)
    assert better == problem.replacement
    if better is not None:
        wanted = f"write {better}" if better else "leave the version out"
        assert wanted == problem.fix
        assert read_requirement(f"pkg {better}").valid
        assert (4, len(text)) == problem.at
    else:
        assert "write an operator and a version, such as >=1.2" == problem.fix


def told(
    text: str, dialect: Dialect = Dialect.DEPENDENCY
) -> list[tuple[str, str, str, str | None]]:
    """Return what is said about *text*: message, the stretch, the fix, and the mended text."""
    found = []
    for each in read_requirement(text, dialect).findings:
        fix = each.fix
        mended = apply_fix(text, fix) if fix and fix.replacement is not None else None
        assert each.span is not None
        stretch = text[each.span.start : each.span.end]
        found.append((each.message, stretch, fix.message if fix else "", mended))
    return found


PROBLEMS = [
    ("", "a requirement starts with the name of a project", "", "write it as in pkg[extra]>=1"),
    (" ", "a requirement starts with the name of a project", "", "write it as in pkg[extra]>=1"),
    (
        "  !!! ",
        "a requirement starts with the name of a project",
        "!!!",
        "write it as in pkg[extra]>=1",
    ),
    (
        "https://x ",
        "a requirement starts with the name of a project",
        "https://x",
        "put the name and @ in front of the URL",
    ),
    ("é", "'é' is no name of a project", "é", "use letters, digits, and - _ . between them"),
    ("pkg[*]", "* does not stand for all extras", "*", "name the extras that you want"),
    ("pkg[-a]", "'-a' is no name of an extra", "-a", "use letters, digits, and - _ . between them"),
    ("pkg[a!]", "'a!' is no name of an extra", "a!", "use letters, digits, and - _ . between them"),
    (
        "pkg>=1[a]",
        "'>=1[a]' is no version specifier",
        ">=1[a]",
        "put all extras in one pair of brackets right after the name",
    ),
    (
        "pkg[a][b]",
        "'[b]' is no version specifier",
        "[b]",
        "put all extras in one pair of brackets right after the name",
    ),
    (
        "pkg>=1 @ https://x",
        "'>=1 @ https://x' is no version specifier",
        ">=1 @ https://x",
        "write a version or a URL, not both",
    ),
    ("pkg @", "there is no URL after the @", "@", "write the URL after it"),
    (
        "pkg@latest",
        "'latest' is no URL, and pip refuses it",
        "latest",
        "write versions without the @, such as ==1.2",
    ),
    (
        "pkg @ https://x y",
        "after a URL comes nothing but a marker",
        "y",
        "put a blank and ; before the marker",
    ),
    (
        "pkg @ https://x\ny",
        "after a URL comes nothing but a marker",
        "\ny",
        "put a blank and ; before the marker",
    ),
    (
        "pkg (>=1) foo ",
        "after the parenthesis comes nothing but a marker",
        "foo",
        "put all versions between the parentheses",
    ),
    ("pkg other", "'other' looks like a second requirement", "other", "give it a line of its own"),
    (
        "pkg>=1, other[x]",
        "'other[x]' looks like a second requirement",
        "other[x]",
        "give it a line of its own",
    ),
    (
        "a (>=0.045azure-lake-store>=0.5.0); extra == 'all'",
        "'azure-lake-store>=0.5.0' looks like a second requirement",
        "azure-lake-store>=0.5.0",
        "give it a line of its own",
    ),
    (
        'packaging ~= 20.8zipfile38 ; python_version<"3.8"',
        "'zipfile38' looks like a second requirement",
        "zipfile38",
        "give it a line of its own",
    ),
    (
        "pkg>=1 or <0.5",
        "a comma joins versions, and means and; there is no or",
        "or",
        "leave out the versions that are not meant",
    ),
    ("pkg>>1 and <2", "'and' does not join versions", "and", "write a comma in its place"),
    (
        "pkg>=1,4",
        "'4' is no version specifier",
        "4",
        "write >=1.4, with a dot, or ==4",
    ),
    (
        "pkg!=8.1,*,<9",
        "'*' is no version specifier",
        "*",
        "write !=8.1.*, with a dot, or leave it out",
    ),
    (
        "pkg|>=1",
        "'|>=1' is no version specifier",
        "|>=1",
        "write an operator and a version, such as >=1.2",
    ),
    (
        "pkg (>=0,12.0); os_name == 'nt'",
        "'12.0' is no version specifier",
        "12.0",
        "write >=0.12.0, with a dot, or ==12.0",
    ),
    (
        "pkg>=1os_name == 'nt'",
        "\"os_name == 'nt'\" looks like a second requirement",
        "os_name == 'nt'",
        "give it a line of its own",
    ),
    (
        f"pkg >= 1.{'9' * (MOST_DIGITS + 1)}",
        f"a number has more than {MOST_DIGITS} digits",
        "9" * (MOST_DIGITS + 1),
        "write a shorter one",
    ),
]


@pytest.mark.parametrize(("text", "message", "stretch", "fix"), PROBLEMS)
def test_what_words_can_mend(text: str, message: str, stretch: str, fix: str) -> None:
    """A problem says what is wrong, where, and what to do."""
    assert [(message, stretch, fix, None)] == told(text)


MENDED = [
    (
        "requests[socks",
        "the bracket of the extras is never closed",
        "[",
        "add ] after the last extra",
        "requests[socks]",
    ),
    (
        "pkg[a >=1",
        "the bracket of the extras is never closed",
        "[",
        "add ] after the last extra",
        "pkg[a] >=1",
    ),
    (
        "pkg[a; os_name == 'nt'",
        "the bracket of the extras is never closed",
        "[",
        "add ] after the last extra",
        "pkg[a]; os_name == 'nt'",
    ),
    (
        "numpy (>=1",
        "the parenthesis is never closed",
        "(",
        "add ) after the versions",
        "numpy (>=1)",
    ),
    (
        "numpy (>=1 ; os_name == 'nt'",
        "the parenthesis is never closed",
        "(",
        "add ) after the versions",
        "numpy (>=1) ; os_name == 'nt'",
    ),
    (
        "pkg>=1 and <2",
        "'and' does not join versions",
        "and",
        "write a comma in its place",
        "pkg>=1,<2",
    ),
    (
        "pkg>=1, && <2 ; os_name == 'nt'",
        "'&&' does not join versions",
        "&&",
        "delete it",
        "pkg>=1, <2 ; os_name == 'nt'",
    ),
    ("pkg>=1, 4", "'4' is no version specifier", "4", "write ==4", "pkg>=1, ==4"),
    ("pkg>=1a,4", "'4' is no version specifier", "4", "write ==4", "pkg>=1a,==4"),
    ("pkg==1.*,4", "'4' is no version specifier", "4", "write ==4", "pkg==1.*,==4"),
    (
        "pkg , extra == 'x'",
        "a comma stands before the marker in place of the semicolon",
        ",",
        "write ; in its place",
        "pkg ; extra == 'x'",
    ),
    (
        "pkg >=1,<2, extra == 'x'",
        "a comma stands before the marker in place of the semicolon",
        ",",
        "write ; in its place",
        "pkg >=1,<2; extra == 'x'",
    ),
    ("y_", "'y_' is no name of a project", "y_", "write y", "y"),
    ("-X_", "'-X_' is no name of a project", "-X_", "write X", "X"),
    ("-y._", "'-y._' is no name of a project", "-y._", "write y", "y"),
    ("pkg[y_]", "'y_' is no name of an extra", "y_", "write y", "pkg[y]"),
    ('pkg["y"]', "'\"y\"' is no name of an extra", '"y"', "write y", "pkg[y]"),
    ("pkg[a b]", "names of extras are separated by commas", "a b", "write a,b", "pkg[a,b]"),
    ("pkg[a;b]", "names of extras are separated by commas", "a;b", "write a,b", "pkg[a,b]"),
    (
        "pkg[a/B_c|d]",
        "names of extras are separated by commas",
        "a/B_c|d",
        "write a,b-c,d",
        "pkg[a,b-c,d]",
    ),
    ("pkg[a,]", "the name of an extra is missing", ",", "delete the comma", "pkg[a]"),
    ("pkg[,a]", "the name of an extra is missing", ",", "delete the comma", "pkg[a]"),
    ("pkg[a, ,b]", "the name of an extra is missing", ",", "delete the comma", "pkg[a ,b]"),
    ("pkg[,]", "the name of an extra is missing", ",", "delete the comma", "pkg[]"),
    (
        "pkg>=1.0<2.0",
        "a comma is missing before '<2.0'",
        "<2.0",
        "add the comma",
        "pkg>=1.0,<2.0",
    ),
    (
        "pkg>=1.0 <2.0",
        "a comma is missing before '<2.0'",
        "<2.0",
        "add the comma",
        "pkg>=1.0, <2.0",
    ),
    (
        "pkg>=1,,<2",
        "a version specifier is missing before this comma",
        ",",
        "delete the comma",
        "pkg>=1,<2",
    ),
    (
        "pkg,>=1",
        "a version specifier is missing before this comma",
        ",",
        "delete the comma",
        "pkg>=1",
    ),
    ("pkg ,", "a version specifier is missing before this comma", ",", "delete the comma", "pkg "),
    ("pkg>=1)", "there is no parenthesis that this one closes", ")", "delete it", "pkg>=1"),
    (
        "pkg (>=1))",
        "after the parenthesis comes nothing but a marker",
        ")",
        "put all versions between the parentheses",
        None,
    ),
    (
        "pkg>=1 os_name == 'nt'",
        "there is no semicolon before the marker",
        "os_name == 'nt'",
        "put a ; before it",
        "pkg>=1; os_name == 'nt'",
    ),
    (
        "pkg (os_name == 'nt') ",
        "there is no semicolon before the marker",
        "(os_name == 'nt')",
        "put a ; before it",
        "pkg ;(os_name == 'nt') ",
    ),
    (
        "pkg @ https://x; os_name == 'nt'",
        "a blank is missing between the URL and the semicolon",
        ";",
        "put a blank before the semicolon",
        "pkg @ https://x ; os_name == 'nt'",
    ),
    (
        "pkg @ https://x;y; os_name == 'nt'",
        "a blank is missing between the URL and the semicolon",
        ";",
        "put a blank before the semicolon",
        "pkg @ https://x;y ; os_name == 'nt'",
    ),
    (
        "pkg @ https://x;os_name=='nt'",
        "the URL goes on to the next blank, and this marker is part of it",
        ";os_name=='nt'",
        "put a blank before the semicolon",
        "pkg @ https://x ;os_name=='nt'",
    ),
    ("pkg@1.0", "'1.0' is no URL, and pip refuses it", "1.0", "write ==1.0", "pkg==1.0"),
    (
        "pkg[a] @ 1.0 ; os_name == 'nt'",
        "'1.0' is no URL, and pip refuses it",
        "1.0",
        "write ==1.0",
        "pkg[a] ==1.0 ; os_name == 'nt'",
    ),
    (
        "pkg @ git@example.org:team/pkg.git",
        "'git@example.org:team/pkg.git' is no URL, and pip refuses it",
        "git@example.org:team/pkg.git",
        "write git+ssh://git@example.org/team/pkg.git",
        "pkg @ git+ssh://git@example.org/team/pkg.git",
    ),
    (
        "pkg @ git+ssh://git@example.org:team/pkg.git",
        "the path behind a colon is read as the number of a port, and refused",
        ":",
        "write / in place of the colon",
        "pkg @ git+ssh://git@example.org/team/pkg.git",
    ),
    (
        "pkg @ https://x os_name == 'nt'",
        "after a URL comes nothing but a marker",
        "os_name == 'nt'",
        "put ; before the marker",
        "pkg @ https://x ; os_name == 'nt'",
    ),
]


@pytest.mark.parametrize(("text", "message", "stretch", "fix", "mended"), MENDED)
def test_what_a_fix_mends(
    text: str, message: str, stretch: str, fix: str, mended: str | None
) -> None:
    """A problem with a clear cure has a fix that carries it out."""
    assert [(message, stretch, fix, mended)] == told(text)
    assert mended is None or read_requirement(mended).valid


def test_several_problems_in_text_order() -> None:
    """Reading goes on behind each problem."""
    text = "y_[a b,*,] >> 1, <>2; os_nam == 'nt'"
    assert [
        "'y_' is no name of a project",
        "names of extras are separated by commas",
        "* does not stand for all extras",
        "the name of an extra is missing",
        "'>> 1' is no version specifier",
        "'<>2' is no version specifier",
        "'os_nam' is not a marker variable",
    ] == [row[0] for row in told(text)]


def test_deleting_a_version_takes_its_comma_along() -> None:
    """Without a version nothing is left before a comma, and nothing sticks to the name."""
    assert "pkg<1" == told("pkg*,<1")[0][3]
    assert None is told("pkg*,1")[0][3]
    assert ("delete the comma", None) == told("pkg,1")[0][2:]
    assert ("delete the comma", "pkg( <1)") == told("pkg(, <1)")[0][2:]
    assert "pkg (<1)" == str(told("pkg (* , <1)")[0][3]).replace("( <", "(<")
    assert "pkg>=1,<2" == told("pkg>=1,*,<2")[0][3]
    assert "pkg>=1," == told("pkg>=1,*")[0][3]
    for text, mended in (
        ("pkg>=1,*,1", "pkg>=1,1"),
        ("pkg>=1,,1", "pkg>=1,1"),
        ("pkg (*,1)", "pkg (1)"),
        ("pkg (,1)", "pkg (1)"),
    ):
        assert mended == told(text)[0][3]


def test_a_marker_in_a_url_has_no_button_where_another_follows() -> None:
    """A second marker cannot stand behind the first."""
    ((_, stretch, fix, mended),) = told("a @ https://x;os_name=='nt' ; os_name=='nt'")
    assert (";os_name=='nt'", "put a blank before the semicolon", None) == (stretch, fix, mended)


def test_long_texts_are_cut_in_messages() -> None:
    """A message repeats so much of the text, and no more."""
    for length, cut in ((MOST_SHOWN, False), (MOST_SHOWN + 1, True)):
        message = told(f"pkg {'>' * length}")[0][0]
        assert cut is ("…" in message)
        assert ">" * MOST_SHOWN in message


# -- dialects -------------------------------------------------------------------------------


def test_legacy_versions_mean_all_that_start_so() -> None:
    """In Requires-Dist up to 1.2, zope (3.1) is no error, and means ==3.1.*."""
    requirement = read_requirement("zope (3.1, >=2); os_name == 'nt'", Dialect.LEGACY)
    assert requirement.valid
    assert {"==3.1.*", ">=2"} == {str(each) for each in requirement.specifier}
    assert ["requirement-old"] == [each.code for each in requirement.findings]
    assert {"==3.1a1"} == {
        str(each) for each in read_requirement("zope (3.1a1)", Dialect.LEGACY).specifier
    }
    assert not read_requirement("zope (3.1)").valid
    (wrong,) = read_requirement("zope (=>3.1)", Dialect.LEGACY).problems
    assert (Kind.SYNTAX, ">=3.1") == (wrong.kind, wrong.replacement)


def test_requests_leave_extras_out() -> None:
    """A minus stands only in a request."""
    request = read_requirement("pkg[a,- B]", Dialect.REQUEST)
    assert request.valid
    assert (("a",), ("B",)) == (request.extras, request.excluded)
    assert ["pkg", "[", "a", ",", "-", " ", "B", "]"] == [part.text for part in request.parts]
    assert not read_requirement("pkg[a,-b]", Dialect.DEPENDENCY).valid
    assert not read_requirement("pkg[a,-A]", Dialect.REQUEST).valid
    assert ("--a",) == tuple(row[1] for row in told("pkg[--a]", Dialect.REQUEST))


def test_lines_have_options_and_comments() -> None:
    """What follows a requirement in a file is part of its line."""
    text = "pkg>=1 ; os_name == 'nt' --hash=x -C y # why"
    requirement = read_requirement(text, Dialect.LINE)
    assert requirement.valid
    assert " os_name == 'nt' " == requirement.shape.marker
    assert [("options", "--hash=x -C y "), ("comment", "# why")] == [
        (part.kind, part.text) for part in requirement.parts[-2:]
    ]
    assert not read_requirement(text).valid


@pytest.mark.parametrize(
    ("text", "tail"),
    [
        ("pkg", (3, 3)),
        ("pkg --x", (4, 7)),
        ("pkg -x", (4, 6)),
        ("pkg-x", (5, 5)),
        ("pkg\t-x", (6, 6)),
        ("-x", (0, 2)),
        ("\t-x", (1, 3)),
        ("pkg # -x", (4, 4)),
        ("pkg#-x", (6, 6)),
        ("#", (0, 0)),
        ("pkg -x # y", (4, 7)),
    ],
)
def test_where_the_tail_of_a_line_starts(text: str, tail: tuple[int, int]) -> None:
    """Options start behind a blank and a hyphen, comments behind white space."""
    assert tail == tail_at(text)


def test_requests_of_a_text() -> None:
    """One a line; comments and blank lines are none."""
    text = "pkg  # bare\n\n  pkg[A]\t# two\r\n#three\npkg[b#c\r"
    assert ["pkg", "pkg[A]", "pkg[b#c"] == [each.text for each in read_requests(text)]
    assert Dialect.REQUEST is read_requests("pkg")[0].dialect
    assert Dialect.DEPENDENCY is read_requests("pkg", Dialect.DEPENDENCY)[0].dialect


# -- the value ------------------------------------------------------------------------------


def test_a_requirement_can_be_used_as_packagings() -> None:
    """Name, extras, specifier, URL and marker are there, and it can be evaluated."""
    requirement = read_requirement(" Pkg [b, A_c] >=1,<2 ; extra == 'x' ")
    peer = Oracle(requirement.text)
    assert (peer.name, peer.specifier, peer.url) == (
        requirement.name,
        requirement.specifier,
        requirement.url,
    )
    assert ("b", "A_c") == requirement.extras
    assert "pkg" == requirement.normalised
    assert 23 == requirement.marker_start
    assert (True, False) == (requirement.evaluate(extras=["x"]), requirement.evaluate())
    assert read_requirement("pkg").evaluate()
    assert 3 == read_requirement("pkg").marker_start
    with pytest.raises(ValueError, match="not a requirement"):
        read_requirement("pkg>").evaluate()
    assert "<Requirement('pkg')>" == repr(read_requirement("pkg"))
    assert " pkg" == str(read_requirement(" pkg"))


def test_equal_is_what_asks_for_the_same() -> None:
    """Spelling does not matter; empty brackets do."""
    one, two = read_requirement("Pkg[a_b]>=1"), read_requirement("pkg [A-B] (>=1.0)")
    assert one == two
    assert hash(one) == hash(two)
    different = ["pkg", "pkg[]", "pkg>1", "pkg @ https://x", "pkg; os_name == 'nt'", "p"]
    different += ["pkg>", "p>"]
    assert len(different) == len({read_requirement(text) for text in different})
    assert read_requirement("pkg>") == read_requirement("pkg>")
    assert read_requirement("pkg>") != read_requirement("pkg>", Dialect.REQUEST)
    assert read_requirement("pkg>") != read_requirement("pkg")
    assert read_requirement("pkg") != "pkg"
    asked = [read_requirement(text, Dialect.REQUEST) for text in ("pkg[a]", "pkg[a,-b]")]
    assert asked[0] != asked[1]


def test_what_cannot_be_read_has_no_meaning() -> None:
    """Specifier and marker are empty where they cannot be read."""
    requirement = read_requirement("pkg >>1; nonsense")
    assert (0, None) == (len(requirement.specifier), requirement.marker)
    assert not requirement.valid
    assert not read_requirement("pkg; nonsense").valid


def test_a_marker_may_compare_what_has_no_answer() -> None:
    """Such a marker can be read, as packaging does; its finding says that it means nothing."""
    requirement = read_requirement("pkg; 'a' == 'b'")
    assert requirement.valid
    assert ["marker-two-values"] == [each.code for each in requirement.findings]


def test_findings_on_a_part_of_a_text() -> None:
    """Places move with the requirement."""
    text = "x\npkg[A]>>1; os_nam == 'a'"
    requirement = read_requirement(text[2:])
    found = requirement.findings_in(TextIndex(text), 2)
    assert [(2, "A"), (2, ">>1"), (2, "os_nam")] == [
        each.span and (each.span.line, text[each.span.start : each.span.end]) for each in found
    ]
    assert found[0].fix is not None
    assert "x\npkg[a]>>1; os_nam == 'a'" == apply_fix(text, found[0].fix)
    text = "x\npkg=>1"
    (finding,) = read_requirement(text[2:]).findings_in(TextIndex(text), 2)
    assert finding.fix is not None
    assert "x\npkg>=1" == apply_fix(text, finding.fix)


@pytest.mark.parametrize("text", ["a", "1", "a-b", "A.b_c", "a--b"])
def test_names(text: str) -> None:
    """Letters and digits, with - _ . between them."""
    assert is_name(text)
    for wrong in (f"-{text}", f"{text}.", f"{text}\n", f"{text} b", ""):
        assert not is_name(wrong)


def test_numbers_of_any_length_are_no_exception() -> None:
    """The quick way leaves long numbers alone, and long texts of short ones not."""
    long = "9" * (MOST_DIGITS + 1)
    for text in (f"pkg=={long}", f"pkg==1.{long}.*", f"pkg; python_version > '{long}'"):
        requirement = read_requirement(text)
        assert requirement.findings is not None
    assert quick(f"pkg=={long}") is None
    assert quick("pkg @ ;") is None
    assert quick(f"pkg=={long[1:]}") is not None
    assert quick(f"pkg==1; os_name == '{long}'") is not None
    assert plain_specifiers(f"=={long}")
    assert not common(f"pkg=={long}")
    assert quick("pkg" + ",".join([">=1"] * 1000)) is not None


@pytest.mark.parametrize(
    ("specifiers", "fixes"),
    [
        (">=3,8", [("write >=3.8, with a dot, or ==8", None)]),
        (">=3, 8", [("write ==8", "==8")]),
        ("8,>=3", [("write ==8", "==8")]),
        (">=3.*,,<4", [("write >=3", ">=3")]),
        (">=3.6.*,8", [("write >=3.6", ">=3.6"), ("write ==8", "==8")]),
    ],
)
def test_specifiers_that_stand_alone(specifiers: str, fixes: list[tuple[str, str | None]]) -> None:
    """Each clause has its own answer; empty ones have none to give."""
    found = [(each.fix, each.replacement) for each in specifier_problems(specifiers)]
    assert fixes == found
