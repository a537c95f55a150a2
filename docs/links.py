"""Hold the links to other sites to a list with dates: ``python docs/links.py build/html``.

``docs/data/links.toml`` has each address to which a page of the built site leads.  ``added`` is the
day on which a page first had it, so that whoever wrote it knew the target; ``reached`` is the last
day on which :option:`--reach` got an answer from it, where it ever did.  A link that the list has
not, and an address that no page uses, fail.

``--add`` writes the list anew: what is new with the day of today, without what no page uses.
``--reach`` asks each address.  What is gone fails; what could not be reached, since there is no
network or somebody wants no programs, is told in one line and keeps its dates.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import tomllib
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from html import unescape
from http import HTTPStatus
from pathlib import Path
from typing import Final
from urllib.parse import urldefrag, urlsplit

__all__ = [
    "GONE",
    "LIST",
    "NOT_OURS",
    "PATIENCE",
    "SHOWN",
    "Link",
    "ask",
    "dump",
    "external",
    "load",
    "main",
    "problems",
    "reach",
    "renewed",
]

LIST: Final = Path(__file__).parent / "data" / "links.toml"
NOT_OURS: Final = frozenset({"lite", "_static"})
"""Folders of a built site whose pages are those of other programs."""
PATIENCE: Final = 20
"""Seconds that a server may take to answer."""
AT_ONCE: Final = 8
"""Addresses that are asked at the same time."""
NAMED: Final = 5
"""Hosts that are named where some could not be reached."""
SHOWN: Final = 20
"""Lines that are printed where the list and the site do not agree."""
GONE: Final = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})
"""Answers that say of an address that nothing is there; any other may be meant for programs only."""

_LINK: Final = re.compile(r"<a\s[^>]*?\bhref=[\"'](https?://[^\"']+)[\"']", re.IGNORECASE)
_HEAD: Final = """\
# Where the pages of this site lead outside, made by docs/links.py from the built site.
#
# added    day on which a page first had the address, so that its writer knew the target
# reached  last day on which nox -s links got an answer from it; left out where it never did
"""


@dataclass(frozen=True)
class Link:
    """An address outside, with the days on which a page first had it and it last answered."""

    to: str
    added: date
    reached: date | None = None


def load(text: str) -> list[Link]:
    r"""Read the list; raises :exc:`ValueError` where an entry is not as :func:`dump` writes it.

    >>> load('[[link]]\nto = "https://a.example/"\nadded = 2026-11-26\n')
    [Link(to='https://a.example/', added=datetime.date(2026, 11, 26), reached=None)]
    """
    found = []
    for entry in tomllib.loads(text).get("link", []):
        try:
            link = Link(**entry)
        except TypeError as error:
            raise ValueError(f"an entry of the list of links: {error}") from error
        days = [link.added] if link.reached is None else [link.added, link.reached]
        if not all(type(day) is date for day in days):
            raise ValueError(f"{link.to}: a day is written as 2026-11-26 is")
        if sorted(days) != days:
            raise ValueError(f"{link.to}: it was reached before it was added")
        found.append(link)
    addresses = [link.to for link in found]
    if sorted(set(addresses)) != addresses:
        raise ValueError("the list of links is sorted, and has each address once")
    return found


def dump(links: Iterable[Link]) -> str:
    """Write the list, sorted by address."""
    blocks = [_HEAD]
    for link in sorted(links, key=lambda link: link.to):
        lines = ["[[link]]", f"to = {json.dumps(link.to)}", f"added = {link.added}"]
        if link.reached:
            lines.append(f"reached = {link.reached}")
        blocks.append("\n".join(lines) + "\n")
    return "\n".join(blocks)


def external(site: Path, ours: Sequence[str] = ()) -> dict[str, str]:
    """Return each address outside to which a page of the built *site* leads, with one such page.

    Addresses that begin as one of *ours* are no others: those of the site and of its repository.
    """
    found: dict[str, str] = {}
    for path in sorted(site.rglob("*.html")):
        name = path.relative_to(site)
        if NOT_OURS & set(name.parts):
            continue
        for address in map(unescape, _LINK.findall(path.read_text("utf-8"))):
            if not address.startswith(tuple(ours)):
                found.setdefault(address, name.as_posix())
    return found


def problems(links: Iterable[Link], found: Mapping[str, str]) -> list[str]:
    """Return a line for each address of *found* that the list has not, and for each that is unused."""
    listed = {link.to for link in links}
    lines = [f"{found[each]}: {each} is not in the list" for each in sorted(found.keys() - listed)]
    return lines + [f"{each}: no page leads there" for each in sorted(listed - found.keys())]


def renewed(links: Iterable[Link], found: Iterable[str], today: date) -> list[Link]:
    """Return the list for the addresses *found*: those that it has as they are, new ones of *today*."""
    known = {link.to: link for link in links}
    return [known.get(address) or Link(address, today) for address in sorted(set(found))]


def ask(address: str) -> str:
    """Ask for *address*, and return ``there``, ``gone``, or why nothing is known.

    Some servers do not know HEAD, so that GET is tried where it is refused.
    """
    said = ""
    for method in ("HEAD", "GET"):
        request = urllib.request.Request(address, method=method)
        request.add_header("User-Agent", "Mozilla/5.0 (compatible; a check of links)")
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE):
                return "there"
        except urllib.error.HTTPError as error:
            said = "gone" if error.code in GONE else f"status {error.code}"
        except (OSError, ValueError) as error:
            # Without an answer there is none to another method either.
            return str(getattr(error, "reason", error)) or type(error).__name__
    return said


def reach(
    links: Sequence[Link], today: date, asked: Callable[[str], str] = ask
) -> tuple[list[Link], list[str], str]:
    """Ask for each address; return the list with new days, what is gone, and a line on the rest.

    Places in a page are one address: it is asked once.
    """
    pages = sorted({urldefrag(link.to).url for link in links})
    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = dict(zip(pages, pool.map(asked, pages), strict=True))
    after = [
        replace(link, reached=today) if answers[urldefrag(link.to).url] == "there" else link
        for link in links
    ]
    gone = [link.to for link in links if answers[urldefrag(link.to).url] == "gone"]
    silent = [page for page, answer in answers.items() if answer not in ("there", "gone")]
    line = f"{len(pages) - len(silent)} of {len(pages)} addresses answered"
    if silent:
        hosts = Counter(urlsplit(page).hostname for page in silent).most_common()
        told = [f"{host} ({count}: {_why(host, answers)})" for host, count in hosts[:NAMED]]
        more = f" and {len(hosts) - NAMED} more" if len(hosts) > NAMED else ""
        line += f"; not reached: {', '.join(told)}{more}"
    return after, gone, line


def _why(host: str | None, answers: Mapping[str, str]) -> str:
    """Return the first reason for which nothing is known of an address at *host*."""
    return next(
        answer
        for page, answer in answers.items()
        if answer not in ("there", "gone") and urlsplit(page).hostname == host
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the options say; the exit status is 1 where the list and the site do not agree."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("site", type=Path, help="folder of the built site")
    parser.add_argument("--list", type=Path, default=LIST, help="the list, in TOML")
    parser.add_argument("--add", action="store_true", help="write the list anew from the site")
    parser.add_argument("--reach", action="store_true", help="ask each address, and write the days")
    options = parser.parse_args(arguments)
    names = ("TRIGPOINT_SITE_URL", "READTHEDOCS_CANONICAL_URL", "TRIGPOINT_REPOSITORY")
    ours = [address for name in names if (address := os.environ.get(name))]
    links = load(options.list.read_text("utf-8")) if options.list.is_file() else []
    found = external(options.site, ours)
    lines: list[str] = []
    if options.add:
        links = renewed(links, found, date.today())
    else:
        lines = problems(links, found)
    advice = ["nox -s links -- --add writes the list anew"] if lines else []
    if options.reach:
        links, gone, line = reach(links, date.today())
        print(line)
        lines += [f"{each}: nothing is there" for each in gone]
    if options.add or options.reach:
        options.list.write_text(dump(links), "utf-8")
    if lines:
        left = [f"and {len(lines) - SHOWN} more"] if len(lines) > SHOWN else []
        print("\n".join([*lines[:SHOWN], *left, *advice]))
    else:
        print(f"{len(links)} links to other sites, each in the list")
    return bool(lines)


if __name__ == "__main__":
    sys.exit(main())
