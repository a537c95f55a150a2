"""How files spell a reader's names, for pages that show parts of templates."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from trigpoint.projects.templates import (
    Answers,
    own_spellings,
    render,
    spellings,
    templates,
)
from trigpoint.projects.templates.spellings import KINDS, TEXTS

OWN = Answers(
    "My.Pkg-9", 'Zoë "Z" O_Brien', "zoe@example.com", "zoe-9", 'Say "a_b" \\ <c>.', "Apache-2.0"
)


def test_every_form_and_answer() -> None:
    """The forms of the name, the two answers that every file spells alike, and the texts."""
    told = spellings(OWN)
    assert "My.Pkg-9" == told["distribution"]
    assert "my_pkg_9" == told["package"]
    assert "MY_PKG_9" == told["constant"]
    assert "MyPkg9" == told["class_name"]
    assert "My Pkg 9" == told["title"]
    assert ("zoe-9", "Apache-2.0") == (told["account"], told["license"])
    assert 7 + len(TEXTS) * len(KINDS) == len(told)


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("author.toml", 'Zoë \\"Z\\" O_Brien'),
        ("author.md", 'Zoë "Z" O\\_Brien'),
        ("author", 'Zoë "Z" O_Brien'),
        ("description.py", 'Say \\"a_b\\" \\\\ <c>.'),
        ("description.md", 'Say "a\\_b" \\\\ \\<c\\>.'),
        ("email.cff", "zoe@example.com"),
    ],
)
def test_texts_are_escaped_as_the_kind_of_file_needs(key: str, expected: str) -> None:
    """Quoted in code, with backslashes in Markdown, and as they are in LICENSE."""
    assert expected == spellings(OWN)[key]


def test_the_kinds_are_those_of_the_templates() -> None:
    """No file of a template has an end that is not listed, and none is listed for nothing."""
    found = {
        PurePosixPath(path).suffix
        for template in templates().values()
        for path in render(template, Answers())
    }
    assert found <= set(KINDS)
    assert set(KINDS) - found <= {".in", ".lock"}


def test_only_what_differs_is_ones_own() -> None:
    """What the reader left as it is stays the template's."""
    assert {} == own_spellings(Answers())
    assert {"license": "MIT"} == own_spellings(Answers(license="MIT"))
    told = own_spellings(Answers(email="eve@example.com"))
    assert {f"email{kind}" for kind in KINDS} == set(told)
    forms = {"distribution", "package", "constant", "class_name", "title"}
    assert forms == set(own_spellings(Answers(name="spam")))
