"""What nobody can decide in time stays open, on every face, and ends."""

from __future__ import annotations

import random

import pytest
from click.testing import CliRunner

from trigpoint import labs
from trigpoint.cli.app import app
from trigpoint.labs.algebra.answer import MODES
from trigpoint.markers import Marker
from trigpoint.markers.exact import algebra
from trigpoint.markers.exact.texts import Undecided

pytestmark = pytest.mark.repeats

EXTRAS = 32


def hard() -> str:
    """Return a marker of the kind for which no quick way is known: random threes."""
    chance = random.Random(3)
    tests = [f"extra {op} 'e{number}'" for op in ("==", "!=") for number in range(EXTRAS)]
    threes = (" or ".join(chance.choice(tests) for _ in range(3)) for _ in range(4 * EXTRAS))
    return " and ".join(f"({three})" for three in threes)


HARD = hard()
PROJECT = (
    "Metadata-Version: 2.1\nName: a\nVersion: 1\n"
    + "".join(f"Provides-Extra: e{number}\n" for number in range(EXTRAS))
    + f"Requires-Dist: b; {HARD}\nRequires-Dist: b>1; {HARD} and os_name == 'nt'\n"
)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give up early: the marker takes longer than a test should."""
    monkeypatch.setattr(algebra, "MOST_PATIENCE", 1_000)


def test_patience_decides() -> None:
    """The same marker is decided by whoever waits for it."""
    assert Marker(HARD).is_satisfiable()


@pytest.mark.usefixtures("impatient")
def test_search_ends() -> None:
    """Over the bound a question raises what says so; evaluation and equality need no search."""
    marker = Marker(HARD)
    with pytest.raises(Undecided, match="too many steps"):
        marker.is_satisfiable()
    # The shared space, which remembers, must not be asked twice.
    with pytest.raises(Undecided, match="too many steps"):
        marker.disjoint(Marker("os_name == 'nt'"))
    assert not marker.evaluate({"extra": "e1"})
    assert marker == Marker(HARD)
    assert marker != Marker("os_name == 'nt'")


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("mode", MODES)
def test_algebra_lab_says_so(mode: str) -> None:
    """Every mode of the lab ends with a finding."""
    text = f"a; {HARD}\na>1; {HARD} and os_name=='nt'"
    answer = labs.run("algebra", {"text": text, "mode": mode})
    assert "marker-undecided" in {each["code"] for each in answer["findings"]}


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("view", ["fields", "convert", "diff", "json", "installers"])
def test_metadata_lab_answers(view: str) -> None:
    """Whatever is asked of metadata with such a marker has an answer."""
    other = PROJECT.replace("b>1", "b>2")
    answer = labs.run("metadata", {"text": PROJECT, "view": view, "other": other})
    assert not [each for each in answer["findings"] if each["severity"] == "error"]


@pytest.mark.usefixtures("impatient")
def test_extras_lab_says_so() -> None:
    """What was not worked out is named, and nothing raises."""
    answer = labs.run("extras", {"text": PROJECT})
    assert "extra-too-large" in {each["code"] for each in answer["findings"]}


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize(
    "command",
    [
        ("marker", "show", HARD),
        ("marker", "simplify", HARD),
        ("marker", "compare", HARD, "os_name == 'nt'"),
        ("extras", "-"),
        ("metadata", "predict", "-"),
        ("metadata", "check", "-"),
    ],
    ids=lambda command: " ".join(command[:2]),
)
def test_commands_end(command: tuple[str, ...]) -> None:
    """A command says what it found, and ends."""
    result = CliRunner().invoke(app, list(command), input=PROJECT)
    assert result.output
    assert result.exit_code in (0, 1)
    assert result.exception is None or isinstance(result.exception, SystemExit)


@pytest.mark.usefixtures("impatient")
def test_evaluation_gives_up_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no diagram was found in time, the next evaluation does not look for one again."""
    marker = Marker(HARD)
    looked: list[object] = []

    def look(root: object) -> object:
        looked.append(root)
        raise Undecided("the marker takes too many steps")

    monkeypatch.setattr(algebra, "meaning_of", look)
    assert [False, False] == [marker.evaluate(extras=[name]) for name in ("e1", "e2")]
    assert 1 == len(looked)
