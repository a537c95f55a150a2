"""Tables of real projects, as PEP 725 prints them or made by hand for what they need."""

from __future__ import annotations

from typing import Any

from trigpoint.labs.base import Example

__all__ = ["EXAMPLES"]


def _example(label: str, source: str, text: str, **fields: Any) -> Example:
    return Example(label, source, {"text": text, **fields})


_BY_HAND = "made by hand"

_CRYPTOGRAPHY = """\
[external]
build-requires = [
  "dep:virtual/compiler/c",
  "dep:virtual/compiler/rust",
  "dep:generic/pkg-config",
]
host-requires = [
  "dep:generic/openssl",
  "dep:generic/libffi",
]
"""
_SCIPY = """\
[external]
build-requires = [
  "dep:virtual/compiler/c",
  "dep:virtual/compiler/cpp",
  "dep:virtual/compiler/fortran",
  "dep:generic/ninja",
  "dep:generic/pkg-config",
]
host-requires = [
  "dep:virtual/interface/blas",
  "dep:virtual/interface/lapack@>=3.7.1",
]
"""
_PILLOW = """\
[external]
build-requires = [
  "dep:virtual/compiler/c",
]
host-requires = [
  "dep:generic/libjpeg",
  "dep:generic/zlib",
]

[external.optional-host-requires]
extra = [
  "dep:generic/lcms2",
  "dep:generic/freetype",
  "dep:generic/libimagequant",
  "dep:generic/libraqm",
  "dep:generic/libtiff",
  "dep:generic/libxcb",
  "dep:generic/libwebp",
  "dep:generic/openjpeg@>=2.0",
  "dep:generic/tk",
]
"""
_H5PY = """\
[external]
build-requires = ["dep:virtual/compiler/c", "dep:generic/pkg-config"]
host-requires = ["dep:generic/hdf5"]

[external.optional-host-requires]
mpi = ["dep:virtual/interface/mpi"]
"""
_MPI4PY = """\
[external]
build-requires = ["dep:virtual/compiler/c"]
host-requires = ["dep:virtual/interface/mpi"]
dependencies = ["dep:virtual/interface/mpi"]
"""
_LXML = """\
[external]
build-requires = ["dep:virtual/compiler/c", "dep:generic/pkg-config"]
host-requires = [
  "dep:generic/libxml2@>=2.9.2",
  "dep:generic/libxslt@>=1.1.27",
]
"""
_PSYCOPG = """\
[external]
build-requires = ["dep:virtual/compiler/c"]
host-requires = ["dep:generic/libpq"]
dependencies = ["dep:generic/libpq"]
"""
_GROUPS = """\
[external]
build-requires = ["dep:virtual/compiler/c"]
dependencies = [
  "dep:generic/git",
  "dep:generic/libxcb; sys_platform == 'linux'",
]

[external.optional-dependencies]
nat = ["dep:cran/nat", "dep:cran/nat.nblast"]

[external.dependency-groups]
debug = ["dep:generic/valgrind"]
dev = [{ include-group = "debug" }, "dep:generic/catch2"]
"""
_METADATA = """\
Metadata-Version: 2.4
Name: spam
Version: 1.0
Requires-External: C
Requires-External: libpng (>=1.5)
Requires-External: make; sys_platform != "win32"
Requires-External: libblas.so.3-abi
Requires-External: debian/libblas = 3.*
Requires-External-Dep: dep:generic/git
"""
_WRONG = """\
[external]
build_requires = ["dep:virtual/compilers/C"]
host-requires = [
  "dep:generic/zlib>=1.2",
  "pkg:generic/openssl@~=3.0",
  "dep:libffi",
  "dep:generic/libxml2@>=3,<2.9",
]
"""

EXAMPLES = (
    _example("Compilers and two libraries", "cryptography 39.0, as PEP 725 has it", _CRYPTOGRAPHY),
    _example("Something that several packages are", "SciPy 1.10, as PEP 725 has it", _SCIPY),
    _example(
        "Libraries that can be left out",
        "Pillow 10.1.0, as PEP 725 has it",
        _PILLOW,
        extras=["extra"],
    ),
    _example("One library, and MPI if you ask", "made by hand for h5py", _H5PY),
    _example("Any MPI", "made by hand for mpi4py", _MPI4PY),
    _example("Lowest versions", "made by hand for lxml", _LXML),
    _example("To build and to run", "made by hand for psycopg", _PSYCOPG, purpose="run"),
    _example("Extras, groups and markers", _BY_HAND, _GROUPS, purpose="run", groups=["dev"]),
    _example("Today's field, and the forms of 2022", _BY_HAND, _METADATA, purpose="run"),
    _example("What is easily written wrong", _BY_HAND, _WRONG),
)
"""Ready-made questions; what stands in PEP 725 is as it stands there."""
