"""A report as JSON."""

from __future__ import annotations

import json

from trigpoint.projects.report import Report

__all__ = ["as_json"]


def as_json(report: Report) -> str:
    r"""Return *report* as JSON: each file with what was read, what was not, and its findings.

    >>> from trigpoint.projects import check_text
    >>> json.loads(as_json(check_text(b"spam==1", "requirements.txt")))["files"][0]["read"]
    ['1 requirement']
    """
    return json.dumps(report.to_json(), indent=2, ensure_ascii=True)
