"""A lab's directive writes the computed answer into the page, or stops the build."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest

from trigpoint import labs
from trigpoint.sphinx.lab import mistakes, render

EXAMPLE = ".. marker-lab::\n   :extras: b, a\n\n   sys_platform == 'win32' or extra == 'a'\n"
WRONG = ".. marker-lab::\n\n   python_verison > '3'\n"


def request(page: str) -> dict[str, Any]:
    written = re.search(r'data-request="([^"]*)"', page)
    assert written
    found: dict[str, Any] = json.loads(unescape(written[1]))
    return found


def test_page_holds_what_the_lab_answers(build: Callable[..., Any]) -> None:
    """The page shows the result and the form that the browser would show for the same request."""
    app = build({"index": EXAMPLE})
    page = (app.outdir / "index.html").read_text("utf-8")
    asked = {"text": "sys_platform == 'win32' or extra == 'a'", "extras": ["b", "a"]}
    answer = json.loads(labs.answer("markers", json.dumps(asked)))
    assert answer["request"] == request(page)
    assert answer["html"].replace("<h4", '<h4 aria-level="2"') in page
    assert labs.form("markers", answer["request"]) in page


def test_given_fields_are_readable_without_javascript(build: Callable[..., Any]) -> None:
    """What the author asked besides the text stands in the page as words."""
    page = (build({"index": EXAMPLE}).outdir / "index.html").read_text("utf-8")
    assert "<dt>extras</dt><dd>b, a</dd>" in page


def test_every_lab_has_a_directive(build: Callable[..., Any]) -> None:
    """No lab is left out of the extension, and an empty one is a page too."""
    pages = {lab.name: f".. {lab.directive}::\n" for lab in labs.LABS.values()}
    app = build({**pages, "index": "Labs."})
    assert "" == app.warning.getvalue()
    assert all(
        f'<trigpoint-lab lab="{name}"' in (app.outdir / f"{name}.html").read_text("utf-8")
        for name in labs.LABS
    )


def test_wrong_example_is_a_warning_that_names_its_place(build: Callable[..., Any]) -> None:
    """An example with an error is no page under -W: file, line and code are named."""
    expected = (
        "index.rst:6: WARNING: wrong example: 'python_verison' is not a marker variable "
        "(marker-unknown-variable) [trigpoint.example]"
    )
    assert expected in build({"index": WRONG}).warning.getvalue()


def test_all_wrong_examples_are_named_at_once(build: Callable[..., Any]) -> None:
    """One build is enough to learn of every wrong example."""
    app = build({"index": WRONG, "other": f"{EXAMPLE}\n{WRONG}"})
    expected = [("index", "6"), ("other", "11")]
    assert expected == re.findall(r"(\w+)\.rst:(\d+): WARNING", app.warning.getvalue())


def test_wrong_example_is_named_by_the_next_build_too(build: Callable[..., Any]) -> None:
    """A page that has not changed since a failed build still fails under -W."""
    for _ in range(2):
        app = build({"index": WRONG})
        assert 1 == app.warning.getvalue().count("(marker-unknown-variable) [trigpoint.example]")


@pytest.mark.parametrize("builder", ["gettext", "linkcheck"])
def test_builders_that_show_no_page_go_on(build: Callable[..., Any], builder: str) -> None:
    """Translators and checkers of links have their result, whatever is wrong with an example."""
    app = build({"index": f"{WRONG}\n\nProse."}, builder=builder)
    assert 0 == app.statuscode
    assert "(marker-unknown-variable)" in app.warning.getvalue()


def test_what_a_lab_says_is_not_for_translators(build: Callable[..., Any]) -> None:
    """An answer is computed, so nobody can translate it in a catalogue of the page."""
    app = build({"index": f"{EXAMPLE}\n\nProse."}, builder="gettext")
    found = re.findall('msgid "(.+)"', (app.outdir / "index.pot").read_text("utf-8"))
    assert ["Title", "Prose."] == found


@pytest.mark.parametrize("options", [":rules: bogus", ":extras: \udcff", ":class: 1"])
def test_wrong_options_are_no_traceback(build: Callable[..., Any], options: str) -> None:
    """An option that the lab does not take is a warning with the place of its directive."""
    options = options.encode("utf-8", "replace").decode()
    app = build({"index": f".. marker-lab::\n   {options}\n\n   os_name == 'nt'\n"})
    assert "index.rst:6: " in app.warning.getvalue()


def test_unknown_option_is_an_error(build: Callable[..., Any]) -> None:
    """Options are the fields of the lab's request, and nothing else."""
    app = build({"index": ".. marker-lab::\n   :extra: a\n\n   os_name == 'nt'\n"})
    assert 'unknown option: "extra"' in app.warning.getvalue()


@pytest.mark.parametrize(
    ("text", "options", "expected"),
    [
        ("os_name == 'nt'", {}, []),
        ("os_name = 'nt'", {"expected": ["marker-operator"]}, []),
        ("os_name == 'nt'", {"summary": "Holds in 8 of 24 environments."}, []),
        ("os_name > 'nt'", {}, []),
    ],
)
def test_right_examples(text: str, options: dict[str, Any], expected: list[str]) -> None:
    """Warnings alone do not make an example wrong, and neither do expected errors."""
    assert expected == mistakes(render("markers", {"text": text}), **options)


@pytest.mark.parametrize(
    ("text", "options", "expected"),
    [
        ("os_name = 'nt'", {}, "(marker-operator)"),
        ("os_name = 'nt'", {"expected": ["marker-unquoted"]}, "(marker-operator)"),
        ("os_name == 'nt'", {"expected": ["marker-operator"]}, "marker-operator, which is absent"),
        ("os_name == 'nt'", {"summary": "Holds."}, "expected 'Holds.', the lab says 'Holds in 8"),
        ("os_name > 'nt'", {"strict": True}, "(marker-string-order)"),
    ],
)
def test_wrong_examples(text: str, options: dict[str, Any], expected: str) -> None:
    """Errors, absent findings, another summary, and any finding under strict are mistakes."""
    assert expected in "\n".join(mistakes(render("markers", {"text": text}), **options))


def test_hostile_text_stays_text(build: Callable[..., Any]) -> None:
    """Markup in an example reaches the page escaped."""
    hostile = "os_name == '</textarea><img src=x onerror=alert(1)>'"
    app = build({"index": f".. marker-lab::\n\n   {hostile}\n"})
    page = (app.outdir / "index.html").read_text("utf-8")
    assert "<img src=x" not in page
    assert hostile == request(page)["text"]


def test_parallel_build_is_the_same_build(build: Callable[..., Any]) -> None:
    """Pages come out byte for byte the same, however many processes write them."""
    pages = {f"page{i}": f"{EXAMPLE}\n{EXAMPLE}" for i in range(8)} | {"index": EXAMPLE}

    def written(**options: Any) -> dict[str, bytes]:
        app = build(pages, **options)
        found = {path.name: path.read_bytes() for path in app.outdir.glob("*.html")}
        for path in app.outdir.glob("*.html"):
            path.unlink()
        (app.doctreedir / "environment.pickle").unlink()
        return found

    assert written() == written(parallel=4)


def test_labs_are_numbered_by_page(build: Callable[..., Any]) -> None:
    """Each lab has an address in its page, given or counted."""
    named = EXAMPLE.replace(":extras: b, a", ":name: mine")
    page = (build({"index": f"{EXAMPLE}\n{named}\n{EXAMPLE}"}).outdir / "index.html").read_text()
    assert ["lab-1", "mine", "lab-3"] == ids(page)


def ids(page: str) -> list[str]:
    return re.findall(r'<trigpoint-lab [^>]*id="([^"]*)"', page)


def test_duplicate_names_are_reported(build: Callable[..., Any]) -> None:
    """Two labs of one name would have one address."""
    named = EXAMPLE.replace(":extras: b, a", ":name: mine")
    app = build({"index": f"{named}\n{named}"})
    expected = 'index.rst:11: WARNING: Duplicate explicit target name: "mine". [docutils]'
    assert expected in app.warning.getvalue()
    found = ids((app.outdir / "index.html").read_text("utf-8"))
    assert 2 == len(set(found))


def test_counted_identifier_is_free(build: Callable[..., Any]) -> None:
    """A heading or a name that looks like a number keeps its address."""
    named = EXAMPLE.replace(":extras: b, a", ":name: lab-3")
    app = build({"index": f"Lab 1\n-----\n\n{named}\n{EXAMPLE}\n{EXAMPLE}"})
    assert "" == app.warning.getvalue()
    page = (app.outdir / "index.html").read_text("utf-8")
    assert 'id="lab-1"' in page
    assert ["lab-3", "lab-2", "lab-4"] == ids(page)


def test_targets_lead_to_a_lab(build: Callable[..., Any]) -> None:
    """A label in front of the directive, and its name, can be linked to."""
    named = EXAMPLE.replace(":extras: b, a", ":name: mine")
    links = ":ref:`one <before>` :ref:`other <mine>`"
    app = build({"index": f".. _before:\n\n{named}\n{links}"})
    assert "" == app.warning.getvalue()
    page = (app.outdir / "index.html").read_text("utf-8")
    assert '<span id="before"></span><trigpoint-lab' in page
    assert ["mine"] == ids(page)
    assert all(f'href="#{name}"' in page for name in ("before", "mine"))


def test_a_lab_that_takes_long_has_its_own_limit() -> None:
    """The element waits longer for builds and wheels; other labs leave the limit to the element."""
    limits = {
        name: re.findall(r'data-time-limit="(\d+)"', render(name, {}).html("lab"))
        for name in labs.LABS
    }
    longer = {"builds": ["60000"], "wheels": ["60000"]}
    assert longer == {name: found for name, found in limits.items() if found}
