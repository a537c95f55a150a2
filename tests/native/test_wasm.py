"""Native projects as wheels for the site's own engine: what they say, what they want, and their tests there.

``nox -s wasm`` runs this; it needs the playground (``python playground/build.py``).
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import packaging
import pytest
from tests.native.building import contents, run
from tests.native.projects import PROJECTS, ROOT, missing

from trigpoint.wheels import inspect

sys.path.insert(0, str(ROOT / "playground"))

import pins
import wasm
from toolchain import node
from wasmcc import TARGET

PLAYGROUND = ROOT / "build" / "playground"
PYODIDE = PLAYGROUND / "pyodide"

CASES = ("c", "rust", "c-in-rust", "abi3")
"""Four of those that keep to the limited API, in C, Cython and Rust."""

pytestmark = [
    pytest.mark.skipif(wasm.compiler() is None, reason=wasm.ABSENT),
    pytest.mark.skipif(not PYODIDE.is_dir(), reason="python playground/build.py was not run"),
]


def no_rust() -> str:
    """Return in a line why Rust cannot be compiled for the engine; empty if it can."""
    if shutil.which("rustc") is None:
        return "there is no rustc"
    root = run("rustc", "--print", "sysroot", cwd=ROOT).strip()
    if Path(root, "lib", "rustlib", TARGET, "lib").is_dir():
        return ""
    return f"Rust's own library is not there: rustup target add {TARGET}"


@pytest.fixture(scope="session")
def engine() -> wasm.Engine:
    return wasm.ask(node(), PYODIDE)


@pytest.fixture(scope="session")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("wasm")


MADE: dict[str, Path] = {}


@pytest.fixture(params=CASES)
def wheel(request: pytest.FixtureRequest, engine: wasm.Engine, work: Path) -> Path:
    """The wheel of a project, built once, in a folder of its own."""
    name = request.param
    rust = "cargo" in PROJECTS[name].commands
    if why := missing(name) or (rust and no_rust()):
        pytest.skip(why)
    if name not in MADE:
        tool = wasm.compiler()
        assert tool is not None
        if rust and not tool.is_dir():
            pytest.skip("an emcc of another LLVM than Rust's does not link what Rust compiled")
        folder = work / name / "wheels"
        env = {"CARGO_TARGET_DIR": str(work / "cargo")}
        MADE[name] = wasm.build_wheel(name, engine, tool, folder, **env)
    return MADE[name]


def project_of(wheel: Path) -> str:
    return wheel.parents[1].name


def test_the_wheel_says_what_it_is(wheel: Path) -> None:
    project = PROJECTS[project_of(wheel)]
    found = inspect(wheel)
    tag = f"cp3{project.limited}-abi3-pyemscripten_2026_0_wasm32"
    compiled = [Path(each.path).name for each in found.entries if each.path.endswith(".so")]
    assert found.tags == (tag,)
    assert wheel.name == f"snow_cap-0.1.0{wasm.UNOFFICIAL}-{tag}.whl"
    assert found.record.right
    assert [each.message for each in found.findings] == []
    assert sorted(compiled) == [f"{each}.abi3.so" for each in sorted(project.modules)]


def test_the_engine_takes_it_and_has_all_that_it_wants(wheel: Path) -> None:
    """What a side module wants and the engine has not would fail when it is called, and not before."""
    folder = Path(packaging.__file__).parents[1]
    command = (node().node, Path(__file__).with_name("engine.mjs"), PYODIDE, wheel.parent, folder)
    said = json.loads(run(*command, cwd=ROOT))
    modules = PROJECTS[project_of(wheel)].modules
    assert said["absent"] == {f"{each}.abi3.so": [] for each in modules}
    assert "-".join(wheel.stem.split("-")[2:]) in said["tags"]


@pytest.mark.parametrize("wheel", ["c"], indirect=True)
def test_what_the_engine_has_not_is_told(wheel: Path, work: Path) -> None:
    """A module that wants a function which no Python has is found, before it is called."""
    bad = work / "wanting" / wheel.name
    bad.parent.mkdir()
    with zipfile.ZipFile(bad, "w") as made:
        for name, data in contents(wheel).items():
            made.writestr(name, data.replace(b"PyModuleDef_Init", b"PyModuleDef_Inix"))
    folder = Path(packaging.__file__).parents[1]
    command = (node().node, Path(__file__).with_name("engine.mjs"), PYODIDE, bad.parent, folder)
    said = json.loads(run(*command, cwd=ROOT))
    assert said["absent"] == {"_core.abi3.so": ["PyModuleDef_Inix"]}


def test_its_own_tests_pass_in_the_engine(wheel: Path, work: Path) -> None:
    wheels = work / project_of(wheel) / "installed"
    pins.download(wheels, ["pytest>=8.4"], "--python-version=3.14")
    shutil.copy(wheel, wheels)
    tests = work / project_of(wheel) / "tests"
    own = [*PROJECTS[project_of(wheel)].folders, f"tests/native/projects/{project_of(wheel)}"]
    for each in own:
        if (ROOT / each / "tests").is_dir():
            shutil.copytree(ROOT / each / "tests", tests, dirs_exist_ok=True)
    script = ROOT / "tests" / "pyodide" / "run.mjs"
    said = run(node().node, script, PYODIDE, wheels, tests, "-q", ".", cwd=ROOT)
    assert " passed" in said


def test_tools_of_pyodide_read_it(wheel: Path, work: Path) -> None:
    """It links no library that would have to come along, and a lock file takes it."""
    tool = Path(sys.executable).with_name("pyodide")
    # It starts a program of the same environment by its name.
    path = f"{tool.parent}{os.pathsep}{os.environ['PATH']}"
    assert ".abi3.so:" in run(tool, "auditwheel", "show", wheel, cwd=work, PATH=path)
    # What of Python a module wants is up to its language; each has one that starts it.
    wants = run(tool, "auditwheel", "imports", wheel, cwd=work, PATH=path)
    assert "\tPyModuleDef_Init\n" in wants
    lock = work / "pyodide-lock-new.json"
    old = PYODIDE / "pyodide-lock.json"
    command = ("lockfile", "add-wheels", "--input", old, "--output", lock, wheel)
    run(tool, *command, cwd=work)
    found = json.loads(lock.read_text("utf-8"))["packages"]["snow-cap"]
    assert (found["file_name"], found["imports"]) == (wheel.name, ["snow_cap"])


def test_headers_have_the_sizes_of_the_engine(engine: wasm.Engine, work: Path) -> None:
    """What the compiler's headers say of a type is what the engine was built with."""
    types = {
        "SHORT": "short",
        "INT": "int",
        "LONG": "long",
        "LONG_LONG": "long long",
        "FLOAT": "float",
        "DOUBLE": "double",
        "LONG_DOUBLE": "long double",
        "_BOOL": "_Bool",
        "VOID_P": "void *",
        "SIZE_T": "size_t",
        "WCHAR_T": "wchar_t",
        "UINTPTR_T": "uintptr_t",
        "OFF_T": "off_t",
        "TIME_T": "time_t",
        "PID_T": "pid_t",
        "FPOS_T": "fpos_t",
    }
    lines = ["stddef", "stdint", "stdio", "time", "sys/types"]
    text = "".join(f"#include <{each}.h>\n" for each in lines)
    for name, kind in types.items():
        size = engine.variables[f"SIZEOF_{name}"]
        text += f'_Static_assert(sizeof({kind}) == {size}, "{kind}");\n'
    source = work / "sizes.c"
    source.write_text(text, "utf-8")
    driver = (sys.executable, ROOT / "playground" / "wasmcc.py", str(wasm.compiler()))
    run(*driver, "-c", source, "-o", work / "sizes.o", cwd=work)
    source.write_text(text.replace("sizeof(long) == 4", "sizeof(long) == 8"), "utf-8")
    with pytest.raises(AssertionError, match="long"):
        run(*driver, "-c", source, "-o", work / "sizes.o", cwd=work)


def test_pyodide_build_makes_the_official_one(engine: wasm.Engine, work: Path) -> None:
    """Where the cross-build environment can be had, which no package index has."""
    if sys.version_info[:2] != engine.version:
        pytest.skip(
            f"pyodide build needs the engine's own Python, {engine.version[0]}.{engine.version[1]}"
        )
    tool = Path(sys.executable).with_name("pyodide")
    had = subprocess.run([tool, "xbuildenv", "install"], check=False, capture_output=True, cwd=work)
    if had.returncode:
        pytest.skip("the cross-build environment of pyodide-build was not to be had")
    from tests.native.building import Tree

    tree = Tree.new("c", work / "official")
    run(tool, "build", "--no-isolation", "--outdir", work / "official-wheels", cwd=tree.folder)
    (made,) = (work / "official-wheels").glob("*.whl")
    assert made.name.endswith("-pyemscripten_2026_0_wasm32.whl")
