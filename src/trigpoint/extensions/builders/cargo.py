"""The builder ``cargo``: a module in Rust, with PyO3 or without.

Cargo speaks JSON on its standard output and writes what people read to the other, so the file
that it made is known and never guessed.  Its target directory is kept: cargo links anew when
a path moves.

Source: https://doc.rust-lang.org/cargo/reference/external-tools.html,
https://pyo3.rs/main/building-and-distribution
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any, Final

from trigpoint.extensions.protocol import (
    BuildRequest,
    BuildResult,
    ExtensionError,
    Output,
    Stable,
    Tag,
    Target,
)
from trigpoint.extensions.settings import Settings

__all__ = ["CargoBuilder"]

BINDINGS: Final = ("pyo3", "pyo3-ffi")
"""The crates that are told which Python is built for, the one that others stand on last."""

_FEATURE: Final = re.compile(r"abi3(t)?-py3(\d{1,2})", re.ASCII)
"""The features of the bindings that ask for a stable ABI."""

_MACOS_FLAGS: Final = ("-C", "link-arg=-undefined", "-C", "link-arg=dynamic_lookup")

_MACHINES: Final[Mapping[str, str]] = {"amd64": "x86_64", "arm64": "aarch64", "x86": "i686"}

_UNSHIPPED: Final = frozenset({"target", ".git"})
"""Directories beside a manifest that hold no source."""


class CargoBuilder:
    """A crate whose library is a module that Python imports.

    Keys of the table: ``module``; ``manifest``, the ``Cargo.toml`` (that of the project if
    there is none); ``package``, one of a workspace; ``features`` and ``no-default-features``;
    ``profile`` (``release``); ``limited-api``, the oldest Python of a wheel for it and all that
    follow; ``locked``, to refuse a ``Cargo.lock`` that is behind; ``sources``, what an sdist
    must hold besides the folder of the manifest.

    Static libraries that dependencies made are found by ``#[link(kind = "static")]``.
    """

    def __init__(self, root: Path, config: Mapping[str, Any]) -> None:
        settings = Settings(root, config)
        self.root = root
        self.module = settings.module()
        self.manifest = settings.path("manifest", "Cargo.toml")
        self.package = settings.text("package")
        self.features = settings.texts("features")
        self.defaults = not settings.flag("no-default-features")
        self.profile = settings.text("profile", "release")
        self.limited = settings.limited()
        self.locked = settings.flag("locked")
        self.sources = settings.paths("sources")
        self.asked: tuple[str, ...] = ()
        crate = self._read(settings)
        self.binding = next((each for each in BINDINGS if each in crate), "")
        self._called = crate.get(self.binding, "")
        settings.done()

    def _read(self, settings: Settings) -> dict[str, str]:
        """Return which crates the manifest asks for, each with the name that it has there.

        Notes which features of the bindings it asks for, too.
        """
        path = self.root / self.manifest
        if not path.is_file():
            if path.is_dir():
                settings.wrong(
                    "extension-bad-value",
                    f"manifest is {self.manifest!r}, which is a directory",
                    fix="name the Cargo.toml in it",
                    key="manifest",
                )
            return {}
        try:
            data = tomllib.loads(path.read_text("utf-8"))
        except (ValueError, OSError) as problem:
            message = f"{self.manifest} is no TOML: {problem}"
            settings.wrong(
                "extension-bad-value", message, fix="correct the manifest", key="manifest"
            )
            return {}
        if "package" not in data and not self.package:
            settings.wrong(
                "extension-missing-key",
                f"{self.manifest} is a workspace, and there is no package",
                fix="write package = the name of one of its crates",
                key="package",
            )
        self.asked = tuple(_asked(data))
        return dict(_crates(data))

    def get_expected_outputs(self, target: Target) -> Sequence[Output]:
        """Return the one file of the module for *target*."""
        suffix = target.suffix(target.stable(self.limited))
        return (Output(self.module.replace(".", "/") + suffix),)

    def get_tag(self, target: Target) -> Tag:
        """Return the tag of the module for *target*.

        A manifest that asks PyO3 for a later Python than that cannot be built, which PyO3 would
        say only after other crates were compiled.
        """
        for each in self.asked:
            limited = _stable(each)
            if target.predates(limited):
                raise ExtensionError(
                    "extension-foreign-tag",
                    f"{self.manifest} asks {self.binding} for {each}, and the target is"
                    f" {target.implementation} {target.version[0]}.{target.version[1]}",
                    fix=f"take {each} out of {self.manifest}: limited-api ="
                    f' "{limited.text}" turns it on for each Python that has it',
                    key="limited-api",
                )
        return target.tag_for(target.stable(self.limited))

    def get_sdist_files(self) -> Sequence[str]:
        """Return the files of the crate, without what cargo writes, and ``sources``."""
        folder = (self.root / self.manifest).parent
        if folder == self.root:
            # The rest of the project is the backend's to ship.
            names = [
                each
                for each in ("Cargo.toml", "Cargo.lock", "build.rs", "src")
                if (folder / each).exists()
            ]
            return (*names, *self._named(folder), *self.sources)
        found = [
            PurePosixPath(path.relative_to(self.root)).as_posix() for path in sorted(_files(folder))
        ]
        return (*found, *self.sources)

    def _named(self, folder: Path) -> Iterator[str]:
        """Yield the folder of the library's source where it is not ``src``."""
        data = tomllib.loads((folder / "Cargo.toml").read_text("utf-8"))
        library = data.get("lib")
        path = library.get("path") if isinstance(library, dict) else None
        if isinstance(path, str) and (folder / path).is_file() and "/" in path:
            yield path.rpartition("/")[0]

    def build(self, request: BuildRequest) -> BuildResult:
        """Run ``cargo rustc`` as *request* says, and take the library that it reports."""
        target = request.target
        folder = Path(request.env.get("CARGO_TARGET_DIR") or request.build_dir / "target")
        folder.mkdir(parents=True, exist_ok=True)
        env = {**request.env, **self._environment(target, folder)}
        said = request.run(self._command(request, folder), env=env)
        library, crate_features = _reported(said, self.root / self.manifest, self.package)
        if library is None:
            raise ExtensionError(
                "extension-output-missing",
                f"cargo made no shared library of {self.package or self.manifest}",
                fix='give the crate a library: [lib] crate-type = ["cdylib"]',
            )
        self._compare(target, crate_features)
        (output,) = self.get_expected_outputs(target)
        made = request.out_dir / output.file
        made.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(library, made)
        return BuildResult((output,), self.get_tag(target), inputs=tuple(self._inputs()))

    def _command(self, request: BuildRequest, folder: Path) -> list[str]:
        """Return the command that builds the crate into *folder*."""
        target = request.target
        command = ["cargo", "rustc", "--lib", "--crate-type", "cdylib"]
        command += ["--manifest-path", str(self.root / self.manifest)]
        command += ["--package", self.package] if self.package else []
        command += ["--profile", self.profile, "--target-dir", str(folder)]
        command += ["--jobs", str(request.jobs), "--message-format", "json-render-diagnostics"]
        command += [] if self.defaults else ["--no-default-features"]
        stable = target.stable(self.limited)
        features = list(self.features)
        if self.binding and stable:
            abi = "abi3t" if stable.free_threaded else "abi3"
            features.append(f"{self._called}/{abi}-py3{stable.minor}")
        command += ["--features", ",".join(features)] if features else []
        command += ["--locked"] if self.locked else []
        command += ["--target", _triple(target.platform)] if target.cross else []
        # The folder of all crates is another on each machine, and stands in messages of panics.
        home = request.env.get("CARGO_HOME") or str(Path.home() / ".cargo")
        remapped = json.dumps([f"--remap-path-prefix={home}=/cargo"])
        command += ["--config", f"build.rustflags={remapped}"]
        flags = [*_library_flags(request), *(_MACOS_FLAGS if target.macos else ())]
        return [*command, "--", *flags] if flags else command

    def _environment(self, target: Target, folder: Path) -> dict[str, str]:
        """Tell PyO3 of *target* in a file in *folder*, since it would ask an interpreter."""
        if not self.binding:
            return {}
        content = "".join(f"{key}={value}\n" for key, value in _python(target).items())
        # The path is the same for the same content, so that nothing is built anew.
        name = hashlib.sha256(content.encode()).hexdigest()[:16]
        path = folder.resolve() / f"trigpoint-{name}.cfg"
        if not path.exists():
            path.write_text(content, "utf-8")
        return {"PYO3_CONFIG_FILE": str(path), "PYO3_BUILD_EXTENSION_MODULE": "1"}

    def _compare(self, target: Target, features: Mapping[str, Sequence[str]]) -> None:
        """Refuse a library that was built for another ABI than the table says."""
        said = [
            each for name in BINDINGS for each in features.get(name, ()) if _FEATURE.fullmatch(each)
        ]
        if said and not self.limited and not target.free_threaded:
            lowest = min(said, key=lambda each: _stable(each).minor)
            raise ExtensionError(
                "extension-foreign-tag",
                f"{self.manifest} asks {self.binding} for {lowest}, and the table for the full API",
                fix=f'write limited-api = "{_stable(lowest).text}", or take the feature out of {self.manifest}',
                key="limited-api",
            )

    def _inputs(self) -> Iterator[str]:
        for path in sorted(_files((self.root / self.manifest).parent)):
            if path.suffix == ".rs" or path.name in ("Cargo.toml", "Cargo.lock"):
                yield path.relative_to(self.root).as_posix()


def _stable(feature: str) -> Stable:
    """Return the stable ABI that a *feature* of the bindings asks for.

    >>> _stable("abi3-py39").text, _stable("abi3t-py315").text
    ('3.9', '3.15t')
    """
    match = _FEATURE.fullmatch(feature)
    assert match
    return Stable(int(match[2]), bool(match[1]))


def _asked(data: Mapping[str, Any]) -> Iterator[str]:
    """Yield the stable ABIs that a manifest asks the bindings for, wherever it is built.

    >>> list(_asked({"dependencies": {"pyo3": {"version": "0.30", "features": ["abi3-py313", "eyre"]}}}))
    ['abi3-py313']
    """
    found = data.get("dependencies")
    for called, asked in found.items() if isinstance(found, dict) else ():
        features = asked.get("features") if isinstance(asked, dict) else None
        if not isinstance(features, list) or asked.get("package", called) not in BINDINGS:
            continue
        # One that is optional may be left out.
        if not asked.get("optional"):
            yield from (
                each for each in features if isinstance(each, str) and _FEATURE.fullmatch(each)
            )


def _crates(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the name of each crate that a manifest asks for, and what it is called there.

    >>> dict(_crates({"dependencies": {"py": {"package": "pyo3"}, "bytes": "1"}}))
    {'pyo3': 'py', 'bytes': 'bytes'}
    """
    targets = data.get("target")
    tables = [data, *(targets.values() if isinstance(targets, dict) else ())]
    for table in tables:
        found = table.get("dependencies") if isinstance(table, dict) else None
        for called, asked in found.items() if isinstance(found, dict) else ():
            name = asked.get("package", called) if isinstance(asked, dict) else called
            yield str(name), called


def _files(folder: Path) -> Iterator[Path]:
    """Yield the files of a crate, hidden ones and those that cargo wrote left out."""
    for parent, folders, names in os.walk(folder):
        folders[:] = [
            each for each in folders if each not in _UNSHIPPED and not each.startswith(".")
        ]
        yield from (Path(parent, each) for each in names if not each.startswith("."))


def _python(target: Target) -> dict[str, str]:
    """Return what PyO3 needs to know of *target*.

    >>> _python(Target("cpython", (3, 13), "linux_x86_64", ".so", free_threaded=True))
    {'implementation': 'CPython', 'version': '3.13', 'shared': 'false', 'pointer_width': '64', 'build_flags': 'Py_GIL_DISABLED'}
    """
    names = {"cpython": "CPython", "pypy": "PyPy", "graalpy": "GraalVM"}
    flags = [("Py_GIL_DISABLED", target.free_threaded), ("Py_DEBUG", target.debug)]
    return {
        "implementation": names.get(target.implementation, target.implementation),
        "version": f"{target.version[0]}.{target.version[1]}",
        "shared": "false",
        "pointer_width": "64" if "64" in target.platform or "s390x" in target.platform else "32",
        "build_flags": ",".join(name for name, there in flags if there),
    }


def _triple(platform: str) -> str:
    """Return how Rust calls the platform of a wheel tag.

    Raises :exc:`ExtensionError` for one that it is not known for.

    >>> _triple("linux_x86_64"), _triple("macosx_11_0_arm64"), _triple("win_amd64")
    ('x86_64-unknown-linux-gnu', 'aarch64-apple-darwin', 'x86_64-pc-windows-msvc')
    """
    for start, end in (
        ("linux_", "unknown-linux-gnu"),
        ("manylinux", "unknown-linux-gnu"),
        ("musllinux", "unknown-linux-musl"),
        ("macosx_", "apple-darwin"),
        ("win_", "pc-windows-msvc"),
    ):
        if platform.startswith(start):
            machine = platform.removeprefix(start).lstrip("_0123456789")
            if start in ("manylinux", "musllinux"):
                machine = machine.lstrip("_0123456789")
            return f"{_MACHINES.get(machine, machine)}-{end}"
    if platform.startswith(("emscripten", "pyodide", "pyemscripten")):
        return "wasm32-unknown-emscripten"
    raise ExtensionError(
        "extension-foreign-tag",
        f"no target of Rust is known for {platform}",
        fix="build where it runs, or leave the extension out",
    )


def _library_flags(request: BuildRequest) -> Iterator[str]:
    """Yield where the linker finds the static libraries of dependencies.

    Cargo does not look whether a library changed, so its folder bears a hash of the contents.
    """
    for result in request.dependencies.values():
        for path in result.paths(".a", ".lib"):
            content = path.read_bytes()
            name = hashlib.sha256(content).hexdigest()[:16]
            kept = request.build_dir / "libraries" / name / path.name
            if not kept.exists():
                kept.parent.mkdir(parents=True, exist_ok=True)
                kept.write_bytes(content)
            yield from ("-L", f"native={kept.parent}")


def _reported(
    said: str, manifest: Path, package: str
) -> tuple[Path | None, dict[str, Sequence[str]]]:
    """Read what cargo printed: the library of the crate, and the features of all crates."""
    library: Path | None = None
    features: dict[str, Sequence[str]] = {}
    for line in said.splitlines():
        try:
            message = json.loads(line)
        except ValueError:
            # A build script may print there, too.
            continue
        if not isinstance(message, dict) or message.get("reason") != "compiler-artifact":
            continue
        name = _package(message["package_id"])
        features[name] = message["features"]
        own = name == package if package else Path(message["manifest_path"]) == manifest.resolve()
        if own and "cdylib" in message["target"]["crate_types"]:
            ends = (".so", ".dylib", ".dll", ".wasm")
            library = next(
                (Path(each) for each in message["filenames"] if each.endswith(ends)), None
            )
    return library, features


def _package(identity: str) -> str:
    """Return the name of the package that cargo calls *identity*.

    >>> _package("path+file:///a/snow#_core@0.1.0"), _package("path+file:///a/snow#0.1.0")
    ('_core', 'snow')
    """
    where, _, fragment = identity.partition("#")
    name, at, _ = fragment.partition("@")
    return name if at else where.rpartition("/")[2]
