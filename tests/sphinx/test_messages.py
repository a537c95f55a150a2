"""Each message has a page that is made from the data, the same on every run."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from trigpoint.installers.messages import MESSAGES, seen

EXTENSIONS = str(Path(__file__).parents[2] / "docs" / "_ext")


@pytest.fixture(autouse=True)
def extensions(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the site's own extensions importable."""
    monkeypatch.syspath_prepend(EXTENSIONS)


KEYS = ("unrecognized-field-license-file", "must-be-type", "upload-local-version")


@pytest.mark.repeats
def test_a_page_says_what_is_known(build: Callable[..., Any]) -> None:
    """Cause, cure, rule and where it is from; examples and runs where there are any."""
    pages = {
        "index": "The first page.",
        **{key: f".. message:: {key}" for key in KEYS},
        "reference/findings": ".. findings::",
        "reference/cases": ".. installer-cases::",
        "playground/messages": "Lab.",
        **dict.fromkeys({each for m in MESSAGES.values() for each in m.guides}, "Page."),
    }
    wanted = ["trigpoint.sphinx", "trigpoint_tables", "trigpoint_messages"]
    # What they link to is most of the work, and the same for all.
    app = build(
        pages,
        confoverrides={"extensions": wanted, "source_suffix": {".rst": "restructuredtext"}},
    )
    assert "WARNING" not in app.warning.getvalue()
    for key in KEYS:
        message = MESSAGES[key]
        text = (app.outdir / f"{key}.html").read_text("utf-8")
        heads = re.findall(r'<p class="rubric">([^<]+)</p>', text)
        sections = ["Cause", "Cure", "Rule"]
        sections += ["With the mistake, and without"] if message.bad else []
        sections += ["As it was printed"]
        sections += ["Recorded"] if seen(key) else []
        assert [*sections, "Read on"] == heads
        assert ("Sourced, not recorded" in text) is (message.sourced is not None)
        assert ("Printed by" in text) is bool(seen(key))
        for run in seen(key):
            assert run.tool in text
        for code in message.codes:
            assert f"reference/findings.html#finding-{code}" in text


def test_pages_are_written_once_and_stale_ones_go(tmp_path: Path) -> None:
    """A second build writes nothing anew, and a message that is gone has no page."""
    import trigpoint_messages

    trigpoint_messages.write(tmp_path)
    names = {path.name for path in tmp_path.iterdir()}
    assert {"index.md", *(f"{key}.md" for key in MESSAGES)} == names
    stamps = {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    texts = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    (tmp_path / "gone.md").write_text("x", "utf-8")
    (tmp_path / "index.md").write_text("x", "utf-8")
    trigpoint_messages.write(tmp_path)
    assert texts == {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert {name: stamp for name, stamp in stamps.items() if name != "index.md"} == {
        path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir() if path.name != "index.md"
    }


def test_titles_are_text_and_no_markup() -> None:
    """What a tool prints in stars, brackets or quotes is shown as it is."""
    import trigpoint_messages

    assert r"\`a\` \*b\* \[c\]\(d\) \{e\}" == trigpoint_messages.escaped("`a` *b* [c](d) {e}")


def test_the_sidebar_leaves_the_messages_out() -> None:
    """The tree of every page names the overview, and not each message."""
    import trigpoint_messages

    app: Any = None
    tree = (
        '<ul><li><a href="x/index.html">Messages of tools</a><input id="a"/>'
        "<label><span></span></label><ul>\n<li>one</li>\n</ul>\n</li><li>other</li></ul>"
    )
    context = {"furo_navigation_tree": tree}
    trigpoint_messages._short_tree(app, "", "", context, None)
    assert (
        '<ul><li><a href="x/index.html">Messages of tools</a>\n</li><li>other</li></ul>'
        == context["furo_navigation_tree"]
    )
    empty: dict[str, str] = {}
    trigpoint_messages._short_tree(app, "", "", empty, None)
    assert {} == empty
