"""Why pip would take a wheel here, or would not: the tags of its name against an environment.

Idea: an environment is a list of tags, best first, and the name of a wheel is three sets of
values.  The first tag of the list whose three parts are in the three sets is how the wheel
fits; where there is none, each value is looked up by itself, which says what is in the way.

Cost: linear in the tags of the environment and in the values of the name; a compressed tag
set is never spread out.

Example: ``cp312-cp312-manylinux_2_39_x86_64`` on CPython 3.13 with glibc 2.36 fails twice, and
both are told.

Source: platform compatibility tags specification.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from trigpoint.archives.faults import shown
from trigpoint.catalogue import report
from trigpoint.findings import Finding
from trigpoint.wheels.environments import TagEnvironment
from trigpoint.wheels.names import read_file_name

__all__ = ["PARTS", "TagValue", "Why", "best_first", "meaning", "why"]

PARTS: Final = ("python", "abi", "platform")
"""The parts of a tag, in their order."""


@dataclass(frozen=True, slots=True)
class TagValue:
    """One value of a wheel's tags: the ``part`` it is in, its ``text`` and what it means.

    ``fits`` says whether the environment takes it in any tag at all; where not,
    ``nearest`` is the value of the environment that comes closest, empty if none does.
    """

    part: str
    text: str
    meaning: str
    fits: bool
    nearest: str = ""


@dataclass(frozen=True, slots=True)
class Why:
    """Whether pip would take ``file_name`` in the environment called ``environment``.

    ``taken`` by the ``tag``, which is number ``rank`` of the ``known`` tags of the
    environment, from 1; else ``tag`` is empty, ``rank`` 0 and ``reason`` the parts that do
    not fit, or ``"together"`` if each does, and not with the others; or ``"name"`` if
    the file has no name of a wheel.  ``values`` are those of the name in order.
    """

    file_name: str
    environment: str
    taken: bool
    tag: str
    rank: int
    known: int
    reason: tuple[str, ...]
    values: tuple[TagValue, ...]
    findings: tuple[Finding, ...] = ()


def why(file_name: str, environment: TagEnvironment) -> Why:
    """Say whether pip would take the wheel *file_name* in *environment*, and why.

    Of two files that it takes, pip prefers the lower rank, then the higher build number.
    Requires-Python, which is in the metadata, is not looked at.

    >>> from trigpoint.wheels.environments import tag_environment
    >>> here = tag_environment("cp313-glibc2.36-x86_64")
    >>> why("a-1-cp313-cp313-manylinux_2_17_x86_64.whl", here).rank
    21
    >>> why("a-1-cp312-cp312-manylinux_2_17_x86_64.whl", here).reason
    ('abi',)
    """
    name, known = environment.name, len(environment.tags)
    parts, wrong = read_file_name(file_name)
    if parts is None:
        said = report("wheel-name", f"{shown(file_name)} is no name of a wheel: {wrong}")
        return Why(file_name, name, False, "", 0, known, ("name",), (), (said,))
    wanted = tuple(map(frozenset, (parts.python, parts.abi, parts.platform)))
    tag, rank = "", 0
    seen: tuple[dict[str, None], ...] = ({}, {}, {})
    for number, each in enumerate(environment.tags, start=1):
        values = each.split("-")
        for value, column in zip(values, seen, strict=True):
            column[value] = None
        if not tag and all(value in part for value, part in zip(values, wanted, strict=True)):
            tag, rank = each, number
    told = tuple(
        TagValue(part, text, meaning(text), text in column, _nearest(text, column))
        for part, texts, column in zip(
            PARTS, (parts.python, parts.abi, parts.platform), seen, strict=True
        )
        for text in texts
    )
    reason: tuple[str, ...] = ()
    if not tag:
        fitting = {each.part for each in told if each.fits}
        reason = tuple(part for part in PARTS if part not in fitting) or ("together",)
    return Why(file_name, name, bool(tag), tag, rank, known, reason, told)


def best_first(answers: Iterable[Why]) -> tuple[Why, ...]:
    """Return those of *answers* whose file is taken, as pip prefers them within one version.

    >>> from trigpoint.wheels.environments import tag_environment
    >>> here = tag_environment("cp313-windows-amd64")
    >>> names = ["a-1-py3-none-any.whl", "a-1-2-py3-none-any.whl", "a-1-cp313-cp313-win_amd64.whl"]
    >>> [each.file_name for each in best_first(why(name, here) for name in names)][:2]
    ['a-1-cp313-cp313-win_amd64.whl', 'a-1-2-py3-none-any.whl']
    """
    taken = [each for each in answers if each.taken]
    # A stable sort leaves files that are the same to pip as they came.
    later = sorted(taken, key=lambda each: _build(each.file_name), reverse=True)
    return tuple(sorted(later, key=lambda each: each.rank))


def _build(file_name: str) -> tuple[int, str, str]:
    """Return what orders the build number of *file_name*: its digits as a number, then the rest.

    None at all comes before zero.
    """
    parts, _ = read_file_name(file_name)
    build = parts.build if parts else ""
    rest = build.lstrip("0123456789")
    digits = build[: len(build) - len(rest)].lstrip("0")
    return len(digits) if build else -1, digits, rest


_PYTHON: Final = re.compile(r"(py|cp|pp)([0-9])([0-9]{0,3})").fullmatch
_ABI: Final = re.compile(r"(?:cp|pypy)([0-9])([0-9]{1,3})(t?)(?:_pp[0-9]+)?").fullmatch
_PLATFORM: Final = re.compile(
    r"(manylinux|musllinux|macosx)_([0-9]{1,4})_([0-9]{1,4})_(\w+)"
).fullmatch
_OLD: Final = re.compile(r"(manylinux1|manylinux2010|manylinux2014)_(\w+)").fullmatch
_OLD_MINOR: Final = {"manylinux1": "5", "manylinux2010": "12", "manylinux2014": "17"}
_SYSTEMS: Final = {
    "manylinux": "Linux with glibc",
    "musllinux": "Linux with musl",
    "macosx": "macOS",
}
_PLAIN: Final = {
    "any": "any system",
    "none": "no ABI of Python",
    "abi3": "the stable ABI, which later versions have too",
    "abi3t": "the stable ABI of free-threaded builds, which later versions have too",
    "win32": "Windows on x86, 32 bits",
    "win_amd64": "Windows on x86_64",
    "win_arm64": "Windows on ARM64",
}
_INTERPRETERS: Final = {"cp": "CPython", "pp": "PyPy"}


def meaning(value: str) -> str:
    """Say in words what the *value* of a tag stands for; empty if that is not known.

    >>> meaning("manylinux_2_28_x86_64"), meaning("py3"), meaning("cp313t")
    ('Linux with glibc 2.28 or later on x86_64', 'any Python 3', 'free-threaded CPython 3.13')
    """
    if plain := _PLAIN.get(value):
        return plain
    if found := _PLATFORM(value):
        system, major, minor, machine = found.groups()
        return f"{_SYSTEMS[system]} {major}.{minor} or later on {machine}"
    if found := _OLD(value):
        return f"Linux with glibc 2.{_OLD_MINOR[found[1]]} or later on {found[2]}"
    if value.startswith("linux_"):
        return f"Linux of the build machine's kind on {value.removeprefix('linux_')}"
    if found := _PYTHON(value):
        kind, major, minor = found.groups()
        if kind == "py":
            return f"Python {major}.{minor} or later" if minor else f"any Python {major}"
        return f"{_INTERPRETERS[kind]} {major}.{minor}" if minor else f"any {_INTERPRETERS[kind]}"
    if found := _ABI(value):
        major, minor, free = found.groups()
        name = "CPython" if value.startswith("cp") else "PyPy"
        return f"{'free-threaded ' if free else ''}{name} {major}.{minor}"
    return ""


def _nearest(value: str, known: dict[str, None]) -> str:
    """Return which of the values *known* is closest to *value*; empty if it is one or none is."""
    if value in known:
        return ""
    if found := (_PLATFORM(value) or _OLD(value)):
        family = _family(value)
        return next((each for each in known if _family(each) == family), "")
    if found := (_PYTHON(value) or _ABI(value)):
        start = found[0].rstrip("0123456789t_")[:2]
        return next((each for each in known if each.startswith(start) and each != "none"), "")
    return ""


def _family(value: str) -> tuple[str, str]:
    """Return system and machine of a platform tag with a version; empty texts for any other."""
    if found := _PLATFORM(value):
        return found[1], found[4]
    if found := _OLD(value):
        return "manylinux", found[2]
    return "", ""
