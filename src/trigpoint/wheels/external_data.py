r"""External data: files that land outside of the packages, in one form for all backends.

There is no standard for them: each build backend has a form of its own, and the wheel has
one folder, ``NAME-VERSION.data/data``, for all that comes of it.  Here a project's data are a
table from targets, below the prefix of an installation, to the files that go there;
:func:`written` says it as a backend wants it, with what that cannot say, and :func:`stated`
reads it back from a ``pyproject.toml``.  :func:`check` holds targets and sizes against a
policy, whether they come from a configuration or from a wheel.

>>> man = [DataFile("share/man/man1/spam.1", "docs/spam.1")]
>>> print(written(man, "hatchling").text)
[tool.hatch.build.targets.wheel.shared-data]
"docs/spam.1" = "share/man/man1/spam.1"
<BLANKLINE>

Cost: linear in the files, n log n for their order.

Source: documentation of each backend, and builds with flit-core 3.12, hatchling 1.33,
setuptools 84.2, pdm-backend 2.5, poetry-core 2.5, uv-build 0.13, meson-python 0.22 and
scikit-build-core 1.1, which the tests repeat where they are installed.
"""

from __future__ import annotations

import json
import posixpath
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from trigpoint.archives import Limits
from trigpoint.archives.faults import Notes, counted, shown
from trigpoint.archives.names import place
from trigpoint.findings import Finding
from trigpoint.wheels.data import Inspection

__all__ = [
    "BACKENDS",
    "BUDGET",
    "KEYS",
    "MOST_DATA",
    "ROOTS",
    "BackendForm",
    "DataFile",
    "Policy",
    "Stated",
    "check",
    "data_of",
    "inner_backend",
    "stated",
    "written",
]

MOST_DATA: Final = 10_000
"""Files of a project's data that are read from its configuration or written into another."""

BUDGET: Final = 10 * 1024 * 1024
"""Bytes of data that nobody asks about; the largest of the widely used have twice that."""

ROOTS: Final = (
    "etc/jupyter",
    "share/applications",
    "share/bash-completion/completions",
    "share/doc",
    "share/fish/vendor_completions.d",
    "share/icons",
    "share/info",
    "share/jupyter",
    "share/locale",
    "share/man",
    "share/metainfo",
    "share/mime/packages",
    "share/zsh/site-functions",
)
"""Folders that a program looks into, so that files there are of use, and that several share."""


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file of the project, ``source``, that lands at ``target`` below the prefix.

    Both are paths with slashes, and relative.
    """

    target: str
    source: str


@dataclass(frozen=True, slots=True)
class BackendForm:
    """External data as one backend wants it.

    ``text`` is what to write into ``file``, empty if the backend has no form for it.
    ``moves`` are files that have to lie elsewhere first, from and to, and ``notes`` what the
    form cannot say, and what else there is to know.
    """

    backend: str
    file: str
    text: str
    moves: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stated:
    """The external data that a ``pyproject.toml`` states for its ``backend``.

    ``backend`` is empty if it is none of :data:`BACKENDS`.  ``files`` are in the order of
    their targets; ``findings`` say what could not be read or is not there.
    """

    backend: str
    files: tuple[DataFile, ...]
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Policy:
    """What external data may be: below one of ``roots``, and no more than ``budget`` bytes."""

    roots: tuple[str, ...] = ROOTS
    budget: int = BUDGET


# -- writing ------------------------------------------------------------------------------


def written(files: Iterable[DataFile], backend: str) -> BackendForm:
    """Return *files* in the form of *backend*, one of :data:`BACKENDS`.

    Raises :exc:`KeyError` for any other backend.

    >>> form = written([DataFile("share/man/man1/spam.1", "docs/spam.1")], "flit-core")
    >>> form.moves
    (('docs/spam.1', 'data/share/man/man1/spam.1'),)
    """
    return _WRITERS[backend](sorted(files, key=lambda each: (each.target, each.source)))


def _text(value: str) -> str:
    # A string of JSON is one of TOML, but for this character.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _mirror(files: Sequence[DataFile]) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Return the folder that has *files* laid out as they land, and what moves there first."""
    tops = {
        each.source.removesuffix(each.target).rstrip("/")
        for each in files
        if each.source.endswith(f"/{each.target}")
    }
    folder = min(tops) if tops else "data"
    moves = tuple(
        (each.source, moved)
        for each in files
        if each.source != (moved := f"{folder}/{each.target}")
    )
    return folder, moves


_WHOLE_FOLDER: Final = "everything in the folder is installed: leave nothing else there"


def _flit(files: Sequence[DataFile]) -> BackendForm:
    folder, moves = _mirror(files)
    text = f"[tool.flit.external-data]\ndirectory = {_text(folder)}\n"
    return BackendForm("flit-core", "pyproject.toml", text, moves, (_WHOLE_FOLDER,))


def _hatchling(files: Sequence[DataFile]) -> BackendForm:
    rows = "".join(f"{_text(each.source)} = {_text(each.target)}\n" for each in files)
    repeated = len({each.source for each in files}) < len(files)
    notes = ["one source lands in one place only: copy a file that goes to two"] if repeated else []
    notes.append("a path that leaves the prefix is written as it is, and pip refuses the wheel")
    text = f"[tool.hatch.build.targets.wheel.shared-data]\n{rows}"
    return BackendForm("hatchling", "pyproject.toml", text, (), tuple(notes))


def _setuptools(files: Sequence[DataFile]) -> BackendForm:
    folders: dict[str, list[str]] = {}
    moves = []
    for each in files:
        folder, _, name = each.target.rpartition("/")
        source = each.source
        if posixpath.basename(source) != name:
            # The form has folders, so a file keeps its name.
            moved = posixpath.join(posixpath.dirname(source), name)
            moves.append((source, moved))
            source = moved
        folders.setdefault(folder, []).append(source)
    rows = "".join(
        f"{_text(folder)} = [{', '.join(map(_text, sources))}]\n"
        for folder, sources in folders.items()
    )
    notes = (
        "the form is discouraged, and each folder needs a line of its own",
        "a pattern that finds a folder stops the build",
        "an editable installation does not have the data",
    )
    text = f"[tool.setuptools.data-files]\n{rows}"
    return BackendForm("setuptools", "pyproject.toml", text, tuple(moves), notes)


def _pdm(files: Sequence[DataFile]) -> BackendForm:
    folder, moves = _mirror(files)
    pattern = f"{{ path = {_text(f'{folder}/**/*')}, relative-to = {_text(folder)} }}"
    text = (
        f"[tool.pdm.build]\nsource-includes = [{_text(f'{folder}/')}]\n\n"
        f"[tool.pdm.build.wheel-data]\ndata = [{pattern}]\n"
    )
    notes = (
        "without source-includes the sdist has no data, nor has a wheel built from it",
        _WHOLE_FOLDER,
    )
    return BackendForm("pdm-backend", "pyproject.toml", text, moves, notes)


def _poetry(files: Sequence[DataFile]) -> BackendForm:  # noqa: ARG001
    notes = (
        "there is no form for data: include puts files among the modules",
        "keep the files in the package and read them with importlib.resources, or change the backend",
    )
    return BackendForm("poetry-core", "pyproject.toml", "", (), notes)


def _uv(files: Sequence[DataFile]) -> BackendForm:
    folder, moves = _mirror(files)
    text = f"[tool.uv.build-backend]\ndata = {{ data = {_text(folder)} }}\n"
    return BackendForm("uv-build", "pyproject.toml", text, moves, (_WHOLE_FOLDER,))


def _quoted(value: str) -> str:
    """Return *value* as a string of Meson."""
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _meson(files: Sequence[DataFile]) -> BackendForm:
    rows = []
    for each in files:
        folder, _, name = each.target.rpartition("/")
        rename = "" if posixpath.basename(each.source) == name else f", rename: {_quoted(name)}"
        where = f"get_option('datadir') / {_quoted(folder)}" if folder else "get_option('datadir')"
        rows.append(f"install_data({_quoted(each.source)}, install_dir: {where}{rename})\n")
    notes = (
        "datadir is the prefix in a wheel, and share below it for meson install, which cannot both be right",
        "install_man and other folders than datadir are refused",
        "the sdist has what is committed",
    )
    return BackendForm("meson-python", "meson.build", "".join(rows), (), notes)


def _cmake(value: str) -> str:
    """Return *value* as an argument of CMake."""
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("$", "\\$") + '"'


def _skbuild(files: Sequence[DataFile]) -> BackendForm:
    rows = []
    for each in files:
        folder, _, name = each.target.rpartition("/")
        rename = "" if posixpath.basename(each.source) == name else f" RENAME {_cmake(name)}"
        where = f"${{SKBUILD_DATA_DIR}}/{_cmake(folder)[1:-1]}" if folder else "${SKBUILD_DATA_DIR}"
        rows.append(f'install(FILES {_cmake(each.source)} DESTINATION "{where}"{rename})\n')
    return BackendForm("scikit-build-core", "CMakeLists.txt", "".join(rows))


_WRITERS: Mapping[str, Callable[[Sequence[DataFile]], BackendForm]] = MappingProxyType(
    {
        "flit-core": _flit,
        "hatchling": _hatchling,
        "setuptools": _setuptools,
        "pdm-backend": _pdm,
        "poetry-core": _poetry,
        "uv-build": _uv,
        "meson-python": _meson,
        "scikit-build-core": _skbuild,
    }
)

BACKENDS: Final = tuple(_WRITERS)
"""The projects of the backends that :func:`written` knows."""


# -- reading ------------------------------------------------------------------------------

_MODULES: Final = {
    "flit_core": "flit-core",
    "flit_scm": "flit-core",
    "hatchling": "hatchling",
    "setuptools": "setuptools",
    "pdm": "pdm-backend",
    "poetry": "poetry-core",
    "uv_build": "uv-build",
    "mesonpy": "meson-python",
    "scikit_build_core": "scikit-build-core",
}


_WRAPPERS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "trigpoint.extensions.backend": ("tool", "trigpoint"),
        "trigpoint.external.backend": ("tool", "trigpoint", "external"),
    }
)
"""Backends of ours around another one, each with the table that names that."""


def inner_backend(table: Mapping[str, Any]) -> str:
    """Return the module of the backend that the pyproject.toml *table* names, inside of our wrappers.

    It is empty where that is not known, and setuptools where nothing is named.

    >>> inner_backend({"build-system": {"build-backend": "trigpoint.external.backend"},
    ...                "tool": {"trigpoint": {"external": {"backend": "hatchling.build"}}}})
    'hatchling.build'
    """
    named = _at(table, "build-system", "build-backend")
    name = named if isinstance(named, str) else "setuptools.build_meta"
    # One may be around the other, and a third time it would be around itself.
    for _ in range(len(_WRAPPERS) + 1):
        if name not in _WRAPPERS:
            return name
        inside = _at(table, *_WRAPPERS[name], "backend")
        name = inside if isinstance(inside, str) else ""
    return ""


def stated(pyproject: str, files: Iterable[str]) -> Stated:
    r"""Return the external data that the text *pyproject* states, of the paths *files* of a project.

    Inside of our wrappers, it is the other backend that has them.  What stands in ``meson.build``, ``CMakeLists.txt``,
    ``setup.py`` or ``setup.cfg`` is not read.

    >>> text = '[build-system]\nbuild-backend = "flit_core.buildapi"\n[tool.flit.external-data]\ndirectory = "data"\n'
    >>> stated(text, ["data/share/man/man1/a.1", "a.py"]).files
    (DataFile(target='share/man/man1/a.1', source='data/share/man/man1/a.1'),)
    """
    notes = Notes()
    try:
        table: Any = tomllib.loads(pyproject)
    except (tomllib.TOMLDecodeError, RecursionError):
        notes.add("data-form", "pyproject.toml cannot be read as TOML")
        return Stated("", (), notes.findings())
    name = inner_backend(table)
    backend = _MODULES.get(name.partition(".")[0].partition(":")[0], "")
    found: list[DataFile] = []
    if backend in KEYS and (value := _at(table, *KEYS[backend])) is not None:
        found = _READERS[backend](value, sorted(files), notes)
    if backend in ("meson-python", "scikit-build-core"):
        file = "meson.build" if backend == "meson-python" else "CMakeLists.txt"
        notes.add("data-unread", f"data of {backend} stand in {file}, which is not read")
    elif not backend:
        notes.add("data-unread", f"it is not known where {shown(name)} has its data")
    if len(found) > MOST_DATA:
        notes.add(
            "data-unread", f"there are more than {MOST_DATA:,} files; the others are not read"
        )
    known = sorted(found[:MOST_DATA], key=lambda each: (each.target, each.source))
    return Stated(backend, tuple(known), notes.findings())


def _at(table: Any, *keys: str) -> Any:
    for key in keys:
        table = table.get(key) if isinstance(table, dict) else None
    return table


def _below(folder: Any, paths: Sequence[str], notes: Notes, what: str) -> list[DataFile]:
    """Return *paths* below *folder*, which *what* names, as they land."""
    if folder is None:
        return []
    if not isinstance(folder, str):
        notes.add("data-form", f"{what} is not the name of a folder")
        return []
    start = posixpath.normpath(folder) + "/"
    found = [DataFile(path.removeprefix(start), path) for path in paths if path.startswith(start)]
    if not found:
        notes.add("data-missing", f"there is no file in {shown(folder)}, which {what} names")
    return found


def _read_flit(table: Any, paths: Sequence[str], notes: Notes) -> list[DataFile]:
    what = f"{'.'.join(KEYS['flit-core'])}.directory"
    return _below(_at(table, "directory"), paths, notes, what)


def _read_uv(table: Any, paths: Sequence[str], notes: Notes) -> list[DataFile]:
    return _below(_at(table, "data"), paths, notes, ".".join(KEYS["uv-build"]))


_OUTSIDE: Final = re.compile(r"/|~|\.\.(?:/|\Z)|[A-Za-z]:").match
"""Paths that lead out of a project: from the root, a home or a drive, and through its top."""


def _read_hatchling(rows: Any, paths: Sequence[str], notes: Notes) -> list[DataFile]:
    if not isinstance(rows, dict) or not all(isinstance(each, str) for each in rows.values()):
        notes.add("data-form", "shared-data is not a table from sources to targets")
        return []
    known = set(paths)
    found = []
    for source, target in rows.items():
        clean, to = posixpath.normpath(source), target.rstrip("/")
        below = [path for path in paths if path.startswith(f"{clean}/")]
        if clean in known:
            found.append(DataFile(to, clean))
        elif below:
            start = f"{to}/" if to else ""
            found += (DataFile(start + path.removeprefix(f"{clean}/"), path) for path in below)
        elif _OUTSIDE(clean):
            outside = f"{shown(source)}, which shared-data names, is outside of the project"
            notes.add("data-unread", f"{outside}, where nothing is read")
        else:
            notes.add("data-missing", f"there is no file {shown(source)}, which shared-data names")
    return found


def _read_setuptools(rows: Any, paths: Sequence[str], notes: Notes) -> list[DataFile]:
    if not isinstance(rows, dict) or not all(
        isinstance(each, list) and all(isinstance(one, str) for one in each)
        for each in rows.values()
    ):
        notes.add("data-form", "data-files is not a table from folders to lists of files")
        return []
    found: list[DataFile] = []
    for folder, patterns in rows.items():
        for pattern in patterns:
            matched = _matching(pattern, paths)
            if not matched:
                notes.add("data-missing", f"no file is {shown(pattern)}, which data-files names")
            found += (
                DataFile(posixpath.join(folder, posixpath.basename(path)), path) for path in matched
            )
    return found


def _read_pdm(table: Any, paths: Sequence[str], notes: Notes) -> list[DataFile]:
    rows = _at(table, "data")
    if rows is None:
        return []
    found = []
    for row in rows if isinstance(rows, list) else [None]:
        pattern = _at(row, "path") if isinstance(row, dict) else row
        start = _at(row, "relative-to") if isinstance(row, dict) else None
        if not isinstance(pattern, str) or not isinstance(start, str | None):
            notes.add("data-form", "wheel-data.data is not a list of patterns")
            continue
        matched = _matching(pattern, paths)
        if not matched:
            notes.add("data-missing", f"no file is {shown(pattern)}, which wheel-data names")
        for path in matched:
            below = posixpath.relpath(path, start) if start else posixpath.basename(path)
            found.append(DataFile(below, path))
    return found


def _matching(pattern: str, paths: Sequence[str]) -> list[str]:
    """Return those of *paths* that the glob *pattern* finds, part by part."""
    wanted = posixpath.normpath(pattern).split("/")
    return [path for path in paths if _fits(path.split("/"), wanted)]


def _fits(parts: Sequence[str], wanted: Sequence[str]) -> bool:
    """Say whether *parts* are matched by *wanted*, in which ``**`` stands for any number of parts."""
    # One row of a table at a time, so that many stars cost a product and no power.
    reached = {0}
    for piece in wanted:
        if piece == "**":
            reached = set(range(min(reached), len(parts) + 1)) if reached else set()
        else:
            reached = {at + 1 for at in reached if at < len(parts) and _is_like(parts[at], piece)}
    return len(parts) in reached


def _is_like(name: str, piece: str) -> bool:
    """Say whether *name* is matched by *piece*, in which a star stands for any letters."""
    first, *rest = piece.split("*")
    if not rest:
        return name == piece
    if not name.startswith(first):
        return False
    at = len(first)
    for each in rest[:-1]:
        found = name.find(each, at)
        if found < 0:
            return False
        at = found + len(each)
    return len(name) - at >= len(rest[-1]) and name.endswith(rest[-1])


KEYS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "flit-core": ("tool", "flit", "external-data"),
        "uv-build": ("tool", "uv", "build-backend", "data"),
        "hatchling": ("tool", "hatch", "build", "targets", "wheel", "shared-data"),
        "setuptools": ("tool", "setuptools", "data-files"),
        "pdm-backend": ("tool", "pdm", "build", "wheel-data"),
    }
)
"""The keys of ``pyproject.toml`` below which a backend has its data, for each that is read."""

_READERS: Mapping[str, Callable[[Any, Sequence[str], Notes], list[DataFile]]] = MappingProxyType(
    {
        "flit-core": _read_flit,
        "uv-build": _read_uv,
        "hatchling": _read_hatchling,
        "setuptools": _read_setuptools,
        "pdm-backend": _read_pdm,
    }
)


# -- policy -------------------------------------------------------------------------------


def data_of(inspection: Inspection) -> dict[str, int]:
    """Return the size of each file that the wheel *inspection* has by the scheme ``data``, by target.

    >>> from trigpoint.wheels.inspection import inspect
    >>> data_of(inspect(b"", "a-1-py3-none-any.whl"))
    {}
    """
    return {
        each.inner: each.size
        for each in inspection.entries
        if each.scheme == "data" and each.kind == "file"
    }


def check(sizes: Mapping[str, int], policy: Policy | None = None) -> tuple[Finding, ...]:
    """Hold external data against *policy*, the usual one unless given.

    *sizes* are bytes by target, as of :func:`data_of`, or of the sources of
    :func:`stated`.

    >>> [each.code for each in check({"share/man/man1/a.1": 1, "bin/a": 1})]
    ['data-root']
    """
    policy = policy or Policy()
    roots = tuple(f"{each.strip('/')}/" for each in policy.roots)
    notes = Notes()
    for target in sizes:
        placed = place(target, Limits())
        if not placed.path:
            leaves = f"{shown(target)} leaves the prefix"
            notes.add("data-path", leaves, "write a path below the prefix, such as share/man/man1")
        elif not placed.path.startswith(roots):
            other = f"{shown(target)} is below none of the folders that are allowed"
            notes.add("data-root", other, "put it into the package, or allow its folder")
    total = sum(sizes.values())
    if total > policy.budget:
        large = f"the data have {counted(total)}, and {counted(policy.budget)} are allowed"
        notes.add("data-size", large)
    return notes.findings()
