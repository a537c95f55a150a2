"""Renew the list of classifiers that the package carries, from trove-classifiers as installed.

``python -m tests.evidence.classifiers`` compares, and ``--accept`` writes it.
"""

from __future__ import annotations

import argparse
import datetime as dt
import importlib.metadata
from collections.abc import Sequence
from pathlib import Path

from trove_classifiers import deprecated_classifiers, sorted_classifiers

from trigpoint.metadata import classifiers

__all__ = ["main", "written"]

DATA = Path(classifiers.__file__).with_name("classifiers.txt")


def written(version: str, date: str) -> str:
    """Return the text of the data file: a first line with what it is made from, then a name a line.

    *version* is that of trove-classifiers, *date* the day.  A deprecated
    classifier is followed by a tab and what to use instead.
    """
    names = sorted({*sorted_classifiers, *deprecated_classifiers})
    lines = [
        f"{name}\t{'; '.join(deprecated_classifiers[name])}"
        if name in deprecated_classifiers
        else name
        for name in names
    ]
    return "\n".join([f"{version} {date}", *lines, ""])


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare the data file with what is installed; 1 if they differ and it is not written."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--accept", action="store_true", help="write the file")
    chosen = parser.parse_args(arguments)
    version = importlib.metadata.version("trove-classifiers")
    today = dt.datetime.now(dt.UTC).date().isoformat()
    text = written(version, today)
    same = DATA.exists() and text.partition("\n")[2] == DATA.read_text("utf-8").partition("\n")[2]
    if chosen.accept and not same:
        DATA.write_text(text, "utf-8", newline="\n")
    print(f"trove-classifiers {version}: {'as before' if same else 'differs'}")
    return 0 if same or chosen.accept else 1


if __name__ == "__main__":
    raise SystemExit(main())
