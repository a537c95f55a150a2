"""The builder ``fortran``: what it runs, and when it runs nothing."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.extensions.builders.requesting import LINUX, Tools, codes, request

from trigpoint.extensions import ExtensionError, Output
from trigpoint.extensions.builders.fortran import FortranBuilder

MODULE = "pkg/_core.cpython-313-x86_64-linux-gnu.so"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "snow"
    folder.mkdir()
    for name in ("a.f90", "b.F", "a.pyf", "a.c"):
        (folder / name).write_text(name, "utf-8")
    (tmp_path / "f2py").mkdir()
    (tmp_path / "f2py" / "fortranobject.c").write_text("/* f2py */", "utf-8")
    return folder


class Compilers(Tools):
    """NumPy, a Fortran and a C compiler, of which the last command writes the module."""

    def __init__(self, root: Path, version: str = "2.5", wrappers: bool = True) -> None:
        super().__init__(self.act)
        self.root, self.version, self.wrappers = root, version, wrappers

    def act(self, command: list[str]) -> str:
        if command[1] == "-c":
            return json.dumps(["/numpy", str(self.root.parent / "f2py"), self.version])
        if "numpy.f2py" in command and self.wrappers:
            Path(command[-1], "_core-f2pywrappers2.f90").write_text("", "utf-8")
        if "-shared" in command or "-bundle" in command:
            Path(command[-1]).write_text("module", "utf-8")
        return ""


def builder(root: Path, **config: Any) -> FortranBuilder:
    return FortranBuilder(root, {"module": "pkg._core", "sources": ["a.f90"], **config})


def test_f2py_writes_and_the_compilers_follow(root: Path) -> None:
    tools = Compilers(root)
    asked = request(
        root, tools, env={"FFLAGS": "-O3", "CFLAGS": "-g", "LDFLAGS": "-Wl,-s", "FC": "f95 -m64"}
    )
    made = builder(root, sources=["a.f90", "b.F"], flags=["-Wall"], libraries=["blas"])
    result = made.build(asked)
    library = asked.build_dir / "module" / Path(MODULE).name
    fortran = ["f95", "-m64", "-O2", "-fPIC", "-O3", "-Wall", "-J", ".", "-c"]
    headers = ["-I/include", "-I/numpy", f"-I{root.parent / 'f2py'}"]
    assert tools.commands[1:] == [
        [
            *("/python", "-m", "numpy.f2py", "-m", "_core", "--lower", "a.f90", "b.F"),
            *("--build-dir", str(asked.build_dir / "f2py")),
        ],
        [*fortran, str(root / "a.f90"), "-o", "0.o"],
        [*fortran, str(root / "b.F"), "-o", "1.o"],
        [*fortran, "_core-f2pywrappers2.f90", "-o", "2.o"],
        ["cc", "-g", *headers, "-c", "_coremodule.c", "-o", "_coremodule.c.o"],
        ["cc", "-g", *headers, "-c", "fortranobject.c", "-o", "fortranobject.c.o"],
        [
            *("f95", "-m64", "-shared", "0.o", "1.o", "2.o", "_coremodule.c.o"),
            *("fortranobject.c.o", "-Wl,-s", "-lblas", "-o", str(library)),
        ],
    ]
    assert result.outputs == tuple(made.get_expected_outputs(LINUX)) == (Output(MODULE),)
    assert result.tag == made.get_tag(LINUX) == LINUX.tag
    assert (asked.out_dir / MODULE).read_text("utf-8") == "module"


def test_nothing_is_run_twice(root: Path) -> None:
    """Only NumPy is asked which one it is; a source, a flag or another NumPy starts it again."""
    tools = Compilers(root)
    for _ in range(2):
        builder(root).build(request(root, tools))
    assert [each[1] for each in tools.commands].count("-c") == 2
    assert len(tools.commands) == 8
    (root / "a.f90").write_text("more", "utf-8")
    builder(root).build(request(root, tools))
    builder(root, flags=["-O3"]).build(request(root, tools))
    newer = Compilers(root, version="2.6")
    builder(root, flags=["-O3"]).build(request(root, newer))
    assert [len(tools.commands), len(newer.commands)] == [8 + 7 + 7, 7]


def test_a_signature_file_names_the_module(root: Path) -> None:
    tools = Compilers(root, wrappers=False)
    builder(root, sources=["a.pyf", "a.f90"]).build(request(root, tools))
    assert "-m _core" not in " ".join(tools.commands[1])
    assert [each[-3] for each in tools.commands if each[0] == "gfortran"] == [
        str(root / "a.f90"),
        "fortranobject.c.o",
    ]


def test_macos_links_a_bundle(root: Path) -> None:
    tools = Compilers(root)
    builder(root).build(request(root, tools, replace(LINUX, platform="macosx_11_0_arm64")))
    assert tools.commands[-1][:4] == ["gfortran", "-bundle", "-undefined", "dynamic_lookup"]


def test_a_python_that_does_not_run_here_is_refused(root: Path) -> None:
    with pytest.raises(ExtensionError) as raised:
        builder(root).build(request(root, Compilers(root), replace(LINUX, python="")))
    assert codes(raised.value) == [("extension-bad-target", "")]


def test_it_says_what_it_needs(root: Path) -> None:
    assert builder(root).get_requires(LINUX) == ("numpy>=2",)
    assert builder(root).get_sdist_files() == ("a.f90",)


@pytest.mark.parametrize(
    ("config", "found"),
    [
        ({"sources": ["a.c"]}, [("extension-bad-value", "sources")]),
        ({"sources": []}, [("extension-missing-key", "sources")]),
        ({"sources": ["c.f90"]}, [("extension-source-missing", "sources")]),
        ({"limited-api": "3.9"}, [("extension-unknown-key", "limited-api")]),
    ],
)
def test_a_bad_table_is_refused(
    root: Path, config: dict[str, Any], found: list[tuple[str, str]]
) -> None:
    with pytest.raises(ExtensionError) as raised:
        builder(root, **config)
    assert codes(raised.value) == found
