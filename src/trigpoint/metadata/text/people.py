"""Names and addresses, as fields such as Author-email list them.

One pass over tokens: quoted strings, addresses and comments are tokens, so that
a comma in them separates nothing.  A quote that never closes is a letter, and so
is every quote behind it.  ``"C. Schultz, Jr." <c@x.org>, s@x.org`` is two people.

Source: Core metadata specifications, "Author-email"; RFC 822, section 6.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

__all__ = ["Person", "people", "spell"]

# Commas inside quotes, angle brackets and comments do not separate.
_TOKEN = re.compile(
    r'[^,"<(]++|,|"(?:[^"\\]|\\.)*+("?)|<[^<>]*+>|\([^()]*+\)|[<(]', re.DOTALL
).match
# What follows a quote that never closes: no later one closes either.
_LOOSE = re.compile(r"[^,<(]++|,|<[^<>]*+>|\([^()]*+\)|[<(]", re.DOTALL).match
_ADDRESS = re.compile(r"[^\s@<>()\[\],;:\\\"]+@[^\s@<>()\[\],;:\\\"]+\Z").match
_NAMED = re.compile(r'(?:"((?:[^"\\]|\\.)*+)"[ \t]*+|([^<>"]*+))<([^<>]*+)>\Z', re.DOTALL).match
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
    """Read *text*, a list of people as in ``Author-email``.

    >>> [(person.name, person.email) for person in people('"C. Schultz" <c@x.org>, s@x.org')]
    [('C. Schultz', 'c@x.org'), ('', 's@x.org')]
    """
    found = []
    for first, last in _items(text):
        item = text[first:last]
        bare = item.strip()
        if not bare:
            continue
        start = first + item.find(bare)
        end = start + len(bare)
        if named := _NAMED(bare):
            quoted, plain, email = named.groups()
            name = _ESCAPE.sub(r"\1", quoted) if quoted is not None else plain
            email = email.strip(" \t")
            found.append(Person(name.strip(), email, bool(_ADDRESS(email)), start, end))
        elif _ADDRESS(bare):
            found.append(Person("", bare, True, start, end))
        else:
            found.append(Person(bare, "", False, start, end))
    return found


def _items(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the items between the commas are."""
    start = at = 0
    read = _TOKEN
    while match := read(text, at):
        if read is _TOKEN and match[1] == "":
            read = _LOOSE
            continue
        if match[0] == ",":
            yield start, at
            start = match.end()
        at = match.end()
    yield start, at


def spell(entries: Iterable[tuple[str, str]]) -> str:
    """Return *entries*, names and addresses, as one list; a name is quoted where it must be.

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
