"""What the registry says of names that a text has: unknown ones, and other names for known ones.

Source: PEP 804 (draft), "Central registry".
"""

from __future__ import annotations

from dataclasses import replace

from trigpoint.external.registry import Registry, registry
from trigpoint.external.tables import External
from trigpoint.findings import Finding, Fix, Span, TextIndex

__all__ = ["with_known"]


def with_known(external: External, text: str, known: Registry | None = None) -> tuple[Finding, ...]:
    """Return what *known* says of the names in *external*, which was read of *text*.

    Without *known* it is the built-in registry.  A fix that a button carries out is
    there where the name stands in *text* letter by letter.  Names that one ecosystem has,
    such as ``dep:deb/debian/libblas3``, are in no registry, and nothing is said of them.

    >>> from trigpoint.external.tables import read_lines
    >>> text = "dep:virtual/compiler/cpp"
    >>> [found.message for found in with_known(read_lines(text), text)]
    ['dep:virtual/compiler/cpp is another name for dep:virtual/compiler/cxx']
    """
    known = registry() if known is None else known
    index = TextIndex(text)
    found: list[Finding] = []
    for each in external.needed:
        if each.requirement is None or each.requirement.dep_url.type not in _LISTED:
            continue
        url = each.requirement.dep_url
        for finding in known.findings(url.identifier):
            span, exact = each.span, False
            if span is not None:
                at = text.find(url.identifier, span.start, span.end)
                exact = at >= 0
                if exact:
                    span = index.span(at, at + len(url.identifier))
            found.append(
                replace(
                    finding, span=span, fix=_fix(finding, known, url.identifier, span, exact=exact)
                )
            )
    return tuple(found)


def _fix(
    finding: Finding, known: Registry, written: str, span: Span | None, *, exact: bool
) -> Fix | None:
    canonical = known.canonical(written)
    if finding.fix is None or not exact or canonical == written:
        return finding.fix
    return Fix(finding.fix.message, canonical, span)


_LISTED = frozenset({"generic", "virtual", "github", "gitlab", "bitbucket"})
