"""What would be built, in which order, with what: everything but building it.

A plan is made from the text of ``pyproject.toml``, a target and the builders; it compiles
nothing, starts nothing and writes nothing.
"""

from __future__ import annotations

import graphlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from trigpoint.extensions.outputs import check_clashes, check_paths
from trigpoint.extensions.packages import without_folder
from trigpoint.extensions.protocol import (
    UNSEEN,
    ExtensionBuilder,
    ExtensionError,
    Output,
    Tag,
    Target,
)
from trigpoint.extensions.registry import Registry, announced, load
from trigpoint.extensions.settings import Settings, nearest
from trigpoint.extensions.tables import Problem, Table, folded, is_requirement, read_tables
from trigpoint.extensions.tags import merge

__all__ = [
    "LONGEST_SELECTION",
    "SETTING",
    "VARIABLE",
    "Extension",
    "Plan",
    "Selection",
    "make_plan",
    "read_selection",
]

VARIABLE: Final = "TRIGPOINT_EXTENSIONS"
"""The environment variable that selects extensions."""

SETTING: Final = "extensions"
"""The config setting that does, and wins over the variable."""

LONGEST_SELECTION: Final = 20_000
"""Letters of a selection that are read."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which extensions are on, and who said so by name: ``default``, ``environment`` or ``settings``."""

    enabled: Mapping[str, bool]
    why: Mapping[str, str]


def _words(value: object) -> list[str]:
    texts = value if isinstance(value, list | tuple) else [value]
    text = ",".join(str(each) for each in texts if each is not None)
    return text[:LONGEST_SELECTION].replace(",", " ").split()


def read_selection(
    tables: Sequence[Table], settings: Mapping[str, Any], env: Mapping[str, str]
) -> tuple[Selection, list[Problem]]:
    """Return which of *tables* are on, and what is wrong with how that is said.

    Words are read one after the other, first those of :data:`VARIABLE` in *env*, then those
    of :data:`SETTING` in the config *settings*, separated by commas or blanks: ``all``,
    ``none`` and ``default`` set every extension, ``NAME`` turns one on and ``-NAME`` off.

    >>> tables, _ = read_tables({"tool": {"trigpoint": {"extensions": [
    ...     {"name": "a", "builder": "c"}, {"name": "b", "builder": "c"}]}}})
    >>> read_selection(tables, {"extensions": "none,b"}, {})[0].enabled
    {'a': False, 'b': True}
    """
    default = {table.name: table.enabled for table in tables}
    on = dict(default)
    why = dict.fromkeys(default, "default")
    names = {folded(name): name for name in default}
    problems: list[Problem] = []
    for source, value in (("environment", env.get(VARIABLE)), ("settings", settings.get(SETTING))):
        for word in _words(value):
            if word in ("all", "none", "default"):
                on = {name: default[name] if word == "default" else word == "all" for name in on}
                why = dict.fromkeys(on, source)
                continue
            name = names.get(folded(word.removeprefix("-")))
            if name is None:
                where = VARIABLE if source == "environment" else f"the config setting {SETTING}"
                error = ExtensionError(
                    "extension-unknown-extension",
                    f"{where} has {word[:100]!r}, which is no extension of this project",
                    fix=nearest(word.removeprefix("-"), [*default, "all", "none", "default"]),
                )
                problems.append(Problem((), error))
                continue
            on[name] = not word.startswith("-")
            why[name] = source
    return Selection(on, why), problems


@dataclass(frozen=True, slots=True)
class Extension:
    """One extension of a plan.

    ``enabled`` and ``why`` are the selection's; ``builder`` is None where the table cannot
    be built.  ``requires`` are those of table and builder together, ``outputs`` is None where
    only a build can tell, and ``sources`` is what an sdist must hold.
    """

    table: Table
    enabled: bool
    why: str
    builder: ExtensionBuilder | None = None
    requires: tuple[str, ...] = ()
    outputs: tuple[Output, ...] | None = None
    tag: Tag | None = None
    sources: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name of the table."""
        return self.table.name


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be built for ``target``.

    ``extensions`` are all of the project in the order of building, disabled ones included;
    ``requires`` what the environment needs for those that are on, ``tag`` that of the wheel as
    far as builders can tell, ``problems`` what is wrong, ``notes`` what stops no build.
    ``complete`` says whether every builder could name its outputs.
    """

    target: Target
    extensions: tuple[Extension, ...]
    requires: tuple[str, ...]
    tag: Tag
    problems: tuple[Problem, ...] = ()
    project: Mapping[str, Any] = field(default_factory=dict)
    notes: tuple[Problem, ...] = ()

    @property
    def enabled(self) -> tuple[Extension, ...]:
        """Those that are built."""
        return tuple(each for each in self.extensions if each.enabled)

    @property
    def complete(self) -> bool:
        """Whether every enabled builder could name its outputs."""
        return all(each.outputs is not None for each in self.enabled)

    def check(self, *, ignore: Callable[[Problem], bool] = lambda _: False) -> None:
        """Raise the problems as one :exc:`ExtensionError`, but those for which *ignore* holds."""
        errors = [each.error for each in self.problems if not ignore(each)]
        if errors:
            first, *others = errors
            first.others = tuple(others)
            raise first


def _ordered(tables: Sequence[Table], problems: list[Problem]) -> list[Table]:
    """Return *tables* with each after what it depends on, otherwise as they stand."""
    by_name = {table.name: table for table in tables}
    graph = {
        table.name: {each for each in table.depends_on if each in by_name}
        for table in by_name.values()
    }
    sorter = graphlib.TopologicalSorter(graph)
    try:
        sorter.prepare()
    except graphlib.CycleError as problem:
        circle: list[str] = list(reversed(problem.args[1]))
        table = min((by_name[name] for name in circle), key=lambda each: each.index)
        error = ExtensionError(
            "extension-dependency-cycle",
            "it depends on itself: " + " needs ".join(_turned(circle, table.name)),
            fix="leave one of these out of depends-on",
            extension=table.name,
            key="depends-on",
        )
        problems.append(Problem((*table.path, "depends-on"), error))
        return list(tables)
    ordered: list[Table] = []
    while sorter.is_active():
        ready = sorted(sorter.get_ready(), key=lambda name: by_name[name].index)
        ordered += (by_name[name] for name in ready)
        sorter.done(*ready)
    return ordered


def _turned(circle: list[str], first: str) -> list[str]:
    """Return the *circle*, which ends where it begins, from *first* to *first*."""
    ring = circle[:-1]
    at = ring.index(first)
    return [*ring[at:], *ring[:at], first]


def _named(error: ExtensionError, table: Table) -> list[Problem]:
    """Return what a builder said about *table*, each with its place and the table's name."""
    found = []
    for each in error:
        each.extension = each.extension or table.name
        key = (each.key,) if each.key else ()
        found.append(Problem((*table.path, *key), each))
    for problem in found:
        problem.error.others = ()
    return found


def _crashed(table: Table, what: str, problem: BaseException) -> ExtensionError:
    return ExtensionError(
        "extension-builder-crashed",
        f"the builder {table.builder} raised {type(problem).__name__} when it {what}: {problem}",
        fix="tell the authors of the builder",
        extension=table.name,
    )


class _Asking:
    """Asks the builder of one table, and notes what is wrong with the answers."""

    def __init__(self, table: Table, target: Target, problems: list[Problem]) -> None:
        self.table = table
        self.target = target
        self.problems = problems
        self.failed = False

    def ask(self, what: str, question: Callable[[], Any], default: Any) -> Any:
        """Return the answer to *question*, or *default* with a note of what was raised."""
        try:
            return question()
        except ExtensionError as error:
            self.problems += _named(error, self.table)
        except (Exception, SystemExit) as problem:  # noqa: BLE001 - a stranger's code
            self.problems += _named(_crashed(self.table, what, problem), self.table)
        self.failed = True
        return default

    def wrong(self, method: str, value: object, expected: str) -> None:
        error = ExtensionError(
            "extension-bad-result",
            f"{method} returned {type(value).__name__} instead of {expected}",
            fix=f"let the builder return {expected}",
        )
        self.problems += _named(error, self.table)
        self.failed = True

    def texts(self, builder: ExtensionBuilder, method: str, *arguments: Any) -> tuple[str, ...]:
        """Return what the optional *method* of *builder* lists."""
        function = getattr(builder, method, None)
        if function is None:
            return ()
        value = self.ask(f"was asked for {method}", lambda: function(*arguments), ())
        if not isinstance(value, list | tuple) or not all(isinstance(each, str) for each in value):
            self.wrong(method, value, "a list of strings")
            return ()
        return tuple(value)


def _planned(
    table: Table,
    selection: Selection,
    root: Path,
    target: Target,
    registry: Registry,
    problems: list[Problem],
) -> Extension:
    asking = _Asking(table, target, problems)
    enabled = selection.enabled[table.name]
    bare = Extension(table, enabled, selection.why[table.name], requires=table.requires)
    if not table.builder:
        return bare
    kind = asking.ask("was loaded", lambda: load(table.builder, registry), None)
    if kind is None:
        return bare
    builder = asking.ask("read its table", lambda: kind(root, table.config), None)
    if builder is None:
        return bare
    # Where no files are seen, none can be listed.
    sources = () if root == UNSEEN else asking.texts(builder, "get_sdist_files")
    if not enabled:
        # It is never asked about a target that it may not know.
        return Extension(table, enabled, bare.why, builder, table.requires, sources=sources)
    more = asking.texts(builder, "get_requires", target)
    for each in more:
        if not is_requirement(each):
            asking.wrong("get_requires", each, "requirements")
    outputs = asking.ask("named its outputs", lambda: builder.get_expected_outputs(target), None)
    if outputs is not None:
        if not isinstance(outputs, list | tuple):
            asking.wrong("get_expected_outputs", outputs, "a list of Output")
            outputs = ()
        told = asking.failed
        asking.ask("named its outputs", lambda: check_paths(outputs, table.name), None)
        # What is wrong with one of them has been told, and others could not read it.
        outputs = tuple(outputs) if asking.failed == told else ()
    tag = asking.ask("named its tag", lambda: builder.get_tag(target), None)
    if tag is not None and not isinstance(tag, Tag):
        asking.wrong("get_tag", tag, "a Tag")
        tag = None
    if tag:
        asking.ask("named its tag", lambda: merge([(table.name, tag)], target), None)
    requires = tuple(dict.fromkeys((*table.requires, *more)))
    usable = None if asking.failed else builder
    return Extension(table, enabled, bare.why, usable, requires, outputs, tag, sources)


def _disabled_dependencies(extensions: Sequence[Extension], problems: list[Problem]) -> None:
    on = {each.name: each.enabled for each in extensions}
    for each in extensions:
        for number, name in enumerate(each.table.depends_on):
            if each.enabled and not on.get(name, True):
                error = ExtensionError(
                    "extension-disabled-dependency",
                    f"it depends on {name}, which is not built",
                    fix=f"select {name} too, or turn {each.name} off",
                    extension=each.name,
                    key="depends-on",
                )
                problems.append(Problem((*each.table.path, "depends-on", number), error))


def _newer(extensions: Sequence[Extension], target: Target) -> Iterator[Problem]:
    """Yield which *extensions* ask for a stable ABI that is newer than *target*, and get the full one.

    Builders share the key, see :meth:`~trigpoint.extensions.settings.Settings.limited`; one of
    others that takes it for something else promises another tag.
    """
    for each in extensions:
        limited = Settings(UNSEEN, each.table.config).limited()
        if limited and each.builder and each.tag == target.tag and target.predates(limited):
            older = f"3.{target.version[1]}"
            lower = "" if limited.free_threaded else f"; else set limited-api to {older} or lower"
            error = ExtensionError(
                "extension-limited-api-too-new",
                f"limited-api is {limited.text}, and the target is {target.implementation} {older}:"
                f" the full API is built, for {older} alone",
                fix=f"leave it where Pythons before 3.{limited.minor} get a wheel each{lower}",
                extension=each.name,
                key="limited-api",
            )
            yield Problem((*each.table.path, "limited-api"), error)


def _astray(
    extensions: Sequence[Extension], document: Mapping[str, Any], root: Path, target: Target
) -> Iterator[Problem]:
    """Yield which modules of *extensions* are in a package that the project in *root* has not.

    Where one cannot tell its outputs, it may make any package.
    """
    outputs = {each.name: each.outputs for each in extensions if each.outputs is not None}
    if root == UNSEEN or len(outputs) < len(extensions):
        return
    tables = {each.name: each.table for each in extensions}
    for error in without_folder(outputs, document, root, target):
        table = tables[error.extension]
        # Builders of others may call it otherwise.
        keys = [each for each in ("module", "modules") if each in table.config]
        yield Problem((*table.path, *keys[:1]), error)


def make_plan(
    document: Mapping[str, Any],
    root: Path,
    target: Target,
    *,
    settings: Mapping[str, Any] | None = None,
    env: Mapping[str, str] | None = None,
    registry: Registry | None = None,
) -> Plan:
    """Return what would be built for the project in *root*, whose ``pyproject.toml`` is *document*.

    *target* is what for; *settings* are config settings and *env* variables that select
    extensions, see :func:`read_selection`.  *registry* is which builders there are (None:
    those of this environment).  What is wrong is in ``problems``; nothing is raised.

    With the root :data:`~trigpoint.extensions.protocol.UNSEEN` only the document is read.

    >>> from trigpoint.extensions.protocol import UNSEEN
    >>> target = Target("cpython", (3, 13), "linux_x86_64", ".cpython-313-x86_64-linux-gnu.so", ".abi3.so")
    >>> table = {"name": "a", "builder": "c", "module": "pkg._a", "sources": ["a.c"], "limited-api": "3.9"}
    >>> document = {"tool": {"trigpoint": {"extensions": [table]}}}
    >>> plan = make_plan(document, UNSEEN, target, registry=announced([]))
    >>> plan.extensions[0].outputs[0].path, str(plan.tag)
    ('pkg/_a.abi3.so', 'cp39-abi3-linux_x86_64')
    """
    tables, problems = read_tables(document)
    selection, wrong = read_selection(tables, settings or {}, env or {})
    problems += wrong
    registry = announced() if registry is None else registry
    named = [table for table in tables if table.name]
    unique = list({table.name: table for table in reversed(named)}.values())
    ordered = _ordered(sorted(unique, key=lambda each: each.index), problems)
    extensions = [_planned(table, selection, root, target, registry, problems) for table in ordered]
    _disabled_dependencies(extensions, problems)
    on = [each for each in extensions if each.enabled]
    try:
        check_clashes({each.name: each.outputs or () for each in on})
    except ExtensionError as error:
        table = next(each.table for each in on if each.name == error.extension)
        problems += _named(error, table)
    requires = tuple(dict.fromkeys(text for each in on for text in each.requires))
    project = document.get("project")
    return Plan(
        target,
        tuple(extensions),
        requires,
        _merged(on, target),
        tuple(problems),
        project if isinstance(project, dict) else {},
        (*_newer(on, target), *_astray(on, document, root, target)),
    )


def _merged(extensions: Sequence[Extension], target: Target) -> Tag:
    try:
        return merge([(each.name, each.tag) for each in extensions], target)
    except ExtensionError:
        # The table whose tag it is has been told already.
        return target.tag
