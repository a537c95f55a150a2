"""Hooks run in this process, and leave nothing behind."""

from __future__ import annotations

import gzip
import logging
import os
import sys
import tarfile
import warnings
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from trigpoint.projects.builds import Built, Job, Shelf, Tree, open_shelf, read_package, run_hooks
from trigpoint.projects.builds import hooks as module
from trigpoint.projects.builds.apart import run_apart
from trigpoint.projects.builds.hooks import EPOCH, Log

from .toy import TREE, doing, fill


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    found = open_shelf(fill(tmp_path_factory.mktemp("shelf")))
    assert found
    return found


def job(shelf: Shelf, tree: Tree = TREE, what: str = "wheel", **options: object) -> Job:
    requires = options.pop("requires", ["toy"])
    folders = shelf.unpacked(shelf.take(requires).wheels)  # type: ignore[arg-type]
    return Job(tree.files, what, "toy_backend", folders=folders, **options)  # type: ignore[arg-type]


def test_wheel_and_sdist(shelf: Shelf) -> None:
    """A hook's file comes back with what was printed."""
    for what, name in (("wheel", "toy-1-py3-none-any.whl"), ("sdist", "toy-1.tar.gz")):
        built = run_hooks(job(shelf, what=what))
        assert (name, "", ()) == (built.name, built.error, built.more)
        assert "the toy speaks\nand complains\n" == built.log


@pytest.mark.usefixtures("processes")
def test_a_process_of_its_own_gives_the_same(shelf: Shelf) -> None:
    """The page's function and the one with a process differ in nothing."""
    for what in ("wheel", "sdist"):
        assert run_hooks(job(shelf, what=what)) == run_apart(job(shelf, what=what))


@pytest.mark.usefixtures("processes")
def test_a_process_is_stopped(shelf: Shelf) -> None:
    """A backend that never ends is ended, and one that ends the process says so."""
    endless = doing("while True: pass")
    assert Built(error="stopped after 1 seconds") == run_apart(job(shelf, endless), 1)
    gone = run_apart(job(shelf, doing("import os; os._exit(7)")))
    assert "the process ended with status 7" == gone.error


def test_bytes_do_not_depend_on_the_day(shelf: Shelf) -> None:
    """Files bear one time and one set of permissions, and so does the header of gzip."""
    built = run_hooks(job(shelf, what="sdist"))
    assert EPOCH.to_bytes(4, "little") == built.data[4:8]
    with tarfile.open(fileobj=BytesIO(built.data)) as archive:
        found = {(each.mtime, oct(each.mode)) for each in archive.getmembers()}
    assert {(EPOCH, "0o644")} == found
    wheel = run_hooks(job(shelf))
    with zipfile.ZipFile(BytesIO(wheel.data)) as archive:
        modes = {oct(each.external_attr >> 16 & 0o777) for each in archive.infolist()}
        assert {"0o644", "0o600"} == modes
        assert (2020, 2, 1) <= archive.infolist()[0].date_time[:3] <= (2020, 2, 2)
    assert wheel.data == run_hooks(job(shelf)).data


@pytest.mark.parametrize(
    ("program", "error"),
    [
        ("raise ValueError('no\\nway')", "ValueError: no"),
        ("raise SystemExit", "SystemExit"),
        ("raise SystemExit(3)", "SystemExit: 3"),
        (
            "def f(): f()\nglobals()['f'] = f\nf()",
            "RecursionError: maximum recursion depth exceeded",
        ),
        ("import nowhere_at_all", "ModuleNotFoundError: No module named 'nowhere_at_all'"),
        ("import pytest", "ModuleNotFoundError: No module named 'pytest'"),
        ("exec('(')", "SyntaxError: '(' was never closed (<string>, line 1)"),
    ],
)
def test_whatever_is_raised_is_an_error(shelf: Shelf, program: str, error: str) -> None:
    """A backend's end is an answer, in one line, with the rest in the log."""
    modules = sys.modules.pop("pytest")
    try:
        built = run_hooks(job(shelf, doing(program)))
    finally:
        sys.modules["pytest"] = modules
    assert ("", b"") == (built.name, built.data)
    assert error == built.error[: len(error)]
    assert "Traceback" in built.log
    assert "trigpoint-build-" not in built.log


@pytest.mark.parametrize(
    ("backend", "error"),
    [
        ("nowhere", "ModuleNotFoundError: No module named 'nowhere'"),
        ("toy_backend:absent", "AttributeError: module 'toy_backend' has no attribute 'absent'"),
        ("toy_needs", "AttributeError: module 'toy_needs' has no attribute 'build_wheel'"),
    ],
)
def test_a_backend_that_is_none(shelf: Shelf, backend: str, error: str) -> None:
    """A name that leads nowhere is an error like others."""
    made = job(shelf)
    built = run_hooks(Job(made.files, "wheel", backend, folders=made.folders))
    assert error == built.error


@pytest.mark.parametrize("path", ["src/toy/__init__.py/below", "é" * 127 + "xx", "\ud800"])
def test_files_that_cannot_be_written(shelf: Shelf, path: str) -> None:
    """A file below another one, or with a name that no file has, is an error and no exception."""
    built = run_hooks(job(shelf, TREE.with_files({path: b""})))
    assert built.error.startswith(ascii(path) + " cannot be written: ")


def test_the_longest_name(shelf: Shelf) -> None:
    """A name of as many bytes as a file system takes is written."""
    built = run_hooks(job(shelf, TREE.with_files({"é" * 127 + "x": b""})))
    assert not built.error


def test_backend_of_the_project_itself() -> None:
    """A backend may lie in the project, in the folders that backend-path names, as an object."""
    own = "class Backend:\n    def build_wheel(self, folder, settings):\n        return 'x.whl'\nmade = Backend()\n"
    files = {"tools/own.py": own.encode()}
    built = run_hooks(Job(files, "wheel", "own:made", ("tools",)))
    assert "the backend says that it built 'x.whl', and did not" == built.error
    assert "own" not in sys.modules


def test_what_a_backend_asks_for(shelf: Shelf) -> None:
    """Requirements that come up late are handed back, and the build goes on once they are there."""
    asking = job(shelf, requires=["toy-asking"])
    assert ("toy-more",) == run_hooks(asking).more
    answered = job(shelf, requires=["toy-asking", "toy-more"], answered=("toy-more",))
    assert "toy-1-py3-none-any.whl" == run_hooks(answered).name


@pytest.mark.parametrize("more", [0, 1])
def test_what_is_built_is_bounded(shelf: Shelf, more: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of so many bytes is read, and one more is an error."""
    size = len(run_hooks(job(shelf)).data)
    monkeypatch.setattr(module, "MOST_BUILT", size - more)
    assert ["", "toy-1-py3-none-any.whl is too large to be read"][more] == run_hooks(
        job(shelf)
    ).error


def test_nothing_is_left_behind(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Modules, path, environment, folder, umask, logging and warnings are as they were."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KEPT", "1")
    mask = os.umask(0o077)
    root = logging.getLogger()

    def state() -> object:
        now = os.umask(0o077)
        os.umask(now)
        return (
            dict(sys.modules), list(sys.path), sys.argv, sys.meta_path[:], dict(os.environ),
            Path.cwd(), now, list(root.handlers), root.level, warnings.filters[:],
            sys.dont_write_bytecode, sys.pycache_prefix, gzip.time, sys.stdout, logging._handlerList[:],  # type: ignore[attr-defined]
        )  # fmt: skip

    program = """
import logging, os, sys, warnings, decimal
import toy_backend
logging.basicConfig(level=1); logging.disable(50)
logging.getLogger("toy").addHandler(logging.StreamHandler())
os.environ["NEW"] = "1"; os.environ["KEPT"] = "2"; os.chdir("/"); os.umask(0)
sys.path.insert(0, "/nowhere"); sys.argv = []; sys.meta_path.append(None); sys.meta_path.pop()
sys.meta_path.insert(0, type("F", (), {"find_spec": staticmethod(lambda *a: None)}))
warnings.simplefilter("error")
raise SystemExit
"""
    try:
        run_hooks(job(shelf))
        before = state()
        run_hooks(job(shelf, doing(program)))
        assert before == state()
        assert "toy_backend" not in sys.modules
        assert [] == list(tmp_path.iterdir())
    finally:
        os.umask(mask)


def test_each_build_imports_its_own_version(shelf: Shelf) -> None:
    """Two versions of a backend, one after the other, do not meet."""
    for wanted in ("toy<2", "toy>=2"):
        folder = job(shelf, requires=[wanted]).folders[0]
        built = run_hooks(
            job(shelf, doing("import toy_backend; print(toy_backend.__file__)"), requires=[wanted])
        )
        assert f"{folder}/toy_backend.py" in built.log


def test_a_project_gets_no_bytecode(shelf: Shelf) -> None:
    """Modules of backends are compiled once, beside them, and nothing is written into a project."""
    run_hooks(job(shelf, TREE.with_files({"src/toy/__init__.py": b""})))
    assert (shelf.folder / "unpacked" / "bytecode").is_dir()
    built = run_hooks(job(shelf))
    assert not [each for each in read_package(built.name, built.data).files if "pyc" in each.path]


def test_the_log_has_no_names_that_are_drawn_by_lot(shelf: Shelf) -> None:
    """A temporary folder where the build lands, as setuptools makes one, is called the same each time."""
    program = (
        "import os, tempfile; out = os.path.abspath('../out')\n"
        "for prefix in ('.tmp-', None):\n"
        "    print(tempfile.mkdtemp(prefix=prefix, dir=out) + '/toy.whl')\n"
        "print(out + '/tmpl', out)"
    )
    built = run_hooks(job(shelf, doing(program)))
    told = [each for each in built.log.split("\n") if "out" in each]
    assert [".../out/.tmp-.../toy.whl", ".../out/tmp.../toy.whl", ".../out/tmpl .../out"] == told
    assert built == run_hooks(job(shelf, doing(program)))


@pytest.mark.parametrize("more", [0, 1])
def test_log_is_bounded(more: int) -> None:
    """The first and the last of so many letters are kept, and what is left out is counted."""
    log = Log(10)
    for each in "abcdefghij" + "k" * more:
        log.write(each)
    assert ["abcdefghij", "abcde\n... 1 letters left out ...\nghijk"][more] == log.text()
    assert log.writable()
    for _ in range(100):
        log.write("x" * 7)
    assert len(log.text()) < 60


def test_shims_of_a_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the file system ignores the umask, new files and folders heed it all the same."""
    monkeypatch.setattr(sys, "platform", "emscripten")
    mask = os.umask(0)
    try:
        old = tmp_path / "old"
        old.write_text("x")
        old.chmod(0o666)
        with module._shims():
            (tmp_path / "new").write_text("x")
            with open(tmp_path / "new2", "wb"), open(old, "a"):  # noqa: PTH123
                pass
            (tmp_path / "a" / "b").mkdir(parents=True)
            os.makedirs(tmp_path / "c" / "d")  # noqa: PTH103
            with open(os.open(tmp_path / "new", os.O_RDONLY)) as stream:  # noqa: PTH123
                assert "x" == stream.read()
        found = {each.name: oct(each.stat().st_mode & 0o777) for each in tmp_path.rglob("*")}
    finally:
        os.umask(mask)
    folders = dict.fromkeys("abcd", "0o755")
    assert {"old": "0o666", "new": "0o644", "new2": "0o644", **folders} == found


def test_an_archive_of_tarfile_bears_the_one_time(shelf: Shelf) -> None:
    """What a backend leaves to tarfile is neither of this day nor of whoever builds."""
    stream = (
        "import io\nheader = io.BytesIO()\ntarfile.open(fileobj=header, mode='w|gz').close()\n"
        "print('stream', int.from_bytes(header.getvalue()[4:8], 'little'))"
    )
    built = run_hooks(job(shelf, doing(stream), "sdist"))
    assert "" == built.error
    assert f"stream {EPOCH}\n" in built.log
    assert EPOCH == int.from_bytes(built.data[4:8], "little")
    with tarfile.open(fileobj=BytesIO(built.data)) as archive:
        members = archive.getmembers()
    assert members
    assert {(EPOCH, 0, 0, "", "")} == {
        (each.mtime, each.uid, each.gid, each.uname, each.gname) for each in members
    }
    assert "gettarinfo" == tarfile.TarFile.gettarinfo.__name__
