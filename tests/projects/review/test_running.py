"""Whole reviews: with the plugins of repo-review, on the command line, and in a check."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from trigpoint.archives.faults import in_order
from trigpoint.catalogue import report
from trigpoint.findings import Fix, TextIndex
from trigpoint.projects import check
from trigpoint.projects.builds import read_tree
from trigpoint.projects.review import running
from trigpoint.projects.review.patches import carried_out, patch, patch_of
from trigpoint.projects.review.project import Found, Project
from trigpoint.projects.review.running import has_plugins, review, review_folder
from trigpoint.projects.review.table import ALL, PREFIX
from trigpoint.projects.review.tree import Tree

from ..build import filled
from .cases import CASES, CI, EXTRAS, Files, ci, sdist

ROOT = Path(__file__).parents[3]

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("yaml") is None, reason="PyYAML reads the files of workflows"
)
needs_plugins = pytest.mark.skipif(not has_plugins(), reason="repo-review is not installed")
needs_processes = pytest.mark.skipif(sys.platform == "emscripten", reason="no processes here")


def tree(files: Files) -> Tree:
    return Tree.of_files(
        {name: data.encode() if isinstance(data, str) else data for name, data in files.items()}
    )


def by_repo_review(path: Path) -> dict[str, dict[str, Any]]:
    """Return what repo-review's own command says of the project at *path*, by check."""
    found = subprocess.run(
        [sys.executable, "-m", "repo_review", str(path), "--format", "json"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode in (0, 3), found.stderr
    checks: dict[str, dict[str, Any]] = json.loads(found.stdout)["checks"]
    return checks


OUTCOMES = {True: "passed", False: "failed", None: "skipped"}


def same(path: Path, found: running.Review) -> None:
    """Hold *found* against what the command of repo-review says of the project at *path*."""
    expected = by_repo_review(path)
    told = {each.code: each for each in found.results}
    for code, row in expected.items():
        outcome = "ignored" if row["skip_reason"] else OUTCOMES[row["result"]]
        assert (code, outcome) == (code, told[code].outcome)
        assert row["description"] == told[code].claim
        if outcome == "failed":
            assert in_order(row["err_msg"]).strip() == told[code].words.strip()
        if outcome == "ignored":
            assert row["skip_reason"] == told[code].words
    silent = {code for code, each in told.items() if each.outcome == "ignored" and not each.words}
    assert expected.keys() == told.keys() - silent


PROJECTS: dict[str, Files] = {
    "empty": {},
    "extra": {"pyproject.toml": EXTRAS, **ci("pip install .[tests]")},
    "ignored": {
        "pyproject.toml": f'{EXTRAS}[tool.repo-review.ignore]\nreview-extra-missing = "soon"\n'
        'PY002 = "none"\n',
        **ci("pip install .[tests]"),
    },
    **{
        case.code: case.bad
        for case in CASES
        if case.code in ("review-hook-order", "review-wheel-tops")
    },
}


@needs_processes
@needs_plugins
@pytest.mark.parametrize("name", PROJECTS)
def test_repo_review_says_the_same(tmp_path: Path, name: str) -> None:
    """Its own command, our runner on disk, and our runner in memory agree on every check."""
    pytest.importorskip("rich", reason="the command of repo-review shows with it")
    filled(tmp_path, PROJECTS[name])
    same(tmp_path, review_folder(tmp_path))
    same(tmp_path, review(tree(PROJECTS[name])))


@needs_processes
@needs_plugins
def test_this_repository_passes_its_own_review() -> None:
    """Each exception has its reason, and repo-review says the same."""
    if not (ROOT / ".github").is_dir():
        pytest.skip("the files of the repository are not here")
    found = review_folder(ROOT)
    assert "" == found.missing
    assert [] == [(each.code, each.words) for each in found.results if each.outcome == "failed"]
    assert all(each.words for each in found.results if each.outcome == "ignored")
    assert found.counts()["passed"] > 50
    if importlib.util.find_spec("rich"):
        same(ROOT, found)


@needs_plugins
def test_families_come_in_order() -> None:
    """Those of plugins first, each with what failed on top."""
    found = review(tree(PROJECTS["extra"]))
    families = found.families()
    assert "General" == next(iter(families))
    assert list(families)[-1] == "Files as such"
    first = [
        results[0].outcome
        for results in families.values()
        if any(r.outcome == "failed" for r in results)
    ]
    assert {"failed"} == set(first)
    assert not any(each.family.startswith(PREFIX) for each in found.results)


@needs_plugins
def test_plugins_that_stop_are_named() -> None:
    """A file that a plugin cannot read keeps ours from nothing."""
    found = review(tree({"pyproject.toml": "a = [", CI: "a: ["}))
    assert found.missing.startswith("the plugins of repo-review stopped: ")
    assert {"review-yaml", "review-pyproject"} == {
        each.code for each in found.results if each.outcome == "failed"
    }


def test_only_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    """Plugins are asked if they are there, and if they are wanted."""
    files = tree(PROJECTS["extra"])
    assert "only" in review(files, plugins=False).missing
    monkeypatch.setattr(running, "has_plugins", lambda: False)
    found = review(files)
    assert "trigpoint[review]" in found.missing
    assert [each.code for each in ALL] == [each.code for each in found.results]
    assert found.failed
    assert not review(tree({})).failed


# -- patches ------------------------------------------------------------------------------


@needs_processes
@pytest.mark.skipif(shutil.which("git") is None, reason="git carries patches out")
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.code)
def test_patches_are_carried_out_by_git(tmp_path: Path, case: Any) -> None:
    """The patch of a review makes what its fixes make, whatever the ends of lines."""
    files = {name: data for name, data in case.bad.items() if isinstance(data, str)}
    for end in ("", "\n"):
        changed = {**case.bad, **{name: text.removesuffix(end) for name, text in files.items()}}
        filled(tmp_path, changed)
        found = review(tree(changed), plugins=False)
        every = [each for result in found.results for each in result.found]
        made = patch_of(every, found.texts)
        if made:
            subprocess.run(["git", "apply", "-p1"], input=made.encode(), cwd=tmp_path, check=True)
        for name, text in found.texts.items():
            fixes = [each.finding.fix for each in every if each.path == name and each.finding.fix]
            assert carried_out(text, fixes) == (tmp_path / name).read_bytes().decode()


def test_fixes_that_overlap_are_not_both_carried_out() -> None:
    """The later one in the text is, once, and words are none."""
    index = TextIndex("abcdef")
    fixes = [
        Fix("", "1", index.span(0, 3)),
        Fix("", "2", index.span(2, 4)),
        Fix("", "2", index.span(2, 4)),
        Fix("", "3", index.span(4, 4)),
        Fix("words"),
    ]
    assert "ab23ef" == carried_out("abcdef", fixes)


@pytest.mark.skipif(shutil.which("git") is None, reason="git carries patches out")
@pytest.mark.skipif(os.name == "nt", reason="no file is called so there")
@pytest.mark.parametrize("name", ["a b", "a\nb", 'a"\\b', "ä\tb", "\x1b[31m", "\x7f", "\udcff"])
def test_patches_of_files_with_odd_names(tmp_path: Path, name: str) -> None:
    """No name ends the line that it stands in."""
    path = tmp_path / name
    try:
        path.write_text("one\n", "utf-8")
    except OSError:
        pytest.skip("no file is called so here")
    made = patch(name, "one\n", "two\n").encode("utf-8", "surrogateescape")
    subprocess.run(["git", "apply"], input=made, cwd=tmp_path, check=True, capture_output=True)
    assert "two\n" == path.read_text("utf-8")


def test_patches_without_anything_to_do() -> None:
    """No change is no patch, and what has no text has none."""
    assert "" == patch("a", "x", "x")
    fix = Fix("", "b", TextIndex("a").span(0, 1))
    found = Found("a.txt", report("review-yaml", "no", None, fix))
    assert "" == patch_of([found], {})
    expected = "--- a/a.txt\n+++ b/a.txt\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+b\n\\ No newline at end of file\n"
    assert expected == patch_of([found], {"a.txt": "a"})


# -- a check ------------------------------------------------------------------------------


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.code)
def test_a_check_finds_what_a_review_finds(tmp_path: Path, case: Any) -> None:
    """A check of a folder says the same: codes, files, places and fixes."""
    filled(tmp_path, case.bad)
    found = review_folder(tmp_path, plugins=False)
    every = {
        (each.path, each.finding.code, each.finding.span, each.finding.fix)
        for result in found.results
        for each in result.found
    }
    checked = check([tmp_path])
    told = {
        (Path(file.place).relative_to(tmp_path).as_posix(), each.code, each.span, each.fix)
        for file in checked.files
        for each in file.findings
    }
    top = {
        (path.partition(".whl/")[0] + ".whl" if ".whl/" in path else path, *rest)
        for path, *rest in told
    }
    assert {
        (path.partition(".whl/")[0] + ".whl" if ".whl/" in path else path, *rest)
        for path, *rest in every
    } <= top


def test_a_check_names_what_was_read_and_what_was_not(tmp_path: Path) -> None:
    """Configuration is read for what it asks of the project; broken files are findings."""
    text = f'{EXTRAS}[tool.repo-review.ignore]\nreview-yaml = "soon"\n'
    files = {"pyproject.toml": text, **ci("true"), "tox.ini": "[tox]\n", "noxfile.py": "def ("}
    report = check([filled(tmp_path, files)])
    kinds = {Path(each.path).name: each.kind for each in report.files}
    assert {"ci.yml": "configuration", "tox.ini": "configuration"}.items() <= kinds.items()
    left = list(map(str, report.files[0].not_read))
    assert "noxfile.py (it is no Python that is read here)" in left
    assert "review-yaml (soon)" in left
    assert not any(each.startswith("tox.ini") for each in left)


# -- real projects, and the command line -----------------------------------------------------


def test_an_sdist_is_a_project() -> None:
    """The folder around everything is taken off."""
    found = read_tree(sdist("setup.py"), "spam-1.0.tar.gz")
    assert {"PKG-INFO", "setup.py"} == set(found.files)


def command(*arguments: str, text: str = "") -> tuple[int, str]:
    from click.testing import CliRunner

    from trigpoint.cli.app import app

    found = CliRunner().invoke(app, ["review", *arguments], input=text)
    return found.exit_code, found.output


def test_the_command_shows_what_fails(tmp_path: Path) -> None:
    """First by family, then in a sentence, with status 1."""
    path = str(filled(tmp_path, PROJECTS["extra"]))
    status, shown = command("--own", path)
    assert 1 == status
    assert (
        "Names that files use: 1 failed, 3 nothing to check\n  failed review-extra-missing: Extras that"
        in shown
    )
    assert "    - .github/workflows/ci.yml:7:28: there is no extra 'tests' in " in shown
    assert "passed" not in shown.partition("\n\n")[0]
    assert "--patch writes" in shown
    status, shown = command("--own", "--all", path)
    assert "  passed review-yaml: YAML can be read" in shown
    assert "  nothing to check review-wheel-tops" in shown


def test_the_command_writes_patches_and_json(tmp_path: Path) -> None:
    """For programs, with the same status."""
    path = str(filled(tmp_path, PROJECTS["extra"]))
    status, shown = command("--own", "--patch", path)
    assert (1, "--- a/.github/workflows/ci.yml\n") == (status, shown.splitlines(keepends=True)[0])
    assert "+      - run: pip install .[test]\n" in shown
    status, shown = command("--own", "--json", path)
    assert 1 == json.loads(shown)["failed"] == status


def test_the_command_reads_archives_and_lists(tmp_path: Path) -> None:
    """An sdist, and a list of files on standard input; a good project leaves with status 0."""
    (tmp_path / "spam-1.0.tar.gz").write_bytes(sdist("src/spam/__init__.py"))
    status, shown = command("--own", str(tmp_path / "spam-1.0.tar.gz"))
    assert (0, True) == (status, "No check has anything" in shown)
    status, shown = command("--own", "-", text="requirements.txt\n    a=>1\n")
    assert (1, True) == (status, "review-requirements" in shown)


def test_the_command_says_what_it_cannot_read(tmp_path: Path) -> None:
    """Nothing is said of a project that is none, and what is wrong with an archive is."""
    (tmp_path / "a.bin").write_bytes(b"\x00\xff" * 100)
    said = f"Error: {tmp_path / 'a.bin'} is no folder, zip or sdist of a project\n"
    assert (1, said) == command(str(tmp_path / "a.bin"))
    (tmp_path / "requirements.txt").write_text("a=>1")
    assert "review-requirements" in command("--own", str(tmp_path / "requirements.txt"))[1]
    (tmp_path / "b.zip").write_bytes(b"PK\3\4")
    for option in ("--own", "--patch"):
        status, shown = command(option, str(tmp_path / "b.zip"))
        assert (1, True, False) == (status, shown.startswith("error["), "fail" in shown)
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as made:
        made.writestr("a/requirements.txt", "a")
        made.writestr("../b", "")
    status, shown = command("--own", str(tmp_path / "a.zip"))
    assert (1, True, True) == (status, shown.startswith("error["), "It passes." in shown)
    assert json.loads(command("--own", "--json", str(tmp_path / "a.zip"))[1])["findings"]
    status, shown = command("--own", "-", text="../a\n")
    assert (1, True) == (status, shown.startswith("error[build-listing]"))


@needs_plugins
def test_the_command_asks_plugins_too(tmp_path: Path) -> None:
    """Unless told not to, and says what was left out."""
    path = str(filled(tmp_path, PROJECTS["ignored"]))
    _, shown = command("--all", path)
    assert "General: " in shown
    assert "PY002" in shown
    assert "  left out review-extra-missing" in shown
    assert "    soon\n" in shown
    assert "2 are left out by the project" in shown


def test_the_command_says_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without repo-review ours are asked, and that is said."""
    monkeypatch.setattr(running, "has_plugins", lambda: False)
    (tmp_path / "noxfile.py").write_text("def (")
    status, shown = command(str(tmp_path))
    assert 0 == status
    assert "Repo-review is not installed; trigpoint[review] brings it" in shown
    assert "not read: noxfile.py" in shown


def test_project_is_asked_once(tmp_path: Path) -> None:
    """A file is read once, whatever asks for it."""
    project = Project(Tree.of_folder(filled(tmp_path, PROJECTS["extra"])))
    assert project.workflows is project.workflows
    assert project.pyproject is project.pyproject


@needs_plugins
@pytest.mark.parametrize("on_disk", [True, False])
def test_plugins_are_asked_up_to_a_size(
    on_disk: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They read whole files in their own way, so above the bound they are not asked, and that is said."""
    files = {
        "pyproject.toml": "[project]\nname = 'x'\nversion = '1'\n",
        ".github/workflows/ci.yml": "on: push\njobs: {}\n" + "# why\n" * 50,
        "data.csv": "1\n" * 5000,
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(text.encode())
    size = sum(len(text.encode()) for name, text in files.items() if name != "data.csv")

    def asked() -> running.Review:
        return review_folder(tmp_path) if on_disk else review(tree(files))

    monkeypatch.setattr(running, "MOST_HANDED", size)
    whole = asked()
    assert "" == whole.missing
    monkeypatch.setattr(running, "MOST_HANDED", size - 1)
    bare = asked()
    assert bare.missing.startswith("the plugins of repo-review were not asked: ")
    assert ".github/workflows/ci.yml" in bare.missing
    assert [each for each in whole.results if each.own] == list(bare.results)


@needs_plugins
def test_a_link_to_a_large_file_is_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Plugins follow links, and one to nothing has no size."""
    (tmp_path / "pyproject.toml").write_text("[project]\nname = 'x'\nversion = '1'\n", "utf-8")
    (tmp_path / "large.txt").write_text("a: 1\n" * 100, "utf-8")
    for name, target in (("a.yml", "nowhere.txt"), ("b.yml", "large.txt")):
        try:
            (tmp_path / name).symlink_to(target)
        except OSError:
            pytest.skip("no links here")
    monkeypatch.setattr(running, "MOST_HANDED", 499)
    assert "b.yml" in review_folder(tmp_path).missing
