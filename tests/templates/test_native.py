"""What is asked of compiled templates is found to be missing when it is."""

from __future__ import annotations

import shutil
import subprocess

import pytest
from tests.templates import native
from tests.templates.native import NATIVE, Native, developing, tag, tag_faults

from trigpoint.projects.templates import Answers, render, templates

COMPILED = [name for name, each in templates().items() if "compiled" in each.layers]


def test_every_compiled_template_is_known() -> None:
    """None of them is built without a look at its wheel."""
    assert sorted(COMPILED) == sorted(NATIVE)


@pytest.mark.parametrize(
    ("found", "minor", "wanted"),
    [
        (Native(()), 13, "cp313-cp313"),
        (Native((), limited=11), 11, "cp311-abi3"),
        (Native((), limited=11), 13, "cp311-abi3"),
        (Native((), limited=12), 11, "cp311-cp311"),
        (Native((), limited=12), 12, "cp312-abi3"),
        (Native((), limited=11, by_builder=True), 13, "cp313-abi3"),
    ],
)
def test_tag(found: Native, minor: int, wanted: str) -> None:
    """The limited API gives one wheel from its Python on, and one a Python before."""
    assert wanted == tag(found, minor)


@pytest.mark.parametrize("name", ["cp313-cp313", "cp311-none", "py3-none", "cp312-abi3"])
def test_another_tag_is_a_fault(name: str) -> None:
    """A wheel for other Pythons than intended is found."""
    wheel = f"snow_cap-0.1.0-{name}-linux_x86_64.whl"
    assert [f"{wheel} is not for cp311-abi3"] == list(tag_faults(wheel, "cp311-abi3"))


def test_a_missing_compiler_is_said_in_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """What needs it is left out, and how to get it is said."""
    monkeypatch.setattr(shutil, "which", lambda name: None if name == "gfortran" else name)
    said = "left out, since a compiler is missing: apt install gfortran"
    wanted = {name: said if "fortran" in name else "" for name in NATIVE}
    assert wanted == {name: native.missing(name) for name in NATIVE}


@pytest.mark.parametrize(
    ("said", "version"),
    [
        ("cc (Debian 12.2.0-14+deb12u1) 12.2.0\nCopyright", "12.2.0"),
        ("GNU Fortran (GCC) 14.2.1 20250110", "14.2.1"),
        ("cargo 1.95.0 (f2d3ce0bd 2026-03-21)", "1.95.0"),
        ("a compiler of its own", "a compiler of its own"),
    ],
)
def test_compilers_tell_their_versions(
    monkeypatch: pytest.MonkeyPatch, said: str, version: str
) -> None:
    """The stamp of a template says which compilers built it."""
    done = subprocess.CompletedProcess([], 0, stdout=said)
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: done)
    assert {"gcc": version} == native.compilers("skbuild-c")


@pytest.mark.parametrize("name", COMPILED)
def test_readme_says_how_it_is_developed(name: str) -> None:
    """A session follows these commands: the last installs the project, editable."""
    readme = render(templates()[name], Answers())["README.md"].decode()
    assert ["-e", "."] == list(developing(readme))[-1][-2:]
    assert "## What you need to build it" in readme


@pytest.mark.parametrize("name", COMPILED)
def test_readme_installs_what_the_build_needs(name: str) -> None:
    """Without isolation everything that pyproject.toml requires is installed before."""
    files = render(templates()[name], Answers())
    commands = list(developing(files["README.md"].decode()))
    if "--no-build-isolation" in commands[-1]:
        requires = files["pyproject.toml"].decode().split("requires = [")[1].split("]")[0]
        assert set() == {each.strip(' "') for each in requires.split(",")} - set(commands[0])


def test_no_name_of_a_project_is_in_the_crate() -> None:
    """A lock file that a reader has made still fits after the project is called otherwise."""
    files = render(templates()["maturin-rust"], Answers(name="spam9"))
    kept = render(templates()["maturin-rust"], Answers())
    assert kept["Cargo.toml"] == files["Cargo.toml"]
