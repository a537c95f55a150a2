"""The [external] tables of ten real projects, which plans are made of."""

from __future__ import annotations

TABLES = {
    "scipy": """
build-requires = ["dep:virtual/compiler/c", "dep:virtual/compiler/cpp",
  "dep:virtual/compiler/fortran", "dep:generic/ninja", "dep:generic/pkg-config"]
host-requires = ["dep:virtual/interface/blas", "dep:virtual/interface/lapack@>=3.7.1"]
""",
    "h5py": """
build-requires = ["dep:virtual/compiler/c", "dep:generic/pkg-config"]
host-requires = ["dep:generic/hdf5@>=1.10.6"]
""",
    "mpi4py": """
build-requires = ["dep:virtual/compiler/c"]
host-requires = ["dep:virtual/interface/mpi"]
""",
    "cryptography": """
build-requires = ["dep:virtual/compiler/c", "dep:virtual/compiler/rust", "dep:generic/pkg-config"]
host-requires = ["dep:generic/openssl@>=3", "dep:generic/libffi"]
""",
    "pillow": """
build-requires = ["dep:virtual/compiler/c"]
host-requires = ["dep:generic/libjpeg", "dep:generic/zlib"]
[external.optional-host-requires]
extra = ["dep:generic/lcms2", "dep:generic/freetype", "dep:generic/libtiff", "dep:generic/libxcb",
  "dep:generic/libraqm", "dep:generic/libimagequant", "dep:generic/openjpeg@>=2.4",
  "dep:generic/libwebp", "dep:generic/tk"]
""",
    "lxml": """
build-requires = ["dep:virtual/compiler/c"]
host-requires = ["dep:generic/libxml2@>=2.9.2", "dep:generic/libxslt@>=1.1.27"]
""",
    "psycopg": """
build-requires = ["dep:virtual/compiler/c"]
host-requires = ["dep:generic/libpq@>=10"]
""",
    "numpy": """
build-requires = ["dep:virtual/compiler/c", "dep:virtual/compiler/cxx", "dep:generic/ninja"]
host-requires = ["dep:virtual/interface/blas", "dep:virtual/interface/lapack"]
""",
    "pyzmq": """
build-requires = ["dep:virtual/compiler/c", "dep:virtual/compiler/cxx", "dep:generic/cmake@>=3.15"]
host-requires = ["dep:generic/zeromq@>=4,<5", "dep:generic/libsodium"]
""",
    "matplotlib": """
build-requires = ["dep:virtual/compiler/cxx"]
host-requires = ["dep:generic/freetype@>=2.3", "dep:generic/qhull@>=2020"]
""",
}
"""What ten projects need to be built, after their own instructions, in the form of PEP 725."""
