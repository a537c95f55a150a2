"""A reader's choices become a project, or findings.

Idea: :mod:`trigpoint.projects.templates` makes the files; here is which of them is shown, what is
wrong at which answer, and what the guides of the site show instead of the template's names.

Cost: linear in the files of the template; answers are bounded there.
"""

from __future__ import annotations

import functools
from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from typing import Final

from packaging.utils import canonicalize_name

from trigpoint.catalogue import report
from trigpoint.findings import Finding, Fix
from trigpoint.installers.backends import BACKENDS
from trigpoint.installers.backends.pyproject import MODULES
from trigpoint.labs.composer.data import (
    VIEWS,
    AtRow,
    ComposerRequest,
    ComposerResponse,
    FileRow,
    MatrixRow,
    OtherRow,
)
from trigpoint.projects.templates import (
    LANGUAGES,
    OPTIONS,
    RECORD,
    WISHES,
    Answers,
    Template,
    as_zip,
    check_answers,
    choose,
    failed,
    own_spellings,
    purpose,
    templates,
    tree,
    verified,
    whole,
)
from trigpoint.projects.templates.names import replaced
from trigpoint.projects.templates.rendering import tokens

__all__ = ["answer", "matrix"]

_FIRST: Final = "pyproject.toml"


def answer(request: ComposerRequest) -> ComposerResponse:
    """Return the project that *request* describes; what is wrong with it becomes findings.

    >>> found = answer(ComposerRequest("spam", path="README.md"))
    >>> found.folder, found.content.splitlines()[0]
    ('spam', '# Spam')
    """
    template = templates().get(request.template)
    answers = _answers(request)
    found: dict[str, tuple[Finding, ...]] = {}
    if template is None:
        found["template"] = (_unknown(request.template),)
    elif request.text:
        found |= check_answers(template, answers)
    found |= _questions(request)
    choice = choose(request.language if request.language in LANGUAGES else "", request.wishes)
    response = ComposerResponse(
        findings=tuple(_findings(found)),
        empty=not request.text,
        view=request.view if request.view in VIEWS else VIEWS[0],
        project=request.text,
        template=request.template,
        title=template.title if template else "",
        about=template.about if template else "",
        verified="",
        tools="",
        folder="",
        files=(),
        path="",
        content="",
        purpose="",
        archive="",
        own={} if request.own else None,
        at=tuple(_at(template, found)),
        fits=_row(choice.template),
        reasons=choice.reasons,
        others=tuple(map(_row, choice.others)),
        matrix=matrix() if request.view == "backend" else (),
    )
    if template is None or failed(found) or not request.text:
        return response
    return _composed(request, template, answers, response)


def _answers(request: ComposerRequest) -> Answers:
    same = [each.name for each in fields(Answers) if each.name != "name"]
    return Answers(name=request.text, **{name: getattr(request, name) for name in same})


def _row(name: str) -> OtherRow:
    return OtherRow(name, templates()[name].title)


# -- what is wrong --------------------------------------------------------------------------


def _unknown(name: str) -> Finding:
    fix = Fix(f"choose one of {', '.join(templates())}")
    return report("template-choice", f"no template is called {name!r}", None, fix)


def _questions(request: ComposerRequest) -> dict[str, tuple[Finding, ...]]:
    """Return what is wrong with the answers to the questions, and with the view."""
    asked = {
        "view": ((request.view,), VIEWS),
        "language": ((request.language,), tuple(LANGUAGES)),
        "wishes": (request.wishes, tuple(WISHES)),
    }
    found: dict[str, tuple[Finding, ...]] = {}
    for field, (given, offered) in asked.items():
        if any(each not in offered for each in given):
            fix = Fix(f"choose one of {', '.join(filter(None, offered))}")
            found[field] = (
                report("template-choice", f"the {field} is none that there is", None, fix),
            )
    return found


def _findings(found: Mapping[str, tuple[Finding, ...]]) -> Iterator[Finding]:
    """Give the findings in order; only what is about the name has a place in the text."""
    for field, told in found.items():
        for each in told:
            if field == "name":
                yield each
            else:
                fix = each.fix and Fix(each.fix.message)
                yield replace(each, span=None, fix=fix)


def _at(template: Template | None, found: Mapping[str, tuple[Finding, ...]]) -> Iterator[AtRow]:
    """Say at each answer but the name, which has its findings below it, what is wrong."""
    for field, told in found.items():
        if field == "name":
            continue
        instead = next((each.fix.replacement for each in told if each.fix), None)
        if field in OPTIONS and template is not None:
            instead = ""
        said = (
            f"{each.message}: {each.fix.message}" if each.fix else each.message for each in told
        )
        yield AtRow(field, "; ".join(said), instead)


# -- the project ----------------------------------------------------------------------------


def _composed(
    request: ComposerRequest, template: Template, answers: Answers, response: ComposerResponse
) -> ComposerResponse:
    files = whole(template, answers)
    keys = tree(template, answers)[0]
    called = replaced(dict.fromkeys(keys, b""), *tokens(answers))
    # The record of the project is in no template.
    named = {RECORD: RECORD} | dict(zip(called, keys, strict=True))
    rows = tuple(
        FileRow(path, named[path], purpose(path), len(content)) for path, content in files.items()
    )
    shown = next((row for row in rows if request.path in (row.key, row.path)), None)
    if shown is None:
        shown = next((row for row in rows if row.key == _FIRST), rows[0])
    folder = canonicalize_name(answers.name)
    proven = verified().get(template.name)
    return replace(
        response,
        verified=proven.date if proven else "",
        tools=_tools(proven.python, proven.tools) if proven else "",
        folder=folder,
        files=rows,
        path=shown.path,
        content=files[shown.path].decode("utf-8", "replace"),
        purpose=shown.purpose,
        archive=b64encode(as_zip(files, folder)).decode("ascii"),
        own=own_spellings(answers) if request.own else None,
    )


def _tools(python: str, tools: Mapping[str, str]) -> str:
    return ", ".join([f"Python {python}", *(f"{name} {each}" for name, each in tools.items())])


# -- what was measured ----------------------------------------------------------------------

_NOT_RECORDED: Final = "not recorded"


@functools.cache
def matrix() -> tuple[MatrixRow, ...]:
    """Return what was recorded of the backend of each template, once each.

    >>> [row.license_expression for row in matrix() if row.project == "flit-core"]
    ['3.11.0']
    """
    backends = (each.backend for each in templates().values())
    projects = dict.fromkeys(MODULES[each] for each in backends if each in MODULES)
    return tuple(map(_measured, projects))


def _measured(project: str) -> MatrixRow:
    recorded = BACKENDS.get(project)
    if recorded is None:
        return MatrixRow(project, "", "", *[_NOT_RECORDED] * 6)
    newest = recorded.asked[-1]
    written = recorded.stretches.get("license-expression", ())
    features = (
        "license-expression",
        "license-files",
        "optional-dependencies",
        "import-names",
        "dynamic-version",
    )
    return MatrixRow(
        project,
        newest,
        recorded.date,
        (written[-1].metadata if written else "") or _NOT_RECORDED,
        *(_floor(project, feature) for feature in features),
    )


def _floor(project: str, feature: str) -> str:
    stretches = BACKENDS[project].stretches.get(feature, ())
    if not stretches:
        return _NOT_RECORDED
    floor = BACKENDS[project].floor(feature)
    if floor is None:
        return {"lost": "left out", "refused": "refused"}[stretches[-1].outcome]
    return floor.version if floor.before else f"≤ {floor.version}"
