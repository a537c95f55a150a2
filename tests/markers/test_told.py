"""What is said of markers, word for word: the text that it is about, and what to write for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from trigpoint.findings import Finding
from trigpoint.markers import InvalidMarker, Marker
from trigpoint.markers.reading.grammar import LEGACY, MarkerSyntaxError, parse

from .test_diagnose import CASES as BROKEN
from .test_lints import CASES as ODD

VARIABLES = """
python py_version pyversion version full_version os system platform sys.version
sys.version_info sys.implementation.name sys.implementation.version platform.system
platform.release platform.python_version machine arch architecture processor
platform.processor implementation dependency_group group groups OS_NAME os.name
sys_platfrom python-version nothing_like_it
"""

OPERATORS = """
= => =< <> ! !== ==== ~ =~ =! \u2264 \u2265 \u2260 is eq ne equals notin not_in lt gt le ge <=>
"""

VALUES = "windows win64 win32 nt macos macosx osx posix linux darwin"

MORE = [
    *(f"{name} == 'x'" for name in VARIABLES.split()),
    *(f"os_name {operator} 'x'" for operator in OPERATORS.split()),
    *(f"os_name {operator} 'x'" for operator in ("not", "is not", "NOT IN")),
    *(f"{name} == '1'" for name in sorted(LEGACY)),
    "or os_name == 'a'",
    "and os_name == 'a'",
    "os_name == or os_name == 'a'",
    "os_name == and",
    "os_name == == 'a'",
    "os_name 'a'",
    "os_name == 'a' os_name == 'b'",
    "os_name == 'a' 'b'",
    "os_name == 'a' & os_name == 'b' || os_name == 'c' , os_name == 'd'",
    "(os_name == 'a'",
    "((os_name == 'a')",
    "os_name == 'a')",
    "()",
    "(os_name == 'a') (os_name == 'b')",
    "not os_name == 'a'",
    "not (os_name == 'a')",
    "os_name == a and b == 'c'",
    "3.8 <= python_version",
    "python_version >= 3.8 and python_version < 4",
    "python_version == 3.*",
    "os_name == 'a\"",
    "os_name == \"a' and os_name == 'b'",
    "os_name == \u201ca\u201d",
    "os_name == `a`",
    "os_name == 'a' ; os_name == 'b'",
    "os_name\t==\n'a'",
    "'a' == nothing",
    "extra = x and extra = y",
    "extras in 'a'",
    "os_name == 'x' #",
    "platform_release ~= '5'",
    "platform_version ~= '5.1'",
    "'5' < platform_release",
    "platform_release == '5.*'",
    "python_full_version < '3.13rc1'",
    "python_full_version >= '3.13.1.post1'",
    "python_full_version > '3.13'",
    "'3.13' > python_full_version",
    "'x' > python_version",
    "'3.9.*' < python_version",
    "python_version ~= '3.9.*'",
    "python_version === '3.9'",
    "python_version >= '3.*'",
    "python_version < '3.9.1'",
    "python_version == '3'",
    "python_version in '3.8'",
    "python_version in 'three'",
    "python_version in ''",
    "python_version not in '3.8,3.9|3.10'",
    "python_full_version in '3.8.1 3.8.2'",
    "os_name > 'nt'",
    "os_name <= 'nt'",
    "'nt' <= os_name",
    "os_name === 'nt'",
    "sys_platform == 'Windows'",
    "sys_platform == 'win'",
    "sys_platform == 'linux2'",
    "platform_machine == 'amd64'",
    "platform_machine == 'X86_64'",
    "platform_system == 'Mac'",
    "os_name == 'windows'",
    "platform_python_implementation == 'cpython'",
    "implementation_name == 'CPython'",
    *(f"sys_platform == '{value}'" for value in VALUES.split()),
    *(f"platform_system == '{value}'" for value in VALUES.split()),
    *(f"os_name == '{value}'" for value in VALUES.split()),
    "extras != 'a'",
    "dependency_groups ~= 'a'",
    "extras < 'a'",
    "'a' == extras",
    "python_version == '3.9.*'",
    "python_version === '3.*'",
    "extra == 'a' and extra != 'b' and extra == 'c'",
    "extra not in 'a'",
    "extra in 'a'",
    "'A_b' == extra",
    "'' == extra",
    "extra != ''",
    "'A_b' in extras",
    "extras == 'a'",
    "dependency_groups == 'a'",
    "os.name == 'nt' and 'a' in extras",
]


def texts() -> list[str]:
    """Return all cases once, without those that are long."""
    every = [*(case[0] for case in BROKEN), *(case[0] for case in ODD), *MORE]
    return [text for text in dict.fromkeys(every) if len(text) < 200]


def findings(text: str) -> tuple[Finding, ...]:
    """Return what is said of a marker, whether or not it can be read."""
    try:
        return tuple(Marker(text).lint())
    except InvalidMarker as error:
        return error.findings


def told(text: str) -> Iterator[str]:
    for each in findings(text):
        assert each.span is not None
        marked = text[each.span.start : each.span.end]
        fix = each.fix and (each.fix.message, each.fix.replacement)
        where = "" if each.fix is None or each.fix.span in (None, each.span) else " elsewhere"
        yield f"{each.code} {marked!r}: {each.message!r}, {fix}{where}"


def test_what_is_told(record: Callable[[str, list[str]], None]) -> None:
    """The words, the places and the fixes are those of the record."""
    record("told.txt", [line for text in texts() for line in (f"== {text!r}", *told(text))])


@pytest.mark.parametrize(
    ("text", "offset"),
    [
        ("os_name == 'a'  \t x", 18),
        ("os_name == 'a' and  )", 20),
        (" x", 1),
        ("(os_name == 'a'  ", 17),
        ("os_name == 'a')", 14),
        ("", 0),
    ],
)
def test_reading_stops_where_the_fault_is(text: str, offset: int) -> None:
    """Blanks before what cannot be read are no part of the fault."""
    with pytest.raises(MarkerSyntaxError) as caught:
        parse(text)
    assert offset == caught.value.offset
