"""The compiled part; everything else is in pyproject.toml."""

from pybind11.setup_helpers import Pybind11Extension
from setuptools import setup

setup(
    ext_modules=[
        Pybind11Extension(
            "snow_cap._core",
            ["src/_core.cpp"],
            cxx_std=20,
        )
    ]
)
