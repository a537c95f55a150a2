"""What a project says that it needs from outside, wherever it says so.

Three texts say it: the ``[external]`` table of a pyproject.toml, the fields
``Requires-External-Dep`` and ``Requires-External`` of METADATA, and plain lines.

Source: PEP 725 (draft of 2026-04-17); Dependency Groups specification; Core metadata.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

from packaging.utils import canonicalize_name

from trigpoint.catalogue import marked, report
from trigpoint.external.dep_url import comment_at
from trigpoint.external.older import Older, read_older
from trigpoint.external.requirement import ExternalRequirement, read_external
from trigpoint.findings import Finding, Fix, Span, TextIndex, in_text_order, without_mark
from trigpoint.metadata.checks.structure import mark_findings
from trigpoint.metadata.document import Document
from trigpoint.metadata.project.groups import Groups, read_groups
from trigpoint.metadata.project.project import parse_toml
from trigpoint.metadata.project.sheet import Sheet, TomlRequirement
from trigpoint.metadata.project.toml import Path, Places
from trigpoint.requirements.tree import shown

__all__ = [
    "KEYS",
    "MOST_LOOKED_AT",
    "External",
    "Needed",
    "Role",
    "no_text",
    "read_document",
    "read_lines",
    "read_table",
]

Role = Literal["build", "host", "run", "group"]

_ROLES: Final[Mapping[str, Role]] = {
    "build-requires": "build",
    "host-requires": "host",
    "dependencies": "run",
}
_GROUPS: Final = "dependency-groups"

KEYS: Final = (*_ROLES, *(f"optional-{key}" for key in _ROLES), _GROUPS)
"""The keys that ``[external]`` may have."""

_OLD: Final = {
    "build-host-requires": "host-requires",
    "optional-build-host-requires": "optional-host-requires",
    "requires": "dependencies",
    "run-requires": "dependencies",
    "runtime-requires": "dependencies",
    "extras": "optional-dependencies",
    "groups": _GROUPS,
}
"""Keys of earlier drafts, and what people write for those of today."""

_TABLE: Final = "external"
_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?\Z").match
_LINE = re.compile(r"[^\r\n]+")
_ITEM = re.compile(r"""[ \t]*(["'])((?:(?!\1).)*+)\1[ \t]*,?[ \t]*(?:\#.*)?""").fullmatch
"""An item of a TOML array, with the comment that may follow it."""

_QUOTED = re.compile(r"""[ \t]*(["'])(.*)\1[ \t]*,?[ \t]*""").fullmatch
"""Something like one, in which the quotes stand inside of it, too."""


_UNREAD: Final = frozenset({"metadata-toml", "metadata-bom", "external-binary"})
"""Findings on a text of which nothing is read."""


@dataclass(frozen=True, slots=True)
class Needed:
    """One thing that a text says is needed.

    ``role`` is when: to ``"build"`` on the machine that builds, ``"host"`` to
    build and often to run, ``"run"``, or in a ``"group"``.  ``where`` is the key
    or field that lists it, empty for a plain line; ``group`` the extra or group as
    written.  ``span`` is the place of its ``text``.  ``requirement`` is None where
    nothing can be planned; ``older`` says what a text from before DepURLs is.
    """

    role: Role
    where: str
    group: str
    text: str
    span: Span | None
    requirement: ExternalRequirement | None
    older: Older | None = None


@dataclass(frozen=True, slots=True)
class External:
    """What a text says that is needed from outside.

    ``needed`` is in text order, ``extras`` and ``groups`` are names as written,
    ``findings`` all there is to say.  ``stated`` is False where a pyproject.toml has
    no ``[external]`` table, and METADATA no field for it.
    """

    needed: tuple[Needed, ...] = ()
    extras: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    stated: bool = False
    resolved: Mapping[str, tuple[int, ...]] | None = None
    """Positions in ``needed`` of what each group comes to with its includes, by normal name."""

    def select(
        self, purpose: str = "build", extras: Iterable[str] = (), groups: Iterable[str] = ()
    ) -> tuple[Needed, ...]:
        r"""Return what is needed for *purpose*, ``"build"`` or ``"run"``, in text order.

        To build is what build-requires and host-requires list.  *extras* and *groups*
        name what of the optional tables and the groups counts too; a name that does
        not occur brings nothing.  Markers are not asked.

        >>> read = read_table('[external]\nbuild-requires = ["dep:virtual/compiler/c"]\n'
        ...                   'dependencies = ["dep:generic/git"]')
        >>> [each.text for each in read.select("run")]
        ['dep:generic/git']
        """
        roles = ("run",) if purpose == "run" else ("build", "host")
        wanted = set(map(canonicalize_name, extras))
        chosen = {
            place
            for name in groups
            for place in (self.resolved or {}).get(canonicalize_name(name), ())
        }
        return tuple(
            each
            for place, each in enumerate(self.needed)
            if place in chosen
            or (each.role in roles and (not each.group or canonicalize_name(each.group) in wanted))
        )

    def undeclared(self, extras: Iterable[str], groups: Iterable[str]) -> list[Finding]:
        r"""Return a finding for each of *extras* and *groups* that is not listed, and brings nothing.

        >>> read = read_table('[external.optional-dependencies]\nnat = ["dep:cran/nat"]')
        >>> [each.message for each in read.undeclared(["Nat", "gui"], [])]
        ["there is no extra 'gui'"]
        """
        found: list[Finding] = []
        if not self.readable:
            # What it lists is not known.
            return found
        for what, asked, listed in (("extra", extras, self.extras), ("group", groups, self.groups)):
            known = {canonicalize_name(each) for each in listed}
            names = f"write one of {', '.join(listed)}" if listed else f"the text has no {what}"
            found += [
                report("external-undeclared", f"there is no {what} {shown(name)}", None, Fix(names))
                for name in asked
                if canonicalize_name(name) not in known
            ]
        return found

    @property
    def readable(self) -> bool:
        """Whether anything of the text could be read; what is not said says nothing where not."""
        return not any(each.code in _UNREAD for each in self.findings)

    def fields(self) -> tuple[tuple[str, str], ...]:
        r"""Return the METADATA fields that the table stands for, names and values.

        Of the table, ``dependencies`` and ``optional-dependencies`` reach METADATA.

        >>> text = '[external.optional-dependencies]\nnat = ["dep:cran/nat; os_name == \'nt\'"]'
        >>> for name, value in read_table(text).fields():
        ...     print(f"{name}: {value}")
        Provides-External-Extra: nat
        Requires-External-Dep: dep:cran/nat; os_name == "nt" and extra == "nat"
        """
        found: list[tuple[str, str]] = []
        said: set[str] = set()
        for each in self.needed:
            if each.role != "run" or each.requirement is None or each.older is not None:
                continue
            name = canonicalize_name(each.group) if each.group else ""
            if name and name not in said:
                said.add(name)
                found.append(("Provides-External-Extra", name))
            found.append(("Requires-External-Dep", _with_extra(each.requirement, name)))
        return tuple(found)


def _with_extra(requirement: ExternalRequirement, extra: str) -> str:
    if not extra:
        return str(requirement)
    test = f'extra == "{extra}"'
    if requirement.marker is None:
        return f"{requirement.dep_url}; {test}"
    marker = str(requirement.marker)
    own = f"({marker})" if re.search(r"\bor\b", marker) else marker
    return f"{requirement.dep_url}; {own} and {test}"


# -- pyproject.toml ---------------------------------------------------------------------


class _ExternalSheet(Sheet):
    """A pyproject.toml whose lists hold external requirements."""

    def __init__(self, text: str, data: Mapping[str, Any], places: Places) -> None:
        super().__init__(text, data, places)
        self.needed: list[Needed] = []
        self.at: dict[Path, int] = {}
        self.role: Role = "build"
        self.where = ""
        self.seen: dict[tuple[Path, str], Path] = {}

    def listed(self, path: Path, text: str) -> bool:
        """Read *text*, the string at *path*, as an external requirement."""
        read = read_external(text)
        for finding in read.findings:
            self.lift(path, finding)
        span = self.within(path, 0, len(text))[0]
        self.requirements.append(TomlRequirement(path, text, span))
        self.at[path] = len(self.needed)
        group = str(path[2]) if len(path) > 3 else ""
        self.needed.append(Needed(self.role, self.where, group, text, span, read.requirement))
        if read.requirement is not None:
            self._twice(path, read.requirement)
            self._extra(path, text, read.requirement)
        return read.requirement is not None

    def _twice(self, path: Path, requirement: ExternalRequirement) -> None:
        url = requirement.dep_url
        said = f"{url.identifier}@{url.version}?{url.qualifiers}#{url.subpath};{requirement.marker}"
        first = self.seen.setdefault((path[:-1], said), path)
        if first is not path:
            message = f"{url} is in this list already"
            edit = self.gone(path)
            self.add("external-duplicate", path, message, "delete it", edit=edit)

    def _extra(self, path: Path, text: str, requirement: ExternalRequirement) -> None:
        if requirement.marker is None or self.where.startswith("optional-"):
            return
        if not {"extra", "extras"} & requirement.marker.variables:
            return
        at = text.rfind("extra")
        span, _ = self.within(path, at, at + len("extra"))
        message = f"nothing asks for an extra in {self.where}"
        fix = "list it under the name of the extra, in an optional- table"
        self.say("external-extra", span, message, fix)


def read_table(text: str) -> External:
    r"""Read the ``[external]`` table of *text*, a pyproject.toml; nothing in it raises.

    >>> read = read_table('[external]\nbuild_requires = ["dep:virtual/compiler/c@"]')
    >>> [(found.code, found.span.line, found.span.column) for found in read.findings]
    [('external-key', 2, 1), ('external-version-empty', 2, 42)]

    Source: PEP 725, "Changes in pyproject.toml".
    """
    parsed = parse_toml(text)
    if isinstance(parsed, Finding):
        return External(findings=(*marked(text), parsed))
    whole, places = parsed
    if _TABLE not in whole:
        return External(findings=tuple(marked(text)))
    sheet = _ExternalSheet(text, whole, places)
    sheet.findings += marked(text)
    data = sheet.table_at((_TABLE,), whole[_TABLE])
    extras: dict[str, str] = {}
    groups = Groups({})
    for key, value in data.items():
        meant = _key(sheet, key, data)
        if meant is None:
            continue
        sheet.where = meant
        plain = meant.removeprefix("optional-")
        sheet.role = _ROLES.get(plain, "group")
        path: Path = (_TABLE, key)
        if meant == _GROUPS:
            groups = read_groups(sheet, path)
        elif meant != plain:
            _optional(sheet, path, value, extras)
        else:
            _list(sheet, path, value)
    resolved = {
        name: tuple(sorted({sheet.at[each.path] for each in groups.resolve(name).requirements}))
        for name in groups
    }
    order = sorted(
        range(len(sheet.needed)),
        key=lambda place: span.start if (span := sheet.needed[place].span) else 0,
    )
    moved = {place: number for number, place in enumerate(order)}
    return External(
        tuple(sheet.needed[place] for place in order),
        tuple(extras.values()),
        tuple(group.name for group in groups.values()),
        tuple(in_text_order(sheet.findings)),
        stated=True,
        resolved={
            name: tuple(sorted(moved[each] for each in found)) for name, found in resolved.items()
        },
    )


def _key(sheet: Sheet, key: str, data: Mapping[str, Any]) -> str | None:
    """Return which of the keys *key* is, or is meant to be; report one that is none."""
    if key in KEYS:
        return key
    plain = key[:60].lower().replace("_", "-")
    close = difflib.get_close_matches(plain, KEYS, n=1, cutoff=0.8)
    meant = plain if plain in KEYS else _OLD.get(plain) or (close[0] if close else None)
    path: Path = (_TABLE, key)
    if meant is None:
        fix = f"write one of {', '.join(KEYS[:3])}, optional- in front of one, or {_GROUPS}"
        sheet.add("external-key", path, f"{key!r} is no key of [external]", fix, key=True)
        return None
    if meant in data:
        message = f"{key!r} is no key of [external], and {meant} is there already"
        sheet.add("external-key", path, message, f"move what it lists to {meant}", key=True)
        return meant
    message = f"{key!r} is no key of [external]"
    if plain in _OLD and plain.endswith("build-host-requires"):
        message = f"{key} is what an earlier draft called {meant}"
    elif plain == meant:
        message = f"{key!r} is written {meant}"
    edit = sheet.renamed(path, meant)
    sheet.add("external-key", path, message, f"write {meant}", key=True, edit=edit)
    return meant


def _list(sheet: _ExternalSheet, path: Path, value: object) -> None:
    """Read *value*, at *path*, as a list of external requirements."""
    if isinstance(value, str):
        fix = f"write [{sheet.written(path)}]"
        edit = sheet.value(path, f"[{sheet.written(path)}]", [value])
        sheet.wrong_type(path, value, "an array of strings", fix, edit)
        return
    if isinstance(value, Mapping):
        key = str(path[-1])
        fix = f"write optional-{key}" if f"optional-{key}" in KEYS else "write an array"
        sheet.wrong_type(path, value, "an array of strings", fix)
        return
    for at, text in sheet.texts_at(path, value):
        sheet.listed(at, text)


def _optional(sheet: _ExternalSheet, path: Path, value: object, extras: dict[str, str]) -> None:
    """Read *value*, at *path*, as lists by the names of extras."""
    if isinstance(value, list):
        key = str(path[-1]).removeprefix("optional-")
        sheet.wrong_type(
            path, value, "a table", f"write {key}, or a name for the list: name = [...]"
        )
        return
    here: dict[str, str] = {}
    for name, items in sheet.table_at(path, value).items():
        key = canonicalize_name(name)
        if not _NAME(name):
            message = f"{name!r} is no name of an extra"
            fix = "use letters and digits, with - _ . between them"
            sheet.add("external-extra-name", (*path, name), message, fix, key=True)
        elif key in here:
            message = f"{name} and {here[key]} are the same name"
            sheet.add(
                "external-extra-clash", (*path, name), message, "rename one of them", key=True
            )
        here.setdefault(key, name)
        extras.setdefault(key, name)
        _list(sheet, (*path, name), items)


# -- METADATA and lines -----------------------------------------------------------------


def read_document(document: Document) -> External:
    r"""Read what *document*, METADATA, says that is needed from outside.

    >>> from trigpoint.metadata import read
    >>> found = read_document(read("Requires-External: libpng (>=1.5)\n"))
    >>> found.needed[0].older.kind, found.findings[0].span.column
    ('opaque', 20)

    Source: Core metadata; PEP 725, "Changes in Core Metadata".
    """
    if document.text.startswith("\ufeff"):
        return External(findings=tuple(mark_findings(document)))
    needed: list[Needed] = []
    findings: list[Finding] = []
    extras: dict[str, str] = {}
    stated = False
    for header in document.headers:
        if header.key not in _FIELDS:
            continue
        stated = True
        value = header.value
        if header.key == "provides-external-extra":
            found: Iterable[Finding] = _provided(value, extras)
        else:
            older = read_older(value) if header.key == "requires-external" else None
            read = older or read_external(value)
            if older is not None and older.kind == "dep":
                found = (*read.findings, _misplaced(value))
            else:
                found = read.findings
            needed.append(
                Needed(
                    "run",
                    header.name,
                    "",
                    value,
                    header.locate(0, len(value)),
                    read.requirement,
                    older,
                )
            )
        findings += [_lifted(finding, header.locate, header.folded) for finding in found]
    return External(
        tuple(needed), tuple(extras.values()), (), tuple(in_text_order(findings)), stated=stated
    )


_FIELDS: Final = frozenset(
    {"requires-external", "requires-external-dep", "provides-external-extra"}
)


def _lifted(finding: Finding, locate: Any, folded: bool) -> Finding:
    """Return *finding*, on the value of a field, on the text that the field is in."""
    span = finding.span and locate(finding.span.start, finding.span.end)
    fix = finding.fix
    if fix and fix.span:
        place = locate(fix.span.start, fix.span.end)
        # A folded value has line ends that a replacement would not keep.
        fix = Fix(fix.message) if folded else replace(fix, span=place)
    return replace(finding, span=span, fix=fix)


def _provided(value: str, extras: dict[str, str]) -> Iterator[Finding]:
    span = TextIndex(value).span(0, len(value))
    key = canonicalize_name(value)
    if not _NAME(value):
        message = f"{value!r} is no name of an extra"
        fix = Fix("use letters and digits, with - _ . between them")
        yield report("external-extra-name", message, span, fix)
    elif key in extras:
        message = f"{value} and {extras[key]} are the same name"
        yield report("external-extra-clash", message, span, Fix("delete one of them"))
    extras.setdefault(key, value)


def _misplaced(value: str) -> Finding:
    message = "a DepURL stands in the field Requires-External, which is for texts"
    span = TextIndex(value).span(0, len(value))
    return report("external-field", message, span, Fix("call the field Requires-External-Dep"))


MOST_LOOKED_AT: Final = 4096
"""Letters of a text that are looked at to say whether it is one."""

_NO_LETTER = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\ud800-\udfff]")
_WIDE: Final = ("\udcff\udcfe", "\udcfe\udcff")


def no_text(text: str) -> Finding | None:
    r"""Return what keeps *text*, the bytes of a file with lone surrogates for what is no UTF-8, from being one.

    None where it can be read.  A U+0000 is in no text, and one letter in ten that is none is
    too many for a file in an old encoding.

    >>> no_text("\x7fELF\x02\x00").message
    'these are bytes that are no text: U+0000 is among them'
    >>> no_text("# caf\udce9\ndep:generic/zlib") is None
    True
    """
    head = text[:MOST_LOOKED_AT]
    odd = len(_NO_LETTER.findall(head))
    if head.startswith(_WIDE):
        message, fix = "this is UTF-16, as PowerShell writes it", "save the file as UTF-8"
    elif "\0" in head:
        message = "these are bytes that are no text: U+0000 is among them"
        fix = "give a pyproject.toml, METADATA, a wheel, an sdist, or lines of text"
    elif 10 * odd > len(head):
        message = (
            f"these are bytes that are no text: {odd} of {len(head):,} are no letters in UTF-8"
        )
        fix = "give a pyproject.toml, METADATA, a wheel, an sdist, or lines of text"
    else:
        return None
    return report("external-binary", message, None, Fix(fix))


def read_lines(text: str) -> External:
    r"""Read *text*, one requirement a line; ``#`` at the start or behind a blank begins a comment.

    A line may be an item of a TOML array, with its quotes, its comma and its comment.

    >>> [each.text for each in read_lines('# needed\n  "dep:generic/zlib",\nlibblas.so.3-abi').needed]
    ['dep:generic/zlib', 'libblas.so.3-abi']
    """
    index = TextIndex(text)
    needed: list[Needed] = []
    findings: list[Finding] = []
    for match in _LINE.finditer(text):
        line = without_mark(match[0]) if not match.start() else match[0]
        bare = line.strip(" \t")
        if not bare or bare.startswith("#"):
            continue
        start = match.start() + len(line) - len(line.lstrip(" \t"))
        if quoted := _ITEM(line) or _QUOTED(line):
            bare, start = quoted[2], match.start() + quoted.start(2)
        elif (comment := comment_at(bare)) is not None:
            bare = bare[:comment]
        older = read_older(bare)
        span = index.span(start, start + len(bare))
        kept = None if older.kind == "dep" else older
        needed.append(Needed("host", "", "", bare, span, older.requirement, kept))
        findings += [finding.moved(index, start) for finding in older.findings]
    return External(tuple(needed), findings=tuple(in_text_order(findings)), stated=bool(needed))
