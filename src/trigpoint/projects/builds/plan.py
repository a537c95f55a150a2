"""What a build of a project would take and do, decided before anything runs.

Idea: whatever cannot come out right is refused here, with the way out, so that a build
that runs is one whose result can be trusted.

Cost: linear in the files that say something about the build.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from trigpoint.catalogue import report
from trigpoint.findings import Finding, Fix, Severity
from trigpoint.projects.builds.compiled import COMPILERS, READY, Sign, signs
from trigpoint.projects.builds.shelf import Asked, Served, Shelf
from trigpoint.projects.builds.system import SERVED_BACKENDS, System, read_system
from trigpoint.projects.builds.tree import Tree
from trigpoint.projects.builds.versions import FromGit, from_git
from trigpoint.versions import is_version

__all__ = ["Plan", "make_plan"]

_HERE: Final = "build it on your own machine: python -m build"


@dataclass(frozen=True, slots=True)
class Plan:
    """What a build takes and does.

    ``system`` is None where nothing can be built; ``asked`` says what answers each
    requirement and ``wheels`` what has to be loaded for it.  ``signs`` is what announces
    a compiler, ``git`` who asks git for a version, ``variables`` the environment of the
    build, and ``findings`` all that is wrong; a plan with an error among them is refused.
    """

    system: System | None
    asked: tuple[Asked, ...] = ()
    wheels: tuple[Served, ...] = ()
    signs: tuple[Sign, ...] = ()
    git: FromGit | None = None
    variables: tuple[tuple[str, str], ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether nothing is run."""
        return self.system is None or any(each.severity is Severity.ERROR for each in self.findings)


def make_plan(
    tree: Tree,
    shelf: Shelf | None,
    version: str = "",
    more: tuple[str, ...] = (),
    *,
    programs: bool = False,
) -> Plan:
    """Return the plan of building *tree* with what *shelf* serves; None: nothing is known of that.

    *version* is what a plugin is told that would ask git, empty if nothing was given, and
    *more* are requirements that the backend asked for when it was asked.  Where *programs* run, a
    backend that is one and compiles nothing is no reason to refuse.
    """
    findings = list(tree.findings)
    if not {"pyproject.toml", "setup.py", "setup.cfg"} & tree.files.keys():
        message = "there is no pyproject.toml and no setup.py at the top of the project"
        fix = Fix("give the folder that the pyproject.toml lies in")
        return Plan(None, findings=(*findings, report("build-nothing", message, None, fix)))
    system, own = read_system(tree)
    findings += own
    if system is None:
        return Plan(None, findings=tuple(findings))
    found = signs(tree, system)
    if programs and system.project in READY:
        found = [each for each in found if each.step not in COMPILERS[system.project]]
    git = from_git(tree, system)
    findings += _compiled(found, system)
    findings += _inside(tree, system)
    findings += _git(git, version)
    asked: tuple[Asked, ...] = ()
    wheels: tuple[Served, ...] = ()
    if shelf is not None and not found:
        taken = shelf.take((*system.requires, *more))
        asked, wheels = taken.asked, taken.wheels
        findings += taken.findings
        findings += _unserved(system, wheels, taken.findings)
    told = git.variables if git and version else ()
    variables = tuple((name, version) for name in told)
    return Plan(system, asked, wheels, tuple(found), git, variables, tuple(findings))


def _compiled(found: list[Sign], system: System) -> list[Finding]:
    if not found:
        return []
    first = found[0]
    message = (
        f"the build compiles something ({first.what} in {first.file}), and nothing is compiled here"
    )
    if system.project == "uv-build":
        message = "uv_build is a program in Rust, and only what is pure Python runs here"
    return [report("build-compiled", message, None, Fix(_HERE))]


def _inside(tree: Tree, system: System) -> list[Finding]:
    """Check the folders of a backend that is part of the project."""
    found = []
    for each in system.backend_path:
        folder = "" if each in (".", "./") else f"{each.strip('/')}/"
        if not any(path.startswith(folder) for path in tree.files):
            message = f"backend-path names {each}, which the project does not have"
            found.append(
                report("build-backend", message, None, Fix("add the folder or mend its name"))
            )
    return found


def _git(git: FromGit | None, version: str) -> list[Finding]:
    if git is None:
        return []
    if version and not is_version(version):
        message = f"{version!r} is no version"
        return [report("build-version", message, None, Fix("write one such as 1.2.3"))]
    if git.known or (version and git.variables):
        return []
    message = f"{git.plugin} asks git for the version, and there is no git here"
    fix = "give a version, which the build then bears"
    if not git.variables:
        fix = f"{git.plugin} cannot be told a version; drop an sdist, or {_HERE}"
    return [report("build-version", message, None, Fix(fix))]


def _unserved(
    system: System, wheels: tuple[Served, ...], said: tuple[Finding, ...]
) -> list[Finding]:
    """Say that the backend itself is not there, unless a requirement has said so.

    One that is not known may come from any of the wheels.
    """
    project = system.project
    if said or system.backend_path or project not in SERVED_BACKENDS:
        return []
    if any(each.project == project for each in wheels):
        return []
    message = f"build-backend is {system.backend}, and requires does not name {project}"
    return [report("build-backend", message, None, Fix(f'add "{project}" to requires'))]
