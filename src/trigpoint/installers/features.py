"""What in a METADATA file, a wheel's name or a request installers are known to differ on.

A feature is a short name such as ``extras-in@named``.  Recorded cases declare
features, documents are searched for them, and a prediction is the meeting of
the two.  This module reads fields as a plain list of (name, value) pairs, so
that any reader of METADATA can feed it; :func:`scan` is a small one.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression
from packaging.requirements import InvalidRequirement, Requirement
from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

from trigpoint.markers.meaning.environments import VARIABLES
from trigpoint.markers.reading.grammar import LEGACY

__all__ = ["FEATURES", "ScannedField", "describe", "detect", "scan"]

_NEWEST = (2, 6)
_KNOWN_VERSIONS = ("1.0", "1.1", "1.2", "2.0", "2.1", "2.2", "2.3", "2.4", "2.5", "2.6")

_REPEATED = frozenset(
    {
        "Dynamic",
        "Platform",
        "Supported-Platform",
        "Classifier",
        "Requires-Dist",
        "Provides-Dist",
        "Obsoletes-Dist",
        "Requires-External",
        "Project-URL",
        "Provides-Extra",
        "Default-Extra",
        "Requires",
        "Provides",
        "Obsoletes",
        "License-File",
        "Import-Name",
        "Import-Namespace",
    }
)
_SINCE = {
    "1.0": "Metadata-Version Name Version Platform Summary Description Keywords Home-page Author "
    "Author-email License",
    "1.1": "Supported-Platform Download-URL Classifier Requires Provides Obsoletes",
    "1.2": "Maintainer Maintainer-email Requires-Dist Provides-Dist Obsoletes-Dist "
    "Requires-Python Requires-External Project-URL",
    "2.1": "Description-Content-Type Provides-Extra",
    "2.2": "Dynamic",
    "2.4": "License-Expression License-File",
    "2.5": "Import-Name Import-Namespace",
    "3.0": "Default-Extra",
}
# Field by its lower-case name: its spelling and the version that brought it.
_FIELDS = {name.lower(): (name, since) for since, names in _SINCE.items() for name in names.split()}

_RELATIONS = {
    "bare": "asked for without an extra",
    "named": "asked for with an extra that the marker names",
    "other": "asked for with an extra that the marker does not name",
    "several": "asked for with several extras",
}

_TEXT = {
    "metadata-version-newer-minor": "Metadata-Version with a newer minor part",
    "metadata-version-newer-major": "Metadata-Version with a newer major part",
    "metadata-version-unknown": "Metadata-Version that was never published",
    "metadata-version-short": "Metadata-Version with one part",
    "metadata-version-invalid": "Metadata-Version that is no version",
    "metadata-version-missing": "no Metadata-Version",
    "wheel-version-newer-minor": "Wheel-Version with a newer minor part",
    "wheel-version-newer-major": "Wheel-Version with a newer major part",
    "older-release": "an older release to fall back on",
    "only-release": "no other release",
    "requires-dist": "plain requirement",
    "requires-dist-extra": "requirement that asks for an extra",
    "requires-dist-empty-brackets": "requirement with empty brackets",
    "requires-dist-url": "requirement with an address",
    "requires-dist-invalid": "requirement that cannot be read",
    "requires-dist-legacy": "requirement with a legacy specifier",
    "environment-marker": "marker about the environment",
    "marker-unknown-variable": "marker with an unknown variable",
    "extra-equality": "extra == value",
    "extra-negation": "extra != value",
    "extra-conjunction": "two tests of extra that must both hold",
    "extra-in-value": "extra in a list",
    "extra-in-substring": "extra in a longer name",
    "value-in-extra": "value in extra",
    "extra-order": "order between extra and a value",
    "extra-empty": "extra compared with an empty value",
    "extra-operator": "another operator on extra",
    "extras-in": "value in extras",
    "extras-not-in": "value not in extras",
    "extras-conjunction": "two tests of extras that must both hold",
    "extras-operator": "another operator on extras",
    "dependency-groups": "test of dependency_groups",
    "extra-not-provided": "extra that no Provides-Extra lists",
    "self-reference": "requirement of the project itself, with extras",
    "extra-name-invalid": "Provides-Extra that is no valid name",
    "extras-clash": "two extras that are the same after normalisation",
    "extras-clash-normal": "a clashing extra asked for in its normal form",
    "extras-clash-unnormalised": "a clashing extra asked for in another spelling",
    "request-unknown-extra": "extra asked for that is not provided",
    "default-extra@bare": "Default-Extra, asked for without brackets",
    "default-extra@empty": "Default-Extra, asked for with empty brackets",
    "default-extra@extra": "Default-Extra, asked for with an extra",
    "requires-python-invalid": "Requires-Python that cannot be read",
    "requires-python-legacy": "Requires-Python with a legacy specifier",
    "version-invalid": "Version outside PEP 440",
    "duplicate-name": "Name given twice",
    "duplicate-version": "Version given twice",
    "duplicate-field": "single-use field given twice",
    "duplicate-url-label": "two Project-URL with the same label",
    "field-too-new": "field that is newer than the Metadata-Version",
    "unknown-field": "field that no version of the specification has",
    "license-and-license-expression": "License and License-Expression together",
    "license-expression-invalid": "License-Expression that SPDX does not allow",
    "content-type-unknown": "unknown Description-Content-Type",
    "summary-folded": "Summary of several lines",
    "not-utf-8": "bytes that are no UTF-8",
    "byte-order-mark": "byte order mark",
    "leading-blank-line": "blank line before the first field",
    "field-after-blank-line": "field after a blank line",
    "line-without-colon": "line without a colon among the fields",
    "blank-before-colon": "blank before a colon",
    "crlf": "lines that end with CR LF",
    "field-name-case": "field name in another case",
    "folded-requires-dist": "requirement folded onto several lines",
    "nul-character": "NUL character",
    "content-transfer-encoding": "Content-Transfer-Encoding field",
    "file-name-plain": "ordinary wheel file name",
    "file-name-build": "build tag",
    "file-name-build30": "build tag of digits and points",
    "file-name-build30md": "build tag of digits and letters",
    "file-name-buildmd3": "build tag that starts with a letter",
    "file-name-platform": "unknown platform tag beside a known one",
    "file-name-python": "unknown Python tag beside a known one",
    "file-name-abi": "unknown ABI tag beside a known one",
    "file-name-local": "local version in the file name",
    "file-name-localbuild": "local version and build tag in the file name",
    "file-name-trailing": "part after the tags",
    "file-name-trailingbuild": "part after the tags, and a build tag",
    "file-name-slotabi": "unknown ABI tag alone",
    "file-name-slotpython": "unknown Python tag alone",
    "file-name-slotplatform": "unknown platform tag alone",
    "file-name-whlx": "suffix .whlx",
    "file-name-whl3": "another suffix that starts with .whl",
    "file-name-upper": "suffix in upper case",
    "file-name-short": "part missing in the file name",
    "file-name-name": "project name in mixed case in the file name",
    "file-name-version": "version spelled otherwise in the file name than in METADATA",
    "file-name-other": "file name that is no wheel's",
}

_WITH_RELATION = (
    "extra-equality",
    "extra-negation",
    "extra-conjunction",
    "extra-in-value",
    "extra-in-substring",
    "value-in-extra",
    "extra-order",
    "extra-empty",
    "extra-operator",
    "extras-in",
    "extras-not-in",
    "extras-conjunction",
    "extras-operator",
    "dependency-groups",
    "extra-not-provided",
    "self-reference",
)
_SPELLINGS = ("normal", "lower", "mixed")


def _vocabulary() -> dict[str, str]:
    names = {f"metadata-version-{known}": f"Metadata-Version {known}" for known in _KNOWN_VERSIONS}
    for name, said in _TEXT.items():
        if name in _WITH_RELATION:
            names |= {f"{name}@{key}": f"{said}, {text}" for key, text in _RELATIONS.items()}
        else:
            names[name] = said
    for provides in _SPELLINGS:
        for marker in _SPELLINGS:
            for asked in _SPELLINGS:
                names[f"extra-spelling-{provides}-{marker}-{asked}"] = (
                    f"extra spelled {provides} in Provides-Extra, {marker} in the marker "
                    f"and {asked} in the request"
                )
    del names["extra-spelling-normal-normal-normal"]
    return names


FEATURES: Mapping[str, str] = MappingProxyType(_vocabulary())
"""Every feature by name, with a few words about it.

What follows an ``@`` says how the request stands to the marker.  In the names
of spellings, *normal* is the normalised form, *lower* differs in separators
only, *mixed* has capitals.
"""

CONTEXT = frozenset({"older-release", "only-release"})
"""Features of the situation, which need no evidence of their own."""


def describe(feature: str) -> str:
    """Return a few words about *feature*.

    Raises :exc:`KeyError` for a name that is not in :data:`FEATURES`.

    >>> describe("extras-in@named")
    'value in extras, asked for with an extra that the marker names'
    """
    return FEATURES[feature]


@dataclass(frozen=True, slots=True)
class ScannedField:
    """One header field: its name and value as written, unfolded, and its line.

    ``line`` is 1-based; ``start`` and ``end`` are code point offsets into the
    text, without the last line's end.
    """

    name: str
    value: str
    line: int
    start: int
    end: int


_ROW = re.compile(r"([^\r\n]*)(?:\r\n|\r|\n|\Z)")


def scan(text: str) -> list[ScannedField]:
    r"""Return the header fields of *text*, up to the first line that ends them.

    Lines that begin with a blank belong to the field before them.  A blank
    line, a line without a colon and a name followed by a blank end the fields,
    as they do for the readers that installers use.  Source: RFC 5322 as
    Python's email package reads it.

    >>> [field.name for field in scan("Name: a\nVersion: 1\n\nRequires-Dist: b\n")]
    ['Name', 'Version']
    """
    found: list[ScannedField] = []
    for number, row in enumerate(_ROW.finditer(text), 1):
        line = row[1]
        start, end = row.span(1)
        if line[:1] in (" ", "\t") and found:
            last = found[-1]
            joined = f"{last.value}\n{line}"
            found[-1] = ScannedField(last.name, joined, last.line, last.start, end)
            continue
        name, colon, value = line.partition(":")
        if not colon or not name or not name.isascii() or " " in name or "\t" in name:
            break
        found.append(ScannedField(name, value.strip(" \t"), number, start, end))
    return found


class _Found:
    """Features as they are found, each with the numbers of the fields that have it."""

    def __init__(self) -> None:
        self.places: dict[str, list[int]] = {}

    def add(self, feature: str, *indexes: int) -> None:
        places = self.places.setdefault(feature, [])
        places.extend(index for index in indexes if index not in places)


@dataclass(frozen=True, slots=True)
class _Request:
    """A request's extras as written; ``brackets`` tells ``pkg[]`` from ``pkg``."""

    extras: tuple[str, ...]
    brackets: bool

    @property
    def names(self) -> frozenset[str]:
        return _normalised(self.extras)

    def relation(self, mentioned: frozenset[str]) -> str:
        if not self.names:
            return "bare"
        if not self.names & mentioned:
            return "other"
        return "named" if len(self.names) == 1 else "several"


_REQUEST = re.compile(r"\s*[A-Za-z0-9][A-Za-z0-9._-]*\s*(?:\[(?P<extras>[^\[\]]*)\])?\s*")
_EXTRA = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?")


def read_request(request: str | None) -> _Request | None:
    """Read ``pkg``, ``pkg[]`` or ``pkg[a,b]``; None if it is none of them."""
    if request is None:
        return _Request((), brackets=False)
    if not (match := _REQUEST.fullmatch(request)):
        return None
    inside = match["extras"]
    if inside is None or not inside.strip():
        return _Request((), brackets=inside is not None)
    extras = tuple(part.strip() for part in inside.split(","))
    if not all(_EXTRA.fullmatch(extra) for extra in extras):
        return None
    return _Request(extras, brackets=True)


def detect(
    fields: Iterable[tuple[str, str]],
    raw: bytes = b"",
    *,
    request: str | None = None,
    file_name: str = "",
    wheel: str = "",
    older: bool = False,
) -> dict[str, tuple[int, ...]]:
    """Return the features of a document, each with the numbers of the fields that show it.

    ``fields`` are (name, value) pairs in order and counted from 0; ``raw``
    are the bytes they were read from, ``request`` is ``pkg``, ``pkg[]`` or
    ``pkg[a,b]`` (None is ``pkg``), ``file_name`` the wheel's name, ``wheel``
    the text of its WHEEL file.  ``older`` says that an older release could be
    taken instead.  Raises :exc:`ValueError` for a request of another form.

    >>> sorted(detect([("Metadata-Version", "3.0"), ("Name", "a"), ("Version", "1")]))
    ['metadata-version-newer-major', 'only-release']
    """
    asked = read_request(request)
    if asked is None:
        raise ValueError(f"not a request: {request!r}")
    pairs = list(fields)
    found = _Found()
    _raw_features(raw, found)
    # A reader that meets these first sees no field at all.
    if not found.places.keys() & {"byte-order-mark", "leading-blank-line"}:
        _field_features(pairs, found)
        _dependency_features(pairs, asked, found)
    if wheel:
        _wheel_features(wheel, found)
    if file_name:
        versions = [value for name, value in pairs if name.lower() == "version"]
        _file_name_features(file_name, versions, found)
    found.add("older-release" if older else "only-release")
    return {name: tuple(places) for name, places in found.places.items()}


# --- bytes ---------------------------------------------------------------------------------


def _raw_features(raw: bytes, found: _Found) -> None:
    if not raw:
        return
    try:
        raw.decode()
    except UnicodeDecodeError:
        found.add("not-utf-8")
    if raw.startswith(b"\xef\xbb\xbf"):
        found.add("byte-order-mark")
        return
    if re.match(rb"[ \t]*\r?\n", raw):
        found.add("leading-blank-line")
        return
    headers, body = _halves(raw)
    if b"\r\n" in headers:
        found.add("crlf")
    if b"\0" in headers:
        found.add("nul-character")
    first = body.lstrip(b"\r\n").split(b"\n", 1)[0]
    name, colon, _ = first.partition(b":")
    if colon and name.decode("ascii", "replace").lower() in _FIELDS:
        found.add("field-after-blank-line")
    for line in headers.replace(b"\r\n", b"\n").split(b"\n"):
        if not line or line[:1] in b" \t":
            continue
        name, colon, _ = line.partition(b":")
        if not colon:
            found.add("line-without-colon")
        elif name != name.rstrip():
            found.add("blank-before-colon")


def _halves(raw: bytes) -> tuple[bytes, bytes]:
    """Split *raw* at its first blank line."""
    if match := re.search(rb"\n\r?\n", raw):
        return raw[: match.start() + 1], raw[match.end() :]
    return raw, b""


# --- fields --------------------------------------------------------------------------------


def _field_features(pairs: Sequence[tuple[str, str]], found: _Found) -> None:
    places: dict[str, list[int]] = {}
    for index, (name, _) in enumerate(pairs):
        places.setdefault(name.lower(), []).append(index)

    def values(name: str) -> list[tuple[int, str]]:
        return [(index, pairs[index][1]) for index in places.get(name, [])]

    version = _version_feature(values("metadata-version"), found)
    for key, indexes in places.items():
        if key == "content-transfer-encoding":
            found.add("content-transfer-encoding", *indexes)
        elif key not in _FIELDS:
            found.add("unknown-field", *indexes)
        else:
            _known_field(key, indexes, pairs, version, found)
    for index, value in values("version")[:1]:
        if not _readable(Version, InvalidVersion, value):
            found.add("version-invalid", index)
    for index, value in values("requires-python")[:1]:
        if not _readable(SpecifierSet, InvalidSpecifier, value):
            legacy = _readable(SpecifierSet, InvalidSpecifier, value.replace(".*", ""))
            found.add(f"requires-python-{'legacy' if legacy else 'invalid'}", index)
    if "license" in places and "license-expression" in places:
        both = places["license"] + places["license-expression"]
        found.add("license-and-license-expression", *both)
    for index, value in values("license-expression")[:1]:
        if not _readable(canonicalize_license_expression, InvalidLicenseExpression, value):
            found.add("license-expression-invalid", index)
    for index, value in values("description-content-type")[:1]:
        kind = value.partition(";")[0].strip().lower()
        if kind not in ("text/plain", "text/x-rst", "text/markdown"):
            found.add("content-type-unknown", index)
    for index, value in values("summary")[:1]:
        if "\n" in value:
            found.add("summary-folded", index)
    labels: dict[str, int] = {}
    for index, value in values("project-url"):
        label = value.partition(",")[0].strip()
        if label in labels:
            found.add("duplicate-url-label", labels[label], index)
        labels.setdefault(label, index)


def _readable(reader: Callable[[str], Any], error: type[Exception], value: str) -> bool:
    try:
        reader(value)
    except error:
        return False
    return True


def _version_feature(values: Sequence[tuple[int, str]], found: _Found) -> tuple[int, int] | None:
    """Add the feature of the Metadata-Version; return it if it is a known one."""
    if not values:
        found.add("metadata-version-missing")
        return None
    index, text = values[0]
    if text in _KNOWN_VERSIONS:
        found.add(f"metadata-version-{text}", index)
        major, minor = (int(part) for part in text.split("."))
        return major, minor
    if re.fullmatch(r"[0-9]+", text):
        found.add("metadata-version-short", index)
    elif match := re.fullmatch(r"([0-9]+)\.([0-9]+)", text):
        major, minor = int(match[1]), int(match[2])
        if major > _NEWEST[0]:
            found.add("metadata-version-newer-major", index)
        elif (major, minor) > _NEWEST:
            found.add("metadata-version-newer-minor", index)
        else:
            found.add("metadata-version-unknown", index)
    else:
        found.add("metadata-version-invalid", index)
    return None


def _known_field(
    key: str,
    indexes: Sequence[int],
    pairs: Sequence[tuple[str, str]],
    version: tuple[int, int] | None,
    found: _Found,
) -> None:
    spelling, since = _FIELDS[key]
    for index in indexes:
        if pairs[index][0] != spelling:
            found.add("field-name-case", index)
    if len(indexes) > 1 and spelling not in _REPEATED:
        named = key if key in ("name", "version") else "field"
        found.add(f"duplicate-{named}", *indexes)
    # Installers read requirements under any version, and Default-Extra has a feature of its own.
    first_in = tuple(int(part) for part in since.split("."))
    if version and first_in > version and key != "default-extra":
        found.add("field-too-new", *indexes)
    if key == "requires-dist":
        for index in indexes:
            if "\n" in pairs[index][1]:
                found.add("folded-requires-dist", index)


# --- dependencies and extras -----------------------------------------------------------------


_MARKER_TOKEN = re.compile(
    r"""\s*(?:
      (?P<string>"[^"]*"|'[^']*')
    | (?P<operator>===|[<>=!~]=|<|>|not\s+in\b|in\b)
    | (?P<word>and\b|or\b|[()])
    | (?P<name>[A-Za-z_][\w.]*)
    )""",
    re.VERBOSE,
)
_VARIABLES = frozenset(VARIABLES) | frozenset(LEGACY)
_MIRRORED = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}


@dataclass(frozen=True, slots=True)
class _Line:
    """One Requires-Dist: of what kinds it is, and the extras that each kind names.

    ``own`` says that it asks for extras of the project itself.
    """

    kinds: Mapping[str, tuple[str, ...]]
    own: bool

    @property
    def names(self) -> frozenset[str]:
        return _normalised(extra for extras in self.kinds.values() for extra in extras)


def _normalised(extras: Iterable[str]) -> frozenset[str]:
    return frozenset(canonicalize_name(extra) for extra in extras)


def _tokens(marker: str) -> list[tuple[str, str]] | None:
    found = []
    position = 0
    marker = marker.rstrip()
    while position < len(marker):
        if not (match := _MARKER_TOKEN.match(marker, position)):
            return None
        assert match.lastgroup
        found.append((match.lastgroup, " ".join(match[match.lastgroup].split(" "))))
        position = match.end()
    return found


def _comparison(left: tuple[str, str], operator: str, right: tuple[str, str]) -> tuple[str, str]:
    """Return the kind of one comparison and the value it compares; the kind may be empty."""
    if left[0] == "name" and right[0] == "string":
        variable, value, turned = left[1], right[1][1:-1], False
    elif left[0] == "string" and right[0] == "name":
        variable, value, turned = right[1], left[1][1:-1], True
    else:
        return "", ""
    negative = operator.startswith("not")
    if variable == "extra":
        if operator in ("==", "!=") and not value:
            return "extra-empty", ""
        if operator == "==":
            return "extra-equality", value
        if operator == "!=":
            return "extra-negation", value
        if operator == "in":
            listed = "value" if re.search(r"[\s,|]", value) else "substring"
            return ("value-in-extra" if turned else f"extra-in-{listed}"), value
        return ("extra-order" if operator in _MIRRORED else "extra-operator"), value
    if variable == "extras":
        if turned and operator.endswith("in"):
            return ("extras-not-in" if negative else "extras-in"), value
        return "extras-operator", value
    if variable == "dependency_groups":
        return "dependency-groups", value
    return ("" if variable in _VARIABLES else "marker-unknown-variable"), value


class _Chain:
    """One open parenthesis: variables of extras in the current run of ands, and in all."""

    def __init__(self) -> None:
        self.run: set[str] = set()
        self.all: set[str] = set()

    def add(self, variables: Iterable[str]) -> bool:
        """Add what the next operand tests; True if the run had tested extras before."""
        tested = set(variables)
        before = bool(self.run and tested)
        self.run |= tested
        self.all |= tested
        return before


def _named(kind: str, value: str) -> list[str]:
    """Return the extras that a comparison of *kind* names."""
    if kind == "extra-in-value":
        return re.split(r"[\s,|]+", value)
    if kind == "extra-in-substring":
        return re.split(r"[-_.]+", value)
    return [value] if value and kind != "marker-unknown-variable" else []


def _marker_kinds(marker: str) -> dict[str, tuple[str, ...]] | None:
    """Return the kinds of comparison in *marker*, each with its extras; None if unreadable."""
    tokens = _tokens(marker)
    if tokens is None:
        return None
    kinds: dict[str, tuple[str, ...]] = {}
    chains = [_Chain()]
    conjunctions: set[str] = set()
    index = 0
    while index < len(tokens):
        group, text = tokens[index]
        index += 1
        if (group, text) == ("word", "("):
            chains.append(_Chain())
        elif (group, text) == ("word", ")"):
            if len(chains) == 1:
                return None
            inner = chains.pop().all
            if chains[-1].add(inner):
                conjunctions |= inner
        elif (group, text) == ("word", "or"):
            chains[-1].run = set()
        elif group != "word":
            if index + 1 >= len(tokens) or tokens[index][0] != "operator":
                return None
            kind, value = _comparison(tokens[index - 1], tokens[index][1], tokens[index + 1])
            index += 2
            if kind:
                kinds[kind] = (*kinds.get(kind, ()), *_named(kind, value))
            if kind and kind != "marker-unknown-variable":
                variable = "extras" if kind.startswith("extras") else "extra"
                if chains[-1].add([variable]):
                    conjunctions.add(variable)
    everything = tuple(extra for extras in kinds.values() for extra in extras)
    if "extra" in conjunctions:
        # What an equality does alone is not what it does here.
        kinds.pop("extra-equality", None)
    return kinds | {f"{variable}-conjunction": everything for variable in sorted(conjunctions)}


@functools.lru_cache(maxsize=4096)
def _requirement_line(text: str, project: str) -> _Line:
    """Read one Requires-Dist value."""
    unfolded = " ".join(text.split("\n"))
    head, semicolon, marker = unfolded.partition(";")
    if re.search(r"\s@\s|^\s*[\w.-]+(\[[^\]]*\])?\s*@", head):
        # An address may hold a semicolon; only one after a blank starts the marker.
        head, semicolon, marker = unfolded.partition(" ;")
    kinds = _marker_kinds(marker) if semicolon else {}
    try:
        requirement = Requirement(head)
    except InvalidRequirement:
        plain = head.replace(".*", "")
        legacy = ".*" in head and _readable(Requirement, InvalidRequirement, plain)
        return _Line({f"requires-dist-{'legacy' if legacy else 'invalid'}": ()}, own=False)
    if kinds is None or (semicolon and not _marker_is_read(marker, kinds)):
        return _Line({"requires-dist-invalid": ()}, own=False)
    own = canonicalize_name(requirement.name) == project and bool(requirement.extras)
    if requirement.url:
        kinds["requires-dist-url"] = ()
    elif re.search(r"\[\s*\]", head):
        kinds["requires-dist-empty-brackets"] = ()
    elif requirement.extras and not own:
        kinds["requires-dist-extra"] = ()
    if not kinds:
        kinds["environment-marker" if semicolon else "requires-dist"] = ()
    return _Line(kinds, own)


def _marker_is_read(marker: str, kinds: Iterable[str]) -> bool:
    """Whether packaging reads *marker*, unknown variables aside."""
    if "marker-unknown-variable" in kinds:
        return True
    return _readable(Requirement, InvalidRequirement, f"a; {marker}")


def _spelling(extra: str) -> str:
    if extra == canonicalize_name(extra):
        return "normal"
    return "lower" if extra == extra.lower() else "mixed"


def _dependency_features(
    pairs: Sequence[tuple[str, str]], request: _Request, found: _Found
) -> None:
    provided = [
        (index, value)
        for index, (name, value) in enumerate(pairs)
        if name.lower() == "provides-extra"
    ]
    project = next(
        (canonicalize_name(value) for name, value in pairs if name.lower() == "name"), ""
    )
    mentioned: set[str] = set()
    for index, (name, value) in enumerate(pairs):
        if name.lower() != "requires-dist":
            continue
        line = _requirement_line(value, project)
        mentioned |= line.names
        for kind, extras in line.kinds.items():
            relation = request.relation(_normalised(extras))
            found.add(f"{kind}@{relation}" if kind in _WITH_RELATION else kind, index)
        if line.own:
            found.add(f"self-reference@{request.relation(line.names)}", index)
        _spelling_features(line, index, provided, request, found)
    _provided_features(provided, request, found)
    for index, (name, _) in enumerate(pairs):
        if name.lower() == "default-extra":
            relation = "extra" if request.extras else "empty" if request.brackets else "bare"
            found.add(f"default-extra@{relation}", index)
    known = mentioned | {canonicalize_name(value) for _, value in provided}
    if request.names - known:
        found.add("request-unknown-extra")


def _spelling_features(
    line: _Line,
    index: int,
    provided: Sequence[tuple[int, str]],
    request: _Request,
    found: _Found,
) -> None:
    """Add how the extras of an equality are spelled in the three places that have to agree."""
    for extra in line.kinds.get("extra-equality", ()):
        name = canonicalize_name(extra)
        same = [value for _, value in provided if canonicalize_name(value) == name]
        if not same:
            relation = request.relation(frozenset({name}))
            found.add(f"extra-not-provided@{relation}", index)
            continue
        listed = extra if extra in same else same[0]
        for asked in request.extras:
            if canonicalize_name(asked) == name:
                three = [_spelling(text) for text in (listed, extra, asked)]
                if set(three) != {"normal"}:
                    found.add(f"extra-spelling-{'-'.join(three)}", index)


def _provided_features(
    provided: Sequence[tuple[int, str]], request: _Request, found: _Found
) -> None:
    seen: dict[str, tuple[int, str]] = {}
    for index, value in provided:
        if not _EXTRA.fullmatch(value):
            found.add("extra-name-invalid", index)
            continue
        name = canonicalize_name(value)
        if name in seen and seen[name][1] != value:
            found.add("extras-clash", seen[name][0], index)
            for asked in request.extras:
                if canonicalize_name(asked) == name:
                    how = "normal" if asked == name else "unnormalised"
                    found.add(f"extras-clash-{how}", index)
        seen.setdefault(name, (index, value))


# --- the wheel around it -------------------------------------------------------------------


def _wheel_features(wheel: str, found: _Found) -> None:
    for field in scan(wheel):
        match = re.fullmatch(r"([0-9]+)\.([0-9]+)", field.value)
        if field.name.lower() == "wheel-version" and match:
            if int(match[1]) > 1:
                found.add("wheel-version-newer-major")
            elif int(match[2]) > 0:
                found.add("wheel-version-newer-minor")


_TAGS = {
    "python": re.compile(r"(py|cp|pp|jy|ip|graalpy)[0-9_]+"),
    "abi": re.compile(r"none|abi[0-9]+t?|abi3t|(cp|pp|pypy|graalpy|jy|ip)[0-9]\w*"),
    "platform": re.compile(
        r"any|(many|musl)?linux\w*|macosx_\w+|win32|win_\w+|(ios|android|pyodide|emscripten)_\w+"
    ),
}


def _file_name_features(file_name: str, versions: Sequence[str], found: _Found) -> None:
    found.add(f"file-name-{_file_name_form(file_name, versions)}")


def _file_name_form(file_name: str, versions: Sequence[str]) -> str:
    stem, point, suffix = file_name.rpartition(".")
    if not point:
        return "other"
    if suffix != "whl":
        if suffix == "whlx":
            return "whlx"
        if suffix.lower() == "whl":
            return "upper"
        return "whl3" if suffix.startswith("whl") else "other"
    parts = stem.split("-")
    if len(parts) < 5:
        return "short"
    if len(parts) > 7:
        return "other"
    name, version, *rest = parts
    build = ""
    if not _TAGS["python"].match(rest[0]) and len(rest) > 3:
        build, *rest = rest
    if len(rest) > 3:
        return "trailingbuild" if build else "trailing"
    if len(rest) < 3:
        return "short"
    if build and not build[0].isdigit():
        return "buildmd3"
    for slot, tags in zip(_TAGS, rest, strict=True):
        known = [bool(_TAGS[slot].fullmatch(tag)) for tag in tags.split(".")]
        if not any(known):
            return f"slot{slot}"
        if not all(known):
            return slot
    if "+" in version:
        return "localbuild" if build else "local"
    if build:
        return (
            "build"
            if build.isdigit()
            else "build30"
            if set(build) <= set("0123456789.")
            else "build30md"
        )
    if name != name.lower():
        return "name"
    if versions and version != versions[0]:
        return "version"
    return "plain"
