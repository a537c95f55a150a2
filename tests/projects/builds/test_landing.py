"""Where the files of a project land, why some do not, and the project with another backend."""

from __future__ import annotations

import io
import tarfile
import zipfile
from pathlib import Path

import pytest

from trigpoint.projects.builds import (
    Built,
    Outcome,
    Shelf,
    Tree,
    build,
    carry,
    landings,
    make_plan,
    open_shelf,
    read_package,
    run_hooks,
)
from trigpoint.projects.builds import landing as module
from trigpoint.projects.builds.landing import missing_findings

from .test_plan import project
from .toy import TREE, doing, fill


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    found = open_shelf(fill(tmp_path))
    assert found
    return found


def built(shelf: Shelf, tree: Tree = TREE) -> Outcome:
    plan = make_plan(tree, shelf)
    assert not plan.refused
    return build(tree, plan, shelf.unpacked(plan.wheels))


def wheel_of(*paths: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for path in paths:
            archive.writestr(path, path)
        archive.writestr("a-1.dist-info/METADATA", "Name: a\nVersion: 1\n")
    return file.getvalue()


# -- a whole build --------------------------------------------------------------------------


def test_wheel_is_built_from_the_sdist(shelf: Shelf) -> None:
    """What the sdist loses is lost for the wheel, too, as with every frontend."""
    found = built(shelf)
    assert found.sdist
    assert found.wheel
    assert ["pyproject.toml", "src/toy/__init__.py", "src/toy/data.txt", "tests/test_toy.py"] == [
        each.path for each in found.sdist.files
    ]
    assert [
        ("toy-1.dist-info/METADATA", 43),
        ("toy-1.dist-info/entry_points.txt", 33),
        ("toy/__init__.py", 16),
        ("toy/data.txt", 2),
    ] == [(each.path, each.size) for each in found.wheel.files]
    assert "Name: toy" in found.wheel.metadata
    assert [("console_scripts", "toy", "toy:main")] == [
        (each.group, each.name, each.value) for each in found.wheel.entry_points
    ]
    assert found.log.startswith("* Building the sdist\nthe toy speaks\n")
    assert [
        ("pyproject.toml", "pyproject.toml", "", ""),
        ("src/toy/__init__.py", "src/toy/__init__.py", "toy/__init__.py", "src/toy"),
        ("src/toy/data.txt", "src/toy/data.txt", "toy/data.txt", "src/toy"),
        ("src/toy/gone.lost", "", "", "src/toy"),
        ("src/toy/late.sdistless", "", "", "src/toy"),
        ("tests/test_toy.py", "tests/test_toy.py", "", ""),
    ] == [(each.path, each.sdist, each.wheel, each.package) for each in found.landed]
    assert ["build-data-missing"] == [each.code for each in found.findings]


def test_wheel_without_an_sdist(shelf: Shelf) -> None:
    """Where no sdist can be built there is a wheel of the project to look at."""
    program = "import sys\nif sys._getframe(1).f_back.f_code.co_name == 'build_sdist': raise ValueError('no')"
    found = built(shelf, doing(program))
    assert (None, "toy-1-py3-none-any.whl") == (found.sdist, found.wheel and found.wheel.name)
    assert "the backend could not build the sdist: ValueError: no" in [
        each.message for each in found.findings
    ]


def test_nothing_can_be_built(shelf: Shelf) -> None:
    """Both failures are said."""
    found = built(shelf, doing("raise ValueError('no')"))
    assert ["build-failed"] * 2 == [each.code for each in found.findings]
    assert (None, None, ()) == (found.sdist, found.wheel, found.landed)


def test_a_late_question_ends_the_build(shelf: Shelf) -> None:
    """What a hook asks for besides comes back, from the sdist or from the wheel."""
    plan = make_plan(TREE, shelf)

    def first(job: object) -> Built:
        return Built(more=("a",))

    def second(job: object) -> Built:
        what = job.what  # type: ignore[attr-defined]
        return Built(more=("b",)) if what == "wheel" else run_hooks(job)  # type: ignore[arg-type]

    folders = shelf.unpacked(plan.wheels)
    assert ("a",) == build(TREE, plan, folders, first).more
    assert ("b",) == build(TREE, plan, folders, second).more


# -- packages -------------------------------------------------------------------------------


def test_odd_packages() -> None:
    """Entry points that nothing reads, and a file that is no archive, are no exception."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a-1.dist-info/entry_points.txt", "no section\n")
    assert () == read_package("a-1-py3-none-any.whl", file.getvalue()).entry_points
    broken = read_package("a-1.tar.gz", b"\x1f\x8b")
    assert () == broken.files
    assert broken.findings


@pytest.mark.parametrize("more", [0, 1])
def test_entry_points_are_bounded(more: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """So many are listed and no more."""
    from trigpoint.projects.builds import report

    monkeypatch.setattr(report, "MOST_ENTRY_POINTS", 3)
    file = io.BytesIO()
    lines = "".join(f"a{i} = a\n" for i in range(3 + more))
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a-1.dist-info/entry_points.txt", f"[x]\n{lines}")
    assert 3 == len(read_package("a-1-py3-none-any.whl", file.getvalue()).entry_points)


def test_sdist_without_its_folder() -> None:
    """Paths of an sdist are those of the project."""
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w:gz") as archive:
        archive.addfile(tarfile.TarInfo("a-1/x/y.py"))
    assert ["x/y.py"] == [each.path for each in read_package("a-1.tar.gz", file.getvalue()).files]


# -- where files land -----------------------------------------------------------------------


def test_files_are_found_by_path_and_by_content() -> None:
    """The end of the path counts first, then name and content; an empty file is never guessed."""
    wheel = read_package(
        "a-1-py3-none-any.whl",
        wheel_of("a/__init__.py", "a/b/__init__.py", "a-1.dist-info/licenses/LICENSE", "top.py"),
    )
    tree = Tree(
        {
            "LICENSE": b"a-1.dist-info/licenses/LICENSE",
            "other/LICENSE": b"mine",
            "other/empty/__init__.py": b"",
            "src/a/__init__.py": b"",
            "src/a/b/__init__.py": b"",
            "src/a/b/deep/x.txt": b"",
            "src/top.py": b"",
        }
    )
    found = {each.path: (each.wheel, each.package) for each in landings(tree, None, wheel)}
    assert {
        "LICENSE": ("a-1.dist-info/licenses/LICENSE", ""),
        "other/LICENSE": ("", ""),
        "other/empty/__init__.py": ("", ""),
        "src/a/__init__.py": ("a/__init__.py", "src/a"),
        "src/a/b/__init__.py": ("a/b/__init__.py", "src/a"),
        "src/a/b/deep/x.txt": ("", "src/a"),
        "src/top.py": ("top.py", ""),
    } == found


def told(tree: Tree, *in_wheel: str, backend: str, sdist: bool = False) -> tuple[str, str]:
    """Return why a file of *tree* is missing, and what to write."""
    wheel = read_package("a-1-py3-none-any.whl", wheel_of(*in_wheel))
    package = None
    if sdist:
        file = io.BytesIO()
        with tarfile.open(fileobj=file, mode="w:gz") as archive:
            for path in tree.files:
                archive.addfile(tarfile.TarInfo(f"a-1/{path}"))
        package = read_package("a-1.tar.gz", file.getvalue())
    [found] = missing_findings(tree, backend, landings(tree, package, wheel))
    assert found.fix
    return found.message, found.fix.message


FILES = {"src/a/__init__.py": b"", "src/a/data/x.csv": b""}


@pytest.mark.parametrize(
    ("backend", "rest", "files", "sdist", "why", "fix"),
    [
        (
            "setuptools", "", FILES, False,
            "x.csv in src/a/data is not in the wheel: setuptools takes modules, and data files only where package-data, MANIFEST.in or a plugin for git names them",
            'write [tool.setuptools.package-data] a = ["data/*.csv"]',
        ),
        (
            "setuptools", "[tool.setuptools]\ninclude-package-data = false\n", FILES, True,
            "x.csv in src/a/data is only in the sdist: include-package-data is false, so package-data alone says what data the wheel has",
            'write [tool.setuptools.package-data] a = ["data/*.csv"]',
        ),
        (
            "setuptools", "", FILES, True,
            "x.csv in src/a/data is only in the sdist: setuptools found no package in that folder, so its data belongs to none",
            'write [tool.setuptools.package-data] a = ["data/*.csv"]',
        ),
        (
            "setuptools", "", {"src/a/__init__.py": b"", "src/a/b/c.py": b""}, False,
            "c.py in src/a/b is not in the wheel: setuptools takes the packages that its configuration names or finds, and not this one",
            'let it find them: [tool.setuptools.packages.find] where = ["src"]',
        ),
        (
            "setuptools", "", {"a/__init__.py": b"", "a/b/c.py": b""}, False,
            "c.py in a/b is not in the wheel: setuptools takes the packages that its configuration names or finds, and not this one",
            'let it find them: [tool.setuptools.packages.find] include = ["a*"]',
        ),
        (
            "hatchling", '[tool.hatch.build]\nexclude = ["*.csv"]\n', FILES, False,
            "x.csv in src/a/data is not in the wheel: exclude in [tool.hatch.build] leaves them out",
            "change exclude in [tool.hatch.build]",
        ),
        (
            "hatchling", '[tool.hatch.build.targets.wheel]\ninclude = ["*.py"]\n', FILES, False,
            "x.csv in src/a/data is not in the wheel: include in [tool.hatch.build.targets.wheel] leaves them out",
            "change include in [tool.hatch.build.targets.wheel]",
        ),
        (
            "hatchling", "", {**FILES, ".gitignore": b"*.csv"}, False,
            "x.csv in src/a/data is not in the wheel: hatchling leaves out what .gitignore names",
            'write [tool.hatch.build] artifacts = ["src/a/data/*.csv"]',
        ),
        (
            "hatchling", "", FILES, False,
            "x.csv in src/a/data is not in the wheel: the backend's configuration does not name them",
            "name them there",
        ),
        (
            "poetry-core", '[tool.poetry]\nexclude = ["*.csv"]\n', FILES, False,
            "x.csv in src/a/data is not in the wheel: exclude in [tool.poetry] leaves them out",
            "change exclude, or name them in include",
        ),
        (
            "poetry-core", "", FILES, False,
            "x.csv in src/a/data is not in the wheel: poetry-core takes what lies in the packages that it found or that packages names",
            'write [tool.poetry] include = ["src/a/data/*.csv"]',
        ),
        (
            "pdm-backend", '[tool.pdm.build]\nexcludes = ["*.csv"]\n', FILES, False,
            "x.csv in src/a/data is not in the wheel: excludes in [tool.pdm.build] leaves them out",
            "change excludes",
        ),
        (
            "pdm-backend", "", FILES, False,
            "x.csv in src/a/data is not in the wheel: the backend's configuration does not name them",
            "name them there",
        ),
        (
            "flit-core", "", FILES, False,
            "x.csv in src/a/data is not in the wheel: flit takes everything inside the one module that the project is named for",
            "move them into that module, or name it in [tool.flit.module]",
        ),
        (
            "own", "", FILES, False,
            "x.csv in src/a/data is not in the wheel: the backend's configuration does not name them",
            "name them there",
        ),
    ],
)  # fmt: skip
def test_reasons(
    backend: str, rest: str, files: dict[str, bytes], sdist: bool, why: str, fix: str
) -> None:
    """Each backend has its own rule, which is told with the lines that mend it."""
    tree = Tree({**files, "pyproject.toml": rest.encode()})
    first = next(iter(files)).removeprefix("src/")
    assert (why, fix) == told(tree, first, backend=backend, sdist=sdist)


@pytest.mark.parametrize("more", [0, 1])
def test_names_in_a_finding_are_bounded(more: int) -> None:
    """So many files of a folder are named, and the rest is counted."""
    names = [f"src/a/d/x{i}.txt" for i in range(module.MOST_TOLD + more)]
    tree = Tree({"src/a/__init__.py": b"", **dict.fromkeys(names, b"")})
    message, _ = told(tree, "a/__init__.py", backend="flit-core")
    assert (" and 1 more in src/a/d are not in the wheel" in message) is bool(more)
    assert module.MOST_TOLD == message.partition(" in ")[0].count(".txt")


def test_what_compilers_read_is_not_missed() -> None:
    """Sources of extensions and bytecode need not be in a wheel."""
    tree = Tree(
        {"src/a/__init__.py": b"", "src/a/x.pyx": b"", "src/a/x.c": b"", "src/a/x.pyc": b""}
    )
    wheel = read_package("a-1-py3-none-any.whl", wheel_of("a/__init__.py"))
    assert [] == missing_findings(tree, "setuptools", landings(tree, None, wheel))


# -- another backend ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "backend", ["hatchling", "flit-core", "setuptools", "poetry-core", "pdm-backend"]
)
def test_carry(backend: str) -> None:
    """The table is written anew, the tables of the other backend go, and the rest stays."""
    text = "# top\n" + project(
        "setuptools", '[tool.setuptools.package-data]\na = ["x"]\n[tool.ruff]\nx = 1 # y\n'
    )
    found = carry(Tree({"pyproject.toml": text.encode(), "x": b""}), backend)
    assert found.tree
    written = found.tree.text("pyproject.toml")
    assert written.startswith(
        '# top\n[project]\nname = "a"\nversion = "1"\n[tool.ruff]\nx = 1 # y\n\n[build-system]\n'
    )
    assert f'requires = ["{backend}"]\n' in written
    assert ["[tool.setuptools] is left out: it is for the other backend"] == [
        each.message for each in found.findings
    ]
    assert b"" == found.tree.files["x"]


@pytest.mark.parametrize(
    ("text", "files", "message"),
    [
        ("[tool.poetry]\nname = 'a'\n", {}, "there is no [project] table, and other backends read nothing else"),
        (project("setuptools"), {"setup.py": b""}, "setup.py is a program for setuptools, which no other backend runs"),
        (
            project("setuptools", version='dynamic = ["version", "readme"]'), {},
            "version, readme are dynamic, so the backend fills them in",
        ),
        (
            project("setuptools", version='dynamic = ["version"]'), {},
            "the version is dynamic, so the backend fills it in",
        ),
        (
            project("setuptools", 'description = """\n[build-system]\n"""\n'), {},
            "the pyproject.toml is written in a way that is not rewritten here",
        ),
        (
            'build-system = {requires = ["setuptools"]}\n[project]\nname = "a"\n', {},
            "the pyproject.toml is written in a way that is not rewritten here",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_carried_over(text: str, files: dict[str, bytes], message: str) -> None:
    """What another backend would not read, or what would say something else, is said."""
    found = carry(Tree({"pyproject.toml": text.encode(), **files}), "hatchling")
    assert None is found.tree
    assert [("build-carried", message)] == [(each.code, each.message) for each in found.findings]


def test_a_dynamic_version_is_written_down() -> None:
    """The version that the first backend came to stands in for it."""
    text = project("hatchling", "[tool]\nother = 1\n", version='dynamic = ["version"] # by git')
    found = carry(Tree({"pyproject.toml": text.encode(), "setup.py": b""}), "setuptools", "1.5")
    assert found.tree
    assert 'version = "1.5"\n[tool]\nother = 1\n' in found.tree.text("pyproject.toml")
    assert () == found.findings


def test_the_longest_end_of_a_path_counts() -> None:
    """A file is not taken for one of another package that ends like it, nor an empty one for any."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for path in ("a/b/x.py", "b/x.py", "a/__init__.py"):
            archive.writestr(path, b"")
    wheel = read_package("a-1-py3-none-any.whl", file.getvalue())
    tree = Tree({"src/a/b/x.py": b"", "other/__init__.py": b""})
    assert ["a/b/x.py", ""] == [each.wheel for each in landings(tree, None, wheel)]
