"""Adding files to a wheel that another backend made.

Source: https://packaging.python.org/en/latest/specifications/binary-distribution-format/
"""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import os
import time
import zipfile
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Final

from trigpoint.extensions.protocol import ExtensionError, Tag
from trigpoint.extensions.session import Shipped

__all__ = ["Addition", "add_to_wheel", "additions", "paths_in", "refuse_taken", "tag_of"]

_FIRST_TIME: Final = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Addition:
    """A file to add: its path in the wheel, its bytes, and whether it can be run."""

    path: str
    data: bytes
    executable: bool = False


def tag_of(wheel: str) -> Tag:
    """Return the tag in the file name *wheel*.

    >>> str(tag_of("pkg-1-py3-none-any.whl"))
    'py3-none-any'
    """
    return Tag(*wheel.removesuffix(".whl").split("-")[-3:])


def paths_in(wheel: Path) -> list[str]:
    """Return the paths of the files in *wheel*."""
    with zipfile.ZipFile(wheel) as archive:
        return archive.namelist()


def additions(shipped: Sequence[Shipped], project: str) -> list[Addition]:
    """Return the *shipped* files with their paths in a wheel of *project*, its name and version.

    What goes to platlib is at the root, everything else in the folder for its scheme.
    """
    found = []
    for each in shipped:
        scheme, path = each.output.scheme, each.output.path
        place = path if scheme == "platlib" else f"{project}.data/{scheme}/{path}"
        # Modules are loaded, not run, but tools that strip and repair expect the bit.
        runs = scheme in ("platlib", "scripts") and os.access(each.file, os.X_OK)
        found.append(Addition(place, each.file.read_bytes(), runs))
    return found


def _time() -> tuple[int, int, int, int, int, int]:
    said = os.environ.get("SOURCE_DATE_EPOCH", "")
    if said.isascii() and said.isdecimal() and len(said) < 12:
        moment = time.gmtime(max(315532800, min(int(said), 4354819198)))
        return (moment[0], moment[1], moment[2], moment[3], moment[4], moment[5])
    return _FIRST_TIME


def _hash(data: bytes) -> str:
    digest = hashlib.sha256(data).digest()
    return "sha256=" + base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def _wheel_text(text: str, tag: Tag, *, pure: bool) -> str:
    """Return the WHEEL file *text* with another *tag*."""
    kept = [
        line
        for line in text.splitlines()
        if line and not line.lower().startswith(("tag:", "root-is-purelib:"))
    ]
    names = product(*(part.split(".") for part in (tag.python, tag.abi, tag.platform)))
    kept.append(f"Root-Is-Purelib: {'true' if pure else 'false'}")
    kept += (f"Tag: {'-'.join(name)}" for name in names)
    return "\n".join(kept) + "\n"


def refuse_taken(paths: Iterable[str], taken: Collection[str]) -> None:
    """Raise ``extension-output-clash`` if one of *paths* is among those that are *taken*.

    These are in lower case, since some file systems know no other.

    >>> refuse_taken(["a/b.so"], {"a/__init__.py"})
    """
    for each in paths:
        if each.lower() in taken:
            raise ExtensionError(
                "extension-output-clash",
                f"{each} is in the wheel already: the backend ships a file of that name",
                fix="delete the file from the project, or leave it out of the wheel",
            )


def add_to_wheel(wheel: Path, folder: Path, added: Sequence[Addition], tag: Tag | None) -> str:
    """Write *wheel* with the *added* files and *tag* into *folder*, and return its name.

    None as *tag* leaves the tag as it is.  Bytes are the same whenever and wherever this is
    done.  Raises :exc:`ExtensionError` ``extension-output-clash`` if a path is taken.
    """
    with zipfile.ZipFile(wheel) as source:
        members = {each.filename: (each, source.read(each)) for each in source.infolist()}
    record = next(
        name for name in members if name.endswith(".dist-info/RECORD") and name.count("/") == 1
    )
    info = record.removesuffix("/RECORD")
    rows = _rows(members[record][1])
    taken = {name.lower() for name in members}
    refuse_taken([each.path for each in added], taken)
    name = wheel.name
    if tag is not None:
        stem = wheel.name.removesuffix(".whl").rsplit("-", 3)[0]
        name = f"{stem}-{tag}.whl"
        about = f"{info}/WHEEL"
        member, data = members[about]
        pure = tag.platform == "any" and not any(
            not each.path.startswith(info[:-10]) for each in added
        )
        text = _wheel_text(data.decode("utf-8"), tag, pure=pure).encode()
        members[about] = (member, text)
        rows[about] = (_hash(text), str(len(text)))
    for each in added:
        member = zipfile.ZipInfo(each.path, _time())
        member.create_system = 3
        member.external_attr = (0o100755 if each.executable else 0o100644) << 16
        members[each.path] = (member, each.data)
        rows[each.path] = (_hash(each.data), str(len(each.data)))
    rows.pop(record, None)
    members[record] = (members[record][0], _record(rows, record))
    _write(folder / name, members, info)
    return name


def _rows(data: bytes) -> dict[str, tuple[str, str]]:
    rows = csv.reader(io.StringIO(data.decode("utf-8"), newline=""))
    return {row[0]: (row[1], row[2]) for row in rows if len(row) == 3}


def _record(rows: Mapping[str, tuple[str, str]], record: str) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows((path, *values) for path, values in rows.items())
    writer.writerow((record, "", ""))
    return text.getvalue().encode()


def _write(path: Path, members: Mapping[str, tuple[zipfile.ZipInfo, bytes]], info: str) -> None:
    # Metadata is at the end, where readers of a wheel that is still coming find it at once.
    order = sorted(
        members, key=lambda name: (name.startswith(f"{info}/"), name.endswith("/RECORD"), name)
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in order:
            member, data = members[name]
            fresh = zipfile.ZipInfo(name, member.date_time)
            fresh.create_system, fresh.external_attr = member.create_system, member.external_attr
            archive.writestr(fresh, data, zipfile.ZIP_DEFLATED)
