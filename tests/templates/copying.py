"""Let copier copy and update: it gives what ``trigpoint new`` gives, and keeps what was edited.

copier takes its templates from a repository of git with tags, so one is made of this folder.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from tests.templates.prove import ROOT, FailedError, run

from trigpoint.projects.templates import Answers, Template, whole

__all__ = ["copier_faults"]

ANSWERS_FILE = ".copier-answers.yml"
_IDENTITY = ("-c", "user.name=a", "-c", "user.email=a@example.org")


def copier_faults(
    copier: Path, template: Template, answers: Answers, folder: Path
) -> Iterator[str]:
    """Yield what *copier* makes of *template* with *answers*, in *folder*, otherwise than we do."""
    shutil.rmtree(folder, ignore_errors=True)
    source, project = folder / "source", folder / "project"
    for name in ("templates", "src"):
        shutil.copytree(
            ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__", "*.pyc")
        )
    shutil.copy(ROOT / "copier.yml", source)
    _commit(source, "1.0.0")
    told = {"template": template.name, **asdict(answers)}
    data = [each for key, value in told.items() for each in ("--data", f"{key}={value}")]
    copy: list[str | Path] = [copier, "copy", "--trust", "--quiet", "--defaults", *data]
    try:
        run(*copy, source, project, cwd=folder)
        expected = whole(template, answers)
        found = {
            each.relative_to(project).as_posix(): each.read_bytes()
            for each in project.rglob("*")
            if each.is_file() and each.name != ANSWERS_FILE
        }
        for path in sorted(expected.keys() | found.keys()):
            if expected.get(path) != found.get(path):
                yield f"copier gives another {path}"
        yield from _update_faults(copier, source, project)
        wrong = [*copy, "--data", "name=no name", source, folder / "wrong"]
        run(*wrong, cwd=folder, fails=True)
    except FailedError as failed:
        yield str(failed)


def _update_faults(copier: Path, source: Path, project: Path) -> Iterator[str]:
    _commit(project)
    readme = project / "README.md"
    readme.write_text(f"{readme.read_text('utf-8')}\nMine.\n", "utf-8")
    _commit(project)
    ignored = source / "templates" / "layers" / "common" / ".gitignore"
    ignored.write_text(f"{ignored.read_text('utf-8')}/new-in-the-template/\n", "utf-8")
    _commit(source, "1.1.0")
    run(copier, "update", "--trust", "--quiet", "--defaults", cwd=project)
    if "/new-in-the-template/" not in (project / ".gitignore").read_text("utf-8"):
        yield "copier update does not bring what is new"
    if not readme.read_text("utf-8").endswith("\nMine.\n"):
        yield "copier update takes an edit away"


def _commit(folder: Path, tag: str = "") -> None:
    if not (folder / ".git").exists():
        run("git", "init", "-q", ".", cwd=folder)
    run("git", "add", "-A", cwd=folder)
    run("git", *_IDENTITY, "commit", "-q", "-m", "x", cwd=folder)
    if tag:
        run("git", "tag", tag, cwd=folder)
