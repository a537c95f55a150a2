"""METADATA before and after, by what it means, and which differences do no harm.

Idea: :func:`trigpoint.metadata.diff` says every difference; here those that come from the change
of the form alone are named with their reason.  A reason is given only where the two values are
looked at and say the same.

Source: Core metadata specifications; PEP 621, 639 and 753.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from packaging.specifiers import InvalidSpecifier
from packaging.utils import canonicalize_name

from trigpoint.markers import Marker
from trigpoint.metadata import Difference, Document, diff
from trigpoint.metadata.checks.values import url_parts
from trigpoint.metadata.conversion.major import license_candidate
from trigpoint.metadata.text.people import people
from trigpoint.projects.adopt.evidence import MOST_ASKED
from trigpoint.requirements import read_requirement
from trigpoint.requirements.apart import allowed, same_versions

__all__ = ["HARMLESS", "Compared", "MetadataComparison", "compare"]

HARMLESS: Final = {
    "order": "the values are the same, and their order means nothing",
    "spelling": "both spellings mean the same",
    "metadata-version": "the version of the form follows from the fields that are used",
    "license": "License-Expression says the license, and excludes License and its classifiers (PEP 639)",
    "url": "the address is the same, below Project-URL, which took the place of the field (PEP 753)",
    "people": "name and address are the same, in one field instead of two",
    "address": "it is no address, which [project] cannot have, and a finding says so",
    "dynamic": "Dynamic says where a value came from, and is no value",
    "license-file": "files of licenses have been listed since metadata 2.4",
    "placeholder": "UNKNOWN stood for nothing",
    "content-type": "the type is the one that holds where none is said, or with its default charset",
    "keywords": "the words are the same, with commas between them",
    "empty-extra": "the extra has no requirements, so asking for it does nothing",
    "once": "the same requirement was listed twice",
    "versions": "both allow the same versions, in other clauses",
    "split": "all of its lines together ask for the same, each under one of the conditions",
    "import": "what is imported has been listed since metadata 2.5",
    "filled": "a build fills it in, so only METADATA of one shows it",
}
"""Why a difference does no harm, by its class."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A ``difference``, and the class of it in :data:`HARMLESS`, empty where it matters."""

    difference: Difference
    harmless: str = ""

    @property
    def words(self) -> str:
        """The difference in words, and the reason if it does no harm."""
        said = f"{self.difference.field}: {self.difference.message}"
        return f"{said}; {HARMLESS[self.harmless]}" if self.harmless else said


@dataclass(frozen=True, slots=True)
class MetadataComparison:
    """Every difference that was ``found``."""

    found: tuple[Compared, ...]

    @property
    def matters(self) -> tuple[Compared, ...]:
        """The differences that change what the metadata means."""
        return tuple(each for each in self.found if not each.harmless)

    @property
    def same(self) -> bool:
        """Whether both mean the same."""
        return not self.matters


def compare(
    before: Document, after: Document, *, filled: Collection[str] = frozenset()
) -> MetadataComparison:
    r"""Return what differs between the metadata *before* and *after*, and what of it matters.

    *filled* has the names of the fields, in lower case, that *after* leaves to a build.

    >>> from trigpoint.metadata import read
    >>> before = read("Name: a\nHome-page: https://a.example\nSummary: one\n")
    >>> after = read("Name: A\nProject-URL: Homepage, https://a.example\nSummary: two\n")
    >>> [(each.difference.field, each.harmless) for each in compare(before, after).found]
    [('Name', 'spelling'), ('Summary', ''), ('Home-page', 'url'), ('Project-URL', 'url')]
    """
    both = _Both(before, after, frozenset(filled))
    return MetadataComparison(
        tuple(Compared(each, _harmless(each, both)) for each in diff(before, after))
    )


def _harmless(difference: Difference, both: _Both) -> str:
    """Return the class of *difference*, empty if it matters."""
    if difference.kind in ("order", "spelling"):
        return difference.kind
    if _placeholder(difference):
        return "placeholder"
    field = difference.field.lower()
    if field in both.filled and difference.kind == "removed":
        return "filled"
    if field in _ALWAYS:
        return _ALWAYS[field]
    look = _CLASSES.get(field)
    return look(difference, both) if look is not None else ""


def _placeholder(difference: Difference) -> bool:
    before = (difference.before or "").strip()
    return difference.kind == "removed" and before in ("", "UNKNOWN")


class _Both:
    """The documents *before* and *after*, and what several differences ask of them.

    *filled* are fields that *after* leaves to a build.
    """

    def __init__(self, before: Document, after: Document, filled: frozenset[str]) -> None:
        self.before = before
        self.after = after
        self.filled = filled

    @cached_property
    def moved(self) -> set[str]:
        """The addresses that both have, whatever they are called."""
        return _addresses(self.before) & _addresses(self.after)

    @cached_property
    def license(self) -> str:
        """The new expression, if the old words and classifiers meant it; empty otherwise."""
        expressions = self.after["License-Expression"]
        said = [each for each in self.before["License"] if each.strip() != "UNKNOWN"]
        said += [each for each in self.before["Classifier"] if each.startswith("License ::")]
        meant = {license_candidate(each) for each in said}
        return expressions[0] if len(expressions) == 1 and expressions[0] in meant else ""

    @cached_property
    def extras(self) -> set[str]:
        """The texts that a marker of either compares with."""
        return {
            quoted
            for document in (self.before, self.after)
            for each in document["Requires-Dist"]
            for quoted in each.partition(";")[2].replace('"', "'").split("'")[1::2]
        }

    @cached_property
    def after_values(self) -> frozenset[str]:
        """The requirements and classifiers that are there now."""
        return frozenset([*self.after["Requires-Dist"], *self.after["Classifier"]])

    @cached_property
    def same_conditions(self) -> frozenset[_Asked]:
        """What both ask for under the same conditions, in however many lines."""
        was, now = _conditions(self.before), _conditions(self.after)
        return frozenset(
            asked for asked in was.keys() & now.keys() if _same_condition(was[asked], now[asked])
        )


_Asked = tuple[str, frozenset[str], object, str | None]


def _asked(text: str) -> tuple[_Asked, Marker | None] | None:
    """Return what the requirement *text* asks for, and its marker; None where it is none."""
    read = read_requirement(text)
    if not read.valid:
        return None
    extras = frozenset(map(canonicalize_name, read.extras or ()))
    return (read.normalised, extras, read.specifier, read.url), read.marker


def _conditions(document: Document) -> dict[_Asked, Marker | None]:
    """Return the condition under which one line or another asks for each requirement.

    It is None where one of them asks always.
    """
    found: dict[_Asked, Marker | None] = {}
    for text in document["Requires-Dist"][:MOST_ASKED]:
        if (each := _asked(text)) is not None:
            asked, marker = each
            known = found.setdefault(asked, marker)
            found[asked] = known | marker if known is not None and marker is not None else None
    return found


def _same_condition(one: Marker | None, other: Marker | None) -> bool:
    if one is None or other is None:
        left = other if one is None else one
        return left is None or left.is_always()
    return one.equivalent(other)


def _license(difference: Difference, both: _Both) -> str:
    """Say whether the new expression is what the old words and classifiers meant."""
    if not both.license:
        return ""
    if difference.field == "License-Expression":
        return "license" if difference.kind == "added" else ""
    if difference.kind != "removed":
        return ""
    before = difference.before or ""
    own = license_candidate(before)
    # A classifier that names a group of licenses says less than the expression.
    group = before.endswith((":: OSI Approved", ":: BSD License"))
    return "license" if own in (None, both.license) or group else ""


def _addresses(document: Document) -> set[str]:
    found = {each.strip() for name in ("Home-page", "Download-URL") for each in document[name]}
    return found | {url_parts(each)[1].strip() for each in document["Project-URL"]}


def _url(difference: Difference, both: _Both) -> str:
    if difference.kind == "changed":
        return ""
    value = (difference.before if difference.kind == "removed" else difference.after) or ""
    address = url_parts(value)[1] if difference.field == "Project-URL" else value
    return "url" if address.strip() in both.moved else ""


def _persons(values: Iterable[str]) -> tuple[set[str], set[str]]:
    names: set[str] = set()
    mails: set[str] = set()
    for value in values:
        for each in people(" ".join(value.split())):
            names |= {part.strip() for part in each.name.split(",") if part.strip()}
            if each.email:
                mails.add(each.email.lower())
    return names, mails


def _people(difference: Difference, both: _Both) -> str:
    role = "Author" if difference.field.startswith("Author") else "Maintainer"
    # Of a field that must not be repeated, tools read the first.
    was, now = (
        _persons([*document[role][:1], *document[f"{role}-email"][:1]])
        for document in (both.before, both.after)
    )
    if was == now:
        return "people"
    gone = difference.kind == "removed" and difference.field.endswith("-email")
    valid = any(each.valid for each in people(difference.before or ""))
    return "address" if gone and not valid else ""


def _license_file(difference: Difference, both: _Both) -> str:
    listed = bool(both.before["License-File"])
    return "license-file" if difference.kind == "added" and not listed else ""


def _imported(difference: Difference, both: _Both) -> str:
    listed = both.before["Import-Name"] or both.before["Import-Namespace"]
    return "import" if difference.kind == "added" and not listed else ""


_DEFAULT: Final = "text/x-rst"


def _content_type(difference: Difference, _: _Both) -> str:
    was, now = (_plain_type(each) for each in (difference.before, difference.after))
    return "content-type" if was == now else ""


def _plain_type(value: str | None) -> str:
    parts = [part.strip().lower() for part in (value or _DEFAULT).split(";")]
    rest = [part for part in parts[1:] if part.replace('"', "") != "charset=utf-8"]
    if parts[0] == "text/markdown":
        rest = [part for part in rest if part != "variant=gfm"]
    return ";".join([parts[0], *sorted(rest)])


def _keywords(difference: Difference, _: _Both) -> str:
    was, now = (
        set((value or "").replace(",", " ").split())
        for value in (difference.before, difference.after)
    )
    return "keywords" if was == now else ""


def _extra(difference: Difference, both: _Both) -> str:
    name = (difference.before or difference.after or "").strip()
    return "" if name in both.extras else "empty-extra"


def _requirement(difference: Difference, both: _Both) -> str:
    """Say whether what is asked for, all lines together, is what was."""
    said = [each for each in (difference.before, difference.after) if each is not None]
    if len(said) == 2 and _same_but_for_clauses(*said):
        return "versions"
    asked = [each and each[0] for each in map(_asked, said)]
    if all(each in both.same_conditions for each in asked):
        return "once" if difference.before in both.after_values else "split"
    return ""


def _same_but_for_clauses(before: str, after: str) -> bool:
    """Say whether two requirements allow the same versions of the same, in other clauses."""
    was, now = _asked(before), _asked(after)
    if was is None or now is None:
        return False
    (name, extras, old, url), (other, others, new, address) = was[0], now[0]
    return (
        (name, extras, url) == (other, others, address)
        and _same_condition(was[1], now[1])
        and same_versions(allowed(str(old)), allowed(str(new)))
    )


def _python(difference: Difference, _: _Both) -> str:
    said = [each for each in (difference.before, difference.after) if each is not None]
    try:
        sets = [allowed(each) for each in said]
    except InvalidSpecifier:
        return ""
    return "versions" if len(sets) == 2 and same_versions(*sets) else ""


def _listed(difference: Difference, both: _Both) -> str:
    """Say whether a classifier that is gone is still there once."""
    if difference.kind == "removed" and difference.before in both.after_values:
        return "once"
    before = difference.before or ""
    return _license(difference, both) if before.startswith("License ::") else ""


_ALWAYS: Final = {"metadata-version": "metadata-version", "dynamic": "dynamic"}

_CLASSES: Final[dict[str, Callable[[Difference, _Both], str]]] = {
    "license": _license,
    "license-expression": _license,
    "classifier": _listed,
    "requires-dist": _requirement,
    "requires-python": _python,
    "home-page": _url,
    "download-url": _url,
    "project-url": _url,
    "author": _people,
    "author-email": _people,
    "maintainer": _people,
    "maintainer-email": _people,
    "license-file": _license_file,
    "description-content-type": _content_type,
    "keywords": _keywords,
    "provides-extra": _extra,
    "import-name": _imported,
    "import-namespace": _imported,
}
