"""What a reader answers for a new project, and what is wrong with it.

Idea: the defaults are the names of the real project, so that they give it as it stands.  What is
wrong becomes findings by the answer that they are about; one that is an error keeps the project
from being made, and nothing else does.

Source: name grammar of the core metadata; SPDX License List; ``keyword`` and ``sys`` of Python.
"""

from __future__ import annotations

import keyword
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from types import MappingProxyType
from typing import Final

from packaging.utils import canonicalize_name

from trigpoint.catalogue import report
from trigpoint.findings import Finding, Fix, Severity, TextIndex
from trigpoint.installers.index.fields import modules
from trigpoint.projects.templates.catalogue import OPTIONS, Template, licenses
from trigpoint.projects.templates.names import forms

__all__ = [
    "CHOICES",
    "LONGEST_EVEN",
    "LONGEST_NAME",
    "LONGEST_TEXT",
    "PYTHONS",
    "RESERVED",
    "TEXTS",
    "WELL_KNOWN",
    "Answers",
    "answers_of",
    "check_answers",
    "failed",
    "read_answers",
]

PYTHONS: Final = ("3.11", "3.12", "3.13", "3.14")
"""The oldest Pythons to choose from: those that get security fixes."""

LONGEST_NAME: Final = 64
"""Letters of a name; what people type is far shorter."""

LONGEST_EVEN: Final = 40
"""Letters of a name up to which the formatter leaves every line of a project as it is."""

LONGEST_TEXT: Final = 512
"""Letters of a description, an author or an address, as many as an index takes for a summary."""

_RESERVED: Final = (
    # Folders of the project, and what Python and installers keep there.
    "bin build dist doc docs lib site-packages src test tests venv"
    # What an import of that name would find first, or what a file cannot be called on Windows.
    " conftest noxfile setup aux con nul prn"
    " com1 com2 com3 com4 com5 com6 com7 com8 com9 lpt1 lpt2 lpt3 lpt4 lpt5 lpt6 lpt7 lpt8 lpt9"
)
RESERVED: Final = frozenset(_RESERVED.split())
"""Names that a file or folder beside the package has, or that cannot be one."""

_WELL_KNOWN: Final = (
    "aiohttp alembic altair anyio apscheduler arrow asgiref asyncpg attr attrs awkward babel bcrypt"
    " beautifulsoup4 black blinker bokeh boltons boost-histogram boto3 botocore bottle bs4 build"
    " cachetools celery certifi cffi charset-normalizer click cloudpickle colorama conda coverage"
    " cryptography cupy cycler cython dask dateutil decorator django dnspython docker docutils"
    " emcee fabric falcon fastapi fastjsonschema filelock flake8 flask flit furo gensim gevent"
    " gitpython google greenlet gunicorn h11 h5py hatch hatchling hist httpcore httpx hypothesis"
    " idna imageio iniconfig invoke ipython isort itsdangerous jax jedi jinja2 joblib jsonschema"
    " jupyter jupyterlab keras keyring kombu lightgbm llvmlite loguru lxml mako markdown markupsafe"
    " marshmallow matplotlib mistune mock more-itertools msgpack multidict mypy mysqlclient"
    " nanobind nbconvert networkx nltk notebook nox numba numexpr numpy nvidia oauthlib openai"
    " opencv-python openpyxl orjson packaging pandas paramiko parso pathspec pdm pendulum pexpect"
    " pillow pip pipenv pkg-resources platformdirs plotly pluggy poetry polars pre-commit"
    " prometheus-client protobuf psutil psycopg psycopg2 pyarrow pyasn1 pybind11 pycparser pycurl"
    " pydantic pygame pygments pyinstaller pyjwt pymongo pyopenssl pyparsing pyproject pyqt5 pyright"
    " pyserial pytest python pytz pyyaml pyzmq ray redis regex requests rich ruamel ruff scapy"
    " scikit-build scikit-build-core scikit-image scikit-learn scipy scrapy seaborn selenium"
    " sentry-sdk setuptools shapely simplejson six sklearn sniffio sortedcontainers soupsieve sphinx"
    " spyder sqlalchemy starlette statsmodels streamlit structlog sympy tabulate tenacity tensorflow"
    " termcolor toml tomli tomlkit toolz torch torchvision tornado tox tqdm traitlets transformers"
    " trio trove-classifiers twine twisted typer typing-extensions ujson uproot urllib3 uv uvicorn"
    " uvloop vector virtualenv waitress websockets werkzeug wheel wrapt xarray xgboost yaml yarl"
    " zarr zipp zstandard"
)
WELL_KNOWN: Final = frozenset(_WELL_KNOWN.split())
"""Names, in normal form, of projects and packages that nearly everybody has installed."""


TEXTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "name": "Name of the project",
        "author": "Name of the author",
        "email": "Address of the author",
        "account": "Owner of the repository at the code host",
        "description": "What the project does, in a sentence",
    }
)
"""What must be said, since nobody wants the names of the example, and how it is asked."""

CHOICES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "license": "License",
        "python": "Oldest Python",
        "layout": "Layout",
        "docs": "Documentation",
        "ci": "Continuous integration",
        "versioning": "Version",
    }
)
"""What is chosen from a few answers, and how it is asked."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What a reader says of the new project; the defaults are those of the real project.

    ``account`` is who owns the repository at the code host, ``license`` an SPDX expression of
    :func:`~trigpoint.projects.templates.licenses`, and ``python`` the oldest Python, of
    :data:`PYTHONS`.  The last four are answers to the template's options; where one is empty, it
    is the template's first.
    """

    name: str = "snow-cap"
    author: str = "Ada Example"
    email: str = "ada@example.org"
    account: str = "ada-example"
    description: str = "Tell how high the snow lies."
    license: str = "BSD-3-Clause"
    python: str = "3.11"
    layout: str = ""
    docs: str = ""
    ci: str = ""
    versioning: str = ""


def read_answers(text: str) -> tuple[dict[str, str], dict[str, tuple[Finding, ...]]]:
    """Return the answers that the TOML *text* has, and what is wrong with it by its key.

    What is wrong with the whole of it has the key ``""``.

    >>> read_answers('name = "spam"')
    ({'name': 'spam'}, {})
    """
    try:
        rows = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return {}, {"": (report("template-answers", f"the answers are no TOML: {error}"),)}
    except RecursionError:
        message = "the answers are no TOML of ours: they are nested too deep"
        return {}, {"": (report("template-answers", message),)}
    except ValueError:
        # A number of thousands of digits.
        return {}, {"": (report("template-answers", "a number in the answers is too long"),)}
    return answers_of(rows)


def answers_of(
    rows: Mapping[str, object],
) -> tuple[dict[str, str], dict[str, tuple[Finding, ...]]]:
    """Return the answers that *rows*, keys with values of TOML, are, and what is wrong by key.

    >>> answers_of({"name": "spam", "python": 3})[0]
    {'name': 'spam'}
    """
    names = [field.name for field in fields(Answers)]
    given: dict[str, str] = {}
    findings: dict[str, tuple[Finding, ...]] = {}
    for key, value in rows.items():
        if key not in names:
            listed = Fix(f"the answers are {', '.join(names)}")
            findings[key] = (report("template-answers", f"{key!r} is no answer", None, listed),)
        elif not isinstance(value, str):
            fix = Fix("write it between quotes")
            findings[key] = (report("template-answers", f"{key} is no text", None, fix),)
        else:
            given[key] = value
    return given, findings


def failed(findings: Mapping[str, tuple[Finding, ...]]) -> bool:
    """Say whether one of *findings* is an error."""
    return any(each.severity is Severity.ERROR for found in findings.values() for each in found)


def check_answers(template: Template, answers: Answers) -> dict[str, tuple[Finding, ...]]:
    """Return what is wrong with *answers* to *template*, by the answer that each is about.

    The place of a finding is one in the text of that answer.

    >>> from trigpoint.projects.templates.catalogue import templates
    >>> found = check_answers(templates()["hatchling"], Answers(name="json"))
    >>> {key: [each.code for each in told] for key, told in found.items()}
    {'name': ['template-name-module']}
    """
    found = {
        "name": tuple(_name(answers.name)),
        "author": tuple(_author(template, answers.author)),
        "email": tuple(_email(answers.email)),
        "account": tuple(_account(answers.account)),
        "description": tuple(_line("description", answers.description)),
        "license": tuple(_choice("license", answers.license, tuple(licenses()))),
        "python": tuple(_choice("python", answers.python, PYTHONS)),
        **{
            option: tuple(
                _choice(option, getattr(answers, option), ("", *template.options[option]))
            )
            for option in OPTIONS
        },
    }
    return {key: told for key, told in found.items() if told}


_PROJECT: Final = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?").fullmatch
_ADDRESS: Final = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_ACCOUNT: Final = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?").fullmatch


def _on(text: str, code: str, message: str, fix: str, replacement: str | None = None) -> Finding:
    """Report *code* on the whole of *text*, an answer."""
    span = TextIndex(text).span(0, len(text))
    place = span if replacement is not None else None
    return report(code, message, span, Fix(fix, replacement, place))


def _name(name: str) -> Iterator[Finding]:
    if len(name) > LONGEST_NAME:
        message = f"the name has {len(name)} letters, more than {LONGEST_NAME}"
        yield _on(name, "template-name", message, "choose one that people can type")
        return
    if not _PROJECT(name):
        what = "is empty" if not name else "has characters that a project's name cannot have"
        fix = "write ASCII letters and digits, with single hyphens between them"
        yield _on(name, "template-name", f"the name {what}", fix)
        return
    normal, package = canonicalize_name(name), forms(name).package
    if not package.isidentifier() or keyword.iskeyword(package) or keyword.issoftkeyword(package):
        why = "begins with a digit" if package[0].isdigit() else "is a word of the language"
        message = f"Python cannot import {package}, which {why}"
        yield _on(name, "template-name-import", message, "begin with a letter, and add a word")
    elif normal in modules():
        message = f"{package} is a module of the standard library"
        yield _on(name, "template-name-module", message, "add a word of your own")
    elif normal in RESERVED:
        message = f"{package} is the name of another file or folder, or cannot be one"
        yield _on(name, "template-name-reserved", message, "add a word of your own")
    elif normal in WELL_KNOWN:
        message = f"{normal} is a well-known project, which yours would stand in the way of"
        yield _on(name, "template-name-known", message, "add a word of your own")
    if len(name) > LONGEST_EVEN:
        message = f"the formatter breaks lines with a name of {len(name)} letters"
        fix = f"run ruff format once in the new project, or take up to {LONGEST_EVEN} letters"
        yield _on(name, "template-name-long", message, fix)
    if name != normal:
        message = f"indexes and file names write {name} as {normal}"
        yield _on(name, "template-name-spelling", message, f"write {normal}", normal)


def _line(what: str, text: str) -> Iterator[Finding]:
    """Check *text*, the answer *what*, which is a line for people."""
    if not text.strip():
        yield _on(text, "template-text", f"the {what} is empty", f"write the {what}")
    elif len(text) > LONGEST_TEXT:
        message = f"the {what} has {len(text)} letters, more than {LONGEST_TEXT}"
        yield _on(text, "template-text", message, "say it in one sentence")
    elif not text.isprintable() or text != text.strip():
        message = f"the {what} is not one line without blanks around it"
        clean = " ".join("".join(c if c.isprintable() else " " for c in text).split())
        yield _on(text, "template-text", message, "write it as one line", clean)


def _author(template: Template, text: str) -> Iterator[Finding]:
    yield from _line("author", text)
    if "," in text:
        message = "the author has a comma, which separates people where METADATA lists them"
        yield _on(text, "template-text", message, "write one name, without what the comma begins")
    elif template.backend == "uv_build" and (wrong := _QUOTED.search(text)):
        message = (
            f"uv_build writes {wrong[0]} as it is, and tools then read another name or address"
        )
        fix = "leave it out, or choose another backend"
        yield _on(text, "template-author", message, fix)


_QUOTED: Final = re.compile(r'[()<>@:;\\".\[\]]')
"""What makes a name one that METADATA has to quote, as e-mails do."""


def _email(text: str) -> Iterator[Finding]:
    if len(text) > LONGEST_TEXT or not _ADDRESS.fullmatch(text):
        yield _on(text, "template-text", "the email is no address", "write it as ada@example.org")


def _account(text: str) -> Iterator[Finding]:
    if len(text) > LONGEST_NAME or not _ACCOUNT(text):
        message = "the account is none that a code host has"
        yield _on(text, "template-text", message, "write ASCII letters, digits and hyphens")


def _choice(what: str, text: str, choices: tuple[str, ...]) -> Iterator[Finding]:
    if text not in choices:
        listed = ", ".join(filter(None, choices))
        message = f"the {what} is none that this template has"
        yield _on(text, "template-choice", message, f"choose one of {listed}")
