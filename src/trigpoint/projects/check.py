"""Everything that paths name, checked: files, what they name in turn, and whole projects.

Idea: a list of work.  A path puts a file on it, or the files that a project's folder is known
to have; a requirement file puts those on it that it names with ``-r`` and ``-c``.  Each file is
read once, whoever names it.  What only several files together show, such as a circle of
requirement files or a wheel that says other things than its sdist, comes last.

Invariant: what a file names is opened only below the folder that is checked, and there are at
most :data:`MOST_NAMED_FILES` of such files.

Worked example: ``check(["requirements.txt"])``, with ``-r base.txt`` in it, reads two files; a
``-r requirements.txt`` in ``base.txt`` is a circle, and an error in the line that closes it.

Cost: that of the readers; the rest is linear in the number of files and of lines.
"""

from __future__ import annotations

import os
import re
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from trigpoint.archives import open_archive
from trigpoint.archives.faults import shown
from trigpoint.catalogue import report
from trigpoint.findings import Finding, Fix, TextIndex, in_text_order
from trigpoint.projects.folder import Folder
from trigpoint.projects.paths import below, is_file, is_folder, resolved, size
from trigpoint.projects.reading import Checked, read_archive, read_bytes
from trigpoint.projects.report import FileReport, NotRead, Report
from trigpoint.requirements import Include

__all__ = ["INDEXES", "MOST_NAMED_FILES", "check", "check_text"]

MOST_NAMED_FILES: Final = 200
"""Files that requirement files name with ``-r`` and ``-c``, and that are read for it."""

_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:").match


@dataclass(slots=True)
class _Work:
    """A file to read: its place on disk, what it is called, and below which folder it may name others."""

    path: Path
    name: str
    root: Path
    kind: str = ""
    folder: Folder | None = None


@dataclass(slots=True)
class _Done:
    """A file that was read, and what was found about it since."""

    checked: Checked
    findings: list[Finding] = field(init=False)
    not_read: list[NotRead] = field(default_factory=list)
    names: list[tuple[Path, Include]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.findings = list(self.checked.report.findings)

    def ask(self, index: str, size: int | None) -> None:
        """Ask *index* whether it takes the file, which has *size* bytes; unless that is empty."""
        document, file = self.checked.document, self.checked.report
        if not index or document is None:
            return
        from trigpoint.installers.index import check, joined

        is_archive = file.kind in ("wheel", "sdist")
        name = file.path.rpartition("/")[2] if is_archive else ""
        found = check(document, file_name=name, size=size if is_archive else None)
        self.findings = joined(self.findings, found)

    def as_constraints(self) -> None:
        """Add what pip refuses where the file is one of constraints."""
        if self.checked.lines is not None:
            from trigpoint.projects.requirement_files import constraint_findings

            self.findings += constraint_findings(self.checked.lines)

    def report(self) -> FileReport:
        own = self.checked.report
        findings = tuple(in_text_order(self.findings))
        return replace(own, findings=findings, not_read=(*own.not_read, *self.not_read))


INDEXES: Final = ("pypi",)
"""Indexes whose rules are known: what ``index`` of :func:`check` can be, besides empty."""


def check(
    paths: Iterable[str | os.PathLike[str]],
    *,
    root: str | os.PathLike[str] = "",
    index: str = "",
) -> Report:
    r"""Check every file that *paths* name, and every project whose folder they name.

    A path is one of a pyproject.toml, a requirement or constraints file, a METADATA or PKG-INFO
    file, a wheel, an sdist, or a folder.  A requirement file may name others below *root*, a
    folder; unless it is given, that is the current one for files in it, and else the file's own.
    With *index*, one of :data:`INDEXES`, what would keep that index from taking the metadata and
    the files is said too.  Raises :exc:`ValueError` for an index that is not known.

    Whatever is there, and whether anything is, no exception comes of it: see the findings.

    >>> import os, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = os.path.join(folder, "requirements.txt")
    ...     with open(path, "w") as file:
    ...         _ = file.write("spam==1\n-r base.txt\n")
    ...     found = check([path])
    >>> [(finding.code, finding.span.line) for finding in found.findings]
    [('project-file-missing', 2)]
    >>> found.files[0].read
    ('1 requirement',)

    Source: pyproject.toml, core metadata and requirement files; see the findings' own.
    """
    _known(index)
    return _Check(Path(root) if root else None, index).run([os.fspath(path) for path in paths])


def check_text(data: bytes, name: str = "", *, index: str = "") -> Report:
    r"""Check *data*, the bytes of a file called *name*, without any file around it.

    *name* says what the file is; without one its first line does.  *index* and what is raised
    are those of :func:`check`.

    >>> check_text(b"[project]\nname = 'spam'\n").findings[0].message
    'version is missing'
    """
    _known(index)
    done = _Done(read_bytes(data, name))
    done.ask(index, len(data))
    if done.checked.report.kind == "constraints":
        done.as_constraints()
    if done.checked.lines:
        for line in done.checked.lines.includes:
            done.not_read.append(NotRead(line.target, "a text has no folder"))
    return Report((done.report(),))


def _known(index: str) -> None:
    if index and index not in INDEXES:
        raise ValueError(f"no index is called {index!r}")


class _Check:
    def __init__(self, root: Path | None, index: str) -> None:
        self._root = root
        self._index = index
        self._work: deque[_Work] = deque()
        self._seen: dict[Path, str] = {}
        self._done: dict[Path, _Done] = {}
        self._folders: list[FileReport] = []
        self._projects: list[tuple[int, Path, Folder]] = []
        self._configured: list[FileReport] = []
        self._named = 0

    def run(self, paths: Iterable[str]) -> Report:
        for path in paths:
            self._start(path)
            while self._work:
                self._read(self._work.popleft())
        self._circles()
        self._constraints()
        self._together()
        for each in self._projects:
            self._review(*each)
        reports = [done.report() for done in self._done.values()]
        return Report((*self._folders, *reports, *self._configured))

    # -- what to read ------------------------------------------------------------------

    def _start(self, name: str) -> None:
        path = Path(name)
        shown_name = path.as_posix()
        if not is_folder(path):
            self._put(_Work(path, shown_name, self._root or _around(path)))
            return
        folder = Folder(path)
        files = folder.files()
        findings = list(folder.findings())
        self._projects.append((len(self._folders), path, folder))
        if not files:
            message = f"{shown(shown_name)} holds no file that is read here"
            fix = Fix("name a file, or a folder with a pyproject.toml or requirement files")
            findings.append(report("project-nothing-read", message, None, fix))
        self._folders.append(
            FileReport(
                shown_name,
                "folder",
                tuple(findings),
                (f"{len(files):,} file{'' if len(files) == 1 else 's'}",) if files else (),
                tuple(folder.not_read()),
            )
        )
        for file in files:
            work = _Work(path / file, (path / file).as_posix(), self._root or path, "", folder)
            self._put(work)

    def _put(self, work: _Work) -> Path:
        """Put *work* on the list unless the file is on it, and return the file's key."""
        key = resolved(work.path)
        if key not in self._seen:
            self._seen[key] = work.name
            self._work.append(work)
        return key

    def _read(self, work: _Work) -> None:
        beside = None
        if work.path.name.endswith(".toml"):
            own = work.folder or Folder(work.path.parent)
            beside = own.beside()
        with open_archive(str(work.path)) as archive:
            done = _Done(read_archive(archive, work.name, work.kind, beside))
        done.ask(self._index, size(work.path))
        self._done[resolved(work.path)] = done
        if done.checked.lines is not None:
            index = TextIndex(done.checked.lines.text)
            for line in done.checked.lines.includes:
                self._follow(work, done, line, index)

    def _follow(self, work: _Work, done: _Done, line: Include, index: TextIndex) -> None:
        from trigpoint.projects.requirement_files import place_of

        target = line.target
        why = ""
        if line.variables:
            why = "the environment completes it"
        elif _SCHEME(target):
            why = "a URL"
        elif not below(work.path.parent / target, work.root):
            why = "outside the folder that is checked"
        if why:
            done.not_read.append(NotRead(target, why))
            return
        path = work.path.parent / target
        code, message = "project-file-missing", f"there is no file {shown(target)}"
        if is_file(path):
            if resolved(path) in self._seen or self._named < MOST_NAMED_FILES:
                self._named += resolved(path) not in self._seen
                name = os.path.normpath((Path(work.name).parent / target).as_posix())
                kind = "constraints" if line.constraint else "requirements"
                named = _Work(path, Path(name).as_posix(), work.root, kind, work.folder)
                done.names.append((self._put(named), line))
                return
            code = "project-many"
            message = f"{MOST_NAMED_FILES:,} files are named by others; this one is not read"
            done.not_read.append(NotRead(target, "one too many"))
        done.findings.append(report(code, message, place_of(line, index)))

    # -- what only several files show ---------------------------------------------------

    def _circles(self) -> None:
        """Report each line that closes a circle of requirement files."""
        from trigpoint.projects.requirement_files import place_of

        state: dict[Path, int] = {}
        for start in self._done:
            if start in state:
                continue
            state[start] = 1
            stack = [(start, iter(self._done[start].names))]
            while stack:
                key, names = stack[-1]
                for other, line in names:
                    if other not in state:
                        state[other] = 1
                        stack.append((other, iter(self._done[other].names)))
                        break
                    if state[other] == 1:
                        done = self._done[key]
                        assert done.checked.lines is not None
                        index = TextIndex(done.checked.lines.text)
                        message = f"{shown(line.target)} names this file again, directly or not"
                        found = report("project-circle", message, place_of(line, index))
                        done.findings.append(found)
                else:
                    state[key] = 2
                    stack.pop()

    def _constraints(self) -> None:
        """Hold files to the rules of constraints: those behind ``-c``, and those so called.

        A file that is so called and only named behind ``-r`` is a list like any other.
        """
        used: dict[Path, set[bool]] = {}
        for done in self._done.values():
            for key, line in done.names:
                used.setdefault(key, set()).add(line.constraint)
        for key, done in self._done.items():
            named = done.checked.report.kind == "constraints"
            if True in used.get(key, {named}):
                done.as_constraints()

    def _together(self) -> None:
        """Hold the archives of each folder against each other."""
        archives = [
            done
            for done in self._done.values()
            if done.checked.report.kind in ("wheel", "sdist") and done.checked.document
        ]
        if len(archives) < 2:
            return
        from trigpoint.projects.together import differences

        for number, finding in differences([done.checked for done in archives]):
            archives[number].findings.append(finding)

    def _review(self, number: int, path: Path, folder: Folder) -> None:
        """Ask what only a project as a whole shows of *folder*, at *path*: report *number* of folders."""
        from trigpoint.projects.review import Project, Tree, judge

        project = Project(Tree.of_folder(path, folder))
        verdicts = judge(project)
        left_out = [
            NotRead(each.check.code, each.why) for each in verdicts if each.outcome == "ignored"
        ]
        found: dict[str, list[Finding]] = {}
        for each in verdicts:
            for one in each.found:
                found.setdefault(one.path, []).append(one.finding)
        known = {done.checked.report.path: done for done in self._done.values()}
        own = self._folders[number]
        also = tuple(found.pop("", ()))
        unread = [each for name, each in project.unread.items() if name not in found]
        # Of another form what concerns the project was read, after all; of setup.py little is.
        told = {name for name in project.read if name != "setup.py"}
        closed = [each for each in own.not_read if each.what not in {*told, *project.unread}]
        self._folders[number] = replace(
            own, findings=(*own.findings, *also), not_read=(*closed, *unread, *left_out)
        )
        for name in sorted({*told, *found}):
            findings, place = found.get(name, []), (path / name).as_posix()
            if place in known:
                known[place].findings += findings
                continue
            text = project.read.get(name, "")
            whole = bool(text) and name not in project.unread
            read = ("what it asks of the project",) if whole else ()
            ordered = tuple(in_text_order(findings))
            self._configured.append(FileReport(place, "configuration", ordered, read, (), text))


def _around(path: Path) -> Path:
    """Return the folder below which the file at *path* may name others."""
    here = Path()
    return here if below(path, here) else path.parent
