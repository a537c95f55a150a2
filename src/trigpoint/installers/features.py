"""What in a METADATA file, a wheel's name or a request installers are known to differ on.

A document is searched for :data:`~trigpoint.installers.vocabulary.FEATURES`: in its
bytes, in its fields, in its requirements and extras, and in the wheel around it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression
from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion

from trigpoint.archives.file_names import differs
from trigpoint.installers.dependencies import AskedExtras, Dependencies, FoundFeatures, read_request
from trigpoint.installers.dependencies import Document as Required
from trigpoint.installers.file_name import file_name_form
from trigpoint.installers.interpreter import NEWEST, requires_python_features
from trigpoint.installers.vocabulary import KNOWN_VERSIONS, ORDINARY
from trigpoint.metadata.document import Document, read
from trigpoint.metadata.fields import BY_LOWER, LATEST, Field
from trigpoint.metadata.text.plain import Header
from trigpoint.requirements.quick import is_name
from trigpoint.versions import is_version, number

__all__ = ["Features", "detect"]

_LINE_END = re.compile(r"\r\n|\r|\n")


def detect(
    document: Document,
    *,
    request: str | None = None,
    file_name: str = "",
    wheel: str = "",
    older: bool = False,
    python: str = NEWEST,
) -> dict[str, tuple[int, ...]]:
    r"""Return the features of *document*, each with the numbers of the headers that show it.

    ``request`` is ``pkg``, ``pkg[]`` or ``pkg[a,b]`` (None is ``pkg``),
    ``file_name`` the wheel's name, ``wheel`` the text of its WHEEL file.
    ``older`` says that an older release could be taken instead, ``python`` is
    the version of the interpreter.  Raises :exc:`ValueError` for a request of
    another form.

    >>> found = detect(read("Metadata-Version: 3.0\nName: a\nVersion: 1\n"))
    >>> sorted(found.keys() - ORDINARY)
    ['metadata-version-newer-major', 'only-release']
    """
    return Features(document, request=request, file_name=file_name, wheel=wheel, older=older).on(
        python
    )


class Features:
    """The features of one document, which is read once for every interpreter.

    The parameters and the error are those of :func:`detect`.
    """

    def __init__(
        self,
        document: Document,
        *,
        request: str | None = None,
        file_name: str = "",
        wheel: str = "",
        older: bool = False,
    ) -> None:
        asked = read_request(request)
        if asked is None:
            raise ValueError(f"not a request: {request!r}")
        found = FoundFeatures()
        raw = bytes(document)
        if not raw.strip():
            found.add("empty-file")
        hidden = _hidden(raw, found)
        # What hides the fields from one reader does not from another.
        seen = document if hidden is None else read(hidden)
        self._hides = hidden is not None
        _raw_features(raw if hidden is None else hidden, found)
        headers: dict[str, list[Header]] = {}
        for header in seen.headers:
            headers.setdefault(header.key, []).append(header)
        _field_features(headers, found)
        _description_features(headers, seen.body, found)
        self._dependencies = _dependencies(headers, asked)
        self._python = _values(headers, "requires-python")[:1]
        if hidden is None and found.places.keys() & _CUTS:
            _lost_features(seen.body, found)
        self._inside = _joined(found.told(), self._dependencies.found.told())
        around = FoundFeatures()
        if wheel:
            _wheel_features(wheel, around)
        if file_name:
            _file_features(file_name, headers, around)
        around.add("older-release" if older else "only-release")
        self._around = around.told()

    def on(self, python: str) -> dict[str, tuple[int, ...]]:
        """Return the features for the interpreter of version *python*, as :func:`detect` does."""
        found = FoundFeatures()
        for index, value in self._python:
            for name in requires_python_features(value.replace("\n", " "), python):
                found.add(name, index)
        self._dependencies.add(python, found)
        inside = _joined(self._inside, found.told())
        if self._hides:
            inside = _hide(inside, applied=self._dependencies.applied(python))
        return _joined(inside, self._around)


def _joined(
    some: Mapping[str, tuple[int, ...]], more: Mapping[str, tuple[int, ...]]
) -> dict[str, tuple[int, ...]]:
    """Return the features in *some* and in *more*, each with the numbers of both."""
    joined = dict(some)
    for name, places in more.items():
        joined[name] = tuple(dict.fromkeys((*joined.get(name, ()), *places)))
    return joined


# --- bytes ---------------------------------------------------------------------------------

_CUTS = frozenset({"field-after-blank-line", "line-without-colon", "blank-before-colon"})
_INSTALLERS_READ = frozenset(
    {"metadata-version", "name", "version", "requires-python", "provides-extra"}
)


_HIDING = frozenset({"byte-order-mark", "leading-blank-line", "leading-blanks"})


def _hidden(raw: bytes, found: FoundFeatures) -> bytes | None:
    """Return what stands behind that which hides all fields; None if nothing does."""
    if raw.startswith(b"\xef\xbb\xbf"):
        found.add("byte-order-mark")
        return raw[3:]
    if raw.strip() and (match := re.match(rb"([ \t]*\r?\n)+", raw)):
        found.add("leading-blanks" if match[0].strip(b"\r\n") else "leading-blank-line")
        return raw[match.end() :]
    return None


def _hide(found: Mapping[str, tuple[int, ...]], *, applied: bool) -> dict[str, tuple[int, ...]]:
    """Return *found* without the places of hidden fields, and with what of them matters."""
    left: dict[str, tuple[int, ...]] = dict.fromkeys(found, ())
    if found.keys() - ORDINARY - _HIDING:
        left["several-irregularities"] = ()
    left["lost-requirement" if applied else "no-requirement"] = ()
    return left


def _raw_features(raw: bytes, found: FoundFeatures) -> None:
    headers, body = _halves(raw)
    _encoding_features(headers, body, found)
    if b"\r\n" in headers:
        found.add("crlf")
        if re.search(rb"(?<!\r)\n", headers):
            found.add("carriage-return")
    if re.search(rb"\r(?!\n)", headers):
        found.add("carriage-return")
    for match in re.finditer(rb"^.*\0.*$", headers, re.MULTILINE):
        summary = match[0].lower().startswith(b"summary:")
        found.add("nul-character" if summary else "nul-character-other")
    if b"\0" in body:
        found.add("nul-character-other")
    if re.search(rb"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]", headers):
        found.add("control-character")
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


def _encoding_features(headers: bytes, body: bytes, found: FoundFeatures) -> None:
    if not _decodes(headers):
        wrong = [line for line in headers.split(b"\n") if not _decodes(line)]
        summary = all(line.lower().startswith(b"summary:") for line in wrong)
        found.add("not-utf-8" if summary else "not-utf-8-other")
    elif not headers.isascii():
        found.add("non-ascii")
    if not _decodes(body):
        found.add("not-utf-8-description")


def _decodes(raw: bytes) -> bool:
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True


def _halves(raw: bytes) -> tuple[bytes, bytes]:
    """Split *raw* at its first blank line."""
    if match := re.search(rb"\n\r?\n", raw):
        return raw[: match.start() + 1], raw[match.end() :]
    return raw, b""


def _lost_features(body: str, found: FoundFeatures) -> None:
    """Add what the fields that became a part of the description are to installers."""
    kinds = set()
    for line in body.splitlines():
        key = line.partition(":")[0].rstrip().lower()
        if key in BY_LOWER and ":" in line:
            if key == "requires-dist":
                kinds.add("other" if ";" in line else "requirement")
            else:
                kinds.add("other" if key in _INSTALLERS_READ else "optional")
        elif kinds and not line.startswith((" ", "\t")):
            break
    for kind in kinds or {"optional"}:
        if kind != "optional" or kinds <= {"optional"}:
            found.add(f"lost-{kind}")


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


def _field_features(headers: Mapping[str, Sequence[Header]], found: FoundFeatures) -> None:
    version = None
    if headers:
        version = _version_feature(_values(headers, "metadata-version"), found)
    for key, same in headers.items():
        field = same[0].field
        if key == "content-transfer-encoding":
            found.add("content-transfer-encoding", *_numbers(same))
        elif field is None or not _known(field):
            found.add("unknown-field", *_numbers(same))
        else:
            _known_field(field, same, version, found)
    for key in ("name", "version"):
        if headers and key not in headers:
            found.add(f"{key}-missing")
    for index, value in _values(headers, "name")[:1]:
        if not is_name(value):
            found.add("name-invalid" if value.strip() else "name-empty", index)
    for index, value in _values(headers, "version")[:1]:
        if not is_version(value):
            found.add("version-invalid", index)
    if "license" in headers and "license-expression" in headers:
        both = [*headers["license"], *headers["license-expression"]]
        found.add("license-and-license-expression", *_numbers(both))
    for index, value in _values(headers, "license-expression")[:1]:
        if not _readable(canonicalize_license_expression, InvalidLicenseExpression, value):
            found.add("license-expression-invalid", index)
    for index, value in _values(headers, "summary")[:1]:
        if "\n" in value:
            found.add("summary-folded", index)
    for key, feature in _VALUE_FEATURES.items():
        for index, value in _values(headers, key):
            if name := feature(value):
                found.add(name, index)
    labels: dict[str, int] = {}
    for index, value in _values(headers, "project-url"):
        label = value.partition(",")[0].strip()
        if label in labels:
            found.add("duplicate-url-label", labels[label], index)
        labels.setdefault(label, index)


def _dynamic_feature(value: str) -> str:
    key = value.strip().lower()
    field = BY_LOWER.get(key)
    if field is None or not _known(field):
        return "dynamic-unknown"
    if not field.dynamic:
        return "dynamic-required"
    return "dynamic-license-file" if key == "license-file" else ""


def _license_file_feature(value: str) -> str:
    if ".." in value:
        return "license-file-parent" if value.startswith("../") else "license-file-other"
    if value.startswith("/"):
        return "license-file-absolute"
    if set("*?[") & set(value):
        return "license-file-glob"
    return "" if value.strip() and "\\" not in value else "license-file-other"


def _import_feature(value: str) -> str:
    name = value.partition(";")[0].strip()
    plain = all(part.isidentifier() for part in name.split("."))
    return "" if plain else "import-name-invalid"


def _url_feature(value: str) -> str:
    label, comma, _ = value.partition(",")
    if not comma:
        return "project-url-without-label"
    return "project-url-long-label" if len(label.strip()) > LONGEST_LABEL else ""


LONGEST_LABEL = 32
"""Letters that the label of a Project-URL may have."""

_VALUE_FEATURES: Mapping[str, Callable[[str], str]] = {
    "dynamic": _dynamic_feature,
    "license-file": _license_file_feature,
    "import-name": _import_feature,
    "import-namespace": _import_feature,
    "project-url": _url_feature,
}

# --- the description -----------------------------------------------------------------------

_TYPES = {"text/markdown": "markdown", "text/plain": "plain", "text/x-rst": "rst"}
_PARAMETERS = {
    ("charset", "utf-8"): "content-type-charset",
    ("variant", "gfm"): "content-type-variant",
    ("variant", "commonmark"): "content-type-variant",
}
_WORDS_ALONE = re.compile(r"(?:[\w\s,.()'-]|:(?!:)|(?<!=)=(?!=))*+\Z").match


def _description_features(
    headers: Mapping[str, Sequence[Header]], body: str, found: FoundFeatures
) -> None:
    kind = "untyped"
    for index, value in _values(headers, "description-content-type")[:1]:
        written, *parameters = (part.strip() for part in value.split(";"))
        kind = _TYPES.get(written.lower(), "unknown-type")
        if kind == "unknown-type":
            found.add("content-type-unknown", index)
        for parameter in parameters:
            name, _, said = parameter.partition("=")
            pair = name.strip().lower(), said.strip(" \"'").lower()
            rest = pair[0] if pair[0] in ("charset", "variant") else "parameter"
            found.add(_PARAMETERS.get(pair, f"content-type-{rest}-other"), index)
    text = body.strip()
    if "description" in headers:
        found.add("description-header", *_numbers(headers["description"]))
        text = text or headers["description"][0].value
    if not text:
        return
    markup = kind in ("rst", "untyped") and not _WORDS_ALONE(text)
    found.add("description-rst-markup" if markup else f"description-{kind}")


# --- versions ------------------------------------------------------------------------------


def _parts(text: str) -> tuple[int, int] | None:
    """Return the two numbers of a version such as ``2.1``; None for anything else."""
    major, _, minor = text.partition(".")
    try:
        return number(major), number(minor)
    except InvalidVersion:
        return None


def _version_feature(
    values: Sequence[tuple[int, str]], found: FoundFeatures
) -> tuple[int, int] | None:
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


# Every file has these, so that nothing is to be said of them.
_EVERYWHERE = frozenset({"metadata-version", "name", "version"})


def _known_field(
    field: Field, headers: Sequence[Header], version: tuple[int, int] | None, found: FoundFeatures
) -> None:
    key = field.name.lower()
    for header in headers:
        if header.name != field.name:
            found.add(f"field-case-{key}", header.number)
        if not header.value.strip() and key not in ("requires-dist", "requires-python"):
            found.add(f"field-empty-{key}", header.number)
        elif header.folded and key not in ("description", "requires-dist", "summary"):
            found.add(f"field-folded-{key}", header.number)
    if len(headers) > 1 and not field.multiple:
        found.add(f"duplicate-{key}", *_numbers(headers))
    # Installers read requirements under any version, and Default-Extra has a feature of its own.
    first_in = _parts(field.since)
    if version and first_in and first_in > version:
        found.add(f"field-too-new-{key}@{version[0]}.{version[1]}", *_numbers(headers))
    elif first_in and key not in _EVERYWHERE:
        found.add(f"field-{key}", *_numbers(headers))
    if key == "requires-dist":
        for header in headers:
            if header.folded:
                found.add("folded-requires-dist", header.number)


def _dependencies(headers: Mapping[str, Sequence[Header]], request: AskedExtras) -> Dependencies:
    names = _values(headers, "name")
    required = Required(
        [(index, value.replace("\n", " ")) for index, value in _values(headers, "requires-dist")],
        _values(headers, "provides-extra"),
        _numbers(headers.get("default-extra", ())),
        canonicalize_name(names[0][1]) if names else "",
    )
    return Dependencies(required, request)


# --- the wheel around it -------------------------------------------------------------------


def _wheel_features(wheel: str, found: FoundFeatures) -> None:
    for header in read(wheel).headers:
        parts = _parts(_written(header)) if header.key == "wheel-version" else None
        if parts is None:
            continue
        if parts[0] > 1:
            found.add("wheel-version-newer-major")
        elif parts[1] > 0:
            found.add("wheel-version-newer-minor")


def _file_features(
    file_name: str, headers: Mapping[str, Sequence[Header]], found: FoundFeatures
) -> None:
    version = next(iter(_values(headers, "version")), None)
    form = file_name_form(file_name, version and version[1])
    if form in ("version", "plain", "build", "name"):
        named = next(iter(_values(headers, "name")), None)
        parts = file_name.split("-")
        wrong = differs(
            parts[0], parts[1], named[1] if named else "", version[1] if version else ""
        )
        if wrong:
            form = f"other-{wrong[0]}"
        elif form == "version" and version and not parts[1].startswith(version[1]):
            # Recorded is a file name that writes out more zeros than METADATA does.
            form = "other-spelling"
    found.add(f"file-name-{form}")
