"""Runs in Pyodide before the memory snapshot is taken: every lab answers its examples.

What is imported here is in the snapshot.  Whoever starts from it gets the files of
all other modules a little later; until then an import of one of them ends the
answer, so that no ``except ImportError`` takes a module for missing, and the engine
asks again once the files are there.
"""

import encodings.cp437  # noqa: F401 - the names in a wheel that somebody drops
import gc
import json
import sys
from typing import NoReturn

from trigpoint import labs

for _name in labs.LABS:
    for _example in labs.examples(_name):
        labs.answer(_name, json.dumps(_example["request"]))


class FilesToComeError(BaseException):
    """A module is needed whose file is still on its way."""


class _Watch:
    """The first that Python asks where a module is, and the last as long as it is there."""

    @staticmethod
    def find_spec(name: str, _path: object = None, _target: object = None) -> NoReturn:
        """End what imports the module *name*."""
        raise FilesToComeError(name)


def files_have_come() -> None:
    """Let every module be imported from now on."""
    sys.meta_path.remove(_Watch)


sys.meta_path.insert(0, _Watch)
del _name, _example
gc.collect()
