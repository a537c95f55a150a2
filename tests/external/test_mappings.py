"""Registries and mappings: what is read of them, and what is wrong with other people's."""

from __future__ import annotations

import copy
import itertools
import json
import re
from importlib import resources
from typing import Any

import pytest

from trigpoint.external import documents, mappings
from trigpoint.external import registry as registry_module
from trigpoint.external.documents import Reader, places
from trigpoint.external.mappings import (
    ECOSYSTEMS,
    SOURCES,
    STATES,
    UnknownEcosystemError,
    is_package,
    mapping,
    read_mapping,
)
from trigpoint.external.registry import SPELLINGS, read_registry, registry
from trigpoint.metadata.text.depth import MOST_LEVELS

from .documents import MANAGER, mapping_text, registry_text

A, B, V = "dep:generic/a", "dep:generic/b", "dep:virtual/interface/v"
PLACE = re.compile(r"[\w.-]+/[\w.-]+, [\w./-]+ at [0-9a-f]{12,40}").fullmatch
"""What names a repository, a file of it and a commit, by its whole name or the first twelve letters."""

DATA = resources.files("trigpoint.external").joinpath("data")


def codes(text: str, read: Any = read_mapping) -> list[str]:
    return [each.code for each in read(text).findings]


# -- what a registry means --------------------------------------------------------------


def test_alias_and_provider() -> None:
    """What provides something concrete is another name; what provides only virtual things is not."""
    text = registry_text(
        V,
        {"id": A, "provides": V},
        {"id": B, "provides": [A]},
        {"id": "dep:github/Spam/Eggs", "provides": [V, B]},
    )
    known = read_registry(text).registry
    assert (A,) == known.providers(V)
    assert [A, A, V] == [known.canonical(each) for each in (B, "dep:github/spam/eggs", V)]
    assert A == known.canonical(A)


def test_provides_may_be_a_text() -> None:
    """A text is one name, not the letters of one."""
    known = read_registry(registry_text(V, {"id": A, "provides": V})).registry
    assert (V,) == known.definitions[A].provides


def test_names_are_canonical_on_both_sides() -> None:
    """Where a type folds case, the spellings of the document and of the question are one."""
    text = registry_text(A, {"id": "dep:github/A/B", "provides": A})
    assert A == read_registry(text).registry.canonical("dep:github/a/b")


def test_a_qualifier_is_no_other_name() -> None:
    """An entry that differs by a qualifier leads to itself, and is no cycle."""
    text = registry_text(A, {"id": f"{A}?repository_url=https://x.org", "provides": A})
    assert ((), A) == (read_registry(text).findings, read_registry(text).registry.canonical(A))


def test_urls_of_any_form() -> None:
    """Addresses are a text, a list, or have labels."""
    forms = ("https://a.org", ["https://a.org"], {"home": "https://a.org"})
    for urls in forms:
        read = read_registry(registry_text({"id": A, "urls": urls}))
        assert ("https://a.org",) == read.registry.definitions[A].urls
        assert () == read.findings


def test_suggestions() -> None:
    """An equal name of another type comes first, then near names; nothing far."""
    known = registry()
    assert ("dep:generic/zlib",) == known.suggestions("dep:github/spam/zlib")
    assert "dep:generic/openssl" in known.suggestions("dep:generic/opnssl")
    assert () == known.suggestions("dep:generic/spam")
    assert () == known.suggestions("dep:generic/" + "z" * 101)


def test_suggestions_of_a_large_registry_are_equal_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """Over the bound nothing is compared letter by letter."""
    known = read_registry(registry_text("dep:generic/zlib", "dep:generic/x")).registry
    monkeypatch.setattr(registry_module, "_MOST_COMPARED", 2)
    assert ("dep:generic/zlib",) == known.suggestions("dep:generic/zlibb")
    monkeypatch.setattr(registry_module, "_MOST_COMPARED", 1)
    registry_module._near.cache_clear()  # what was compared is remembered
    assert () == known.suggestions("dep:generic/zlibb")
    assert ("dep:generic/zlib",) == known.suggestions("dep:github/a/zlib")


def test_registry_findings() -> None:
    """A known name is fine, another name says what to write, an unknown one what may be meant."""
    known = registry()
    assert () == known.findings("dep:generic/zlib")
    (alias,) = known.findings("dep:virtual/compiler/cpp")
    assert alias.fix is not None
    assert ("external-alias", "write dep:virtual/compiler/cxx") == (alias.code, alias.fix.message)
    (unknown,) = known.findings("dep:generic/zlibb")
    assert unknown.fix is not None
    assert ("external-unknown", "did you mean dep:generic/zlib?") == (
        unknown.code,
        unknown.fix.message,
    )
    assert None is known.findings("dep:generic/spam")[0].fix


def test_spellings_lead_to_what_is_defined() -> None:
    """No spelling is defined itself, and each leads to something that is."""
    known = registry().definitions
    assert [] == [key for key in SPELLINGS if key in known]
    assert [] == [value for value in SPELLINGS.values() if value not in known]


WRONG_REGISTRIES = [
    ("[]", ["mapping-json"]),
    ("{", ["mapping-json"]),
    ("[" * (MOST_LEVELS + 1), ["mapping-json"]),
    ("{}", ["mapping-missing"]),
    ('{"definitions": [], "definitions": []}', ["mapping-key-twice"]),
    (registry_text(schema_version=2), ["mapping-schema"]),
    (registry_text(schema_version="1"), ["mapping-schema"]),
    (registry_text(schema_version=True), ["mapping-schema"]),
    (registry_text(spam=1), ["mapping-key"]),
    ('{"definitions": {}}', ["mapping-type"]),
    ('{"definitions": [1]}', ["mapping-type"]),
    (registry_text({}), ["mapping-missing"]),
    (registry_text({"id": ""}), ["mapping-type"]),
    (registry_text({"id": 1}), ["mapping-type"]),
    (registry_text("zlib"), ["mapping-id"]),
    (registry_text(f"{A}@1"), ["mapping-id"]),
    (registry_text(A, A), ["mapping-twice"]),
    (registry_text(A, {"id": V, "provides": A}), ["mapping-virtual"]),
    (registry_text({"id": A, "provides": B}), ["mapping-undefined"]),
    (registry_text({"id": A, "provides": [1]}), ["mapping-type"]),
    (registry_text({"id": A, "provides": [""]}), ["mapping-type"]),
    (registry_text({"id": A, "description": 1}), ["mapping-type"]),
    (registry_text({"id": A, "urls": {"home": 1}}), ["mapping-type"]),
    (registry_text({"id": A, "provides": A}), ["mapping-cycle"]),
    (
        registry_text({"id": A, "provides": B}, {"id": B, "provides": A}),
        ["mapping-cycle", "mapping-cycle"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), WRONG_REGISTRIES)
def test_wrong_registry(text: str, expected: list[str]) -> None:
    """Everything that the schema does not have is said, and reading goes on."""
    assert expected == codes(text, read_registry)


def test_a_cycle_leaves_names_alone() -> None:
    """A name that leads back to itself is what it says."""
    text = registry_text({"id": A, "provides": B}, {"id": B, "provides": A})
    assert [A, B] == [read_registry(text).registry.canonical(each) for each in (A, B)]


def test_a_long_trail_of_names_ends() -> None:
    """Names of names are followed up to a number of steps."""
    names = [f"dep:generic/n{i}" for i in range(registry_module._MOST_STEPS + 3)]
    trail = [{"id": a, "provides": b} for a, b in itertools.pairwise(names)]
    near = read_registry(registry_text(*trail[-registry_module._MOST_STEPS :], names[-1]))
    assert names[-1] == near.registry.canonical(names[-1 - registry_module._MOST_STEPS])
    assert () == near.findings
    far = read_registry(registry_text(*trail, names[-1]))
    assert "mapping-cycle" in [each.code for each in far.findings]


# -- mappings ---------------------------------------------------------------------------


def test_specs_of_any_form() -> None:
    """A text and a list are for all purposes; an object says it by purpose."""
    forms: list[tuple[Any, tuple[tuple[str, ...], ...]]] = [
        ("x", (("x",), ("x",), ("x",))),
        (["x", "y"], (("x", "y"),) * 3),
        ({"build": "x", "host": ["y"], "run": []}, (("x",), ("y",), ())),
        ({"build": "x", "build_host": "y", "run": "z"}, (("x",), ("y",), ("z",))),
    ]
    for specs, expected in forms:
        read = read_mapping(mapping_text({"id": A, "specs": specs}))
        cell = read.mapping.cell(A)
        assert cell is not None
        assert (expected, ()) == ((cell.build, cell.host, cell.run), read.findings)


def test_no_packages_is_not_no_entry() -> None:
    """An empty list says that it is known not to be packaged."""
    read = read_mapping(mapping_text({"id": A, "specs": []})).mapping
    cell = read.cell(A)
    assert cell is not None
    assert not cell.packaged
    assert None is read.cell(B)


def test_specs_from() -> None:
    """Packages of another entry are taken along the trail, and what else is said stays."""
    read = read_mapping(
        mapping_text(
            {"id": A, "specs_from": B, "description": "mine"},
            {"id": B, "specs_from": "dep:generic/c"},
            {"id": "dep:generic/c", "specs": "c"},
        )
    )
    cell = read.mapping.cell(A)
    assert cell is not None
    assert (("c",), "mine", ()) == (cell.host, cell.description, read.findings)


def test_several_entries_for_a_name() -> None:
    """The first is taken, the others are there to choose from."""
    read = read_mapping(mapping_text({"id": A, "specs": "x"}, {"id": A, "specs": "y"})).mapping
    assert [("x",), ("y",)] == [each.host for each in read.cells(A)]


def test_extra_metadata() -> None:
    """Our keys are read where they fit, and anything else there is somebody's own."""
    extra = {
        "state": "verified",
        "version": 1,
        "module": "--libs",
        "sonames": ["liba.so.1", "-x", 2],
        "own": {"any": "thing"},
    }
    read = read_mapping(mapping_text({"id": A, "specs": "a", "extra_metadata": extra}))
    cell = read.mapping.cell(A)
    assert cell is not None
    assert ("verified", "", "", ("liba.so.1",), ()) == (
        cell.state,
        cell.version,
        cell.module,
        cell.sonames,
        read.findings,
    )


def test_manager() -> None:
    """Commands and syntax are read as they are."""
    (made,) = read_mapping(mapping_text()).mapping.managers
    assert ("spam", ("spam", "--yes", "{}"), "always") == (
        made.name,
        made.install.argv,
        made.install.several,
    )
    assert made.query is not None
    assert ("never", ",", {"==", ">=", ">", "<=", "<"}) == (
        made.query.several,
        made.syntax.joint,
        set(made.syntax.operators),
    )


def with_manager(change: dict[str, Any]) -> str:
    """Return a mapping whose package manager has other values at dotted paths."""
    made: Any = copy.deepcopy(MANAGER)
    for path, value in change.items():
        *above, last = path.split(".")
        at = made
        for key in above:
            at = at[key]
        at[last] = value
    return mapping_text(managers=[made])


WRONG_MAPPINGS = [
    (mapping_text({"id": A}), ["mapping-specs"]),
    (mapping_text({"id": A, "specs": "a", "specs_from": A}), ["mapping-specs"]),
    (mapping_text({"specs": "a"}), ["mapping-missing"]),
    (mapping_text({"id": A, "specs": 1}), ["mapping-type"]),
    (mapping_text({"id": A, "specs": {"test": "a"}}), ["mapping-key"]),
    (mapping_text({"id": A, "specs": "a", "spam": 1}), ["mapping-key"]),
    (mapping_text({"id": A, "specs": "a", "extra_metadata": 1}), ["mapping-type"]),
    (mapping_text({"id": A, "specs_from": B}), ["mapping-undefined"]),
    (mapping_text({"id": A, "specs_from": A}), ["mapping-cycle"]),
    (
        mapping_text({"id": A, "specs_from": B}, {"id": B, "specs_from": A}),
        ["mapping-cycle"],
    ),
    (mapping_text(name=""), ["mapping-type"]),
    (with_manager({"name": 1}), ["mapping-type"]),
    (with_manager({"commands": []}), ["mapping-type"]),
    (with_manager({"commands.install.command": ["x"]}), ["mapping-placeholder"]),
    (with_manager({"commands.install.command": ["{}", "{}"]}), ["mapping-placeholder"]),
    (with_manager({"commands.install.multiple_specifiers": "x"}), ["mapping-type"]),
    (with_manager({"commands.install.requires_elevation": "x"}), ["mapping-type"]),
    (with_manager({"specifier_syntax.name_only": ["x"]}), ["mapping-placeholder"]),
    (with_manager({"specifier_syntax.exact_version": ["{name}"]}), ["mapping-placeholder"]),
    (
        with_manager({"specifier_syntax.version_ranges.syntax": ["{name}"]}),
        ["mapping-placeholder"],
    ),
    (with_manager({"specifier_syntax.version_ranges.equal": "x"}), ["mapping-placeholder"]),
    (with_manager({"spam": 1}), ["mapping-key"]),
    (with_manager({"specifier_syntax": {}}), ["mapping-missing"] * 3),
]


@pytest.mark.parametrize(("text", "expected"), WRONG_MAPPINGS)
def test_wrong_mapping(text: str, expected: list[str]) -> None:
    """Everything that the schema does not have is said, and reading goes on."""
    assert expected == codes(text)


def test_what_a_manager_may_leave_out() -> None:
    """Null stands for what a package manager cannot do, and is fine."""
    text = with_manager(
        {
            "commands.query": None,
            "specifier_syntax.exact_version": None,
            "specifier_syntax.version_ranges": None,
        }
    )
    read = read_mapping(text)
    (made,) = read.mapping.managers
    assert ((), None, None, None) == (
        read.findings,
        made.query,
        made.syntax.exact,
        made.syntax.ranges,
    )


def test_findings_have_places() -> None:
    """A finding is where the value is, all of them in text order."""
    text = mapping_text({"id": "zlib", "specs": "a"}, {"id": A, "specs": ["b", "-rf", "c;d"]})
    found = read_mapping(text).findings
    marked = [text[each.span.start : each.span.end] for each in found if each.span]
    assert ['"zlib"', '"-rf"', '"c;d"'] == marked


def test_held_to_a_registry() -> None:
    """Entries for other names and for unknown ones are said, and an alias counts as what it means."""
    known = read_registry(registry_text(A, {"id": B, "provides": A})).registry
    text = mapping_text({"id": B, "specs": "x"}, {"id": "dep:generic/spam", "specs": "y"})
    read = read_mapping(text, known)
    assert ["mapping-alias", "mapping-unknown"] == [each.code for each in read.findings]
    assert None is not read.mapping.cell(A)


NAMES = [
    *((each, True) for each in ("a", "g++", "openssl@3", "cudaPackages.nccl", "_openmp_mutex")),
    *((each, True) for each in ("blas * openblas", "libblas * *_openblas", "a/b", "R-devel")),
    *(
        (each, False)
        for each in ("", "-", "-rf", "--purge", "a;b", "a b|c$", "$(x)", "a\nb", "`x`")
    ),
    *((each, False) for each in ("a'b", 'a"b', "../a", "a/../b", "a b c d", "é", "a" * 201, ".a")),
]


@pytest.mark.parametrize(("text", "expected"), NAMES)
def test_is_package(text: str, expected: bool) -> None:
    """A name that could be an option, or more than a word, is none."""
    assert expected == is_package(text)


def test_the_longest_name() -> None:
    """The bound itself is still a name."""
    assert is_package("a" * mappings._LONGEST)


# -- bounds -----------------------------------------------------------------------------


def test_most_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    """A document of the bound is read, one letter more is not."""
    text = registry_text(A)
    monkeypatch.setattr(documents, "MOST_LETTERS", len(text))
    assert [] == codes(text, read_registry)
    assert ["mapping-large"] == codes(text + " ", read_registry)[:1]


def test_most_entries(monkeypatch: pytest.MonkeyPatch) -> None:
    """Entries over the bound are left out, and that is said."""
    monkeypatch.setattr(registry_module, "MOST_DEFINITIONS", 1)
    monkeypatch.setattr(mappings, "MOST_ENTRIES", 1)
    assert [] == codes(registry_text(A), read_registry)
    assert ["mapping-large"] == codes(registry_text(A, B), read_registry)
    one, two = {"id": A, "specs": "a"}, {"id": B, "specs": "b"}
    assert [] == codes(mapping_text(one))
    assert ["mapping-large"] == codes(mapping_text(one, two))
    assert {A} == set(read_mapping(mapping_text(one, two)).mapping.entries)


def test_most_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of more findings than the bound the rest is counted."""
    monkeypatch.setattr(documents, "MOST_SAID", 2)
    assert ["mapping-id"] * 2 == codes(registry_text("x", "y"), read_registry)
    found = read_registry(registry_text("x", "y", "z")).findings
    assert ["mapping-id", "mapping-id", "mapping-large"] == [each.code for each in found]
    assert "1 more things are wrong, and not listed" == found[-1].message


def test_places_of_every_value() -> None:
    """Each value of a document is where the standard library finds it."""
    text = '{"a": {"b": [1, {"c": null}], "d\\"": "x,y"}, "e": []}'
    found = places(text)
    data = json.loads(text)

    def walk(value: Any, path: tuple[str | int, ...]) -> None:
        start, end = found.pop(path)
        if isinstance(value, dict):
            assert "{" == text[start:end]
            for key, each in value.items():
                walk(each, (*path, key))
        elif isinstance(value, list):
            assert "[" == text[start:end]
            for i, each in enumerate(value):
                walk(each, (*path, i))
        else:
            assert value == json.loads(text[start:end])

    walk(data, ())
    assert {} == found


def test_a_number_is_no_text() -> None:
    """A number stays a number, although it is kept as it was written."""
    reader = Reader('{"a": 1.5, "b": ["x", 2]}', "a thing")
    assert ("", ()) == (
        reader.text_at(reader.data, "a", ()),
        reader.texts_at(reader.data, "b", ()),
    )
    assert 2 == len(reader.findings())


# -- our own data -----------------------------------------------------------------------


def test_unknown_ecosystem() -> None:
    """A name that no document has is the caller's mistake."""
    with pytest.raises(UnknownEcosystemError, match="no ecosystem is called 'spam'"):
        mapping("spam")


def test_our_registry() -> None:
    """It follows the schema, has 150 canonical names or more, and each has a description."""
    read = read_registry(DATA.joinpath("registry.json").read_text("utf-8"))
    assert () == read.findings
    canonical = [
        each for each in read.registry.definitions if read.registry.canonical(each) == each
    ]
    assert len(canonical) >= 150
    assert [] == [each for each in canonical if not read.registry.definitions[each].description]


def test_every_virtual_has_a_meaning() -> None:
    """What is virtual is mapped in an ecosystem itself or has a provider."""
    known = registry()
    virtual = [each for each in known.definitions if each.startswith("dep:virtual/")]
    debian = mapping("debian")
    assert [] == [
        each for each in virtual if not known.providers(each) and debian.cell(each) is None
    ]


@pytest.mark.parametrize("ecosystem", ECOSYSTEMS)
def test_our_mapping(ecosystem: str) -> None:
    """It follows the schema and the registry; each cell has source, date and state."""
    text = DATA.joinpath(f"{ecosystem}.mapping.json").read_text("utf-8")
    read = read_mapping(text, registry())
    assert () == read.findings
    for cells in read.mapping.entries.values():
        for cell in cells:
            assert cell.state in STATES, cell.id
            assert cell.packaged == (cell.state != "not packaged"), cell.id
            known = set(cell.source) <= set(SOURCES) or cell.source in SOURCES
            assert known or PLACE(cell.source) or cell.source.startswith("https://"), cell.id
            assert "2026-" == cell.date[:5], cell.id


def test_only_debian_is_verified() -> None:
    """Nothing is called verified that no session can verify."""
    states = {
        ecosystem: {cell.state for cells in mapping(ecosystem).entries.values() for cell in cells}
        for ecosystem in ECOSYSTEMS
    }
    assert ["debian"] == [each for each, found in states.items() if "verified" in found]


def test_documents_differ_from_memory() -> None:
    """A cell that somebody has sourced does not say that it was written from memory."""
    for ecosystem in ECOSYSTEMS:
        for cell, *_ in mapping(ecosystem).entries.values():
            assert ("unverified" == cell.state) <= ("?" == cell.source), (ecosystem, cell.id)
            assert ("sourced" == cell.state) <= ("?" not in cell.source), (ecosystem, cell.id)


def test_sources_are_places_and_used() -> None:
    """A source that is a word names a repository, a file of it and the commit; each is of use."""
    words = [key for key in SOURCES if len(key) > 1 and key != "apt"]
    assert [] == [key for key in words if not PLACE(SOURCES[key])]
    cells = [
        cell for name in ECOSYSTEMS for all_ in mapping(name).entries.values() for cell in all_
    ]
    assert [] == [key for key in words if key not in {cell.source for cell in cells}]


def test_place_of_a_key_that_stands_twice() -> None:
    """The last value counts, so what is wrong with it is marked there and not on the first."""
    text = '{"name": "spam", "name": 1}'
    reader = Reader(text, "a mapping")
    reader.text_at(reader.data, "name", ())
    assert ["1"] == [
        text[found.span.start : found.span.end] for found in reader.findings() if found.span
    ]


def test_bound_of_entries_for_one_name() -> None:
    """As many are choices as the bound says; one more is left out, and told."""
    row = {"id": "dep:virtual/interface/mpi", "specs": "mpi"}
    at = read_mapping(mapping_text(*[row] * mappings.MOST_CHOICES))
    assert ((), mappings.MOST_CHOICES) == (at.findings, len(at.mapping.cells(row["id"])))
    over = read_mapping(mapping_text(*[row] * (mappings.MOST_CHOICES + 1)))
    assert mappings.MOST_CHOICES == len(over.mapping.cells(row["id"]))
    assert ["mapping-large"] == [each.code for each in over.findings]


def test_bound_of_packages_of_one_entry() -> None:
    """As many are read as the bound says; one more is left out, and told."""
    for count, codes in (
        (mappings.MOST_PACKAGES, []),
        (mappings.MOST_PACKAGES + 1, ["mapping-large"]),
    ):
        row = {"id": "dep:generic/zlib", "specs": {"build": [f"z{i}" for i in range(count)]}}
        read = read_mapping(mapping_text(row))
        assert codes == [each.code for each in read.findings]
        assert mappings.MOST_PACKAGES == len(read.mapping.entries["dep:generic/zlib"][0].build)


def test_names_are_compared_only_as_long_as_that_is_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    """What would be counted only is not looked for: each unknown name is compared with all."""
    asked: list[str] = []
    known = registry()
    monkeypatch.setattr(documents, "MOST_SAID", 2)

    def findings(_registry: object, name: str) -> tuple[()]:
        asked.append(name)
        return ()

    monkeypatch.setattr(registry_module.Registry, "findings", findings)
    rows = [{"id": f"dep:generic/none-{i}", "specs": "a;b"} for i in range(4)]
    read = read_mapping(mapping_text(*rows), known)
    assert ["dep:generic/none-0", "dep:generic/none-1"] == asked
    assert 4 == len(read.mapping.entries)


def test_a_cycle_of_specs_is_where_it_is_written() -> None:
    """The finding marks what specs_from leads to, and names the way."""
    text = mapping_text({"id": A, "specs_from": A})
    (found,) = read_mapping(text).findings
    assert found.span is not None
    start = text.index(f'"{A}"', text.index("specs_from"))
    assert (start, start + len(A) + 2) == (found.span.start, found.span.end)
    assert f"specs_from of {A} leads back to it: {A} -> {A}" == found.message


def test_what_is_kept_of_extra_metadata() -> None:
    """Each of our keys lands in the cell; somebody else's are left alone."""
    extra = {
        **{key: key[:3] for key in ("state", "source", "date", "version", "component", "module")},
        "spam": "x",
    }
    cell = read_mapping(
        mapping_text({"id": A, "specs": "a", "extra_metadata": extra})
    ).mapping.cell(A)
    assert cell is not None
    assert ("sta", "sou", "dat", "ver", "com", "mod") == (
        *(cell.state, cell.source, cell.date),
        *(cell.version, cell.component, cell.module),
    )
