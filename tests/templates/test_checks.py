"""Each check sees the fault that it is for; without one, it has nothing to say."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from trigpoint.projects import check_text
from trigpoint.projects.templates import Answers, render, templates

from . import checks

PINS = {
    "hooks": {"a/b": {"version": "v1", "hash": "12ab"}},
    "actions": {
        "actions/checkout": {
            "version": "v7.0.1",
            "hash": "3d3c42e5aac5ba805825da76410c181273ba90b1",
        },
        "astral-sh/setup-uv": {
            "version": "v10.3.0",
            "hash": "1c37ad07a6a961277cf70c0d37d6f313000f5884",
        },
    },
}

METADATA = """\
Metadata-Version: 2.4
Name: snow-cap
Version: 0.1.0
Summary: Tell how high the snow lies.
Author-email: Ada Example <ada@example.org>
License-Expression: BSD-3-Clause
License-File: LICENSE
Requires-Python: >=3.11
Description-Content-Type: text/markdown

"""
INFO = "snow_cap-0.1.0.dist-info"


@pytest.fixture
def project() -> dict[str, bytes]:
    return render(templates()["setuptools"], Answers())


def changed(files: dict[str, bytes], path: str, before: str, after: str) -> dict[str, bytes]:
    """Return *files* with a fault planted in the file at *path*."""
    text = files[path].decode()
    assert before in text
    return {**files, path: text.replace(before, after).encode()}


def faults(found: Iterator[str]) -> list[str]:
    return list(found)


def built(files: dict[str, bytes]) -> dict[str, bytes]:
    """Return what a wheel of the project has."""
    package = {path.removeprefix("src/"): files[path] for path in files if path.startswith("src/")}
    return {
        **package,
        f"{INFO}/licenses/LICENSE": files["LICENSE"],
        f"{INFO}/WHEEL": b"Root-Is-Purelib: true\n",
        f"{INFO}/METADATA": METADATA.encode(),
    }


# -- the project


@pytest.mark.parametrize("name", [name for name, each in templates().items() if each.backend])
def test_templates_have_no_fault(name: str) -> None:
    """Every template is free of what can be seen without building it."""
    files = render(templates()[name], Answers())
    assert [] == faults(checks.floor_faults(files))
    assert [] == faults(checks.name_faults(files))
    table = tomllib.loads(
        (Path(__file__).parents[2] / "templates" / "pins.toml").read_text("utf-8")
    )
    assert [] == faults(checks.pin_faults(files, table))


@pytest.mark.parametrize("written", ["setuptools>=61", "setuptools", "setuptools<90"])
def test_low_floor(project: dict[str, bytes], written: str) -> None:
    """A build requirement that lets in versions which lose an SPDX license is a fault."""
    low = changed(project, "pyproject.toml", "setuptools>=77.0.1", written)
    told = f"{written} may build with versions that lose the license; 77.0.1 does not"
    assert [told] == faults(checks.floor_faults(low))
    # What readers run says the same of a bound, by recorded builds.
    said = {each.code for each in check_text(low["pyproject.toml"], "pyproject.toml").findings}
    assert (">=" in written) == ("backend-floor" in said)


def test_low_floor_without_a_license(project: dict[str, bytes]) -> None:
    """A project that states no SPDX license can be built with any version."""
    low = changed(project, "pyproject.toml", "setuptools>=77.0.1", "setuptools>=61")
    assert [] == faults(checks.floor_faults(changed(low, "pyproject.toml", 'license = "', '# "')))


NAMED = [
    ("noxfile.py", '(PROJECT, "test")', '(PROJECT, "tests")', "group tests"),
    ("noxfile.py", '(PROJECT, "test")', '(PROJECT, "test", "extra")', "group extra"),
    ("noxfile.py", '"."', '"-e.[test]"', "extra test"),
    ("noxfile.py", 'session.install(".",', 'session.install(".[dev, test]",', "extra dev"),
    (".readthedocs.yaml", "--group docs", "--group doc", "group doc"),
    ("README.md", "install snow-cap", "install snow-cap[all]", "extra all"),
    (
        "pyproject.toml",
        "[tool.mypy]",
        '[tool.cibuildwheel]\ntest-extras = ["t"]\n[tool.mypy]',
        "extra t",
    ),
    (
        "pyproject.toml",
        "[tool.mypy]",
        '[tool.cibuildwheel]\ntest-groups = ["t"]\n[tool.mypy]',
        "group t",
    ),
]


@pytest.mark.parametrize(("path", "before", "after", "told"), NAMED)
def test_names_that_are_not_there(
    project: dict[str, bytes], path: str, before: str, after: str, told: str
) -> None:
    """An extra or group that a file names and nothing defines is a fault."""
    found = faults(checks.name_faults(changed(project, path, before, after)))
    assert f"{path} names the {told}, which is not there" == found[0]


def test_a_session_that_is_not_there(project: dict[str, bytes]) -> None:
    """What a workflow runs must be a session."""
    wrong = changed(project, ".github/workflows/ci.yml", "nox -s lint", "nox -s style")
    told = ".github/workflows/ci.yml runs the session style, which is not there"
    assert [told] == faults(checks.name_faults(wrong))


def test_a_group_that_includes_another(project: dict[str, bytes]) -> None:
    """A group includes only those that are there."""
    wrong = changed(project, "pyproject.toml", 'include-group = "test"', 'include-group = "t"')
    told = "the group lint includes t, which is not there"
    assert [told] == faults(checks.name_faults(wrong))


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("# v7.0.1", "# v6.0.0", "uses actions/checkout v6.0.0, and v7.0.1 is newer"),
        ("3d3c42e5", "aaaaaaaa", "uses actions/checkout v7.0.1, and v7.0.1 is newer"),
        (
            "actions/checkout",
            "some/body",
            "uses some/body, which templates/pins.toml does not list",
        ),
    ],
)
def test_actions_that_are_behind(
    project: dict[str, bytes], before: str, after: str, told: str
) -> None:
    """An action that is not pinned to what the table says is told."""
    path = ".github/workflows/ci.yml"
    workflow = {path: project[path], "README.md": b"uses: actions/other@v1"}
    assert [] == faults(checks.pin_faults(workflow, PINS))
    wrong = changed(workflow, path, before, after)
    assert {f"{path} {told}"} == set(checks.pin_faults(wrong, PINS))


@pytest.mark.parametrize(
    ("rev", "told"),
    [
        ("12ab # frozen: v1", []),
        ("v1", [".pre-commit-config.yaml uses a/b v1, and v1 is newer"]),
        ("12ab # frozen: v0", [".pre-commit-config.yaml uses a/b v0, and v1 is newer"]),
    ],
)
def test_hooks_that_are_behind(rev: str, told: list[str]) -> None:
    """A hook is pinned to a commit, with the release that it is."""
    text = f"repos:\n  - repo: https://github.com/a/b\n    rev: {rev}\n  - repo: local\n"
    assert told == faults(checks.pin_faults({".pre-commit-config.yaml": text.encode()}, PINS))


@pytest.mark.parametrize("path", ["a.py", "a.toml", "a.yml", "a.cff"])
def test_files_that_cannot_be_read(path: str) -> None:
    """A file whose format does not read it is a fault."""
    pytest.importorskip("yaml")
    assert [] == faults(checks.parse_faults({path: b"", "a.txt": b'"'}))
    (told,) = checks.parse_faults({path: b'"'})
    assert told.startswith(f"{path} cannot be read: ")


# -- what is built


def test_metadata_without_a_fault(project: dict[str, bytes]) -> None:
    """METADATA that says what the project says is fine."""
    whole = METADATA.encode() + project["README.md"]
    assert [] == faults(checks.metadata_faults(whole, project))


SAID: list[tuple[str, str, str]] = [
    ("License-Expression: BSD-3-Clause\n", "", "License-Expression is None and not 'BSD-3-Clause'"),
    ("License-Expression: BSD-3-Clause", "License: BSD-3-Clause", "License-Expression is None"),
    ("License-File: LICENSE\n", "", "License-File is None and not ['LICENSE']"),
    (">=3.11", ">=3.9", "Requires-Python is <SpecifierSet('>=3.9')>"),
    ("Name: snow-cap", "Name: snow", "Name is 'snow' and not 'snow-cap'"),
    ("high", "low", "Summary is 'Tell how low the snow lies.'"),
    ("Ada", "Eve", "the name Ada Example is not in"),
    ("ada@", "eve@", "the email ada@example.org is not in"),
    (
        "License-File",
        "Requires-Dist: pytest\nLicense-File",
        "pytest is required, which the project",
    ),
    ("License-File", "Provides-Extra: test\nLicense-File", "Provides-Extra is ['test'] and not []"),
    ("Version: 0.1.0", "Version: x y", "packaging says: "),
    ("Version: 0.1.0\n", "", "Version is missing"),
]


@pytest.mark.parametrize(("before", "after", "told"), SAID)
def test_metadata_with_a_fault(
    project: dict[str, bytes], before: str, after: str, told: str
) -> None:
    """What is lost or otherwise in METADATA is told."""
    assert before in METADATA
    whole = METADATA.replace(before, after).encode() + project["README.md"]
    found = faults(checks.metadata_faults(whole, project))
    assert [each for each in found if f"METADATA: {told}" in each][:1]


def test_an_author_that_is_quoted() -> None:
    """A name with a quote and a backslash is the same where METADATA escapes both."""
    files = render(templates()["setuptools"], Answers(author='O"Brien \\ Back'))
    quoted = METADATA.replace("Ada Example <", '"O\\"Brien \\\\ Back" <')
    assert quoted != METADATA
    whole = quoted.encode() + files["README.md"]
    assert [] == [each for each in checks.metadata_faults(whole, files) if "the name" in each]


def test_a_description_that_is_lost(project: dict[str, bytes]) -> None:
    """The README is the description."""
    (told,) = checks.metadata_faults(METADATA.encode(), project)
    assert told.startswith("METADATA: Description is ''")


def without(files: dict[str, bytes], path: str) -> dict[str, bytes]:
    assert path in files
    return {name: content for name, content in files.items() if name != path}


def test_wheel_without_a_fault(project: dict[str, bytes]) -> None:
    """A wheel with the package and the license is fine."""
    assert [] == faults(checks.wheel_faults(built(project), project))


@pytest.mark.parametrize(
    "path", ["snow_cap/__init__.py", "snow_cap/py.typed", f"{INFO}/licenses/LICENSE"]
)
def test_wheel_that_lacks_a_file(project: dict[str, bytes], path: str) -> None:
    """A wheel without a file of the package, or without the license, is told."""
    (told,) = checks.wheel_faults(without(built(project), path), project)
    assert told.startswith(f"the wheel has no {path}")


@pytest.mark.parametrize("path", ["tests/test_package.py", "noxfile.py", "snow_cap/_core.so"])
def test_wheel_with_too_much(project: dict[str, bytes], path: str) -> None:
    """A wheel with what is not the package is told; a pure one has no extension."""
    found = faults(checks.wheel_faults({**built(project), path: b""}, project))
    assert [f"the wheel has {path}, which is no file of the package"] == found


def test_wheel_with_data(project: dict[str, bytes]) -> None:
    """What the project has in its folder of data is in the wheel's, and nothing else is."""
    files = {**project, "data/share/man/man1/a.1": b"x"}
    path = f"{INFO.removesuffix('.dist-info')}.data/data/share/man/man1/a.1"
    assert [] == faults(checks.wheel_faults({**built(project), path: b"x"}, files))
    for wheel in (built(project), {**built(project), path: b"y"}):
        told = faults(checks.wheel_faults(wheel, files))
        assert [f"the wheel has no {path} as it is in the project"] == told
    other = path.replace("a.1", "b.1")
    found = faults(checks.wheel_faults({**built(project), path: b"x", other: b""}, files))
    assert [f"the wheel has {other}, which is no file of the package"] == found


def test_compiled_wheel(project: dict[str, bytes]) -> None:
    """A wheel for a platform has extensions below the package, and nowhere else."""
    wheel = {**built(project), f"{INFO}/WHEEL": b"Root-Is-Purelib: false\n"}
    assert [] == faults(checks.wheel_faults({**wheel, "snow_cap/_core.abi3.so": b""}, project))
    found = faults(checks.wheel_faults({**wheel, "_core.abi3.so": b""}, project))
    assert ["the wheel has _core.abi3.so, which is no file of the package"] == found


def test_sdist(project: dict[str, bytes]) -> None:
    """An sdist has all that is needed to build and to test, as it is in the project."""
    sdist: dict[str, Any] = {f"snow_cap-0.1.0/{path}": project[path] for path in project}
    sdist["snow_cap-0.1.0/PKG-INFO"] = b""
    assert [] == faults(checks.sdist_faults(sdist, project))
    for path in ("LICENSE", "tests/test_package.py", "src/snow_cap/py.typed", "noxfile.py"):
        found = faults(checks.sdist_faults(without(sdist, f"snow_cap-0.1.0/{path}"), project))
        assert [f"the sdist has no {path} as it is in the project"] == found
    found = faults(checks.sdist_faults(without(sdist, "snow_cap-0.1.0/PKG-INFO"), project))
    assert ["the sdist has no PKG-INFO"] == found
    assert not re.search("PKG", " ".join(project))
