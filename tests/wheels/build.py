"""Wheels by hand, so that everything in them can be wrong on purpose."""

from __future__ import annotations

import base64
import hashlib
import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field

from trigpoint.wheels import Inspection, inspect


def line(path: str, data: bytes, algorithm: str = "sha256") -> str:
    """Return the line of RECORD for the file *path* that holds *data*."""
    digest = base64.urlsafe_b64encode(hashlib.new(algorithm, data).digest()).rstrip(b"=")
    return f"{path},{algorithm}={digest.decode()},{len(data)}\n"


@dataclass
class Wheel:
    """A wheel of *files*; a file that is None is left out, and RECORD fits unless it is given."""

    files: Mapping[str, bytes | None] = field(default_factory=dict)
    project: str = "spam"
    version: str = "1.0"
    tag: str = "py3-none-any"
    purelib: str = "true"
    record: bytes | None = None
    modes: Mapping[str, int] = field(default_factory=dict)

    @property
    def stem(self) -> str:
        return f"{self.project}-{self.version}"

    @property
    def name(self) -> str:
        return f"{self.stem}-{self.tag}.whl"

    def contents(self) -> dict[str, bytes]:
        info = f"{self.stem}.dist-info"
        metadata = f"Metadata-Version: 2.4\nName: {self.project}\nVersion: {self.version}\n"
        wheel = f"Wheel-Version: 1.0\nGenerator: hand\nRoot-Is-Purelib: {self.purelib}\n"
        made: dict[str, bytes | None] = {
            f"{info}/METADATA": metadata.encode(),
            f"{info}/WHEEL": f"{wheel}Tag: {self.tag}\n".encode(),
            **self.files,
        }
        found = {path: data for path, data in made.items() if data is not None}
        record = f"{info}/RECORD"
        if record not in made:
            lines = "".join(line(*each) for each in found.items() if not each[0].endswith("/"))
            found[record] = f"{lines}{record},,\n".encode() if self.record is None else self.record
        return found

    def data(self) -> bytes:
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
            for path, data in self.contents().items():
                info = zipfile.ZipInfo(path)
                info.create_system = 3
                info.compress_type = zipfile.ZIP_DEFLATED
                info.external_attr = self.modes.get(path, 0o100644) << 16
                made.writestr(info, data)
        return file.getvalue()

    def inspected(self, name: str | None = None) -> Inspection:
        return inspect(self.data(), self.name if name is None else name)


def codes(found: Inspection) -> list[str]:
    """Return the codes of the findings, once each, in their order."""
    return list(dict.fromkeys(each.code for each in found.findings))


EVERY = Wheel(
    {
        "root_mod.py": b"x = 1\n",
        "pkg/__init__.py": b"def main(): pass\n",
        "Every_Thing-1.0.data/purelib/pure_mod.py": b"",
        "Every_Thing-1.0.data/platlib/plat_mod.py": b"",
        "Every_Thing-1.0.data/scripts/run-me": b"#!python\nprint(1)\n",
        "Every_Thing-1.0.data/scripts/plain.sh": b"#!/bin/sh\n",
        "Every_Thing-1.0.data/headers/every.h": b"",
        "Every_Thing-1.0.data/headers/sub/x.h": b"",
        "Every_Thing-1.0.data/data/share/every/thing.txt": b"t",
        "Every_Thing-1.0.data/data/etc/e.conf": b"",
        "Every_Thing-1.0.dist-info/entry_points.txt": (
            b"[console_scripts]\nevery = pkg:main\n[gui_scripts]\nevery-gui = pkg:main\n"
        ),
        "Every_Thing-1.0.dist-info/licenses/LICENSE": b"x",
        "Every_Thing-1.0.dist-info/sboms/a.cdx.json": b"{}",
    },
    "Every_Thing",
)
"""A wheel with every scheme."""

FOREIGN = Wheel(
    {
        "flat.py": b"",
        "other-2.0.data/data/share/other.txt": b"o",
        "other-2.0.data/scripts/other-command": b"#!python\n",
        "other-2.0.data/headers/o.h": b"",
        "plat.data/purelib/deep/mod.py": b"",
    },
    "Plat_form",
    "2.0.post1",
    purelib="false",
)
"""A wheel for one platform, with ``.data`` folders of other names."""

DATA = Wheel(
    {
        "data_only-3.data/data//abs/thing": b"",
        "data_only-3.data/data/Upper/case.TXT": b"",
        "data_only-3.data/data/a b/\u00e9.txt": b"",
        "data_only-3.data/headers/h.hpp": b"",
        "data_only-3.dist-info/entry_points.txt": (
            b"# none\n[console_scripts]\ndata.only-3 = d.e:f [x]\n[other.group]\nx = y\n"
        ),
    },
    "data_only",
    "3",
)
"""A wheel of data with names that are not plain."""
