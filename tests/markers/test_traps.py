"""The comparisons that people and tools get wrong, each with its right answer."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from trigpoint.markers import Marker, UndefinedComparison

T, F, E = True, False, "error"


class Trap(NamedTuple):
    marker: str
    environment: dict[str, str]
    right: bool | str
    extras: tuple[str, ...] = ()


def python(full: str) -> dict[str, str]:
    return {"python_version": ".".join(full.split(".")[:2]), "python_full_version": full}


_LINUX = {"os_name": "posix", "sys_platform": "linux", "platform_system": "Linux"}
_KERNEL = {"platform_release": "5.15.0-76-generic"}

TRAPS = [
    # in and not in look for text: no list of versions, and 3.1 is part of 3.12
    Trap("python_version in '3.8, 3.9'", python("3.12.0"), F),
    Trap("python_version not in '3.9'", python("3.9.7"), F),
    Trap("python_full_version in '3.9.10'", python("3.9.1"), T),
    Trap("'3.1' in python_version", python("3.12.0"), T),
    # versions: order by PEP 440, the left side is the candidate
    Trap("'3.10' > python_version", python("3.9.0"), T),
    Trap("python_full_version == '3.9.*'", python("3.9.7"), T),
    Trap("python_full_version == '3.8.*'", python("3.9.7"), F),
    Trap("python_full_version < '3.13'", python("3.13.0b1"), F),
    Trap("python_full_version >= '3.13'", python("3.13.0b1"), F),
    Trap("python_full_version < '3.13' or python_full_version >= '3.13'", python("3.13.0b1"), F),
    Trap("'3.13.0' > python_full_version", python("3.13.0b1"), T),
    Trap("'3.9' ~= python_version", python("3.12.0"), F),
    Trap("'3.9.*' == python_full_version", python("3.9.7"), F),
    Trap("python_version < '3.7.*'", python("3.9.0"), F),
    Trap("python_version ~= '3'", python("3.9.0"), E),
    Trap("python_full_version == '3.12.0'", python("3.12.0+"), T),
    # text where a version was expected
    Trap("platform_release != '5'", _KERNEL, T),
    Trap("platform_release >= '5'", _KERNEL, F),
    Trap("platform_version >= '9'", {"platform_version": "10.0.19045"}, T),
    Trap("implementation_version >= '3.9'", {"implementation_version": "3.10.1"}, T),
    # text has no order
    Trap("os_name > 'nt'", _LINUX, F),
    Trap("os_name >= 'posix'", _LINUX, T),
    Trap("sys_platform in 'linux2'", _LINUX, T),
    Trap("platform_machine == 'i686'", {"platform_machine": ""}, F),
    Trap("os_name == sys_platform", _LINUX, E),
    # extra is a set
    Trap("extra == 'Foo_Bar'", {}, T, ("foo-bar",)),
    Trap("extra != 'x'", {}, F, ("x", "y")),
    Trap("extra == 'x' and extra == 'y'", {}, T, ("x", "y")),
    Trap("extra == 'x' and extra != 'y'", {}, F, ("x", "y")),
    Trap("extra in 'x,y'", {}, F, ("x",)),
    Trap("extra >= 'x'", {}, F, ("x",)),
    Trap("extra == ''", {}, F),
]


@pytest.mark.parametrize("trap", TRAPS, ids=[trap.marker for trap in TRAPS])
def test_right_answer(trap: Trap) -> None:
    """By the specification, the comparison has this answer."""
    marker = Marker(trap.marker)
    if trap.right == E:
        with pytest.raises(UndefinedComparison):
            marker.evaluate(trap.environment, trap.extras)
    else:
        assert trap.right is marker.evaluate(trap.environment, trap.extras)


@pytest.mark.parametrize("trap", TRAPS, ids=[trap.marker for trap in TRAPS])
def test_explained_alike(trap: Trap) -> None:
    """The explanation has the answer that evaluation gives, None for an error."""
    explanation = Marker(trap.marker).explain(trap.environment, trap.extras)
    assert (None if trap.right == E else trap.right) is explanation.value


@pytest.mark.parametrize("trap", TRAPS, ids=[trap.marker for trap in TRAPS])
def test_flagged_or_plain(trap: Trap) -> None:
    """A trap is flagged, unless the comparison means what it says."""
    plain = {
        "python_full_version == '3.9.*'",
        "python_full_version == '3.8.*'",
        "python_full_version == '3.12.0'",
        "implementation_version >= '3.9'",
        "'3.10' > python_version",
        "'3.13.0' > python_full_version",
        "sys_platform in 'linux2'",
        "platform_machine == 'i686'",
    }
    assert (trap.marker not in plain) is bool(Marker(trap.marker).lint())
