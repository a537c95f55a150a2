"""Links to other sites are in a list with dates, and the list has no others."""

from __future__ import annotations

import doctest
import http.server
import importlib
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

DOCS = Path(__file__).parents[2] / "docs"
ONE, TWO = "https://a.example/", "https://b.example/x?y=1&z=2#place"
DAY, TODAY = date(2026, 11, 22), date(2026, 11, 26)


@pytest.fixture
def links(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Import the script."""
    monkeypatch.syspath_prepend(str(DOCS))
    return importlib.import_module("links")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Return a built site with two addresses outside, one of them on two pages."""
    pages = {
        "index.html": f'<a class="x" href="{ONE}">a</a> <a href="a/b.html">b</a>',
        "a/b.html": f"<A HREF='{ONE}'>a</A> <a\nhref=\"{TWO.replace('&', '&amp;')}\">b</a>",
        "lite/c.html": '<a href="https://c.example/">c</a>',
        "_static/d.html": '<a href="https://d.example/">d</a>',
        "e.html": '<abbr href="https://e.example/"><link href="https://f.example/">',
    }
    for name, text in pages.items():
        path = tmp_path / "html" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return tmp_path / "html"


def test_the_list_of_this_site_is_as_the_script_writes_it(links: ModuleType) -> None:
    """It can be read, no day lies before the project or ahead, and nothing in it is by hand."""
    text = links.LIST.read_text("utf-8")
    found = links.load(text)
    assert len(found) > 300
    assert text == links.dump(found)
    assert [] == [each for each in found if not DAY <= each.added <= date.today()]


def test_addresses_are_those_that_a_reader_can_follow(links: ModuleType, site: Path) -> None:
    """Each is found once, as a browser reads it, but on pages of other programs."""
    assert {ONE: "a/b.html", TWO: "a/b.html"} == links.external(site)
    assert {TWO: "a/b.html"} == links.external(site, ["https://a.example/"])


def test_what_the_list_and_the_site_do_not_share(links: ModuleType) -> None:
    """A link that is not listed names its page; one that is not used is named as well."""
    listed = [links.Link(ONE, DAY)]
    assert [] == links.problems(listed, {ONE: "a.html"})
    expected = [f"b.html: {TWO} is not in the list", f"{ONE}: no page leads there"]
    assert expected == links.problems(listed, {TWO: "b.html"})


def test_days_stay(links: ModuleType) -> None:
    """What was there keeps its days, what is new has today's, what is unused goes."""
    listed = [links.Link(ONE, DAY, DAY), links.Link("https://c.example/", DAY)]
    expected = [links.Link(ONE, DAY, DAY), links.Link(TWO, TODAY)]
    assert expected == links.renewed(listed, [TWO, ONE], TODAY)


def test_writing_and_reading(links: ModuleType) -> None:
    """The list is sorted, and an address may have any letter."""
    listed = [links.Link('https://b.example/"\\é', DAY, TODAY), links.Link(ONE, DAY)]
    assert listed[::-1] == links.load(links.dump(listed))


ENTRY = f'[[link]]\nto = "{ONE}"\nadded = 2026-11-22\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (ENTRY + ENTRY, "each address once"),
        (ENTRY.replace("a.ex", "b.ex") + ENTRY, "is sorted"),
        (ENTRY + "reached = 2026-11-21\n", "reached before it was added"),
        (ENTRY.replace("2026-11-22", '"2026-11-22"'), "a day is written as"),
        (ENTRY + "reached = 2026-11-26T01:00:00\n", "a day is written as"),
        (ENTRY + "seen = 2026-11-26\n", "seen"),
        ("[[link]]\nadded = 2026-11-22\n", "'to'"),
    ],
)
def test_a_list_that_is_wrong(links: ModuleType, text: str, said: str) -> None:
    """What no script wrote is refused, and named."""
    with pytest.raises(ValueError, match=said):
        links.load(text)


class _Handler(http.server.BaseHTTPRequestHandler):
    """``/200`` answers with that status; ``/405-200`` refuses HEAD and answers GET."""

    def do_HEAD(self) -> None:
        self._say(self.path.strip("/").split("-")[0])

    def do_GET(self) -> None:
        self._say(self.path.strip("/").split("-")[-1])

    def _say(self, status: str) -> None:
        self.send_response(int(status))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[str]:
    """Return the address of a server of this machine."""
    served = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    threading.Thread(target=served.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{served.server_port}"
    served.shutdown()
    served.server_close()


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("200", "there"),
        ("405-200", "there"),
        ("404-200", "there"),
        ("404", "gone"),
        ("410", "gone"),
        ("403", "status 403"),
        ("404-500", "status 500"),
    ],
)
def test_what_an_answer_says(links: ModuleType, server: str, path: str, expected: str) -> None:
    """Only what nothing is said to be at is gone; a server that wants no programs says nothing."""
    assert expected == links.ask(f"{server}/{path}")


def test_no_answer_is_none(links: ModuleType, server: str) -> None:
    """Without a network the reason is told."""
    assert "refused" in links.ask("http://127.0.0.1:1/")
    assert "unknown url type" in links.ask("nothing:x")


def test_reaching(links: ModuleType) -> None:
    """Each address is asked once for all of its places, and only an answer changes a day."""
    asked: list[str] = []

    def answer(address: str) -> str:
        asked.append(address)
        return {"a": "there", "b": "gone"}.get(address[8], "no network")

    listed = [links.Link(ONE, DAY), links.Link(f"{ONE}#x", DAY), links.Link(TWO, DAY)]
    silent = [links.Link(f"https://{name}.example/{n}", DAY) for name in "cdefgh" for n in (1, 2)]
    after, gone, line = links.reach([*listed, *silent, silent[0]], TODAY, answer)
    assert 14 == len(asked)
    assert [TODAY, TODAY, None] == [each.reached for each in after[:3]]
    assert [*silent, silent[0]] == after[3:]
    assert [TWO] == gone
    expected = (
        "2 of 14 addresses answered; not reached: c.example (2: no network), d.example (2: no "
        "network), e.example (2: no network), f.example (2: no network), g.example (2: no network)"
        " and 1 more"
    )
    assert expected == line
    assert "1 of 1 addresses answered" == links.reach([links.Link(ONE, DAY)], TODAY, answer)[2]


def test_the_command(
    links: ModuleType,
    site: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It fails while the two do not agree, and writes only where it is asked to."""
    listing = tmp_path / "links.toml"
    arguments = [str(site), "--list", str(listing)]
    assert 1 == links.main(arguments)
    told = capsys.readouterr().out
    assert f"a/b.html: {ONE} is not in the list\n" in told
    assert "nox -s links -- --add" in told
    assert not listing.exists()
    assert 0 == links.main([*arguments, "--add"])
    assert "2 links to other sites" in capsys.readouterr().out
    assert 0 == links.main(arguments)
    written = listing.read_text("utf-8")
    (site / "e.html").write_text("", "utf-8")
    monkeypatch.setattr(links, "reach", lambda listed, _: ([], [listed[0].to], "a line"))
    assert 1 == links.main([*arguments, "--reach"])
    assert f"a line\n{ONE}: nothing is there\n" in capsys.readouterr().out
    assert written != listing.read_text("utf-8")


@pytest.mark.parametrize("variable", ["TRIGPOINT_SITE_URL", "TRIGPOINT_REPOSITORY"])
def test_own_addresses_are_not_outside(
    links: ModuleType, site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    """A site with an address has it on its pages, and links to edit them."""
    monkeypatch.setenv(variable, "https://a.example/")
    listing = tmp_path / "links.toml"
    assert 0 == links.main([str(site), "--list", str(listing), "--add"])
    assert [TWO] == [each.to for each in links.load(listing.read_text("utf-8"))]


def test_a_long_list_is_cut(
    links: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """At most a number of lines is printed, and how many are left out."""
    for number, cut in ((links.SHOWN, False), (links.SHOWN + 1, True)):
        text = "".join(f'<a href="https://a.example/{n}">' for n in range(number))
        (tmp_path / "index.html").write_text(text, "utf-8")
        assert 1 == links.main([str(tmp_path), "--list", str(tmp_path / "none.toml")])
        told = capsys.readouterr().out
        assert links.SHOWN == told.count("is not in the list")
        assert cut == ("and 1 more" in told)


def test_examples(links: ModuleType) -> None:
    """What the docstrings of the module show is so."""
    assert 0 == doctest.testmod(links).failed
