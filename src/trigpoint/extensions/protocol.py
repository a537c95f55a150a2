"""What a build backend and an extension builder say to each other.

A *builder* knows one way to make compiled files: the C compiler, CMake, Cargo.  It is a
class with the methods of :class:`ExtensionBuilder`, found by the entry-point group
:data:`GROUP`.  It is told everything it needs: it reads no ``sysconfig``, changes no
directory, and writes only where its :class:`BuildRequest` says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Literal, Protocol, get_args

from trigpoint.catalogue import RULES, report
from trigpoint.findings import Finding, Fix, Span, TrigpointError, printable

__all__ = [
    "CODES",
    "GROUP",
    "SCHEMES",
    "UNSEEN",
    "BuildRequest",
    "BuildResult",
    "Command",
    "ExtensionBuilder",
    "ExtensionError",
    "Output",
    "Scheme",
    "Stable",
    "Tag",
    "Target",
]

UNSEEN: Final = Path("files-of-the-project-are-not-here")
"""The root that a builder is given where only its table is looked at, without the files.

:class:`~trigpoint.extensions.settings.Settings` then takes every path below it for there.
"""

GROUP: Final = "trigpoint.builders"
"""The entry-point group in which distributions announce builders."""

CODES: Final = frozenset(code for code, rule in RULES.items() if rule.topic == "extension")
"""The codes that an :class:`ExtensionError` can have."""

Scheme = Literal["platlib", "purelib", "scripts", "data", "headers", "internal"]
"""Where an output goes: one of the schemes of a wheel, or nowhere (``internal``)."""

SCHEMES: Final[tuple[Scheme, ...]] = get_args(Scheme)
"""Every scheme."""


def _line(text: str) -> str:
    """Return *text* as one line without what would drive a terminal: it may be a stranger's."""
    return printable(" ".join(text.splitlines()))


class ExtensionError(TrigpointError):
    """An extension cannot be built; one paragraph says which, why and what to do.

    ``code`` is stable and one of the catalogue's; ``fix`` says what to do.  ``extension`` is
    the name of the table (the runner fills it in), ``key`` the key of the table that is
    wrong, and ``log`` the end of a failed tool's output.  ``others`` are further errors
    found in the same look, so that a reader mends all at once.

    >>> print(ExtensionError("extension-source-missing", "there is no a.c", fix="write it", extension="x"))
    error[extension-source-missing]: x: there is no a.c
      fix: write it
    """

    def __init__(
        self,
        code: str,
        message: str,
        *,
        fix: str = "",
        extension: str = "",
        key: str = "",
        log: str = "",
        others: Sequence[ExtensionError] = (),
    ) -> None:
        if code not in CODES:
            text = f"{code!r} is no code of an extension error"
            raise ValueError(text)
        super().__init__(message)
        self.code = code
        self.message = message
        self.fix = fix
        self.extension = extension
        self.key = key
        self.log = log
        self.others = tuple(others)

    def __iter__(self) -> Iterator[ExtensionError]:
        """Yield this error and those that were found with it."""
        yield self
        for other in self.others:
            yield from other

    def __str__(self) -> str:
        """Return the paragraphs that a reader sees, the end of the log included."""
        return "\n".join(each.paragraph() for each in self)

    def paragraph(self) -> str:
        """Return what to show of this error alone."""
        where = f"{self.extension}: " if self.extension else ""
        lines = [f"{RULES[self.code].severity.value}[{self.code}]: {where}{_line(self.message)}"]
        if self.fix:
            lines.append(f"  fix: {_line(self.fix)}")
        lines += [f"  | {line}" for line in self.log.splitlines()]
        return "\n".join(lines)

    def finding(self, span: Span | None = None) -> Finding:
        """Return this error, without those found with it, as a finding at *span*."""
        where = f"{self.extension}: " if self.extension else ""
        return report(self.code, where + self.message, span, Fix(self.fix) if self.fix else None)


@dataclass(frozen=True, slots=True)
class Tag:
    """A wheel tag: which interpreters take the file.

    ``abi`` may be a set joined with dots, such as ``abi3.abi3t`` (compressed tag set).
    Source: https://packaging.python.org/en/latest/specifications/platform-compatibility-tags/

    >>> str(Tag("cp39", "abi3", "linux_x86_64"))
    'cp39-abi3-linux_x86_64'
    """

    python: str
    abi: str
    platform: str

    def __str__(self) -> str:
        """Return the three parts joined with hyphens."""
        return f"{self.python}-{self.abi}-{self.platform}"

    @classmethod
    def parse(cls, text: str) -> Tag:
        """Read *text*, such as ``cp39-abi3-any``; :exc:`ValueError` for anything else.

        >>> Tag.parse("py3-none-any") == Tag.pure()
        True
        """
        if not re.fullmatch(r"[\w.]+-[\w.]+-[\w.]+", text):
            problem = f"{text!r} is no wheel tag"
            raise ValueError(problem)
        return cls(*text.split("-"))

    @classmethod
    def pure(cls) -> Tag:
        """Return the tag of a wheel without compiled files."""
        return cls("py3", "none", "any")


@dataclass(frozen=True, slots=True)
class Stable:
    """A stable ABI to build against: the lowest Python version, and whether without the GIL too.

    ``free_threaded`` stands for abi3t (PEP 803), whose files both kinds of Python load from
    3.15 on.
    """

    minor: int
    free_threaded: bool = False

    @property
    def hex(self) -> str:
        """The value for ``Py_LIMITED_API``, and for ``Py_TARGET_ABI3T`` where that is set.

        >>> Stable(9).hex
        '0x03090000'
        """
        return f"0x03{self.minor:02x}0000"

    @property
    def text(self) -> str:
        """How a table spells it: ``3.9`` or ``3.15t``."""
        return f"3.{self.minor}{'t' if self.free_threaded else ''}"


@dataclass(frozen=True, slots=True)
class Target:
    """The Python that extensions are built for, as data.

    ``implementation`` is that of ``sys.implementation.name``, ``version`` major and minor,
    ``platform`` the platform of a wheel tag (``linux_x86_64``).  ``ext_suffix`` ends the
    file name of a module for this ABI alone, ``abi3_suffix`` and ``abi3t_suffix`` that of
    one for a stable ABI ("" where there is none).  ``python`` is an interpreter that runs
    on this machine, "" if the target's does not; it helps builders that ask Python
    modules for paths.  ``cc``, ``cxx``, ``ar`` and ``shared_flags`` are parts of command
    lines, without anything that names this machine.  ``libraries`` are directories and
    names to link with where a module needs the interpreter's own.  ``source`` says where
    the data is from.
    """

    implementation: str
    version: tuple[int, int]
    platform: str
    ext_suffix: str
    abi3_suffix: str = ""
    abi3t_suffix: str = ""
    include_dirs: tuple[str, ...] = ()
    free_threaded: bool = False
    debug: bool = False
    cross: bool = False
    python: str = ""
    cc: tuple[str, ...] = ("cc",)
    cxx: tuple[str, ...] = ("c++",)
    ar: tuple[str, ...] = ("ar",)
    cflags: tuple[str, ...] = ()
    shared_flags: tuple[str, ...] = ("-shared",)
    link_flags: tuple[str, ...] = ()
    source: str = "sysconfig"

    @property
    def tag(self) -> Tag:
        """The tag of a file that only this interpreter takes.

        >>> str(Target("cpython", (3, 13), "linux_x86_64", ".so", free_threaded=True).tag)
        'cp313-cp313t-linux_x86_64'
        """
        major, minor = self.version
        if self.implementation == "pypy":
            return Tag(f"pp{major}{minor}", f"pypy{major}{minor}_pp73", self.platform)
        flags = f"{'t' if self.free_threaded else ''}{'d' if self.debug else ''}"
        short = "cp" if self.implementation == "cpython" else self.implementation
        name = f"{short}{major}{minor}"
        return Tag(name, f"{name}{flags}", self.platform)

    def stable(self, limited: Stable | None) -> Stable | None:
        """Return which stable ABI a module that asks for *limited* is built against here.

        None says: the full ABI, because it asks for none, because this interpreter has no
        stable ABI at all, because it is older than *limited*, or because it runs without the
        GIL and *limited* is an abi3 one.

        >>> target = Target("cpython", (3, 11), "linux_x86_64", ".so", ".abi3.so")
        >>> target.stable(Stable(11)), target.stable(Stable(12))
        (Stable(minor=11, free_threaded=False), None)
        """
        if limited is None or not self.abi3_suffix or self.predates(limited):
            return None
        if limited.free_threaded:
            return limited if self.abi3t_suffix else None
        return None if self.free_threaded else limited

    def predates(self, limited: Stable) -> bool:
        """Return whether the kind of stable ABI that *limited* is came later than this interpreter.

        Not so where no version would do: an interpreter without stable ABIs, or abi3
        without the GIL.
        """
        ever = self.abi3_suffix and (limited.free_threaded or not self.free_threaded)
        return bool(ever) and limited.minor > self.version[1]

    def suffix(self, stable: Stable | None = None) -> str:
        """Return how the file name of a module ends, for *stable* (None: the full ABI)."""
        if stable is None:
            return self.ext_suffix
        return self.abi3t_suffix if stable.free_threaded else self.abi3_suffix

    def tag_for(self, stable: Stable | None = None) -> Tag:
        """Return the tag of a module built against *stable* (None: the full ABI).

        >>> str(Target("cpython", (3, 13), "linux_x86_64", ".so").tag_for(Stable(9)))
        'cp39-abi3-linux_x86_64'
        """
        if stable is None:
            return self.tag
        abi = "abi3.abi3t" if stable.free_threaded else "abi3"
        return Tag(f"cp3{stable.minor}", abi, self.platform)

    @property
    def windows(self) -> bool:
        """Whether the target is Windows."""
        return self.platform.startswith("win")

    @property
    def macos(self) -> bool:
        """Whether the target is macOS."""
        return self.platform.startswith("macosx")


@dataclass(frozen=True, slots=True)
class Output:
    """One file that a builder made.

    ``path`` is where it goes below its scheme, with slashes: ``pkg/_core.abi3.so``.
    ``source`` is where it lies below ``out_dir``; "" if that is ``path``.  Files of the
    scheme ``internal`` are for dependants and never shipped.
    """

    path: str
    scheme: Scheme = "platlib"
    source: str = ""

    @property
    def file(self) -> str:
        """The path below ``out_dir``."""
        return self.source or self.path


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What came of a build: its files, and the tag that they need.

    ``tag`` None says that nothing of it depends on platform or interpreter.  ``inputs``
    are files that were read besides those of ``get_sdist_files``, such as headers of the
    project, relative to its root; an editable installation watches them.  ``directory`` is
    the builder's ``out_dir``, which the runner fills in.
    """

    outputs: tuple[Output, ...]
    tag: Tag | None = None
    inputs: tuple[str, ...] = ()
    directory: Path = Path()

    def paths(self, *endings: str) -> tuple[Path, ...]:
        """Return the files whose path has one of the *endings* (all without any)."""
        return tuple(
            self.directory / each.file
            for each in self.outputs
            if not endings or each.path.endswith(endings)
        )


class Command(Protocol):
    """Runs a tool, writes what it says into the log of the extension, and fails for it."""

    def __call__(
        self,
        arguments: Sequence[str],
        *,
        cwd: Path | None = None,
        env: Mapping[str, str] | None = None,
    ) -> str:
        """Run *arguments* and return the standard output.

        *cwd* is the working directory (None: the root of the project), *env* replaces
        that of the request.  Raises :exc:`ExtensionError` ``extension-tool-missing`` if there is no
        such program and ``extension-build-failed`` if it fails.
        """
        ...


@dataclass(frozen=True, slots=True)
class BuildRequest:
    """What a builder is told.

    ``name`` is the table's, ``root`` the project, ``build_dir`` private to the extension and
    kept between builds, ``out_dir`` private and empty.  ``env`` is the whole environment
    for tools, with ``TRIGPOINT_DIR_<NAME>`` for the outputs of each dependency; ``jobs`` is
    how many processes may run at once.  ``dependencies`` are the results of ``depends-on``
    by name, ``log`` the file that tools write to, ``project`` the ``[project]`` table, and
    ``run`` the way to start a tool.
    """

    name: str
    root: Path
    target: Target
    build_dir: Path
    out_dir: Path
    log: Path
    run: Command
    env: Mapping[str, str] = field(default_factory=dict)
    jobs: int = 1
    dependencies: Mapping[str, BuildResult] = field(default_factory=dict)
    project: Mapping[str, Any] = field(default_factory=dict)


class ExtensionBuilder(Protocol):
    """What a builder is: a class whose instances each make one extension.

    Two methods are optional and found by name.  ``get_requires(target)`` returns
    requirements that the build environment must have besides the table's ``requires``.
    ``get_sdist_files()`` returns paths, relative to the root, that an sdist must hold;
    directories stand for all in them.
    """

    def __init__(self, root: Path, config: Mapping[str, Any]) -> None:
        """Take the table's *config*, without the keys that every builder has.

        *root* is the project.  Raises :exc:`ExtensionError` for what is wrong; starts no
        compiler and writes nothing.
        """

    def get_expected_outputs(self, target: Target) -> Sequence[Output] | None:
        """Return what a build for *target* will make, or None if only a build can tell."""
        ...

    def get_tag(self, target: Target) -> Tag | None:
        """Return the tag that the outputs for *target* will need, None for none at all."""
        ...

    def build(self, request: BuildRequest) -> BuildResult:
        """Make the extension as *request* says.

        Raises :exc:`ExtensionError`.  Outputs lie in ``request.out_dir``.
        """
        ...
