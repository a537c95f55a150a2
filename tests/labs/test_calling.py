"""What a reader's own program may do in a page: run, print, fail, and nothing anywhere else."""

from __future__ import annotations

import json
import shutil
import sys
import zipfile
from pathlib import Path

import pytest

from trigpoint.labs import LABS, calling
from trigpoint.labs.calling import MOST_LETTERS, MOST_PRINTED, MOST_SAID, answer, run_text


def test_what_is_printed_is_told_in_order() -> None:
    ran = run_text("import sys\nprint('a')\nprint('b', file=sys.stderr)\nprint('c')")
    assert ran.printed == "a\nb\nc\n"
    assert (ran.failed, ran.cut) == ("", 0)
    assert ran.seconds >= 0


def test_each_program_has_names_of_its_own() -> None:
    assert run_text("snow = 1").failed == ""
    assert run_text("print(snow)").failed == "NameError: name 'snow' is not defined"
    assert run_text("print(__name__)").printed == "__main__\n"


def test_a_traceback_shows_the_readers_lines_and_no_others() -> None:
    ran = run_text("print('first')\ndef f():\n    return {}['snow']\nf()\n")
    assert ran.failed == "KeyError: 'snow'"
    lines = ran.printed.splitlines()
    assert lines[:2] == ["first", "Traceback (most recent call last):"]
    assert [each.strip() for each in lines if "File" in each] == [
        'File "<your code>", line 4, in <module>',
        'File "<your code>", line 3, in f',
    ]
    assert "    return {}['snow']" in lines


def test_what_python_cannot_read_is_shown_with_its_place() -> None:
    ran = run_text("x = (\n")
    assert ran.failed == "SyntaxError: '(' was never closed"
    assert "line 1" in ran.printed
    assert "calling.py" not in ran.printed


ODD = [
    ("x = '\\ud800'\nprint(x)", ""),
    ("\0", "SyntaxError: source code string cannot contain null bytes"),
    ("print('\\0')", ""),
    ("import sys; sys.stdout.write(b'x')", "TypeError: write() takes str, not bytes"),
    ("raise KeyboardInterrupt", "KeyboardInterrupt"),
    ("class Stop(BaseException): pass\nraise Stop('now')", "Stop: now"),
    ("e = ValueError('a')\ne.add_note('hint')\nraise e", "ValueError: a"),
    ("raise ExceptionGroup('two', [ValueError()])", "ExceptionGroup: two (1 sub-exception)"),
    ("raise ValueError('a\\nb')", "ValueError: a"),
    ("raise ValueError('x' * 10**6)", f"ValueError: {'x' * (MOST_SAID - 12)}"),
    (
        "class Odd:\n  __str__ = None\nraise SystemExit(Odd())",
        "SystemExit: <exception str() failed>",
    ),
]


@pytest.mark.parametrize(("text", "failed"), ODD)
def test_whatever_is_raised_or_printed_is_told(text: str, failed: str) -> None:
    """In one line of a bounded length, and nothing ends what runs it."""
    assert failed == run_text(text).failed


@pytest.mark.parametrize(
    ("text", "failed"),
    [
        ("raise SystemExit", ""),
        ("import sys; sys.exit(0)", ""),
        ("import sys; sys.exit(3)", "SystemExit: 3"),
        ("import sys; sys.exit('snow')", "SystemExit: snow"),
    ],
)
def test_a_program_may_end_itself(text: str, failed: str) -> None:
    assert run_text(text).failed == failed


@pytest.mark.parametrize(("letters", "cut"), [(MOST_PRINTED, 0), (MOST_PRINTED + 1, 1)])
def test_output_ends_at_a_bound(letters: int, cut: int) -> None:
    ran = run_text(f"print('x' * {letters}, end='')")
    assert (len(ran.printed), ran.cut) == (MOST_PRINTED, cut)


def test_a_traceback_has_room_after_a_flood() -> None:
    ran = run_text(f"print('x' * {MOST_PRINTED + 5})\n1 / 0")
    assert ran.printed.endswith("ZeroDivisionError: division by zero\n")
    assert ran.cut == 6


def test_nothing_runs_outside_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever serves labs from Python must not run what a stranger sends."""
    monkeypatch.setattr(sys, "platform", "linux")
    with pytest.raises(RuntimeError, match="only a page"):
        answer(json.dumps({"text": "print(1)", "project": "snow-cap"}))


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A page's folder, with nothing in it yet; the files to come lie in ``served``."""
    served = tmp_path / "served"
    served.mkdir()
    wheel = served / "snow_cap-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as made:
        made.writestr("called_snow.py", "def depth(): return 7\n")
        metadata = "Metadata-Version: 2.1\nName: snow-cap\nVersion: 1.0\n"
        made.writestr("snow_cap-1.0.dist-info/METADATA", metadata)
    from dataclasses import asdict

    from trigpoint.projects.builds.shelf import LIST, entry

    (served / LIST).write_text(json.dumps({"wheels": [asdict(entry(wheel))]}), "utf-8")
    folder = tmp_path / "shelf"
    folder.mkdir()
    monkeypatch.setattr(sys, "platform", "emscripten")
    monkeypatch.setattr(calling, "default_folder", lambda: folder)
    monkeypatch.setattr(sys, "path", [*sys.path])
    return folder


def asked(shelf: Path, text: str, project: str = "snow-cap") -> dict[str, object]:
    """Ask as the engine does, which fetches what an answer needs and asks again."""
    for _ in range(3):
        said: dict[str, object] = json.loads(answer(json.dumps({"text": text, "project": project})))
        needs = said["needs"]
        if not isinstance(needs, dict):
            return said
        for name in needs["files"]:
            shutil.copy(shelf.parent / "served" / name, shelf)
    raise AssertionError("it goes on asking")


def test_no_lab_has_its_name() -> None:
    """A page asks for it as for a lab, so a lab of that name would never be asked."""
    assert "run" not in LABS


def test_a_wheel_is_asked_for_and_called(shelf: Path) -> None:
    said = asked(shelf, "import called_snow\nprint(called_snow.depth(), '<b>')")
    assert said["valid"] is True
    assert str(said["summary"]).startswith("It ran in ")
    assert '<pre tabindex="0"><code>7 &lt;b&gt;\n</code></pre>' in str(said["html"])
    first = json.loads(answer('{"text": "", "project": "nothing-there"}'))
    assert first["valid"] is False
    assert "nothing-there" in first["summary"]


def test_a_failure_is_the_summary(shelf: Path) -> None:
    said = asked(shelf, "1 / 0")
    assert said["valid"] is False
    assert said["summary"] == "It ended with ZeroDivisionError: division by zero"


def test_what_was_left_out_is_counted(shelf: Path) -> None:
    said = asked(shelf, f"print('x' * {MOST_PRINTED + 41})")
    assert "42 more letters were printed." in str(said["html"])


@pytest.mark.parametrize(("letters", "runs"), [(MOST_LETTERS, True), (MOST_LETTERS + 1, False)])
def test_a_text_has_a_bound(shelf: Path, letters: int, runs: bool) -> None:
    said = asked(shelf, "#" * letters)
    assert said["valid"] is runs
    if not runs:
        assert said["summary"] == f"More than {MOST_LETTERS:,} letters are not run here."


@pytest.mark.parametrize("request_json", ["", "[]", '{"text": 1}', '{"snow": 1}'])
def test_another_request_is_refused_in_words(shelf: Path, request_json: str) -> None:
    said = json.loads(answer(request_json))
    assert said["valid"] is False
    assert said["summary"].startswith("The request does not fit: ")
