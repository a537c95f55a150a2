"""Pages that hold a lab allow exactly the scripts that they hold."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable
from html import unescape
from typing import Any

from trigpoint.sphinx.policy import inline_hashes

LAB = ".. marker-lab::\n\n   os_name == 'nt'\n"
SCRIPT = ".. raw:: html\n\n   <script>document.title += '!'</script>\n"


def policy(page: str) -> dict[str, list[str]]:
    found = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert found
    parts = (part.split() for part in unescape(found[1]).split(";"))
    return {name: values for name, *values in parts}


def test_inline_scripts_are_allowed_by_hash_alone(build: Callable[..., Any]) -> None:
    """A script in the page is named by the hash of its text; there is no unsafe-inline."""
    page = (build({"index": f"{LAB}\n{SCRIPT}"}).outdir / "index.html").read_text("utf-8")
    digest = base64.b64encode(hashlib.sha256(b"document.title += '!'").digest()).decode()
    scripts = policy(page)["script-src"]
    assert f"'sha256-{digest}'" in scripts
    assert inline_hashes(page) == [each for each in scripts if each.startswith("'sha256-")]
    assert {"'self'", "'wasm-unsafe-eval'"} == {
        each for each in scripts if not each.startswith("'sha256-")
    }


def test_nothing_comes_from_another_site(build: Callable[..., Any]) -> None:
    """Whatever is not listed comes from the page's own site."""
    page = (build({"index": LAB}).outdir / "index.html").read_text("utf-8")
    assert ["'self'"] == policy(page)["default-src"]
    assert "http" not in str(policy(page))


def test_policy_stands_before_every_script(build: Callable[..., Any]) -> None:
    """A policy holds for what comes after it."""
    page = (build({"index": LAB}).outdir / "index.html").read_text("utf-8")
    assert page.index("Content-Security-Policy") < page.index("<script")


def test_pages_without_a_lab_are_left_alone(build: Callable[..., Any]) -> None:
    """They get no policy, no style and no script."""
    page = (build({"index": SCRIPT}).outdir / "index.html").read_text("utf-8")
    assert "Content-Security-Policy" not in page
    assert "trigpoint/" not in page


def test_unchanged_pages_keep_their_policy(build: Callable[..., Any]) -> None:
    """A second build that writes nothing leaves the sealed pages as they are."""
    first = (build({"index": LAB}).outdir / "index.html").read_bytes()
    assert first == (build({"index": LAB}).outdir / "index.html").read_bytes()
