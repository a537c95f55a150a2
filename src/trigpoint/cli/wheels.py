"""``trigpoint wheel``: what is in a wheel, in the terminal."""

from __future__ import annotations

from pathlib import Path

import click

from trigpoint.archives import open_archive, read_files
from trigpoint.cli.terminal import leave, read_bytes, say, show_findings, show_json, table
from trigpoint.findings import Finding, printable
from trigpoint.projects.folder import LEFT_OUT
from trigpoint.wheels import (
    ENVIRONMENT_NAMES,
    PLACES,
    PYTHON,
    Inspection,
    Landed,
    collisions,
    inspect,
    landing,
    libraries,
    releases,
    tag_environment,
    why,
    words,
)
from trigpoint.wheels.external_data import (
    BACKENDS,
    BUDGET,
    ROOTS,
    DataFile,
    Policy,
    check,
    data_of,
    stated,
    written,
)
from trigpoint.wheels.places import is_python

__all__ = ["collide", "data_command", "inspect_command", "release_command", "why_command"]

_PLACE = "pip-venv-posix"
_ENVIRONMENT = "cp313-glibc2.36-x86_64"


def _inspected(path: str) -> Inspection:
    """Return what is in the file at *path*, or on standard input for ``-``."""
    return inspect(read_bytes(path), "" if path == "-" else Path(path).name)


def _wheel(path: str) -> Inspection:
    """Return what is in the wheel at *path*; what is none shares no file only as far as anyone knows."""
    found = _inspected(path)
    if found.kind != "wheel" or not found.entries:
        show_findings(found.findings, "", err=True)
        said = f"{path} is no wheel that can be read, so what it would write is not known"
        raise click.ClickException(printable(said))
    return found


@click.command(name="inspect")
@click.argument("path", metavar="PATH|-")
@click.option(
    "--place",
    type=click.Choice(list(PLACES)),
    default=_PLACE,
    show_default=True,
    metavar="NAME",
    help="By which installer, way and system files land: " + ", ".join(PLACES) + ".",
)
@click.option("--python", default=PYTHON, show_default=True, help="The Python in the paths.")
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
def inspect_command(path: str, place: str, python: str, *, as_json: bool) -> None:
    """Say what is in the wheel or sdist PATH, where it lands, and what is wrong with it.

    '-' reads standard input. The exit status is 1 after an error.
    """
    if not is_python(python):
        said = f"{python!r} is no version of Python, which is two numbers, such as 3.13"
        raise click.UsageError(said)
    found = _inspected(path)
    landed = landing(found, PLACES[place], python)
    if as_json:
        show_json(
            {
                "inspection": found,
                "place": place,
                "landing": landed,
                "libraries": libraries(found),
            }
        )
    else:
        show_findings(found.findings, "")
        say((words.summary(found), "bold"))
        if found.kind == "wheel":
            _show(found)
        linked = libraries(found)
        if linked:
            table(("Links", "Which is"), [[each.name, words.library(each)] for each in linked])
        if landed:
            say((f"Below {PLACES[place].base} ({place})", "bold"))
            table(("Target", "From"), [[each.target, _source(each)] for each in landed])
    leave(failed=found.has_errors)


def _source(each: Landed) -> str:
    return f"the entry point {each.path}" if each.generated else each.path


def _show(found: Inspection) -> None:
    say(words.record(found.record))
    rows = [
        [scheme or "-", words.SCHEMES[scheme], f"{files:,}", f"{size:,}"]
        for scheme, files, size in found.sizes()
    ]
    if rows:
        table(("Scheme", "What", "Files", "Bytes"), rows)
    for label, values in (
        ("tags", found.tags),
        ("made by", (found.generator,)),
        ("licence", (found.licence, *found.licences)),
        ("SBOM", found.sboms),
    ):
        for each in filter(None, values):
            say((f"  {label:<8} ", "dim"), each)


@click.command()
@click.argument("first", metavar="FIRST")
@click.argument("second", metavar="SECOND")
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
def collide(first: str, second: str, *, as_json: bool) -> None:
    """Say which files the wheels FIRST and SECOND would both write.

    The exit status is 1 if there is one, or if one of the two cannot be read.
    """
    if first == second == "-":
        raise click.UsageError("only one of the two can come from standard input")
    found = collisions(_wheel(first), _wheel(second))
    if as_json:
        show_json(found)
    else:
        say((words.collisions_summary(len(found)), "bold"))
        if found:
            table(
                ("Target", "What meets"), [[each.target, words.collision(each)] for each in found]
            )
    leave(failed=bool(found))


@click.command(name="data")
@click.argument("path", metavar="PATH")
@click.option(
    "--to",
    "backend",
    type=click.Choice(BACKENDS),
    metavar="BACKEND",
    help=f"Write the data of the project in the form of one of {', '.join(BACKENDS)}.",
)
@click.option(
    "--root",
    "roots",
    multiple=True,
    metavar="FOLDER",
    help="A folder below the prefix that is allowed, instead of the usual ones.",
)
@click.option(
    "--budget",
    type=click.IntRange(min=0),
    default=BUDGET,
    show_default=True,
    help="Bytes that are allowed.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
def data_command(
    path: str, backend: str | None, roots: tuple[str, ...], budget: int, *, as_json: bool
) -> None:
    """Hold the external data of PATH against a policy: a wheel, or the folder of a project.

    Those of a project are read from the backend's table in pyproject.toml. The exit status
    is 1 if there is a finding.
    """
    findings: tuple[Finding, ...]
    files: tuple[DataFile, ...] = ()
    if Path(path).is_dir():
        held = read_files(open_archive(path), leave_out=LEFT_OUT)
        text = held.files.get("pyproject.toml", b"").decode("utf-8", "replace")
        found = stated(text, held.files)
        files, findings = found.files, (*held.findings, *found.findings)
        sizes = {each.target: len(held.files[each.source]) for each in files}
    else:
        inspection = _wheel(path)
        sizes, findings = data_of(inspection), inspection.findings
    policy = Policy(roots or ROOTS, budget)
    findings += check(sizes, policy)
    form = written(files, backend) if backend else None
    if as_json:
        show_json({"sizes": sizes, "form": form, "findings": findings})
    else:
        show_findings(findings, "")
        say((words.data(sizes), "bold"))
        if sizes:
            table(("Target", "Bytes"), [[target, f"{size:,}"] for target, size in sizes.items()])
        if form:
            say((f"{form.file} for {form.backend}", "bold"))
            say(form.text.rstrip() or "There is no form for it.")
            for old, new in form.moves:
                say(f"Move {old} to {new}.")
            for note in form.notes:
                say(f"Note: {note}.")
    leave(failed=bool(findings))


@click.command(name="release")
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
def release_command(paths: tuple[str, ...], *, as_json: bool) -> None:
    """Say in which fields the metadata of the files PATH of a release differs.

    They are wheels and an sdist. The exit status is 1 if there is a difference that should not be,
    or if a file has no metadata that can be read.
    """
    inspected = [_inspected(path) for path in paths]
    found = releases(inspected)
    left_out = [
        path
        for path, each in zip(paths, inspected, strict=True)
        if not each.kind or not each.metadata
    ]
    if as_json:
        show_json(found)
    for each in () if as_json else found:
        show_findings(each.findings, "")
        say((words.release(each), "bold"))
        rows = [
            [difference.field, one.file, value]
            for difference in each.fields
            for one in difference.files
            for value in one.values or ("-",)
        ]
        if rows:
            table(("Field", "File", "Value"), rows)
    if not found and not as_json:
        say("There is no metadata in these files that can be read.")
    for path in left_out if found else ():
        say(f"{path} has no metadata that can be read, and was left out.", err=True)
    leave(failed=bool(left_out) or any(each.findings for each in found))


@click.command(name="why")
@click.argument("file_name", metavar="FILE_NAME")
@click.option(
    "--env",
    type=click.Choice(ENVIRONMENT_NAMES),
    default=_ENVIRONMENT,
    show_default=True,
    metavar="NAME",
    help="The environment, such as cp314-windows-amd64 or cp312-musl1.2-aarch64.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
def why_command(file_name: str, env: str, *, as_json: bool) -> None:
    """Say whether pip would take the wheel FILE_NAME, and why.

    The name is all that is looked at. The exit status is 1 if pip would not.
    """
    here = tag_environment(env)
    answer = why(Path(file_name).name, here)
    if as_json:
        show_json(answer)
    else:
        show_findings(answer.findings, "")
        say((words.why_summary(answer, here.label), "bold"))
        rows = [[each.part, each.text, words.value(each)] for each in answer.values]
        if rows:
            table(("Part", "Value", "Meaning"), rows)
    leave(failed=not answer.taken)
