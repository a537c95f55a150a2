"""Names and addresses, as fields such as Author-email list them.

Source: Core metadata specifications, "Author-email"; RFC 822, section 6.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

__all__ = ["Person", "people", "spell"]

# Commas inside quotes, angle brackets and comments do not separate.
_ITEM = re.compile(r'(?:[^,"<(]++|"(?:[^"\\]|\\.)*+"|<[^<>]*+>|\([^()]*+\)|["<(])++', re.DOTALL)
_ADDRESS = re.compile(r"[^\s@<>()\[\],;:\\\"]+@[^\s@<>()\[\],;:\\\"]+\Z").match
_NAMED = re.compile(
    r'[ \t]*(?:"((?:[^"\\]|\\.)*)"|([^<>"]*?))[ \t]*<[ \t]*([^<>]*?)[ \t]*>[ \t]*\Z'
).match
_SPECIAL = re.compile(r'[()<>\[\]:;@\\,"]').search
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)


class Person(NamedTuple):
    """One entry: a name, an address or both; the missing one is empty.

    ``valid`` says whether the address has the form of one.  ``start`` and
    ``end`` are where the entry stands.
    """

    name: str
    email: str
    valid: bool
    start: int
    end: int


def people(text: str) -> list[Person]:
    """Read a list of people.

    >>> [(person.name, person.email) for person in people('"C. Schultz" <c@x.org>, s@x.org')]
    [('C. Schultz', 'c@x.org'), ('', 's@x.org')]
    """
    found = []
    for match in _ITEM.finditer(text):
        item = match[0]
        bare = item.strip()
        if not bare:
            continue
        start = match.start() + item.find(bare)
        end = start + len(bare)
        if named := _NAMED(bare):
            quoted, plain, email = named.groups()
            name = _ESCAPE.sub(r"\1", quoted) if quoted is not None else plain
            found.append(Person(name.strip(), email, bool(_ADDRESS(email)), start, end))
        elif _ADDRESS(bare):
            found.append(Person("", bare, True, start, end))
        else:
            found.append(Person(bare, "", False, start, end))
    return found


def spell(entries: Iterable[tuple[str, str]]) -> str:
    """Return names and addresses as one list; a name is quoted where it must be.

    >>> spell([("Schultz, C.", "c@x.org"), ("", "s@x.org")])
    '"Schultz, C." <c@x.org>, s@x.org'
    """
    return ", ".join(_spell(name, email) for name, email in entries)


def _spell(name: str, email: str) -> str:
    if not email:
        return name
    if not name:
        return email
    if _SPECIAL(name):
        escaped = name.replace("\\", "\\\\").replace('"', '\\"')
        name = f'"{escaped}"'
    return f"{name} <{email}>"
