"""packageurl-python as an oracle: a DepURL is a package URL with another scheme, and ranges.

Both read the same text, each with its scheme.  Where one reads what the other does not, or
reads another part in it, :data:`trigpoint.external.differences.DIFFERENCES` must explain it;
every row of that has an example here that shows it.
"""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from trigpoint.external import DepURL, read_dep_url
from trigpoint.external.differences import DIFFERENCES, DifferenceFromPackageURL

from ..external.strings import BAD, GOOD

packageurl = pytest.importorskip("packageurl", reason="nox -s tests brings packageurl-python")

STRICTER = {code for difference in DIFFERENCES for code in difference.stricter}
RENAMED = {kind for difference in DIFFERENCES for kind in difference.types}
TEXTS = [
    text.strip(" \t")[4:]
    for text in [*(text for text, _, _ in GOOD), *(text for text, _ in BAD)]
    if text.strip(" \t").startswith("dep:")
]

Parts = tuple[str, str, str, str, tuple[tuple[str, str], ...], str]


def theirs(text: str) -> Parts | None:
    """Return what packageurl-python reads in *text*, behind the scheme; None if it refuses it."""
    try:
        found = packageurl.PackageURL.from_string(f"pkg:{text}")
    except ValueError:
        return None
    return (
        found.type,
        found.namespace or "",
        found.name,
        found.version or "",
        tuple(found.qualifiers.items()),
        found.subpath or "",
    )


def ours(url: DepURL) -> Parts:
    """Return the parts of *url* in their canonical spelling."""
    kind, _, path = url.identifier.removeprefix("dep:").partition("/")
    namespace, _, name = path.rpartition("/")
    return kind, namespace, name, url.version, url.qualifiers, url.subpath


def compare(text: str) -> set[str]:
    """Hold both readers to each other and to the table; return the names of what explains it."""
    read, other = read_dep_url(f"dep:{text}"), theirs(text)
    if read.url is None:
        codes = {found.code for found in read.findings if found.severity.value == "error"}
        if other is not None:
            assert codes <= STRICTER, (text, codes - STRICTER)
            return {each.name for each in DIFFERENCES if codes & set(each.stricter)}
        return set()
    mine = ours(read.url)
    if mine == other:
        return set()
    if "@" in mine[1]:
        return {"an @ in front of a namespace"}
    assert other is not None, text
    if "\t" in mine[3] and (*mine[:3], mine[3].replace("\t", ""), *mine[4:]) == other:
        return {"tabs"}
    told = {each.name for each in DIFFERENCES if mine[0] in each.types}
    assert told, (text, mine, other)
    # What is rewritten are namespaces, names and commits; case and the signs between letters.
    assert [_bare(part) for part in mine] == [_bare(part) for part in other], text
    return told


def _bare(part: object) -> object:
    if not isinstance(part, str):
        return part
    return re.sub("[-_.]+", "-", part.lower())


@pytest.mark.parametrize("text", TEXTS)
def test_strings(text: str) -> None:
    """All that stands in the tables of good and bad strings agrees, or differs as is known."""
    compare(text)


@pytest.mark.parametrize("difference", DIFFERENCES, ids=lambda each: each.name)
def test_every_difference_is_there(difference: DifferenceFromPackageURL) -> None:
    """Each row has an example that shows it, so none stays when a new version agrees."""
    assert difference.name in compare(difference.example)


# What the suite of the specification is about, with other names; the second is its canonical form.
SUITE = [
    ("maven/org.example.tools/io@1.3.4", "maven/org.example.tools/io@1.3.4"),
    ("maven/HTTPServer/HTTPServer@0.3-3", "maven/HTTPServer/HTTPServer@0.3-3"),
    ("golang/example.org/server/v2/api@v1.2.9", "golang/example.org/server/v2/api@v1.2.9"),
    ("github/Spam-Org/eggs-Spec@2.4", "github/spam-org/eggs-spec@2.4"),
    ("deb/debian/wget@1.21.3-1?arch=i386&distro=bookworm", None),
    ("gem/ruby-tool@1.1.2?Platform=java", "gem/ruby-tool@1.1.2?platform=java"),
    (
        "Maven/org.example/b@1.9?repositorY_url=repo.example.org/r&classifier=sources",
        "maven/org.example/b@1.9?classifier=sources&repository_url=repo.example.org/r",
    ),
    ("npm/%40scope/thing@12.3.1", "npm/%40scope/thing@12.3.1"),
    ("Nuget/Example.Common@6.0.1304", "nuget/Example.Common@6.0.1304"),
    ("PYPI/Spam_eggs@1.11.1.dev1", "pypi/spam-eggs@1.11.1.dev1"),
    ("composer/Vendor/Promises@2.0.2", "composer/vendor/promises@2.0.2"),
    ("/maven/org.example/io", "maven/org.example/io"),
    ("///maven/org.example/io", "maven/org.example/io"),
    ("npm/core@1.0.2#src/annotations", "npm/core@1.0.2#src/annotations"),
]
INVALID = ["Example.Common@6.0.1304", "maven/@1.3.4", "npm/thing@1.0.0?in%20production=true"]


@pytest.mark.parametrize(("text", "canonical"), SUITE)
def test_what_the_suite_of_package_urls_is_about(text: str, canonical: str | None) -> None:
    """Those of its texts that are DepURLs, too, have the canonical form that it says."""
    url = DepURL.parse(f"dep:{text}")
    wanted = theirs(canonical or text)
    assert wanted == ours(url)
    assert (
        f"pkg:{canonical or text}"
        == packageurl.PackageURL(*wanted[:4], dict(wanted[4]), wanted[5]).to_string()
    )


@pytest.mark.parametrize("text", INVALID)
def test_what_the_suite_of_package_urls_refuses(text: str) -> None:
    """What is no package URL is no DepURL."""
    assert (None, None) == (theirs(text), read_dep_url(f"dep:{text}").url)


KINDS = st.sampled_from(
    [
        *("generic", "virtual", "cran", "cargo", "golang", "github", "npm", "deb", "rpm", "pypi"),
        *("alpm", "apk", "bitbucket", "bitnami", "composer", "conda", "gem", "gitlab", "hex"),
        *("luarocks", "maven", "nuget", "qpkg", "swift", "Generic"),
    ]
)
NAMES = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,5}", fullmatch=True)
VERSIONS = st.sampled_from(
    ["", "@1.2", "@>=1.2", "@>=1,<2", "@==1.0", "@1!2", "@1.0+a.1", "@%3E%3D1", "@v1.0rc1"]
)
QUALIFIERS = st.sampled_from(["", "?a=b", "?B=c&a=%20d", "?u=git%2Bhttps://x.org/y"])
SUBPATHS = st.sampled_from(["", "#x", "#x/y%20z", "#x.y/Z"])


@st.composite
def sound(draw: st.DrawFn) -> str:
    kind = draw(KINDS)
    between = draw(st.lists(NAMES, max_size=2))
    if kind == "virtual":
        between = [draw(st.sampled_from(["compiler", "interface"]))]
    path = "/".join([kind, *between, draw(NAMES)])
    return f"{path}{draw(VERSIONS)}{draw(QUALIFIERS)}{draw(SUBPATHS)}"


@given(sound())
@settings(max_examples=300, deadline=None)
def test_what_is_right_is_read_alike(text: str) -> None:
    """Both read what has the form of the specification, and each reads what the other writes."""
    url = read_dep_url(f"dep:{text}").url
    assert url is not None
    other = theirs(text)
    assert other is not None
    compare(text)
    written = str(url).removeprefix("dep:")
    compare(written)
    assert [_bare(part) for part in other] == [_bare(part) for part in theirs(written) or ()]
    back = packageurl.PackageURL.from_string(f"pkg:{written}").to_string()
    again = read_dep_url(back.replace("pkg:", "dep:", 1)).url
    assert again is not None
    assert [_bare(part) for part in ours(url)] == [_bare(part) for part in ours(again)]


@given(
    st.sampled_from(TEXTS),
    st.integers(0, 60),
    st.integers(0, 3),
    st.text(st.sampled_from("/@?#&=:%;<>~!*,.+-_ \tAa0\0\u200bä2F"), max_size=4),
)
@example("generic/zlib", 8, 0, "%2F")
@example("npm/@angular/core", 4, 1, "")
@example("generic/zlib@1", 12, 1, ":")
@settings(max_examples=1000, deadline=None)
def test_mutated(text: str, at: int, length: int, put: str) -> None:
    """After any small change both agree still, or differ as is known."""
    compare(text[:at] + put + text[at + length :])


@given(sound(), st.text(max_size=8))
@settings(max_examples=300, deadline=None)
def test_with_anything_behind_it(text: str, behind: str) -> None:
    """Any text behind a sound one is no exception, and no difference that is not known."""
    compare(text + behind)
