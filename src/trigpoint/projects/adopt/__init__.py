r"""An existing project, of setup.py, setup.cfg, Poetry or Flit, taken to a ``[project]`` table.

>>> made = adopt({"setup.py": b"from setuptools import setup\nsetup(name='spam', version=read())\n"})
>>> made.form, [each.finding.code for each in made.found]
('setup.py', ['adopt-computed', 'adopt-missing'])

To find your way: ``program`` and ``config`` read setup.py and setup.cfg as keywords, which
``keywords`` puts into the new tables, and ``pbr`` what only pbr reads of setup.cfg; ``tomls``
reads the tables of Poetry and Flit, with ``constraints`` for versions; ``evidence`` is METADATA
of a build, for what a program works out; ``writing`` makes the file, ``adopting`` puts it all
together, and ``comparing`` says whether METADATA means the same before and after.
"""

from trigpoint.projects.adopt.adopting import Adopted, adopt
from trigpoint.projects.adopt.comparing import HARMLESS, Compared, MetadataComparison, compare
from trigpoint.projects.adopt.evidence import Evidence, find_evidence
from trigpoint.projects.adopt.gathered import Taken

__all__ = [
    "HARMLESS",
    "Adopted",
    "Compared",
    "Evidence",
    "MetadataComparison",
    "Taken",
    "adopt",
    "compare",
    "find_evidence",
]
