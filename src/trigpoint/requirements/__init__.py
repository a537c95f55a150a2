"""Requirements: the one reader of requirement lines, requests and requirement files.

>>> requirement = read_requirement("numpy^1.2")
>>> [(found.message, found.fix.message) for found in requirement.findings]
[("'^1.2' is no version specifier", 'write >=1.2,<2')]

Source: Dependency specifiers; Version specifiers; pip's requirement file format.
"""

from trigpoint.requirements.requirement import Requirement, read_requests, read_requirement
from trigpoint.requirements.tree import Dialect, Kind, Part, Problem

__all__ = [
    "Dialect",
    "Kind",
    "Part",
    "Problem",
    "Requirement",
    "read_requests",
    "read_requirement",
]
