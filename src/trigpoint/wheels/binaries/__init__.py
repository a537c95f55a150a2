"""What a compiled file says of itself: its format, its own name and the libraries it links.

Three formats are read, each by its own file: ELF of Linux, Mach-O of macOS and PE of
Windows.  Nothing is run, no tool is asked, and nothing but the tables that a loader reads
is looked at.

>>> read_binary(b"#!python") is None
True

Cost: linear in the tables, each within a bound with a name; the code in the file is not
looked at.
"""

from __future__ import annotations

from trigpoint.wheels.binaries.reading import looks_compiled, read_binary
from trigpoint.wheels.binaries.view import (
    MOST_COMMANDS,
    MOST_DYNAMIC,
    MOST_NAME,
    MOST_NEEDED,
    MOST_PARTS,
    MOST_SLICES,
    Binary,
)

__all__ = [
    "MOST_COMMANDS",
    "MOST_DYNAMIC",
    "MOST_NAME",
    "MOST_NEEDED",
    "MOST_PARTS",
    "MOST_SLICES",
    "Binary",
    "looks_compiled",
    "read_binary",
]
