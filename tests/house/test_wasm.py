"""The compiler for the site's own engine: which commands it becomes, and when there is none."""

from __future__ import annotations

import doctest
import importlib.util
import shutil
import sys
import sysconfig
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "playground"))

import wasm
import wasmcc

SIDE = ["-shared", "--experimental-pic", "--unresolved-symbols=import-dynamic", "--strip-all"]


def linked(tmp_path: Path, *arguments: str) -> list[str]:
    """Return what the linker of ziglang, in a folder, is given for *arguments*."""
    program, kind, *rest = wasmcc.command(tmp_path, arguments)
    assert (program, kind) == (str(tmp_path / "zig"), "wasm-ld")
    assert rest[: len(SIDE)] == SIDE
    return rest[len(SIDE) :]


def test_what_compiles_gets_the_target_and_its_headers(tmp_path: Path) -> None:
    found = wasmcc.command(tmp_path, ["-O2", "-fPIC", "-c", "a.c", "-o", "a.o"])
    assert found[:3] == [str(tmp_path / "zig"), "clang", "--target=wasm32-unknown-emscripten"]
    assert {"-fPIC", "-nostdinc"} <= set(found)
    assert len([each for each in found if each.startswith("-isystem")]) == 3
    assert found[-6:] == ["-O2", "-fPIC", "-c", "a.c", "-o", "a.o"]


def test_a_builders_link_keeps_files_and_libraries(tmp_path: Path) -> None:
    """Libraries that the engine has are left out, in either form; others stay, in one word."""
    said = (
        "-shared",
        "a.o",
        "b.a",
        "-lm",
        "-l",
        "c",
        "-Llib",
        "-l",
        "melt",
        "-lsnow",
        "-o",
        "a.so",
    )
    assert linked(tmp_path, *said) == ["a.o", "b.a", "-Llib", "-lmelt", "-lsnow", "-o", "a.so"]


def test_a_link_of_rustc_exports_what_it_names(tmp_path: Path) -> None:
    """As rustc 1.95 writes it to emcc, shortened."""
    said = (
        *("-s", 'EXPORTED_FUNCTIONS=["_PyInit__core","_two"]', "a.o", "b.rlib", "-l", "c"),
        *("-B/gcc-ld", "--target=wasm32-unknown-emscripten", "-fwasm-exceptions", "-L", "own"),
        *("-o", "_core.wasm", "-sSIDE_MODULE=2", "-O3", "-g0", "-sWASM_BIGINT"),
    )
    assert linked(tmp_path, *said) == [
        *("a.o", "b.rlib", "-L", "own", "-o", "_core.wasm"),
        *("--no-export-dynamic", "--export=PyInit__core", "--export=two"),
    ]


def test_emcc_says_side_module(tmp_path: Path) -> None:
    emcc = tmp_path / "emcc"
    emcc.write_text("", "utf-8")
    assert wasmcc.command(emcc, ["-c", "a.c"]) == [str(emcc), "-fPIC", "-c", "a.c"]
    expected = [str(emcc), "-O2", "-sSIDE_MODULE=1", "a.o", "-o", "a.so"]
    assert wasmcc.command(emcc, ["-shared", "a.o", "-o", "a.so"]) == expected


def test_pyconfig_has_the_engines_values() -> None:
    """Of names that the other file has: defined or not there, zero is not defined here."""
    template = (
        "#ifndef Py_PYCONFIG_H\n#define Py_PYCONFIG_H\n"
        "#define SIZEOF_LONG 8\n/* #undef WITH_SNOW */\n#define HAVE_FORK 1\n"
        "#define HAVE_EPOLL 1\n#define RETSIGTYPE void\n#endif\n"
    )
    variables = {"SIZEOF_LONG": 4, "WITH_SNOW": 1, "HAVE_FORK": 0, "RETSIGTYPE": "void", "CC": "cc"}
    assert wasm.pyconfig(template, variables).splitlines() == [
        *("#ifndef Py_PYCONFIG_H", "#define Py_PYCONFIG_H"),
        *("#define SIZEOF_LONG 4", "#define WITH_SNOW 1", "#define RETSIGTYPE void", "#endif"),
    ]


def test_the_platform_is_that_of_the_abi() -> None:
    engine = wasm.Engine((3, 14), {"PYEMSCRIPTEN_PLATFORM_VERSION": "2026_0"})
    assert engine.platform == "pyemscripten_2026_0_wasm32"


def test_the_compiler_of_the_index_comes_first(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Then an emcc of the system; without one, headers or what builds the wheel, there is none."""
    headers = tmp_path / "include"
    headers.mkdir()
    monkeypatch.setattr(sysconfig, "get_path", lambda _name: str(headers))
    origin = str(tmp_path / "ziglang" / "__init__.py")
    spec = importlib.util.spec_from_file_location("ziglang", origin)
    there: dict[str, ModuleSpec | None]
    there = dict.fromkeys(("ziglang", "trigpoint", "hatchling"), spec)
    monkeypatch.setattr(importlib.util, "find_spec", there.get)
    monkeypatch.setattr(shutil, "which", lambda name: f"/bin/{name}")
    assert wasm.compiler() is None
    (headers / "Python.h").write_text("", "utf-8")
    assert wasm.compiler() == tmp_path / "ziglang"
    del there["ziglang"]
    assert wasm.compiler() == Path("/bin/emcc")
    del there["hatchling"]
    assert wasm.compiler() is None
    there["hatchling"] = spec
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    assert wasm.compiler() is None


def test_sessions_do_not_undo_each_other(tmp_path: Path) -> None:
    """One without the compiler of the index keeps what one with it made of the same files."""
    assert wasm.keeps("1f ziglang 0.17.1", "1f ")
    assert wasm.keeps("1f ziglang 0.17.1", "1f emcc")
    assert not wasm.keeps("1f ziglang 0.17.1", "1f ziglang 0.18.0")
    assert not wasm.keeps("1f ziglang 0.17.1", "2e ")
    assert not wasm.keeps("1f emcc", "1f ")
    assert not wasm.keeps("", "1f ")
    assert wasm.called(None) == ""
    assert wasm.called(tmp_path / "emcc") == "emcc"


def test_all_that_the_wheel_is_made_with_is_there() -> None:
    """The build does again what changed in one of them."""
    found = [path.relative_to(ROOT).as_posix() for path in wasm.sources()]
    assert "templates/layers/c-source" in found
    assert "tests/native/projects/c" in found
    assert all((ROOT / path).exists() for path in found)


@pytest.mark.parametrize("module", [wasm, wasmcc])
def test_examples(module: ModuleType) -> None:
    """What the docstrings of the modules show is so."""
    assert 0 == doctest.testmod(module).failed
