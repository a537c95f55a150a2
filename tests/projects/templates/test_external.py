"""The template that links a system library: its commands are those of our own plans."""

from __future__ import annotations

import tomllib

import pytest

from trigpoint.external.plan import Plan, plan
from trigpoint.external.snippets import command_lines
from trigpoint.external.tables import read_table
from trigpoint.projects.templates import Answers, render, templates

FILES = {
    path: content.decode()
    for path, content in render(templates()["skbuild-zlib"], Answers()).items()
    if path.endswith((".toml", ".yml", ".yaml", ".txt", "README.md"))
}


def of(ecosystem: str, *roles: str) -> Plan:
    """Return the plan for what the table lists for *roles*, without what a runner has anyway."""
    read = read_table(FILES["pyproject.toml"])
    return plan([each for each in read.select() if each.role in roles], ecosystem)


def test_the_table() -> None:
    """It is read without a finding, and everything in it is planned on every system of the CI."""
    read = read_table(FILES["pyproject.toml"])
    assert [] == list(read.findings)
    assert ["dep:virtual/compiler/c", "dep:generic/zlib@>=1.2.9"] == [
        each.text for each in read.needed
    ]
    assert all(of(each, "host").complete for each in ("ubuntu", "fedora", "alpine", "vcpkg"))


def test_the_lowest_version_is_that_of_the_build() -> None:
    """CMake asks for the version that the table has."""
    assert "find_package(ZLIB 1.2.9 REQUIRED)" in FILES["CMakeLists.txt"]


def test_the_workflow() -> None:
    """Each job that builds runs the lines of the plan for its runner."""
    text = FILES[".github/workflows/ci.yml"]
    lines = "".join(
        f"          {each}\n" for each in command_lines(of("ubuntu", "host"), sudo=True)
    )
    assert 2 == text.count(f"        run: |\n{lines}")
    [install] = command_lines(of("vcpkg", "host"), sudo=False)
    assert 1 == text.count(f"        run: |\n          {install}\n")


@pytest.mark.parametrize(
    ("ecosystem", "keys"),
    [
        ("fedora", ("linux", "before-all")),
        ("alpine", ("overrides", "before-all")),
        ("vcpkg", ("windows", "before-all")),
    ],
)
def test_cibuildwheel(ecosystem: str, keys: tuple[str, str]) -> None:
    """Images and runners are given what the plan says."""
    table = tomllib.loads(FILES["pyproject.toml"])["tool"]["cibuildwheel"][keys[0]]
    given = table[0][keys[1]] if isinstance(table, list) else table[keys[1]]
    assert " && ".join(command_lines(of(ecosystem, "host"), sudo=False)) == given


def test_the_readme() -> None:
    """It says what the plan says, but for the headers, which a Python of one's own has."""
    for ecosystem in ("debian", "fedora"):
        [action] = of(ecosystem, "build", "host").install
        words = [each for each in action.argv[2:] if "python" not in each]
        words.remove("--yes" if ecosystem == "debian" else "--assumeyes")
        for each in words:
            assert each in FILES["README.md"]
    assert "`vcpkg install zlib`" in FILES["README.md"]
    assert "apt_packages: [zlib1g-dev]" in FILES[".readthedocs.yaml"]
    assert ("zlib1g-dev",) == of("ubuntu", "host").packages
