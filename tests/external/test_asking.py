"""How ranges are asked of every package manager, all of them, as recorded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from trigpoint.external.asking import Asked, ask, clauses_of, module_check
from trigpoint.external.mappings import ECOSYSTEMS, mapping
from trigpoint.external.plan import plan
from trigpoint.external.requirement import read_external
from trigpoint.external.snippets import snippets
from trigpoint.external.tables import read_table
from trigpoint.versions import specifiers

from .projects import TABLES
from .strings import BAD, GOOD

RANGES = [
    "==1.2",
    "==1.2.0",
    ">=1.2",
    "<=1.2",
    ">1.2",
    "<1.2",
    "!=1.2",
    ">=1.2,<2",
    ">=1.2,<=2",
    ">1.2,<2",
    ">=1,>=2",
    "<=1,<=2",
    ">=1,<=2,<=3",
    ">=1.2,!=1.5",
    "==1.2,>=1",
    "<=2,==1.2",
    "==1.2rc1",
    ">=1!2",
    ">=1.2,<2rc1",
]

SAMPLES = {
    name: replace(cell, module="zlib")
    for name in ECOSYSTEMS
    if (cell := mapping(name).cell("dep:generic/zlib")) is not None
}


def told(asked: Asked) -> str:
    found = asked.range
    words = "" if found is None else f" [{found.text}] {found.status}: {found.note} {found.check}"
    return f"{' | '.join(asked.arguments)}{words}"


def test_every_range_of_every_manager(record: Callable[[str, list[str]], None]) -> None:
    """What a package manager is asked, what is only checked, and what is dropped, with the reason."""
    lines = []
    for ecosystem, cell in SAMPLES.items():
        for manager in mapping(ecosystem).managers:
            lines += [f"== {ecosystem}: {manager.name}", told(ask(manager, "zlib", None, cell))]
            lines += [told(ask(manager, "zlib", clauses_of(each), cell)) for each in RANGES]
    record("asked.txt", lines)


@pytest.mark.parametrize("text", RANGES)
def test_pkg_config_is_asked_for_the_range(text: str) -> None:
    """The lower bound first; none is asked of a version that it cannot order."""
    found = module_check("zlib", specifiers(text))
    if "rc" in text or "1!" in text:
        assert () == found
        return
    assert ("pkg-config", "--exists") == found[:2]
    parts = [part.split(" ") for part in found[2].split(", ")]
    clauses = [f"{'==' if op == '=' else op}{number}" for _, op, number in parts]
    assert sorted(text.split(",")) == sorted(clauses)
    assert {"zlib"} == {name for name, _, _ in parts}
    lower = [op in (">=", ">") for _, op, _ in parts]
    assert sorted(lower, reverse=True) == lower


def test_no_module_is_no_check() -> None:
    """Without a module nothing is asked; without clauses only whether it is there."""
    assert () == module_check("", specifiers(">=1"))
    assert ("pkg-config", "--exists", "zlib") == module_check("zlib", ())


def test_plans_in_full(record: Callable[[str, list[str]], None]) -> None:
    """Two real tables on four systems: packages, reasons, every command and every snippet."""
    lines = []
    for name in ("h5py", "mpi4py"):
        read = read_table(f"[external]{TABLES[name]}")
        for ecosystem in ("debian", "conda-forge", "homebrew", "vcpkg"):
            made = plan(read, ecosystem)
            lines.append(f"== {name} on {ecosystem}")
            for each in made.planned:
                lines.append(f"{each.id} is {each.chosen} because {each.why}: {each.arguments}")
                lines.append(f"   or {[choice.id for choice in each.choices]}; {each.range}")
            lines += [f"{each.id} is missing because {each.why}" for each in made.missing]
            for action in (*made.install, *made.others, *made.queries):
                lines.append(f"{action.manager} {action.elevated}: {action.argv}")
            lines += [f"check {each}" for each in made.checks]
            for snippet in snippets(made):
                lines += [f"-- {snippet.form}", *snippet.text.splitlines()]
    record("planned.txt", lines)


def test_what_is_said_of_every_text(record: Callable[[str, list[str]], None]) -> None:
    """Findings on requirements, word for word, with their places and fixes."""
    lines = []
    for text in (*(each[0] for each in GOOD), *(each[0] for each in BAD)):
        read = read_external(text)
        lines.append(f"== {text[:200]!r}")
        lines += [f"as {read.requirement}"] if read.requirement is not None else []
        for each in read.findings:
            place = (each.span.start, each.span.end) if each.span else None
            fix = each.fix and (each.fix.message, each.fix.replacement)
            lines.append(f"{each.code} {place}: {each.message}, {fix}"[:400])
    record("told.txt", lines)
