"""Hold the mapping of Debian to Debian itself, with apt; ``nox -s mappings`` runs this.

Every name, the version that it had when it was read, and, in the packages
themselves, every soname; then the plans of ten real projects, simulated.  Nothing
is installed.  ``--sonames`` also downloads the packages that have libraries, some
200 MB, into a folder that is deleted again.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from trigpoint.external.machine import ThisMachine, os_release
from trigpoint.external.mappings import Cell, mapping
from trigpoint.external.plan import plan
from trigpoint.external.probe import Evidence, probe, upstream
from trigpoint.external.tables import read_table

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.external.projects import TABLES

RELEASE = "12"
"""The release of Debian that the mapping was read from."""


def ran(*argv: str, folder: str | None = None) -> tuple[int, str]:
    """Run a program, and return its status and all that it printed."""
    done = subprocess.run(
        argv,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        cwd=folder,
        check=False,
    )
    return done.returncode, done.stdout


def verified() -> list[Cell]:
    """Return the cells of Debian that say that they were read from apt."""
    cells = [cell for found in mapping("debian").entries.values() for cell in found]
    return [cell for cell in cells if cell.state == "verified"]


def candidates(names: Iterable[str]) -> dict[str, set[str]]:
    """Return the versions that apt knows of each of *names*."""
    found: dict[str, set[str]] = {}
    _, output = ran("apt-cache", "madison", *names)
    for line in output.splitlines():
        name, _, rest = line.partition("|")
        found.setdefault(name.strip(), set()).add(rest.partition("|")[0].strip())
    return found


def names_and_versions() -> Iterator[str]:
    """Yield what is wrong with names, and with versions that went down or to another release."""
    cells = verified()
    names = sorted({name for cell in cells for name in (*cell.build, *cell.host, *cell.run)})
    known = candidates(names)
    yield from (f"{name}: apt does not know it" for name in names if name not in known)
    for cell in cells:
        there = known.get(cell.host[0] if cell.host else "", set())
        if not cell.version or not there or cell.version in there:
            continue
        was = upstream(cell.version)
        now = {each: upstream(each) for each in there}
        if was is None or not any(each is not None and each >= was for each in now.values()):
            yield f"{cell.id}: {cell.version} was read, and apt has {', '.join(sorted(there))}"


def sonames() -> Iterator[str]:
    """Yield sonames that none of the packages to run has."""
    with tempfile.TemporaryDirectory() as folder:
        for cell in verified():
            if not cell.sonames:
                continue
            packages = [*cell.run, *(name for name in cell.host if not name.endswith("-dev"))]
            # A package may only lead to the one with the library.
            _, needed = ran("apt-cache", "depends", "--important", "--no-recommends", *packages)
            packages += re.findall(r"^ {1,2}\|?Depends: (lib[^\s<>]+)", needed, re.MULTILINE)
            ran("apt-get", "download", "--quiet", *dict.fromkeys(packages), folder=folder)
            inside = set()
            for file in Path(folder).glob("*.deb"):
                _, listed = ran("dpkg-deb", "--contents", str(file))
                inside |= {Path(line.split(" -> ")[0]).name for line in listed.splitlines()}
                file.unlink()
            lost = [name for name in cell.sonames if name not in inside]
            if lost:
                yield f"{cell.id}: {', '.join(packages)} have no {', '.join(lost)}"


def projects() -> Iterator[str]:
    """Yield the projects whose plan apt would not carry out, or that the probe and apt disagree about."""
    machine = ThisMachine(seconds=60)
    for name, table in TABLES.items():
        made = plan(read_table(f"[external]{table}"), "debian", extras=["extra"])
        (action,) = made.install
        program, *rest = action.argv
        status, output = ran(program, "--simulate", *rest)
        if status or made.missing:
            yield f"{name}: {' '.join(action.argv)} ended with {status}: {output[-300:]}"
            continue
        new = set(re.findall(r"^Inst (\S+)", output, re.MULTILINE))
        looked = probe(made, machine)
        for planned, here in zip(made.planned, looked.results, strict=True):
            missing = bool(new.intersection(planned.packages))
            if missing == (here.verdict == "here") and not _elsewhere(here.evidence):
                yield f"{name}: {planned.requirement} is {here.verdict}, and apt says otherwise"


def _elsewhere(evidence: Iterable[Evidence]) -> bool:
    return any(each.by != "packages" and each.holds for each in evidence)


def main(arguments: list[str]) -> int:
    """Check what can be checked here, and print what is wrong."""
    release = os_release(ThisMachine().read("/etc/os-release") or "")
    if shutil.which("apt-get") is None or release.get("ID") != "debian":
        print("names of Debian were not checked: there is no apt of Debian here")
        return 0
    if release.get("VERSION_ID") != RELEASE:
        print(f"names of Debian were not checked: they are those of Debian {RELEASE}")
        return 0
    if not candidates(["zlib1g-dev"]):
        print("names of Debian were not checked: run apt-get update first")
        return 0
    checks = [names_and_versions, projects, *([sonames] if "--sonames" in arguments else [])]
    wrong = [line for check in checks for line in check()]
    print(
        "\n".join(wrong) or f"{len(verified())} names and {len(TABLES)} plans are as apt has them"
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
