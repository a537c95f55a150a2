"""What interpreters, variables and files say about the target, key by key."""

from __future__ import annotations

import json
import sys
import sysconfig
from pathlib import Path
from typing import Any

import pytest

from trigpoint.extensions import ExtensionError, targets
from trigpoint.extensions.targets import native_target, read_target

pytestmark = [
    pytest.mark.skipif(sys.platform in ("win32", "emscripten"), reason="tools are shell scripts"),
]

HERE = f"{sys.version_info[0]}.{sys.version_info[1]}"


def says(monkeypatch: pytest.MonkeyPatch, **values: object) -> None:
    """Let sysconfig know these *values*, and nothing else."""
    monkeypatch.setattr(sysconfig, "get_config_var", values.get)


def tools(folder: Path, *names: str) -> str:
    """Write programs with *names*, and return the path to look for them in."""
    folder.mkdir(exist_ok=True)
    for name in names:
        (folder / name).write_text("#!/bin/sh\n")
        (folder / name).chmod(0o755)
    return str(folder)


def described(folder: Path, **changes: Any) -> Path:
    """Write the description of this interpreter with *changes*, and return its place."""
    path = folder / "build-details.json"
    details = {
        "schema_version": "1.0",
        "base_prefix": ".",
        "platform": sysconfig.get_platform(),
        "language": {"version": HERE},
        "implementation": {"name": "cpython"},
        "abi": {"flags": [], "extension_suffix": ".x.so"},
        **changes,
    }
    path.write_text(json.dumps(details))
    return path


# -- commands ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("there", "said", "expected"),
    [
        (("mine-cc", "cc"), "mine-cc -pthread", ("mine-cc", "-pthread")),
        # The interpreter comes from a machine whose compiler is not here.
        (("clang", "gcc", "cc"), "theirs-cc -pthread", ("cc",)),
        (("clang", "gcc"), "theirs-cc", ("gcc",)),
        (("clang",), "", ("clang",)),
        # Nothing is here: what is started fails with the name that was said.
        ((), "theirs-cc -pthread", ("theirs-cc", "-pthread")),
        ((), "", ("cc",)),
    ],
)
def test_which_compiler(
    there: tuple[str, ...],
    said: str,
    expected: tuple[str, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What sysconfig says if it is here, else the usual names in their order."""
    says(monkeypatch, CC=said)
    assert expected == native_target({"PATH": tools(tmp_path / "bin", *there)}).cc


@pytest.mark.parametrize(
    ("there", "cxx", "ar"),
    [
        (("clang++", "g++", "c++", "llvm-ar", "ar"), "c++", "ar"),
        (("clang++", "g++", "llvm-ar"), "g++", "llvm-ar"),
        (("clang++",), "clang++", "ar"),
        ((), "c++", "ar"),
    ],
)
def test_the_other_tools(
    there: tuple[str, ...], cxx: str, ar: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are looked for as the compiler is, for this interpreter and for one in a file."""
    path = tools(tmp_path / "bin", *there)
    env = {"PATH": path}
    says(monkeypatch)
    for target in (native_target(env), read_target(described(tmp_path), env)):
        assert ((cxx,), (ar,)) == (target.cxx, target.ar)
    says(monkeypatch, CXX=f"{path}/clang++ -x", AR=f"{path}/llvm-ar")
    if "clang++" in there:
        assert (f"{path}/clang++", "-x") == native_target(env).cxx
    if "llvm-ar" in there:
        assert (f"{path}/llvm-ar",) == native_target(env).ar


def test_variables_come_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What somebody names is taken as it is, here or not."""
    says(monkeypatch, CC="cc", CXX="c++", AR="ar")
    path = tools(tmp_path / "bin", "cc", "c++", "ar")
    env = {"PATH": path, "CC": "my-cc -m", "CXX": "my-cxx -n", "AR": "my-ar -o"}
    for target in (native_target(env), read_target(described(tmp_path), env)):
        assert (("my-cc", "-m"), ("my-cxx", "-n"), ("my-ar", "-o")) == (
            target.cc,
            target.cxx,
            target.ar,
        )


@pytest.mark.parametrize(
    ("there", "cc"),
    [(("gcc", "clang"), "gcc"), (("cc", "gcc"), "cc"), (("clang",), "clang"), ((), "cc")],
)
def test_a_compiler_for_a_file(there: tuple[str, ...], cc: str, tmp_path: Path) -> None:
    """The file names none, so the first of the usual ones is taken."""
    env = {"PATH": tools(tmp_path / "bin", *there)}
    assert (cc,) == read_target(described(tmp_path), env).cc


# -- this interpreter -------------------------------------------------------------------------


def test_an_interpreter_that_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each thing has a value that works where sysconfig is silent."""
    says(monkeypatch)
    target = native_target({"PATH": ""})
    assert ".so" == target.ext_suffix
    assert (sysconfig.get_path("include"),) == target.include_dirs
    assert ("-shared",) == target.shared_flags
    assert () == target.cflags
    assert (False, False, False) == (target.free_threaded, target.debug, target.cross)
    assert sys.executable == target.python


def test_an_interpreter_that_says_much(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both folders of headers, and flags without those of the machine that built it."""
    says(
        monkeypatch,
        EXT_SUFFIX=".own.so",
        Py_GIL_DISABLED=1,
        Py_DEBUG=1,
        INCLUDEPY="/one",
        CONFINCLUDEPY="/two",
        LDSHARED="ld -bundle -g -O1 -L/opt",
        CFLAGS="-O2 -g",
        CCSHARED="-fPIC",
    )
    target = native_target({"PATH": ""})
    assert ".own.so" == target.ext_suffix
    assert ("/one", "/two") == target.include_dirs
    assert (True, True) == (target.free_threaded, target.debug)
    assert ("-bundle", "-O1") == target.shared_flags
    assert ("-O2", "-fPIC") == target.cflags


@pytest.mark.parametrize(("free", "library"), [(0, "python315"), (1, "python315t")])
def test_this_interpreter_on_windows(
    free: int, library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Modules are linked with the interpreter's library, and end alike whatever they are for."""
    says(monkeypatch, EXT_SUFFIX=".cp315-win_amd64.pyd", Py_GIL_DISABLED=free)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(sys, "version_info", (3, 15, 0, "final", 0))
    monkeypatch.setattr(sys, "base_prefix", "python")
    target = native_target({"CC": "cl", "CXX": "cl", "AR": "lib"})
    assert (".pyd", ".pyd") == (target.abi3_suffix, target.abi3t_suffix)
    assert (str(Path("python", "libs")), library) == target.link_flags


@pytest.mark.parametrize(
    ("version", "name", "abi3", "abi3t"),
    [
        ((3, 14), "cpython", ".abi3.so", ""),
        ((3, 15), "cpython", ".abi3.so", ".abi3t.so"),
        ((3, 15), "pypy", "", ""),
    ],
)
def test_which_stable_abis(
    version: tuple[int, int],
    name: str,
    abi3: str,
    abi3t: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """CPython has one, the second since 3.15; others have none.  A file says the same."""
    found = read_target(
        described(
            tmp_path,
            language={"version": f"{version[0]}.{version[1]}"},
            implementation={"name": name},
        ),
        {"PATH": ""},
    )
    assert (version, abi3, abi3t) == (found.version, found.abi3_suffix, found.abi3t_suffix)
    monkeypatch.setattr(sys, "version_info", (*version, 0, "final", 0))
    monkeypatch.setattr(sys.implementation, "name", name)
    native = native_target({"PATH": ""})
    assert (version, abi3, abi3t) == (native.version, native.abi3_suffix, native.abi3t_suffix)


@pytest.mark.parametrize(
    ("platform", "wanted", "expected"),
    [
        ("linux-x86_64", "", "linux_x86_64"),
        ("linux-x86_64", "11.0", "linux_x86_64"),
        ("macosx-10.13-x86_64", "", "macosx_10_13_x86_64"),
        ("macosx-10.9-universal2", "10.15", "macosx_10_15_universal2"),
        ("macosx-26.1-arm64", "", "macosx_26_0_arm64"),
        ("macosx-11.3-arm64", "", "macosx_11_0_arm64"),
        ("macosx-11.0-arm64", "14.2", "macosx_14_0_arm64"),
        ("macosx-11.0-arm64", "14", "macosx_11_0_arm64"),
        ("macosx-11.0-universal2", "12.1", "macosx_12_0_universal2"),
    ],
)
def test_the_platform_of_a_tag(
    platform: str, wanted: str, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of macOS the deployment target counts, where it is a version; since 11 without its minor."""
    monkeypatch.setattr(sysconfig, "get_platform", lambda: platform)
    env = {"PATH": "", "MACOSX_DEPLOYMENT_TARGET": wanted}
    assert expected == native_target(env).platform


# -- a file -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "cross"),
    [
        ({}, False),
        ({"platform": "linux-strange"}, True),
        ({"language": {"version": "3.2"}}, True),
        ({"language": {"version": "3.99"}}, True),
    ],
)
def test_another_machine_or_version(changes: dict[str, Any], cross: bool, tmp_path: Path) -> None:
    """What is built for either cannot be run here."""
    assert cross == read_target(described(tmp_path, **changes), {"PATH": ""}).cross


@pytest.mark.parametrize(
    ("platform", "cflags", "shared"),
    [
        ("linux-aarch64", ("-O2", "-fPIC"), ("-shared",)),
        ("macosx-11.0-arm64", ("-O2", "-fPIC"), ("-bundle", "-undefined", "dynamic_lookup")),
        ("win-amd64", (), ("-shared",)),
    ],
)
def test_flags_by_platform(
    platform: str, cflags: tuple[str, ...], shared: tuple[str, ...], tmp_path: Path
) -> None:
    """Code of a module is independent of its place where the linker asks for that."""
    target = read_target(described(tmp_path, platform=platform), {"PATH": ""})
    assert (cflags, shared) == (target.cflags, target.shared_flags)


def test_what_a_file_says_of_its_abis(tmp_path: Path) -> None:
    """Its own name for the stable one counts, and the place of headers is below its prefix."""
    path = described(
        tmp_path,
        abi={"flags": ["d"], "extension_suffix": ".x.so", "stable_abi_suffix": ".own3.so"},
        base_prefix="up",
        c_api={"headers": "inc"},
    )
    target = read_target(path, {"PATH": ""})
    assert (".x.so", ".own3.so") == (target.ext_suffix, target.abi3_suffix)
    assert (str(tmp_path / "up" / "inc"),) == target.include_dirs
    assert (False, True, "", str(path)) == (
        target.free_threaded,
        target.debug,
        target.python,
        target.source,
    )
    assert () == read_target(described(tmp_path), {"PATH": ""}).include_dirs


def test_a_file_is_read_up_to_its_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that is as long as the bound is read, and one that is longer is refused."""
    path = described(tmp_path)
    monkeypatch.setattr(targets, "MOST_BYTES", path.stat().st_size)
    assert "cpython" == read_target(path, {"PATH": ""}).implementation
    path.write_text(path.read_text() + " ")
    with pytest.raises(ExtensionError, match="more than"):
        read_target(path, {"PATH": ""})
