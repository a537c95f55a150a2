"""``trigpoint external plan``, ``check`` and ``suggest``: the library's answers in the terminal."""

from __future__ import annotations

import json
import sysconfig
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from trigpoint.cli import external_plan
from trigpoint.cli.app import app

from ..external.documents import mapping_text
from ..external.machines import Recorded, debian
from ..wheels.binaries import elf
from ..wheels.build import Wheel

TABLE = """[external]
build-requires = ["dep:virtual/compiler/c"]
host-requires = ["dep:generic/zlib@>=1.2", "dep:virtual/interface/mpi"]
dependencies = ["dep:generic/zlib", "dep:generic/git; sys_platform == 'win32'"]
[external.optional-dependencies]
more = ["dep:generic/libraqm"]
"""


def run(*arguments: str, data: str = TABLE) -> Result:
    return CliRunner().invoke(app, ["external", *arguments], input=data)


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Recorded:
    """A Debian that has zlib and a compiler, to build with, and nothing else."""
    made = debian("installed|zlib1g-dev|1:1.2.13.dfsg-1|", "installed|gcc|4:12.2.0-3|")
    made.files = {"/etc/os-release": "ID=debian\n"}
    monkeypatch.setattr(external_plan, "ThisMachine", lambda: made)
    monkeypatch.setattr("trigpoint.external.probe.ThisMachine", lambda: made)
    return made


def test_plan() -> None:
    """What is needed to build, why it is that, and the command."""
    found = run("plan", "-", "--on", "debian")
    assert 0 == found.exit_code
    for piece in (
        "On Debian, 4 packages are needed to build it.",
        "mpi-default-dev  the default of the ecosystem; also openmpi, mpich",
        "dep:generic/zlib@>=1.2: >=1.2 is asked for\n",
        "sudo apt-get satisfy --yes gcc 'zlib1g-dev (>= 1:1.2)' mpi-default-dev python3-dev\n",
    ):
        assert piece in found.output


@pytest.mark.parametrize("command", ["show", "plan"])
def test_a_requirement_in_place_of_a_file(command: str) -> None:
    """A DepURL that is typed is asked about, and no file of that name is looked for."""
    found = run(command, "dep:generic/zlib@>=1.2", "--on", "debian")
    assert (0, True) == (found.exit_code, "zlib1g-dev" in found.output)
    wrong = run(command, " DEP:", "--on", "debian")
    assert 1 == wrong.exit_code
    assert "error[external-" in wrong.output
    assert "-->" not in wrong.output


@pytest.mark.parametrize("command", ["show", "plan", "check"])
def test_a_file_that_is_not_there_says_what_else_may_stand_there(command: str) -> None:
    """The name of a library alone is taken for a file, and the way out is shown."""
    said = run(command, "openssl").output
    assert said.endswith(
        "openssl: there is no such file; a requirement itself begins with dep:, as in"
        " dep:generic/openssl\n"
    )


def test_a_file_that_is_called_so_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is there is a file, whatever its name."""
    monkeypatch.chdir(tmp_path)
    Path("dep:generic").write_text("dep:generic/zlib\ndep:\n")
    found = run("show", "dep:generic", "--on", "debian")
    assert "zlib1g-dev" in found.output
    assert "--> dep:generic:2:" in found.output


def test_plan_to_run() -> None:
    """Other packages, extras by name, and markers by the environment that is asked for."""
    arguments = ("plan", "-", "--on", "debian", "--for", "run")
    assert "\nsudo apt-get install --yes zlib1g\n" in run(*arguments).output
    windows = run(*arguments, "--env", "cpython-3.13-windows-arm64", "--extra", "more")
    assert "install --yes zlib1g git libraqm0\n" in windows.output
    assert "not needed" in run(*arguments, "--env", "cpython-3.13-linux-x86_64").output


def test_plan_by_pin_and_mapping(tmp_path: Path) -> None:
    """A pin chooses, a mapping of one's own names, and what is wrong with it is said."""
    pinned = run("plan", "-", "--on", "debian", "--pin", "interface/mpi=generic/mpich")
    assert " libmpich-dev " in pinned.output
    file = tmp_path / "own.json"
    file.write_text(mapping_text({"id": "dep:generic/zlib", "specs": ["my-zlib", "-rf"]}))
    own = run("plan", "-", "--on", "debian", "--mapping", str(file), data="dep:generic/zlib")
    assert "apt-get install --yes my-zlib\n" in own.output
    assert "error[mapping-argument]" in own.output
    for pin in ("x", "=y", "x="):
        said = run("plan", "-", "--on", "nix", "--pin", pin).output
        assert f"--pin takes VIRTUAL=PROVIDER; '{pin}' chooses nothing" in said


def test_plan_as_a_piece_of_a_file() -> None:
    """Only the piece, so that it can go into the file; what is missing goes to standard error."""
    found = run("plan", "-", "--on", "conda-forge", "--as", "pixi")
    assert 0 == found.exit_code
    assert "zlib" in tomllib.loads(found.stdout)["tool"]["pixi"]["dependencies"]
    for form, others in (
        ("pixi", "conda-forge"),
        ("cibuildwheel", "fedora, alpine, homebrew or vcpkg"),
    ):
        none = run("plan", "-", "--on", "debian", "--as", form)
        said = f"a plan for Debian cannot be written as '{form}'; with --on {others} it can"
        assert (2, said) == (none.exit_code, " ".join(none.output.split())[-len(said) :])
    missing = run("plan", "-", "--on", "conda-forge", "--as", "shell", data="dep:generic/libraqm")
    assert (1, "", True) == (missing.exit_code, missing.stdout, "not packaged" in missing.stderr)


def test_plan_to_run_says_what_is_for_building() -> None:
    """Where a mapping has one name for all purposes, whoever only runs is told that it is more."""
    found = run("plan", "-", "--on", "fedora", "--for", "run", data="dep:generic/zlib").output
    assert "zlib-devel  for building; to run needs a part of it" in found
    alpine = run("plan", "-", "--on", "alpine", "--for", "run", data="dep:generic/zlib").output
    assert "zlib-dev  for building; to run needs a part of it" in alpine
    assert "Of the names, 1 is from public data.\n" in found
    found = run("plan", "-", "--on", "debian", "--for", "run", data="dep:generic/zlib").output
    assert ("for building" in found, "Of the names" in found) == (False, False)


def test_plan_says_how_many_names_rest_on_memory(tmp_path: Path) -> None:
    """What nobody has verified is told apart: public data, and what nothing has confirmed."""
    file = tmp_path / "own.json"
    file.write_text(mapping_text({"id": "dep:generic/zlib", "specs": "my-zlib"}))
    data = "dep:generic/zlib\n"
    found = run("plan", "-", "--on", "debian", "--mapping", str(file), data=data).output
    assert "Of the names, 1 is unverified.\n" in found
    data = "dep:generic/zlib\ndep:generic/lua\ndep:generic/hunspell"
    found = run("plan", "-", "--on", "fedora", data=data).output
    assert "Of the names, 2 are from public data and 1 is unverified.\n" in found


def test_plan_of_a_wheel_leads_to_a_draft(tmp_path: Path) -> None:
    """A wheel whose metadata names nothing may link something all the same."""
    path = tmp_path / "spam-1.0-py3-none-any.whl"
    path.write_bytes(Wheel({"spam/__init__.py": b""}).data())
    said = "`trigpoint external suggest` drafts what its libraries ask for."
    for command in ("plan", "check"):
        assert said in run(command, str(path)).output
    assert said not in run("plan", "-", data="Metadata-Version: 2.4\nName: x\n").output


def test_plan_without_root() -> None:
    """Ecosystems without an administrator are listed with their commands."""
    found = run("plan", "-", "--on", "debian", "--without-root")
    assert "\nspack install gcc zlib@1.2: openmpi python\n" in found.output


def test_plan_as_json() -> None:
    """All of it, for programs."""
    data = json.loads(run("plan", "-", "--on", "debian", "--without-root", "--json").stdout)
    assert "apt-get" == data["plan"]["install"][0]["argv"][0]
    assert ["shell", "dockerfile", "github"] == [each["form"] for each in data["snippets"]]
    assert 3 == len(data["without_root"])


@pytest.mark.parametrize(
    ("text", "status"),
    [("dep:generic/zlib", 0), ("dep:generic/spam", 1), ("zlib", 1), ("dep:generic/git@~=1", 1)],
)
def test_exit_status(text: str, status: int) -> None:
    """1 after an error, and where something cannot be had."""
    assert status == run("plan", "-", "--on", "debian", data=text).exit_code


def test_lines_and_metadata() -> None:
    """Plain lines count for what is asked; METADATA says what is needed to run."""
    assert (
        "install --yes zlib1g\n"
        in run("plan", "-", "--on", "debian", "--for", "run", data="dep:generic/zlib\n").output
    )
    text = "Metadata-Version: 2.5\nName: x\nVersion: 1\nRequires-External-Dep: dep:generic/zlib\n"
    found = run("plan", "-", "--on", "debian", "--for", "run", data=text)
    assert "install --yes zlib1g\n" in found.output


def test_check(machine: Recorded) -> None:
    """What is here, what is not and what says so; then how to get it. Nothing is changed."""
    found = run("check", "-")
    assert 1 == found.exit_code
    for piece in (
        "dep:generic/zlib@>=1.2     here     package zlib1g-dev: installed, 1:1.2.13.dfsg-1",
        "dep:virtual/interface/mpi  absent   package mpi-default-dev: not installed",
        # Without zlib and a compiler, which are here.
        "To install what is missing:\nsudo apt-get install --yes mpi-default-dev python3-dev\n",
    ):
        assert piece in found.output
    assert [] == [argv for argv in machine.asked if argv[0] in ("apt-get", "sudo")]


def test_check_asks_for_no_headers_that_are_here(machine: Recorded) -> None:
    """A compiler that is missing does not bring those of another Python along."""
    header = Path(sysconfig.get_path("include")) / "Python.h"
    machine.files = {**machine.files, str(header): ""}
    found = run("check", "-", data="dep:virtual/compiler/fortran").output
    assert "To install what is missing:\nsudo apt-get install --yes gfortran\n" in found


def test_check_that_passes(machine: Recorded) -> None:
    """Nothing is to be done where all is here, or nothing is needed."""
    found = run("check", "-", data="dep:generic/zlib")
    assert (0, False) == (found.exit_code, "To install" in found.output)
    assert "The [external] table lists nothing.\n" == run("check", "-", data="[external]").output
    assert [] != machine.asked


def test_check_as_json(machine: Recorded) -> None:
    """Plan and evidence, for programs."""
    data = json.loads(run("check", "-", "--json", data="dep:generic/zlib").stdout)
    assert "here" == data["probe"]["results"][0]["verdict"]
    assert machine.asked


def test_what_has_no_name(machine: Recorded) -> None:
    """What the ecosystem has no name for cannot be looked for."""
    found = run("check", "-", data="dep:generic/spam\ndep:generic/git; os_name == 'x'")
    assert (1, True, True) == (
        found.exit_code,
        "no name" in found.output,
        "not needed" in found.output,
    )
    assert not machine.variables


def test_an_unknown_machine(machine: Recorded) -> None:
    """Without an ecosystem of its own one has to be said."""
    machine.files = {}
    found = run("check", "-")
    assert (2, True) == (found.exit_code, "say --on NAME" in found.output)


@pytest.fixture
def compiled() -> Wheel:
    """A wheel whose extension links a library that it does not have."""
    return Wheel({"spam/_core.so": elf(needed=("libpq.so.5", "libc.so.6"))}, purelib="false")


def test_suggest(compiled: Wheel, tmp_path: Path) -> None:
    """The draft is TOML on standard output; what it rests on is beside it."""
    path = tmp_path / compiled.name
    path.write_bytes(compiled.data())
    found = CliRunner().invoke(app, ["external", "suggest", str(path)])
    table = tomllib.loads(found.stdout)["external"]
    assert (0, ["dep:generic/libpq"]) == (found.exit_code, table["dependencies"])
    assert "libpq.so.5  outside     dep:generic/libpq  exact" in found.stderr
    data = json.loads(CliRunner().invoke(app, ["external", "suggest", str(path), "--json"]).stdout)
    assert ["dep:generic/libpq"] == data["draft"]["run"]


def test_suggest_what_is_loaded_by_name(tmp_path: Path) -> None:
    """A library that the wheel brings and no file links is in the draft and in the table."""
    made = Wheel({"spam/libsndfile_x64.so": elf(own="libsndfile.so.1")})
    path = tmp_path / made.name
    path.write_bytes(made.data())
    found = CliRunner().invoke(app, ["external", "suggest", str(path)])
    assert ["dep:generic/libsndfile"] == tomllib.loads(found.stdout)["external"]["dependencies"]
    assert "libsndfile.so.1  bundled     dep:generic/libsndfile  exact" in found.stderr


def test_suggest_from_what_is_installed(compiled: Wheel, tmp_path: Path) -> None:
    """What RECORD lists beside the .dist-info folder is read, and nothing that leads out of it."""
    for name, content in compiled.contents().items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    folder = tmp_path / "spam-1.0.dist-info"
    with (folder / "RECORD").open("a") as record:
        record.write("../../secret.so,,\nspam/gone.so,,\n")
    found = CliRunner().invoke(app, ["external", "suggest", str(folder)])
    assert ["dep:generic/libpq"] == tomllib.loads(found.stdout)["external"]["dependencies"]


def test_suggest_for_rust(compiled: Wheel, tmp_path: Path) -> None:
    """A wheel of maturin is Rust, as its WHEEL file says, in the archive and installed."""
    said = b"Wheel-Version: 1.0\nGenerator: maturin (1.9.4)\nRoot-Is-Purelib: false\n"
    made = Wheel({**compiled.files, "spam-1.0.dist-info/WHEEL": said + b"Tag: py3-none-any\n"})
    path = tmp_path / made.name
    path.write_bytes(made.data())
    for name, content in made.contents().items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    for place in (path, tmp_path / "spam-1.0.dist-info"):
        found = CliRunner().invoke(app, ["external", "suggest", str(place)])
        table = tomllib.loads(found.stdout)["external"]
        assert ["dep:virtual/compiler/rust"] == table["build-requires"]


def test_suggest_for_nothing(tmp_path: Path) -> None:
    """A wheel without compiled files links nothing; what is no wheel is refused."""
    path = tmp_path / "spam-1.0-py3-none-any.whl"
    path.write_bytes(Wheel().data())
    found = CliRunner().invoke(app, ["external", "suggest", str(path)])
    assert ("", "Nothing in it is compiled, so nothing is linked.\n") == (
        found.stdout,
        found.stderr,
    )
    (tmp_path / "a.txt").write_text("x")
    for name, said in (("a.txt", "neither a wheel nor"), (".", "has no RECORD")):
        wrong = CliRunner().invoke(app, ["external", "suggest", str(tmp_path / name)])
        assert (2, True) == (wrong.exit_code, said in wrong.output)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Metadata-Version: 2.4\nName: a\nVersion: 1\n", "This metadata says nothing about"),
        ("[project]\nname = 'a'\n", "There is no [external] table"),
        ("[external]\n", "The [external] table lists nothing."),
        ("[external\n", "The text is no TOML, so nothing of it was read."),
        ("\x03ALF\0", "The file is no text in UTF-8, so nothing of it was read."),
        ("\ufeffName: a\n", "The headers end before they begin, so nothing of them was read."),
        ("", "There is nothing to look up yet."),
        ("# a comment\n", "There is no requirement in this text."),
        (
            "[external]\nbuild-requires = ['dep:generic/-x']\n",
            "Nothing that could be read is needed",
        ),
        ("[external]\nbuild-requires = 7\n", "Nothing could be read"),
    ],
)
@pytest.mark.parametrize("command", ["plan", "check"])
@pytest.mark.usefixtures("machine")
def test_nothing_is_claimed_of_what_was_not_read(command: str, text: str, said: str) -> None:
    """That nothing has to be installed is no answer to a text that says nothing, or is wrong."""
    found = run(command, "-", "--on", "debian", data=text)
    assert said in found.output
    assert "nothing has to be installed" not in found.output
    assert "Nothing is needed here" not in found.output


@pytest.mark.usefixtures("machine")
def test_nothing_is_needed_of_what_was_read() -> None:
    """A table that only says what runs it needs nothing to build."""
    text = "[external]\ndependencies = ['dep:generic/zlib']\n"
    plan, check = (run(each, "-", "--on", "debian", data=text) for each in ("plan", "check"))
    assert (0, 0) == (plan.exit_code, check.exit_code)
    assert "On Debian, nothing has to be installed to build it." in plan.output
    assert "Nothing is needed here." in check.output


@pytest.mark.parametrize("command", ["plan", "check", "show"])
@pytest.mark.usefixtures("machine")
def test_an_error_of_a_mapping_is_an_error(command: str, tmp_path: Path) -> None:
    """What is wrong with somebody's mapping ends a run as what is wrong with the text does."""
    own = tmp_path / "own.json"
    own.write_text(
        mapping_text({"id": "dep:generic/zlib", "specs": ["a;b", "zlib1g-dev"]}), "utf-8"
    )
    arguments = (command, "-", "--on", "debian", "--mapping", str(own))
    found = run(*arguments, data="dep:generic/zlib\n")
    assert "zlib1g-dev" in found.output
    assert 1 == found.exit_code
    own.write_text("\n", "utf-8")
    assert 0 != run(*arguments, data="dep:generic/zlib\n").exit_code


def test_a_pin_of_nothing_is_refused() -> None:
    """A pin that could never be for anything is a slip of the one who typed it."""
    found = run("plan", "-", "--on", "debian", "--pin", "interface/mpj=generic/mpich")
    assert 2 == found.exit_code
    assert "'interface/mpj' is nothing virtual that is known" in found.output


def test_a_pin_is_the_same_to_show_and_plan() -> None:
    """Both take the form that their help has."""
    for command in ("show", "plan"):
        found = run(command, "-", "--on", "debian", "--pin", "interface/mpi=generic/mpich")
        assert "libmpich-dev" in found.output


def test_what_is_in_no_part_that_is_on() -> None:
    """A package of non-free is not there to apt as it comes, so the plan says so above its command."""
    found = run("plan", "-", "--on", "debian", data="dep:virtual/compiler/cuda\n")
    said = "nvidia-cuda-toolkit is in non-free, which has to be switched on before\n"
    assert said in found.output
    assert found.output.index(said) < found.output.index("sudo apt-get")
    assert "switched on" not in run("plan", "-", "--on", "debian").output


@pytest.mark.parametrize("data", [b"", b"PK", b"no archive at all"])
def test_suggest_claims_nothing_of_what_cannot_be_read(tmp_path: Path, data: bytes) -> None:
    """That nothing is compiled is no answer about a wheel that was cut."""
    path = tmp_path / "spam-1.0-py3-none-any.whl"
    path.write_bytes(data)
    for more in ([], ["--json"]):
        found = CliRunner().invoke(app, ["external", "suggest", str(path), *more])
        assert (1, "") == (found.exit_code, found.stdout)
        assert "error[archive-truncated]" in found.stderr
        assert "so what it links is not known" in found.stderr


def test_suggest_names_compiled_files_that_cannot_be_read(tmp_path: Path) -> None:
    """They are compiled, whatever they link: the draft is no list of everything, and says so."""
    path = tmp_path / "spam-1.0-py3-none-any.whl"
    path.write_bytes(Wheel({"a.so": b"\x7fELF" + b"\xff" * 99}).data())
    found = CliRunner().invoke(app, ["external", "suggest", str(path)])
    assert "warning[wheel-compiled-broken]: 'a.so' cannot be read" in found.stderr
    assert "dep:virtual/compiler/c" in found.stdout
    assert "Nothing in it is compiled" not in found.output


def test_suggest_for_files_that_are_listed_and_gone(tmp_path: Path) -> None:
    """A compiled file that RECORD lists and nobody finds may have linked anything."""
    folder = tmp_path / "spam-1.0.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text("Name: spam\n", "utf-8")
    (folder / "RECORD").write_text("spam-1.0.dist-info/METADATA,,\n../x.so,,\nspam.so,,\n", "utf-8")
    found = CliRunner().invoke(app, ["external", "suggest", str(folder)])
    assert "Nothing in it is compiled" not in found.output
    assert "spam.so is listed and not there, so what it links is not known.\n" == found.stderr


@pytest.mark.parametrize("command", ["plan", "check", "show"])
@pytest.mark.usefixtures("machine")
def test_a_name_that_nothing_lists_is_told(command: str) -> None:
    """Whoever mistypes an extra or a group reads it, and the run is no failure for that."""
    found = run(command, "-", "--on", "debian", "--extra", "mroe", "--group", "dev")
    assert "there is no extra 'mroe'" in found.output
    assert "there is no group 'dev'" in found.output
    right = run(command, "-", "--on", "debian", "--extra", "more")
    assert "external-undeclared" not in right.output


@pytest.mark.parametrize("command", ["plan", "check", "show"])
@pytest.mark.usefixtures("machine")
def test_a_name_that_nothing_lists_is_told_to_programs(command: str) -> None:
    """The answer as JSON has the findings, too; and of a text that is not read nothing is said."""
    asked = ("--on", "debian", "--extra", "mroe", "--json")
    found = json.loads(run(command, "-", *asked).stdout)
    assert ["there is no extra 'mroe'"] == [each["message"] for each in found["findings"]]
    unread = json.loads(run(command, "-", *asked, data="[external\n").stdout)
    assert ["metadata-toml"] == [each["code"] for each in unread["findings"]]


@pytest.mark.usefixtures("machine")
def test_a_name_that_nothing_lists_beside_a_piece_of_a_file() -> None:
    """What goes into a file stays clean: what is told stands on standard error."""
    found = run("plan", "-", "--on", "debian", "--group", "dev", "--as", "dockerfile")
    assert "there is no group 'dev'" in found.stderr
    assert "there is no group" not in found.stdout
