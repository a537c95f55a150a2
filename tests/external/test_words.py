"""What is said of a plan, word for word, and plans as pieces of files, letter for letter."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from dataclasses import replace

import pytest

from trigpoint.external import words
from trigpoint.external.mappings import ECOSYSTEMS, SOURCES, read_mapping
from trigpoint.external.plan import Action, Choice, Missing, Plan, Planned, plan
from trigpoint.external.snippets import command_lines, snippets

from .documents import mapping_text

ZLIB, MPI = "dep:generic/zlib", "dep:virtual/interface/mpi"
ONE = Planned(ZLIB, ZLIB, ZLIB, "host", ("a",), ("a",), "only")

SUMMARIES = [
    ("debian", "build", 0, 0, "On Debian, nothing has to be installed to build it."),
    ("nix", "run", 0, 0, "From Nixpkgs, nothing has to be installed to run it."),
    ("spack", "run", 1, 0, "From Spack, 1 package is needed to run it."),
    ("fedora", "build", 2, 0, "On Fedora, 2 packages are needed to build it."),
    (
        *("alpine", "build", 1, 1),
        "On Alpine Linux, 1 package is needed to build it, and 1 requirement cannot be met.",
    ),
    (
        *("conda-forge", "run", 0, 2),
        "From conda-forge, 0 packages are needed to run it, and 2 requirements cannot be met.",
    ),
]


@pytest.mark.parametrize(("ecosystem", "purpose", "packages", "missing", "expected"), SUMMARIES)
def test_summary(ecosystem: str, purpose: str, packages: int, missing: int, expected: str) -> None:
    """One sentence with numbers, and a verb that goes with them."""
    made = Plan(
        ecosystem,
        purpose,
        packages=tuple(map(str, range(packages))),
        missing=(Missing("a", "a", "unknown"),) * missing,
    )
    assert expected == words.summary(made)


def test_where() -> None:
    """A system is what one is on; of the others a face says its own word."""
    assert {f"on {words.NAMES[each]}" for each in words._PLACES} | {
        f"by {name}" for each, name in words.NAMES.items() if each not in words._PLACES
    } == {words.where(each, "by") for each in ECOSYSTEMS}


KNOWN = [
    ("", "", "", "", "as the mapping has it, which nobody here has checked"),
    ("verified", "", "", "", "verified"),
    ("verified", "2026-11-26", "main", "", "verified on 2026-11-26, in main"),
    ("sourced", "", "", "https://a.example", "sourced: https://a.example"),
    ("sourced", "2026-01-02", "x", "apt", f"sourced on 2026-01-02, in x: {SOURCES['apt']}"),
]


@pytest.mark.parametrize(("state", "date", "component", "source", "expected"), KNOWN)
def test_known(state: str, date: str, component: str, source: str, expected: str) -> None:
    """How well a name is known, since when, and by what; what is not known is not said."""
    each = replace(ONE, state=state, date=date, component=component, source=source)
    assert expected == words.known(each)


def test_sources_by_letter() -> None:
    """Several letters are several sources, and a name of one is one."""
    letters = [each for each in SOURCES if len(each) == 1 and each.isupper()][:2]
    for source in ("".join(letters), *letters):
        said = words.known(replace(ONE, state="sourced", source=source))
        assert f"sourced: {'; '.join(SOURCES[each] for each in source)}" == said


CHOSEN = [
    ("only", (), ""),
    ("pinned", (), "pinned"),
    ("installed", (), "it is installed already"),
    ("first", (), "the first provider"),
    ("default", ("a/b", "c", "d/b"), "the default of the ecosystem; also b, c"),
    ("named", (), "named by the requirement"),
    ("headers", (), "what compiles for Python needs its headers"),
    ("only", ("x",), "also x"),
]


@pytest.mark.parametrize(("why", "others", "expected"), CHOSEN)
def test_chosen(why: str, others: tuple[str, ...], expected: str) -> None:
    """Each way to be taken has its words, and what else would do is named once."""
    choices = tuple(Choice(each, ()) for each in others)
    each = replace(ONE, why=why, choices=choices)  # type: ignore[arg-type]
    assert expected == words.chosen(each)
    built = replace(each, packages=("a-devel", "b"))
    assert expected == words.chosen(built)
    more = "for building; to run needs a part of it, whose name is not known here"
    assert "; ".join(filter(None, (expected, more))) == words.chosen(replace(built, purpose="run"))


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ((), ""),
        (("verified",), ""),
        (("verified", "sourced"), "Of the names, 1 is from public data."),
        (("unverified", ""), "Of the names, 2 are unverified."),
        (
            ("sourced", "unverified", "sourced"),
            "Of the names, 2 are from public data and 1 is unverified.",
        ),
    ],
)
def test_doubt(states: tuple[str, ...], expected: str) -> None:
    """How many names are not verified, by what they rest on; nothing where all are."""
    planned = tuple(replace(ONE, state=each) for each in states)
    assert expected == words.doubt(Plan("debian", "build", planned))


def test_place_and_packages() -> None:
    """A part of the ecosystem that has to be switched on is named, and its packages with it."""
    assert ("a", "nothing", "a b") == (
        words.what(ONE),
        words.what(replace(ONE, packages=())),
        words.what(replace(ONE, packages=("a", "b"))),
    )
    assert "" == words.place(ONE)
    here = replace(ONE, component="non-free")
    behind = "in non-free, which has to be switched on before"
    assert f"a is {behind}" == words.place(here)
    assert f"a b are {behind}" == words.place(replace(here, packages=("a", "b")))


ADVICE = [
    ("unknown", ("b",), (), "no registry has the name; did you mean b?"),
    ("unknown", ("b", "c"), ("nix",), "no registry has the name; did you mean b or c?"),
    (
        *("unknown", (), ()),
        "no registry has the name; a mapping of your own can say what it is here",
    ),
    ("older", (), (), "it is no DepURL, so it is not looked up"),
    ("older", ("b", "c"), (), "it is no DepURL, so it is not looked up; write b"),
    ("not packaged", (), (), "not packaged here"),
    ("no entry", (), ("nix",), "nobody has written down what it is called here; nix has it"),
    ("no provider", (), ("a", "b"), "nothing that is known here provides it; a and b have it"),
    ("pin", (), ("nix",), "what was pinned does not provide it here"),
    (
        *("python", (), ()),
        "it is a Python package, and belongs in the dependencies of the project",
    ),
    (
        *("elsewhere", (), ()),
        "it names a package of another ecosystem; a dep:generic name would do everywhere",
    ),
]


@pytest.mark.parametrize(("why", "nearest", "elsewhere", "expected"), ADVICE)
def test_advice(
    why: str, nearest: tuple[str, ...], elsewhere: tuple[str, ...], expected: str
) -> None:
    """Why something is missing, and what to do where there is something."""
    assert expected == words.advice(Missing("a", "a", why, nearest, elsewhere))  # type: ignore[arg-type]


RANGES = [
    (ZLIB, "debian", ""),
    (f"{ZLIB}@>=1.2", "conda-forge", ">=1.2 is asked for"),
    (f"{ZLIB}@>=1.2", "homebrew", ">=1.2 is checked afterwards: brew takes names only"),
    (
        *(f"{MPI}@>=3", "debian"),
        ">=3 is dropped: what a version of something virtual means is not settled",
    ),
]


@pytest.mark.parametrize(("asked", "ecosystem", "expected"), RANGES)
def test_ranged(asked: str, ecosystem: str, expected: str) -> None:
    """What became of a range, with the reason where there is one."""
    assert expected == words.ranged(plan([asked], ecosystem).planned[0])


# -- pieces of files ------------------------------------------------------------------------

ASKED = [f"{ZLIB}@>=1.2,<2", "dep:virtual/compiler/c", "dep:generic/cmake@3.30"]


def test_pieces_of_files(record: Callable[[str, list[str]], None]) -> None:
    """Each form in each ecosystem is as recorded."""
    lines = []
    for ecosystem in ECOSYSTEMS:
        for each in snippets(plan(ASKED, ecosystem)):
            lines += [f"== {ecosystem}, {each.form} ({each.language})", *each.text.splitlines()]
    record("snippets.txt", lines)


@pytest.mark.parametrize("sudo", [True, False])
def test_administrators(sudo: bool) -> None:
    """Only what needs one asks for it, and only where somebody can become one."""
    for ecosystem in ECOSYSTEMS:
        made = plan(["dep:generic/openssl"], ecosystem)
        lines = command_lines(made, sudo=sudo)
        asked = [line.startswith("sudo ") for line in lines]
        assert [each.elevated and sudo for each in made.install] == asked[-len(made.install) :]
        assert [list(each.argv) for each in made.install] == [
            shlex.split(line.removeprefix("sudo ")) for line in lines[-len(made.install) :]
        ]


def test_words_of_powershell() -> None:
    """What is no plain word stands in quotes, and a quote in it twice."""
    made = plan(["dep:generic/cmake"], "winget")
    (install,) = made.install
    odd = Action((*install.argv, "it's", "a b", "A.b_c+d=e-f"), install.elevated, install.manager)
    (piece,) = snippets(replace(made, install=(odd,)), ["github"])
    assert "  shell: pwsh\n" in piece.text
    assert piece.text.endswith(" 'it''s' 'a b' A.b_c+d=e-f\n")


def test_pixi_with_and_without_a_build() -> None:
    """A range that somebody gave stays; what names a build has none, whatever stands in it."""
    rows = [{"id": ZLIB, "specs": "zlib * x"}, {"id": "dep:generic/cmake", "specs": "cmake"}]
    own = read_mapping(mapping_text(*rows)).mapping
    listed = ["dep:generic/cmake@>=3", "dep:generic/cmake", ZLIB]
    (made,) = snippets(plan(listed, "conda-forge", mapping=own), ["pixi"])
    assert ['cmake = ">=3"', 'zlib = "*"'] == made.text.splitlines()[-2:]
