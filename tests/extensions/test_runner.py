"""Building in order, checking what comes of it, and not building again what is there."""

from __future__ import annotations

import os
import sys
import threading
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from trigpoint.extensions import (
    BuildRequest,
    BuildResult,
    ExtensionError,
    Output,
    Stable,
    Tag,
    Target,
)
from trigpoint.extensions.outputs import LONGEST_PATH, check_clashes, check_paths, module_of
from trigpoint.extensions.plan import make_plan
from trigpoint.extensions.registry import Announced, announced
from trigpoint.extensions.runner import MOST_JOBS, Built, build, build_directory, job_count
from trigpoint.extensions.running import LOG_LINES, LONGEST_LINE, Runner, ending
from trigpoint.extensions.tables import LONGEST_NAME, MOST_EXTENSIONS, read_tables

from .compilers import Shown, calls, project, stand_in
from .strange import Plain

pytestmark = [
    pytest.mark.skipif(sys.platform in ("win32", "emscripten"), reason="tools are shell scripts"),
]

SUFFIX = ".cpython-313-x86_64-linux-gnu.so"
TARGET = Target("cpython", (3, 13), "linux_x86_64", SUFFIX, ".abi3.so", cflags=("-fPIC",))
HEAD = "[[tool.trigpoint.extensions]]\n"
C = HEAD + 'name = "core"\nbuilder = "c"\nmodule = "pkg._core"\nsources = ["core.c", "more.cc"]\n'


def quiet(_: str) -> None:
    """Say nothing."""


@pytest.fixture
def tools(tmp_path: Path) -> Path:
    return tmp_path / "tools"


def run(
    root: Path, env: Mapping[str, str], jobs: int = 1, say: Callable[[str], None] = quiet
) -> Built:
    """Build the project in *root*."""
    document = tomllib.loads((root / "pyproject.toml").read_text())
    plan = make_plan(document, root, TARGET, env=env, registry=announced([]))
    return build(plan, root, build_directory(root, plan, {}, env), env=env, jobs=jobs, say=say)


def test_compiles_once_and_links(tmp_path: Path, tools: Path) -> None:
    """Each source is compiled by its compiler, and the module linked with C++ where one is C++."""
    root = tmp_path / "p"
    project(root, C, ("core.c", "more.cc"))
    built = run(root, stand_in(tools))
    lines = calls(tools)
    assert 3 == len(lines)
    assert ["core.c", "more.cc"] == [line.split(" -c ")[1].split()[0] for line in lines[:2]]
    assert all(f"-ffile-prefix-map={root}=. " in line for line in lines[:2])
    assert lines[2].startswith("-shared ")
    result = built.results["core"]
    assert [f"pkg/_core{SUFFIX}"] == [each.path for each in result.outputs]
    assert (result.directory / result.outputs[0].file).is_file()
    assert TARGET.tag == built.tag


def test_nothing_changed_starts_nothing(tmp_path: Path, tools: Path) -> None:
    """A second build starts no tool; its module is in the wheel again."""
    root = tmp_path / "p"
    project(root, C, ("core.c", "more.cc"))
    env = stand_in(tools)
    run(root, env)
    calls(tools)
    built = run(root, env)
    assert [] == calls(tools)
    assert built.results["core"].paths()[0].is_file()


@pytest.mark.parametrize(
    ("changed", "compiled"),
    [("core.c", ["core.c"]), ("core.h", ["core.c", "more.cc"]), ("notes.txt", [])],
)
def test_what_changed_is_made_again(
    tmp_path: Path, tools: Path, changed: str, compiled: list[str]
) -> None:
    """Only what read the changed file is compiled, and then linked."""
    root = tmp_path / "p"
    project(root, C, ("core.c", "more.cc"))
    env = stand_in(tools)
    run(root, env)
    calls(tools)
    path = root / changed
    path.write_text('#include "core.h"\n// more\n' if changed != "core.h" else "// more")
    run(root, env)
    lines = calls(tools)
    assert compiled == [line.split(" -c ")[1].split()[0] for line in lines if " -c " in line]
    assert bool(compiled) == any(line.startswith("-shared") for line in lines)


@pytest.mark.parametrize("other", ["flags", "compiler"])
def test_another_command_makes_all_again(tmp_path: Path, tools: Path, other: str) -> None:
    """Flags and the compiler itself count as well as files."""
    root = tmp_path / "p"
    project(root, C, ("core.c", "more.cc"))
    env = stand_in(tools)
    run(root, env)
    calls(tools)
    if other == "flags":
        env["CFLAGS"] = "-O1"
    else:
        (tools / "cc").write_text((tools / "cc").read_text() + "# newer\n")
    run(root, env)
    # The C++ compiler is another program, and has other flags.
    assert ["core.c"] == [
        line.split(" -c ")[1].split()[0] for line in calls(tools) if " -c " in line
    ]


def test_a_failure_shows_the_end_of_the_log(tmp_path: Path, tools: Path) -> None:
    """The last lines are in the error, all of it in the log, and nothing else is begun."""
    root = tmp_path / "p"
    project(root, C, ("core.c", "more.cc"))
    (root / "core.c").write_text("BROKEN")
    with pytest.raises(ExtensionError) as caught:
        run(root, stand_in(tools))
    error = caught.value
    assert ("extension-build-failed", "core") == (error.code, error.extension)
    assert "cc ended with exit status 1" == error.message
    assert "core.c:1: error: BROKEN" == error.log
    assert 1 == len(calls(tools))
    log = next((root / ".trigpoint").glob("*/logs/core.log")).read_text()
    assert "error: BROKEN" in log
    assert log.startswith("$ ")
    assert "  | core.c:1: error: BROKEN" in str(error)


def test_a_missing_tool(tmp_path: Path) -> None:
    """A compiler that is not there is named, with the PATH that was looked at."""
    root = tmp_path / "p"
    project(root, C, ("core.c", "more.cc"))
    with pytest.raises(ExtensionError) as caught:
        run(root, {"CC": "no-such-cc", "PATH": "/nowhere"})
    assert "extension-tool-missing" == caught.value.code
    assert "there is no program no-such-cc" == caught.value.message
    assert "/nowhere" in caught.value.fix


LIBRARY = (
    HEAD + 'name = "adder"\nbuilder = "c"\nkind = "static-library"\nlibrary = "adder"\n'
    'sources = ["adder.c"]\nheaders = ["core.h"]\n'
)


def test_a_library_is_for_dependants(tmp_path: Path, tools: Path) -> None:
    """It is built first, linked in and found by its headers, and not shipped."""
    root = tmp_path / "p"
    project(root, C + 'depends-on = ["adder"]\n' + LIBRARY, ("core.c", "more.cc", "adder.c"))
    env = stand_in(tools)
    said: list[str] = []
    built = run(root, env, say=said.append)
    lines = calls(tools)
    library = built.results["adder"].directory
    assert ["adder: 0 files", "core: 1 file"] == said[1::2]
    assert ["adder", "core"] == list(built.results)
    assert {"internal"} == {each.scheme for each in built.results["adder"].outputs}
    assert f"-I{library / 'include'}" in lines[2]
    assert str(library / "lib/libadder.a") in lines[-1]
    run(root, env)
    assert [] == calls(tools)


class Maker(Plain):
    """Does what its table says."""

    def get_expected_outputs(self, target: Target) -> Any:
        return None if self.config.get("unknown") else [Output("pkg/made.txt", "purelib")]

    def get_tag(self, target: Target) -> Tag | None:
        return Tag.parse(self.config["said"]) if "said" in self.config else None

    def build(self, request: BuildRequest) -> Any:
        what = self.config.get("do", "")
        out = request.out_dir / "pkg"
        out.mkdir()
        (out / "made.txt").write_text("made")
        outputs = [Output("pkg/made.txt", "purelib")]
        if what == "exit":
            sys.exit(7)
        if what == "refuse":
            raise ExtensionError("extension-bad-value", "no", extension=self.config["as"])
        if what == "crash":
            raise RuntimeError("boom")
        if what == "interrupt":
            raise KeyboardInterrupt
        if what == "shout":
            raise RuntimeError("one\ntwo \x1b[31m")
        if what == "none":
            return None
        if what == "list":
            return BuildResult(outputs)  # type: ignore[arg-type]
        if what == "text":
            return BuildResult(tuple(outputs), "py3-none-any")  # type: ignore[arg-type]
        if what == "more":
            (out / "more.txt").write_text("")
        if what == "gone":
            (out / "made.txt").unlink()
        if what == "link":
            (out / "made.txt").unlink()
            (out / "made.txt").symlink_to("/etc/hostname")
        if what == "other":
            outputs = [Output("pkg/other.txt", "purelib", "pkg/made.txt")]
        if what == "up":
            outputs = [Output("../../x", "purelib", "pkg/made.txt")]
        if what == "from-up":
            outputs = [Output("pkg/made.txt", "purelib", "../../x")]
        if what == "module":
            outputs = [Output(f"pkg/_x{SUFFIX}", "platlib", "pkg/made.txt")]
        if what == "empty-module":
            (out / "made.txt").write_text("")
            outputs = [Output(f"pkg/_x{SUFFIX}", "platlib", "pkg/made.txt")]
        if what == "module-export":
            (out / "made.txt").write_bytes(b"..PyModExport__x\0..")
            outputs = [Output(f"pkg/_x{SUFFIX}", "platlib", "pkg/made.txt")]
        if what == "dependency":
            (found,) = request.dependencies.values()
            assert found.paths(".txt")[0].read_text() == "made"
            assert request.env["TRIGPOINT_DIR_FIRST_ONE"] == str(found.directory)
            assert request.env["OWN"] == "1"
        return BuildResult(
            tuple(outputs), Tag.parse(self.config["tag"]) if "tag" in self.config else None
        )


MAKER = {"maker": (Announced("tests", f"{__name__}:Maker"),)}


def make(root: Path, *tables: str, jobs: int = 1, say: Callable[[str], None] = quiet) -> Built:
    """Build *tables* of the builder above."""
    text = "".join(f'{HEAD}builder = "maker"\n{each}\n' for each in tables)
    plan = make_plan(tomllib.loads(text), root, TARGET, registry=MAKER)
    return build(plan, root, root / "build", env=dict(os.environ), jobs=jobs, say=say)


@pytest.mark.parametrize(
    ("config", "code", "message"),
    [
        ('do = "exit"', "builder-crashed", "raised SystemExit: 7"),
        ('do = "crash"', "builder-crashed", "raised RuntimeError: boom"),
        ('do = "none"', "bad-result", "returned NoneType"),
        ('do = "interrupt"', "builder-crashed", "raised KeyboardInterrupt"),
        ('do = "list"', "bad-result", "one whose outputs is of the type list"),
        ('do = "text"', "bad-result", "one whose tag is of the type str"),
        ('do = "more"', "undeclared-output", "wrote pkg/more.txt"),
        ('do = "gone"', "output-missing", "lists pkg/made.txt"),
        ('do = "link"', "output-outside", "pkg/made.txt is a link"),
        ('do = "other"', "outputs-differ", "without pkg/made.txt and with pkg/other.txt"),
        ('do = "up"', "bad-output-path", "'../../x'"),
        ('do = "from-up"', "bad-output-path", "'../../x'"),
        ('do = "module"\nunknown = true', "init-missing", "has no PyInit__x"),
        ('do = "empty-module"\nunknown = true', "init-missing", "has no PyInit__x"),
        ('tag = "cp313-cp313-linux_x86_64"', "outputs-differ", "the tag would be None"),
        ('said = "cp39-abi3-linux_x86_64"', "outputs-differ", "and it is None"),
        ('tag = "cp27-cp27m-win32"\nunknown = true', "foreign-tag", "cp27"),
    ],
)
def test_checked_right_after_the_builder(
    tmp_path: Path, config: str, code: str, message: str
) -> None:
    """What a builder hands over is looked at before anything else is built."""
    with pytest.raises(ExtensionError) as caught:
        make(
            tmp_path,
            f'name = "one"\n{config}',
            'name = "two"\nunknown = true\ndepends-on = ["one"]',
        )
    assert f"extension-{code}" == caught.value.code
    assert message in caught.value.message
    assert "one" == caught.value.extension
    assert caught.value.fix
    assert not (tmp_path / "build/out/two").exists()


def test_a_crash_is_in_the_log(tmp_path: Path) -> None:
    """The traceback is for the authors of the builder, so it is in the log and not in the error."""
    with pytest.raises(ExtensionError) as caught:
        make(tmp_path, 'name = "one"\ndo = "crash"')
    assert "Traceback" not in str(caught.value)
    assert "RuntimeError: boom" in (tmp_path / "build/logs/one.log").read_text()


def test_a_crash_is_told_in_one_line(tmp_path: Path) -> None:
    """What a stranger's exception says neither breaks the paragraph nor drives the terminal."""
    with pytest.raises(ExtensionError) as caught:
        make(tmp_path, 'name = "one"\ndo = "shout"')
    first, second = str(caught.value).splitlines()
    assert first.endswith("raised RuntimeError: one two \N{REPLACEMENT CHARACTER}[31m")
    assert second.startswith("  fix: ")


@pytest.mark.parametrize("where", ["pyproject.toml", "pyproject.toml/deeper"])
def test_a_folder_that_cannot_be_built_in(tmp_path: Path, where: str) -> None:
    """Sources that nobody may write to are told with the way to build elsewhere."""
    (tmp_path / "pyproject.toml").write_text("")
    document = tomllib.loads(f'{HEAD}name = "one"\nbuilder = "maker"\n')
    plan = make_plan(document, tmp_path, TARGET, registry=MAKER)
    with pytest.raises(ExtensionError) as caught:
        build(plan, tmp_path, tmp_path / where)
    assert "extension-unwritable" == caught.value.code
    assert "TRIGPOINT_BUILD_DIR" in caught.value.fix
    built = build(plan, tmp_path, tmp_path / "elsewhere", say=quiet)
    assert ["one"] == list(built.results)


def test_a_log_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "build/logs/one.log").mkdir(parents=True)
    with pytest.raises(ExtensionError) as caught:
        make(tmp_path, 'name = "one"')
    assert ("extension-unwritable", "one") == (caught.value.code, caught.value.extension)


def test_how_a_tool_ends(tmp_path: Path) -> None:
    """By a status, by a signal, without being started; a folder that is not there is the builder's fault."""
    log = tmp_path / "log"
    run_tool = Runner("core", tmp_path, log, dict(os.environ))
    script = tmp_path / "script"
    script.write_text("no program\n")
    script.chmod(0o755)
    told = []
    for command in (
        ["sh", "-c", "exit 3"],
        ["sh", "-c", "kill -9 $$"],
        [str(script)],
        ["sh", "-c", "x" * 3_000_000],
    ):
        with pytest.raises(ExtensionError) as caught:
            run_tool(command)
        assert ("extension-build-failed", "core") == (caught.value.code, caught.value.extension)
        told.append(caught.value.message)
    assert [
        "sh ended with exit status 3",
        "sh was ended by SIGKILL",
        "script cannot be started (Exec format error)",
        "sh cannot be started (Argument list too long)",
    ] == told
    with pytest.raises(FileNotFoundError):
        run_tool(["sh", "-c", "exit 0"], cwd=tmp_path / "gone")
    assert "gone" in log.read_text()[-3000:]


def test_either_way_to_start_a_module_counts(tmp_path: Path) -> None:
    """PEP 793 names the function of a module otherwise."""
    built = make(tmp_path, 'name = "one"\ndo = "module-export"\nunknown = true')
    assert [f"pkg/_x{SUFFIX}"] == [each.path for each in built.results["one"].outputs]


def test_two_builders_make_one_file(tmp_path: Path) -> None:
    """A clash that only the builds could show is told after them."""
    with pytest.raises(ExtensionError) as caught:
        make(tmp_path, 'name = "one"\nunknown = true', 'name = "two"\nunknown = true')
    assert ("extension-output-clash", "two") == (caught.value.code, caught.value.extension)


@pytest.mark.parametrize(
    ("first", "second", "clash"),
    [
        (Output("a/x.py"), Output("a/x.py", "purelib"), True),
        (Output("a/x.py"), Output("a/X.py"), True),
        (Output("a/x.py"), Output("a/x.py", "data"), False),
        (Output("a/x.py"), Output("a/x.py", "internal"), False),
    ],
)
def test_what_clashes(first: Output, second: Output, clash: bool) -> None:
    """Both kinds of modules go to one folder in most environments; what is internal goes nowhere."""
    if not clash:
        check_clashes({"one": [first], "two": [second]})
        return
    with pytest.raises(ExtensionError) as caught:
        check_clashes({"one": [first], "two": [second]})
    assert ("extension-output-clash", "two") == (caught.value.code, caught.value.extension)


def test_dependants_find_what_they_need(tmp_path: Path) -> None:
    """The result is in the request, its folder in a variable, and the table's own variables too."""
    said: list[str] = []
    built = make(
        tmp_path,
        'name = "later"\nunknown = true\ndo = "dependency"\ndepends-on = ["first.one"]\nenv = {OWN = "1"}\n'
        'said = "py3-none-any"\ntag = "py3-none-any"',
        'name = "first.one"\ndo = "other"\nunknown = true',
        say=said.append,
    )
    assert ["first.one", "later"] == list(built.results)
    assert said == [
        "[1/2] first.one: building with maker",
        "first.one: 1 file",
        "[2/2] later: building with maker",
        "later: 1 file",
    ]
    assert Tag.pure() == built.tag


def test_failures_side_by_side_are_all_told(tmp_path: Path) -> None:
    """What was running when the first failed may fail too, and both are told in the order of tables."""
    with pytest.raises(ExtensionError) as caught:
        make(
            tmp_path,
            'name = "one"\ndo = "crash"\nunknown = true',
            'name = "two"\ndo = "exit"\nunknown = true',
            'name = "three"\nunknown = true\ndepends-on = ["two"]',
            jobs=2,
        )
    assert ["one", "two"] == [each.extension for each in caught.value]


@pytest.mark.parametrize(("name", "expected"), [("", "one"), ("inner", "inner")])
def test_an_error_has_the_name_of_its_extension(tmp_path: Path, name: str, expected: str) -> None:
    """A builder need not say which it is; one that builds several may."""
    said: list[str] = []
    with pytest.raises(ExtensionError) as caught:
        make(tmp_path, f'name = "one"\ndo = "refuse"\nas = "{name}"', say=said.append)
    assert expected == caught.value.extension
    assert ["[1/1] one: building with maker", "one: failed"] == said


def test_it_is_built_in_the_order_that_was_told(tmp_path: Path) -> None:
    """With one process, the steps of the plan are those of the build."""
    text = "".join(
        f'{HEAD}name = "{name}"\nbuilder = "maker"\nunknown = true\ndepends-on = {needs}\n'
        for name, needs in (("a", []), ("y", ["c"]), ("x", ["a"]), ("c", []))
    )
    plan = make_plan(tomllib.loads(text), tmp_path, TARGET, registry=MAKER)
    said: list[str] = []
    with pytest.raises(ExtensionError, match=r"pkg/made\.txt"):
        # All of them make one file, which is told when each is done.
        build(plan, tmp_path, tmp_path / "build", say=said.append)
    assert ["a", "c", "y", "x"] == [each.name for each in plan.enabled]
    assert [
        f"[{step}/4] {each.name}: building with maker" for step, each in enumerate(plan.enabled, 1)
    ] == said[::2]


class Environment(Maker):
    """Takes down the variables that it was given."""

    seen: list[Mapping[str, str]] = []  # noqa: RUF012

    def build(self, request: BuildRequest) -> Any:
        self.seen.append(request.env)
        return super().build(request)


@pytest.mark.parametrize("more", [{}, {"SOURCE_DATE_EPOCH": "1", "ZERO_AR_DATE": "0"}])
def test_tools_take_one_time_for_now(tmp_path: Path, more: dict[str, str]) -> None:
    """So that a second build makes the same bytes; whoever sets another time has it."""
    registry = {"maker": (Announced("tests", f"{__name__}:Environment"),)}
    document = tomllib.loads(f'{HEAD}name = "a"\nbuilder = "maker"')
    plan = make_plan(document, tmp_path, TARGET, registry=registry)
    build(plan, tmp_path, tmp_path / "build", env={"PATH": "/bin", **more}, say=quiet)
    # The first second that a zip file can hold.
    expected = {"PATH": "/bin", "SOURCE_DATE_EPOCH": "315532800", "ZERO_AR_DATE": "1", **more}
    assert expected == Environment.seen.pop()


def test_progress_is_shown_as_it_comes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Frontends read the standard error output line by line."""
    stream = Shown()
    monkeypatch.setattr(sys, "stderr", stream)
    document = tomllib.loads(f'{HEAD}name = "a"\nbuilder = "maker"')
    plan = make_plan(document, tmp_path, TARGET, registry=MAKER)
    build(plan, tmp_path, tmp_path / "build")
    assert "[1/1] a: building with maker\na: 1 file\n" == stream.shown


@pytest.mark.parametrize(
    ("usable", "processors", "jobs"),
    [({1, 4, 6}, 8, 3), (None, 5, 5), (None, None, 1), (None, MOST_JOBS + 1, MOST_JOBS)],
)
def test_as_many_processes_as_processors(
    monkeypatch: pytest.MonkeyPatch,
    usable: set[int] | None,
    processors: int | None,
    jobs: int,
) -> None:
    """Those that this process may use, where the system can tell, and else all."""
    if usable is None:
        monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    else:
        monkeypatch.setattr(
            os, "sched_getaffinity", lambda pid: set() if pid else usable, raising=False
        )
    monkeypatch.setattr(os, "cpu_count", lambda: processors)
    assert jobs == job_count({}, {})


class Meeting(Maker):
    """Waits until the other one runs as well."""

    together = threading.Barrier(2)
    jobs: list[int] = []  # noqa: RUF012

    def build(self, request: BuildRequest) -> Any:
        self.jobs.append(request.jobs)
        self.together.wait(60)
        return super().build(request)


class Queue(Maker):
    """``b`` runs until ``c`` does."""

    begun = threading.Event()

    def build(self, request: BuildRequest) -> Any:
        if request.name == "c":
            self.begun.set()
        if request.name == "b":
            assert self.begun.wait(60)
        return super().build(request)


def test_no_more_are_begun_than_may_run(tmp_path: Path) -> None:
    """While one is at work, what ends makes room for one more, and not for two."""
    text = "".join(f'{HEAD}name = "{name}"\nbuilder = "queue"\nunknown = true\n' for name in "abcd")
    registry = {"queue": (Announced("tests", f"{__name__}:Queue"),)}
    plan = make_plan(tomllib.loads(text), tmp_path, TARGET, registry=registry)
    said: list[str] = []
    with pytest.raises(ExtensionError, match=r"pkg/made\.txt"):
        build(plan, tmp_path, tmp_path / "build", jobs=2, say=said.append)
    assert [f"[{step}/4] {name}: building with queue" for step, name in enumerate("abc", 1)] == [
        *said[:2],
        said[3],
    ]
    last = said.index("[4/4] d: building with queue")
    assert said[last - 1] in ("b: 1 file", "c: 1 file")


def test_extensions_run_at_once_and_share_the_processors(tmp_path: Path) -> None:
    """Two that do not need each other run side by side, each with its share."""
    text = "".join(
        f'{HEAD}name = "{name}"\nbuilder = "meeting"\ndo = "{do}"\nunknown = true\n'
        for name, do in (("a", ""), ("b", "other"))
    )
    registry = {"meeting": (Announced("tests", f"{__name__}:Meeting"),)}
    plan = make_plan(tomllib.loads(text), tmp_path, TARGET, registry=registry)
    Meeting.jobs.clear()
    build(plan, tmp_path, tmp_path / "build", jobs=4, say=quiet)
    assert [2, 2] == Meeting.jobs


def test_an_old_file_is_not_shipped(tmp_path: Path) -> None:
    """The folder for outputs is empty when a build begins."""
    make(tmp_path, 'name = "one"')
    (tmp_path / "build/out/one/pkg/old.txt").write_text("")
    built = make(tmp_path, 'name = "one"')
    assert ["pkg/made.txt"] == [each.path for each in built.results["one"].outputs]
    assert "*\n" == (tmp_path / "build/.gitignore").read_text()


@pytest.mark.parametrize(
    ("settings", "env", "jobs"),
    [
        ({"jobs": "3"}, {"TRIGPOINT_JOBS": "2"}, 3),
        ({}, {"TRIGPOINT_JOBS": "2"}, 2),
        ({"jobs": "999"}, {}, 256),
    ],
)
def test_jobs(settings: dict[str, str], env: dict[str, str], jobs: int) -> None:
    """The setting is over the variable, and a bound over both."""
    assert jobs == job_count(settings, env)


@pytest.mark.parametrize("said", ["0", "-1", "x", "9999", ""])
def test_jobs_otherwise(said: str) -> None:
    """What is no number of processes counts as nothing said."""
    assert job_count({}, {}) == job_count({"jobs": said}, {})


def test_where_it_is_built(tmp_path: Path) -> None:
    """Each target has its folder, below the one of the setting, the variable or the project."""
    plan = make_plan({}, tmp_path, TARGET)
    name = "cp313-linux_x86_64"
    assert tmp_path / ".trigpoint" / name == build_directory(tmp_path, plan, {}, {})
    env = {"TRIGPOINT_BUILD_DIR": "b"}
    assert tmp_path / "b" / name == build_directory(tmp_path, plan, {}, env)
    assert Path("/c") / name == build_directory(tmp_path, plan, {"build-dir": "/c"}, env)


def test_bounds_of_tables() -> None:
    """As many tables as the bound are read, and one more is told; names likewise."""
    tables = [{"name": f"e{n}", "builder": "c"} for n in range(MOST_EXTENSIONS)]
    assert ([], MOST_EXTENSIONS) == _read(tables)
    assert (["extension-too-many"], MOST_EXTENSIONS) == _read(
        [*tables, {"name": "x", "builder": "c"}]
    )
    assert ([], 1) == _read([{"name": "a" * LONGEST_NAME, "builder": "c"}])


def _read(tables: list[dict[str, str]]) -> tuple[list[str], int]:
    found, problems = read_tables({"tool": {"trigpoint": {"extensions": tables}}})
    return [each.error.code for each in problems], len(found)


def test_bounds_of_paths_and_logs() -> None:
    """A path as long as the bound goes, a longer one does not; of a log the last lines are shown."""
    check_paths([Output("a" * LONGEST_PATH)], "x")
    with pytest.raises(ExtensionError):
        check_paths([Output("a" * (LONGEST_PATH + 1))], "x")
    lines = ending(
        "\n".join(f"{n}" + "x" * LONGEST_LINE for n in range(LOG_LINES + 1))
    ).splitlines()
    assert (LOG_LINES, LONGEST_LINE) == (len(lines), len(lines[0]))
    assert lines[0].startswith("1x")


@pytest.mark.parametrize(
    ("output", "module"),
    [
        (Output("a/_b.abi3.so"), "_b"),
        (Output("a/libb.so"), ""),
        (Output("a/x-y.abi3.so"), ""),
        (Output("_b.abi3.so", "data"), ""),
    ],
)
def test_which_outputs_are_modules(output: Output, module: str) -> None:
    """By suffix, scheme and name."""
    assert module == module_of(output, TARGET)


def test_the_limited_api_is_asked_for(tmp_path: Path, tools: Path) -> None:
    """The definition is on the command line, and the file and the tag say abi3."""
    root = tmp_path / "p"
    project(root, C + 'limited-api = "3.9"\n', ("core.c", "more.cc"))
    built = run(root, stand_in(tools))
    assert all("-DPy_LIMITED_API=0x03090000" in line for line in calls(tools) if " -c " in line)
    assert ["pkg/_core.abi3.so"] == [each.path for each in built.results["core"].outputs]
    assert "cp39-abi3-linux_x86_64" == str(built.tag)
    assert Stable(9) == TARGET.stable(Stable(9))


def test_an_older_python_gets_the_full_api(tmp_path: Path, tools: Path) -> None:
    """Where the limited API is newer, all is built for this Python, and both logs say why."""
    root = tmp_path / "p"
    newer = (
        C.replace("core.c", "more.c").replace("core", "newer").replace('", "more.cc', "")
        + 'limited-api = "3.14"\n'
    )
    project(root, f'{C}limited-api = "3.13"\n{newer}', ("core.c", "more.c", "more.cc"))
    said: list[str] = []
    built = run(root, stand_in(tools), say=said.append)
    lines = {line.split(" -c ")[1].split()[0]: line for line in calls(tools) if " -c " in line}
    assert "-DPy_LIMITED_API=0x030d0000" in lines["core.c"]
    assert "Py_LIMITED_API" not in lines["more.c"]
    assert ["pkg/_core.abi3.so", f"pkg/_newer{SUFFIX}"] == [
        each.path for result in built.results.values() for each in result.outputs
    ]
    # One file for this Python makes the wheel one for it.
    assert "cp313-cp313-linux_x86_64" == str(built.tag)
    note = (
        "info[extension-limited-api-too-new]: newer: limited-api is 3.14, and the target is "
        "cpython 3.13: the full API is built, for 3.13 alone\n"
        "  fix: leave it where Pythons before 3.14 get a wheel each; else set limited-api to 3.13 or lower"
    )
    assert [
        "[1/2] core: building with c",
        "core: 1 file",
        "[2/2] newer: building with c",
        note,
        "newer: 1 file",
    ] == said
    logs = next((root / ".trigpoint").glob("*/logs"))
    assert (logs / "newer.log").read_text().startswith(f"{note}\n$ ")
    assert (logs / "core.log").read_text().startswith("$ ")
