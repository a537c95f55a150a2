"""The extensions lab: what would be built, from the text alone."""

from __future__ import annotations

import pytest

from trigpoint.extensions.tables import MOST_EXTENSIONS
from trigpoint.labs import LABS, answer, examples
from trigpoint.labs.extensions.answer import answer as ask
from trigpoint.labs.extensions.data import (
    DEFAULT_TARGET,
    MOST_TEXT,
    TARGETS,
    ExtensionsRequest,
    ExtensionsResponse,
)
from trigpoint.labs.extensions.words import TITLES, files, needs, summary

HEAD = "[[tool.trigpoint.extensions]]\n"
CORE = (
    f'{HEAD}name = "core"\nbuilder = "c"\nmodule = "a._core"\nsources = ["core.c"]\n'
    'limited-api = "3.9"\ndepends-on = ["adder"]\n'
)
FAST = f'{HEAD}name = "fast"\nbuilder = "c"\nmodule = "a._fast"\nsources = ["fast.c"]\n'
LIBRARY = (
    f'{HEAD}name = "adder"\nbuilder = "c"\nkind = "static-library"\nlibrary = "adder"\n'
    'sources = ["adder.c"]\n'
)


def told(text: str, **given: str) -> ExtensionsResponse:
    return ask(ExtensionsRequest(text, **given))


def test_order_files_and_tag() -> None:
    """A library comes first and is internal; the wheel is for the stable ABI."""
    response = told(CORE + LIBRARY)
    assert [("adder", "1"), ("core", "2")] == [(each.name, each.when) for each in response.rows]
    assert ["internal", "platlib"] == [each.outputs[0].scheme for each in response.rows]
    assert "after adder" == needs(response.rows[1])
    assert "cp39-abi3-linux_x86_64" == response.tag
    assert "2 extensions would be built, and the wheel is cp39-abi3-linux_x86_64." == summary(
        response
    )


def test_each_row_knows_its_table() -> None:
    """The row of a table leads to its header, in whatever order they are built."""
    text = CORE + LIBRARY
    found = {each.name: text[each.start : each.end] for each in told(text).rows}
    assert {"[[tool.trigpoint.extensions]]"} == set(found.values())
    starts = {each.name: each.start for each in told(text).rows}
    assert {"core": 0, "adder": len(CORE)} == starts


@pytest.mark.parametrize(
    ("target", "tag"),
    [
        ("cpython-3.11-linux-x86_64", "cp39-abi3-linux_x86_64"),
        ("cpython-3.14t-linux-x86_64", "cp314-cp314t-linux_x86_64"),
        ("cpython-3.13-windows-x64", "cp39-abi3-win_amd64"),
        ("cpython-3.13-macos-arm64", "cp39-abi3-macosx_11_0_arm64"),
        ("pypy-3.11-linux-x86_64", "pp311-pypy311_pp73-linux_x86_64"),
    ],
)
def test_other_targets(target: str, tag: str) -> None:
    """What has no stable ABI gets a wheel of its own."""
    assert tag == told(CORE + LIBRARY, target=target).tag


def test_every_target_has_a_title() -> None:
    """The menu shows each of them."""
    assert TARGETS.keys() == TITLES.keys()
    assert DEFAULT_TARGET in TARGETS


def test_selection() -> None:
    """What is off says who turned it off, and has no files."""
    response = told(CORE + FAST + LIBRARY, select="-fast")
    assert {"core": "2", "fast": "off (selected)", "adder": "1"} == {
        each.name: each.when for each in response.rows
    }
    assert "2 of 3 extensions would be built" in summary(response)


def test_what_is_wrong_has_its_place() -> None:
    """A finding marks the key, and another builder is asked nothing."""
    text = FAST.replace("sources", "sorces").replace('"c"', '"cc"') + CORE.replace("3.9", "4.1")
    response = told(text)
    marked = [text[each.span.start : each.span.end] for each in response.findings if each.span]
    assert ["builder", "limited-api", '"adder"'] == marked
    assert "Nothing would be built: 3 errors." == summary(response)
    assert ["", ""] == [files(each) for each in response.rows]


@pytest.mark.parametrize(
    "text", ["[", "tool = 1", "[tool]\ntrigpoint.extensions = {}", "# nothing"]
)
def test_texts_without_a_plan(text: str) -> None:
    """There are no rows, and only what cannot be read at all is not valid."""
    response = told(text)
    assert () == response.rows
    assert (text != "[") == LABS["extensions"].valid(response)


def test_another_target_is_a_finding() -> None:
    """The answer is for the usual one then."""
    response = told(CORE + LIBRARY, target="cpython-2.7")
    assert ["request-field"] == [each.code for each in response.findings]
    assert (DEFAULT_TARGET, 2) == (response.target, len(response.rows))


@pytest.mark.parametrize(("more", "codes"), [(0, []), (1, ["request-field"])])
def test_longest_text(more: int, codes: list[str]) -> None:
    """A text at the bound is read, and one letter more is told."""
    text = CORE + LIBRARY
    response = told(text + "#" * (MOST_TEXT - len(text) + more))
    assert codes == [each.code for each in response.findings]


def test_many_tables_are_answered() -> None:
    """As many as are read, with a finding for the rest."""
    text = FAST * (MOST_EXTENSIONS + 1)
    codes = {each.code for each in told(text).findings}
    assert {"extension-too-many", "extension-duplicate-name"} == codes


@pytest.mark.parametrize("example", examples("extensions"), ids=lambda each: each["label"])
def test_examples_are_what_they_say(example: dict[str, object]) -> None:
    """Those of real packages have no finding, and the one that shows findings has several."""
    response = ask(ExtensionsRequest(**example["request"]))  # type: ignore[arg-type]
    assert (4 if "wrong" in str(example["label"]) else 0) <= len(response.findings)
    assert ("wrong" in str(example["label"])) == bool(response.findings)


def test_shares_lead_to_the_same() -> None:
    """The command has the selection and the target."""
    share = LABS["extensions"].share(ExtensionsRequest(FAST, "-fast", "pypy-3.11-linux-x86_64"))
    assert share.command.startswith(
        "trigpoint extensions explain - --select=-fast --on pypy-3.11-linux-x86_64 <<'EOF'"
    )
    assert '"select": ' not in share.embed
    assert 'select: "-fast"' in share.embed
    assert "would be built" in answer(
        "extensions", '{"text": "' + FAST.replace('"', "'").replace("\n", "\\n") + '"}'
    )
