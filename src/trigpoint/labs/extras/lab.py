"""The extras lab: which requirements come for a request, by four sets of rules, and why."""

from __future__ import annotations

import shlex
from collections.abc import Sequence

from trigpoint.findings import Finding
from trigpoint.labs.base import Lab, Share
from trigpoint.labs.controls import editor, example_menu, select
from trigpoint.labs.examples import EXTRAS
from trigpoint.labs.extras.answer import (
    DEFAULT_ENVIRONMENT,
    RULES,
    Request,
    Response,
    answer,
    spelled_out,
)
from trigpoint.labs.extras.html import result, summary
from trigpoint.labs.markup import Markup, element, fragment
from trigpoint.labs.metadata.answer import detect
from trigpoint.labs.sharing import embed, heredoc
from trigpoint.markers import ENVIRONMENTS

__all__ = ["ExtrasLab", "Request", "Response"]

_CHOICES = (
    DEFAULT_ENVIRONMENT,
    "cpython-3.14-macos-arm64",
    "cpython-3.14-windows-x64",
    "cpython-3.10-linux-x86_64",
    "cpython-3.10-windows-x64",
    "pypy-3.11-linux-x86_64",
)
_WORDS = (
    "Requires-Dist",
    "Provides-Extra",
    "Default-Extra",
    "Name",
    "extra",
    "extras",
    "and",
    "or",
    "in",
    "not",
)
_FIELDS = ("requests", "environment", "rules")


class ExtrasLab(Lab[Request, Response]):
    """Which requirements come for which request, by whose rules."""

    name = "extras"
    title = "Extras"
    directive = "extras-lab"
    request_type = Request
    response_type = Response
    examples = EXTRAS

    def run(self, request: Request) -> Response:
        """Ask all four sets of rules, and compare the chosen one with installers."""
        return answer(request)

    def findings(self, response: Response) -> Sequence[Finding]:
        """Return what there is to say by the chosen rules: on the requests, then on the text."""
        return [Finding.from_json(data) for data in response.findings]

    def valid(self, response: Response) -> bool:
        """Say whether the text and at least one request could be read."""
        return response.readable

    def summary(self, response: Response) -> str:
        """Say how many requirements the requests bring."""
        return summary(response)

    def html(self, response: Response) -> Markup:
        """Return the four answers, and the reasons for one of them."""
        return result(response, self.findings(response))

    def form(self, request: Request) -> Markup:
        """Return the editor, the requests and the two choices."""
        environments = dict.fromkeys(
            (*_CHOICES, *((request.environment,) if request.environment in ENVIRONMENTS else ()))
        )
        return fragment(
            element(
                "div",
                {"class": "tp-toolbar tp-live"},
                select(
                    "rules",
                    "Reasons by",
                    {rules.value: title for rules, title in RULES.items()},
                    request.rules,
                ),
                example_menu(self.examples),
            ),
            editor("METADATA lines or pyproject.toml", request.text, _WORDS),
            element(
                "div",
                {"class": "tp-options tp-other"},
                element(
                    "label",
                    {"class": "tp-text"},
                    element("span", {"class": "tp-caption"}, "Requests, one a line"),
                    element(
                        "textarea",
                        {
                            "name": "requests",
                            "spellcheck": "false",
                            "autocapitalize": "off",
                            "autocomplete": "off",
                            "wrap": "soft",
                            "placeholder": "pkg[extra]",
                            "rows": max(1, min(6, request.requests.count("\n") + 1)),
                        },
                        # A browser drops one line end right after the tag.
                        f"\n{request.requests}"
                        if request.requests.startswith("\n")
                        else request.requests,
                    ),
                ),
            ),
            element(
                "div",
                {"class": "tp-options tp-live"},
                select(
                    "environment",
                    "Environment",
                    {name: ENVIRONMENTS[name].label for name in environments},
                    request.environment or DEFAULT_ENVIRONMENT,
                ),
            ),
        )

    def share(self, request: Request) -> Share:
        """Return the question as a command, as Python and as a directive."""
        default = Request()
        words = ["trigpoint", "extras", "-"]
        for line in filter(str.strip, request.requests.splitlines()):
            words += ["--request", shlex.quote(line.strip())]
        if request.environment != default.environment:
            words += ["--env", shlex.quote(request.environment)]
        if request.rules != default.rules:
            words += ["--rules", shlex.quote(request.rules)]
        given = {
            name: value
            for name in _FIELDS
            if (value := getattr(request, name)) != getattr(default, name)
        }
        return Share(
            " ".join(words) + heredoc(request.text),
            _python(request),
            embed(self.directive, given, request.text),
        )


def _python(request: Request) -> str:
    pyproject = detect(request.text) == "pyproject"
    reader = "from_project_table" if pyproject else "read"
    missing, requests = spelled_out(request)
    text = f"Name: {missing}\n{request.text}" if missing and not pyproject else request.text
    environment = request.environment or DEFAULT_ENVIRONMENT
    return (
        "from trigpoint.extras import requirements\n"
        f"from trigpoint.metadata import {reader}\n\n"
        f"document = {reader}({text!r})\n"
        f"requests = {list(requests)!r}\n"
        f"found = requirements(document, requests, {environment!r}, {request.rules!r})\n"
        "for each in found.pulled:\n"
        "    print(each.text, 'because of', *each.reasons)\n"
        "for each in found.skipped:\n"
        "    print(each.text, 'stays away:', each.message)\n"
    )
