"""Groups whose commands are loaded when they are asked for, so that each starts quickly."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import Any

import click

__all__ = ["LazyGroup", "MarkerGroup"]


class LazyGroup(click.Group):
    """A group that knows its commands by name, and loads one when it is called.

    ``lazy`` maps the name of each command to where it is, as in
    ``"package.module:attribute"``, and to the first sentence of its help, which is
    all that the help of the group needs.
    """

    def __init__(
        self, *arguments: Any, lazy: Mapping[str, tuple[str, str]], **options: Any
    ) -> None:
        super().__init__(*arguments, **options)
        self.lazy = lazy

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands, sorted; *ctx* is click's context of the group."""
        return sorted({*super().list_commands(ctx), *self.lazy})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load the command *cmd_name*, or return None if there is no such one; *ctx* as above."""
        if cmd_name not in self.lazy:
            return super().get_command(ctx, cmd_name)
        module, _, attribute = self.lazy[cmd_name][0].partition(":")
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands with their first sentences to *formatter*, and load none; *ctx* as above."""
        rows = [(name, self.lazy[name][1]) for name in self.list_commands(ctx) if name in self.lazy]
        with formatter.section("Commands"):
            formatter.write_dl(rows)


class MarkerGroup(LazyGroup):
    """A group whose first command needs no name: ``trigpoint marker TEXT`` shows."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put ``show`` in front of *args* where they name no command; *ctx* is click's context."""
        if args and args[0] not in self.lazy and args[0] not in ("-h", "--help"):
            args = ["show", *args]
        return super().parse_args(ctx, args)
