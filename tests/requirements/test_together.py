"""What the requirements of one list say against each other."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trigpoint.findings import Finding
from trigpoint.markers import ENVIRONMENTS, Marker
from trigpoint.requirements import (
    Stated,
    contradictions,
    read_requirement,
    read_requirements_file,
    stated_in,
    together,
)
from trigpoint.requirements.apart import allowed, apart
from trigpoint.requirements.gaps import MOST_GAPS
from trigpoint.requirements.statements import read_statements
from trigpoint.requirements.together import (
    MOST_CONFLICTS,
    Conflict,
    compared,
    example,
    never_asked,
    spelled,
)

TRIAL = Path(__file__).parents[1] / "data" / "trial"

OLDEST = """\
numpy==1.21.4; python_version == "3.10" and platform_python_implementation != "PyPy"
numpy==1.17.3; python_version == "3.8" and platform_machine != "aarch64"
numpy==1.19.2; python_version == "3.8" and platform_machine == "aarch64"
numpy==1.17.5; python_version == "3.8" and platform_machine == "s390x"
numpy; python_version >= "3.8" and platform_python_implementation == "PyPy"
"""


def told(text: str, requires_python: str = "") -> list[Finding]:
    """Return what there is to say about the requirement file *text*."""
    return list(contradictions(stated_in(read_requirements_file(text)), requires_python))


def codes(text: str, requires_python: str = "") -> list[str]:
    """Return the codes of what there is to say about *text*."""
    return [each.code for each in told(text, requires_python)]


def test_a_conflict_names_both_lines_and_where_they_meet() -> None:
    """Of five requirements two exclude each other, on one machine."""
    [finding] = [each for each in told(OLDEST) if each.code == "requirement-conflict"]
    assert (
        "no numpy is both ==1.17.5 and ==1.17.3 (line 2), "
        "and both apply with CPython 3.8 on Linux s390x"
    ) == finding.message
    assert finding.span is not None
    assert (4, 1) == (finding.span.line, finding.span.column)
    assert OLDEST.splitlines()[3] == OLDEST[finding.span.start : finding.span.end]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("a==1", "a==2", ["requirement-conflict"]),
        ("a<2", "a>=3", ["requirement-conflict"]),
        ("a==2.2.1+cpu", "a==2.2.1+cu118", ["requirement-conflict"]),
        ("A.b==1", "a-B==2", ["requirement-conflict"]),
        ("a<2", "a>=1", []),
        ("a", "a==1", []),
        ("a==1", "b==2", []),
        ("a==1; os_name=='nt'", "a==2; os_name=='posix'", []),
        # These overlap by the specification, and on no platform that there is.
        ("a==1; os_name=='nt'", "a==2; platform_system!='Windows'", []),
        # Neither is there such a Python.
        ("a==1; python_version<'2'", "a==2; python_version<'1'", []),
        ("a==1; extra=='x'", "a==2; extra=='x'", ["requirement-conflict"]),
        ("a==1; extra=='x'", "a==2", ["requirement-conflict"]),
        ("a==1; extra=='x'", "a==2; extra=='y'", ["requirement-extras-exclusive"]),
        ("a @ https://x.example/1", "a @ https://x.example/2", ["requirement-conflict"]),
        ("a @ https://x.example/1", "a @ https://x.example/1#egg=a", []),
        ("a @ https://x.example/a-1-py3-none-any.whl", "a==2", ["requirement-conflict"]),
        ("a @ https://x.example/a-1-py3-none-any.whl", "a>=1", []),
        ("a @ https://x.example/main", "a>=1", []),
        ("a>2,<1", "a==1", ["requirement-impossible"]),
        ("a==1", "a==", []),
    ],
)
def test_what_two_requirements_say_together(first: str, second: str, expected: list[str]) -> None:
    """Conflicts need versions without a common one and markers that hold together somewhere."""
    assert expected == codes(f"{first}\n{second}")
    assert expected == codes(f"{second}\n{first}")


WHERE = [
    ("a==1", "a==2", "everywhere"),
    ("a==1; extra=='x'", "a==2; extra=='x'", "everywhere for those who ask for the extra x"),
    ("a==1; extra=='x'", "a==2", "everywhere for those who ask for the extra x"),
    ("a==1; os_name=='nt'", "a==2", "with CPython 3.13 on Windows AMD64"),
    (
        *("a==1; os_name=='nt' and extra=='x'", "a==2; extra=='x'"),
        "with CPython 3.13 on Windows AMD64 for those who ask for the extra x",
    ),
    (
        *("a==1; extra=='x' or extra=='y'", "a==2; extra=='y'"),
        "everywhere for those who ask for the extra y",
    ),
]


@pytest.mark.parametrize(("first", "second", "expected"), WHERE)
def test_where_two_requirements_meet(first: str, second: str, expected: str) -> None:
    """The fewest extras are named, and a place only where it is not every one."""
    message = "no a is both ==2 and ==1 (line 1), and both apply "
    assert [message + expected] == [each.message for each in told(f"{first}\n{second}")]


def test_extras_that_only_together_bring_a_conflict() -> None:
    """Both are named."""
    message = "nobody can ask for the extras x and y together: no a is both ==2 and ==1 (line 1)"
    assert [message] == [each.message for each in told("a==1; extra=='x' and extra=='y'\na==2")]


def test_without_places() -> None:
    """A requirement from a list without places is told by what the list calls it."""
    stated = [Stated(read_requirement(text), None, f"item {text}") for text in ("a==1", "a==2")]
    [finding] = contradictions(stated)
    assert finding.span is None
    assert "no a is both ==2 and ==1 (item a==1), and both apply everywhere" == finding.message


def test_case_m18() -> None:
    """Of the 190 pairs of a real list five contradict each other, and only they are told."""
    text = (TRIAL / "M18.METADATA").read_text("utf-8")
    found = contradictions(stated_in(read_statements(text.partition("Requires-Dist")[2])))
    text = "Requires-Dist" + text.partition("Requires-Dist")[2]
    found = contradictions(stated_in(read_statements(text)), ">=3.5")
    assert [
        (
            7,
            "no numpy is both ==1.19.0 and ==1.19.2 (line 6), and both apply with PyPy 3.6 on Linux aarch64",
        ),
        (
            8,
            "no numpy is both ==1.16.0 and ==1.19.0 (line 7), and both apply with PyPy 3.6 on AIX powerpc",
        ),
        (
            11,
            "no numpy is both ==1.20.0 and ==1.19.2 (line 10), and both apply with PyPy 3.7 on Linux aarch64",
        ),
        (
            12,
            "no numpy is both ==1.16.0 and ==1.20.0 (line 11), and both apply with PyPy 3.7 on AIX powerpc",
        ),
        (
            16,
            "no numpy is both ==1.17.5 and ==1.17.3 (line 13), and both apply with CPython 3.8 on Linux s390x",
        ),
    ] == [(each.span.line, each.message) for each in found if each.span is not None]


# -- where ---------------------------------------------------------------------------------

TESTS = [
    "python_version < '3.9'",
    "python_version >= '3.9'",
    "python_version == '3.12'",
    "python_full_version >= '3.13.2'",
    "sys_platform == 'win32'",
    "os_name == 'posix'",
    "platform_system != 'Darwin'",
    "platform_machine == 'aarch64'",
    "implementation_name == 'pypy'",
    "extra == 'x'",
    "extra == 'y'",
]
markers = st.recursive(
    st.sampled_from(TESTS),
    lambda parts: st.tuples(parts, st.sampled_from(["and", "or"]), parts).map(
        lambda three: f"({three[0]} {three[1]} {three[2]})"
    ),
    max_leaves=4,
)
fronts = st.sampled_from(["a==1", "a==2", "a<2", "a>=2", "a", "a~=1.0"])
lists = st.lists(st.tuples(fronts, markers).map("; ".join), min_size=2, max_size=5)


@settings(max_examples=60, deadline=None)
@given(lists)
def test_conflicts_against_named_environments(lines: list[str]) -> None:
    """Each environment told makes both apply, and none of the named ones has a conflict untold."""
    read = [read_requirement(line) for line in lines]
    found = compared(read)
    told_pairs = {(each.first, each.second) for each in found.conflicts}
    for each in found.conflicts:
        a, b = read[each.first], read[each.second]
        assert apart(allowed(str(a.specifier)), allowed(str(b.specifier)))
        environments = [each.environment] if each.environment else ENVIRONMENTS.values()
        for environment in environments:
            assert a.evaluate(environment, each.extras)
            assert b.evaluate(environment, each.extras)
    for i, a in enumerate(read):
        for j, b in enumerate(read[i + 1 :], i + 1):
            if not apart(allowed(str(a.specifier)), allowed(str(b.specifier))):
                assert (i, j) not in told_pairs
                continue
            meet = any(
                a.evaluate(environment, extras) and b.evaluate(environment, extras)
                for environment in ENVIRONMENTS.values()
                for extras in ((), ("x",), ("y",), ("x", "y"))
            )
            assert (i, j) in told_pairs or not meet


def test_fewest_extras_are_told() -> None:
    """Without any if that will do, then with one, and only then with several."""
    lines = ["a==1; extra=='x' or extra=='y'", "a==2; extra=='y'"]
    [found] = compared([read_requirement(line) for line in lines]).conflicts
    assert ("y",) == found.extras
    lines[1] = "a==2; extra!='x' or extra=='z'"
    [found] = compared([read_requirement(line) for line in lines]).conflicts
    assert ("y",) == found.extras
    lines[1] = "a==2; extra=='z'"
    [found] = compared([read_requirement(line) for line in lines]).conflicts
    assert 2 == len(found.extras)
    assert "z" in found.extras
    lines = ["a==1; extra=='x' or extra=='y' and extra=='z'", "a==2"]
    [found] = compared([read_requirement(line) for line in lines]).conflicts
    assert ("x",) == found.extras


def test_conflicts_come_in_the_order_of_their_second_requirement() -> None:
    """Whatever the projects are."""
    read = [read_requirement(line) for line in ("a==1", "b==1", "b==2", "a==2")]
    assert [(1, 2), (0, 3)] == [(each.first, each.second) for each in compared(read).conflicts]


def test_an_extra_that_nobody_can_have_is_an_error() -> None:
    """The message names it; extras that exclude each other are told once for each project."""
    [finding] = told("a==1\na==2; extra=='x'")
    assert finding.message.endswith(
        "and both apply with CPython 3.13 on Linux x86_64 for those who ask for the extra x"
    ) or finding.message.endswith("and both apply everywhere for those who ask for the extra x")
    text = "a==1; extra=='x'\na==2; extra=='y'\na==3; extra=='y' and os_name=='nt'\n"
    found = [each for each in told(text) if each.code == "requirement-extras-exclusive"]
    assert [
        "nobody can ask for the extras x and y together: no a is both ==2 and ==1 (line 1)"
    ] == [each.message for each in found]


def test_requires_python_leaves_conflicts_out() -> None:
    """What no supported Python has is no conflict, and a marker for no such Python is told."""
    text = "a==1; python_version<'3.9'\na==2"
    assert ["requirement-conflict"] == codes(text)
    assert ["requirement-conflict"] == codes(text, ">=3.8")
    assert ["requirement-dead"] == codes(text, ">=3.9")
    assert ["requirement-conflict"] == codes(text, "nonsense")
    assert ["requirement-conflict"] == codes(text, "<0")


@pytest.mark.parametrize(
    ("marker", "requires_python", "expected"),
    [
        ("python_version < '3.8'", ">=3.8", True),
        ("python_version < '3.8'", ">=3.7", False),
        ("python_version < '3.8' or os_name == 'nt'", ">=3.8", False),
        ("python_version < '3.8' and python_version > '3.8'", ">=3.8", False),
        ("python_version < '3.8'", "", False),
        ("python_version < '3.8'", "three", False),
        ("python_version ~= '3'", ">=3.8", False),
        ("'3.7' in python_full_version", ">=3.8", False),
        ("python_version <", ">=3.8", False),
    ],
)
def test_markers_that_are_never_asked(marker: str, requires_python: str, expected: bool) -> None:
    """Only what holds somewhere, but for no Python that is required."""
    assert expected is never_asked(marker, requires_python)


def test_examples_are_of_pythons_that_there_are() -> None:
    """One near to what the marker names; none where there is no such platform."""
    for text, python in (("python_version < '3'", "2.7"), ("python_version < '3.8'", "3.7")):
        found = example(Marker(text))
        assert found is not None
        assert python == found[0]["python_version"]
    assert example(Marker("sys_platform == 'haiku1'")) is None
    assert example(Marker("python_version >= '4'")) is None
    assert example(Marker("python_version < '3.8'"), ">=3.8") is None


def test_environments_are_spelled_with_what_markers_ask() -> None:
    """The full version of Python, and what else is asked, only where it matters."""
    environment = ENVIRONMENTS["cpython-3.13-linux-x86_64"]
    assert "with CPython 3.13 on Linux x86_64" == spelled(environment, ["python_version"])
    assert (
        "with CPython 3.13.18 on Linux x86_64 and platform_release '6.8.0-134-generic'"
    ) == spelled(environment, ["platform_release", "python_full_version"])


# -- what is passed over -------------------------------------------------------------------


@pytest.mark.parametrize(
    "line", ["a[ == 2", "a==2; python_version ~= '3'", "a @ ${URL}", "-r a.txt", "./a.whl", "a=="]
)
def test_what_cannot_be_compared_is_passed_over(line: str) -> None:
    """It has findings of its own, or none."""
    assert [] == codes(f"a==1\n{line}\n")


@pytest.mark.parametrize(
    ("url", "version"),
    [
        ("https://x.example/a-1.0-py3-none-any.whl", "==1.0"),
        ("https://x.example/a-1.0-1-py3-none-any.whl", "==1.0"),
        ("https://x.example/a-1%2Bcpu-cp310-cp310-win32.whl#sha256=0", "==1+cpu"),
        ("https://x.example/a-b-1.0.tar.gz?x=1", "==1.0"),
        ("https://x.example/a-1.0.zip", "==1.0"),
        ("https://x.example/a.whl", ""),
        ("https://x.example/a-b.zip", ""),
        ("git+https://x.example/a@1.0", ""),
        (f"https://x.example/a-{'9' * 641}.zip", ""),
    ],
)
def test_versions_of_addresses(url: str, version: str) -> None:
    """The name of an archive says its version, as far as it is one."""
    assert version == together._from(url)


def test_addresses_are_compared_without_names_and_hashes() -> None:
    """What is fetched is the same."""
    base = "https://x.example/a.zip"
    assert base == together._place(f"{base}#egg=a&sha256=0")
    assert f"{base}#subdirectory=b" == together._place(f"{base}#subdirectory=b&md5=0")
    assert (
        "https://x.example/2 and https://x.example/1 (line 1) are not one a, "
        "and both apply everywhere"
    ) == told("a @ https://x.example/1\na @ https://x.example/2")[0].message
    assert told("a==2\na @ https://x.example/a-1.zip")[0].message.startswith(
        "https://x.example/a-1.zip and a==2 (line 1) are not one a"
    )


def test_places_are_the_first_rows_of_requirements() -> None:
    """A continued line is marked where it begins, and a statement of a TOML array inside quotes."""
    text = "# x\n  a==1 \\\n  --hash=sha256:0\nb"
    spans = [each.span for each in stated_in(read_requirements_file(text))]
    assert ["a==1", "b"] == [text[each.start : each.end] for each in spans if each]
    text = "requires = [\n  'a==1; os_name == \"nt\"',\n]"
    [stated] = stated_in(read_statements(text))
    assert stated.span is not None
    assert 'a==1; os_name == "nt"' == text[stated.span.start : stated.span.end]
    assert "line 2" == stated.place


# -- gaps -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["python_version < '3.8'", "python_version > '3.8'"], "with Python 3.8 no"),
        (["python_version < '3.8'", "python_version >= '3.11'"], "with Python 3.8 to 3.10 no"),
        (["python_version >= '3.11'", "python_version < '3.8'"], "with Python 3.8 to 3.10 no"),
        (
            ["python_full_version < '3.7.2'", "python_full_version > '3.7.2'"],
            "with Python 3.7.2 no",
        ),
        (
            ["python_full_version <= '3.7.2'", "python_full_version > '3.7.3'"],
            "with Python 3.7.3 no",
        ),
        (["python_version < '3.7'", "python_full_version >= '3.7.2'"], "with Python 3.7.0 no"),
        (
            [
                "python_version < '3.8'",
                "python_version > '3.8'",
                "python_version == '3.8' and sys_platform == 'linux'",
            ],
            "with Python 3.8 on macOS arm64, macOS x86_64, Windows x64 and 7 more no",
        ),
    ],
)
def test_a_gap_between_two_requirements(lines: list[str], expected: str) -> None:
    """A Python that lies between what two requirements ask for."""
    [finding] = told("\n".join(f"a=={i}; {line}" for i, line in enumerate(lines)))
    assert ("requirement-gap", "warning") == (finding.code, finding.severity.value)
    assert finding.message.startswith(expected)
    assert "that of line 1 do before and behind it" in finding.message
    assert finding.span is not None
    assert 2 == finding.span.line


@pytest.mark.parametrize(
    "lines",
    [
        # Nothing is left out.
        ["python_version < '3.8'", "python_version >= '3.8'"],
        ["python_version < '3.12'", "python_version == '3.6'", "python_version >= '3.12'"],
        # Only prereleases are, and that is told of the marker.
        ["python_full_version < '3.8'", "python_full_version >= '3.8'"],
        # Backports.
        ["python_version < '3.7'", "python_version >= '3.7' and python_version < '3.11'"],
        # One requirement says so itself.
        ["python_version != '3.8'", "python_version > '3.9'"],
        # There is one for all.
        ["python_version < '3.8'", "python_version > '3.8'", ""],
        ["python_version < '3.8'"],
        # No such Python.
        ["python_version < '2.8'", "python_version > '2.8'"],
        ["python_version < '3.20'", "python_version > '3.20'"],
        # What would have to be searched for, and what has no meaning.
        ["python_version < '3.8'", "python_version > '3.8' and '3' in python_full_version"],
        ["python_version < '3.8'", "python_version > '3.8' and python_version ~= '3'"],
        # Other extras.
        ["python_version < '3.8' and extra == 'x'", "python_version > '3.8' and extra == 'y'"],
    ],
)
def test_what_is_no_gap(lines: list[str]) -> None:
    """Nothing between two requirements is left out without being meant."""
    assert [] == codes("\n".join(f"a; {line}" if line else "a" for line in lines))


def test_a_gap_that_requires_python_leaves_out() -> None:
    """Pythons that are not supported need nothing."""
    text = "a==1; python_version < '3.8'\na==2; python_version > '3.8'"
    assert ["requirement-gap"] == codes(text, ">=3.7")
    assert [] == codes(text, ">=3.7,!=3.8.*")
    assert ["requirement-dead"] == codes(text, ">=3.8")
    assert ["requirement-gap"] == codes(text, "nonsense")


def test_gaps_for_an_extra_count_what_everybody_gets() -> None:
    """The requirements without an extra fill gaps, and are not told again for each extra."""
    extra = (
        "a==1; python_version < '3.8' and extra=='x'\na==2; python_version > '3.8' and extra=='x'"
    )
    assert ["requirement-gap"] == codes(extra)
    assert [] == codes(f"{extra}\na; python_version == '3.8'")
    base = "a==1; python_version < '3.8'\na==2; python_version > '3.8'"
    assert ["requirement-gap"] == codes(f"{base}\na; python_version > '3.9' and extra=='x'")


def test_gaps_where_an_extra_takes_a_requirement_away() -> None:
    """Those who ask for it have a gap, though others have none."""
    asked = ["python_version < '3.8' and extra=='x'", "python_version > '3.8' and extra=='x'"]
    text = "\n".join(f"a; {each}" for each in (*asked, "python_version == '3.8' and extra!='x'"))
    assert "requirement-gap" in codes(text)


@pytest.mark.parametrize("more", [-1, 0, 1])
def test_gaps_that_are_told(more: int) -> None:
    """As many as there are, up to a bound."""
    text = "\n".join(f"a; python_version == '3.{2 * i}'" for i in range(MOST_GAPS + 1 + more))
    assert ["requirement-gap"] * min(MOST_GAPS, MOST_GAPS + more) == codes(text)


def test_a_platform_that_is_left_out() -> None:
    """Told quietly, and only where requirements are for single platforms."""
    text = "a==1; sys_platform == 'linux'\na==2; sys_platform == 'darwin'"
    [finding] = told(text)
    assert ("requirement-gap-platform", "info") == (finding.code, finding.severity.value)
    assert (
        "no requirement asks for a on Windows x64 and Windows arm64, "
        "and others do for single platforms"
    ) == finding.message
    assert [] == codes(f"{text}\na==3; os_name == 'nt'")
    assert [] == codes("a; sys_platform == 'linux'\na; sys_platform != 'darwin'")
    assert [] == codes("a; python_version < '3'\na; sys_platform == 'linux'")


# -- bounds ---------------------------------------------------------------------------------


def test_conflicts_that_are_told() -> None:
    """At the bound all are; above it a finding says what was not compared."""
    full = "a==1\n" + "\n".join(f"a==2; platform_machine != '{i}'" for i in range(MOST_CONFLICTS))
    assert ["requirement-conflict"] * MOST_CONFLICTS == codes(full)
    over = told(f"{full}\na==2; platform_machine != 'x'\na==2")
    assert [*["requirement-conflict"] * MOST_CONFLICTS, "requirement-uncompared"] == [
        each.code for each in over
    ]
    last = over[-1]
    assert "2 requirements are not compared with all others for a" == last.message
    assert last.span is not None
    assert MOST_CONFLICTS + 2 == last.span.line
    one = told(f"{full}\na==2")[-1].message
    assert "1 requirement is not compared with all others for a" == one
    # One more that is compared with nothing else, since its versions fit all before it.
    assert codes(f"{full}\na") == codes(full)


@pytest.mark.parametrize("more", [0, 1])
def test_steps_that_are_taken(more: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """As many as there are; one more leaves requirements uncompared, and it is said of which."""
    # Three pairs of versions that fit each other; seen at a glance, they would take no step.
    text = "a>=1\na>=2\na>=3\n"
    monkeypatch.setattr(together, "MOST_STEPS", 0)
    assert [] == codes(text)
    monkeypatch.setattr(together, "agree", lambda _values: False)
    monkeypatch.setattr(together, "MOST_STEPS", 3 - more)
    assert ["requirement-uncompared"] * more == codes(text)
    monkeypatch.setattr(together, "MOST_STEPS", 0)
    many = "\n".join(f"{name}>=1\n{name}>=2" for name in "abcde")
    [finding] = told(many)
    assert "9 requirements are not compared with all others for a, b, c and 2 more" == (
        finding.message
    )


def test_markers_count_by_their_size(monkeypatch: pytest.MonkeyPatch) -> None:
    """A large marker takes more steps than a small one, and so does a search for a text."""
    large = " or ".join(f"(os_name=='{i}' and platform_machine=='{i}')" for i in range(40))
    searched = "'a' in platform_version and 'b' in platform_version"
    monkeypatch.setattr(together, "MOST_STEPS", 3000)
    for marker in ("os_name=='x'", large, searched):
        found = compared([read_requirement(f"a=={i}; {marker}") for i in range(3)])
        left = not found.uncompared
        assert left is (marker == "os_name=='x'")


def test_to_find_where_takes_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """More than it takes to compare."""
    read = [read_requirement(f"a=={i}; os_name=='nt'") for i in range(3)]
    monkeypatch.setattr(together, "MOST_STEPS", 400)
    assert {"a": (2,)} == compared(read).uncompared
    monkeypatch.setattr(together, "MOST_STEPS", 2000)
    assert {} == compared(read).uncompared


def test_gaps_take_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there are too few, it is said that the requirements were not looked at together."""
    text = "a==1; python_version < '3.8'\na==2; python_version > '3.8'"
    monkeypatch.setattr(together, "MOST_STEPS", 230)
    assert ["requirement-gap"] == codes(text)
    monkeypatch.setattr(together, "MOST_STEPS", 150)
    assert ["requirement-uncompared"] == codes(text)


@pytest.mark.repeats
def test_what_stays_open_is_said() -> None:
    """Whether two markers hold together may take too long to find out."""
    halves = [
        " and ".join(f"'{i:02}' in python_version" for i in some)
        for some in (range(7), range(7, 14))
    ]
    found = told(f"a==1; {halves[0]}\na==2; {halves[1]}")
    assert ["marker-undecided"] == [each.code for each in found]
    assert found[0].span is not None
    assert 2 == found[0].span.line


def test_markers_that_take_long_are_left_open() -> None:
    """Their diagrams are not built, for a conflict or for a gap."""
    wide = " and ".join(f"(extra == 'a{i}' or extra == 'b{i}')" for i in range(60))
    lines = [f"a{op}1; {wide} and python_version {op} '3.8'" for op in "<>"]
    assert ["marker-undecided"] == codes("\n".join(lines))
    assert [] == codes("\n".join(line.replace("a>1", "a<1") for line in lines))


def test_a_conflict_is_plain_data() -> None:
    """With the numbers of both, and where, in words and as values."""
    [found] = compared([read_requirement("a==1"), read_requirement("a==2")]).conflicts
    assert Conflict("a", 0, 1, (), {}, "everywhere") == found


@pytest.mark.parametrize(
    "marker", ["", "; os_name == 'nt'", "; extra == 'x'", "; python_version > '3'"]
)
@pytest.mark.parametrize("requires_python", [">=4", "<2", ">=3.9,<3.9", "nonsense"])
def test_requires_python_that_no_python_satisfies(marker: str, requires_python: str) -> None:
    """Where nothing can be installed, what needs an environment is not told, and nothing raises."""
    text = f"a==1{marker}\na==2; extra == 'y'\na==3; os_name == 'nt'"
    found = {each.code for each in told(text, requires_python)}
    assert ("requirement-conflict" in found) is (requires_python not in (">=4", "<2"))


@pytest.mark.parametrize("requires_python", ["", ">=3.10", "<3.8", "~=3.8.1", ">=3.7,!=3.8.*,<4"])
def test_two_extras_meet_where_any_marker_does(requires_python: str) -> None:
    """Two tests of an extra alone are told as the same two tests in another form."""
    pairs = (("extra == 'y'", "extra == 'x'"), ("(extra == 'y')", "extra == 'x' and extra == 'x'"))
    plain, other = (
        compared(
            [read_requirement(f"a=={i}; {each}") for i, each in enumerate(pair)], requires_python
        )
        for pair in pairs
    )
    assert other == plain
    assert [("x", "y")] == [each.extras for each in plain.conflicts]


def test_two_extras_meet_nowhere_where_nothing_is_installed() -> None:
    """There is no environment to name, so nothing is told of two extras either."""
    pair = [read_requirement(f"a=={each}; extra == 'x{each}'") for each in (1, 2)]
    assert () == compared(pair, ">=4").conflicts
    assert 1 == len(compared(pair, ">=3").conflicts)
