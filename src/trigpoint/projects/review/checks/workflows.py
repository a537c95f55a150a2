"""GitHub workflows: which actions are used, what a job may do, what is published from where."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from trigpoint.archives.faults import shown
from trigpoint.findings import Fix
from trigpoint.projects.review.checks.base import Check, at_node, insertion
from trigpoint.projects.review.commands import builds, words_of
from trigpoint.projects.review.project import Found, JobStep, Project
from trigpoint.projects.review.yamls import Node

__all__ = ["CHECKS"]

PUBLISH: Final = "pypa/gh-action-pypi-publish"

_HASH: Final = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}").fullmatch
_TAG: Final = re.compile(r"v?[0-9]+(?:[.-][\w.-]+)?").fullmatch
_OWN: Final = ("./", "docker://")
_HOST: Final = ("actions/", "github/")
"""Owners that run the service itself."""

_TOKEN: Final = re.compile(r"GITHUB_TOKEN|github\.token|\bgh \b").search


def _all(
    look: Callable[[Project, Node], Iterable[Found]],
) -> Callable[[Project], list[Found] | None]:
    """Return the check that asks *look* of every workflow."""

    def each(project: Project) -> list[Found] | None:
        if not project.workflows:
            return None
        return [found for node in project.workflows.values() for found in look(project, node)]

    return each


def _jobs(workflow: Node) -> list[tuple[Node, Node]]:
    return workflow.get("jobs").pairs


def _actions(workflow: Node) -> Iterator[tuple[Node, Node]]:
    """Yield each reference to an action or workflow elsewhere, with its job."""
    for _, job in _jobs(workflow):
        for uses in (job.get("uses"), *(step.get("uses") for step in job.get("steps"))):
            if uses.text and not uses.text.startswith(_OWN) and "$" not in uses.text:
                yield uses, job


# -- what actions are used -----------------------------------------------------------------


def _mutable(_project: Project, workflow: Node) -> Iterator[Found]:
    for uses, _ in _actions(workflow):
        name, _, version = uses.text.partition("@")
        if not version:
            yield at_node(
                "review-action-mutable",
                uses,
                f"{shown(name)} has no version, and runs nothing",
                "add @ and the hash of a release",
            )
        elif not _HASH(version) and not _TAG(version):
            yield at_node(
                "review-action-mutable",
                uses,
                f"{shown(version)} is a branch of {name}: what runs changes with every push to it",
                "write the hash of a release, with its version in a comment",
            )


def _trusted(_project: Project, workflow: Node) -> Iterator[Found]:
    for uses, job in _actions(workflow):
        name, _, version = uses.text.partition("@")
        if not name.startswith(_HOST) and _TAG(version) and not _HASH(version):
            rights = _rights(workflow, job)
            written = sorted(key for key, value in rights.items() if value == "write")
            if written:
                yield at_node(
                    "review-action-trusted",
                    uses,
                    f"{shown(version)} of {name} can be moved to other code, and the job may write"
                    f" {', '.join(written)}",
                    "write the hash of the release, with its version in a comment",
                )


def _triggers(workflow: Node) -> set[str]:
    """Return the names of the events that start *workflow*."""
    triggers = workflow.get("on")
    return {each.text for each in triggers.texts()} | {key.text for key, _ in triggers.pairs}


# -- what a job may do ---------------------------------------------------------------------


def _rights(workflow: Node, job: Node) -> dict[str, str]:
    """Return what *job* may do: its own permissions, or those of *workflow*."""
    own = job.get("permissions") or workflow.get("permissions")
    if own.kind == "scalar":
        return {"everything": "write"} if own.text == "write-all" else {}
    return {key.text: value.text for key, value in own.pairs}


def _permissions(_project: Project, workflow: Node) -> Iterator[Found]:
    # One that others call has the permissions of the job that calls it, at most.
    if workflow.get("permissions") or _triggers(workflow) == {"workflow_call"}:
        return
    without = [key for key, job in _jobs(workflow) if not job.get("permissions")]
    if not without:
        return
    source = workflow.source
    jobs = next(key for key, _ in workflow.pairs if key.text == "jobs")
    at = source.text.rfind("\n", 0, jobs.start) + 1
    fix: Fix | None = None
    # Not where a step uses the token for more than to read.
    if at == jobs.start and not _TOKEN(source.text):
        text = "permissions:\n  contents: read\n\n"
        fix = insertion(source, at, text, "let jobs read, and nothing else")
    yield at_node(
        "review-workflow-permissions",
        without[0],
        f"the job {shown(without[0].text)} has the permissions that the repository's settings give,"
        " which may be all",
        "add permissions: with contents: read on top, and more to the job that needs it",
        fix,
    )


# -- publishing ----------------------------------------------------------------------------


def _publishing(workflow: Node) -> Iterator[tuple[Node, Node, Node]]:
    """Yield each step that publishes with an identity and no password: name of the job, job, step."""
    for name, job in _jobs(workflow):
        for step in job.get("steps"):
            given = step.get("with")
            action = step.get("uses").text.partition("@")[0] == PUBLISH
            if action and not given.get("password"):
                yield name, job, step


def _publishers(
    look: Callable[[Node, Node, Node, Node], Iterable[Found]],
) -> Callable[[Project], list[Found] | None]:
    """Return the check that asks *look* of every step that publishes; None without any."""

    def each(project: Project) -> list[Found] | None:
        steps = [
            (workflow, *parts)
            for workflow in project.workflows.values()
            for parts in _publishing(workflow)
        ]
        return [found for parts in steps for found in look(*parts)] if steps else None

    return each


def _identity(workflow: Node, _name: Node, job: Node, step: Node) -> Iterator[Found]:
    rights = _rights(workflow, job)
    if rights.get("id-token") == "write" or "everything" in rights:
        return
    yield at_node(
        "review-publish-identity",
        step.get("uses"),
        "without a password this needs id-token: write, and the job may not",
        "add id-token: write to the permissions of the job",
        _with_identity(job),
    )


def _with_identity(job: Node) -> Fix | None:
    """Return the fix that lets *job* ask for its identity; None where its form is unusual."""
    source = job.source
    own = job.get("permissions")
    first = own.pairs[0][0] if own.pairs else job.pairs[0][0]
    line = source.text.rfind("\n", 0, first.start) + 1
    indent = source.text[line : first.start]
    if indent.strip():
        return None
    text = f"{indent}id-token: write\n"
    if not own:
        text = f"{indent}permissions:\n{indent}  id-token: write\n"
    elif not own.pairs:
        return None
    return insertion(source, line, text, "let the job prove which workflow it is")


def _broad(workflow: Node, _name: Node, _job: Node, _step: Node) -> Iterator[Found]:
    if len(_jobs(workflow)) < 2:
        return
    permissions = workflow.get("permissions")
    for key, value in permissions.pairs:
        if key.text == "id-token" and value.text == "write":
            yield at_node(
                "review-publish-broad",
                key,
                "every job of the workflow may publish, as id-token: write stands on top",
                "move it into the job that publishes",
            )


_BUILDERS: Final = (
    "pypa/cibuildwheel",
    "hynek/build-and-inspect-python-package",
    "PyO3/maturin-action",
)


def _builds_step(step: Node) -> bool:
    """Say whether *step* makes distributions."""
    if step.get("uses").text.partition("@")[0] in _BUILDERS:
        return True
    made = (builds([word.text for word in words]) for words in words_of(step.get("run").text))
    return any(each is not None and each.kind != "install" for each in made)


def _together(_workflow: Node, _name: Node, job: Node, step: Node) -> Iterator[Found]:
    building = [each for each in job.get("steps") if _builds_step(each)]
    if building:
        yield at_node(
            "review-publish-build",
            step.get("uses"),
            "the job that publishes builds as well, so whatever the build installs may publish",
            "build in a job of its own, and download what it uploaded",
        )


def _environment(_workflow: Node, name: Node, job: Node, step: Node) -> Iterator[Found]:
    if job.get("environment"):
        return
    source = job.source
    first = job.pairs[0][0]
    line = source.text.rfind("\n", 0, first.start) + 1
    indent = source.text[line : first.start]
    del step
    yield at_node(
        "review-publish-environment",
        name,
        f"the job {shown(name.text)} publishes without an environment, so nobody has to agree",
        "add environment: and name it at the index, too",
        insertion(
            source,
            line,
            f"{indent}environment: release\n",
            "add environment: release, and name it at the index, too",
        )
        if not indent.strip()
        else None,
    )


def _reusable(workflow: Node, _name: Node, _job: Node, step: Node) -> Iterator[Found]:
    names = _triggers(workflow)
    if names == {"workflow_call"}:
        yield at_node(
            "review-publish-reusable",
            step.get("uses"),
            "the index knows the workflow that was started, not the one that it calls, so this"
            " publishes for no one",
            "publish in the workflow that is started, and call this one to build",
        )
    elif "pull_request_target" in names:
        yield at_node(
            "review-publish-reusable",
            step.get("uses"),
            "a pull request from anywhere starts the workflow, with the rights of this repository",
            "publish on a release or a tag",
        )


# -- versions that git gives ----------------------------------------------------------------

_FROM_GIT: Final = frozenset(
    {
        "setuptools-scm",
        "hatch-vcs",
        "vcs-versioning",
        "setuptools-git-versioning",
        "versioneer",
        "poetry-dynamic-versioning",
        "uv-dynamic-versioning",
        "dunamai",
        "versioningit",
        "pbr",
    }
)
_DEPTH: Final = "fetch-depth"


def from_git(project: Project) -> str:
    """Return what takes the version of *project* from git; empty if nothing is known to."""
    return next((each for each in project.build_requirements() if each in _FROM_GIT), "")


def _has_version(workflow: Node, job: Node) -> bool:
    """Say whether *job* of *workflow* has a version without ``fetch-depth``.

    A step fetches tags itself, a variable says the version, or only a tag starts it, which is
    fetched then.
    """
    if "PRETEND_VERSION" in workflow.source.text:
        return True
    runs = (step.get("run").text for step in job.get("steps"))
    if any("git fetch" in run or "git pull" in run for run in runs):
        return True
    events = _triggers(workflow)
    pushed = {key.text for key, _ in workflow.get("on", "push").pairs}
    tagged = "push" not in events or ("tags" in pushed and "branches" not in pushed)
    return bool(events) and events <= {"push", "release"} and tagged


def _depth(project: Project) -> Iterable[Found] | None:
    tool = from_git(project)
    steps = list(project.steps())
    building = {id(step.job): step.job for step in steps if _builds_step(step.step)}
    if not tool or not building:
        return None
    return [
        at_node(
            "review-checkout-depth",
            step.step.get("uses"),
            f"the job builds, {tool} asks git for the version, and this fetches no tag",
            "add fetch-depth: 0",
            _with_depth(step),
        )
        for step in steps
        if id(step.job) in building
        and not _has_version(step.workflow, step.job)
        and step.uses[0] == "actions/checkout"
        and not step.step.get("with", "repository")
        and not {_DEPTH, "fetch-tags"} & {key.text for key, _ in step.step.get("with").pairs}
    ]


def _with_depth(step: JobStep) -> Fix | None:
    uses, given = step.step.get("uses"), step.step.get("with")
    source = uses.source
    if given:
        if not given.pairs:
            return None
        first = given.pairs[0][0]
        line = source.text.rfind("\n", 0, first.start) + 1
        indent = source.text[line : first.start]
        text = f"{indent}{_DEPTH}: 0\n"
    else:
        key = next(key for key, value in step.step.pairs if value is uses)
        before = source.text[source.text.rfind("\n", 0, key.start) + 1 : key.start]
        indent = " " * len(before)
        end = source.text.find("\n", uses.end)
        line = len(source.text) if end < 0 else end + 1
        if before.strip(" -"):
            return None
        lead = "" if end >= 0 else "\n"
        text = f"{lead}{indent}with:\n{indent}  {_DEPTH}: 0\n"
    if indent.strip():
        return None
    return insertion(source, line, text, "add fetch-depth: 0")


CHECKS: Final = (
    Check(
        "review-action-mutable", "workflows", "Actions are not taken from branches", _all(_mutable)
    ),
    Check("review-action-trusted", "workflows", "Jobs that may write use hashes", _all(_trusted)),
    Check(
        "review-workflow-permissions",
        "workflows",
        "Permissions are written down",
        _all(_permissions),
    ),
    Check(
        "review-checkout-depth", "workflows", "Builds fetch the tags that give the version", _depth
    ),
    Check(
        "review-publish-identity",
        "publishing",
        "The job that publishes may prove who it is",
        _publishers(_identity),
    ),
    Check(
        "review-publish-broad", "publishing", "Only the job that publishes may", _publishers(_broad)
    ),
    Check(
        "review-publish-build",
        "publishing",
        "Publishing has a job of its own",
        _publishers(_together),
    ),
    Check(
        "review-publish-environment",
        "publishing",
        "Publishing has an environment",
        _publishers(_environment),
    ),
    Check(
        "review-publish-reusable",
        "publishing",
        "Publishing is started by no stranger",
        _publishers(_reusable),
    ),
)
"""The checks of workflows and publishing."""
