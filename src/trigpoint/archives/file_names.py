"""What the name of a wheel or sdist says of name and version, against what metadata says.

Both are compared in normal form, so that two spellings of one name or version are no
difference.

Source: binary distribution format, "File name convention"; PEP 625.
"""

from __future__ import annotations

from packaging.utils import canonicalize_name, canonicalize_version
from packaging.version import InvalidVersion

from trigpoint import versions

__all__ = ["differs", "normal_version"]


def normal_version(text: str) -> str:
    """Return *text* in the form in which versions are compared; as it is, if it is none.

    >>> normal_version("1.0.0"), normal_version("01.0rc1"), normal_version("one")
    ('1', '1rc1', 'one')
    """
    try:
        return canonicalize_version(versions.version(text))
    except InvalidVersion:
        return text


def differs(written: str, number: str, name: str, version: str) -> list[str]:
    """Return which of ``"name"`` and ``"version"`` a file's name and its metadata do not share.

    *written* and *number* are those of the file's name, *name* and *version* those of
    the metadata, each empty if it is not stated.

    >>> differs("Spam_eggs", "1.0", "spam-eggs", "1"), differs("spam", "2", "spam", "1")
    ([], ['version'])
    """
    wrong = []
    if name and canonicalize_name(written) != canonicalize_name(name):
        wrong.append("name")
    # A hyphen in a version became an underscore in the name of a wheel.
    spellings = (normal_version(number), normal_version(number.replace("_", "-")))
    if version and normal_version(version) not in spellings:
        wrong.append("version")
    return wrong
