"""Where ``rules="spec"`` answers otherwise than ``packaging``, in which versions, and why.

Under ``rules="installers"`` there is no difference at all.  The reference page
shows this table, and the tests hold every other comparison to be the same.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from trigpoint.markers.meaning.semantics import SET_VARIABLES, VERSION_VARIABLES
from trigpoint.markers.reading.tree import Comparison, Variable

__all__ = ["DIFFERENCES", "PACKAGINGS", "Difference", "known"]

PACKAGINGS = ("26.3", "26.4")
"""The versions of ``packaging`` that differences are tested with, oldest first."""


def known(version: str) -> str:
    """Return the one of :data:`PACKAGINGS` by which to judge ``packaging`` *version*.

    A version that no table knows is taken to be as the newest known.

    >>> known("26.3"), known("99")
    ('26.3', '26.4')
    """
    return version if version in PACKAGINGS else PACKAGINGS[-1]


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference.

    ``marker`` is an example, ``environment`` and ``extras`` where it shows;
    ``packaging`` and ``spec`` are the two answers (``"error"`` for an
    exception).  ``applies`` says whether a comparison may be touched by it,
    ``versions`` in which of ``PACKAGINGS`` the difference is there.
    """

    name: str
    marker: str
    environment: dict[str, str]
    extras: tuple[str, ...]
    packaging: bool | str
    spec: bool | str
    reason: str
    applies: Callable[[Comparison], bool]
    versions: tuple[str, ...] = PACKAGINGS


def _is(*names: str) -> Callable[[Comparison], bool]:
    def applies(node: Comparison) -> bool:
        return node.variable is not None and node.variable.name in names

    return applies


def _extra_with(*, known: bool) -> Callable[[Comparison], bool]:
    def applies(node: Comparison) -> bool:
        return _is("extra")(node) and (node.op in ("==", "!=")) is known

    return applies


def _empty_extra(node: Comparison) -> bool:
    return _is("extra")(node) and node.literal is not None and not node.literal.value


def _two_variables(node: Comparison) -> bool:
    return isinstance(node.left, Variable) and isinstance(node.right, Variable)


def _two_values(node: Comparison) -> bool:
    return node.variable is None


DIFFERENCES: tuple[Difference, ...] = (
    Difference(
        "extra-set",
        "extra == 'a' and extra == 'b'",
        {},
        ("a", "b"),
        False,
        True,
        "The specification reads extra as the set of all requested extras; packaging is given one "
        "extra at a time.",
        _extra_with(known=True),
    ),
    Difference(
        "extra-operator",
        "'x' in extra",
        {},
        ("x",),
        True,
        False,
        "Operators other than == and != on extra should be false by the specification; packaging "
        "compares text.",
        _extra_with(known=False),
    ),
    Difference(
        "extra-empty",
        "extra == ''",
        {},
        (),
        True,
        False,
        "packaging stands in an empty name where no extra is requested; the set is empty then.",
        _empty_extra,
    ),
    Difference(
        "text-fallback",
        "platform_release != '5'",
        {"platform_release": "5.15.0-76-generic"},
        (),
        False,
        True,
        "Where one side is no version the specification falls back to text; packaging answers "
        "False whatever the operator.",
        _is(*VERSION_VARIABLES),
    ),
    Difference(
        "platform-version",
        "platform_version >= '9'",
        {"platform_version": "10.0.19045"},
        (),
        False,
        True,
        "platform_version is compared as a version where both sides are versions; packaging "
        "compares text.",
        _is("platform_version"),
    ),
    Difference(
        "two-variables",
        "os_name == sys_platform",
        {},
        (),
        False,
        "error",
        "A variable on both sides has no defined meaning; packaging takes the right one for the "
        "text of its own name.",
        _two_variables,
    ),
    Difference(
        "two-values",
        "'posix' == 'os_name'",
        {"os_name": "posix"},
        (),
        True,
        "error",
        "A comparison without a variable has no defined meaning; packaging looks up the right "
        "value as if it were a variable.",
        _two_values,
    ),
    Difference(
        "set-context",
        "'x' in extras",
        {},
        ("x",),
        "error",
        True,
        "packaging defines extras and dependency_groups in lock files only; here they hold what "
        "was requested, and a finding says where they are allowed.",
        _is(*SET_VARIABLES),
    ),
)
"""Every difference, most common first."""
