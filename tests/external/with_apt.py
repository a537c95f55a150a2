"""Hold the mapping of Debian to Debian itself, with apt; ``nox -s mappings`` runs this.

Every name, the version that it had when it was read, and, in the packages
themselves, every soname; then the plans of ten real projects, simulated.  Nothing
is installed.  ``--sonames`` also downloads the packages that have libraries, some
200 MB, into a folder that is deleted again.  ``--install`` needs root: it installs what
one of the ten needs, builds that from its sdist, and removes what it has installed.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from trigpoint.external.gate import check
from trigpoint.external.machine import ThisMachine, os_release
from trigpoint.external.mappings import Cell, mapping
from trigpoint.external.plan import Plan, plan
from trigpoint.external.probe import Evidence, probe, upstream
from trigpoint.external.tables import read_table
from trigpoint.wheels import inspect, libraries

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


BUILT = {
    "pyzmq": ("pyzmq==27.3.0", "zmq/backend/cython/_zmq.", "libzmq.so"),
    "psycopg": ("psycopg-c==3.3.9", "psycopg_c/pq.cpython", "libpq.so"),
    "lxml": ("lxml==6.1.3", "lxml/etree.cpython", "libxml2.so"),
    "h5py": ("h5py==3.16.0", "h5py/h5.cpython", "libhdf5_serial.so"),
}
"""Projects that can be installed for in earnest, the quickest first: the sdist, a module, and the
library that it links.
"""


def installed() -> dict[str, str]:
    """Return the packages that dpkg has, with their versions."""
    shape = "${db:Status-Status} ${Package} ${Version}\n"
    _, output = ran("dpkg-query", "--show", f"--showformat={shape}")
    lines = [line.split() for line in output.splitlines()]
    return {name: number for status, name, number in lines if status == "installed"}


def install() -> Iterator[str]:
    """Yield what goes wrong when what a project needs is installed and the project is built.

    It is the first of :data:`BUILT` that lacks something here.
    """
    if os.geteuid() != 0:
        yield "--install needs root"
        return
    machine = ThisMachine(seconds=60)
    for name in BUILT:
        text = f"[external]{TABLES[name]}"
        made = plan(read_table(text), "debian")
        lacking = check(text, machine).absent
        if lacking:
            break
    else:
        yield "everything that the projects need is here already, so nothing could be shown"
        return
    before = installed()
    print(f"{name} lacks {', '.join(each.requirement for each in lacking)}")
    absent = probe(made, machine).absent
    (action,) = made.install
    new = _new(action.argv)
    yield from _agrees(name, made, {each.requirement for each in absent}, new)
    try:
        status, output = ran(*action.argv)
        if status:
            yield f"{name}: {' '.join(action.argv)} ended with {status}: {output[-300:]}"
            return
        if check(text, machine).absent or probe(made, machine).absent:
            yield f"{name}: something is missing after {' '.join(action.argv)}"
        yield from _agrees(name, made, set(), _new(action.argv))
        yield from _build(name, *BUILT[name])
    finally:
        added = sorted(installed().keys() - before.keys())
        status, output = ran("apt-get", "purge", "--yes", *added) if added else (0, "")
        # Others may have become newer, which is no reason to put them back.
        if status or installed().keys() != before.keys():
            print(f"what was installed could not be removed: {' '.join(added)}: {output[-300:]}")
    if {each.requirement for each in probe(made, machine).absent} != {
        each.requirement for each in absent
    }:
        yield f"{name}: after it was removed, the probe does not say what it said before"


def _new(argv: tuple[str, ...]) -> set[str]:
    """Return the packages that apt would install for *argv*."""
    program, *rest = argv
    _, output = ran(program, "--simulate", *rest)
    return set(re.findall(r"^Inst (\S+)", output, re.MULTILINE))


def _agrees(name: str, made: Plan, absent: set[str], new: set[str]) -> Iterator[str]:
    """Yield requirements of *made* that the probe says are *absent* and apt, that they are not."""
    for each in made.planned:
        missing = bool(new.intersection(each.packages))
        # A Python of one's own has its own headers, which apt does not know.
        if (each.requirement in absent) != missing and each.why != "headers":
            yield f"{name}: apt and the probe disagree about {each.requirement}"


def _build(name: str, requirement: str, module: str, library: str) -> Iterator[str]:
    """Yield what is wrong with the wheel of *requirement*, built from its sdist.

    Some bring a library along where the system has none, so the *module* has to link the
    *library* from outside of the wheel.
    """
    with tempfile.TemporaryDirectory() as folder:
        pip = (sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-cache-dir")
        # What builds it may be wheels.
        only = requirement.partition("==")[0]
        status, output = ran(*pip, "--no-binary", only, "--wheel-dir", folder, requirement)
        wheels = list(Path(folder).glob("*.whl"))
        if status or len(wheels) != 1:
            yield f"{name}: {requirement} ended with {status}: {output[-2000:]}"
            return
        linked = [
            each
            for each in libraries(inspect(wheels[0]))
            if each.source == "outside" and each.name.startswith(library)
        ]
        if not any(user.startswith(module) for each in linked for user in each.users):
            yield f"{name}: {module} of {wheels[0].name} does not link {library} of the system"
        print(f"{wheels[0].name} was built from its sdist")


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
    checks += [install] if "--install" in arguments else []
    wrong = [line for each in checks for line in each()]
    print(
        "\n".join(wrong) or f"{len(verified())} names and {len(TABLES)} plans are as apt has them"
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
