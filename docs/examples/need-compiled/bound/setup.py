"""Name the file whose ``builder`` is compiled."""

from setuptools import setup

setup(cffi_modules=["build_cffi.py:builder"])
