"""Each native project: sdist, wheel from it, clean environment, audits, editable.

``nox -s native`` runs this with the hatchling hook; ``nox -s native_all`` with every backend.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from _pytest.mark.structures import ParameterSet
from tests.native.building import Environment, Once, Tree, contents, faults, run
from tests.native.projects import BACKENDS, PROJECTS, missing

ALL = os.environ.get("TRIGPOINT_NATIVE") == "all"
"""Whether each project meets each backend."""

CASES = [
    (name, backend)
    for name, project in PROJECTS.items()
    if ALL or not project.thorough
    for backend in (("hatchling", *BACKENDS) if ALL else ("hatchling",))
]

linux = pytest.mark.skipif(sys.platform != "linux", reason="auditwheel knows wheels of Linux")


def case(name: str, backend: str) -> ParameterSet:
    """Return the *name* as a parameter, whose id says what runs on one processor."""
    return pytest.param((name, backend), id=f"{name}-{backend}")


@pytest.fixture(scope="session")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("native")


class Place:
    """What a project became with a backend; built when it is asked for, and once."""

    def __init__(self, work: Path, name: str, backend: str) -> None:
        self.name = name
        self.folder = work / f"{name}-{backend}"
        self.folder.mkdir()
        self.tree = Tree.new(
            name, self.folder / "project", backend, CARGO_TARGET_DIR=str(work / "cargo")
        )
        self.sdist = self.tree.build("build_sdist")
        self.unpacked = self.tree.unpacked(self.sdist)
        self.wheel = self.unpacked.build("build_wheel")
        self.environment: Environment | None = None

    def clean(self) -> Environment:
        if self.environment is None:
            self.environment = Environment.new(self.folder / "environment", "pytest>=8.4")
        return self.environment


PLACES: Once[tuple[str, str], Place] = Once()


@pytest.fixture
def place(request: pytest.FixtureRequest, work: Path) -> Place:
    name, backend = request.param
    if why := missing(name):
        pytest.skip(why)
    return PLACES((name, backend), lambda: Place(work, name, backend))


every_project = pytest.mark.parametrize("place", [case(*each) for each in CASES], indirect=True)


@every_project
def test_the_wheel_says_what_it_is(place: Place) -> None:
    assert faults(place.name, place.wheel) == []


@every_project
def test_its_own_tests_pass_in_a_clean_environment(place: Place) -> None:
    place.clean().install(place.wheel)
    assert "passed" in place.clean().tests(place.tree)


@linux
@every_project
def test_auditwheel_shows_and_repairs_it(place: Place) -> None:
    audit = Path(sys.executable).with_name("auditwheel")
    assert "linux" in run(audit, "show", place.wheel, cwd=place.folder)
    run(audit, "repair", "-w", place.folder / "repaired", place.wheel, cwd=place.folder)
    (repaired,) = (place.folder / "repaired").iterdir()
    assert "manylinux" in repaired.name
    place.clean().install(repaired)
    assert "passed" in place.clean().tests(place.tree)


@every_project
def test_it_keeps_to_the_limited_api(place: Place) -> None:
    if "-abi3-" not in place.wheel.name:
        pytest.skip("it uses the whole API")
    audit = Path(sys.executable).with_name("abi3audit")
    run(audit, "--strict", place.wheel, cwd=place.folder)


@every_project
def test_it_is_developed_in_place(place: Place) -> None:
    """After an editable installation, packages come from the sources, modules from the build."""
    place.clean().install(place.tree.build("build_editable"))
    said = place.clean().tests(place.tree)
    where = run(
        place.clean().python, "-c", "import snow_cap; print(snow_cap.__file__)", cwd=place.folder
    )
    assert Path(where.strip()) == place.tree.folder / "src/snow_cap/__init__.py"
    assert "passed" in said


def hashes(wheel: Path) -> dict[str, str]:
    """Return the SHA-256 of each compiled file of *wheel*, and the paths of all others."""
    return {
        name: hashlib.sha256(data).hexdigest() if name.endswith(".so") else ""
        for name, data in contents(wheel).items()
        if ".dist-info/" not in name
    }


def test_two_backends_in_two_folders_make_the_same_files(work: Path) -> None:
    """Four languages under the hatchling hook and the flit wrapper, and from the sdist again."""
    if why := missing("four-languages"):
        pytest.skip(why)
    first = Tree.new("four-languages", work / "one" / "project")
    second = Tree.new("four-languages", work / "another-one" / "below" / "project", "flit")
    wheels = [first.build("build_wheel"), second.build("build_wheel")]
    again = second.unpacked(second.build("build_sdist"))
    # The third shares what Cargo compiled with the first: it is another folder still.
    again.env["CARGO_TARGET_DIR"] = str(work / "cargo")
    wheels.append(again.build("build_wheel"))
    found = [hashes(wheel) for wheel in wheels]
    assert len([each for each in found[0].values() if each]) == 4
    assert found[1] == found[0]
    assert found[2] == found[0]


@pytest.fixture(scope="session")
def abi3(work: Path) -> Place:
    if why := missing("abi3"):
        pytest.skip(why)
    return PLACES(("abi3", "hatchling"), lambda: Place(work, "abi3", "hatchling"))


def pythons() -> list[str]:
    """Return the CPythons of this machine from 3.9 on."""
    sys.path.insert(0, str(Path(__file__).parents[2] / "playground"))
    import interpreters

    return [shutil.which(f"python{each}") or "" for each in interpreters.usable(oldest=(3, 9))]


def test_one_wheel_is_imported_by_every_python(abi3: Place) -> None:
    """cp37 and cp39 make cp39-abi3, and each CPython here loads all three modules."""
    site = abi3.folder / "site"
    for name, data in contents(abi3.wheel).items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_bytes(data)
    ask = "import snow_cap; print(snow_cap.water(50.0, 200.0), snow_cap.line(90.0))"
    found = {
        each: run(each, "-c", ask, cwd=abi3.folder, PYTHONPATH=str(site)) for each in pythons()
    }
    assert found == dict.fromkeys(found, "100.0 0.0\n")
    assert found


@pytest.mark.parametrize(
    ("chosen", "tag"),
    [("all", "cp3{0}-cp3{0}-"), ("none", "py3-none-any"), ("density", "cp37-abi3-")],
)
def test_what_is_chosen_decides_the_tag(abi3: Place, chosen: str, tag: str) -> None:
    words = chosen if chosen != "density" else "none,density"
    wheel = abi3.tree.build("build_wheel", TRIGPOINT_EXTENSIONS=words)
    assert f"-{tag.format(sys.version_info.minor)}" in wheel.name


def test_fetching_the_sdist_compiles_nothing(work: Path) -> None:
    """Stand-ins for cc and cargo, which write down that they were called, are not.

    Hatchling hides from pip that it can tell metadata alone, so this is the wrapper.
    """
    tools = work / "tools"
    tools.mkdir()
    called = work / "called"
    # Not rustc: pip asks for its version to tell it to the index.
    for name in ("cc", "c++", "gcc", "g++", "cargo", "cmake", "ninja"):
        (tools / name).write_text(f"#!/bin/sh\necho {name} >> {called}\nexit 1\n", "utf-8")
        (tools / name).chmod(0o755)
    tree = Tree.new("four-languages", work / "fetched" / "project", "flit")
    sdist = tree.build("build_sdist")
    run(
        *(sys.executable, "-m", "pip", "download", "--no-deps", "--no-build-isolation"),
        *("--quiet", "-d", work / "downloaded", sdist),
        cwd=work,
        PATH=f"{tools}{os.pathsep}{os.environ['PATH']}",
        CC=str(tools / "cc"),
    )
    assert (called.read_text("utf-8") if called.exists() else "") == ""
    assert subprocess.run([tools / "cc"], check=False).returncode == 1
    assert called.read_text("utf-8") == "cc\n"
