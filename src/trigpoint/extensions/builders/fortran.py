"""The builder ``fortran``: subroutines that f2py of NumPy makes callable.

f2py writes a module in C, and wrappers in Fortran where they are needed.  Both are compiled
with the sources, and the Fortran compiler links, since it knows its own libraries.

Source: https://numpy.org/doc/stable/f2py/
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from trigpoint.extensions.protocol import (
    BuildRequest,
    BuildResult,
    ExtensionError,
    Output,
    Tag,
    Target,
)
from trigpoint.extensions.running import words_of
from trigpoint.extensions.settings import Settings

__all__ = ["FortranBuilder"]

ENDINGS: Final = (".f", ".for", ".f77", ".f90", ".f95", ".f03", ".f08", ".pyf")
"""How the names of sources end, and that of a signature file."""

REQUIRES: Final = ("numpy>=2",)
"""What is compiled against NumPy 2 runs with the later 1.x as well."""

_ASK: Final = (
    "import json, numpy, numpy.f2py\n"
    "print(json.dumps([numpy.get_include(), numpy.f2py.get_include(), numpy.__version__]))"
)

_OBJECT: Final = "fortranobject.c"
"""The part of f2py itself that each module of it needs."""


class FortranBuilder:
    """A module that f2py makes from Fortran.

    Keys of the table: ``module``; ``sources``, in the order in which they are compiled, with
    a ``.pyf`` if there is one; ``flags`` for the Fortran compiler; ``libraries`` to link with.
    ``FC`` of the environment is the compiler, ``gfortran`` without it, and ``FFLAGS`` has flags.
    """

    def __init__(self, root: Path, config: Mapping[str, Any]) -> None:
        settings = Settings(root, config)
        self.root = root
        self.module = settings.module()
        self.sources = settings.paths("sources", required=True)
        self.flags = settings.texts("flags")
        self.libraries = settings.texts("libraries")
        for each in self.sources:
            if not each.lower().endswith(ENDINGS):
                settings.wrong(
                    "extension-bad-value",
                    f"{each} in sources is no Fortran by its name",
                    fix=f"let it end in one of {', '.join(ENDINGS)}",
                    key="sources",
                )
        settings.done()

    @property
    def name(self) -> str:
        """The last part of the module's name."""
        return self.module.rpartition(".")[2]

    def get_requires(self, target: Target) -> Sequence[str]:  # noqa: ARG002
        """Return NumPy, whatever the *target*."""
        return REQUIRES

    def get_expected_outputs(self, target: Target) -> Sequence[Output]:
        """Return the one file of the module for *target*."""
        return (Output(self.module.replace(".", "/") + target.suffix()),)

    def get_tag(self, target: Target) -> Tag:
        """Return the tag of *target*: f2py uses the whole API."""
        return target.tag

    def get_sdist_files(self) -> Sequence[str]:
        """Return the sources."""
        return self.sources

    def build(self, request: BuildRequest) -> BuildResult:
        """Let f2py write the module, compile and link as *request* says; nothing if all is as it was."""
        target = request.target
        if not target.python:
            raise ExtensionError(
                "extension-bad-target",
                "f2py runs in the Python that is built for, which does not run here",
                fix="build where it runs, or leave the extension out",
            )
        (output,) = self.get_expected_outputs(target)
        numpy, f2py, version = json.loads(request.run((target.python, "-c", _ASK)))
        work = request.build_dir / "f2py"
        library = request.build_dir / "module" / Path(output.path).name
        includes = (numpy, f2py)
        # What f2py writes follows from the sources and its version.
        commands = list(self._commands(request, (), library, includes))
        stamp, seen = request.build_dir / "built", self._seen((version, *commands))
        if not (library.is_file() and stamp.is_file() and stamp.read_text("utf-8") == seen):
            stamp.unlink(missing_ok=True)
            for folder in (work, library.parent):
                shutil.rmtree(folder, ignore_errors=True)
                folder.mkdir(parents=True)
            shutil.copyfile(Path(f2py) / _OBJECT, work / _OBJECT)
            request.run(self._f2py(target, work))
            written = [each.name for each in sorted(work.glob("*-f2pywrappers*"))]
            for command in self._commands(request, written, library, includes):
                request.run(command, cwd=work)
            stamp.write_text(seen, "utf-8")
        made = request.out_dir / output.file
        made.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(library, made)
        return BuildResult((output,), self.get_tag(target), inputs=self.sources)

    def _seen(self, parts: Sequence[object]) -> str:
        """Return a hash of the sources and *parts*, which is all that the module is made of."""
        found = hashlib.sha256(repr((self._f2py_arguments(), parts)).encode())
        for each in self.sources:
            found.update((self.root / each).read_bytes())
        return found.hexdigest()

    def _f2py_arguments(self) -> list[str]:
        signature = any(each.endswith(".pyf") for each in self.sources)
        named = [] if signature else ["-m", self.name]
        return [*named, "--lower", *self.sources]

    def _f2py(self, target: Target, work: Path) -> list[str]:
        return [
            target.python,
            "-m",
            "numpy.f2py",
            *self._f2py_arguments(),
            "--build-dir",
            str(work),
        ]

    def _commands(
        self,
        request: BuildRequest,
        written: Sequence[str],
        library: Path,
        includes: Sequence[str],
    ) -> Iterator[list[str]]:
        """Yield what compiles the sources and the wrappers *written* by f2py, and links *library*.

        *includes* are the folders of the headers of NumPy and f2py.
        """
        target, env = request.target, request.env
        fortran = words_of("FC", env) or ["gfortran"]
        headers = [f"-I{each}" for each in (*target.include_dirs, *includes)]
        flags = ["-O2", "-fPIC", *words_of("FFLAGS", env), *self.flags]
        sources = [str(self.root / each) for each in self.sources if not each.endswith(".pyf")]
        objects: list[str] = []
        for number, source in enumerate((*sources, *written)):
            objects.append(f"{number}.o")
            yield [*fortran, *flags, "-J", ".", "-c", source, "-o", objects[-1]]
        for source in (f"{self.name}module.c", _OBJECT):
            objects.append(f"{source}.o")
            own = words_of("CFLAGS", env)
            yield [*target.cc, *target.cflags, *own, *headers, "-c", source, "-o", objects[-1]]
        shared = ["-shared"] if not target.macos else ["-bundle", "-undefined", "dynamic_lookup"]
        link = [f"-l{each}" for each in self.libraries]
        ld = words_of("LDFLAGS", env)
        yield [*fortran, *shared, *objects, *ld, *link, "-o", str(library)]
