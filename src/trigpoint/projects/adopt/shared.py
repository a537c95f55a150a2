"""What all forms have in common: people, licenses, descriptions, requirements, entry points."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import count
from pathlib import PurePosixPath
from typing import Any, Final

from packaging.utils import canonicalize_name

from trigpoint.metadata.licenses import expression, meant_licenses
from trigpoint.metadata.text.people import people
from trigpoint.projects.adopt.gathered import Gathered
from trigpoint.projects.review.pieces import Piece
from trigpoint.requirements import read_requirement
from trigpoint.requirements.marker import is_marker

__all__ = [
    "LICENSE_FILES",
    "entry_points",
    "license_of",
    "optional",
    "paired",
    "put_people",
    "put_url",
    "readme_of",
    "requirement",
    "strings",
    "with_marker",
]

_TYPES: Final = {".md": "text/markdown", ".rst": "text/x-rst", ".txt": "text/plain"}
_ENTRY: Final = re.compile(r"\s*([^=]+?)\s*=\s*(.+?)\s*\Z").match
_GROUP: Final = re.compile(r"\s*\[\s*([^\]]+?)\s*\]\s*\Z").match
_OR_BOTH: Final = re.compile(r"\bor\b").search
_EXTRA: Final = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?\Z").match
LICENSE_FILES: Final = ["LICEN[CS]E*", "COPYING*", "NOTICE*", "AUTHORS*"]
"""What setuptools looks for by itself."""


def strings(value: object) -> list[str]:
    """Return the strings in *value*, a string or an array; nothing of anything else.

    >>> strings("a"), strings(["a", 1]), strings({})
    (['a'], ['a'], [])
    """
    if isinstance(value, str):
        return [value]
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []


def paired(names: str, emails: str) -> list[dict[str, str]]:
    """Return the people that *names* and *emails*, lists with commas, are.

    A name goes with an address where there are as many of both.

    >>> paired("Ada, Zoë", "a@x.org, z@x.org")
    [{'name': 'Ada', 'email': 'a@x.org'}, {'name': 'Zoë', 'email': 'z@x.org'}]
    >>> paired("Ada, Zoë", "team@x.org")
    [{'name': 'Ada'}, {'name': 'Zoë'}, {'email': 'team@x.org'}]
    >>> paired("Zoë", '"Ada, PhD" <a@x.org>')
    [{'name': 'Ada PhD', 'email': 'a@x.org'}, {'name': 'Zoë'}]
    """
    called = [name for part in _lines(names).split(",") if (name := part.strip())]
    found: list[dict[str, str]] = []
    mails: list[str] = []
    for each in people(_lines(emails)):
        if each.valid and each.name:
            # [project] has no name with a comma.
            name = " ".join(each.name.replace(",", " ").split())
            found.append({"name": name, "email": each.email})
        elif each.valid:
            mails.append(each.email)
    if mails and len(called) == len(mails):
        return [*found, *({"name": a, "email": b} for a, b in zip(called, mails, strict=True))]
    named = {each["name"] for each in found}
    found += [{"name": each} for each in called if each not in named]
    return [*found, *({"email": each} for each in mails)]


def _lines(text: str) -> str:
    return " ".join(text.split())


def put_people(
    gathered: Gathered, role: str, names: str, emails: str, at: Piece, mailed: Piece | None = None
) -> None:
    """Put *names* and *emails* as *role*, authors or maintainers, into *gathered*.

    *at* is their place, and *mailed* that of the addresses, if it is another one.
    """
    if found := paired(names, emails):
        gathered.put(("project", role), found, at)
    plain = _lines(emails)
    for each in people(plain):
        if each.valid and "," in each.name:
            message = (
                f"the comma in {each.name[:60]!r} is left out: it separates people in METADATA"
            )
            fix = f"write one name in [project] {role}, without what the comma begins"
            gathered.say("adopt-person", message, mailed or at, fix)
    wrong = [plain[each.start : each.end] for each in people(plain) if not each.valid]
    if wrong:
        said = repr(", ".join(wrong)[:60])
        message = f"{said} is no list of addresses"
        if any("email" in each for each in found):
            message = f"{said} is no address, and is left out"
        fix = f"write [project] {role} with name and email"
        gathered.say("adopt-person", message, mailed or at, fix)


def license_of(gathered: Gathered, words: str, classifiers: list[str], at: Piece) -> list[str]:
    """Put the license that *words* name into *gathered*, and return *classifiers* without those that say the same.

    Where words may mean several, or nothing known, a classifier may say which it is.  *at*
    is where they stand.  A license expression excludes classifiers of licenses.
    """
    named = [each for each in classifiers if each.startswith("License ::")]
    words = " ".join(words.split()) if len(words) < 1000 else words.strip()
    candidates = _candidates(words)
    told = [_candidates(each.rpartition(" :: ")[2]) for each in named]
    sure = {each[0] for each in told if len(each) == 1}
    found: str | None = None
    if len(candidates) == 1:
        found = candidates[0]
    elif len(sure) == 1 and len(told) == 1 and (not candidates or sure <= set(candidates)):
        # Words that nothing is known of say something else than the classifier, perhaps.
        found = next(iter(sure)) if candidates or not words else None
    if found is not None and (not sure or sure == {found} or _OR_BOTH(words)):
        gathered.put(("project", "license"), found, at)
        return [each for each in classifiers if not each.startswith("License ::")]
    if not words and not named:
        return classifiers
    said = repr(words[:60]) if words else repr(named[0][:80])
    if sure and found is not None:
        message = f"{said} is {found}, and the classifiers say {', '.join(sorted(sure))}"
    elif candidates := candidates or (told[0] if told and not words else ()):
        message = f"{said} may be {' or '.join(candidates)}"
    else:
        message = f"{said} names no license of the SPDX list"
    if words:
        gathered.put(("project", "license"), {"text": words}, at)
    fix = (
        'write license = "..." with the SPDX expression of your license, and delete its classifiers'
    )
    gathered.say("adopt-license", message, at, fix)
    return classifiers


def _candidates(words: str) -> tuple[str, ...]:
    if known := expression(words):
        return (known,)
    return meant_licenses(words)


def readme_of(path: str, kind: str = "") -> str | dict[str, str]:
    """Return the value of ``readme`` for the file at *path* of the type *kind*, empty if unsaid.

    >>> readme_of("README.md"), readme_of("README")
    ('README.md', {'file': 'README', 'content-type': 'text/x-rst'})
    """
    known = _TYPES.get(PurePosixPath(path).suffix.lower())
    if known and (not kind or kind.partition(";")[0].strip() == known):
        return path
    return {"file": path, "content-type": kind or "text/x-rst"}


def requirement(gathered: Gathered, text: str, at: Piece) -> str | None:
    """Return *text*, if it is a requirement; otherwise tell *gathered* what is wrong, *at* its place."""
    plain = text.partition(" #")[0].strip()
    if not plain or plain.startswith("#"):
        return None
    if is_marker(plain):
        # In one line of setup.cfg, setuptools ends a requirement at each semicolon.
        message = f"{plain[:80]!r} is a marker, and setuptools takes it for a requirement"
        fix = "put it behind its requirement in the new table, as one text with a semicolon between"
        gathered.say("adopt-requirement", message, at, fix)
        return None
    read = read_requirement(plain)
    # A name alone that is refused has a finding too.
    wrong = [each for each in read.findings if each.severity.value == "error"]
    if not wrong:
        return plain
    fix = wrong[0].fix.message if wrong[0].fix else "write it as name, versions and marker"
    message = f"{plain[:80]!r} is no requirement: {wrong[0].message}"
    gathered.say("adopt-requirement", message, at, f"{fix}, and add it to the new table by hand")
    return None


def put_url(gathered: Gathered, label: str, address: str, at: Piece) -> None:
    """Put *address* under *label*, which somebody wrote, into *gathered*; *at* is where it stands.

    One that a field of another name has put there gets another label: both have been links.
    """
    path = ("project", "urls", label)
    there = gathered.get(*path)
    if there is not None and there != address:
        urls = gathered.get("project", "urls")
        other = next(each for each in _labels(label) if each not in urls)
        gathered.move(path, (*path[:-1], other))
    gathered.put(path, address, at)


def _labels(label: str) -> Iterator[str]:
    """Yield what the address that has the *label* for another reason can be called.

    >>> from itertools import islice
    >>> list(islice(_labels("Homepage"), 2)), next(_labels("Repository"))
    (['Website', 'Website 2'], 'Repository 2')
    """
    first = "Website" if label == "Homepage" else label
    if first != label:
        yield first
    yield from (f"{first} {number}" for number in count(2))


def with_marker(text: str, marker: str) -> str:
    r"""Return the requirement *text* under the condition *marker*, too.

    >>> with_marker("a>=1; os_name == 'nt'", 'python_version < "3.8"')
    'a>=1; os_name == \'nt\' and python_version < "3.8"'
    """
    if not marker.strip():
        return text
    name, mark, condition = text.partition(";")
    if not mark:
        gap = " " if " @ " in name else ""
        return f"{name.rstrip()}{gap}; {marker.strip()}"
    parts = [condition.strip(), marker.strip()]
    joined = " and ".join(f"({each})" if _OR_BOTH(each) else each for each in parts)
    return f"{name.rstrip()}{' ' if ' @ ' in name else ''}; {joined}"


def optional(gathered: Gathered, extra: str, found: Iterable[str], at: Piece) -> None:
    """Add the requirements *found* to those of *extra* in *gathered*; *at* is where they stand."""
    if not _EXTRA(extra):
        message = f"{extra[:60]!r} is no name of an extra"
        gathered.say("adopt-lost", message, at, "choose a name of letters, digits and hyphens")
        return
    same = gathered.extras.setdefault(canonicalize_name(extra), extra)
    gathered.add(("project", "optional-dependencies", same), list(found), at)


def entry_points(gathered: Gathered, value: object, at: Piece) -> None:
    """Put the entry points *value* into *gathered*: by group or a text of INI; *at* is where it is."""
    groups = value if isinstance(value, Mapping) else _groups(value)
    for group, entries in groups.items():
        path = _entry_path(str(group))
        for name, target in _entries(entries):
            if not target or any("\n" in each for each in (name, target)):
                message = f"{name[:60]!r} of {str(group)[:60]} has no form of an entry point"
                gathered.say("adopt-lost", message, at, "write it as name = module:object")
                continue
            gathered.put((*path, name), target, at)


def _entry_path(group: str) -> tuple[str, ...]:
    scripts = {"console_scripts": "scripts", "gui_scripts": "gui-scripts"}
    if group in scripts:
        return ("project", scripts[group])
    return ("project", "entry-points", group)


def _groups(value: object) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in value.splitlines() if isinstance(value, str) else ():
        if match := _GROUP(line):
            lines = found.setdefault(match[1], [])
        elif line.strip() and line.strip()[0] not in "#;":
            lines.append(line)
    return found


def _entries(value: Any) -> list[tuple[str, str]]:
    if isinstance(value, Mapping):
        return [(str(key), item) for key, item in value.items() if isinstance(item, str)]
    lines = [line for each in strings(value) for line in each.splitlines() if line.strip()]
    found = []
    for line in lines:
        match = _ENTRY(line)
        found.append((match[1], match[2]) if match else (line.strip(), ""))
    return found
