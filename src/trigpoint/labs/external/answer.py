"""How the external lab answers: what is needed, and where it is found."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from packaging.utils import canonicalize_name

from trigpoint.catalogue import report
from trigpoint.external.tables import External, Needed, Role, read_document, read_lines, read_table
from trigpoint.findings import Finding, Fix
from trigpoint.labs.documents import as_bytes, as_text, detect
from trigpoint.labs.external.data import (
    DEFAULT_ENVIRONMENT,
    MOST_ROWS,
    PURPOSES,
    ChoiceRow,
    ExternalRequest,
    ExternalResponse,
    NeedRow,
)
from trigpoint.labs.files import UnusableFileError, Upload, decoded, problem_findings
from trigpoint.markers import ENVIRONMENTS, UndefinedComparison
from trigpoint.markers.meaning.environments import Environment
from trigpoint.metadata import read
from trigpoint.metadata.fields import BY_LOWER

__all__ = ["answer", "filled", "kind_of", "of_metadata"]

_FIELD: Final = re.compile(r"([A-Za-z][A-Za-z0-9-]*)[ \t]*:(?!/)")
_KEPT: Final = (
    "metadata-version",
    "name",
    "version",
    "requires-external",
    "requires-external-dep",
    "provides-external-extra",
)


def kind_of(text: str) -> str:
    r"""Say what *text* is read as: ``"pyproject"``, ``"metadata"`` or ``"lines"``.

    >>> [kind_of(text) for text in ("[external]", "Name: x", "dep:generic/zlib", '"dep:generic/x",')]
    ['pyproject', 'metadata', 'lines', 'lines']
    """
    if detect(text) == "pyproject":
        return "pyproject"
    for line in text.splitlines():
        plain = line.strip().removeprefix("\ufeff")
        if plain and not plain.startswith("#"):
            found = _FIELD.match(plain)
            return "metadata" if found and found[1].lower() in BY_LOWER else "lines"
    return "lines"


def filled(request: ExternalRequest) -> ExternalRequest:
    """Return *request* with what its file says in its text, or with what is wrong with the file.

    Of the metadata of a wheel or an sdist the fields about what is outside are taken.
    """
    upload = request.file
    if not isinstance(upload, Upload) or upload.problem or not (upload.name or upload.data):
        return replace(request, file="")
    try:
        found = decoded(upload)
    except UnusableFileError as error:
        return replace(request, file=Upload(upload.name, problem=error.problem))
    text = of_metadata(found.data) if found.kind else as_text(found.data)
    problem = found.problem
    kept: Upload | str = Upload(upload.name, problem=problem) if problem else ""
    return replace(request, text=text, extras=(), groups=(), file=kept)


def of_metadata(data: bytes) -> str:
    r"""Return those lines of *data*, a wheel's or an sdist's METADATA, that this lab reads.

    >>> of_metadata(b"Name: spam\nSummary: x\nRequires-External: C\n")
    'Name: spam\nRequires-External: C\n'
    """
    return "".join(
        f"{header.name}: {header.value}\n" for header in read(data).headers if header.key in _KEPT
    )


def answer(request: ExternalRequest) -> ExternalResponse:
    """Answer *request*; what a reader typed never raises."""
    wrong: list[Finding] = []
    if isinstance(request.file, Upload):
        wrong += problem_findings(request.file)
    purpose = _purpose(request.purpose, wrong)
    environment = _environment(request.environment, wrong)
    kind = kind_of(request.text)
    if kind == "pyproject":
        external = read_table(request.text)
    elif kind == "metadata":
        external = read_document(read(as_bytes(request.text)))
    else:
        external = read_lines(request.text)
        # A line says nothing of when it is needed.
        external = replace(
            external, needed=tuple(replace(each, role=_ROLE[purpose]) for each in external.needed)
        )
    selected = set(external.select(purpose, request.extras, request.groups))
    extras: set[str] = {canonicalize_name(each) for each in request.extras}
    rows = [
        _row(each, environment, extras, purpose, chosen=each in selected)
        for each in external.needed[:MOST_ROWS]
    ]
    return ExternalResponse(
        empty=not request.text.strip(),
        readable=not any(each.code == "metadata-toml" for each in external.findings),
        kind=kind,
        stated=external.stated,
        purpose=purpose,
        environment=environment.name,
        environment_label=environment.label,
        extras=_choices(external.extras, request.extras),
        groups=_choices(external.groups, request.groups),
        rows=tuple(rows),
        left_out=max(0, len(external.needed) - MOST_ROWS),
        fields=_fields(external) if kind == "pyproject" else (),
        findings=(*wrong, *external.findings),
    )


_ROLE: Final[dict[str, Role]] = {"build": "host", "run": "run"}


def _choices(names: tuple[str, ...], chosen: tuple[str, ...]) -> tuple[ChoiceRow, ...]:
    wanted = set(map(canonicalize_name, chosen))
    return tuple(ChoiceRow(name, canonicalize_name(name) in wanted) for name in names)


def _fields(external: External) -> tuple[str, ...]:
    return tuple(f"{name}: {value}" for name, value in external.fields()[:MOST_ROWS])


def _row(
    needed: Needed, environment: Environment, extras: set[str], purpose: str, *, chosen: bool
) -> NeedRow:
    requirement, older = needed.requirement, needed.older
    start, end = (needed.span.start, needed.span.end) if needed.span else (-1, -1)
    holds, why = True, ""
    marker = requirement.marker if requirement else older.marker if older else None
    if marker is not None:
        try:
            holds = marker.evaluate(environment, extras)
        except UndefinedComparison:
            holds, why = False, "undefined"
    if requirement is None and older is None:
        why = "wrong"
    elif requirement is None:
        why = "older"
    elif not chosen:
        why = needed.role if not needed.group else "group" if needed.role == "group" else "extra"
        if needed.role in ("build", "host", "run") and needed.role not in _WANTED[purpose]:
            why = needed.role
    elif not holds:
        why = why or "marker"
    return NeedRow(
        text=needed.text,
        start=start,
        end=end,
        where=needed.where,
        group=needed.group,
        role=needed.role,
        kind=older.kind if older else "dep" if requirement else "wrong",
        identifier=requirement.dep_url.identifier if requirement else "",
        version=requirement.dep_url.version if requirement else older.version if older else "",
        marker=str(marker) if marker is not None else "",
        holds=holds,
        counts=not why,
        why=why,
        instead=older.instead if older else "",
    )


_WANTED: Final = {"build": ("build", "host"), "run": ("run",)}


def _purpose(value: str, findings: list[Finding]) -> str:
    if value in PURPOSES:
        return value
    message = f"nothing is needed to {value!r}"
    findings.append(report("request-field", message, None, Fix("choose one of build, run")))
    return "build"


def _environment(value: str, findings: list[Finding]) -> Environment:
    if value and value not in ENVIRONMENTS:
        message = f"no environment is called {value!r}"
        fix = Fix(f"write one such as {DEFAULT_ENVIRONMENT}")
        findings.append(report("request-environment", message, None, fix))
        value = ""
    return ENVIRONMENTS[value or DEFAULT_ENVIRONMENT]
