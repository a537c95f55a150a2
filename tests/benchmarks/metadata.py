"""Readers of METADATA on real files: those installed here, and in ``TRIGPOINT_REAL_FILES``.

See ``tests/metadata/real_files.py``.  Memories are emptied before every file,
except in the benchmark that says otherwise; there, one file teaches what helps
with the next.  packaging's validated read and ours both say whether a file is
valid, and the tests of conformance hold them to each other; here only the time counts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from tests.benchkit import Bar, Benchmark, Cold, Way, each, faster
from tests.benchkit.declare import OURS
from tests.metadata.real_files import real_files

__all__ = ["BENCHMARKS"]

Reader = Callable[[bytes], object]


def files() -> list[str]:
    """Return every real file, each byte as the letter of that number, so that it fits JSON."""
    return [file.data.decode("latin-1") for file in real_files()]


def _bytes(items: Sequence[str]) -> list[bytes]:
    return [item.encode("latin-1") for item in items]


def _validate() -> Reader:
    from trigpoint.metadata import read

    return lambda data: [each.span.line for each in read(data).findings() if each.span]


def _packaging_validated() -> Reader:
    from packaging.errors import ExceptionGroup as InvalidGroup
    from packaging.metadata import Metadata

    def validate(data: bytes) -> object:
        try:
            return Metadata.from_email(data)
        except InvalidGroup as error:
            return error

    return validate


def _scan() -> Reader:
    from trigpoint.metadata import read

    return read


def _splitlines() -> Reader:
    def split(data: bytes) -> None:
        for _line in data.decode("utf-8").splitlines():
            pass

    return split


def _fields() -> Reader:
    from trigpoint.metadata import read

    def fields(data: bytes) -> object:
        document = read(data)
        return document["Requires-Dist"], document["Description"]

    return fields


def _packaging_raw() -> Reader:
    from packaging.metadata import parse_email

    return parse_email


def _email() -> Reader:
    import email.parser
    import email.policy

    return email.parser.BytesParser(policy=email.policy.compat32).parsebytes


def _way(reader: Callable[[], Reader], forgets: tuple[str, ...]) -> Way:
    read = reader()

    def answer(item: str) -> str:
        read(item.encode("latin-1"))
        return "1"

    return Way(each(read), ready=_bytes, answer=answer, forgets=forgets)


def _ways(readers: Mapping[str, Callable[[], Reader]]) -> dict[str, Callable[[], Way]]:
    forgets = {OURS: ("trigpoint", "packaging"), "packaging": ("packaging",)}
    return {name: partial(_way, reader, forgets.get(name, ())) for name, reader in readers.items()}


def _benchmark(
    name: str,
    readers: Mapping[str, Callable[[], Reader]],
    bars: Mapping[str, Bar],
    cold: Cold = Cold.ITEM,
) -> Benchmark:
    return Benchmark(name, "file", files, _ways(readers), bars, cold=cold)


_VALIDATED = {OURS: _validate, "packaging": _packaging_validated}

BENCHMARKS = (
    _benchmark("read and validate, with line numbers", _VALIDATED, {"packaging": faster(4)}),
    _benchmark(
        "the same, with what other files taught", _VALIDATED, {"packaging": faster(4)}, Cold.ROUND
    ),
    _benchmark("scan", {OURS: _scan, "splitlines": _splitlines}, {"splitlines": faster(1 / 1.5)}),
    _benchmark("read fields", {OURS: _fields, "packaging": _packaging_raw, "email": _email}, {}),
)
