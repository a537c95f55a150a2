"""The name of the file that metadata is out of, against what it says itself.

Source: Binary distribution format, "File name convention".
"""

from __future__ import annotations

from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion

from trigpoint import versions
from trigpoint.catalogue import report
from trigpoint.findings import Finding, Fix
from trigpoint.metadata.text.plain import PlainDocument

__all__ = ["file_name_findings"]


def file_name_findings(document: PlainDocument, file_name: str) -> list[Finding]:
    r"""Return where *document* names another project or version than *file_name*, a wheel's.

    A field that is missing, and a name that is no wheel's, are for others to report.

    >>> text = "Metadata-Version: 2.1\nName: spam\nVersion: 1.0\n"
    >>> file_name_findings(PlainDocument(text), "eggs-1-py3-none-any.whl")[0].message
    'the file is of eggs, and its metadata of spam'
    """
    stem, point, suffix = file_name.rpartition(".")
    parts = stem.split("-")
    if not point or suffix.lower() != "whl" or len(parts) < 5:
        return []
    found = []
    for key, written, same in (
        ("name", parts[0], _same_name),
        ("version", parts[1], _same_version),
    ):
        header = next(iter(document.fields(key)), None)
        if header is None or not header.value or same(header.value, written):
            continue
        message = f"the file is of {written}, and its metadata of {header.value}"
        fix = Fix(f"write {written}, or build the file again")
        found.append(report("metadata-file-name", message, header.value_span, fix))
    return found


def _same_name(stated: str, written: str) -> bool:
    return canonicalize_name(stated) == canonicalize_name(written)


def _same_version(stated: str, written: str) -> bool:
    try:
        return versions.version(stated) == versions.version(written.replace("_", "-"))
    except InvalidVersion:
        return stated.replace("-", "_") == written
