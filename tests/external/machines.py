"""Machines that are recorded: what programs printed there, and what their files hold.

Outputs are those of the real programs, shortened to what the tests need.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from trigpoint.external.machine import Ran

DPKG = (
    "dpkg-query",
    "--show",
    "--showformat=${db:Status-Status}\t${Package}\t${Version}\t${Provides}\n",
)
LDCONFIG = ("/sbin/ldconfig", "-p")
SHELL = ("sh", "-c", 'command -v "$1"', "sh")
"""What is asked whether a program is on PATH; recorded without one, it answers for them all."""

Programs = dict[tuple[str, ...], tuple[int, str]]
"""Commands, each with its status and output."""


@dataclass
class Recorded:
    """A machine that knows what was recorded, and nothing else.

    ``programs`` maps commands to status and output, ``files`` paths to texts, ``folders``
    paths to names; ``asked`` collects the commands.  With :data:`SHELL` among the programs,
    what no command begins with is not on PATH.
    """

    programs: Programs = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    folders: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    variables: Mapping[str, str] = field(default_factory=dict)
    system: str = "linux"
    asked: list[tuple[str, ...]] = field(default_factory=list)

    def run(self, argv: tuple[str, ...], given: str = "") -> Ran | None:
        self.asked.append(argv)
        found = self.programs.get(argv)
        if found is None and argv[:-1] == SHELL and SHELL in self.programs:
            found = (0 if any(each[0] == argv[-1] for each in self.programs) else 127), ""
        return None if found is None else Ran(*found)

    def read(self, path: str) -> str | None:
        return self.files.get(path)

    def names(self, path: str) -> tuple[str, ...]:
        return self.folders.get(path, ())

    def variable(self, name: str) -> str:
        return self.variables.get(name, "")


def debian(*lines: str) -> Recorded:
    """Return a Debian whose dpkg-query prints *lines*, with | for the tabs between four columns."""
    output = "".join("\t".join(line.split("|")) + "\n" for line in lines)
    return Recorded({DPKG: (0, output)})
