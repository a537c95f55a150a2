"""The name of a wheel or sdist against the metadata in it.

Idea: installers take name and version from the file's name, long before they see the
metadata, and stop where the two differ.  Both are compared in normal form, so that old
spellings of the same name and version are no difference.

Source: binary distribution format, "File name convention"; PEP 625.
"""

from __future__ import annotations

from typing import Final

from packaging.utils import canonicalize_name

from trigpoint.archives.faults import shown
from trigpoint.archives.file_names import differs, normal_version
from trigpoint.catalogue import report
from trigpoint.findings import Finding, Fix, Span
from trigpoint.metadata.document import Document

__all__ = ["LONGEST_NAME", "file_name_findings", "stated"]

_SDISTS: Final = (".tar.gz", ".tgz", ".zip", ".tar.bz2", ".tar.xz", ".tar")


LONGEST_NAME: Final = 512
"""Letters of a file's name that is looked at; no file system has longer ones."""


def stated(document: Document) -> tuple[str, str]:
    r"""Return name and version of *document* in normal form; empty if it does not state them.

    >>> from trigpoint.metadata import read
    >>> stated(read("Name: Spam_Eggs\nVersion: 1.0.0\n"))
    ('spam-eggs', '1')
    """
    name, version = document.get_first("Name") or "", document.get_first("Version") or ""
    return canonicalize_name(name.strip()), normal_version(version.strip())


def file_name_findings(document: Document, file_name: str) -> list[Finding]:
    r"""Say where *file_name*, of a wheel or sdist, differs from the metadata *document* in it.

    A name that ends otherwise than wheels and sdists do says nothing.

    >>> from trigpoint.metadata import read
    >>> document = read("Name: spam\nVersion: 1.0\n")
    >>> [found.message for found in file_name_findings(document, "spam-2-py3-none-any.whl")]
    ["the file is 'spam-2-py3-none-any.whl', and its metadata says version 1.0"]
    """
    name, version = stated(document)
    lower = file_name.lower()
    if len(file_name) > LONGEST_NAME:
        message = f"a name of more than {LONGEST_NAME} letters is no file's"
        return [report("project-file-name", message)]
    if lower.endswith(".whl"):
        parts = file_name[: -len(".whl")].split("-")
        if len(parts) not in (5, 6):
            message = f"{shown(file_name)} is no file name of a wheel"
            return [report("project-file-name", message, None, Fix(_FORM))]
        wrong = differs(parts[0], parts[1], name, version)
    elif ending := next((each for each in _SDISTS if lower.endswith(each)), ""):
        wrong = _differs_anywhere(file_name[: -len(ending)], name, version)
    else:
        return []
    field = {"name": "Name", "version": "Version"}
    return [
        report(
            "project-file-name",
            f"the file is {shown(file_name)}, and its metadata says {what} "
            f"{(document.get_first(field[what]) or '').strip()}",
            _place(document, field[what]),
        )
        for what in wrong
    ]


_FORM: Final = "name it as name-version-python-abi-platform.whl"


def _differs_anywhere(stem: str, name: str, version: str) -> list[str]:
    """Do the same for *stem*, in which any hyphen may part the two."""
    cuts = [at for at, letter in enumerate(stem) if letter == "-"]
    tried = [differs(stem[:at], stem[at + 1 :], name, version) for at in cuts]
    # An archive of another name, such as one of a code host, is no sdist's name at all.
    return min(tried, key=len, default=[])


def _place(document: Document, field: str) -> Span | None:
    header = document.fields(field)[0]
    return header.place(0, len(header.value))[0]
