"""Extensions as real packages have them, written as tables."""

from __future__ import annotations

from trigpoint.labs.base import Example

__all__ = ["EXAMPLES"]

EXAMPLES = (
    Example(
        "One module of C",
        "MarkupSafe 3.0.2, as a table",
        {
            "text": """\
[[tool.trigpoint.extensions]]
name = "speedups"
builder = "c"
module = "markupsafe._speedups"
sources = ["src/markupsafe/_speedups.c"]
"""
        },
    ),
    Example(
        "Cython that is translated to C",
        "msgpack 1.1.0, as a table",
        {
            "text": """\
[[tool.trigpoint.extensions]]
name = "cmsgpack"
builder = "cython"
module = "msgpack._cmsgpack"
source = "msgpack/_cmsgpack.pyx"
include-dirs = ["."]
define = { __LITTLE_ENDIAN__ = 1 }
""",
            "select": "all",
        },
    ),
    Example(
        "Rust, with threads of its own",
        "Robyn 0.72.0, as a table",
        {
            "text": """\
[[tool.trigpoint.extensions]]
name = "robyn"
builder = "cargo"
module = "robyn.robyn"
manifest = "Cargo.toml"
"""
        },
    ),
    Example(
        "A library, and modules in two languages that need it",
        "made by hand",
        {
            "text": """\
[[tool.trigpoint.extensions]]
name = "core"
builder = "cython"
module = "survey._core"
source = "src/survey/_core.pyx"
limited-api = "3.9"
depends-on = ["adder"]

[[tool.trigpoint.extensions]]
name = "fast"
builder = "c"
module = "survey._fast"
sources = ["src/native/fast.c"]
limited-api = "3.11"
depends-on = ["adder"]

[[tool.trigpoint.extensions]]
name = "adder"
builder = "c"
kind = "static-library"
library = "adder"
sources = ["src/native/adder.c"]
headers = ["src/native/adder.h"]

[[tool.trigpoint.extensions]]
name = "gpu"
builder = "cmake"
modules = ["survey._gpu"]
source-dir = "src/gpu"
enable-by-default = false
"""
        },
    ),
    Example(
        "All that is wrong, at once",
        "made by hand",
        {
            "text": """\
[[tool.trigpoint.extensions]]
name = "core"
builder = "cmak"

[[tool.trigpoint.extensions]]
name = "fast"
builder = "c"
module = "survey/_fast"
sorces = ["../fast.c"]
limited-api = "3.99"
depends-on = ["cor"]
"""
        },
    ),
)
"""Ready-made questions; the real ones have the sources and the names of that package."""
