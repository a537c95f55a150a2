"""Plans: what is taken for a requirement, how it is asked for, and what becomes of ranges."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trigpoint.external import plan as plan_module
from trigpoint.external.asking import ask, clauses_of
from trigpoint.external.mappings import (
    ECOSYSTEMS,
    Cell,
    EcosystemMapping,
    UnknownEcosystemError,
    mapping,
    read_mapping,
)
from trigpoint.external.offers import ROOTLESS
from trigpoint.external.plan import (
    HEADERS,
    Plan,
    Requirements,
    plan,
    read_pins,
    without_root,
)
from trigpoint.external.registry import registry
from trigpoint.external.requirement import ExternalRequirement
from trigpoint.external.tables import read_lines, read_table

from .documents import mapping_text
from .projects import TABLES


def table(name: str) -> Plan:
    return plan(read_table(f"[external]{TABLES[name]}"), "debian", extras=["extra"])


def arguments(requirement: str, ecosystem: str, purpose: str = "build") -> tuple[str, ...]:
    """Return what the package manager is asked for one requirement."""
    return plan([requirement], ecosystem, purpose).planned[0].arguments


def of(text: str) -> EcosystemMapping:
    return read_mapping(text).mapping


# -- real tables ------------------------------------------------------------------------


@pytest.mark.parametrize("name", TABLES)
def test_table_is_complete_on_debian(name: str) -> None:
    """Everything that ten real projects need has a name on Debian that apt has confirmed."""
    made = table(name)
    assert ((), {"verified"}) == (made.missing, {each.state for each in made.planned})


def test_apt_is_asked_for_ranges_only_where_there_are_some() -> None:
    """Names alone go to install; a range is said to satisfy, with the epoch of the package."""
    assert "install" == plan(["dep:generic/zlib"], "debian").install[0].argv[1]
    found = plan(["dep:generic/zlib@>=1.2,<2"], "debian").install[0].argv
    expected = ("apt-get", "satisfy", "--yes", "zlib1g-dev (>= 1:1.2)", "zlib1g-dev (<< 1:2~)")
    assert expected == found


# -- the ten faults of the prototypes -----------------------------------------------------


def test_one_range_that_is_dropped_leaves_the_others() -> None:
    """1: what one package manager cannot say of one requirement is that requirement's alone."""
    made = plan(["dep:generic/zlib@>=1.2", "dep:virtual/interface/blas@>=3"], "fedora")
    zlib, blas = made.planned
    assert ("zlib-devel >= 1.2",) == zlib.arguments
    assert zlib.range is not None
    assert blas.range is not None
    assert ("native", "dropped") == (zlib.range.status, blas.range.status)


EXACT = {
    "debian": ("zlib1g-dev (>= 1:2.0)", "zlib1g-dev (<< 1:2.1~)"),
    "fedora": ("zlib-devel = 2.0",),
    "archlinux": ("zlib=2.0",),
    "alpine": ("zlib-dev~2.0",),
    "conda-forge": ("zlib==2.0",),
    "homebrew": ("zlib",),
    "nix": ("zlib",),
    "vcpkg": ("zlib",),
    "conan": ("--requires=zlib/2.0",),
    "spack": ("zlib@=2.0",),
}
BETWEEN = {
    "debian": ("zlib1g-dev (>= 1:1.2)", "zlib1g-dev (<< 1:2~)"),
    "fedora": ("zlib-devel",),
    "archlinux": ("zlib",),
    "alpine": ("zlib-dev",),
    "conda-forge": ("zlib>=1.2,<2",),
    "homebrew": ("zlib",),
    "conan": ("--requires=zlib/[>=1.2 <2]",),
    "spack": ("zlib@1.2:",),
}
UPTO = {
    "debian": ("zlib1g-dev (<< 1:1.4~)",),
    "fedora": ("zlib-devel <= 1.3",),
    "conda-forge": ("zlib<=1.3",),
    "conan": ("--requires=zlib/[<=1.3]",),
    "spack": ("zlib@:1.3",),
}


@pytest.mark.parametrize(
    ("version", "expected"), [("2.0", EXACT), (">=1.2,<2", BETWEEN), ("<=1.3", UPTO)]
)
def test_ranges_in_every_ecosystem(version: str, expected: dict[str, tuple[str, ...]]) -> None:
    """2: == stays exact, strict bounds stay strict, and nothing is said that has no meaning."""
    found = {each: arguments(f"dep:generic/zlib@{version}", each) for each in expected}
    assert expected == found


def test_a_range_is_not_added_to_a_build() -> None:
    """2: a spec that names a build of conda takes no range."""
    own = of(mapping_text({"id": "dep:generic/openblas", "specs": "blas * openblas"}))
    (each,) = plan(["dep:generic/openblas@>=0.3"], "conda-forge", mapping=own).planned
    assert each.range is not None
    assert (("blas * openblas",), "dropped") == (each.arguments, each.range.status)


COMPILERS = ["dep:virtual/compiler/rust", "dep:virtual/compiler/c@>=11", "dep:generic/clang"]


@pytest.mark.parametrize("compiler", COMPILERS)
def test_any_compiler_brings_the_headers(compiler: str) -> None:
    """3: Rust, a compiler with a version, and a provider of one need Python.h as C does."""
    made = plan([compiler], "debian")
    assert ("headers", ("python3-dev",)) == (made.planned[-1].why, made.planned[-1].packages)


def test_headers_that_nobody_wants() -> None:
    """Who has them says so, and then they are in the plan only if they are listed."""
    compiler = "dep:virtual/compiler/c"
    assert ("gcc",) == plan([compiler], "debian", headers=False).packages
    listed = plan([compiler, "dep:generic/python"], "debian", headers=False)
    assert ("gcc", "python3-dev") == listed.packages


def test_headers_only_where_they_are_needed() -> None:
    """Tools need none, nor does running; asked for twice they come once."""
    assert HEADERS not in [each.id for each in plan(["dep:generic/cmake"], "debian").planned]
    assert HEADERS not in [
        each.id for each in plan(["dep:virtual/compiler/c"], "debian", "run").planned
    ]
    twice = plan(["dep:virtual/compiler/c", HEADERS], "debian")
    assert [None, "only"] == [None, twice.planned[-1].why]
    assert 1 == twice.packages.count("python3-dev")


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    """4: a plan opens no connection; the documents are part of the package."""
    import socket

    def refuse(*_: object) -> None:
        raise AssertionError("a connection")

    monkeypatch.setattr(socket, "socket", refuse)
    for ecosystem in ECOSYSTEMS:
        mapping.cache_clear()
        assert plan(["dep:generic/spam"], ecosystem).missing


def test_all_markers_false() -> None:
    """5: nothing is needed, so nothing is done, and that is an answer."""
    made = plan(["dep:generic/git; os_name == 'x'"], "debian", environment={"os_name": "y"})
    assert ((), (), True) == (made.planned, made.install, made.complete)
    assert 'os_name == "x"' == made.skipped[0].marker


def test_a_marker_that_cannot_be_read() -> None:
    """5: it becomes a finding, never part of a name; a ; in quotes ends nothing."""
    made = plan(["dep:generic/git; os_nam == 'x'"], "debian")
    assert (["marker-unknown-variable"], ()) == ([f.code for f in made.findings], made.packages)
    quoted = "dep:generic/git; platform_version != 'a;b'"
    made = plan([quoted], "debian", environment={"platform_version": "a"})
    assert ("git",) == made.packages


def test_markers_with_extras() -> None:
    """A marker that asks for an extra holds where it is asked for."""
    listed = ["dep:generic/git; extra == 'dev'"]
    assert () == plan(listed, "debian").packages
    assert ("git",) == plan(listed, "debian", extras=["Dev"]).packages


def test_names_are_canonical() -> None:
    """6: aliases in any case of their type are looked up by what they mean."""
    made = plan(["dep:github/Madler/ZLIB"], "debian")
    assert (("zlib1g-dev",), "dep:generic/zlib") == (made.packages, made.planned[0].id)
    assert ["external-alias"] == [each.code for each in made.findings]


@pytest.mark.parametrize("ecosystem", ECOSYSTEMS)
def test_concrete_is_never_another(ecosystem: str) -> None:
    """7: who asks for OpenBLAS gets OpenBLAS, or hears that it is not there."""
    made = plan(["dep:generic/openblas"], ecosystem)
    names = {"openblas", "libopenblas-dev", "libopenblas", "openblas-devel", "openblas-dev"}
    assert set(made.packages) <= names
    assert bool(made.packages) != bool(made.missing)
    assert () == plan(["dep:generic/accelerate"], "debian").packages


def test_queries_ask_for_the_state() -> None:
    """8: dpkg-query is asked what became of a package; that it knows the name says nothing."""
    (query,) = plan(["dep:generic/zlib"], "debian").queries
    assert "--showformat=${db:Status-Status} ${Version} ${Provides}\\n" in query.argv


HOSTILE = ["dep:generic/@", "dep:generic/@,", "dep:generic/zlib>=1.2", "dep:generic/../passwd"]


@pytest.mark.parametrize("text", [*HOSTILE, "-rf", "", "dep:", "dep:generic/-rf"])
def test_hostile_names(text: str) -> None:
    """9: what is no DepURL is planned nowhere."""
    for ecosystem in ECOSYSTEMS:
        made = plan([text], ecosystem)
        assert ((), ()) == (made.packages, made.install)
        assert made.findings


def test_all_errors_at_once() -> None:
    """10: each requirement that cannot be read is reported."""
    made = plan(["zlib", "dep:generic/git", "dep:x/y@~=1"], "debian")
    assert ["external-scheme", "external-operator"] == [each.code for each in made.findings]
    assert ("git",) == made.packages


# -- virtual things -----------------------------------------------------------------------


def test_the_default_of_the_ecosystem() -> None:
    """What the ecosystem calls it itself is taken, and every other provider listed."""
    (each,) = plan(["dep:virtual/interface/mpi"], "debian").planned
    assert ("default", ("mpi-default-dev",)) == (each.why, each.packages)
    assert ["dep:generic/openmpi", "dep:generic/mpich"] == [other.id for other in each.choices]


@pytest.mark.parametrize("pin", ["dep:generic/mpich", "generic/mpich"])
def test_pin(pin: str) -> None:
    """A pin comes before everything."""
    made = plan(["dep:virtual/interface/mpi"], "debian", pins={"virtual/interface/mpi": pin})
    (each,) = made.planned
    assert ("pinned", "dep:generic/mpich", ("libmpich-dev",)) == (
        each.why,
        each.chosen,
        each.packages,
    )


@pytest.mark.parametrize("pin", ["dep:generic/zlib", "dep:generic/msmpi", "dep:generic/spam"])
def test_pin_that_does_not_do(pin: str) -> None:
    """What provides nothing, or is not to be had, is not replaced by something else."""
    made = plan(["dep:virtual/interface/mpi"], "debian", pins={"dep:virtual/interface/mpi": pin})
    assert ["pin"] == [each.why for each in made.missing]


def test_first_and_installed() -> None:
    """Without a name of its own, the first provider is taken, or the one that is installed."""
    own = of(
        mapping_text(
            {"id": "dep:generic/openmpi", "specs": "o"}, {"id": "dep:generic/mpich", "specs": "m"}
        )
    )
    asked = ["dep:virtual/interface/mpi"]
    first = plan(asked, "debian", mapping=own).planned[0]
    there = plan(asked, "debian", mapping=own, installed={"m"}).planned[0]
    assert [("first", ("o",)), ("installed", ("m",))] == [
        (each.why, each.packages) for each in (first, there)
    ]


def test_versions_of_virtual_things() -> None:
    """What they mean is not settled, also where a provider was pinned."""
    for pins in ({}, {"dep:virtual/interface/mpi": "dep:generic/mpich"}):
        (each,) = plan(["dep:virtual/interface/mpi@>=3"], "debian", pins=pins).planned
        assert each.range is not None
        assert ("dropped", "what a version of something virtual means is not settled") == (
            each.range.status,
            each.range.note,
        )


# -- purposes -----------------------------------------------------------------------------


def test_purposes_of_a_table() -> None:
    """To build is what two lists say; to run is another list, with other packages."""
    read = read_table(
        '[external]\nbuild-requires = ["dep:generic/cmake"]\nhost-requires = ["dep:generic/zlib"]\n'
        'dependencies = ["dep:generic/zlib"]\n[external.dependency-groups]\ntest = ["dep:generic/git"]\n'
    )
    assert ("cmake", "zlib1g-dev") == plan(read, "debian").packages
    assert ("zlib1g",) == plan(read, "debian", "run").packages
    assert ("zlib1g", "git") == plan(read, "debian", "run", groups=["test"]).packages


def test_by_purpose_where_names_differ() -> None:
    """A tool for the machine that builds is not what is linked."""
    read = read_table(
        '[external]\nbuild-requires = ["dep:generic/clang"]\nhost-requires = ["dep:generic/clang"]'
    )
    built, linked, _ = plan(read, "conda-forge").planned
    assert [("clang", "clangxx"), ("clangdev",)] == [built.packages, linked.packages]


def test_nothing_needed_to_run() -> None:
    """Headers are needed to build only, which is not the same as missing."""
    made = plan(["dep:generic/eigen"], "debian", "run")
    assert ((), (), ()) == (made.packages, made.missing, made.install)
    assert 1 == len(made.planned)


# -- names of one ecosystem ---------------------------------------------------------------


def test_named_package() -> None:
    """A package of this ecosystem is taken by its name, with what is known of it."""
    (each,) = plan(["dep:deb/debian/libblas3"], "debian").planned
    assert ("named", ("libblas3",), "sourced") == (each.why, each.packages, each.state)
    ranged = plan(["dep:deb/debian/zlib1g-dev@>=1.2"], "debian").planned[0]
    assert ("zlib1g-dev (>= 1:1.2)",) == ranged.arguments
    assert "unverified" == plan(["dep:deb/debian/spam"], "ubuntu").planned[0].state


def test_named_for_another_ecosystem() -> None:
    """What is named for another ecosystem is missing here, once, and is no mistake."""
    made = plan(["dep:deb/debian/libblas3"], "fedora")
    assert (["elsewhere"], ()) == ([each.why for each in made.missing], made.findings)
    there = plan(["dep:deb/debian/libblas3"], "debian")
    assert ((), (), 1) == (there.missing, there.findings, len(there.planned))


def test_named_for_no_ecosystem() -> None:
    """A namespace of a type that is known is still looked up, and is not another ecosystem's."""
    made = plan(["dep:deb/spam/x"], "debian")
    assert ["unknown"] == [each.why for each in made.missing]
    assert ["external-unknown"] == [each.code for each in made.findings]


def test_headers_beside_the_names_of_somebody() -> None:
    """Who names compilers need not name the headers: those are ours."""
    own = of(mapping_text({"id": "dep:virtual/compiler/c", "specs": "mycc"}))
    made = plan(["dep:virtual/compiler/c"], "debian", mapping=own)
    assert [("mycc",), ("python3-dev",)] == [each.packages for each in made.planned]
    assert ((), "headers", HEADERS) == (made.missing, made.planned[1].why, made.planned[1].id)
    rows = {"id": "dep:virtual/compiler/c", "specs": "mycc"}, {"id": HEADERS, "specs": "mine"}
    made = plan(["dep:virtual/compiler/c"], "debian", mapping=of(mapping_text(*rows)))
    assert [("mycc",), ("mine",)] == [each.packages for each in made.planned]


def test_python_packages_are_no_system_packages() -> None:
    """A name of the index of Python packages is planned nowhere."""
    assert "python" == plan(["dep:pypi/requests"], "debian").missing[0].why


def test_nix_evaluates_what_it_is_given() -> None:
    """Only an attribute goes to nix-shell; a path would be read."""
    own = of(mapping_text({"id": "dep:generic/zlib", "specs": "a/b"}))
    made = plan(["dep:generic/zlib"], "nix", mapping=own)
    assert ((), "no entry") == (made.packages, made.missing[0].why)


# -- what is missing ----------------------------------------------------------------------


def test_missing() -> None:
    """Known not to be packaged, without an entry, and unknown are three things."""
    own = of(mapping_text({"id": "dep:generic/zlib", "specs": []}))
    made = plan(
        ["dep:generic/zlib", "dep:generic/git", "dep:generic/opnssl", "dep:virtual/interface/mpi"],
        "debian",
        mapping=own,
    )
    assert ["not packaged", "no entry", "unknown", "no provider"] == [
        each.why for each in made.missing
    ]
    assert ROOTLESS == made.missing[0].elsewhere
    assert "dep:generic/openssl" in made.missing[2].nearest
    assert not made.complete


def test_forms_from_before_are_not_passed_over() -> None:
    """What is no DepURL is missing, with what to write if that is known."""
    soname, opaque = plan(
        read_lines("libblas.so.3-abi\nOpenCV (=4.6.0, supplied by firmware)").needed, "debian"
    ).missing
    assert ("older", "older") == (soname.why, opaque.why)
    assert ("dep:generic/opencv",) == opaque.nearest
    assert soname.nearest[0].startswith("dep:")


@pytest.mark.parametrize("ecosystem", ECOSYSTEMS)
@pytest.mark.parametrize("version", ["", "@>=1.2"])
def test_the_short_way_is_the_long_one(ecosystem: str, version: str) -> None:
    """What is kept of the built-in names is what the names themselves would say once more."""
    names = [f"{name}{version}" for name in registry().definitions]
    for purpose in ("build", "run"):
        short = plan(names, ecosystem, purpose)
        assert short == plan(names, ecosystem, purpose, installed={"nothing that there is"})
        assert len(names) == len(short.missing) + len(
            [each for each in short.planned if each.why != "headers"]
        )


def test_without_root() -> None:
    """The ecosystems that need no administrator, the one with most first."""
    made = without_root(["dep:generic/libraqm", "dep:generic/zlib"])
    assert ["nix", "spack", "conda-forge"] == [each.ecosystem for each in made]
    assert not any(action.elevated for each in made for action in each.install)


def test_pixi_is_offered() -> None:
    """Other package managers of an ecosystem do the same by their own commands."""
    (pixi,) = plan(["dep:generic/zlib@>=1.2"], "conda-forge").others
    assert ("pixi", "add", "zlib>=1.2") == pixi.argv


def test_one_command_each() -> None:
    """What takes one package at a time gets a command for each."""
    made = plan(["dep:generic/git", "dep:generic/cmake@3.30"], "winget")
    head = ("winget", "install", "--exact", "--id")
    assert [(*head, "Git.Git"), (*head, "Kitware.CMake", "--version=3.30")] == [
        each.argv for each in made.install
    ]


# -- ranges -------------------------------------------------------------------------------


def test_checked_where_pkg_config_knows() -> None:
    """A range that is not asked for is checked by a module whose version is the package's."""
    (each,) = plan(["dep:generic/zlib@>=1.2,<2"], "homebrew").planned
    assert each.range is not None
    assert ("checked", ("pkg-config", "--exists", "zlib >= 1.2, zlib < 2")) == (
        each.range.status,
        each.range.check,
    )
    assert (each.range.check,) == plan(["dep:generic/zlib@>=1.2,<2"], "homebrew").checks


@pytest.mark.parametrize("name", ["ffmpeg", "hdf5"])
def test_modules_that_do_not_say(name: str) -> None:
    """A module with another version, or that only Debian has, checks nothing elsewhere."""
    (each,) = plan([f"dep:generic/{name}@>=1"], "homebrew").planned
    assert each.range is not None
    assert ("dropped", ()) == (each.range.status, each.range.check)


APT = [
    (">=1.2", (">= 1:1.2",)),
    (">1.2", (">> 1:1.2",)),
    ("<2", ("<< 1:2~",)),
    ("<=1.9", ("<< 1:1.10~",)),
    ("==1.2.13", (">= 1:1.2.13", "<< 1:1.2.14~")),
]


@pytest.mark.parametrize(("text", "expected"), APT)
def test_apt_by_operator(text: str, expected: tuple[str, ...]) -> None:
    """Each operator in Debian's words, with the epoch in front."""
    cell = Cell("dep:generic/x", version="1:1.2.13-1", source="apt")
    asked = ask(mapping("debian").managers[1], "x", clauses_of(text), cell)
    assert tuple(f"x ({each})" for each in expected) == asked.arguments


def test_what_apt_is_not_asked() -> None:
    """A package that only leads to others has a version of its own; a preview is ordered otherwise."""
    satisfy = mapping("debian").managers[1]
    leads = ask(satisfy, "x", clauses_of(">=1"), Cell("dep:generic/x", source="apt"))
    preview = ask(satisfy, "x", clauses_of(">=1rc1"), Cell("dep:generic/x", version="1-1"))
    for asked in (leads, preview):
        assert asked.range is not None
        assert (("x",), "dropped") == (asked.arguments, asked.range.status)


def test_unknown_epoch_is_said() -> None:
    """Where nobody knows the epoch, the note says what was taken for it."""
    own = read_mapping(mapping_text({"id": "dep:generic/zlib", "specs": "zlib1g-dev"})).mapping
    (each,) = plan(["dep:generic/zlib@>=1.2"], "ubuntu", mapping=own).planned
    assert each.range is not None
    assert "the epoch of the package is not known, and taken as none" == each.range.note


def test_spack_has_inclusive_bounds() -> None:
    """What spack can say it is asked for, and the note names the rest."""
    zlib = plan(["dep:generic/zlib@>1.2,<=2"], "spack").planned[0]
    assert zlib.range is not None
    assert ("zlib@:2",) == zlib.arguments
    assert "spack has inclusive bounds, one of each, so >1.2 is left out" == zlib.range.note
    assert ("zlib@1:2",) == arguments("dep:generic/zlib@>=1,<=2", "spack")


def test_asked_for_twice() -> None:
    """With a range and without is once, with the range."""
    made = plan(["dep:generic/zlib", "dep:generic/zlib@>=1.2"], "conda-forge")
    assert ("zlib>=1.2",) == made.install[0].argv[-1:]
    assert "zlib" not in made.install[0].argv


# -- everything ---------------------------------------------------------------------------


def test_unknown_ecosystem() -> None:
    """An ecosystem that there is none of is the caller's mistake."""
    with pytest.raises(UnknownEcosystemError):
        plan([], "spam")


def test_kinds_of_requirements() -> None:
    """Texts, requirements and lines of a table come to the same."""
    text = "dep:generic/zlib"
    read = read_table(f'[external]\nhost-requires = ["{text}"]')
    forms: list[Requirements] = [[text], [ExternalRequirement.parse(text)], read, read.needed]
    assert [("zlib1g-dev",)] * 4 == [plan(each, "debian").packages for each in forms]


def test_most_requirements(monkeypatch: pytest.MonkeyPatch) -> None:
    """Requirements over the bound are left out, and a finding counts them."""
    monkeypatch.setattr(plan_module, "MOST_REQUIREMENTS", 1)
    assert () == plan(["dep:generic/git"], "debian").findings
    made = plan(["dep:generic/git", "dep:generic/zlib"], "debian")
    assert (("git",), "1 more requirements are left out") == (
        made.packages,
        made.findings[0].message,
    )


def test_every_cell_can_be_planned() -> None:
    """What a built-in mapping has is planned without anything missing, in its own ecosystem."""
    for ecosystem in ECOSYSTEMS:
        names = [name for name, (cell, *_) in mapping(ecosystem).entries.items() if cell.packaged]
        made = plan(names, ecosystem)
        assert () == made.missing, ecosystem
        assert len(names) == len([each for each in made.planned if each.why != "headers"])


OURS = {
    "--yes", "--assumeyes", "--sync", "--needed", "--noconfirm", "--channel=conda-forge",
    "--packages", "--build=missing", "--exact", "--id",
}  # fmt: skip
_BAD = st.one_of(
    st.sampled_from(
        ["-rf", "--purge", "a b", "a;b", "$(a)", "`a`", "a\nb", "a'b", "../a", "g++", "a"]
    ),
    st.text(max_size=12),
)


@given(_BAD, st.sampled_from(ECOSYSTEMS), st.sampled_from(["", "@>=1", "@1.2", "@>=1,<2"]))
def test_no_argument_is_an_option_but_ours(spec: str, ecosystem: str, version: str) -> None:
    """Whatever a mapping calls a package, no argument that starts with - comes from it."""
    own = of(mapping_text({"id": "dep:generic/zlib", "specs": spec}))
    made = plan([f"dep:generic/zlib{version}"], ecosystem, mapping=own)
    for action in (*made.install, *made.others):
        for word in action.argv:
            if word.startswith("-") and word not in OURS:
                name, _, value = word.partition("=")
                assert name in ("--requires", "--version")
                assert not value.startswith("-")
            assert word.isprintable()


@given(st.text(max_size=30))
def test_anything_typed_is_no_exception(text: str) -> None:
    """A requirement of any letters is planned, missing or reported."""
    made = plan([text, f"dep:generic/{text}"], "debian")
    json.dumps([each.argv for each in made.install])
    assert made.packages or made.missing or made.findings or made.planned


def test_a_mapping_of_somebody_is_not_vouched_for() -> None:
    """That a name was verified is what we say of ours, and nobody else can say for us."""
    extra = {"state": "verified", "source": "apt", "date": "2020-01-01"}
    row = {"id": "dep:generic/zlib", "specs": "zlib", "extra_metadata": extra}
    made = plan(["dep:generic/zlib"], "debian", mapping=read_mapping(mapping_text(row)).mapping)
    assert ("", "", "") == (made.planned[0].state, made.planned[0].source, made.planned[0].date)
    named = plan(["dep:deb/debian/x"], "debian", mapping=read_mapping(mapping_text(row)).mapping)
    assert ("sourced", "the requirement") == (named.planned[0].state, named.planned[0].source)


def test_epochs_of_ubuntu() -> None:
    """Without the epoch that it has from Debian no version of zlib would be below 2."""
    made = plan(["dep:generic/zlib@>=1.2,<2"], "ubuntu")
    assert ("zlib1g-dev (>= 1:1.2)", "zlib1g-dev (<< 1:2~)") == made.planned[0].arguments
    outcome = made.planned[0].range
    assert outcome is not None
    assert (
        "the epoch of the package comes from Debian or a mapping, not from apt here" == outcome.note
    )
    own = read_mapping(mapping_text({"id": "dep:generic/zlib", "specs": "zlib1g-dev"})).mapping
    alone = plan(["dep:generic/zlib@>=1.2"], "ubuntu", mapping=own)
    assert ("zlib1g-dev (>= 1.2)",) == alone.planned[0].arguments
    # Another package than Debian's has another version, whose epoch nobody knows.
    assert ("flang (>= 16)",) == arguments("dep:generic/flang@>=16", "ubuntu")


def test_pins_as_they_are_typed() -> None:
    """Each is read or said to be wrong; one that is wrong takes none of the others with it."""
    texts = ["interface/mpj=generic/mpich", " interface/mpi = generic/mpich ", "mpi", "=x", "a="]
    expected = {"dep:virtual/interface/mpi": "generic/mpich"}
    wrong = (
        "'interface/mpj' is nothing virtual that is known",
        *(f"{each!r} chooses nothing" for each in texts[2:]),
    )
    assert (expected, wrong) == read_pins(texts)
