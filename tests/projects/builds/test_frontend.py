"""The frontend of this machine builds a copy of a project."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from trigpoint.projects.builds import Built
from trigpoint.projects.builds import frontend as module
from trigpoint.projects.builds.frontend import find_frontend, run_frontend

pytestmark = pytest.mark.usefixtures("processes")

COPIES = """
import os, shutil, sys
from pathlib import Path
out, source = map(Path, sys.argv[1:])
out.mkdir()
print("building", sorted(path.name for path in source.iterdir()), os.environ["A"])
print(os.environ["SOURCE_DATE_EPOCH"], source)
for name in ("a-1.tar.gz", "a-1-py3-none-any.whl"):
    if (source / name).exists():
        shutil.copy(source / name, out)
sys.exit((source / "fail").exists())
"""
BOTH = {"a-1.tar.gz": b"s", "a-1-py3-none-any.whl": b"w"}


def run(program: str, files: dict[str, bytes], **options: float) -> tuple[Built, Built]:
    return run_frontend(files, [sys.executable, "-c", program], {"A": "1"}, **options)


def test_both_files_are_read() -> None:
    """The command gets a folder to write to and a copy of the project, and its words are the log."""
    sdist, wheel = run(COPIES, BOTH)
    assert ("a-1.tar.gz", b"s", "") == (sdist.name, sdist.data, sdist.error)
    assert ("a-1-py3-none-any.whl", b"w", "") == (wheel.name, wheel.data, wheel.error)
    assert "building ['a-1-py3-none-any.whl', 'a-1.tar.gz'] 1\n1580601600 .../source\n" == sdist.log


@pytest.mark.parametrize(
    ("program", "error"),
    [
        ("", "nothing was built"),
        ("raise SystemExit('no way')", "no way"),
        ("raise SystemExit(3)", "status 3"),
    ],
)
def test_what_is_missing_has_an_error(program: str, error: str) -> None:
    """The last line says why, or the status does."""
    assert [error] * 2 == [each.error for each in run(program, {"a": b""})]


def test_a_build_that_does_not_end() -> None:
    """It is stopped, and that is why there is nothing."""
    stopped = run("while True: pass", {"a": b""}, seconds=1)
    assert ["stopped after 1 seconds"] * 2 == [each.error for each in stopped]


BUILD = """\
running egg_info
error: package directory 'pkg' does not exist

TIP pass --env-dir and --sdist-extract-dir to keep the build environment and sources
ERROR Backend subprocess exited when trying to invoke get_requires_for_build_sdist
"""
UV = """\
Building source distribution...
error: package directory 'pkg' does not exist
error: Failed to build `/tmp/p`
  cause: The build backend returned an error
  cause: Call to `setuptools.build_meta.get_requires_for_build_sdist` failed (exit status: 1)

hint: Build failures usually indicate a problem with the package or the build environment
"""
OLD_UV = """\
error: package directory 'pkg' does not exist
  \u00d7 Failed to build `/tmp/p`
  \u251c\u2500\u25b6 The build backend returned an error
  \u2570\u2500\u25b6 Call to `setuptools.build_meta.build_wheel` failed (exit status: 1)
"""


@pytest.mark.parametrize("said", [BUILD, UV, OLD_UV])
def test_what_the_backend_said_is_the_reason(said: str) -> None:
    """The frontend only knows that the backend failed, and says so behind it."""
    program = f"import sys; sys.stdout.buffer.write({said.encode()!r}); sys.exit(1)"
    error = "error: package directory 'pkg' does not exist"
    assert [error] * 2 == [each.error for each in run(program, {"a": b""})]


def test_where_only_the_frontend_said_something() -> None:
    """Its last words are all there is."""
    program = "print('* Creating'); print('ERROR Backend is not here'); raise SystemExit(1)"
    assert ["ERROR Backend is not here"] * 2 == [each.error for each in run(program, {"a": b""})]


def test_one_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """A wheel may fail after the sdist; and a file that is too large is as good as none."""
    sdist, wheel = run(COPIES, {"a-1.tar.gz": b"s", "fail": b""})
    assert ("", True) == (sdist.error, wheel.error.startswith("1580601600"))
    monkeypatch.setattr(module, "MOST_BUILT", 1)
    assert [("", b"s"), ("", b"w")] == [(each.error, each.data) for each in run(COPIES, BOTH)]
    monkeypatch.setattr(module, "MOST_BUILT", 0)
    assert ["nothing was built"] * 2 == [each.error for each in run(COPIES, BOTH)]


def test_an_empty_file_was_built() -> None:
    """What is in it is for others to judge."""
    names = tuple(BOTH)
    found = run(COPIES, dict.fromkeys(names, b""))
    assert [(name, b"", "") for name in names] == [
        (each.name, each.data, each.error) for each in found
    ]


def test_words_in_another_encoding() -> None:
    """Compilers write file names as they are; what cannot be read is shown as that."""
    program = "import sys; sys.stdout.buffer.write(b'no caf\\xe9'); sys.exit(1)"
    assert ["no caf\ufffd"] * 2 == [each.error for each in run(program, {"a": b""})]


def test_files_that_cannot_be_written() -> None:
    """A file below another one is an error, and nothing is run."""
    found = run(COPIES, {"a": b"", "a/b": b""})
    assert ["'a/b' cannot be written: File exists"] * 2 == [each.error for each in found]


def test_which_frontend(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """That is build where this Python has it, else uv on the path, else none."""
    monkeypatch.setattr("importlib.util.find_spec", lambda name: name == "build.__main__")
    assert (sys.executable, "-m", "build", "--outdir") == find_frontend()

    def missing(name: str) -> None:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr("importlib.util.find_spec", missing)
    monkeypatch.setattr("shutil.which", lambda name: f"/bin/{name}")
    assert ("/bin/uv", "build", "--out-dir") == find_frontend()
    # A folder that is called build is no program.
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    monkeypatch.setattr("shutil.which", lambda name: None)
    assert None is find_frontend()
