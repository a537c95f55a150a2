"""``trigpoint templates`` and ``trigpoint new``: projects to copy, and a new one of them."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, Final, TypeVar

import click
from packaging.utils import canonicalize_name

from trigpoint.cli.terminal import leave, say, show_findings
from trigpoint.findings import Finding
from trigpoint.projects.templates import (
    CHOICES,
    LANGUAGES,
    OPTIONS,
    PYTHONS,
    RECORD,
    TEXTS,
    WISHES,
    Answers,
    BadAnswersError,
    FileChange,
    FileUpdate,
    Record,
    Template,
    answers_about,
    carry_out,
    check_answers,
    choose,
    failed,
    licenses,
    purpose,
    read_answers,
    read_record,
    templates,
    whole,
    write_record,
)
from trigpoint.projects.templates import update as steps_of_update

__all__ = ["list_templates", "new", "update"]

_MOST_NAMED: Final = 5
"""Files in the way that are named."""


@click.command(name="templates")
@click.option("--fit", is_flag=True, help="Say which fits, by --language and --wish, and why.")
@click.option(
    "--language",
    type=click.Choice([each for each in LANGUAGES if each]),
    default=None,
    help="What is compiled, with --fit.",
)
@click.option(
    "--wish",
    "wishes",
    type=click.Choice(list(WISHES)),
    multiple=True,
    help="What decides, with --fit.",
)
def list_templates(*, fit: bool, language: str | None, wishes: tuple[str, ...]) -> None:
    """List the templates of projects: what each is for, and what can be chosen."""
    if fit:
        _fitting(language or "", wishes)
        return
    if language or wishes:
        raise click.UsageError("--language and --wish go with --fit")
    for number, template in enumerate(templates().values()):
        say("\n" * bool(number), (template.name, "bold"), f": {template.title}")
        say("  ", template.about)
        for option in OPTIONS:
            if len(answers := template.answers(option)) > 1:
                say("  ", (f"--{option} {', '.join(answers)}", "dim"))


def _fitting(language: str, wishes: tuple[str, ...]) -> None:
    known, choice = templates(), choose(language, wishes)
    say((choice.template, "bold"), f": {known[choice.template].title}")
    for reason in choice.reasons:
        say(f"  {reason}")
    for name in choice.others:
        say("or ", (name, "bold"), f": {known[name].title}")


_Command = TypeVar("_Command", bound=Callable[..., Any])


def _option(name: str, help_: str) -> Callable[[_Command], _Command]:
    return click.option(f"--{name}", default=None, metavar="TEXT", help=help_)


_ANSWERS: Final = {
    **{key: f"{words}." for key, words in TEXTS.items()},
    "license": f"One of {', '.join(licenses())}.",
    "python": f"The oldest Python, one of {', '.join(PYTHONS)}.",
    "layout": "Where the package stands: src or flat.",
    "docs": "The documentation: sphinx or none.",
    "ci": "The continuous integration: github or none.",
    "versioning": "Where the version comes from: static or git.",
}


def _with_answers(command: _Command) -> _Command:
    """Let *command* take each answer as an option, and a file of them."""
    for key, help_ in reversed(_ANSWERS.items()):
        command = _option(key, help_)(command)
    file = click.File("rb")
    return click.option("--answers", "file", type=file, help="A TOML file: name = ...")(command)


@click.command()
@click.argument("directory", required=False, type=click.Path(file_okay=False))
@click.option("--template", "chosen", metavar="NAME", help="See trigpoint templates.")
@_with_answers
@click.option("--example", is_flag=True, help="Keep what the example has where you say nothing.")
def new(
    directory: str | None, chosen: str | None, file: Any, *, example: bool, **given: str | None
) -> None:
    """Write a new project into DIRECTORY, which is named after the project unless you say it.

    The project is named after DIRECTORY unless you say --name.
    What neither the options nor the file of answers say is asked for on a terminal.
    With --example nothing is asked: the project keeps the names that the template has.
    No file is ever overwritten: if one is there, nothing is written.
    """
    asks = sys.stdin.isatty()
    template = _template(chosen, asks=asks)
    said = _said(file, given)
    if example:
        said = asdict(Answers()) | said
    answers = _answers(template, said, _named_after(directory), asks=asks)
    _write(template, answers, Path(directory or canonicalize_name(answers.name)))


def _said(file: Any, given: Mapping[str, str | None]) -> dict[str, str]:
    """Return the answers that the options have, and those of the *file*, if there is one."""
    said = {key: value for key, value in given.items() if value is not None}
    if file is None:
        return said
    text = _text(file.read(), "the file of answers")
    from_file, findings = read_answers(text)
    _stop(findings, {"": text})
    return from_file | said


def _text(data: bytes, what: str) -> str:
    """Return *data* as text, as Windows' editor writes it, too; end the command if it is none.

    *what* it is stands in the message.
    """
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        said = f"{what} is no UTF-8: byte {error.start + 1} is none"
        raise click.ClickException(said) from error


def _template(name: str | None, *, asks: bool) -> Template:
    known = templates()
    if name is None:
        if not asks:
            raise click.UsageError("say which with --template; trigpoint templates lists them")
        for each in known.values():
            say((each.name, "bold"), f": {each.title}")
        name = click.prompt("Template", type=click.Choice(list(known)), show_choices=False)
    if name not in known:
        raise click.UsageError(f"no template is called {name}: there are {', '.join(known)}")
    return known[name]


def _named_after(directory: str | None) -> str:
    """Return the name of a project in *directory*, or nothing if there is none.

    >>> _named_after("work/spam"), _named_after(None)
    ('spam', '')
    """
    return "" if directory is None else Path(directory).resolve().name


def _answers(template: Template, said: Mapping[str, str], name: str, *, asks: bool) -> Answers:
    """Return the answers that were *said*, and those that are asked for if *asks*.

    The project is called *name* if nobody says otherwise.
    """
    if name and not asks:
        said = {"name": name, **said}
    answers = replace(Answers(), **said)
    if missing := [key for key in TEXTS if key not in said]:
        if not asks:
            wanted = ", ".join(f"--{key}" for key in missing)
            raise click.UsageError(f"say {wanted}, or put them into a file for --answers")
        for key in missing:
            default = (name if key == "name" else "") or None
            answers = _asked(template, answers, key, TEXTS[key], default)
        for key, words in CHOICES.items():
            if key not in said and len(_offered(template, key)) > 1:
                answers = _chosen(template, answers, key, words)
    findings = check_answers(template, answers)
    _stop(findings, {key: getattr(answers, key) for key in findings})
    return answers


def _offered(template: Template, key: str) -> tuple[str, ...]:
    if key in OPTIONS:
        return template.answers(key)
    return tuple(licenses()) if key == "license" else PYTHONS


def _asked(
    template: Template, answers: Answers, key: str, words: str, default: str | None
) -> Answers:
    """Ask for the text *key*, which is the *default* for Enter, until it is none that cannot be."""
    while True:
        text = click.prompt(words, default=default)
        answers = replace(answers, **{key: text})
        found = {key: check_answers(template, answers).get(key, ())}
        show_findings(found[key], text, name=key, err=True)
        if not failed(found):
            return answers


def _chosen(template: Template, answers: Answers, key: str, words: str) -> Answers:
    """Ask for the choice *key*."""
    offered = _offered(template, key)
    if key in OPTIONS:
        for answer in offered:
            say("  ", (answer, "bold"), f": {answers_about(key)[answer]}")
    choice = click.prompt(words, type=click.Choice(offered), default=offered[0])
    return replace(answers, **{key: choice})


def _stop(findings: Mapping[str, tuple[Finding, ...]], texts: Mapping[str, str]) -> None:
    """Show *findings*, with the text of each, and end the command if one is an error."""
    for key, found in findings.items():
        show_findings(found, texts.get(key, texts.get("", "")), name=key, err=True)
    leave(failed=failed(findings))


def _write(template: Template, answers: Answers, folder: Path) -> None:
    """Write the project into *folder*, if nothing there would be overwritten."""
    files = whole(template, answers)
    there = [path for path in files if os.path.lexists(folder / path)]
    if there:
        for path in there[:_MOST_NAMED]:
            say((str(folder / path), "bold"), " is there already", err=True)
        more = f"{len(there) - _MOST_NAMED} more are, and " * (len(there) > _MOST_NAMED)
        say(f"{more}nothing was written", err=True)
        leave(failed=True)
    try:
        for path, content in files.items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            # Exclusively, so that a file that came in the meantime stays as well.
            with target.open("xb") as stream:
                stream.write(content)
    except OSError as error:
        say(f"cannot write: {error}", err=True)
        leave(failed=True)
    # Said when all are there: whoever reads the list may stop before its end.
    for path in files:
        say((str(folder / path), "bold"), "  ", (purpose(path), "dim"))
    say(
        f"{len(files)} files. ",
        "The license, the README and the change log are yours to read first.",
    )


_MOVED: Final = "moved to {beside} in the template, but changed here: move your changes there"

_BECOMES: Final = {
    FileChange.ADDED: "new in the template",
    FileChange.CHANGED: "changed in the template",
    FileChange.MERGED: "changed here and in the template: both are in it",
    FileChange.BESIDE: "changed in the same lines here and in the template: see {beside}",
    FileChange.REMOVED: "gone from the template",
    FileChange.KEPT: "gone from the template, but changed here: it stays",
    FileChange.LEFT: "yours, in a folder that the template moved: move it to {beside}",
    FileChange.DELETED: "changed in the template, but deleted here: it stays deleted",
    FileChange.LINKED: "changed in the template, but a link here, or behind one: it stays",
}


@click.command()
@click.argument("directory", default=".", type=click.Path(file_okay=False, exists=True))
@_with_answers
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
def update(directory: str, file: Any, *, dry_run: bool, **given: str | None) -> None:
    """Bring the project in DIRECTORY to its template as it is now, and to other answers.

    The project is one that trigpoint new wrote, with its .trigpoint.toml.
    What you changed stays: where you and the template changed different lines both are kept,
    and where it was the same lines, the template's text is written beside your file.
    Symbolic links stay, and nothing is written where they lead.
    With another layout, what is yours in the folder of the package stays where it is, and is named.
    The exit status is 1 if there are such files or links.
    """
    folder = Path(directory)
    said = _said(file, given)
    record = _record(folder / RECORD, said)
    answers = replace(record.answers, **said)
    try:
        steps = steps_of_update(folder, record, answers)
        template = templates()[record.template]
        if not dry_run:
            carry_out(folder, steps, write_record(template, answers))
    except BadAnswersError as error:
        _stop(error.findings, {key: getattr(answers, key) for key in error.findings})
        raise
    except OSError as error:
        raise click.ClickException(f"cannot write: {error}") from error
    for step in steps:
        becomes = (_MOVED if _is_moved(step) else _BECOMES[step.change]).format(beside=step.beside)
        say((step.path, "bold"), "  ", (becomes, "dim"))
    count = f"{len(steps)} file{'s' * (len(steps) != 1)}"
    if not steps:
        count = "Nothing is to be done"
    say(f"{count} would change." if dry_run and steps else f"{count}.")
    by_hand = (FileChange.BESIDE, FileChange.LEFT, FileChange.LINKED)
    leave(failed=any(each.change in by_hand or _is_moved(each) for each in steps))


def _is_moved(step: FileUpdate) -> bool:
    """Say whether *step* is of a file that stays where the template moved it away."""
    return step.change is FileChange.KEPT and bool(step.beside)


def _record(path: Path, said: Mapping[str, str]) -> Record:
    """Return the record at *path*, some answers of which are to become what is *said*.

    End the command if there is none.
    """
    try:
        text = _text(path.read_bytes(), RECORD)
    except OSError as error:
        message = f"{path} cannot be read, and only trigpoint new writes it: {error.strerror}"
        raise click.ClickException(message) from error
    record, findings = read_record(text, said)
    if record is None:
        _stop({RECORD: tuple(findings)}, {RECORD: text})
        raise click.ClickException(f"{path} is no record")
    return record
