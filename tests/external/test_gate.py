"""Before a build: what stops it, what is only said, and what never looks."""

from __future__ import annotations

import importlib
import importlib.util
import os
import platform
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

import pytest
from tests.backends import PROJECT, WRAPPED, wrapped, write_backend

from trigpoint.external import backend, gate
from trigpoint.external.gate import (
    MODES,
    MOST_TOLD,
    MOST_WITNESSES,
    Checked,
    check,
    mode,
    stop_if_absent,
)
from trigpoint.external.mappings import mapping
from trigpoint.external.probe import Evidence, Here

from .machines import DPKG, SHELL, Programs, Recorded

ZLIB = "dep:generic/zlib"
CC = ("cc", "-x", "c", "-o", "/dev/null", "-")
DEBIAN = {"/etc/os-release": "ID=debian"}
INCLUDE = f"{sysconfig.get_path('include')}/Python.h"

# A Debian with a compiler and pkg-config, and without any library.
BARE: Programs = {
    DPKG: (0, ""),
    SHELL: (0, ""),
    CC: (0, ""),
    (*CC, "-lz"): (1, ""),
    (*CC, "-lzlib"): (1, ""),
    ("pkg-config", "--modversion", "zlib"): (1, ""),
}


def table(*host: str, build: str = "") -> str:
    """Return a pyproject.toml whose [external] table lists *host* and *build*."""
    listed = ", ".join(f'"{each}"' for each in host)
    return f'[external]\nbuild-requires = ["{build}"]\nhost-requires = [{listed}]\n'.replace(
        '[""]', "[]"
    )


def machine(programs: Programs | None = None, **more: str) -> Recorded:
    """Return a Debian on which *programs* answer, with *more* variables."""
    made = Recorded(BARE if programs is None else programs, DEBIAN, variables=more)
    return replace(made, files={**DEBIAN, INCLUDE: ""})


def absent(text: str, here: Recorded, settings: dict[str, str] | None = None) -> list[str]:
    return [each.requirement for each in check(text, here, settings).absent]


def without(programs: Programs, *left_out: str) -> Programs:
    """Return *programs* but those that are *left_out*, whatever they are asked."""
    return {key: value for key, value in programs.items() if key[0] not in left_out}


# -- what stops -----------------------------------------------------------------------------


def test_message(monkeypatch: pytest.MonkeyPatch) -> None:
    """It says what, where that is listed, what says so, the command and the way around."""
    monkeypatch.setattr(gate, "_sudo", lambda: True)
    found = check(table(f"{ZLIB}@>=1.2"), machine())
    assert """\
error[external-absent]: 1 thing that the build needs is not on this machine
  dep:generic/zlib@>=1.2  (host-requires of [external])
    package zlib1g-dev: not installed; pkg-config zlib: not known; linker -lz -lzlib: not found
  fix: on Debian, install what is missing:
    sudo apt-get update
    sudo apt-get satisfy --yes 'zlib1g-dev (>= 1:1.2)'
  to build without this check: set TRIGPOINT_EXTERNAL=off, or TRIGPOINT_EXTERNAL=note to be told only\
""" == found.message()
    assert () == found.notes


def test_root_needs_no_sudo(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a container there may be no sudo, and nobody needs it."""
    for user, lead in ((0, "apt-get"), (1000, "sudo apt-get")):
        monkeypatch.setattr(os, "geteuid", lambda user=user: user, raising=False)
        assert f"{lead} update" == check(table(ZLIB), machine()).commands[0]


def test_what_is_here_is_left_out() -> None:
    """Only what is missing is named, and only that is installed."""
    programs = {**BARE, DPKG: (0, "installed\tlibxml2-dev\t2.9.14\t\n")}
    found = check(table("dep:generic/libxml2", ZLIB), machine(programs))
    assert [ZLIB] == [each.requirement for each in found.absent]
    assert found.commands[-1].endswith("apt-get install --yes zlib1g-dev")


def test_several() -> None:
    """Everything that is missing is said at once; a compiler is needed with its headers."""
    here = replace(machine(without(BARE, "cc")), files=DEBIAN)
    found = check(table(ZLIB, build="dep:virtual/compiler/c"), here)
    assert ["dep:virtual/compiler/c", ZLIB, "dep:generic/python"] == [
        each.requirement for each in found.absent
    ]
    assert "3 things that the build needs are not on this machine" in found.message()
    assert "dep:generic/python  (what compiles for Python needs it)" in found.message()
    assert found.commands[-1].endswith("apt-get install --yes gcc zlib1g-dev python3-dev")


def test_no_headers_that_are_here() -> None:
    """With a compiler the headers are not installed again."""
    found = check(table(build=C), machine(without(BARE, "cc")))
    assert [C] == [each.requirement for each in found.absent]
    assert found.commands[-1].endswith("apt-get install --yes gcc")


def test_headers_of_another_python() -> None:
    """The headers are those of the Python that builds, whatever is installed besides."""
    with_compiler = table(build="dep:virtual/compiler/c")
    assert [] == absent(with_compiler, machine())
    bare = replace(machine(), files=DEBIAN)
    assert ["dep:generic/python"] == absent(with_compiler, bare)
    assert check(with_compiler, bare).commands[-1].endswith("install --yes python3-dev")
    listed = table("dep:generic/python", build="dep:virtual/compiler/c")
    assert ["dep:generic/python"] == absent(listed, bare)
    assert check(listed, bare).commands[-1].endswith("install --yes python3-dev")


@pytest.mark.parametrize("python", ["", "@>=3.99", "@>=3"])
def test_headers_beside_the_package(python: str) -> None:
    """What the package of the system has are the headers of its Python, not of any other."""
    programs = {**BARE, DPKG: (0, "installed\tpython3-dev\t3.99.0-1\t\n")}
    listed = f"dep:generic/python{python}"
    text = table(listed, build=C)
    bare = replace(machine(programs), files=DEBIAN)
    found = check(text, bare)
    assert [listed] == [each.requirement for each in found.absent]
    assert f"\n    header {INCLUDE}: not there\n" in found.message()
    assert () == found.commands
    assert found.message().count("  fix: the headers that are installed are another Python's") == 1
    assert ([listed] if "99" in python else []) == absent(text, machine(programs))
    assert [listed] == absent(table(listed), replace(bare, programs={}))


@pytest.mark.parametrize(
    ("system", "requirement", "lead"),
    [
        ("darwin", "dep:generic/cmake", "with Homebrew"),
        ("win32", "dep:virtual/compiler/rust", "with winget"),
        ("linux", "dep:generic/cmake", "on Debian"),
    ],
)
def test_what_installs_it(system: str, requirement: str, lead: str) -> None:
    """What is missing is installed on a system, or with what is a package manager only."""
    here = replace(machine({SHELL: (0, "")}), system=system)
    assert (
        f"\n  fix: {lead}, install what is missing:\n" in check(table(requirement), here).message()
    )


def test_another_version_of_the_python_that_builds() -> None:
    """No package makes it another one, so none is installed."""
    found = check(table("dep:generic/python@>=3.99"), machine())
    assert f"\n    {platform.python_version()} is there, asked for is >=3.99\n" in found.message()
    assert "\n  fix: build with a Python of a version that is asked for\n" in found.message()
    assert 1 == found.message().count("  fix: ")
    assert () == found.commands
    more = check(table(ZLIB, "dep:generic/python@>=3.99"), machine())
    assert more.commands[-1].endswith("install --yes zlib1g-dev")
    assert "has no version that is asked for" not in more.message()


def test_listed_twice() -> None:
    """What two keys list is told once, under the first, and so is what is not known of it."""
    found = check(table(ZLIB, build=ZLIB), machine())
    assert [ZLIB] == [each.requirement for each in found.absent]
    assert f"1 thing that the build needs is not on this machine\n  {ZLIB}  (build-requires of" in (
        found.message()
    )
    here: Programs = {**BARE, DPKG: (0, "installed\tlibboost-dev\t1\t\n")}
    assert 1 == len(check(table("dep:generic/curl", build="dep:generic/curl"), machine(here)).notes)


def test_other_version() -> None:
    """Too old stops, if pkg-config says so too, and not if it knows a newer one."""
    old = "installed\tzlib1g-dev\t1:1.2.13.dfsg-1\t\n"
    asked = ("pkg-config", "--exists", "zlib >= 1.3")
    known: Programs = {DPKG: (0, old), ("pkg-config", "--modversion", "zlib"): (0, "1.2.13\n")}
    text = table(f"{ZLIB}@>=1.3")
    assert [f"{ZLIB}@>=1.3"] == absent(text, machine({**known, asked: (1, "")}))
    said = check(text, machine({**known, asked: (1, "")})).message()
    assert "\n    1.2.13 is there, asked for is >=1.3\n" in said
    assert "(which fails if Debian has no version that is asked for)" in said
    assert [] == absent(text, machine({**known, asked: (0, "")}))
    assert [] == absent(text, machine({DPKG: (0, old)}))


def test_witnesses_are_bounded() -> None:
    """However many there are, so many are named."""
    named = [Evidence("packages", f"p{i}", "not installed", False) for i in range(9)]
    found = Checked((Here(ZLIB, ZLIB, "absent", tuple(named)),))
    assert MOST_WITNESSES == found.message().count("not installed")
    assert f"p{MOST_WITNESSES - 1}:" in found.message()
    assert "fix:" not in found.message()


def test_names_that_are_linked() -> None:
    """A library is looked for by the name that Debian's has, and by its own without lib."""
    asked: Programs = {(*CC, f"-l{each}"): (1, "") for each in ("png16", "png")}
    message = check(table("dep:generic/libpng"), machine({**BARE, **asked})).message()
    assert "linker -lpng16 -lpng: not found" in message


@pytest.mark.parametrize("variable", ["LIBPNG_ROOT", "PNG_ROOT", "PNG_DIR"])
def test_place_of_a_name_that_begins_with_lib(variable: str) -> None:
    """A library's own variable has its name with lib or without."""
    asked: Programs = {(*CC, f"-l{each}"): (1, "") for each in ("png16", "png")}
    here = machine({**BARE, **asked}, **{variable: "/opt"})
    found = check(table("dep:generic/libpng"), here)
    assert ((), True) == (found.absent, f"{variable} may say where" in found.notes[0])


def test_many_libraries() -> None:
    """Of many, the first ones are named, and how many more there are."""
    sonames = mapping("debian").cell("dep:generic/hdf5")
    assert sonames is not None
    options = tuple(f"-l{each[3:].partition('.so')[0]}" for each in sonames.sonames)
    programs: Programs = {**BARE, (*CC, *options): (1, ""), (*CC, "-lhdf5"): (1, "")}
    message = check(table("dep:generic/hdf5"), machine(programs)).message()
    shown = " ".join(options[:3])
    assert f"linker {shown} and {len(options) - 2} more: not found" in message


def test_what_a_terminal_would_take_for_itself() -> None:
    """Nothing of a table moves the cursor."""
    found = Checked((Here("dep:\x1b[0m", "", "absent", ()),), notes=("\x1b",))
    assert "\x1b" not in found.message()


# -- what does not stop ---------------------------------------------------------------------

OPENSSL = "dep:generic/openssl"
NO_OPENSSL: Programs = {
    **BARE,
    ("pkg-config", "--modversion", "openssl"): (1, ""),
    **{(*CC, *each): (1, "") for each in (("-lcrypto", "-lssl"), ("-lssl", "-lcrypto"))},
    (*CC, "-lopenssl"): (1, ""),
}
C = "dep:virtual/compiler/c"


class Still(NamedTuple):
    """A machine that does not show that the requirement is missing there."""

    programs: Programs
    variables: dict[str, str]
    system: str = "linux"
    requirement: str = ZLIB


STILL = {
    "only the package manager says so": Still({DPKG: (0, "")}, {}),
    "only pkg-config says so": Still(without(BARE, "dpkg-query", "cc"), {}),
    "only the linker says so": Still(without(BARE, "dpkg-query", "pkg-config"), {}),
    "pkg-config knows it": Still(
        {**BARE, ("pkg-config", "--modversion", "zlib"): (0, "1.3\n")}, {}
    ),
    "the linker finds it": Still({**BARE, (*CC, "-lz"): (0, "")}, {}),
    "the linker finds it by its own name": Still({**BARE, (*CC, "-lzlib"): (0, "")}, {}),
    "the build is told where it is": Still(BARE, {"ZLIB_ROOT": "/opt"}),
    "CMake is told where all is": Still(BARE, {"CMAKE_PREFIX_PATH": "/opt"}),
    "the linker is told where all is": Still(BARE, {"LDFLAGS": "-L/opt/lib"}),
    "it is built for another machine": Still(BARE, {"_PYTHON_HOST_PLATFORM": "macosx-11.0-arm64"}),
    "the compiler of Windows is not on PATH": Still(without(BARE, "cc"), {}, "win32", C),
    "cc is not what links on Windows": Still(NO_OPENSSL, {}, "win32", OPENSSL),
}


@pytest.mark.parametrize("case", STILL)
def test_not_known_to_be_missing(case: str) -> None:
    """One witness is not enough, and one that saw it is."""
    still = STILL[case]
    here = replace(machine(still.programs, **still.variables), system=still.system)
    assert [] == absent(table(still.requirement), here)


def test_linker_and_pkg_config() -> None:
    """What is not asked of a package manager is missing if both others say so, but on Windows."""
    assert [OPENSSL] == absent(table(OPENSSL), machine(without(NO_OPENSSL, "dpkg-query")))


@pytest.mark.parametrize(
    ("requirement", "programs"),
    [(C, without(BARE, "cc", "dpkg-query")), ("dep:generic/cmake", {SHELL: (0, "")})],
)
def test_one_that_is_enough(requirement: str, programs: Programs) -> None:
    """A compiler or a program that a build would start needs no second witness."""
    assert [requirement] == absent(table(build=requirement), machine(programs))


def test_flags_that_lead_nowhere_else() -> None:
    """Hardening is in LDFLAGS on every distribution, and says no place."""
    assert [ZLIB] == absent(table(ZLIB), machine(BARE, LDFLAGS="-Wl,-z,now"))


SETTINGS = {
    "cmake.define.ZLIB_ROOT": True,
    "skbuild.cmake.define.ZLIB_ROOT": True,
    "cmake.args": True,
    "setup-args": True,
    "cmake.build-type": False,
    "wheel.py-api": False,
}


@pytest.mark.parametrize("setting", SETTINGS)
def test_settings_of_the_inner_backend(setting: str) -> None:
    """What CMake or Meson is told by a config setting counts as well as a variable."""
    found = check(table(ZLIB), machine(), {setting: "/opt"})
    assert SETTINGS[setting] == (found.absent == ())
    assert SETTINGS[setting] == (
        f"{ZLIB} is not where others are; {setting} may say where" in found.notes
    )


SKBUILD = "tool.scikit-build.cmake"
MESON = "tool.meson-python.args.setup"
TOLD = {
    f"[{SKBUILD}.define]\nZLIB_ROOT = 'vendor'": f"{SKBUILD}.define.ZLIB_ROOT",
    f"[{SKBUILD}.define]\nzlib_DIR = 'vendor'": f"{SKBUILD}.define.zlib_DIR",
    f"[{SKBUILD}.define]\nSPAM_ZLIB = 'third/zlib'": f"{SKBUILD}.define.SPAM_ZLIB",
    f"[{SKBUILD}.define]\nSPAM_ZLIB = 'third\\zlib'": f"{SKBUILD}.define.SPAM_ZLIB",
    f"[{SKBUILD}.define]\nCMAKE_PREFIX_PATH = {{env = 'SPAM'}}": (
        f"{SKBUILD}.define.CMAKE_PREFIX_PATH"
    ),
    f"[{SKBUILD}.define]\nZLIB_ROOT = {{env = 'A', default = 'b'}}": (
        f"{SKBUILD}.define.ZLIB_ROOT"
    ),
    f"[{SKBUILD}]\nargs = ['-GNinja', '-DZLIB_ROOT:STRING=vendor']": f"{SKBUILD}.args",
    f"[{SKBUILD}]\nargs = ['--toolchain', 'x.cmake']": f"{SKBUILD}.args",
    "[tool.meson-python.args]\nsetup = ['--pkg-config-path=/opt']": MESON,
    "[tool.meson-python.args]\nsetup = '-Dpkg_config_path=/opt'": MESON,
    f"[{SKBUILD}.define]\nSPAM_USE_ZLIB = true\nZLIBS_ROOT = '/opt'": "",
    f"[{SKBUILD}.define]\nPNG_ROOT = '/opt'\nBUILD_TESTING = 'OFF'": "",
    f"[{SKBUILD}.define]\nZLIB_ROOT = ''\nZLIB_DIR = {{env = 'A'}}": "",
    f"[{SKBUILD}]\nargs = ['-DCMAKE_BUILD_TYPE=Debug', 3]": "",
    f"[{SKBUILD}]\ndefine = 3\nargs = 3": "",
    "[tool]\nscikit-build = 3\nmeson-python.args.setup = ['-Dbuildtype=debug']": "",
}


@pytest.mark.parametrize("tool", TOLD)
def test_tables_of_the_inner_backend(tool: str) -> None:
    """What the project itself tells CMake or Meson counts, if it is about a place of that library."""
    found = check(table(ZLIB) + tool, machine(SPAM="/opt"))
    assert (TOLD[tool] == "") == bool(found.absent)
    expected = f"{ZLIB} is not where others are; {TOLD[tool]} may say where"
    assert ((expected,) if TOLD[tool] else ()) == found.notes


def test_tables_are_read_so_far() -> None:
    """More than that may say anything, so nothing is missed."""
    for more, expected in ((0, [ZLIB]), (1, [])):
        arguments = ", ".join(["'-Wno-dev'"] * (MOST_TOLD + more))
        tool = f"[{SKBUILD}]\nargs = [{arguments}]\n"
        assert expected == absent(table(ZLIB) + tool, machine())


def test_variables_of_a_program() -> None:
    """GIT_DIR says nothing of where git is."""
    git = table(build="dep:generic/git")
    assert ["dep:generic/git"] == absent(git, machine(GIT_DIR="/repository/.git"))
    assert [] == absent(git, machine(CMAKE_PREFIX_PATH="/opt"))
    tool = f"[{SKBUILD}.define]\nGIT_DIR = '/repository'\n"
    assert ["dep:generic/git"] == absent(git + tool, machine())


def test_a_place_is_no_compiler() -> None:
    """Where libraries are says nothing of a compiler."""
    programs = without(BARE, "cc")
    found = absent(table(build="dep:virtual/compiler/c"), machine(programs, CMAKE_ARGS="-DX=1"))
    assert ["dep:virtual/compiler/c"] == found


def test_compiler_of_the_build() -> None:
    """The compiler that CC names is asked, with its options."""
    mine = ("ccache", "clang", *CC[1:])
    programs: Programs = {**without(BARE, "cc"), mine: (0, "")}
    text = table(build="dep:virtual/compiler/c")
    assert [] == absent(text, machine(programs, CC="ccache clang"))
    assert ["dep:virtual/compiler/c"] == absent(text, machine(programs))
    assert [] == absent(text, machine(BARE, CC="'"))


def test_a_compiler_that_links_nothing() -> None:
    """It is no witness for what it does not find."""
    programs: Programs = {
        DPKG: (0, ""),
        CC: (1, ""),
        (*CC, "-lz"): (1, ""),
        (*CC, "-lzlib"): (1, ""),
    }
    assert [] == absent(table(ZLIB), machine(programs))


def test_conda() -> None:
    """What the active environment of conda has is here, on whatever system."""
    here = machine(BARE, CONDA_PREFIX="/env")
    folders = {"/env/conda-meta": ("zlib-1.3.1-hb9d3cd8_2.json",)}
    assert [] == absent(table(f"{ZLIB}@>=1.3"), replace(here, folders=folders))
    assert [f"{ZLIB}@>=2"] == absent(table(f"{ZLIB}@>=2"), replace(here, folders=folders))
    other = {"/env/conda-meta": ("git-2.47.0-pl5321h59d505e_0.json",)}
    assert [ZLIB] == absent(table(ZLIB), replace(here, folders=other))


def test_half_of_it_in_conda() -> None:
    """All packages of something have to be there, and nobody else is asked a second time."""
    several = "dep:virtual/interface/vulkan"
    cell = mapping("conda-forge").cell(several)
    assert cell is not None
    programs: Programs = {**BARE, ("pkg-config", "--modversion", "vulkan"): (1, "")}
    found: list[list[str]] = []
    for packages in (cell.host[:1], cell.host):
        here = machine(programs, CONDA_PREFIX="/env")
        names = tuple(f"{each}-1.0-0.json" for each in packages)
        here = replace(here, folders={"/env/conda-meta": names}, asked=[])
        found.append(absent(table(several), here))
        assert len(set(here.asked)) == len(here.asked)
    assert [[several], []] == found


def test_listed_twice_in_conda() -> None:
    """What is needed to build and to link has packages for both, where they differ."""
    clang = "dep:generic/clang"
    cell = mapping("conda-forge").cell(clang)
    assert cell is not None
    found: list[list[str]] = []
    for packages in (cell.build, cell.host, {*cell.build, *cell.host}):
        here = machine({SHELL: (0, "")}, CONDA_PREFIX="/env")
        names = tuple(f"{each}-1.0-0.json" for each in packages)
        here = replace(here, folders={"/env/conda-meta": names})
        found.append(absent(table(clang, build=clang), here))
    assert [[clang], [clang], []] == found


def test_headers_in_conda() -> None:
    """The headers of conda's Python are not those of another one that builds."""
    here = replace(machine(CONDA_PREFIX="/env"), files=DEBIAN)
    here = replace(here, folders={"/env/conda-meta": ("python-3.13.1-h9a34b6e_5.json",)})
    assert ["dep:generic/python"] == absent(table(build=C), here)


def test_provider_of_something_virtual() -> None:
    """Another provider than the default will do."""
    mpi = "dep:virtual/interface/mpi"
    programs: Programs = {
        **BARE,
        ("pkg-config", "--modversion", "mpi"): (1, ""),
        DPKG: (0, "installed\tlibmpich-dev\t4.0.2-3\t\n"),
    }
    assert [] == absent(table(mpi), machine(programs))
    assert [mpi] == absent(table(mpi), machine({**programs, DPKG: (0, "")}))


def test_programs_of_the_build() -> None:
    """A program can come from what the build requires, in its own version."""
    text = table(build="dep:generic/cmake@>=3.27")
    asked = ("cmake", "--version")
    newer: Programs = {**BARE, asked: (0, "cmake version 4.1.0\n\nCMake suite\n")}
    older: Programs = {**BARE, asked: (0, "cmake version 3.25.1\n")}
    silent: Programs = {**BARE, asked: (0, "")}
    requirement = "dep:generic/cmake@>=3.27"
    expected: list[list[str]] = [[], [requirement], [], [requirement]]
    assert expected == [absent(text, machine(each)) for each in (newer, older, silent, BARE)]
    with_package = {**newer, DPKG: (0, "installed\tcmake\t3.25.1-1\t\n")}
    assert [] == absent(text, machine(with_package))


@pytest.mark.parametrize("answer", [(0, "/usr/bin/it\n"), None])
@pytest.mark.parametrize(
    ("requirement", "program"), [("dep:generic/cmake", "cmake"), ("dep:virtual/compiler/c", "cc")]
)
def test_a_program_that_does_not_end(
    requirement: str, program: str, answer: tuple[int, str] | None
) -> None:
    """What did not answer in time is there, or nobody knows; only the shell says that it is not."""
    silent = without(BARE, "cc", "sh")
    if answer is not None:
        silent[(*SHELL, program)] = answer
    assert [] == absent(table(build=requirement), machine(silent))
    silent[(*SHELL, program)] = (127, "")
    found = check(table(build=requirement), machine(silent))
    assert [requirement] == [each.requirement for each in found.absent]
    assert f"{program}: not on PATH" in found.message()


NOTES = {
    "[external]\nhost-requires = ['zlib', 'dep:generic/libxml2']\n": (
        "[external] has 1 mistake, which trigpoint check shows; the rest is looked at"
    ),
    table("dep:generic/no-such-thing"): (
        "dep:generic/no-such-thing: no registry has the name; "
        "a mapping of your own can say what it is here"
    ),
    table("dep:generic/boost"): "dep:generic/boost: whether it is here is not known",
}


@pytest.mark.parametrize("text", NOTES)
def test_notes(text: str) -> None:
    """What cannot be read, has no name here or cannot be asked for stops nothing, and is said."""
    programs = {**BARE, DPKG: (0, "installed\tlibxml2-dev\t2.9.14\t\n")}
    found = check(text, machine(programs))
    assert ((), (NOTES[text],)) == (found.absent, found.notes)


def test_note_that_names_the_place() -> None:
    """Who told the build of another place is told that this is why nothing is said."""
    found = check(table(ZLIB), machine(BARE, ZLIB_ROOT="/opt"))
    assert (f"{ZLIB} is not where others are; ZLIB_ROOT may say where",) == found.notes


def test_two_mistakes() -> None:
    """They are counted."""
    found = check("[external]\nhost-requires = ['zlib', 'xml']\n", machine())
    assert found.notes[0].startswith("[external] has 2 mistakes")


def test_system_that_is_not_known() -> None:
    """Without names there is nothing to look for."""
    found = check(table(ZLIB), Recorded(BARE))
    assert ((), "not known" in "".join(found.notes)) == (found.absent, True)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[project]\nname = 'x'\n",
        "[external]\n",
        "[external]\ndependencies = ['dep:generic/git']\n",
    ],
)
def test_nothing_to_build_with(text: str) -> None:
    """Nobody is asked about a project that needs nothing to be built."""
    here = machine()
    assert Checked() == check(text, here)
    assert [] == here.asked


def test_markers() -> None:
    """What is not needed on this Python is not looked for."""
    assert [] == absent(table(f"{ZLIB}; python_version < '3'"), machine())


# -- the switch -----------------------------------------------------------------------------

SWITCHES = [
    (None, "", "stop", ""),
    ({}, "off", "off", ""),
    ({"external": "note"}, "off", "note", ""),
    ({"external": " OFF "}, "", "off", ""),
    ({"external": ""}, "off", "stop", ""),
    ({"other": "off"}, "", "stop", ""),
    ({"external": "no"}, "", "stop", "external is one of stop, note, off, not 'no'"),
    (
        {"external": ["off", "on"]},
        "",
        "stop",
        "external is one of stop, note, off, not ['off', 'on']",
    ),
    ({}, "0", "stop", "TRIGPOINT_EXTERNAL is one of stop, note, off, not '0'"),
]


@pytest.mark.parametrize(("settings", "variable", "wanted", "note"), SWITCHES)
def test_switch(settings: dict[str, object] | None, variable: str, wanted: str, note: str) -> None:
    """A config setting counts more than the variable; what is neither is said."""
    assert (wanted, note) == mode(settings, Recorded(variables={"TRIGPOINT_EXTERNAL": variable}))


@pytest.mark.parametrize("wanted", MODES)
def test_what_the_switch_does(
    wanted: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It stops with a message, only says it, or nobody looks."""
    (tmp_path / "pyproject.toml").write_text(table(ZLIB, "dep:generic/boost"))
    here = machine()
    if wanted == "stop":
        with pytest.raises(SystemExit) as caught:
            stop_if_absent(tmp_path, {"external": wanted}, here)
        assert 1 == caught.value.code
    else:
        stop_if_absent(tmp_path, {"external": wanted}, here)
    said = capsys.readouterr().err
    expected = {"stop": "error[external-absent]", "note": "note[external-absent]", "off": ""}
    assert expected[wanted] in said
    assert (wanted != "off") == ("note: dep:generic/boost" in said) == bool(here.asked)
    assert (wanted == "stop") == ("error" in said) == ("to build without this check" in said)
    assert bool(said) == (wanted != "off")


def test_wrong_switch_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is as if nothing had been said, and that is told."""
    (tmp_path / "pyproject.toml").write_text("")
    stop_if_absent(tmp_path, {"external": "no\x1b"}, machine())
    assert "note: external is one of stop, note, off, not 'no\\x1b'\n" == capsys.readouterr().err


# -- real builds ----------------------------------------------------------------------------

ENTRIES = ("hook", *WRAPPED, "scikit_build_core")
HOOK = "[tool.hatch.build.hooks.trigpoint-external]\n"

CMAKE = """\
cmake_minimum_required(VERSION 3.15...4.1)
project(pk LANGUAGES NONE)
install(CODE "message(STATUS compiled)")
"""

desktop = pytest.mark.skipif(
    sys.platform in ("win32", "emscripten"), reason="tools are shell scripts"
)


def write(root: Path, name: str) -> str:
    """Write a project for the backend *name* (``hook``: hatchling with the hook); name its backend."""
    if name == "hook":
        pytest.importorskip("hatchling")
        own, text = "hatchling.build", HOOK
    else:
        inner, more = wrapped(name)
        own = "trigpoint.external.backend"
        text = f"[tool.trigpoint.external]\nbackend = '{inner}'\n{more}"
    (root / "src/pk").mkdir(parents=True)
    (root / "src/pk/__init__.py").write_text("")
    (root / "src/CMakeLists.txt").write_text(CMAKE)
    (root / "pyproject.toml").write_text(
        f"[build-system]\nrequires = ['x']\nbuild-backend = '{own}'\n{PROJECT}{text}{table(ZLIB)}"
    )
    return own


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> Recorded:
    """Return the machine without libraries that every build in this process asks."""
    made = machine()
    monkeypatch.setattr(gate, "ThisMachine", lambda: made)
    monkeypatch.delenv("TRIGPOINT_EXTERNAL", raising=False)
    monkeypatch.delenv("PIP_BUILD_TRACKER", raising=False)
    return made


@pytest.fixture(params=ENTRIES)
def project(
    request: pytest.FixtureRequest, tmp_path: Path, bare: Recorded, monkeypatch: pytest.MonkeyPatch
) -> ModuleType:
    """Return the backend of a project, which is the current folder, beside a folder ``out``."""
    root = tmp_path / "p"
    own = write(root, request.param)
    monkeypatch.chdir(root)
    (tmp_path / "out").mkdir()
    return importlib.import_module(own)


@desktop
def test_wheels_are_stopped(
    project: ModuleType, bare: Recorded, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """No wheel is made, editable or not, and what is said ends the build without a traceback."""
    for build in (project.build_wheel, project.build_editable):
        with pytest.raises(SystemExit) as caught:
            build(str(tmp_path / "out"), None, None)
        assert 1 == caught.value.code
        assert "error[external-absent]: 1 thing" in capsys.readouterr().err
    assert [] == list((tmp_path / "out").iterdir())
    assert bare.asked


@desktop
def test_nothing_else_looks(project: ModuleType, bare: Recorded, tmp_path: Path) -> None:
    """What a build requires, metadata and an sdist are had on a machine that has nothing."""
    project.get_requires_for_build_wheel(None)
    project.get_requires_for_build_editable(None)
    project.get_requires_for_build_sdist(None)
    info = project.prepare_metadata_for_build_wheel(str(tmp_path / "out"), None)
    assert "Name: pk" in (tmp_path / "out" / info / "METADATA").read_text()
    (tmp_path / "more").mkdir()
    project.prepare_metadata_for_build_editable(str(tmp_path / "more"), None)
    assert (tmp_path / "out" / project.build_sdist(str(tmp_path / "out"), None)).is_file()
    assert [] == bare.asked


@desktop
def test_wheel_where_all_is_here(
    project: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other backend's wheel is made, as if nobody had looked."""
    here = machine({**BARE, (*CC, "-lz"): (0, "")})
    monkeypatch.setattr(gate, "ThisMachine", lambda: here)
    made = project.build_wheel(str(tmp_path / "out"), {}, None)
    assert (tmp_path / "out" / made).is_file()
    assert here.asked


@desktop
def test_switched_off(
    project: ModuleType, bare: Recorded, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A setting does it where there are any, and is kept from the other backend; else a variable."""
    if project is backend:
        assert project.build_wheel(str(tmp_path / "out"), {"external": "off"}, None)
    else:
        monkeypatch.setattr(bare, "variables", {"TRIGPOINT_EXTERNAL": "off"})
        assert project.build_wheel(str(tmp_path / "out"), None, None)
    assert [] == bare.asked


def test_hooks_of_the_other_backend(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Optional hooks are there if the other backend has them, and settings get there.

    What an editable wheel requires is nothing by default, says PEP 660, so that may be asked.
    """
    program = (
        "def build_wheel(folder, settings=None, metadata=None): return f'{settings}'\n"
        "def build_sdist(folder, settings=None): return f'{settings}'\n"
        "def get_requires_for_build_sdist(settings=None): return sorted(settings)\n"
        "def build_editable(folder, settings=None, metadata=None): return f'{settings}'\n"
    )
    tables = "[tool.trigpoint.external]\nbackend = 'plain_backend'\n"
    write_backend(tmp_path, monkeypatch, "plain_backend", program, tables)
    optional = [
        *("prepare_metadata_for_build_wheel", "prepare_metadata_for_build_editable"),
        *("nonsense", "get_requires_for_build_editable", "build_editable"),
    ]
    assert [False] * 3 + [True] * 2 == [hasattr(backend, each) for each in optional]
    assert [] == backend.get_requires_for_build_editable({"external": "off"})
    settings = {"external": "off", "a": "b"}
    assert ["a"] == backend.get_requires_for_build_sdist(settings)
    assert [] == backend.get_requires_for_build_wheel(settings)
    assert "{'a': 'b'}" == backend.build_wheel("", settings) == backend.build_sdist("", settings)
    assert "{'a': 'b'}" == backend.build_editable("", settings)


@pytest.mark.parametrize("what", ["sdist", "wheel", "editable"])
def test_requirements_of_the_other_backend(
    what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever it requires for one of the three is required for that, and asked once."""
    hook = f"get_requires_for_build_{what}"
    program = f"build_editable = None\ndef {hook}(settings=None): return [*(settings or ()), 'x']\n"
    tables = "[tool.trigpoint.external]\nbackend = 'asking_backend'\n"
    write_backend(tmp_path, monkeypatch, "asking_backend", program, tables)
    for each in ("sdist", "wheel", "editable"):
        function = getattr(backend, f"get_requires_for_build_{each}")
        assert (["a", "x"] if each == what else []) == function({"external": "off", "a": "b"})


EXTENSIONS = """
[tool.hatch.build.hooks.trigpoint]

[[tool.trigpoint.extensions]]
name = "core"
builder = "c"
module = "pk._core"
sources = ["no-such.c"]
"""


@desktop
def test_before_another_hook(
    tmp_path: Path,
    bare: Recorded,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Hooks run in the order of their tables, so this one can stand above what compiles."""
    root = tmp_path / "p"
    own = importlib.import_module(write(root, "hook"))
    text = (root / "pyproject.toml").read_text()
    for (first, second), expected in {
        (HOOK, EXTENSIONS): "external-absent",
        (EXTENSIONS, HOOK): "extension-source-missing",
    }.items():
        (root / "pyproject.toml").write_text(text.replace(HOOK, f"{first}{second}"))
        monkeypatch.chdir(root)
        with pytest.raises(SystemExit):
            own.build_wheel(str(tmp_path), None, None)
        assert [expected] == re.findall(r"error\[(.*?)\]", capsys.readouterr().err)


def test_no_backend_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The message names the table of this wrapper, not that of the other."""
    (tmp_path / "pyproject.toml").write_text("[tool.trigpoint]\nbackend = 'flit_core.buildapi'\n")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit):
        backend.build_wheel("")
    assert "write [tool.trigpoint.external] with backend" in capsys.readouterr().err


def test_both_wrappers(
    tmp_path: Path,
    bare: Recorded,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """This one goes around the one for extensions, which goes around a third."""
    root = tmp_path / "p"
    write(root, "flit_core")
    text = (root / "pyproject.toml").read_text()
    text = text.replace("'flit_core.buildapi'", "'trigpoint.extensions.backend'")
    (root / "pyproject.toml").write_text(
        f"{text}[tool.trigpoint]\nbackend = 'flit_core.buildapi'\n"
    )
    monkeypatch.chdir(root)
    with pytest.raises(SystemExit):
        backend.build_wheel(str(tmp_path))
    assert "external-absent" in capsys.readouterr().err
    assert "pk-1-py3-none-any.whl" == backend.build_wheel(str(tmp_path), {"external": "off"})


def stand_in(folder: Path) -> str:
    """Write programs that know no library into *folder*; return a PATH with it in front."""
    folder.mkdir()
    for name, script in {
        "dpkg-query": "exit 0",
        "pkg-config": "exit 1",
        "cc": 'case "$*" in *-l*) exit 1;; esac',
    }.items():
        (folder / name).write_text(f"#!/bin/sh\n{script}\n")
        (folder / name).chmod(0o755)
    return f"{folder}{os.pathsep}{os.environ['PATH']}"


@pytest.fixture
def pip(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Return pip, on a machine whose own programs know no library."""
    pytest.importorskip("pip")
    if shutil.which("dpkg-query") is None:
        pytest.skip("what the programs of Debian say is asked for on a Debian")
    env = {**os.environ, "PATH": stand_in(tmp_path / "tools")}
    for each in ("CC", "CONDA_PREFIX", "LDFLAGS", "CMAKE_PREFIX_PATH", "PIP_BUILD_TRACKER"):
        env.pop(each, None)

    def run(command: str, *more: str, **variables: str) -> subprocess.CompletedProcess[str]:
        quiet = ("--no-deps", "--no-index", "--no-build-isolation", "--no-cache-dir")
        argv = (sys.executable, "-m", "pip", command, *quiet, *more)
        return subprocess.run(
            argv, capture_output=True, text=True, check=False, env={**env, **variables}
        )

    return run


@desktop
@pytest.mark.parametrize("name", ["hook", "setuptools", "scikit_build_core"])
def test_what_pip_shows(
    name: str, tmp_path: Path, pip: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    """Whoever types pip install reads the message; switched off, it is installed."""
    root = tmp_path / "p"
    own = write(root, name)
    target = ("--target", str(tmp_path / "site"), str(root))
    done = pip("install", *target)
    said = done.stdout + done.stderr
    assert 1 == done.returncode, said
    assert "error[external-absent]: 1 thing that the build needs is not on this machine" in said
    assert "package zlib1g-dev: not installed; pkg-config zlib: not known" in said
    assert "apt-get install --yes zlib1g-dev" in said
    assert "Traceback" not in said
    if own == "trigpoint.external.backend":
        done = pip("install", *target, "-Cexternal=off")
    else:
        done = pip("install", *target, TRIGPOINT_EXTERNAL="off")
    assert 0 == done.returncode, done.stderr
    assert (tmp_path / "site/pk/__init__.py").is_file()
