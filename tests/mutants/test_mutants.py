"""Mutants are made of every kind, and what tests do not see is told."""

from __future__ import annotations

import doctest
import importlib
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

if sys.platform == "emscripten":
    pytest.skip("mutants are tested in processes, which Pyodide has not", allow_module_level=True)

sys.path.insert(0, str(Path(__file__).parent))

import forked
import mutate
import run
from forked import FRESH
from mutate import Mutant, mutants

pytestmark = pytest.mark.repeats


def _changes(text: str) -> list[str]:
    return [mutant.text for mutant in mutants(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a = b == c", ["a = (b != c)"]),
        ("a = b < c < d", ["a = (b <= c < d)"]),
        ("a = b is None", ["a = (b is not None)"]),
        ("a = b and c", ["a = (b or c)"]),
        ("a = not b", ["a = (b)"]),
        ("a = b + c", ["a = (b - c)"]),
        ("a = b if c else d", ["a = (d if c else b)"]),
        ("a = True", ["a = False"]),
        ("a = 7", ["a = (8)", "a = (6)"]),
        ("a = 'é'", ["a = 'éX'"]),
        ("a = 'two words'", []),
        ("a = f'{b == c}'", []),
        ("if a: b()", ["if not (a): b()", "if a: pass"]),
        ("a += b", ["pass"]),
        ("del a", ["pass"]),
        ("assert a", []),
        ("raise A", ["pass"]),
        ("def f():\n    return a", ["def f():\n    return None"]),
        (
            "def f(a: int = 3) -> 'int': ...",
            ["def f(a: int = (4)) -> 'int': ...", "def f(a: int = (2)) -> 'int': ..."],
        ),
        ("MOST_LINES = 32 * 1024\nLEAST: int = -1", []),
        ("a = Literal['b']", []),
        ("a = TypeVar('a')", []),
        ("a = field(repr=False)", []),
        ("a = zip(b, c, strict=True)", []),
        ("def f():\n    return False", ["def f():\n    return True"]),
        (
            "def f():\n    return 0",
            ["def f():\n    return None", "def f():\n    return (1)", "def f():\n    return (-1)"],
        ),
        ("a = field(compare=False)", ["a = field(compare=True)"]),
        ("least = 1", ["least = (2)", "least = (0)"]),
        ("'''Says.'''\nimport a\n__all__ = ['a']", []),
        ("if TYPE_CHECKING:\n    b()", []),
    ],
)
def test_each_kind(text: str, expected: list[str]) -> None:
    """Each operator changes one place and leaves the rest as it is written."""
    assert expected == _changes(text)


def test_places_after_letters_of_several_bytes() -> None:
    """Columns count bytes, and lines end as they ended."""
    assert ["é = 'ü ü'; a = (b != c)\nd = e\n"] == _changes("é = 'ü ü'; a = b == c\nd = e\n")


def test_a_diff_is_of_the_one_line() -> None:
    """What survives is shown as the line before and after."""
    (mutant,) = mutants("a = 'x y'\nb = c == d\n")
    assert "@@ -2 +2 @@\n-b = c == d\n+b = (c != d)" == mutant.diff
    assert 2 == mutant.line


def test_what_an_import_runs_is_a_matter_of_all_tests() -> None:
    """Only changes inside functions have lines that some tests come by and others do not."""
    text = "a = b == c\ndef f(x):\n    if x == (\n        a\n    ):\n        b(1)\n"
    assert [range(0), range(3, 6), range(6, 7), range(6, 7), range(6, 7)] == [
        mutant.lines for mutant in mutants(text)
    ]


@pytest.fixture
def project(tmp_path: Path) -> run.Project:
    """A package with a bound that its test does not test on both sides."""
    package = tmp_path / "src" / "planted"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("", "utf-8")
    (package / "code.py").write_text(CODE, "utf-8")
    (tmp_path / "test_code.py").write_text(TEST, "utf-8")
    (tmp_path / "test_more.py").write_text(MORE, "utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\n", "utf-8")
    return run.Project(package, tmp_path, 2, patience=1)


CODE = "def few(n):\n    while n is None:\n        n = 5\n    return n < 10\n"
TEST = """\
from planted.code import few

def test_few():
    assert few(3)
    assert not few(11)
    assert few(None)
"""
MORE = """\
import planted.code

def test_more():
    assert planted.code.few(1)
"""


def test_what_no_test_sees_survives(project: run.Project) -> None:
    """A shifted bound survives; a turned comparison is killed, an endless loop too."""
    expected = {
        "while (n is not None):": "killed",
        "return None": "killed",
        "return (n <= 10)": "survived",
    }
    chosen = [each for each in mutants(CODE) if any(line in each.text for line in expected)]
    assert list(expected.values()) == [
        result.outcome for result in project.run("code.py", ["test_code.py"], chosen)
    ]


def test_what_means_the_same_is_not_run(project: run.Project) -> None:
    """A mutant that is listed counts as equivalent."""
    chosen = [mutant for mutant in mutants(CODE) if "<=" in mutant.text]
    listed = frozenset(["code.py: return n < 10 -> return (n <= 10)"])
    (result,) = project.run("code.py", ["test_code.py"], chosen, listed)
    assert "equivalent" == result.outcome


def test_the_quickest_tests_that_come_by(project: run.Project) -> None:
    """A line is judged by the functions that run it, what an import runs by all of them."""
    seen = project.measure(["test_code.py", "test_more.py"])
    few, more = "test_code.py::test_few", "test_more.py::test_more"
    seconds = {few: 2.0, more: 1.0}
    ordered = run.Seen(seconds, seen.lines)
    by_line = {mutant.line: mutant for mutant in mutants(CODE)}
    everything = ["test_code.py", "test_more.py"]
    assert {few, more} == seen.seconds.keys()
    assert [more, few] == ordered.tests("code.py", by_line[2], everything)
    assert [few] == ordered.tests("code.py", by_line[3], everything)
    assert [few] == ordered.tests("code.py", by_line[2], ["test_code.py"])
    assert [more, few] == ordered.tests("code.py", Mutant(CODE, CODE, 1, range(1, 2)), everything)


def test_slow_tests_are_left_out(project: run.Project) -> None:
    """A mutant that only a slow test notices survives without it."""
    tests = ["test_code.py", "test_more.py"]
    seen = run.Seen({"test_code.py::test_few": 9.0, "test_more.py::test_more": 1.0}, {})
    mutant = Mutant(CODE, CODE.replace("10", "99"), 4, range(4, 5))
    for longest, expected in (9.0, "killed"), (8.0, "survived"):
        (result,) = project.run("code.py", tests, [mutant], seen=seen, longest=longest)
        assert expected == result.outcome


PROBE = """\
import sys
sys.path.insert(0, {tools!r})
from pathlib import Path
import run
from mutate import mutants
from forked import inside
text = Path("src/planted/code.py").read_text("utf-8")
chosen = {{"code.py": inside(list(mutants(text)))}}
listed = frozenset(["code.py: n = 5 -> n = (6)"])
try:
    found = run.forked(Path("src/planted").resolve(), Path.cwd(), chosen, {tests!r}, listed, patience=0.5)
except ValueError as problem:
    print("ValueError", problem)
else:
    print([(each.mutant.text.splitlines()[each.mutant.line - 1].strip(), each.outcome) for each in found["code.py"]])
"""

FREEZING = """\
import gc
def pytest_collection_finish():
    gc.freeze()
"""


def _forked(root: Path, *tests: str) -> str:
    """Try the mutants of the planted code in forks of a process of its own."""
    text = PROBE.format(tools=str(Path(run.__file__).parent), tests=tests)
    done = subprocess.run(
        [sys.executable, "-c", text], cwd=root, capture_output=True, text=True, check=False
    )
    return done.stdout.splitlines()[-1] if done.stdout else done.stderr


@pytest.mark.skipif(
    sys.version_info < (3, 12) or not hasattr(os, "fork"), reason="it needs sys.monitoring and fork"
)
@pytest.mark.usefixtures("project")
def test_forks_find_the_same(tmp_path: Path) -> None:
    """What a process for each mutant finds, forks find; what only an import runs is left out."""
    expected = [
        ("while (n is not None):", "killed"),
        ("n = (6)", "equivalent"),
        ("n = (4)", "survived"),
        ("return None", "killed"),
        ("return (n <= 10)", "survived"),
        ("return n < (11)", "survived"),
        ("return n < (9)", "survived"),
    ]
    # As ours does, so that the search for garbage passes it over.
    (tmp_path / "conftest.py").write_text(FREEZING, "utf-8")
    assert str(expected) == _forked(tmp_path, "test_code.py", "test_more.py")
    (tmp_path / "test_code.py").write_text("def test(): assert False", "utf-8")
    assert "the tests fail as it is: test_code.py::test" in _forked(tmp_path, "test_code.py")
    (tmp_path / "test_code.py").write_text("", "utf-8")
    assert "no tests to run among" in _forked(tmp_path, "test_code.py")


@pytest.mark.parametrize("name", FRESH)
def test_what_forgets_is_there(name: str) -> None:
    """Each function that makes a test begin afresh can be called."""
    module, _, function = name.partition(":")
    getattr(importlib.import_module(module), function)()


def test_tests_that_fail_anyway_prove_nothing(project: run.Project, tmp_path: Path) -> None:
    """Without tests, or with failing ones, nothing is called killed."""
    (tmp_path / "test_code.py").write_text("def test(): assert False", "utf-8")
    with pytest.raises(ValueError, match="fail as it is"):
        list(project.run("code.py", ["test_code.py"], [Mutant(CODE, CODE, 1, range(1, 2))]))
    (tmp_path / "test_code.py").write_text("", "utf-8")
    with pytest.raises(ValueError, match="no tests"):
        list(project.run("code.py", ["test_code.py"], [Mutant(CODE, CODE, 1, range(1, 2))]))


@pytest.mark.parametrize("module", [forked, mutate, run])
def test_examples(module: ModuleType) -> None:
    """What the docstrings of the modules show is so."""
    assert 0 == doctest.testmod(module).failed


def test_every_file_has_tests() -> None:
    """The tests that a file is judged by exist."""
    source = run.ROOT / "src" / "trigpoint"
    paths = [path.relative_to(source).as_posix() for path in source.rglob("*.py")]
    missing = {
        test
        for path in paths
        if "/" in path or path in run.TESTS
        for test in run.tests_for(path)
        if not (run.ROOT / test).exists()
    }
    assert set() == missing
