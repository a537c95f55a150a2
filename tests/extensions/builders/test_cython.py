"""What Cython is told, and what the compiler gets of what it makes."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.extensions.builders.requesting import LINUX, Tools, codes, request

from trigpoint.extensions import BuildResult, ExtensionError, Output
from trigpoint.extensions.builders.cython import CythonBuilder


class Cython(Tools):
    """Writes what stands behind -o."""

    def __init__(self) -> None:
        super().__init__(self.act)

    def act(self, command: list[str]) -> str:
        Path(command[command.index("-o") + 1]).write_text("x", "utf-8")
        return ""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "snow"
    (folder / "src").mkdir(parents=True)
    for name in ("core.pyx", "core.pxd", "more.pxi", "more.c", "other.txt"):
        (folder / "src" / name).write_text("", "utf-8")
    (folder / "inc").mkdir()
    (folder / "inc" / "x.h").write_text("", "utf-8")
    return folder


def builder(root: Path, **config: Any) -> CythonBuilder:
    """Return the builder of a module whose table has *config* besides."""
    return CythonBuilder(root, {"module": "pkg.sub._core", "source": "src/core.pyx", **config})


@pytest.mark.parametrize(("language", "end"), [("c", ".c"), ("c++", ".cpp")])
def test_cython_is_told_everything(root: Path, language: str, end: str) -> None:
    """One command with module, directives and folders; then the compiler has the rest of the table."""
    tools = Cython()
    lib = root.parent / "lib"
    (lib / "include").mkdir(parents=True)
    library = replace(BuildResult((Output("libx.a"),), LINUX.tag), directory=lib)
    made = builder(
        root,
        language=language,
        directives={"boundscheck": False, "language_level": 3},
        sources=["src/more.c"],
        libraries=["m"],
        **{"include-dirs": ["inc"], "compile-args": ["-Wall"], "link-args": ["-s"]},
    )
    asked = request(root, tools, dependencies={"x": library})
    result = made.build(asked)
    written = asked.build_dir / "generated" / f"_core{end}"
    assert [
        *(sys.executable, "-m", "cython", "-3", *(["--cplus"] if end == ".cpp" else [])),
        *("--module-name", "pkg.sub._core", "-X", "boundscheck=False", "-X", "language_level=3"),
        *("-I", "inc", "-I", str(lib / "include"), "--depfile", "src/core.pyx"),
        *("-o", str(written)),
    ] == tools.commands[0]
    compiled = [each for each in tools.commands[1:] if "-c" in each]
    assert {str(written), "src/more.c"} == {each[each.index("-c") + 1] for each in compiled}
    for command in compiled:
        assert ["-Iinc", "-Isrc"] == [each for each in command if each in ("-Iinc", "-Isrc")]
        assert "-Wall" in command
    linked = tools.commands[-1]
    assert ["-lm", "-s"] == [each for each in linked if each in ("-lm", "-s")]
    assert ("c++" if end == ".cpp" else "cc") == linked[0]
    place = "pkg/sub/_core.cpython-313-x86_64-linux-gnu.so"
    assert ((Output(place),), LINUX.tag) == (result.outputs, result.tag)
    assert 0o755 == (asked.out_dir / place).stat().st_mode & 0o777


def test_what_an_sdist_needs(root: Path) -> None:
    """The source, what Cython reads beside it, and what is named; nothing else of the folder."""
    made = builder(root, sources=["src/more.c"], headers=["inc/x.h"], **{"include-dirs": ["inc"]})
    assert [
        *("src/core.pyx", "src/core.pxd", "src/more.pxi", "src/more.c", "inc/x.h", "inc"),
    ] == list(made.get_sdist_files())


def test_the_stable_api(root: Path) -> None:
    """Name, tag and definitions are those of what is asked for."""
    tools = Cython()
    made = builder(root, **{"limited-api": "3.11"})
    result = made.build(request(root, tools))
    assert ("pkg/sub/_core.abi3.so", "cp311-abi3-linux_x86_64") == (
        result.outputs[0].path,
        str(result.tag),
    )
    assert "-DPy_LIMITED_API=0x030b0000" in tools.commands[1]


@pytest.mark.parametrize(
    ("config", "key"),
    [
        ({"source": "src/more.c"}, "source"),
        ({"language": "rust"}, "language"),
        ({"directives": {"a b": 1}}, "directives"),
        ({"directives": {"a": [1]}}, "directives"),
        ({"limited-api": "3.7"}, "limited-api"),
        ({"compile-args": "-Wall"}, "compile-args"),
        ({"libraries": [1]}, "libraries"),
    ],
)
def test_tables_that_are_wrong(root: Path, config: dict[str, Any], key: str) -> None:
    """Each mistake is told of its key."""
    with pytest.raises(ExtensionError) as caught:
        builder(root, **config)
    assert [key] == [name.partition("[")[0] for _, name in codes(caught.value)]
