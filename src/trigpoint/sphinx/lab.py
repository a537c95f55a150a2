"""Directives that write a lab's form and computed result into a page."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from trigpoint import labs
from trigpoint.labs.base import Lab
from trigpoint.labs.codec import schema
from trigpoint.sphinx.places import Places, places_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
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
    "shows_elements",
]

logger = logging.getLogger(__name__)

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
    share: Mapping[str, str]

    def html(
        self,
        identifier: str,
        classes: Iterable[str] = (),
        index: str = "",
        level: int = 4,
        places: Places | None = None,
    ) -> str:
        """Return the element that holds the example.

        *identifier* is its ``id``, *classes* it has besides ``tp-lab``, and *index* is
        the address of the package index that its text may come from, or empty.  *level*
        is that of the headings in its result, 2 below the title of the page, and
        *places* say where the labs of the site are.
        """
        attributes = {
            "lab": self.name,
            "id": identifier,
            "class": " ".join(["tp-lab", *classes]),
            "data-request": json.dumps(self.request, ensure_ascii=False),
            # Static, it can be copied without Python.
            "data-share": json.dumps(self.share, ensure_ascii=False),
            "data-level": str(level),
            **(places.attributes if places else {}),
        }
        if limit := labs.LABS[self.name].time_limit:
            attributes["data-time-limit"] = str(limit)
        written = "".join(f' {key}="{escape(value)}"' for key, value in attributes.items())
        given = "".join(
            f"<div><dt>{escape(name)}</dt><dd>{escape(_shown(value))}</dd></div>"
            for name, value in self.given.items()
        )
        if given:
            given = f'<dl class="tp-given">{given}</dl>'
        box = _INDEX.format(escape(index)) if index and labs.LABS[self.name].indexed else ""
        # What a browser would fill in from an earlier visit has no answer beside it.
        form = f'<form class="tp-form" autocomplete="off">{self.form}{given}{box}</form>'
        headed = self.result.replace("<h4", f'<h4 aria-level="{level}"')
        shown = places.linked(headed) if places else headed
        result = f'<div class="tp-result">{shown}</div>'
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
        answer["share"] or {},
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
    """An example.  Its children say it in words, for what cannot show the element."""


def shows_elements(builder: Builder) -> bool:
    """Say whether the pages of *builder* can hold a lab's element.

    Not those of other formats, and not the HTML of help viewers and of EPUB, which is no
    HTML 5, in files that have no room for a playground.
    """
    return builder.format == "html" and not getattr(builder, "embedded", False)


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
            metadata.setdefault(_MISTAKES, []).append((self.get_location(), mistake))
        metadata[_PAGES] = metadata.get(_PAGES, 0) + 1

        node = lab_node(
            "",
            *_in_words(rendered, request[self.lab.body]),
            lab=rendered,
            index=next(iter(index_addresses(self.config)), ""),
            classes=self.options.get("class", []),
            # What a lab says is no prose: quotes in it are part of markers.
            support_smartquotes=False,
        )
        self.set_source_info(node)
        # A name that something else on the page has is a warning of docutils.
        self.add_name(node)
        if not node["ids"]:
            node["ids"].append(self._counted(metadata[_PAGES]))
            self.state.document.set_id(node)
        return [node]

    def _counted(self, number: int) -> str:
        """Return the identifier of the lab *number* of its page, or the next that is free."""
        taken = self.state.document.ids
        while (identifier := f"lab-{number}") in taken:
            number += 1
        return identifier


def _in_words(rendered: Rendered, text: str) -> list[nodes.Node]:
    """Return the example *rendered* of *text* for pages that hold words only."""
    found: list[nodes.Node] = []
    if text:
        found.append(nodes.literal_block(text, text, language="text"))
    found += [
        nodes.paragraph("", f"{name}: {_shown(value)}") for name, value in rendered.given.items()
    ]
    found.append(nodes.paragraph("", rendered.summary))
    if rendered.findings:
        items = [
            nodes.list_item("", nodes.paragraph("", _said(each))) for each in rendered.findings
        ]
        found.append(nodes.bullet_list("", *items, bullet="*"))
    return found


def _said(finding: Mapping[str, Any]) -> str:
    """Return *finding* in one line: its severity, what is wrong, its code and what to do."""
    said = f"{finding['severity']}: {finding['message']} ({finding['code']})"
    return f"{said}; fix: {finding['fix']['message']}" if finding.get("fix") else said


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


def _above(node: nodes.Node) -> Iterator[nodes.Node]:
    """Yield what *node* stands in, the innermost first."""
    while node.parent is not None:
        node = node.parent
        yield node


def _visit_html(self: HTML5Translator, node: lab_node) -> None:
    identifier, *others = node["ids"]
    places = places_of(self.builder, self.config.trigpoint_lab_pages)
    # Those of targets that stand in front of the directive.
    self.body += [f'<span id="{escape(each)}"></span>' for each in others]
    level = max(2, 1 + sum(isinstance(each, nodes.section) for each in _above(node)))
    shown = node["lab"].html(identifier, node["classes"], node["index"], level, places)
    self.body.append(shown)
    raise nodes.SkipNode


def _settle(app: Sphinx, doctree: nodes.document, _docname: str) -> None:
    """Leave the labs of *doctree* to the builder of *app*, as elements or in words."""
    seen: set[str] = set()
    for node in list(doctree.findall(lab_node)):
        if not shows_elements(app.builder):
            node.replace_self(node.children)
            continue
        # One file with all pages has the first lab of each.
        identifier, number = node["ids"][0], 1
        while identifier in seen:
            number += 1
            identifier = f"{node['ids'][0]}-{number}"
        seen.add(identifier)
        node["ids"][0] = identifier


def _report_mistakes(_app: Sphinx, env: BuildEnvironment) -> None:
    """Warn of every wrong example, also on pages that were not read again."""
    for _, data in sorted(env.metadata.items()):
        for location, mistake in data.get(_MISTAKES, ()):
            logger.warning(
                "wrong example: %s", mistake, location=location, type="trigpoint", subtype="example"
            )


def setup(app: Sphinx) -> None:
    """Register a directive for each lab with *app*, and where a site has its labs."""
    app.add_node(lab_node, html=(_visit_html, None))
    for lab in labs.LABS.values():
        app.add_directive(lab.directive, directive(lab))
    app.add_config_value("trigpoint_lab_pages", {}, "env", (dict,))
    app.connect("doctree-resolved", _settle)
    # Not the check of consistency, which a build that read nothing leaves out.
    app.connect("env-updated", _report_mistakes)
