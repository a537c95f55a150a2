"""A command loads what it asks for, and no face of another."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import trigpoint

PACKAGE = Path(trigpoint.__file__).parent
LABS = {path.parent.name for path in (PACKAGE / "labs").glob("*/lab.py")}
HTML = {"controls", "drawing", "html", "markup", "parts", "svg"}
"""What the modules of labs are called that make HTML."""

_RUN = """
import json, sys
from trigpoint.cli import main
sys.argv = ["trigpoint", *json.loads(sys.argv[1])]
try:
    main()
finally:
    print(json.dumps(sorted(sys.modules)), file=sys.stderr)
"""


def _loaded(*arguments: str) -> set[str]:
    """Return the modules that the command with these *arguments* loads."""
    done = subprocess.run(
        [sys.executable, "-c", _RUN, json.dumps(arguments)],
        capture_output=True,
        text=True,
        input="Name: x\n",
        encoding="utf-8",
        check=False,
    )
    assert done.stdout, done.stderr
    return set(json.loads(done.stderr.splitlines()[-1]))


def _labs(modules: set[str]) -> set[str]:
    parts = (name.split(".") for name in modules if name.startswith("trigpoint.labs."))
    return {part[2] for part in parts} & LABS


def _html(modules: set[str]) -> set[str]:
    return {
        name
        for name in modules
        if name.startswith("trigpoint.labs.") and name.rpartition(".")[2] in HTML
    }


@pytest.mark.parametrize(
    ("arguments", "labs"),
    [
        (["--help"], set()),
        (["--version"], set()),
        (["marker", "--help"], set()),
        (["metadata", "--help"], set()),
        (["marker", "os_name == 'nt'"], {"markers"}),
        (["marker", "python_verison > '3'", "--explain"], {"markers"}),
        (["marker", "os_name == 'nt'", "--json"], {"markers"}),
        (["marker", "simplify", "os_name == 'nt'"], {"algebra"}),
        (["metadata", "check", "-"], {"metadata"}),
        (["metadata", "predict", "-"], {"metadata"}),
        (["extras", "-"], {"extras"}),
        (["check", "-"], set()),
        (["check", "-", "--format", "sarif"], set()),
        (["explain-message", "x"], {"messages"}),
        # Every lab says whether it takes a text.
        (["open", "os_name == 'nt'"], LABS),
    ],
)
def test_a_command_loads_its_own_lab(arguments: list[str], labs: set[str]) -> None:
    """No command waits for another lab, or for HTML that it does not show."""
    modules = _loaded(*arguments)
    assert labs == _labs(modules)
    assert set() == _html(modules)


def test_a_check_loads_what_it_reads_with() -> None:
    """Neither labs nor formats that are not asked for, nor what no file asks for."""
    modules = _loaded("check", "-")
    assert not any(name.startswith("trigpoint.labs") for name in modules)
    formats = "trigpoint.projects.formats."
    assert {f"{formats}text"} == {name for name in modules if name.startswith(formats)}
    assert "trigpoint.installers" not in modules
    assert "trigpoint.projects.together" not in modules


def test_help_loads_nothing_that_answers() -> None:
    """The help of all commands is there before any part that they use."""
    parts = {name.split(".")[1] for name in _loaded("--help") if name.startswith("trigpoint.")}
    assert {"cli"} == parts


def test_importing_the_labs_loads_none() -> None:
    """The list of labs is there before any of them."""
    program = "import trigpoint.labs, sys; list(trigpoint.labs.LABS); print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert set() == _labs(set(done.stdout.split()))


def _at_import(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """Yield the statements that run when a module is imported."""
    for node in body:
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            yield from _at_import(node.orelse)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        else:
            yield node
            for part in ("body", "orelse", "finalbody"):
                yield from _at_import(getattr(node, part, []))


def _imported(name: str) -> set[str]:
    """Return what of Trigpoint the module *name* imports, packages above it included."""
    path = PACKAGE.parent.joinpath(*name.split("."))
    file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    found: set[str] = set()
    for node in _at_import(ast.parse(file.read_text("utf-8")).body):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    steps = (each.split(".") for each in found if each.startswith("trigpoint."))
    above = {".".join(parts[:i]) for parts in steps for i in range(2, len(parts) + 1)}
    return {each for each in above if _is_module(each)}


def _is_module(name: str) -> bool:
    path = PACKAGE.parent.joinpath(*name.split("."))
    return path.is_dir() or path.with_suffix(".py").is_file()


def test_the_command_line_imports_no_html() -> None:
    """What two faces say is in words; a terminal needs no markup, however far it looks."""
    todo = [
        ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)
        for path in (PACKAGE / "cli").glob("*.py")
        if path.stem != "__init__"
    ]
    seen: set[str] = set()
    while todo:
        name = todo.pop()
        if name not in seen:
            seen.add(name)
            todo += _imported(name)
    assert len(seen) > 50
    assert set() == _html(seen)
