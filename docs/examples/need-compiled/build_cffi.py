"""Compile a module that calls the function by its own declaration."""

from cffi import FFI

DECLARED = "void rolling_mean(const double *values, size_t count, size_t window, double *means);"

builder = FFI()
builder.cdef(DECLARED)
builder.set_source("_means", DECLARED, sources=["means.c"])

if __name__ == "__main__":
    builder.compile()
