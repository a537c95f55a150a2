"""Which libraries the compiled files of a wheel link, and where those come from."""

from __future__ import annotations

import gzip
import io
import tarfile
from typing import Any

import pytest

from trigpoint.archives.faults import Notes
from trigpoint.wheels import Library, inspect, libraries
from trigpoint.wheels.compiled import CompiledFiles

from .binaries import elf, macho, pe
from .build import Wheel, codes


def _found(files: dict[str, bytes], **options: Any) -> list[Library]:
    return list(libraries(Wheel(files, **options).inspected()))


def test_sources_on_linux() -> None:
    """A library is in the wheel, on every system, with the interpreter, or outside."""
    needed = [
        "libz-1a2b.so.1",
        "libm.so.6",
        "ld-linux-x86-64.so.2",
        "libpython3.13.so.1.0",
        "libfoo.so.1",
    ]
    core, bundled = "spam/_core.so", "spam.libs/libz-1a2b.so.1"
    found = _found({core: elf(needed, runpath="$ORIGIN/../spam.libs"), bundled: elf(["libm.so.6"])})
    assert [
        Library("ld-linux-x86-64.so.2", "elf", (core,), "system"),
        Library("libfoo.so.1", "elf", (core,), "outside"),
        Library("libm.so.6", "elf", (core, bundled), "system"),
        Library("libpython3.13.so.1.0", "elf", (core,), "python"),
        Library("libz-1a2b.so.1", "elf", (core,), "bundled", bundled, True),
    ] == found  # fmt: skip


def test_a_library_by_its_own_name() -> None:
    """SONAME counts as the name of the file does, and the loader looks for the name."""
    own = "spam/libreal.so.1.2"
    found = _found(
        {"spam/_core.so": elf(["libreal.so.1"], runpath="$ORIGIN"), own: elf((), "libreal.so.1")}
    )
    assert [Library("libreal.so.1", "elf", ("spam/_core.so",), "bundled", own, False)] == found


@pytest.mark.parametrize(
    ("search", "reached"),
    [
        ("$ORIGIN/lib", True),
        ("${ORIGIN}/lib", True),
        ("/x:$ORIGIN/../spam/lib/", True),
        ("$ORIGIN", False),
        ("$ORIGINAL/lib", False),
        ("/opt/lib", False),
        ("", False),
    ],
)
def test_whether_the_search_path_leads_there(search: str, reached: bool) -> None:
    """It is followed from the folder of the file, and nowhere else."""
    files = {"spam/_core.so": elf(["liba.so"], runpath=search), "spam/lib/liba.so": elf()}
    assert [reached] == [each.reached for each in _found(files)]


def test_search_paths_are_taken_letter_by_letter() -> None:
    """A folder below is that folder, with as many slashes as there may be before it."""
    for folder, reached in (("a/X", True), ("a", False)):
        files = {"a/_core.so": elf(["liba.so"], runpath="$ORIGIN//X"), f"{folder}/liba.so": elf()}
        assert [reached] == [each.reached for each in _found(files)]
        files = {
            "a/_core.so": macho(["@rpath/liba.dylib"], rpaths=["@loader_path//X"]),
            f"{folder}/liba.dylib": macho(),
        }
        assert [reached] == [each.reached for each in _found(files)]


@pytest.mark.parametrize(
    ("search", "reached"),
    [("@loader_path", True), ("@loader_path/", True), ("@loader_paths", False), ("/a", False)],
)
def test_the_folder_of_a_file_on_macos(search: str, reached: bool) -> None:
    """It is the word alone, or in front of a slash."""
    files = {
        "a/_core.so": macho(["@rpath/liba.dylib"], rpaths=[search]),
        "a/liba.dylib": macho(),
    }
    assert [reached] == [each.reached for each in _found(files)]


def test_every_user_has_to_reach_it() -> None:
    """One file that does not reach a library is enough to say so."""
    files = {
        "spam/a.so": elf(["liba.so"], runpath="$ORIGIN"),
        "spam/deep/b.so": elf(["liba.so"], runpath="$ORIGIN"),
        "spam/liba.so": elf(),
    }
    (found,) = _found(files)
    assert (("spam/a.so", "spam/deep/b.so"), False) == (found.users, found.reached)


def test_modules_of_both_kinds_lie_in_one_folder() -> None:
    """What comes from the data folder lands beside the rest, and data does not."""
    for scheme, reached in (("platlib", True), ("data", False)):
        files = {
            "spam/a.so": elf(["liba.so"], runpath="$ORIGIN"),
            f"spam-1.0.data/{scheme}/spam/liba.so": elf(),
        }
        assert [reached] == [each.reached for each in _found(files)]


def test_sources_on_macos() -> None:
    """Names are paths there: those of the system, of a framework, and those to be searched."""
    needed = [
        "@loader_path/.dylibs/libz.1.dylib", "@rpath/libr.dylib", "@rpath/libo.dylib",
        "/usr/lib/libSystem.B.dylib", "/System/Library/Frameworks/Cocoa.framework/Cocoa",
        "/Library/Frameworks/Python.framework/Versions/3.13/Python", "/usr/local/lib/libz.1.dylib",
    ]  # fmt: skip
    files = {
        "spam/_core.so": macho(needed, rpaths=["@loader_path/.dylibs"]),
        "spam/.dylibs/libz.1.dylib": macho(),
        "spam/.dylibs/libr.dylib": macho(),
        "spam/libo.dylib": macho(),
    }
    found = {each.name: (each.source, each.path, each.reached) for each in _found(files)}
    assert {
        needed[0]: ("bundled", "spam/.dylibs/libz.1.dylib", True),
        needed[1]: ("bundled", "spam/.dylibs/libr.dylib", True),
        needed[2]: ("bundled", "spam/libo.dylib", False),
        needed[3]: ("system", "", False),
        needed[4]: ("system", "", False),
        needed[5]: ("python", "", False),
        needed[6]: ("outside", "", False),
    } == found


def test_sources_on_windows() -> None:
    """Names have no case there; the folder of the file is the only one searched."""
    needed = ["KERNEL32.dll", "api-ms-win-crt-heap-l1-1-0.dll", "Beside.DLL", "far.dll", "python313.dll",
              "VCRUNTIME140.dll", "msvcp140.dll", "ACTIVEDS.dll"]  # fmt: skip
    files = {"spam/_core.pyd": pe(needed), "spam/beside.dll": pe(), "spam.libs/far.dll": pe()}
    found = {each.name: (each.source, each.path, each.reached) for each in _found(files)}
    assert {
        "KERNEL32.dll": ("system", "", False),
        "api-ms-win-crt-heap-l1-1-0.dll": ("system", "", False),
        "Beside.DLL": ("bundled", "spam/beside.dll", True),
        "far.dll": ("bundled", "spam.libs/far.dll", False),
        "python313.dll": ("python", "", False),
        "ACTIVEDS.dll": ("system", "", False),
        "VCRUNTIME140.dll": ("python", "", False),
        "msvcp140.dll": ("outside", "", False),
    } == found


def test_formats_do_not_mix() -> None:
    """A library of another system is no library of this one."""
    files = {"spam/a.so": elf(["liba.so"], runpath="$ORIGIN"), "spam/liba.so": macho()}
    assert ["outside"] == [each.source for each in _found(files)]


def test_compiled_files_of_a_wheel() -> None:
    """They are found by what they begin with, whatever they are called, in the wheel's order."""
    files = {
        "spam-1.0.data/scripts/spam": elf(["libc.so.6"]),
        "spam/x.so": b"text",
        "spam/y": pe(["a"]),
    }
    found = Wheel(files).inspected()
    assert ["spam-1.0.data/scripts/spam", "spam/y"] == [each.path for each in found.compiled]
    assert [] == codes(found)


def test_a_broken_compiled_file() -> None:
    """It is told, and so is what was read of it."""
    found = Wheel({"spam/x.so": elf(["liba"])[:70]}).inspected()
    assert ["wheel-compiled-broken"] == codes(found)
    assert ["spam/x.so"] == [each.path for each in found.compiled]


def test_an_sdist() -> None:
    """Nothing is installed from it as it is, so that nothing is linked."""
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as made:
        info = tarfile.TarInfo("spam-1/x.so")
        info.size = len(data := elf(["liba"]))
        made.addfile(info, io.BytesIO(data))
    found = inspect(gzip.compress(file.getvalue()), "spam-1.tar.gz")
    assert (("liba",), ()) == (found.compiled[0].needed, libraries(found))


def _passed(files: list[bytes], most: int, links: int) -> tuple[list[str], list[str]]:
    notes = Notes()
    compiled = CompiledFiles(notes, most, links)
    for number, data in enumerate(files):
        for start in range(0, len(data), 16):
            if not start:
                compiled.begin(data[:16])
            compiled.add(data[start : start + 16])
        compiled.end(str(number), whole=True)
    return [each.path for each in compiled.found], [each.code for each in notes.findings()]


def test_bounds_of_compiled_files() -> None:
    """A file of as many bytes is read, and as many links; one more is told, and the rest is read."""
    data = elf(["liba", "libb"])
    assert (["0", "1"], []) == _passed([data, data], len(data), 4)
    assert (["1"], ["wheel-compiled-large"]) == _passed([data + b"x", data], len(data), 4)
    assert (["0"], ["wheel-compiled-many"]) == _passed([data, data, data], len(data), 3)


def test_a_file_that_cannot_be_read_whole() -> None:
    """Nothing is said about it: a part of it proves nothing."""
    notes = Notes()
    compiled = CompiledFiles(notes)
    compiled.begin(elf())
    compiled.add(elf())
    compiled.end("x", whole=False)
    assert ([], ()) == (compiled.found, notes.findings())
