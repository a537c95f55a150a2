"""What a page has to load before all checks can be asked: PyYAML, and sp-repo-review.

Elsewhere they are installed, or they are not.
"""

from __future__ import annotations

import importlib
import sys
from typing import Final

from trigpoint.labs.base import Needs
from trigpoint.projects.builds import default_folder, open_shelf
from trigpoint.projects.builds.shelf import LIST
from trigpoint.projects.review.running import has_plugins
from trigpoint.projects.review.tree import Tree
from trigpoint.projects.review.yamls import has_yaml

__all__ = ["loaded"]

_YAML: Final = "pyyaml"
_PLUGIN: Final = "sp-repo-review"


def loaded(tree: Tree, *, plugins: bool) -> Needs | None:
    """Load what a review of *tree* needs, or return what a page has to fetch for it first.

    With *plugins*, that is the checks of sp-repo-review, too.
    """
    wanted = []
    if not has_yaml() and any(path.endswith((".yml", ".yaml")) for path in tree.paths):
        wanted.append(_YAML)
    if plugins and not has_plugins():
        wanted.append(_PLUGIN)
    folder = default_folder()
    if not wanted or folder is None:
        return None
    shelf = open_shelf(folder)
    if shelf is None:
        return Needs("Loading the list of packages", (LIST,))
    wheels = shelf.take(wanted).wheels
    if missing := shelf.missing(wheels):
        return Needs(f"Loading {' and '.join(_NAMES[each] for each in wanted)}", missing)
    for path in shelf.unpacked(wheels):
        if path not in sys.path:
            sys.path.append(path)
    importlib.invalidate_caches()
    return None


_NAMES: Final = {_YAML: "PyYAML", _PLUGIN: "sp-repo-review"}
