"""Named environments: what real interpreters say about themselves to a marker.

An :class:`Environment` is a mapping of the eleven marker variables, with a name
and labels for people.  :data:`ENVIRONMENTS` holds one for each combination of
interpreter and platform that somebody ships; :func:`this_interpreter` is the
one that this code runs on.

Each interpreter and each platform says where its values come from in
``source``: a run, or a public record of one.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from packaging.markers import default_environment

from trigpoint.findings import TrigpointError

__all__ = [
    "DEFAULT_INTERPRETERS",
    "DEFAULT_PLATFORMS",
    "ENVIRONMENTS",
    "INTERPRETERS",
    "PLATFORMS",
    "VARIABLES",
    "Environment",
    "Grid",
    "UnknownEnvironmentError",
    "default_selection",
    "environment",
    "grid",
    "this_interpreter",
]

VARIABLES: tuple[str, ...] = (
    "os_name",
    "sys_platform",
    "platform_machine",
    "platform_python_implementation",
    "platform_release",
    "platform_system",
    "platform_version",
    "python_version",
    "python_full_version",
    "implementation_name",
    "implementation_version",
)
"""The variables that every environment gives a value, in the specification's order."""


@dataclass(frozen=True, slots=True, eq=False)
class Environment(Mapping[str, str]):
    """The marker variables of one interpreter on one platform.

    A read-only mapping of :data:`VARIABLES` to text, so it can be handed to any
    ``evaluate``.  ``name`` is stable; ``interpreter`` and ``platform`` are the
    ids that it is made of.  ``note`` says what a marker cannot tell about it
    (may be empty), ``source`` where the values come from.

    Two environments are equal when they hold the same values, whatever their
    names: no marker can tell them apart.

    >>> linux = ENVIRONMENTS["cpython-3.13-linux-x86_64"]
    >>> linux["sys_platform"], linux["python_version"]
    ('linux', '3.13')
    >>> linux == ENVIRONMENTS["cpython-3.13t-linux-x86_64"]
    True

    Source: dependency specifiers, environment markers.
    """

    name: str
    label: str
    interpreter: str
    interpreter_label: str
    platform: str
    platform_label: str
    note: str
    source: str
    variables: Mapping[str, str]

    def __getitem__(self, variable: str) -> str:
        return self.variables[variable]

    def __iter__(self) -> Iterator[str]:
        return iter(self.variables)

    def __len__(self) -> int:
        return len(self.variables)

    def __hash__(self) -> int:
        return hash(frozenset(self.variables.items()))


class UnknownEnvironmentError(TrigpointError, KeyError):
    """No environment has the name; ``suggestions`` holds names that come close."""

    def __init__(self, name: str, suggestions: tuple[str, ...]) -> None:
        super().__init__(name)
        self.name = name
        self.suggestions = suggestions

    def __str__(self) -> str:
        hint = f"; did you mean {' or '.join(self.suggestions)}?" if self.suggestions else ""
        return f"no environment is called {self.name!r}{hint}"


@dataclass(frozen=True, slots=True)
class _Platform:
    label: str
    os_name: str
    sys_platform: str
    machine: str
    system: str
    release: str
    version: str
    source: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class _Interpreter:
    label: str
    full_version: str
    platforms: tuple[str, ...]
    source: str
    note: str = ""
    name: str = "cpython"
    implementation: str = "CPython"
    # What sys.implementation.version says where it is not the Python version.
    own_version: str = ""
    # platform_release where it depends on the interpreter.
    releases: Mapping[str, str] = field(default_factory=dict)


_SIMULATED = (
    "These are the values of the cross-build environment that wheels are built and chosen in; "
    "a device reports its own platform_release and platform_version."
)

_PLATFORMS: dict[str, _Platform] = {
    "linux-x86_64": _Platform(
        "Linux x86_64",
        "posix",
        "linux",
        "x86_64",
        "Linux",
        "6.8.0-134-generic",
        "#134-Ubuntu SMP PREEMPT_DYNAMIC Fri Jun 26 18:43:11 UTC 2026",
        "CPython 3.9 to 3.13 run on Linux x86_64; release and version as published from Ubuntu 24.04",
    ),
    "linux-aarch64": _Platform(
        "Linux aarch64",
        "posix",
        "linux",
        "aarch64",
        "Linux",
        "6.8.0-1051-raspi",
        "#55-Ubuntu SMP PREEMPT_DYNAMIC Thu Mar 19 11:43:53 UTC 2026",
        "uname as published from Ubuntu 24.04 on a Raspberry Pi",
    ),
    "linux-x86_64-musl": _Platform(
        "Linux x86_64, musl",
        "posix",
        "linux",
        "x86_64",
        "Linux",
        "6.12.51-0-lts",
        "#1-Alpine SMP PREEMPT_DYNAMIC 2025-10-07 15:12:03",
        "uname as published from Alpine 3.22",
        "No marker tells musl from glibc; only wheel tags do.",
    ),
    "macos-arm64": _Platform(
        "macOS arm64",
        "posix",
        "darwin",
        "arm64",
        "Darwin",
        "25.2.0",
        "Darwin Kernel Version 25.2.0: Tue Nov 18 21:09:45 PST 2025; "
        "root:xnu-12377.61.12~1/RELEASE_ARM64_T6030",
        "platform.version() as published from macOS 26.2",
        "platform_release is the version of the Darwin kernel, not of macOS.",
    ),
    "macos-x86_64": _Platform(
        "macOS x86_64",
        "posix",
        "darwin",
        "x86_64",
        "Darwin",
        "24.6.0",
        "Darwin Kernel Version 24.6.0: Mon Jan 19 22:00:10 PST 2026; "
        "root:xnu-11417.140.69.708.3~1/RELEASE_X86_64",
        "uname as published from macOS 15.7.4",
        "platform_release is the version of the Darwin kernel, not of macOS.",
    ),
    "windows-x64": _Platform(
        "Windows x64",
        "nt",
        "win32",
        "AMD64",
        "Windows",
        "11",
        "10.0.26100",
        "CPython's platform module and cpython issues 91025 and 107338",
        "The machine is AMD64 here and x86_64 elsewhere; sys_platform is win32 on 64 bits too. "
        "Windows 11 has platform_release 10 before CPython 3.12.",
    ),
    "windows-arm64": _Platform(
        "Windows arm64",
        "nt",
        "win32",
        "ARM64",
        "Windows",
        "11",
        "10.0.26100",
        "CPython's platform module and a published run of 3.11 and 3.12 on Windows 11 on Arm",
        "The machine is ARM64 here, arm64 on macOS and aarch64 on Linux. "
        "Windows 11 has platform_release 10 before CPython 3.12.",
    ),
    "ios-arm64": _Platform(
        "iOS arm64",
        "posix",
        "ios",
        "arm64",
        "iOS",
        "13.0",
        "",
        "marker environment published from a cibuildwheel run for iOS (CPython 3.13); PEP 730",
        _SIMULATED,
    ),
    "android-arm64": _Platform(
        "Android arm64",
        "posix",
        "android",
        "aarch64",
        "Android",
        "API level 24",
        "#1 SMP PREEMPT Tue Jan 9 20:35:43 UTC 2018",
        "CPython's platform module and the environment that cibuildwheel sets up; PEP 738",
        _SIMULATED,
    ),
    "emscripten-wasm32": _Platform(
        "Emscripten wasm32",
        "posix",
        "emscripten",
        "wasm32",
        "Emscripten",
        "5.0.3",
        "#1",
        "run in Node.js",
        "platform_release is the version of Emscripten.",
    ),
}

_DESKTOP = (
    "linux-x86_64",
    "linux-aarch64",
    "linux-x86_64-musl",
    "macos-arm64",
    "macos-x86_64",
    "windows-x64",
    "windows-arm64",
)
# The first installers for Windows on Arm came with 3.11.
_WITHOUT_WINDOWS_ARM = _DESKTOP[:-1]
_EVERYWHERE = (*_DESKTOP, "ios-arm64", "android-arm64")
_PYPY_PLATFORMS = ("linux-x86_64", "linux-aarch64", "macos-arm64", "macos-x86_64", "windows-x64")

# The tables of the platform module know Windows 11 from 3.12 on.
_WINDOWS_10 = MappingProxyType({"windows-x64": "10", "windows-arm64": "10"})

_BUILDS = "version from uv 0.13.9's list of builds"
_RUN = "shape of the values from a run of this minor version; " + _BUILDS
_FREE_THREADED = "No marker tells a free-threaded build from an ordinary one; only wheel tags do."
_PRERELEASE = (
    "A prerelease: by PEP 440 it comes before the release, and python_version drops the suffix."
)

_INTERPRETERS: dict[str, _Interpreter] = {
    "cpython-3.9": _Interpreter(
        "CPython 3.9", "3.9.25", _WITHOUT_WINDOWS_ARM, _RUN, releases=_WINDOWS_10
    ),
    "cpython-3.10": _Interpreter(
        "CPython 3.10", "3.10.22", _WITHOUT_WINDOWS_ARM, _RUN, releases=_WINDOWS_10
    ),
    "cpython-3.11": _Interpreter("CPython 3.11", "3.11.18", _DESKTOP, _RUN, releases=_WINDOWS_10),
    "cpython-3.12": _Interpreter("CPython 3.12", "3.12.16", _DESKTOP, _RUN),
    "cpython-3.13": _Interpreter("CPython 3.13", "3.13.18", _EVERYWHERE, _RUN),
    "cpython-3.13t": _Interpreter(
        "CPython 3.13 free-threaded", "3.13.18", _DESKTOP, _BUILDS, _FREE_THREADED
    ),
    "cpython-3.14": _Interpreter("CPython 3.14", "3.14.10", _EVERYWHERE, _BUILDS),
    "cpython-3.14t": _Interpreter(
        "CPython 3.14 free-threaded", "3.14.10", _DESKTOP, _BUILDS, _FREE_THREADED
    ),
    "cpython-3.15b1": _Interpreter(
        "CPython 3.15.0b1", "3.15.0b1", _DESKTOP, "release schedule of PEP 790", _PRERELEASE
    ),
    "cpython-3.15": _Interpreter("CPython 3.15", "3.15.2", _EVERYWHERE, _BUILDS),
    "cpython-3.15t": _Interpreter(
        "CPython 3.15 free-threaded", "3.15.2", _DESKTOP, _BUILDS, _FREE_THREADED
    ),
    "cpython-3.16a2": _Interpreter("CPython 3.16.0a2", "3.16.0a2", _DESKTOP, _BUILDS, _PRERELEASE),
    "pypy-3.9": _Interpreter(
        "PyPy 3.9 (7.3.11)",
        "3.9.16",
        ("linux-x86_64", "linux-aarch64"),
        "run of Debian 12's build",
        name="pypy",
        implementation="PyPy",
        own_version="7.3.11",
    ),
    "pypy-3.10": _Interpreter(
        "PyPy 3.10 (7.3.19)",
        "3.10.16",
        _PYPY_PLATFORMS,
        "shape of the values from a run of PyPy 7.3.11; " + _BUILDS,
        name="pypy",
        implementation="PyPy",
        own_version="7.3.19",
        releases=_WINDOWS_10,
    ),
    "pypy-3.11": _Interpreter(
        "PyPy 3.11 (7.3.23)",
        "3.11.15",
        _PYPY_PLATFORMS,
        "shape of the values from a run of PyPy 7.3.11; " + _BUILDS,
        name="pypy",
        implementation="PyPy",
        own_version="7.3.23",
        releases=_WINDOWS_10,
    ),
    "graalpy-3.11": _Interpreter(
        "GraalPy 3.11 (24.2)",
        "3.11.7",
        ("linux-x86_64", "linux-aarch64", "macos-arm64"),
        "graalpython issues 358 and 487, python-discovery pull request 73",
        "platform_python_implementation is GraalVM, not GraalPy, and implementation_version is "
        "the Python version with an alpha suffix.",
        name="graalpy",
        implementation="GraalVM",
        own_version="3.11.7a0",
    ),
    "pyodide-0.29": _Interpreter(
        "Pyodide 0.29 (Python 3.13)",
        "3.13.2",
        ("emscripten-wasm32",),
        "Pyodide 0.29.5 run in Node.js",
        "Pyodide is CPython to a marker; test sys_platform == 'emscripten'.",
        releases=MappingProxyType({"emscripten-wasm32": "4.0.9"}),
    ),
    "pyodide-314": _Interpreter(
        "Pyodide 314 (Python 3.14)",
        "3.14.2",
        ("emscripten-wasm32",),
        "Pyodide 314.0.7 run in Node.js",
        "Pyodide is CPython to a marker; test sys_platform == 'emscripten'.",
    ),
}


def _label(interpreter: _Interpreter, platform: _Platform) -> str:
    minor = _minor(interpreter.full_version)
    return f"{interpreter.label} on {platform.label}".replace(
        f"CPython {minor} ", f"CPython {interpreter.full_version} "
    )


def _minor(full_version: str) -> str:
    return ".".join(full_version.split(".")[:2])


def _build(interpreter_id: str, platform_id: str) -> Environment:
    interpreter, platform = _INTERPRETERS[interpreter_id], _PLATFORMS[platform_id]
    return Environment(
        name=f"{interpreter_id}-{platform_id}",
        label=_label(interpreter, platform),
        interpreter=interpreter_id,
        interpreter_label=interpreter.label,
        platform=platform_id,
        platform_label=platform.label,
        note=" ".join(filter(None, (interpreter.note, platform.note))),
        source=f"{interpreter.source}; {platform.source}",
        variables=MappingProxyType(
            {
                "os_name": platform.os_name,
                "sys_platform": platform.sys_platform,
                "platform_machine": platform.machine,
                "platform_python_implementation": interpreter.implementation,
                "platform_release": interpreter.releases.get(platform_id, platform.release),
                "platform_system": platform.system,
                "platform_version": platform.version,
                "python_version": _minor(interpreter.full_version),
                "python_full_version": interpreter.full_version,
                "implementation_name": interpreter.name,
                "implementation_version": interpreter.own_version or interpreter.full_version,
            }
        ),
    )


INTERPRETERS: Mapping[str, str] = MappingProxyType(
    {key: interpreter.label for key, interpreter in _INTERPRETERS.items()}
)
"""Id of each interpreter to its label, CPython first, oldest first."""

PLATFORMS: Mapping[str, str] = MappingProxyType(
    {key: platform.label for key, platform in _PLATFORMS.items()}
)
"""Id of each platform to its label."""

ENVIRONMENTS: Mapping[str, Environment] = MappingProxyType(
    {
        made.name: made
        for made in (
            _build(interpreter, platform)
            for interpreter, facts in _INTERPRETERS.items()
            for platform in facts.platforms
        )
    }
)
"""Every named environment by its name, which is interpreter, a hyphen, platform.

>>> ENVIRONMENTS["pyodide-314-emscripten-wasm32"]["python_full_version"]
'3.14.2'
"""

DEFAULT_INTERPRETERS: tuple[str, ...] = (
    "cpython-3.9",
    "cpython-3.10",
    "cpython-3.11",
    "cpython-3.12",
    "cpython-3.13",
    "cpython-3.14",
    "cpython-3.15",
    "cpython-3.16a2",
)
"""Ids of the interpreters to show when nobody chose: the last is a prerelease."""

DEFAULT_PLATFORMS: tuple[str, ...] = ("linux-x86_64", "macos-arm64", "windows-x64")
"""Ids of the platforms to show when nobody chose."""


@functools.cache
def this_interpreter() -> Environment:
    """Return the environment of the interpreter that runs this code, named ``this``.

    >>> this_interpreter().name
    'this'

    The values are those of ``packaging.markers.default_environment``.
    """
    values: dict[str, str] = {
        variable: str(value) for variable, value in default_environment().items()
    }
    interpreter = (
        f"{values['platform_python_implementation']} {values['python_full_version']} (this one)"
    )
    platform = f"{values['platform_system']} {values['platform_machine']}".strip()
    return Environment(
        name="this",
        label=f"{interpreter} on {platform}",
        interpreter="this",
        interpreter_label=interpreter,
        platform="this",
        platform_label=f"{platform} (this one)",
        note="The interpreter that answers you: on a page, that is Pyodide in your browser.",
        source="asked just now",
        variables=MappingProxyType({variable: values[variable] for variable in VARIABLES}),
    )


def environment(name: str) -> Environment:
    """Return the environment called *name*: a key of :data:`ENVIRONMENTS`, or ``this``.

    Raises :exc:`UnknownEnvironmentError`, a :exc:`KeyError` with suggestions.

    >>> environment("cpython-3.13-linux-x86_64").label
    'CPython 3.13.18 on Linux x86_64'
    >>> environment("cpython-3.13-linux")
    Traceback (most recent call last):
        ...
    trigpoint.markers.meaning.environments.UnknownEnvironmentError: no environment is called \
'cpython-3.13-linux'; did you mean cpython-3.13-linux-x86_64 or cpython-3.13-linux-aarch64 or \
cpython-3.13-linux-x86_64-musl?
    """
    if name == "this":
        return this_interpreter()
    try:
        return ENVIRONMENTS[name]
    except KeyError:
        raise UnknownEnvironmentError(name, _suggest(name)) from None


def _suggest(name: str, limit: int = 3) -> tuple[str, ...]:
    wanted = name.lower().replace("_", "-")
    begins = [known for known in ENVIRONMENTS if wanted and known.startswith(f"{wanted}-")]
    import difflib  # seldom needed, and slow to import

    folded = {known.replace("_", "-"): known for known in ENVIRONMENTS}
    close = [folded[key] for key in difflib.get_close_matches(wanted, folded, limit, 0.7)]
    return tuple(dict.fromkeys([*begins, *close]))[:limit]


def default_selection() -> tuple[str, ...]:
    """Return the names of the environments to show when nobody chose any.

    They are :data:`DEFAULT_INTERPRETERS` on :data:`DEFAULT_PLATFORMS`, platform by platform.
    """
    return tuple(
        f"{interpreter}-{platform}"
        for platform in DEFAULT_PLATFORMS
        for interpreter in DEFAULT_INTERPRETERS
    )


@dataclass(frozen=True, slots=True)
class Grid:
    """Environments laid out for reading: a row a platform, a column an interpreter.

    ``platforms`` and ``interpreters`` are pairs of id and label; ``rows`` holds
    one tuple a platform, as long as ``interpreters``, with None where the
    selection has no such combination.
    """

    platforms: tuple[tuple[str, str], ...]
    interpreters: tuple[tuple[str, str], ...]
    rows: tuple[tuple[Environment | None, ...], ...]


def grid(names: Iterable[str] | None = None) -> Grid:
    """Lay out the environments called *names*, or :func:`default_selection`.

    Rows and columns come in the order of :data:`PLATFORMS` and
    :data:`INTERPRETERS`, ``this`` last.  Raises :exc:`UnknownEnvironmentError`.

    >>> small = grid(["cpython-3.13-linux-x86_64", "pyodide-314-emscripten-wasm32"])
    >>> [label for _, label in small.interpreters]
    ['CPython 3.13', 'Pyodide 314 (Python 3.14)']
    >>> small.rows[0][1] is None
    True
    """
    chosen = [environment(name) for name in (default_selection() if names is None else names)]
    platforms = {each.platform: each.platform_label for each in chosen}
    interpreters = {each.interpreter: each.interpreter_label for each in chosen}
    cells = {(each.platform, each.interpreter): each for each in chosen}
    down = [key for key in (*PLATFORMS, "this") if key in platforms]
    across = [key for key in (*INTERPRETERS, "this") if key in interpreters]
    return Grid(
        platforms=tuple((key, platforms[key]) for key in down),
        interpreters=tuple((key, interpreters[key]) for key in across),
        rows=tuple(
            tuple(cells.get((platform, interpreter)) for interpreter in across) for platform in down
        ),
    )
