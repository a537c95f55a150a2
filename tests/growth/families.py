"""Inputs of a size *n* that are easy to paste, and what is asked of each.

A family makes an input of any size and asks the question whose work grows with it.
``python -m tests.benchkit growth`` takes the processor time at n, 2n and 4n; a test can count
steps or allocated bytes of ``family.ask(family.make(n))`` instead.  Only public
names are used, so that another revision can be asked the same.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from trigpoint import labs
from trigpoint.external.plan import plan
from trigpoint.extras import requirements
from trigpoint.markers import ENVIRONMENTS, InvalidMarker, Marker
from trigpoint.metadata import convert, diff, from_project_table, read, to_json

__all__ = ["FAMILIES", "Family"]

HEAD = "Metadata-Version: 2.4\nName: spam\nVersion: 1\n"
_ENVIRONMENT = ENVIRONMENTS["cpython-3.13-linux-x86_64"]


@dataclass(frozen=True)
class Family:
    """Inputs that differ in size.

    ``make`` returns the input of a size, JSON-ready; ``ask`` answers it.  ``size``
    is one at which the answer takes a few milliseconds, the base of
    measurements.  ``parts`` says in words what there are n of.
    """

    make: Callable[[int], Any]
    ask: Callable[[Any], object]
    size: int
    parts: str


def _lines(line: str, n: int) -> str:
    return HEAD + "".join(line.format(i) for i in range(n))


_PROJECT = '[project]\nname = "spam"\nversion = "1"\n'


def _groups(n: int) -> str:
    lines = [f"g{i} = ['x{i}', {{ include-group = 'g{i + 1}' }}]\n" for i in range(n)]
    return "[dependency-groups]\n" + "".join(lines) + f"g{n} = [{{ include-group = 'g0' }}]\n"


def _groups_twice(n: int) -> str:
    twice = "{{ include-group = 'g{0}' }}, {{ include-group = 'g{0}' }}"
    lines = [f"g{i} = [{twice.format(i + 1)}]\n" for i in range(n)]
    return "[dependency-groups]\n" + "".join(lines) + f"g{n} = ['x']\n"


def _strange_keys(n: int) -> str:
    return _PROJECT + "".join(f"install_requires{i} = ['a']\n" for i in range(n))


def _markers_of_extras(n: int) -> str:
    texts = "".join(f"  'a; extra == \"x{i}\"',\n" for i in range(n))
    return f"{_PROJECT}dependencies = [\n{texts}]\n"


def _read_pyproject(text: str) -> object:
    # Only here: an older revision, which has no such reader, is asked all the others.
    from trigpoint.metadata import read_pyproject

    project = read_pyproject(text)
    resolved = [project.groups.resolve(name) for name in list(project.groups)[:1]]
    return project.findings(), resolved


def _findings(text: str) -> object:
    return read(text).findings()


# -- markers ----------------------------------------------------------------------------


def _platforms(n: int) -> str:
    return " or ".join(f"sys_platform == 'p{i}'" for i in range(n))


def _negate(text: str) -> str:
    return str(~Marker(text))


def _extras_or(n: int) -> str:
    return " or ".join(f"extra == 'e{i}'" for i in range(n))


def _migrate(text: str) -> object:
    return Marker(text).migrate("3.0")


def _many_nines(n: int) -> str:
    return f"'{'9' * n}' in python_version"


def _decide(text: str) -> bool:
    return Marker(text).is_satisfiable()


def _mixed(n: int) -> str:
    """Nest n levels of ``and`` in ``or`` in ``and``, so that no two can be written as one."""
    levels = (f"extra == 'e{i}' {'or' if i % 2 else 'and'} (" for i in range(n))
    return "".join(levels) + "os_name == 'nt'" + ")" * n


def _parentheses(n: int) -> str:
    return "(" * n + "os_name == 'nt'" + ")" * n


def _explain(text: str) -> int:
    return sum(len(part.text) for _, part in Marker(text).explain(_ENVIRONMENT).walk())


def _bad_marker(n: int) -> str:
    return " and ".join(f"python_verison{i} >= '3'" for i in range(n))


def _diagnose(text: str) -> object:
    try:
        return Marker(text)
    except InvalidMarker as error:
        return error.findings


# -- extras -----------------------------------------------------------------------------


def _extras_document(n: int, line: str) -> Mapping[str, list[str]]:
    return {
        "Name": ["a"],
        "Provides-Extra": [f"x{i}" for i in range(n + 1)],
        "Requires-Dist": [line.format(i=i, next=i + 1, after=(i + 1) % n) for i in range(n)],
    }


def _chain(n: int) -> Mapping[str, list[str]]:
    return _extras_document(n, "a[x{next}]; extra == 'x{i}'")


def _ring(n: int) -> Mapping[str, list[str]]:
    return _extras_document(n, "a[x{after}]; extra != 'x{i}'")


def _pull(document: Mapping[str, list[str]]) -> object:
    return requirements(document, "a[x0]", _ENVIRONMENT)


# -- metadata ---------------------------------------------------------------------------


def _two_documents(n: int) -> tuple[str, str]:
    first = _lines("Requires-Dist: y >=1; os_name == 'x{}'\n", n)
    return first, first.replace(">=1", ">=2")


def _diff(texts: tuple[str, str]) -> object:
    return diff(read(texts[0]), read(texts[1]))


def _folded(field: str, item: str) -> Callable[[int], str]:
    def make(n: int) -> str:
        return f"{HEAD}{field}: " + ",\n ".join(item.format(i) for i in range(n)) + "\n"

    return make


def _requirement(make: Callable[[int], str]) -> Callable[[int], str]:
    return lambda n: f"{HEAD}Requires-Dist: y; {make(n)}\n"


def _no_newline(n: int) -> str:
    r"""Other line ends than \n make the place of a finding a matter of all lines."""
    return f"{HEAD}Classifier: B\n\n{'x' * n}".replace("\n", "\r\n")


def _dotted(n: int) -> str:
    return f'[project]\nname = "spam"\nversion = "1"\n{".".join("a" * n)} = 1\n'


def _convert(text: str) -> object:
    return convert(read(text), "3.0", force=True)


def _json(text: str) -> object:
    return to_json(read(text))


# -- labs -------------------------------------------------------------------------------


def _request(**fields: object) -> str:
    return json.dumps(fields)


def _merge_lines(n: int) -> str:
    lines = (f"numpy >= {i}; python_version >= '3.{i}' and os_name == 'x{i}'" for i in range(n))
    return _request(text="\n".join(lines), mode="merge")


def _answers(lab: str) -> Callable[[str], str]:
    return lambda request: labs.answer(lab, request)


# -- messages ---------------------------------------------------------------------------


def _log(n: int) -> str:
    return "\x1b[31mERROR\x1b[0m 'a>>1' is invalid for\n  'requires-dist'\n" * n


def _external(n: int) -> list[str]:
    names = ("zlib", "libpng", "openssl", "spam")
    return [f"dep:generic/{names[i % 4]}@>={i}" for i in range(n)]


def _planned(listed: list[str]) -> object:
    return plan(listed, "conda-forge")


FAMILIES: Mapping[str, Family] = MappingProxyType(
    {
        "message lab, a log": Family(
            lambda n: _request(text=_log(n)), _answers("messages"), 300, "messages"
        ),
        "a plan": Family(_external, _planned, 300, "requirements"),
        "negation of an or": Family(_platforms, _negate, 30, "platforms"),
        "migration to 3.0": Family(_extras_or, _migrate, 500, "extras"),
        "a long number in python_version": Family(_many_nines, _decide, 250, "digits"),
        "a broken marker": Family(_bad_marker, _diagnose, 50, "unknown variables"),
        "explanation of and in or": Family(_mixed, _explain, 500, "levels"),
        "parentheses": Family(_parentheses, _decide, 500, "levels"),
        "a chain of extras": Family(_chain, _pull, 20, "self-references"),
        "a ring of extras": Family(_ring, _pull, 16, "self-references"),
        "undeclared extras in one marker": Family(
            _requirement(_extras_or), _findings, 100, "extras"
        ),
        "a broken marker in Requires-Dist": Family(
            _requirement(_bad_marker), _findings, 50, "unknown variables"
        ),
        "difference of markers": Family(_two_documents, _diff, 40, "lines of one project"),
        "bad folded Author-email": Family(
            _folded("Author-email", "@{}"), _findings, 200, "addresses"
        ),
        "bad folded Requires-Python": Family(
            _folded("Requires-Python", ">>{}"), _findings, 100, "specifiers"
        ),
        "bad folded Keywords": Family(_folded("Keywords", "\0{}"), _findings, 1000, "keywords"),
        "no newline at the end": Family(_no_newline, _findings, 2500, "letters"),
        "classifiers": Family(
            lambda n: _lines("Classifier: B{}\n", n), _findings, 100, "bad lines"
        ),
        "requirements": Family(
            lambda n: _lines("Requires-Dist: y{0}>=1; extra == 'x{0}'\n", n),
            _findings,
            100,
            "lines",
        ),
        "conversion to 3.0": Family(
            lambda n: _lines("Requires-Dist: y; extra == 'x{}'\n", n), _convert, 50, "lines"
        ),
        "metadata as JSON": Family(
            lambda n: _lines("Requires-Dist: y; extra == 'x{}'\n", n), _json, 200, "lines"
        ),
        "groups that include the next": Family(_groups, _read_pyproject, 200, "groups"),
        "groups that include the next twice": Family(_groups_twice, _read_pyproject, 200, "groups"),
        "keys of another tool": Family(_strange_keys, _read_pyproject, 200, "keys"),
        "extras that are not there": Family(
            _markers_of_extras, _read_pyproject, 100, "requirements"
        ),
        "TOML with a dotted key": Family(_dotted, from_project_table, 200, "parts"),
        "merge lab": Family(_merge_lines, _answers("algebra"), 20, "lines of one project"),
        "marker lab, and in or": Family(
            lambda n: _request(text=_mixed(n)), _answers("markers"), 250, "levels"
        ),
        "marker lab, broken": Family(
            lambda n: _request(text=_bad_marker(n)), _answers("markers"), 50, "unknown variables"
        ),
        "algebra lab, or": Family(
            lambda n: _request(text=_platforms(n)), _answers("algebra"), 20, "platforms"
        ),
        "metadata lab": Family(
            lambda n: _request(text=_lines("Requires-Dist: y; extra == 'x_{}'\n", n)),
            _answers("metadata"),
            40,
            "lines with a finding",
        ),
        "extras lab, a chain": Family(
            lambda n: _request(
                text="Name: a\n"
                + "".join(
                    f"Provides-Extra: x{i}\nRequires-Dist: a[x{i + 1}]; extra == 'x{i}'\n"
                    for i in range(n)
                ),
                requests="a[x0]",
            ),
            _answers("extras"),
            10,
            "self-references",
        ),
    }
)
"""Every family by its name."""
