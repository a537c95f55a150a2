r"""Builds: what a project's own backend makes of it, asked before anything is published.

A project is its files, by path; what would be built, and why not, is a plan.

>>> from trigpoint.projects.builds import Tree, make_plan
>>> text = b'[build-system]\nrequires = ["maturin"]\nbuild-backend = "maturin"\n'
>>> plan = make_plan(Tree({"pyproject.toml": text}), None)
>>> plan.refused, [each.step for each in plan.signs]
(True, ['run cargo, which compiles the Rust crate', 'put the library into the wheel'])

To find your way: ``tree`` reads a project, ``system`` says who builds it, ``compiled`` and
``versions`` what a page cannot do, ``shelf`` which backends are there; ``plan`` decides,
``hooks`` runs (``apart`` in a process of its own), ``build`` does all of it, and ``report``
and ``landing`` say what came of it.  ``carrying`` writes the project for another backend.
"""

from trigpoint.projects.builds.build import Outcome, Run, build
from trigpoint.projects.builds.carrying import Carried, carry
from trigpoint.projects.builds.hooks import MOST_BUILT, MOST_LOG, Built, Job, run_hooks
from trigpoint.projects.builds.landing import Landing, landings
from trigpoint.projects.builds.plan import Plan, make_plan
from trigpoint.projects.builds.report import EntryPoint, File, Package, read_package
from trigpoint.projects.builds.shelf import Served, Shelf, default_folder, open_shelf
from trigpoint.projects.builds.system import SERVED_BACKENDS, System, read_system
from trigpoint.projects.builds.tree import (
    MOST_BYTES,
    MOST_FILES,
    Tree,
    from_listing,
    read_tree,
    to_listing,
)

__all__ = [
    "MOST_BUILT",
    "MOST_BYTES",
    "MOST_FILES",
    "MOST_LOG",
    "SERVED_BACKENDS",
    "Built",
    "Carried",
    "EntryPoint",
    "File",
    "Job",
    "Landing",
    "Outcome",
    "Package",
    "Plan",
    "Run",
    "Served",
    "Shelf",
    "System",
    "Tree",
    "build",
    "carry",
    "default_folder",
    "from_listing",
    "landings",
    "make_plan",
    "open_shelf",
    "read_package",
    "read_system",
    "read_tree",
    "run_hooks",
    "to_listing",
]
