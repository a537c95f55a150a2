"""Plans as pieces of files, read by what reads such files."""

from __future__ import annotations

import shlex
import tomllib
from typing import get_args

import pytest

from trigpoint.external import words
from trigpoint.external.mappings import ECOSYSTEMS, read_mapping
from trigpoint.external.plan import Missing, Reason, plan
from trigpoint.external.snippets import FORMS, snippets

from .documents import mapping_text

ASKED = ["dep:generic/zlib@>=1.2,<2", "dep:virtual/compiler/c"]


def piece(form: str, ecosystem: str, asked: list[str] | None = None) -> str:
    """Return one piece of a file, "" where the ecosystem has none."""
    return "".join(each.text for each in snippets(plan(asked or ASKED, ecosystem), [form]))


def test_shell() -> None:
    """Each word is one word for a shell, and lists are renewed first."""
    lines = piece("shell", "debian").splitlines()
    assert ["sudo apt-get update"] == lines[:1]
    expected = ["sudo", *plan(ASKED, "debian").install[0].argv]
    assert expected == shlex.split(lines[1])
    assert "conda install" == piece("shell", "conda-forge")[:13]


def test_dockerfile() -> None:
    """One layer, as root, that leaves no lists behind."""
    text = piece("dockerfile", "debian")
    commands = " ".join(text.removeprefix("RUN ").replace("\\\n", "").split()).split(" && ")
    assert ["apt-get update", "rm -rf /var/lib/apt/lists"] == [commands[0], commands[-1]]
    assert 3 == len(commands)
    assert "sudo" not in text
    assert "" == piece("dockerfile", "homebrew")


def test_github() -> None:
    """A step whose commands are those of the plan, for runners that have the package manager."""
    yaml = pytest.importorskip("yaml", reason="PyYAML reads the files of workflows")
    for ecosystem in ("ubuntu", "homebrew", "winget"):
        asked = ["dep:generic/cmake"]
        (step,) = yaml.safe_load(piece("github", ecosystem, asked))
        last = step["run"].splitlines()[-1]
        words_ = shlex.split(last.removeprefix("sudo "))
        assert list(plan(asked, ecosystem).install[-1].argv) == words_
    assert "" == piece("github", "alpine")


def test_pixi() -> None:
    """A table with a range for each package."""
    table = tomllib.loads(piece("pixi", "conda-forge"))["tool"]["pixi"]
    assert {"zlib": ">=1.2,<2", "c-compiler": "*", "python": "*"} == table["dependencies"]
    assert "" == piece("pixi", "debian")


def test_pixi_with_a_build() -> None:
    """What names a build is named without it."""
    own = read_mapping(mapping_text({"id": "dep:generic/zlib", "specs": "zlib * x"})).mapping
    (made,) = snippets(plan(["dep:generic/zlib"], "conda-forge", mapping=own), ["pixi"])
    assert {"zlib": "*"} == tomllib.loads(made.text)["tool"]["pixi"]["dependencies"]


def test_cibuildwheel() -> None:
    """The command before all builds, as TOML, per system."""
    table = tomllib.loads(piece("cibuildwheel", "fedora"))["tool"]["cibuildwheel"]
    assert "dnf install --assumeyes" == table["linux"]["before-all"][:23]
    musl = tomllib.loads(piece("cibuildwheel", "alpine"))["tool"]["cibuildwheel"]["overrides"]
    assert [("*-musllinux*", "apk add")] == [
        (each["select"], each["before-all"][:7]) for each in musl
    ]
    assert "" == piece("cibuildwheel", "debian")


def test_nothing_to_do() -> None:
    """A plan without packages is no piece of anything."""
    for ecosystem in ECOSYSTEMS:
        assert () == snippets(plan([], ecosystem))


def test_every_form_somewhere() -> None:
    """Each form is written for some ecosystem, and each ecosystem has a command line."""
    written = {
        each.form
        for eco in ECOSYSTEMS
        for each in snippets(plan(["dep:generic/cmake", "dep:generic/openssl"], eco))
    }
    assert set(FORMS) == written
    assert [] == [eco for eco in ECOSYSTEMS if not piece("shell", eco, ["dep:generic/openssl"])]


def test_words_of_everything() -> None:
    """Every reason, way and state has its words."""
    asked = [*ASKED, "dep:generic/libraqm", "dep:generic/spam", "dep:deb/debian/x", "dep:pypi/x"]
    for ecosystem in ECOSYSTEMS:
        made = plan([*asked, "dep:virtual/interface/mpi@>=3"], ecosystem)
        assert words.summary(made).startswith(("On ", "From "))
        for each in made.planned:
            assert words.known(each)
            assert words.what(each)
            assert bool(words.ranged(each)) == (each.range is not None)
        assert all(words.advice(each) for each in made.missing)
    for why in get_args(Reason):
        assert words.advice(Missing("a", "a", why, (), ("nix",)))


def test_words_of_a_choice() -> None:
    """Why something was taken is said for each way to choose."""
    asked, mpi = ["dep:virtual/interface/mpi"], "dep:virtual/interface/mpi"
    own = read_mapping(
        mapping_text(
            {"id": "dep:generic/openmpi", "specs": "o"}, {"id": "dep:generic/mpich", "specs": "m"}
        )
    ).mapping
    said = [
        words.chosen(plan(asked, "debian", mapping=own).planned[0]),
        words.chosen(plan(asked, "debian", mapping=own, installed={"m"}).planned[0]),
        words.chosen(plan(asked, "debian", pins={mpi: "dep:generic/mpich"}).planned[0]),
        words.chosen(plan(["dep:deb/debian/x"], "debian").planned[0]),
        words.chosen(plan(["dep:generic/zlib"], "debian").planned[0]),
        words.known(
            plan(
                ["dep:generic/zlib"],
                "debian",
                mapping=read_mapping(
                    mapping_text({"id": "dep:generic/zlib", "specs": "z"})
                ).mapping,
            ).planned[0]
        ),
        words.summary(plan([], "nix", "run")),
        words.summary(plan(["dep:generic/spam"], "nix", "run")),
    ]
    assert [
        "the first provider; also mpich",
        "it is installed already; also openmpi",
        "pinned; also mpi, openmpi",
        "named by the requirement",
        "",
        "as the mapping has it, which nobody here has checked",
        "From Nixpkgs, nothing has to be installed to run it.",
        "From Nixpkgs, 0 packages are needed to run it, and 1 requirement cannot be met.",
    ] == said
