"""Texts that show a finding, and texts that do not, in the catalogue of this site."""

from __future__ import annotations

import doctest
import importlib
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from trigpoint.catalogue import RULES

DOCS = Path(__file__).parents[2] / "docs"
TOPICS = frozenset({"marker", "requirement", "metadata", "pyproject"})
WITHOUT = """
marker-syntax marker-too-deep marker-undecided marker-version-digits marker-extra-summit
requirement-old requirement-extra requirement-encoding requirement-extras-exclusive
requirement-gap-platform requirement-uncompared
metadata-encoding metadata-bom metadata-crlf metadata-lone-cr metadata-control-character
metadata-leading-blank metadata-junk-line metadata-stray-continuation metadata-envelope
metadata-blank-fold metadata-folded metadata-trailing-blank metadata-missing-old
metadata-future-field metadata-name-old metadata-version-old metadata-dynamic-partly
metadata-summary-lines metadata-keywords metadata-requirement-old metadata-extra-variable
metadata-extra-spelling metadata-default-extra metadata-module
metadata-convert-version metadata-convert-dropped metadata-convert-moved
metadata-convert-rewritten metadata-convert-behaviour metadata-convert-undefined
metadata-convert-refused metadata-convert-ambiguous metadata-convert-license
metadata-convert-conflict metadata-convert-required metadata-convert-order
metadata-convert-joined metadata-convert-dynamic
metadata-json-key metadata-json-type metadata-json-duplicate metadata-json-syntax
metadata-json-lost
metadata-project-missing metadata-project-dynamic-static metadata-project-version-dynamic
metadata-project-file
pyproject-bom pyproject-group-large
"""
"""Codes of the topics that no short text of their own shows: what cannot be seen in a page, what is
said of two files or of a request, of what is too large, or of what was allowed once."""


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Return the module of the site that shows the texts."""
    monkeypatch.syspath_prepend(str(DOCS / "_ext"))
    return importlib.import_module("trigpoint_shown")


@pytest.fixture
def site(
    build: Callable[..., Any], shown: ModuleType, tmp_path: Path
) -> Callable[[str], tuple[str, str]]:
    """Build a catalogue with a list of texts, and return its page and the warnings."""

    def built(listed: str) -> tuple[str, str]:
        path = tmp_path / "list.toml"
        path.write_text(listed, "utf-8")
        settings = {
            "extensions": ["trigpoint.sphinx", shown.__name__],
            "trigpoint_shown": str(path),
        }
        app = build(
            {"index": ".. findings:: marker\n\n.. findings:: requirement\n"}, confoverrides=settings
        )
        return (app.outdir / "index.html").read_text("utf-8"), app.warning.getvalue()

    return built


def test_every_text_of_this_site_shows_its_code(shown: ModuleType) -> None:
    """The wrong one is told so; of the right one neither that is said nor any error."""
    pairs = shown.load((DOCS / "data" / "findings.toml").read_text("utf-8"))
    assert [] == list(shown.faults(pairs))


def test_a_code_has_a_text_or_a_reason(shown: ModuleType) -> None:
    """A new code of these topics gets a text, or is named above."""
    pairs = shown.load((DOCS / "data" / "findings.toml").read_text("utf-8"))
    wanted = {code for code, rule in RULES.items() if rule.topic in TOPICS}
    assert sorted(WITHOUT.split()) == sorted(wanted - {each.code for each in pairs})


def test_the_page_has_both_and_what_is_said(site: Callable[[str], tuple[str, str]]) -> None:
    """Below the code, the texts as code; lines stand below the words."""
    page, warnings = site(
        "[marker]\n"
        'marker-two-values = [\'"a" == "b"\', \'os_name == "b"\']\n'
        "marker-empty = ['', 'os_name == \"b\"']\n"
        "[file]\n"
        "requirement-option-ignored = ['spam --pre', \"--pre\\nspam\"]\n"
    )
    assert "" == warnings
    _, _, after = page.partition('id="finding-marker-two-values"')
    entry = after.partition("<dt")[0]
    assert "<strong>Not</strong>" in entry
    assert "&quot;a&quot;" in entry
    assert "there is no variable in this comparison" in entry
    assert "<strong>But</strong>" in entry
    empty = page.partition('id="finding-marker-empty"')[2].partition("<dt")[0]
    assert "an empty text" in empty
    assert 0 == empty.count("<pre>")
    ignored = page.partition('id="finding-requirement-option-ignored"')[2].partition("<dt")[0]
    assert 1 == ignored.count("<pre>")
    assert "--pre\nspam" in ignored


@pytest.mark.parametrize(
    ("pair", "said"),
    [
        ("['os_name == \"nt\"', 'os_name']", "the wrong text is not told so"),
        ("['', '']", "the right text is told marker-empty"),
        ("['', 'os_name ==']", "the right text is told marker-missing-operand"),
    ],
)
def test_a_text_that_does_not_show_it_is_a_warning(
    site: Callable[[str], tuple[str, str]], pair: str, said: str
) -> None:
    """It fails the build of this site, which takes no warnings."""
    assert f"marker-empty: {said}" in site(f"[marker]\nmarker-empty = {pair}\n")[1]


@pytest.mark.parametrize(
    ("listed", "said"),
    [
        ("[nobody]\nmarker-empty = ['', '']", "nobody reads texts of 'nobody'"),
        ("[marker]\nmarker-emty = ['', '']", "no finding has the code 'marker-emty'"),
        ("[marker]\nmarker-empty = ['']", "not enough values"),
    ],
)
def test_a_list_that_is_wrong(shown: ModuleType, listed: str, said: str) -> None:
    """What could show nothing is refused, and named."""
    with pytest.raises(ValueError, match=said):
        shown.load(listed)


def test_without_a_list_nothing_is_shown(build: Callable[..., Any], shown: ModuleType) -> None:
    """Other sites have the catalogue as it is."""
    app = build(
        {"index": ".. findings:: marker"},
        confoverrides={"extensions": ["trigpoint.sphinx", shown.__name__]},
    )
    assert "tp-shown" not in (app.outdir / "index.html").read_text("utf-8")


def test_examples(shown: ModuleType) -> None:
    """What the docstrings of the module show is so."""
    assert 0 == doctest.testmod(shown).failed
