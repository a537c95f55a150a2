"""Conversions between the approved versions 1.0 to 2.6.

The idea: a rule belongs to the step between two neighbours, such as 2.3 asking
for normal names of extras, and applies if the conversion crosses that step.

Worked example: from 2.4 to 1.2 ``License-Expression: MIT`` becomes ``License``
(crossing 2.4), the description moves into the header (crossing 2.1), and a
requirement with extras is dropped, as 1.2 cannot say it.

Source: Core metadata specifications; PEP 345, 566, 639, 643, 685, 794, 808.
"""

from __future__ import annotations

import re

from packaging.utils import canonicalize_name

from trigpoint.markers.writing.rewrite import normalise_extras, old_names
from trigpoint.metadata.checks.validate import normal_label
from trigpoint.metadata.checks.values import url_parts
from trigpoint.metadata.conversion.session import Entry, Session
from trigpoint.metadata.fields import BY_LOWER, FIELDS, number
from trigpoint.metadata.requirement import Requirement, clause_ranges, parse, specifier_problems

__all__ = ["downgrade", "upgrade"]

_Version = tuple[int, int]
_OLD_REQUIREMENT = re.compile(
    r"[ \t]*([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)[ \t]*\(([^)]*)\)[ \t]*(;.*)?\Z", re.DOTALL
).match
_BARE = re.compile(r"[0-9]+(?:\.[0-9]+)*\Z").match


def upgrade(session: Session, here: _Version, there: _Version) -> None:
    """Change in *session* what *there*, newer than *here*, gives another meaning or forbids."""
    if here < (2, 1) <= there:
        session.rewrite("Requires-Dist", lambda entry: _from_old(session, entry))
        session.rewrite("Requires-Python", lambda entry: _python_from_old(session, entry))
        _description_to_body(session)
    if here < (2, 3) <= there:
        _normalise(session)
    if here < (2, 6) <= there:
        _dynamic_meaning(
            session, "up to 2.5 the values could change entirely, from 2.6 they can only grow"
        )


def downgrade(session: Session, here: _Version, there: _Version) -> None:
    """Move or leave out in *session* what *there*, older than *here*, does not have."""
    if here >= (2, 6) > there:
        _dynamic_meaning(
            session, "from 2.6 the values can only grow, before they could change entirely"
        )
    if there < (2, 4):
        _license_to_text(session)
    if there < (2, 1):
        _description_to_header(session)
        session.rewrite("Requires-Dist", lambda entry: _to_old(session, entry))
    if there < (1, 2):
        _urls_to_fields(session, there)
    for known in FIELDS.values():
        if known.since and number(known.since) > there:
            session.drop(known.name, f"it came with {known.since}")
    session.rewrite("Dynamic", lambda entry: _known_dynamic(session, entry, there))


def _dynamic_meaning(session: Session, what: str) -> None:
    present = {entry.name for entry in session.entries}
    for entry in session.named("Dynamic"):
        known = BY_LOWER.get(entry.value.lower())
        if known is not None and known.multiple and known.name in present:
            session.say(
                "metadata-convert-dynamic", entry, f"{known.name} has values and is dynamic: {what}"
            )


def _known_dynamic(session: Session, entry: Entry, there: _Version) -> Entry | None:
    known = BY_LOWER.get(entry.value.lower())
    if known is not None and known.since and number(known.since) > there:
        session.say(
            "metadata-convert-dropped",
            entry,
            f"Dynamic: {entry.value} is dropped: that field came with {known.since}",
            after=(),
        )
        return None
    return entry


def _from_old(session: Session, entry: Entry) -> Entry:
    """Spell a requirement of version 1.2 as PEP 508 does."""
    parsed = parse(entry.value)
    if isinstance(parsed, Requirement):
        return entry
    match = _OLD_REQUIREMENT(entry.value)
    if match is None:
        return entry
    name, versions, marker = match.groups()
    clauses = _clauses(versions)
    value = f"{name}{clauses}{marker or ''}"
    if specifier_problems(clauses) or not isinstance(parse(value), Requirement):
        return entry
    return _with_star(session, entry, value)


def _python_from_old(session: Session, entry: Entry) -> Entry:
    value = _clauses(entry.value)
    if value == entry.value or not any(
        _BARE(entry.value[start:end]) for start, end in clause_ranges(entry.value)
    ):
        return entry
    return _with_star(session, entry, value)


def _with_star(session: Session, entry: Entry, value: str) -> Entry:
    message = f"a version without operator means all that start with it: {value}"
    return session.respelled(entry, value, message)


def _clauses(versions: str) -> str:
    parts = [versions[start:end] for start, end in clause_ranges(versions)]
    return ",".join(f"=={part}.*" if _BARE(part) else part for part in parts)


def _to_old(session: Session, entry: Entry) -> Entry | None:
    """Spell a requirement as version 1.2 does, or leave it out."""
    parsed = parse(entry.value)
    if not isinstance(parsed, Requirement):
        return entry
    why, marker = "", None
    if parsed.extras:
        why = "1.2 cannot ask for extras"
    elif parsed.url is not None:
        why = "1.2 cannot name a URL"
    elif "~=" in parsed.specifier or "===" in parsed.specifier:
        why = "1.2 has neither ~= nor ==="
    elif ".*" in parsed.specifier:
        why = "1.2 has no wildcards"
    elif parsed.marker is not None:
        try:
            marker, why = old_names(parsed.marker)
        except ValueError:
            return entry
    if why:
        session.say("metadata-convert-dropped", entry, f"Requires-Dist is dropped: {why}", after=())
        return None
    version = f" ({parsed.specifier.strip()})" if parsed.specifier.strip() else ""
    value = f"{parsed.name}{version}" + (f"; {marker.strip()}" if marker is not None else "")
    if value == entry.value:
        return entry
    return session.respelled(entry, value, f"1.2 spells it {value}")


def _description_to_body(session: Session) -> None:
    headers = session.named("Description")
    if len(headers) != 1 or session.body:
        return
    entry = headers[0]
    session.entries = [other for other in session.entries if other.name != "Description"]
    session.body = entry.value
    session.say(
        "metadata-convert-moved",
        entry,
        "the description moves behind the headers",
        after=(("Description", entry.value),),
    )


def _description_to_header(session: Session) -> None:
    if not session.body:
        return
    if session.named("Description"):
        session.say(
            "metadata-convert-refused",
            session.named("Description")[0],
            "there are two descriptions, and older versions have the header only",
            "delete one of them first",
        )
        return
    value = re.sub(r"\r\n?", "\n", session.body)
    kept = value.lstrip(" \t") if value[:1] in (" ", "\t") else value
    session.entries.append(Entry("Description", kept))
    session.body = ""
    message = "the description moves into the header, folded"
    if kept != value:
        message += "; the blanks it starts with are lost"
    session.say(
        "metadata-convert-moved",
        Entry("Description", value),
        message,
        after=(("Description", kept),),
        span=session.body_span(),
    )


def _normalise(session: Session) -> None:
    """Write extra names in normal form, as 2.3 asks."""
    seen: dict[str, str] = {}

    def declared(entry: Entry) -> Entry | None:
        value = canonicalize_name(entry.value)
        if value in seen and seen[value] != entry.value:
            session.say(
                "metadata-convert-refused",
                entry,
                f"{entry.value} and {seen[value]} are the same extra from 2.3 on",
                "rename one of them first",
                after=(),
            )
            return None
        seen[value] = entry.value
        return _renamed(session, entry, value)

    def required(entry: Entry) -> Entry:
        parsed = parse(entry.value)
        if not isinstance(parsed, Requirement) or parsed.marker is None:
            return entry
        try:
            better = normalise_extras(parsed.marker)
        except ValueError:
            return entry
        value = entry.value[: parsed.marker_at] + better.text
        return _renamed(session, entry, value)

    session.rewrite("Provides-Extra", declared)
    session.rewrite("Requires-Dist", required)


def _renamed(session: Session, entry: Entry, value: str) -> Entry:
    if value == entry.value:
        return entry
    return session.respelled(entry, value, f"2.3 asks for normalised extra names: {value}")


def _license_to_text(session: Session) -> None:
    texts = session.named("License")

    def moved(entry: Entry) -> Entry | None:
        if texts:
            session.say(
                "metadata-convert-dropped",
                entry,
                "License-Expression came with 2.4, and is dropped as there is a License too",
                after=(),
            )
            return None
        session.say(
            "metadata-convert-moved",
            entry,
            "License-Expression came with 2.4, so it becomes License",
            after=(("License", entry.value),),
        )
        return entry._replace(name="License")

    session.rewrite("License-Expression", moved)


def _urls_to_fields(session: Session, there: _Version) -> None:
    """Move the well-known URLs to the fields that 1.0 and 1.1 have."""
    targets = {"homepage": "Home-page", "download": "Download-URL"}
    present = {entry.name for entry in session.entries}

    def moved(entry: Entry) -> Entry:
        label, address, _ = url_parts(entry.value)
        target = targets.get(normal_label(label))
        if target is None or target in present or number(FIELDS[target].since) > there:
            return entry
        present.add(target)
        session.say(
            "metadata-convert-moved",
            entry,
            f"Project-URL came with 1.2, so it becomes {target}",
            after=((target, address),),
        )
        return entry._replace(name=target, value=address)

    session.rewrite("Project-URL", moved)
