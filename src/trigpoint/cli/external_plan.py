"""``trigpoint external plan``, ``check`` and ``suggest``, in the terminal."""

from __future__ import annotations

import functools
import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO, NamedTuple

import click

from trigpoint.cli.external import Question, asked, mapping_text, name_at, text_at
from trigpoint.cli.terminal import (
    Part,
    leave,
    read_bytes,
    say,
    show_findings,
    show_json,
    shown_name,
    table,
)
from trigpoint.external import words
from trigpoint.external.known import with_known
from trigpoint.external.machine import ThisMachine, ecosystems
from trigpoint.external.mappings import ECOSYSTEMS, EcosystemMapping, read_mapping
from trigpoint.external.plan import Plan, plan, read_pins, without_root
from trigpoint.external.probe import probe
from trigpoint.external.registry import registry
from trigpoint.external.snippets import FORMS, command_line, snippets
from trigpoint.external.suggest import draft, loaded
from trigpoint.external.tables import External
from trigpoint.findings import Finding, in_text_order, printable
from trigpoint.labs import length
from trigpoint.labs.base import has_errors
from trigpoint.labs.external import words as lab_words
from trigpoint.labs.external.answer import read_stated
from trigpoint.markers.meaning.environments import environment
from trigpoint.wheels import Inspection, inspect, libraries

__all__ = ["check_command", "plan_command", "suggest_command"]


def _here(ecosystem: str | None) -> str:
    if ecosystem:
        return ecosystem
    found = ecosystems(ThisMachine())
    if not found:
        raise click.UsageError("which ecosystem this machine has is not known; say --on NAME")
    return found[0]


def _pins(pins: tuple[str, ...]) -> dict[str, str]:
    found, wrong = read_pins(pins)
    if wrong:
        raise click.UsageError(f"--pin takes VIRTUAL=PROVIDER; {wrong[0]}")
    return found


def _mapping(file: IO[str] | None) -> tuple[EcosystemMapping | None, bool]:
    """Return the mapping in *file*, None without one, and whether something is wrong with it."""
    if file is None:
        return None, False
    text = mapping_text(file)
    made = read_mapping(text, registry())
    show_findings(made.findings, text, name=shown_name(file.name), err=True)
    return made.mapping, has_errors(made.findings)


class _Read(NamedTuple):
    """A plan, what was read for it, why there is none, findings, and whether one is an error.

    ``only`` plans again, for requirements of the plan alone.
    """

    made: Plan
    external: External
    nothing: str
    findings: list[Finding]
    wrong: bool
    only: Callable[[Sequence[str]], Plan]


def _read(question: Question) -> _Read:
    text = text_at(question.path)
    kind, external = read_stated(text, question.purpose)
    own, unsound = _mapping(question.mapping_file)
    planned = functools.partial(
        plan,
        ecosystem=_here(question.ecosystem),
        purpose=question.purpose,
        extras=question.extras,
        pins=_pins(question.pins),
        environment=environment(question.env) if question.env else None,
        mapping=own,
    )
    made = planned(external, groups=question.groups)
    findings = in_text_order([*external.findings, *with_known(external, text)])
    if not length.said(findings):
        findings += external.undeclared(question.extras, question.groups)
    if not question.as_json:
        show_findings(findings, text, name=name_at(question.path), err=True)
    wrong = has_errors(findings)
    nothing = _nothing(made, external, kind, text, wrong=wrong)
    if nothing and question.path.endswith(".whl"):
        nothing += "\n`trigpoint external suggest` drafts what its libraries ask for."
    only = functools.partial(planned, headers=False)
    return _Read(made, external, nothing, findings, wrong or unsound, only)


def _nothing(made: Plan, external: External, kind: str, text: str, *, wrong: bool) -> str:
    """Say why *made*, of what is *external* in *text* of a *kind*, plans nothing; "" where it does or may not.

    That nothing has to be installed is said only of what was read, and is not *wrong*.
    """
    if made.planned or made.missing or made.skipped:
        return ""
    if external.needed:
        return "Nothing that could be read is needed; what is wrong was left out." if wrong else ""
    if wrong and external.readable:
        return "Nothing could be read; what is wrong was left out."
    return lab_words.nothing(
        kind, empty=not text.strip(), readable=external.readable, stated=external.stated
    )


@click.command(name="plan")
@asked()
@click.option(
    "--as",
    "form",
    type=click.Choice(tuple(FORMS)),
    help="Print a piece of a file and nothing else.",
)
@click.option(
    "--without-root", is_flag=True, help="Also say what would do without an administrator."
)
def plan_command(question: Question, form: str | None, *, without_root: bool) -> None:
    """Say what to install for what FILE needs from the system, and with which command.

    FILE is a pyproject.toml with an [external] table, a METADATA file, a wheel, an
    sdist, or a file with one dep: line each; '-' reads standard input, and a DepURL may
    stand in its place. Nothing is installed. The exit status is 1 after an error, or if something cannot be had.
    """
    made, external, nothing, findings, wrong, _ = _read(question)
    others = _rootless(external, question) if without_root and not form else ()
    if question.as_json:
        pieces = snippets(made)
        show_json({"plan": made, "snippets": pieces, "without_root": others, "findings": findings})
    elif form:
        pieces = snippets(made, [form])
        if not pieces and made.install:
            raise click.UsageError(
                f"a plan for {words.NAMES[made.ecosystem]} cannot be written as {form!r}; "
                f"with --on {_fitting(form)} it can"
            )
        for piece in pieces:
            click.echo(piece.text, nl=False)
        for each in made.missing:
            say(f"{each.requirement}: {words.advice(each)}", err=True)
    elif nothing:
        say((nothing, "bold"))
    else:
        _show(made)
        for other in others:
            say((words.summary(other), "bold"))
            for action in other.install:
                say(command_line(action))
    leave(failed=wrong or not made.complete)


def _fitting(form: str) -> str:
    """Name the ecosystems whose plans can be written in *form*."""
    asked = ["dep:generic/zlib"]
    *first, last = [name for name in ECOSYSTEMS if snippets(plan(asked, name), [form])]
    return f"{', '.join(first)} or {last}" if first else last


def _rootless(external: External, question: Question) -> tuple[Plan, ...]:
    return without_root(
        external,
        question.purpose,
        question.extras,
        question.groups,
        environment=environment(question.env) if question.env else None,
    )


def _show(made: Plan) -> None:
    say((words.summary(made), "bold"))
    rows: list[list[Part]] = [
        [each.requirement, words.what(each), words.chosen(each) or each.state or "by the mapping"]
        for each in made.planned
    ]
    rows += [[each.requirement, ("missing", "yellow"), words.advice(each)] for each in made.missing]
    rows += [[each.requirement, ("not needed", "dim"), each.marker] for each in made.skipped]
    if rows:
        table(("Requirement", "Packages", "Why"), rows)
    for each in made.planned:
        for said in filter(None, (words.ranged(each), words.place(each))):
            say(f"{each.requirement}: {said}")
    if said := words.doubt(made):
        say((said, "dim"))
    for action in made.install:
        say(command_line(action))


@click.command(name="check")
@asked()
def check_command(question: Question) -> None:
    """Say whether what FILE needs from the system is on this machine.

    Only reads, and needs no administrator: package manager, pkg-config, the cache of
    the loader and the compiler are asked. FILE is as for plan. The exit status is 1
    after an error, or if something is not here.
    """
    made, _, nothing, findings, wrong, only = _read(question)
    found = probe(made)
    if question.as_json:
        show_json({"plan": made, "probe": found, "findings": findings})
    else:
        rows: list[list[Part]] = []
        colours = {"here": "green", "absent": "red", "other version": "yellow"}
        for each in found.results:
            said = "; ".join(dict.fromkeys(map(words.witness, each.evidence)))
            verdict = (each.verdict, colours.get(each.verdict, "dim"))
            rows.append([each.requirement, verdict, said or "nothing could be asked"])
        rows += [
            [each.requirement, ("no name", "yellow"), words.advice(each)] for each in made.missing
        ]
        rows += [[each.requirement, ("not needed", "dim"), each.marker] for each in made.skipped]
        if rows:
            table(("Requirement", "Verdict", "What says so"), rows)
        else:
            say(nothing or "Nothing is needed here.")
        if found.absent:
            say(("To install what is missing:", "bold"))
            for action in only([each.requirement for each in found.absent]).install:
                say(command_line(action))
    leave(failed=wrong or bool(found.absent) or not made.complete)


@click.command(name="suggest")
@click.argument("path", metavar="PATH")
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
def suggest_command(path: str, *, as_json: bool) -> None:
    """Draft an [external] table from the shared libraries that PATH links.

    PATH is a wheel, or the .dist-info folder of an installed package. What was linked
    statically cannot be seen, nor what is loaded by name, unless it is in the wheel. The exit status is 1 if nothing of PATH
    can be read.
    """
    place = Path(path)
    gone: list[str] = []
    found = _installed(place, gone) if place.is_dir() else inspect(read_bytes(path), place.name)
    if found.kind != "wheel":
        raise click.UsageError(f"{path} is neither a wheel nor a .dist-info folder")
    if not found.entries:
        show_findings(found.findings, "", err=True)
        said = f"nothing in {path} can be read, so what it links is not known"
        raise click.ClickException(printable(said))
    linked = (*libraries(found), *loaded(found))
    unread = [each for each in found.findings if each.code == "wheel-compiled-broken"]
    made = draft(linked, compiled=bool(found.compiled or unread or gone), generator=found.generator)
    show_findings(unread, "", err=True)
    for each in gone:
        say(f"{each} is listed and not there, so what it links is not known.", err=True)
    if as_json:
        show_json({"draft": made, "libraries": linked})
    elif not found.compiled and not unread and not gone:
        # Standard output is for the table, which may go into a file.
        say("Nothing in it is compiled, so nothing is linked.", err=True)
    else:
        click.echo(made.text, nl=False)
        rows: list[list[Part]] = [
            [
                each.library,
                each.source if each.direct else f"{each.source}, for another library",
                each.id or "-",
                each.confidence,
            ]
            for each in made.suggestions
        ]
        if rows:
            table(("Library", "Where from", "Suggests", "Confidence"), rows, err=True)


_COMPILED = (".so", ".dylib", ".pyd", ".dll")


def _installed(place: Path, gone: list[str]) -> Inspection:
    """Inspect the compiled files that an installed package lists, as if they were a wheel.

    What is listed and not there goes to *gone*.
    """
    record = place / "RECORD"
    if place.suffix != ".dist-info" or not record.is_file():
        raise click.UsageError(f"{place} has no RECORD, so what belongs to it is not known")
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for inner, path in _listed(place, record, gone):
            archive.writestr(inner, path.read_bytes())
    return inspect(made.getvalue(), f"{place.stem}-py3-none-any.whl")


def _listed(place: Path, record: Path, gone: list[str]) -> Iterator[tuple[str, Path]]:
    """Yield what *record*, that of *place*, lists; compiled files that are not there go to *gone*."""
    base = place.parent
    for line in record.read_text("utf-8", "replace").splitlines():
        inner = line.partition(",")[0].strip('"')
        name = inner.rpartition("/")[2]
        compiled = name.endswith(_COMPILED) or ".so." in name
        if not compiled and inner not in (f"{place.name}/WHEEL", f"{place.name}/METADATA"):
            continue
        path = base / inner
        # What leads out of the folder of modules is no part of the package.
        if ".." in Path(inner).parts:
            continue
        if path.is_file():
            yield inner, path
        elif compiled:
            gone.append(inner)
