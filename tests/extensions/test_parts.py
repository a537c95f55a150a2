"""Targets, tags, tables and builders: the parts that a plan is made of."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from trigpoint.cli.app import app
from trigpoint.extensions import ExtensionError, Settings, Stable, Tag, Target, scaffold
from trigpoint.extensions.builders.compiling import included, prerequisites
from trigpoint.extensions.builders.tools import find_program, prefixes, program_path
from trigpoint.extensions.explain import explain
from trigpoint.extensions.plan import make_plan
from trigpoint.extensions.protocol import UNSEEN
from trigpoint.extensions.registry import Announced, announced, load
from trigpoint.extensions.tags import merge
from trigpoint.extensions.targets import MOST_BYTES, choose_target, native_target, read_target
from trigpoint.extensions.words import summary

from .strange import REGISTRY, Plain

SUFFIX = ".cpython-313-x86_64-linux-gnu.so"
LINUX = Target("cpython", (3, 13), "linux_x86_64", SUFFIX, ".abi3.so")
FREE = Target(
    "cpython",
    (3, 14),
    "linux_x86_64",
    ".cpython-314t-x86_64-linux-gnu.so",
    ".abi3.so",
    free_threaded=True,
)
NEXT = Target(
    "cpython",
    (3, 15),
    "linux_x86_64",
    ".cpython-315t-x86_64-linux-gnu.so",
    ".abi3.so",
    ".abi3t.so",
    free_threaded=True,
)
MAC = Target("cpython", (3, 13), "macosx_11_0_arm64", ".cpython-313-darwin.so", ".abi3.so")
PYPY = Target("pypy", (3, 11), "linux_x86_64", ".pypy311-pp73-x86_64-linux-gnu.so")


# -- tags -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "tags", "merged"),
    [
        (LINUX, [], "py3-none-any"),
        (LINUX, ["py3-none-any"], "py3-none-any"),
        (LINUX, ["py2.py3-none-any"], "py3-none-any"),
        (LINUX, ["py3-none-linux_x86_64"], "py3-none-linux_x86_64"),
        (LINUX, ["py39-none-any", "py37-none-any"], "py39-none-any"),
        (LINUX, ["cp37-abi3-linux_x86_64", "cp39-abi3-linux_x86_64"], "cp39-abi3-linux_x86_64"),
        (LINUX, ["cp39-abi3-linux_x86_64", "py3-none-linux_x86_64"], "cp39-abi3-linux_x86_64"),
        (LINUX, ["cp39-abi3-linux_x86_64", "cp313-cp313-linux_x86_64"], "cp313-cp313-linux_x86_64"),
        (LINUX, ["cp39-abi3-manylinux_2_28_x86_64"], "cp39-abi3-manylinux_2_28_x86_64"),
        (LINUX, ["cp39-abi3-manylinux_2_28_x86_64", "cp39-abi3-manylinux2014_x86_64"], "cp39-abi3-manylinux_2_28_x86_64"),
        (LINUX, ["cp39-abi3-manylinux_2_28_x86_64", "cp39-abi3-linux_x86_64"], "cp39-abi3-linux_x86_64"),
        (LINUX, ["cp39-abi3-manylinux_2_28_x86_64", "cp39-abi3-musllinux_1_2_x86_64"], "cp39-abi3-linux_x86_64"),
        (LINUX, ["cp39-abi3-manylinux_2_17_x86_64.manylinux2014_x86_64", "cp39-abi3-manylinux_2_5_x86_64"], "cp39-abi3-manylinux_2_17_x86_64"),
        (LINUX, ["cp39-abi3-manylinux_2_28_x86_64.manylinux_2_17_x86_64", "cp39-abi3-manylinux_2_5_x86_64"], "cp39-abi3-manylinux_2_17_x86_64"),
        (MAC, ["cp39-abi3-macosx_12_0_arm64", "cp39-abi3-macosx_11_0_arm64"], "cp39-abi3-macosx_12_0_arm64"),
        (MAC, ["cp39-abi3-macosx_13_0_universal2", "cp313-cp313-macosx_11_0_arm64"], "cp313-cp313-macosx_13_0_arm64"),
        (NEXT, ["cp315-abi3.abi3t-linux_x86_64"], "cp315-abi3.abi3t-linux_x86_64"),
        (FREE, ["cp314-cp314t-linux_x86_64", "py3-none-any"], "cp314-cp314t-linux_x86_64"),
    ],
)  # fmt: skip
def test_merged(target: Target, tags: list[str], merged: str) -> None:
    """The wheel's tag takes only what takes all of its files, in whatever order they come."""
    given = [("x", Tag.parse(each)) for each in tags]
    assert merged == str(merge(given, target))
    assert merged == str(merge([*reversed(given), ("pure", None)], target))


def test_merged_of_both_stable_abis() -> None:
    """A file for both and one for the GIL alone leave the GIL alone, with the higher minimum."""
    target = Target("cpython", (3, 16), "linux_x86_64", ".so", ".abi3.so", ".abi3t.so")
    tags = [
        ("a", Tag.parse("cp315-abi3.abi3t-linux_x86_64")),
        ("b", Tag.parse("cp39-abi3-linux_x86_64")),
    ]
    assert "cp315-abi3-linux_x86_64" == str(merge(tags, target))


@pytest.mark.parametrize(
    ("target", "tag"),
    [
        (LINUX, "cp312-cp312-linux_x86_64"),
        (LINUX, "cp314-abi3-linux_x86_64"),
        (LINUX, "pp311-pypy311_pp73-linux_x86_64"),
        (LINUX, "cp39-abi3t-linux_x86_64"),
        (LINUX, "cp39-abi3-linux_aarch64"),
        (LINUX, "cp39-abi3-manylinux_2_28_aarch64"),
        (LINUX, "cp39-abi3-win_amd64"),
        (LINUX, "cp39-abi3-macosx_11_0_x86_64"),
        (MAC, "cp39-abi3-macosx_11_0_x86_64"),
        (MAC, "cp39-abi3-manylinux_2_28_arm64"),
        (FREE, "cp39-abi3-linux_x86_64"),
        (FREE, "cp314-cp314-linux_x86_64"),
    ],
)
def test_foreign(target: Target, tag: str) -> None:
    """A tag that the target does not take is an error that names the extension."""
    with pytest.raises(ExtensionError) as caught:
        merge([("fine", None), ("bad", Tag.parse(tag))], target)
    assert ("extension-foreign-tag", "bad") == (caught.value.code, caught.value.extension)
    assert tag in caught.value.message


@pytest.mark.parametrize("text", ["py3-none", "a b-c-d", "", "a-b-c-d"])
def test_no_tag(text: str) -> None:
    """Three parts, and nothing else in them than letters, digits, dots and underscores."""
    with pytest.raises(ValueError, match="is no wheel tag"):
        Tag.parse(text)


@pytest.mark.parametrize(
    ("target", "limited", "suffix", "tag"),
    [
        (LINUX, None, SUFFIX, "cp313-cp313-linux_x86_64"),
        (LINUX, Stable(9), ".abi3.so", "cp39-abi3-linux_x86_64"),
        (LINUX, Stable(13), ".abi3.so", "cp313-abi3-linux_x86_64"),
        (LINUX, Stable(14), SUFFIX, "cp313-cp313-linux_x86_64"),
        (LINUX, Stable(15, free_threaded=True), SUFFIX, "cp313-cp313-linux_x86_64"),
        (FREE, Stable(9), ".cpython-314t-x86_64-linux-gnu.so", "cp314-cp314t-linux_x86_64"),
        (NEXT, Stable(9), ".cpython-315t-x86_64-linux-gnu.so", "cp315-cp315t-linux_x86_64"),
        (NEXT, Stable(15, free_threaded=True), ".abi3t.so", "cp315-abi3.abi3t-linux_x86_64"),
        (NEXT, Stable(16, free_threaded=True), NEXT.ext_suffix, "cp315-cp315t-linux_x86_64"),
        (PYPY, Stable(9), ".pypy311-pp73-x86_64-linux-gnu.so", "pp311-pypy311_pp73-linux_x86_64"),
    ],
)
def test_which_abi(target: Target, limited: Stable | None, suffix: str, tag: str) -> None:
    """The stable ABI where the target has it, and else the full one."""
    stable = target.stable(limited)
    assert (suffix, tag) == (target.suffix(stable), str(target.tag_for(stable)))


@pytest.mark.parametrize(
    ("target", "limited", "older"),
    [
        (LINUX, Stable(13), False),
        (LINUX, Stable(14), True),
        (LINUX, Stable(15, free_threaded=True), True),
        (FREE, Stable(15, free_threaded=True), True),
        # No later version of these would do either.
        (FREE, Stable(15), False),
        (PYPY, Stable(15), False),
    ],
)
def test_what_only_a_later_python_has(target: Target, limited: Stable, older: bool) -> None:
    """A stable ABI that this kind of interpreter has, from a later version on."""
    assert older == target.predates(limited)


def test_an_error_of_no_extension() -> None:
    """What is about none of them names none."""
    error = ExtensionError("extension-bad-target", "it is no JSON")
    assert "error[extension-bad-target]: it is no JSON" == str(error)
    assert "it is no JSON" == error.finding().message


# -- targets ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("platform", "windows", "macos"),
    [
        ("win_amd64", True, False),
        ("macosx_11_0_arm64", False, True),
        ("linux_x86_64", False, False),
    ],
)
def test_which_system(platform: str, windows: bool, macos: bool) -> None:
    """By the platform of a tag."""
    target = Target("cpython", (3, 13), platform, ".so")
    assert (windows, macos) == (target.windows, target.macos)


DETAILS: dict[str, Any] = {
    "schema_version": "1.0",
    "base_prefix": "../..",
    "platform": "linux-aarch64",
    "language": {"version": "3.15"},
    "implementation": {"name": "cpython"},
    "abi": {"flags": ["t", "d"], "extension_suffix": ".cpython-315td-aarch64-linux-gnu.so"},
    "c_api": {"headers": "include/python3.15td"},
}


def _details(tmp_path: Path, **changes: Any) -> Path:
    path = tmp_path / "build-details.json"
    path.write_text(json.dumps({k: v for k, v in {**DETAILS, **changes}.items() if v is not None}))
    return path


def test_a_target_from_a_file(tmp_path: Path) -> None:
    """Everything but the compiler comes from the file of PEP 739."""
    target = read_target(_details(tmp_path), {"CC": "aarch64-cc -m64", "PATH": ""})
    assert ("cpython", (3, 15), "linux_aarch64") == (
        target.implementation,
        target.version,
        target.platform,
    )
    assert "cp315-cp315td-linux_aarch64" == str(target.tag)
    assert (True, True, True) == (target.free_threaded, target.debug, target.cross)
    assert ("", ".abi3t.so") == (target.python, target.abi3t_suffix)
    assert ("aarch64-cc", "-m64") == target.cc
    assert (str(tmp_path / "../.." / "include/python3.15td"),) == target.include_dirs
    assert ("-shared",) == target.shared_flags


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"schema_version": "2.0"}, "its schema_version is '2.0'"),
        ({"schema_version": 1}, "schema_version is no string"),
        ({"platform": None}, "there is no platform"),
        ({"language": {"version": "2.7"}}, "its language.version is '2.7'"),
        ({"language": {"version": "3.999"}}, "its language.version is '3.999'"),
        ({"language": 3}, "there is no language.version"),
        ({"abi": {"flags": "t"}}, "abi.flags is no array"),
        ({"abi": None}, "there is no abi.extension_suffix"),
    ],
)
def test_no_target(changes: dict[str, Any], message: str, tmp_path: Path) -> None:
    """A file that describes none is told with what is wrong in it."""
    with pytest.raises(ExtensionError) as caught:
        read_target(_details(tmp_path, **changes))
    assert "extension-bad-target" == caught.value.code
    assert message in caught.value.message


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"{", "it is no JSON"),
        (b"[" * 100_000, "it is no JSON"),
        (b"\xff", "it is no JSON"),
        (b"[]", "there is no schema_version"),
        (b" " * (MOST_BYTES + 1), "more than 1,000,000 bytes"),
        (b" " * MOST_BYTES, "it is no JSON"),
        (None, "it cannot be read"),
    ],
)
def test_no_description(data: bytes | None, message: str, tmp_path: Path) -> None:
    """Whatever the file is, it is an error with a code."""
    path = tmp_path / "x.json"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(ExtensionError) as caught:
        read_target(path)
    assert message in caught.value.message


def test_which_target(tmp_path: Path) -> None:
    """The config setting is over the variable, and without either it is this interpreter."""
    one, two = _details(tmp_path), tmp_path / "two.json"
    two.write_text(json.dumps({**DETAILS, "platform": "macosx-11.0-arm64"}))
    env = {"TRIGPOINT_TARGET": str(one), "PATH": ""}
    assert "linux_aarch64" == choose_target({}, env).platform
    mac = choose_target({"target": str(two)}, env)
    assert ("macosx_11_0_arm64", True) == (mac.platform, mac.macos)
    assert ("-bundle", "-undefined", "dynamic_lookup") == mac.shared_flags
    assert native_target() == choose_target({}, None)


def test_this_interpreter() -> None:
    """Neither debug information nor a folder of the machine that built Python is in the flags."""
    target = native_target({"PATH": "", "CC": "my-cc -x"})
    assert ("my-cc", "-x") == target.cc
    flags = [*target.cflags, *target.shared_flags]
    assert [] == [
        each for each in flags if each == "-g" or "rpath" in each or each.startswith("-L")
    ]
    assert target.tag.platform == target.platform


# -- builders --------------------------------------------------------------------------------


def test_entry_points_announce_builders() -> None:
    """A distribution that is on the path twice counts once; two of one name are both kept."""
    points = [
        EntryPoint("mine", "mine_builder:Mine", "trigpoint.builders"),
        EntryPoint("mine", "mine_builder : Mine", "trigpoint.builders"),
        EntryPoint("c", "other:C", "trigpoint.builders"),
    ]
    found = announced(points)
    assert (Announced("?", "mine_builder:Mine"),) == found["mine"]
    assert ["trigpoint", "?"] == [each.distribution for each in found["c"]]


@pytest.mark.parametrize("name", announced([]))
def test_builders_of_this_project_load(name: str) -> None:
    """Each is a class with the methods of the protocol."""
    assert isinstance(load(name, announced([])), type)


def test_a_builder_of_another_distribution() -> None:
    """What an entry point names is loaded."""
    assert Plain is load("plain", REGISTRY)


def test_imports_little() -> None:
    """A build environment has packaging and nothing else, and nothing else of Trigpoint is loaded."""
    program = (
        "import sys\nfor name in sys.argv[1:]: __import__(name)\n"
        "print(*sorted({m for m in sys.modules if m.startswith('trigpoint.')}))\n"
        "print(*sorted({m.partition('.')[0] for m in sys.modules} - sys.stdlib_module_names))"
    )
    names = ["backend", "builders.c", "builders.cmake", "builders.cython", "explain", "scaffold"]
    command = [sys.executable, "-c", program, *(f"trigpoint.extensions.{each}" for each in names)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    own, others = done.stdout.splitlines()
    parts = {each.split(".")[1] for each in own.split()}
    assert {"extensions", "findings", "catalogue"} == parts
    assert set(others.split()) <= {"packaging", "trigpoint", "__main__", *_started()}


def _started() -> set[str]:
    """Return what a new interpreter loads by itself, such as finders of editable installations."""
    program = "import sys; print(*{m.partition('.')[0] for m in sys.modules})"
    return set(
        subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, check=True
        ).stdout.split()
    )


def test_settings_notes_everything(tmp_path: Path) -> None:
    """Each question goes on after a mistake, and all of them are raised at the end."""
    settings = Settings(tmp_path, {"a": 1, "b": "x", "c": "true", "d": 3, "e": "", "z": 0})
    assert ("", (), False, {}, "") == (
        settings.text("a"), settings.texts("b"), settings.flag("c"), settings.table("d"), settings.text("e", required=True),
    )  # fmt: skip
    with pytest.raises(ExtensionError) as caught:
        settings.done()
    codes = ["wrong-type"] * 4 + ["missing-key", "unknown-key"]
    assert [f"extension-{each}" for each in codes] == [each.code for each in caught.value]
    assert ["a", "b", "c", "d", "e", "z"] == [each.key for each in caught.value]


def test_programs_beside_the_interpreter(tmp_path: Path) -> None:
    """An environment that is not activated has its programs there."""
    assert program_path(Path(sys.executable).name, {"PATH": ""})
    with pytest.raises(ExtensionError) as caught:
        find_program("no-such-program", {"PATH": str(tmp_path)}, "it>=1")
    assert "extension-tool-missing" == caught.value.code
    assert "'it>=1'" in caught.value.fix
    assert all(each in sys.path for each in prefixes())


def test_headers_are_followed(tmp_path: Path) -> None:
    """What is included from the project is found beside the file and in folders, and nothing outside."""
    for path, text in {
        "src/a.c": '#include <Python.h>\n#include "b.h"\n# include <inc.h>\n#include "../../out.h"\n',
        "src/b.h": '#include "b.h"\n#include "deep/c.h"\n',
        "inc/inc.h": "",
        "src/deep/c.h": "",
    }.items():
        (tmp_path / path).parent.mkdir(exist_ok=True, parents=True)
        (tmp_path / path).write_text(text)
    (tmp_path.parent / "out.h").write_text("")
    assert ("inc/inc.h", "src/b.h", "src/deep/c.h") == included(
        tmp_path, ["src/a.c", "gone.c"], ["inc"]
    )


def test_depfiles() -> None:
    """Blanks, dollars and hashes are escaped in them; further rules are not read."""
    text = "C:/x/a.o: a.c b\\ c.h \\\n  d\\#.h e$$.h\n\nb c.h:\n"
    assert ["a.c", "b c.h", "d#.h", "e$.h"] == prerequisites(text)


# -- explaining ------------------------------------------------------------------------------

TABLES = """\
[[tool.trigpoint.extensions]]
name = "core"
builder = "cython"
module = "pkg._core"
source = "core.pyx"
limited-api = "3.10"
depends-on = ["lib"]
[[tool.trigpoint.extensions]]
name = "lib"
builder = "c"
kind = "static-library"
library = "x"
sources = ["x.c"]
[[tool.trigpoint.extensions]]
name = "other"
builder = "cmake"
modules = ["pkg._other"]
enable-by-default = false
"""


def test_explained_without_files() -> None:
    """Order, requirements, files and tag are there from the text alone."""
    found = explain(TABLES, LINUX, registry=announced([]))
    assert [("lib", 1), ("other", 0), ("core", 2)] == [
        (each.name, each.step) for each in found.rows
    ]
    assert ("cython>=3.1",) == found.requires
    assert "cp310-abi3-linux_x86_64" == found.tag
    assert (True, False) == (found.complete, found.refused)
    assert "2 of 3 extensions would be built, and the wheel is cp310-abi3-linux_x86_64." == summary(
        found
    )
    outputs = found.rows[2].outputs
    assert outputs
    assert ["pkg/_core.abi3.so"] == [each.path for each in outputs]


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        (
            {"extensions": "all"},
            "3 extensions would be built, and the wheel is cp313-cp313-linux_x86_64.",
        ),
        (
            {"extensions": "none"},
            "None of 3 extensions would be built, so the wheel is py3-none-any.",
        ),
        ({"extensions": "-lib"}, "Nothing would be built: 1 error."),
    ],
)
def test_explained_by_selection(settings: dict[str, str], words: str) -> None:
    """What is selected decides on the wheel."""
    assert words == summary(explain(TABLES, LINUX, settings=settings, registry=announced([])))


@pytest.mark.parametrize("text", ["[", "a = " + "9" * 5000, "a = " + "[" * 5000, "a = 1979-13-01"])
def test_explained_where_it_is_no_toml(text: str) -> None:
    """A text that cannot be read is a finding."""
    found = explain(text, LINUX)
    assert ["metadata-toml"] == [each.code for each in found.findings]
    assert found.refused


def test_explained_with_no_table() -> None:
    """Where there is nothing to build it says so."""
    assert "There is no [[tool.trigpoint.extensions]] table yet." == summary(explain("", LINUX))


def test_the_command(tmp_path: Path) -> None:
    """The terminal shows the plan of a folder, marks what is wrong, and writes nothing."""
    (tmp_path / "pyproject.toml").write_text(TABLES.replace("3.10", "3.99"))
    for name in ("core.pyx", "CMakeLists.txt"):
        (tmp_path / name).write_text("")
    before = sorted(tmp_path.rglob("*"))
    done = CliRunner().invoke(app, ["extensions", "explain", str(tmp_path)])
    assert 1 == done.exit_code
    assert "info[extension-limited-api-too-new]: core: limited-api is 3.99" in done.output
    assert '6 | limited-api = "3.99"\n    | ^^^^^^^^^^^' in done.output
    assert "error[extension-source-missing]: lib: x.c in sources is not there" in done.output
    assert before == sorted(tmp_path.rglob("*"))


def test_the_command_reads_a_text(tmp_path: Path) -> None:
    """Standard input is a pyproject.toml without its files; JSON has the whole plan."""
    target = str(_details(tmp_path))
    done = CliRunner().invoke(
        app,
        ["extensions", "explain", "-", "--json", "--target", target, "--select", "all"],
        input=TABLES,
    )
    assert 0 == done.exit_code
    assert "cp315-cp315td-linux_aarch64" == json.loads(done.output)["tag"]
    shown = CliRunner().invoke(
        app, ["extensions", "explain", "-", "--target", target], input=TABLES
    )
    assert "2 of 3 extensions would be built" in shown.output
    assert "To be installed first: cython>=3.1" in shown.output


@pytest.mark.parametrize("arguments", [["--target", "gone.json"], ["x"]])
def test_the_command_refuses(arguments: list[str], tmp_path: Path) -> None:
    """No target and no project are told without a traceback."""
    folder = tmp_path / "x"
    folder.mkdir()
    path = str(folder) if arguments == ["x"] else "-"
    done = CliRunner().invoke(
        app, ["extensions", "explain", path, *arguments[: 2 * (path == "-")]], input=""
    )
    assert 0 != done.exit_code
    assert "Error:" in done.output


# -- scaffold --------------------------------------------------------------------------------


def test_scaffold_works_unchanged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The builder that is written takes its own table, and its texts are Python."""
    monkeypatch.chdir(tmp_path)
    assert 0 == scaffold.main(["my-tool"])
    folder = tmp_path / "my-tool-builder"
    monkeypatch.syspath_prepend(str(folder / "src"))
    registry = {"my-tool": (Announced("x", "my_tool_builder:MyToolBuilder"),)}
    table = {
        "name": "a",
        "builder": "my-tool",
        "module": "a",
        "source": "a.c",
        "limited-api": "3.9",
    }
    plan = make_plan(
        {"tool": {"trigpoint": {"extensions": [table]}}}, UNSEEN, LINUX, registry=registry
    )
    assert () == plan.problems
    assert "cp39-abi3-linux_x86_64" == str(plan.tag)
    compile((folder / "tests/test_my_tool_builder.py").read_text(), "test", "exec")


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        ([], 2),
        (["a", "b"], 2),
        (["--hlep"], 2),
        (["My"], 2),
        (["a/b"], 2),
        (["class"], 2),
        (["there"], 1),
        (["--help"], 0),
        (["-h"], 0),
    ],
)
def test_scaffold_refuses(
    arguments: list[str], status: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is typed wrong, or a folder that is there, changes nothing; usage has a status of its own."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "there-builder").mkdir()
    assert status == scaffold.main(arguments)
    assert [tmp_path / "there-builder"] == list(tmp_path.rglob("*"))


def test_scaffold_holds_names_to_a_length(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name is as long as files can be called by, and what cannot be written is said."""
    monkeypatch.chdir(tmp_path)
    assert 0 == scaffold.main(["a" * scaffold.MOST_LETTERS])
    assert 2 == scaffold.main(["b" * (scaffold.MOST_LETTERS + 1)])
    assert 1 == len(list(tmp_path.iterdir()))


def test_scaffold_says_what_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A folder that cannot be made is a sentence and the exit status, not a traceback."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "link-builder").symlink_to(tmp_path / "nowhere" / "link")
    assert 1 == scaffold.main(["link"])
    assert "cannot write: " in capsys.readouterr().err


def test_explain_of_what_is_no_text() -> None:
    """Bytes that are no UTF-8 on standard input are an error with a code, as they are in a file."""
    done = CliRunner().invoke(app, ["extensions", "explain", "-"], input=b"\xff\xfe")
    assert (1, True) == (done.exit_code, isinstance(done.exception, SystemExit))
    assert "error[metadata-toml]" in done.output
