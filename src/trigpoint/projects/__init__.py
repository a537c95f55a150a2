r"""Whole projects: everything that is in their files, and what is wrong with it.

>>> from trigpoint.projects import check_text
>>> report = check_text(b"Metadata-Version: 2.1\nName: spam\n", "METADATA")
>>> [found.message for found in report.findings]
['Version is missing']
>>> report.files[0].read
('2 fields',)

:func:`check` takes paths of files and folders.  A report names what was read and what was
not, and says nothing good of the latter.

To find your way: ``check`` decides what is read, ``reading`` reads one file, ``folder`` knows
which files a project has, ``kinds`` what a file is; ``names``, ``requirement_files`` and
``together`` are rules of their own, and the room ``formats`` writes reports.
"""

from trigpoint.projects.check import INDEXES, MOST_NAMED_FILES, check, check_text
from trigpoint.projects.folder import LEFT_OUT, MOST_FILES, MOST_LISTED
from trigpoint.projects.report import FileReport, NotRead, Report

__all__ = [
    "INDEXES",
    "LEFT_OUT",
    "MOST_FILES",
    "MOST_LISTED",
    "MOST_NAMED_FILES",
    "FileReport",
    "NotRead",
    "Report",
    "check",
    "check_text",
]
