"""``trigpoint check`` on real wheels and sdists: every error that it reports is justified.

``python tests/projects/real_check.py DIRECTORY`` downloads the wheel and the sdist of each
project in ``packages.txt``, in pinned versions, checks them all, and compares the errors with
``justified.txt``: an error that is not in that table is one too many, and so is a line of the
table that nothing reports any more.  What builds the sdists must be installed.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from trigpoint.findings import Severity
from trigpoint.projects import Report, check

PACKAGES = Path(__file__).with_name("packages.txt")
JUSTIFIED = Path(__file__).with_name("justified.txt")
ENOUGH = 100


class Error(NamedTuple):
    """An error that was reported: in which file, its code, and its message."""

    file: str
    code: str
    message: str


def fetch(directory: Path) -> list[Path]:
    """Download the files into *directory* unless they are there, and return their paths."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "playground"))
    import pins

    inputs = [PACKAGES] if (pinned := pins.file("real-files")) is None else [PACKAGES, pinned]
    key = "".join(path.read_text("utf-8") for path in inputs)
    stamp = directory / "made-from.txt"
    if not (stamp.is_file() and stamp.read_text("utf-8") == key):
        shutil.rmtree(directory, ignore_errors=True)
        wanted = ("--no-deps", "--dest", str(directory), "--requirement", str(PACKAGES))
        pins.pip("download", "--only-binary=:all:", *wanted, constraints="real-files")
        # pip asks each sdist for its metadata, with what is installed here; its own pins for
        # what builds them would go with an environment for each, which takes minutes.
        built = ["--no-binary=:all:", "--no-build-isolation"]
        if pinned:
            built += ["--constraint", str(pinned)]
        pins.pip("download", *built, *wanted, constraints=None)
        stamp.write_text(key, "utf-8")
    return sorted(path for path in directory.iterdir() if path != stamp)


def errors(report: Report) -> list[Error]:
    """Return every error of *report*, by file."""
    return sorted(
        Error(Path(file.path).name, found.code, found.message)
        for file in report.files
        for found in file.findings
        if found.severity is Severity.ERROR
    )


def justified(table: str) -> Iterator[Error]:
    r"""Yield the errors of *table*: file, code, message and reason, with `` | `` between them.

    >>> list(justified("# a comment\na.whl | x-y | wrong | it is"))
    [Error(file='a.whl', code='x-y', message='wrong')]
    """
    for line in table.splitlines():
        if line.strip() and not line.startswith("#"):
            file, code, rest = line.split(" | ", 2)
            message, reason = rest.rsplit(" | ", 1)
            assert reason.strip(), f"no reason: {line}"
            yield Error(file, code, message)


def main(arguments: Sequence[str] | None = None) -> int:
    """Fetch, check and compare; the exit status is 1 if an error is not justified."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("directory", type=Path)
    paths = fetch(parser.parse_args(arguments).directory)
    report = check(paths)
    unread = [file.path for file in report.files if not file.read]
    found, known = errors(report), list(justified(JUSTIFIED.read_text("utf-8")))
    for error in found:
        if error not in known:
            print("not justified:", " | ".join(error), file=sys.stderr)
    for error in known:
        if error not in found:
            print("not reported:", " | ".join(error), file=sys.stderr)
    print(len(paths), "files,", len(report.findings), "findings,", len(found), "errors")
    return bool(set(found) ^ set(known) or unread or len(paths) < ENOUGH)


if __name__ == "__main__":
    sys.exit(main())
