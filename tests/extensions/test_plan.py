"""Which extensions are on, and of which table a problem is told."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from trigpoint.extensions.explain import explain
from trigpoint.extensions.plan import Plan, make_plan, read_selection
from trigpoint.extensions.protocol import UNSEEN, Tag, Target
from trigpoint.extensions.registry import Announced, announced
from trigpoint.extensions.tables import read_tables
from trigpoint.labs.extensions.answer import places

from .strange import Plain

TARGET = Target("cpython", (3, 13), "linux_x86_64", ".cpython-313-x86_64-linux-gnu.so", ".abi3.so")

OLDER = (
    '[[tool.trigpoint.extensions]]\nname = "core"\nbuilder = "c"\nmodule = "pkg._core"\n'
    'sources = ["core.c"]\n'
)


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


def test_the_dash_of_a_word_is_no_part_of_its_name() -> None:
    """What a short word may mean is found without the dash that turns it off."""
    [problem] = planned(table("se"), select="-s").problems
    assert "did you mean se?" == problem.error.fix


def test_a_word_that_is_none_selects_nothing() -> None:
    """Who said it is told, and all else is as it was."""
    tables, _ = read_tables({"tool": {"trigpoint": {"extensions": [table("a")]}}})
    found, [problem] = read_selection(tables, {}, {"TRIGPOINT_EXTENSIONS": "xyz"})
    assert ({"a": True}, {"a": "default"}) == (found.enabled, found.why)
    assert "TRIGPOINT_EXTENSIONS has 'xyz'" in str(problem.error)


def test_where_a_circle_is_told() -> None:
    """At the first table of it, and its key."""
    tables = table("a", **{"depends-on": ["b"]}), table("b", **{"depends-on": ["a"]})
    [problem] = planned(*tables).problems
    assert ((0, "depends-on"), "depends-on") == (problem.path[-2:], problem.error.key)


@pytest.mark.parametrize(
    ("project", "expected"), [({"name": "snow"}, {"name": "snow"}), (3, {}), (None, {})]
)
def test_what_builders_are_told_of_the_project(project: object, expected: object) -> None:
    """Its table, where it is one."""
    document = {} if project is None else {"project": project}
    assert expected == make_plan(document, UNSEEN, TARGET, registry=announced([])).project


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
    assert ["depends-on"] == [each.error.key for each in planned(*tables, select="-b").problems]
    assert [] == told(planned(*tables, select="-b,-c"))
    [(path, code)] = told(planned(table("c", **{"depends-on": ["x"]})))
    assert "extension-disabled-dependency" != code


@pytest.mark.parametrize(
    "table",
    [
        'builder = "c"\nmodule = "pkg._core"\nsources = ["core.c"]',
        'builder = "cython"\nmodule = "pkg._core"\nsource = "core.pyx"',
        'builder = "cmake"\nmodules = ["pkg._core"]',
        'builder = "cargo"\nmodule = "pkg._core"\nmanifest = "Cargo.toml"',
        'builder = "meson"\nmodules = ["pkg._core"]',
    ],
)
def test_every_builder_serves_a_python_that_is_older(table: str) -> None:
    """From the version on that limited-api names one wheel is for all, and each before gets one."""
    text = f'[[tool.trigpoint.extensions]]\nname = "core"\n{table}\nlimited-api = "3.12"\n'
    told = []
    for minor in (11, 12):
        suffix = f".cpython-3{minor}-x86_64-linux-gnu.so"
        target = Target("cpython", (3, minor), "linux_x86_64", suffix, ".abi3.so")
        plan = make_plan(tomllib.loads(text), UNSEEN, target, registry=announced([]))
        assert plan.problems == ()
        (extension,) = plan.extensions
        assert extension.outputs is not None
        keys = [each.error.key for each in plan.notes]
        told.append((str(plan.tag), extension.outputs[0].path, keys))
    assert [
        (
            "cp311-cp311-linux_x86_64",
            "pkg/_core.cpython-311-x86_64-linux-gnu.so",
            ["limited-api"],
        ),
        ("cp312-abi3-linux_x86_64", "pkg/_core.abi3.so", []),
    ] == told


@pytest.mark.parametrize(
    ("limited", "fix"),
    [
        (
            "3.14",
            (
                "leave it where Pythons before 3.14 get a wheel each; "
                "else set limited-api to 3.13 or lower"
            ),
        ),
        # A lower number would be another stable ABI.
        ("3.15t", "leave it where Pythons before 3.15 get a wheel each"),
    ],
)
def test_a_limited_api_that_is_newer_is_told(limited: str, fix: str) -> None:
    """It stops no build: a finding at the key says what is built, and what one wheel would take."""
    text = f'{OLDER}limited-api = "{limited}"\n'
    found = explain(text, TARGET, registry=announced([]), places=places)
    assert [
        (
            "info",
            "extension-limited-api-too-new",
            (
                f"core: limited-api is {limited}, and the target is cpython 3.13: "
                "the full API is built, for 3.13 alone"
            ),
        )
    ] == [(each.severity.value, each.code, each.message) for each in found.findings]
    (finding,) = found.findings
    assert finding.span
    assert "limited-api" == text[finding.span.start : finding.span.end]
    assert finding.fix
    assert fix == finding.fix.message
    assert not found.refused


@pytest.mark.parametrize(
    "text",
    [
        # Nobody asked for it.
        "enable-by-default = false\n",
        # The table is refused, and what would be built is unknown.
        "libaries = []\n",
    ],
)
def test_what_is_not_built_has_no_note(text: str) -> None:
    """Only what is built is said to be built."""
    document = tomllib.loads(f'{OLDER}limited-api = "3.14"\n{text}')
    assert () == make_plan(document, UNSEEN, TARGET, registry=announced([])).notes


class Numbered(Plain):
    """Takes the key for something else, and promises what any Python takes."""

    def get_tag(self, target: Target) -> Any:
        return Tag("py3", "none", target.platform)


def test_a_key_that_means_something_else_has_no_note() -> None:
    """What another's builder promises counts, not how its keys are called."""
    registry = {"numbered": (Announced("tests", f"{__name__}:Numbered"),)}
    table = {"name": "x", "builder": "numbered", "limited-api": "3.99"}
    document = {"tool": {"trigpoint": {"extensions": [table]}}}
    plan = make_plan(document, UNSEEN, TARGET, registry=registry)
    assert ((), ()) == (plan.problems, plan.notes)


class Raises(Plain):
    """Has no answer to which requirements it has."""

    def get_requires(self, target: Target) -> Any:
        raise RuntimeError("boom")


class Number(Plain):
    """Has a number for an answer."""

    def get_requires(self, target: Target) -> Any:
        return 3


class NoRequirement(Plain):
    """Has one that is none."""

    def get_requires(self, target: Target) -> Any:
        return ["a >> b"]


class Foreign(Plain):
    """Builds for another Python."""

    def get_tag(self, target: Target) -> Any:
        return Tag("cp27", "cp27m", "win32")


@pytest.mark.parametrize(
    ("builder", "told"),
    [
        (
            Raises,
            "the builder strange raised RuntimeError when it was asked for get_requires: boom",
        ),
        (Number, "get_requires returned int instead of a list of strings"),
        (NoRequirement, "get_requires returned str instead of requirements"),
        (
            Foreign,
            "its tag cp27-cp27m-win32 does not fit cp313-cp313-linux_x86_64: win32 is another platform",
        ),
    ],
)
def test_an_answer_of_a_builder_that_is_none(builder: type, told: str) -> None:
    """It is told once, and nothing is built with such a builder."""
    registry = {"strange": (Announced("tests", f"{__name__}:{builder.__name__}"),)}
    document = {"tool": {"trigpoint": {"extensions": [{"name": "x", "builder": "strange"}]}}}
    plan = make_plan(document, UNSEEN, TARGET, registry=registry)
    [problem] = plan.problems
    assert f"x: {told}\n" in str(problem.error)
    assert plan.extensions[0].builder is None
    # Where a tag does not fit, that of the target stands in its place.
    assert str(TARGET.tag if builder is Foreign else Tag("py3", "none", "any")) == str(plan.tag)
