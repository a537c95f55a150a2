"""What compilers, archivers and linkers are told, command by command."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.extensions.builders.requesting import LINUX, Tools, request

from trigpoint.extensions import BuildResult, ExtensionError, Output
from trigpoint.extensions.builders.compiling import Job, build_module, build_static


class Compiler(Tools):
    """Makes what stands behind -o, or what an archiver is told to make; fails for *broken*."""

    def __init__(self, broken: str = "") -> None:
        super().__init__(self.act)
        self.broken = broken

    def act(self, command: list[str]) -> str:
        if self.broken and self.broken in command:
            raise ExtensionError("extension-build-failed", "it does not compile")
        made = command[command.index("-o") + 1] if "-o" in command else command[-2]
        Path(made).write_text("x", "utf-8")
        return ""

    @property
    def sources(self) -> list[str]:
        """What was compiled."""
        return sorted(each[each.index("-c") + 1] for each in self.commands if "-c" in each)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "snow"
    folder.mkdir()
    for name in ("a.c", "b.c", "c.cpp"):
        (folder / name).write_text("", "utf-8")
    return folder


def test_one_source_in_c(root: Path) -> None:
    """The compiler gets what the interpreter, the table and the variables say, in this order."""
    tools = Compiler()
    target = replace(LINUX, cc=("gcc", "-pthread"), cflags=("-O3", "-Wstrict-prototypes"))
    env = {"CPPFLAGS": "-DP", "CFLAGS": "-O0 -g", "CXXFLAGS": "-DX", "LDFLAGS": "-Wl,-s"}
    job = Job(("a.c",), ("inc",), ("A=1",), ("-Wall",), ("-lz",))
    asked = request(root, tools, replace(target, link_flags=("-lm",)), env)
    made = build_module(asked, job, "core.so")
    compiled, linked = tools.commands
    obj = compiled[-1]
    assert [
        *("gcc", "-pthread", "-O3", "-Wstrict-prototypes", "-fPIC"),
        "-Werror=implicit-function-declaration",
        *(f"-ffile-prefix-map={asked.build_dir}=build", f"-ffile-prefix-map={root}=."),
        *("-DA=1", "-Iinc", "-I/include", "-Wall", "-DP", "-O0", "-g"),
        *("-MMD", "-MF", f"{obj[:-2]}.d", "-c", "a.c", "-o", obj),
    ] == compiled
    assert [
        *("gcc", "-pthread", "-shared", obj, "-lz", "-lm", "-Wl,-s", "-o", str(made)),
    ] == linked
    assert asked.build_dir / "linked" / "core.so" == made


def test_code_for_any_place_is_asked_for_once(root: Path) -> None:
    """Where the interpreter's own flags have it, and on Windows, nothing is added."""
    for target, number in (
        (replace(LINUX, cflags=("-fPIC",)), 1),
        (replace(LINUX, platform="macosx_11_0_arm64"), 1),
        (replace(LINUX, platform="win_amd64"), 0),
    ):
        tools = Compiler()
        asked = request(root, tools, target)
        build_module(
            replace(asked, build_dir=asked.build_dir / target.platform), Job(("a.c",)), "c"
        )
        assert number == tools.commands[0].count("-fPIC")


@pytest.mark.parametrize(
    ("sources", "cplusplus", "env", "linker"),
    [
        (("a.c", "b.c"), False, {}, "cc"),
        (("a.c", "c.cpp"), False, {}, "c++"),
        (("a.c",), True, {}, "c++"),
        (("c.cpp",), False, {"CXX": "clang++ -v", "CC": "clang"}, "clang++"),
        (("a.c",), False, {"CXX": "clang++", "CC": "clang"}, "clang"),
    ],
)
def test_which_linker(
    root: Path, sources: tuple[str, ...], cplusplus: bool, env: dict[str, str], linker: str
) -> None:
    """That of C++ as soon as one source is in C++, or the table asks for it."""
    tools = Compiler()
    target = replace(LINUX, cflags=("-Wstrict-prototypes", "-std=c99", "-O2"))
    build_module(request(root, tools, target, env), Job(sources, cplusplus=cplusplus), "c")
    assert list(sources) == tools.sources
    assert linker == tools.commands[-1][0]
    for command in tools.commands[:-1]:
        plus = command[command.index("-c") + 1] == "c.cpp"
        assert plus is ("-std=c99" not in command)
        assert ("c++" if plus else "c") == ("c++" if "++" in command[0] else "c")


@pytest.mark.parametrize("jobs", [1, 2, 8])
def test_objects_in_the_order_of_their_sources(root: Path, jobs: int) -> None:
    """However many are made at once; and a dependency brings its library and its headers."""
    tools = Compiler()
    lib = root.parent / "lib"
    (lib / "include").mkdir(parents=True)
    result = BuildResult((Output("libx.a"), Output("x.h")), LINUX.tag)
    result = replace(result, directory=lib)
    asked = replace(request(root, tools, dependencies={"x": result}), jobs=jobs)
    build_module(asked, Job(("b.c", "a.c", "c.cpp")), "c")
    assert ["a.c", "b.c", "c.cpp"] == tools.sources
    linked = tools.commands[-1]
    objects = [each for each in linked if each.endswith(".o")]
    assert ["b-", "a-", "c-"] == [Path(each).name[:2] for each in objects]
    assert str(lib / "libx.a") == linked[linked.index(objects[-1]) + 1]
    assert all(f"-I{lib / 'include'}" in each for each in tools.commands[:-1])


@pytest.mark.parametrize(
    ("platform", "env", "expected"),
    [
        ("linux_x86_64", {}, ["ar", "rcsD"]),
        ("macosx_11_0_arm64", {}, ["ar", "rcs"]),
        ("linux_x86_64", {"AR": "llvm-ar -v"}, ["llvm-ar", "-v", "rcsD"]),
    ],
)
def test_archives(root: Path, platform: str, env: dict[str, str], expected: list[str]) -> None:
    """Without times and users, by the archiver that is named."""
    tools = Compiler()
    asked = request(root, tools, replace(LINUX, platform=platform), env)
    made = build_static(asked, Job(("a.c", "b.c")), "snow")
    assert asked.build_dir / "libsnow.a" == made
    command = tools.commands[-1]
    assert [*expected, str(made)] == command[:-2]
    assert ["a-", "b-"] == [Path(each).name[:2] for each in command[-2:]]


def test_what_did_not_change_is_not_made_again(root: Path) -> None:
    """Neither objects nor what is made of them; another flag is a change."""
    tools = Compiler()
    asked = request(root, tools)
    build_module(asked, Job(("a.c", "b.c")), "c")
    assert 3 == len(tools.commands)
    build_module(asked, Job(("a.c", "b.c")), "c")
    assert 3 == len(tools.commands)
    (root / "a.c").write_text("int a;", "utf-8")
    build_module(asked, Job(("a.c", "b.c")), "c")
    assert 5 == len(tools.commands)
    build_module(asked, Job(("a.c", "b.c"), arguments=("-O1",)), "c")
    assert 8 == len(tools.commands)


def test_a_failure_is_told_and_nothing_is_linked(root: Path) -> None:
    """Also where several are made at once."""
    tools = Compiler(broken="b.c")
    with pytest.raises(ExtensionError, match="it does not compile"):
        build_module(request(root, tools), Job(("a.c", "b.c", "c.cpp")), "c")
    assert not [each for each in tools.commands if "-shared" in each]
