"""How the wheel lab answers: each file by itself, and then what several do together."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from trigpoint.archives import MOST_HELD, open_archive
from trigpoint.catalogue import report
from trigpoint.findings import Finding, Fix, Severity, TextIndex
from trigpoint.kept import keeps, letters_of
from trigpoint.labs.files import UnusableFileError, Upload, problem_findings, unwrapped
from trigpoint.labs.wheels import words
from trigpoint.labs.wheels.data import (
    ENVIRONMENT,
    MOST_METADATA,
    MOST_ROWS,
    PLACE,
    CollisionsRow,
    FileRow,
    FoldersRow,
    InsideRow,
    WheelsRequest,
    WheelsResponse,
)
from trigpoint.labs.wheels.keeping import keep, kept
from trigpoint.labs.wheels.listing import Listed, made, read_listing, written
from trigpoint.labs.wheels.tree import groups, tiles
from trigpoint.metadata.text.plain import PlainDocument
from trigpoint.wheels import (
    ENVIRONMENT_NAMES,
    PLACES,
    Inspection,
    TagEnvironment,
    Why,
    best_first,
    collisions,
    folders,
    inspect,
    landing,
    libraries,
    read_file_name,
    releases,
    tag_environment,
    why,
)
from trigpoint.wheels.places import is_python
from trigpoint.wheels.words import summary, why_summary

__all__ = ["MOST_LANDED", "answer", "filled"]

MOST_LANDED: Final = 300_000
"""Files times places that are compared for what several write; above, one place is looked at."""

_DISTRIBUTIONS: Final = (".whl", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz")
_PYTHON: Final = "3.13"


def filled(request: WheelsRequest) -> WheelsRequest:
    """Return *request* with what is in its file, or with what is wrong with that."""
    upload = request.file
    if not isinstance(upload, Upload) or upload.problem or not (upload.name or upload.data):
        return replace(request, file="")
    try:
        data = unwrapped(upload)
        given = list(_distributions(upload.name, data))
    except UnusableFileError as problem:
        return replace(request, file=Upload(upload.name, problem=problem.problem))
    texts: list[str] = []
    names: list[str] = []
    for name, content in given:
        found = inspect(content, name)
        text = written(content, found)
        if text is None:
            names.append(keep(found))
            text = f"{_line(name)}\n"
        texts.append(text)
    return replace(request, text="".join(texts), kept=" ".join(names), chosen=0, file="")


def _line(name: str) -> str:
    """Return the *name* of a file as a line of the text has it."""
    return " ".join(name.split()) or "file"


def _distributions(name: str, data: bytes) -> Iterable[tuple[str, bytes]]:
    """Yield the wheels and sdists in the file *name*, or itself if it holds none."""
    if name.endswith(_DISTRIBUTIONS):
        yield _line(name), data
        return
    with open_archive(data, name) as archive:
        held = [each for each in archive.members if each.path.endswith(_DISTRIBUTIONS)]
        if not held:
            yield _line(name), data
            return
        left = MOST_HELD
        for member in held:
            content = archive.read(member, left)
            if not content.whole:
                raise UnusableFileError(content.findings[-1].code, content.findings)
            left -= len(content.data)
            yield _line(member.path.rpartition("/")[2]), content.data


# A switch of the place or the system asks about the same files again.
@keeps(32, letters_of)
def _inspected(name: str, text: str) -> Inspection:
    """Return what is in the file *name*, which the listing *text* describes."""
    listed, _ = read_listing(text)
    return inspect(made(listed[0]), name)


def _known(
    listed: Listed, text: str, end: int, kept_files: dict[str, Inspection]
) -> Inspection | None:
    """Return what is in the file *listed*, whose part of *text* ends at *end*; None if it is not here."""
    if listed.paths:
        return _inspected(listed.name, text[listed.start : end])
    return kept_files.get(listed.name)


def answer(request: WheelsRequest) -> WheelsResponse:
    """Answer *request*; what a reader typed never raises."""
    findings: list[Finding] = []
    if isinstance(request.file, Upload):
        findings += problem_findings(request.file)
    listed, left_out = read_listing(request.text)
    if not listed:
        return WheelsResponse(empty=not findings, findings=tuple(findings))
    place = _choice(request.place, PLACE, tuple(PLACES), "place", findings)
    python = _python(request.python.strip(), findings)
    wanted = f"{request.interpreter}-{request.platform}"
    name = _choice(wanted, "-".join(ENVIRONMENT), ENVIRONMENT_NAMES, "environment", findings)
    environment = tag_environment(name)
    chosen = min(max(request.chosen, 0), len(listed) - 1)
    kept_files = _kept(request, listed, findings)
    ends = [*(each.start for each in listed[1:]), len(request.text)]
    known = [
        _known(each, request.text, end, kept_files) for each, end in zip(listed, ends, strict=True)
    ]
    index = TextIndex(request.text)
    answers = [why(each.name, environment) if _is_wheel(each.name) else None for each in listed]
    for each, found, said in zip(listed, known, answers, strict=True):
        span = index.span(each.start, each.end)
        own = found.findings if found else said.findings if said else (_no_name(each.name),)
        findings += (replace(one, span=span) for one in own)
    shown = known[chosen]
    here = [each for each in known if each is not None]
    found_collisions, everywhere = _collisions(here, place)
    compared = tuple(each for each in releases(here) if len(each.files) > 1)
    findings += (finding for each in compared for finding in each.findings)
    return WheelsResponse(
        empty=False,
        files=tuple(
            _row(each, found, said, environment)
            for each, found, said in zip(listed, known, answers, strict=True)
        ),
        left_out=left_out,
        chosen=chosen,
        place=place,
        base=PLACES[place].base,
        environment=environment.label,
        why=answers[chosen],
        inside=_inside(shown, place, python) if shown else None,
        best=_best(answers),
        collisions=found_collisions,
        everywhere=everywhere,
        releases=compared,
        findings=tuple(findings),
    )


def _is_wheel(name: str) -> bool:
    return not name.endswith((*_DISTRIBUTIONS[1:], ".zip"))


def _no_name(name: str) -> Finding:
    message = f"of {name[:100]!r} only the name is known, and an sdist has no tags"
    return report("wheel-kind", message, None, Fix("drop the file itself"))


def _choice(
    value: str, default: str, known: Sequence[str], what: str, findings: list[Finding]
) -> str:
    """Return *value*, which chooses the *what*, if it is *known*, else *default* and a finding."""
    if value in known:
        return value
    fix = Fix(f"choose one such as {default}")
    findings.append(report("request-field", f"no {what} is called {value[:60]!r}", None, fix))
    return default


def _python(value: str, findings: list[Finding]) -> str:
    if is_python(value):
        return value
    fix = Fix("write two numbers, such as 3.13, or 3.13t")
    findings.append(report("request-field", f"{value[:60]!r} is no version of Python", None, fix))
    return _PYTHON


def _kept(
    request: WheelsRequest, listed: Sequence[Listed], findings: list[Finding]
) -> dict[str, Inspection]:
    """Return the files that the tab keeps for *request*, by name; one that is gone is told."""
    found: dict[str, Inspection] = {}
    gone = 0
    for name in request.kept.split():
        inspection = kept(name)
        if inspection is None:
            gone += 1
        else:
            found[_line(inspection.name)] = inspection
    bare = [each for each in listed if not each.paths and each.name not in found]
    if gone and bare:
        message = (
            f"the files are not in this tab, such as {bare[0].name[:100]!r}: only names are here"
        )
        findings.append(report("wheel-kept", message, None, Fix("drop the files once more")))
    return found


def _kind(found: Inspection) -> str:
    return "project" if found.is_project else found.kind


def _row(
    listed: Listed, found: Inspection | None, said: Why | None, environment: TagEnvironment
) -> FileRow:
    errors = sum(each.severity is Severity.ERROR for each in found.findings) if found else 0
    return FileRow(
        listed.name,
        found is not None,
        _kind(found) if found else "",
        summary(found) if found else "",
        why_summary(said, environment.label) if said else "",
        bool(said and said.taken),
        errors,
        listed.start,
        listed.end,
    )


def _best(answers: Iterable[Why | None]) -> tuple[tuple[str, ...], ...]:
    """Return the names that pip takes of each version that has several wheels, best first."""
    versions: dict[tuple[str, str], list[Why]] = {}
    for each in answers:
        parts = read_file_name(each.file_name)[0] if each else None
        if each and parts:
            versions.setdefault((parts.project.lower(), parts.version), []).append(each)
    return tuple(
        tuple(each.file_name for each in best_first(several))
        for several in versions.values()
        if len(several) > 1
    )


def _collisions(found: Sequence[Inspection], place: str) -> tuple[tuple[CollisionsRow, ...], bool]:
    """Return what each two wheels would both write, and whether all places were looked at."""
    # Of two wheels of one project, pip installs one only.
    wheels = [each for each in found if each.kind == "wheel"]
    pairs = [
        (one, two)
        for one, two in itertools.combinations(wheels, 2)
        if words.project(one) != words.project(two)
    ]
    landed = sum(len(one.entries) + len(two.entries) for one, two in pairs)
    everywhere = landed * len(PLACES) <= MOST_LANDED
    places = list(PLACES.values()) if everywhere else [PLACES[place]]
    rows = []
    for one, two in pairs if landed <= MOST_LANDED else ():
        met = collisions(one, two, places)
        if met:
            rows.append(CollisionsRow(one.name, two.name, len(met), met[:MOST_ROWS]))
    return tuple(rows), everywhere


def _inside(found: Inspection, place: str, python: str) -> InsideRow:
    landed = landing(found, PLACES[place], python)
    linked = libraries(found)
    document = PlainDocument(found.metadata)
    schemes = [scheme for scheme, _, _ in found.sizes() if scheme]
    if "scripts" not in schemes and any(each.is_script for each in found.entry_points):
        schemes.append("scripts")
    elsewhere = tuple(
        FoldersRow(
            name,
            each.base,
            tuple((scheme, folders(found, each, python)[scheme]) for scheme in schemes),
        )
        for name, each in (PLACES.items() if found.kind == "wheel" else ())
    )
    lists = {
        "tags": found.tags,
        "licences": found.licences,
        "sboms": found.sboms,
        "entry_points": found.entry_points,
        "wrong": found.record.wrong,
        "libraries": linked,
    }
    return InsideRow(
        name=found.name,
        kind=_kind(found),
        size=found.size,
        unpacked=found.unpacked,
        tags=found.tags[:MOST_ROWS],
        generator=found.generator,
        licence=found.licence,
        licences=found.licences[:MOST_ROWS],
        sboms=found.sboms[:MOST_ROWS],
        entry_points=found.entry_points[:MOST_ROWS],
        record=words.record(found.record) if found.kind == "wheel" else "",
        wrong=found.record.wrong[:MOST_ROWS],
        groups=groups(found, landed),
        tiles=tiles(found),
        libraries=linked[:MOST_ROWS],
        compiled=len(found.compiled),
        elsewhere=elsewhere,
        metadata=found.metadata if len(found.metadata) <= MOST_METADATA else "",
        requires_python=(document.get_first("Requires-Python") or "").strip()[:200],
        left={
            name: len(values) - MOST_ROWS
            for name, values in lists.items()
            if len(values) > MOST_ROWS
        },
    )
