"""Any input is a document: no exception, no byte lost."""

from __future__ import annotations

import email.parser
import email.policy
import json

from hypothesis import given, settings
from hypothesis import strategies as st

from trigpoint.findings import Finding, render
from trigpoint.metadata import (
    FIELDS,
    FORMS,
    VERSIONS,
    Document,
    convert,
    diff,
    from_json,
    from_project_table,
    minimum_version,
    read,
    to_json,
)
from trigpoint.metadata.text.scan import encode

NAMES = st.sampled_from([*FIELDS, "X-a", "name", "Content-Type", "From", "N\u00e4me", ""])
VALUES = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        [
            "2.1",
            "2.6",
            "3.0",
            "1.0",
            "spam",
            "y>=1",
            "y; extra == 'x'",
            "y; 'x' in extras",
            "y (1.0)",
            "y[a]; extra != 'x' or os_name == 'nt'",
            "a, b",
            "A :: B",
            "Docs, https://x.org",
            "MIT",
            "Jane <j@x.org>",
            "j@x.org, k",
            "a\n b",
            "a\n        b\n\t\n",
            "UNKNOWN",
            ">=3.8",
            "x",
            "a-b",
            "a.b; private",
            "text/markdown; variant=GFM",
            "License",
            "one\n       |two",
        ]
    ),
)
COLONS = st.sampled_from([": ", ":", " : ", ":\t", ""])
ENDS = st.sampled_from(["\n", "\n", "\n", "\r\n", "\r", "\n\n", ""])
LINES = st.builds(lambda *parts: "".join(parts), NAMES, COLONS, VALUES, ENDS)
DOCUMENTS = st.builds(
    lambda lines, body: "".join(lines) + body,
    st.lists(LINES, max_size=8),
    st.sampled_from(["", "\nBody\n", "\r\nBody", "junk", "\n\n"]),
)


def use(source: str | bytes) -> Document:
    """Do everything that can be done with a document, and check what must hold."""
    document = read(source)
    assert bytes(document) == (source if isinstance(source, bytes) else encode(source))
    found = document.findings(kind="sdist") + document.findings(next_major=True, reader="2.1")
    assert all(isinstance(finding, Finding) for finding in found)
    json.dumps([finding.to_json() for finding in found])
    render(found, document.text)
    for finding in found:
        if finding.span:
            assert 0 <= finding.span.start <= finding.span.end <= len(document.text)
    once = document.canonical()
    assert read(once).canonical() == once
    for form in FORMS:
        from_json(json.dumps(to_json(document, form).data)).findings()
    assert minimum_version(document).version in (*VERSIONS, "3.0")
    assert {kind.kind for kind in diff(document, document)} == set()
    for header in document.headers:
        for place in (header.span, header.name_span, header.value_span):
            assert 0 <= place.start <= place.end <= len(document.text)
        repr(header)
    return document


def kept(document: Document) -> list[tuple[str, str]]:
    return [
        (header.field.name if header.field else header.name, header.value)
        for header in document.headers
    ]


@given(st.binary(max_size=300))
def test_bytes(data: bytes) -> None:
    """Any bytes."""
    use(data)


@given(DOCUMENTS)
def test_text_that_looks_like_metadata(text: str) -> None:
    """Text made of fields, good and bad."""
    use(text)
    use(text.encode("utf-8", "surrogatepass"))
    use(text.encode("latin-1", "replace"))


@given(DOCUMENTS)
def test_headers_are_those_of_the_email_parser(text: str) -> None:
    """The same lines are headers as for email.parser, and the same text is the body."""
    if "From " in text or "\x00" in text:
        return
    message = email.parser.HeaderParser(policy=email.policy.compat32).parsestr(text)
    document = read(text)
    assert [header.name for header in document.headers] == message.keys()
    if not any("\ud800" <= char <= "\udfff" for char in text):
        assert document.body == message.get_payload()


@settings(max_examples=60)
@given(DOCUMENTS, st.sampled_from([*VERSIONS, "3.0"]), st.booleans())
def test_conversions(text: str, to: str, force: bool) -> None:
    """Every conversion ends, and every value that is not in the result is reported."""
    document = read(text)
    made = convert(document, to, force=force)
    json.dumps(made.to_json())
    if made.document is None:
        assert not force
        return
    use(bytes(made.document))
    told = {(change.field, change.before) for change in made.changes}
    after = kept(made.document)
    assert [pair for pair in kept(document) if pair not in after and pair not in told] == []


@given(st.text(alphabet=st.sampled_from("[]project.nameversiond=\"'{}#,\n \\1-"), max_size=80))
def test_toml(text: str) -> None:
    """Any text as pyproject.toml."""
    from_project_table("[project]\n" + text).findings()
    from_project_table(text).findings()


TABLES = st.recursive(
    st.one_of(st.booleans(), st.integers(0, 9), VALUES),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(["name", "email", "file", "text", "a_b", "a-b", "x"]), inner, max_size=3
        ),
    ),
    max_leaves=6,
)
KEYS = [
    "name",
    "version",
    "description",
    "readme",
    "requires-python",
    "license",
    "license-files",
    "authors",
    "maintainers",
    "keywords",
    "classifiers",
    "urls",
    "dependencies",
    "scripts",
    "optional-dependencies",
    "entry-points",
    "dynamic",
    "import-names",
    "import-namespaces",
    "default-optional-dependency-keys",
    "colour",
]


def spell(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return json.dumps(value.encode("utf-8", "replace").decode()).replace("\x7f", "")
    if isinstance(value, list):
        return "[" + ", ".join(map(spell, value)) + "]"
    assert isinstance(value, dict)
    return (
        "{" + ", ".join(f"{json.dumps(key)} = {spell(item)}" for key, item in value.items()) + "}"
    )


@given(st.dictionaries(st.sampled_from(KEYS), TABLES, max_size=5))
def test_project_tables(table: dict[str, object]) -> None:
    """Any values under the keys of [project]."""
    text = "[project]\n" + "".join(f"{key} = {spell(value)}\n" for key, value in table.items())
    document = from_project_table(text)
    for finding in document.findings():
        if finding.span:
            assert 0 <= finding.span.start <= finding.span.end <= len(text)
    use(bytes(document))


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["name", "project_url", "label", "url", "classifier"]),
                inner,
                max_size=3,
            )
        ),
    )
)
def test_json(data: object) -> None:
    """Any JSON."""
    from_json(json.dumps(data)).findings()
