"""Bring a project that was made of a template to what the template is by now, or to other answers.

Idea: a new project keeps a record, ``.trigpoint.toml``: its template, the answers, and for each
file the name that git would give to its content.  So three texts meet: what the template gave
then, what stands there, and what the template gives now.  Who changed a file is told by two
comparisons of names, for which the old text is not needed.  Only where both did is it wanted:
it is rendered again if the template still is the one of then, or git has it.

Invariant: a file that somebody edited is only written if every edit is still in it; otherwise
it stays, and what the template has now is written beside it.  Nothing is written through a
symbolic link or in place of one: a link is an edit, and what it leads to is not the project's.

Cost: linear in the files, and what ``git merge-file`` takes for those that both changed.

Source: git, "gitformat-loose" (the name of a content) and "git-merge-file".
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from itertools import count
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import Final

from trigpoint.catalogue import report
from trigpoint.findings import Finding, Fix, Span, TextIndex
from trigpoint.metadata.project.project import parse_toml
from trigpoint.metadata.project.toml import Places
from trigpoint.projects.templates.answers import (
    CHOICES,
    TEXTS,
    Answers,
    answers_of,
    check_answers,
    failed,
)
from trigpoint.projects.templates.catalogue import Template, templates
from trigpoint.projects.templates.rendering import BadAnswersError, render

__all__ = [
    "BESIDE",
    "MOST_RECORD",
    "RECORD",
    "FileChange",
    "FileUpdate",
    "Record",
    "blob",
    "carry_out",
    "read_record",
    "update",
    "whole",
    "write_record",
]

RECORD: Final = ".trigpoint.toml"
"""The file of a project that says what it was made of."""

BESIDE: Final = ".new"
"""What the name of a file gets for the template's text of it, where the two cannot be one."""

MOST_RECORD: Final = 256 * 1024
"""Bytes of a record that are read."""

_HEAD: Final = "# What this project was made of: trigpoint update reads it.\n"

_GIT_SECONDS: Final = 20

_PERMISSIONS: Final = 0o644
"""Those of a new file; one that is there keeps its own."""


class FileChange(StrEnum):
    """What becomes of a file."""

    ADDED = "added"
    """The template has it now."""
    CHANGED = "changed"
    """Nobody edited it, and the template's text is another one."""
    MERGED = "merged"
    """Somebody edited it, the template has another text, and both are in it now."""
    BESIDE = "beside"
    """Both changed the same lines: it stays, and the template's text is written beside it."""
    REMOVED = "removed"
    """The template has it no more, and nobody edited it."""
    KEPT = "kept"
    """The template has it no more, but somebody edited it: it stays."""
    DELETED = "deleted"
    """Somebody deleted it, and the template's text is another one: it stays deleted."""
    LEFT = "left"
    """It is none of the template's, in a folder that the template moved: it stays."""
    LINKED = "linked"
    """It is a symbolic link, or lies behind one, and the template's text is another one: it stays."""


@dataclass(frozen=True, slots=True)
class Record:
    """What a project was made of: a template, the answers, and the name of each file's content."""

    template: str
    answers: Answers
    files: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class FileUpdate:
    """A file of an update: its path, what becomes of it, and its bytes if any are written.

    ``beside`` is the path that the template's text is written to, where it stands beside the file,
    and of a file that stays where the template moved its folder, the path that it would have there.
    """

    path: str
    change: FileChange
    content: bytes = b""
    beside: str = ""


def blob(content: bytes) -> str:
    """Return the name that git gives to *content*.

    >>> blob(b"")
    'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391'
    """
    head = f"blob {len(content)}\0".encode()
    return hashlib.sha1(head + content, usedforsecurity=False).hexdigest()


def write_record(template: Template, answers: Answers) -> bytes:
    """Return the record of a project that *template* with *answers* is, as TOML.

    Raises :exc:`BadAnswersError` as :func:`render` does.

    >>> from trigpoint.projects.templates.catalogue import templates
    >>> made = write_record(templates()["hatchling"], Answers(name="spam"))
    >>> read_record(made.decode())[0].answers.name
    'spam'
    """
    return _record(template, answers, render(template, answers))


def whole(template: Template, answers: Answers) -> dict[str, bytes]:
    """Return what *template* with *answers* makes: the files of :func:`render`, and their record.

    Raises :exc:`BadAnswersError` as :func:`render` does.

    >>> from trigpoint.projects.templates.catalogue import templates
    >>> RECORD in whole(templates()["hatchling"], Answers(name="spam"))
    True
    """
    files = render(template, answers)
    return dict(sorted({**files, RECORD: _record(template, answers, files)}.items()))


def _record(template: Template, answers: Answers, rendered: Mapping[str, bytes]) -> bytes:
    files = {path: blob(content) for path, content in rendered.items()}
    said = {key: value for key, value in asdict(answers).items() if value}
    lines = [_HEAD, f"template = {_quoted(template.name)}\n", "\n[answers]\n"]
    lines += [f"{key} = {_quoted(value)}\n" for key, value in said.items()]
    lines.append("\n[files]\n")
    lines += [f"{_quoted(path)} = {_quoted(name)}\n" for path, name in sorted(files.items())]
    return "".join(lines).encode()


def _quoted(text: str) -> str:
    # What JSON escapes, TOML escapes in the same way, but for one letter.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def read_record(
    text: str, instead: Mapping[str, str] = MappingProxyType({})
) -> tuple[Record | None, list[Finding]]:
    """Return the record that the TOML *text* is, and what is wrong with it; None with an error.

    A recorded answer may be one that is refused since: nothing is wrong with it where *instead*,
    the answers that are to take the place of recorded ones, has another.

    >>> [each.code for each in read_record("template = 'none'")[1]]
    ['template-record']
    """
    if len(text) > MOST_RECORD:
        return None, [_wrong(f"the record has more than {MOST_RECORD} letters")]
    parsed = parse_toml(text)
    if isinstance(parsed, Finding):
        said = parsed.message.removeprefix("the text is no TOML: ")
        return None, [_wrong(f"the record is no TOML of ours: {said}", parsed.span)]
    rows, places = parsed
    name, answers, files = rows.get("template"), rows.get("answers"), rows.get("files")
    known = templates()
    if not isinstance(name, str) or name not in known:
        said = "the record names no template" if name is None else f"{name!r} is no template"
        return None, [_wrong(said)]
    if not isinstance(answers, dict):
        return None, [_wrong("the record has no answers")]
    given, unread = answers_of(answers)
    wrong = {key: told for key, told in unread.items() if key not in instead}
    if wrong:
        return None, _placed(text, places, wrong)
    if not isinstance(files, dict) or not all(isinstance(each, str) for each in files.values()):
        return None, [_wrong("the record does not say which files there were")]
    if outside := next((path for path in files if not _inside(path)), None):
        return None, [_wrong(f"{outside!r} is no file of a project")]
    made = replace(Answers(), **given)
    checked = check_answers(known[name], made)
    wrong = {key: told for key, told in checked.items() if key not in instead}
    if failed(wrong):
        return None, _placed(text, places, wrong)
    return Record(name, made, files), []


def _placed(text: str, places: Places, found: Mapping[str, tuple[Finding, ...]]) -> list[Finding]:
    """Return what was *found* of answers, at their *places* in *text*, a record."""
    index, placed = TextIndex(text), []
    for key, told in found.items():
        at = places.get(("answers", key)) or places["answers",]
        span = index.span(at.start, at.end)
        for each in told:
            way = f"{each.fix.message}; " if each.fix is not None else ""
            if key in TEXTS.keys() | CHOICES.keys() and key != "name":
                way += f"edit it here, or say another with trigpoint update --{key}"
            else:
                way += f"edit it here, or take {RECORD} from the project's history"
            placed.append(replace(each, span=span, fix=Fix(way)))
    return placed


def _inside(path: str) -> bool:
    pure = PurePosixPath(path)
    return bool(path) and not pure.is_absolute() and ".." not in pure.parts and "\\" not in path


def _wrong(message: str, span: Span | None = None) -> Finding:
    fix = Fix(f"take {RECORD} from the project's history, or make the project anew beside it")
    return report("template-record", message, span, fix)


def update(folder: Path, record: Record, answers: Answers) -> list[FileUpdate]:
    """Return what brings the project in *folder* to *answers*, and to the template as it is now.

    Parameters
    ----------
    folder
        The project, as it stands there.
    record
        What it was made of, see :func:`read_record`; its answers may be refused since.
    answers
        What it should be; its name is that of *record*.

    Nothing is written: see :func:`carry_out`.  Files that stay as they are have no step.
    Raises :exc:`BadAnswersError` if no project can be made of *answers*, or the name is another.
    """
    if answers.name != record.answers.name:
        said = f"the project is called {record.answers.name}"
        fix = Fix("rename it by hand: tools cannot tell all places where a name stands")
        raise BadAnswersError({"name": (report("template-renamed", said, None, fix),)})
    template = templates()[record.template]
    new = render(template, answers)
    # Answers that are refused since give no text any more; git may have it.
    refused = failed(check_answers(template, record.answers))
    then = {} if refused else render(template, record.answers)

    def before(path: str) -> bytes | None:
        """Return what the template gave then for *path*, if that can still be had."""
        if path in then and blob(then[path]) == record.files[path]:
            return then[path]
        return _from_git(folder, record.files[path])

    steps = []
    for path in sorted({*new, *record.files}):
        there = _content(folder / path)
        # A checkout on Windows has other line ends, which nobody edited.
        windows = there is not None and 0 < there.count(b"\n") == there.count(b"\r\n")
        if there is not None and windows:
            there = there.replace(b"\r\n", b"\n")
        step = _step(path, there, new.get(path), record.files.get(path), before)
        if step is None:
            continue
        if _link(folder, path) is not None:
            step = FileUpdate(path, FileChange.LINKED if path in new else FileChange.KEPT)
        elif windows:
            step = replace(step, content=step.content.replace(b"\n", b"\r\n"))
        if step.change is FileChange.BESIDE:
            place = _beside(folder / path, step.content).relative_to(folder)
            step = replace(step, beside=place.as_posix())
        steps.append(step)
    return _with_moves(folder, steps, record)


def _with_moves(folder: Path, steps: list[FileUpdate], record: Record) -> list[FileUpdate]:
    """Return *steps* and what stays behind in *folder* where another layout moves the package."""
    added = {step.path for step in steps if step.change is FileChange.ADDED}
    moved: dict[str, str] = {}
    found: list[FileUpdate] = []
    for step in steps:
        there = next((each for each in _other_layout(step.path) if each in added), "")
        if there and step.change in (FileChange.REMOVED, FileChange.KEPT):
            moved[step.path.rpartition("/")[0]] = there.rpartition("/")[0]
        found.append(replace(step, beside=there) if step.change is FileChange.KEPT else step)
    for old, new in moved.items():
        for path in sorted(path for path in (folder / old).rglob("*") if path.is_file()):
            name = path.relative_to(folder).as_posix()
            if name not in record.files and "__pycache__" not in path.parts:
                there = f"{new}{name.removeprefix(old)}"
                found.append(FileUpdate(name, FileChange.LEFT, beside=there))
    return found


def _other_layout(path: str) -> tuple[str, ...]:
    """Return what *path* is called in a src layout and in a flat one, where it is another name."""
    return (path.removeprefix("src/"),) if path.startswith("src/") else (f"src/{path}",)


def _step(
    path: str,
    there: bytes | None,
    new: bytes | None,
    then: str | None,
    before: Callable[[str], bytes | None],
) -> FileUpdate | None:
    """Return what becomes of *path*: what is *there*, the *new* text, the name of the one of *then*."""
    if new is None:
        if there is None:
            return None
        return FileUpdate(path, FileChange.REMOVED if blob(there) == then else FileChange.KEPT)
    if there is None:
        if then is None:
            return FileUpdate(path, FileChange.ADDED, new)
        return FileUpdate(path, FileChange.DELETED) if blob(new) != then else None
    if there == new or (then is not None and blob(new) == then):
        return None
    if blob(there) == then:
        return FileUpdate(path, FileChange.CHANGED, new)
    old = before(path) if then is not None else None
    merged = _merged(there, old, new) if old is not None else None
    if merged is None:
        return FileUpdate(path, FileChange.BESIDE, new)
    return FileUpdate(path, FileChange.MERGED, merged) if merged != there else None


def _link(folder: Path, path: str) -> Path | None:
    """Return the first symbolic link on the way from *folder* to *path* below it, if there is one."""
    place = folder
    for part in PurePosixPath(path).parts:
        place /= part
        if place.is_symlink():
            return place
    return None


def _content(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _git(*arguments: str, folder: Path) -> subprocess.CompletedProcess[bytes] | None:
    command = ("git", *arguments)
    try:
        return subprocess.run(
            command, cwd=folder, capture_output=True, check=False, timeout=_GIT_SECONDS
        )
    except (OSError, subprocess.TimeoutExpired):
        return None


def _from_git(folder: Path, name: str) -> bytes | None:
    """Return the content called *name* in the history of the project in *folder*, if it is there."""
    if len(name) != len(blob(b"")) or not name.isalnum():
        return None
    ran = _git("cat-file", "blob", name, folder=folder)
    # Whatever git hands out is the text of then, or it has another name.
    return ran.stdout if ran and not ran.returncode and blob(ran.stdout) == name else None


def _merged(there: bytes, old: bytes, new: bytes) -> bytes | None:
    """Return *there* with what changed from *old* to *new*; None where both changed the same lines."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        texts = {"there": there, "old": old, "new": new}
        for name, text in texts.items():
            (folder / name).write_bytes(text)
        ran = _git("merge-file", "--stdout", "--quiet", *texts, folder=folder)
    return ran.stdout if ran and not ran.returncode else None


def carry_out(folder: Path, steps: list[FileUpdate], record: bytes) -> None:
    """Carry *steps* out in *folder*, and write *record*, the new one, last.

    Raises :exc:`OSError` if a file cannot be written; those before it are.  One that is a
    symbolic link, or lies behind one, cannot be; if that is so from the start, nothing is written.
    """
    silent = (FileChange.KEPT, FileChange.DELETED, FileChange.LEFT, FileChange.LINKED)
    steps = [step for step in steps if step.change not in silent]
    for name in (*(step.beside or step.path for step in steps), RECORD):
        if (link := _link(folder, name)) is not None:
            raise OSError(
                errno.ELOOP, "a symbolic link, in place of which nothing is written", str(link)
            )
    for step in steps:
        path = folder / step.path
        if step.change is FileChange.REMOVED:
            path.unlink(missing_ok=True)
            _leave_no_empty_folder(folder, path.parent)
        elif step.change is FileChange.BESIDE:
            _write(folder / step.beside, step.content)
        else:
            _write(path, step.content)
    _write(folder / RECORD, record)


def _leave_no_empty_folder(top: Path, folder: Path) -> None:
    """Remove *folder*, below *top*, and those above it that are empty then."""
    while folder != top and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def _beside(path: Path, content: bytes) -> Path:
    """Return where *content* goes beside *path*: over nothing that says something else."""
    names = (f"{path.name}{BESIDE}{number or ''}" for number in count())
    places = (path.with_name(name) for name in names)
    return next(
        each
        for each in places
        if not each.is_symlink() and (not each.exists() or _content(each) == content)
    )


def _write(path: Path, content: bytes) -> None:
    """Write *content* to *path* at once, so that whoever stops in between leaves the old one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as stream:
        stream.write(content)
    aside = Path(stream.name)
    aside.chmod(_PERMISSIONS)
    if path.exists():
        aside.chmod(path.stat().st_mode)
    os.replace(aside, path)  # noqa: PTH105
