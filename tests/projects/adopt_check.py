"""``trigpoint adopt`` on real sdists: METADATA means the same before and after.

``python tests/projects/adopt_check.py DIRECTORY`` downloads the sdist of each project in
``adopted.txt``, in pinned versions, builds its wheel as it is, with its own backend in an
environment of its own, gives it a ``[project]`` table, deletes what the result calls obsolete,
and builds again.  METADATA, entry points and the list of files are compared; each difference
that matters must stand in ``adopted_differences.txt`` with its reason, and each line of that
table must be a difference.
"""

from __future__ import annotations

import argparse
import configparser
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from trigpoint.metadata import read
from trigpoint.projects.adopt import adopt, compare
from trigpoint.projects.builds import read_tree

PROJECTS = Path(__file__).with_name("adopted.txt")
DIFFERENCES = Path(__file__).with_name("adopted_differences.txt")
ENOUGH = 30


class Difference(NamedTuple):
    """A difference that matters: of which sdist, and in which words."""

    file: str
    words: str


class Built(NamedTuple):
    """What a wheel says: its METADATA, its entry points by group and name, and its files."""

    metadata: str
    entries: dict[tuple[str, str], str]
    files: frozenset[str]


def fetch(directory: Path) -> list[Path]:
    """Download the sdists into *directory* unless they are there, and return their paths."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "playground"))
    import pins

    stamp = directory / "made-from.txt"
    key = PROJECTS.read_text("utf-8")
    if not (stamp.is_file() and stamp.read_text("utf-8") == key):
        shutil.rmtree(directory, ignore_errors=True)
        wanted = ("--no-deps", "--dest", str(directory), "--requirement", str(PROJECTS))
        # pip asks each sdist for its metadata, with what is installed here.
        built = ("--no-binary=:all:", "--no-build-isolation")
        pins.pip("download", *built, *wanted, constraints=None)
        stamp.write_text(key, "utf-8")
    return sorted(path for path in directory.iterdir() if path != stamp)


def build(folder: Path, out: Path, pinned: Path | None) -> Built:
    """Build the wheel of the project in *folder* into *out*, with tools in the versions *pinned*."""
    constraints = ("--build-constraints", str(pinned)) if pinned else ()
    shutil.rmtree(out, ignore_errors=True)
    subprocess.run(
        ["uv", "build", "--quiet", "--wheel", *constraints, "--out-dir", str(out), str(folder)],
        check=True,
    )
    (wheel,) = out.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        info = next(name for name in names if name.endswith(".dist-info/METADATA"))
        folder_name = info.partition("/")[0]
        parser = configparser.RawConfigParser(delimiters=("=",), strict=False)
        parser.optionxform = str  # type: ignore[assignment,method-assign]
        if f"{folder_name}/entry_points.txt" in names:
            parser.read_string(archive.read(f"{folder_name}/entry_points.txt").decode())
        entries = {
            (group, name): "".join(target.split())
            for group in parser.sections()
            for name, target in parser.items(group)
        }
        files = frozenset(name for name in names if f"{folder_name}/" not in name)
        return Built(archive.read(info).decode(), entries, files)


def differences(sdist: Path, work: Path, pinned: Path | None) -> tuple[list[Difference], str]:
    """Return what differs in a way that matters, and a line that says what was done with *sdist*."""
    shutil.rmtree(work, ignore_errors=True)
    with tarfile.open(sdist) as archive:
        archive.extractall(work, filter="data")
    (folder,) = work.iterdir()
    before = build(folder, work / "before", pinned)
    made = adopt(read_tree(str(folder)).files)
    if made.text is None:
        return [Difference(sdist.name, each.finding.message) for each in made.found], "refused"
    for leftover in ("build", "src"):
        for each in (folder / leftover).glob("*.egg-info"):
            shutil.rmtree(each)
    shutil.rmtree(folder / "build", ignore_errors=True)
    (folder / "pyproject.toml").write_text(made.text, "utf-8")
    for path in made.obsolete:
        if ":" not in path:
            (folder / path).unlink()
        else:
            _without_project(folder / "setup.cfg")
    after = build(folder, work / "after", pinned)
    compared = compare(read(before.metadata), read(after.metadata))
    words = [each.words for each in compared.matters]
    for key in sorted(before.entries.keys() | after.entries.keys()):
        was, now = before.entries.get(key), after.entries.get(key)
        if was != now:
            words.append(f"entry point {key[0]} {key[1]}: {was} becomes {now}")
    words += [f"file {name} is gone" for name in sorted(before.files - after.files)]
    words += [f"file {name} is new" for name in sorted(after.files - before.files)]
    codes = sorted({each.finding.code for each in made.found})
    harmless = len(compared.found) - len(compared.matters)
    said = f"{made.form}, {harmless} harmless differences, {' '.join(codes)}"
    return [Difference(sdist.name, " ".join(each.split())) for each in words], said


def _without_project(path: Path) -> None:
    """Take what setuptools reads of the project out of the setup.cfg at *path*."""
    kept, keep = [], True
    for line in path.read_text("utf-8").splitlines(keepends=True):
        if line.startswith("["):
            keep = not line.startswith(("[metadata]", "[options"))
        if keep:
            kept.append(line)
    path.write_text("".join(kept), "utf-8")


def justified(table: str) -> Iterator[Difference]:
    r"""Yield the differences of *table*: file, words and reason, with `` | `` between them.

    >>> list(justified("# a comment\na.tar.gz | Summary: 'x' is gone | it was empty"))
    [Difference(file='a.tar.gz', words="Summary: 'x' is gone")]
    """
    for line in table.splitlines():
        if line.strip() and not line.startswith("#"):
            file, rest = line.split(" | ", 1)
            words, reason = rest.rsplit(" | ", 1)
            assert reason.strip(), f"no reason: {line}"
            yield Difference(file, words)


def unjustified(found: Sequence[Difference], known: Sequence[Difference]) -> list[str]:
    """Return what is *found* and not *known*, and the other way round; ``*`` stands for any words.

    >>> unjustified([Difference("a", "x is gone")], [Difference("a", "* is gone")])
    []
    >>> unjustified([Difference("a", "x is new")], [Difference("a", "* is gone")])
    ['not justified: a | x is new', 'no difference: a | * is gone']
    """
    left, used = [], set()
    for each in found:
        same = [one for one in known if one.file == each.file and _matches(one.words, each.words)]
        used |= set(same)
        if not same:
            left.append(f"not justified: {' | '.join(each)}")
    return left + [f"no difference: {' | '.join(each)}" for each in known if each not in used]


def _matches(pattern: str, words: str) -> bool:
    return re.fullmatch(".*".join(map(re.escape, pattern.split("*"))), words) is not None


def main(arguments: Sequence[str] | None = None) -> int:
    """Fetch, build and compare; the exit status is 1 if a difference is not justified."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("directory", type=Path)
    parser.add_argument("only", nargs="*", help="beginnings of names of sdists")
    options = parser.parse_args(arguments)
    sdists = fetch(options.directory)
    import pins

    chosen = [
        path for path in sdists if not options.only or path.name.startswith(tuple(options.only))
    ]
    found: list[Difference] = []
    work = options.directory.with_name("adopt-work")
    for path in chosen:
        matters, said = differences(path, work, pins.file())
        found += matters
        print(f"{path.name}: {said}")
    names = {path.name for path in chosen}
    known = [each for each in justified(DIFFERENCES.read_text("utf-8")) if each.file in names]
    wrong = unjustified(found, known)
    for line in wrong:
        print(line, file=sys.stderr)
    print(len(chosen), "sdists,", len(found), "differences that matter")
    few = not options.only and len(sdists) < ENOUGH
    return bool(wrong or few)


if __name__ == "__main__":
    sys.exit(main())
