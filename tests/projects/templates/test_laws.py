"""What holds for every template, whatever the answers."""

from __future__ import annotations

import ast
import itertools
import json
import re
import tomllib
from dataclasses import fields, replace
from pathlib import PurePosixPath
from typing import Any

import pytest

from trigpoint.projects.templates import (
    OPTIONS,
    PYTHONS,
    Answers,
    Template,
    check_answers,
    failed,
    purpose,
    render,
    templates,
    tree,
)
from trigpoint.projects.templates.names import forms, replaced
from trigpoint.projects.templates.rendering import tokens

pytestmark = pytest.mark.repeats

DEFAULT = Answers()
AWKWARD = Answers(
    name="My.Pkg-9",
    author='Zoë "Z" O\'Brien 山田',
    email="zoe+9@sub.example.com",
    account="Zoe9",
    description='Say "*what*" & <how_> it\'s [1], C:\\n #2 {x}: %d ${y} 雪.',
    license="Apache-2.0",
    python="3.12",
)

every = pytest.mark.parametrize("template", templates().values(), ids=list(templates()))


def combinations(template: Template) -> list[Answers]:
    """Return answers with each choice of each option in turn."""
    offered = [template.answers(option) for option in OPTIONS]
    chosen = itertools.product(*offered)
    return [replace(Answers(), **dict(zip(OPTIONS, each, strict=True))) for each in chosen]


@every
def test_the_default_answers_change_nothing(template: Template) -> None:
    """They give the tree of the real project, byte for byte."""
    assert tree(template, Answers())[0] == render(template, Answers())


@every
def test_the_first_answers_are_the_default(template: Template) -> None:
    """A choice left empty is the first that the template has."""
    assert render(template, Answers()) == render(template, combinations(template)[0])


@every
@pytest.mark.parametrize("python", PYTHONS)
def test_the_oldest_python_is_no_other_version(template: Template, python: str) -> None:
    """What is required, to build or besides, is the same in the same versions for any Python."""

    def required(answers: Answers) -> list[object]:
        text = render(template, answers).get("pyproject.toml", b"").decode()
        data = tomllib.loads(text)
        project = data.get("project", {})
        keys = ("dependencies", "optional-dependencies")
        return [data.get("build-system"), data.get("dependency-groups"), *map(project.get, keys)]

    assert required(DEFAULT) == required(replace(DEFAULT, python=python))


@every
def test_layers_fit(template: Template) -> None:
    """No two layers say different things, whatever is chosen."""
    found = {answers: tree(template, answers)[1] for answers in combinations(template)}
    assert {} == {answers: told for answers, told in found.items() if told}


@every
def test_no_name_of_the_real_project_is_left(template: Template) -> None:
    """Paths and contents have the reader's names only."""
    real = forms(DEFAULT.name)
    tokens = [*(getattr(real, each.name) for each in fields(real))]
    tokens += [DEFAULT.author, DEFAULT.email, DEFAULT.account, DEFAULT.description]
    tokens += [DEFAULT.license]
    for answers in combinations(template):
        files = render(
            template, replace(AWKWARD, **{each: getattr(answers, each) for each in OPTIONS})
        )
        text = "\n".join([*files, *(each.decode() for each in files.values())])
        assert [] == [token for token in tokens if token in text]
        # A form that nothing replaces, such as that of a title in capitals, is one too many.
        assert [] == re.findall("(?i)snow[-_.]?cap", text)


def strings(text: str) -> list[str]:
    """Return what stands between double quotes, as JSON reads it, which YAML agrees with."""
    found = re.findall(r'(?m)^[ \w-]*: ("(?:[^"\\]|\\.)*")$', text)
    return [json.loads(each) for each in found]


@every
def test_awkward_answers_can_be_read(template: Template) -> None:
    """Each format gives back what was answered."""
    assert not failed(check_answers(template, AWKWARD))
    files = render(template, AWKWARD)
    for path, content in files.items():
        suffix = PurePosixPath(path).suffix
        if suffix == ".py":
            ast.parse(content)
        elif suffix == ".toml":
            tomllib.loads(content.decode())
    if "pyproject.toml" in files:
        project = tomllib.loads(files["pyproject.toml"].decode())["project"]
        assert [{"name": AWKWARD.author, "email": AWKWARD.email}] == project["authors"]
        told = (AWKWARD.name, AWKWARD.description, AWKWARD.license)
        assert told == tuple(project[key] for key in ("name", "description", "license"))
    if "CITATION.cff" in files:
        cited = strings(files["CITATION.cff"].decode())
        assert {AWKWARD.author, AWKWARD.email, AWKWARD.description} <= set(cited)


def put(value: Any, names: dict[str, str]) -> Any:
    """Return *value*, which TOML gave, with *names* in every key and text."""
    if isinstance(value, dict):
        return {put(key, names): put(each, names) for key, each in value.items()}
    if isinstance(value, list):
        return [put(each, names) for each in value]
    if isinstance(value, str):
        return replaced({"x": value.encode()}, names, {})["x"].decode()
    return value


@every
def test_toml_means_the_same(template: Template) -> None:
    """Each key and text is that of the real project with the reader's names in, and no more."""
    names, texts = tokens(replace(AWKWARD, python=DEFAULT.python))
    for answers in combinations(template):
        chosen = {each: getattr(answers, each) for each in OPTIONS}
        files = render(template, replace(AWKWARD, python=DEFAULT.python, **chosen))
        for path, content in render(template, answers).items():
            if path.endswith(".toml"):
                expected = put(tomllib.loads(content.decode()), {**names, **texts})
                assert expected == tomllib.loads(files[path].decode())


@every
def test_older_pythons_go(template: Template) -> None:
    """No file names a Python older than the oldest."""
    files = render(template, replace(Answers(), python="3.14"))
    found = {
        path: re.findall(r"\b3\.1[1-3]\b(?!\.\d)", content.decode())
        for path, content in files.items()
    }
    assert {} == {path: old for path, old in found.items() if old}


@every
def test_every_file_has_a_purpose(template: Template) -> None:
    """The catalogue says in a line what each file is for."""
    paths = {path for answers in combinations(template) for path in render(template, answers)}
    assert [] == sorted(path for path in paths if not purpose(path))
