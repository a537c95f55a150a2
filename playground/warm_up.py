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

from trigpoint import labs

for _name in labs.LABS:
    for _example in labs.examples(_name):
        labs.answer(_name, json.dumps(_example["request"]))


class FilesToComeError(BaseException):
    """A module is needed whose file is still on its way."""


class _Watch:
    """The first that Python asks where a module is, and the last as long as it is there."""

    @staticmethod
    def find_spec(name: str, _path: object = None, _target: object = None) -> None:
        """End what imports the module *name*, if a file that is to come may hold it.

        What a lab only looks for, such as PyYAML, is in none of them: that it is not there
        is known at once.
        """
        package = name.partition(".")[0]
        # Those with a name such as _sysconfigdata__emscripten are in no list.
        if package in sys.stdlib_module_names or package in sys.modules or package[0] == "_":
            raise FilesToComeError(name)


def files_have_come() -> None:
    """Let every module be imported from now on."""
    sys.meta_path.remove(_Watch)


sys.meta_path.insert(0, _Watch)
del _name, _example
gc.collect()
