"""What differs between two documents, field by field, by what the values mean.

Requirements are compared by name, markers by meaning, versions and specifiers
by PEP 440, URLs by their normalised label, extras by their normalised name.

The idea: every value has a text, a meaning, and a key for what it is about, such
as the project of a requirement.  The values of a field are paired in three
rounds: by the same text, by key and meaning, by key.  What no round pairs is new
or gone.

The invariant: each value is in at most one pair, and a later round sees only
what the earlier ones left.

Worked example: from ``y>=1``, ``y>=2`` to ``y >=2``, ``y>=3`` no text is the
same; ``y>=2`` and ``y >=2`` mean the same; ``y>=1`` and ``y>=3`` are both about y.
So one is spelled differently, and one changes.

Cost: linear in the values; one is compared by meaning with :data:`MOST_ALIKE` at
most.

Source: Version specifiers; PEP 503, 685 and 753 for names and labels.
"""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from packaging.specifiers import InvalidSpecifier
from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion

from trigpoint import versions
from trigpoint.findings import Span
from trigpoint.metadata.checks.validate import normal_label
from trigpoint.metadata.checks.values import url_parts
from trigpoint.metadata.conversion.major import license_candidate
from trigpoint.metadata.document import Document
from trigpoint.metadata.fields import BY_LOWER
from trigpoint.metadata.requirement import Requirement, marker_findings, parse

__all__ = ["MOST_ALIKE", "Difference", "diff"]

MOST_ALIKE = 64
"""Values that one is compared with by meaning; further ones are paired in text order."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference.

    ``kind`` is ``"added"``, ``"removed"``, ``"changed"`` (the meaning differs),
    ``"spelling"`` (the meaning is the same) or ``"order"``.  ``before`` and
    ``after`` are the values, None where there is none, and the spans their
    places in the two texts.
    """

    field: str
    kind: str
    before: str | None
    after: str | None
    message: str
    before_span: Span | None = None
    after_span: Span | None = None

    def to_json(self) -> dict[str, Any]:
        """Return a JSON-ready mapping."""
        data: dict[str, Any] = {
            name: getattr(self, name) for name in ("field", "kind", "before", "after", "message")
        }
        for name in ("before_span", "after_span"):
            span: Span | None = getattr(self, name)
            data[name] = span.to_json() if span else None
        return data


class _Value(NamedTuple):
    """A value, its place, what it is paired by, and what it means."""

    text: str
    span: Span | None
    key: object
    meaning: object


def diff(a: Document, b: Document) -> list[Difference]:
    r"""Return the differences from *a* to *b*, by field, in the order of the field table.

    >>> from trigpoint.metadata import read
    >>> [found.message for found in diff(
    ...     read("Requires-Dist: Foo >=1; os_name == 'nt'\n"),
    ...     read("Requires-Dist: foo>=2 ; os_name == \"nt\"\n"))]
    ['foo: the versions change from >=1 to >=2']
    """
    order = {name: rank for rank, name in enumerate(BY_LOWER)}
    keys = sorted(
        {*a.by_key(), *b.by_key(), *_body(a), *_body(b)},
        key=lambda key: (order.get(key, len(order)), key),
    )
    found: list[Difference] = []
    for key in keys:
        field = BY_LOWER.get(key)
        name = field.name if field else _name(a, b, key)
        before, after = _read(a, key), _read(b, key)
        ordered = field is not None and not field.multiple
        found += _compare(name, key, before, after, ordered=ordered)
    return found


def _body(document: Document) -> tuple[str, ...]:
    return ("description",) if document.body else ()


def _name(a: Document, b: Document, key: str) -> str:
    return (a.fields(key) or b.fields(key))[0].name


def _read(document: Document, key: str) -> list[_Value]:
    meaning = _MEANINGS.get(key, _plain)
    values = []
    for header in document.by_key().get(key, ()):
        pair_by, means = meaning(header.value)
        values.append(_Value(header.value, header.value_span, pair_by, means))
    if key == "description" and document.body:
        start = document.body_start
        span = None if document.origin else document.span(start, len(document.text))
        values.append(_Value(document.body, span, "", _lines(document.body)))
    return values


def _compare(
    name: str, key: str, before: list[_Value], after: list[_Value], *, ordered: bool
) -> list[Difference]:
    found: list[Difference] = []
    left, right = list(before), list(after)
    pairs: list[tuple[_Value, _Value]] = []
    # First what is the same, then what has the same meaning, then what is about the same thing.
    for same in _same_text, _same_meaning, _same_key:
        left, right = _match(left, right, same, pairs)
    for old, new in pairs:
        if old.text == new.text:
            continue
        if old.meaning == new.meaning:
            found.append(
                Difference(
                    name,
                    "spelling",
                    old.text,
                    new.text,
                    f"{_shown(old)} is spelled differently",
                    old.span,
                    new.span,
                )
            )
        else:
            message = _MESSAGES.get(key, _changed)(old, new)
            found.append(
                Difference(name, "changed", old.text, new.text, message, old.span, new.span)
            )
    found += [
        Difference(name, "removed", old.text, None, f"{_shown(old)} is gone", old.span)
        for old in left
    ]
    found += [
        Difference(name, "added", None, new.text, f"{_shown(new)} is new", None, new.span)
        for new in right
    ]
    if (
        not found
        and not ordered
        and [value.text for value in before] != [value.text for value in after]
    ):
        found.append(
            Difference(
                name,
                "order",
                None,
                None,
                "the same values in another order",
                before[0].span,
                after[0].span,
            )
        )
    return found


def _same_text(value: _Value) -> object:
    return value.text


def _same_meaning(value: _Value) -> object:
    return value.key, value.meaning


def _same_key(value: _Value) -> object:
    return value.key


def _match(
    left: list[_Value],
    right: list[_Value],
    same: Callable[[_Value], object],
    pairs: list[tuple[_Value, _Value]],
) -> tuple[list[_Value], list[_Value]]:
    """Pair what is the *same*, the first with the first; return what is left of both sides.

    Values wait by hash, not in a set: markers about values that no sample knows
    share one, and asking each of them would take as many questions as there are pairs.
    """
    waiting: dict[int, deque[tuple[object, int]]] = {}
    for i, value in enumerate(right):
        sought = same(value)
        waiting.setdefault(hash(sought), deque()).append((sought, i))
    taken: set[int] = set()
    rest = []
    for value in left:
        sought = same(value)
        alike = waiting.get(hash(sought), deque())
        for place, (other, i) in enumerate(itertools.islice(alike, MOST_ALIKE)):
            if sought == other:
                del alike[place]
                taken.add(i)
                pairs.append((value, right[i]))
                break
        else:
            rest.append(value)
    return rest, [value for i, value in enumerate(right) if i not in taken]


def _shown(value: _Value) -> str:
    first = value.text.partition("\n")[0]
    return repr(first if len(first) <= 60 else first[:57] + "...")


def _changed(old: _Value, new: _Value) -> str:
    return f"{_shown(old)} becomes {_shown(new)}"


# -- what values mean -------------------------------------------------------------------


def _plain(text: str) -> tuple[object, object]:
    return "", text


def _by_itself(text: str) -> tuple[object, object]:
    return text, text


def _ignoring_case(text: str) -> tuple[object, object]:
    return text.lower(), text.lower()


def _project(text: str) -> tuple[object, object]:
    return "", canonicalize_name(text)


def _version(text: str) -> tuple[object, object]:
    try:
        return "", versions.version(text)
    except InvalidVersion:
        return "", text


def _specifiers(text: str) -> object:
    # Specifiers that are compared with a text read it, and raise where they cannot.
    try:
        return "specifiers", versions.specifiers(text)
    except InvalidSpecifier:
        return "text", text


def _requirement(text: str) -> tuple[object, object]:
    parsed = parse(text)
    if not isinstance(parsed, Requirement):
        return text, text
    marker: object = None
    if parsed.marker is not None:
        marker = marker_findings(parsed.marker)[0] or parsed.marker
    extras = None if parsed.extras is None else frozenset(map(canonicalize_name, parsed.extras))
    return parsed.normalised, (extras, _specifiers(parsed.specifier), parsed.url, marker)


def _requirement_message(old: _Value, new: _Value) -> str:
    before, after = parse(old.text), parse(new.text)
    # What cannot be read is about itself, so that it never becomes something else.
    assert isinstance(before, Requirement)
    assert isinstance(after, Requirement)
    parts = []
    old_means, new_means = _requirement(old.text)[1], _requirement(new.text)[1]
    assert isinstance(old_means, tuple)
    assert isinstance(new_means, tuple)
    told = (
        ("the extras change", _extras(before), _extras(after)),
        (
            "the versions change",
            before.specifier.strip() or "any",
            after.specifier.strip() or "any",
        ),
        ("the URL changes", before.url or "none", after.url or "none"),
        ("the marker changes", (before.marker or "none").strip(), (after.marker or "none").strip()),
    )
    for (what, was, is_now), one, two in zip(told, old_means, new_means, strict=True):
        if one != two:
            parts.append(f"{what} from {was} to {is_now}")
    return f"{before.normalised}: {'; '.join(parts)}"


def _extras(parsed: Requirement) -> str:
    return "none" if parsed.extras is None else f"[{','.join(parsed.extras)}]"


def _url(text: str) -> tuple[object, object]:
    label, address, _ = url_parts(text)
    return normal_label(label), (normal_label(label), address)


def _keywords(text: str) -> tuple[object, object]:
    return "", frozenset(word for part in text.split(",") if (word := part.strip()))


def _keywords_message(old: _Value, new: _Value) -> str:
    was, now = _keywords(old.text)[1], _keywords(new.text)[1]
    assert isinstance(was, frozenset)
    assert isinstance(now, frozenset)
    return "; ".join(_gained_lost(now - was, was - now))


def _gained_lost(gained: Iterable[object], lost: Iterable[object]) -> list[str]:
    parts = []
    if new := sorted(map(str, gained)):
        parts.append(f"new: {', '.join(new)}")
    if gone := sorted(map(str, lost)):
        parts.append(f"gone: {', '.join(gone)}")
    return parts


def _license(text: str) -> tuple[object, object]:
    return "", license_candidate(text) or text


def _extra(text: str) -> tuple[object, object]:
    return canonicalize_name(text), canonicalize_name(text)


def _lines(text: str) -> object:
    return tuple(line.rstrip() for line in text.strip().splitlines())


def _description(text: str) -> tuple[object, object]:
    return "", _lines(text)


def _description_message(old: _Value, new: _Value) -> str:
    was, now = old.text.splitlines(), new.text.splitlines()
    same = len(set(was) & set(now))
    return f"the description changes: {len(was)} lines become {len(now)}, {same} of them as before"


_MEANINGS: dict[str, Callable[[str], tuple[object, object]]] = {
    "name": _project,
    "version": _version,
    "requires-dist": _requirement,
    "requires-python": lambda text: ("", _specifiers(text)),
    "project-url": _url,
    "keywords": _keywords,
    "license-expression": _license,
    "provides-extra": _extra,
    "default-extra": _extra,
    "description": _description,
    "dynamic": _ignoring_case,
    "classifier": _by_itself,
    "license-file": _by_itself,
    "platform": _by_itself,
    "supported-platform": _by_itself,
    "import-name": _by_itself,
    "import-namespace": _by_itself,
    "provides-dist": _by_itself,
    "obsoletes-dist": _by_itself,
    "requires-external": _by_itself,
    "requires": _by_itself,
    "provides": _by_itself,
    "obsoletes": _by_itself,
}
_MESSAGES: dict[str, Callable[[_Value, _Value], str]] = {
    "requires-dist": _requirement_message,
    "keywords": _keywords_message,
    "description": _description_message,
}
