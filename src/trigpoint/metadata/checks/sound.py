"""Fields that there is surely nothing to say about, told by their values alone.

**Idea.** Nearly all fields of nearly all documents are sound, and their values show it:
a pattern, a look into a set.  Only for the others are headers made, with their places,
and checked one by one.

**Invariant.** A field that is left out here has no finding of its own, holds no second
field, and repeats no value; a property test holds the two ways to the same findings.
What concerns several fields is left to who asks, but for requirements and their extras,
which are sound together.

**Cost.** Linear in the values.

**Example.** Of ``Name: x`` and ``Keywords: a b`` the first is sound and the second is not.

Source: Core metadata specifications.
"""

from __future__ import annotations

import keyword
import re
from collections.abc import Callable, Mapping, Sequence

from trigpoint.metadata.checks.context import Context
from trigpoint.metadata.checks.dependencies import NAME, NORMAL, sound_python
from trigpoint.metadata.checks.values import (
    PLAIN_ADDRESS,
    PLAIN_PATH,
    PLAIN_VERSION,
    USUAL_TYPES,
    can_be_dynamic,
    usual_license,
    well_formed_url,
)
from trigpoint.metadata.classifiers import known
from trigpoint.metadata.fields import FIELDS, VERSIONS, number
from trigpoint.requirements.quick import commons, plain_specifiers
from trigpoint.versions import MOST_DIGITS

__all__ = ["doubtful"]

_KEYWORDS = frozenset(keyword.kwlist)
_LABELLED = re.compile(r"^([\w /&+.-]{1,32}), https?://[^\s\"<>]++$", re.ASCII | re.MULTILINE)
_LEAST = re.compile(r">=3\.[0-9]{1,2}\Z").match  # As nearly all are written.
_UNLABELLED = re.compile(r"[ /&+._-]+").sub


def _anything(_: object) -> bool:
    return True


def _version(value: str) -> bool:
    return len(value) <= MOST_DIGITS and PLAIN_VERSION(value) is not None


def _python(value: str) -> bool:
    if _LEAST(value):
        return True
    sound = len(value) <= MOST_DIGITS and plain_specifiers(value) is not None
    return sound and sound_python(value)


def _keywords(value: str) -> bool:
    if not value.isprintable():
        return False
    if "," not in value:
        return " " not in value
    return ",," not in value.replace(" ", "") and value[0] != "," != value[-1]


def _classifiers(values: Sequence[str]) -> bool:
    return known().names.issuperset(values) and len(set(values)) == len(values)


def _unlicensed(values: Sequence[str]) -> bool:
    """Say whether *values* are sound classifiers where those about licenses are deprecated."""
    return known().unlicensed.issuperset(values) and len(set(values)) == len(values)


def _extras(values: Sequence[str]) -> bool:
    return all(map(NORMAL, values)) and len(set(values)) == len(values)


def _paths(values: Sequence[str]) -> bool:
    return all(map(PLAIN_PATH, values)) and len(set(values)) == len(values)


def _names(values: Sequence[str]) -> bool:
    """Say whether *values* are sound names to import, none of which is private."""
    parts = [part for value in values for part in value.split(".")]
    sound = all(map(str.isidentifier, parts)) and _KEYWORDS.isdisjoint(parts)
    return sound and len(set(values)) == len(values)


def _dynamic(values: Sequence[str]) -> bool:
    return can_be_dynamic.issuperset(map(str.lower, values)) and len(set(values)) == len(values)


def _urls(values: Sequence[str]) -> bool:
    together = "\n".join(values)
    labels = _LABELLED.findall(together)
    if len(labels) != len(values) or not together.isascii():
        return False
    # All are looked at together, which is quicker.
    plain = _UNLABELLED("", "\n".join(labels).lower()).split("\n")
    return "" not in plain and len(set(plain)) == len(plain)


_ONE: Mapping[str, Callable[[str], object]] = {
    "Metadata-Version": frozenset(VERSIONS).__contains__,
    "Name": NAME,
    "Version": _version,
    "Summary": str.isprintable,
    "Description": _anything,
    "Description-Content-Type": USUAL_TYPES.__contains__,
    "Keywords": _keywords,
    "Home-page": well_formed_url,
    "Download-URL": well_formed_url,
    "Author": _anything,
    "Maintainer": _anything,
    "Author-email": PLAIN_ADDRESS,
    "Maintainer-email": PLAIN_ADDRESS,
    "License": _anything,
    "License-Expression": usual_license,
    "Requires-Python": _python,
}
_MANY: Mapping[str, Callable[[Sequence[str]], object]] = {
    "Classifier": _unlicensed,
    "Dynamic": _dynamic,
    "Import-Name": _names,
    "Import-Namespace": _names,
    "License-File": _paths,
    "Platform": _anything,
    "Project-URL": _urls,
    "Provides-Extra": _extras,
    "Supported-Platform": _anything,
}


def _allowed(name: str, version: tuple[int, int]) -> bool:
    """Say whether *version* has the field *name*, and does not deprecate it."""
    field = FIELDS[name]
    return number(field.since) <= version < number(field.deprecated or "99.0")


def _tests(
    version: tuple[int, int],
) -> tuple[Mapping[str, Callable[[str], object]], Mapping[str, Callable[[Sequence[str]], object]]]:
    one = {name: test for name, test in _ONE.items() if _allowed(name, version)}
    many = {name: test for name, test in _MANY.items() if _allowed(name, version)}
    if "Classifier" in many and version < (2, 4):
        many["Classifier"] = _classifiers
    return one, many


_REQUIREMENTS_SINCE = number(FIELDS["Requires-Dist"].since)
_TESTS = {version: _tests(version) for version in map(number, VERSIONS)}


def doubtful(context: Context, named: Mapping[str, Sequence[str]]) -> list[str]:
    r"""Return the names of those fields that have to be looked at, in their order.

    *named* has the values of each field of *context* by its usual name.  What was seen on
    the way is kept in *context*.

    >>> from trigpoint.metadata.checks.context import Context
    >>> from trigpoint.metadata.text.plain import PlainDocument
    >>> document = PlainDocument("Name: x\nKeywords: a b\nLicense: MIT\n")
    >>> doubtful(Context(document, "2.4"), document.values_by_name())
    ['Keywords', 'License']
    """
    rules = context.rules
    if rules not in _TESTS:
        return list(named)
    one, many = _TESTS[rules]
    found = []
    for name, values in named.items():
        if name in one:
            if len(values) > 1 or not one[name](values[0]):
                found.append(name)
        elif name in many:
            if not many[name](values):
                found.append(name)
        elif name != "Requires-Dist" or not _requirements(context, values, named):
            found.append(name)
    context.doubted = frozenset(found)
    return found


def _requirements(
    context: Context, values: Sequence[str], named: Mapping[str, Sequence[str]]
) -> bool:
    """Say whether *values*, requirements, are sound, and *named* lists the extras they ask for."""
    if context.rules < _REQUIREMENTS_SINCE or len(set(values)) < len(values):
        return False
    found = commons(values)
    if "" not in found.projects:
        context.projects = found.projects
    if not found.extras.issubset(named.get("Provides-Extra", ())):
        return False
    context.doubtful = found.doubtful
    return not found.doubtful
