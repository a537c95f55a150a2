"""Reviewing a project: what only several of its files show, and what every project should have.

:func:`judge` asks our own checks; :data:`CHECKS` is the table of them.
"""

from __future__ import annotations

from trigpoint.projects.review.checks.base import Check
from trigpoint.projects.review.judging import Verdict, judge
from trigpoint.projects.review.project import Found, Project
from trigpoint.projects.review.table import CHECKS, FAMILIES
from trigpoint.projects.review.tree import Tree

__all__ = ["CHECKS", "FAMILIES", "Check", "Found", "Project", "Tree", "Verdict", "judge"]
