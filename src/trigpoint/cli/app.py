"""The command group: what commands there are, and where."""

from __future__ import annotations

import click

from trigpoint import __version__
from trigpoint.cli.groups import LazyGroup, MarkerGroup

__all__ = ["app", "extensions", "external", "marker", "metadata", "wheel"]


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"]},
    lazy={
        "adopt": (
            "trigpoint.cli.adopt:adopt_command",
            "Take the project at PATH from setup.py, setup.cfg, Poetry or Flit to a [project] table.",
        ),
        "build": (
            "trigpoint.cli.builds:build",
            "Build sdist and wheel of a project, and say what lands in them and what does not.",
        ),
        "check": (
            "trigpoint.cli.check:check",
            "Check every file of a project that says something about packaging.",
        ),
        "explain-message": (
            "trigpoint.cli.messages:explain_message",
            "Say what the message TEXT of pip, uv, twine, a backend or the index means.",
        ),
        "extensions": (
            "trigpoint.cli.app:extensions",
            "Say what the compiled extensions of a project are.",
        ),
        "external": (
            "trigpoint.cli.app:external",
            "Say what a package needs from the system, and what that is called there.",
        ),
        "extras": (
            "trigpoint.cli.extras:extras",
            "Say which requirements come for which request, by whose rules, and why.",
        ),
        "marker": ("trigpoint.cli.app:marker", "Ask what markers mean."),
        "metadata": (
            "trigpoint.cli.app:metadata",
            "Say what metadata means, what is wrong with it, and what tools do with it.",
        ),
        "new": (
            "trigpoint.cli.templates:new",
            "Write a new project into DIRECTORY, which is named after the project unless you say it.",
        ),
        "open": (
            "trigpoint.cli.open:open_command",
            "Say what PATH_OR_TEXT is, and what the lab for it answers.",
        ),
        "review": ("trigpoint.cli.review:review", "Ask every check of the project at PATH."),
        "templates": (
            "trigpoint.cli.templates:list_templates",
            "List the templates of projects: what each is for, and what can be chosen.",
        ),
        "update": (
            "trigpoint.cli.templates:update",
            "Bring the project in DIRECTORY to its template as it is now, and to other answers.",
        ),
        "wheel": (
            "trigpoint.cli.app:wheel",
            "Say what is in a wheel, where it lands, and why pip takes it or does not.",
        ),
    },
)
@click.version_option(__version__, prog_name="trigpoint")
def app() -> None:
    """Run packaging standards."""


@click.group(
    cls=MarkerGroup,
    lazy={
        "compare": (
            "trigpoint.cli.algebra:compare",
            "Compare the markers or requirements FIRST and SECOND.",
        ),
        "merge": (
            "trigpoint.cli.algebra:merge",
            "Find lines of TEXT for the same project that contradict each other.",
        ),
        "migrate": (
            "trigpoint.cli.algebra:migrate",
            "Write each marker of TEXT for the other metadata model: extra to extras, or back.",
        ),
        "negate": (
            "trigpoint.cli.algebra:negate",
            "Write where each marker of TEXT does not hold.",
        ),
        "show": ("trigpoint.cli.markers:show", "Show where the marker TEXT holds, and why."),
        "simplify": (
            "trigpoint.cli.algebra:simplify",
            "Write each marker of TEXT as shortly as the search finds.",
        ),
    },
)
def marker() -> None:
    """Ask what markers mean.

    Without the name of a command, show: trigpoint marker "os_name == 'nt'"
    """


@click.group(
    cls=LazyGroup,
    lazy={
        "check": (
            "trigpoint.cli.metadata:check",
            "Report what is wrong in each PATH, with lines and columns.",
        ),
        "convert": (
            "trigpoint.cli.metadata:convert",
            "Write PATH in another metadata version; what changes is reported on standard error.",
        ),
        "diff": (
            "trigpoint.cli.metadata:diff",
            "Compare two paths field by field, by what the values mean.",
        ),
        "explain": (
            "trigpoint.cli.metadata:explain_command",
            "Explain the FIELD, such as Requires-Dist, or each field of PATH.",
        ),
        "json": (
            "trigpoint.cli.metadata:json_command",
            "Write PATH as JSON; what the form has no place for is reported on standard error.",
        ),
        "predict": (
            "trigpoint.cli.metadata:predict",
            "Say what each recorded tool does with PATH, and which recorded run says so.",
        ),
    },
)
def metadata() -> None:
    """Say what metadata means, what is wrong with it, and what tools do with it.

    A PATH is a METADATA or PKG-INFO file, a pyproject.toml, a wheel or an
    sdist; '-' reads standard input. The exit status is 1 after an error.
    """


@click.group(
    cls=LazyGroup,
    lazy={
        "collide": (
            "trigpoint.cli.wheels:collide",
            "Say which files the wheels FIRST and SECOND would both write.",
        ),
        "data": (
            "trigpoint.cli.wheels:data_command",
            "Hold the external data of PATH against a policy: a wheel, or the folder of a project.",
        ),
        "inspect": (
            "trigpoint.cli.wheels:inspect_command",
            "Say what is in the wheel or sdist PATH, where it lands, and what is wrong with it.",
        ),
        "release": (
            "trigpoint.cli.wheels:release_command",
            "Say in which fields the metadata of the files PATH of a release differs.",
        ),
        "why": (
            "trigpoint.cli.wheels:why_command",
            "Say whether pip would take the wheel FILE_NAME, and why.",
        ),
    },
)
def wheel() -> None:
    """Say what is in a wheel, where it lands, and why pip takes it or does not."""


@click.group(
    cls=LazyGroup,
    lazy={
        "explain": (
            "trigpoint.cli.extensions:explain_command",
            "Say what would be built, in which order and with what, without compiling.",
        ),
    },
)
def extensions() -> None:
    """Say what the compiled extensions of a project are.

    They are the [[tool.trigpoint.extensions]] tables of its pyproject.toml. trigpoint
    build is another command: it builds a project with its own backend.
    """


@click.group(
    cls=LazyGroup,
    lazy={
        "check": (
            "trigpoint.cli.external_plan:check_command",
            "Say whether what FILE needs from the system is on this machine.",
        ),
        "plan": (
            "trigpoint.cli.external_plan:plan_command",
            "Say what to install for what FILE needs from the system, and with which command.",
        ),
        "suggest": (
            "trigpoint.cli.external_plan:suggest_command",
            "Draft an [external] table from the shared libraries that PATH links.",
        ),
        "show": (
            "trigpoint.cli.external:show",
            "Say what FILE needs that is no Python package, and what that is called elsewhere.",
        ),
    },
)
def external() -> None:
    """Say what a package needs from the system, and what that is called there.

    A PATH is a pyproject.toml with an [external] table, a METADATA file, a wheel, an
    sdist, or a file with one dep: line each; '-' reads standard input. The exit status
    is 1 after an error.
    """
