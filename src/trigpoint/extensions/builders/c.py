"""The builder ``c``: modules and static libraries of C and C++, straight through the compiler."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from trigpoint.extensions.builders.compiling import (
    C_ENDINGS,
    CPP_ENDINGS,
    Job,
    build_module,
    build_static,
    included,
    limited_flags,
)
from trigpoint.extensions.protocol import BuildRequest, BuildResult, Output, Tag, Target
from trigpoint.extensions.settings import Settings

__all__ = ["CBuilder", "defines"]


def defines(settings: Settings, key: str = "define") -> tuple[str, ...]:
    """Return the macros of the table *key* of *settings*, as a compiler takes them behind ``-D``.

    True defines a macro as 1, a number or string as itself, false not at all.
    """
    found = []
    for name, value in settings.table(key).items():
        if not isinstance(value, bool | int | str):
            settings.wrong(
                "extension-wrong-type",
                f"{name} in {key} is no string, number or truth",
                fix="write its value in quotes",
                key=key,
            )
        elif not name.isidentifier() or not name.isascii():
            settings.wrong(
                "extension-bad-name",
                f"{name!r} in {key} is no name of a macro",
                fix="use letters, digits and _",
                key=key,
            )
        elif value is True:
            found.append(f"{name}=1")
        elif value is not False:
            found.append(f"{name}={value}")
    return tuple(found)


class CBuilder:
    """A module, or a static library for dependants, of C and C++ sources.

    Keys: ``module`` (the dotted name) or ``kind = "static-library"``; ``sources``;
    ``include-dirs``, ``headers``, ``define``, ``compile-args``, ``link-args``,
    ``libraries``, ``library-dirs``, ``limited-api``, and ``language = "c++"`` where only a
    library that it is linked with is C++.  A module is linked with the static
    libraries of what it depends on, and finds their headers.

    *root* is the project and *config* the table.
    """

    def __init__(self, root: Path, config: Mapping[str, Any]) -> None:
        settings = Settings(root, config)
        self.root = root
        self.kind = settings.choice("kind", ("module", "static-library"))
        static = self.kind == "static-library"
        self.module = "" if static else settings.module()
        self.library = settings.text("library", required=True) if static else ""
        if self.library and not self.library.isidentifier():
            settings.wrong(
                "extension-bad-name",
                f"library is {self.library!r}",
                fix="use letters, digits and _; lib and .a come by themselves",
                key="library",
            )
        self.sources = settings.paths("sources", required=True)
        for each in self.sources:
            if not each.endswith((*C_ENDINGS, *CPP_ENDINGS)):
                settings.wrong(
                    "extension-bad-value",
                    f"{each} in sources is neither C nor C++ by its name",
                    fix=f"name files that end with {', '.join((*C_ENDINGS, *CPP_ENDINGS))}",
                    key="sources",
                )
        self.include_dirs = settings.paths("include-dirs")
        self.headers = settings.paths("headers")
        self.defines = defines(settings)
        self.compile_args = settings.texts("compile-args")
        self.limited = None
        self.cplusplus = False
        self.link_args: tuple[str, ...] = ()
        if not static:
            self.limited = settings.limited()
            self.cplusplus = settings.choice("language", ("c", "c++")) == "c++"
            self.link_args = (
                *(f"-L{each}" for each in settings.paths("library-dirs")),
                *(f"-l{each}" for each in settings.texts("libraries")),
                *settings.texts("link-args"),
            )
        settings.done()

    def get_sdist_files(self) -> Sequence[str]:
        """Return the sources, and the headers of the project that they include."""
        headers = included(self.root, self.sources, self.include_dirs)
        return list(dict.fromkeys((*self.sources, *self.headers, *headers)))

    def get_expected_outputs(self, target: Target) -> Sequence[Output]:
        """Return the module for *target*, or the library with its headers."""
        if self.kind == "static-library":
            return [
                Output(f"lib/lib{self.library}.a", "internal"),
                *(
                    Output(f"include/{PurePosixPath(each).name}", "internal")
                    for each in self.headers
                ),
            ]
        suffix = target.suffix(target.stable(self.limited))
        return [Output(f"{self.module.replace('.', '/')}{suffix}")]

    def get_tag(self, target: Target) -> Tag | None:
        """Return the tag of a module for *target*; a library that stays inside has none."""
        return target.tag_for(target.stable(self.limited)) if self.module else None

    def build(self, request: BuildRequest) -> BuildResult:
        """Compile and link as *request* says."""
        target = request.target
        outputs = tuple(self.get_expected_outputs(target))
        stable = None if self.kind == "static-library" else target.stable(self.limited)
        job = Job(
            self.sources,
            self.include_dirs,
            (*limited_flags(stable), *self.defines),
            self.compile_args,
            self.link_args,
            self.cplusplus,
        )
        if self.kind == "static-library":
            made = [
                build_static(request, job, self.library),
                *(self.root / each for each in self.headers),
            ]
        else:
            made = [build_module(request, job, PurePosixPath(outputs[0].path).name)]
        for file, output in zip(made, outputs, strict=True):
            place = request.out_dir / output.file
            place.parent.mkdir(parents=True, exist_ok=True)
            # With its time, so that dependants see that nothing changed.
            shutil.copy2(file, place)
            if not output.path.startswith("include/"):
                place.chmod(0o755 if self.module else 0o644)
        return BuildResult(outputs, self.get_tag(target))
