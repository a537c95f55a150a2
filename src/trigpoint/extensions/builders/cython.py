"""The builder ``cython``: a module of one Cython file, translated and then compiled."""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any, Final

from trigpoint.extensions.builders.c import defines
from trigpoint.extensions.builders.compiling import (
    Job,
    build_module,
    fresh,
    included,
    limited_flags,
    prerequisites,
    remember,
)
from trigpoint.extensions.protocol import BuildRequest, BuildResult, Output, Stable, Tag, Target
from trigpoint.extensions.settings import Settings

__all__ = ["LOWEST_LIMITED", "REQUIREMENT", "CythonBuilder"]

REQUIREMENT: Final = "cython>=3.1"
"""What the builder needs: the first version whose limited API is complete enough."""

LOWEST_LIMITED: Final = 9
"""The minor version of Python before which Cython's output does not compile as limited API."""

_WORD: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_.]*")


def _is_cython(value: object) -> bool:
    return isinstance(value, str) and value.endswith(".pyx")


class CythonBuilder:
    """A module of one ``.pyx`` or ``.py`` file.

    Keys: ``module``, ``source``; ``language`` (``c`` or ``c++``), ``directives`` (a table),
    ``sources`` (more of C or C++), ``include-dirs``, ``headers``, ``define``,
    ``compile-args``, ``link-args``, ``libraries``, ``limited-api``.

    *root* is the project and *config* the table.
    """

    def __init__(self, root: Path, config: Mapping[str, Any]) -> None:
        settings = Settings(root, config)
        self.root = root
        self.module = settings.module()
        listed = config.get("sources")
        modules = [each for each in listed if _is_cython(each)] if isinstance(listed, list) else []
        self.source = settings.path("source", required=not modules)
        if modules and "source" not in config:
            settings.wrong(
                "extension-missing-key",
                "there is no source, and sources is for C and C++ beside it",
                fix=f'write source = "{modules[0]}"',
                key="sources",
            )
        if self.source and not self.source.endswith((".pyx", ".py")):
            settings.wrong(
                "extension-bad-value",
                f"{self.source} is no Cython by its name",
                fix="name a file that ends with .pyx or .py",
                key="source",
            )
        self.cplusplus = settings.choice("language", ("c", "c++")) == "c++"
        self.directives = self._directives(settings)
        self.limited = settings.limited()
        if self.limited and self.limited.minor < LOWEST_LIMITED:
            settings.wrong(
                "extension-bad-value",
                f"limited-api is {self.limited.text}, which Cython cannot compile for",
                fix=f"set it to 3.{LOWEST_LIMITED} or higher",
                key="limited-api",
            )
        self.include_dirs = settings.paths("include-dirs")
        self.headers = settings.paths("headers")
        self.job = Job(
            settings.paths("sources"),
            self.include_dirs,
            defines(settings),
            settings.texts("compile-args"),
            (
                *(f"-l{each}" for each in settings.texts("libraries")),
                *settings.texts("link-args"),
            ),
            self.cplusplus,
        )
        settings.done()

    @staticmethod
    def _directives(settings: Settings) -> tuple[str, ...]:
        found = []
        for name, value in settings.table("directives").items():
            if not _WORD.fullmatch(name) or not isinstance(value, bool | int | str):
                settings.wrong(
                    "extension-bad-value",
                    f"{name!r} in directives cannot be given to Cython",
                    fix="write a directive's name, and a truth, number or string",
                    key="directives",
                )
            else:
                found.append(f"{name}={value}")
        return tuple(found)

    def get_requires(self, target: Target) -> Sequence[str]:
        """Return Cython itself, whatever the *target*."""
        del target
        return [REQUIREMENT]

    def get_sdist_files(self) -> Sequence[str]:
        """Return the source, what Cython could take from beside it, and headers; no generated C."""
        beside: list[str] = []
        folder = (self.root / self.source).parent
        if folder.is_dir():
            base = self.root.resolve()
            beside = sorted(
                each.resolve().relative_to(base).as_posix()
                for each in folder.iterdir()
                if each.suffix in (".pxd", ".pxi") and each.resolve().is_relative_to(base)
            )
        headers = included(self.root, self.job.sources, self.include_dirs)
        names = (
            self.source,
            *beside,
            *self.job.sources,
            *self.headers,
            *headers,
            *self.include_dirs,
        )
        return list(dict.fromkeys(names))

    def _stable(self, target: Target) -> Stable | None:
        return target.stable(self.limited)

    def get_expected_outputs(self, target: Target) -> Sequence[Output]:
        """Return the module for *target*."""
        return [Output(f"{self.module.replace('.', '/')}{target.suffix(self._stable(target))}")]

    def get_tag(self, target: Target) -> Tag:
        """Return the tag of the module for *target*."""
        return target.tag_for(self._stable(target))

    def build(self, request: BuildRequest) -> BuildResult:
        """Translate and compile as *request* says."""
        outputs = tuple(self.get_expected_outputs(request.target))
        generated = self._translate(request)
        job = replace(
            self.job,
            sources=(str(generated), *self.job.sources),
            # What is beside the source is found by its headers, too.
            include_dirs=(*self.include_dirs, str(PurePosixPath(self.source).parent)),
            defines=(*limited_flags(self._stable(request.target)), *self.job.defines),
        )
        file = PurePosixPath(outputs[0].path).name
        made = build_module(request, job, file)
        place = request.out_dir / outputs[0].path
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(made, place)
        place.chmod(0o755)
        return BuildResult(outputs, self.get_tag(request.target))

    def _translate(self, request: BuildRequest) -> Path:
        """Return the generated C or C++, made again only if the source or what it takes changed."""
        name = self.module.rpartition(".")[2]
        made = request.build_dir / "generated" / f"{name}{'.cpp' if self.cplusplus else '.c'}"
        made.parent.mkdir(parents=True, exist_ok=True)
        folders = [*self.include_dirs]
        folders += (str(each.directory / "include") for each in request.dependencies.values())
        command = [
            sys.executable,
            "-m",
            "cython",
            "-3",
            *(["--cplus"] if self.cplusplus else []),
            "--module-name",
            self.module,
            *(part for each in self.directives for part in ("-X", each)),
            *(part for each in folders for part in ("-I", each)),
            "--depfile",
            self.source,
            "-o",
            str(made),
        ]
        stamp = made.with_name(f"{made.name}.json")
        if made.is_file() and fresh(stamp, command, request.env, request.root):
            return made
        stamp.unlink(missing_ok=True)
        request.run(command)
        deps = made.with_name(f"{made.name}.dep")
        files = [self.source]
        if deps.is_file():
            # Cython writes them relative to the folder that it was started in.
            files += prerequisites(deps.read_text("utf-8"))
        _without_folders(made, request)
        remember(stamp, command, request.env, request.root, list(dict.fromkeys(files)))
        return made


def _without_folders(made: Path, request: BuildRequest) -> None:
    """Take the metadata out of *made*, a comment that names folders of this machine."""
    text = made.read_text("utf-8")
    cleaned = re.sub(
        r"/\* BEGIN: Cython Metadata.*?END: Cython Metadata \*/", "", text, flags=re.DOTALL
    )
    for folder in (request.build_dir, request.root):
        # Inside strings they are spelled as in JSON.
        cleaned = cleaned.replace(json.dumps(str(folder))[1:-1], ".")
    made.write_text(cleaned, "utf-8")
