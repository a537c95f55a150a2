"""The compiled part; everything else is in pyproject.toml."""

import sysconfig

from setuptools import Extension, setup

# Free-threaded Python has no limited API.
LIMITED = not sysconfig.get_config_var("Py_GIL_DISABLED")

setup(
    ext_modules=[
        Extension(
            "snow_cap._core",
            ["src/_core.c"],
            # Only what CPython 3.11 has, so its wheel also serves all that follow.
            define_macros=[("Py_LIMITED_API", "0x030B0000")] if LIMITED else [],
            py_limited_api=LIMITED,
        )
    ],
    options={"bdist_wheel": {"py_limited_api": "cp311"}} if LIMITED else {},
)
