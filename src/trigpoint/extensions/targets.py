"""Which Python extensions are built for: this one, or one that a file describes.

Builders never ask ``sysconfig`` themselves.  What it says about the compiler is cleaned
here of what would make two builds differ or name the machine that Python was built on.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import sys
import sysconfig
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from trigpoint.extensions.protocol import ExtensionError, Target
from trigpoint.extensions.running import words_of

__all__ = ["MOST_BYTES", "VARIABLE", "choose_target", "native_target", "read_target"]

VARIABLE: Final = "TRIGPOINT_TARGET"
"""The environment variable that names a ``build-details.json`` file to build for."""

MOST_BYTES: Final = 1_000_000
"""Bytes of a ``build-details.json`` that are read; real ones have two thousand."""

_ABI3T_SINCE: Final = (3, 15)

_DROPPED: Final = re.compile(
    r"-g\d?|-Wl,-rpath,.*|-L.*|-I.*|-f(?:debug|file|macro)-prefix-map=.*|-flto.*"
)
"""Flags of the interpreter's own build that name its machine, or make a module ten times larger."""


def _clean(text: str | None) -> tuple[str, ...]:
    """Return the flags of *text* that say something about the target.

    >>> _clean("-Wall -g -O2 -Wl,-rpath,/opt/python/lib -L/opt/python/lib")
    ('-Wall', '-O2')
    """
    return tuple(each for each in shlex.split(text or "") if not _DROPPED.fullmatch(each))


def _command(
    variable: str, said: str, others: Sequence[str], env: Mapping[str, str]
) -> tuple[str, ...]:
    """Return the command that *variable* of *env* names, or what sysconfig *said*, or one of *others*.

    The interpreter may come from a machine whose compiler is not here.
    """
    if own := words_of(variable, env):
        return tuple(own)
    command = shlex.split(said)
    path = env.get("PATH")
    if command and shutil.which(command[0], path=path):
        return tuple(command)
    found = next((each for each in others if shutil.which(each, path=path)), "")
    return (found,) if found else tuple(command) or (others[0],)


def _platform(platform: str) -> str:
    """Return the platform of a wheel tag for that of sysconfig.

    >>> _platform("macosx-11.0-arm64")
    'macosx_11_0_arm64'
    """
    return re.sub(r"[-.\s]", "_", platform)


def _native_platform(env: Mapping[str, str]) -> str:
    platform = sysconfig.get_platform()
    match = re.fullmatch(r"macosx-(\d+)\.(\d+)-(\w+)", platform)
    wanted = env.get("MACOSX_DEPLOYMENT_TARGET", "")
    if match and re.fullmatch(r"\d+\.\d+", wanted):
        platform = f"macosx-{wanted}-{match[3]}"
    match = re.fullmatch(r"macosx-(1[1-9]|[2-9]\d)\.\d+-(\w+)", platform)
    # From macOS 11 on, a tag names no minor version that installers would know.
    return _platform(f"macosx-{match[1]}.0-{match[2]}" if match else platform)


def native_target(env: Mapping[str, str] | None = None) -> Target:
    """Return the target of the interpreter that runs this.

    ``CC``, ``CXX``, ``AR`` and ``MACOSX_DEPLOYMENT_TARGET`` of *env* (None: those of this
    process) win over what the interpreter was built with.  Flags of ``CFLAGS``,
    ``CXXFLAGS`` and ``LDFLAGS`` are the builders' to add.

    >>> native_target().version == sys.version_info[:2]
    True
    """
    env = os.environ if env is None else env
    says = sysconfig.get_config_var
    suffix = str(says("EXT_SUFFIX") or ".so")
    windows = sys.platform == "win32"
    free = bool(says("Py_GIL_DISABLED"))
    version = sys.version_info[:2]
    cpython = sys.implementation.name == "cpython"
    abi3t = cpython and version >= _ABI3T_SINCE
    linker = shlex.split(str(says("LDSHARED") or ""))
    shared = _clean(" ".join(linker[1:]))
    includes = dict.fromkeys(
        str(each) for each in (says("INCLUDEPY"), says("CONFINCLUDEPY")) if each
    )
    if not includes:
        includes = dict.fromkeys((sysconfig.get_path("include"),))
    link: tuple[str, ...] = ()
    if windows:
        link = (str(Path(sys.base_prefix, "libs")), f"python{version[0]}{version[1]}{'t' * free}")
    return Target(
        implementation=sys.implementation.name,
        version=(version[0], version[1]),
        platform=_native_platform(env),
        ext_suffix=suffix,
        abi3_suffix=(".pyd" if windows else ".abi3.so") if cpython else "",
        abi3t_suffix=(".pyd" if windows else ".abi3t.so") if abi3t else "",
        include_dirs=tuple(includes),
        free_threaded=free,
        debug=bool(says("Py_DEBUG")),
        cross=False,
        python=sys.executable,
        cc=_command("CC", str(says("CC") or ""), ("cc", "gcc", "clang"), env),
        cxx=_command("CXX", str(says("CXX") or ""), ("c++", "g++", "clang++"), env),
        ar=_command("AR", str(says("AR") or ""), ("ar", "llvm-ar"), env),
        cflags=(*_clean(says("CFLAGS")), *_clean(says("CCSHARED"))),
        shared_flags=shared or ("-shared",),
        link_flags=link,
    )


def _bad(path: Path, message: str) -> ExtensionError:
    return ExtensionError(
        "extension-bad-target",
        f"{path.name} describes no target: {message}",
        fix="name a build-details.json as PEP 739 describes it",
    )


def read_target(path: Path, env: Mapping[str, str] | None = None) -> Target:
    """Return the target that the ``build-details.json`` at *path* describes (PEP 739).

    The file says nothing about compilers, so ``CC``, ``CXX`` and ``AR`` of *env* (None:
    this process's) do.  Raises :exc:`ExtensionError` ``extension-bad-target`` for any other file.

    Source: https://packaging.python.org/en/latest/specifications/build-details/
    """
    env = os.environ if env is None else env
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as problem:
        raise _bad(path, f"it cannot be read ({problem.strerror})") from None
    if len(data) > MOST_BYTES:
        raise _bad(path, f"it has more than {MOST_BYTES:,} bytes")
    try:
        details = json.loads(data)
    except (ValueError, RecursionError):
        raise _bad(path, "it is no JSON") from None
    return _from_details(path, details, env)


def _from_details(path: Path, details: Any, env: Mapping[str, str]) -> Target:
    def at(*keys: str, needed: bool) -> Any:
        value = details
        for key in keys:
            if not isinstance(value, dict) or key not in value:
                if needed:
                    raise _bad(path, f"there is no {'.'.join(keys)}")
                return None
            value = value[key]
        return value

    def text(*keys: str, needed: bool = True) -> str:
        value = at(*keys, needed=needed)
        if value is None and not needed:
            return ""
        if not isinstance(value, str):
            raise _bad(path, f"{'.'.join(keys)} is no string")
        return value

    if not re.fullmatch(r"1\.\d+", text("schema_version"), re.ASCII):
        raise _bad(path, f"its schema_version is {text('schema_version')!r}, and 1.0 is known")
    version = re.fullmatch(r"(3)\.(\d{1,2})", text("language", "version"), re.ASCII)
    if not version:
        raise _bad(path, f"its language.version is {text('language', 'version')!r}")
    flags = at("abi", "flags", needed=False) or []
    if not isinstance(flags, list):
        raise _bad(path, "abi.flags is no array")
    numbers = (int(version[1]), int(version[2]))
    implementation = text("implementation", "name")
    stable = text("abi", "stable_abi_suffix", needed=False)
    free = "t" in flags
    cpython = implementation == "cpython"
    abi3t = ".abi3t.so" if cpython and numbers >= _ABI3T_SINCE else ""
    prefix = path.parent / text("base_prefix")
    headers = text("c_api", "headers", needed=False)
    return Target(
        implementation=implementation,
        version=numbers,
        platform=_platform(text("platform")),
        ext_suffix=text("abi", "extension_suffix"),
        # A file of a Python without the GIL names its own stable ABI there, or none.
        abi3_suffix=stable or (".abi3.so" if cpython else ""),
        abi3t_suffix=abi3t,
        include_dirs=(str(prefix / headers),) if headers else (),
        free_threaded=free,
        debug="d" in flags,
        cross=_platform(text("platform")) != _native_platform(env)
        or numbers != sys.version_info[:2],
        python="",
        cc=_command("CC", "", ("cc", "gcc", "clang"), env),
        cxx=_command("CXX", "", ("c++", "g++", "clang++"), env),
        ar=_command("AR", "", ("ar", "llvm-ar"), env),
        cflags=("-O2", "-fPIC") if not text("platform").startswith("win") else (),
        shared_flags=("-bundle", "-undefined", "dynamic_lookup")
        if text("platform").startswith("macosx")
        else ("-shared",),
        source=str(path),
    )


def choose_target(settings: Mapping[str, str], env: Mapping[str, str] | None = None) -> Target:
    """Return what to build for: the file of *settings*, that of *env*, or this interpreter.

    The config setting is ``target``, the variable :data:`VARIABLE`; both hold the path of
    a ``build-details.json``.
    """
    env = os.environ if env is None else env
    path = settings.get("target") or env.get(VARIABLE, "")
    return read_target(Path(path), env) if path else native_target(env)
