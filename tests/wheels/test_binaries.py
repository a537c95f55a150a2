"""What compiled files say of themselves, and that none of them can do harm."""

from __future__ import annotations

import importlib.util
import shutil
import struct
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trigpoint.wheels import Binary, read_binary
from trigpoint.wheels.binaries import (
    MOST_COMMANDS,
    MOST_DYNAMIC,
    MOST_NAME,
    MOST_NEEDED,
    MOST_PARTS,
    MOST_SLICES,
)

from .binaries import elf, fat, macho, pe

LIBRARIES = ["libfoo.so.1", "libc.so.6"]


@pytest.mark.parametrize("wide", [True, False])
@pytest.mark.parametrize("order", ["<", ">"])
def test_elf(order: str, wide: bool) -> None:
    """Both widths and byte orders are read; a search path is split at its colons."""
    data = elf(LIBRARIES, "libspam.so.2", "$ORIGIN/../spam.libs:/opt/lib", wide=wide, order=order)
    search = ("$ORIGIN/../spam.libs", "/opt/lib")
    expected = Binary("a", "elf", ("x86_64",), "libspam.so.2", tuple(LIBRARIES), search)
    assert expected == read_binary(data, "a")


def test_elf_with_the_older_search_path() -> None:
    """RPATH counts as RUNPATH does, and what is twice is there once."""
    found = read_binary(elf(["a", "a"], rpath="/x::/x", runpath="/y"))
    assert found
    assert (("a",), ("/x", "/y")) == (found.needed, found.search)


def test_elf_without_names() -> None:
    """A file that links nothing has nothing, such as one that is linked statically."""
    found = read_binary(elf())
    assert Binary("", "elf", ("x86_64",)) == found


@pytest.mark.parametrize(
    ("machine", "order", "name"),
    [
        (183, "<", "aarch64"),
        (21, "<", "ppc64le"),
        (21, ">", "ppc64"),
        (0x1234, "<", "machine 0x1234"),
    ],
)
def test_machines_of_elf(machine: int, order: str, name: str) -> None:
    """Machines have the names of the system, by byte order; one that is not known has a number."""
    found = read_binary(elf(machine=machine, order=order))
    assert found
    assert (name,) == found.machines


def _real() -> list[Path]:
    """Return compiled files of this machine: of the interpreter, and of the system."""
    folders = [Path(sys.base_prefix, "lib"), Path("/usr/lib/x86_64-linux-gnu"), Path("/usr/bin")]
    math = importlib.util.find_spec("math")
    if math and math.origin and math.origin != "built-in":
        folders.append(Path(math.origin).parent)
    found = [Path(sys.executable).resolve()]
    for folder in folders:
        if folder.is_dir():
            found += sorted(each for each in folder.iterdir() if each.is_file())[:150]
    return found


@pytest.mark.skipif(not shutil.which("readelf"), reason="needs readelf of binutils")
def test_elf_is_read_as_readelf_reads_it() -> None:
    """On compiled files of this machine both find the same names, in the same order."""
    compared = 0
    for path in _real():
        with path.open("rb") as file:
            if file.read(4) != b"\x7fELF":
                continue
        if path.stat().st_size > 8_000_000:
            continue
        told = subprocess.run(
            [shutil.which("readelf") or "", "-dW", str(path)],
            capture_output=True, text=True, check=True, env={"LC_ALL": "C"},
        ).stdout  # fmt: skip
        rows = [line for line in told.splitlines() if ": [" in line]
        values: dict[str, list[str]] = {}
        for row in rows:
            kind = row.split("(")[1].split(")")[0]
            values.setdefault(kind, []).append(row.split(": [")[1].rstrip("]"))
        search = [
            each
            for kind in ("RPATH", "RUNPATH")
            for text in values.get(kind, [])
            for each in text.split(":")
        ]
        found = read_binary(path.read_bytes(), path.name)
        assert found, path
        assert (values.get("NEEDED", []), [*values.get("SONAME", []), ""][0], search, "") == (
            list(found.needed), found.own, list(found.search), found.broken,
        ), path  # fmt: skip
        compared += 1
    assert compared


@pytest.mark.parametrize("wide", [True, False])
@pytest.mark.parametrize("order", ["<", ">"])
def test_macho(order: str, wide: bool) -> None:
    """Both widths and byte orders are read, and so is each way of linking."""
    needed = [f"@rpath/lib{number}.dylib" for number in range(5)]
    kinds = [0xC, 0x80000018, 0x8000001F, 0x20, 0x80000023]
    data = macho(
        needed, "@rpath/own.dylib", ["@loader_path/a:b"], order=order, wide=wide, kinds=kinds
    )
    expected = Binary(
        "a", "macho", ("arm64",), "@rpath/own.dylib", tuple(needed), ("@loader_path/a:b",)
    )
    assert expected == read_binary(data, "a")


@pytest.mark.parametrize("wide", [True, False])
def test_macho_for_two_machines(wide: bool) -> None:
    """A file for two machines links what either part links."""
    found = read_binary(fat(macho(["a"]), macho(["b", "a"], machine=0x01000007), wide=wide))
    assert Binary("", "macho", ("arm64", "x86_64"), "", ("a", "b")) == found


def test_macho_name_without_an_end() -> None:
    """A name that fills its command needs no zero."""
    found = read_binary(macho(["/usr/lib/a"], padded=False))
    assert found
    assert (("/usr/lib/a",), "") == (found.needed, found.broken)


@pytest.mark.parametrize("wide", [True, False])
def test_pe(wide: bool) -> None:
    """Imports and late imports are read, and the name that the exports have."""
    data = pe(["KERNEL32.dll", "b.dll"], ["late.dll"], "own.dll", wide=wide)
    needed = ("KERNEL32.dll", "b.dll", "late.dll")
    assert Binary("a", "pe", ("x86_64",), "own.dll", needed) == read_binary(data, "a")


def test_pe_with_few_directories() -> None:
    """A directory that the header does not have is none."""
    found = read_binary(pe(["a.dll"], ["late.dll"], directories=2))
    assert found
    assert (("a.dll",), "") == (found.needed, found.broken)


def test_pe_with_as_many_directories_as_the_late_one_has_before_it() -> None:
    """What is behind the last directory is not read as one."""
    found = read_binary(pe(["a.dll"], ["late.dll"], directories=13))
    assert found
    assert (("a.dll",), "") == (found.needed, found.broken)


def test_pe_with_several_late_imports() -> None:
    """Each has its own length in the list."""
    found = read_binary(pe([], ["a.dll", "b.dll", "c.dll"]))
    assert found
    assert (("a.dll", "b.dll", "c.dll"), "") == (found.needed, found.broken)


def test_elf_whose_names_begin_the_part_that_is_loaded() -> None:
    """An address counts from where the part is loaded, and that from where it is in the file."""
    data = elf(["liba.so"], "own.so")
    names = 64 + 2 * 56
    # Its place in the file, its address and its length.
    for at, value in ((72, names), (80, 0x1000 + names), (96, len(data) - names)):
        data = _changed(data, at, "<Q", value)
    found = read_binary(data)
    assert found
    assert (("liba.so",), "own.so", "") == (found.needed, found.own, found.broken)


def test_macho_with_a_command_without_a_body() -> None:
    """Its kind and its size are eight bytes."""
    data = macho(["/usr/lib/a"])
    found = read_binary(_changed(data, data.index(struct.pack("<II", 0x1B, 24)) + 4, "<I", 8))
    assert found
    assert (("/usr/lib/a",), "") == (found.needed, found.broken)


@pytest.mark.parametrize(
    "data",
    [b"", b"MZ", b"MZ" + bytes(100), b"\xca\xfe\xba\xbe\0\0\0\x34", b"#!/bin/sh\n", b"\x7fEL"],
)
def test_what_is_not_compiled(data: bytes) -> None:
    """It is nothing: not even a class of Java, which begins as a file for macOS does."""
    assert read_binary(data) is None


def _changed(data: bytes, at: int, form: str, *values: int) -> bytes:
    held = bytearray(data)
    struct.pack_into(form, held, at, *values)
    return bytes(held)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\x7fELF" + bytes(100), "class or byte order"),
        (elf(LIBRARIES)[:60], "ends before a table"),
        (_changed(elf(LIBRARIES), 32, "<Q", 2**64 - 1), "ends before a table"),
        (_changed(elf(LIBRARIES), 56, "<H", MOST_PARTS + 1), "program headers"),
        (_changed(elf(LIBRARIES), 64 + 32, "<Q", 1), "in no part of the file"),
        (_changed(elf(LIBRARIES), 64 + 56 + 32, "<Q", 16 * MOST_DYNAMIC + 1), "dynamic section"),
        (_changed(elf(LIBRARIES), 64 + 56 + 32, "<Q", 32), "no table of names"),
        (elf(["x" * (MOST_NAME + 1)]), "has no end"),
        (elf([f"l{number}" for number in range(MOST_NEEDED + 1)]), "more than 1,024 libraries"),
        (macho(["a"])[:40], "ends before a table"),
        (macho([str(number) for number in range(MOST_COMMANDS)]), "load commands"),
        (_changed(macho(["a"]), 36, "<I", 7), "size that cannot be right"),
        (_changed(macho(["a"]), 36, "<I", 4096), "size that cannot be right"),
        (_changed(macho(["a"]), 40, "<I", 11), "lies in its head"),
        (_changed(macho(["a"]), 40, "<I", 4096), "outside of the file"),
        (fat(b"none at all")[:20], "ends before a table"),
        (fat(b"none at all"), "is not Mach-O"),
        (fat(*[macho()] * (MOST_SLICES + 1)), "more than 16 machines"),
        (_changed(pe(["a"]), 0x86, "<H", MOST_PARTS + 1), "sections"),
        (_changed(pe(["a"]), 0x98, "<H", 1), "optional header"),
        (_changed(pe(["a"]), 0x98 + 112 + 8, "<I", 1), "in no section"),
        (pe(["a"])[:0x180], "ends before a table"),
        (pe([f"l{number}" for number in range(MOST_NEEDED)] + ["a"] * 2), "more than 1,024 libraries"),
        # A list that never ends is one of many libraries, though all have one name.
        (pe(["a"] * (MOST_NEEDED + 1)), "more than 1,024 libraries"),
    ],
)  # fmt: skip
def test_broken(data: bytes, words: str) -> None:
    """What leads out of the file or over a bound is told, and nothing is raised."""
    found = read_binary(data)
    assert found
    assert words in found.broken


def test_at_the_bounds() -> None:
    """As much as a bound allows is read."""
    for data in (
        elf([f"l{number}" for number in range(MOST_NEEDED)]),
        elf(["x" * MOST_NAME]),
        macho(["a"] * (MOST_COMMANDS - 1)),
        fat(*[macho()] * MOST_SLICES),
        pe([f"l{number}" for number in range(MOST_NEEDED)]),
        pe(["a"] * MOST_NEEDED),
        macho(["x" * MOST_NAME], padded=False),
    ):
        found = read_binary(data)
        assert found
        assert "" == found.broken
    many = _changed(elf(["a"]), 64 + 56 + 32, "<Q", 16 * MOST_DYNAMIC)
    found = read_binary(many)
    assert found
    assert (("a",), "") == (found.needed, found.broken)
    parts = read_binary(_changed(elf(["a"]), 56, "<H", MOST_PARTS))
    assert parts
    assert "program headers" not in parts.broken


def test_what_was_found_before_is_kept() -> None:
    """A file that breaks off in its list still links what stood before."""
    data = macho(["a", "b"])
    found = read_binary(_changed(data, 32 + 32 + 4, "<I", 7))
    assert found
    assert (("arm64",), ("a",)) == (found.machines, found.needed)
    assert found.broken


SOUND = [elf(LIBRARIES, "own", "$ORIGIN"), macho(["a"], "b", ["c"]), pe(["a"], ["b"], "c")]
SOUND.append(fat(*SOUND[1:2] * 2))


@given(
    st.sampled_from(SOUND),
    st.lists(st.tuples(st.integers(0, 1023), st.integers(0, 255)), max_size=8),
    st.integers(0, 1024),
)
def test_any_damage(data: bytes, changes: list[tuple[int, int]], length: int) -> None:
    """No damage raises, and no name is longer than the bound."""
    held = bytearray(data)
    for at, byte in changes:
        held[at % len(held)] = byte
    found = read_binary(bytes(held[: length or None]))
    for name in (*found.needed, found.own, *found.search) if found else ():
        assert len(name) <= 4 * MOST_NAME
