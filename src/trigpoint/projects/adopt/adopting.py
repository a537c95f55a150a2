"""An existing project as a ``[project]`` table.

Idea: each old form is read into the same tables, which are written into the pyproject.toml
beside whatever else it holds; the new text is read again and must say what was meant.

Invariant: no file is written and no program is run.
"""

from __future__ import annotations

import tomllib
from bisect import bisect
from collections.abc import Mapping
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import Any, Final

from packaging.utils import canonicalize_name

from trigpoint.findings import Finding, Severity
from trigpoint.metadata import Document, from_project_table
from trigpoint.metadata.project.keys import DYNAMIC
from trigpoint.metadata.project.meant import KEYS
from trigpoint.metadata.project.project import parse_toml
from trigpoint.metadata.project.sheet import spelled
from trigpoint.metadata.project.toml import positions
from trigpoint.projects.adopt.comparing import MetadataComparison, compare
from trigpoint.projects.adopt.config import Config, read_config
from trigpoint.projects.adopt.evidence import Evidence, find_evidence
from trigpoint.projects.adopt.gathered import Gathered, Said, Taken, taken_from, whole
from trigpoint.projects.adopt.keywords import FILLED, KEPT, SETUPTOOLS, put_keywords, same_file
from trigpoint.projects.adopt.pbr import BACKEND, PBR, put_pbr, read_pbr
from trigpoint.projects.adopt.program import Computed, Setup, changes_path, imports, read_setup
from trigpoint.projects.adopt.tomls import FLIT, POETRY, Sheet, put_flit, put_poetry
from trigpoint.projects.adopt.writing import cut, tables
from trigpoint.projects.review.pieces import Piece, Source
from trigpoint.projects.review.project import Found
from trigpoint.requirements import read_requirement

__all__ = ["MOST_READ", "Adopted", "adopt"]

MOST_READ: Final = 1 << 20
"""Bytes of a file that is read."""

_PYPROJECT: Final = "pyproject.toml"
_BACKENDS: Final = {
    "setuptools": ("setuptools.build_meta", SETUPTOOLS, ("setuptools", "wheel")),
    "poetry": ("poetry.core.masonry.api", POETRY, ("poetry-core", "poetry")),
    "flit": ("flit_core.buildapi", FLIT, ("flit-core", "flit")),
}
_ORDER: Final = ("build-system", "project", "dependency-groups", "tool")


@dataclass(frozen=True, slots=True)
class Adopted:
    """A project with a ``[project]`` table.

    ``form`` is what it had: ``"setup.py"``, ``"setup.cfg"``, ``"Poetry"`` or ``"Flit"``, empty
    for none.  ``text`` is the new pyproject.toml, None where there is none, and ``before`` the old
    one, empty without one.  ``taken`` says where each value is from, ``found`` what is wrong or
    could not be carried over, and ``obsolete`` which files, or sections of one, say nothing more.
    ``comparison`` compares METADATA of an earlier build at ``evidence`` with the new table; None
    without one.
    """

    form: str
    text: str | None
    before: str
    taken: tuple[Taken, ...] = ()
    found: tuple[Found, ...] = ()
    obsolete: tuple[str, ...] = ()
    evidence: str = ""
    comparison: MetadataComparison | None = None


def adopt(
    files: Mapping[str, bytes], metadata: bytes | None = None, *, name: str = "METADATA"
) -> Adopted:
    r"""Return the project of *files*, the bytes of each by path, with a ``[project]`` table.

    *metadata* is METADATA of a build of it, and *name* the file that it is from; without it,
    a PKG-INFO or METADATA among the files is used.  Whatever is in the files, nothing raises.

    >>> made = adopt({"setup.cfg": b"[metadata]\nname = spam\nversion = 1\n"})
    >>> print(made.text)
    [build-system]
    requires = ["setuptools>=77.0.1"]
    build-backend = "setuptools.build_meta"
    <BLANKLINE>
    [project]
    name = "spam"
    version = "1"
    <BLANKLINE>
    [tool.setuptools]
    include-package-data = false
    <BLANKLINE>
    >>> [(each.key, each.path, each.line) for each in made.taken][:2]
    [('project.name', 'setup.cfg', 2), ('project.version', 'setup.cfg', 3)]
    """
    gathered = Gathered()
    # The new text begins without a mark.
    before = _text(files, _PYPROJECT).removeprefix("\ufeff")
    parsed = parse_toml(before)
    if isinstance(parsed, Finding):
        return Adopted("", None, before, found=(Found(_PYPROJECT, parsed),))
    data, places = parsed
    sheet = Sheet(Source.of(_PYPROJECT, before), data, places)
    evidence = Evidence(name, metadata, {}) if metadata is not None else find_evidence(files)
    if "project" in data:
        message = "the project has a [project] table already"
        fix = "move what is left outside of it by hand"
        gathered.say("adopt-already", message, sheet.at("project"), fix)
        return Adopted("", None, before, found=tuple(gathered.found))
    gone: tuple[tuple[str, ...], ...] = (("build-system",),)
    if sheet.table("tool", "poetry"):
        form, backend, gone = "Poetry", "poetry", (*gone, ("tool", "poetry"))
        put_poetry(gathered, sheet, evidence)
    elif sheet.table("tool", "flit", "metadata"):
        form, backend, gone = "Flit", "flit", (*gone, ("tool", "flit"))
        put_flit(gathered, sheet, files)
    elif "setup.py" in files or "setup.cfg" in files:
        form, backend = "setup.py" if "setup.py" in files else "setup.cfg", "setuptools"
        _setuptools(gathered, files, evidence)
        if not gathered.get("project", "name") and form == "setup.cfg":
            form = ""
    else:
        form, backend = "", ""
    if not form:
        message = (
            "there is no setup.py, and neither setup.cfg nor pyproject.toml describes a project"
        )
        fix = "begin with trigpoint new, or write [project] with name and version"
        gathered.say("adopt-nothing", message, whole(_PYPROJECT, before), fix)
        return Adopted("", None, before, found=tuple(gathered.found))
    return _written(gathered, sheet, form, backend, gone, files, evidence)


def _written(
    gathered: Gathered,
    sheet: Sheet,
    form: str,
    backend: str,
    gone: tuple[tuple[str, ...], ...],
    files: Mapping[str, bytes],
    evidence: Evidence | None,
) -> Adopted:
    """Return the result, with the new tables written beside the others of *sheet*."""
    if backend == "setuptools" and "version" not in gathered.project and _from_git(sheet):
        gathered.dynamic("version")
    for key in ("name", "version"):
        if key not in gathered.project and key not in gathered.project.get("dynamic", ()):
            message = f"no file says the {key} in a way that can be read"
            where = whole(_PYPROJECT, sheet.source.text)
            gathered.say("adopt-missing", message, where, f"write {key} = ... below [project]")
    own = _own_imports(gathered, files)
    sure = not own or not changes_path("setup.py", _text(files, "setup.py"))
    _build_system(gathered, sheet, backend, own, sure=sure)
    if PBR in gathered.data["build-system"]["requires"]:
        gathered.data["build-system"]["build-backend"] = BACKEND
    if "dependency-groups" in sheet.data and "dependency-groups" in gathered.data:
        del gathered.data["dependency-groups"]
        at = sheet.at("dependency-groups")
        message = (
            "[dependency-groups] is there already, so the groups of the old form are not added"
        )
        gathered.say("adopt-lost", message, at, "add what is missing to it by hand")
    text = _joined(gathered, sheet, _beside(gathered, sheet, gone))
    base = Adopted(
        form,
        text,
        sheet.source.text,
        tuple(gathered.taken),
        (),
        tuple(gathered.obsolete),
        evidence.path if evidence is not None else "",
    )
    if text is not None:
        after = _document(text, files)
        _refused(gathered, text, after)
        if evidence is not None:
            compared = compare(evidence.whole, after, filled=_filled(tomllib.loads(text)))
            base = replace(base, comparison=compared)
            _cut_short(gathered, evidence)
    return replace(base, found=tuple(gathered.found))


def _refused(gathered: Gathered, text: str, after: Document) -> None:
    """Say which values that were carried over the new *text* is refused for; *after* is its metadata."""
    starts = sorted((place.key_start, path) for path, place in positions(text).items())
    for each in after.findings():
        if each.severity is not Severity.ERROR or each.span is None:
            continue
        at = bisect(starts, each.span.start, key=itemgetter(0))
        path = tuple(part for part in starts[at - 1][1] if isinstance(part, str)) if at else ()
        while path and path not in gathered.places:
            path = path[:-1]
        # Requirements are looked at where they are taken.
        if path and path[1] not in ("dependencies", "optional-dependencies"):
            message = f"{spelled(path)} of the new table is refused: {each.message}"
            fix = each.fix.message if each.fix is not None else "write another value"
            gathered.say("adopt-refused", message, gathered.places[path], fix)


def _from_git(sheet: Sheet) -> bool:
    """Say whether a plugin that the build asks for gives the version."""
    requires = sheet.table("build-system").get("requires")
    listed = requires if isinstance(requires, list) else []
    names = {read_requirement(each).normalised for each in listed if isinstance(each, str)}
    return "setuptools_scm" in sheet.table("tool") or not names.isdisjoint(_SCM)


_SCM: Final = frozenset(
    {"setuptools-scm", "vcs-versioning", "versioningit", "setuptools-git-versioning"}
)


def _document(text: str, files: Mapping[str, bytes]) -> Document:
    """Return the metadata that the new *text* stands for, as far as it says it."""

    def read_file(path: str) -> str | None:
        return files[path].decode("utf-8", "replace") if path in files else None

    return from_project_table(text, read_file=read_file)


def _filled(data: Mapping[str, Any]) -> set[str]:
    """Return the fields, in lower case, that a build of the pyproject.toml *data* fills in."""
    project = data["project"]
    found = {field for key in project.get("dynamic", ()) for field in DYNAMIC.get(key, ())}
    if "license-files" not in project:
        # Backends look for them.
        found.add("License-File")
    tool = data.get("tool", {})
    if tool.get("setuptools", {}).get("platforms"):
        found.add("Platform")
    return {field.lower() for field in found}


def _cut_short(gathered: Gathered, evidence: Evidence) -> None:
    """Say where *evidence* has a line that ends its fields before all of them are read."""
    for each in evidence.document.findings():
        if each.code in ("metadata-junk-line", "metadata-headers-cut") and each.span is not None:
            message = f"{evidence.path} is not read to its end: {each.message}"
            fix = "mend the line and give the file with --metadata"
            at = Piece(evidence.source, "", each.span.start, each.span.end)
            gathered.say("adopt-evidence", message, at, fix)


def _text(files: Mapping[str, bytes], path: str) -> str:
    """Return the file at *path* as a text; empty without one, and for one that is too long."""
    data = files.get(path, b"")
    return data.decode("utf-8", "replace") if len(data) <= MOST_READ else ""


# -- setuptools -------------------------------------------------------------------------


def _setuptools(gathered: Gathered, files: Mapping[str, bytes], evidence: Evidence | None) -> None:
    said: dict[str, Said] = {}
    text = _text(files, "setup.py")
    setup = read_setup("setup.py", text) if "setup.py" in files else None
    config = read_config("setup.cfg", _text(files, "setup.cfg"))
    if "setup.py" in files and setup is None:
        message = "no call of setup() is found in setup.py, or it is no Python that is read here"
        fix = "build once and give the METADATA with --metadata"
        gathered.say("adopt-program", message, whole("setup.py", text), fix)
    if setup is not None:
        said = dict(setup.said)
    for key, each in config.said.items():
        # setuptools reads setup.cfg after setup.py, and leaves alone what that has set.
        if key not in said or said[key].value in (None, "", [], {}):
            said[key] = each
    if said.get("pbr", _NONE).value:
        name = said["name"].value if "name" in said else ""
        read = read_pbr(
            "setup.cfg", _text(files, "setup.cfg"), name if isinstance(name, str) else ""
        )
        said |= {key: each for key, each in read.items() if key not in said}
        put_pbr(gathered, said, files)
    unseen = "setup.py" in files and (setup is None or setup.more is not None)
    if setup is not None and setup.more is not None:
        message = "setup() is given more than its text shows"
        fix = "write each argument by its name, or give METADATA of a build with --metadata"
        gathered.say("adopt-computed", message, setup.more, fix)
    if evidence is not None:
        _fill(gathered, said, evidence, files, unseen=unseen)
    put_keywords(gathered, said, files)
    _obsolete(gathered, setup, config, said)


def _fill(
    gathered: Gathered,
    said: dict[str, Said],
    evidence: Evidence,
    files: Mapping[str, bytes],
    *,
    unseen: bool,
) -> None:
    """Put what *evidence* shows for what is worked out into *said*; for the *unseen*, too."""
    for key in FILLED:
        computed = key in said and isinstance(said[key].value, Computed)
        if not computed and not (unseen and key not in said):
            continue
        if (shown := evidence.said(key)) is None:
            # It came to nothing where the field would have been; lists may be in other files.
            if computed and key not in ("install_requires", "extras_require", "entry_points"):
                del said[key]
            continue
        read = key == "long_description" and same_file(shown.value, files) is not None
        # A program that reads the file which the new table names says the same.
        if computed and not read:
            code = " ".join(said[key].value.code.split())
            short = code if len(code) <= 60 else f"{code[:57]}..."
            message = f"{key} is worked out by {short}; the new table says what it came to in {evidence.path}"
            fix = "look whether it is the same on every machine and for every version"
            if key == "version":
                fix = (
                    'write dynamic = ["version"] and version = { attr = "package.__version__" } below '
                    "[tool.setuptools.dynamic], if it should go on coming from the code"
                )
            gathered.say("adopt-evidence", message, said[key].at, fix)
        said[key] = shown


_Path = tuple[str, ...]
_NONE: Final = Said(None, whole(_PYPROJECT))


def _obsolete(
    gathered: Gathered, setup: Setup | None, config: Config, said: Mapping[str, Said]
) -> None:
    """List the files that say nothing any more."""
    lost = {each.finding.code for each in gathered.found} & {"adopt-computed", "adopt-program"}
    if setup is not None and not lost and not KEPT.keys() & said.keys():
        gathered.obsolete.append("setup.py")
    elif setup is not None and isinstance(setup.said.get("entry_points", _NONE).value, str):
        message = (
            "setuptools fails where setup() is given entry_points as one text beside [project]"
        )
        fix = "delete this argument of setup(): [project] says it now"
        gathered.say("adopt-program", message, setup.said["entry_points"].at, fix)
    if config.said and not said.get("pbr", _NONE).value:
        gathered.obsolete.append(
            "setup.cfg" if not config.other else "setup.cfg: [metadata], [options]"
        )


# -- the file ---------------------------------------------------------------------------


def _own_imports(gathered: Gathered, files: Mapping[str, bytes]) -> dict[str, Piece]:
    """Return what a setup.py that stays imports from beside it, each with its place."""
    if "setup.py" not in files or "setup.py" in gathered.obsolete:
        return {}
    tops = {path.split("/")[0].removesuffix(".py") for path in files if path.endswith(".py")}
    found = imports("setup.py", _text(files, "setup.py"))
    return {name: at for name, at in found.items() if name in tops - {"setup"}}


def _build_system(
    gathered: Gathered, sheet: Sheet, backend: str, own: Mapping[str, Piece], *, sure: bool
) -> None:
    """Put the build system: the backend in the version it takes, and what else was asked for.

    *own* are the modules of the project that its setup.py imports.  It is *sure* that it finds
    them only where no backend is named, unless it changes ``sys.path`` itself.
    """
    module, floor, same = _BACKENDS[backend]
    old = sheet.table("build-system")
    more = gathered.data.pop("build-system", {}).get("requires", [])
    listed = old.get("requires")
    others = [each for each in listed if isinstance(each, str)] if isinstance(listed, list) else []
    kept: list[str] = []
    for each in (*others, *more):
        name = read_requirement(each).normalised
        if name not in same and name not in {
            canonicalize_name(read_requirement(k).name) for k in kept
        }:
            kept.append(each)
    stays = old.get("build-backend")
    if (isinstance(stays, str) and isinstance(old.get("backend-path"), list)) or (
        isinstance(stays, str) and backend == "setuptools" and not stays.startswith("setuptools.")
    ):
        module = stays
    system: dict[str, Any] = {"requires": [floor, *kept], "build-backend": module}
    if own and backend == "setuptools" and not isinstance(stays, str):
        del system["build-backend"]
        names, (first, *_) = ", ".join(own), own.values()
        found = f"setup.py imports {names} from beside it"
        message = f"{found}, which it finds only where no backend is named"
        if not sure:
            message = f"{found} and changes sys.path; it may find it where a backend is named, too"
        fix = (
            "leave build-backend out until setup.py imports nothing of the project, "
            'then write build-backend = "setuptools.build_meta"'
        )
        gathered.say("adopt-program", message, first, fix)
    if isinstance(old.get("backend-path"), list):
        system["backend-path"] = old["backend-path"]
    gathered.data["build-system"] = system


def _beside(
    gathered: Gathered, sheet: Sheet, gone: tuple[tuple[str, ...], ...]
) -> tuple[tuple[str, ...], ...]:
    """Join the new tables of tools with those that *sheet* has; return what is *gone* from it.

    What is there stays as it is, and counts: backends read it after the old form.  A table is
    written anew only where something has to be added to it.
    """
    tools = gathered.data.get("tool", {})
    for name in [each for each in tools if each in sheet.table("tool")]:
        path = ("tool", name)
        if path in gone:
            continue
        if not isinstance(sheet.data["tool"][name], Mapping):
            message = f"{spelled(path)} is no table, and what it says is not carried over"
            fix = f"write [{spelled(path)}], with one pair of brackets, and move its keys there"
            gathered.say("adopt-lost", message, sheet.at(*path), fix)
        old = sheet.table(*path)
        joined = _over(tools[name], old)
        _from_there(gathered, sheet, path, tools[name], joined)
        if joined == old:
            del tools[name]
            continue
        tools[name] = joined
        left, less = (cut(sheet.source.text, each)[1] for each in (gone, (*gone, path)))
        if "#" in left and less.count("#") < left.count("#"):
            message = f"comments in [tool.{name}] are not carried over"
            fix = "take them from the file as it was"
            gathered.say("adopt-lost", message, sheet.at(*path), fix)
        gone = (*gone, path)
    return gone


def _from_there(
    gathered: Gathered, sheet: Sheet, path: _Path, new: Mapping[str, Any], joined: Mapping[str, Any]
) -> None:
    """Say of what *sheet* has over the *new* values at *path* that it is from there: see *joined*."""
    rows: dict[str, tuple[_Path, Any]] = {}

    def look(at: _Path, new: Mapping[str, Any], joined: Mapping[str, Any]) -> None:
        for key, value in new.items():
            here = (*at, key)
            if value != joined[key]:
                rows[spelled(here)] = here, joined[key]
                if isinstance(value, Mapping) and isinstance(joined[key], Mapping):
                    look(here, value, joined[key])

    look(path, new, joined)
    for number, taken in enumerate(gathered.taken):
        if taken.key in rows:
            here, value = rows[taken.key]
            at = sheet.at(*here)
            gathered.taken[number] = taken_from(here, value, at)


def _over(new: Mapping[str, Any], old: Mapping[str, Any]) -> dict[str, Any]:
    """Return *new* with *old* over it, tables in them too."""
    joined = {**new, **old}
    for key in new.keys() & old.keys():
        if isinstance(new[key], Mapping) and isinstance(old[key], Mapping):
            joined[key] = _over(new[key], old[key])
    return joined


def _joined(gathered: Gathered, sheet: Sheet, gone: tuple[tuple[str, ...], ...]) -> str | None:
    """Return the new text; None, with a finding, where the old one cannot be cut."""
    new: dict[str, Any] = {key: gathered.data[key] for key in _ORDER if key in gathered.data}
    project = new.get("project", {})
    new["project"] = {key: project[key] for key in KEYS if key in project}
    first, rest = cut(sheet.source.text, gone)
    written = tables(new)
    text = (f"{first.rstrip()}\n\n" if first.strip() else "") + written
    if rest.strip():
        text += f"\n{rest}" if rest.endswith("\n") else f"\n{rest}\n"
    if "\r\n" in sheet.source.text:
        # One file has one kind of line ends.
        text = text.replace("\r\n", "\n").replace("\n", "\r\n")
    meant = _without(sheet.data, gone)
    for key, value in new.items():
        meant[key] = {**_below(meant, key), **value} if key == "tool" else value
    try:
        said = tomllib.loads(text)
    except (ValueError, RecursionError):
        said = {}
    if said == meant:
        return text
    message = "the pyproject.toml is written in a way that is not rewritten here"
    fix = "give each table a header of its own, such as [tool.poetry]"
    gathered.say("adopt-form", message, whole(_PYPROJECT, sheet.source.text), fix)
    return None


def _below(data: Mapping[str, Any], key: str) -> dict[str, Any]:
    value = data.get(key)
    return dict(value) if isinstance(value, Mapping) else {}


def _without(data: Mapping[str, Any], gone: tuple[tuple[str, ...], ...]) -> dict[str, Any]:
    """Return *data* without the tables of *gone*, and without what is empty for that."""
    left = dict(data)
    for path in gone:
        if len(path) == 1:
            left.pop(path[0], None)
        else:
            below = _without(_below(left, path[0]), (path[1:],))
            if below:
                left[path[0]] = below
            else:
                left.pop(path[0], None)
    return left
