"""A plan as a piece of a file: to copy into a Dockerfile, a workflow, pixi's table or cibuildwheel's.

Commands are written for a shell word by word, each quoted where it has to be, and in
the quotes of the file around it; nothing of a mapping is ever more than a word.

Source: the Dockerfile reference; workflow syntax of GitHub; manuals of pixi and cibuildwheel.
"""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from trigpoint.external.plan import Action, Plan

__all__ = ["FORMS", "Snippet", "command_line", "command_lines", "snippets"]


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of a file: its ``form``, a key of :data:`FORMS`, the ``language``, and the ``text``."""

    form: str
    language: str
    text: str


def command_line(action: Action, *, sudo: bool = True) -> str:
    """Write *action* as a line for a POSIX shell; with *sudo* where it needs an administrator.

    >>> command_line(Action(("dnf", "install", "zlib-devel >= 1.2"), True, "dnf"))
    "sudo dnf install 'zlib-devel >= 1.2'"
    """
    words = ("sudo", *action.argv) if sudo and action.elevated else action.argv
    return shlex.join(words)


_REFRESH: Final = {
    "debian": ("apt-get", "update"),
    "ubuntu": ("apt-get", "update"),
    "archlinux": ("pacman", "--sync", "--refresh"),
}
"""What has to be run first on a machine whose lists are old or were never there."""

_LINUX: Final = ("debian", "ubuntu", "fedora", "archlinux", "alpine")
_AFTER: Final = {
    "debian": ("rm", "-rf", "/var/lib/apt/lists"),
    "ubuntu": ("rm", "-rf", "/var/lib/apt/lists"),
}


def command_lines(plan: Plan, *, sudo: bool) -> list[str]:
    """Return the lines for a shell that carry *plan* out, with *sudo* where they need it.

    >>> from trigpoint.external.plan import plan
    >>> command_lines(plan(["dep:generic/zlib"], "fedora"), sudo=True)
    ['sudo dnf install --assumeyes zlib-devel']
    """
    if not plan.install:
        return []
    actions = list(plan.install)
    if plan.ecosystem in _REFRESH:
        actions.insert(0, Action(_REFRESH[plan.ecosystem], True, ""))
    return [command_line(each, sudo=sudo) for each in actions]


def _shell(plan: Plan) -> str:
    return "".join(f"{line}\n" for line in command_lines(plan, sudo=True))


def _dockerfile(plan: Plan) -> str:
    """Write one layer, so that the lists of packages are in none."""
    if plan.ecosystem not in _LINUX:
        return ""
    lines = command_lines(plan, sudo=False)
    if not lines:
        return ""
    if plan.ecosystem in _AFTER:
        lines.append(shlex.join(_AFTER[plan.ecosystem]))
    # A line that ends with a backslash would go on, and a $ would be a variable of the build.
    return "RUN " + " \\\n && ".join(lines) + "\n"


def _github(plan: Plan) -> str:
    """Write a step, for the runners that have the package manager."""
    lines = command_lines(plan, sudo=plan.ecosystem in ("debian", "ubuntu"))
    if plan.ecosystem not in ("debian", "ubuntu", "homebrew", "vcpkg", "winget") or not lines:
        return ""
    body = "".join(f"    {line}\n" for line in lines)
    shell = "  shell: pwsh\n" if plan.ecosystem == "winget" else ""
    if shell:
        body = "".join(f"    {' '.join(map(_powershell, each.argv))}\n" for each in plan.install)
    return f"- name: Install what the build needs from the system\n{shell}  run: |\n{body}"


def _powershell(word: str) -> str:
    return word if re.fullmatch(r"[A-Za-z0-9._+=-]+", word) else "'" + word.replace("'", "''") + "'"


_CONDA = re.compile(r"([A-Za-z0-9_][A-Za-z0-9._-]*)((?:[<>=!].*)?)").fullmatch


def _pixi(plan: Plan) -> str:
    """Write the dependencies of a ``[tool.pixi]`` table."""
    if plan.ecosystem != "conda-forge":
        return ""
    specs: dict[str, list[str]] = {}
    for each in plan.planned:
        for argument in each.arguments:
            name, _, build = argument.partition(" ")
            match = _CONDA(name)
            if match is not None:
                ranges = specs.setdefault(match[1], [])
                ranges += [match[2]] if match[2] and not build else []
    if not specs:
        return ""
    rows = "".join(
        f"{_toml_key(name)} = {_toml(','.join(dict.fromkeys(ranges)) or '*')}\n"
        for name, ranges in specs.items()
    )
    return (
        "[tool.pixi.workspace]\n"
        'channels = ["conda-forge"]\n'
        'platforms = ["linux-64", "osx-arm64", "win-64"]\n\n'
        f"[tool.pixi.dependencies]\n{rows}"
    )


def _cibuildwheel(plan: Plan) -> str:
    """Write the command that is run in the container, or on the machine, before all builds."""
    where = {"fedora": "linux", "alpine": "linux", "homebrew": "macos", "vcpkg": "windows"}
    system = where.get(plan.ecosystem)
    lines = command_lines(plan, sudo=False)
    if system is None or not lines:
        return ""
    command = _toml(" && ".join(lines))
    if plan.ecosystem != "alpine":
        return f"[tool.cibuildwheel.{system}]\nbefore-all = {command}\n"
    # Alpine is what musllinux images are; the others are of the family of Fedora.
    return f'[[tool.cibuildwheel.overrides]]\nselect = "*-musllinux*"\nbefore-all = {command}\n'


def _toml(text: str) -> str:
    """Write a basic string; of ASCII, JSON's are."""
    return json.dumps(text)


def _toml_key(text: str) -> str:
    return text if re.fullmatch(r"[A-Za-z0-9_-]+", text) else _toml(text)


FORMS: Final[Mapping[str, tuple[str, str, Callable[[Plan], str]]]] = MappingProxyType(
    {
        "shell": ("Command line", "console", _shell),
        "dockerfile": ("Dockerfile", "docker", _dockerfile),
        "github": ("Step of a GitHub workflow", "yaml", _github),
        "pixi": ("Table of pixi", "toml", _pixi),
        "cibuildwheel": ("cibuildwheel, before-all", "toml", _cibuildwheel),
    }
)
"""Every form: what it is called, the language it is in, and what writes it."""


def snippets(plan: Plan, forms: Iterable[str] = tuple(FORMS)) -> tuple[Snippet, ...]:
    r"""Return *plan* in each of *forms*, keys of :data:`FORMS`, that its ecosystem has.

    >>> from trigpoint.external.plan import plan
    >>> for each in snippets(plan(["dep:generic/zlib@>=1.2"], "fedora"), ["dockerfile"]):
    ...     print(each.text, end="")
    RUN dnf install --assumeyes 'zlib-devel >= 1.2'
    """
    found = []
    for form in forms:
        _, language, write = FORMS[form]
        if text := write(plan):
            found.append(Snippet(form, language, text))
    return tuple(found)
