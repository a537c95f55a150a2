"""How the review lab answers: every check of the project, family by family."""

from __future__ import annotations

from dataclasses import replace

from trigpoint.findings import Finding, in_text_order
from trigpoint.labs.builds import answer as builds
from trigpoint.labs.builds.data import BuildsRequest
from trigpoint.labs.review.data import FamilyRow, ResultRow, ReviewRequest, ReviewResponse
from trigpoint.labs.review.loading import loaded
from trigpoint.projects.review.patches import patch_of
from trigpoint.projects.review.running import Result, Review, review
from trigpoint.projects.review.tree import Tree

__all__ = ["MOST_LETTERS", "answer", "filled", "shown"]

MOST_LETTERS = builds.MOST_LETTERS
"""Letters of a project that is written out as text; a larger one is kept as it is."""


def _as_build(request: ReviewRequest) -> BuildsRequest:
    """Return the project of *request* as the build lab takes it: both hold it in the same way."""
    return BuildsRequest(request.text, request.files, kept=request.kept, file=request.file)


def filled(request: ReviewRequest) -> ReviewRequest:
    """Return *request* with the project in its file taken apart, or with what is wrong with it."""
    own = builds.filled(_as_build(request))
    return replace(request, text=own.text, files=own.files, kept=own.kept, file=own.file)


def answer(request: ReviewRequest) -> ReviewResponse:
    """Answer *request*; what a reader typed never raises."""
    project, wrong = builds.whole_tree(_as_build(request))
    if not project.files:
        return replace(shown(Review((), {})), empty=True, findings=tuple(wrong))
    tree = Tree.of_files(project.files)
    waiting = loaded(tree, plugins=request.plugins)
    found = review(tree, plugins=request.plugins and waiting is None)
    if not request.plugins or waiting is not None:
        found = replace(found, missing="")
    own = [
        each.finding
        for result in found.results
        for each in result.found
        if each.path == "pyproject.toml"
    ]
    findings = (*wrong, *project.findings, *in_text_order(_once(own)))
    return replace(shown(found), project=project.name, waiting=waiting, findings=findings)


def _once(findings: list[Finding]) -> list[Finding]:
    return list(dict.fromkeys(findings))


def shown(found: Review) -> ReviewResponse:
    """Return the review *found* as an answer."""
    counts = found.counts()
    every = [each for result in found.results for each in result.found]
    return ReviewResponse(
        empty=False,
        project="",
        families=tuple(_family(found, *each) for each in found.families().items()),
        failed=counts["failed"],
        passed=counts["passed"],
        ignored=counts["ignored"],
        skipped=counts["skipped"],
        patch=patch_of(every, found.texts),
        missing=found.missing,
        not_read=tuple(map(str, found.not_read)),
        waiting=None,
        findings=(),
    )


def _family(found: Review, title: str, results: tuple[Result, ...]) -> FamilyRow:
    number = {str(each): sum(one.outcome == each for one in results) for each in _OUTCOMES}
    rows = tuple(
        ResultRow(
            each.code,
            each.claim,
            each.outcome,
            each.words,
            each.url,
            patch_of(each.found, found.texts),
        )
        for each in results
    )
    return FamilyRow(title, results=rows, **number)


_OUTCOMES = ("failed", "passed", "ignored", "skipped")
