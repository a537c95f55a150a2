"""A page for each message of a tool, made before the pages are read.

The pages are written into a folder that git ignores, so that they are pages like all
others: in the table of contents, in the search and in the sitemap.  Each holds its
title and one directive; what it shows comes from the library's data.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes
from sphinx.util.docutils import SphinxDirective
from trigpoint_nodes import page_link, table
from trigpoint_tables import anchor

from trigpoint.catalogue import SOURCES
from trigpoint.installers import RECORD
from trigpoint.installers.messages import GROUPS, MESSAGES, Message, Seen, explain, review, seen
from trigpoint.sphinx.catalogue import badge

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

FOLDER: Final = "reference/messages"
RUNS: Final = Path(__file__).parents[2] / "tests" / "evidence" / "messages.json"
TITLE: Final = "Messages of tools"
LONGEST: Final = 1200
"""Letters of what a run printed that a page shows."""

_MARKDOWN: Final = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~^$&@:])")


def escaped(text: str) -> str:
    """Return *text* as Markdown that shows it letter for letter."""
    return _MARKDOWN.sub(r"\\\1", text)


def page(message: Message) -> str:
    """Return the source of the page of *message*."""
    return f"# {escaped(message.title)}\n\n```{{message}} {message.key}\n```\n"


def overview() -> str:
    """Return the source of the page that lists all messages."""
    lines = [
        "---",
        "hide-toc: true",
        "---",
        "",
        f"# {TITLE}",
        "",
        "What pip, uv, poetry, twine, build, the backends and the index print, and what it means.",
        (
            "Paste yours into the {doc}`lab </playground/messages>`, which finds it whatever stands"
            " around it; here is every message by itself."
        ),
        "",
        f"There are {len(MESSAGES)}; each was printed by a recorded run, or says where it is from.",
        "",
    ]
    for title, messages in GROUPS.items():
        lines += [f"## {escaped(title)}", ""]
        lines += [f"- [{escaped(each.title)}]({each.key}.md)" for each in messages]
        lines.append("")
    lines += ["```{toctree}", ":hidden:", "", *MESSAGES, "```", ""]
    return "\n".join(lines)


def write(folder: Path) -> None:
    """Write all pages into *folder*, and leave alone what says the same already."""
    folder.mkdir(parents=True, exist_ok=True)
    texts = {f"{key}.md": page(message) for key, message in MESSAGES.items()}
    texts["index.md"] = overview()
    for path in folder.glob("*.md"):
        if path.name not in texts:
            path.unlink()
    for name, text in texts.items():
        path = folder / name
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


def _printed(run: Seen, message: Message) -> str:
    """Return what *run* printed, from where *message* is."""
    if run.wheel:
        text = RECORD.outcomes[run.case, run.tool].message
    else:
        rows = json.loads(RUNS.read_text(encoding="ascii"))
        text = next(row[4] for row in rows if row[:2] == [run.case, run.tool])
    found = next(each for each in explain(text) if each.message == message)
    # From the line before it on.
    start = text.rfind("\n", 0, max(0, text.rfind("\n", 0, found.span.start))) + 1
    end = max(start + LONGEST, found.span.end)
    return text[start:end].strip("\n") + ("\n..." if end < len(text) else "")


class MessagePage(SphinxDirective):
    """What is known about one message."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Show cause, cure and rule, the examples, and the runs that printed it."""
        message = MESSAGES[self.arguments[0]]
        runs = seen(message.key)
        for path in (RUNS, Path(explain.__code__.co_filename)):
            self.env.note_dependency(str(path))
        return [
            *self._told("Cause", message.why),
            *self._told("Cure", message.cure),
            *self._rule(message),
            *self._examples(message),
            *self._printed(message, runs),
            *self._runs(runs),
            *self._more(message),
        ]

    def _head(self, title: str) -> nodes.Node:
        return nodes.rubric("", title)

    def _told(self, title: str, text: str) -> Iterator[nodes.Node]:
        yield self._head(title)
        yield nodes.paragraph("", text)

    def _rule(self, message: Message) -> Iterator[nodes.Node]:
        yield self._head("Rule")
        address = SOURCES.get(message.source, message.source)
        source = nodes.reference("", "Source", refuri=address, internal=False)
        yield nodes.paragraph("", "", nodes.Text(f"{message.rule} "), source)

    def _code(self, text: str, language: str = "text") -> nodes.literal_block:
        block = nodes.literal_block(text, text, language=language)
        # The tests of the catalogue read every example.
        block["trigpoint_checked"] = True
        return block

    def _printed(self, message: Message, runs: Sequence[Seen]) -> Iterator[nodes.Node]:
        yield self._head("As it was printed")
        if runs:
            newest = runs[-1]
            yield self._code(_printed(newest, message))
            note = f"Printed by {newest.tool} on {newest.recorded}."
            yield nodes.paragraph("", note, classes=["tp-note"])
        if message.sourced:
            report = nodes.reference(
                "", "a public report or source text", refuri=message.sourced.url, internal=False
            )
            yield self._code(message.title)
            yield nodes.paragraph(
                "",
                "",
                nodes.Text("Sourced, not recorded: from "),
                report,
                nodes.Text(f", read on {message.sourced.date}."),
                classes=["tp-note"],
            )

    def _examples(self, message: Message) -> Iterator[nodes.Node]:
        if not message.bad:
            return
        yield self._head("With the mistake, and without")
        kind, findings = review(message.bad)
        language = {"pyproject": "toml"}.get(kind, "text")
        yield self._code(message.bad.rstrip("\n"), language)
        told = [each for each in findings if each.code == message.codes[0]]
        for finding in told[:1]:
            yield nodes.paragraph("", f"{finding.message}.", classes=["tp-note"])
        yield self._code(message.good.rstrip("\n"), language)

    def _runs(self, runs: Sequence[Seen]) -> Iterator[nodes.Node]:
        if not runs:
            return
        yield self._head("Recorded")
        rows = [[nodes.Text(run.tool), self._case(run), nodes.Text(run.recorded)] for run in runs]
        yield table(("Tool", "Case", "Date"), rows)

    def _case(self, run: Seen) -> nodes.Node:
        if not run.wheel:
            return nodes.literal("", run.case)
        up = "../" * self.env.docname.count("/")
        address = f"{up}reference/cases.html#{anchor('case', run.case)}"
        return nodes.reference("", "", nodes.literal("", run.case), refuri=address)

    def _more(self, message: Message) -> Iterator[nodes.Node]:
        yield self._head("Read on")
        page = self.env.docname
        items: list[nodes.Node] = [
            badge("finding", code, page, needed=True) for code in message.codes
        ]
        items += [page_link(name, page) for name in (*message.guides, "playground/messages")]
        yield nodes.bullet_list(
            "", *(nodes.list_item("", nodes.paragraph("", "", item)) for item in items)
        )


def _write(app: Sphinx) -> None:
    write(Path(app.srcdir) / FOLDER)


_SUBTREE: Final = re.compile(
    rf"(<a [^>]*>{re.escape(TITLE)}</a>)\s*<input.*?</label>\s*<ul>.*?</ul>", re.DOTALL
)


def _short_tree(
    _app: Sphinx, pagename: str, _template: str, context: dict[str, Any], _doctree: object
) -> None:
    """Leave the messages out of the sidebar: they would be most of every page."""
    if tree := context.get("furo_navigation_tree"):
        context["furo_navigation_tree"] = _SUBTREE.sub(r"\1", tree)
    if pagename.startswith(f"{FOLDER}/"):
        # Their sources are written by this build, so nobody can edit them.
        context["theme_source_repository"] = ""


def setup(app: Sphinx) -> ExtensionMetadata:
    """Write the pages before they are looked for, and register their directive."""
    app.connect("builder-inited", _write)
    # After Furo has made its tree.
    app.connect("html-page-context", _short_tree, priority=850)
    app.add_directive("message", MessagePage)
    return {"parallel_read_safe": True, "parallel_write_safe": True, "env_version": 1}
