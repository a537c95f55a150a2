"""The builder ``meson``: what it tells Meson, and what it takes of what Meson installs."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.extensions.builders.requesting import LINUX, Tools, codes, request

from trigpoint.extensions import ExtensionError, Output
from trigpoint.extensions.builders.meson import MesonBuilder
from trigpoint.extensions.protocol import UNSEEN

MODULE = "pkg/_core.abi3.so"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "snow"
    (folder / "src").mkdir(parents=True)
    (folder / "meson.build").write_text("project('snow')\n", "utf-8")
    (folder / "src" / "a.c").write_text("", "utf-8")
    return folder


@pytest.fixture
def programs(tmp_path: Path) -> dict[str, str]:
    """The environment of a machine that has a Meson."""
    tools = tmp_path / "tools"
    tools.mkdir()
    (tools / "meson").write_text("#!/bin/sh\n", "utf-8")
    (tools / "meson").chmod(0o755)
    return {"PATH": f"{tools}{os.pathsep}{os.environ['PATH']}"}


class Meson(Tools):
    """A Meson that knows its files, and installs *installed*."""

    def __init__(self, root: Path, *installed: str) -> None:
        super().__init__(self.act)
        self.root, self.installed = root, installed

    @property
    def steps(self) -> list[str]:
        return [each[1] for each in self.commands]

    def act(self, command: list[str]) -> str:
        if command[1] == "setup":
            folder, source = map(Path, command[-2:])
            info = folder / "meson-info"
            info.mkdir(parents=True)
            (info / "intro-buildsystem_files.json").write_text(
                json.dumps([str(source / "meson.build"), "/usr/share/other.build"]), "utf-8"
            )
            sources = [str(source / "src" / "a.c"), str(folder / "written.c")]
            (folder / "written.c").write_text("", "utf-8")
            targets = [{"target_sources": [{"sources": sources}, {"linker": ["cc"]}]}, {}]
            (info / "intro-targets.json").write_text(json.dumps(targets), "utf-8")
        if command[1] == "install":
            staged = Path(command[-1])
            for name in self.installed:
                (staged / name).parent.mkdir(parents=True, exist_ok=True)
                (staged / name).write_text(name, "utf-8")
        return ""


def builder(root: Path, **config: Any) -> MesonBuilder:
    return MesonBuilder(root, config)


def test_what_is_named_is_taken(root: Path, programs: dict[str, str]) -> None:
    meson = Meson(root, f"platlib/{MODULE}", "platlib/pkg/__init__.py", "usr/bin/tool")
    asked = request(root, meson, env=programs)
    made = builder(root, modules=["pkg._core"], **{"limited-api": "3.9"})
    result = made.build(asked)
    assert made.get_expected_outputs(LINUX) == [Output(MODULE)]
    assert result.outputs == (Output(MODULE),)
    assert str(result.tag) == str(made.get_tag(LINUX)) == "cp39-abi3-linux_x86_64"
    assert result.inputs == ("meson.build", "src/a.c")
    assert (asked.out_dir / MODULE).read_text("utf-8") == f"platlib/{MODULE}"


def test_what_meson_wrote_is_no_input(root: Path, programs: dict[str, str]) -> None:
    """An editable installation would else watch what each build writes anew."""
    meson = Meson(root, f"platlib/{MODULE}")
    asked = replace(request(root, meson, env=programs), build_dir=root / ".trigpoint" / "core")
    assert builder(root).build(asked).inputs == ("meson.build", "src/a.c")


def test_all_that_python_finds_is_taken_if_nothing_is_named(
    root: Path, programs: dict[str, str]
) -> None:
    meson = Meson(root, f"platlib/{MODULE}", "purelib/pkg/__init__.py", "usr/bin/tool")
    made = builder(root)
    assert made.get_expected_outputs(LINUX) is None
    assert made.build(request(root, meson, env=programs)).outputs == (
        Output(MODULE),
        Output("pkg/__init__.py", "purelib"),
    )


def test_a_project_that_installs_nothing_is_refused(root: Path, programs: dict[str, str]) -> None:
    with pytest.raises(ExtensionError) as raised:
        builder(root).build(request(root, Meson(root, "usr/bin/tool"), env=programs))
    assert codes(raised.value) == [("extension-output-missing", "")]


def test_it_is_configured_once(root: Path, programs: dict[str, str]) -> None:
    """And again as soon as the table or the Python is another."""
    meson = Meson(root, f"platlib/{MODULE}")
    for _ in range(2):
        builder(root).build(request(root, meson, env=programs))
    assert meson.steps == ["setup", "compile", "install", "compile", "install"]
    other = replace(LINUX, python="/other/python")
    builder(root).build(request(root, meson, other, env=programs))
    builder(root, options={"fast": True}).build(request(root, meson, other, env=programs))
    assert meson.steps.count("setup") == 3


def test_what_failed_is_configured_again(root: Path, programs: dict[str, str]) -> None:
    """A folder of a set-up that failed is not that of the one before, though its options are back."""
    meson = Meson(root, f"platlib/{MODULE}")
    asked = request(root, meson, env=programs)
    builder(root).build(asked)

    def fail(command: list[str]) -> str:
        raise ExtensionError("extension-build-failed", " ".join(command[:2]))

    failing = replace(request(root, Tools(fail), env=programs), build_dir=asked.build_dir)
    with pytest.raises(ExtensionError):
        builder(root, options={"wrong": 1}).build(failing)
    meson.commands.clear()
    builder(root).build(asked)
    assert meson.steps == ["setup", "compile", "install"]


def test_meson_is_told_options_and_compilers(root: Path, programs: dict[str, str]) -> None:
    meson = Meson(root, f"platlib/{MODULE}")
    options = {"fast": True, "level": 3, "kind": "a"}
    target = replace(LINUX, cc=("ccache", "gcc"))
    made = builder(root, options=options, **{"build-type": "debug"})
    made.build(request(root, meson, target, env=programs))
    setup, compiling, _ = meson.commands
    assert {"-Dfast=true", "-Dlevel=3", "-Dkind=a", "-Dbuildtype=debug"} <= set(setup)
    assert compiling[-2:] == ["--jobs", "3"]
    native = root.parent / "snow-work" / "build" / "python.ini"
    assert native.read_text("utf-8").splitlines() == [
        "[binaries]",
        "python = '/python'",
        "c = ['ccache', 'gcc']",
        "cpp = ['c++']",
    ]


def test_what_is_not_installed_is_required(
    root: Path, programs: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", programs["PATH"])
    assert "meson>=1.3" not in builder(root).get_requires(LINUX)
    monkeypatch.setattr("trigpoint.extensions.builders.meson.program_path", lambda *_: "")
    assert builder(root).get_requires(LINUX) == ["meson>=1.3", "ninja>=1.10"]


def test_an_sdist_holds_the_project_of_meson(root: Path) -> None:
    assert list(builder(root, sources=["src"]).get_sdist_files()) == ["meson.build", "src"]
    (root / "src" / "meson.build").write_text("", "utf-8")
    assert builder(root, **{"source-dir": "src"}).get_sdist_files() == ("src",)


@pytest.mark.parametrize(
    ("config", "found"),
    [
        ({"modules": ["a-b"]}, [("extension-bad-name", "modules")]),
        ({"files": ["../a"]}, [("extension-bad-output-path", "files")]),
        ({"options": {"a": [1]}}, [("extension-wrong-type", "options")]),
        ({"build-type": "quick"}, [("extension-bad-value", "build-type")]),
        ({"source-dir": "src"}, [("extension-source-missing", "source-dir")]),
        ({"module": "a"}, [("extension-unknown-key", "module")]),
    ],
)
def test_a_bad_table_is_refused(
    root: Path, config: dict[str, Any], found: list[tuple[str, str]]
) -> None:
    with pytest.raises(ExtensionError) as raised:
        builder(root, **config)
    assert codes(raised.value) == found


def test_a_table_is_read_without_the_files() -> None:
    made = builder(UNSEEN, modules=["pkg._core"], files=["pkg/data.txt"])
    assert [each.path for each in made.get_expected_outputs(LINUX) or ()] == [
        "pkg/_core.cpython-313-x86_64-linux-gnu.so",
        "pkg/data.txt",
    ]


def test_meson_is_told_everything(root: Path, programs: dict[str, str]) -> None:
    """Three commands, of which the first has all that differs from what Meson would take."""
    meson = Meson(root, f"platlib/{MODULE}")
    options = {"fast": True, "level": 3, "name": "x y"}
    made = builder(
        root,
        modules=["pkg._core"],
        options=options,
        **{"limited-api": "3.9", "build-type": "debug"},
    )
    asked = request(root, meson, env=programs)
    made.build(asked)
    folder, staged = str(asked.build_dir / "meson"), str(asked.build_dir / "staged")
    program = meson.commands[0][0]
    assert [
        [
            *(program, "setup", f"--native-file={asked.build_dir / 'python.ini'}", "--prefix=/usr"),
            *("-Dbuildtype=debug", "-Dpython.platlibdir=/platlib", "-Dpython.purelibdir=/purelib"),
            *("-Dpython.install_env=prefix", "-Dpython.bytecompile=-1"),
            *("-Dfast=true", "-Dlevel=3", "-Dname=x y", folder, str(root)),
        ],
        [program, "compile", "-C", folder, "--jobs", "3"],
        [program, "install", "-C", folder, "--no-rebuild", "--destdir", staged],
    ] == meson.commands
    assert ["[binaries]", "python = '/python'", "c = ['cc']", "cpp = ['c++']"] == (
        (asked.build_dir / "python.ini").read_text("utf-8").splitlines()
    )


@pytest.mark.parametrize(
    ("limited", "more"),
    [("3.13", []), ("3.14", ["-Dpython.allow_limited_api=false"]), ("", [])],
)
def test_meson_is_told_where_the_limited_api_is_newer(
    root: Path, programs: dict[str, str], limited: str, more: list[str]
) -> None:
    """Else it would refuse what ``extension_module`` asks for."""
    name = MODULE if limited == "3.13" else f"pkg/_core{LINUX.ext_suffix}"
    meson = Meson(root, f"platlib/{name}")
    made = builder(root, modules=["pkg._core"], **{"limited-api": limited})
    result = made.build(request(root, meson, env=programs))
    assert [Output(name)] == list(result.outputs)
    assert more == [each for each in meson.commands[0] if "limited" in each]
