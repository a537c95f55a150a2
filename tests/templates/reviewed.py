"""Review the templates as readers would review their projects: with sp-repo-review, and with ours.

A check that fails is a fault, or ``templates/exceptions.toml`` has the reason, which the page of
the templates shows; a reason that no template needs any more is a fault as well.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from trigpoint.projects.review.running import review_folder

__all__ = ["EXCEPTIONS", "Exceptional", "exceptions", "failed_checks", "review_faults"]

_APART = "VPP"
"""How the check begins that validate-pyproject brings where it is installed: it is run by itself."""
EXCEPTIONS = Path(__file__).resolve().parents[2] / "templates" / "exceptions.toml"


@dataclass(frozen=True, slots=True)
class Exceptional:
    """Why a check may fail, and for which templates; None for all."""

    why: str
    templates: frozenset[str] | None


def exceptions(text: str) -> dict[str, Exceptional]:
    r"""Read the table of exceptions from *text*, by the code of the check.

    >>> exceptions('[PY001]\nwhy = "It is one file."\ntemplates = ["script"]')
    {'PY001': Exceptional(why='It is one file.', templates=frozenset({'script'}))}
    """
    return {
        code: Exceptional(row["why"], frozenset(row["templates"]) if "templates" in row else None)
        for code, row in tomllib.loads(text).items()
    }


def failed_checks(folder: Path) -> dict[str, str]:
    """Return what each check that fails says of the project in *folder*, by its code."""
    found = review_folder(folder)
    if found.missing:
        return {"repo-review": found.missing}
    return {
        each.code: f"{each.claim}: {each.words}"
        for each in found.results
        if each.outcome == "failed" and not each.code.startswith(_APART)
    }


def review_faults(
    failed: Mapping[str, Mapping[str, str]], known: Mapping[str, Exceptional], *, whole: bool
) -> Iterator[str]:
    """Yield each failure in *failed*, by template and check, for which *known* has no reason.

    *whole* says that these are all templates, so that a reason without a failure is left over.
    """
    needed = set()
    for template, checks in failed.items():
        for code, words in checks.items():
            row = known.get(code)
            if row is None or (row.templates is not None and template not in row.templates):
                yield f"{template}: {code}: {words}"
                continue
            needed.add((code, template if row.templates else ""))
    if whole:
        wanted = {(code, each) for code, row in known.items() for each in row.templates or ("",)}
        for code, template in sorted(wanted - needed):
            yield f"{template or 'no template'}: the exception {code} is not needed"
