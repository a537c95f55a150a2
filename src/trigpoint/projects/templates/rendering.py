"""A template with a reader's answers in it: the files of a new project.

Idea: the layers of the template and of the answers make the tree of the real project; then the
reader's names take the place of its own.  With the default answers nothing changes in that step.

Cost: linear in the files.
"""

from __future__ import annotations

import functools
import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import fields
from pathlib import PurePosixPath
from typing import Final

from trigpoint import versions
from trigpoint.findings import Finding, TrigpointError
from trigpoint.projects.templates import source
from trigpoint.projects.templates.answers import Answers, check_answers, failed
from trigpoint.projects.templates.catalogue import OPTIONS, Template, layer, licenses
from trigpoint.projects.templates.names import forms, replaced
from trigpoint.projects.templates.stack import put_together

__all__ = ["BadAnswersError", "as_zip", "layers", "render", "tokens", "tree"]


class BadAnswersError(TrigpointError, ValueError):
    """No project can be made of the answers; ``findings`` say why, by answer."""

    def __init__(self, findings: Mapping[str, tuple[Finding, ...]]) -> None:
        told = (f"{key}: {each.message}" for key, found in findings.items() for each in found)
        super().__init__("; ".join(told))
        self.findings = findings


def layers(template: Template, answers: Answers) -> tuple[str, ...]:
    """Return the layers that *template* with *answers* is made of, in order.

    >>> from trigpoint.projects.templates.catalogue import templates
    >>> layers(templates()["hatchling"], Answers())[0]
    'common'
    """
    added: list[str] = []
    for option in OPTIONS:
        offered = template.options[option]
        added += offered[getattr(answers, option) or next(iter(offered))]
    return (*template.layers, *added, licenses()[answers.license])


def tree(template: Template, answers: Answers) -> tuple[dict[str, bytes], list[Finding]]:
    """Return the files of the layers of *template* with *answers*, and what has no one answer.

    The names in them are still those of the real project.
    """
    files, findings = _stacked(layers(template, answers))
    return dict(files), list(findings)


@functools.lru_cache(maxsize=32)
def _stacked(names: tuple[str, ...]) -> tuple[Mapping[str, bytes], tuple[Finding, ...]]:
    """Return the files of the layers called *names*; a page asks for them with each letter."""
    files = source.read()
    stack = []
    for name in names:
        folder = f"layers/{name}/"
        own = {
            path.removeprefix(folder): content
            for path, content in files.items()
            if path.startswith(folder)
        }
        stack.append((layer(name), own))
    made, findings = put_together(stack)
    return made, tuple(findings)


_PYTHON: Final = re.compile(
    r'(?m)^[ \t]*(?:- )?"(?:Programming Language :: Python :: )?3\.([0-9]{1,3})",?\n'
)


def _from(text: str, floor: str) -> str:
    """Return *text* without lines of a list that have nothing but a Python older than *floor*."""
    oldest = versions.release(floor)[1]
    return _PYTHON.sub(lambda found: found[0] * (versions.number(found[1]) >= oldest), text)


def tokens(answers: Answers) -> tuple[dict[str, str], dict[str, str]]:
    """Return what of the real project becomes what of *answers*: names, and texts for people.

    >>> tokens(Answers(name="spam"))[0]["SnowCap"]
    'Spam'
    """
    default = Answers()
    real, own = forms(default.name), forms(answers.name)
    names = {getattr(real, each.name): getattr(own, each.name) for each in fields(real)}
    names |= {
        getattr(default, key): getattr(answers, key) for key in ("account", "license", "python")
    }
    texts = ("author", "email", "description")
    return names, {getattr(default, key): getattr(answers, key) for key in texts}


def render(template: Template, answers: Answers) -> dict[str, bytes]:
    """Return the files of the project that *template* with *answers* is, by path.

    Raises :exc:`BadAnswersError` if :func:`check_answers` finds an error in the answers.

    >>> from trigpoint.projects.templates.catalogue import templates
    >>> files = render(templates()["hatchling"], Answers(name="spam"))
    >>> "src/spam/__init__.py" in files
    True
    """
    findings = check_answers(template, answers)
    if failed(findings):
        raise BadAnswersError(findings)
    files, _ = tree(template, answers)
    if answers.python != Answers().python:
        for path, content in files.items():
            if PurePosixPath(path).suffix in (".toml", ".yml"):
                files[path] = _from(content.decode(), answers.python).encode()
    return dict(sorted(replaced(files, *tokens(answers)).items()))


def as_zip(files: Mapping[str, bytes], folder: str) -> bytes:
    """Return a zip with *files* below *folder*, the same bytes wherever it is made.

    Members are sorted, bear one time, and are stored as they are: compressed ones depend on the
    library that compresses.

    >>> as_zip({"a": b"1"}, "x") == as_zip({"a": b"1"}, "x")
    True
    """
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for path in sorted(files):
            member = zipfile.ZipInfo(f"{folder}/{path}", (1980, 1, 1, 0, 0, 0))
            member.create_system, member.external_attr = 3, 0o100644 << 16
            archive.writestr(member, files[path])
    return made.getvalue()
