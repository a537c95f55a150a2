"""What would be built, told without building: a plan as plain data.

Given a text and a target it reads nothing else, so that it answers in a browser too.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from trigpoint.catalogue import marked, report
from trigpoint.extensions.instructions import native_flags
from trigpoint.extensions.plan import Extension, Plan, make_plan
from trigpoint.extensions.protocol import UNSEEN, Output, Target
from trigpoint.extensions.reached import unreached
from trigpoint.extensions.registry import Registry
from trigpoint.extensions.tables import KeyPath, Problem
from trigpoint.findings import Finding, Fix, Span, TextIndex, in_text_order, without_mark

__all__ = ["Explanation", "Places", "Row", "explain", "told"]

Places = Callable[[str], Mapping[KeyPath, tuple[int, int]]]
"""What knows where the keys of a TOML text are: offsets by the keys that lead there."""


@dataclass(frozen=True, slots=True)
class Row:
    """One extension, ``index`` its position among the tables.

    ``step`` is its position among those that are built, from 1, and 0 for one that is not;
    ``why`` is who said so.  ``usable`` says whether a builder takes the table.  ``outputs`` is None where only a build can tell.  ``sources`` is
    what an sdist holds for it, as files and folders; nothing where no files are seen.
    """

    index: int
    name: str
    builder: str
    step: int
    why: str
    usable: bool
    depends_on: tuple[str, ...]
    requires: tuple[str, ...]
    outputs: tuple[Output, ...] | None
    tag: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """What would be built for ``target``, a wheel tag, and what is wrong.

    ``tag`` is that of the wheel.  ``complete`` says whether every builder could name its
    outputs, so that the tag and the files are certain.
    """

    target: str
    rows: tuple[Row, ...]
    requires: tuple[str, ...]
    tag: str
    complete: bool
    findings: tuple[Finding, ...]

    @property
    def refused(self) -> bool:
        """Whether a build would stop before it began."""
        return any(each.severity.value == "error" for each in self.findings)


def explain(
    text: str,
    target: Target,
    *,
    root: Path = UNSEEN,
    settings: Mapping[str, Any] | None = None,
    env: Mapping[str, str] | None = None,
    registry: Registry | None = None,
    places: Places | None = None,
) -> Explanation:
    r"""Return what would be built of the project whose ``pyproject.toml`` is *text*, for *target*.

    *root* is where its files are; without it, every file is taken for there.  *settings*,
    *env* and *registry* are those of :func:`~trigpoint.extensions.plan.make_plan`.  *places*
    says where keys are; without it findings have no place.

    >>> target = Target("cpython", (3, 13), "linux_x86_64", ".cpython-313-x86_64-linux-gnu.so")
    >>> explain("[[tool.trigpoint.extensions]]\nname = 'a'\nbuilder = 'd'", target).findings[0].message
    "a: there is no builder 'd'"
    """
    try:
        document = tomllib.loads(without_mark(text))
    except (tomllib.TOMLDecodeError, RecursionError) as problem:
        message = f"this is no TOML: {problem}" if str(problem) else "this is no TOML"
        finding = report("metadata-toml", message, None, Fix("correct the text there"))
        return Explanation(str(target.tag), (), (), "", False, (*marked(text), finding))
    except ValueError:
        # A number of thousands of digits.
        finding = report("metadata-toml", "a number is too long", None, Fix("shorten it"))
        return Explanation(str(target.tag), (), (), "", False, (*marked(text), finding))
    plan = make_plan(document, root, target, settings=settings, env=env, registry=registry)
    if plan.enabled and (missed := unreached(document, root)):
        # A backend that builds them would never ask, so it is no part of what they are told.
        plan = replace(plan, problems=(*plan.problems, Problem(*missed)))
    found = told(plan, text, places)
    native = _native(document, root, text, places)
    return replace(found, findings=(*marked(text), *in_text_order([*found.findings, *native])))


def _native(
    document: Mapping[str, Any], root: Path, text: str, places: Places | None
) -> list[Finding]:
    """Return what compiles for the machine that builds, by *document* or a file in *root*."""
    flags = list(native_flags(document, root))
    index = TextIndex(text)
    known = places(text) if places and flags else {}
    fix = Fix(
        "leave it out, or name the oldest processor that the wheel is for, such as -march=x86-64-v2"
        " or target-cpu=x86-64-v2"
    )
    return [
        report(
            "extension-this-machine",
            f"{flag}{f' in {name}' if name else ''} compiles for the processor of the machine that builds",
            None if name else _span(index, known, path),
            fix,
        )
        for path, flag, name in flags
    ]


def told(plan: Plan, text: str, places: Places | None = None) -> Explanation:
    """Return *plan* as plain data, its problems and notes as findings about *text*; *places* as above."""
    steps = {each.name: number for number, each in enumerate(plan.enabled, 1)}
    index = TextIndex(text)
    seen = (*plan.problems, *plan.notes)
    known = places(text) if places and seen else {}
    findings = [each.error.finding(_span(index, known, each.path)) for each in seen]
    return Explanation(
        str(plan.target.tag),
        tuple(_row(each, steps.get(each.name, 0)) for each in plan.extensions),
        plan.requires,
        str(plan.tag),
        plan.complete,
        tuple(in_text_order(findings)),
    )


def _row(extension: Extension, step: int) -> Row:
    return Row(
        extension.table.index,
        extension.name,
        extension.table.builder,
        step,
        extension.why,
        extension.builder is not None,
        extension.table.depends_on,
        extension.requires,
        extension.outputs,
        str(extension.tag or ""),
        extension.sources,
    )


def _span(index: TextIndex, known: Mapping[KeyPath, tuple[int, int]], path: KeyPath) -> Span | None:
    """Return the place of *path*, or of the closest thing around it that has one."""
    while path:
        if path in known:
            return index.span(*known[path])
        path = path[:-1]
    return None
