"""A reader's names as every kind of file has them, for what shows parts of a template.

Idea: a page marks what the template calls things with the name of the form or answer, and for
texts with the kind of the file, too.  Here is what stands there instead.

Invariant: the same as ``rendering`` writes, since both ask ``names``.
"""

from __future__ import annotations

from dataclasses import fields
from typing import Final

from trigpoint.projects.templates.answers import Answers
from trigpoint.projects.templates.names import escaped, forms

__all__ = ["KINDS", "TEXTS", "own_spellings", "spellings"]

TEXTS: Final = ("author", "description", "email")
"""The answers that each kind of file writes in its own way."""

KINDS: Final = (
    *("", ".1", ".build", ".c", ".cff", ".cpp", ".desktop", ".f90", ".h", ".in", ".json", ".lock"),
    *(".md", ".py", ".pyi", ".pyx", ".rs", ".toml", ".txt", ".typed", ".yaml", ".yml"),
)
"""The ends of names that files of templates have; that of LICENSE is empty."""


def spellings(answers: Answers) -> dict[str, str]:
    r"""Return how files spell *answers*: by form of the name, by answer, by text and kind of file.

    >>> told = spellings(Answers(name="My.Pkg", author='Zoe "Z" Poe'))
    >>> told["package"], told["author.toml"], told["author.md"]
    ('my_pkg', 'Zoe \\"Z\\" Poe', 'Zoe "Z" Poe')
    """
    named = forms(answers.name)
    return {
        **{each.name: getattr(named, each.name) for each in fields(named)},
        "account": answers.account,
        "license": answers.license,
        **{
            f"{text}{kind}": escaped(getattr(answers, text), kind)
            for text in TEXTS
            for kind in KINDS
        },
    }


def own_spellings(answers: Answers) -> dict[str, str]:
    """Return those of :func:`spellings` for *answers* that are not the template's own.

    >>> sorted(own_spellings(Answers(account="eric")))
    ['account']
    """
    default = spellings(Answers())
    return {key: text for key, text in spellings(answers).items() if text != default[key]}
