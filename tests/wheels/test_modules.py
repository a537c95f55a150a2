"""Compiled modules against the Pythons that the name of the wheel promises."""

from __future__ import annotations

import pytest

from trigpoint.wheels import inspect

from .binaries import elf, macho, pe
from .build import Wheel

ONE = "spam/_core.cpython-313-x86_64-linux-gnu.so"


def told(tag: str, *paths: str) -> list[str]:
    """Return what is said about the modules *paths* in a wheel with *tag*."""
    wheel = Wheel(dict.fromkeys(paths, b""), tag=tag, purelib="false")
    return [
        each.message for each in wheel.inspected().findings if each.code == "wheel-module-python"
    ]


@pytest.mark.parametrize(
    ("tag", "path", "expected"),
    [
        ("cp312-abi3-linux_x86_64", ONE, "CPython 3.13 only, and the wheel is for later versions"),
        ("cp315-abi3.abi3t-any", ONE, "CPython 3.13 only, and the wheel is for later versions"),
        ("cp315-abi3t-any", ONE, "CPython 3.13 only, and the wheel is for later versions"),
        ("py3-none-any", ONE, "CPython 3.13 only, and the wheel is for other versions"),
        ("cp312-cp312-linux_x86_64", ONE, "CPython 3.13 only, and the wheel is for CPython 3.12"),
        ("cp312-none-linux_x86_64", ONE, "CPython 3.13 only, and the wheel is for CPython 3.12"),
        ("cp313-cp313t-linux_x86_64", ONE, "CPython 3.13 only, and the wheel is for CPython 3.13t"),
        (
            "cp313-cp313-win_amd64", "_core.cp38-win_amd64.pyd",
            "CPython 3.8 only, and the wheel is for CPython 3.13",
        ),
        ("cp314-cp314-any", "a/_core.cpython-313t-darwin.so", "CPython 3.13t only"),
    ],
)  # fmt: skip
def test_a_module_for_another_python(tag: str, path: str, expected: str) -> None:
    """It is named with the version that imports it and one that does not."""
    (message,) = told(tag, path)
    assert message.startswith(f"'{path}' is imported by ")
    assert expected in message


@pytest.mark.parametrize(
    ("tag", "path"),
    [
        ("cp313-cp313-linux_x86_64", ONE),
        ("cp313-none-linux_x86_64", ONE),
        ("cp313-cp313t-linux_x86_64", "_core.cpython-313t-x86_64-linux-gnu.so"),
        ("cp313-cp313-win_amd64", "_core.cp313-win_amd64.pyd"),
        ("cp312-abi3-linux_x86_64", "spam/_core.abi3.so"),
        ("cp315-abi3.abi3t-linux_x86_64", "spam/_core.abi3t.so"),
        ("cp312-abi3-linux_x86_64", "spam/_core.so"),
        ("py3-none-linux_x86_64", "spam/libdepth.so"),
        ("cp37-cp37m-linux_x86_64", "_core.cpython-37m-x86_64-linux-gnu.so"),
        ("pp311-pypy311_pp73-linux_x86_64", "_core.pypy311-pp73-x86_64-linux-gnu.so"),
        ("pp311-pypy311_pp73-linux_x86_64", ONE),
        ("cp312-abi3-linux_x86_64", f"{ONE}.txt"),
    ],
)
def test_a_module_that_fits_or_says_nothing(tag: str, path: str) -> None:
    """Nothing is said of the right version, the stable ABI, no suffix, or another interpreter."""
    assert [] == told(tag, path)


def test_a_module_for_several_pythons() -> None:
    """Together they serve what the name says, and a wheel that names no version is left alone."""
    two = (ONE, "spam/_core.cpython-312-x86_64-linux-gnu.so")
    assert [] == told("py3-none-linux_x86_64", *two)
    assert [] == told("cp312.cp313-cp312.cp313-linux_x86_64", *two)
    (message,) = told("cp311-cp311-linux_x86_64", *two)
    assert "by CPython 3.12, 3.13 only, and the wheel is for CPython 3.11" in message


def test_a_module_that_is_there_for_all_too() -> None:
    """The one of the stable ABI serves those for which no other is there."""
    assert [] == told("cp312-abi3-linux_x86_64", ONE, "spam/_core.abi3.so")
    assert 1 == len(told("cp312-abi3-linux_x86_64", ONE, "spam/_other.abi3.so"))


def test_two_modules_are_told_apart() -> None:
    """Each of them is named, also where only their folders differ."""
    assert 2 == len(told("py3-none-any", ONE, f"more/{ONE}"))


def test_a_wheel_without_a_name() -> None:
    """Nobody says for which Python it is, so nothing is said of its modules."""
    found = inspect(Wheel({ONE: b""}, tag="cp312-abi3-linux_x86_64").data())
    assert "wheel-module-python" not in [each.code for each in found.findings]


def anywhere(tag: str, **files: bytes) -> list[str]:
    """Return what is said about the libraries *files* in a wheel with *tag*, ``_`` for a dot."""
    wheel = Wheel({name.replace("_", "."): data for name, data in files.items()}, tag=tag)
    return [each.message for each in wheel.inspected().findings if each.code == "wheel-library-any"]


@pytest.mark.parametrize(
    ("name", "data", "system"),
    [
        ("means_so", elf(), "Linux and its like on x86_64"),
        ("means_so_1_2", elf(machine=183), "Linux and its like on aarch64"),
        ("means_dylib", macho(), "macOS on arm64"),
        ("means_dll", pe(), "Windows on x86_64"),
        ("means_pyd", pe(), "Windows on x86_64"),
        ("means_so", elf(machine=0x1234), "Linux and its like on machine 0x1234"),
    ],
)
def test_a_library_for_one_system_alone(name: str, data: bytes, system: str) -> None:
    """In a wheel for any platform it is told with its system and its machine."""
    path = name.replace("_", ".")
    assert [f"'{path}' is a library for {system}, and the wheel is for any platform"] == anywhere(
        "py3-none-any", **{name: data}
    )
    assert [] == anywhere("py3-none-linux_x86_64", **{name: data})
    assert [] == anywhere("py3-none-any.linux_x86_64", **{name: data})


def test_libraries_for_several_systems_and_what_is_none() -> None:
    """A package may choose among them, and a launcher, an object or a text is data."""
    assert [] == anywhere("py3-none-any", a_so=elf(), a_dylib=macho(), a_dll=pe())
    assert [] == anywhere("py3-none-any", gui_exe=pe(), part_o=elf(), a_so_txt=elf(), b_so=b"text")
    assert [] == anywhere("py3-none-any", a_so=elf()[:20])
    assert 1 == len(anywhere("py3-none-any", a_so=elf(), b_so=elf(machine=183), gui_exe=pe()))
