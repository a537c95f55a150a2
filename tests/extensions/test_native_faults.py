"""What ``nox -s native`` looks for in the wheel of a native project is found where it is planted."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from tests.native.building import Once, faults
from tests.native.conftest import pytest_xdist_make_scheduler
from tests.native.projects import PROJECTS, ROOT, together, wheel_tag
from tests.wheels.build import Wheel

NAME = "abi3"
TAG = wheel_tag(PROJECTS[NAME])
MODULES = {f"snow_cap/{each}.so": b"" for each in PROJECTS[NAME].modules}
FILES: dict[str, bytes | None] = {"snow_cap/__init__.py": b"", **MODULES}
WHOLE = Wheel(FILES, "snow_cap", tag=TAG, purelib="false")
"""In it nothing is wrong."""


def told(folder: Path, wheel: Wheel, name: str | None = None) -> list[str]:
    """Return what does not hold of *wheel*, whose file is called *name*."""
    path = folder / (name or wheel.name)
    path.write_bytes(wheel.data())
    return faults(NAME, path)


def test_a_wheel_without_a_fault(tmp_path: Path) -> None:
    """All modules are there, and file name, WHEEL and RECORD say what is in it."""
    assert [] == told(tmp_path, WHOLE)


@pytest.mark.parametrize("path", ["lib/libsnow.a", "snow.lib", "snow.h", "snow.o", "_core.pyx"])
def test_what_is_not_shipped(tmp_path: Path, path: str) -> None:
    """Neither a static library nor a source comes along."""
    found = told(tmp_path, replace(WHOLE, files={**FILES, f"snow_cap/{path}": b""}))
    assert [f"snow_cap/{path} is no file to ship"] == found


def test_modules_that_are_missing_or_too_many(tmp_path: Path) -> None:
    """Each module of the project is in the wheel, and no other."""
    wanted = sorted(PROJECTS[NAME].modules)
    files = {**FILES, f"snow_cap/{wanted[0]}.so": None, "snow_cap/_other.so": b""}
    has = sorted([*wanted[1:], "_other"])
    assert [f"it has {has} instead of {wanted}"] == told(tmp_path, replace(WHOLE, files=files))


def test_a_record_that_does_not_fit(tmp_path: Path) -> None:
    """A file whose hash is another one than RECORD's is told."""
    record = b"snow_cap/__init__.py,sha256=47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU,9\n"
    assert [
        each for each in told(tmp_path, replace(WHOLE, record=record)) if "RECORD is wrong" in each
    ]


def test_a_wheel_for_others(tmp_path: Path) -> None:
    """The tag that the project asks for is that of WHEEL and of the file name."""
    other = f"cp37-abi3-{TAG.rpartition('-')[2]}"
    wheel = replace(WHOLE, tag=other)
    said = f"WHEEL says ('{other}',) instead of {TAG}"
    assert [said, f"{wheel.name} is not for {TAG}"] == told(tmp_path, wheel)
    assert said in told(tmp_path, wheel, WHOLE.name)


def test_a_wheel_of_pure_python(tmp_path: Path) -> None:
    """What is compiled does not go where pure Python does."""
    assert "its files go to purelib" in told(tmp_path, replace(WHOLE, purelib="true"))


def test_a_build_that_failed_is_told_to_each_test() -> None:
    """Nothing is built twice; whoever asks for what failed sees the first cause."""
    asked: list[str] = []

    def make(name: str) -> str:
        asked.append(name)
        if name == "bad":
            raise AssertionError("the compiler says why")
        return name.upper()

    places: Once[str, str] = Once()
    for _ in range(2):
        assert "GOOD" == places("good", lambda: make("good"))
        with pytest.raises(AssertionError, match="the compiler says why"):
            places("bad", lambda: make("bad"))
    assert ["good", "bad"] == asked


@pytest.mark.parametrize(
    ("test", "group"),
    [
        ("tests/native/test_native.py::test_a[c-hatchling-wrapped]", "c"),
        ("tests/native/test_native.py::test_b[c-uv]", "c"),
        ("tests/native/test_native.py::test_a[c-in-rust-uv]", "cargo"),
        ("tests/native/test_native.py::test_a[foreign-uv]", "foreign"),
        ("tests/native/test_native.py::test_a[foreign-maturin-uv]", "cargo"),
        ("tests/native/test_native.py::test_a[foreign-scikit-build-uv]", "foreign-scikit-build"),
        ("tests/native/test_native.py::test_two_backends", "cargo"),
        ("tests/native/test_native.py::test_chosen[all-cp3{0}-cp3{0}-]", "cargo"),
        ("tests/wheels/test_external_data.py::test_a[c-uv]", None),
    ],
)
def test_what_runs_on_one_processor(test: str, group: str | None) -> None:
    """All of a project, so that it is built once, and all that cargo compiles for."""
    assert (group or test) == together(test)


@pytest.mark.parametrize(("dist", "asked"), [("loadscope", True), ("load", False)])
def test_who_says_what_runs_on_one_processor(
    dist: str, asked: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sessions of native projects ask for that, and their scheduler asks the function above."""
    made = SimpleNamespace(LoadScopeScheduling=lambda *_: SimpleNamespace(_split_scope=None))
    monkeypatch.setitem(sys.modules, "xdist.scheduler", made)
    config: Any = SimpleNamespace(getvalue={"dist": dist}.get)
    scheduler = pytest_xdist_make_scheduler(config, None)
    assert asked == (scheduler is not None)
    assert (together if asked else None) == getattr(scheduler, "_split_scope", None)
    assert 'spread = ("--numprocesses=2", "--dist=loadscope")' in (ROOT / "noxfile.py").read_text()
