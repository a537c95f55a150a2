"""Poetry's ways to write versions, as specifiers of PEP 440 and as markers.

Source: Poetry's documentation, "Dependency specification"; Version specifiers.
"""

from __future__ import annotations

import re
from typing import Final

from packaging.specifiers import InvalidSpecifier
from packaging.version import InvalidVersion

from trigpoint.versions import is_version, number, specifiers, version

__all__ = ["MOST_MINORS", "python_marker", "to_specifier"]

MOST_MINORS: Final = 30
"""Minor versions that are left out one by one between two ranges."""

_PARTS: Final = re.compile(
    r"[ \t]*(\^|~(?!=)|~=|===?|!=|<=|>=|<|>)?[ \t]*((?:[^\s,<>=!^~|]|!(?!=))+)"
).match
_RELEASE: Final = re.compile(r"v?((?:[0-9]+!)?)([0-9]+(?:\.[0-9]+)*)").match
_MINOR: Final = re.compile(r"([0-9]+)(?:\.([0-9]+))?(?:\.0)*\Z").match


def to_specifier(text: str) -> str | None:
    """Return *text*, a constraint of Poetry, as specifiers; None if it is none that they can say.

    >>> to_specifier("^1.2"), to_specifier("~1.2.3"), to_specifier("*"), to_specifier("1.2")
    ('>=1.2,<2.0', '>=1.2.3,<1.3', '', '==1.2')
    >>> to_specifier("^0.3"), to_specifier(">=1 <2"), to_specifier("~2.7 || ^3.2")
    ('>=0.3,<0.4', '>=1,<2', '>=2.7,!=3.0.*,!=3.1.*,<4.0')
    """
    branches = re.split(r"\|\|?", text)
    found = [_conjunction(branch) for branch in branches]
    said = [each for each in found if each is not None]
    if len(said) != len(found):
        return None
    if len(said) == 1:
        return said[0]
    return _union(said)


def _conjunction(text: str) -> str | None:
    """Return the specifiers of *text*, which has no alternatives."""
    parts: list[str] = []
    for piece in text.split(","):
        at = 0
        while piece[at:].strip():
            match = _PARTS(piece, at)
            if match is None:
                return None
            one = _one(match[1] or "", match[2])
            if one is None:
                return None
            parts += [one] if one else []
            at = match.end()
    joined = ",".join(parts)
    try:
        specifiers(joined)
    except InvalidSpecifier:
        return None
    return joined


def _one(operator: str, written: str) -> str | None:
    if written in ("*", "x", "X"):
        return "" if operator in ("", "==", ">=", "^", "~") else None
    if operator in ("^", "~"):
        return _range(written, caret=operator == "^")
    if written.endswith(".*"):
        return f"{operator or '=='}{written}" if operator in ("", "==", "!=") else None
    if not is_version(written):
        return None
    return f"{operator or '=='}{written}"


def _range(written: str, *, caret: bool) -> str | None:
    """Return the range of a caret, which keeps the first number but 0, or of a tilde: the second."""
    match = _RELEASE(written)
    if match is None or not is_version(written):
        return None
    numbers = match[2].split(".")
    kept = min(2, len(numbers))
    if caret:
        kept = next((i for i, each in enumerate(numbers, 1) if each.strip("0")), len(numbers))
    try:
        last = number(numbers[kept - 1]) + 1
    except InvalidVersion:
        return None
    upper = [*numbers[: kept - 1], str(last)]
    if len(upper) < 2:
        # Poetry writes <2.0 for ^1.2, and ^1 as <2: as many numbers as there were, two at most.
        upper += ["0"] * (min(2, len(numbers)) - len(upper))
    return f">={written},<{match[1]}{'.'.join(upper)}"


def _bounds(text: str) -> tuple[str, str] | None:
    """Return the lower and the upper bound of *text*; None if it has anything else."""
    low = high = ""
    for clause in text.split(","):
        if clause.startswith("==") and clause.endswith(".*"):
            range_ = _range(clause[2:-2], caret=False)
            match = _MINOR(clause[2:-2])
            if range_ is None or match is None:
                return None
            low, _, high = range_.replace(">=", "").partition(",<")
        elif clause.startswith(">=") and not low:
            low = clause[2:]
        elif clause.startswith("<") and clause[1:2] != "=" and not high:
            high = clause[1:]
        else:
            return None
    return low, high


def _union(branches: list[str]) -> str | None:
    """Return one list of specifiers for all *branches*, with the minors between them left out."""
    if "" in branches:
        return ""
    bounds = [_bounds(branch) for branch in branches]
    if any(each is None or not each[0] for each in bounds):
        return None
    try:
        order = sorted((each for each in bounds if each), key=lambda each: version(each[0]))
        parts = [f">={order[0][0]}"]
        reach = order[0][1]
        for low, high in order[1:]:
            if not reach:
                break
            if version(reach) < version(low):
                between = _minors(reach, low)
                if between is None:
                    return None
                parts += between
            if not high or version(high) > version(reach):
                reach = high
    except InvalidVersion:
        return None
    return ",".join([*parts, *([f"<{reach}"] if reach else [])])


def _minors(start: str, end: str) -> list[str] | None:
    """Return what leaves out the minor versions from *start* up to, without, *end*."""
    first, last = _MINOR(start), _MINOR(end)
    if first is None or last is None:
        return None
    try:
        major, minor = number(first[1]), number(first[2] or "0")
        end_major, end_minor = number(last[1]), number(last[2] or "0")
    except InvalidVersion:
        return None
    if (major, minor) == (2, 8):
        # There is no Python 2.8, and a range that ends there goes on with 3.0.
        major, minor = 3, 0
    if major != end_major or end_minor - minor > MOST_MINORS:
        return None
    return [f"!={major}.{each}.*" for each in range(minor, end_minor)]


def python_marker(text: str) -> str | None:
    """Return the marker for *text*, which a dependency says of Python; None if there is none.

    >>> python_marker("<3.8"), python_marker("^3.6.2"), python_marker("*")
    ('python_version < "3.8"', 'python_full_version >= "3.6.2" and python_version < "4.0"', '')
    >>> python_marker("~2.7 || >=3.5")
    'python_version >= "2.7" and python_version < "2.8" or python_version >= "3.5"'
    """
    branches = [_conjunction(branch) for branch in re.split(r"\|\|?", text)]
    said: list[str] = []
    for branch in branches:
        if branch is None:
            return None
        if not branch:
            return ""
        tests = [_test(clause) for clause in branch.split(",")]
        known = [each for each in tests if each is not None]
        if len(known) != len(tests):
            return None
        said.append(" and ".join(known))
    return " or ".join(said)


_CLAUSE: Final = re.compile(r"(~=|===?|!=|<=|>=|<|>)(.*)").match


def _test(clause: str) -> str | None:
    match = _CLAUSE(clause)
    if match is None or match[1] == "===":
        return None
    operator, written = match[1], match[2]
    wild = written.endswith(".*")
    numbers = written.removesuffix(".*").split(".")
    if wild and len(numbers) == 2:
        return f'python_version {operator} "{".".join(numbers)}"'
    if len(numbers) > 2 or (wild and len(numbers) > 1):
        return f'python_full_version {operator} "{written}"'
    return f'python_version {operator} "{written}"'
