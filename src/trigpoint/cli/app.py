"""The command group: what commands there are, and where."""

from __future__ import annotations

import click

from trigpoint import __version__
from trigpoint.cli.groups import LazyGroup, MarkerGroup

__all__ = ["app", "marker"]


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"]},
    lazy={
        "extras": (
            "trigpoint.cli.extras:extras",
            "Say which requirements come for which request, by whose rules, and why.",
        ),
        "marker": ("trigpoint.cli.app:marker", "Ask what markers mean."),
        "metadata": (
            "trigpoint.cli.metadata:metadata",
            "Say what metadata means, what is wrong with it, and what tools do with it.",
        ),
    },
)
@click.version_option(__version__, package_name="trigpoint")
def app() -> None:
    """Run packaging standards."""


@click.group(
    cls=MarkerGroup,
    lazy={
        "compare": (
            "trigpoint.cli.algebra:compare",
            "Compare the markers FIRST and SECOND; FIRST may be '-' or hold both, one a line.",
        ),
        "merge": (
            "trigpoint.cli.algebra:merge",
            "Find lines of TEXT for the same project that overlap or contradict each other.",
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
