"""The review lab: its answers, its patches, and what a page loads for it."""

from __future__ import annotations

import importlib.util
import json
import sys
import zipfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from trigpoint import labs
from trigpoint.labs.builds import keeping
from trigpoint.labs.files import encoded
from trigpoint.labs.review import words
from trigpoint.labs.review.answer import MOST_LETTERS, answer, filled
from trigpoint.labs.review.data import FamilyRow, ResultRow, ReviewRequest
from trigpoint.labs.review.examples import EXAMPLES
from trigpoint.labs.review.loading import loaded
from trigpoint.projects.builds.shelf import LIST, VARIABLE, entry
from trigpoint.projects.review.tree import Tree

needs_yaml = pytest.mark.skipif(
    importlib.util.find_spec("yaml") is None, reason="PyYAML reads the files of workflows"
)
TABLE = '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n[project]\nname = "a"\nversion = "1"\n'
FILES = """\
.github/workflows/ci.yml
    on: push
    permissions: {}
    jobs:
      a:
        runs-on: ubuntu-24.04
        steps:
          - run: pip install .[x]
"""


def failed(request: ReviewRequest) -> list[str]:
    """Return the codes of the checks that fail."""
    return [
        row.code
        for family in answer(request).families
        for row in family.results
        if row.outcome == "failed"
    ]


@needs_yaml
@pytest.mark.parametrize(
    ("number", "codes"),
    [
        (0, ["review-extra-missing", "review-python-float", "review-action-mutable", "review-workflow-permissions"]),
        (1, ["review-action-mutable", "review-publish-identity", "review-publish-build", "review-publish-environment"]),
        (2, ["review-python-classifier", "review-typed-missing", "review-pyproject"]),
        (3, ["review-publish-environment"]),
        (4, ["review-workflow-permissions"]),
        (5, ["review-action-mutable", "review-workflow-permissions"]),
    ],
)  # fmt: skip
def test_examples_fail_what_they_are_for(number: int, codes: list[str]) -> None:
    """Each shows the mistake of its label."""
    request = ReviewRequest(**EXAMPLES[number].request)
    if number == 5:
        codes = codes[:1]
        assert "permissions:" in request.files
    assert codes == failed(request)


@needs_yaml
def test_an_answer_has_counts_patches_and_places() -> None:
    """Those of a family, of all, and of what is in the text."""
    request = ReviewRequest(f'{TABLE}[project.optional-dependencies]\ny = ["b=>1"]\n', FILES)
    found = answer(request)
    assert (2, True) == (found.failed, found.passed > 2)
    names = found.families[0]
    assert ("Names that files use", 1) == (names.title, names.failed)
    assert "failed" == names.results[0].outcome
    assert 1 == sum(each.severity.value == "error" for each in found.findings)
    assert found.findings[-1].span
    assert '+y = ["b>=1"]\n' in found.patch
    assert found.patch == "".join(row.patch for family in found.families for row in family.results)
    assert "" == found.missing
    assert 'data-download="review.patch"' in labs.html(
        "review", labs.run("review", {"text": request.text, "files": FILES})
    )


def test_files_are_dropped() -> None:
    """A zip comes apart into the text and the other files; a large project stays in the tab."""
    import io

    def packed(**files: str) -> ReviewRequest:
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as made:
            for name, data in files.items():
                made.writestr(f"spam/{name.replace('_', '.')}", data)
        return filled(ReviewRequest(file=encoded("spam.zip", stream.getvalue())))

    small = packed(pyproject_toml=TABLE, tox_ini="[tox]\n")
    assert (TABLE, "tox.ini\n    [tox]\n", "") == (small.text, small.files, small.kept)
    large = packed(pyproject_toml=TABLE, a_txt="x\n" * MOST_LETTERS)
    assert ("", True) == (large.files, bool(keeping.kept(large.kept)))
    assert answer(large).families
    damaged = filled(ReviewRequest(file=encoded("spam.zip", b"PK\3\4")))
    assert [] != list(answer(damaged).findings)


def test_summaries() -> None:
    """Nothing, nothing to look at, all well, and what fails."""
    assert "There is no project to review yet." == words.summary(answer(ReviewRequest()))
    nothing = answer(ReviewRequest(files="a.txt\n    b\n"))
    assert "No check has anything to look at here." == words.summary(nothing)
    one = answer(ReviewRequest(files="requirements.txt\n    a\n"))
    assert "1 check asked. It passes." == words.summary(one)
    good = f'{TABLE}[tool.repo-review]\nignore = ["review-yaml"]\n'
    said = words.summary(answer(ReviewRequest(good, "requirements.txt\n    a\n")))
    assert said.endswith("checks asked. All pass; 1 is left out by the project.")
    bad = answer(ReviewRequest("a = ["))
    assert "1 of 1 checks fails." == words.summary(bad)


def row(text: str) -> ResultRow:
    return ResultRow("X", "", "failed", text, "", "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("a\nb\n\nc", [("text", "a b"), ("text", "c")]),
        ("a\n* b\n* c", [("text", "a"), ("item", "b"), ("item", "c")]),
        ("a\n```x\n* b\n\n c\n```\nd", [("text", "a"), ("code", "* b\n\n c"), ("text", "d")]),
        ("```\nb", [("code", "b")]),
        ("```", []),
    ],
)
def test_words_of_plugins_come_in_pieces(text: str, expected: list[tuple[str, str]]) -> None:
    """Their Markdown is text, items and code, whether or not it ends."""
    assert expected == words.lines(row(text))


def test_counts_leave_out_what_is_none() -> None:
    """A family says what there is."""
    assert "1 failed, 2 left out, 3 nothing to check" == words.counts(FamilyRow("", 1, 0, 2, 3, ()))


def html(text: str, **more: str) -> str:
    found: dict[str, Any] = labs.run("review", {"text": TABLE})
    family = found["families"][0]
    family["failed"] = 1
    family["results"] = [{**family["results"][0], "outcome": "failed", "words": text, **more}]
    return labs.html("review", found)


def test_words_are_shown_safely() -> None:
    """Code and links of plugins are, addresses that are none are text."""
    shown = html("Use `a<b>` or [it](https://x.example/y).\n\n```\n<i>\n```")
    assert 'Use <code>a&lt;b&gt;</code> or <a href="https://x.example/y">it</a>.' in shown
    assert "<code>&lt;i&gt;</code>" in shown
    assert "[it](javascript:x)" in html("[it](javascript:x)")
    assert '<span class="tp-code">X</span>' in html("", code="X", url="")


def test_what_is_left_out_has_its_reason() -> None:
    """A page shows why."""
    table = f'{TABLE}[tool.repo-review.ignore]\nreview-yaml = "so be it"\n'
    assert ": so be it</span>" in labs.html("review", labs.run("review", {"text": table}))


def test_what_is_missing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without repo-review, or with a file that its plugins cannot read."""
    monkeypatch.setattr("trigpoint.projects.review.running.has_plugins", lambda: False)
    # In a page they would come.
    monkeypatch.setattr("sys.platform", "linux")
    found = labs.run("review", {"text": TABLE, "plugins": True})
    assert "repo-review is not installed" in found["missing"]
    assert "Repo-review is not installed" in labs.html("review", found)
    assert "Not read: noxfile.py" in labs.html(
        "review", labs.run("review", {"files": "noxfile.py\n    def (\n"})
    )


# -- what a page loads ---------------------------------------------------------------------


def served(folder: Path, name: str, needs: str = "") -> None:
    """Put a wheel of the project *name* on the shelf in *folder*."""
    with zipfile.ZipFile(folder / f"{name}-1.0-py3-none-any.whl", "w") as made:
        made.writestr(f"{name}.py", "")
        made.writestr(
            f"{name}-1.0.dist-info/METADATA",
            f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n{needs}",
        )


def listed(folder: Path) -> None:
    rows = [asdict(entry(path)) for path in sorted(folder.glob("*.whl"))]
    (folder / LIST).write_text(json.dumps({"wheels": rows}))


def test_a_page_loads_what_a_review_needs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """First the list, then the wheels, and then Python imports from them."""
    monkeypatch.setattr("trigpoint.labs.review.loading.has_yaml", lambda: False)
    monkeypatch.setattr("trigpoint.labs.review.loading.has_plugins", lambda: False)
    monkeypatch.setattr(sys, "path", [*sys.path])
    monkeypatch.delenv(VARIABLE, raising=False)
    tree = Tree.of_files({"a.yml": b""})
    if sys.platform != "emscripten":
        assert loaded(tree, plugins=True) is None
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    assert loaded(Tree.of_files({"a.txt": b""}), plugins=False) is None
    first = loaded(tree, plugins=True)
    assert first
    assert (LIST,) == first.files
    served(tmp_path, "pyyaml")
    served(tmp_path, "sp_repo_review", "Requires-Dist: pyyaml\nRequires-Dist: repo-review\n")
    served(tmp_path, "repo_review")
    listed(tmp_path)
    aside = {path: path.read_bytes() for path in tmp_path.glob("*.whl")}
    for path in aside:
        path.unlink()
    then = loaded(tree, plugins=True)
    assert then
    assert "Loading PyYAML and sp-repo-review" == then.words
    assert {path.name for path in aside} == set(then.files)
    only = loaded(tree, plugins=False)
    assert only
    assert ("Loading PyYAML", ("pyyaml-1.0-py3-none-any.whl",)) == (only.words, only.files)
    for path, data in aside.items():
        path.write_bytes(data)
    before = len(sys.path)
    assert loaded(tree, plugins=True) is None
    assert 3 == len(sys.path) - before
    assert loaded(tree, plugins=True) is None
    assert 3 == len(sys.path) - before


def test_a_waiting_answer_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page gets what is to be loaded, with an answer without it."""
    monkeypatch.setattr("trigpoint.labs.review.loading.has_yaml", lambda: False)
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    found = json.loads(labs.answer("review", json.dumps({"text": TABLE, "files": FILES})))
    assert [LIST] == found["needs"]["files"]


def test_a_review_is_shared_as_it_was_asked() -> None:
    """With plugins, and of a project that stays in the tab its folder."""
    share = labs.LABS["review"].share
    own = share(ReviewRequest(TABLE, FILES))
    assert own.command.startswith(
        "trigpoint review --own - <<'EOF'\npyproject.toml\n    [build-system]\n"
    )
    assert own.command.endswith(f"{FILES}EOF")
    both = share(ReviewRequest(TABLE, plugins=True))
    assert both.command.startswith("trigpoint review - <<'EOF'\n")
    assert 'plugins: "true"' in both.embed
    assert "trigpoint review --own ." == share(ReviewRequest(TABLE, kept="x")).command
