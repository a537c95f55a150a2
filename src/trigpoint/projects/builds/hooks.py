"""Run the hooks of a backend in this process, as a page must, and leave no trace.

Idea: a page has one Python and no other process.  So a build gets a folder of its own, an
import path of its own, and whatever it changes of the interpreter (modules, path, hooks,
environment, folder, logging, warnings) is put back, so that the next build starts as the
first one did.

A page's file system ignores the umask, so files that a backend writes would have other
permissions than anywhere else; and some backends write the time of day and the owner of
files into an sdist.  Shims give these the one time and nobody's name, so that the same
project is the same bytes on every day.

Source: PEP 517.
"""

from __future__ import annotations

import builtins
import contextlib
import errno
import importlib
import io
import logging
import os
import re
import shutil
import sys
import tempfile
import traceback
import types
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

__all__ = [
    "EPOCH",
    "MOST_BUILT",
    "MOST_LOG",
    "Built",
    "Job",
    "Log",
    "plain",
    "run_hooks",
    "write_files",
]

MOST_LOG: Final = 100_000
"""Letters of what a backend prints that are kept: the first half, and the last."""

MOST_BUILT: Final = 128 * 1024 * 1024
"""Bytes of a file that a backend may build."""

EPOCH: Final = 1580601600
"""The time that every build bears, SOURCE_DATE_EPOCH: 2 February 2020, as zips can write it."""

_UMASK: Final = 0o022

_TEMPORARY: Final = re.compile(r"(\.\.\.[/\\]out[/\\](?:\.tmp-|tmp))[a-z0-9_]{8}\b")
"""A temporary folder where a build lands; what :mod:`tempfile` adds to its name is drawn by lot."""

_LONGEST_NAME: Final = 255
"""Bytes of one part of a path, as Linux has it; in a page longer ones are written, and then cut."""


@dataclass(frozen=True, slots=True)
class Job:
    """A tree to build: its ``files``, who builds it and how.

    ``backend`` and ``backend_path`` are those of ``[build-system]``, ``folders`` hold
    the modules of the backend and what it needs, ``variables`` is added to the
    environment.  ``what`` is ``"sdist"`` or ``"wheel"``, and ``answered`` the requirements
    that the backend may ask for besides, because they are there.
    """

    files: Mapping[str, bytes]
    what: str
    backend: str
    backend_path: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()
    variables: tuple[tuple[str, str], ...] = ()
    answered: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Built:
    """What came of it: the file's ``name`` and ``data``, or an ``error`` in a line.

    ``log`` is what the backend printed, ``more`` the requirements that it asked for and
    that nobody has answered: then nothing was built.
    """

    name: str = ""
    data: bytes = b""
    error: str = ""
    log: str = ""
    more: tuple[str, ...] = ()


class Log(io.TextIOBase):
    r"""A stream that keeps the first and the last of what is written to it.

    *most* is how many letters it keeps.

    >>> log = Log(8)
    >>> log.write("abcdefghijkl")
    12
    >>> log.text()
    'abcd\n... 4 letters left out ...\nijkl'
    """

    encoding = "utf-8"
    errors = "replace"

    def __init__(self, most: int = MOST_LOG) -> None:
        self._half = most // 2
        self._first = ""
        self._last = ""
        self._left_out = 0

    def writable(self) -> bool:
        """Say that it can be written to."""
        return True

    def write(self, text: str, /) -> int:
        """Keep *text*, as far as it fits; returns its length."""
        room = self._half - len(self._first)
        self._first += text[:room] if room > 0 else ""
        rest = text[room:] if room > 0 else text
        self._last += rest
        if len(self._last) > 2 * self._half:
            self._cut()
        return len(text)

    def _cut(self) -> None:
        more = len(self._last) - self._half
        if more > 0:
            self._left_out += more
            self._last = self._last[more:]

    def text(self) -> str:
        """Return what is kept, with a line about what is not."""
        self._cut()
        if not self._left_out:
            return self._first + self._last
        return f"{self._first}\n... {self._left_out} letters left out ...\n{self._last}"


def run_hooks(job: Job) -> Built:
    """Build what *job* says, and return what came of it; whatever the backend raises is in there."""
    log = Log()
    scratch = Path(tempfile.mkdtemp(prefix="trigpoint-build-"))
    try:
        source, out = scratch / "source", scratch / "out"
        out.mkdir()
        if error := write_files(source, job.files):
            return Built(error=error)
        with _of_its_own(job, source, log):
            return _built(job, source, out, log)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def write_files(source: Path, files: Mapping[str, bytes]) -> str:
    """Write *files* into the new folder *source*, with the times and permissions of every build.

    Returns what is wrong if one cannot be written, such as below another file; empty if all are.
    """
    source.mkdir()
    for path, data in files.items():
        file = source / path
        try:
            if max(len(part.encode()) for part in path.split("/")) > _LONGEST_NAME:
                raise OSError(errno.ENAMETOOLONG, os.strerror(errno.ENAMETOOLONG))
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        except (OSError, ValueError) as error:
            why = (error.strerror if isinstance(error, OSError) else "") or type(error).__name__
            return f"{path!a} cannot be written: {why}"
        file.chmod(0o666 & ~_UMASK)
    for folder, _, names in os.walk(source, topdown=False):
        for name in (*names, "."):
            os.utime(os.path.join(folder, name), (EPOCH, EPOCH))  # noqa: PTH118
        Path(folder).chmod(0o777 & ~_UMASK)
    return ""


def _built(job: Job, source: Path, out: Path, log: Log) -> Built:
    try:
        backend = _backend(job.backend)
        asks = getattr(backend, f"get_requires_for_build_{job.what}", None)
        asked = tuple(map(str, asks({}) or ())) if asks else ()
        if more := tuple(each for each in asked if each not in job.answered):
            return Built(more=more, log=plain(log, source))
        name = str(getattr(backend, f"build_{job.what}")(str(out), {}))
        file = out / name
        if file.parent != out or not file.is_file():
            return Built(
                error=f"the backend says that it built {name!r}, and did not",
                log=plain(log, source),
            )
        if file.stat().st_size > MOST_BUILT:
            return Built(error=f"{name} is too large to be read", log=plain(log, source))
        return Built(name, file.read_bytes(), "", plain(log, source))
    except BaseException as error:  # noqa: BLE001
        # Whatever a backend ends with, SystemExit included, is an answer about the project.
        log.write("".join(traceback.format_exception(error, limit=-6)))
        said = str(error).strip().splitlines()
        kind = type(error).__name__
        last = said[0] if said else ""
        return Built(error=f"{kind}: {last}" if last else kind, log=plain(log, source))


def plain(log: Log, source: Path) -> str:
    """Return the *log* without names that are others each time.

    These are that of the folder *source*, and those of temporary folders in the one where the
    build is to land, such as setuptools makes for each wheel.
    """
    text = log.text().replace(f"{source}{os.sep}", "").replace(str(source.parent), "...")
    return _TEMPORARY.sub(r"\1...", text)


def _backend(name: str) -> Any:
    module, _, attributes = name.partition(":")
    found = importlib.import_module(module.strip())
    for each in filter(None, attributes.strip().split(".")):
        found = getattr(found, each)
    return found


# -- nothing is left behind -------------------------------------------------------------


@contextlib.contextmanager
def _of_its_own(job: Job, source: Path, log: Log) -> Iterator[None]:
    """Run a block as the backend's own interpreter would be, and put everything back."""
    library = [each for each in sys.path if _is_library(each)]
    inside = [str(source / each) for each in job.backend_path]
    folders = [*inside, *job.folders]
    modules = dict(sys.modules)
    for name in _shadowed(modules):
        del sys.modules[name]
    kept = {
        "path": sys.path, "meta_path": list(sys.meta_path), "path_hooks": list(sys.path_hooks),
        "argv": sys.argv, "dont_write_bytecode": sys.dont_write_bytecode,
        "pycache_prefix": sys.pycache_prefix,
    }  # fmt: skip
    environment, folder, mask = dict(os.environ), Path.cwd(), os.umask(_UMASK)
    root = logging.getLogger()
    handlers, level, disabled = list(root.handlers), root.level, root.manager.disable
    handlers_before = list(logging._handlerList)  # type: ignore[attr-defined]
    try:
        sys.path = [*folders, *library]
        sys.argv = ["backend"]
        # Beside the modules of backends, which are imported again for each build, and never in a project.
        sys.dont_write_bytecode = not job.folders
        sys.pycache_prefix = (
            str(Path(job.folders[0]).with_name("bytecode")) if job.folders else None
        )
        os.environ.update({"SOURCE_DATE_EPOCH": str(EPOCH), **dict(job.variables)})
        os.chdir(source)
        root.handlers = []
        importlib.invalidate_caches()
        with (
            contextlib.redirect_stdout(log),
            contextlib.redirect_stderr(log),
            warnings.catch_warnings(),
            _shims(),
        ):
            warnings.resetwarnings()
            warnings.simplefilter("default")
            yield
    finally:
        os.chdir(folder)
        os.umask(mask)
        for name in os.environ.keys() - environment.keys():
            del os.environ[name]
        os.environ.update(environment)
        root.handlers, root.manager.disable = handlers, disabled
        root.setLevel(level)
        logging._handlerList[:] = handlers_before  # type: ignore[attr-defined]
        for name, value in kept.items():
            setattr(sys, name, value)
        _forget(modules, [str(source), *folders])


def _is_library(path: str) -> bool:
    """Say whether *path* is of the standard library, and of nothing that was installed."""
    parts = path.replace("\\", "/").split("/")
    if not path or {"site-packages", "dist-packages", "wheels"} & set(parts):
        return False
    base = os.path.dirname(os.__file__)  # noqa: PTH120
    return path.startswith(base) or parts[-1].endswith((".zip", "lib-dynload"))


_OTHERS: Final = (
    "setuptools", "pkg_resources", "_distutils_hack", "distutils", "hatchling", "flit_core",
    "poetry", "pdm", "pluggy", "pathspec", "trove_classifiers", "setuptools_scm", "hatch_vcs",
    "hatch_fancy_pypi_readme", "vcs_versioning", "wheel", "tomlkit",
)  # fmt: skip


def _shadowed(modules: Mapping[str, object]) -> list[str]:
    """Return the modules that this process has loaded for itself and a build brings its own of."""
    return [name for name in modules if name.partition(".")[0] in _OTHERS]


def _forget(modules: Mapping[str, types.ModuleType], folders: Sequence[str]) -> None:
    """Take out of the interpreter what came from *folders*, and put *modules* back."""
    for name, module in list(sys.modules.items()):
        if name not in modules and _comes_from(module, folders):
            del sys.modules[name]
    sys.modules.update(modules)
    for path in list(sys.path_importer_cache):
        if path.startswith(tuple(folders)):
            del sys.path_importer_cache[path]
    importlib.invalidate_caches()


def _comes_from(module: object, folders: Sequence[str]) -> bool:
    spec = getattr(module, "__spec__", None)
    places = [getattr(module, "__file__", None) or "", getattr(spec, "origin", None) or ""]
    with contextlib.suppress(Exception):
        places += map(str, getattr(module, "__path__", ()))
    return any(place.startswith(tuple(folders)) for place in places)


# -- shims ------------------------------------------------------------------------------


@contextlib.contextmanager
def _shims() -> Iterator[None]:
    """Let new files heed the umask and archives the epoch, as long as a block runs.

    setuptools leaves the time of day and the owner of files to tarfile; other backends set both.
    """
    import gzip
    import tarfile

    clock = types.SimpleNamespace(time=lambda: float(EPOCH))
    changes: list[tuple[object, str, object]] = [
        (gzip, "time", clock),
        (tarfile, "time", clock),
        (tarfile.TarFile, "gettarinfo", _nobodys(tarfile.TarFile.gettarinfo)),
    ]
    if sys.platform == "emscripten":
        opening, making = _masked_open(builtins.open), _masked_mkdir(os.mkdir)
        changes += [(builtins, "open", opening), (io, "open", opening), (os, "mkdir", making)]
    before = [(owner, name, getattr(owner, name)) for owner, name, _ in changes]
    try:
        for owner, name, value in changes:
            setattr(owner, name, value)
        yield
    finally:
        for owner, name, value in before:
            setattr(owner, name, value)


def _nobodys(real: Callable[..., Any]) -> Callable[..., Any]:
    def described(*arguments: Any, **options: Any) -> Any:
        member = real(*arguments, **options)
        if member is not None:
            member.mtime, member.uid, member.gid, member.uname, member.gname = EPOCH, 0, 0, "", ""
        return member

    return described


def _masked_open(real: Callable[..., Any]) -> Callable[..., Any]:
    def opened(file: Any, mode: str = "r", *rest: Any, **options: Any) -> Any:
        new = (
            not isinstance(file, int)
            and any(letter in mode for letter in "wxa")
            and not os.path.exists(file)  # noqa: PTH110
        )
        stream = real(file, mode, *rest, **options)
        if new:
            os.chmod(file, 0o666 & ~_UMASK)  # noqa: PTH101
        return stream

    return opened


def _masked_mkdir(real: Callable[..., None]) -> Callable[..., None]:
    def made(path: Any, mode: int = 0o777, **options: Any) -> None:
        real(path, mode & ~_UMASK, **options)

    return made
