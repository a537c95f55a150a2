"""A wheel's file name and the metadata in it name one project and version."""

from __future__ import annotations

import pytest

from trigpoint.metadata import read
from trigpoint.metadata.checks.file_name import file_name_findings

TEXT = "Metadata-Version: 2.4\nName: My.Demo\nVersion: 1.0\n"


@pytest.mark.parametrize(
    ("file_name", "text", "told"),
    [
        ("my_demo-1.0-py3-none-any.whl", TEXT, []),
        ("My_Demo-1-2-py3-none-any.whl", TEXT, []),
        ("other-1.0-py3-none-any.whl", TEXT, ["the file is of other, and its metadata of My.Demo"]),
        ("my_demo-1.1-py3-none-any.whl", TEXT, ["the file is of 1.1, and its metadata of 1.0"]),
        (
            "other-2-py3-none-any.WHL",
            TEXT,
            [
                "the file is of other, and its metadata of My.Demo",
                "the file is of 2, and its metadata of 1.0",
            ],
        ),
        ("my_demo-1.0_1-py3-none-any.whl", TEXT.replace("1.0", "1.0.post1"), []),
        ("my_demo-1_x-py3-none-any.whl", TEXT.replace("1.0", "1-x"), []),
        ("my_demo-1_y-py3-none-any.whl", TEXT.replace("1.0", "1-x"), ["the file is of 1_y, and"]),
        ("other-2.tar.gz", TEXT, []),
        ("other-2.whl", TEXT, []),
        ("other", TEXT, []),
        ("other-2-py3-none-any.whl", "Metadata-Version: 2.4\nName:\n", []),
    ],
)
def test_file_name_against_metadata(file_name: str, text: str, told: list[str]) -> None:
    """Names are compared normalised and versions by meaning; each is told at its field."""
    found = file_name_findings(read(text), file_name)
    assert len(told) == len(found)
    for each, message in zip(found, told, strict=True):
        assert "metadata-file-name" == each.code
        assert each.message.startswith(message)
        assert each.span is not None
        stated = text[each.span.start : each.span.end]
        assert each.message.endswith(stated)
