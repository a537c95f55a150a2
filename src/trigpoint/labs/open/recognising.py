"""What a text is, and why it is taken for that.

Idea: signs from the surest to the vaguest.  The name of a file says most; then how the
text begins, as only metadata and TOML begin; then a message that is known; then whether
its lines are markers or requirements.  What is left may be a message that is not known.

Invariant: a reason names what was looked at and no more, and no text raises.

Cost: linear in the first and last :data:`MOST_LOOKED_AT` letters, whatever the length.

Example: ``pkg[a,-b]`` is a request for extras, because it is a name with brackets and
asks for nothing else.
"""

from __future__ import annotations

import itertools
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from packaging.specifiers import InvalidSpecifier

from trigpoint.extras.request import Request
from trigpoint.findings import printable
from trigpoint.installers.messages import explain
from trigpoint.labs.pieces import Piece
from trigpoint.markers.reading.grammar import VARIABLES
from trigpoint.metadata.fields import BY_LOWER
from trigpoint.metadata.project.pyproject import DRAFTS, TABLES
from trigpoint.projects.kinds import PROGRAMS, first_line, kind_of_name, kind_of_text
from trigpoint.requirements import Editable, Include, PathLine, Unknown
from trigpoint.requirements.statements import Layout, MarkerLine, Statement, read_statements
from trigpoint.versions import specifiers

__all__ = ["MOST_LOOKED_AT", "MOST_QUOTED", "READABLE", "Guess", "recognise"]

MOST_LOOKED_AT: Final = 20_000
"""Letters at the start of a text, and at its end, that are looked at to say what it is."""

MOST_QUOTED: Final = 60
"""Letters of a text that a reason repeats."""

READABLE: Final = (
    "marker",
    "requirements",
    "request",
    "metadata",
    "pyproject",
    "external",
    "message",
)
"""The kinds that any text can be read as, if a reader says so."""


@dataclass(frozen=True, slots=True)
class Guess:
    """What a text is taken for: a ``piece``, and ``why``, a clause after "because".

    ``sure`` says whether a sign was found that only this kind has.
    """

    piece: Piece
    why: str
    sure: bool = True


_DEP_URL: Final = re.compile(r"[\"']?(dep|pkg):(?=\S)", re.IGNORECASE).match
_FIELD: Final = re.compile(r"([A-Za-z][A-Za-z0-9-]*)[ \t]*:")
_HEADER: Final = re.compile(r"[ \t]*(\[{1,2})[ \t]*([^\]\r\n]{1,200}?)[ \t]*\]{1,2}[ \t]*(?:#.*)?")
_LOUD: Final = re.compile(
    r"^[ \t>|╭│×╰]*(?:(?:error|warning|fatal|hint|usage|Traceback)\b|\w{1,60}(?:Error|Exception|Warning)\b:?"
    r"|\[?(?:ERROR|WARNING)\b)",
    re.MULTILINE | re.IGNORECASE,
)
_COMMAND: Final = re.compile(
    r"[ \t]*(?:[$>%!][ \t]*)?(?:\S{0,40}python[\d.]*[ \t]+-m[ \t]+|uv[ \t]+)?"
    r"(?:pip[\d.]*[ \t]+(?:install|download|wheel)|(?:uv|poetry|pdm|hatch)[ \t]+add|pipx[ \t]+install)"
    r"[ \t]+(\S.{0,2000})"
)
_WITH_VALUE: Final = frozenset(
    [
        "-r",
        "--requirement",
        "-c",
        "--constraint",
        "-e",
        "--editable",
        "-i",
        "--index-url",
        "--extra-index-url",
        "-f",
        "--find-links",
        "-t",
        "--target",
        "--prefix",
        "--root",
        "--python",
        "-p",
        "--python-version",
        "--platform",
        "--group",
        "-G",
        "--extra",
        "-E",
        "--index",
        "--default-index",
        "--source",
        "--tag",
        "--branch",
        "--rev",
    ]
)
"""Options of pip and others whose value is the next word, and no requirement."""
_OPERATOR: Final = re.compile(r"[<>=!~^;@\[]")
_COMPARES: Final = re.compile(rf"[<>=!~]|\b(?:{'|'.join(VARIABLES)})\b")
_FILE: Final = re.compile(
    r"[\w.!+]+(?:-[\w.!+]+){4,5}\.whl|[\w.!+-]+-\d[\w.!+]*\.tar\.gz"
).fullmatch
_SETUP: Final = re.compile(r"^[ \t]*(?:from|import)[ \t]+(?:setuptools|distutils)\b", re.MULTILINE)
_SETS_UP: Final = re.compile(r"^(?:setuptools\.)?setup\(", re.MULTILINE)
_YAML_KEY: Final = re.compile(r"^(on|jobs|repos|channels):(?=\s)", re.MULTILINE)
_MOST_WORDS: Final = 3
_PACKAGES: Final = "[[package"
_ASKED: Final = re.compile(r"[\w.-]+[ \t]*\[[^\]\r\n]*\][ \t]*").fullmatch


def recognise(text: str, name: str = "") -> Guess | None:
    """Return what *text*, from a file called *name* if it has one, is taken for.

    None if nothing is in it, and for files that no lab reads, such as lock files.

    >>> found = recognise("pkg[a,-b]")
    >>> found.piece.kind, found.why
    ('request', 'it is the name of a project with extras in brackets')
    >>> recognise("Metadata-Version: 2.4").why
    'it begins with the field Metadata-Version'
    """
    head = text[:MOST_LOOKED_AT]
    if not head.strip().strip("\ufeff") or _unread(head, name):
        return None
    for look in (
        _by_name,
        _files,
        _external,
        _metadata,
        _toml,
        _message,
        _command,
        _statements,
        _versions,
    ):
        if found := look(text, head, name):
            return found
    return _unknown(text, name)


def _unread(head: str, name: str) -> bool:
    if name.rpartition("/")[2] in PROGRAMS or head.lstrip().startswith(_PACKAGES):
        return True
    return _is_setup(head) or _is_yaml(head)


def _is_setup(head: str) -> bool:
    """Say whether *head* is of a ``setup.py``, which is a program."""
    return bool(_SETUP.search(head) and _SETS_UP.search(head))


def _is_yaml(head: str) -> bool:
    """Say whether *head* is of a workflow, of the hooks of pre-commit or of a conda environment."""
    if _LOUD.search(head):
        return False
    keys = set(_YAML_KEY.findall(head))
    return keys >= {"on", "jobs"} or bool(keys & {"repos", "channels"})


def _by_name(text: str, _head: str, name: str) -> Guess | None:
    if kind := kind_of_name(name):
        kind = "requirements" if kind == "constraints" else kind
        return Guess(Piece(kind, text, name), f"the file is called {_quoted(name)}")
    return None


def _files(text: str, head: str, name: str) -> Guess | None:
    """Take a text whose lines are names of wheels, with or without sdists among them."""
    lines = [line for line in map(str.strip, head.splitlines()) if line]
    wheels = sum(line.endswith(".whl") for line in lines)
    if not wheels or len(text) > len(head) or not all(map(_FILE, lines)):
        return None
    why = f"its {len(lines)} lines are names of files"
    if len(lines) == 1:
        why = "it is the name of a wheel"
    return Guess(Piece("files", "\n".join(lines), name), why)


def _external(text: str, head: str, name: str) -> Guess | None:
    """Take a text whose lines begin as DepURLs do, or as the package URLs before them."""
    lines = [line for line in map(str.strip, head.splitlines()) if line and line[0] != "#"]
    found = [match[1].lower() for line in lines if (match := _DEP_URL(line))]
    if 2 * len(found) <= len(lines):
        return None
    begin = " or ".join(f"{scheme}:" for scheme in sorted(set(found)))
    why = f"{len(found)} of its lines begin with {begin}"
    if len(lines) == 1:
        why = f"it begins with {begin}"
    return Guess(Piece("external", text, name), why)


def _metadata(text: str, head: str, name: str) -> Guess | None:
    """Take a text whose first line is a field; lines of requirements alone are a list of them."""
    known = [each for each in _first_fields(head) if each.lower() in BY_LOWER]
    if not known:
        return None
    lines = {each.lower() for each in known}
    if lines <= {"requires-dist", "provides-dist", "obsoletes-dist"}:
        what = "its line is" if len(known) == 1 else f"its {len(known)} lines are"
        why = f"{what} {known[0]} and no other field"
        return Guess(Piece("requirements", text, name), why)
    return Guess(Piece("metadata", text, name), f"it begins with the field {known[0]}")


def _first_fields(head: str) -> Iterator[str]:
    """Yield the names of the fields before the first line that is none; none if that is first."""
    for line in head.lstrip("\ufeff\r\n \t").splitlines():
        if line[:1] in " \t#" and line.strip():
            continue
        found = _FIELD.match(line)
        if found is None:
            return
        yield found[1]


def _toml(text: str, head: str, name: str) -> Guess | None:
    headers = [found for line in head.splitlines() if (found := _HEADER.fullmatch(line))]
    own = [
        each[2] for each in headers if each[2].partition(".")[0].strip(" \"'") in (*TABLES, *DRAFTS)
    ]
    if kind_of_text(head) == "pyproject" and _is_toml(head):
        if own:
            return Guess(Piece("pyproject", text, name), f"it has the table [{_cut(own[0])}]")
        if name.endswith(".toml") or not _rows(head):
            why = "it begins as TOML does"
            return Guess(Piece("pyproject", text, name), why, sure=False)
    return None


def _is_toml(head: str) -> bool:
    """Say whether the first line of *head* that says something is whole, where it is a header."""
    line = first_line(head)
    return not line.startswith("[") or _HEADER.fullmatch(line) is not None


def _rows(head: str) -> bool:
    """Say whether *head* is an array of requirements, with or without what opens it."""
    lines = read_statements(head).lines
    return isinstance(lines[0], Layout)


def _message(text: str, _head: str, name: str) -> Guess | None:
    # A tool says at the end what failed.
    found = explain(text[-MOST_LOOKED_AT:]) or explain(text[:MOST_LOOKED_AT])
    if not found:
        return None
    return Guess(
        Piece("message", text, name), f"it holds a message that is known: {found[0].message.title}"
    )


def _command(text: str, _head: str, name: str) -> Guess | None:
    if "\n" in text.strip() or (found := _COMMAND.fullmatch(text.strip())) is None:
        return None
    try:
        words = shlex.split(found[1])
    except ValueError:
        words = [word.strip("'\"") for word in found[1].split()]
    asked = [
        word
        for before, word in itertools.pairwise(["", *words])
        if word and word[:1] not in "-./" and before not in _WITH_VALUE
    ]
    if not asked:
        return None
    inner = _statements("\n".join(asked), "\n".join(asked), name)
    if inner is None:
        return None
    return Guess(inner.piece, f"the command asks for {_quoted(' '.join(asked))}")


def _statements(text: str, head: str, name: str) -> Guess | None:
    """Take a text whose lines are markers or requirements, even if some are wrong."""
    read = read_statements(head)
    stated = read.statements
    others = [each for each in read.lines if isinstance(each, Editable | Include | Unknown)]
    if not stated:
        if any(isinstance(each, Unknown) for each in others):
            return None
        named = bool(others)
        why = (
            "it names other files or folders as a requirements file does"
            if named
            else "it has only comments"
        )
        return Guess(Piece("requirements", text, name), why)
    plain = [each for each in stated if not _says_something(each)]
    if _LOUD.search(head) or 2 * len(plain) > len(stated):
        return None
    if len(stated) > 1 or others or any(isinstance(each, Layout) for each in read.lines):
        return _several(text, stated, name)
    [only] = stated
    if isinstance(only.line, MarkerLine):
        return Guess(Piece("marker", text, name), _said_of_marker(only))
    asked = only.text if only.parsed is None or only.marker is None else ""
    if _ASKED(asked.strip()) and Request.parse(asked.strip()).valid:
        why = "it is the name of a project with extras in brackets"
        return Guess(Piece("request", asked.strip(), name), why)
    if not only.valid:
        why = "it begins as a requirement does, though it cannot be read yet"
        return Guess(Piece("requirement", text, name), why, sure=False)
    what = {"RequirementLine": "the name of a project", "UrlLine": "an address"}
    why = f"it is {what.get(type(only.line).__name__, 'a path')}"
    more = ["versions"] if only.parsed and str(only.parsed.specifier) else []
    more += ["a marker"] if only.marker else []
    told = f"{why} with {' and '.join(more)}" if more else why
    return Guess(Piece("requirement", text, name), told)


def _says_something(each: Statement) -> bool:
    """Say whether a statement holds what markers and requirements do, even if it cannot be read."""
    if isinstance(each.line, PathLine):
        # Few paths are sentences.
        return len(each.text.split()) <= _MOST_WORDS or each.marker is not None
    if each.valid:
        return True
    if isinstance(each.line, MarkerLine):
        return bool(_COMPARES.search(each.text))
    begins = each.text[:1].isalnum() or each.text[:1] in "\"'("
    return begins and bool(_OPERATOR.search(each.text))


def _several(text: str, stated: tuple[Statement, ...], name: str) -> Guess:
    markers = sum(isinstance(each.line, MarkerLine) for each in stated)
    if markers == len(stated):
        return Guess(Piece("marker", text, name), f"its {markers} lines are markers")
    wrong = sum(not each.valid for each in stated)
    count = len(stated) - wrong
    why = f"{count} of its lines can be read as requirements"
    if not count:
        why = "its lines begin as requirements do, though none can be read yet"
    elif count == 1:
        why = "a line of it can be read as a requirement"
    return Guess(Piece("requirements", text, name), why, sure=not wrong)


def _said_of_marker(only: Statement) -> str:
    if only.valid:
        return "it compares the variables of an environment"
    if _COMPARES.fullmatch(only.text.strip()):
        return "it is a variable of markers, though it is compared with nothing yet"
    return "it compares as a marker does, though it cannot be read yet"


def _versions(text: str, head: str, name: str) -> Guess | None:
    """Take operators with versions, which stand behind no name, with or without quotes."""
    bare = head.strip().strip("\"'").strip()
    if len(text) > len(head):
        return None
    try:
        clauses = specifiers(bare)
    except InvalidSpecifier:
        return None
    if not clauses:
        return None
    return Guess(Piece("versions", bare, name), "it is operators with versions and nothing else")


def _unknown(text: str, name: str) -> Guess | None:
    if "\0" in text[:MOST_LOOKED_AT]:
        # No tool prints that; it is a picture, or a program.
        return None
    if _LOUD.search(text[:MOST_LOOKED_AT]) or _LOUD.search(text[-MOST_LOOKED_AT:]):
        why = "it speaks of an error or a warning, though no message in it is known"
    else:
        why = "it is nothing else that a lab reads, and no message in it is known"
    return Guess(Piece("message", text, name), why, sure=False)


def _cut(text: str) -> str:
    short = " ".join(text.split())
    return printable(short if len(short) <= MOST_QUOTED else f"{short[: MOST_QUOTED - 1]}…")


def _quoted(text: str) -> str:
    return f"'{_cut(text)}'"
