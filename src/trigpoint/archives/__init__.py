r"""The one bounded reader of wheels, sdists and folders.

>>> import io, zipfile
>>> from trigpoint.archives import find_metadata, open_archive
>>> file = io.BytesIO()
>>> with zipfile.ZipFile(file, "w") as made:
...     made.writestr("spam-1.dist-info/METADATA", "Name: spam\n")
>>> archive = open_archive(file.getvalue(), "spam-1-py3-none-any.whl")
>>> [member.path for member in archive.members]
['spam-1.dist-info/METADATA']
>>> find_metadata(archive).data
b'Name: spam\n'
>>> archive.findings
()

Everything that is wrong with a file is a finding; no file makes this package raise.
Nothing is unpacked to disk, and what is listed, unpacked and held has bounds with
names, in :class:`Limits`.
"""

from __future__ import annotations

from trigpoint.archives.archive import Archive, Content, Kind, Member, Reading
from trigpoint.archives.bounds import (
    MOST_ALIKE,
    MOST_CHAINED,
    MOST_DEPTH,
    MOST_DIRECTORY,
    MOST_HEADER,
    MOST_MEMBERS,
    MOST_NAME,
    MOST_RATIO,
    MOST_READ,
    MOST_STREAMS,
    MOST_UNPACKED,
    MOST_XZ_MEMORY,
    Limits,
)
from trigpoint.archives.contents import MOST_HELD, MOST_HELD_FILES, Files, read_files
from trigpoint.archives.distributions import Metadata, find_metadata, metadata_members
from trigpoint.archives.faults import ArchiveError
from trigpoint.archives.opening import open_archive

__all__ = [
    "MOST_ALIKE",
    "MOST_CHAINED",
    "MOST_DEPTH",
    "MOST_DIRECTORY",
    "MOST_HEADER",
    "MOST_HELD",
    "MOST_HELD_FILES",
    "MOST_MEMBERS",
    "MOST_NAME",
    "MOST_RATIO",
    "MOST_READ",
    "MOST_STREAMS",
    "MOST_UNPACKED",
    "MOST_XZ_MEMORY",
    "Archive",
    "ArchiveError",
    "Content",
    "Files",
    "Kind",
    "Limits",
    "Member",
    "Metadata",
    "Reading",
    "find_metadata",
    "metadata_members",
    "open_archive",
    "read_files",
]
