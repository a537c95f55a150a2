"""``trigpoint review``: every check of a project, ours and those of repo-review's plugins."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Final

import click

from trigpoint.cli.terminal import leave, read_bytes, say, show_findings, show_json, write
from trigpoint.findings import Finding, printable
from trigpoint.labs.base import has_errors
from trigpoint.labs.documents import as_text
from trigpoint.labs.review import words
from trigpoint.labs.review.answer import shown
from trigpoint.labs.review.data import ReviewResponse
from trigpoint.projects.builds import from_listing, read_tree
from trigpoint.projects.kinds import kind_of_name
from trigpoint.projects.review.running import Review, review_folder
from trigpoint.projects.review.running import review as review_tree
from trigpoint.projects.review.tree import Tree

__all__ = ["review"]

_STYLES: Final = {
    "failed": "bold red",
    "passed": "green",
    "ignored": "yellow",
    "skipped": "dim",
}


@click.command()
@click.argument("path", type=click.Path(exists=True, allow_dash=True), default=".")
@click.option("--own", is_flag=True, help="Ask the checks of Trigpoint alone, no other plugin.")
@click.option("--all", "everything", is_flag=True, help="Show what passes and is skipped, too.")
@click.option("--patch", is_flag=True, help="Write the fixes as a patch, and nothing else.")
@click.option("--json", "as_json", is_flag=True, help="Write the answer as JSON.")
def review(path: str, *, own: bool, everything: bool, patch: bool, as_json: bool) -> None:
    """Ask every check of the project at PATH.

    PATH is a folder, a zip or an sdist; '-' reads a list of files: one path per
    line, and below it, indented by four spaces, what the file holds. Where
    repo-review is installed, the checks of its plugins are asked, too. The
    exit status is 1 if a check fails, or if not all of an archive or a list can
    be read.
    """
    found, wrong = _review(path, plugins=not own)
    empty = bool(wrong) and not found.results
    response = replace(shown(found), empty=empty, findings=tuple(wrong))
    if as_json:
        show_json(response)
    elif patch:
        show_findings(wrong, "", err=True)
        write(response.patch)
    else:
        show_findings(wrong, "")
        _say(response, everything=everything)
        if found.missing and not own:
            say(f"{found.missing[0].upper()}{found.missing[1:]}.", err=True)
    leave(failed=found.failed or has_errors(wrong))


def _review(path: str, *, plugins: bool) -> tuple[Review, list[Finding]]:
    """Return the review of what is at *path*, and what is wrong with the archive or list there.

    Of what holds no file that can be read, nothing is asked.
    """
    if path != "-" and Path(path).is_dir():
        return review_folder(Path(path), plugins=plugins), []
    data = read_bytes(path)
    if path == "-":
        files, wrong = from_listing(as_text(data))
    else:
        project = read_tree(data, Path(path).name)
        files, wrong = dict(project.files), list(project.findings)
        if files == {project.name: data} and not kind_of_name(project.name):
            said = f"{printable(path)} is no folder, zip or sdist of a project"
            raise click.ClickException(said)
    if wrong and not files:
        return Review((), {}), wrong
    return review_tree(Tree.of_files(files), plugins=plugins), wrong


def _say(response: ReviewResponse, *, everything: bool) -> None:
    for family in response.families:
        rows = [each for each in family.results if everything or each.outcome == "failed"]
        if not rows:
            continue
        say((family.title, "bold"), ": ", words.counts(family))
        for row in rows:
            outcome = (words.outcome(row.outcome).lower(), _STYLES[row.outcome])
            say("  ", outcome, " ", row.code, ": ", row.claim)
            if row.outcome not in ("failed", "ignored"):
                continue
            for kind, text in words.lines(row):
                lines = text.split("\n")
                lead = "    - " if kind == "item" else "    "
                for line in lines:
                    say(lead, (line, "dim" if kind == "code" else ""))
        say("")
    if response.not_read:
        say(("not read: " + ", ".join(response.not_read), "dim"))
    say((words.summary(response), "bold"))
    if response.patch:
        say("--patch writes the fixes that can be carried out.")
