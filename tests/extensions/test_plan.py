"""Which extensions are on, and of which table a problem is told."""

from __future__ import annotations

from typing import Any

import pytest

from trigpoint.extensions.plan import Plan, make_plan, read_selection
from trigpoint.extensions.protocol import UNSEEN, Target
from trigpoint.extensions.registry import announced
from trigpoint.extensions.tables import read_tables

TARGET = Target("cpython", (3, 13), "linux_x86_64", ".cpython-313-x86_64-linux-gnu.so", ".abi3.so")


def table(name: str, **more: Any) -> dict[str, Any]:
    """Return the table of an extension in C called *name*."""
    return {"name": name, "builder": "c", "module": f"pkg.{name}", "sources": ["a.c"], **more}


def planned(*tables: dict[str, Any], select: str = "default") -> Plan:
    """Return the plan for *tables*, of which *select* says what is on."""
    document = {"tool": {"trigpoint": {"extensions": list(tables)}}}
    return make_plan(
        document, UNSEEN, TARGET, settings={"extensions": select}, registry=announced([])
    )


def told(plan: Plan) -> list[tuple[tuple[str | int, ...], str]]:
    """Return where the problems of *plan* are, and their codes."""
    return [(each.path[2:], each.error.code) for each in plan.problems]


@pytest.mark.parametrize(
    ("environment", "settings", "on", "why"),
    [
        ("", "", {"a": True, "B_b": False}, ["default", "default"]),
        ("all", "", {"a": True, "B_b": True}, ["environment"] * 2),
        ("all", "none", {"a": False, "B_b": False}, ["settings"] * 2),
        ("-a", "b-B", {"a": False, "B_b": True}, ["environment", "settings"]),
        ("all", "default", {"a": True, "B_b": False}, ["settings"] * 2),
        ("none a", "b-b,-a", {"a": False, "B_b": True}, ["settings"] * 2),
        ("none,B.b", "", {"a": False, "B_b": True}, ["environment"] * 2),
    ],
)
def test_what_is_on(environment: str, settings: str, on: dict[str, bool], why: list[str]) -> None:
    """Words count in order, those of the settings behind those of the environment."""
    document = {
        "tool": {
            "trigpoint": {"extensions": [table("a"), table("B_b", **{"enable-by-default": False})]}
        }
    }
    tables, _ = read_tables(document)
    found, problems = read_selection(
        tables, {"extensions": settings}, {"TRIGPOINT_EXTENSIONS": environment}
    )
    assert ([], on, why) == (problems, found.enabled, list(found.why.values()))


@pytest.mark.parametrize(
    ("word", "fix"),
    [
        ("defalt", "did you mean default?"),
        ("-al", "did you mean all?"),
        ("noen", "did you mean none?"),
        ("-secnd", "did you mean second?"),
        ("xyz", "write one of all, default, none, second"),
    ],
)
def test_words_that_are_none(word: str, fix: str) -> None:
    """What may be meant is one of the three words, or an extension."""
    [problem] = planned(table("second"), select=word).problems
    assert ("extension-unknown-extension", fix) == (problem.error.code, problem.error.fix)
    assert f"the config setting extensions has {word!r}" in str(problem.error)


def test_a_clash_is_told_of_one_table() -> None:
    """Of the later one of those that make the same file."""
    plan = planned(table("a"), table("b"), table("c", module="pkg.a"))
    [(path, code)] = told(plan)
    assert (2, "extension-output-clash") == (path[1] if path[0] == "extensions" else path[0], code)
    assert [] == told(planned(table("a"), table("b"), table("c", module="pkg.a"), select="-c"))


def test_what_depends_on_something_that_is_off() -> None:
    """The place in the list is told; what is not there at all is told otherwise, and once."""
    tables = table("a"), table("b"), table("c", **{"depends-on": ["a", "b"]})
    assert [] == told(planned(*tables))
    [(path, code)] = told(planned(*tables, select="-b"))
    assert (("depends-on", 1), "extension-disabled-dependency") == (path[-2:], code)
    assert [] == told(planned(*tables, select="-b,-c"))
    [(path, code)] = told(planned(table("c", **{"depends-on": ["x"]})))
    assert "extension-disabled-dependency" != code
