"""The labs: one question each, one answer on every face.

The library, the command line, the documentation page and the browser all call
the functions here, or the ones behind them.  Requests and responses are JSON;
HTML is made from a response by a builder that escapes by construction.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping
from typing import Any, Final, cast

from trigpoint.labs.base import MOST_FINDINGS, Example, Lab, Share
from trigpoint.labs.codec import SchemaError, decode, dumps, encode, loads

__all__ = ["LABS", "Example", "Lab", "Share", "answer", "examples", "form", "html", "run"]

_MODULES: Final = {
    "markers": "trigpoint.labs.markers.lab",
    "algebra": "trigpoint.labs.algebra.lab",
    "metadata": "trigpoint.labs.metadata.lab",
    "extras": "trigpoint.labs.extras.lab",
    "messages": "trigpoint.labs.messages.lab",
    "builds": "trigpoint.labs.builds.lab",
    "wheels": "trigpoint.labs.wheels.lab",
    "review": "trigpoint.labs.review.lab",
    "composer": "trigpoint.labs.composer.lab",
    "external": "trigpoint.labs.external.lab",
    "extensions": "trigpoint.labs.extensions.lab",
    "open": "trigpoint.labs.open.lab",
}
"""Where the ``LAB`` of each name is, in the order of the labs."""


class _Labs(Mapping[str, Lab[Any, Any]]):
    """The labs by name, each loaded when it is first asked for."""

    def __getitem__(self, name: str) -> Lab[Any, Any]:
        return cast("Lab[Any, Any]", importlib.import_module(_MODULES[name]).LAB)

    def __iter__(self) -> Iterator[str]:
        return iter(_MODULES)

    def __len__(self) -> int:
        return len(_MODULES)


LABS: Mapping[str, Lab[Any, Any]] = _Labs()
"""Every lab by its name; one is loaded when it is asked for."""


def run(name: str, request: Mapping[str, Any]) -> dict[str, Any]:
    """Answer *request* with the lab *name*; both sides are JSON-ready.

    Raises :exc:`KeyError` for an unknown lab and
    :exc:`trigpoint.labs.codec.SchemaError` for a request that does not fit the
    lab's schema; never for the text in it.

    >>> run("markers", {"text": "os_name == 'nt'"})["lines"][0]["holds"]
    8
    """
    lab = LABS[name]
    response: dict[str, Any] = encode(lab.run(decode(lab.request_type, request)))
    return response


def html(name: str, response: Mapping[str, Any]) -> str:
    """Return a *response* of :func:`run`, from the lab *name*, as an HTML fragment.

    Raises as :func:`run` does.
    """
    lab = LABS[name]
    return str(lab.html(decode(lab.response_type, response)))


def form(name: str, request: Mapping[str, Any]) -> str:
    """Return the controls of the lab *name*, filled in from *request*, as HTML.

    Raises as :func:`run` does.
    """
    lab = LABS[name]
    return str(lab.form(decode(lab.request_type, request)))


def examples(name: str) -> list[dict[str, Any]]:
    """Return the ready-made requests of the lab *name*, JSON-ready."""
    return [
        {"label": each.label, "source": each.source, "request": dict(each.request)}
        for each in LABS[name].examples
    ]


def answer(name: str, request_json: str) -> str:
    """Answer a keystroke: JSON in, JSON out, with everything that a page shows.

    *name* is the lab's, *request_json* the request as JSON text.  The result
    holds ``request`` (complete), ``html``, ``findings``, ``valid`` (whether the
    text could be read), ``summary`` and ``share`` (``command``, ``python``,
    ``embed``), and ``needs``, None or what a page has to load before it asks again
    (``words``, ``files``); :func:`run` gives the response itself, with all findings.  A request that does not
    fit comes back as a finding, whatever it holds.
    """
    lab = LABS[name]
    try:
        request = lab.fill_in(decode(lab.request_type, loads(request_json)))
    except SchemaError as error:
        return _refused(error)
    response = lab.run(request)
    return dumps(
        {
            "request": request,
            "html": str(lab.html(response)),
            "findings": response.findings[:MOST_FINDINGS],
            "valid": lab.valid(response),
            "summary": lab.summary(response),
            "share": lab.share(request),
            "needs": lab.needs(response),
        }
    )


def _refused(error: SchemaError) -> str:
    from trigpoint.catalogue import report
    from trigpoint.findings import Fix
    from trigpoint.labs.parts import findings_list

    message = f"the request does not fit: {error}"
    finding = report("request-field", message, None, Fix("start again from an example"))
    return dumps(
        {
            "request": None,
            "html": str(findings_list([finding])),
            "findings": [finding],
            "valid": False,
            "summary": finding.message,
            "share": None,
            "needs": None,
        }
    )
