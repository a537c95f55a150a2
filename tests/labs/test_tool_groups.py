"""How tools that do the same are named together."""

from __future__ import annotations

import pytest

from trigpoint.labs.metadata.data import ToolRow
from trigpoint.labs.metadata.words import group_name, tool_groups


@pytest.mark.parametrize(
    ("tools", "names"),
    [
        (("pip 26.3", "pip 25.3"), ["pip 25.3 to 26.3"]),
        (("uv 0.13.9", "uv 0.5.31", "uv sync 0.13.9"), ["uv 0.5.31 to 0.13.9", "uv sync 0.13.9"]),
        (
            ("uv sync 0.13.9", "uv pip compile 0.13.9"),
            ["uv sync 0.13.9", "uv pip compile 0.13.9"],
        ),
        (("index",), ["index"]),
    ],
)
def test_tools_of_one_name_are_one_group(tools: tuple[str, ...], names: list[str]) -> None:
    """Versions of one tool are a range; two commands of a tool are not versions of each other."""
    rows = [ToolRow(tool, "", "refuses", (), (), "", (), "", ()) for tool in tools]
    assert names == [group_name(group) for group in tool_groups(rows)]
