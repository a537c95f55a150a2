"""What plans are called, on every face."""

from __future__ import annotations

from trigpoint.extensions.explain import Explanation, Row

__all__ = ["step", "summary"]


def step(row: Row) -> str:
    """Return when *row* is built, or who turned it off."""
    if row.step:
        return str(row.step)
    return {"default": "off", "environment": "off (environment)"}.get(row.why, "off (selected)")


def summary(explanation: Explanation) -> str:
    """Return *explanation* in one plain sentence."""
    if explanation.refused:
        wrong = sum(each.severity.value == "error" for each in explanation.findings)
        return f"Nothing would be built: {wrong} error{'' if wrong == 1 else 's'}."
    if not explanation.rows:
        return "There is no [[tool.trigpoint.extensions]] table yet."
    on = sum(bool(each.step) for each in explanation.rows)
    of = f" of {len(explanation.rows)}" if on < len(explanation.rows) else ""
    what = f"{on}{of} extension{'' if len(explanation.rows) == 1 else 's'}"
    if not on:
        return f"None{of} extension{'' if len(explanation.rows) == 1 else 's'} would be built, so the wheel is {explanation.tag}."
    unsure = "" if explanation.complete else ", if the builds say nothing else"
    return f"{what} would be built, and the wheel is {explanation.tag}{unsure}."
