"""Every page of the site has a policy, and works under it."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Reader


def policies(site: Path) -> dict[str, str]:
    """Return the policy of each page of *site*, by its path; empty where there is none."""
    found = {}
    for path in site.rglob("*.html"):
        name = path.relative_to(site).as_posix()
        if not name.startswith("_static/"):
            policy = re.search(
                r'<meta http-equiv="Content-Security-Policy" content="([^"]+)"',
                path.read_text("utf-8"),
            )
            found[name] = unescape(policy[1]) if policy else ""
    return found


def test_every_page_has_a_policy(site: Path) -> None:
    """Not only the pages with labs: the search, the indexes, the missing page, JupyterLite."""
    found = policies(site)
    assert {"index.html", "404.html", "search.html", "genindex.html"} <= set(found)
    assert [] == [name for name, policy in found.items() if not policy]


def test_unsafe_is_for_style_attributes_at_most(site: Path) -> None:
    """No page but JupyterLite's, which makes code and styles as it runs, allows more."""
    allowed = ("'unsafe-hashes'", "'wasm-unsafe-eval'", "style-src-attr 'unsafe-inline'")
    for name, policy in policies(site).items():
        rest = policy
        for each in allowed:
            rest = rest.replace(each, "")
        assert name.startswith("lite/") is ("unsafe" in rest), name


@pytest.mark.parametrize(
    "page", ["404.html", "search.html?q=marker", "genindex.html", "py-modindex.html"]
)
def test_pages_without_a_lab_work(reader: Reader, page: str) -> None:
    """Nothing on them is refused: a reader's fixture fails for any error in the console."""
    tab = reader.open(page)
    tab.wait_for_load_state("networkidle")
    if page.startswith("search"):
        tab.locator(".tp-search-hits li").first.wait_for()
    assert "" != tab.title()


def test_pages_require_trusted_types(site: Path) -> None:
    """Nothing becomes markup or a worker on our pages but by one named policy."""
    wanted = "require-trusted-types-for 'script'; trusted-types trigpoint"
    for name, policy in policies(site).items():
        assert name.startswith("lite/") is not policy.endswith(wanted), name


def test_text_is_neither_markup_nor_a_worker(reader: Reader) -> None:
    """The browser refuses what did not come through the policy, and a second policy of that name."""
    reader.allow("requires 'Trusted|TrustedHTML|TrustedScriptURL|violates the following|[Tt]rusted")
    page = reader.open("playground/markers.html")
    page.locator("trigpoint-lab[data-state]").first.wait_for()
    tried = """() => Promise.all([
      () => { document.createElement("template").innerHTML = "<b>"; },
      () => new Worker("x.js"),
      () => navigator.serviceWorker.register("x.js"),
      () => trustedTypes.createPolicy("trigpoint", {}),
      () => trustedTypes.createPolicy("another", {}),
    ].map(async (act) => { try { await act(); return "done"; } catch (error) { return error.name; } }))"""
    assert ["TypeError"] * 5 == page.evaluate(tried)
