"""The same project with another backend, as far as ``[project]`` says it all.

Idea: ``[build-system]`` is written anew and the tables of the old backend go; everything
else stays to the letter.  The text is cut at its headers, and the result is read again:
if it does not say exactly what was meant, nothing is carried over.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from trigpoint.catalogue import report
from trigpoint.findings import Finding, Fix
from trigpoint.projects.builds.system import SERVED_BACKENDS, tables
from trigpoint.projects.builds.tree import Tree

__all__ = ["Carried", "carry"]

_TOOL: Final = {
    "hatchling": "hatch",
    "flit-core": "flit",
    "setuptools": "setuptools",
    "poetry-core": "poetry",
    "pdm-backend": "pdm",
}
_OWN: Final = frozenset({*_TOOL.values(), "setuptools_scm", "distutils"})
_HEADER: Final = re.compile(r"^[ \t]*\[+[ \t]*([^\]\n]+?)[ \t]*\]+", re.MULTILINE)
_DYNAMIC: Final = re.compile(r"^[ \t]*dynamic[ \t]*=[ \t]*\[[^\]]*\][^\n]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Carried:
    """The ``tree`` for another backend, None if that cannot be; ``findings`` says what was lost."""

    tree: Tree | None
    findings: tuple[Finding, ...] = ()


def carry(tree: Tree, project: str, version: str = "") -> Carried:
    r"""Return *tree* as the backend *project*, such as ``"hatchling"``, would build it.

    *version* is what the old backend came to, which stands in for a dynamic one.

    >>> text = b'[build-system]\nrequires = ["hatchling"]\n[project]\nname = "a"\n'
    >>> print(carry(Tree({"pyproject.toml": text}), "flit-core").tree.text("pyproject.toml"))
    [project]
    name = "a"
    <BLANKLINE>
    [build-system]
    requires = ["flit-core"]
    build-backend = "flit_core.buildapi"
    <BLANKLINE>
    """
    data = tables(tree)
    if not isinstance(data.get("project"), Mapping):
        return _not("there is no [project] table, and other backends read nothing else")
    if "setup.py" in tree.files and project != "setuptools":
        return _not("setup.py is a program for setuptools, which no other backend runs")
    meant, text = dict(data), tree.text("pyproject.toml")
    own = dict(data["project"])
    dynamic = own.get("dynamic") or []
    if dynamic and dynamic != ["version"]:
        return _not(f"{', '.join(map(str, dynamic))} are dynamic, so the backend fills them in")
    if dynamic:
        if not version:
            return _not("the version is dynamic, so the backend fills it in")
        del own["dynamic"]
        own["version"] = version
        text = _DYNAMIC.sub(lambda _: f'version = "{version}"', text, count=1)
    stated = data.get("tool")
    tool: Mapping[str, Any] = stated if isinstance(stated, Mapping) else {}
    lost = sorted(f"[tool.{name}]" for name in tool if name in _OWN)
    meant["project"] = own
    meant["tool"] = {name: value for name, value in tool.items() if name not in _OWN}
    system = {"requires": [project], "build-backend": SERVED_BACKENDS[project]}
    meant["build-system"] = system
    text = _without(text)
    text = f'{text.rstrip()}\n\n[build-system]\nrequires = ["{project}"]\nbuild-backend = "{system["build-backend"]}"\n'
    if not _says(text, meant):
        return _not("the pyproject.toml is written in a way that is not rewritten here")
    findings: tuple[Finding, ...] = ()
    if lost:
        message = f"{' and '.join(lost)} is left out: it is for the other backend"
        findings = (report("build-carried", message),)
    return Carried(tree.with_files({"pyproject.toml": text.encode()}), findings)


def _not(message: str) -> Carried:
    fix = Fix("compare after the project has a [project] table that says it all")
    return Carried(None, (report("build-carried", message, None, fix),))


def _without(text: str) -> str:
    """Return *text* without the tables of backends and of the build."""
    heads = list(_HEADER.finditer(text))
    kept = [text[: heads[0].start()] if heads else text]
    for head, following in zip(heads, [*heads[1:], None], strict=True):
        parts = [part.strip().strip("\"'") for part in head[1].split(".")]
        if parts[0] != "build-system" and not (
            parts[0] == "tool" and parts[1:2] and parts[1] in _OWN
        ):
            kept.append(text[head.start() : following.start() if following else len(text)])
    return "".join(kept)


def _says(text: str, meant: Mapping[str, Any]) -> bool:
    try:
        said = tomllib.loads(text)
    except (ValueError, RecursionError):
        return False
    wanted = {name: value for name, value in meant.items() if name != "tool" or value}
    return said == wanted
