"""External dependencies: what a package needs that is not a Python package.

>>> needed = ExternalRequirement.parse("dep:generic/zlib@>=1.2; sys_platform == 'linux'")
>>> needed.dep_url.identifier, str(needed.dep_url.specifiers)
('dep:generic/zlib', '>=1.2')

Source: PEP 725 (draft of 2026-04-17).
"""

from trigpoint.external.dep_url import DepURL, ReadDepURL, read_dep_url
from trigpoint.external.faults import ExternalError
from trigpoint.external.requirement import ExternalRequirement, ReadExternal, read_external

__all__ = [
    "DepURL",
    "ExternalError",
    "ExternalRequirement",
    "ReadDepURL",
    "ReadExternal",
    "read_dep_url",
    "read_external",
]
