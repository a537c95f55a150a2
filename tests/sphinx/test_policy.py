"""A site that wants a policy has one in every page, which allows exactly what the page holds."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from sphinx.errors import ConfigError

from trigpoint.sphinx.policy import complaints, content_policy, inline, inline_hashes, seal

LAB = ".. marker-lab::\n\n   os_name == 'nt'\n"
SCRIPT = ".. raw:: html\n\n   <script>document.title += '!'</script>\n"
OWN = {"trigpoint_policy": "own"}
FOREIGN = """\
.. raw:: html

   <script src="https://math.example/tex.js"></script>
   <link rel="stylesheet" href="//styles.example/a.css">
   <link rel="icon" href="https://icons.example/a.png">
   <link rel="canonical" href="https://home.example/">
   <img src="https://badges.example:8443/a.svg" srcset="c.png 2x, https://two.example/b.png 3x">
   <iframe src="https://videos.example/1"></iframe>
   <video src="https://films.example/1" poster="https://posters.example/1"></video>
   <object data="https://objects.example/1"></object>
   <form action="https://forms.example/1"></form>
   <a href="https://elsewhere.example/">elsewhere</a>
   <img src="https://[bad"><img src="https://a;b/c.png"><img src="">
"""


def digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def parts(written: str) -> dict[str, list[str]]:
    return {name: values for name, *values in (part.split() for part in written.split(";"))}


def policy(page: str) -> dict[str, list[str]]:
    found = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert found
    return parts(unescape(found[1]))


def read(app: Any, name: str = "index.html") -> str:
    return Path(app.outdir, name).read_text("utf-8")


def test_no_policy_unless_asked_for(build: Callable[..., Any]) -> None:
    """A site that says nothing is left as it is: its theme and its pages need what they need."""
    assert "Content-Security-Policy" not in read(build({"index": LAB}))


def test_inline_scripts_are_allowed_by_hash_alone(build: Callable[..., Any]) -> None:
    """A script in the page is named by the hash of its text; there is no unsafe-inline."""
    page = read(build({"index": f"{LAB}\n{SCRIPT}"}, confoverrides=OWN))
    scripts = policy(page)["script-src"]
    assert digest("document.title += '!'") in scripts
    assert inline_hashes(page) == [each for each in scripts if each.startswith("'sha256-")]
    assert {"'self'", "'wasm-unsafe-eval'"} == {
        each for each in scripts if not each.startswith("'sha256-")
    }


def test_inline_styles_are_allowed_by_hash_alone() -> None:
    """A style sheet in the page is named by its hash; attributes alone may hold any style."""
    found = parts(content_policy("<style>p {}</style><style media=print>b {}</style>"))
    assert ["'self'", *sorted([digest("p {}"), digest("b {}")])] == found["style-src"]
    assert ["'unsafe-inline'"] == found["style-src-attr"]


def test_event_handlers_are_allowed_by_hash_alone() -> None:
    """The buttons of a theme work, and a handler that is not in the page does not."""
    found = parts(content_policy('<button onclick="go(&quot;up&quot;)">'))
    expected = ["'self'", "'wasm-unsafe-eval'", "'unsafe-hashes'", digest('go("up")')]
    assert expected == found["script-src"]
    assert "'unsafe-hashes'" not in content_policy("<button>")


def test_hashes_are_of_what_a_browser_reads() -> None:
    """Every end of a line is one character, and entities in a script are none."""
    page = "<script>\r\n1 &amp; '</p>'\r2</script><p>text</p><style>a</style>more"
    found = inline(page)
    assert ["\n1 &amp; '</p>'\n2"] == found.scripts
    assert ["a"] == found.styles


def test_nothing_comes_from_another_site(build: Callable[..., Any]) -> None:
    """Whatever is not listed comes from the page's own site."""
    page = read(build({"index": f"{LAB}\n{FOREIGN}"}, confoverrides=OWN))
    assert ["'self'"] == policy(page)["default-src"]
    assert ".example" not in str(policy(page))
    assert "http" not in str(policy(page))


def test_extended_policy_allows_what_the_page_refers_to(build: Callable[..., Any]) -> None:
    """Formulas, badges and videos from other sites work; a link needs no permission."""
    page = read(build({"index": FOREIGN}, confoverrides={"trigpoint_policy": "extended"}))
    found = policy(page)
    script = "https://math.example"
    expected = {
        "connect-src": ["'self'", script],
        "font-src": ["'self'", script, "styles.example"],
        "form-action": ["'self'", "https://forms.example"],
        "frame-src": ["'self'", "https://videos.example"],
        "media-src": ["'self'", "https://films.example"],
        "object-src": ["https://objects.example"],
        "style-src": ["'self'", "'unsafe-inline'", script, "styles.example"],
        "worker-src": ["'self'", "blob:"],
    }
    assert expected == {name: found[name] for name in expected}
    pictures = ["badges.example:8443", "icons.example", "math.example"]
    pictures += ["posters.example", "two.example"]
    assert ["'self'", "data:", *(f"https://{each}" for each in pictures)] == found["img-src"]
    assert script in found["script-src"]
    assert "'unsafe-inline'" not in found["script-src"]
    assert not [each for each in ("elsewhere", "home") if f"{each}.example" in str(found)]


def test_own_policy_has_no_more_than_it_needs() -> None:
    """Directives that would repeat the default are not there, in an extended policy either."""
    names = ["default-src", "script-src", "style-src", "style-src-attr", "img-src", "connect-src"]
    names += ["object-src", "base-uri", "form-action"]
    page = '<script src="a.js"></script><img src="/b.png"><a href="https://a.example/">a</a>'
    assert names == list(parts(content_policy(page)))
    assert names == list(parts(content_policy(page, extended=True)))


def test_failed_build_is_left_alone(build: Callable[..., Any]) -> None:
    """Pages are sealed after a build that came to its end; sealing again changes no file."""
    app = build({"index": LAB}, confoverrides=OWN)
    path = Path(app.outdir, "index.html")
    path.write_text("<head></head>", "utf-8")
    app.events.emit("build-finished", OSError())
    assert "<head></head>" == path.read_text("utf-8")
    app.events.emit("build-finished", None)
    assert "Content-Security-Policy" in path.read_text("utf-8")
    path.write_text("no head", "utf-8")
    app.events.emit("build-finished", None)
    assert "no head" == path.read_text("utf-8")


def test_sources_are_added(build: Callable[..., Any]) -> None:
    """What a page asks for only when it runs can be allowed by whoever builds the site."""
    sources = {"worker-src": ["blob:"], "img-src": ["data:", "https://a.example"]}
    settings = {**OWN, "trigpoint_policy_sources": sources}
    found = policy(read(build({"index": LAB}, confoverrides=settings)))
    assert ["'self'", "blob:"] == found["worker-src"]
    assert ["'self'", "data:", "https://a.example"] == found["img-src"]
    assert ["'self'"] == found["connect-src"]


@pytest.mark.parametrize(
    ("choice", "sources", "expected"),
    [
        ("on", {}, "trigpoint_policy: 'on' is none of off, own, extended"),
        ("own", [], "it is a dict of lists, by directive"),
        ("own", {"frame-ancestors": []}, "browsers read frame-ancestors in a header only"),
        ("own", {"image-src": []}, "'image-src' is no directive of a policy"),
        ("own", {"img-src": "data:"}, "img-src: a list of sources is needed, not 'data:'"),
        ("own", {"img-src": ["a; b"]}, "img-src: 'a; b' is not one source"),
        ("own", {"img-src": [1]}, "img-src: 1 is not one source"),
    ],
)
def test_wrong_configuration(
    build: Callable[..., Any], choice: str, sources: Any, expected: str
) -> None:
    """A value that would do nothing, or something else, is refused before anything is built."""
    (complaint,) = complaints(choice, sources)
    assert complaint.endswith(expected)
    settings = {"trigpoint_policy": choice, "trigpoint_policy_sources": sources}
    with pytest.raises(ConfigError) as error:
        build({"index": LAB}, confoverrides=settings)
    assert complaint in str(error.value)


def test_policy_stands_before_whatever_it_holds_for(build: Callable[..., Any]) -> None:
    """A policy holds for what comes after it, and the encoding comes first of all."""
    page = read(build({"index": LAB}, confoverrides=OWN))
    places = ["<head", "charset", "Content-Security-Policy", "<link", "<script"]
    found = [page.index(each) for each in places]
    assert sorted(found) == found


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
@pytest.mark.parametrize("parallel", [0, 2])
def test_every_page_has_one(build: Callable[..., Any], builder: str, parallel: int) -> None:
    """With a policy, it is in each page: without a lab, the indexes, the search, own templates."""
    pages = {"index": LAB, "plain": "A", "sub/deep": ".. py:module:: spam\n\n.. index:: spam\n"}
    pages |= {f"p{i}": "A" for i in range(8)}
    settings = {**OWN, "html_additional_pages": {"extra": "search.html"}}
    app = build(pages, builder=builder, confoverrides=settings, parallel=parallel)
    found = {path: path.read_text("utf-8") for path in Path(app.outdir).rglob("*.html")}
    found = {path: text for path, text in found.items() if "_static" not in path.parts}
    assert 15 == len(found)
    assert [] == [p for p, text in found.items() if 1 != text.count("Content-Security-Policy")]


@pytest.mark.parametrize(
    "page",
    [
        "<p>no head</p>",
        "<head><META HTTP-EQUIV=content-security-policy content=x></head>",
    ],
)
def test_pages_that_are_left_as_they_are(page: str) -> None:
    """A page with a policy of its own keeps it, and what is no whole page is not changed."""
    assert page == seal(page, "default-src 'self'")


def test_page_about_policies_has_one() -> None:
    """What looks like a policy in the text is none."""
    page = "<head></head><p>http-equiv=content-security-policy"
    assert "default-src" in seal(page, "default-src 'self'")


def test_pages_without_a_lab_load_nothing(build: Callable[..., Any]) -> None:
    """They get no style and no script."""
    assert "trigpoint/" not in read(build({"index": SCRIPT}))


def test_unchanged_pages_keep_their_policy(build: Callable[..., Any]) -> None:
    """A second build that writes nothing leaves the sealed pages as they are."""
    first = read(build({"index": LAB}, confoverrides=OWN))
    assert first == read(build({"index": LAB}, confoverrides=OWN))
    # Another choice writes them anew.
    assert "Content-Security-Policy" not in read(build({"index": LAB}))


def test_trusted_types_can_be_required() -> None:
    """They hold no sources, so the page's own site is none of their values; alone they are off."""
    sources = {"require-trusted-types-for": ["'script'"], "trusted-types": ["trigpoint"]}
    assert [] == complaints("own", sources)
    found = parts(content_policy("", sources=sources))
    assert ["'script'"] == found["require-trusted-types-for"]
    assert ["trigpoint"] == found["trusted-types"]
    assert set() == set(parts(content_policy(""))) & set(sources)
