"""Compilers that are told what to do as gcc and clang are: objects, archives and modules.

Objects are used again while the command, the compiler and every file that it read stay as
they were; the compiler itself lists these files.  Nothing in an object names the folder
that it was made in.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from trigpoint.extensions.protocol import BuildRequest, ExtensionError, Stable
from trigpoint.extensions.running import words_of

__all__ = [
    "CPP_ENDINGS",
    "C_ENDINGS",
    "Job",
    "build_module",
    "build_static",
    "fresh",
    "included",
    "limited_flags",
    "prerequisites",
    "remember",
]

C_ENDINGS: Final = (".c", ".S", ".s")
"""What the C compiler takes."""

CPP_ENDINGS: Final = (".cc", ".cpp", ".cxx", ".c++")
"""What the C++ compiler takes."""

MOST_INCLUDED: Final = 5_000
"""Files that are followed from one extension's sources."""

_INCLUDE: Final = re.compile(
    rb'^[ \t]*#[ \t]*(?:include|import)[ \t]*[<"]([^>"\n]{1,400})[>"]', re.MULTILINE
)
_C_ONLY: Final = re.compile(
    r"-Wstrict-prototypes|-std=(?:c|gnu)\d\w|-Werror=implicit-.*|-Wno-pointer-sign"
)


@dataclass(frozen=True, slots=True)
class Job:
    """What to make of which sources.

    Paths are relative to the root of the project or absolute; ``arguments`` go to the
    compiler, ``link_arguments`` to the linker.  ``cplusplus`` asks for the C++ linker
    even where no source needs it.
    """

    sources: tuple[str, ...]
    include_dirs: tuple[str, ...] = ()
    defines: tuple[str, ...] = ()
    arguments: tuple[str, ...] = ()
    link_arguments: tuple[str, ...] = ()
    cplusplus: bool = False


# -- what an sdist needs ------------------------------------------------------------------


def included(root: Path, sources: Sequence[str], include_dirs: Sequence[str]) -> tuple[str, ...]:
    """Return the files of the project in *root* that *sources* include, and what these do.

    They are looked for beside the including file and in *include_dirs*, as a compiler
    does; conditions are not evaluated, so that an sdist is complete for every platform.
    """
    base = root.resolve()
    found: dict[str, None] = {}
    waiting = [base / each for each in sources]
    while waiting and len(found) < MOST_INCLUDED:
        path = waiting.pop()
        try:
            text = path.read_bytes()
        except OSError:
            continue
        for name in _INCLUDE.findall(text):
            word = os.fsdecode(name)
            for folder in (path.parent, *(base / each for each in include_dirs)):
                file = Path(os.path.normpath(folder / word))
                if not file.is_relative_to(base) or not file.is_file():
                    continue
                relative = file.relative_to(base).as_posix()
                if relative not in found:
                    found[relative] = None
                    waiting.append(file)
                break
    return tuple(sorted(found))


# -- used again while nothing changed -----------------------------------------------------


def prerequisites(text: str) -> list[str]:
    r"""Return the files that *text*, a rule for make as compilers write it, depends on.

    >>> prerequisites("a.o: src/a.c \\\n  inc\\ dir/a.h $$x.h")
    ['src/a.c', 'inc dir/a.h', '$x.h']
    """
    joined = re.sub(r"\\\r?\n", " ", text)
    # On Windows a colon stands behind a drive as well.
    _, _, rest = joined.partition(": ")
    words = re.findall(r"(?:\\[ #]|[^\s])+", rest.split("\n")[0])
    return [re.sub(r"\\([ #])", r"\1", word).replace("$$", "$") for word in words]


def _state(root: Path, name: str) -> list[int] | None:
    try:
        found = (root / name).stat()
    except OSError:
        return None
    return [found.st_mtime_ns, found.st_size]


def _identity(command: Sequence[str], env: Mapping[str, str]) -> list[object]:
    """Return what says that a program is still the same one: its place, time and size."""
    path = shutil.which(command[0], path=env.get("PATH")) or command[0]
    return [path, _state(Path(), os.path.realpath(path))]


def fresh(stamp: Path, command: Sequence[str], env: Mapping[str, str], root: Path) -> bool:
    """Return whether what *stamp* tells of was made by *command*, of files that are as they were.

    *env* is where its program is looked up, and *root* what relative paths are relative to.
    """
    try:
        told = json.loads(stamp.read_text("utf-8"))
        same = told["command"] == list(command) and told["program"] == _identity(command, env)
        return bool(
            same and all(_state(root, name) == state for name, state in told["files"].items())
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False


def remember(
    stamp: Path, command: Sequence[str], env: Mapping[str, str], root: Path, files: Sequence[str]
) -> None:
    """Write into *stamp* that *command* was run with *files*; *env* and *root* as for :func:`fresh`."""
    told = {
        "command": list(command),
        "program": _identity(command, env),
        "files": {name: _state(root, name) for name in files},
    }
    stamp.write_text(json.dumps(told), "utf-8")


# -- compiling and linking ----------------------------------------------------------------


def limited_flags(stable: Stable | None) -> tuple[str, ...]:
    """Return the definitions with which headers offer what *stable* has (None: everything).

    >>> limited_flags(Stable(15, free_threaded=True))
    ('Py_LIMITED_API=0x030f0000', 'Py_TARGET_ABI3T=0x030f0000')
    """
    if stable is None:
        return ()
    more = (f"Py_TARGET_ABI3T={stable.hex}",) if stable.free_threaded else ()
    return (f"Py_LIMITED_API={stable.hex}", *more)


def _flags(request: BuildRequest, *variables: str) -> list[str]:
    return [flag for each in variables for flag in words_of(each, request.env)]


def _program(request: BuildRequest, variable: str, known: Sequence[str]) -> list[str]:
    return words_of(variable, request.env) or list(known)


class _Work:
    """The objects of one job."""

    def __init__(self, request: BuildRequest, job: Job) -> None:
        self.request = request
        self.job = job
        self.objects = request.build_dir / "objects"
        self.objects.mkdir(parents=True, exist_ok=True)
        self.cplusplus = job.cplusplus or any(each.endswith(CPP_ENDINGS) for each in job.sources)

    def _command(self, source: str) -> list[str]:
        request, job, target = self.request, self.job, self.request.target
        plus = source.endswith(CPP_ENDINGS)
        known = [*target.cflags]
        if not target.windows and "-fPIC" not in known:
            known.append("-fPIC")
        if not plus and not target.windows:
            # Else a macro that the limited API has not is linked as a function that nobody has.
            known.append("-Werror=implicit-function-declaration")
        if plus:
            known = [flag for flag in known if not _C_ONLY.fullmatch(flag)]
        own = _flags(request, "CPPFLAGS", "CXXFLAGS" if plus else "CFLAGS")
        folders = [*job.include_dirs, *_dependency_folders(request), *target.include_dirs]
        return [
            *(_program(request, "CXX", target.cxx) if plus else _program(request, "CC", target.cc)),
            *known,
            # Else the folder of the project would be in what __FILE__ and debuggers are told.
            f"-ffile-prefix-map={request.build_dir}=build",
            f"-ffile-prefix-map={request.root}=.",
            *(f"-D{each}" for each in job.defines),
            *(f"-I{each}" for each in folders),
            *job.arguments,
            *own,
        ]

    def _name(self, source: str) -> str:
        """Return a name for the object of *source* that no other source has."""
        path = Path(source)
        if path.is_absolute() and path.is_relative_to(self.request.build_dir):
            path = path.relative_to(self.request.build_dir)
        mark = hashlib.sha256(path.as_posix().encode()).hexdigest()[:8]
        return f"{path.stem}-{mark}"

    def compile(self, source: str) -> Path:
        """Return the object of *source*, made now if need be."""
        request = self.request
        name = self._name(source)
        made, deps, stamp = (self.objects / f"{name}{end}" for end in (".o", ".d", ".json"))
        command = [*self._command(source), "-MMD", "-MF", str(deps), "-c", source, "-o", str(made)]
        if made.is_file() and fresh(stamp, command, request.env, request.root):
            return made
        stamp.unlink(missing_ok=True)
        request.run(command)
        files = (
            prerequisites(deps.read_text("utf-8", "surrogateescape"))
            if deps.is_file()
            else [source]
        )
        remember(stamp, command, request.env, request.root, files)
        return made

    def compile_all(self) -> list[Path]:
        """Return all objects in the order of their sources; several are made at once."""
        sources = self.job.sources
        if len(sources) == 1 or self.request.jobs == 1:
            return [self.compile(each) for each in sources]
        with ThreadPoolExecutor(max_workers=self.request.jobs) as pool:
            return _all(pool, self.compile, sources)

    def finish(self, made: Path, command: Sequence[str], inputs: Sequence[Path]) -> Path:
        """Run *command*, which makes *made* of *inputs*, unless it did so before."""
        request = self.request
        stamp = made.with_name(f"{made.name}.json")
        if made.is_file() and fresh(stamp, command, request.env, request.root):
            return made
        stamp.unlink(missing_ok=True)
        made.unlink(missing_ok=True)
        request.run(command)
        remember(stamp, command, request.env, request.root, [str(each) for each in inputs])
        return made


def _all(
    pool: ThreadPoolExecutor, function: Callable[[str], Path], items: Sequence[str]
) -> list[Path]:
    """Return what *function* makes of all *items*; after a failure none is begun any more."""
    futures = [pool.submit(function, each) for each in items]
    try:
        return [each.result() for each in futures]
    except ExtensionError:
        pool.shutdown(cancel_futures=True)
        raise


def _dependency_folders(request: BuildRequest) -> list[str]:
    """Return where the headers of dependencies are."""
    folders = (each.directory / "include" for each in request.dependencies.values())
    return [str(each) for each in folders if each.is_dir()]


def build_static(request: BuildRequest, job: Job, name: str) -> Path:
    """Return a static library called *name* of the *job*, in the build folder of *request*."""
    work = _Work(request, job)
    objects = work.compile_all()
    made = request.build_dir / f"lib{name}.a"
    archiver = _program(request, "AR", request.target.ar)
    # D leaves times and users out, where ar knows it; ZERO_AR_DATE says the same on macOS.
    flags = "rcs" if request.target.macos else "rcsD"
    return work.finish(made, [*archiver, flags, str(made), *map(str, objects)], objects)


def build_module(request: BuildRequest, job: Job, file: str) -> Path:
    """Return a module called *file* of the *job* and of the static libraries that *request* depends on.

    It is in the build folder of *request*.
    """
    work = _Work(request, job)
    objects = work.compile_all()
    made = request.build_dir / "linked" / file
    made.parent.mkdir(parents=True, exist_ok=True)
    target = request.target
    linker = (
        _program(request, "CXX", target.cxx)
        if work.cplusplus
        else _program(request, "CC", target.cc)
    )
    archives = [path for each in request.dependencies.values() for path in each.paths(".a")]
    command = [
        *linker,
        *target.shared_flags,
        *map(str, objects),
        *map(str, archives),
        *job.link_arguments,
        *target.link_flags,
        *_flags(request, "LDFLAGS"),
        "-o",
        str(made),
    ]
    return work.finish(made, command, [*objects, *archives])
