r"""What is in a wheel, where it lands, and why pip takes it or does not.

:func:`inspect` takes a wheel or sdist apart and says everything that is wrong with it,
:func:`landing` says where its files land in one of :data:`PLACES`, :func:`collisions` what
two wheels would both write, and :func:`why` whether a wheel fits an environment.

>>> import io, zipfile
>>> file = io.BytesIO()
>>> with zipfile.ZipFile(file, "w") as made:
...     made.writestr("spam-1.data/data/bin/pip", "")
...     made.writestr("spam-1.dist-info/METADATA", "Metadata-Version: 2.1\n")
...     made.writestr("spam-1.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\n")
>>> found = inspect(file.getvalue(), "spam-1-py3-none-any.whl")
>>> [each.code for each in found.findings]
['wheel-record-missing', 'wheel-overwrites']
>>> landing(found, PLACES["pip-venv-posix"])[0].target
'bin/pip'

Places and environments are data, so that one machine answers for another.

Source: binary distribution format; recorded runs of pip, uv and installer.
"""

from __future__ import annotations

from trigpoint.wheels.binaries import Binary, read_binary
from trigpoint.wheels.collisions import Collision, collisions
from trigpoint.wheels.compiled import MOST_COMPILED, MOST_LINKS
from trigpoint.wheels.dangers import LARGEST_UPLOAD, MOST_PACKED, SMALL
from trigpoint.wheels.data import (
    SCHEMES,
    Entry,
    EntryPoint,
    Inspection,
    RecordRow,
    RecordVerdict,
)
from trigpoint.wheels.environments import (
    ENVIRONMENT_NAMES,
    TagEnvironment,
    UnknownTagEnvironmentError,
    linux_platforms,
    tag_environment,
    tags_of,
)
from trigpoint.wheels.inspection import MOST_TEXT, inspect, inspect_archive
from trigpoint.wheels.libraries import Library, libraries
from trigpoint.wheels.names import MOST_FILE_NAME, MOST_TAGS, FileName, read_file_name
from trigpoint.wheels.places import PLACES, PYTHON, Landed, Place, folders, landing
from trigpoint.wheels.releases import FieldDifference, FileValues, Release, releases
from trigpoint.wheels.tags import TagValue, Why, best_first, meaning, why

__all__ = [
    "ENVIRONMENT_NAMES",
    "LARGEST_UPLOAD",
    "MOST_COMPILED",
    "MOST_FILE_NAME",
    "MOST_LINKS",
    "MOST_PACKED",
    "MOST_TAGS",
    "MOST_TEXT",
    "PLACES",
    "PYTHON",
    "SCHEMES",
    "SMALL",
    "Binary",
    "Collision",
    "Entry",
    "EntryPoint",
    "FieldDifference",
    "FileName",
    "FileValues",
    "Inspection",
    "Landed",
    "Library",
    "Place",
    "RecordRow",
    "RecordVerdict",
    "Release",
    "TagEnvironment",
    "TagValue",
    "UnknownTagEnvironmentError",
    "Why",
    "best_first",
    "collisions",
    "folders",
    "inspect",
    "inspect_archive",
    "landing",
    "libraries",
    "linux_platforms",
    "meaning",
    "read_binary",
    "read_file_name",
    "releases",
    "tag_environment",
    "tags_of",
    "why",
]
