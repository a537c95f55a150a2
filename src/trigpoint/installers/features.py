"""What in a METADATA file, a wheel's name or a request installers are known to differ on.

A document is searched for :data:`~trigpoint.installers.vocabulary.FEATURES`: in its
bytes, in its fields, in its requirements and extras, and in the wheel around it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression
from packaging.specifiers import InvalidSpecifier
from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion

from trigpoint.installers.dependencies import AskedExtras, Found, dependency_features, read_request
from trigpoint.installers.file_name import file_name_form
from trigpoint.installers.vocabulary import KNOWN_VERSIONS
from trigpoint.metadata.document import Document, read
from trigpoint.metadata.fields import BY_LOWER, LATEST, Field
from trigpoint.metadata.text.plain import Header
from trigpoint.versions import is_version, number, specifiers

__all__ = ["detect"]

_LINE_END = re.compile(r"\r\n|\r|\n")


def detect(
    document: Document,
    *,
    request: str | None = None,
    file_name: str = "",
    wheel: str = "",
    older: bool = False,
) -> dict[str, tuple[int, ...]]:
    r"""Return the features of *document*, each with the numbers of the headers that show it.

    ``request`` is ``pkg``, ``pkg[]`` or ``pkg[a,b]`` (None is ``pkg``),
    ``file_name`` the wheel's name, ``wheel`` the text of its WHEEL file.
    ``older`` says that an older release could be taken instead.  Raises
    :exc:`ValueError` for a request of another form.

    >>> sorted(detect(read("Metadata-Version: 3.0\nName: a\nVersion: 1\n")))
    ['metadata-version-newer-major', 'only-release']
    """
    asked = read_request(request)
    if asked is None:
        raise ValueError(f"not a request: {request!r}")
    found = Found()
    _raw_features(bytes(document), found)
    headers: dict[str, list[Header]] = {}
    for header in document.headers:
        headers.setdefault(header.key, []).append(header)
    # A reader that meets these first sees no field at all.
    if not found.places.keys() & {"byte-order-mark", "leading-blank-line"}:
        _field_features(headers, found)
        _requirement_features(headers, asked, found)
    if wheel:
        _wheel_features(wheel, found)
    if file_name:
        version = next(iter(_values(headers, "version")), None)
        found.add(f"file-name-{file_name_form(file_name, version and version[1])}")
    found.add("older-release" if older else "only-release")
    return {name: tuple(places) for name, places in found.places.items()}


# --- bytes ---------------------------------------------------------------------------------


def _raw_features(raw: bytes, found: Found) -> None:
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
    if colon and _known(BY_LOWER.get(name.decode("ascii", "replace").lower())):
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


def _known(field: Field | None) -> bool:
    """Say whether *field* is one that a recorded case may know: approved, or Default-Extra."""
    return field is not None and bool(field.since or field.name == "Default-Extra")


def _written(header: Header) -> str:
    """Return the value with its lines and the blanks that they begin with."""
    if not header.folded:
        return header.value
    first, *more = _LINE_END.split(header.written)
    return "\n".join((first.rstrip(" \t"), *more))


def _values(headers: Mapping[str, Sequence[Header]], key: str) -> list[tuple[int, str]]:
    return [(header.number, _written(header)) for header in headers.get(key, ())]


def _numbers(headers: Sequence[Header]) -> list[int]:
    return [header.number for header in headers]


def _readable(reader: Callable[[str], Any], error: type[Exception], value: str) -> bool:
    try:
        reader(value)
    except error:
        return False
    return True


def _field_features(headers: Mapping[str, Sequence[Header]], found: Found) -> None:
    version = _version_feature(_values(headers, "metadata-version"), found)
    for key, same in headers.items():
        field = same[0].field
        if key == "content-transfer-encoding":
            found.add("content-transfer-encoding", *_numbers(same))
        elif field is None or not _known(field):
            found.add("unknown-field", *_numbers(same))
        else:
            _known_field(field, same, version, found)
    for index, value in _values(headers, "version")[:1]:
        if not is_version(value):
            found.add("version-invalid", index)
    for index, value in _values(headers, "requires-python")[:1]:
        if not _readable(specifiers, InvalidSpecifier, value):
            legacy = _readable(specifiers, InvalidSpecifier, value.replace(".*", ""))
            found.add(f"requires-python-{'legacy' if legacy else 'invalid'}", index)
    if "license" in headers and "license-expression" in headers:
        both = [*headers["license"], *headers["license-expression"]]
        found.add("license-and-license-expression", *_numbers(both))
    for index, value in _values(headers, "license-expression")[:1]:
        if not _readable(canonicalize_license_expression, InvalidLicenseExpression, value):
            found.add("license-expression-invalid", index)
    for index, value in _values(headers, "description-content-type")[:1]:
        kind = value.partition(";")[0].strip().lower()
        if kind not in ("text/plain", "text/x-rst", "text/markdown"):
            found.add("content-type-unknown", index)
    for index, value in _values(headers, "summary")[:1]:
        if "\n" in value:
            found.add("summary-folded", index)
    labels: dict[str, int] = {}
    for index, value in _values(headers, "project-url"):
        label = value.partition(",")[0].strip()
        if label in labels:
            found.add("duplicate-url-label", labels[label], index)
        labels.setdefault(label, index)


def _parts(text: str) -> tuple[int, int] | None:
    """Return the two numbers of a version such as ``2.1``; None for anything else."""
    major, _, minor = text.partition(".")
    try:
        return number(major), number(minor)
    except InvalidVersion:
        return None


def _version_feature(values: Sequence[tuple[int, str]], found: Found) -> tuple[int, int] | None:
    """Add the feature of the Metadata-Version; return it if it is a known one."""
    if not values:
        found.add("metadata-version-missing")
        return None
    index, text = values[0]
    parts = _parts(text)
    if text in KNOWN_VERSIONS:
        found.add(f"metadata-version-{text}", index)
        return parts
    newest = _parts(LATEST)
    assert newest is not None
    if re.fullmatch(r"[0-9]+", text):
        found.add("metadata-version-short", index)
    elif parts is None:
        found.add("metadata-version-invalid", index)
    elif parts[0] > newest[0]:
        found.add("metadata-version-newer-major", index)
    elif parts > newest:
        found.add("metadata-version-newer-minor", index)
    else:
        found.add("metadata-version-unknown", index)
    return None


def _known_field(
    field: Field, headers: Sequence[Header], version: tuple[int, int] | None, found: Found
) -> None:
    key = field.name.lower()
    for header in headers:
        if header.name != field.name:
            found.add("field-name-case", header.number)
    if len(headers) > 1 and not field.multiple:
        named = key if key in ("name", "version") else "field"
        found.add(f"duplicate-{named}", *_numbers(headers))
    # Installers read requirements under any version, and Default-Extra has a feature of its own.
    first_in = _parts(field.since)
    if version and first_in and first_in > version:
        found.add("field-too-new", *_numbers(headers))
    if key == "requires-dist":
        for header in headers:
            if header.folded:
                found.add("folded-requires-dist", header.number)


def _requirement_features(
    headers: Mapping[str, Sequence[Header]], request: AskedExtras, found: Found
) -> None:
    names = _values(headers, "name")
    dependency_features(
        [(index, value.replace("\n", " ")) for index, value in _values(headers, "requires-dist")],
        _values(headers, "provides-extra"),
        _numbers(headers.get("default-extra", ())),
        canonicalize_name(names[0][1]) if names else "",
        request,
        found,
    )


# --- the wheel around it -------------------------------------------------------------------


def _wheel_features(wheel: str, found: Found) -> None:
    for header in read(wheel).headers:
        parts = _parts(_written(header)) if header.key == "wheel-version" else None
        if parts is None:
            continue
        if parts[0] > 1:
            found.add("wheel-version-newer-major")
        elif parts[1] > 0:
            found.add("wheel-version-newer-minor")
