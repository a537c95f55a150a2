"""The algebra of markers: combinations, questions and their answers."""

from __future__ import annotations

import pickle
import random
import sys
import threading
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trigpoint.markers import (
    ENVIRONMENTS,
    BadAssumption,
    BadEnvironment,
    CannotSpell,
    Exclusive,
    Marker,
    UndefinedComparison,
    prepare,
)
from trigpoint.markers.exact import algebra
from trigpoint.markers.exact.assumptions import known_platforms
from trigpoint.markers.reading.grammar import MOST_LEVELS

LEAVES = (
    "python_version >= '3.9'",
    "python_version < '3.11'",
    "python_version == '3.10'",
    "python_full_version >= '3.9.2'",
    "python_full_version < '3.11'",
    "python_full_version == '3.10.1rc1'",
    "'3.1' in python_version",
    "sys_platform == 'linux'",
    "sys_platform != 'win32'",
    "'lin' in sys_platform",
    "'in' not in sys_platform",
    "sys_platform in 'linux2'",
    "os_name == 'nt'",
    "platform_release != '5'",
    "platform_release < '5'",
    "'foo' in platform_release",
    "extra == 'a'",
    "extra != 'b'",
    "extra == 'c'",
    "'g' in dependency_groups",
)

ALWAYS, NEVER = Marker("python_version >= '0'"), Marker("python_version < '0'")


def markers() -> st.SearchStrategy[Marker]:
    leaves = st.sampled_from(LEAVES).map(Marker)
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.tuples(inner, inner).map(lambda pair: pair[0] & pair[1]),
            st.tuples(inner, inner).map(lambda pair: pair[0] | pair[1]),
            inner.map(lambda marker: ~marker),
        ),
        max_leaves=8,
    )


def spelled(marker: Marker) -> str | None:
    """Return the text, or None where a set of releases has none."""
    try:
        return str(marker)
    except CannotSpell as error:
        if "platform_release" in str(error):
            return None
        raise


laws = settings(max_examples=150, deadline=None)


# -- laws -------------------------------------------------------------------------------------


@laws
@given(markers(), markers())
def test_de_morgan(a: Marker, b: Marker) -> None:
    """Not (a and b) is (not a) or (not b), and the other way round."""
    assert ~(a & b) == ~a | ~b
    assert ~(a | b) == ~a & ~b


@laws
@given(markers(), markers(), markers())
def test_lattice(a: Marker, b: Marker, c: Marker) -> None:
    """And and or commute, associate, absorb and distribute; equal markers hash alike."""
    for one, other in (
        (a & b, b & a),
        (a | b, b | a),
        ((a & b) & c, a & (b & c)),
        ((a | b) | c, a | (b | c)),
        (a & (a | b), a),
        (a | (a & b), a),
        (a & (b | c), (a & b) | (a & c)),
        (a & a, a),
        (a | a, a),
        (~~a, a),
        (a & ~a, NEVER),
        (a | ~a, ALWAYS),
    ):
        assert one == other
        assert hash(one) == hash(other)


@laws
@given(markers(), markers())
def test_questions_agree(a: Marker, b: Marker) -> None:
    """Implication, disjointness and equivalence say the same of the same sets."""
    assert a.implies(a | b)
    assert (a & b).implies(a)
    assert a.implies(b) is (not (a & ~b).is_satisfiable())
    assert a.disjoint(b) is (not (a & b).is_satisfiable())
    assert (a == b) is (a.implies(b) and b.implies(a))
    assert (a == b) is (a.counterexample(b) is None)
    assert a.is_always() is (not (~a).is_satisfiable())


@laws
@given(markers())
def test_text_means_the_same(a: Marker) -> None:
    """A computed marker's text reads back to the same marker, and so does its pickle."""
    text = spelled(a)
    if text is None:
        return
    assert a == Marker(text)
    assert a == a.simplify()
    assert len(str(a.simplify())) <= len(text)
    assert a == pickle.loads(pickle.dumps(a))


@laws
@given(st.lists(st.sampled_from(LEAVES), min_size=1, max_size=6), st.randoms())
def test_history_does_not_matter(texts: list[str], chance: random.Random) -> None:
    """What was read before changes neither texts nor answers."""

    def run() -> tuple[str, str, bool]:
        whole = Marker(" or ".join(texts)) & ~Marker("extra == 'z' and os_name == 'nt'")
        return str(whole), str(whole.simplify()), whole.implies(Marker(texts[0]))

    algebra.clear()
    expected = run()
    algebra.clear()
    others = list(LEAVES)
    chance.shuffle(others)
    for text in others:
        _ = Marker(text).meaning
    assert expected == run()


# -- what the specification says -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("python_version >= '3.9'", "python_full_version >= '3.9.dev0'"),
        ("python_version > '3.9'", "python_version >= '3.10'"),
        ("python_version == '3.9'", "python_full_version == '3.9.*'"),
        ("python_version == '3'", "python_version == '3.0'"),
        ("python_version == '3.*'", "python_version >= '3' and python_version < '4'"),
        ("python_version < '3.9.1'", "python_version <= '3.9'"),
        ("python_version in '2.7, 3.8'", "python_version == '2.7' or python_version == '3.8'"),
        ("'3.10' > python_version", "python_version < '3.10'"),
        (
            "python_full_version <= '3.8.99' or python_full_version < '3.9'",
            "python_version < '3.9'",
        ),
        ("python_full_version > '3.9.1'", "python_full_version >= '3.9.2.dev0'"),
        ("sys_platform >= 'linux'", "sys_platform == 'linux'"),
        ("sys_platform > 'linux'", "python_version < '0'"),
        ("'a' in extras", "extra == 'a'"),
        ("extra == 'Foo_Bar'", "extra == 'foo-bar'"),
        ("extra >= 'a'", "python_version < '0'"),
        ("'linu' in sys_platform and 'lin' in sys_platform", "'linu' in sys_platform"),
        ("os_name in 'ab'", "os_name == '' or os_name == 'a' or os_name == 'b' or os_name == 'ab'"),
        (
            "python_full_version === '3.9.1' and '9' in python_full_version",
            "python_full_version === '3.9.1'",
        ),
        ("python_version == '3.9' and '3.9' in python_version", "python_version == '3.9'"),
        (
            "'-' in platform_release and ' ' in platform_release and platform_release >= '0.dev0'",
            "python_version < '0'",
        ),
    ],
)
def test_equal(first: str, second: str) -> None:
    """Two ways to say the same are equal, and hash alike."""
    assert Marker(first) == Marker(second)
    assert hash(Marker(first)) == hash(Marker(second))
    assert Marker(first).counterexample(Marker(second)) is None


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("python_full_version < '3.9'", "python_version < '3.9' or python_version == '3.9'"),
        ("python_full_version >= '3.13' or python_full_version < '3.13'", "python_version >= '0'"),
        ("os_name == 'nt'", "sys_platform == 'win32'"),
        ("'n' in sys_platform", "'nu' in sys_platform"),
        ("platform_release < '5'", "'5' > platform_release"),
        ("platform_release != '5' or platform_release == '5.0'", "platform_release >= '0.dev0'"),
        ("sys_platform in 'linux'", "sys_platform in 'linux2'"),
    ],
)
def test_unequal(first: str, second: str) -> None:
    """Two markers that differ somewhere are unequal, and a witness says where."""
    a, b = Marker(first), Marker(second)
    assert a != b
    found = a.counterexample(b)
    assert found is not None
    assert a.evaluate(found) is not b.evaluate(found)
    assert {"extras", "dependency_groups", *ENVIRONMENTS["cpython-3.13-linux-x86_64"]} == {*found}


def test_undefined_comparison() -> None:
    """A marker that compares what cannot be compared has no meaning, but equals itself."""
    marker = Marker("python_version ~= '3'")
    assert marker == Marker("python_version ~= '3'")
    assert marker != Marker("python_version >= '3'")
    assert Marker("python_version >= '3'") != marker
    assert hash(marker) == hash(Marker('python_version ~= "3"'))
    with pytest.raises(UndefinedComparison, match="python_version ~= "):
        marker.is_satisfiable()
    with pytest.raises(UndefinedComparison):
        _ = marker & Marker("os_name == 'nt'")


def test_other_types() -> None:
    """Markers combine with markers only, and equal nothing else."""
    with pytest.raises(TypeError):
        _ = Marker("os_name == 'nt'") & "os_name == 'nt'"  # type: ignore[operator]
    with pytest.raises(TypeError):
        _ = Marker("os_name == 'nt'") | None  # type: ignore[operator]
    assert Marker("os_name == 'nt'") != "os_name == 'nt'"


# -- text --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("python_version >= '3.9' and python_version < '3.10'", 'python_version == "3.9"'),
        ("python_version < '3.9' or python_version > '3.9'", 'python_version != "3.9"'),
        ("python_full_version == '3.9.*'", 'python_version == "3.9"'),
        (
            "(os_name == 'nt' and extra == 'a') or (os_name == 'nt' and extra == 'b')",
            'os_name == "nt" and (extra == "a" or extra == "b")',
        ),
        ("extra == 'a' or extra != 'a'", 'python_version >= "0"'),
        ("extra == 'a' and extra != 'a'", 'python_version < "0"'),
        ("os_name == 'nt' or os_name != 'nt' and extra == 'x'", 'os_name == "nt" or extra == "x"'),
        ("'a' in extras and ('a' in extras or os_name == 'nt')", '"a" in extras'),
        ("python_version ~= '3.8' and python_version >= '3.8'", 'python_version ~= "3.8"'),
        ("platform_release >= '5' and platform_release >= '5.1'", 'platform_release >= "5.1"'),
        ("'b' in sys_platform and 'abc' in sys_platform", '"abc" in sys_platform'),
    ],
)
def test_simplify(text: str, expected: str) -> None:
    """The shortest text that the search finds."""
    assert expected == str(Marker(text).simplify()).replace(
        'python_version >= "3.8" and python_version < "4"', 'python_version ~= "3.8"'
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("python_full_version < '3.13'", 'python_version >= "3.13"'),
        (
            "python_full_version >= '3.13'",
            'python_full_version <= "3.13" and python_full_version != "3.13"',
        ),
        ("python_full_version == '3.9.1'", 'python_full_version != "3.9.1"'),
        ("python_full_version > '3.9.1'", 'python_full_version < "3.9.2"'),
        ("python_full_version === '3.9.1'", '"3.9.1" != python_full_version'),
        ("sys_platform == 'linux'", 'sys_platform != "linux"'),
        ("'lin' in sys_platform", '"lin" not in sys_platform'),
        ("sys_platform in 'linux'", 'sys_platform not in "linux"'),
        ("extra == 'a' and os_name == 'nt'", 'os_name != "nt" or extra != "a"'),
        ("platform_release == '5'", 'platform_release != "5"'),
        ("platform_release < '2'", 'platform_release != "0.*" and platform_release != "1.*"'),
        ("'g' in dependency_groups", '"g" not in dependency_groups'),
        ("python_version >= '0'", 'python_version < "0"'),
    ],
)
def test_negation(text: str, expected: str) -> None:
    """A negated comparison is written with the operator that says the opposite."""
    assert expected == str(~Marker(text))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("platform_release >= '5'", "a platform_release that is no version"),
        ("platform_release === 'foo'", "=== has no opposite"),
        ("platform_release >= '5+l'", "!= compares versions"),
    ],
)
def test_cannot_be_written(text: str, reason: str) -> None:
    """Where no marker says it, str() says why; the marker still answers."""
    marker = ~Marker(text)
    with pytest.raises(CannotSpell, match=reason):
        str(marker)
    assert reason in repr(marker)
    assert marker.is_satisfiable()
    assert Marker(text).disjoint(marker)
    assert marker.evaluate({"platform_release": "4"})
    assert ~marker == Marker(text)


@pytest.mark.parametrize("value", ["a\\\\b", "it's", "tab\\t", "\\x22 and '", "é", "\\\\"])
def test_odd_values(value: str) -> None:
    """Quotes, backslashes and letters beyond ASCII survive."""
    marker = Marker(f'sys_platform == "{value}" and extra == "a"')
    computed = marker & Marker("os_name == 'nt'")
    assert computed == Marker(str(computed))
    assert ~~computed == computed


# -- known values -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "known", "extras", "expected"),
    [
        ("os_name == 'nt' and extra == 'a'", {"os_name": "nt"}, None, 'extra == "a"'),
        ("os_name == 'nt' and extra == 'a'", {"os_name": "posix"}, None, 'python_version < "0"'),
        ("os_name == 'nt' or extra == 'a'", {}, {"A"}, 'python_version >= "0"'),
        ("os_name == 'nt' or extra == 'a'", {}, (), 'os_name == "nt"'),
        (
            "python_version >= '3.8' and python_full_version < '3.9.2'",
            {"python_version": "3.9"},
            None,
            'python_full_version < "3.9.2"',
        ),
        ("python_version >= '3.8'", {"python_version": "3.9"}, None, 'python_version >= "0"'),
        ("python_version >= '3.8'", {"python_full_version": "3.7.1"}, None, 'python_version < "0"'),
        ("'3.1' in python_version", {"python_version": "3.10"}, None, 'python_version >= "0"'),
        ("platform_release >= '5'", {"platform_release": "5.1"}, None, 'python_version >= "0"'),
        ("'g' in dependency_groups", {"dependency_groups": {"g"}}, None, 'python_version >= "0"'),
        ("extra == 'a' and extra == 'b'", {"extra": "a"}, None, 'python_version < "0"'),
        ("extra == 'a' and extra == 'b'", {"extras": {"a", "b"}}, None, 'python_version >= "0"'),
        (
            "python_full_version >= '3.12'",
            {"python_full_version": "3.12.0+"},
            None,
            'python_version >= "0"',
        ),
    ],
)
def test_restrict(
    text: str, known: dict[str, str | set[str]], extras: set[str] | None, expected: str
) -> None:
    """Known values leave a marker about the others."""
    assert expected == str(Marker(text).restrict(known, extras))


@pytest.mark.parametrize(
    ("known", "reason"),
    [
        ({"python_version": "3.9", "python_full_version": "3.10.1"}, "cannot be '3.9'"),
        ({"python_full_version": "unknown"}, "is no version"),
        ({"python_full_version": "3.9.1.2"}, "more than major, minor and patch"),
        ({"python_version": "3.9.1"}, "is not major.minor"),
        ({"python_version": "three"}, "is no version"),
        ({"os_nam": "nt"}, "no marker variable"),
        ({"os_name": {"nt"}}, "is text"),
        ({"extras": "a"}, "a set of names"),
    ],
)
def test_impossible_values(known: dict[str, str], reason: str) -> None:
    """Values that no interpreter reports are refused, with the variable and the cause."""
    with pytest.raises(BadEnvironment, match=reason):
        Marker("os_name == 'nt'").restrict(known)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("os_name == 'nt'", ""),
        ("python_version >= '3.9'", ">=3.9.dev0"),
        ("python_full_version >= '3.9' and os_name == 'nt'", ">=3.9"),
        ("python_version < '3.9'", "<3.9"),
        ("python_version == '3.9' or python_version == '3.11'", "!=3.10.*,<3.12,>=3.9.dev0"),
        (
            "python_version < '3' and os_name == 'nt' or python_version >= '3.8'",
            "!=3.0.*,!=3.1.*,!=3.2.*,!=3.3.*,!=3.4.*,!=3.5.*,!=3.6.*,!=3.7.*",
        ),
        ("python_version < '3' and python_version > '3'", "<0"),
        ("python_full_version != '3.9.1'", "!=3.9.1"),
        ("python_full_version <= '3.9.1'", "<=3.9.1"),
        ("python_version >= '3.9' and python_version < '3.8' and 'a' in python_version", "<0"),
    ],
)
def test_requires_python(text: str, expected: str) -> None:
    """The tightest specifier that every matching Python satisfies."""
    assert expected == str(Marker(text).requires_python())


# -- assumptions ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "assuming", "expected"),
    [
        ("os_name == 'nt' and sys_platform == 'win32'", "known-platforms", 'os_name == "nt"'),
        (
            "sys_platform == 'linux' and os_name == 'posix'",
            "known-platforms",
            'sys_platform == "linux"',
        ),
        (
            "platform_system == 'Darwin' and sys_platform == 'linux'",
            "known-platforms",
            'python_version < "0"',
        ),
        (
            "implementation_name == 'pypy' or platform_python_implementation == 'PyPy'",
            "known-platforms",
            'implementation_name == "pypy"',
        ),
        ("python_version >= '3.7' and os_name == 'nt'", ">=3.8", 'os_name == "nt"'),
        (
            "python_version >= '3.9' or python_version < '3.9' and extra == 'a'",
            ">=3.8,<3.9",
            'extra == "a"',
        ),
        ("extra == 'a' and extra != 'b'", Exclusive("a", "b"), 'extra == "a"'),
        ("extra == 'a' and extra == 'b'", Exclusive("a", "b"), 'python_version < "0"'),
        ("os_name == 'nt' and extra == 'a'", [{"os_name": "nt"}], 'extra == "a"'),
        (
            "os_name == 'nt' or extra == 'a'",
            [{"os_name": "posix"}, {"os_name": "nt"}],
            'os_name == "nt" or extra == "a"',
        ),
        (
            "python_version >= '3' and os_name == 'nt'",
            [ENVIRONMENTS["cpython-3.13-windows-x64"]],
            'python_version >= "0"',
        ),
        ("extra == 'a' and os_name == 'nt'", Marker("extra == 'a'"), 'os_name == "nt"'),
        (
            "os_name == 'nt' and python_version >= '3.8'",
            ("known-platforms", ">=3.8"),
            'os_name == "nt"',
        ),
        ("extra == 'a' or os_name == 'nt'", [{"extras": {"b"}}], 'os_name == "nt"'),
    ],
)
def test_simplify_assuming(text: str, assuming: object, expected: str) -> None:
    """What is taken for granted shortens the text; nothing is taken for granted unasked."""
    marker = Marker(text)
    simplified = marker.simplify(assuming=assuming)  # type: ignore[arg-type]
    assert expected == str(simplified)
    assert marker.equivalent(simplified, assuming=assuming)  # type: ignore[arg-type]
    assert marker == marker.simplify()


def test_questions_assuming() -> None:
    """Each question takes assumptions, and answers without them as before."""
    windows, nt = Marker("sys_platform == 'win32'"), Marker("os_name == 'nt'")
    assert not windows.implies(nt)
    assert windows.implies(nt, assuming="known-platforms")
    assert windows.equivalent(nt, assuming="known-platforms")
    assert windows.counterexample(nt, assuming="known-platforms") is None
    posix = Marker("os_name == 'posix'")
    assert not windows.disjoint(posix)
    assert windows.disjoint(posix, assuming="known-platforms")
    assert not (windows & posix).is_satisfiable(assuming="known-platforms")
    assert Marker("python_version >= '3.8'").is_always(assuming=">=3.9")
    assert Marker(known_platforms()).is_satisfiable()
    for environment in ENVIRONMENTS.values():
        assert Marker(known_platforms()).evaluate(environment), environment.name


@pytest.mark.parametrize(
    ("assuming", "reason"),
    [
        ("known-platform", "neither"),
        (">=3.9,<3.8", "holds nowhere"),
        ((">=3.9", "<3.8"), "contradicts"),
        ((">=3.9", Marker("os_name == 'nt' and python_version < '3'")), "contradicts"),
        ([], "no environment"),
        ((), "no assumption"),
        (7, "no assumption"),
        (("known-platforms", Marker("sys_platform == 'plan9'")), "contradicts"),
    ],
)
def test_bad_assumptions(assuming: object, reason: str) -> None:
    """An assumption that cannot be read or never holds is refused with the cause."""
    with pytest.raises(BadAssumption, match=reason):
        Marker("os_name == 'nt'").simplify(assuming=assuming)  # type: ignore[arg-type]


@pytest.mark.parametrize("names", [("a",), ("a", "A"), ("a", "b", "a")])
def test_exclusive_needs_two_names(names: tuple[str, ...]) -> None:
    """An extra cannot exclude itself, nor nothing."""
    with pytest.raises(BadAssumption):
        Exclusive(*names)


# -- evaluation -----------------------------------------------------------------------------------


@pytest.mark.parametrize("text", LEAVES)
@pytest.mark.parametrize("name", ["cpython-3.13-linux-x86_64", "cpython-3.11-windows-x64"])
def test_prepared_environments_answer_alike(text: str, name: str) -> None:
    """A prepared environment gives the answer of the mapping it was made from."""
    for extras in ((), ("a",), ("A", "b")):
        prepared = prepare(ENVIRONMENTS[name], extras)
        for marker in (Marker(text), ~Marker(text) | Marker("extra == 'c'")):
            assert marker.evaluate(ENVIRONMENTS[name], extras) is marker.evaluate(prepared)


@pytest.mark.parametrize(
    "odd",
    [
        {"python_full_version": "unknown"},
        {"python_full_version": "3.9.1", "python_version": "3.8"},
        {"platform_release": "5.*"},
        {"platform_release": "no version"},
    ],
)
def test_prepared_oddities(odd: dict[str, str]) -> None:
    """Values that the algebra does not know are asked about one comparison at a time."""
    prepared = prepare(odd, extras={"x"})
    for text in ("python_version >= '3.9'", "'1.5' == platform_release or extra == 'x'"):
        assert Marker(text).evaluate(odd, {"x"}) is Marker(text).evaluate(prepared)
    if "platform_release" in odd:
        with pytest.raises(UndefinedComparison):
            Marker("platform_release ~= '5.1' or os_name == 'nt'").evaluate(
                prepare({"platform_release": "no version"})
            )


# -- size and threads --------------------------------------------------------------------------------


@pytest.mark.repeats
def test_ten_thousand_terms() -> None:
    """A marker of ten thousand terms is read, combined, negated and simplified."""
    many = Marker(" or ".join(f"extra == 'e{i}'" for i in range(10_000)))
    assert many.is_satisfiable()
    assert Marker("extra == 'e77'").implies(many)
    assert not many.implies(Marker("extra == 'e77'"))
    assert (many & ~many) == NEVER
    assert str(many) == str(many.simplify())
    assert 'extra == "e77"' == str(many.restrict({}, None) & Marker("extra == 'e77'"))


def test_deep_nesting() -> None:
    """Nesting up to its limit has an answer, and chains of operations have no limit."""
    text = "extra == 'a'"
    for i in range(MOST_LEVELS):
        text = f"({text}) {'and' if i % 2 else 'or'} extra == 'x{i % 7}'"
    assert Marker(text).is_satisfiable()
    chain = Marker("extra == 'a'")
    for i in range(1_500):
        chain = chain | Marker(f"extra == 'a{i % 50}' and os_name == 'o{i}'")
    assert Marker("extra == 'a'").implies(chain)
    assert (~chain).is_satisfiable()


def paired(step: int, count: int = 14) -> Marker:
    """Return a marker that asks for one of two extras, *count* times; *step* says which go together."""
    pairs = (f"extra == 'a{i:02}' or extra == 'b{i * step % count:02}'" for i in range(count))
    return Marker(" and ".join(f"({each})" for each in pairs))


def test_markers_that_need_an_order_of_their_own() -> None:
    """What is large in any one order is built in one that suits it, and they still come together."""
    one, other, small = paired(1), paired(5), Marker("extra == 'a00' and os_name == 'nt'")
    spaces = [algebra.located(each.meaning)[0] for each in (one, other)]
    assert spaces[0] is not spaces[1]
    assert None not in [each.order for each in spaces]
    both, either = one & other, one | ~other
    assert both == other & one
    assert (one, other, both) == (~~one, ~~other, ~(~one | ~other))
    assert [True, True, False, False] == [
        both.implies(one), both.implies(other), one.implies(other), other.implies(both),
    ]  # fmt: skip
    assert both.disjoint(~one)
    assert not one.disjoint(other)
    assert (small & one) == (one & small)
    assert (one & small).implies(small)
    chance = random.Random(7)
    names = [f"{letter}{i:02}" for letter in "ab" for i in range(14)]
    for _ in range(60):
        environment = {"os_name": chance.choice(["nt", "posix"])}
        extras = {name for name in names if chance.random() < 0.8}
        holds = [each.evaluate(environment, extras) for each in (one, other)]
        assert [
            all(f"a{i:02}" in extras or f"b{i * step % 14:02}" in extras for i in range(14))
            for step in (1, 5)
        ] == holds
        assert (holds[0] and holds[1]) is both.evaluate(environment, extras)
        assert (holds[0] or not holds[1]) is either.evaluate(environment, extras)
        assert (holds[0] and small.evaluate(environment, extras)) is (one & small).evaluate(
            environment, extras
        )


def test_small_memory() -> None:
    """Markers outlive the space they were made in."""
    old = Marker("python_version >= '3.9' and extra == 'a'") & Marker("os_name == 'nt'")
    other = Marker("os_name == 'nt' and python_version >= '3.9' and extra == 'a'")
    assert old == other
    algebra.clear()
    assert old == Marker("os_name == 'nt' and extra == 'a' and python_version >= '3.9'")
    assert old == other
    assert old.implies(other)
    assert old.evaluate(
        {"os_name": "nt", "python_version": "3.9", "python_full_version": "3.9.0"}, {"a"}
    )


@pytest.mark.skipif(sys.platform == "emscripten", reason="WebAssembly starts no threads")
def test_threads() -> None:
    """Several threads get the answers that one gets, spaces replaced under them or not."""

    def work(seed: int, done: Callable[[list[str]], None]) -> None:
        chance = random.Random(seed)
        found = []
        for i in range(150):
            a, b, c = (Marker(chance.choice(LEAVES)) for _ in range(3))
            whole = (a & b) | ~c
            try:
                found.append(str(whole))
            except CannotSpell as error:
                found.append(str(error))
            found.append(str(whole == (~c | (b & a))))
            if seed == 0 and i % 20 == 0:
                algebra.clear()
        done(found)

    expected: dict[int, list[str]] = {}
    for seed in range(4):
        work(seed, lambda found, seed=seed: expected.__setitem__(seed, found))  # type: ignore[misc]
    actual: dict[int, list[str]] = {}
    threads = [
        threading.Thread(
            target=work,
            args=(seed, lambda found, seed=seed: actual.__setitem__(seed, found)),
        )
        for seed in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert expected == actual
