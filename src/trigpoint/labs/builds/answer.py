"""How the build lab answers: a plan first, and then what the backend built."""

from __future__ import annotations

import base64
import functools
import hashlib
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Final

from trigpoint.catalogue import report
from trigpoint.findings import Finding, Fix, in_text_order
from trigpoint.labs.base import Needs, has_errors
from trigpoint.labs.builds.data import (
    MOST_METADATA,
    MOST_OFFERED,
    MOST_ROWS,
    OTHERS,
    AskedRow,
    BuildsRequest,
    BuildsResponse,
    FileRow,
    LandingRow,
    PackageRow,
    PointRow,
    SideRow,
    StepRow,
)
from trigpoint.labs.builds.keeping import keep, kept
from trigpoint.labs.documents import as_bytes, as_text
from trigpoint.labs.files import PROBLEMS, UnusableFileError, Upload, problem_findings, unwrapped
from trigpoint.metadata import diff, read
from trigpoint.projects.builds import (
    Built,
    Outcome,
    Package,
    Plan,
    Run,
    Shelf,
    Tree,
    build,
    carry,
    default_folder,
    from_listing,
    make_plan,
    open_shelf,
    read_tree,
    run_hooks,
    to_listing,
)
from trigpoint.projects.builds.build import outcome as outcome_of
from trigpoint.projects.builds.shelf import LIST

__all__ = ["MOST_LETTERS", "Frontend", "answer", "answer_tree", "filled", "runner", "whole_tree"]

MOST_LETTERS: Final = 20_000
"""Letters of a project that is written out as text; a larger one is kept as it is."""

Frontend = Callable[[Mapping[str, bytes], Mapping[str, str]], tuple[Built, Built]]
"""What builds sdist and wheel of files, with variables in its environment."""

_MOST_ROUNDS: Final = 3
"""Times that a backend may ask for more before it builds."""


def filled(request: BuildsRequest) -> BuildsRequest:
    """Return *request* with the project in its file taken apart, or with what is wrong with it."""
    upload = request.file
    if not isinstance(upload, Upload) or upload.problem or not (upload.name or upload.data):
        return replace(request, file="")
    try:
        data = unwrapped(upload)
    except UnusableFileError as problem:
        return replace(request, file=Upload(upload.name, problem=problem.problem))
    if upload.name.endswith(".toml"):
        return replace(request, text=as_text(data), file="")
    tree = read_tree(data, upload.name)
    wrong = " ".join(dict.fromkeys(each.code for each in tree.findings if each.code in PROBLEMS))
    if not tree.files:
        return replace(request, file=Upload(upload.name, problem=wrong or "archive-kind"))
    others = {path: each for path, each in tree.files.items() if path != "pyproject.toml"}
    text = as_text(tree.files.get("pyproject.toml", b""))
    listing = to_listing(others) if tree.size <= MOST_LETTERS else None
    settled = replace(request, text=text, file=Upload(upload.name, problem=wrong) if wrong else "")
    if listing is None or tree.left_out:
        return replace(settled, files="", kept=keep(tree))
    return replace(settled, files=listing, kept="")


def whole_tree(request: BuildsRequest) -> tuple[Tree, list[Finding]]:
    """Return the project that *request* is about, and what is wrong with how it is given."""
    findings: list[Finding] = []
    if isinstance(request.file, Upload):
        findings += problem_findings(request.file)
    tree = Tree({})
    if request.kept:
        found = kept(request.kept)
        if found is None:
            fix = Fix("drop the project once more")
            message = "the files of the project are not in this tab, so only its text is here"
            findings.append(report("build-kept", message, None, fix))
        tree = found or tree
    files, wrong = from_listing(request.files)
    own: dict[str, bytes] = {}
    if request.text.strip():
        data = as_bytes(request.text)
        own["pyproject.toml"] = data if isinstance(data, bytes) else data.encode("utf-8", "replace")
    return tree.with_files({**files, **own}), [*findings, *wrong]


def answer(request: BuildsRequest) -> BuildsResponse:
    """Answer *request*; what a reader typed never raises."""
    tree, findings = whole_tree(request)
    other = request.other
    if other not in OTHERS:
        message = f"other cannot be {other!r}"
        fix = Fix(f"choose one of {', '.join(filter(None, OTHERS))}")
        findings.append(report("request-field", message, None, fix))
        other = ""
    return answer_tree(tree, request.version.strip(), other, findings)


def answer_tree(
    tree: Tree,
    version: str = "",
    other: str = "",
    findings: Iterable[Finding] = (),
    frontend: Frontend | None = None,
) -> BuildsResponse:
    """Answer about *tree* itself.

    *version* and *other* are those of the request, and *findings* what there is to say
    about it already.  Where there is a *frontend* it builds, with what it finds.
    """
    found = list(findings)
    folder = None if frontend else default_folder()
    shelf = open_shelf(folder) if folder else None
    if not tree.files:
        return _response(tree, Plan(None), found)
    if folder and shelf is None:
        listed = Needs("Loading the list of build backends", (LIST,))
        return _response(tree, make_plan(tree, None, version), found, waiting=listed)
    session = _Session(shelf, version, frontend)
    plan, outcome, waiting = session.build(tree)
    found += plan.findings
    if waiting or outcome is None:
        return _response(tree, plan, found, waiting=waiting)
    found += outcome.findings
    side: SideRow | None = None
    if other:
        side, more, waiting = session.beside(tree, outcome, other)
        found += more
    return _response(tree, plan, found, outcome, side, waiting)


class _Session:
    """What is built for one answer.

    *shelf* is what there is to build with, or *frontend* what builds, and *version* was
    given by the reader.
    """

    def __init__(self, shelf: Shelf | None, version: str, frontend: Frontend | None) -> None:
        self._shelf = shelf
        self._version = version
        self._frontend = frontend

    def build(self, tree: Tree) -> tuple[Plan, Outcome | None, Needs | None]:
        """Return the plan for *tree*, what came of it, and what has to be loaded first."""
        shelf, more = self._shelf, tuple[str, ...]()
        if self._frontend:
            plan = make_plan(tree, None, self._version, programs=True)
            if plan.refused:
                return plan, None, None
            files = self._frontend(tree.files, dict(plan.variables))
            return plan, outcome_of(tree, plan, *files), None
        for _ in range(_MOST_ROUNDS):
            plan = make_plan(tree, shelf, self._version, more)
            if plan.refused or shelf is None:
                return plan, None, None
            if missing := shelf.missing(plan.wheels):
                first = next(each for each in plan.wheels if each.file in missing)
                rest = " and what it needs" if len(missing) > 1 else ""
                return plan, None, Needs(f"Loading {first}{rest}", missing)
            outcome = _built(_Key(tree, plan, shelf, more))
            if not outcome.more:
                return plan, outcome, None
            more = (*more, *outcome.more)
        message = f"the backend goes on asking for more: {', '.join(outcome.more)}"
        fix = Fix("see why on your own machine: python -m build")
        finding = report("build-failed", message, None, fix)
        return replace(plan, findings=(*plan.findings, finding)), None, None

    def beside(
        self, tree: Tree, own: Outcome, other: str
    ) -> tuple[SideRow | None, list[Finding], Needs | None]:
        """Build *tree* with the backend *other*, and compare its wheel with that of *own*."""
        metadata = read(own.wheel.metadata.encode()) if own.wheel else None
        version = (metadata.get_first("Version") or "") if metadata else ""
        carried = carry(tree, other, version)
        not_ran = SideRow(other, False, (), (), 0, ())
        if carried.tree is None:
            return not_ran, list(carried.findings), None
        plan, outcome, waiting = self.build(carried.tree)
        found = [*carried.findings, *(each for each in plan.findings if has_errors([each]))]
        if waiting:
            return None, found, waiting
        if outcome is None or outcome.wheel is None or own.wheel is None or metadata is None:
            failed = (
                [each for each in outcome.findings if each.code == "build-failed"]
                if outcome
                else []
            )
            return not_ran, [*found, *failed], None
        here, there = _paths(own.wheel), _paths(outcome.wheel)
        changes = diff(metadata, read(outcome.wheel.metadata.encode()))
        return (
            SideRow(
                other,
                True,
                tuple(sorted(here - there))[:MOST_ROWS],
                tuple(sorted(there - here))[:MOST_ROWS],
                len(here & there),
                tuple(f"{each.field}: {each.message}" for each in changes)[:MOST_ROWS],
            ),
            found,
            None,
        )


def _paths(wheel: Package) -> set[str]:
    return {each.path for each in wheel.files}


class _Key:
    """A build to be remembered: equal for equal files, plan and requirements."""

    def __init__(self, tree: Tree, plan: Plan, shelf: Shelf, more: tuple[str, ...]) -> None:
        self.tree, self.plan, self.shelf, self.more = tree, plan, shelf, more
        wheels = tuple(each.sha256 for each in plan.wheels)
        files = tuple((path, hashlib.sha256(data).digest()) for path, data in tree.files.items())
        self._same = files, plan.system, plan.variables, wheels, more

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self._same == other._same

    def __hash__(self) -> int:
        return hash(self._same)


@functools.lru_cache(maxsize=4)
def _built(key: _Key) -> Outcome:
    """Build, or remember; choosing another backend beside it builds the first one once."""
    folders = key.shelf.unpacked(key.plan.wheels)
    return build(key.tree, key.plan, folders, runner(), key.more)


def runner() -> Run:
    """Return what runs a job: a page has no other process, everything else has."""
    if sys.platform == "emscripten":
        return run_hooks
    from trigpoint.projects.builds.apart import run_apart

    return run_apart


# -- the response -----------------------------------------------------------------------


def _response(
    tree: Tree,
    plan: Plan,
    findings: list[Finding],
    outcome: Outcome | None = None,
    side: SideRow | None = None,
    waiting: Needs | None = None,
) -> BuildsResponse:
    if not outcome and waiting:
        findings = [*findings, *(each for each in plan.findings if each not in findings)]
    system = plan.system
    packages = _packages(outcome) if outcome else ()
    landed = outcome.landed if outcome else ()
    return BuildsResponse(
        empty=not tree.files,
        ran=outcome is not None,
        refused=bool(tree.files) and plan.refused,
        name=tree.name,
        count=len(tree.files),
        backend=system.backend if system else "",
        project=system.project if system else "",
        stated=bool(system and system.stated),
        asked=tuple(AskedRow(each.text, str(each.served or ""), each.why) for each in plan.asked),
        steps=tuple(StepRow(each.file, each.what, each.step) for each in plan.signs),
        git=plan.git.plugin if plan.git else "",
        packages=packages,
        landed=tuple(
            LandingRow(each.path, each.sdist, each.wheel, each.package)
            for each in landed[:MOST_ROWS]
        ),
        left_out=tree.left_out[:MOST_ROWS],
        side=side,
        log=outcome.log if outcome else "",
        waiting=waiting,
        findings=tuple(in_text_order(dict.fromkeys(findings))),
    )


def _packages(outcome: Outcome) -> tuple[PackageRow, ...]:
    both = (
        ("wheel", outcome.wheel, outcome.wheel_file.data),
        ("sdist", outcome.sdist, outcome.sdist_file.data),
    )
    return tuple(_package(kind, found, data) for kind, found, data in both if found)


def _package(kind: str, found: Package, data: bytes) -> PackageRow:
    return PackageRow(
        kind,
        found.name,
        found.size,
        hashlib.sha256(data).hexdigest(),
        len(found.files),
        tuple(FileRow(each.path, each.size) for each in found.files[:MOST_ROWS]),
        found.metadata[:MOST_METADATA],
        tuple(PointRow(each.group, each.name, each.value) for each in found.entry_points),
        base64.b64encode(data).decode("ascii") if len(data) <= MOST_OFFERED else "",
    )
