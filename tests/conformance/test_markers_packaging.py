"""Markers against ``packaging`` as oracle: what is accepted, how it is written, what it means.

Under the rules of installers there is no difference at all.  Under those of the
specification the oracle is ``packaging`` again, asked about one comparison at a
time: a comparison that :data:`DIFFERENCES` lists is first put into words that
``packaging`` reads as the specification does (:func:`by_specification`).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import hypothesis
import packaging
import packaging.markers
import pytest
from hypothesis import strategies as st
from packaging.version import InvalidVersion, Version

from trigpoint.markers import DIFFERENCES, ENVIRONMENTS, InvalidMarker, Marker
from trigpoint.markers.meaning.differences import known
from trigpoint.markers.reading.grammar import LEGACY, OPERATORS, VARIABLES, parse
from trigpoint.markers.reading.tree import comparisons

# Both libraries read strings with Python's own rules, which warn of \d.
pytestmark = [
    pytest.mark.repeats,
    pytest.mark.filterwarnings("ignore::SyntaxWarning"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]

HERE = Path(__file__).resolve()
OWN = HERE.parents[1] / "data" / "markers.txt"
SHARED = HERE.parents[3] / "shared" / "data" / "markers.txt"

Answer = bool | str
UNDEFINED = "UndefinedComparison"

HOLD = [row for row in DIFFERENCES if known(packaging.__version__) in row.versions]
"""The differences from the packaging that is installed here."""


@lru_cache
def corpus() -> tuple[str, ...]:
    """Every distinct marker text: our own corpus and, where it is there, the shared one."""
    texts = [line.partition("\t")[0] for line in OWN.read_text("utf-8").splitlines()]
    if SHARED.is_file():
        texts += SHARED.read_text("utf-8").splitlines()
    return tuple(dict.fromkeys(texts))


def answer(ask: Callable[..., bool], *arguments: Any) -> Answer:
    """Return what *ask* returns, or the name of the documented exception it raises."""
    try:
        return ask(*arguments)
    except packaging.markers.UndefinedComparison:
        return UNDEFINED
    except packaging.markers.UndefinedEnvironmentName:
        return "UndefinedEnvironmentName"


def spelled(marker: object) -> str:
    """Return the text of a marker, or that it has none (a value with both quotes)."""
    try:
        return str(marker)
    except ValueError:
        return "ValueError"


def accepted(text: str) -> packaging.markers.Marker | None:
    """Return the oracle's marker, or None if it refuses."""
    try:
        return packaging.markers.Marker(text)
    except packaging.markers.InvalidMarker:
        return None


def read(text: str) -> Marker | InvalidMarker:
    """Return our marker, or the refusal."""
    try:
        return Marker(text)
    except InvalidMarker as refusal:
        return refusal


def both(text: str) -> tuple[Marker, packaging.markers.Marker] | None:
    """Return both markers, or None if both refuse; fail if only one does."""
    ours, theirs = read(text), accepted(text)
    if isinstance(ours, Marker):
        assert theirs is not None, f"accepted: {text!r}"
        return ours, theirs
    assert theirs is None, f"refused: {text!r}"
    assert text == ours.text
    assert ours.findings
    assert str(ours)
    for finding in ours.findings:
        if finding.span is not None:
            assert 0 <= finding.span.start <= finding.span.end <= len(text)
    return None


def pairs() -> Iterator[tuple[Marker, packaging.markers.Marker]]:
    yield from filter(None, map(both, corpus()))


def environments_for(variables: Iterable[str]) -> Iterator[dict[str, str]]:
    """Yield each preset once, as far as *variables* can tell presets apart."""
    wanted = sorted(set(variables) & set(ENVIRONMENTS["cpython-3.13-linux-x86_64"]))
    seen = set()
    for preset in ENVIRONMENTS.values():
        key = tuple(preset[variable] for variable in wanted)
        if key not in seen:
            seen.add(key)
            yield dict(preset)


def requests_for(extras: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Return the sets of extras to ask about: none, each, all, and one that nothing names."""
    return list(
        dict.fromkeys([(), *((extra,) for extra in extras), extras, (*extras, "zz-unrelated")])
    )


def installers(
    marker: packaging.markers.Marker, environment: Mapping[str, str], extras: tuple[str, ...]
) -> bool:
    """Ask as pip does: once per requested extra."""
    return any(marker.evaluate({**environment, "extra": extra}) for extra in extras or ("",))


# -- the specification, said with packaging ------------------------------------------------

VERSION_LIKE = {
    "implementation_version",
    "platform_release",
    "platform_version",
    "python_full_version",
    "python_version",
}


def is_version(text: str) -> bool:
    try:
        Version(text)
    except InvalidVersion:
        return False
    return True


def reported(name: str, environment: Mapping[str, str]) -> str:
    """Return a variable's value as packaging reads it: untagged builds end in a plus sign."""
    value = environment[name]
    return f"{value}local" if name == "python_full_version" and value.endswith("+") else value


def names(side: Any) -> str | None:
    """Return the variable that stands on one side of a comparison, or None for a value."""
    return side.value if type(side).__name__ == "Variable" else None


def ask_packaging(left: Any, op: Any, right: Any, environment: Mapping[str, Any]) -> Answer:
    """Evaluate a single comparison, where sets are allowed."""
    marker = packaging.markers.Marker("os_name == ''")
    marker._markers = [(left, op, right)]
    return answer(marker.evaluate, environment, "lock_file")


def evaluate_comparison(
    left: Any, op: Any, right: Any, environment: dict[str, str], extras: frozenset[str]
) -> Answer:
    """Answer one comparison by the specification, with packaging doing the comparing."""
    if (names(left) is None) is (names(right) is None):
        return UNDEFINED  # two variables, or none
    variable, value = (left, right) if names(left) else (right, left)
    sets = {"extras": extras, "dependency_groups": frozenset[str]()}
    if variable.value == "extra":
        # extra == "x" is "x" in extras, extra != "x" is "x" not in extras, the rest is false.
        if op.value not in ("==", "!="):
            return False
        operator = type(op)("in" if op.value == "==" else "not in")
        return ask_packaging(value, operator, type(variable)("extras"), sets)
    name = variable.value
    if name in VERSION_LIKE:
        candidate = reported(name, environment) if variable is left else value.value
        if not is_version(candidate) and op.value != "===":
            name = "os_name"  # which packaging compares as text
        elif name == "platform_version":
            name = "implementation_version"  # which packaging compares as a version
    read_as = type(variable)(name)
    values = {**environment, **sets}
    if name != variable.value:
        values[name] = reported(variable.value, environment)
    sides = (read_as, op, value) if variable is left else (value, op, read_as)
    return ask_packaging(*sides, values)


answers: dict[tuple[object, ...], Answer] = {}


def once(part: Any, environment: dict[str, str], extras: frozenset[str]) -> Answer:
    """Answer a comparison, the same one only once: markers repeat each other a lot."""
    left, op, right = part
    read_from = names(left) or names(right) or ""
    key = (
        *(names(left), left.value, op.value, names(right), right.value),
        environment.get(read_from, extras),
    )
    if key not in answers:
        answers[key] = evaluate_comparison(left, op, right, environment, extras)
    return answers[key]


def by_specification(
    markers: list[Any], environment: dict[str, str], extras: frozenset[str]
) -> Answer:
    """Combine the comparisons of packaging's tree; an error anywhere is the answer."""
    groups: list[list[Answer]] = [[]]
    for part in markers:
        if part == "or":
            groups.append([])
        elif isinstance(part, list):
            groups[-1].append(by_specification(part, environment, extras))
        elif isinstance(part, tuple):
            groups[-1].append(once(part, environment, extras))
    for group in groups:
        for value in group:
            if isinstance(value, str):
                return value
    return any(all(group) for group in groups)


# -- the corpus ------------------------------------------------------------------------------


def test_the_corpus_is_large_and_varied() -> None:
    """There are enough real markers, and they use every variable but the rarest."""
    own = [line.split("\t") for line in OWN.read_text("utf-8").splitlines()]
    assert sorted(own) == own
    assert len(own) >= 1800
    assert len({text for text, _ in own}) == len(own)
    readable = [marker for marker, _ in filter(None, (both(text) for text, _ in own))]
    used = frozenset[str]().union(*(marker.variables for marker in readable))
    assert set(VARIABLES) - used == {
        "platform_version",
        "implementation_version",
        "extras",
        "dependency_groups",
    }


def test_accepts_and_writes_the_same() -> None:
    """Each real marker is accepted by both or by none, and has the same text."""
    different = [
        (ours.text, spelled(ours), spelled(theirs))
        for ours, theirs in pairs()
        if spelled(ours) != spelled(theirs)
    ]
    assert not different


def test_installers_rules() -> None:
    """Asked as pip asks, every real marker answers the same in every environment."""
    different = [
        (ours.text, environment, extras)
        for ours, theirs in pairs()
        for environment in environments_for(ours.variables)
        for extras in requests_for(ours.extras)
        if answer(ours.evaluate, environment, extras, "installers")
        != answer(installers, theirs, environment, extras)
    ]
    assert not different


def test_specification_rules() -> None:
    """By the specification, every real marker answers the same in every environment."""
    different = [
        (ours.text, environment, extras)
        for ours, theirs in pairs()
        for environment in environments_for(ours.variables)
        for extras in requests_for(ours.extras)
        if answer(ours.evaluate, environment, extras)
        != by_specification(theirs._markers, environment, frozenset(extras))
    ]
    assert not different


def test_every_difference_is_listed() -> None:
    """Where the two sets of rules part on a real marker, a listed difference applies to it."""
    unlisted = []
    for ours, theirs in pairs():
        if any(row.applies(node) for row in HOLD for node in comparisons(parse(ours.text))):
            continue
        unlisted += [
            (ours.text, environment, extras)
            for environment in environments_for(ours.variables)
            for extras in requests_for(ours.extras)
            if answer(ours.evaluate, environment, extras)
            != answer(installers, theirs, environment, extras)
        ]
    assert not unlisted


def defined(value: Answer) -> bool | None:
    return None if isinstance(value, str) else value


def test_explanations_agree_with_evaluation() -> None:
    """The value of an explanation is the answer of the evaluation, None where it raises."""
    environment = ENVIRONMENTS["cpython-3.13-linux-x86_64"]
    different = [
        (ours.text, rules)
        for ours, _ in pairs()
        for rules in ("spec", "installers", "summit")
        if defined(answer(ours.evaluate, environment, ours.extras, rules))
        is not ours.explain(environment, ours.extras, rules).value
    ]
    assert not different


# -- every comparison ------------------------------------------------------------------------

VERSION_VALUES = [
    *("", "3", "v3.9", "3.9", "3.10", "3.9.*", "3.9.7", "3.12.0", "3.12.0+", "3.12.0+local"),
    *("3.13.dev0", "3.13", "3.13.0b1", "3.13.0rc2", "3.13.0.post1", "3.13.*", "1!3", " 3.9 "),
    *("5.15.0-76-generic", "6.8", "9", "10.0.19045", "3.8, 3.9", "#1 SMP", "x"),
]
TEXT_VALUES = ["", "posix", "POSIX", "pos", "posix nt", "3.9", "os_name"]
EXTRA_VALUES = ["", "a", "A", "b", "a,b", "Foo_Bar", "foo-bar"]


def differing(
    name: str,
    written: Sequence[str],
    reported: Sequence[str | None],
    requests: Sequence[tuple[str, ...]],
) -> list[tuple[str, str | None, tuple[str, ...]]]:
    """Compare every value with every reported one, with every operator, on either side."""
    preset = ENVIRONMENTS["cpython-3.13-linux-x86_64"]
    found = []
    for op, value, swapped in itertools.product(OPERATORS, written, (False, True)):
        sides = (f"'{value}'", name) if swapped else (name, f"'{value}'")
        ours = Marker(f"{sides[0]} {op} {sides[1]}")
        theirs = packaging.markers.Marker(ours.text)
        for here, extras in itertools.product(reported, requests):
            environment = {**preset, name: here} if here is not None else dict(preset)
            expected = (
                answer(installers, theirs, environment, extras),
                by_specification(theirs._markers, environment, frozenset(extras)),
            )
            actual = (
                answer(ours.evaluate, environment, extras, "installers"),
                answer(ours.evaluate, environment, extras),
            )
            if expected != actual:
                found.append((ours.text, here, extras))
    return found


@pytest.mark.parametrize("name", sorted(VERSION_LIKE))
def test_every_version_comparison(name: str) -> None:
    """All operators, both sides, prereleases, locals, wildcards, and text that is no version."""
    assert not differing(name, VERSION_VALUES, VERSION_VALUES, [()])


def test_every_text_comparison() -> None:
    """All operators, both sides, parts of the text, another case, and nothing at all."""
    assert not differing("os_name", TEXT_VALUES, TEXT_VALUES, [()])


@pytest.mark.parametrize("name", ["extra", "extras", "dependency_groups"])
def test_every_extra_comparison(name: str) -> None:
    """All operators, both sides, normalised or not, with none, one and several requested."""
    requests: list[tuple[str, ...]] = [(), ("a",), ("foo-bar",), ("a", "b"), ("b", "foo-bar")]
    assert not differing(name, EXTRA_VALUES, [None], requests)


# -- generated markers -----------------------------------------------------------------------

deterministic = hypothesis.settings(
    derandomize=True,
    deadline=None,
    database=None,
    max_examples=300,
    suppress_health_check=list(hypothesis.HealthCheck),
)

blanks = st.sampled_from(["", " ", " ", "  ", "\t", " \t "])
gaps = st.sampled_from([" ", " ", "  ", "\t", " \t "])

releases = st.lists(st.integers(0, 20), min_size=1, max_size=4).map(
    lambda parts: ".".join(map(str, parts))
)
versions = st.builds(
    "{}{}{}{}{}{}".format,
    st.sampled_from(["", "", "", "v", "1!"]),
    st.one_of(releases, st.sampled_from(["3", "3.9", "3.12", "3.13.0", "3.15.2", "6.8.0", "11"])),
    st.sampled_from(["", "", "", "a1", "b1", "rc2", ".alpha.1"]),
    st.sampled_from(["", "", "", ".post1", "-1"]),
    st.sampled_from(["", "", "", ".dev0", ".dev3"]),
    st.sampled_from(["", "", "", "+local", "+ubuntu.1", ".*", "+"]),
)
real_values = sorted({value for preset in ENVIRONMENTS.values() for value in preset.values()})
fragments = st.sampled_from(real_values).flatmap(
    lambda value: st.tuples(st.integers(0, len(value)), st.integers(0, len(value))).map(
        lambda ends: value[min(ends) : max(ends)]
    )
)
extra_names = st.sampled_from(["a", "b", "Foo_Bar", "foo-bar", "foo.-_bar", "", "é"])
values = st.one_of(
    versions,
    st.sampled_from(real_values),
    fragments,
    extra_names,
    st.sampled_from(["3.8, 3.9", "os_name", "extra", "linux2", "a b", "x and y", "(", ";#"]),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=6),
)


def quoted(value: str, quote: str) -> str:
    if quote in value:
        quote = '"' if quote == "'" else "'"
    return f"{quote}{value.replace(quote, '')}{quote}"


literals = st.builds(quoted, values, st.sampled_from("'\""))
variables = st.sampled_from([*VARIABLES, *VARIABLES, *LEGACY])
spaced_operators = st.builds(
    lambda op, before, gap, after: (
        f" {op.replace(' ', gap)} " if op[0].isalpha() else f"{before}{op}{after}"
    ),
    st.sampled_from(OPERATORS),
    blanks,
    gaps,
    blanks,
)
comparison_texts = st.one_of(
    st.builds("{}{}{}".format, variables, spaced_operators, literals),
    st.builds("{}{}{}".format, variables, spaced_operators, literals),
    st.builds("{}{}{}".format, literals, spaced_operators, variables),
    st.builds("{}{}{}".format, variables, spaced_operators, variables),
    st.builds("{}{}{}".format, literals, spaced_operators, literals),
)


def nested(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.builds("({}{}{})".format, blanks, inner, blanks),
        st.builds(
            lambda left, gap, word, right: f"{left}{gap}{word}{gap}{right}",
            inner,
            gaps,
            st.sampled_from(["and", "or"]),
            inner,
        ),
    )


marker_texts = st.builds(
    "{}{}{}".format, blanks, st.recursive(comparison_texts, nested, max_leaves=6), blanks
)
environments = st.builds(
    lambda preset, changes: {**preset, **changes},
    st.sampled_from(list(ENVIRONMENTS.values())),
    st.dictionaries(st.sampled_from(list(ENVIRONMENTS["pyodide-314-emscripten-wasm32"])), values),
)
requested = st.lists(extra_names.filter(bool), unique=True, max_size=3).map(tuple)


@deterministic
@hypothesis.given(marker_texts, environments, requested)
def test_generated_markers(text: str, environment: dict[str, str], extras: tuple[str, ...]) -> None:
    """A marker made of everything the grammar has means the same to both."""
    found = both(text)
    if found is None:
        return
    ours, theirs = found
    assert spelled(ours) == spelled(theirs)
    assert answer(installers, theirs, environment, extras) == answer(
        ours.evaluate, environment, extras, "installers"
    )
    assert by_specification(theirs._markers, environment, frozenset(extras)) == answer(
        ours.evaluate, environment, extras
    )


# -- broken text -----------------------------------------------------------------------------

noise = st.one_of(
    st.characters(),
    st.sampled_from(list("'\"()=<>!~;,&|#\\\0\n\r\t .*[]{}‘’“”\u202e\u200b\ufeff")),
    st.sampled_from(
        [" and ", " or ", " not ", " in ", " OR ", "extra", "==", "&&", "||", "\\x", "\\N{", "'''"]
    ),
)


@st.composite
def broken_texts(draw: st.DrawFn) -> str:
    text = draw(st.one_of(marker_texts, st.sampled_from(corpus())))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(text)))
        cut = draw(st.integers(0, 3))
        text = text[:at] + draw(st.one_of(st.just(""), noise)) + text[at + cut :]
    return text


@deterministic
@hypothesis.given(st.one_of(broken_texts(), st.text(max_size=40)))
def test_broken_text(text: str) -> None:
    """Whatever was typed, both accept or both refuse, and only InvalidMarker says why."""
    both(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\0",
        "'\0' == os_name",
        "os_name == '\ud800'",
        "os_name == '\\ud800'",
        "os_name == '\\",
        "os_name == '\\'",
        "os_name == '\\x'",
        "os_name == '\n'",
        "os_name == 'x'\n",
        "os_name\n== 'x'",
        "os_name == 'x'\x0c",
        "os_name == 'x'\N{NO-BREAK SPACE}",
        "'os_name' == 'x'",
        "'x' == 'os_name'",
        "python_version in'3.9'and'3'in python_version",
        "python_version not  in '3'",
        "python_version notin '3'",
        "(os_name == 'x'",
        "os_name == 'x')",
        "()",
        "((",
        "))",
        "os_name == 'x' and",
        "os_name == 'x' or or os_name == 'y'",
        "not os_name == 'x'",
        "os_name == 'x' == 'y'",
        "os_name = 'x'",
        "os_name == 'x' OR os_name == 'y'",
        "os_name == 'x' And os_name == 'y'",
        "os_name NOT IN 'x'",
        "OS_NAME == 'x'",
        "os_name == 'x' & os_name == 'y'",
        "os_name == 'x'; os_name == 'y'",
        "os_name == 'x' # why",
        "os.name == 'x' or os..name == 'y'",
        "platform.release == 'x'",
        "python.version == 'x'",
        "extrass == 'x'",
        "_extra == 'x'",
        "os_name == 'x'or os_name == 'y'",
        "os_name == 'x' oros_name == 'y'",
        "(os_name == 'x')and(os_name == 'y')",
        "os_name<'x'<'y'",
        "os_name ==== 'x'",
        "os_name !== 'x'",
        "os_name =<'x'",
        "os_name == x",
        "os_namé == 'x'",
        "extra == '\"' or os_name == \"'\"",
        "extra == 'it\\'s'",
        "é" * 200,
        "'" * 201,
        "(" * 5000,
        "os_name == 'x' and " * 2000,
    ],
)
def test_odd_text(text: str) -> None:
    """Text that is easy to get wrong is accepted by both or refused by both."""
    try:
        accepted(text)
    except RecursionError:
        with pytest.raises(InvalidMarker):
            Marker(text)
    else:
        both(text)


@pytest.mark.parametrize(
    "text",
    [
        "'' == ''",
        "'posix' == 'os_name'",
        "'3.9' <= 'python_version'",
        "'a' == 'extra'",
        "'A' == 'extra'",
        "'a' in 'extras'",
    ],
)
@pytest.mark.parametrize("extras", [(), ("a",), ("b", "a")])
def test_two_values(text: str, extras: tuple[str, ...]) -> None:
    """Installers look the right of two values up as if it were a variable."""
    environment = ENVIRONMENTS["cpython-3.13-linux-x86_64"]
    assert answer(installers, packaging.markers.Marker(text), environment, extras) == answer(
        Marker(text).evaluate, environment, extras, "installers"
    )
    assert answer(Marker(text).evaluate, environment, extras) == UNDEFINED


# packaging 26.3 runs into Python's own limit, 26.4 has one.
GIVES_UP = {"26.3": (20_000, RecursionError), "26.4": (201, packaging.markers.InvalidMarker)}


def test_deeper_than_the_oracle() -> None:
    """Nesting that packaging gives up on is read, and means what it says."""
    limit, refusal = GIVES_UP[known(packaging.__version__)]
    for depth in (limit, 20_000):
        text = "(" * depth + "os_name == 'posix'" + ")" * depth
        with pytest.raises(refusal):
            packaging.markers.Marker(text)
        assert Marker(text).evaluate({"os_name": "posix"})
        assert str(Marker("os_name == 'posix'")) == re.sub("[()]", "", str(Marker(text)))


def test_as_deep_as_the_oracle() -> None:
    """Just within the limit of the newest packaging both read the marker."""
    text = "(" * 200 + "os_name == 'posix'" + ")" * 200
    assert both(text) is not None
