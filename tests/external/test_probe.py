"""Probing: what each package manager says, and what is made of it; nothing is written."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from trigpoint.external.machine import Ran, ThisMachine, ecosystems, os_release
from trigpoint.external.mappings import ECOSYSTEMS
from trigpoint.external.plan import Choice, Plan, Planned, plan
from trigpoint.external.probe import installed_packages, probe, upstream

from .machines import DPKG, LDCONFIG, SHELL, Programs, Recorded, debian

ZLIB, MPI, C = "dep:generic/zlib", "dep:virtual/interface/mpi", "dep:virtual/compiler/c"


def verdict(
    requirement: str, machine: Recorded, ecosystem: str = "debian", purpose: str = "build"
) -> str:
    return probe(plan([requirement], ecosystem, purpose), machine).results[0].verdict


# -- Debian -------------------------------------------------------------------------------


def test_installed() -> None:
    """A package with the state installed is here, with the version that it has."""
    machine = debian("installed|zlib1g-dev|1:1.2.13.dfsg-1|libz-dev (= 1:1.2.13.dfsg-1)")
    (here,) = probe(plan([ZLIB], "debian"), machine).results
    assert ("here", "installed, 1:1.2.13.dfsg-1") == (here.verdict, here.evidence[0].said)


@pytest.mark.parametrize("state", ["config-files", "not-installed", "half-installed", "unpacked"])
def test_removed_is_not_installed(state: str) -> None:
    """What left its configuration, or never got whole, is not here, although dpkg-query ends well."""
    assert "absent" == verdict(ZLIB, debian(f"{state}|zlib1g-dev|1:1.2.13.dfsg-1|"))


def test_provided() -> None:
    """A virtual package is here where an installed one provides it, and not where a removed one does."""
    named = "dep:deb/debian/libblas.so.3"
    provides = "|libblas3|3.11.0-2|libblas.so.3, other (= 1)"
    assert "here" == verdict(named, debian(f"installed{provides}"))
    assert "absent" == verdict(named, debian(f"config-files{provides}"))


VERSIONS = [
    (">=1.2", "here"),
    (">=1.2.13,<2", "here"),
    ("==1.2.13", "here"),
    ("<2", "here"),
    (">=1.3", "other version"),
    ("<1", "other version"),
]


@pytest.mark.parametrize(("text", "expected"), VERSIONS)
def test_epochs_and_revisions(text: str, expected: str) -> None:
    """Neither the epoch nor what Debian adds is part of the version."""
    machine = debian("installed|zlib1g-dev|1:1.2.13.dfsg-1|")
    assert expected == verdict(f"{ZLIB}@{text}", machine)


def test_version_that_says_nothing() -> None:
    """A version that is none leaves it open; pkg-config may still know."""
    machine = debian("installed|zlib1g-dev|unknown|")
    assert "unknown" == verdict(f"{ZLIB}@>=1", machine)
    programs = {
        **machine.programs,
        ("pkg-config", "--modversion", "zlib"): (0, "1.2.13\n"),
        ("pkg-config", "--exists", "zlib >= 1"): (0, ""),
    }
    assert "here" == verdict(f"{ZLIB}@>=1", Recorded(programs))


def test_built_by_hand() -> None:
    """What no package manager knows is here if pkg-config finds it."""
    programs: Programs = {DPKG: (0, ""), ("pkg-config", "--modversion", "zlib"): (0, "1.3\n")}
    assert "here" == verdict(ZLIB, Recorded(programs))
    wrong: Programs = {**programs, ("pkg-config", "--exists", "zlib >= 2"): (1, "")}
    assert "other version" == verdict(f"{ZLIB}@>=2", Recorded(wrong))


def test_newer_beside_the_package() -> None:
    """What pkg-config finds in the right version is here, whatever the package manager has."""
    programs: Programs = {
        DPKG: (0, "installed\tzlib1g-dev\t1:1.2.13.dfsg-1\t\n"),
        ("pkg-config", "--modversion", "zlib"): (0, "1.3.1\n"),
        ("pkg-config", "--exists", "zlib >= 1.3"): (0, ""),
    }
    assert "here" == verdict(f"{ZLIB}@>=1.3", Recorded(programs))
    old = {**programs, ("pkg-config", "--exists", "zlib >= 1.3"): (1, "")}
    assert "other version" == verdict(f"{ZLIB}@>=1.3", Recorded(old))


def test_all_of_a_choice() -> None:
    """Half of what another provider consists of is not that provider."""
    choice = Choice("dep:generic/b", ("b-one", "b-two"))
    blas = "dep:virtual/interface/blas"
    planned = Planned(blas, blas, "dep:generic/a", "run", ("a",), (), "first", (choice,))
    made = Plan("debian", "run", (planned,), packages=("a",))
    one = debian("installed|b-one|1|")
    both = debian("installed|b-one|1|", "installed|b-two|1|")
    assert ["absent", "here"] == [probe(made, each).results[0].verdict for each in (one, both)]


def test_loader() -> None:
    """To run, a library in the cache of the loader is enough."""
    cache = "1 libs found in cache\n\tlibz.so.1 (libc6,x86-64) => /lib/libz.so.1\n"
    there = Recorded({DPKG: (0, ""), LDCONFIG: (0, cache)})
    gone = Recorded({DPKG: (0, ""), LDCONFIG: (0, "0 libs found in cache\n")})
    assert ["here", "absent"] == [verdict(ZLIB, each, "debian", "run") for each in (there, gone)]


def test_compiler() -> None:
    """A compiler that compiles is one, whatever it was installed by; one that fails is none."""
    command = ("cc", "-x", "c", "-o", "/dev/null", "-")
    works = Recorded({DPKG: (0, ""), command: (0, "")})
    fails = Recorded({DPKG: (0, ""), command: (1, "")})
    assert ["here", "absent"] == [verdict(C, each) for each in (works, fails)]


def test_nothing_to_install() -> None:
    """Headers are not needed to run, and that is no question for the machine."""
    machine = debian()
    assert "here" == verdict("dep:generic/eigen", machine, "debian", "run")


def test_python_to_run() -> None:
    """To run it no headers are asked for, only its package."""
    needed = plan(["dep:generic/python"], "debian", "run").packages
    machine = debian(*(f"installed|{each}|3.11.2-1|" for each in needed))
    assert "here" == verdict("dep:generic/python", machine, "debian", "run")


def test_all_of_the_packages() -> None:
    """Half of what a thing consists of is not the thing."""
    one = debian("installed|rustc|1.63.0|")
    both = debian("installed|rustc|1.63.0|", "installed|cargo|0.66.0|")
    rust = "dep:virtual/compiler/rust"
    assert ["absent", "here"] == [verdict(rust, each) for each in (one, both)]


def test_a_machine_that_does_not_answer() -> None:
    """Where nothing can be asked, nothing is claimed."""
    for ecosystem in ECOSYSTEMS:
        made = plan([ZLIB, "dep:generic/git"], ecosystem)
        found = probe(made, Recorded())
        assert not found.asked
        assert {"unknown"} >= {each.verdict for each in found.results}
        assert len(found.absent) == len(made.planned)


# -- the other package managers -----------------------------------------------------------

RPM = "--queryformat=%{NAME}\t%{EPOCHNUM}:%{VERSION}-%{RELEASE}\n"
MACHINES = {
    "fedora": Recorded(
        {
            ("rpm", "--query", RPM, "--whatprovides", "zlib-devel"): (
                0,
                "zlib-ng-compat-devel\t0:2.1.6-5.fc41\n",
            ),
            ("rpm", "--query", RPM, "--whatprovides", "git"): (0, "git\t0:2.47.0-1.fc41\n"),
            ("rpm", "--query", RPM, "--whatprovides", "cmake"): (
                1,
                "no package provides cmake\n",
            ),
        }
    ),
    "archlinux": Recorded(
        {
            ("pacman", "--query"): (0, "git 2.47.0-1\nzlib 1:1.3.1-2\n"),
            ("pacman", "--deptest", "cmake"): (127, "cmake\n"),
        }
    ),
    "alpine": Recorded(
        files={
            "/lib/apk/db/installed": "P:git\nV:2.47.0-r0\n\nP:zlib-ng-dev\nV:2.2.2-r0\n"
            "p:zlib-dev=1.3.1-r2 so:libz.so.1=1.3.1\n"
        }
    ),
    "homebrew": Recorded(
        folders={
            "/opt/homebrew/Cellar": ("git", "zlib"),
            "/opt/homebrew/Cellar/git": ("2.47.0",),
            "/opt/homebrew/Cellar/zlib": ("1.3", "1.3.1"),
        },
        system="darwin",
    ),
    "conda-forge": Recorded(
        folders={
            "/env/conda-meta": (
                "git-2.47.0-pl5321h59d505e_0.json",
                "history",
                "zlib-1.3.1-hb9d3cd8_2.json",
            )
        },
        variables={"CONDA_PREFIX": "/env"},
    ),
}


@pytest.mark.parametrize("ecosystem", MACHINES)
def test_package_managers(ecosystem: str) -> None:
    """Each is read for what is there, what another package provides, and what is not there."""
    made = plan([ZLIB, "dep:generic/git@>=2.40,<3", "dep:generic/cmake"], ecosystem)
    found = probe(made, MACHINES[ecosystem])
    assert ["here", "here", "absent"] == [each.verdict for each in found.results]
    assert found.asked


def test_deptest_finds_what_is_provided() -> None:
    """Pacman prints what is lacking, so what it does not print is provided."""
    machine = Recorded({("pacman", "--query"): (0, ""), ("pacman", "--deptest", "cmake"): (0, "")})
    found = installed_packages("archlinux", ["cmake"], machine)
    assert found is not None
    assert (["cmake"], {}) == (list(found.provided), found.packages)


def test_builds_of_conda() -> None:
    """What names a build is looked up by its name."""
    machine = Recorded(
        folders={"/env/conda-meta": ("blas-2.126-openblas.json",)},
        variables={"CONDA_PREFIX": "/env"},
    )
    found = installed_packages("conda-forge", ["blas * openblas", "lapack * x"], machine)
    assert found is not None
    assert {"blas": "2.126", "blas * openblas": "2.126"} == found.packages


def test_homebrew_elsewhere() -> None:
    """The prefix that is set comes first."""
    machine = Recorded(
        folders={"/mine/Cellar": ("zlib",), "/mine/Cellar/zlib": ("1.2",)},
        variables={"HOMEBREW_PREFIX": "/mine"},
    )
    assert "other version" == verdict(f"{ZLIB}@>=1.3", machine, "homebrew")


# -- versions -----------------------------------------------------------------------------

UPSTREAM = [
    ("1.2.3", "1.2.3"),
    ("4:12.2.0-3", "12.2.0"),
    ("1.0.8-5+b1", "1.0.8"),
    ("2.9.14+dfsg-1.3~deb12u6", "2.9.14"),
    ("3.0.22-1~deb12u2", "3.0.22"),
    ("2021.8.0-2+deb12u1", "2021.8.0"),
    ("1.74.0.3", "1.74.0.3"),
    ("2.0~rc1-3", "2.0rc1"),
    ("2.0_beta2-r1", "2.0b2"),
    ("v1.2", "1.2"),
    ("1.3.1-r2", "1.3.1"),
    ("unknown", "None"),
    ("", "None"),
    ("9" * 700, "None"),
]


@pytest.mark.parametrize(("text", "expected"), UPSTREAM)
def test_upstream(text: str, expected: str) -> None:
    """The release that a version of a package manager is one of."""
    assert expected == str(upstream(text))


# -- the machine --------------------------------------------------------------------------


def test_real_dpkg() -> None:
    """On a Debian, what is always there is here, and what does not exist is not."""
    if shutil.which("dpkg-query") is None:
        pytest.skip("there is no dpkg here")
    machine = ThisMachine(seconds=60)
    always = probe(plan(["dep:deb/debian/dpkg", "dep:deb/debian/no-such-thing"], "debian"), machine)
    assert ["here", "absent"] == [each.verdict for each in always.results]
    assert always.asked


def test_programs_end() -> None:
    """No such program, and one that does not end in time, are no answer."""
    machine = ThisMachine(seconds=0.05)
    assert None is machine.run(("no-such-program",))
    assert None is machine.run((sys.executable, "-c", "import time; time.sleep(60)"))
    assert None is machine.run(("a\0b",))


@pytest.mark.usefixtures("processes")
@pytest.mark.skipif(sys.platform in ("win32", "emscripten"), reason="no POSIX shell")
def test_shell_knows_what_is_on_path() -> None:
    """It says so of a program with a status, without starting it."""
    found = [ThisMachine().run((*SHELL, each)) for each in ("sh", "no-such-program")]
    assert [True, False] == [each is not None and each.status == 0 for each in found]
    assert None not in found


@pytest.mark.usefixtures("processes")
def test_what_programs_get_and_say() -> None:
    """They get standard input, their status is kept, and what is no UTF-8 is replaced."""
    machine = ThisMachine(seconds=60)
    code = "import sys; sys.stdout.buffer.write(b'\\xff' + sys.stdin.read().encode()); sys.exit(3)"
    assert Ran(3, "\ufffdspam") == machine.run((sys.executable, "-c", code), "spam")


def test_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files and folders are read where they are, and are nothing where they are not."""
    (tmp_path / "b").write_text("x")
    (tmp_path / "a").write_text("")
    monkeypatch.setenv("TRIGPOINT_SPAM", "1")
    machine = ThisMachine()
    assert ("a", "b") == machine.names(str(tmp_path))
    assert () == machine.names(str(tmp_path / "c"))
    assert ["x", None] == [machine.read(str(tmp_path / each)) for each in ("b", "c")]
    assert ["1", ""] == [machine.variable(each) for each in ("TRIGPOINT_SPAM", "TRIGPOINT_EGGS")]
    assert sys.platform == machine.system


RELEASES = [
    ('ID=debian\nVERSION_ID="12"', ("debian",)),
    ("ID=ubuntu\nID_LIKE=debian", ("ubuntu", "debian")),
    ('ID=linuxmint\nID_LIKE="ubuntu debian"', ("ubuntu", "debian")),
    ("ID=arch", ("archlinux",)),
    ('ID="rocky"\nID_LIKE="rhel centos fedora"', ("fedora",)),
    ("ID=alpine\n# ID=spam", ("alpine",)),
    ("ID=spam", ()),
    ("ID=\"debian'", ()),
    ("ID='fedora'", ("fedora",)),
    ("ID=''\nID_LIKE=\"\"", ()),
    (" ID=debian ", ("debian",)),
    ("", ()),
]


@pytest.mark.parametrize(("text", "expected"), RELEASES)
def test_ecosystems_of_linux(text: str, expected: tuple[str, ...]) -> None:
    """ID, then what it is like, by the names that there are mappings for."""
    assert expected == ecosystems(Recorded(files={"/etc/os-release": text}))


def test_ecosystems_by_version() -> None:
    """A mapping for the very release comes first."""
    machine = Recorded(files={"/etc/os-release": "ID=debian\nVERSION_ID='12'"})
    known = ("debian", "debian+12")
    assert ("debian+12", "debian") == ecosystems(machine, known)


def test_ecosystems_elsewhere() -> None:
    """The other two systems have one each."""
    found = [ecosystems(Recorded(system=each)) for each in ("darwin", "win32", "linux")]
    assert [("homebrew",), ("winget",), ()] == found


def test_ecosystems_without_a_name() -> None:
    """What os-release leaves out is no part of a name, whatever mappings there are."""
    known = ("X", "debian+X", "+", "", "debian")
    assert ("debian",) == ecosystems(Recorded(files={"/etc/os-release": "ID=debian"}), known)
    assert ("+", "") == ecosystems(Recorded(), known)


def test_os_release() -> None:
    """Values may be in quotes of either kind; what is no assignment is passed over."""
    assert {"A": "x y", "B": "z", "C": "'"} == os_release("A=\"x y\"\nB='z'\nC='\nspam\n")
    assert {"A": "", "B": "'x\"", "C": "xyx"} == os_release('A=""\nB=\'x"\nC=xyx\n#D=1')


def test_a_library_that_is_asked_for_twice_is_named_once() -> None:
    """Of CUPS one library has its own name, which is asked for alone as well."""
    cc = ("cc", "-x", "c", "-o", "/dev/null", "-")
    refused = {(*cc, *more): (1, "") for more in (("-lcups", "-lcupsimage"), ("-lcups",))}
    (found,) = probe(
        plan(["dep:generic/cups"], "debian", headers=False), Recorded({cc: (0, ""), **refused})
    ).results
    assert [("-lcups -lcupsimage", "not found")] == [
        (each.about, each.said) for each in found.evidence if each.by == "linker"
    ]
