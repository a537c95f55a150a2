"""Requirements: the one reader of requirement lines, requests and requirement files.

>>> requirement = read_requirement("numpy^1.2")
>>> [(found.message, found.fix.message) for found in requirement.findings]
[("'^1.2' is no version specifier", 'write >=1.2,<2')]

Source: Dependency specifiers; Version specifiers; pip's requirement file format.
"""

from trigpoint.requirements.file import (
    Blank,
    Comment,
    Editable,
    Include,
    Line,
    OptionLine,
    PathLine,
    RequirementLine,
    RequirementsFile,
    Unknown,
    UrlLine,
    read_requirements_file,
)
from trigpoint.requirements.lints import needs_extra
from trigpoint.requirements.options import Option
from trigpoint.requirements.requirement import Requirement, read_requests, read_requirement
from trigpoint.requirements.together import Stated, contradictions, stated_in
from trigpoint.requirements.tree import Dialect, Kind, Part, Problem, Shape

__all__ = [
    "Blank",
    "Comment",
    "Dialect",
    "Editable",
    "Include",
    "Kind",
    "Line",
    "Option",
    "OptionLine",
    "Part",
    "PathLine",
    "Problem",
    "Requirement",
    "RequirementLine",
    "RequirementsFile",
    "Shape",
    "Stated",
    "Unknown",
    "UrlLine",
    "contradictions",
    "needs_extra",
    "read_requests",
    "read_requirement",
    "read_requirements_file",
    "stated_in",
]
