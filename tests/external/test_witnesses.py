"""What a probe says word for word: who was asked, about what, the answer, and what it comes to."""

from __future__ import annotations

import platform
import sysconfig
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from trigpoint.external import probe as probe_module
from trigpoint.external.mappings import ECOSYSTEMS, mapping
from trigpoint.external.plan import HEADERS, Choice, Plan, Planned, plan
from trigpoint.external.probe import Installed, installed_packages, packaged, probe, upstream

from .machines import DPKG, LDCONFIG, SHELL, Programs, Recorded, debian
from .test_probe import MACHINES, RPM

ZLIB, MPI, BLAS = "dep:generic/zlib", "dep:virtual/interface/mpi", "dep:virtual/interface/blas"
C, CXX = "dep:virtual/compiler/c", "dep:virtual/compiler/cxx"
NOTHING = ("-x", "c", "-o", "/dev/null", "-")
INCLUDE = f"{sysconfig.get_path('include')}/Python.h"
CACHE = (
    "2 libs found in cache\n\tlibz.so.1 (libc6,x86-64) => /lib/libz.so.1\n\tlibzstd.so.1 (libc6)\n"
)


def programs(*lines: str, more: Programs | None = None) -> Programs:
    """Return what a Debian with *lines* of dpkg-query answers, and *more*."""
    return {**debian(*lines).programs, **(more or {})}


PKG_CONFIG: Programs = {
    ("pkg-config", "--modversion", "zlib"): (0, " 1.2.13 \n"),
    ("pkg-config", "--exists", "zlib >= 1"): (0, ""),
    ("pkg-config", "--exists", "zlib >= 2"): (1, ""),
}
LINKS: Programs = {("cc", *NOTHING): (0, ""), ("cc", *NOTHING, "-lz"): (0, "")}
LINKS_NOT: Programs = {
    ("cc", *NOTHING): (0, ""),
    **{
        ("cc", *NOTHING, *options): (1, "")
        for options in (("-lz",), ("-lzlib",), ("-lhdf5_serial", "-lhdf5_serial_hl"), ("-lhdf5",))
    },
}
CMAKE = ("cmake", "--version")

DEBIAN: list[tuple[list[str], str, Recorded]] = [
    ([ZLIB, f"{ZLIB}@>=1,<2"], "build", Recorded(programs("installed|zlib1g-dev|1:1.2.13.dfsg-1|"))),
    ([f"{ZLIB}@>=2"], "build", Recorded(programs("installed|zlib1g-dev|1:1.2.13.dfsg-1|"))),
    ([f"{ZLIB}@>=2"], "build", Recorded(programs("installed|zlib1g-dev|what|", more=PKG_CONFIG))),
    ([f"{ZLIB}@>=1"], "build", Recorded(programs("installed|zlib1g-dev|what|", more=PKG_CONFIG))),
    ([ZLIB, f"{ZLIB}@>=2"], "build", Recorded(programs(more=PKG_CONFIG))),
    ([ZLIB], "build", Recorded(programs(more={("pkg-config", "--modversion", "zlib"): (1, "")}))),
    ([ZLIB, f"{ZLIB}@>=1"], "build", Recorded(programs(more=LINKS))),
    ([ZLIB, "dep:generic/hdf5"], "build", Recorded(programs(more=LINKS_NOT))),
    (["dep:generic/cups"], "build", Recorded(programs(more={
        ("cc", *NOTHING): (0, ""), ("cc", *NOTHING, "-lcups", "-lcupsimage"): (1, ""),
        ("cc", *NOTHING, "-lcups"): (1, ""),
    }))),
    ([ZLIB], "build", Recorded(programs(more={**LINKS_NOT, ("cc", *NOTHING): (1, "")}))),
    ([ZLIB], "build", Recorded(LINKS_NOT)),
    ([ZLIB], "build", Recorded(PKG_CONFIG)),
    ([ZLIB], "build", Recorded(programs(more=LINKS_NOT), system="win32")),
    ([ZLIB], "run", Recorded(programs(more={**LINKS, LDCONFIG: (0, CACHE)}))),
    (["dep:generic/zstd"], "run", Recorded(programs(more={LDCONFIG: (0, CACHE)}))),
    ([ZLIB], "run", Recorded(programs(more={LDCONFIG: (1, CACHE), ("ldconfig", "-p"): (0, CACHE)}))),
    ([ZLIB], "run", Recorded(programs(more={LDCONFIG: (1, CACHE)}))),
    (["dep:generic/eigen"], "run", debian()),
    ([MPI], "build", debian("installed|libmpich-dev|4.0.2-3|", "installed|mpich|4|")),
    ([MPI, f"{MPI}@>=3"], "build", debian("installed|mpi-default-dev|1.14|")),
    ([MPI], "build", Recorded(programs(more={("mpicc", *NOTHING): (0, "")}))),
    ([BLAS], "build", debian("installed|x|1|libblas-dev, libopenblas-dev (= 0.3)")),
    ([C], "build", Recorded(programs(more={("cc", *NOTHING): (0, "")}))),
    ([C], "build", Recorded(programs(more={("cc", *NOTHING): (1, "")}))),
    ([C], "build", Recorded(programs(more={SHELL: (0, "")}))),
    ([C], "build", Recorded(programs(more={SHELL: (0, "")}), variables={"CC": "gcc-12 -m64"})),
    ([C], "build", Recorded(programs(more={SHELL: (0, "")}), system="win32")),
    ([C], "build", Recorded(programs(), variables={"CC": "'"})),
    (
        [CXX],
        "build",
        Recorded(
            programs(more={("clang++", "-x", "c++", "-o", "/dev/null", "-"): (0, "")}),
            variables={"CXX": "clang++", "CC": "gcc"},
        ),
    ),
    (["dep:generic/cmake@>=3.20"], "build", Recorded(programs(more={CMAKE: (0, "cmake version 3.25.1")}))),
    (["dep:generic/cmake@>=4"], "build", Recorded(programs(more={CMAKE: (0, "cmake version 3.25.1")}))),
    (["dep:generic/cmake@>=4"], "build", Recorded(programs(more={CMAKE: (0, "cmake")}))),
    (["dep:generic/cmake"], "build", Recorded(programs(more={SHELL: (0, "")}))),
    (["dep:generic/cmake"], "build", Recorded(programs())),
    ([f"{HEADERS}@>=3", f"{HEADERS}@<3", HEADERS], "build", Recorded(programs(), {INCLUDE: ""})),
    ([HEADERS], "build", Recorded(programs("installed|python3-dev|3.11|"))),
    ([HEADERS], "build", Recorded()),
]  # fmt: skip
"""Requirements, what for, and a Debian that is asked for them."""


def said(label: str, made: Plan, machine: Recorded) -> Iterator[str]:
    """Yield what *machine* says of the plan *made*, and what was run for that."""
    machine = replace(machine, asked=[])
    found = probe(made, machine)
    yield f"== {label}{'' if found.asked else ' (its package manager does not answer)'}"
    for each in found.results:
        yield f"{each.requirement}: {each.verdict}{', surely' if each.sure else ''}"
        for one in each.evidence:
            about, told = (
                text.replace(INCLUDE, "INCLUDE/Python.h").replace(platform.python_version(), "OURS")
                for text in (one.about, one.said)
            )
            yield f"  {one.by} on {about!r}: {told!r} ({one.holds})"
    for argv in dict.fromkeys(machine.asked):
        yield f"  $ {' '.join(argv)}".replace("\t", "|").replace("\n", "")


def test_what_witnesses_say(record: Callable[[str, list[str]], None]) -> None:
    """Every machine here says it as recorded, by the commands that are recorded."""
    lines: list[str] = []
    for listed, purpose, machine in DEBIAN:
        made = plan(listed, "debian", purpose, headers=False)
        lines += said(f"debian, {purpose}", made, machine)
    for ecosystem, machine in MACHINES.items():
        made = plan([ZLIB, "dep:generic/git@>=2.40,<3", "dep:generic/cmake"], ecosystem)
        lines += said(ecosystem, made, machine)
    record("witnessed.txt", lines)


def test_modules_of_other_ecosystems() -> None:
    """A module is asked for by the ecosystem's own name, or else by Debian's; never by nothing."""
    for ecosystem in ECOSYSTEMS:
        for name, (cell, *_) in mapping(ecosystem).entries.items():
            if name == HEADERS:
                continue
            there = mapping("debian").cell(name)
            names = [
                one.module or "".join(one.pkg_config[:1])
                for one in (cell, there)
                if one is not None
            ]
            planned = Planned(name, name, name, "build", ("a",), (), "only")
            machine = Recorded()
            probe(Plan(ecosystem, "build", (planned,), packages=("a",)), machine)
            asked = [
                argv[2] for argv in machine.asked if argv[:2] == ("pkg-config", "--modversion")
            ]
            assert [each for each in names if each][:1] == asked


# -- package managers -----------------------------------------------------------------------

READ: list[tuple[str, list[str], Recorded, Installed]] = [
    (
        "debian",
        [],
        debian(
            "installed|a|1:1.2-3|b (= 2), c",
            "installed|b|9|",
            "installed|d|1|c (= 7)",
            "config-files|e|1|f",
            "installed",
        ),
        Installed({"a": "1:1.2-3", "b": "9", "d": "1", "": ""}, {"b": "2", "c": ""}),
    ),
    (
        "fedora",
        ["a", "b", "c"],
        Recorded(
            {
                ("rpm", "--query", RPM, "--whatprovides", "a"): (0, "a\t0:1.0-1\nx\t2:7-1\n"),
                ("rpm", "--query", RPM, "--whatprovides", "b"): (0, "x\t2:7-1\ny\t0:8-1\n"),
                ("rpm", "--query", RPM, "--whatprovides", "c"): (1, "no package provides c\n"),
            }
        ),
        Installed({"a": "1.0-1"}, {"a": "", "b": ""}),
    ),
    (
        "archlinux",
        ["a", "b", "c"],
        Recorded(
            {
                ("pacman", "--query"): (0, "a 1.0-1\nwarning\nz 1:2 x\n"),
                ("pacman", "--deptest", "b", "c"): (127, "c\n"),
            }
        ),
        Installed({"a": "1.0-1", "z": "1:2 x"}, {"b": ""}),
    ),
    (
        "alpine",
        [],
        Recorded(
            files={
                "/lib/apk/db/installed": "P:a\nV:1-r0\np:so:x=1 cmd:a\nA:x\n\nV:2\n\nP:b\np:cmd:a=9\n\n"
            }
        ),
        Installed({"a": "1-r0", "b": ""}, {"so:x": "1", "cmd:a": ""}),
    ),
    (
        "homebrew",
        ["a", "tap/of/b", "c"],
        Recorded(
            folders={
                "/usr/local/Cellar": ("a",),
                "/home/linuxbrew/.linuxbrew/Cellar": ("a", "b"),
                "/usr/local/Cellar/a": ("1.0", "1.1"),
                "/home/linuxbrew/.linuxbrew/Cellar/a": ("2",),
                "/home/linuxbrew/.linuxbrew/Cellar/b": ("3",),
                "/opt/homebrew/Cellar/c": ("4",),
            }
        ),
        Installed({"a": "1.1", "tap/of/b": "3"}),
    ),
    (
        "conda-forge",
        ["blas * openblas", "c * x", "a-b"],
        Recorded(
            folders={
                "/env/conda-meta": ("a-b-1.0-h0_0.json", "blas-2.1-o.json", "history", "x-1-2")
            },
            variables={"CONDA_PREFIX": "/env"},
        ),
        Installed({"a-b": "1.0", "blas": "2.1", "blas * openblas": "2.1"}),
    ),
]


@pytest.mark.parametrize(
    ("ecosystem", "packages", "machine", "expected"), READ, ids=[each[0] for each in READ]
)
def test_what_is_read(
    ecosystem: str, packages: list[str], machine: Recorded, expected: Installed
) -> None:
    """Names, versions and what is provided, each as the package manager has it, and nothing else."""
    assert expected == installed_packages(ecosystem, packages, machine)


def test_what_provides_has_a_version_of_its_own() -> None:
    """That of zlib-ng says nothing of the zlib that it stands in for; who asks for it may know."""
    (here,) = probe(plan([f"{ZLIB}@<2"], "fedora"), MACHINES["fedora"]).results
    assert ("unknown", "provided") == (here.verdict, here.evidence[0].said)
    machine = Recorded(
        {
            **MACHINES["fedora"].programs,
            ("pkg-config", "--modversion", "zlib"): (0, "1.3.1.zlib-ng\n"),
            ("pkg-config", "--exists", "zlib < 2"): (0, ""),
        }
    )
    assert "here" == probe(plan([f"{ZLIB}@<2"], "fedora"), machine).results[0].verdict


UNANSWERED = {
    "fedora": Recorded(),
    "archlinux": Recorded(),
    "debian": Recorded(),
    "alpine": Recorded(),
    "homebrew": Recorded(folders={"/opt/homebrew/Cellar/a": ("1",)}),
    "conda-forge": Recorded(folders={"/conda-meta": ("a-1-2.json",)}),
    "nix": debian("installed|a|1|"),
}


@pytest.mark.parametrize("ecosystem", UNANSWERED)
def test_who_cannot_be_asked(ecosystem: str) -> None:
    """Where there is no such package manager, nothing is claimed, not even that nothing is there."""
    assert None is installed_packages(ecosystem, ["a"], UNANSWERED[ecosystem])


def test_pacman_that_tests_nothing() -> None:
    """Without an answer about what is provided, what is installed still is."""
    machine = Recorded({("pacman", "--query"): (0, "a 1\n")})
    assert Installed({"a": "1"}) == installed_packages("archlinux", ["a", "b"], machine)
    assert [("pacman", "--query"), ("pacman", "--deptest", "b")] == machine.asked
    assert Installed({"a": "1"}) == installed_packages("archlinux", ["a"], machine)
    assert ("pacman", "--query") == machine.asked[-1]


STAGES = [
    ("1.0alpha1", "1.0a1"),
    ("1.0.beta.2", "1.0b2"),
    ("1.0-pre3", "1.0rc3"),
    ("1.0~rc_4", "1.0rc4"),
    ("1.0a", "1.0"),
    ("1.0.dev1", "1.0"),
]


@pytest.mark.parametrize(("text", "expected"), STAGES)
def test_stages(text: str, expected: str) -> None:
    """Each word for what comes before a release is Python's, and without a number it is none."""
    assert expected == str(upstream(text))


def test_what_the_package_manager_alone_meets() -> None:
    """All packages of a requirement, in a version that is asked for or not known to be another."""
    rust, range_ = "dep:virtual/compiler/rust", f"{ZLIB}@>=2"
    listed = [rust, ZLIB, range_, "dep:generic/cmake", f"{ZLIB}@>=1", "dep:generic/git@>=2"]
    machine = debian(
        "installed|rustc|1.63|", "installed|zlib1g-dev|1:1.2-1|", "installed|git|what|"
    )
    found = packaged(plan(listed, "debian"), machine)
    assert {ZLIB, f"{ZLIB}@>=1", "dep:generic/git@>=2"} == found
    assert [DPKG] == machine.asked


def test_choices_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """What would do as well is looked for where a package manager is asked by name."""
    asked: list[tuple[str, ...]] = []

    def told(_machine: object, packages: tuple[str, ...]) -> Installed:
        asked.append(packages)
        return Installed()

    monkeypatch.setitem(probe_module._ASKED, "fedora", told)
    choice = Choice("dep:generic/b", ("b-one", "a"))
    planned = Planned(BLAS, BLAS, "dep:generic/a", "run", ("a",), (), "first", (choice,))
    probe(Plan("fedora", "run", (planned,), packages=("a",)), Recorded())
    assert [("a", "b-one")] == asked


def test_no_plan_asks_nobody() -> None:
    """Without anything to look for no program is started."""
    machine = debian()
    assert (False, ()) == (probe(plan([], "debian"), machine).asked, tuple(machine.asked))
