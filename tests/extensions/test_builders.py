"""The builders for C, Cython and CMake, with tools that only count."""

from __future__ import annotations

import contextlib
import stat
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

import pytest

from trigpoint.extensions import BuildRequest, ExtensionError, Target
from trigpoint.extensions.builders.c import CBuilder
from trigpoint.extensions.builders.cmake import CMAKE, NINJA, CMakeBuilder
from trigpoint.extensions.builders.cython import CythonBuilder
from trigpoint.extensions.plan import make_plan
from trigpoint.extensions.registry import announced
from trigpoint.extensions.runner import Built, build
from trigpoint.extensions.session import Session

from .compilers import calls, project, stand_in

pytestmark = [
    pytest.mark.skipif(sys.platform in ("win32", "emscripten"), reason="tools are shell scripts"),
]

HEAD = "[[tool.trigpoint.extensions]]\n"
SUFFIX = ".cpython-313-x86_64-linux-gnu.so"
TARGET = Target(
    "cpython", (3, 13), "linux_x86_64", SUFFIX, ".abi3.so",
    include_dirs=("/python",), cflags=("-Wstrict-prototypes", "-O3"), python="/bin/python",
)  # fmt: skip

# Writes what Cython would: the file behind -o with a comment that names folders, and the list of
# what it read.
CYTHON = """\
import os, sys
with open(os.environ["CYTHON_LOG"], "a") as log:
    print(*sys.argv[1:], file=log)
out = sys.argv[sys.argv.index("-o") + 1]
source = next(each for each in sys.argv if each.endswith(".pyx"))
with open(out, "w") as file:
    file.write('/* BEGIN: Cython Metadata\\n{"x": "y"}\\nEND: Cython Metadata */\\n')
    file.write('#include "core.h"\\nchar *where = "%s";\\n' % os.getcwd())
with open(out + ".dep", "w") as file:
    file.write("%s: \\\\\\n  %s \\\\\\n  core.pxd\\n" % (out, source))
"""

CMAKE_SCRIPT = """\
#!/bin/sh
echo "$*" >> "{log}"
case "$1" in
  -S) mkdir -p "$4"; : > "$4/CMakeCache.txt" ;;
  --install) mkdir -p "$4/pkg" "$4/lib"; printf 'PyInit__core\\0' > "$4/pkg/_core{suffix}"
     : > "$4/pkg/data.txt"; : > "$4/lib/libx.a" ;;
esac
"""


def run(root: Path, env: Mapping[str, str]) -> Built:
    """Build the project in *root*."""
    document = tomllib.loads((root / "pyproject.toml").read_text())
    plan = make_plan(document, root, TARGET, env=env, registry=announced([]))
    return build(plan, root, root / "build", env=env, jobs=2, say=lambda _: None)


@pytest.fixture
def tools(tmp_path: Path) -> Path:
    return tmp_path / "tools"


CYTHON_TABLE = (
    HEAD + 'name = "core"\nbuilder = "cython"\nmodule = "pkg._core"\nsource = "core.pyx"\n'
    'limited-api = "3.9"\ndirectives = {boundscheck = false}\n'
)


@pytest.fixture
def cython(tmp_path: Path, tools: Path) -> dict[str, str]:
    """Return variables with which Python's ``-m cython`` is the stand-in."""
    env = stand_in(tools)
    (tools / "cython.py").write_text(CYTHON)
    return {**env, "PYTHONPATH": str(tools), "CYTHON_LOG": str(tools / "cython.log")}


def test_cython_translates_and_compiles(
    tmp_path: Path, tools: Path, cython: dict[str, str]
) -> None:
    """The generated file has no folder of the machine in it, and is compiled as C."""
    root = tmp_path / "p"
    project(root, CYTHON_TABLE, ["core.pyx", "core.pxd"])
    built = run(root, cython)
    assert ["pkg/_core.abi3.so"] == [each.path for each in built.results["core"].outputs]
    said = (tools / "cython.log").read_text()
    assert said.startswith("-3 --module-name pkg._core -X boundscheck=False --depfile core.pyx -o ")
    text = (root / "build/build/core/generated/_core.c").read_text()
    assert '#include "core.h"\nchar *where = ".";\n' == text.lstrip()
    lines = calls(tools)
    assert "-DPy_LIMITED_API=0x03090000" in lines[0]
    assert lines[0].index("-I.") < lines[0].index("-I/python")


@pytest.mark.parametrize(
    ("changed", "translated"), [("", 0), ("core.pyx", 1), ("core.pxd", 1), ("x.pxd", 0)]
)
def test_cython_translates_what_changed(
    tmp_path: Path, tools: Path, cython: dict[str, str], changed: str, translated: int
) -> None:
    """The source and what it takes are looked at, and nothing else."""
    root = tmp_path / "p"
    project(root, CYTHON_TABLE, ["core.pyx", "core.pxd"])
    run(root, cython)
    (tools / "cython.log").write_text("")
    calls(tools)
    if changed:
        (root / changed).write_text("# more")
    run(root, cython)
    assert translated == len((tools / "cython.log").read_text().splitlines())
    # A file that comes out the same is compiled again only because it is newer.
    assert translated == sum(" -c " in line for line in calls(tools))


def test_cython_for_cplusplus(tmp_path: Path, tools: Path, cython: dict[str, str]) -> None:
    """The other language is translated to, compiled and linked."""
    root = tmp_path / "p"
    table = CYTHON_TABLE.replace('limited-api = "3.9"\n', 'language = "c++"\nlibraries = ["m"]\n')
    project(root, table, ["core.pyx", "core.pxd"])
    run(root, cython)
    assert "--cplus" in (tools / "cython.log").read_text()
    compiled, linked = calls(tools)
    assert "generated/_core.cpp" in compiled
    assert "-Wstrict-prototypes" not in compiled
    assert "-lm" in linked


def test_cython_needs_itself_and_files(tmp_path: Path) -> None:
    """Cython is asked for; an sdist has what could be taken from beside the source, and no generated C."""
    for each in ("src/a.pyx", "src/a.pxd", "src/b.pxi", "src/a.c", "inc/x.h"):
        (tmp_path / each).parent.mkdir(exist_ok=True)
        (tmp_path / each).write_text("")
    builder = CythonBuilder(
        tmp_path, {"module": "a", "source": "src/a.pyx", "include-dirs": ["inc"]}
    )
    assert ["cython>=3.1"] == builder.get_requires(TARGET)
    assert ["src/a.pyx", "src/a.pxd", "src/b.pxi", "inc"] == builder.get_sdist_files()
    (tmp_path / "pyproject.toml").write_text(
        HEAD + 'name = "a"\nbuilder = "cython"\nmodule = "a"\nsource = "src/a.pyx"\n'
        'include-dirs = ["inc"]\n'
    )
    found = Session(tmp_path, {}, {}, announced([])).sources()
    assert ["inc/x.h", "src/a.pxd", "src/a.pyx", "src/b.pxi"] == found


CMAKE_TABLE = (
    HEAD + 'name = "core"\nbuilder = "cmake"\nmodules = ["pkg._core"]\nfiles = ["pkg/data.txt"]\n'
    'source-dir = "cpp"\ndefine = {FAST = true, SLOW = false, LEVEL = 3}\ntarget = ["_core"]\ncomponent = "python"\n'
)


@pytest.fixture
def cmake(tmp_path: Path, tools: Path) -> dict[str, str]:
    """Return variables with which CMake is a stand-in, and no Ninja is found."""
    env = stand_in(tools)
    path = tools / "cmake"
    path.write_text(CMAKE_SCRIPT.format(log=tools / "calls", suffix=SUFFIX))
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return {**env, "PATH": f"{tools}:/bin:/usr/bin"}


def test_cmake_configures_builds_and_installs(
    tmp_path: Path, tools: Path, cmake: dict[str, str]
) -> None:
    """Modules and listed files are shipped; what else is installed is for dependants."""
    root = tmp_path / "p"
    project(root, CMAKE_TABLE, ["cpp/CMakeLists.txt"])
    built = run(root, cmake)
    outputs = [(each.path, each.scheme) for each in built.results["core"].outputs]
    shipped = [(f"pkg/_core{SUFFIX}", "platlib"), ("pkg/data.txt", "platlib")]
    assert [*shipped, ("lib/libx.a", "internal")] == outputs
    configured, compiled, installed = calls(tools)
    for each in (
        "-DFAST=ON",
        "-DSLOW=OFF",
        "-DLEVEL=3",
        "-DPython_EXECUTABLE=/bin/python",
        f"-DTRIGPOINT_MODULE_SUFFIX={SUFFIX}",
    ):
        assert f" {each}" in configured
    assert f"-ffile-prefix-map={root}=." in configured
    assert compiled.endswith("--parallel 2 --target _core")
    assert installed.endswith("--component python")


def test_cmake_configures_once(tmp_path: Path, tools: Path, cmake: dict[str, str]) -> None:
    """Only another command configures again, from nothing; CMake itself knows its files."""
    root = tmp_path / "p"
    project(root, CMAKE_TABLE, ["cpp/CMakeLists.txt"])
    run(root, cmake)
    calls(tools)
    run(root, cmake)
    assert ["--build", "--install"] == [line.split()[0] for line in calls(tools)]
    tree = root / "build/build/core/tree/old"
    tree.write_text("")
    (root / "pyproject.toml").write_text(CMAKE_TABLE.replace("LEVEL = 3", "LEVEL = 4"))
    run(root, cmake)
    assert ["-S", "--build", "--install"] == [line.split()[0] for line in calls(tools)]
    assert not tree.exists()


def test_cmake_that_makes_something_else(tmp_path: Path, cmake: dict[str, str]) -> None:
    """A module that the project does not install is missed, by its name."""
    root = tmp_path / "p"
    project(root, CMAKE_TABLE.replace("pkg._core", "pkg._other"), ["cpp/CMakeLists.txt"])
    with pytest.raises(ExtensionError) as caught:
        run(root, cmake)
    assert "extension-outputs-differ" == caught.value.code
    assert f"without pkg/_other{SUFFIX}" in caught.value.message


def test_cmake_asks_for_tools_that_are_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cmake: dict[str, str]
) -> None:
    """CMake and Ninja are required only where they are not installed."""
    (tmp_path / "CMakeLists.txt").write_text("")
    builder = CMakeBuilder(tmp_path, {"modules": ["a"]})
    found: dict[str, str] = {}
    module = "trigpoint.extensions.builders.cmake"
    monkeypatch.setattr(f"{module}.program_path", lambda name, _: found.get(name, ""))
    monkeypatch.setattr(
        f"{module}.program_paths", lambda name, _: [*filter(None, [found.get(name)])]
    )
    assert [CMAKE, NINJA] == builder.get_requires(TARGET)
    found["cmake"] = "/bin/cmake"
    assert [NINJA] == builder.get_requires(TARGET)
    assert ["CMakeLists.txt"] == builder.get_sdist_files()


def _versioned(folder: Path, version: str) -> str:
    """Write a CMake into *folder* that says its *version*, and return its path."""
    path = folder / "cmake"
    path.parent.mkdir()
    path.write_text(f"#!/bin/sh\necho {version}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


ASKS = "\n  CMAKE_minimum_required (VERSION 3.26...4.2)\nproject(x)\n"


@pytest.mark.parametrize(
    ("text", "versions", "first", "requires"),
    [
        (ASKS, ["cmake version 3.25.1", "cmake version 3.26.0"], 1, []),
        (ASKS, ["cmake version 4.0.2", "cmake version 3.26.0"], 0, []),
        (ASKS, ["cmake version 3.25.1", "nothing"], None, ["cmake>=3.26"]),
        (ASKS, [], None, ["cmake>=3.26"]),
        ("# cmake_minimum_required(VERSION 9.0)\n", ["cmake version 3.25.1"], 0, []),
        ("cmake_minimum_required(VERSION ${OWN})\n", ["cmake version 3.25.1"], 0, []),
    ],
)
def test_cmake_is_as_new_as_the_project_asks(
    text: str, versions: list[str], first: int | None, requires: list[str], tmp_path: Path
) -> None:
    """One on PATH that is too old makes way for another, and is no reason to require none."""
    (tmp_path / "CMakeLists.txt").write_text(text)
    paths = [_versioned(tmp_path / str(number), each) for number, each in enumerate(versions)]
    builder = CMakeBuilder(tmp_path, {"modules": ["a"]})
    module = "trigpoint.extensions.builders.cmake"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(f"{module}.program_paths", lambda *_: paths)
        patch.setattr(f"{module}.program_path", lambda *_: "/bin/ninja")
        assert requires == builder.get_requires(TARGET)
        ran: list[str] = []

        def run_tool(command: list[str]) -> None:
            ran.append(command[0])
            raise ExtensionError("extension-build-failed", "no more is of interest")

        request = BuildRequest(
            "core", tmp_path, TARGET, tmp_path / "b", tmp_path / "o", tmp_path / "log",
            cast("Any", run_tool), {"PATH": str(tmp_path / "0")},
        )  # fmt: skip
        with pytest.raises(ExtensionError) as caught:
            builder.build(request)
    if first is None:
        assert "extension-tool-missing" == caught.value.code
        assert "cmake>=3.26" in caught.value.fix
    assert ran == ([] if first is None else [paths[first]])


@pytest.mark.parametrize(
    ("limited", "component"), [("3.13", "Development.SABIModule"), ("3.14", "")]
)
def test_cmake_finds_the_limited_api_where_it_is_built(
    limited: str, component: str, tmp_path: Path, tools: Path, cmake: dict[str, str]
) -> None:
    """Without the component nanobind keeps to the full API, so an older Python is told none."""
    root = tmp_path / "p"
    project(root, f'{CMAKE_TABLE}limited-api = "{limited}"\n', ["cpp/CMakeLists.txt"])
    with contextlib.suppress(ExtensionError):
        # The stand-in makes the file of the full API.
        run(root, cmake)
    assert f" -DSKBUILD_SABI_COMPONENT={component} " in calls(tools)[0]


def test_an_sdist_holds_the_project_of_cmake(tmp_path: Path) -> None:
    """A folder comes whole; of a project at the root come its own files, and what is named."""
    for path in ("CMakeLists.txt", "native/CMakeLists.txt", "src/a.cpp", "other.txt"):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text("")
    table = {"modules": ["a"], "sources": ["src/a.cpp"]}
    found = CMakeBuilder(tmp_path, table).get_sdist_files()
    assert ["CMakeLists.txt", "src/a.cpp"] == found
    found = CMakeBuilder(tmp_path, {**table, "source-dir": "native"}).get_sdist_files()
    assert ["native", "src/a.cpp"] == found


def _c(root: Path, **config: Any) -> CBuilder:
    return CBuilder(root, config)


def test_c_defines(tmp_path: Path) -> None:
    """True is 1, false is nothing, and the rest is itself."""
    (tmp_path / "a.c").write_text("")
    builder = _c(
        tmp_path, module="a", sources=["a.c"], define={"A": True, "B": False, "C": 2, "D": '"x"'}
    )
    assert ("A=1", "C=2", 'D="x"') == builder.defines


@pytest.mark.parametrize("variable", ["CFLAGS", "CPPFLAGS", "LDFLAGS", "CC"])
def test_a_quote_that_is_not_closed(variable: str, tmp_path: Path, tools: Path) -> None:
    """It is a mistake in the environment, and no crash of the builder."""
    root = tmp_path / "p"
    table = HEAD + 'name = "core"\nbuilder = "c"\nmodule = "core"\nsources = ["core.c"]\n'
    project(root, table, ["core.c"])
    env = {**stand_in(tools), variable: "x 'y"}
    with pytest.raises(ExtensionError) as caught:
        run(root, env)
    said = next(each for each in caught.value if each.code == "extension-bad-value")
    assert f'{variable} is "x \'y", which a shell cannot split into words' == said.message
    assert "close each quote" in said.fix


@pytest.mark.parametrize(("source", "told"), [("core.c", True), ("core.cpp", False)])
def test_a_function_that_nobody_declares(
    source: str, told: bool, tmp_path: Path, tools: Path
) -> None:
    """A macro that the limited API has not is an error in C, as it is in C++, not a missing symbol.

    It comes before the flags of the table, which can take it back.
    """
    root = tmp_path / "p"
    table = (
        f'{HEAD}name = "core"\nbuilder = "c"\nmodule = "core"\nsources = ["{source}"]\n'
        'compile-args = ["-O1"]\n'
    )
    project(root, table, [source])
    run(root, stand_in(tools))
    compiled = calls(tools)[0]
    assert told is ("-Werror=implicit-function-declaration" in compiled.partition("-O1")[0])


def test_c_flags_of_table_and_environment(tmp_path: Path, tools: Path) -> None:
    """Those of the table come before those of the environment, which have the last word."""
    root = tmp_path / "p"
    table = (
        HEAD
        + 'name = "core"\nbuilder = "c"\nmodule = "core"\nsources = ["core.c"]\nlanguage = "c++"\n'
        'compile-args = ["-O1"]\nlink-args = ["-s"]\nlibraries = ["m"]\nlibrary-dirs = ["libs"]\n'
        'include-dirs = ["."]\nenv = {LDFLAGS = "-Wl,x"}\n'
    )
    project(root, table, ["core.c", "libs/x"])
    run(root, {**stand_in(tools), "CFLAGS": "-O0", "CPPFLAGS": "-DX"})
    compiled, linked = calls(tools)
    assert "-I. -I/python -O1 -DX -O0 -MMD" in compiled
    assert "-fPIC" in compiled
    assert "-Llibs -lm -s -Wl,x -o" in linked
