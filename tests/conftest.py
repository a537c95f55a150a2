"""One way to search for counterexamples, everywhere."""

from __future__ import annotations

import os

try:
    from hypothesis import settings
except ModuleNotFoundError:  # the browser tests run without it
    pass
else:
    # Time depends on the machine, so no example fails for being slow; CI repeats itself exactly.
    settings.register_profile("trigpoint", deadline=None, derandomize="CI" in os.environ)
    settings.load_profile("trigpoint")
