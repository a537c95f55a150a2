"""The builder ``cargo``: what it tells Cargo, and what it makes of the answer."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.extensions.builders.requesting import LINUX, Tools, codes, request

from trigpoint.extensions import BuildResult, ExtensionError, Output, Stable, Target
from trigpoint.extensions.builders.cargo import CargoBuilder
from trigpoint.extensions.protocol import UNSEEN

PYO3 = '[package]\nname = "snow"\n[dependencies]\npyo3 = "0.30"\n'
RAW = '[package]\nname = "snow"\n'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "snow"
    (folder / "src").mkdir(parents=True)
    (folder / "Cargo.toml").write_text(PYO3, "utf-8")
    (folder / "src" / "lib.rs").write_text("", "utf-8")
    return folder


def builder(root: Path, **config: Any) -> CargoBuilder:
    return CargoBuilder(root, {"module": "pkg._core", **config})


class Cargo(Tools):
    """A Cargo that makes a library with a function, and tells of it as the real one does."""

    def __init__(
        self,
        root: Path,
        *features: str,
        identity: str = "path+file:///tmp/snow#0.1.0",
        kinds: tuple[str, ...] = ("cdylib",),
    ) -> None:
        super().__init__(self.build)
        self.root, self.features, self.identity, self.kinds = root, features, identity, kinds

    def build(self, command: list[str]) -> str:
        folder = Path(command[command.index("--target-dir") + 1])
        made = folder / "libsnow.so"
        made.write_bytes(b"\0PyInit__core\0")
        told = [
            {
                "reason": "compiler-artifact",
                "package_id": "registry+https://example.org#pyo3@0.30.1",
                "manifest_path": "/cargo/pyo3/Cargo.toml",
                "target": {"name": "pyo3", "crate_types": ["lib"]},
                "features": list(self.features),
                "filenames": ["/cargo/libpyo3.rlib"],
            },
            {
                "reason": "compiler-artifact",
                "package_id": self.identity,
                "manifest_path": str((self.root / "Cargo.toml").resolve()),
                "target": {"name": "snow", "crate_types": list(self.kinds)},
                "features": [],
                "filenames": [str(folder / "libsnow.rlib"), str(made)],
            },
            {"reason": "build-finished", "success": True},
            [1],
        ]
        return "\n".join(["a build script prints", *map(json.dumps, told)])


def test_the_library_that_cargo_tells_of_becomes_the_module(root: Path) -> None:
    asked = request(root, Cargo(root))
    result = builder(root).build(asked)
    assert result.outputs == (Output("pkg/_core.cpython-313-x86_64-linux-gnu.so"),)
    assert result.tag == LINUX.tag
    assert result.inputs == ("Cargo.toml", "src/lib.rs")
    assert (asked.out_dir / result.outputs[0].path).read_bytes() == b"\0PyInit__core\0"


def test_cargo_is_told_everything(root: Path) -> None:
    """One command, without what would differ from folder to folder."""
    cargo = Cargo(root, "abi3-py39")
    made = builder(
        root,
        **{
            "limited-api": "3.9",
            "features": ["fast"],
            "no-default-features": True,
            "locked": True,
            "package": "snow",
            "profile": "small",
        },
    ).build(request(root, cargo, env={"CARGO_HOME": "/home/.cargo"}))
    assert str(made.tag) == "cp39-abi3-linux_x86_64"
    target = root.parent / "snow-work" / "build" / "target"
    assert cargo.commands == [
        [
            *("cargo", "rustc", "--lib", "--crate-type", "cdylib"),
            *("--manifest-path", str(root / "Cargo.toml"), "--package", "snow"),
            *("--profile", "small", "--target-dir", str(target)),
            *("--jobs", "3", "--message-format", "json-render-diagnostics"),
            "--no-default-features",
            *("--features", "fast,pyo3/abi3-py39", "--locked"),
            *("--config", 'build.rustflags=["--remap-path-prefix=/home/.cargo=/cargo"]'),
        ]
    ]


def test_pyo3_is_told_of_the_target_in_a_file(root: Path) -> None:
    """The same target is the same file, so that Cargo builds nothing anew."""
    cargo = Cargo(root)
    for python in ("/one/python", "/another/python"):
        builder(root).build(request(root, cargo, replace(LINUX, python=python)))
    first, second = cargo.env
    assert first == second
    assert first["PYO3_BUILD_EXTENSION_MODULE"] == "1"
    assert Path(first["PYO3_CONFIG_FILE"]).read_text("utf-8").splitlines() == [
        "implementation=CPython",
        "version=3.13",
        "shared=false",
        "pointer_width=64",
        "build_flags=",
    ]


def test_a_crate_without_pyo3_is_told_nothing(root: Path) -> None:
    (root / "Cargo.toml").write_text(RAW, "utf-8")
    cargo = Cargo(root)
    builder(root, **{"limited-api": "3.9"}).build(request(root, cargo))
    assert cargo.env == [{}]
    assert "--features" not in cargo.commands[0]


@pytest.mark.parametrize(
    ("dependencies", "feature"),
    [
        ('[dependencies]\npy = { package = "pyo3", version = "0.30" }', "py/abi3-py39"),
        ('[target."cfg(unix)".dependencies]\npyo3-ffi = "0.30"', "pyo3-ffi/abi3-py39"),
    ],
)
def test_pyo3_is_found_by_whatever_name(root: Path, dependencies: str, feature: str) -> None:
    (root / "Cargo.toml").write_text(f'[package]\nname = "snow"\n{dependencies}\n', "utf-8")
    cargo = Cargo(root)
    builder(root, **{"limited-api": "3.9"}).build(request(root, cargo))
    command = cargo.commands[0]
    assert command[command.index("--features") + 1] == feature


def test_abi3t_is_a_feature_of_its_own(root: Path) -> None:
    target = replace(LINUX, version=(3, 15), abi3t_suffix=".abi3t.so", free_threaded=True)
    cargo = Cargo(root, "abi3t-py315")
    result = builder(root, **{"limited-api": "3.15t"}).build(request(root, cargo, target))
    assert "pyo3/abi3t-py315" in cargo.commands[0]
    assert str(result.tag) == "cp315-abi3.abi3t-linux_x86_64"
    assert target.stable(Stable(15, free_threaded=True)) is not None


def test_a_manifest_that_asks_for_abi3_by_itself_is_refused(root: Path) -> None:
    """The file would be called by one Python and built for all, or the other way round."""
    with pytest.raises(ExtensionError) as raised:
        builder(root).build(request(root, Cargo(root, "abi3", "abi3-py311", "abi3-py39")))
    assert codes(raised.value) == [("extension-foreign-tag", "limited-api")]
    assert 'write limited-api = "3.9"' in raised.value.fix


def test_without_the_gil_such_a_manifest_is_no_matter(root: Path) -> None:
    target = replace(LINUX, free_threaded=True)
    result = builder(root).build(request(root, Cargo(root, "abi3-py39"), target))
    assert str(result.tag) == "cp313-cp313t-linux_x86_64"


@pytest.mark.parametrize(
    ("limited", "target", "tag"),
    [
        ("3.14", LINUX, "cp313-cp313-linux_x86_64"),
        (
            "3.9",
            replace(LINUX, implementation="pypy", abi3_suffix=""),
            "pp313-pypy313_pp73-linux_x86_64",
        ),
    ],
)
def test_where_the_table_asks_too_a_manifest_is_no_matter(
    root: Path, limited: str, target: Target, tag: str
) -> None:
    """No limited API of the table serves this Python, and what PyO3 made of the manifest does."""
    cargo = Cargo(root, "abi3-py39")
    result = builder(root, **{"limited-api": limited}).build(request(root, cargo, target))
    assert str(result.tag) == tag
    assert "--features" not in cargo.commands[0]


@pytest.mark.parametrize(
    ("dependencies", "target", "told"),
    [
        ('pyo3 = { version = "1", features = ["abi3-py314"] }', LINUX, "abi3-py314"),
        ('py = { package = "pyo3", features = ["abi3t-py315"] }', LINUX, "abi3t-py315"),
        ('pyo3-ffi = { features = ["eyre", "abi3-py314"] }', LINUX, "abi3-py314"),
        # PyO3 passes over it.
        ('pyo3 = { features = ["abi3-py314"] }', replace(LINUX, free_threaded=True), ""),
        ('pyo3 = { features = ["abi3-py313", 3] }', LINUX, ""),
        ('pyo3 = { features = ["abi3-py314"], optional = true }', LINUX, ""),
        ('other = { features = ["abi3-py314"] }\npyo3 = "1"', LINUX, ""),
        ("pyo3 = { features = 3 }", LINUX, ""),
    ],
)
def test_a_manifest_that_asks_for_a_later_python_is_refused(
    root: Path, dependencies: str, target: Target, told: str
) -> None:
    """PyO3 would say so after the first crates; the table leaves the feature out by itself."""
    text = f'[package]\nname = "crate-a"\n[dependencies]\n{dependencies}\n'
    (root / "Cargo.toml").write_text(text, "utf-8")
    asked = builder(root, **{"limited-api": "3.14"})
    if not told:
        assert asked.get_tag(target) == target.tag
        return
    with pytest.raises(ExtensionError) as raised:
        asked.get_tag(target)
    assert codes(raised.value) == [("extension-foreign-tag", "limited-api")]
    assert f"for {told}, and the target is cpython 3.13" in raised.value.message
    assert f"take {told} out of Cargo.toml" in raised.value.fix


def test_a_crate_without_a_shared_library_is_refused(root: Path) -> None:
    with pytest.raises(ExtensionError) as raised:
        builder(root).build(request(root, Cargo(root, kinds=("lib",))))
    assert codes(raised.value) == [("extension-output-missing", "")]


def test_one_crate_of_a_workspace_is_taken_by_its_name(root: Path) -> None:
    (root / "Cargo.toml").write_text('[workspace]\nmembers = ["a"]\n', "utf-8")
    for identity in ("path+file:///tmp/a#crate-a@0.1.0", "path+file:///tmp/crate-a#0.1.0"):
        cargo = Cargo(root, identity=identity)
        assert builder(root, package="crate-a").build(request(root, cargo)).outputs
        with pytest.raises(ExtensionError, match="no shared library of other"):
            builder(root, package="other").build(request(root, cargo))


def test_static_libraries_of_dependencies_are_found_by_their_contents(root: Path) -> None:
    """Cargo does not look into a library, so another one is in another folder."""
    given = root.parent / "given"
    given.mkdir()
    result = BuildResult((Output("libmelt.a", "internal"),), directory=given)
    seen = []
    for content in (b"one", b"two", b"one"):
        (given / "libmelt.a").write_bytes(content)
        cargo = Cargo(root)
        builder(root).build(request(root, cargo, dependencies={"melt": result}))
        flag, folder = cargo.commands[0][-2:]
        assert flag == "-L"
        assert Path(folder.removeprefix("native="), "libmelt.a").read_bytes() == content
        seen.append(folder)
    assert seen[0] == seen[2]
    assert len(set(seen)) == 2


def test_macos_looks_names_up_late_and_others_are_crossed_to(root: Path) -> None:
    cargo = Cargo(root)
    mac = replace(LINUX, platform="macosx_11_0_arm64", cross=True)
    builder(root).build(request(root, cargo, mac))
    command = cargo.commands[0]
    assert command[command.index("--target") + 1] == "aarch64-apple-darwin"
    assert command[-5:] == [
        "--", "-C", "link-arg=-undefined", "-C", "link-arg=dynamic_lookup",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("platform", "triple"),
    [
        ("manylinux_2_28_aarch64", "aarch64-unknown-linux-gnu"),
        ("musllinux_1_2_x86_64", "x86_64-unknown-linux-musl"),
        ("win_arm64", "aarch64-pc-windows-msvc"),
        ("emscripten_4_0_9_wasm32", "wasm32-unknown-emscripten"),
    ],
)
def test_platforms_have_a_triple(root: Path, platform: str, triple: str) -> None:
    cargo = Cargo(root)
    builder(root).build(request(root, cargo, replace(LINUX, platform=platform, cross=True)))
    assert triple in cargo.commands[0]


def test_a_platform_that_rust_does_not_know_is_refused(root: Path) -> None:
    with pytest.raises(ExtensionError) as raised:
        builder(root).build(
            request(root, Cargo(root), replace(LINUX, platform="amiga_68k", cross=True))
        )
    assert codes(raised.value) == [("extension-foreign-tag", "")]


def test_an_own_target_directory_is_used(root: Path, tmp_path: Path) -> None:
    cargo = Cargo(root)
    builder(root).build(request(root, cargo, env={"CARGO_TARGET_DIR": str(tmp_path / "kept")}))
    assert str(tmp_path / "kept") in cargo.commands[0]


@pytest.mark.parametrize(
    ("config", "found"),
    [
        ({"module": "a-b"}, [("extension-bad-name", "module")]),
        ({"manifest": "src"}, [("extension-bad-value", "manifest")]),
        ({"manifest": "../Cargo.toml"}, [("extension-outside-root", "manifest")]),
        ({"manifest": "rust/Cargo.toml"}, [("extension-source-missing", "manifest")]),
        ({"manifest": "src/lib.rs"}, [("extension-bad-value", "manifest")]),
        ({"feature": []}, [("extension-unknown-key", "feature")]),
        ({"limited-api": "4"}, [("extension-bad-value", "limited-api")]),
        ({"locked": "yes"}, [("extension-wrong-type", "locked")]),
    ],
)
def test_a_bad_table_is_refused(
    root: Path, config: dict[str, Any], found: list[tuple[str, str]]
) -> None:
    (root / "src" / "lib.rs").write_text("pub fn melt() {}", "utf-8")
    with pytest.raises(ExtensionError) as raised:
        builder(root, **config)
    assert codes(raised.value) == found


def test_a_workspace_needs_a_name(root: Path) -> None:
    (root / "Cargo.toml").write_text('[workspace]\nmembers = ["a"]\n', "utf-8")
    with pytest.raises(ExtensionError) as raised:
        builder(root)
    assert codes(raised.value) == [("extension-missing-key", "package")]


def test_a_table_is_read_without_the_files(root: Path) -> None:
    made = builder(UNSEEN, **{"limited-api": "3.9"})
    assert [each.path for each in made.get_expected_outputs(LINUX)] == ["pkg/_core.abi3.so"]


def test_an_sdist_holds_the_crate(root: Path) -> None:
    """Beside ``pyproject.toml`` its own files; in a folder, all but what cargo wrote."""
    (root / "Cargo.toml").write_text(f'{PYO3}[lib]\npath = "native/lib.rs"\n', "utf-8")
    (root / "native").mkdir()
    (root / "native" / "lib.rs").write_text("", "utf-8")
    made = builder(root, sources=["native"])
    assert made.get_sdist_files() == ("Cargo.toml", "src", "native", "native")

    for path in ("rust/src/lib.rs", "rust/target/debug/x", "rust/.git/x", "rust/.hidden"):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text("", "utf-8")
    (root / "rust" / "Cargo.toml").write_text(PYO3, "utf-8")
    made = builder(root, manifest="rust/Cargo.toml")
    assert made.get_sdist_files() == ("rust/Cargo.toml", "rust/src/lib.rs")
