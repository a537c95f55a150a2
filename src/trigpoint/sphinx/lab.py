"""Directives that write a lab's form and computed result into a page."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.errors import ExtensionError
from sphinx.util.docutils import SphinxDirective

from trigpoint import labs
from trigpoint.labs.base import Lab
from trigpoint.labs.codec import schema

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment
    from sphinx.writers.html5 import HTML5Translator

__all__ = [
    "LabDirective",
    "Rendered",
    "directive",
    "lab_node",
    "lab_pages",
    "mistakes",
    "render",
    "setup",
]

_PAGES = "trigpoint_labs"
_MISTAKES = "trigpoint_mistakes"


@dataclass(frozen=True, slots=True)
class Rendered:
    """One example: the request as the lab understood it, and what the page shows."""

    name: str
    request: Mapping[str, Any]
    form: str
    result: str
    summary: str
    findings: tuple[Mapping[str, Any], ...]
    given: Mapping[str, Any]

    def html(self, identifier: str, classes: Iterable[str] = (), index: str = "") -> str:
        """Return the element that holds the example.

        *identifier* is its ``id``, *classes* it has besides ``tp-lab``, and *index* is
        the address of the package index that its text may come from, or empty.
        """
        attributes = {
            "lab": self.name,
            "id": identifier,
            "class": " ".join(["tp-lab", *classes]),
            "data-request": json.dumps(self.request, ensure_ascii=False),
        }
        written = "".join(f' {key}="{escape(value)}"' for key, value in attributes.items())
        given = "".join(
            f"<div><dt>{escape(name)}</dt><dd>{escape(_shown(value))}</dd></div>"
            for name, value in self.given.items()
        )
        if given:
            given = f'<dl class="tp-given">{given}</dl>'
        box = _INDEX.format(escape(index)) if index and labs.LABS[self.name].indexed else ""
        form = f'<form class="tp-form">{self.form}{given}{box}</form>'
        result = f'<div class="tp-result">{self.result}</div>'
        return f"<trigpoint-lab{written}>\n{form}\n{result}\n</trigpoint-lab>\n"


_INDEX = (
    '<div class="tp-options tp-live tp-index" data-index="{}">'
    '<label class="tp-field">Project <input type="text" autocapitalize="off" spellcheck="false">'
    '</label><button type="button" class="tp-button">Load its newest metadata</button></div>'
)


def _shown(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def render(name: str, request: Mapping[str, Any]) -> Rendered:
    """Ask the lab *name* for *request*; what the browser would show for it."""
    body = labs.LABS[name].body
    answer = json.loads(labs.answer(name, json.dumps(request)))
    complete = answer["request"] or {}
    form = labs.form(name, complete)
    return Rendered(
        name,
        complete,
        form,
        answer["html"],
        answer["summary"],
        tuple(answer["findings"]),
        # What is written in a text field stands in the form already.
        {
            name: value
            for name, value in request.items()
            if name != body and f'<textarea name="{name}"' not in form
        },
    )


def mistakes(
    rendered: Rendered, expected: Iterable[str] = (), summary: str = "", *, strict: bool = False
) -> list[str]:
    """Say why the example *rendered* is wrong.

    It is if it has an error that is not in *expected* (any finding, if *strict*),
    lacks a finding that is, or has another summary than *summary*, unless that
    is empty.
    """
    codes = {finding["code"] for finding in rendered.findings}
    expected = set(expected)
    found = [
        f"{finding['message']} ({finding['code']})"
        for finding in rendered.findings
        if (strict or finding["severity"] == "error") and finding["code"] not in expected
    ]
    found += [f"expected the finding {code}, which is absent" for code in sorted(expected - codes)]
    if summary and summary != rendered.summary:
        found.append(f"expected {summary!r}, the lab says {rendered.summary!r}")
    return found


class lab_node(nodes.General, nodes.Element):  # noqa: N801  (docutils names nodes so)
    """An example.  Its children are what writers other than HTML show."""


def lab_pages(env: BuildEnvironment) -> list[str]:
    """Return the names of the pages of *env* that hold a lab, sorted."""
    return sorted(name for name, data in env.metadata.items() if data.get(_PAGES))


def _words(argument: str | None) -> list[str]:
    return [word for word in (argument or "").replace(",", " ").split() if word]


def _flag(argument: str | None) -> bool:
    chosen: str = directives.choice(argument or "true", ("true", "false"))
    return chosen == "true"


_READERS: Mapping[str, Callable[[str], Any]] = {
    "string": directives.unchanged,
    "integer": int,
    "boolean": _flag,
    "array": _words,
}
"""How an option of a directive becomes a field of a request, by the field's type."""


def index_addresses(config: Config) -> list[str]:
    """Return the address of the package index, then those of its files' hosts; none if not set."""
    return str(config.trigpoint_index_url or "").split()


class LabDirective(SphinxDirective):
    """An example of one lab.

    The body is the text that the lab reads, the options are the other fields of
    its request; lists are written with commas.  ``expect`` states the summary
    that the lab must give, ``expect-findings`` the codes that it must report, and
    with ``strict`` it may report no others.
    """

    has_content = True
    lab: ClassVar[Lab[Any, Any]]
    fields: ClassVar[Mapping[str, Callable[[str], Any]]]

    def run(self) -> list[nodes.Node]:
        """Compute the example and note what is wrong with it."""
        request = {name: self.options[name] for name in self.fields if name in self.options}
        request[self.lab.body] = "\n".join(self.content)
        rendered = render(self.lab.name, request)
        metadata = self.env.metadata[self.env.docname]
        for mistake in mistakes(
            rendered,
            self.options.get("expect-findings", ()),
            self.options.get("expect", ""),
            strict="strict" in self.options,
        ):
            metadata.setdefault(_MISTAKES, []).append(f"{self.get_location()}: {mistake}")
        metadata[_PAGES] = metadata.get(_PAGES, 0) + 1

        identifier = self.options.get("name") or f"lab-{metadata[_PAGES]}"
        text = request[self.lab.body]
        node = lab_node(
            "",
            nodes.literal_block(text, text, language="text"),
            nodes.paragraph("", rendered.summary),
            html=rendered.html(
                identifier,
                self.options.get("class", []),
                next(iter(index_addresses(self.config)), ""),
            ),
        )
        self.set_source_info(node)
        return [node]


def directive(lab: Lab[Any, Any]) -> type[LabDirective]:
    """Return the directive of *lab*."""
    properties = schema(lab.request_type)["properties"]
    # What has no plain type, such as a dropped file, cannot be written as an option.
    fields = {
        name: _READERS[kind["type"]]
        for name, kind in properties.items()
        if name != lab.body and kind.get("type") in _READERS
    }
    options = {
        "name": directives.unchanged_required,
        "class": directives.class_option,
        "expect": directives.unchanged_required,
        "expect-findings": _words,
        "strict": directives.flag,
    }
    members = {"lab": lab, "fields": fields, "option_spec": {**options, **fields}}
    return type(f"{type(lab).__name__}Directive", (LabDirective,), members)


def _visit_html(self: HTML5Translator, node: lab_node) -> None:
    self.body.append(node["html"])
    raise nodes.SkipNode


def _show_children(_writer: object, _node: lab_node) -> None:
    """Leave the node to its children."""


def _refuse_mistakes(_app: Sphinx, env: BuildEnvironment) -> None:
    """Stop the build if an example on any page is wrong, naming all of them."""
    found = [
        mistake for _, data in sorted(env.metadata.items()) for mistake in data.get(_MISTAKES, ())
    ]
    if found:
        raise ExtensionError("examples that are wrong:\n" + "\n".join(found))


def setup(app: Sphinx) -> None:
    """Register a directive for each lab with *app*."""
    shown = (_show_children, _show_children)
    app.add_node(
        lab_node, html=(_visit_html, None), latex=shown, text=shown, man=shown, texinfo=shown
    )
    for lab in labs.LABS.values():
        app.add_directive(lab.directive, directive(lab))
    app.connect("env-check-consistency", _refuse_mistakes)
