"""A site that names an index gets the box and the permission; any other gets neither."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

OWN = {"trigpoint_policy": "own"}
PAGE = ".. metadata-lab::\n\n   Metadata-Version: 2.4\n   Name: spam\n   Version: 1\n"


@pytest.mark.parametrize(
    ("addresses", "policy"),
    [
        ("", "connect-src &#x27;self&#x27;;"),
        ("https://index.example/simple/", "connect-src &#x27;self&#x27; https://index.example;"),
        (
            "https://index.example/simple/ https://files.example/",
            "connect-src &#x27;self&#x27; https://files.example https://index.example;",
        ),
    ],
)
def test_box_and_policy(build: Callable[..., Any], addresses: str, policy: str) -> None:
    """The box holds the first address, and the policy lets the page ask all of them."""
    app = build({"index": PAGE}, confoverrides={**OWN, "trigpoint_index_url": addresses})
    html = Path(app.outdir, "index.html").read_text("utf-8")
    assert bool(addresses) is ('data-index="https://index.example/simple/"' in html)
    assert policy in html


def test_other_labs_have_no_box(build: Callable[..., Any]) -> None:
    """An index has metadata, not markers."""
    app = build(
        {"index": ".. marker-lab::\n\n   os_name == 'nt'\n"},
        confoverrides={"trigpoint_index_url": "https://index.example/simple/"},
    )
    assert "data-index" not in Path(app.outdir, "index.html").read_text("utf-8")
