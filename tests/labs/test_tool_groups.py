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


@pytest.mark.parametrize(
    ("newest_first", "name"),
    [
        (("twine 7.0.0", "twine 6.1.0 (packaging 24.2)"), "twine 6.1.0 (packaging 24.2) to 7.0.0"),
        (
            ("twine 6.0.1 (packaging 24.1)", "twine 5.1.1 (pkginfo 1.10.0)"),
            "twine 5.1.1 (pkginfo 1.10.0) to 6.0.1 (packaging 24.1)",
        ),
        (("uv pip compile 2", "uv pip compile 1"), "uv pip compile 1 to 2"),
    ],
)
def test_a_range_ends_with_the_whole_version(newest_first: tuple[str, ...], name: str) -> None:
    """What twine was installed with belongs to both of its ends."""
    rows = [ToolRow(tool, "", "installs", (), (), "", (), "", ()) for tool in newest_first]
    assert name == group_name(rows)
