"""A whole build: the sdist out of the project, and the wheel out of the sdist.

Idea: that is what frontends do, so a file that the sdist loses is lost for the wheel
too, here as everywhere.  Where the sdist cannot be built, the wheel is built from the
project, so that there is something to look at.

Source: PEP 517.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from trigpoint.catalogue import report
from trigpoint.findings import Finding, Fix
from trigpoint.projects.builds.hooks import Built, Job, run_hooks
from trigpoint.projects.builds.landing import Landing, landings, missing_findings
from trigpoint.projects.builds.plan import Plan
from trigpoint.projects.builds.report import Package, read_package
from trigpoint.projects.builds.tree import Tree

__all__ = ["Outcome", "Run", "build", "outcome"]

Run = Callable[[Job], Built]
"""What runs one job: :func:`.run_hooks` in this process, or something with a process of its own."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a build.

    ``sdist`` and ``wheel`` are what was built, ``sdist_file`` and ``wheel_file`` as
    the backend gave them, ``landed`` is where each file of the project is, ``log`` what
    was printed and ``findings`` what is wrong.  ``more`` is what the backend asked for
    besides: the build is to be planned again with that.
    """

    sdist: Package | None
    wheel: Package | None
    sdist_file: Built
    wheel_file: Built
    landed: tuple[Landing, ...] = ()
    log: str = ""
    findings: tuple[Finding, ...] = ()
    more: tuple[str, ...] = ()


def build(
    tree: Tree, plan: Plan, folders: Iterable[str], run: Run = run_hooks, more: tuple[str, ...] = ()
) -> Outcome:
    """Build *tree* as *plan* says, with the modules in *folders*; *run* runs each job.

    *more* are the requirements besides that the plan has answered.
    """
    assert plan.system is not None
    system, shelf = plan.system, tuple(folders)

    def job(files: Tree, what: str) -> Job:
        return Job(
            files.files, what, system.backend, system.backend_path, shelf, plan.variables, more
        )

    first = run(job(tree, "sdist"))
    if first.more:
        return Outcome(None, None, first, Built(), more=first.more)
    sdist = read_package(first.name, first.data) if first.name else None
    source = Tree(sdist.contents, tree.name) if sdist else tree
    second = run(job(source, "wheel"))
    if second.more:
        return Outcome(None, None, first, second, more=second.more)
    return outcome(tree, plan, first, second, sdist)


def outcome(
    tree: Tree, plan: Plan, first: Built, second: Built, sdist: Package | None = None
) -> Outcome:
    """Return what *first*, the sdist, and *second*, the wheel, show about *tree*.

    *plan* is what they were built by, and *sdist* is what was read of the first already.
    """
    assert plan.system is not None
    if sdist is None and first.name:
        sdist = read_package(first.name, first.data)
    wheel = read_package(second.name, second.data) if second.name else None
    landed = landings(tree, sdist, wheel) if sdist or wheel else ()
    findings = [*_failed(first, "sdist"), *_failed(second, "wheel")]
    if wheel:
        findings += missing_findings(tree, plan.system.project, landed)
    log = _log(("sdist", first), ("wheel", second))
    return Outcome(sdist, wheel, first, second, landed, log, tuple(findings))


def _failed(built: Built, what: str) -> list[Finding]:
    if not built.error:
        return []
    message = f"the backend could not build the {what}: {built.error}"
    return [report("build-failed", message, None, Fix("the log says what came before it"))]


def _log(*built: tuple[str, Built]) -> str:
    said = [(what, each.log.strip()) for what, each in built]
    return "".join(f"* Building the {what}\n{log}\n" for what, log in said if log)
