"""Names in commands and configuration: where each is found, and what is passed over."""

from __future__ import annotations

import pytest

from trigpoint.projects.review.checks.base import MOST_STEPS
from trigpoint.projects.review.checks.names import uses
from trigpoint.projects.review.commands import builds, in_commands, words_of
from trigpoint.projects.review.project import Project
from trigpoint.projects.review.tree import Tree

from .cases import CI, EXTRAS, TABLE, Files, run, workflow


def named(command: str) -> list[tuple[str, str]]:
    """Return what *command* names of a project called spam."""
    found = list(in_commands(command, "spam"))
    assert all(command[each.start : each.end] == each.text for each in found)
    return [(each.kind, each.text) for each in found]


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("pip install .", []),
        ("pip install .[a]", [("extra", "a")]),
        ("pip install -e '.[a,b]'", [("extra", "a"), ("extra", "b")]),
        ('python -m pip install -U "./[a, b]"', [("extra", "a"), ("extra", "b")]),
        ("pip install --editable=.[a]", [("extra", "a")]),
        ("pip install spam[a] Spam[b] eggs[c]", [("extra", "a"), ("extra", "b")]),
        ("pip install 'spam[a] >= 1; os_name == \"x\"'", [("extra", "a")]),
        ("pip install dist/*.whl[a]", [("extra", "a")]),
        ('pip install "$(ls dist/*.whl)[a]"', [("extra", "a")]),
        ("pip install ../[a] other/[b] .", []),
        ("pip install .[${{ matrix.extra }}] .[$EXTRA]", []),
        ("pip install -r a.txt -ra2.txt -c b.txt --requirement=c.txt x", [
            ("file", "a.txt"), ("file", "a2.txt"), ("file", "c.txt"), ("file", "b.txt"),
        ]),
        ("pip install --group a --group pyproject.toml:b --group x/pyproject.toml:c", [
            ("group", "a"), ("group", "b"),
        ]),
        ("uv pip install --group=a .[b]", [("group", "a"), ("extra", "b")]),
        ("uv sync --extra a --group b --only-group c --no-group d", [
            ("extra", "a"), ("group", "b"), ("group", "c"), ("group", "d"),
        ]),
        ("uv run --group a pytest --group b", [("group", "a")]),
        ("uv sync --package x --group a", []),
        ("uv run --project=x --group a", []),
        ("uv add --group a x", []),
        ("nox -s a b-3.12 -- -s c", [("session", "a"), ("session", "b-3.12")]),
        ("nox -e a -k x", [("session", "a")]),
        ("nox --session=a", [("session", "a")]),
        ("uvx nox -s a && nox -s b", [("session", "a"), ("session", "b")]),
        ("nox -f x.py -s a", []),
        ("nox", []),
        ("echo pip  # pip install .[a]; pip install .[b]\npip install .[c]", [("extra", "c")]),
        ("cd docs && pip install .[a]", []),
        ("pip install \\\n  .[a]", [("extra", "a")]),
        ("pip uninstall .[a]", []),
        ("if true; then\n  pip install .[a]\nfi", [("extra", "a")]),
    ],
)  # fmt: skip
def test_commands(command: str, expected: list[tuple[str, str]]) -> None:
    """Only what is plain to see, and is about this project, is named."""
    assert expected == named(command)


@pytest.mark.parametrize(
    ("command", "kind", "here"),
    [
        ("pip install .", "install", True),
        ("python -m pip install -e ./[a]", "install", True),
        ("uv pip install ./", "install", True),
        ("venv/bin/pip3 install .", "install", True),
        ("python -m build", "wheel", True),
        ("python -m build . --outdir out", "wheel", True),
        ("python -m build --outdir=out sub", "wheel", False),
        ("python -m build --wheel sub", "wheel", False),
        ("python -m build -Ca=b --config-setting c=d", "wheel", True),
        ("python -m build -s", "sdist", True),
        ("python -m build --sdist --wheel", "wheel", True),
        ("python3.14 -I -X utf8 -m build", "wheel", True),
        (r".\venv\Scripts\python.exe -Im build", "wheel", True),
        ("sudo /opt/pypy3 -m build -s", "sdist", True),
        ("py -3 -m build", "wheel", True),
        ("$PYTHON -m build", "wheel", True),
        ("${{ steps.a.outputs.python-path }} -m build", "wheel", True),
        ("uv run --with build -m build", "wheel", True),
        ("coverage run -m build", "wheel", True),
        ("pipx run build", "wheel", True),
        ("pyproject-build --sdist", "sdist", True),
        ("uv build", "wheel", True),
        ("uv build --python 3.14 --out-dir x", "wheel", True),
        ("uv build --package a", "wheel", False),
        ("uv build --all-packages", "wheel", False),
        ("uv build --project=a", "wheel", False),
        ("poetry build -C sub", "wheel", False),
        ("poetry build --format=sdist", "sdist", True),
        ("hatch build -t sdist", "sdist", True),
        ("hatch build -t sdist -t wheel", "wheel", True),
        ("pdm build --no-wheel", "sdist", True),
        ("maturin build --sdist --out dist", "wheel", True),
        ("python setup.py sdist", "sdist", True),
        ("python setup.py sdist bdist_wheel", "wheel", True),
        ("python sub/setup.py bdist_wheel", "wheel", False),
        ("cibuildwheel .", "wheel", False),
        ("uvx cibuildwheel", "wheel", False),
    ],
)
def test_commands_that_build(command: str, kind: str, here: bool) -> None:
    """What comes out, and whether it is made from the folder that the command runs in."""
    assert (kind, here) == builds(command.split())


@pytest.mark.parametrize(
    "command",
    [
        "",
        "pip install spam",
        "pip install hatch build",
        "pip download .",
        "bun run build",
        "uv",
        "-m",
        "-m build",
        "-I -m build",
        "}} -m build",
        "git commit -m build",
        "pytest -m build",
        "python -m pytest -m build",
        "python setup.py -m build",
        "$TOOL -m build",
        "${{ env.TOOL }} -m build",
        "hatch run -m build",
        "run -m build",
        "python -c build",
    ],
)
def test_commands_that_build_nothing(command: str) -> None:
    """Others of the same tools, and what only looks alike."""
    assert builds(command.split()) is None


def test_quotes_that_never_end_are_words() -> None:
    """A shell line need not be one."""
    assert [] == list(words_of("'"))
    assert [("extra", "a")] == named("pip install '.[a]")


def places(files: Files) -> list[tuple[str, str, str, str]]:
    """Return each use in *files*: its kind, the name, the file, and the text at its place."""
    data = {name: each.encode() if isinstance(each, str) else each for name, each in files.items()}
    found = []
    for use in uses(Project(Tree.of_files(data))):
        span, exact = use.piece.place(use.start, use.end)
        text = use.piece.source.text[span.start : span.end]
        found.append((use.kind, use.name, use.piece.source.path, text if exact else ""))
    return found


TOX = """\
[tox]
requires = tox>=4
[testenv]
extras =
    a
    py311: b, {env:X}
dependency_groups = c
deps =
    -r dev.txt
    .[d]
commands = pip install .[e]
[other]
extras = f
"""
RTD = """\
version: 2
build:
  jobs:
    post_install:
      - pip install .[a]
      - "uv sync --group b"
  commands:
    - nox -s c
sphinx:
  configuration: docs/conf.py
python:
  install:
    - requirements: docs/requirements.txt
    - method: pip
      path: .
      extra_requirements: [d]
    - path: other
      extra_requirements: [no]
    - method: uv
      command: sync
      groups:
        - e
"""
NOX = """\
import nox

@nox.session
def tests(session):
    session.install("-e", ".[a]", "x[no]")
    session.install(".[b]", "--group", "c")
    session.install(f".[{x}]", y)
    session.run("nox", "-s", "d")
    session.run_install("uv", "sync", "--extra", "e")
    session.install(*nox.project.dependency_groups(P, "f", "g"))

@nox.session
def moved(session):
    session.chdir("x")
    session.install(".[no]")
"""


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (
            {"tox.ini": TOX},
            [
                ("extra", "a"), ("extra", "b"), ("group", "c"), ("extra", "e"), ("file", "dev.txt"),
                ("extra", "d"),
            ],
        ),
        (
            {".readthedocs.yaml": RTD},
            [
                ("file", "docs/requirements.txt"), ("extra", "d"), ("group", "e"),
                ("file", "docs/conf.py"), ("session", "c"), ("extra", "a"), ("group", "b"),
            ],
        ),
        (
            {"noxfile.py": NOX},
            [
                ("extra", "a"), ("group", "c"), ("extra", "b"), ("session", "d"), ("extra", "e"),
                ("group", "f"), ("group", "g"),
            ],
        ),
        (
            {
                "pyproject.toml": '[tool.cibuildwheel]\ntest-extras = ["a"]\ntest-groups = "b c"\n'
                '[tool.cibuildwheel.linux]\ntest-extras = "d"\n'
                '[[tool.cibuildwheel.overrides]]\nselect = "*"\ntest-groups = ["e"]\n'
            },
            [("extra", "a"), ("group", "b"), ("group", "c"), ("extra", "d"), ("group", "e")],
        ),
        (
            {"cibuildwheel.toml": '[tool.cibuildwheel]\ntest-extras = ["a"]\n'},
            [("extra", "a")],
        ),
        (
            {
                "pyproject.toml": '[tool.hatch.envs.x]\nfeatures = ["a"]\ndependency-groups = ["b"]\n'
                '[tool.tox.env_run_base]\nextras = ["c"]\n[tool.tox.env.y]\ndependency_groups = ["d"]\n'
            },
            [("extra", "c"), ("group", "d"), ("extra", "a"), ("group", "b")],
        ),
        ({"tox.toml": '[env_run_base]\nextras = ["a"]\n'}, [("extra", "a")]),
        (
            {CI: "env:\n  CIBW_TEST_EXTRAS: a\njobs:\n  x:\n    env: {CIBW_TEST_GROUPS_LINUX: b c}\n"
                 "    steps:\n      - env:\n          CIBW_TEST_EXTRAS: ${{ x }}\n"},
            [("extra", "a"), ("group", "b"), ("group", "c")],
        ),
    ],
)  # fmt: skip
def test_places(files: Files, expected: list[tuple[str, str]]) -> None:
    """Each name stands in the file where its place says, letter by letter."""
    pytest.importorskip("yaml", reason="PyYAML reads the files of workflows")
    (path,) = files
    assert [(kind, name, path, name) for kind, name in expected] == places(files)


@pytest.mark.parametrize(
    "text",
    [
        workflow("run: pip install .[a]\n        working-directory: docs"),
        workflow("run: pip install .[a]", top="defaults:\n  run:\n    working-directory: docs\n"),
        workflow("run: pip install .[a]", job="    defaults: {run: {working-directory: x}}\n"),
        workflow(
            "uses: actions/checkout@v7\n        with: {repository: a/b}", "run: pip install .[a]"
        ),
        workflow("uses: actions/checkout@v7\n        with: {path: a}", "run: pip install .[a]"),
    ],
)
def test_other_folders_say_nothing(text: str) -> None:
    """Where "." may be something else, no name is about this project."""
    pytest.importorskip("yaml", reason="PyYAML reads the files of workflows")
    assert [] == places({CI: text})


@pytest.mark.parametrize(("more", "expected"), [(0, 1), (1, 0)])
def test_long_jobs_say_nothing(more: int, expected: int) -> None:
    """Of a job with more steps than are looked through, where it runs is not known."""
    pytest.importorskip("yaml", reason="PyYAML reads the files of workflows")
    steps = ["run: true"] * (MOST_STEPS - 1 + more)
    assert expected == len(places({CI: workflow("run: pip install .[a]", *steps)}))


@pytest.mark.parametrize(
    ("script", "span"),
    [
        ("run: pip install .[a]\n", "a"),
        ("run: 'pip install .[a]'\n", "a"),
        ('run: "pip install .[a]"\n', "a"),
        ("run: |\n          true\n          pip install .[a]\n", "a"),
        ("run: >-\n          true &&\n          pip install .[a]\n", "a"),
        ("run: |\n          pip install .[a]\n          pip install .[a]\n", "a"),
    ],
)
def test_places_in_every_form_of_yaml(script: str, span: str) -> None:
    """A name is marked where it stands, or the whole script if that is not plain to see."""
    pytest.importorskip("yaml", reason="PyYAML reads the files of workflows")
    found = places({CI: workflow(script.rstrip("\n"))})
    assert {("extra", "a", CI, span)} == set(found)


@pytest.mark.parametrize(
    ("noxfile", "wrong"),
    [
        ("import nox\n@nox.session\ndef a(session): ...\n", True),
        ("import nox\n@nox.session(name='b')\ndef a(session): ...\n", False),
        ("import nox\n@nox.session(name=NAME)\ndef a(session): ...\n", False),
        ("import nox\n@nox.session(**X)\ndef a(session): ...\n", False),
        ("import nox\n@nox.session\ndef a(session): ...\nnox.session(c)\n", False),
        ("import nox\n@nox.session\ndef a(session): ...\n@own\ndef c(session): ...\n", False),
        ("from nox import session\n@session\n@other\ndef a(session): ...\n", True),
        ("import nox\n@nox.session\ndef b(session): ...\n", False),
        ("x = 1\n", False),
        ("def (\n", False),
    ],
)
def test_sessions_are_compared_where_all_are_plain_to_see(noxfile: str, *, wrong: bool) -> None:
    """A noxfile that may make sessions otherwise says nothing about one that it does not show."""
    pytest.importorskip("yaml", reason="PyYAML reads the files of workflows")
    from .test_checks import verdict

    found = verdict("review-session-missing", {"noxfile.py": noxfile, CI: run("nox -s b")})
    assert wrong == (found.outcome == "failed")


@pytest.mark.parametrize(
    ("script", "wrong"),
    [
        ("pip install -r dev.txt", True),
        ("uv export > dev.txt\n          pip install -r dev.txt", False),
        ("pip install -r /tmp/dev.txt -r ~/x.txt -r ../y.txt -r https://x.example/z.txt", False),
        ("pip install -r ./there.txt", False),
    ],
)
def test_files_that_a_run_makes_itself(script: str, *, wrong: bool) -> None:
    """A file that is written first, or lies elsewhere, is not missing."""
    pytest.importorskip("yaml", reason="PyYAML reads the files of workflows")
    from .test_checks import verdict

    files = {CI: workflow(f"run: |\n          {script}"), "there.txt": ""}
    assert wrong == (verdict("review-file-missing", files).outcome == "failed")


@pytest.mark.parametrize(
    ("table", "outcome"),
    [
        (EXTRAS, "failed"),
        ('[project]\nname = "spam"\ndynamic = ["optional-dependencies"]\n', "skipped"),
        ('[project]\nname = "spam"\noptional-dependencies = 1\n', "skipped"),
        ("[build-system]\n", "skipped"),
        ("a = [", "skipped"),
        (TABLE, "failed"),
    ],
)
def test_extras_that_are_not_known_are_not_missing(table: str, outcome: str) -> None:
    """Only what pyproject.toml declares by itself can be compared."""
    pytest.importorskip("yaml", reason="PyYAML reads the files of workflows")
    from .test_checks import verdict

    files = {"pyproject.toml": table, CI: run("pip install .[x]")}
    assert outcome == verdict("review-extra-missing", files).outcome


def test_a_group_of_poetry_is_one() -> None:
    """What Poetry calls a group is asked for in the same way."""
    pytest.importorskip("yaml", reason="PyYAML reads the files of workflows")
    from .test_checks import verdict

    files = {"pyproject.toml": "[tool.poetry.group.dev]\n", CI: run("uv sync --group dev")}
    assert "passed" == verdict("review-group-missing", files).outcome
