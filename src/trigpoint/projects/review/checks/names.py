"""Names that one file uses and another declares: extras, groups, files and sessions.

Idea: every place that names something is put into one list of :class:`Use`, and each check
compares its kind with what there is.
"""

from __future__ import annotations

import ast
import bisect
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from packaging.utils import canonicalize_name

from trigpoint.archives.faults import shown
from trigpoint.metadata.project.sheet import Sheet
from trigpoint.metadata.project.toml import Path
from trigpoint.projects.review.checks.base import Check, at_piece, elsewhere, nearest
from trigpoint.projects.review.commands import Word, in_arguments, in_commands
from trigpoint.projects.review.pieces import Piece
from trigpoint.projects.review.programs import Call, Program, dotted
from trigpoint.projects.review.project import Found, Project, quoted
from trigpoint.projects.review.yamls import Node

__all__ = ["CHECKS", "MOST_USES", "Use", "uses"]

MOST_USES: Final = 1_000
"""Places of a project that name something, and are looked at."""

_ITEM: Final = re.compile(r"[^\s,]+")
_STATIC: Final = re.compile(r"[^${}*]+").fullmatch
_COMMANDS: Final = frozenset({"install", "run", "run_install", "run_always"})


@dataclass(frozen=True, slots=True)
class Use:
    """A place that names something: of what ``kind``, ``name``, and where in ``piece``."""

    kind: str
    name: str
    piece: Piece
    start: int
    end: int


def _whole(kind: str, piece: Piece) -> Iterator[Use]:
    """Yield each name of *piece*, a list with blanks or commas in between."""
    for item in _ITEM.finditer(piece.value):
        # What an expression comes to is not known.
        if _STATIC(item[0]) and "${{" not in piece.value:
            yield Use(kind, item[0], piece, item.start(), item.end())


def _shell(piece: Piece, project: Project) -> Iterator[Use]:
    for each in in_commands(piece.value, project.name):
        yield Use(each.kind, each.text, piece, each.start, each.end)


# -- where names are used -----------------------------------------------------------------


def uses(project: Project) -> list[Use]:
    """Return every place of *project* that names an extra, a group, a file or a session."""
    if "uses" not in project.known:
        project.known["uses"] = list(islice(_uses(project), MOST_USES))
    found: list[Use] = project.known["uses"]
    return found


def _uses(project: Project) -> Iterator[Use]:
    yield from _workflows(project)
    yield from _cibuildwheel(project)
    yield from _readthedocs(project)
    yield from _nox(project)
    yield from _tox(project)
    yield from _hatch(project)


_CIBW: Final = re.compile(r"CIBW_TEST_(EXTRAS|GROUPS)(?:_[A-Z]+)?").fullmatch
_KINDS: Final = {"EXTRAS": "extra", "GROUPS": "group"}


def _workflows(project: Project) -> Iterator[Use]:
    for step in project.steps():
        run = step.step.get("run")
        if run and not elsewhere(step):
            yield from _shell(run.piece, project)
    for workflow in project.workflows.values():
        jobs = [job for _, job in workflow.get("jobs").pairs]
        steps = [step for job in jobs for step in job.get("steps")]
        for part in (workflow, *jobs, *steps):
            for key, value in part.get("env").pairs:
                if match := _CIBW(key.text):
                    yield from _whole(_KINDS[match[1]], value.piece)


def _cibuildwheel(project: Project) -> Iterator[Use]:
    sheets: list[tuple[str, Sheet | None, Path]] = [
        ("pyproject.toml", project.pyproject, ("tool", "cibuildwheel")),
        ("cibuildwheel.toml", project.toml("cibuildwheel.toml"), ("tool", "cibuildwheel")),
    ]
    for name, sheet, path in sheets:
        value: Any = sheet.data if sheet else None
        for key in path:
            value = value.get(key) if isinstance(value, dict) else None
        if sheet is None or not isinstance(value, dict):
            continue
        tables = [(path, value)]
        tables += [((*path, key), each) for key, each in value.items() if isinstance(each, dict)]
        overrides = value.get("overrides")
        if isinstance(overrides, list):
            tables += [
                ((*path, "overrides", i), each)
                for i, each in enumerate(overrides)
                if isinstance(each, dict)
            ]
        for at, table in tables:
            for key, kind in (("test-extras", "extra"), ("test-groups", "group")):
                yield from _listed(name, sheet, (*at, key), table.get(key), kind)


def _listed(name: str, sheet: Sheet, path: Path, value: Any, kind: str) -> Iterator[Use]:
    """Yield each name of *value*, a list or a text, at *path* of a TOML file."""
    if isinstance(value, str):
        yield from _whole(kind, quoted(name, sheet, path, value))
    elif isinstance(value, list):
        for i, each in enumerate(value):
            if isinstance(each, str):
                yield from _whole(kind, quoted(name, sheet, (*path, i), each))


def _readthedocs(project: Project) -> Iterator[Use]:
    node = project.readthedocs
    for each in node.get("python", "install"):
        path = each.get("path").text
        for value in each.get("requirements").texts():
            yield from _whole("file", value.piece)
        if path in ("", ".", "./"):
            for key, kind in (
                ("extra_requirements", "extra"),
                ("extras", "extra"),
                ("groups", "group"),
            ):
                for value in each.get(key).texts():
                    yield from _whole(kind, value.piece)
    for tool in ("sphinx", "mkdocs"):
        for value in node.get(tool, "configuration").texts():
            yield Use("file", value.text, value.piece, 0, len(value.text))
    build = node.get("build")
    for commands in (build.get("commands"), *_values(build.get("jobs"))):
        for value in [
            *commands.texts(),
            *(each for part in _values(commands) for each in part.texts()),
        ]:
            yield from _shell(value.piece, project)


def _values(node: Node) -> list[Node]:
    return [value for _, value in node.pairs]


def _nox(project: Project) -> Iterator[Use]:
    program = project.noxfile
    if program is None:
        return
    moved = {
        call.around for call in program.calls if call.name.rpartition(".")[2] in ("chdir", "cd")
    }
    for call in program.calls:
        owner, _, method = call.name.rpartition(".")
        if call.around in moved and call.around is not None:
            continue
        if method == "dependency_groups" and owner.startswith("nox"):
            for piece in call.arguments[1:]:
                if piece is not None:
                    yield Use("group", piece.value, piece, 0, len(piece.value))
        elif owner and method in _COMMANDS:
            yield from _call(call, method, project)


def _call(call: Call, method: str, project: Project) -> Iterator[Use]:
    """Yield what the words name that *call* hands to a command."""
    words, starts, at = [], [], 0
    if method == "install":
        words = [Word("pip", -2, -2), Word("install", -1, -1)]
    for piece in call.arguments:
        text = "\0" if piece is None else piece.value
        words.append(Word(text, at, at + len(text)))
        starts.append(at)
        at += len(text) + 1
    for each in in_arguments(words, project.name):
        number = bisect.bisect_right(starts, each.start) - 1
        piece, start = call.arguments[number], starts[number]
        if piece is not None:
            yield Use(each.kind, each.text, piece, each.start - start, each.end - start)


def _tox(project: Project) -> Iterator[Use]:
    if project.tox is not None:
        for section in project.tox.sections:
            if not section.startswith("testenv"):
                continue
            for key, kind in (("extras", "extra"), ("dependency_groups", "group")):
                for line in project.tox.lines(section, key):
                    yield from _whole(kind, _behind_factors(line))
            for line in project.tox.lines(section, "commands"):
                yield from _shell(line, project)
            for line in project.tox.lines(section, "deps"):
                piece = _behind_factors(line)
                # As pip would read it, with the same places.
                for each in in_commands(f"pip install {piece.value}", project.name):
                    shift = len("pip install ")
                    yield Use(each.kind, each.text, piece, each.start - shift, each.end - shift)
    for name, path in (("tox.toml", ()), ("pyproject.toml", ("tool", "tox"))):
        sheet = project.pyproject if path else project.toml(name)
        if sheet is not None:
            yield from _native_tox(name, sheet, path, project.table(*path) if path else sheet.data)


def _native_tox(name: str, sheet: Sheet, path: Path, table: Any) -> Iterator[Use]:
    environments = [((*path, "env_run_base"), table.get("env_run_base"))]
    named = table.get("env")
    for key, value in (named if isinstance(named, dict) else {}).items():
        environments.append(((*path, "env", key), value))
    for at, value in environments:
        if isinstance(value, dict):
            for key, kind in (("extras", "extra"), ("dependency_groups", "group")):
                yield from _listed(name, sheet, (*at, key), value.get(key), kind)


_FACTORS: Final = re.compile(r"!?[\w.{},!-]+:[ \t]+").match


def _behind_factors(line: Piece) -> Piece:
    """Return *line* without the conditions in front of it, such as ``py311:``."""
    if match := _FACTORS(line.value):
        cut = match.end()
        return Piece(line.source, line.value[cut:], line.start + cut, line.end)
    return line


def _hatch(project: Project) -> Iterator[Use]:
    sheet = project.pyproject
    environments = project.table("tool", "hatch", "envs")
    for name, value in environments.items():
        if sheet is not None and isinstance(value, dict):
            path: Path = ("tool", "hatch", "envs", name)
            yield from _listed(
                "pyproject.toml", sheet, (*path, "features"), value.get("features"), "extra"
            )
            groups = value.get("dependency-groups")
            yield from _listed(
                "pyproject.toml", sheet, (*path, "dependency-groups"), groups, "group"
            )


# -- what there is ------------------------------------------------------------------------


def _undeclared(
    project: Project, kind: str, declared: Iterable[str] | None, code: str, word: str, where: str
) -> Iterable[Found] | None:
    used = [each for each in uses(project) if each.kind == kind]
    if declared is None or not used:
        return None
    known: dict[str, str] = {canonicalize_name(each): each for each in declared}
    return (
        _missing(code, each, word, where, known)
        for each in used
        if canonicalize_name(each.name) not in known
    )


def _missing(code: str, use: Use, word: str, where: str, known: dict[str, str]) -> Found:
    meant = nearest(canonicalize_name(use.name), known)
    if meant is not None:
        meant = known[meant]
    fix = f"write {meant}" if meant else f"declare it in {where}, or name another"
    message = f"there is no {word} {shown(use.name)} in {where}"
    return at_piece(code, use.piece, message, fix, (use.start, use.end), meant)


def _extras(project: Project) -> Iterable[Found] | None:
    where = "[project.optional-dependencies]"
    return _undeclared(project, "extra", project.extras, "review-extra-missing", "extra", where)


def _groups(project: Project) -> Iterable[Found] | None:
    where = "[dependency-groups]"
    groups = project.groups
    poetry = project.table("tool", "poetry", "group")
    declared = None if groups is None else (*groups, *poetry)
    return _undeclared(project, "group", declared, "review-group-missing", "group", where)


def _files(project: Project) -> Iterable[Found] | None:
    used = [each for each in uses(project) if each.kind == "file" and _relative(each.name)]
    if not used or not project.tree.complete:
        return None
    return [
        at_piece(
            "review-file-missing",
            each.piece,
            f"there is no file {shown(each.name)}",
            "name one that is there",
            (each.start, each.end),
        )
        for each in used
        if _plain(each.name) not in project.tree and not _made(each)
    ]


def _relative(name: str) -> bool:
    return not name.startswith(("/", "~")) and "://" not in name and ".." not in name.split("/")


def _plain(name: str) -> str:
    return "/".join(part for part in name.split("/") if part != ".")


def _made(use: Use) -> bool:
    """Say whether the file around *use* may make the file first: then it is there more than to be read."""
    name = re.escape(use.name.rpartition("/")[2])
    text = use.piece.source.text
    read = rf"(?:-r|-c|--requirements?|--constraint|requirements:)[ =]*[\"']?[\w./-]*{name}"
    return len(re.findall(name, text)) > len(re.findall(read, text)) + text.count("configuration:")


def _sessions(project: Project) -> Iterable[Found] | None:
    used = [each for each in uses(project) if each.kind == "session"]
    known = _declared_sessions(project.noxfile) if project.noxfile else None
    if not used or known is None:
        return None
    return [
        _missing("review-session-missing", each, "session", "noxfile.py", known)
        for each in used
        if not {each.name, _without_version(each.name)}
        & {*known, *(k.replace("_", "-") for k in known)}
    ]


_VERSIONED: Final = re.compile(r"-(?:pypy|graalpy)?[0-9.]+t?(?=$|\()|\(.*\)$")


def _without_version(name: str) -> str:
    return _VERSIONED.sub("", name)


def _declared_sessions(program: Program) -> dict[str, str] | None:
    """Return the names of the sessions that *program* has; None if they are not plain to see."""
    found: dict[str, str] = {}
    for node in ast.walk(program.tree):
        if isinstance(node, ast.Call) and dotted(node.func) in _SESSION and node.args:
            # nox.session(function), wherever that comes from.
            return None
        if not isinstance(node, ast.FunctionDef):
            continue
        calls = [each.func if isinstance(each, ast.Call) else each for each in node.decorator_list]
        own = [i for i, each in enumerate(calls) if dotted(each) in _SESSION]
        takes_session = [each.arg for each in node.args.args[:1]] == ["session"]
        if not own:
            if calls and takes_session:
                return None
            continue
        name = _session_name(program, node, node.decorator_list[own[0]])
        if name is None:
            return None
        found[name] = name
    return found or None


_SESSION: Final = ("nox.session", "session")


def _session_name(program: Program, node: ast.FunctionDef, decorator: ast.expr) -> str | None:
    """Return what the session of *node* is called; None if that is put together at run time."""
    for each in decorator.keywords if isinstance(decorator, ast.Call) else ():
        if each.arg == "name":
            piece = program.piece(each.value)
            return piece.value if piece else None
        if each.arg is None:
            return None
    return node.name


CHECKS: Final = (
    Check("review-extra-missing", "names", "Extras that files name are declared", _extras),
    Check("review-group-missing", "names", "Dependency groups that files name are there", _groups),
    Check("review-file-missing", "names", "Files that configuration names are there", _files),
    Check(
        "review-session-missing",
        "names",
        "Sessions that workflows run are in the noxfile",
        _sessions,
    ),
)
"""The checks of names."""
