r"""What installers really do with a wheel's metadata, from recorded runs.

Every statement comes from a case that was run: a small wheel built by hand, a
tool of a certain version, and what came of it.  :func:`outcome` looks one up,
:func:`predict` says which cases speak about a METADATA file of yours.

>>> outcome("mk-insetnew", "pip 26.3").result
'crashed'
>>> predict("Metadata-Version: 3.0\nName: a\nVersion: 1\n", "pip 26.3").outcome
<Verdict.INSTALLS: 'installs'>
"""

from __future__ import annotations

from collections.abc import Mapping

from trigpoint.installers.prediction import (
    Evidence,
    Prediction,
    Verdict,
    nearest,
    predict,
    predict_all,
    verdict,
)
from trigpoint.installers.record import Case, Outcome, Record, Result, Tool
from trigpoint.installers.recorded import RECORD
from trigpoint.installers.vocabulary import FEATURES, describe

__all__ = [
    "CASES",
    "FEATURES",
    "RECORD",
    "TOOLS",
    "Case",
    "Evidence",
    "Outcome",
    "Prediction",
    "Record",
    "Result",
    "Tool",
    "Verdict",
    "describe",
    "nearest",
    "outcome",
    "predict",
    "predict_all",
    "verdict",
]

CASES: Mapping[str, Case] = RECORD.cases
"""Every recorded case by its name."""

TOOLS: Mapping[str, Tool] = RECORD.tools
"""Every recorded tool by its name and version, each family from old to new."""


def outcome(case: str, tool: str) -> Outcome | None:
    """Return what *tool* did with *case*; None if that was not recorded.

    Raises :exc:`KeyError` if there is no such case or no such tool.

    >>> outcome("mk-eq[docs]", "pip 26.3").came
    ('docs',)
    """
    return RECORD.outcomes.get((CASES[case].name, TOOLS[tool].name))
