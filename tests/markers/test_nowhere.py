"""Markers that hold nowhere, or on no known platform."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trigpoint.findings import Finding, apply_fix
from trigpoint.markers import ENVIRONMENTS, Marker
from trigpoint.markers.exact.nowhere import MOST_TESTS

TRIAL = Path(__file__).parents[1] / "data" / "trial"
CODES = ("marker-never", "marker-no-platform", "marker-always")


def told(text: str) -> list[Finding]:
    """Return what is said of the marker *text*, if it holds nowhere."""
    return [each for each in Marker(text).lint() if each.code in CODES]


def test_case_m09() -> None:
    """Each test holds somewhere, and the message says what the other one should be."""
    texts = [line.partition("; ")[2] for line in (TRIAL / "M09.txt").read_text().splitlines()]
    assert [
        (
            'no known platform has both os_name == "nt" and sys_platform == "linux": '
            "where the first holds, sys_platform is 'win32'"
        ),
        (
            'no known platform has both os_name == "posix" and sys_platform == "win32": '
            "where the second holds, os_name is 'nt'"
        ),
    ] == [each.message for text in texts for each in told(text)]
    [finding] = told(texts[0])
    assert finding.span is not None
    assert (0, len(texts[0])) == (finding.span.start, finding.span.end)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("platform_machine == 'arm64' and sys_platform == 'linux'", "aarch64"),
        ("sys_platform == 'darwin' and platform_machine == 'aarch64'", "arm64"),
        ("platform_machine == 'aarch64' and os_name == 'nt'", "ARM64"),
        ("platform_machine == 'x86_64' and sys_platform == 'win32'", "AMD64"),
        ("platform_system == 'Linux' and 'AMD64' == platform_machine", "x86_64"),
        ("platform_machine == 'x86' and platform_system == 'Linux'", "i686"),
        # No name of it is there, it has the right one, or it is not asked for one machine.
        ("platform_machine == 'i686' and sys_platform == 'darwin'", None),
        ("platform_machine == 'riscv64' and sys_platform == 'win32'", None),
        (
            (
                "platform_machine != 'AMD64' and platform_machine != 'ARM64' and "
                "platform_machine != 'x86' and sys_platform == 'win32'"
            ),
            None,
        ),
        ("platform_machine == 'arm64' and sys_platform == 'darwin' and os_name == 'nt'", None),
    ],
)
def test_a_machine_is_called_otherwise_there(text: str, name: str | None) -> None:
    """Its name on that platform is told, and the fix writes it."""
    [finding] = told(text)
    assert finding.fix is not None
    if name is None:
        assert "is called" not in finding.message
        assert "keep one" == finding.fix.message
    else:
        assert finding.message.endswith(f": that machine is called {name!r} there")
        assert f"write {name!r}" == finding.fix.message
        assert [] == told(apply_fix(text, finding.fix))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("python_version < '3.8' and python_version > '3.9'", "marker-never"),
        ("sys_platform == 'linux' and sys_platform == 'win32'", "marker-never"),
        ("extra == 'x' and extra != 'x'", "marker-never"),
        ("(os_name == 'a' or os_name == 'b') and os_name == 'c'", "marker-never"),
        ("platform_machine == 'arm64' and sys_platform == 'win32'", "marker-no-platform"),
        (
            "implementation_name == 'pypy' and platform_python_implementation == 'CPython'",
            "marker-no-platform",
        ),
        ("os_name == 'nt' and platform_system != 'Windows'", "marker-no-platform"),
        (
            "(os_name == 'nt' or platform_system == 'Windows') and sys_platform == 'linux'",
            "marker-no-platform",
        ),
        ("python_version != '3.8' or python_version != '3.9'", "marker-always"),
        ("os_name == 'nt' or os_name != 'nt'", "marker-always"),
        ("os_name != 'nt' or extra == 'x'", ""),
        # It holds, or a platform that is not in the table may be like that.
        ("os_name == 'nt' and sys_platform == 'win32'", ""),
        ("sys_platform == 'haiku1' and os_name == 'nt'", ""),
        ("os_name == 'nt' and sys_platform == 'linux' or extra == 'x'", ""),
        ("sys_platform == 'haiku1'", ""),
        ("sys_platform == 'linux' and extra == 'x'", ""),
        ("python_version < '3' and platform_machine == 'x'", ""),
        # One comparison alone, one without a meaning, and one that has to be searched for.
        ("python_version < '0'", ""),
        ("python_version ~= '3' and python_version < '2'", ""),
        ("'a' in platform_version and platform_version == 'b'", "marker-never"),
        ("'a' in platform_version and platform_version in 'b'", ""),
        ("os_name == sys_platform and os_name == 'nt'", ""),
    ],
)
def test_what_is_said(text: str, expected: str) -> None:
    """At most one of the two, and neither where it could hold."""
    assert [expected] * bool(expected) == [each.code for each in told(text)]


def test_a_machine_of_another_system() -> None:
    """Where too many values would be left on either side, none is named."""
    [finding] = told("sys_platform == 'linux' and platform_machine == 'arm64' and os_name == 'nt'")
    assert (
        'no known platform has both sys_platform == "linux" and platform_machine == "arm64"'
    ) == finding.message


def test_three_tests_that_exclude_each_other() -> None:
    """Where no two of them do, none is named."""
    text = (
        "platform_machine == 'aarch64' and os_name == 'posix' "
        "and (sys_platform == 'darwin' or sys_platform == 'ios')"
    )
    assert told(text)[0].message.startswith("no known platform has both")
    text = (
        "platform_machine != 'x86_64' and sys_platform == 'darwin' "
        "and platform_machine != 'arm64' and os_name == 'posix'"
    )
    assert "no known platform passes all of these tests" == told(text)[0].message


@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        (
            "python_version != '3.8' or python_version != '3.9' or python_version != \"4\"",
            "python_version != '3.8' and python_version != '3.9' and python_version != \"4\"",
        ),
        ("os_name == 'nt' or os_name != 'nt'", None),
        ("extra == 'x' or (os_name != 'nt' or os_name != 'b')", None),
    ],
)
def test_a_marker_that_always_holds(text: str, fixed: str | None) -> None:
    """Where all tests are unlike something, each was meant; of others nothing is known."""
    [finding] = told(text)
    assert "one of these tests always holds" == finding.message
    assert finding.fix is not None
    assert fixed == (apply_fix(text, finding.fix) if finding.fix.replacement else None)
    assert finding.span is not None
    assert (0, len(text)) == (finding.span.start, finding.span.end)


@pytest.mark.parametrize("more", [0, 1])
def test_tests_that_are_looked_at(more: int) -> None:
    """Among as many as the bound two are named, and of more the first ones are looked at."""
    fill = [f"platform_machine != 'm{i}'" for i in range(MOST_TESTS - 2 + more)]
    text = " and ".join([*fill, "os_name == 'nt'", "sys_platform == 'linux'"])
    assert bool(more) is told(text)[0].message.startswith("no known platform passes")


def test_a_large_marker_is_left_alone() -> None:
    """What would take long to find out is not looked for."""
    wide = " and ".join(f"(extra == 'a{i}' or extra == 'b{i}')" for i in range(60))
    assert ["marker-never"] == [each.code for each in told("extra == 'x' and extra != 'x'")]
    assert [] == told(f"{wide} and extra == 'x' and extra != 'x'")


TESTS = [
    "os_name == 'nt'",
    "os_name == 'posix'",
    "sys_platform == 'linux'",
    "sys_platform == 'win32'",
    "platform_system == 'Darwin'",
    "platform_machine == 'ARM64'",
    "platform_machine != 'x86_64'",
    "implementation_name == 'pypy'",
    "python_version >= '3.12'",
    "extra == 'x'",
]


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(TESTS), st.sampled_from(["and", "or"])), min_size=2, max_size=5
    )
)
def test_no_named_environment_passes(parts: list[tuple[str, str]]) -> None:
    """What is said to hold nowhere holds in no named environment, with or without extras."""
    text = " ".join(part for pair in parts for part in pair).rpartition(" ")[0]
    marker = Marker(text)
    if told(text):
        assert not any(
            marker.evaluate(each, extras)
            for each in ENVIRONMENTS.values()
            for extras in ((), ("x",))
        )
