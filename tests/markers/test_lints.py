"""Readable markers that mean something else than they seem to."""

from __future__ import annotations

import pytest

from trigpoint.findings import Finding, Fix, apply_fix
from trigpoint.markers import Marker
from trigpoint.versions import MOST_DIGITS

LONG = "9" * (MOST_DIGITS + 1)

CASES = [
    (
        "python_version in '3.8, 3.9'",
        "marker-version-substring",
        "(python_version == '3.8' or python_version == '3.9')",
    ),
    (
        "python_version not in '3.8 3.9'",
        "marker-version-substring",
        "(python_version != '3.8' and python_version != '3.9')",
    ),
    ("'3.1' in python_version", "marker-version-substring", None),
    ("platform_release >= '5'", "marker-release-text", None),
    ("platform_version != '10'", "marker-release-text", None),
    ("os_name < 'nt'", "marker-string-order", None),
    ("os_name >= 'nt'", "marker-string-order", "os_name == 'nt'"),
    ("python_full_version < '3.13'", "marker-prerelease", None),
    ("python_full_version >= '3.13'", "marker-prerelease", None),
    ("python_full_version >= '3.13.0'", "marker-prerelease", None),
    ("python_full_version < '3.11.3'", None, None),
    ("python_full_version >= '3.11.3'", None, None),
    ("python_full_version == '3.9'", "marker-version-patch", "python_version == '3.9'"),
    ("python_full_version != '3.9'", "marker-version-patch", "python_version != '3.9'"),
    ("python_full_version <= '3.9'", "marker-version-patch", "python_version <= '3.9'"),
    ("python_full_version > '3.9'", "marker-version-patch", "python_version > '3.9'"),
    ("python_full_version == '3.9.*'", None, None),
    ("python_full_version == '3.9.0'", None, None),
    ("python_full_version > '3.9rc1'", None, None),
    ("python_full_version > '3'", None, None),
    ("python_full_version === '3.9'", None, None),
    ("implementation_version > '3.9'", None, None),
    ("python_version >= '3.9.1'", "marker-version-components", "python_full_version >= '3.9.1'"),
    ("python_version == '3.9.*'", None, None),
    ("python_version == '3'", "marker-version-components", "python_version == '3.*'"),
    ("python_version != '2'", "marker-version-components", "python_version != '2.*'"),
    ("python_version == '3.*'", None, None),
    ("python_version == '3.0'", None, None),
    ("python_version >= '3'", None, None),
    ("python_version < '3'", None, None),
    ("python_version >= '3.9.0'", None, None),
    (
        "python_version == '3.9.1.*'",
        "marker-version-components",
        "python_full_version == '3.9.1.*'",
    ),
    ("python_version >= 'three'", "marker-not-a-version", None),
    ("python_version < '3.7.*'", "marker-wildcard-order", "python_version < '3.7'"),
    ("python_version ~= '3'", "marker-undefined-comparison", "python_version ~= '3.0'"),
    ("python_version ~= 'x'", "marker-undefined-comparison", None),
    ("os_name ~= 'nt'", "marker-undefined-comparison", "os_name == 'nt'"),
    ("'3.9' ~= python_version", "marker-swapped", "python_version ~= '3.9'"),
    ("'3.9.*' == python_full_version", "marker-swapped", "python_full_version == '3.9.*'"),
    ("'3.9' <= python_version", None, None),
    ("extra != 'x'", "marker-extra-negation", None),
    ("extra == 'x' and extra == 'y'", "marker-extra-conjunction", None),
    ("extra == 'x' and (os_name == 'nt' and extra == 'y')", "marker-extra-conjunction", None),
    ("extra == 'x' or extra == 'y'", None, None),
    ("extra >= 'x'", "marker-extra-operator", "extra == 'x'"),
    ("'x' in extra", "marker-extra-operator", "extra == 'x'"),
    (
        "extra in 'x, y|z'",
        "marker-extra-operator",
        "(extra == 'x' or extra == 'y' or extra == 'z')",
    ),
    ("extra in ' '", "marker-extra-operator", "extra == ' '"),
    ("extra not in 'x y'", "marker-extra-operator", None),
    ("extra == ''", "marker-extra-empty", None),
    ("extra == 'Foo_Bar'", "marker-extra-name", "extra == 'foo-bar'"),
    ("'x' in extras", "marker-extras-context", "extra == 'x'"),
    ("'x' not in extras", "marker-extras-context", "extra != 'x'"),
    ("'x' in dependency_groups", "marker-extras-context", None),
    ("sys.platform == 'linux'", "marker-legacy-name", "sys_platform == 'linux'"),
    (
        "python_implementation == 'CPython'",
        "marker-legacy-name",
        "platform_python_implementation == 'CPython'",
    ),
    ("os_name == sys_platform", "marker-two-variables", None),
    ("'a' == 'b'", "marker-two-values", None),
    ("platform_system == 'windows'", "marker-unlikely-value", "platform_system == 'Windows'"),
    ("sys_platform == 'macos'", "marker-unlikely-value", "sys_platform == 'darwin'"),
    ("implementation_name != 'PyPy'", "marker-unlikely-value", "implementation_name != 'pypy'"),
    ("sys_platform == 'mysystem'", None, None),
    (f"python_version > '3.{LONG}'", "marker-version-digits", None),
    (f"'{LONG}' == platform_release", "marker-version-digits", None),
    (f"python_version === '{LONG}'", "marker-version-digits", None),
    (f"os_name == '{LONG}'", None, None),
    (f"python_version in '{LONG}'", "marker-version-substring", None),
    (f"python_version > '3.{LONG[1:]}'", None, None),
    ("python_version >= '3.9' and sys_platform == 'win32'", None, None),
]


def fix_of(finding: Finding) -> Fix:
    """Return the fix of a finding, which must have one."""
    assert finding.fix is not None
    return finding.fix


def extent(finding: Finding) -> tuple[int, int]:
    """Return where a finding starts and ends in the text."""
    assert finding.span is not None
    return finding.span.start, finding.span.end


@pytest.mark.parametrize(("text", "code", "fixed"), CASES, ids=[case[0] for case in CASES])
def test_traps_are_named_and_fixed(text: str, code: str | None, fixed: str | None) -> None:
    """Each trap has its finding; a one-click fix gives a marker without it."""
    findings = Marker(text).lint()
    assert ([code] if code else []) == [finding.code for finding in findings]
    repaired = apply_fix(text, fix_of(findings[0])) if findings else text
    assert (fixed or text) == repaired
    if fixed:
        assert code not in [finding.code for finding in Marker(repaired).lint()]


def test_fix_of_a_version_list_says_what_the_list_meant() -> None:
    """The suggested comparison holds for the listed versions, and only for them."""
    text = "python_version in '3.8, 3.9'"
    marker = Marker(apply_fix(text, fix_of(Marker(text).lint()[0])))
    versions = ("3.7", "3.8", "3.9", "3.10", "8, 3")
    assert ["3.8", "3.9"] == [v for v in versions if marker.evaluate({"python_version": v})]


def test_long_numbers_are_marked() -> None:
    """The finding stands at the digits; where an escape hides them, at the value."""
    (finding,) = Marker(f"python_version > '3.{LONG}'").lint()
    assert (20, 20 + len(LONG)) == extent(finding)
    hidden = r"\x39" * len(LONG)
    (finding,) = Marker(f"python_version > '{hidden}'").lint()
    assert (17, 17 + len(hidden) + 2) == extent(finding)


def test_extras_that_one_and_asks_for() -> None:
    """Each extra after the first is marked once, also where groups are nested."""
    text = "extra == 'c' and (extra == 'b' and (extra == 'a' and extra == 'b'))"
    found = [each for each in Marker(text).lint() if each.code == "marker-extra-conjunction"]
    assert [18, 36] == [extent(each)[0] for each in found]
    assert "so b and a together" in found[1].message
    assert "so c and b together" in found[0].message
    inner = "extra == 'a' or os_name == 'x' and (extra == 'b' and extra == 'c')"
    assert ["marker-extra-conjunction"] == [each.code for each in Marker(inner).lint()]
