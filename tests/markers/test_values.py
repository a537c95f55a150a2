"""The one reader of environments, and what is remembered of them."""

from __future__ import annotations

import copy
import pickle
import sys
import threading
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.markers import default_environment

from trigpoint.findings import TrigpointError
from trigpoint.markers import (
    BadEnvironment,
    Marker,
    Prepared,
    UndefinedComparison,
    UndefinedEnvironmentName,
    prepare,
)
from trigpoint.markers.exact import prepared as module
from trigpoint.markers.exact.prepared import MOST_REMEMBERED, remembered
from trigpoint.markers.meaning.values import read_values
from trigpoint.versions import MOST_DIGITS

BAD: list[tuple[dict[Any, Any], str]] = [
    ({"nonsense": "1"}, "nonsense: it is no marker variable$"),
    ({"sys_platfrom": "x"}, r"no marker variable; did you mean sys_platform\?"),
    ({5: "x"}, "5: it is no marker variable"),
    ({"os_name": {"nt"}}, "os_name: it is text"),
    ({"os_name": None}, "os_name: it is text"),
    ({"extras": "a"}, "extras: it is a set of names, not 'a'"),
    ({"dependency_groups": "a"}, "dependency_groups: it is a set of names"),
    ({"dependency_groups": None}, "dependency_groups: it is a set of names"),
    ({"extras": {1}}, "extras: it holds names, not 1"),
    ({"extra": 5}, "extra: it is a set of names, not 5"),
    ({"extra": ["a", None]}, "extra: it holds names, not None"),
    ({"python_version": "3." + "9" * (MOST_DIGITS + 1)}, "python_version: a number in it has more"),
    ({"platform_version": "#" + "9" * (MOST_DIGITS + 1)}, "platform_version: a number"),
]


@pytest.mark.parametrize(("environment", "reason"), BAD)
def test_everyone_refuses_the_same(environment: dict[Any, Any], reason: str) -> None:
    """Every function that takes an environment refuses the same values in the same words."""
    marker = Marker("os_name == 'nt' or extra == 'x'")
    for ask in (
        marker.evaluate,
        marker.explain,
        marker.restrict,
        prepare,
        lambda given: marker.evaluate(given, rules="summit"),
        lambda given: marker.simplify(assuming=[given]),
    ):
        with pytest.raises(BadEnvironment, match=reason) as caught:
            ask(environment)
        assert str(next(iter(environment))) == caught.value.variable
        assert isinstance(caught.value, TrigpointError)
        assert isinstance(caught.value, ValueError)
        assert str(caught.value) == str(pickle.loads(pickle.dumps(caught.value)))


def test_numbers_up_to_the_bound_are_read() -> None:
    """A number of as many digits as the bound has a place among versions."""
    most = "9" * MOST_DIGITS
    assert Marker("python_full_version >= '3'").evaluate(
        {"python_full_version": f"{most}.1.0", "python_version": f"{most}.1"}
    )


def test_installers_pass_unknown_names_over() -> None:
    """By the rules of installers, which stand for packaging, other names change nothing."""
    marker = Marker("os_name == 'nt'")
    assert marker.evaluate({"os_name": "nt", "nonsense": "1", "more": {"x"}}, rules="installers")
    assert marker.explain({"os_name": "nt", "nonsense": "1"}, rules="installers").value is True
    # packaging takes the right one of two values for a name.
    assert Marker("'1' == 'nonsense'").evaluate({"nonsense": "1"}, rules="installers")
    with pytest.raises(BadEnvironment):
        marker.evaluate({"os_name": {"nt"}}, rules="installers")


@pytest.mark.parametrize("extras", ["gui", 5, [5], {"a", 1}])
def test_extras_are_names(extras: Any) -> None:
    """Extras beside the environment are a collection of names, not one text."""
    for ask in (Marker("extra == 'g'").evaluate, prepare, Marker("extra == 'g'").restrict):
        with pytest.raises(BadEnvironment, match="extras: it"):
            ask({}, extras)


@pytest.mark.parametrize(
    ("environment", "extras", "expected"),
    [
        ({}, (), ()),
        ({"extra": None}, (), ()),
        ({"extra": ""}, [""], ()),
        ({"extra": "A_b"}, (), ("a-b",)),
        ({"extra": {"b", "A"}}, (), ("a", "b")),
        ({"extra": ["b", "a", "B"]}, (), ("b", "a")),
        ({"extra": "a"}, ["c", "a"], ("c", "a")),
    ],
)
def test_requested_names(
    environment: Mapping[str, Any], extras: Any, expected: tuple[str, ...]
) -> None:
    """Names are normal, each once, and in an order that does not depend on hashes."""
    assert expected == read_values(environment, extras).requested


@pytest.mark.parametrize(
    ("environment", "extras", "expected"),
    [
        ({"extras": {"b"}}, {"a"}, {"a", "b"}),
        ({"extras": {"b"}, "extra": "c"}, (), {"b", "c"}),
        ({"extras": {"B"}}, (), {"b"}),
        ({"extra": "c"}, {"a"}, {"a", "c"}),
    ],
)
def test_two_sets_of_extras_are_one(
    environment: Mapping[str, Any], extras: Any, expected: set[str]
) -> None:
    """What is requested is the union, for text and walk, prepared or not, under both names."""
    for name in "abcd":
        for text in (f"extra == '{name}'", f"'{name}' in extras"):
            marker = Marker(text)
            assert (name in expected) is marker.evaluate(environment, extras)
            assert (name in expected) is marker.evaluate(prepare(environment, extras))
            assert (name in expected) is (marker & marker).evaluate(environment, extras)
            assert (name in expected) is marker.explain(environment, extras).value
            assert (name in expected) is marker.restrict(environment, extras).is_always()


def test_prepared_is_the_mapping_that_it_was_made_from() -> None:
    """A prepared environment shows its values, completed, and can be prepared again."""
    plain = prepare({"os_name": "nt"}, {"A"})
    assert {**default_environment(), "os_name": "nt", "extra": {"a"}} == dict(plain)
    values: dict[str, Any] = {"extras": {"b"}, "dependency_groups": ["G"], "extra": "a"}
    full = prepare(values)
    assert ({"a"}, {"b"}, {"g"}) == (full["extra"], full["extras"], full["dependency_groups"])
    assert len(full) == len(dict(full)) == len(default_environment()) + 3
    assert dict(full) == dict(prepare(full))
    assert "extras" not in plain
    with pytest.raises(KeyError):
        plain["extras"]


ODD = [
    {"python_full_version": "unknown"},
    {"python_full_version": "3.9.1", "python_version": "3.8"},
    {"python_full_version": "3.9"},
    {"platform_release": "5.*"},
    {"platform_release": "=5"},
    {"implementation_version": " 3.9 "},
    {"platform_version": "9 "},
]


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize(
    "text",
    [
        "python_version >= '3.9'",
        "python_full_version >= '3.9' and implementation_version != '3.9'",
        "platform_release == '5.*' or platform_version == '9'",
        "'5.1' == platform_release or extra == 'x'",
    ],
)
def test_computed_markers_agree_with_their_text(odd: dict[str, str], text: str) -> None:
    """What was computed answers as its parts do, also for values that the algebra does not know."""
    marker = Marker(text)
    here = marker.evaluate(odd, {"x"})
    assert not prepare(odd).usual
    assert here is marker.explain(odd, {"x"}).value
    for same in (marker & marker, marker | marker, ~~marker, marker.restrict({}), prepare(odd)):
        if isinstance(same, Prepared):
            assert here is marker.evaluate(prepare(odd, {"x"}))
        else:
            assert here is same.evaluate(odd, {"x"})
            assert here is pickle.loads(pickle.dumps(same)).evaluate(odd, {"x"})
    assert here is not (~marker).evaluate(odd, {"x"})


def test_restricted_markers_keep_what_they_know() -> None:
    """Values that were put in hold, whatever an odd environment says of them."""
    marker = Marker("sys_platform == 'win32' and extra == 'x' or platform_release == '5.*'")
    known = marker.restrict({"sys_platform": "win32"}, {"x"})
    odd = {"sys_platform": "linux", "platform_release": "6.*"}
    assert not marker.evaluate(odd, {"x"})
    assert known.evaluate(odd)
    groups = Marker("'g' in dependency_groups and platform_release != '5.*'")
    assert groups.restrict({"dependency_groups": {"G"}}).evaluate(odd)


# -- remembered environments -------------------------------------------------------------------


def test_an_unchanged_environment_is_read_once() -> None:
    """The same mapping with the same content is the same prepared environment."""
    environment: dict[str, str | AbstractSet[str] | None] = {"os_name": "nt", "extra": {"a"}}
    first = remembered(environment, ["b"])
    assert remembered(environment, ["b"]) is first
    assert remembered(environment, ["c"]) is not first
    environment["extra"] = {"z"}
    assert remembered(environment, ["c"])["extra"] == {"c", "z"}


CHANGES = st.lists(
    st.one_of(
        st.tuples(st.just("os_name"), st.sampled_from(["nt", "posix"])),
        st.tuples(st.just("python_version"), st.sampled_from(["3.8", "3.12"])),
        st.tuples(st.just("platform_release"), st.sampled_from(["5.*", "6.1", "x"])),
        st.tuples(st.just("extra"), st.sampled_from(["", "a", "b", None])),
        st.tuples(st.sampled_from(["add", "discard", "append", "pop", "more", "less"]), st.none()),
    ),
    max_size=12,
)


class _Dict(dict[str, Any]):
    """A dict of another class."""


KINDS: list[type[dict[str, Any]]] = [dict, _Dict]


@given(CHANGES, st.sampled_from(KINDS))
def test_answers_are_never_stale(
    changes: list[tuple[str, Any]], kind: type[dict[str, Any]]
) -> None:
    """Whatever is changed in place between two questions, each answer is that of now."""
    environment = kind()
    names: set[str] = set()
    listed: list[str] = []
    markers = [
        Marker("os_name == 'nt'"),
        Marker("python_version < '3.9' or extra == 'a'"),
        Marker("platform_release == '5.*' or 'b' in extras"),
        Marker("'g' in dependency_groups"),
    ]
    for name, value in changes:
        if name == "add":
            names.add("b")
            environment["extras"] = names
        elif name == "discard":
            names.discard("b")
        elif name == "append":
            listed.append("a")
        elif name == "pop":
            listed.clear()
        elif name == "more":
            environment["dependency_groups"] = environment.get("dependency_groups", set())
            environment["dependency_groups"].add("g")
        elif name == "less":
            environment.pop("dependency_groups", set()).clear()
        else:
            environment[name] = value
        for marker in markers:
            expected = marker.explain(copy.deepcopy(dict(environment)), list(listed)).value
            assert expected is marker.evaluate(environment, listed)
            assert expected is marker.evaluate(environment, listed)


def test_a_text_that_is_more_than_text_is_not_remembered() -> None:
    """A subclass of str may say that it equals anything, so it is read each time."""

    class Odd(str):
        __slots__ = ()
        __hash__ = str.__hash__

        def __eq__(self, other: object) -> bool:
            return True

    environment = {"os_name": Odd("nt")}
    before = dict(module._memory)
    assert remembered(environment, ()) is not remembered(environment, ())
    assert before == module._memory


def test_extras_that_can_be_read_once_are_read_once() -> None:
    """An iterator of extras is used up by one question, and nothing is remembered of it."""
    environment: dict[str, str] = {}
    marker = Marker("extra == 'a'")
    assert marker.evaluate(environment, iter(["a"]))
    assert not marker.evaluate(environment, iter(["b"]))
    assert not marker.evaluate(environment)


def test_memory_is_bounded() -> None:
    """One environment more than the bound, and the memory starts again."""
    module._memory.clear()
    kept = [{"platform_version": str(i)} for i in range(MOST_REMEMBERED + 1)]
    for environment in kept[:-1]:
        remembered(environment, ())
    assert MOST_REMEMBERED == len(module._memory)
    remembered(kept[-1], ())
    assert 1 == len(module._memory)


@pytest.mark.skipif(sys.platform == "emscripten", reason="WebAssembly starts no threads")
def test_threads_share_the_memory() -> None:
    """Threads that change environments of their own get answers of their own."""
    marker = Marker("os_name == 'nt' and extra == 'a'")
    wrong: list[str] = []

    def ask(name: str) -> None:
        for i in range(300):
            environment = {"os_name": name if i % 3 else "other", "extra": "a"}
            if marker.evaluate(environment) is not (name == "nt" and i % 3 > 0):
                wrong.append(name)

    threads = [threading.Thread(target=ask, args=(name,)) for name in ("nt", "posix", "nt")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [] == wrong


def test_undefined_answers_stay_undefined() -> None:
    """A comparison without an answer raises for a remembered environment, every time."""
    environment = {"platform_release": "no version"}
    for _ in range(2):
        with pytest.raises(UndefinedComparison):
            Marker("platform_release ~= '5.1'").evaluate(environment)


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        # Neither has a meaning: what is left to compare is the text.
        ("os_name ~= 'x'", "os_name   ~=  'x'", True),
        ("os_name ~= 'x'", "os_name ~= 'y'", False),
        # One has a meaning: no text makes it equal to one that has none.
        ("os_name == 'x'", "os_name ~= 'x'", False),
        ("os_name ~= 'x'", "os_name == 'x'", False),
    ],
)
def test_equality_of_undefined_markers(left: str, right: str, expected: bool) -> None:
    """Markers without a meaning are equal where their texts are, and to no other marker."""
    assert expected is (Marker(left) == Marker(right))
    if expected:
        assert hash(Marker(left)) == hash(Marker(right))
    assert Marker(left) != left


@pytest.mark.parametrize(
    ("text", "rules", "error", "reason"),
    [
        ("'x' ~= extras", "spec", UndefinedComparison, "has in and not in only"),
        ("extras == 'x'", "spec", UndefinedComparison, "on the right of in or not in"),
        ("extra == 'x'", "summit", UndefinedComparison, "extras instead of extra"),
        ("'x' in extras", "installers", UndefinedEnvironmentName, "^extras$"),
        ("'x' == 'nonsense'", "installers", UndefinedEnvironmentName, "nonsense"),
        ("'x' == 'y'", "spec", UndefinedComparison, "no variable in it"),
    ],
)
def test_why_there_is_no_answer(text: str, rules: Any, error: type[Exception], reason: str) -> None:
    """What has no answer raises the error of packaging, with a reason, and is of the family."""
    with pytest.raises(error, match=reason) as caught:
        Marker(text).evaluate({}, {"x"}, rules)
    assert isinstance(caught.value, TrigpointError)
    assert Marker(text).explain({}, {"x"}, rules).value is None


def test_a_name_is_never_equal_to_a_set() -> None:
    """Equality with a set is false and its opposite true, as packaging has it."""
    for op, expected in (("==", False), ("!=", True), ("<", False), (">=", False)):
        assert expected is Marker(f"'x' {op} extras").evaluate({}, {"x"})


@pytest.mark.parametrize(
    ("text", "variables", "extras"),
    [
        ("os_name == 'a' or 'b' == os_name", {"os_name"}, ()),
        ("extra == 'B_c' and 'a' in extras", {"extra", "extras"}, ("b-c", "a")),
        ("extra == 'a' or extra != 'a'", {"extra"}, ("a",)),
        ("extra == '' or sys.platform == 'x'", {"extra", "sys_platform"}, ()),
        ("'a' in dependency_groups", {"dependency_groups"}, ()),
        ("'a' == 'b'", set(), ()),
        ("os_name == sys_platform", {"os_name"}, ()),
    ],
)
def test_what_a_marker_names(text: str, variables: set[str], extras: tuple[str, ...]) -> None:
    """Variables under their names of today, and extras normalised, in text order."""
    marker = Marker(text)
    assert (frozenset(variables), extras) == (marker.variables, marker.extras)


@pytest.mark.parametrize("rules", ["spec", "summit"])
def test_extras_count_under_whichever_name(rules: str) -> None:
    """A set that an environment brings is joined with what is requested, and may be alone."""
    marker = Marker("'a' in extras")
    assert marker.evaluate({"extras": {"a"}}, rules=rules)  # type: ignore[arg-type]
    assert marker.evaluate({"extras": {"b"}}, {"a"}, rules=rules)  # type: ignore[arg-type]
    assert not marker.evaluate({"extras": {"b"}}, {"c"}, rules=rules)  # type: ignore[arg-type]


def test_installers_are_given_the_sets_of_an_environment() -> None:
    """They ask about one extra at a time, beside the sets that a lock file has."""
    marker = Marker("'a' in extras and 'g' in dependency_groups and extra == 'x'")
    environment = {"extras": {"a"}, "dependency_groups": {"g"}}
    assert marker.evaluate(environment, {"x"}, rules="installers")
    assert not marker.evaluate({**environment, "extras": {"b"}}, {"x"}, rules="installers")
    assert not marker.evaluate(environment, {"y"}, rules="installers")
