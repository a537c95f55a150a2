"""Readable markers that mean something else than they seem to."""

from __future__ import annotations

import pytest

from trigpoint.findings import apply_fix
from trigpoint.markers import Marker

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
    ("python_version >= '3.9.1'", "marker-version-components", "python_full_version >= '3.9.1'"),
    ("python_version == '3.9.*'", None, None),
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
    ("python_version >= '3.9' and sys_platform == 'win32'", None, None),
]


@pytest.mark.parametrize(("text", "code", "fixed"), CASES, ids=[case[0] for case in CASES])
def test_traps_are_named_and_fixed(text: str, code: str | None, fixed: str | None) -> None:
    """Each trap has its finding; a one-click fix gives a marker without it."""
    findings = Marker(text).lint()
    assert ([code] if code else []) == [finding.code for finding in findings]
    repaired = apply_fix(text, findings[0].fix) if findings else text
    assert (fixed or text) == repaired
    if fixed:
        assert code not in [finding.code for finding in Marker(repaired).lint()]


def test_fix_of_a_version_list_says_what_the_list_meant() -> None:
    """The suggested comparison holds for the listed versions, and only for them."""
    text = "python_version in '3.8, 3.9'"
    marker = Marker(apply_fix(text, Marker(text).lint()[0].fix))
    versions = ("3.7", "3.8", "3.9", "3.10", "8, 3")
    assert ["3.8", "3.9"] == [v for v in versions if marker.evaluate({"python_version": v})]
