"""What a project has from outside: libraries that ``[external]`` names, and data that it installs.

The table is a draft, so a project without one misses nothing.  Where there is one, it is
held against what the build files link: only what they cannot do without, and only names
that lead to one thing.  What is fetched, vendored or optional is left alone.

Source: PEP 725 (draft); manuals of CMake, Meson and setuptools.
"""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from trigpoint.archives.faults import shown
from trigpoint.external.mappings import mapping
from trigpoint.external.plan import plan
from trigpoint.external.registry import registry
from trigpoint.external.tables import External, read_table
from trigpoint.projects.review.checks.base import Check, at_node, elsewhere, found
from trigpoint.projects.review.commands import builds, moves, words_of
from trigpoint.projects.review.pieces import Source
from trigpoint.projects.review.project import Found, JobStep, Project
from trigpoint.projects.review.yamls import Node
from trigpoint.wheels import external_data

__all__ = ["CHECKS", "MOST_LINKED"]

MOST_LINKED: Final = 200
"""Libraries that a build file links and that are looked up."""

_CMAKE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "bzip2": "bzip2",
        "curl": "curl",
        "expat": "expat",
        "freetype": "freetype",
        "gdal": "gdal",
        "geos": "geos",
        "gmp": "gmp",
        "hdf5": "hdf5",
        "jpeg": "libjpeg",
        "libxml2": "libxml2",
        "libxslt": "libxslt",
        "openssl": "openssl",
        "png": "libpng",
        "proj": "proj",
        "sqlite3": "sqlite",
        "tiff": "libtiff",
        "zlib": "zlib",
    }
)
"""Modules of ``find_package``, in lower case, that mean one library and no other."""


def _module(name: str) -> frozenset[str]:
    """Return what the module *name* of ``find_package`` means; nothing if that is not sure."""
    known = _CMAKE.get(name.lower())
    return frozenset({f"dep:generic/{known}"} if known else ())


class _Linked(NamedTuple):
    """A library that a build file cannot do without: its ``name`` there, ``ids``, and where."""

    name: str
    ids: frozenset[str]
    source: Source
    start: int
    end: int


@functools.cache
def _libraries() -> tuple[Mapping[str, frozenset[str]], Mapping[str, frozenset[str]]]:
    """Return what has each module of pkg-config, and each library by the name it is linked by.

    Both are Debian's; what several have is all of them.
    """
    modules: dict[str, set[str]] = {}
    linked: dict[str, set[str]] = {}
    for identifier, cells in mapping("debian").entries.items():
        if identifier.startswith("dep:virtual/compiler/") or identifier == "dep:generic/python":
            continue
        for cell in cells:
            for module in filter(None, (*cell.pkg_config, cell.module)):
                modules.setdefault(module, set()).add(identifier)
            for soname in cell.sonames:
                if match := _SONAME(soname):
                    linked.setdefault(match[1], set()).add(identifier)
    return (
        {name: frozenset(ids) for name, ids in modules.items()},
        {name: frozenset(ids) for name, ids in linked.items()},
    )


_SONAME = re.compile(r"lib([A-Za-z0-9_+-]+)\.so\.[0-9.]+\Z").match


# -- what is linked ------------------------------------------------------------------------

_FIND: Final = re.compile(r"\bfind_package\s*\(\s*([A-Za-z0-9_]+)\b([^()]*)\)", re.IGNORECASE)
_PKG: Final = re.compile(r"\bpkg_(?:check|search)_modules\s*\(\s*\w+\b([^()]*)\)", re.IGNORECASE)
_SPACED: Final = re.compile(r"\S+").finditer
_FETCHES: Final = re.compile(
    r"\b(?:FetchContent_|ExternalProject_|CPMAddPackage|CPMFindPackage|conan_)", re.IGNORECASE
).search
_RETURN: Final = re.compile(r"\breturn\s*\(", re.IGNORECASE).search
_SUBDIR_DONE: Final = re.compile(r"\bsubdir_done\s*\(").search
_DEPENDENCY: Final = re.compile(r"\bdependency\s*\(([^()]*)\)")
_NAME: Final = re.compile(r"\s*'([^'\n]+)'\s*(?:,|\Z)").match
_KEYWORD: Final = re.compile(r"\s*(?:\w+\s*:|\Z)").match
_CMAKE_BLOCK: Final = re.compile(r"\b(end)?(?:if|foreach|while|function|macro)\s*\(", re.IGNORECASE)
_CMAKE_FUNCTION: Final = re.compile(r"\b(end)?(?:function|macro)\s*\(", re.IGNORECASE)
_MESON_BLOCK: Final = re.compile(r"(?m)^[ \t]*(end)?(?:if|foreach)\b")


# A bracket or a quote that is never closed has all of the rest, so that no text is read twice.
_CMAKE_WORDS: Final = re.compile(
    r"""
    (?P<gone>
        \#\[(?P<a>=*)\[.*?(?:\](?P=a)\]|\Z)
        |\#[^\n]*
        |(?<![^\s(])\[(?P<b>=*)\[.*?(?:\](?P=b)\]|\Z)
    )
    |"[^"\\]*(?:\\.[^"\\]*)*"?
    |\\.
    """,
    re.DOTALL | re.VERBOSE,
)
_MESON_WORDS: Final = re.compile(
    r"(?P<gone>#[^\n]*|'{3}.*?(?:'{3}|\Z))|'[^'\\]*(?:\\.[^'\\]*)*'?", re.DOTALL
)
_CALL: Final = re.compile(r"[()]").sub


def _blank(text: str, words: re.Pattern[str]) -> str:
    """Return *text* without what is no code in it, so that places stay.

    *words* finds that: what has a group ``gone`` is blanked, and of strings, which may be
    arguments, the parentheses, so that no call begins or ends in one.

    >>> _blank("a('(') # b", _MESON_WORDS)
    "a(' ')    "
    """
    return words.sub(lambda match: (_INSIDE if match["gone"] else _CALL)(" ", match[0]), text)


def _outside(text: str, block: re.Pattern[str]) -> str:
    """Return *text* with what is inside of a *block* blanked, as a condition may leave it out.

    >>> _outside("a if (x) b endif () c", _CMAKE_BLOCK)
    'a                 ) c'
    """
    parts: list[str] = []
    level = last = 0
    for match in block.finditer(text):
        end = match.end() if match[1] else match.start()
        part = text[last:end]
        parts.append(_INSIDE(" ", part) if level else part)
        level = max(0, level - 1) if match[1] else level + 1
        last = end
    rest = text[last:]
    parts.append(_INSIDE(" ", rest) if level else rest)
    return "".join(parts)


_INSIDE: Final = re.compile(r"[^\n]").sub


def _cmake(project: Project) -> Iterator[_Linked]:
    text = project.text("CMakeLists.txt")
    # What is fetched where it is missing is not needed.
    if text is None or _FETCHES(plain := _blank(text, _CMAKE_WORDS)):
        return
    # Behind a return that stands in a condition, everything is on that condition.
    end = _RETURN(_outside(plain, _CMAKE_FUNCTION))
    plain = _outside(plain, _CMAKE_BLOCK)[: end.start() if end else None]
    source = Source.of("CMakeLists.txt", text)
    for match in _FIND.finditer(plain):
        ids = _module(match[1])
        if ids and "REQUIRED" in match[2].split():
            yield _Linked(match[1], ids, source, match.start(1), match.end(1))
    for match in _PKG.finditer(plain):
        words = list(_SPACED(plain, *match.span(1)))
        required = any(word[0] == "REQUIRED" for word in words)
        if not required or match[0].lower().startswith("pkg_search"):
            continue
        for word in words:
            module = re.split(r"[<>=]", word[0].strip('"'))[0]
            if known := _libraries()[0].get(module):
                yield _Linked(module, known, source, word.start(), word.end())


def _meson(project: Project) -> Iterator[_Linked]:
    text = project.text("meson.build")
    if text is None or project.tree.has_folder("subprojects"):
        return
    plain = _blank(text, _MESON_WORDS)
    done = _SUBDIR_DONE(plain)
    plain = _outside(plain, _MESON_BLOCK)[: done.start() if done else None]
    source = Source.of("meson.build", text)
    known = _libraries()[0]
    for match in _DEPENDENCY.finditer(plain):
        at, end = match.span(1)
        names = []
        while name := _NAME(plain, at, end):
            names.append(name)
            at = name.end()
        more = plain[at:end]
        # With an option or a fallback the build can do without the system's.
        if not _KEYWORD(more) or re.search(r"\b(?:required|fallback|default_options)\b", more):
            continue
        # Any of several names will do, so one that can be anything leaves all of them open.
        ids = [known.get(each[1]) or _module(each[1]) for each in names]
        first = next((each for each in names if each[1] in known), None)
        if first and all(ids):
            yield _Linked(first[1], frozenset().union(*ids), source, *first.span(1))


def _setup(project: Project) -> Iterator[_Linked]:
    """Yield what setup.py links, if it says so plainly: a list of strings, at the top or in setup()."""
    program = project.program("setup.py")
    if program is None or any(isinstance(each, ast.If | ast.Try) for each in program.tree.body):
        return
    for node in ast.walk(program.tree):
        if not isinstance(node, ast.Call) or not _is_extension(node.func):
            continue
        for keyword in node.keywords:
            if keyword.arg == "libraries" and isinstance(keyword.value, ast.List):
                for each in keyword.value.elts:
                    piece = program.piece(each)
                    if piece and (ids := _libraries()[1].get(piece.value)):
                        yield _Linked(piece.value, ids, program.source, piece.start, piece.end)


def _is_extension(node: ast.expr) -> bool:
    name = node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
    return name == "Extension"


def _linked(project: Project) -> Iterator[_Linked]:
    backend = project.inner_backend
    if backend.startswith("scikit_build_core."):
        yield from _cmake(project)
    elif backend == "mesonpy":
        yield from _meson(project)
    elif backend.startswith("setuptools."):
        yield from _setup(project)


# -- what the table names ------------------------------------------------------------------


def _table(project: Project) -> External | None:
    """Return the table, None where there is none or not all of it can be read."""
    if "external" not in project.known:
        text = project.pyproject.text if project.pyproject else ""
        read = read_table(text) if "external" in text else External()
        whole = read.stated and all(each.requirement is not None for each in read.needed)
        project.known["external"] = read if whole else None
    known: External | None = project.known["external"]
    return known


def _named(external: External) -> frozenset[str] | None:
    """Return all canonical names in the table, with what they provide and are provided by.

    None says that it has a name of one ecosystem, which can be anything.
    """
    known = registry()
    names: set[str] = set()
    for each in external.needed:
        assert each.requirement is not None
        url = each.requirement.dep_url
        if url.type not in ("generic", "virtual"):
            return None
        identifier = known.canonical(url.identifier)
        names |= {identifier, *known.providers(identifier)}
        if identifier in known.definitions:
            names |= {known.canonical(one) for one in known.definitions[identifier].provides}
    return frozenset(names)


def _unnamed(project: Project) -> Iterable[Found] | None:
    """Find libraries that the build links and the table does not name."""
    external = _table(project)
    if external is None:
        return None
    named = _named(external)
    if named is None:
        return None
    told: dict[str, Found] = {}
    for count, each in enumerate(_linked(project)):
        if count >= MOST_LINKED:
            break
        if each.ids & named or each.name in told:
            continue
        known = " or ".join(sorted(each.ids))
        told[each.name] = found(
            "review-external-unnamed",
            each.source.path,
            f"the build links {shown(each.name)}, and [external] does not name it",
            each.source.index.span(each.start, each.end),
            f"add {known} to host-requires of [external], with the lowest version",
        )
    return list(told.values())


# -- workflows -----------------------------------------------------------------------------

_PLAIN: Final = frozenset(
    {
        "actions/cache",
        "actions/checkout",
        "actions/download-artifact",
        "actions/setup-python",
        "actions/upload-artifact",
        "astral-sh/setup-uv",
    }
)
"""Actions that install no library of the system."""

_NAMES: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+-]*").findall
_TAKE: Final = frozenset({"install", "satisfy", "build-dep"})


def _uninstalled(project: Project) -> Iterable[Found] | None:
    """Find jobs that install packages and build the project, but lack a library of the table."""
    external = _table(project)
    if external is None or not project.workflows:
        return None
    wanted = plan([each for each in external.select() if each.role == "host"], "ubuntu")
    wrong = []
    for path, workflow in project.workflows.items():
        for _, job in workflow.get("jobs").pairs:
            at = _installing(workflow, job)
            if at is None:
                continue
            # Steps, and what the workflow sets for them, may name it anywhere.
            said = set(_NAMES(project.read[path]))
            for each in wanted.planned[:MOST_LINKED]:
                choices = (name for one in each.choices for name in one.packages)
                names = (*each.packages, *choices)
                if names and each.why != "headers" and said.isdisjoint(names):
                    message = (
                        f"the job installs packages and builds, and {' '.join(each.packages)} is not "
                        f"among them, which {each.requirement} of [external] is called there"
                    )
                    fix = f"install {' '.join(each.packages)} as well"
                    wrong.append(at_node("review-external-ci", at, message, fix))
    return wrong


def _installing(workflow: Node, job: Node) -> Node | None:
    """Return what installs packages in a *job* of *workflow* that builds on Ubuntu; None if it is unsure."""
    if not job.get("runs-on").text.startswith("ubuntu-") or job.get("container"):
        return None
    at = None
    made = False
    for step in (JobStep(workflow, job, each) for each in job.get("steps")):
        uses, _ = step.uses
        if uses and uses not in _PLAIN:
            return None
        run = step.step.get("run")
        # Packages are for the whole machine, and a build is of the folder that it is in.
        here = not elsewhere(step)
        for words in words_of(run.text):
            plain = [word.text for word in words if word.text != "sudo"]
            if plain[:1] in (["apt-get"], ["apt"]) and _TAKE & set(plain):
                if "build-dep" in plain or any("$" in word for word in plain):
                    return None
                at = at or run
            elif plain[:1] and (plain[0].endswith(".sh") or plain[0] in ("bash", "sh", "source")):
                return None
            here = here and not (plain and moves(plain[0].lstrip("(")))
            built = builds(plain) if here else None
            made = made or (built is not None and built.here and built.kind != "sdist")
    return at if made else None


# -- external data -------------------------------------------------------------------------


def _stated(project: Project) -> tuple[external_data.Stated, tuple[str, ...]] | None:
    """Return the data of *project* and where they are stated; None where nothing is."""
    if project.pyproject is None or not project.tree.complete:
        return None
    paths = project.tree.paths
    read = external_data.stated(project.pyproject.text, paths)
    keys = external_data.KEYS.get(read.backend, ())
    value: object = project.pyproject.data
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return (read, keys) if keys and value is not None else None


def _data_missing(project: Project) -> Iterable[Found] | None:
    """Find data that a backend is told of and that are not there."""
    stated = _stated(project)
    if stated is None:
        return None
    read, keys = stated
    # A program can make them while it builds.
    if {"setup.py", "pdm_build.py", "hatch_build.py"} & set(project.tree.paths) or _hooks(project):
        return []
    return [
        _at_table(project, "review-data-missing", keys, each.message, "add it, or mend the path")
        for each in read.findings
        if each.code == "data-missing"
    ]


def _hooks(project: Project) -> bool:
    """Say whether the project has build hooks of hatchling."""
    targets = project.table("tool", "hatch", "build", "targets", "wheel")
    return bool(project.table("tool", "hatch", "build", "hooks") or targets.get("hooks"))


_PREFIX: Final = external_data.Policy(
    ("bin", "etc", "include", "lib", "libexec", "man", "sbin", "share", "var", "Library", "Scripts")
)
"""The folders of a prefix: which of those below them some program looks into, nobody knows."""


def _data_root(project: Project) -> Iterable[Found] | None:
    """Find data at the top of the prefix, or outside of it."""
    stated = _stated(project)
    if stated is None:
        return None
    read, keys = stated
    sizes = dict.fromkeys((each.target for each in read.files), 0)
    return [
        _at_table(
            project,
            "review-data-root",
            keys,
            each.message,
            each.fix.message if each.fix else "put them where others do",
        )
        for each in external_data.check(sizes, _PREFIX)
        if each.code in ("data-root", "data-path")
    ]


def _at_table(project: Project, code: str, keys: tuple[str, ...], message: str, fix: str) -> Found:
    sheet = project.pyproject
    assert sheet is not None
    return found(code, "pyproject.toml", message, sheet.span(keys), fix)


CHECKS: Final = (
    Check(
        "review-external-unnamed",
        "builds",
        "What the build links is named in [external]",
        _unnamed,
    ),
    Check(
        "review-external-ci",
        "workflows",
        "Jobs that build install what [external] names",
        _uninstalled,
    ),
    Check("review-data-missing", "builds", "Data that are installed are there", _data_missing),
    Check("review-data-root", "builds", "Data land where programs look", _data_root),
)
"""The checks of what comes from outside, and goes there."""
