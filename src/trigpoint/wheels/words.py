"""What is said about a wheel, in words that every face shares."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from trigpoint.archives.faults import counted
from trigpoint.wheels.collisions import Collision
from trigpoint.wheels.data import Inspection, RecordVerdict
from trigpoint.wheels.libraries import Library
from trigpoint.wheels.releases import Release
from trigpoint.wheels.tags import TagValue, Why

__all__ = [
    "HOW",
    "SCHEMES",
    "STATES",
    "collision",
    "collisions_summary",
    "data",
    "library",
    "record",
    "release",
    "summary",
    "value",
    "why_summary",
]

SCHEMES: Mapping[str, str] = MappingProxyType(
    {
        "purelib": "modules in Python",
        "platlib": "modules for one platform",
        "scripts": "commands",
        "headers": "C headers",
        "data": "data files",
        "": "nowhere that is known",
    }
)
"""What each scheme holds; the empty one is that of files that no installer places."""

STATES: Mapping[str, str] = MappingProxyType(
    {
        "absent": "in RECORD only",
        "unlisted": "not in RECORD",
        "hash": "wrong hash",
        "encoding": "hash in another encoding",
        "size": "wrong size",
        "algorithm": "hash that is not allowed",
        "unhashed": "no hash",
        "unreadable": "cannot be read",
        "twice": "listed twice",
        "row": "no line of RECORD",
        "many": "more lines than are read",
    }
)
"""What is wrong with a file by RECORD, by its state."""

HOW: Mapping[str, str] = MappingProxyType(
    {
        "same": "the same bytes",
        "differs": "different bytes",
        "case": "names that differ in case",
        "folder": "a file where the other needs a folder",
    }
)
"""How two files meet."""


def _many(number: int, one: str, several: str) -> str:
    return f"{number:,} {one if number == 1 else several}"


def summary(inspection: Inspection) -> str:
    """Say what *inspection* found, in a sentence.

    >>> from trigpoint.wheels.inspection import inspect
    >>> summary(inspect(b"", "a.txt"))
    'a.txt is neither a wheel nor an sdist.'
    """
    name = inspection.name or "The file"
    if not inspection.kind:
        return f"{name} is neither a wheel nor an sdist."
    files = sum(1 for each in inspection.entries if each.kind != "dir")
    what = "a wheel" if inspection.kind == "wheel" else "an sdist"
    if inspection.is_project:
        what = "a project's folder"
    return (
        f"{name} is {what} of "
        f"{_many(files, 'file', 'files')}, {counted(inspection.unpacked)} unpacked."
    )


def record(verdict: RecordVerdict) -> str:
    """Say what RECORD says by its *verdict*, in a sentence.

    >>> record(RecordVerdict(True, 3, 2))
    'RECORD is right about 2 files.'
    """
    if not verdict.present:
        return "There is no RECORD that can be read."
    right = f"RECORD is right about {_many(verdict.verified, 'file', 'files')}"
    if verdict.wrong:
        return f"{right} and wrong about {len(verdict.wrong):,}."
    return f"{right}."


def why_summary(answer: Why, label: str) -> str:
    """Say whether pip takes a file by *answer*, in the environment called *label*.

    >>> from trigpoint.wheels import tag_environment, why
    >>> here = tag_environment("cp313-windows-amd64")
    >>> why_summary(why("a-1-py3-none-any.whl", here), here.label)
    'pip takes it on CPython 3.13, Windows on x86_64: py3-none-any is tag 32 of 45, best first.'
    """
    if answer.taken:
        return (
            f"pip takes it on {label}: {answer.tag} is tag {answer.rank:,} "
            f"of {answer.known:,}, best first."
        )
    if answer.reason == ("name",):
        return "pip takes no file of that name for a wheel."
    if answer.reason == ("together",):
        return (
            f"pip does not take it on {label}: each part of its tags fits, and no three together."
        )
    *first, last = (_PARTS[each] for each in answer.reason)
    parts = f"{', '.join(first)} and {last}" if first else last
    return f"pip does not take it on {label}, because of {parts}."


_PARTS = {"python": "the Python tag", "abi": "the ABI tag", "platform": "the platform tag"}


def value(told: TagValue) -> str:
    """Say what the value *told* of a tag means, and whether it fits.

    >>> value(TagValue("python", "py3", "any Python 3", True))
    'any Python 3: fits'
    """
    text = told.meaning or "not a known value"
    if told.fits:
        return f"{text}: fits"
    near = f"; the nearest here is {told.nearest}" if told.nearest else ""
    return f"{text}: does not fit{near}"


def collision(found: Collision) -> str:
    """Say what meets in the collision *found*, without its target.

    >>> collision(Collision("a", "x", "y", "same", ("pip-venv-posix",)))
    'x and y, the same bytes, in 1 place'
    """
    both = found.first if found.first == found.second else f"{found.first} and {found.second}"
    return f"{both}, {HOW[found.how]}, in {_many(len(found.places), 'place', 'places')}"


def collisions_summary(found: int) -> str:
    """Say in a sentence that two wheels have *found* files in common.

    >>> collisions_summary(0)
    'The two share no file.'
    """
    if not found:
        return "The two share no file."
    return f"The two share {_many(found, 'file', 'files')}; what is installed last overwrites."


def library(found: Library) -> str:
    """Say where the library *found* comes from, and how many files link it.

    >>> library(Library("libm.so.6", "elf", ("a.so", "b.so"), "system"))
    'on every such system, linked by 2 files'
    """
    said = _SOURCES[found.source].format(path=found.path)
    if found.source == "bundled" and not found.reached:
        one = len(found.users) == 1
        said += f", where {'what links it does not' if one else 'not all that link it'} look"
    return f"{said}, linked by {_many(len(found.users), 'file', 'files')}"


_SOURCES = {
    "bundled": "in the wheel as {path}",
    "system": "on every such system",
    "python": "comes with Python",
    "outside": "not in the wheel, has to be there already",
}


def release(found: Release) -> str:
    """Say in a sentence whether the files of the release *found* say the same.

    >>> release(Release("spam", "1.0", ("a", "b")))
    'The 2 files of spam 1.0 say the same.'
    """
    name = f"{found.project or 'no project'} {found.version}".rstrip()
    if len(found.files) == 1:
        return f"There is one file of {name}, and nothing to compare it with."
    files = f"The {len(found.files):,} files of {name}"
    if not found.fields:
        return f"{files} say the same."
    return f"{files} differ in {_many(len(found.fields), 'field', 'fields')}."


def data(sizes: Mapping[str, int]) -> str:
    """Say how many external data there are, by their *sizes*.

    >>> data({"share/man/man1/a.1": 1_500})
    '1 file lands outside of the packages, 1,500 bytes.'
    """
    if not sizes:
        return "No file lands outside of the packages."
    one = len(sizes) == 1
    said = f"{_many(len(sizes), 'file', 'files')} land{'s' if one else ''} outside of the packages"
    return f"{said}, {counted(sum(sizes.values()))}."
