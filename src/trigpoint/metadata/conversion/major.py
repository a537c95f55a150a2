"""Conversions between 2.x and the 3.0 model.

The idea: 3.0 has one field where 2.x has several (URLs, people, licenses), so
values move together on the way up and apart on the way down.  Nothing is guessed:
a name and an address are joined only if there is one of each; everything else
is kept apart and told as ambiguous.

Worked example: ``Author: Jane``, ``Author-email: j@x.org`` become
``Author: Jane <j@x.org>``; with a second address both stay as they are.

Source: the summit's proposal of 2022; PEP 639, 753, 771.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection
from operator import itemgetter

from trigpoint.markers.writing.rewrite import rewrite
from trigpoint.metadata.checks.validate import normal_label
from trigpoint.metadata.checks.values import url_parts
from trigpoint.metadata.conversion.session import Entry, Session
from trigpoint.metadata.fields import REMOVED
from trigpoint.metadata.licenses import expression, meant_licenses
from trigpoint.metadata.requirement import Requirement, parse
from trigpoint.metadata.text.people import Person, people, spell

__all__ = [
    "LONGEST_LICENSE",
    "MOST_JOINED",
    "from_next_major",
    "license_candidate",
    "to_next_major",
]

LONGEST_LICENSE = 200
"""Characters of a license text that is looked at as an expression."""

MOST_JOINED = 100
"""People of a role up to whom each one's change shows the value that names them all.

With more of them, a change shows its own person only: each of n changes would
repeat n people.
"""

_RARELY_USED = (
    "Platform",
    "Supported-Platform",
    "Requires-External",
    "Provides-Dist",
    "Obsoletes-Dist",
)
_URLS = {"Home-page": "Homepage", "Download-URL": "Download"}
# The rest of what the rewriter notes is true of the whole document, or follows from it.
_NOTE_CODES = {
    "behaviour": "metadata-convert-behaviour",
    "undefined": "metadata-convert-undefined",
    "impossible": "metadata-convert-refused",
}
_DYNAMIC = {
    "home-page": "Project-URL",
    "download-url": "Project-URL",
    "author-email": "Author",
    "maintainer-email": "Maintainer",
    "license": "License-Expression",
}


def license_candidate(text: str) -> str | None:
    """Return the SPDX expression that *text*, a license or classifier, probably means, or None.

    >>> license_candidate("License :: OSI Approved :: MIT License")
    'MIT'
    >>> license_candidate("see LICENSE")
    """
    words = " ".join(text.rpartition(" :: ")[2].split())
    if not words or len(words) > LONGEST_LICENSE:
        return None
    return expression(words) or next(iter(meant_licenses(words)), None)


# -- 2.x to 3.0 -------------------------------------------------------------------------


def to_next_major(session: Session) -> None:
    """Apply every rule of the 3.0 model to the document of *session*, of version 2.6."""
    session.rewrite("Requires-Dist", lambda entry: _requirement(session, entry, "3.0"))
    _urls(session)
    _people(session, "Author")
    _people(session, "Maintainer")
    _license(session)
    for name in sorted(REMOVED & {"Requires", "Provides", "Obsoletes"}):
        hint = "say the import names with Import-Name" if name == "Provides" else ""
        session.drop(name, "it holds module names, which no other field takes", hint)
    if session.options.rarely_used == "drop":
        for name in _RARELY_USED:
            session.drop(name, "no installer reads it, and you chose to drop it")
    session.rewrite("Keywords", lambda entry: _keywords(session, entry))
    listed = {entry.value.lower() for entry in session.named("Dynamic")}
    session.rewrite("Dynamic", lambda entry: _dynamic(session, entry, listed))
    _description(session)


def _requirement(session: Session, entry: Entry, to: str) -> Entry:
    parsed = parse(entry.value)
    if not isinstance(parsed, Requirement) or parsed.marker is None:
        return entry
    try:
        rewritten = rewrite(parsed.marker, to)
    except ValueError:
        return entry
    for note in rewritten.notes:
        code = _NOTE_CODES.get(note.kind)
        if code is None:
            continue
        session.say(
            code,
            entry,
            note.message,
            at=(parsed.marker_at + note.start, parsed.marker_at + note.end),
        )
    if not rewritten.changed:
        return entry
    value = entry.value[: parsed.marker_at] + rewritten.text
    return session.respelled(entry, value, f"the marker becomes {rewritten.text.strip()}")


def _urls(session: Session) -> None:
    known: dict[str, str] = {}
    for entry in session.named("Project-URL"):
        label, address, _ = url_parts(entry.value)
        known.setdefault(normal_label(label), address)
    kept = []
    for entry in session.entries:
        if entry.name not in _URLS:
            kept.append(entry)
            continue
        label = _URLS[entry.name]
        if not entry.value or entry.value == "UNKNOWN":
            session.say(
                "metadata-convert-dropped",
                entry,
                f"{entry.name} says nothing and is dropped",
                after=(),
            )
            continue
        plain = normal_label(label)
        if plain not in known:
            known[plain] = entry.value
            value = f"{label}, {entry.value}"
            session.say(
                "metadata-convert-moved",
                entry,
                f"{entry.name} becomes Project-URL: {label}",
                after=(("Project-URL", value),),
            )
            kept.append(entry._replace(name="Project-URL", value=value))
        elif known[plain].rstrip("/") == entry.value.rstrip("/"):
            session.say(
                "metadata-convert-moved",
                entry,
                f"{entry.name} is dropped: Project-URL: {label} says the same",
                after=(("Project-URL", f"{label}, {known[plain]}"),),
            )
        else:
            session.say(
                "metadata-convert-conflict",
                entry,
                f"Project-URL: {label} is {known[plain]} already; this one is dropped",
                "give it another label, or make the two the same",
                after=(),
            )
    session.entries = kept


def _people(session: Session, role: str) -> None:
    """Join names and addresses to one person a field."""
    names = [entry for entry in session.named(role) if entry.value]
    mails = [entry for entry in session.named(f"{role}-email") if entry.value]
    for entry in (*session.named(role), *session.named(f"{role}-email")):
        if not entry.value:
            session.say(
                "metadata-convert-dropped", entry, f"{entry.name} is empty and is dropped", after=()
            )
    listed = [(person, entry) for entry in mails for person in people(entry.value)]
    bare = [person for person, _ in listed if not person.name]
    made: list[Entry] = []
    single = names[0] if len(names) == 1 else None
    lone = single is not None and not re.search(r"[,;&/<@]| and ", single.value)
    if single and lone and len(listed) == 1 and len(bare) == 1:
        value = spell([(single.value, bare[0].email)])
        for entry in (single, mails[0]):
            session.say(
                "metadata-convert-moved",
                entry,
                f"one name and one address are taken as one person: {value}",
                after=((role, value),),
            )
        made.append(Entry(role, value, single.header))
    else:
        made += _unpaired(session, role, names, listed)
    at = next(
        (i for i, entry in enumerate(session.entries) if entry.name in (role, f"{role}-email")),
        len(session.entries),
    )
    rest = [entry for entry in session.entries if entry.name not in (role, f"{role}-email")]
    before = sum(entry.name not in (role, f"{role}-email") for entry in session.entries[:at])
    session.entries = [*rest[:before], *made, *rest[before:]]


def _unpaired(
    session: Session, role: str, names: list[Entry], listed: list[tuple[Person, Entry]]
) -> list[Entry]:
    made = []
    known: dict[str, list[tuple[str, str]]] = {}
    for person, _ in listed:
        if person.name:
            known.setdefault(person.name, []).append((role, _one(person)))
    nameless = any(not person.name for person, _ in listed)
    for entry in names:
        if same := known.get(entry.value):
            session.say(
                "metadata-convert-moved",
                entry,
                f"{role} is dropped: {role}-email names the same person",
                after=tuple(same),
            )
            # A second field with this name says nothing more than the first.
            del same[1:]
            continue
        if "@" in entry.value:
            session.say(
                "metadata-convert-ambiguous",
                entry,
                "name and address stand together in free text, and are kept so",
                "write Name <user@host>, one person a field",
            )
        elif nameless or "," in entry.value:
            session.say(
                "metadata-convert-ambiguous",
                entry,
                "which address belongs to which name is not said, so they are not joined",
                "write Name <user@host>, one person a field",
            )
        made.append(Entry(role, entry.value, entry.header))
    for person, entry in listed:
        value = _one(person)
        if not person.valid:
            session.say(
                "metadata-convert-ambiguous",
                entry,
                f"{value!r} is no address and is kept as a name",
                at=(person.start, person.end),
            )
        made.append(Entry(role, value, entry.header))
    for entry, group in itertools.groupby(listed, key=itemgetter(1)):
        session.say(
            "metadata-convert-moved",
            entry,
            f"{role}-email becomes {role}, one person a field",
            after=tuple((role, _one(person)) for person, _ in group),
        )
    return made


def _one(person: Person) -> str:
    if not person.valid and not person.email:
        return person.name
    return spell([(person.name, person.email)]) if person.name else f"<{person.email}>"


def _license(session: Session) -> None:
    expressions = session.named("License-Expression")
    classifiers = [
        entry for entry in session.named("Classifier") if entry.value.startswith("License :: ")
    ]
    texts = session.named("License")
    if expressions:
        for entry in (*texts, *classifiers):
            session.say(
                "metadata-convert-dropped",
                entry,
                f"{entry.name} is dropped: License-Expression says it",
                after=(),
            )
        gone = {id(entry) for entry in (*texts, *classifiers)}
        session.entries = [entry for entry in session.entries if id(entry) not in gone]
        return
    candidates = {
        found
        for entry in (*classifiers, *texts)
        if (found := license_candidate(entry.value)) is not None
    }
    offer = candidates.pop() if len(candidates) == 1 else None
    fix = (
        f"if it is right, convert with license_expression={offer!r}"
        if offer
        else ("convert with license_expression= and the SPDX expression that is right")
    )
    for entry in texts:
        hint = f"; it may be {offer}" if offer else ""
        session.say(
            "metadata-convert-license",
            entry,
            f"License is dropped: 3.0 has License-Expression only{hint}",
            fix,
            (),
        )
    session.entries = [entry for entry in session.entries if entry.name != "License"]
    for entry in classifiers[:1] if not texts else ():
        hint = f"it may be {offer}" if offer else "which one is not certain"
        session.say(
            "metadata-convert-license",
            entry,
            f"the license is in classifiers only, and stays there; as an expression {hint}",
            fix,
        )


def _keywords(session: Session, entry: Entry) -> Entry | None:
    words = [word.strip() for word in entry.value.split(",")]
    kept = [word for word in words if word]
    if len(kept) == 1 and len(kept[0].split()) > 1:
        session.say(
            "metadata-convert-ambiguous",
            entry,
            "without commas this is one keyword; it is kept as one",
            "put commas between the keywords",
        )
    if not kept:
        session.say(
            "metadata-convert-dropped", entry, "Keywords has no keyword and is dropped", after=()
        )
        return None
    value = ",".join(kept)
    if value == entry.value:
        return entry
    what = "empty keywords are left out" if len(kept) < len(words) else "blanks around commas go"
    return session.respelled(entry, value, what)


def _dynamic(session: Session, entry: Entry, listed: Collection[str]) -> Entry | None:
    key = entry.value.lower()
    target = _DYNAMIC.get(key)
    if target is None and key not in ("requires", "provides", "obsoletes"):
        return entry
    if target is None:
        session.say(
            "metadata-convert-dropped",
            entry,
            f"3.0 has no {entry.value} that could be dynamic",
            after=(),
        )
        return None
    after = ((entry.name, target),)
    if target.lower() in listed:
        session.say(
            "metadata-convert-moved",
            entry,
            f"{target} is dynamic already, which includes it",
            after=after,
        )
        return None
    session.say("metadata-convert-moved", entry, f"in 3.0 that is {target}", after=after)
    return entry._replace(value=target)


def _description(session: Session) -> None:
    headers = session.named("Description")
    if not headers:
        return
    if session.body or len(headers) > 1:
        session.say(
            "metadata-convert-refused",
            headers[-1],
            "there are two descriptions, and 3.0 has the one behind the headers only",
            "delete one of them first",
            after=(),
        )
    else:
        session.say(
            "metadata-convert-moved",
            headers[0],
            "the description moves behind the headers",
            after=(("Description", headers[0].value),),
        )
        session.body = headers[0].value
    session.entries = [entry for entry in session.entries if entry.name != "Description"]


# -- 3.0 to 2.x -------------------------------------------------------------------------


def from_next_major(session: Session) -> None:
    """Undo what can be undone: the document of *session*, of the 3.0 model, becomes one of 2.6."""
    session.rewrite("Requires-Dist", lambda entry: _requirement(session, entry, "2.x"))
    for role in ("Author", "Maintainer"):
        _people_back(session, role)
    if session.options.default_extra == "drop":
        session.drop(
            "Default-Extra",
            "2.x has no default extras",
            "keep it in a 2.7 profile with default_extra='keep'",
        )
    for name in ("Wheel-Version", "Requires-External-Dep", "Provides-External-Extra"):
        session.drop(name, "2.x has no such field")
    session.rewrite("Dynamic", lambda entry: _dynamic_back(session, entry))


def _dynamic_back(session: Session, entry: Entry) -> Entry | None:
    if entry.value.lower() == "default-extra" and session.options.default_extra == "drop":
        session.say("metadata-convert-dropped", entry, "2.x has no default extras", after=())
        return None
    return entry


def _people_back(session: Session, role: str) -> None:
    """Write names to the role's field and everyone with an address to its -email field."""
    entries = session.named(role)
    if not entries:
        return
    alone: list[Entry] = []
    mails: list[tuple[Entry, Person]] = []
    order = []
    for entry in entries:
        found = people(entry.value)
        if len(found) == 1 and found[0].valid:
            mails.append((entry, found[0]))
            order.append("mail")
        else:
            alone.append(entry)
            order.append("name")
    if order != sorted(order, reverse=True):
        session.say(
            "metadata-convert-order",
            entries[0],
            "2.x lists names and addresses apart, so their order is lost",
        )
    made = []
    few = len(entries) <= MOST_JOINED
    if alone:
        value = ", ".join(entry.value for entry in alone)
        made.append(Entry(role, value, alone[0].header))
        if len(alone) > 1:
            for entry in alone:
                session.say(
                    "metadata-convert-joined",
                    entry,
                    f"2.x has one {role}, so the names are joined with commas",
                    after=((role, value if few else entry.value),),
                )
    if mails:
        value = spell((person.name, person.email) for _, person in mails)
        made.append(Entry(f"{role}-email", value, mails[0][0].header))
        for entry, person in mails:
            own = value if few else spell([(person.name, person.email)])
            session.say(
                "metadata-convert-moved",
                entry,
                f"people with an address are in {role}-email",
                after=((f"{role}-email", own),),
            )
    first = next(i for i, entry in enumerate(session.entries) if entry.name == role)
    rest = [entry for entry in session.entries if entry.name != role]
    session.entries = [*rest[:first], *made, *rest[first:]]
