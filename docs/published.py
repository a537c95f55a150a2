"""Hold the built site to the pages that it once had: ``python docs/published.py build/html``.

``docs/data/pages.txt`` has the address of each page that was ever published.  One that the site has
no more fails, as other people lead to it: ``docs/data/moved.toml`` has a row for it, which makes a
page there that leads on.  A page that the list has not fails too, so that none is forgotten;
``--add`` puts it in, and takes nothing out.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Final

from links import NOT_OURS

__all__ = ["LIST", "dump", "load", "main", "pages", "problems"]

LIST: Final = Path(__file__).parent / "data" / "pages.txt"
MOVED: Final = "docs/data/moved.toml"
_HEAD: Final = f"""\
# Each page that was ever published, made by docs/published.py from the built site.
# None is taken out: one that moves or goes has a row in {MOVED}.
"""


def load(text: str) -> list[str]:
    r"""Read the list; raises :exc:`ValueError` where it is not as :func:`dump` writes it.

    >>> load("# a remark\nguides/a.html\nindex.html\n")
    ['guides/a.html', 'index.html']
    """
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    if sorted(set(lines)) != lines or not all(lines):
        raise ValueError("the list of pages is sorted, and has each address once")
    return lines


def dump(addresses: Iterable[str]) -> str:
    """Write the list of *addresses*, sorted."""
    return _HEAD + "".join(f"{each}\n" for each in sorted(set(addresses)))


def pages(site: Path) -> set[str]:
    """Return the addresses of the pages of the built *site*, without those of other programs."""
    found = (path.relative_to(site) for path in site.rglob("*.html"))
    return {path.as_posix() for path in found if not NOT_OURS & set(path.parts)}


def problems(listed: Collection[str], found: Collection[str]) -> tuple[list[str], list[str]]:
    """Return a line for each address of *listed* that is not *found*, and for each that is new.

    >>> problems(["a.html"], ["b.html"])[1]
    ['b.html: a new page, which is not in the list']
    """
    gone = [
        f'{each}: it was published, and is gone; "{each.removesuffix(".html")}" = "..." in {MOVED}'
        " leads its readers to the page that has most of it"
        for each in sorted(set(listed) - set(found))
    ]
    new = (
        f"{each}: a new page, which is not in the list" for each in sorted(set(found) - set(listed))
    )
    return gone, list(new)


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the options say; the exit status is 1 where the list and the site do not agree."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("site", type=Path, help="folder of the built site")
    parser.add_argument("--list", type=Path, default=LIST, help="the list, an address a line")
    parser.add_argument("--add", action="store_true", help="put new pages into the list")
    options = parser.parse_args(arguments)
    listed = load(options.list.read_text("utf-8")) if options.list.is_file() else []
    found = pages(options.site)
    gone, new = problems(listed, found)
    if options.add:
        options.list.write_text(dump({*listed, *found}), "utf-8")
        new = []
    if new:
        new.append("nox -s links -- --add puts new pages into the list")
    print("\n".join([*gone, *new]) or f"{len(found)} pages, each in the list, and none is gone")
    return bool(gone or new)


if __name__ == "__main__":
    sys.exit(main())
