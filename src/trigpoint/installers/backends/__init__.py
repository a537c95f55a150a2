"""Which version of the build backend does a pyproject.toml need?  From recorded builds.

:func:`check` compares what ``[build-system]`` allows with what ``[project]``
asks for; :data:`BACKENDS` is what was recorded.

>>> BACKENDS["flit-core"].floor("license-expression").version
'3.11.0'
"""

from __future__ import annotations

from trigpoint.installers.backends.check import check
from trigpoint.installers.backends.record import (
    BACKENDS,
    FEATURES,
    RUN_ON,
    Floor,
    Recorded,
    Stretch,
)

__all__ = ["BACKENDS", "FEATURES", "RUN_ON", "Floor", "Recorded", "Stretch", "check"]
