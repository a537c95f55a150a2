"""Build each template, look at what comes out, and run its tests on the wheel alone.

Usage: python -m tests.templates [NAME...] [--all] [--accept] [--pins] [--jobs N]

Without names it is every template.  Each is rendered into a folder of its own below
``build/templates``, and built with its own backend: sdist, and the wheel from it.  With
``--accept`` the versions of the tools that did it are written for the catalogue page; ``--pins``
lists which actions of the workflows are behind the table.  ``--all`` proves more; see
:mod:`tests.templates.more`.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import shutil
import subprocess
import sys
import tarfile
import time
import tomllib
import zipfile
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

from packaging.utils import canonicalize_name
from tests.templates import checks, native, reviewed

from trigpoint.findings import Severity
from trigpoint.projects import check
from trigpoint.projects.templates import Answers, Template, render, templates
from trigpoint.projects.templates.names import forms

__all__ = ["ROOT", "FailedError", "Place", "install", "main", "prove", "run", "verified"]

ROOT = Path(__file__).resolve().parents[2]
WORK = ROOT / "build" / "templates"
VERIFIED = ROOT / "templates" / "verified.json"
PINS = ROOT / "templates" / "pins.toml"
TOOLS = ("packaging", "pytest", "ruff", "sp-repo-review", "twine", "uv")

VERSION_VARIABLES = ("SETUPTOOLS_SCM_PRETEND_VERSION", "PDM_BUILD_SCM_VERSION")
PLACEHOLDER = "0.1.0"
"""The version that a build without the history of git is told, and where backends look for it."""


class FailedError(Exception):
    """A command ended otherwise than it should; the text says which, and what it printed."""


@dataclass(slots=True)
class Place:
    """Where a template is proven: its answers, files and folder, and what was found."""

    template: Template
    answers: Answers
    python: str
    folder: Path
    files: dict[str, bytes]
    faults: list[str] = field(default_factory=list)
    tools: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0

    @property
    def project(self) -> Path:
        """The folder of the project."""
        return self.folder / "project"


def run(*command: str | Path, cwd: Path, fails: bool = False, **env: str) -> str:
    """Run *command* in *cwd* and return what it prints.

    *fails* says that it must end with a status of failure, and *env* has more variables.  Raises
    :exc:`FailedError` if it ends otherwise.
    """
    clean = {
        key: each for key, each in os.environ.items() if not key.startswith(("PYTHON", "NOX_"))
    }
    clean.pop("VIRTUAL_ENV", None)
    result = subprocess.run(
        [str(each) for each in command],
        cwd=cwd,
        env={**clean, **dict.fromkeys(VERSION_VARIABLES, PLACEHOLDER), **env},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if (result.returncode != 0) != fails:
        line = " ".join(map(str, command))
        raise FailedError(f"{line} ended with {result.returncode}:\n{result.stdout[-4000:]}")
    return result.stdout


def uv() -> str:
    """Return the uv of this environment, or else of the machine."""
    own = Path(sys.executable).with_name("uv")
    return str(own) if own.exists() else shutil.which("uv") or "uv"


def pinned() -> list[str]:
    """Return uv's option for the exact versions of this project, if anything is pinned."""
    sys.path.insert(0, str(ROOT / "playground"))
    import pins

    path = pins.file()
    return ["--constraints", str(path)] if path else []


def install(folder: Path, python: str, *requirements: str) -> Path:
    """Make an environment in *folder* with *requirements* in it, and return its Python."""
    run(uv(), "venv", "-q", "--clear", "-p", python, folder, cwd=folder.parent)
    made = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    if requirements:
        run(uv(), "pip", "install", "-q", "-p", made, *pinned(), *requirements, cwd=folder.parent)
    return made


def write(files: Mapping[str, bytes], folder: Path) -> None:
    """Write *files* below *folder*, which is emptied first."""
    shutil.rmtree(folder, ignore_errors=True)
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def contents(path: Path) -> dict[str, bytes]:
    """Return the files of the wheel or sdist at *path*."""
    if path.suffix == ".whl":
        with zipfile.ZipFile(path) as wheel:
            return {name: wheel.read(name) for name in wheel.namelist() if name[-1] != "/"}
    with tarfile.open(path) as sdist:
        opened = ((each.name, sdist.extractfile(each)) for each in sdist if each.isfile())
        return {name: file.read() for name, file in opened if file}


def one(folder: Path, shape: str) -> Path:
    """Return the only file of *shape* in *folder*; raises :exc:`FailedError` if there is another."""
    found = list(folder.glob(shape))
    if len(found) != 1:
        raise FailedError(f"{folder} has {[each.name for each in found]} for {shape}")
    return found[0]


def build(place: Place, *options: str) -> tuple[Path, Path]:
    """Build the sdist, and the wheel from it, with *options* of uv; return both."""
    dist = place.project / "dist"
    shutil.rmtree(dist, ignore_errors=True)
    requires = tomllib.loads(place.files["pyproject.toml"].decode())["build-system"]["requires"]
    pins = (
        [] if options else ["--build-constraints" if x == "--constraints" else x for x in pinned()]
    )
    run(uv(), "build", "-p", place.python, *pins, *options, cwd=place.project)
    wheel, sdist = one(dist, "*.whl"), one(dist, "*.tar.gz")
    inside = contents(wheel)
    tag = next(each.decode() for path, each in inside.items() if path.endswith(".dist-info/WHEEL"))
    generator = next(line for line in tag.splitlines() if line.startswith("Generator: "))
    name, _, number = generator.removeprefix("Generator: ").partition(" ")
    place.tools[canonicalize_name(name)] = number.strip("()") or ", ".join(requires)
    return sdist, wheel


def needed_by_tests(place: Place) -> list[str]:
    """Return what the tests of the project need, besides the project."""
    groups = tomllib.loads(place.files["pyproject.toml"].decode())["dependency-groups"]
    return [each for each in groups["test"] if isinstance(each, str)]


def elsewhere(place: Place, wheel: Path, *, fails: bool = False) -> str:
    """Install *wheel* alone, and run the tests of the project where no source is."""
    away = place.folder / "elsewhere"
    kept = {
        path: content
        for path, content in place.files.items()
        if path.startswith("tests/") or path == "pyproject.toml"
    }
    write(kept, away)
    python = install(place.folder / "venv", place.python, str(wheel), *needed_by_tests(place))
    return run(python, "-m", "pytest", "-q", "-p", "no:cacheprovider", cwd=away, fails=fails)


def look(place: Place, sdist: Path, wheel: Path) -> None:
    """Compare what was built with the project."""
    inside = contents(wheel)
    metadata = next(each for path, each in inside.items() if path.endswith(".dist-info/METADATA"))
    place.faults += checks.metadata_faults(metadata, place.files)
    place.faults += checks.wheel_faults(inside, place.files)
    place.faults += checks.sdist_faults(contents(sdist), place.files)


def review(place: Place) -> None:
    """Run ``trigpoint check`` on the project and what it built: it has nothing to say."""
    report = check([place.project])
    found = [each for each in report.findings if each.severity is not Severity.INFO]
    place.faults += [f"trigpoint check: {each.code}: {each.message}" for each in found]
    if not any(each.path.endswith("pyproject.toml") for each in report.files):
        place.faults.append("trigpoint check has not read pyproject.toml")


def prove_script(place: Place) -> None:
    """Run the script as people run it."""
    (name,) = (path for path in place.files if path.endswith(".py"))
    out = run(uv(), "run", "-q", "--no-project", "-p", place.python, name, "35", cwd=place.project)
    if "2500" not in out:
        place.faults.append(f"the script prints {out!r}")


def prove(place: Place, *options: str) -> Place:
    """Prove the template of *place*, built with *options* of uv; its faults say what does not hold."""
    begun = time.perf_counter()
    write(place.files, place.project)
    place.faults += checks.parse_faults(place.files)
    pins = tomllib.loads(PINS.read_text("utf-8"))
    place.faults += checks.pin_faults(place.files, pins)
    try:
        if place.template.proof == "script":
            prove_script(place)
        else:
            place.faults += checks.floor_faults(place.files)
            place.faults += checks.name_faults(place.files)
            _prove_built(place, *options)
    except FailedError as failed:
        place.faults.append(str(failed))
    place.seconds = time.perf_counter() - begun
    return place


def _prove_built(place: Place, *options: str) -> None:
    native.prepare(place)
    sdist, wheel = build(place, *options)
    place.tools |= native.compilers(place.template.name)
    run(sys.executable, "-m", "twine", "check", "--strict", sdist, wheel, cwd=place.folder)
    if place.template.proof == "wheel-fails":
        prove_fails(place, wheel)
        return
    look(place, sdist, wheel)
    place.faults += native.faults(place, wheel)
    elsewhere(place, wheel)
    review(place)


def prove_fails(place: Place, wheel: Path) -> None:
    """See the tests pass beside the source, and fail for what is installed."""
    package = forms(place.answers.name).package
    out = elsewhere(place, wheel, fails=True)
    if f"No module named '{package}.text'" not in out:
        place.faults.append(f"the wheel fails otherwise than it should:\n{out[-2000:]}")
    python = place.folder / "venv" / ("Scripts" if os.name == "nt" else "bin") / "python"
    run(python, "-m", "pytest", "-q", "-p", "no:cacheprovider", cwd=place.project)


NAMES = ("a", "abcdefghi-" * 3 + "abcdefghij")
"""A short and a long name, with which the formatter leaves every line as it is."""


def other_names(chosen: Sequence[Template]) -> list[Path]:
    """Write the *chosen* templates with other names; return their folders."""
    folders = []
    for number, name in enumerate(NAMES):
        for template in chosen:
            folder = WORK / "names" / str(number) / template.name
            write(render(template, Answers(name=name)), folder)
            folders.append(folder)
    return folders


def style(folders: Sequence[Path]) -> list[str]:
    """Return what the formatter and the linter would change in the projects in *folders*."""
    # A script has no settings of its own, and would get those of this project.
    own = [each for each in folders if (each / "pyproject.toml").is_file()]
    bare = [each for each in folders if each not in own]
    faults = []
    for some, isolated in ((own, []), (bare, ["--isolated"])):
        for command in (["format", "--check"], ["check", "--no-cache"]):
            try:
                if some:
                    run(sys.executable, "-m", "ruff", *command, *isolated, *some, cwd=WORK)
            except FailedError as failed:
                faults.append(str(failed))
    return faults


def verified(places: Sequence[Place], today: str) -> dict[str, dict[str, object]]:
    """Return the stamp of each of *places*, proven on the day *today*."""
    tools = {name: version(name) for name in TOOLS}
    return {
        place.template.name: {
            "date": today,
            "python": ".".join(map(str, sys.version_info[:3])),
            "tools": dict(sorted({**tools, **place.tools}.items())),
        }
        for place in places
    }


def interpreters_here() -> list[str]:
    """Return the paths of the oldest and of the newest Python here, which may be the same."""
    sys.path.insert(0, str(ROOT / "playground"))
    import interpreters

    usable = interpreters.usable(oldest=(3, 11))
    names = [f"python{each}" for each in (usable[0], usable[-1])]
    # The path of the interpreter itself: shims of pyenv do not work for tools.
    found = [str(Path(shutil.which(name) or name).resolve()) for name in names]
    return list(dict.fromkeys(found))


def offer_trigpoint() -> None:
    """Build the wheel of this repository, and let every tool that runs here find it.

    Templates name Trigpoint as what builds them, and no index has this very version.
    """
    folder = WORK / "wheels"
    shutil.rmtree(folder, ignore_errors=True)
    run(uv(), "build", "-q", "--wheel", "--out-dir", folder, ROOT, cwd=WORK)
    os.environ["PIP_FIND_LINKS"] = os.environ["UV_FIND_LINKS"] = str(folder)


def place_of(template: Template, answers: Answers, python: str, name: str) -> Place:
    """Return the place *name* in which *template* is proven."""
    folder = WORK / name
    folder.mkdir(parents=True, exist_ok=True)
    return Place(template, answers, python, folder, render(template, answers))


def main(arguments: Sequence[str] | None = None) -> int:
    """Prove the templates that *arguments* name; return 1 if something does not hold."""
    parser = argparse.ArgumentParser(prog="python -m tests.templates", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--all", action="store_true", dest="everything")
    parser.add_argument("--accept", action="store_true")
    parser.add_argument("--pins", action="store_true")
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args(arguments)
    known = templates()
    if unknown := [name for name in options.names if name not in known]:
        parser.error(f"no template is called {', '.join(unknown)}")
    chosen = [known[name] for name in options.names or known]
    for name, why in {each.name: native.missing(each.name) for each in chosen}.items():
        if why:
            print(f"{name}: {why}")
    chosen = [each for each in chosen if not native.missing(each.name)]
    WORK.mkdir(parents=True, exist_ok=True)
    if options.pins:
        pins = tomllib.loads(PINS.read_text("utf-8"))
        behind = {
            fault for each in chosen for fault in checks.pin_faults(render(each, Answers()), pins)
        }
        print(
            *sorted(behind)
            or ["every action and hook is the newest that templates/pins.toml lists"],
            sep="\n",
        )
        return bool(behind)
    places = [place_of(each, Answers(), interpreters_here()[-1], each.name) for each in chosen]
    offer_trigpoint()
    failed = False
    with ThreadPoolExecutor(options.jobs) as pool:
        for place in pool.map(prove, places):
            print(
                f"{place.template.name}: {place.seconds:.1f} s",
                *place.faults,
                sep="\n  ",
                flush=True,
            )
            failed |= bool(place.faults)
    failing = {each.template.name: reviewed.failed_checks(each.project) for each in places}
    reasons = reviewed.exceptions(reviewed.EXCEPTIONS.read_text("utf-8"))
    for fault in (
        *reviewed.review_faults(failing, reasons, whole=len(places) == len(known)),
        *style([*(each.project for each in places), *other_names(chosen)]),
    ):
        failed = True
        print(fault)
    if options.everything:
        from tests.templates.more import prove_more

        failed |= prove_more(chosen, options.jobs)
    if options.accept and not failed:
        stamps = json.loads(VERIFIED.read_text("utf-8")) if VERIFIED.is_file() else {}
        stamps |= verified(places, dt.datetime.now(dt.UTC).date().isoformat())
        kept = {name: stamps[name] for name in known if name in stamps}
        VERIFIED.write_text(json.dumps(kept, indent=2) + "\n", "utf-8")
    return failed
