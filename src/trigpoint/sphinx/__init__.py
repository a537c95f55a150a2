"""A Sphinx extension: pages whose examples are computed when the page is built.

Add ``"trigpoint.sphinx"`` to ``extensions``.  Every lab brings a directive, such
as ``marker-lab``, that writes the lab's form and its computed result into the
page and warns of an example that is wrong.  With ``trigpoint_playground``
set to a built playground, the same examples can be edited in the browser.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

import trigpoint
from trigpoint import __version__
from trigpoint.sphinx import assets, catalogue, fences, lab, policy

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

__all__ = ["setup"]


def _code() -> str:
    """Return a digest of the code that computes what the pages show."""
    root = Path(trigpoint.__file__).parent
    digest = hashlib.sha256()
    for path in sorted(root.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directives, roles, configuration and page assets with the Sphinx *app*."""
    # Computed answers are kept between builds, for as long as the code that gave them stands.
    app.add_config_value("trigpoint_code", _code(), "env", (str,))
    for part in (lab, catalogue, fences, assets, policy):
        part.setup(app)
    return {
        "version": __version__,
        "env_version": 2,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
