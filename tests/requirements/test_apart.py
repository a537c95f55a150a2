"""Whether a version satisfies two specifiers, against packaging over many versions."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.version import Version

from trigpoint.requirements.apart import allowed, apart, met, none_fits, same_versions

RELEASES = ("0", "1", "1.0", "1.0.1", "1.1", "1.1.1", "1.2", "2", "2.0.1", "1!0")
TAILS = (
    *("", "a1", "rc1", ".post0", ".post1", ".dev0", ".dev1", "a1.dev0", "a1.post1"),
    *(".post1.dev0", "a1.dev1", "a2.dev0", ".post2", ".post1.dev1", "a1.post1.dev0"),
)
LOCALS = ("", "+cpu", "+cu118", "+cu118.1")
TEXTS = ["".join(parts) for parts in itertools.product(RELEASES, TAILS, LOCALS)]
VERSIONS = [(text, Version(text)) for text in TEXTS]


def _clauses() -> list[str]:
    found = []
    for release, tail in itertools.product(("1", "1.0", "1.1", "2"), TAILS[:10]):
        found += [f"{op}{release}{tail}" for op in ("==", "!=", "<", "<=", ">", ">=", "===")]
        found += [f"{op}{release}{tail}+cpu" for op in ("==", "!=", "===")]
        if "." in release:
            found.append(f"~={release}{tail}")
    found += [f"{op}{release}.*" for op in ("==", "!=") for release in ("1", "1.1", "2")]
    return found


CLAUSES = _clauses()


def _satisfied(clause: str) -> frozenset[str]:
    return frozenset(
        text
        for text, version in VERSIONS
        # A version in another spelling is another text to ===.
        if SpecifierSet(clause).contains(
            text if clause.startswith("===") else version, prereleases=True
        )
    )


@pytest.mark.repeats
def test_every_pair_of_clauses_against_many_versions() -> None:
    """Where one of 600 versions satisfies both, they are not apart; else packaging decides."""
    wrong = []
    satisfied = {clause: _satisfied(clause) for clause in CLAUSES}
    for a, b in itertools.combinations_with_replacement(CLAUSES, 2):
        found = apart(allowed(a), allowed(b))
        if satisfied[a] & satisfied[b]:
            expected = False
        else:
            expected = SpecifierSet(f"{a},{b}").is_unsatisfiable()
        if expected is not found:
            wrong.append((a, b, expected))
    assert [] == wrong


@given(
    st.lists(st.sampled_from(CLAUSES), max_size=4), st.lists(st.sampled_from(CLAUSES), max_size=4)
)
def test_sets_of_clauses(first: list[str], second: list[str]) -> None:
    """Several clauses at once, against packaging."""
    a, b = ",".join(first), ",".join(second)
    whole = SpecifierSet(",".join([*first, *second]))
    assert whole.is_unsatisfiable() is apart(allowed(a), allowed(b))
    assert SpecifierSet(a).is_unsatisfiable() is none_fits(allowed(a))
    if any(whole.contains(text, prereleases=True) for text in TEXTS):
        assert not apart(allowed(a), allowed(b))


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("==1", "==2", True),
        ("==1", "==1.0", False),
        ("<2", ">=3", True),
        ("<2", ">=2rc1", True),
        ("<=2", ">=2rc1", False),
        (">1", "<1.post1", True),
        ("==2.2.1+cpu", "==2.2.1+cu118", True),
        ("==2.2.1+cpu", "==2.2.1", False),
        ("~=1.4", ">=2", True),
        ("~=1.4", "==1.*", False),
        ("==1.*", "!=1.*", True),
        ("==1", "!=1", True),
        (">=1,!=1.*", "<2", True),
        ("===1.0", "==1", False),
        ("===1.0", "===1", True),
        ("===1.0", ">2", True),
        ("===foobar", "===FOOBAR", False),
        ("===foobar", ">=1", True),
        ("===foobar", "", False),
        ("", "", False),
        ("<0.dev0", "", True),
    ],
)
def test_what_two_specifiers_have_in_common(first: str, second: str, expected: bool) -> None:
    """Prereleases, locals, wildcards, texts; either way round."""
    assert expected is apart(allowed(first), allowed(second))
    assert expected is apart(allowed(second), allowed(first))


def test_ranges_meet_in_order() -> None:
    """Several ranges on both sides; those that only touch have nothing in common."""
    f = ((b"a", b"c"), (b"e", b"g"), (b"h", b"k"))
    g = ((b"b", b"f"), (b"g", b"h"), (b"i", b"j"))
    assert [(b"b", b"c"), (b"e", b"f"), (b"i", b"j")] == list(met(f, g))
    assert [(b"b", b"c"), (b"e", b"f"), (b"i", b"j")] == list(met(g, f))
    assert [] == list(met(((b"a", b"b"),), ((b"b", b"c"),)))


def test_what_is_no_specifier() -> None:
    """It raises what packaging does, for a long number too."""
    for text in (">=x", f"=={'9' * 641}"):
        with pytest.raises(InvalidSpecifier):
            allowed(text)


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("", "", True),
        (">=1,<2", "<2.0,>=1.0,<3", True),
        ("~=1.4", ">=1.4,==1.*", True),
        ("==1.*", ">=1.dev0,<2.dev0", False),
        ("!=1.0,!=1.0", "!=1", True),
        (">=1", ">1", False),
        ("==1", "==1.0+local", False),
        (">=2rc1,>=2.1", ">=2.1", False),
        ("===1.0", "===1.0", True),
        ("===1.0", "==1.0", False),
        ("===1.0,<3", "===1.0", False),
    ],
)
def test_specifiers_that_allow_the_same(first: str, second: str, same: bool) -> None:
    """The clauses may be others, and prereleases count as installers let them in."""
    assert same == same_versions(allowed(first), allowed(second))
    assert same == same_versions(allowed(second), allowed(first))
