"""``trigpoint build``: the build lab in the terminal."""

from __future__ import annotations

import functools
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

import click

from trigpoint.cli.terminal import leave, read_bytes, say, show_findings, show_json, table
from trigpoint.findings import Finding
from trigpoint.labs.base import has_errors
from trigpoint.labs.builds import words
from trigpoint.labs.builds.answer import answer_tree
from trigpoint.labs.builds.data import OTHERS, BuildsResponse, PackageRow
from trigpoint.projects.builds import Built, Tree, from_listing, read_tree
from trigpoint.projects.builds.frontend import find_frontend, run_frontend
from trigpoint.projects.builds.shelf import VARIABLE

__all__ = ["build"]


@click.command()
@click.argument("path", metavar="PATH|-", type=click.Path(exists=True, allow_dash=True))
@click.option(
    "--version", default="", metavar="VERSION", help="The version, where git would give it."
)
@click.option(
    "--beside",
    type=click.Choice([each for each in OTHERS if each]),
    metavar="BACKEND",
    help="Another backend to compare with: " + ", ".join(filter(None, OTHERS)) + ".",
)
@click.option(
    "--log",
    "with_log",
    is_flag=True,
    help="Print what the backend printed, after the rest, also where nothing failed.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the lab's response as JSON.")
def build(path: str, version: str, beside: str | None, *, with_log: bool, as_json: bool) -> None:
    """Build sdist and wheel of a project, and say what lands in them and what does not.

    PATH is a project's folder, a zip or an sdist of it; '-' reads a list of files, with
    what they hold indented below them. It is copied first, and nothing is written beside
    it. build does the work if it is installed, else uv. The exit status is 1 after an
    error.
    """
    tree, findings = _tree(path)
    command = None if VARIABLE in os.environ else find_frontend()
    frontend = functools.partial(_run, command) if command else None
    response = answer_tree(tree, version.strip(), beside or "", findings, frontend)
    if as_json:
        show_json(response)
    else:
        show_findings(response.findings, tree.text("pyproject.toml"), name="pyproject.toml")
        say((words.summary(response), "bold"))
        _show(response)
        failed = any(each.code == "build-failed" for each in response.findings)
        if response.log and (with_log or failed):
            say(response.log)
    leave(failed=has_errors(response.findings))


def _run(
    command: tuple[str, ...], files: Mapping[str, bytes], variables: Mapping[str, str]
) -> tuple[Built, Built]:
    return run_frontend(files, command, variables)


def _tree(path: str) -> tuple[Tree, list[Finding]]:
    if path == "-":
        files, findings = from_listing(read_bytes("-").decode("utf-8", "surrogateescape"))
        return Tree(files), findings
    return read_tree(Path(path)), []


def _show(response: BuildsResponse) -> None:
    if not (response.ran or response.refused or response.empty):
        say(words.ELSEWHERE)
    for step in response.steps:
        say(f"A build would {words.steps(step)}.")
    if left_out := words.left_out(response):
        say(left_out)
    for row in response.packages:
        _package(row)
    _landed(response)
    if response.side:
        say((f"Beside it: {response.side.project}", "bold"))
        say(words.beside(response.side, response))
        _list(response.side.only_here, f"only with {response.project}")
        _list(response.side.only_there, f"only with {response.side.project}")
        _list(response.side.metadata, "in METADATA")


def _list(rows: Iterable[str], where: str) -> None:
    for each in rows:
        say(f"{each} ({where})")


def _package(row: PackageRow) -> None:
    say((f"{words.KINDS[row.kind]}: {words.package_line(row)}", "bold"))
    rows = [[each.path, words.bytes_in_words(each.size)] for each in row.files]
    table(("File", "Size"), rows)
    for point in row.entry_points:
        say(f"{point.group}: {point.name} → {point.value}")


def _landed(response: BuildsResponse) -> None:
    rows = [[each.path, words.landing(each)] for each in response.landed if not each.wheel]
    if rows:
        table(("Not in the wheel", "Where"), rows)
