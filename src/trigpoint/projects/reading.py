"""One file: what it says, what of it was read, and what is wrong with it.

Idea: every kind of file has one reader below this floor, and here each is called in the one
way that a check needs.  What a reader leaves out is named, so that no silence is taken for
praise.

Cost: that of the readers; a file is opened once, and no more of it is held than
:data:`trigpoint.archives.MOST_READ` bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from packaging.utils import canonicalize_name

from trigpoint.archives import MOST_READ, Archive, Metadata, find_metadata, open_archive
from trigpoint.archives.faults import shown
from trigpoint.catalogue import RULES, report
from trigpoint.findings import Finding, Fix, Severity, Span, in_text_order
from trigpoint.projects.kinds import PROGRAMS, kind_of_name, kind_of_text
from trigpoint.projects.report import FileReport, NotRead, named

if TYPE_CHECKING:
    from trigpoint.metadata.document import Document
    from trigpoint.metadata.project.pyproject import PyProject
    from trigpoint.requirements import RequirementsFile

__all__ = ["MOST_COMPARED", "Beside", "Checked", "read_archive", "read_bytes"]

MOST_COMPARED: Final = 20_000
"""Requirements of dependency groups, each with what it includes, that are compared."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What lies beside a file, as its folder knows it.

    ``read_file`` returns the text of the file at a path below that folder, or None if it
    cannot be read; ``exists`` says whether one is there; ``matching`` returns the files
    that a pattern of ``license-files`` matches.
    """

    read_file: Callable[[str], str | None]
    exists: Callable[[str], bool]
    matching: Callable[[str], list[str]] | None


@dataclass(frozen=True, slots=True)
class Checked:
    """A report, and what later questions need of the same file: its document or its lines."""

    report: FileReport
    document: Document | None = None
    lines: RequirementsFile | None = None


@dataclass(frozen=True, slots=True)
class _Text:
    """A file that is a text: its bytes and letters, what it is called, what it is."""

    data: bytes
    text: str
    path: str
    kind: str
    beside: Beside | None


def read_archive(
    archive: Archive, path: str, kind: str = "", beside: Beside | None = None
) -> Checked:
    """Check *archive*, which is called *path*; it is read to where it says what it is.

    *kind* is known if something else says what a text is, such as ``-c`` in front of its
    name, and *beside* if the folder around it can be asked.
    """
    if archive.format == "file":
        content = archive.read(archive.members[0], MOST_READ)
        if not content.whole:
            return Checked(FileReport(path, kind or kind_of_name(path), content.findings))
        return _text(content.data, path, kind, beside)
    if not archive.format:
        return Checked(FileReport(path, "", archive.findings))
    return _distribution(archive, path)


def read_bytes(
    data: bytes, path: str = "", kind: str = "", beside: Beside | None = None
) -> Checked:
    r"""Check *data*, the bytes of a file called *path*, or of no file if that is empty.

    *kind* and *beside* are those of :func:`read_archive`.

    >>> read_bytes(b"spam=>1\n").report.findings[0].message
    "'=>1' is no version specifier"
    """
    with open_archive(data, path.rpartition("/")[2]) as archive:
        return read_archive(archive, path, kind, beside)


def _text(data: bytes, path: str, kind: str, beside: Beside | None) -> Checked:
    """Check *data*, which is no archive, as a text."""
    name = path.rpartition("/")[2]
    kind = kind or kind_of_name(path)
    if not kind and name in PROGRAMS:
        return Checked(_unread(path, f"{name} is {_said(PROGRAMS[name])}"))
    if not kind and name.lower().endswith((".yml", ".yaml")):
        # The keys of YAML look like fields of metadata.
        return Checked(_unread(path, f"{shown(name)} is a configuration, read with its project"))
    text = data.decode("utf-8", "surrogateescape")
    if not kind and name.endswith(".toml"):
        kind = "pyproject"
    if not kind:
        kind = kind_of_text(text)
        if not kind:
            return Checked(_unread(path, "there is nothing in it, and its name says nothing"))
        ending = name.rpartition(".")[2].lower() if "." in name else "txt"
        if kind == "requirements" and ending not in ("txt", "in"):
            return Checked(_unread(path, f"neither name nor text of {shown(name)} says what it is"))
    return _READERS[kind](_Text(data, text, path, kind, beside))


def _said(why: str) -> str:
    return f"in {why}" if why.startswith("the form") else why


def _unread(path: str, message: str) -> FileReport:
    fix = Fix("check the project's folder, its pyproject.toml, or what was built of it")
    return FileReport(path, "", (report("project-nothing-read", message, None, fix),))


# -- metadata ---------------------------------------------------------------------------


def _metadata(file: _Text) -> Checked:
    from trigpoint.metadata.document import read

    document = read(file.data)
    findings = _document_findings(document)
    return Checked(
        FileReport(file.path, file.kind, findings, _read_of(document), (), document.text), document
    )


def _document_findings(
    document: Document, kind: str | None = None, more: Iterable[Finding] = ()
) -> tuple[Finding, ...]:
    """Return all there is to say about *document*, out of a *kind* of file, and *more*."""
    from trigpoint.external.tables import read_document
    from trigpoint.extras.review import review

    own = document.findings(kind=kind)
    # What is free text is no fault of a file, and its marker was looked at already.
    outside = [
        each
        for each in read_document(document).findings
        if each.severity is not Severity.INFO and each.code.startswith("external-")
    ]
    return tuple(in_text_order([*own, *outside, *_unsaid(own, review(document)), *more]))


def _unsaid(said: Iterable[Finding], more: Iterable[Finding]) -> list[Finding]:
    """Return those of *more* that say something new of a place; two parts look at extras."""
    said = list(said)
    places = {(each.span, each.severity) for each in said}
    # Two parts may point at different places of one line.
    lines = {(each.code, each.span.line) for each in said if each.span}
    return [
        each
        for each in more
        if (each.span, each.severity) not in places
        and not any(
            each.span and (code, each.span.line) in lines for code in RULES[each.code].said_by
        )
    ]


def _read_of(document: Document) -> tuple[str, ...]:
    fields = len(document.headers)
    said = f"{fields:,} field{'' if fields == 1 else 's'}"
    return (said, "the description") if document.body.strip() else (said,)


# -- wheels and sdists ------------------------------------------------------------------


def _distribution(archive: Archive, path: str) -> Checked:
    from trigpoint.metadata.document import read
    from trigpoint.projects.names import file_name_findings

    found = find_metadata(archive)
    kind = found.kind if found.kind in ("wheel", "sdist") else ""
    inside, files, not_read = _wheel(archive, found) if kind == "wheel" else ((), (), [])
    if found.data is None or found.member is None:
        return Checked(FileReport(path, kind, (*found.findings, *inside), files, tuple(not_read)))
    document = read(found.data)
    name = path.rpartition("/")[2]
    own = _document_findings(document, kind or None, file_name_findings(document, name))
    findings = tuple(in_text_order([*found.findings, *own, *inside]))
    top = found.member.path.partition("/")[0]
    sources = {f"{top}/{other}" for other in _SOURCES}
    not_read += named(
        (each.path for each in archive.members if each.path in sources),
        "the metadata was made of it",
    )
    return Checked(
        FileReport(
            path,
            kind,
            findings,
            (*_read_of(document), *files),
            tuple(not_read),
            document.text,
            found.member.path,
        ),
        document,
    )


def _wheel(
    archive: Archive, metadata: Metadata
) -> tuple[tuple[Finding, ...], tuple[str, ...], list[NotRead]]:
    """Return what is wrong with *archive*, a wheel, besides its *metadata*.

    Behind that stand what was read of its files, and what was not.
    """
    from trigpoint.wheels import inspect_archive

    if not archive.complete or not archive.members:
        return (), (), [NotRead("RECORD", "the archive was not read to its end")]
    found = inspect_archive(archive, metadata=metadata)
    files = sum(each.kind == "file" for each in found.entries)
    said = f"{files:,} file{'' if files == 1 else 's'}"
    if found.record.present:
        said = f"RECORD against {said}"
    # What the name should be, the metadata tells; old spellings are a name as well.
    told = {*metadata.findings, *(each for each in found.findings if each.code == "wheel-name")}
    return tuple(each for each in found.findings if each not in told), (said,), []


_SOURCES: Final = ("pyproject.toml", "setup.cfg", "setup.py")
"""Files of an sdist that a build reads; its metadata says what came of them."""


# -- pyproject.toml ---------------------------------------------------------------------


def _pyproject(file: _Text) -> Checked:
    from trigpoint.extras.review import review
    from trigpoint.installers.backends import check as backend_findings
    from trigpoint.metadata.project.pyproject import read_pyproject

    beside, missing = file.beside, list[str]()

    def read_file(name: str) -> str | None:
        assert beside is not None
        found = beside.read_file(name)
        if found is None and not beside.exists(name):
            missing.append(name)
        return found

    project = read_pyproject(
        file.text,
        read_file=read_file if beside else None,
        license_files=beside.matching if beside else None,
    )
    document = project.document
    has_table = "project" in project.read
    own = [*project.findings(), *_group_findings(project), *backend_findings(file.text)]
    read = [f"[{each}]" for each in project.read]
    not_read = named((f"[{each}]" for each in project.not_read), "no standard says what is in it")
    if "external" in project.not_read:
        from trigpoint.external.tables import read_table

        own += read_table(file.text).findings
        read.append("[external]")
        not_read = [each for each in not_read if each.what != "[external]"]
    more = _unsaid(own, review(document)) if has_table else []
    findings = in_text_order(_missing(each, missing) for each in [*own, *more])
    if not read and not any(each.code == "metadata-toml" for each in findings):
        read = ["that it is TOML"]
    not_read += named(project.dynamic, "dynamic: the build backend fills it in")
    return Checked(
        FileReport(
            file.path,
            file.kind,
            tuple(findings),
            tuple(read),
            tuple(not_read),
            file.text,
        ),
        document if has_table else None,
    )


def _group_findings(project: PyProject) -> Iterator[Finding]:
    """Yield what the requirements of a group, with those that it includes, say against each other.

    What an included group says is said with the group that includes it.
    """
    from trigpoint.metadata.project.groups import Include
    from trigpoint.requirements import Stated, contradictions, read_requirement

    groups = project.groups
    included = {
        canonicalize_name(item.name)
        for group in groups.values()
        for item in group.items
        if isinstance(item, Include)
    }
    python = project.document.get_first("Requires-Python") or ""
    left, said = MOST_COMPARED, set[tuple[str, Span | None]]()
    for name in groups:
        if name in included:
            continue
        found = groups.resolve(name).requirements
        left -= len(found)
        if left < 0:
            message = f"the groups come to more than {MOST_COMPARED:,} requirements with includes"
            yield report("project-many", f"{message}; those of the rest are not compared")
            return
        stated = [
            Stated(
                read_requirement(each.text),
                each.span,
                f"line {each.span.line}" if each.span else "another line",
            )
            for each in found
        ]
        for finding in contradictions(stated, python):
            if (finding.code, finding.span) not in said:
                said.add((finding.code, finding.span))
                yield finding


def _missing(finding: Finding, missing: Iterable[str]) -> Finding:
    """Say of a file that is named and not there what it is: more than one that is not read."""
    name = next((each for each in missing if f" {each}, " in finding.message), None)
    if finding.code != "metadata-project-file" or name is None:
        return finding
    return report("project-file-missing", f"there is no file {shown(name)}", finding.span)


# -- requirement files ------------------------------------------------------------------


def _requirements(file: _Text) -> Checked:
    from trigpoint.projects.requirement_files import read_list

    found = read_list(file.data)
    return Checked(
        FileReport(
            file.path, file.kind, found.findings, found.read, found.not_read, found.file.text
        ),
        lines=found.file,
    )


_READERS: Final[dict[str, Callable[[_Text], Checked]]] = {
    "pyproject": _pyproject,
    "metadata": _metadata,
    "requirements": _requirements,
    "constraints": _requirements,
}
