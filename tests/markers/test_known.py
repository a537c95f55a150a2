"""Values that are known or taken for granted, against evaluating with them."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from trigpoint.markers import BadAssumption, BadEnvironment, Exclusive, Marker, prepare
from trigpoint.markers.exact import algebra
from trigpoint.markers.exact.assumptions import assumed, known_platforms, names_of
from trigpoint.markers.exact.prepared import remembered
from trigpoint.markers.meaning.environments import ENVIRONMENTS

POOL = (
    *("python_version >= '3.9'", "python_version == '3.9'", "python_version < '3.10'"),
    *("python_version in '3.8, 3.10'", "'3.1' in python_version", "'3.9' > python_version"),
    *("python_full_version >= '3.9.1'", "python_full_version == '3.9.1'", "'1' in python_version"),
    *("python_full_version === '3.9.1+x'", "'rc' in python_full_version", "'1!' in python_version"),
    *("python_full_version in '3.9.1rc1 3.10.0'", "python_full_version < '1!0'"),
    *("sys_platform == 'linux'", "'lin' in sys_platform", "sys_platform in 'linux win32'"),
    "sys_platform == 'linux' and extra == 'a' or sys_platform == 'win32' or sys_platform == 'a'",
    *("sys_platform != 'win32'", "sys_platform == ''", "'l' not in sys_platform"),
    *("platform_release >= '5'", "platform_release == '5'", "platform_release == 'tegra'"),
    *("platform_release === 'TEGRA'", "'5' in platform_release", "platform_release != '5.0'"),
    *("platform_release in '5.0 tegra'", "platform_release < '5'", "platform_version == '5'"),
    *("extra == 'a'", "extra != 'b'", "'a' in extras", "'g' in dependency_groups"),
)
PYTHONS = (
    ("3.9.1", "3.9"),
    ("3.9.1rc1", "3.9"),
    ("3.9.1+x", "3.9"),
    ("3.9.0", "3.9"),
    ("3.10.0", "3.10"),
    ("3.11.7", "3.11"),
    ("1!3.9.1", "1!3.9"),
)
RELEASES = ("5", "5.0", "6", "4.1", "tegra", "Tegra", "", "5-x")
PLATFORMS = ("linux", "win32", "", "lin")


def environments() -> list[dict[str, Any]]:
    """Return environments with every value of each column, if not with each other."""
    made = []
    for i in range(16):
        full, minor = PYTHONS[i % 7]
        made.append(
            {
                **ENVIRONMENTS["cpython-3.13-linux-x86_64"],
                "python_full_version": full,
                "python_version": minor,
                "implementation_version": full,
                "sys_platform": PLATFORMS[i % 4],
                "platform_release": RELEASES[i % 8],
                "platform_version": RELEASES[(i * 3 + 1) % 8],
                "extras": {name for name in "abc" if i * 7 >> ord(name) - 97 & 1},
                "dependency_groups": {"g"} if i % 3 else {"h"},
            }
        )
    return made


WORLD = environments()


@pytest.mark.parametrize("text", POOL)
def test_known_values_answer_what_they_decide(text: str) -> None:
    """What is left asks nothing that is known, and answers as the whole does."""
    marker = Marker(text)
    for here in WORLD:
        expected = marker.evaluate(here)
        # All values: nothing is left to ask.
        rest = marker.restrict(here)
        assert (expected, not expected) == (rest.is_always(), not rest.is_satisfiable())
        # Those of the axis, then all others, in either order.
        for known in ({*marker.variables, "python_version", "python_full_version"}, {"extras"}):
            inside = {name: value for name, value in here.items() if name in known}
            outside = {name: value for name, value in here.items() if name not in known}
            assert expected is marker.restrict(inside).evaluate(here)
            assert expected is marker.restrict(outside).evaluate(here)
            assert expected is marker.restrict(outside).restrict(inside).is_always()


@pytest.mark.parametrize("text", POOL)
def test_an_environment_that_is_assumed(text: str) -> None:
    """In a list of environments a marker always holds exactly if it holds in each."""
    marker = Marker(text)
    told = [marker.evaluate(here) for here in WORLD]
    for here, expected in zip(WORLD, told, strict=True):
        assert expected is marker.is_always(assuming=[here])
        assert expected is marker.is_satisfiable(assuming=[here])
    for i, j in itertools.pairwise(range(len(WORLD))):
        both = [WORLD[i], WORLD[j]]
        assert (told[i] and told[j]) is marker.is_always(assuming=both)
        assert (told[i] or told[j]) is marker.is_satisfiable(assuming=both)


@pytest.mark.parametrize(
    ("environment", "text"),
    [
        ({"platform_release": "tegra"}, "platform_release == 'tegra'"),
        ({"platform_release": "5.0"}, "'5.0' in platform_release and platform_release in '5.0'"),
        ({"platform_release": ""}, "platform_release == ''"),
        ({"os_name": "nt"}, "os_name == 'nt'"),
        ({"python_full_version": "3.9.1"}, "python_full_version === '3.9.1'"),
        ({"python_full_version": "3.9.1+x"}, "python_full_version == '3.9.1+x'"),
        ({"python_version": "3.9"}, "python_version == '3.9'"),
        ({"python_version": "1!3.9"}, "python_version == '1!3.9'"),
        (
            {"python_version": "3.9", "python_full_version": "3.9"},
            "python_full_version === '3.9.0'",
        ),
        ({"extra": "a"}, "extra == 'a' and extra != 'b'"),
        ({"extras": ["b"], "extra": "A"}, "extra == 'a' and extra == 'b'"),
        ({"extra": None}, "extra != 'a' and extra != 'b'"),
        ({"dependency_groups": {"g"}}, "'g' in dependency_groups and 'h' not in dependency_groups"),
        (
            {"dependency_groups": ()},
            "'g' not in dependency_groups and 'h' not in dependency_groups",
        ),
    ],
)
def test_an_environment_means_what_equalities_mean(environment: dict[str, Any], text: str) -> None:
    """Of the extras and groups that anybody asks about, those that are not said are not there."""
    asked = Marker("extra == 'a' or extra == 'b' and os_name == 'nt'")
    groups = Marker("'g' in dependency_groups or 'h' in dependency_groups")
    names = names_of(asked.meaning, groups.meaning, Marker("os_name == 'nt'").meaning)
    assert ["yg", "yh", "za", "zb"] == sorted(names)
    assert Marker(text).meaning == assumed([environment], names)


def test_a_minor_version_is_known_alone() -> None:
    """All of its patches are left, and no other version."""
    known = {"python_version": "3.9"}
    left = Marker("python_full_version >= '3.9.2' and python_version < '3.10'").restrict(known)
    assert left == Marker("python_full_version >= '3.9.2'").restrict(known)
    assert left.evaluate({"python_version": "3.9", "python_full_version": "3.9.2"})
    assert not left.is_always()
    for text, expected in (
        *(("python_version == '3.9'", True), ("python_version < '3.10'", True)),
        *(("python_full_version < '3.10.dev0'", True), ("python_full_version < '3.9.dev0'", False)),
        *(("python_version > '3.9'", False), ("python_version < '3.11'", True)),
        *(("'3.9' in python_version", True), ("'10' in python_version", False)),
    ):
        rest = Marker(text).restrict(known)
        assert (expected, not expected) == (rest.is_always(), not rest.is_satisfiable()), text
    tested = Marker("'rc' in python_full_version").restrict(known)
    assert tested.is_satisfiable()
    assert not tested.is_always()


@pytest.mark.parametrize(
    ("environment", "variable", "reason"),
    [
        ({"python_full_version": "x"}, "python_full_version", "'x' is no version$"),
        (
            {"python_full_version": "3.9.1.2"},
            "python_full_version",
            "'3.9.1.2' has more than major, minor and patch$",
        ),
        (
            {"python_full_version": "3.9.1", "python_version": "3.8"},
            "python_version",
            "cannot be '3.8' where python_full_version is '3.9.1'$",
        ),
        ({"python_version": "x"}, "python_version", "'x' is no version$"),
        ({"python_version": "3"}, "python_version", "'3' is not major.minor$"),
        ({"python_version": "3.9.1"}, "python_version", "'3.9.1' is not major.minor$"),
        ({"python_version": "3.9rc1"}, "python_version", "'3.9rc1' is not major.minor$"),
        ({"python_version": "0!3.9"}, "python_version", "'0!3.9' is not major.minor$"),
    ],
)
def test_versions_that_no_python_has(
    environment: dict[str, str], variable: str, reason: str
) -> None:
    """They are refused with the variable that is wrong, and why."""
    for ask in (
        Marker("os_name == 'nt'").restrict,
        lambda given: Marker("os_name == 'nt'").simplify(assuming=[given]),
    ):
        with pytest.raises(BadEnvironment, match=reason) as caught:
            ask(environment)
        assert variable == caught.value.variable


def test_what_a_full_version_leaves_out() -> None:
    """Components that are not written are zero, and a build without a tag is a local version."""
    for text in ("3", "3.0", "3.0.0", "3.0.0.0"):
        for given in (
            {"python_full_version": text},
            {"python_full_version": text, "python_version": "3.0"},
        ):
            assert Marker("python_version == '3.0'").restrict(given).is_always()
            assert Marker("'3.0' in python_version").restrict(given).is_always()
            assert Marker("'3.0.0' in python_full_version").restrict(given).is_always()
    untagged = {"python_full_version": "3.12.0+", "python_version": "3.12"}
    assert Marker("python_full_version === '3.12.0+local'").restrict(untagged).is_always()
    assert prepare(untagged).usual
    assert Marker("python_full_version > '3.11'").evaluate(prepare(untagged))


# -- assumptions --------------------------------------------------------------------------------


def test_extras_that_exclude_each_other() -> None:
    """Whatever is requested, a set is possible exactly if it has one of them at most."""
    names = ("CPU", "cu126", "Rocm_6")
    world = assumed(Exclusive(*names))
    normal = ("cpu", "cu126", "rocm-6")
    assert normal == Exclusive(*names).names
    for chosen in itertools.product((False, True), repeat=3):
        text = " and ".join(
            f"extra {'==' if yes else '!='} '{name}'"
            for name, yes in zip(normal, chosen, strict=True)
        )
        assert (sum(chosen) < 2) is not algebra.disjoint(world, Marker(text).meaning)
    assert algebra.is_satisfiable(assumed(Exclusive("cpu", "cu126")))
    with pytest.raises(BadAssumption, match=r"^an extra cannot exclude itself: a, B, A$"):
        Exclusive("a", "B", "A")
    for few in ((), ("a",)):
        with pytest.raises(BadAssumption, match="it takes two extras"):
            Exclusive(*few)


def test_all_assumptions_count() -> None:
    """Each of several holds, the first and the last one too."""
    parts = (">=3.9", Marker("os_name == 'nt'"), Exclusive("a", "b"), [{"sys_platform": "win32"}])
    for chosen in itertools.permutations(parts, 3):
        world = assumed(chosen)
        for part in chosen:
            assert algebra.implies(world, assumed(part))
            assert not algebra.implies(assumed(part), world)
    assert assumed("") == Marker("python_version >= '0'").meaning
    whole = assumed(">=3.9.1,<3.11,!=3.10.2")
    text = "python_full_version >= '3.9.1' and python_full_version < '3.11'"
    assert whole == Marker(f"{text} and python_full_version != '3.10.2'").meaning


@pytest.mark.parametrize(
    ("assuming", "reason"),
    [
        ((">=3.9", "<3.8"), "^'>=3.9' contradicts '<3.8'$"),
        ((Marker("os_name == 'x'"), Marker("os_name == 'y'")), '^os_name == "x" contradicts os_'),
        (Marker("os_name == 'x' and os_name == 'y'"), "holds nowhere$"),
        (">=3.9,<3.8", "^'>=3.9,<3.8' holds nowhere$"),
        # Any two of them hold together.
        (
            (
                Marker("extra == 'a' or extra == 'b'"),
                Marker("extra != 'a'"),
                Marker("extra != 'b'"),
            ),
            "^these assumptions contradict each other$",
        ),
        ("x", '^\'x\' is neither "known-platforms" nor a specifier such as ">=3.9"$'),
        ([7], r"^\[7\] is no assumption$"),
        ([], "^there is no environment in the list$"),
        ((), "^there is no assumption$"),
    ],
)
def test_why_an_assumption_is_refused(assuming: Any, reason: str) -> None:
    """Which one it is, as it was written."""
    with pytest.raises(BadAssumption, match=reason):
        assumed(assuming)


def test_known_platforms_are_what_they_say() -> None:
    """A value of a row goes with those of the same row, and with no others."""
    world = Marker(known_platforms()).meaning
    assert world == assumed("known-platforms")
    for text, possible in (
        ("os_name == 'posix' and sys_platform == 'win32'", False),
        ("platform_machine == 'arm64' and sys_platform == 'linux'", False),
        ("platform_machine == 'arm64' and sys_platform == 'darwin'", True),
        ("platform_machine == 'aarch64' and sys_platform == 'linux'", True),
        ("platform_system == 'iPadOS' and sys_platform == 'ios'", True),
        ("implementation_name == 'pypy' and platform_python_implementation == 'CPython'", False),
        ("implementation_name == 'pypy' and platform_python_implementation == 'PyPy'", True),
        ("sys_platform == 'freebsd14' and platform_machine == 'riscv'", True),
    ):
        assert possible is not algebra.disjoint(world, Marker(text).meaning), text


# -- prepared ----------------------------------------------------------------------------------


@pytest.mark.parametrize("text", POOL)
def test_a_walk_answers_as_the_text_does(text: str) -> None:
    """A computed marker is asked in another way than its text, to the same end."""
    marker = Marker(text)
    for here in WORLD:
        plain = prepare(here)
        assert plain.usual
        assert marker.explain(here).value is plain.holds(marker.meaning.node)
        assert marker.explain(here).value is (marker & marker).evaluate(plain)
        assert remembered(here, ()).usual


def test_values_that_were_put_in_replace_what_they_say() -> None:
    """And nothing else: an odd environment keeps its extras and groups where none were known."""
    text = (
        "platform_release == '5.*' and 'a' in extras and extra == 'b' and 'g' in dependency_groups"
    )
    marker = Marker(f"{text} or os_name == 'x'").restrict({"os_name": "y"})
    odd: dict[str, Any] = {"platform_release": "5.*", "extras": {"a"}, "dependency_groups": {"g"}}
    assert not prepare(odd).usual
    assert marker.evaluate(odd, {"b"})
    assert not marker.evaluate({**odd, "extras": {"c"}}, {"b"})
    assert not marker.evaluate(odd)
    assert marker.restrict({}, {"a", "b"}).evaluate({**odd, "extras": {"c"}})
    assert not marker.restrict({}, {"c"}).evaluate(odd, {"b"})
    assert not marker.restrict({"dependency_groups": frozenset()}).evaluate(odd, {"b"})


def test_no_environment_is_this_one() -> None:
    """Whoever says nothing asks about the interpreter that runs."""
    assert dict(remembered(None, ())) == dict(prepare())
    assert Marker("python_version >= '3'").evaluate()
