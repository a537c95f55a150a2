"""What a page has to load before all checks can be asked: PyYAML, and sp-repo-review.

Elsewhere they are installed, or they are not.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterable
from pathlib import Path
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
    files = [each.file for each in shelf.take(wanted).wheels]
    away = tuple(each for each in files if not (folder / each).is_file())
    if away:
        return Needs(f"Loading {' and '.join(wanted)}", away)
    _use(folder / each for each in files)
    return None


def _use(wheels: Iterable[Path]) -> None:
    """Let Python import from *wheels*, paths of pure ones."""
    for wheel in wheels:
        if str(wheel) not in sys.path:
            sys.path.append(str(wheel))
    importlib.invalidate_caches()
