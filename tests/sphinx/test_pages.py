"""What the pages of this site show is run."""

from __future__ import annotations

import doctest
import re
import shlex
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

import pytest

pytest.importorskip("click", reason="the console blocks run the command line")
from click.testing import CliRunner
from tests.tutorials.follow import PAGES as FOLLOWED

from trigpoint.cli.app import app
from trigpoint.findings import Severity
from trigpoint.labs.files import find_metadata
from trigpoint.metadata import read

ROOT = Path(__file__).parents[2]
# Pages that are followed step by step have a session of their own.
PAGES = sorted(
    {*ROOT.glob("docs/**/*.md"), ROOT / "README.md", ROOT / "CONTRIBUTING.md"} - {*FOLLOWED}
)
FENCE = re.compile(
    r"^(?P<ticks>`{3,})(?P<language>[^\n`]*)\n(?P<body>.*?)^(?P=ticks)\s*$",
    re.MULTILINE | re.DOTALL,
)
ELSEWHERE = {
    'python -m pip install "nox[uv]" && nox -s serve',
    'python -m pip install "nox[uv]" && nox',
    "nox -s bench",
    'python -m pip install "trigpoint[cli]"',
}
"""Commands that sessions and CI run, not this file."""


def fences(*languages: str, pages: Sequence[Path] = PAGES) -> list[tuple[str, str]]:
    """Return the blocks of the languages on the pages, each with its place."""
    found = []
    for page in pages:
        text = page.read_text("utf-8")
        for match in FENCE.finditer(text):
            if match["language"].strip() in languages:
                line = text.count("\n", 0, match.start()) + 1
                found.append((match["body"], f"{page.relative_to(ROOT).as_posix()}:{line}"))
    return found


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(page, id=page.relative_to(ROOT).as_posix())
        for page in PAGES
        if fences("python", "pycon", pages=[page])
    ],
)
def test_python(page: Path) -> None:
    """The blocks of a page run one after the other, and print what it shows."""
    namespace: dict[str, object] = {}
    for body, where in fences("python", "pycon", pages=[page]):
        if ">>>" in body:
            parsed = doctest.DocTestParser().get_doctest(body, namespace, where, where, 0)
            assert 0 == doctest.DocTestRunner().run(parsed, clear_globs=False).failed
            namespace = parsed.globs
        else:
            exec(compile(body, where, "exec"), namespace)


@pytest.mark.parametrize(
    ("body", "where"),
    [pytest.param(*each, id=each[1]) for each in fences("console", "sh", "bash")],
)
def test_console(body: str, where: str) -> None:
    """A command gives the output that the page shows."""
    prompts = re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]
    assert prompts
    for prompt in prompts:
        command, _, expected = prompt.rstrip("\n").partition("\n")
        if command in ELSEWHERE:
            continue
        program, *arguments = shlex.split(command)
        assert "trigpoint" == program
        result = CliRunner().invoke(app, arguments)
        shown = "\n".join(line.rstrip() for line in result.output.rstrip("\n").split("\n"))
        assert expected == shown


@pytest.mark.parametrize(
    "module",
    [
        "trigpoint.markers",
        "trigpoint.findings",
        "trigpoint.labs",
        "trigpoint.wheels",
        "trigpoint.external",
        "trigpoint.extensions",
    ],
)
def test_reference_has_every_public_name(module: str) -> None:
    """What a module exports is in its page."""
    page = (ROOT / f"docs/reference/api/{module.rpartition('.')[2]}.md").read_text("utf-8")
    if f"automodule:: {module}\n   :members:" in page:
        return
    listed = re.findall(rf"auto(?!module)\w+:: {re.escape(module)}\.(\w+)$", page, re.MULTILINE)
    assert sorted(import_module(module).__all__) == sorted(listed)


def test_one_sentence_a_line() -> None:
    """Prose breaks after each sentence, so that changes show as what they are."""
    wrong = []
    for page in PAGES:
        text = FENCE.sub(lambda match: "\n" * match[0].count("\n"), page.read_text("utf-8"))
        for number, line in enumerate(text.split("\n"), 1):
            if line.startswith(("|", "- ", ":", "#", "  ")):
                continue
            if re.search(r"[a-z)`*]\. (?=[A-Z`*])", line):
                wrong.append(f"{page.relative_to(ROOT)}:{number}: {line}")
    assert [] == wrong


def test_shortest_way_builds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first table of the metadata guide builds as it stands, beside the files that it names."""
    build = pytest.importorskip("hatchling.build", reason="hatchling builds the example")
    page = ROOT / "docs" / "guides" / "metadata.md"
    [(body, _), *_] = fences("{checked-toml} pyproject.toml", pages=[page])
    package = tmp_path / "src" / "spam_eggs" / "__init__.py"
    package.parent.mkdir(parents=True)
    for path in (package, tmp_path / "README.md", tmp_path / "LICENSE"):
        path.write_text("\n", "utf-8")
    (tmp_path / "pyproject.toml").write_text(body, "utf-8")
    monkeypatch.chdir(tmp_path)
    wheel = Path(build.build_wheel(str(tmp_path)))
    found = find_metadata(wheel.name, wheel.read_bytes())
    document = read(found.data)
    assert ["MIT"] == document["License-Expression"]
    assert ["LICENSE"] == document["License-File"]
    assert [] == [each for each in document.findings() if each.severity is Severity.ERROR]
