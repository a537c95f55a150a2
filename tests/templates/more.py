"""What ``--all`` proves besides: other answers, oldest tools, every format, the project's own nox.

For each template: awkward and minimal answers, on the newest and on the oldest Python here, the
latter with each build requirement at the lowest version that it allows; then what reads the
configuration files (validate-pyproject, check-jsonschema, zizmor, prek, cibuildwheel), what the
steps of its workflows run, the other sessions of the project itself, and for compiled ones the
commands by which the README installs it editable.  actionlint reads all workflows at once, those of
this repository among them.  For the first template, copier copies and updates.
"""

from __future__ import annotations

import shutil
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from packaging.requirements import Requirement
from tests.templates import native, workflows
from tests.templates.copying import copier_faults
from tests.templates.prove import (
    ROOT,
    WORK,
    FailedError,
    Place,
    interpreters_here,
    place_of,
    prove,
    run,
    style,
    write,
)

from trigpoint.projects.templates import OPTIONS, Answers, Template

__all__ = ["AWKWARD", "lowest", "minimal", "prove_more", "readers"]

AWKWARD = Answers(
    name="My.Pkg-9",
    author='Zoë "Z" O\'Brien 山田',
    email="zoe+9@sub.example.com",
    account="Zoe9",
    description='Say "*what*" & <how_> it\'s [1], C:\\n #2 {x}: %d ${y} 雪.',
    license="Apache-2.0",
)
"""Names with everything that some format gives a meaning to."""

SCHEMAS = {
    "vendor.github-workflows": ".github/workflows/*.yml",
    "vendor.dependabot": ".github/dependabot.yml",
    "vendor.readthedocs": ".readthedocs.yaml",
    "vendor.citation-file-format": "CITATION.cff",
}
"""The schemas that check-jsonschema carries, and the files of each."""


KNOWN = {
    "uv_build-awkward": "is no address",
}
"""Faults that are a backend's own, by place: uv_build writes a name with quotes as it is."""


def minimal(template: Template) -> Answers:
    """Return the answers that give the fewest files: the last of each option that adds nothing."""
    last = {option: template.answers(option)[-1] for option in OPTIONS}
    return Answers(name="spam9", license="MIT", python="3.11", **{**last, "versioning": ""})


def awkward(template: Template) -> Answers:
    """Return awkward answers, with a version from git where the template has it."""
    return replace(AWKWARD, versioning=template.answers("versioning")[-1])


def lowest(requires: Sequence[str]) -> list[str]:
    """Return *requires*, each at the lowest version that it allows."""
    found = []
    for text in requires:
        requirement = Requirement(text)
        lower = [each.version for each in requirement.specifier if each.operator == ">="]
        found += [f"{requirement.name}=={version}" for version in lower]
    return found


def at_floors(place: Place) -> Place:
    """Prove *place* with its build requirements at their floors."""
    if place.template.proof == "script":
        return prove(place)
    requires = tomllib.loads(place.files["pyproject.toml"].decode())["build-system"]["requires"]
    floors = place.folder / "floors.txt"
    floors.write_text("".join(f"{line}\n" for line in lowest(requires)), "utf-8")
    return prove(place, "--build-constraints", str(floors))


def tool(name: str) -> Path:
    """Return the command *name* of this environment."""
    return Path(sys.executable).with_name(name)


def readers(place: Place) -> Iterator[list[str | Path]]:
    """Yield the commands that read the configuration files of *place*."""
    folder = place.project
    # validate-pyproject refuses any table that no accepted PEP has.
    text = place.files.get("pyproject.toml")
    if text is not None and b"\n[external]" not in text:
        yield [tool("validate-pyproject"), "pyproject.toml"]
    for schema, shape in SCHEMAS.items():
        if found := sorted(str(each.relative_to(folder)) for each in folder.glob(shape)):
            yield [tool("check-jsonschema"), "--builtin-schema", schema, *found]
    if ".github/dependabot.yml" in place.files:
        yield [tool("zizmor"), "--offline", "--persona", "auditor", ".github"]
    if place.template.name in native.NATIVE:
        for system in ("linux", "macos", "windows"):
            yield [tool("cibuildwheel"), "--print-build-identifiers", "--platform", system, "."]
    if ".pre-commit-config.yaml" in place.files:
        yield [tool("prek"), "validate-config", ".pre-commit-config.yaml"]


def read(place: Place) -> Place:
    """Let every reader see the files of *place*, and run the sessions of the project."""
    write(place.files, place.project)
    commands = [*readers(place)]
    proven = "noxfile.py" in place.files and place.template.proof == "project"
    if proven:
        # Its workflow runs the others.
        sessions = ["docs"] if "docs/conf.py" in place.files else []
        sessions += ["stubs"] if place.template.name in native.NATIVE else []
        commands += [[sys.executable, "-m", "nox", "-s", *sessions]] if sessions else []
    # What looks for the files of a project asks git, and some sdists are made from a commit.
    if git := shutil.which("git"):
        run(git, "init", "-q", ".", cwd=place.project)
    native.prepare(place)
    for command in commands:
        try:
            run(*command, cwd=place.project)
        except FailedError as failed:
            place.faults.append(str(failed))
    if proven:
        for path, content in workflows_of(place).items():
            tools = place.folder / "tools"
            place.faults += workflows.run_faults(path, content.decode(), place.project, tools)
    place.faults += native.editable_faults(place)
    return place


def workflows_of(place: Place) -> dict[str, bytes]:
    """Return the workflows of the project of *place* by their paths."""
    folder = ".github/workflows/"
    return {path: each for path, each in place.files.items() if path.startswith(folder)}


def all_workflows(places: Iterable[Place]) -> dict[str, bytes]:
    """Return the workflows of all *places*, and of this repository, by names of their own."""
    own = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
    found = {f"trigpoint-{each.stem}": each.read_bytes() for each in own}
    for place in places:
        for path, content in workflows_of(place).items():
            found[f"{place.folder.name}-{Path(path).stem}"] = content
    return found


def prove_more(chosen: Sequence[Template], jobs: int) -> bool:
    """Prove more of the *chosen* templates, *jobs* at a time; say whether something failed."""
    pythons = interpreters_here()
    oldest, newest = pythons[0], pythons[-1]
    work: list[tuple[Callable[[Place], Place], Place]] = []
    for each in chosen:
        places = (
            (prove, awkward(each), newest, "awkward"),
            (prove, minimal(each), oldest, "minimal"),
            (at_floors, Answers(), oldest, "floors"),
            (read, Answers(), newest, "read"),
            (read, awkward(each), newest, "read-awkward"),
        )
        for how, answers, python, name in places:
            work.append((how, place_of(each, answers, python, f"{each.name}-{name}")))
    failed = False
    with ThreadPoolExecutor(jobs) as pool:
        for place in pool.map(lambda pair: pair[0](pair[1]), work):
            name = str(place.folder.relative_to(WORK))
            if known := KNOWN.get(name):
                left = [each for each in place.faults if known not in each]
                # A fault that is gone leaves the table.
                gone = [] if len(left) < len(place.faults) else [f"{known!r} is not told any more"]
                place.faults = left + gone
            print(name, *place.faults, sep="\n  ", flush=True)
            failed |= bool(place.faults)
    for fault in (
        *style([place.project for how, place in work if how is not read]),
        *workflows.actionlint_faults(all_workflows(place for _, place in work)),
        *copier_faults(tool("copier"), chosen[0], awkward(chosen[0]), WORK / "copier"),
    ):
        failed = True
        print(fault)
    return failed
