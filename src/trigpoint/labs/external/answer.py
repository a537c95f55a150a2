"""How the external lab answers: what is needed, and where it is found."""

from __future__ import annotations

import contextlib
import re
import shlex
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from packaging.utils import canonicalize_name

from trigpoint.catalogue import report
from trigpoint.external import words as plan_words
from trigpoint.external.known import with_known
from trigpoint.external.mappings import ECOSYSTEMS, EcosystemMapping, read_mapping
from trigpoint.external.plan import Plan, Planned, plan, read_pins, virtual_name
from trigpoint.external.registry import registry
from trigpoint.external.snippets import FORMS, command_line, snippets
from trigpoint.external.tables import (
    External,
    Needed,
    Role,
    no_text,
    read_document,
    read_lines,
    read_table,
)
from trigpoint.external.words import NAMES
from trigpoint.findings import Finding, Fix, in_text_order
from trigpoint.labs.documents import as_bytes, as_text, detect
from trigpoint.labs.external.data import (
    DEFAULT_ECOSYSTEM,
    DEFAULT_ENVIRONMENT,
    MOST_MAPPING,
    MOST_ROWS,
    OWN,
    PURPOSES,
    CellRow,
    ChoiceRow,
    ColumnRow,
    ExternalRequest,
    ExternalResponse,
    MissingRow,
    NeedRow,
    OptionRow,
    PieceRow,
    PlannedRow,
    PlanRow,
)
from trigpoint.labs.files import UnusableFileError, Upload, decoded, problem_findings, unwrapped
from trigpoint.labs.length import said, too_long
from trigpoint.markers import ENVIRONMENTS, UndefinedComparison, UndefinedEnvironmentName
from trigpoint.markers.meaning.environments import Environment
from trigpoint.metadata import read
from trigpoint.metadata.fields import BY_LOWER
from trigpoint.projects.kinds import first_line

__all__ = ["answer", "filled", "kind_of", "of_metadata", "read_stated"]

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
    found = _FIELD.match(first_line(text))
    return "metadata" if found and found[1].lower() in BY_LOWER else "lines"


def filled(request: ExternalRequest) -> ExternalRequest:
    """Return *request* with what its file says in its text, or with what is wrong with the file.

    Of the metadata of a wheel or an sdist the fields about what is outside are taken.
    """
    upload = request.file
    if not isinstance(upload, Upload) or upload.problem or not (upload.name or upload.data):
        return replace(request, file="")
    try:
        if upload.name.lower().endswith(".json"):
            return replace(request, mapping=as_text(unwrapped(upload)), ecosystem=OWN, file="")
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
    document = read(data)
    if not document.headers:
        # Whatever keeps them from being read is to be seen.
        return as_text(data)
    return "".join(
        f"{header.name}: {header.value}\n" for header in document.headers if header.key in _KEPT
    )


def read_stated(text: str, purpose: str) -> tuple[str, External]:
    """Return what *text* is read as, see :func:`kind_of`, and what it says that is needed.

    A line says nothing of when it is needed, and so counts for the *purpose* that is asked about.

    >>> kind, external = read_stated("dep:generic/zlib", "run")
    >>> kind, [each.text for each in external.select("run")]
    ('lines', ['dep:generic/zlib'])
    """
    if (wrong := no_text(text)) is not None:
        return "lines", External(findings=(wrong,))
    kind = kind_of(text)
    advice = "leave out what says nothing of what is needed from outside"
    if (wrong := too_long(text, advice, metadata=kind == "metadata")) is not None:
        return kind, External(findings=(wrong,))
    if kind == "pyproject":
        return kind, read_table(text)
    if kind == "metadata":
        return kind, read_document(read(as_bytes(text)))
    external = read_lines(text)
    needed = tuple(replace(each, role=_ROLE[purpose]) for each in external.needed)
    return kind, replace(external, needed=needed)


def answer(request: ExternalRequest) -> ExternalResponse:
    """Answer *request*; what a reader typed never raises."""
    wrong: list[Finding] = []
    if isinstance(request.file, Upload):
        wrong += problem_findings(request.file)
    purpose = _purpose(request.purpose, wrong)
    environment = _environment(request.environment, wrong)
    kind, external = read_stated(request.text, purpose)
    if not said(external.findings):
        # Of what was not read nobody knows which extras it has.
        wrong += external.undeclared(request.extras, request.groups)
    selected = set(external.select(purpose, request.extras, request.groups))
    own = _own(request.mapping, wrong)
    ecosystem = _ecosystem(request.ecosystem, own, wrong)
    extras: set[str] = {canonicalize_name(each) for each in request.extras}
    rows = [
        _row(each, environment, extras, purpose, chosen=each in selected)
        for each in external.needed[:MOST_ROWS]
    ]
    listed = zip(external.needed, rows, strict=False)
    counted = [each for each, row in listed if row.counts]
    columns = plans_of(counted, purpose, environment, request, own, wrong)
    needs: dict[str, None] = {}
    for found in columns.values():
        needs.update(dict.fromkeys(each.requirement for each in found.planned))
        needs.update(dict.fromkeys(each.requirement for each in found.missing))
    titles = {**NAMES, OWN: own.name or "Your mapping"} if own else dict(NAMES)
    findings = in_text_order([*external.findings, *with_known(external, request.text)])
    return ExternalResponse(
        empty=not request.text.strip(),
        readable=external.readable and not said(findings),
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
        needs=tuple(needs),
        columns=tuple(
            ColumnRow(name, titles[name], tuple(_cells(found, tuple(needs))))
            for name, found in columns.items()
        )
        if counted
        else (),
        ecosystem=ecosystem,
        ecosystem_title=titles[ecosystem],
        plan=_plan(
            columns[ecosystem],
            request.pins,
            titles[OWN] if ecosystem == OWN and not _base(own) else "",
        )
        if counted
        else None,
        findings=(*wrong, *findings),
    )


def plans_of(
    needed: list[Needed],
    purpose: str,
    environment: Environment,
    request: ExternalRequest,
    own: EcosystemMapping | None,
    wrong: list[Finding],
) -> dict[str, Plan]:
    """Return a plan by ecosystem for what is *needed* for *purpose* in *environment*.

    *request* has extras and pins, and *own* is the reader's mapping, None without one; what
    is wrong with the pins goes to *wrong*.
    """
    pins, bad = read_pins(request.pins)
    for message in bad:
        fix = Fix("write it as interface/mpi=generic/openmpi")
        wrong.append(report("request-field", message, None, fix))
    found: dict[str, Plan] = {}
    if own is not None:
        # Commands are ours: the names of somebody else say nothing of how they are installed.
        found[OWN] = plan(
            needed,
            _base(own) or "debian",
            purpose,
            request.extras,
            (),
            pins,
            environment,
            mapping=own,
        )
    for name in ECOSYSTEMS:
        found[name] = plan(needed, name, purpose, request.extras, (), pins, environment)
    return found


def _base(own: EcosystemMapping | None) -> str:
    """Return the ecosystem whose commands the mapping *own* is for; empty if its name is of none."""
    name = own.name.lower().replace(" ", "-") if own else ""
    return next((each for each in ECOSYSTEMS if name == each or name.startswith(f"{each}-")), "")


def _own(text: str, wrong: list[Finding]) -> EcosystemMapping | None:
    """Read the reader's mapping, and report in words what is wrong with it."""
    if not text.strip():
        return None
    if len(text) > MOST_MAPPING:
        message = f"the mapping has more than {MOST_MAPPING:,} letters"
        wrong.append(report("mapping-large", message, None, Fix("take out what is not asked for")))
        return None
    read_ = read_mapping(text, registry())
    for each in read_.findings:
        place = f"in line {each.span.line} of the mapping: " if each.span else "in the mapping: "
        wrong.append(
            replace(
                each,
                message=f"{place}{each.message}",
                span=None,
                fix=each.fix and Fix(each.fix.message),
            )
        )
    return read_.mapping


def _ecosystem(value: str, own: EcosystemMapping | None, wrong: list[Finding]) -> str:
    if value in ECOSYSTEMS or (value == OWN and own is not None):
        return value
    if value != OWN:
        fix = Fix(f"choose one of {', '.join(ECOSYSTEMS)}")
        message = f"no ecosystem is called {value!r}"
        wrong.append(report("request-field", message, None, fix))
    return DEFAULT_ECOSYSTEM


def _cells(plan: Plan, needs: tuple[str, ...]) -> Iterator[CellRow]:
    planned = {each.requirement: each for each in plan.planned}
    missing = {each.requirement: each for each in plan.missing}
    for need in needs:
        if (taken := planned.get(need)) is not None:
            yield CellRow(taken.packages, taken.state or "unverified", plan_words.known(taken))
        elif (lacking := missing.get(need)) is not None:
            yield CellRow((), lacking.why, plan_words.advice(lacking))
        else:
            # Only some ecosystems add what a compiler needs.
            yield CellRow((), "nothing", "nothing has to be installed for it")


def _plan(plan: Plan, pins: tuple[str, ...], own: str) -> PlanRow:
    """Return *plan* for a page; *own* is the name of a mapping whose commands nobody knows."""
    pieces = [] if own else [PieceRow(FORMS[each.form][0], each.text) for each in snippets(plan)]
    if plan.queries and not own:
        lines = "".join(f"{command_line(each)}\n" for each in plan.queries)
        pieces.append(PieceRow("Is it here?", lines))
    if plan.checks:
        lines = "".join(f"{shlex.join(each)}\n" for each in plan.checks)
        pieces.append(PieceRow("Are the versions right?", lines))
    said = plan_words.summary(plan)
    return PlanRow(
        f"By {own}, {said.partition(', ')[2]}" if own else said,
        tuple(_planned(each, pins) for each in plan.planned),
        tuple(MissingRow(each.requirement, plan_words.advice(each)) for each in plan.missing),
        tuple(pieces),
    )


def _planned(each: Planned, pins: tuple[str, ...]) -> PlannedRow:
    virtual = each.id.removeprefix("dep:")
    others = tuple(pin for pin in pins if virtual_name(pin.partition("=")[0]) != each.id)
    options = (
        [
            OptionRow(
                choice.id,
                choice.packages,
                (*others, f"{virtual}={choice.id.removeprefix('dep:')}"),
            )
            for choice in each.choices
        ]
        if each.id.startswith("dep:virtual/")
        else []
    )
    if each.why == "pinned":
        options.append(OptionRow("the default", (), others))
    return PlannedRow(
        each.requirement,
        each.packages,
        plan_words.chosen(each),
        plan_words.known(each),
        plan_words.ranged(each),
        each.range.status if each.range else "",
        tuple(options),
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
        # As in a plan, what has no answer counts: a finding says so.
        with contextlib.suppress(UndefinedComparison, UndefinedEnvironmentName):
            holds = marker.evaluate(environment, extras)
    if requirement is None and older is None:
        why = "wrong"
    elif requirement is None:
        why = "older"
    elif not chosen:
        why = needed.role if not needed.group else "group" if needed.role == "group" else "extra"
        if needed.role in ("build", "host", "run") and needed.role not in _WANTED[purpose]:
            why = needed.role
    elif not holds:
        why = "marker"
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
