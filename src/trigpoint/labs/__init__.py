"""The labs: one question each, one answer on every face.

The library, the command line, the documentation page and the browser all call
the functions here.  Requests and responses are JSON; HTML is made from a
response by a builder that escapes by construction.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from trigpoint.catalogue import report
from trigpoint.findings import Fix
from trigpoint.labs.algebra.lab import AlgebraLab
from trigpoint.labs.base import Example, Lab, Share, findings_list
from trigpoint.labs.extras.lab import ExtrasLab
from trigpoint.labs.markers.lab import MarkersLab
from trigpoint.labs.metadata.lab import MetadataLab
from trigpoint.labs.schema import SchemaError, decode, encode

__all__ = ["LABS", "Example", "Lab", "Share", "answer", "examples", "form", "html", "run"]

_LABS: tuple[Lab[Any, Any], ...] = (MarkersLab(), AlgebraLab(), MetadataLab(), ExtrasLab())

LABS: Mapping[str, Lab[Any, Any]] = MappingProxyType({lab.name: lab for lab in _LABS})
"""Every lab by its name."""


def run(name: str, request: Mapping[str, Any]) -> dict[str, Any]:
    """Answer *request* with the lab *name*; both sides are JSON-ready.

    Raises :exc:`KeyError` for an unknown lab and
    :exc:`trigpoint.labs.schema.SchemaError` for a request that does not fit the
    lab's schema; never for the text in it.

    >>> run("markers", {"text": "os_name == 'nt'"})["lines"][0]["holds"]
    8
    """
    lab = LABS[name]
    response: dict[str, Any] = encode(lab.run(decode(lab.request_type, request)))
    return response


def html(name: str, response: Mapping[str, Any]) -> str:
    """Return a response of :func:`run` as an HTML fragment."""
    lab = LABS[name]
    return str(lab.html(decode(lab.response_type, response)))


def form(name: str, request: Mapping[str, Any]) -> str:
    """Return the lab's controls for *request* as HTML."""
    lab = LABS[name]
    return str(lab.form(decode(lab.request_type, request)))


def examples(name: str) -> list[dict[str, Any]]:
    """Return the lab's ready-made requests, JSON-ready."""
    return [
        {"label": each.label, "source": each.source, "request": dict(each.request)}
        for each in LABS[name].examples
    ]


_STRINGS = re.compile(r'"(?:[^"\\]++|\\.)*+"', re.DOTALL)
_MOST_BRACKETS = 1000


def _parse(text: str) -> Any:
    # Deep nesting overflows the stack of WebAssembly, which no exception survives.
    if sum(map(_STRINGS.sub("", text).count, "[{")) > _MOST_BRACKETS:
        raise SchemaError("", "fewer brackets")
    return json.loads(text)


def answer(name: str, request_json: str) -> str:
    """Answer a keystroke: JSON in, JSON out, with everything that a page shows.

    The result holds ``request`` (complete), ``response``, ``html``,
    ``findings``, ``valid`` (whether the text could be read), ``summary`` and
    ``share`` (``command``, ``python``, ``embed``).  A request that does not fit
    comes back as a finding, whatever it holds.
    """
    lab = LABS[name]
    try:
        request = lab.settle(decode(lab.request_type, _parse(request_json)))
    except (SchemaError, ValueError) as error:
        finding = report(
            "request-field",
            f"the request does not fit: {error}",
            None,
            Fix("start again from an example"),
        )
        return json.dumps(
            {
                "request": None,
                "response": None,
                "html": str(findings_list([finding])),
                "findings": [finding.to_json()],
                "valid": False,
                "summary": finding.message,
                "share": None,
            }
        )
    response = lab.run(request)
    return json.dumps(
        {
            "request": encode(request),
            "response": encode(response),
            "html": str(lab.html(response)),
            "findings": [finding.to_json() for finding in lab.findings(response)],
            "valid": lab.valid(response),
            "summary": lab.summary(response),
            "share": encode(lab.share(request)),
        }
    )
