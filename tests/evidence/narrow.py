"""Cases that vary one thing, so that a prediction need not say more than was run.

Those that hold many ordinary things at once (``plain-*``) show that none of them
is anything to the tools that take them as they are; for the tools that do not,
each thing has a case of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tests.evidence.case import Case
from tests.evidence.wheels import Wheel, metadata

from trigpoint.installers.features import detect
from trigpoint.installers.vocabulary import CONTEXT
from trigpoint.metadata import read

__all__ = ["CHECKERS", "GROUPS"]

CHECKERS = frozenset({"twine", "packaging"})
"""Families that look at fields which installers do not read."""

_WITHOUT_ADDRESS = frozenset({"twine", "packaging", "installer"})
_CORE = "Core metadata"
_HEAD = ("Metadata-Version: 2.1", "Name: pkg", "Version: 1.0")


def _everything(wheel: Wheel, request: str) -> frozenset[str]:
    """Return all that can be told of a file: a plain case is about all of it."""
    found = detect(read(wheel.actual_metadata), request=request, file_name=wheel.file_name)
    return frozenset(found) - CONTEXT


def _case(
    name: str,
    shows: str,
    section: str,
    wheel: Wheel | bytes,
    features: str | None,
    meant: str | None = "",
    request: str = "pkg",
    others: tuple[Wheel, ...] = (),
    only: frozenset[str] = frozenset(),
    spared: frozenset[str] = frozenset(),
) -> Case:
    """Make a case; ``features`` is None for a plain one, which is about all that it holds."""
    subject = wheel if isinstance(wheel, Wheel) else Wheel(metadata=wheel)
    return Case(
        name,
        shows,
        section,
        subject,
        request,
        others,
        None if meant is None else frozenset(meant.split()),
        _everything(subject, request) if features is None else frozenset(features.split()),
        only,
        spared,
    )


def _text(*lines: str) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()


# --- requirements ----------------------------------------------------------------------------

# What follows the name, to the feature.
_FORMS = {
    "comma": (">=0.5,<2.0,", "requirement-trailing-comma"),
    "commapar": (" (>=0.5,<2.0,)", "requirement-trailing-comma-parenthesised"),
    "fused": (">=0.5<2.0", "requirement-missing-comma"),
    "fusedpar": (" (>=0.5<2.0)", "requirement-missing-comma-parenthesised"),
    "fusedblank": (">=0.5 <2.0", "requirement-missing-comma-blank"),
    "star": ("!=1.3*", "requirement-star-without-dot"),
    "starge": (">=0.5*", "requirement-star-without-dot-order"),
    "starpar": (" (>=0.5*)", "requirement-star-without-dot-order-parenthesised"),
    "nottilde": ("!=~1.3", "requirement-not-tilde"),
    "quoted": (">='0.5'", "requirement-quoted"),
    "wild": (">=0.5.*", "requirement-wildcard-order"),
    "wildlt": ("<2.0.*", "requirement-wildcard-below"),
    "bare": (" 1.0", "requirement-bare-version"),
    "barepar": (" (1.0)", "requirement-bare-version-parenthesised"),
    "single": ("=1.0", "requirement-single-equals"),
    "caret": ("^1.0", "requirement-caret"),
    "tilde": ("~1.0", "requirement-tilde"),
    "noversion": (">=", "requirement-no-version"),
    "reversed": ("=>0.5", "requirement-reversed-operator"),
}


def _forms() -> Iterator[Case]:
    for key, (tail, feature) in _FORMS.items():
        yield _case(
            f"req-{key}",
            f"The requirement dep-docs{tail}.",
            "Requires-Dist",
            metadata(f"Requires-Dist: dep-docs{tail}"),
            feature,
            "docs",
        )
    for key, marker in (("half", "os_name == 'nt' and"), ("lone", "os_name")):
        yield _case(
            f"mkbad-{key}",
            f"A requirement with the marker {marker}, which cannot be read.",
            "Environment markers",
            metadata(f"Requires-Dist: dep-docs; {marker}"),
            f"marker-unreadable-{key}",
            "docs",
        )
    yield _case(
        "req-empty",
        "A Requires-Dist without a value.",
        "Requires-Dist",
        metadata("Requires-Dist:"),
        "requires-dist-empty",
    )


_ORDINARY = {
    "operators": (
        "dep-docs>=0.5",
        "dep-docs<=1.0",
        "dep-docs<2",
        "dep-docs>0.5",
        "dep-docs==1.0",
        "dep-docs!=2.0",
        "dep-docs~=1.0",
        "dep-test==1.*",
        "dep-test!=2.*",
    ),
    "spelling": (
        "dep-docs (>=0.5)",
        "dep-docs(>=0.5)",
        "dep-docs (>=0.5,<2)",
        "dep-docs >=0.5",
        "dep-docs>=0.5,<2",
        "dep-docs >= 0.5, < 2",
        "dep-docs<2,>=0.5,!=0.7",
        "dep-docs(<2, >=0.5)",
    ),
    "names": ("Dep_Docs", "dep.test", "DEP-DEFAULT>=0.5"),
    "arbitrary": ("dep-docs===1.0",),
    "prerelease": ("dep-docs>=0.5a1", "dep-test<2.0.dev0", "dep-default!=0.9rc1"),
    "postrelease": ("dep-docs>=0.5.post1",),
}
_COMES = {
    "operators": "docs test",
    "spelling": "docs",
    "names": "docs test default",
    "prerelease": "docs test default",
}


def _ordinary() -> Iterator[Case]:
    for key, requirements in _ORDINARY.items():
        yield _case(
            f"plain-{key}",
            f"Requirements in ordinary forms: {'; '.join(requirements)}.",
            "Requires-Dist",
            metadata(*(f"Requires-Dist: {each}" for each in requirements)),
            None,
            _COMES.get(key, "docs"),
        )
    for key, template, meant in (
        ("true", "{} {} '{}'", "docs"),
        ("false", "{} {} '{}'", ""),
    ):
        tests = _TRUE if key == "true" else _FALSE
        lines = [template.format(*test) for test in tests]
        yield _case(
            f"plain-markers-{key}",
            f"One requirement with each of the variables and operators of markers, all {key}.",
            "Environment markers",
            metadata(*(f"Requires-Dist: dep-docs; {line}" for line in lines)),
            None,
            meant,
        )
    for key, listed, said in (("comma", "2.6, 2.7", "commas"), ("blank", "2.6 2.7", "blanks")):
        for op, how, meant in (("in", "fails", ""), ("not in", "holds", "docs")):
            yield _case(
                f"mk-list-{key}-{how}",
                f"python_version {op} a list of other versions with {said} between them.",
                "Environment markers",
                metadata(f"Requires-Dist: dep-docs; python_version {op} '{listed}'"),
                f"marker-versions-{key}@{how} environment-marker",
                meant,
            )
    yield _case(
        "plain-markers-joined",
        "Markers about the environment, joined with and, or and parentheses.",
        "Environment markers",
        metadata(
            "Requires-Dist: dep-docs; python_version >= '3' and (os_name == 'nt' or "
            "os_name == 'posix')",
            'Requires-Dist: dep-test; (python_version < "3") or sys_platform == "win32"',
        ),
        None,
        "docs",
    )
    equal = metadata(
        "Provides-Extra: docs",
        "Provides-Extra: test",
        "Provides-Extra: all",
        "Requires-Dist: dep-docs; extra == 'docs'",
        "Requires-Dist: dep-test>=0.5; (python_version >= '3') and extra == 'test'",
        "Requires-Dist: dep-default; python_version < '3' and extra == 'test'",
        "Requires-Dist: dep-docs; extra == 'docs' or extra == 'all'",
        "Requires-Dist: dep-test; (extra == 'test' or extra == 'all') and os_name == 'posix'",
    )
    for brackets, meant in (
        ("", ""),
        ("[docs]", "docs"),
        ("[test]", "test"),
        ("[docs,test]", "docs test"),
        ("[all,docs,test]", "docs test"),
    ):
        yield _case(
            f"plain-extras{brackets}",
            "Requirements of extras in ordinary forms, beside tests of the environment; "
            f"asked for as pkg{brackets}.",
            "Extras",
            equal,
            None,
            meant,
            f"pkg{brackets}",
        )
    yield _case(
        "plain-chosen",
        "A requirement that asks for an extra of another project.",
        "Requires-Dist",
        metadata("Requires-Dist: de[rec]>=0.5"),
        None,
        "de default",
        spared=frozenset({"packaging"}),
    )
    yield _case(
        "plain-chosen-read",
        "A requirement that asks for extras of another project, to what reads one file alone.",
        "Requires-Dist",
        metadata("Requires-Dist: dep-docs[more]>=0.5", "Requires-Dist: dep-test[]"),
        None,
        "docs test",
        only=frozenset({"packaging"}),
    )


_TRUE = (
    ("python_version", ">=", "3"),
    ("python_version", "<", "4"),
    ("python_version", "!=", "2.7"),
    ("python_version", ">", "3"),
    ("python_version", "<=", "4"),
    ("python_full_version", ">=", "3.0.0"),
    ("python_full_version", "<", "4.0.0"),
    ("sys_platform", "!=", "win32"),
    ("sys_platform", "==", "linux"),
    ("sys_platform", "not in", "win32, cygwin"),
    ("os_name", "==", "posix"),
    ("os_name", "!=", "nt"),
    ("platform_system", "==", "Linux"),
    ("platform_system", "!=", "Windows"),
    ("platform_machine", "!=", "arm64"),
    ("platform_machine", "==", "x86_64"),
    ("implementation_name", "==", "cpython"),
    ("implementation_name", "!=", "pypy"),
    ("platform_python_implementation", "==", "CPython"),
    ("platform_python_implementation", "!=", "PyPy"),
)
_FALSE = (
    ("python_version", "<", "3"),
    ("python_version", "==", "2.7"),
    ("python_version", "<=", "3.0"),
    ("python_version", ">", "4"),
    ("python_version", ">=", "4"),
    ("python_full_version", "<", "3.0.0"),
    ("python_full_version", "<=", "3.0.0"),
    ("sys_platform", "==", "win32"),
    ("sys_platform", "!=", "linux"),
    ("sys_platform", "in", "win32, cygwin"),
    ("os_name", "==", "nt"),
    ("os_name", "!=", "posix"),
    ("platform_system", "==", "Windows"),
    ("platform_system", "!=", "Linux"),
    ("platform_machine", "==", "arm64"),
    ("implementation_name", "==", "pypy"),
    ("implementation_name", "!=", "cpython"),
    ("platform_python_implementation", "==", "PyPy"),
    ("platform_python_implementation", "!=", "CPython"),
)


def _together() -> Iterator[Case]:
    """Yield cases about what several requirements say together, and about addresses."""
    exclude = ("Requires-Dist: dep-docs==1.0", "Requires-Dist: dep-docs==0.9")
    yield _case(
        "exclude",
        "Two requirements of one project that no version meets.",
        "Requires-Dist",
        metadata(*exclude),
        "requirements-exclude",
        "docs",
    )
    yield _case(
        "exclude-one",
        "One requirement that no version meets.",
        "Requires-Dist",
        metadata("Requires-Dist: dep-docs>2,<1"),
        "requirement-unmeetable",
        "docs",
    )
    yield _case(
        "plain-split",
        "Two requirements that exclude each other, and whose markers do too.",
        "Requires-Dist",
        metadata(
            "Requires-Dist: dep-docs==1.0; python_version >= '3'",
            "Requires-Dist: dep-docs==0.9; python_version < '3'",
        ),
        None,
        "docs",
    )
    optional = metadata("Provides-Extra: docs", *(f"{line}; extra == 'docs'" for line in exclude))
    for brackets, feature, meant in (
        ("", None, ""),
        ("[docs]", "requirements-exclude extra-equality@named", "docs"),
    ):
        yield _case(
            f"exclude-extra{brackets}",
            f"Two requirements of one extra that no version meets; asked for as pkg{brackets}.",
            "Requires-Dist",
            optional,
            feature,
            meant,
            f"pkg{brackets}",
        )
    address = "http://wheels.example/dep_docs-1.0-py3-none-any.whl"
    yield _case(
        "url",
        "A direct reference to a wheel.",
        "Requires-Dist",
        metadata(f"Requires-Dist: dep-docs @ {address}"),
        "requires-dist-url-http",
        "docs",
    )
    for key, where in (
        ("https", "https://wheels.example/dep_docs-1.0-py3-none-any.whl"),
        ("git", "git+https://wheels.example/dep-docs.git"),
    ):
        yield _case(
            f"url-{key}",
            f"A direct reference, {where}, to tools that do not follow it.",
            "Requires-Dist",
            metadata(f"Requires-Dist: dep-docs @ {where}"),
            f"requires-dist-url-{key}",
            "docs",
            only=_WITHOUT_ADDRESS,
        )
        yield _case(
            f"url-{key}-extra",
            f"A direct reference, {where}, of an extra that is not asked for.",
            "Requires-Dist",
            metadata(
                "Provides-Extra: docs", f"Requires-Dist: dep-docs @ {where} ; extra == 'docs'"
            ),
            f"requires-dist-url-{key}-unused extra-equality@bare",
        )
    yield _case(
        "url-http-extra",
        "A direct reference to a wheel, of an extra that is not asked for.",
        "Requires-Dist",
        metadata("Provides-Extra: docs", f"Requires-Dist: dep-docs @ {address} ; extra == 'docs'"),
        "requires-dist-url-http-unused extra-equality@bare",
    )
    yield _case(
        "nope[nope]",
        "An extra is asked for that a wheel with other extras does not provide.",
        "Extras",
        metadata("Provides-Extra: docs", "Requires-Dist: dep-docs; extra == 'docs'"),
        "request-unknown-extra",
        request="pkg[nope]",
    )
    undeclared = metadata("Provides-Extra: docs", "Requires-Dist: dep-docs; extra == 'doc'")
    for brackets, feature, meant in (
        ("", "extra-not-provided@bare extra-equality@bare", ""),
        ("[docs]", "extra-not-provided@other extra-equality@other", ""),
        ("[doc]", "extra-not-provided@named extra-equality@named", "docs"),
    ):
        yield _case(
            f"undeclared{brackets}",
            "A requirement of an extra doc; Provides-Extra lists docs alone; asked for as "
            f"pkg{brackets}.",
            "Provides-Extra",
            undeclared,
            feature,
            meant,
            f"pkg{brackets}",
        )


# --- Requires-Python -------------------------------------------------------------------------

_PYTHONS = {
    "lower": (">=3.99", "requires-python-unmet-lower"),
    "upper": ("<3", "requires-python-unmet-upper"),
    "between": (">=2.7,<3", "requires-python-unmet-upper"),
    "excluded": ("!=3.*", "requires-python-unmet-exclusion"),
    "equal": ("==2.7.*", "requires-python-unmet-equality"),
    "compatible": ("~=2.7", "requires-python-unmet-compatible"),
    "comma": (">=3.0,", "requires-python-trailing-comma"),
    "fused": (">=2.7<4", "requires-python-missing-comma"),
    "fusedblank": (">=2.7 <4", "requires-python-missing-comma-blank"),
    "star": ("!=3.0*", "requires-python-star-without-dot"),
    "quoted": (">='2.7'", "requires-python-quoted"),
    "bare": ("3", "requires-python-bare-version"),
    "wildlt": ("<4.*", "requires-python-wildcard-below"),
    "empty": ("", "requires-python-empty"),
}


def _pythons() -> Iterator[Case]:
    for key, (value, feature) in _PYTHONS.items():
        yield _case(
            f"rp-{key}",
            f"Requires-Python: {value}.",
            "Requires-Python",
            metadata(f"Requires-Python: {value}"),
            feature,
            None if "unmet" in feature else "",
        )
    for key, value in (
        ("operators", ">=2.7, !=3.0.*, !=3.1.0, <4, >2.6, <=3.99"),
        ("compatible", "~=3.0"),
        ("equal", "==3.*"),
    ):
        yield _case(
            f"plain-python-{key}",
            f"Requires-Python: {value}, which the interpreter meets.",
            "Requires-Python",
            metadata(f"Requires-Python: {value}"),
            None,
        )


# --- fields ----------------------------------------------------------------------------------

_CLASSIC = (
    "Platform: any",
    "Summary: A package for caf\N{LATIN SMALL LETTER E WITH ACUTE}s",
    "Home-page: https://pkg.example",
    "Download-URL: https://pkg.example/files",
    "Author: J\N{LATIN SMALL LETTER U WITH DIAERESIS}rgen",
    "Author-email: j@pkg.example",
    "Maintainer: M",
    "Maintainer-email: M <m@pkg.example>, n@pkg.example",
    "License: MIT",
    "Project-URL: Source, https://pkg.example/source",
    "Project-URL: Changes, https://pkg.example/changes",
    "Keywords: one,two",
    "Classifier: Programming Language :: Python :: 3",
    "Classifier: License :: OSI Approved :: MIT License",
    "Requires-Python: >=2.7",
    "Description-Content-Type: text/markdown",
    "Provides-Extra: docs",
    "Requires-Dist: dep-docs; extra == 'docs'",
)
_NEWER = {
    "2.1": (
        "Provides-Extra: docs",
        "Description-Content-Type: text/markdown",
    ),
    "2.2": ("Dynamic: Keywords",),
    "2.4": ("License-Expression: MIT", "License-File: LICENSE"),
    "2.5": ("Import-Name: pkg", "Import-Namespace: space"),
}
_BODIES = {
    "markdown": ("text/markdown", "# Title\n\nSome *words*.\n", "description-markdown"),
    "plain": ("text/plain", "Some words.\n", "description-plain"),
    "rst": ("text/x-rst", "Some words.\n\nMore words.\n", "description-rst"),
    "untyped": ("", "Some words.\n", "description-untyped"),
    "unknown": ("text/troff", "Some words.\n", "description-unknown-type"),
}


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


def _newer() -> Iterator[Case]:
    """Yield cases about fields that are newer than the Metadata-Version."""
    for version in ("1.2", "2.0", "2.1", "2.2", "2.3", "2.4"):
        lines = [
            line
            for since, some in _NEWER.items()
            if _numbers(since) > _numbers(version)
            for line in some
        ]
        yield _case(
            f"new-{version}",
            f"All fields that are newer than Metadata-Version {version}, under it.",
            _CORE,
            metadata(*lines, version=version),
            None,
            spared=CHECKERS,
        )
        for line in lines:
            field = line.partition(":")[0]
            yield _case(
                f"new-{version}-{field.lower()}",
                f"{field} under Metadata-Version {version}, which has no such field.",
                _CORE,
                metadata(line, version=version),
                f"field-too-new-{field.lower()}@{version}",
                only=CHECKERS,
            )


def _fields() -> Iterator[Case]:
    body = "\n# Pkg\n\nSome words.\n"
    yield _case(
        "plain-2.1",
        "A file as setuptools wrote it for years: every common field, and a description.",
        _CORE,
        metadata(*_CLASSIC) + body.encode(),
        None,
    )
    yield _case(
        "plain-2.4",
        "License-Expression, License-File, Dynamic and a description under Metadata-Version 2.4.",
        _CORE,
        metadata(
            "Summary: one",
            "Author-email: a@pkg.example",
            "License-Expression: MIT OR Apache-2.0",
            "License-File: LICENSE",
            "License-File: licenses/COPYING.txt",
            "Dynamic: Keywords",
            "Dynamic: Requires-Dist",
            version="2.4",
        ),
        None,
    )
    yield _case(
        "plain-2.5",
        "Import-Name and Import-Namespace under Metadata-Version 2.5.",
        _CORE,
        metadata(
            "Import-Name: pkg", "Import-Name: pkg.one", "Import-Namespace: space", version="2.5"
        ),
        None,
    )
    yield _case(
        "dyn-licfile",
        "Dynamic: license-file, as setuptools 77 writes it, under Metadata-Version 2.4.",
        _CORE,
        metadata("License-File: LICENSE", "Dynamic: license-file", version="2.4"),
        "dynamic-license-file",
    )
    for line in ("License-Expression: MIT", "License-File: LICENSE", "Dynamic: Keywords"):
        field = line.partition(":")[0]
        yield _case(
            f"plain-2.4-{field.lower()}",
            f"{field} alone under Metadata-Version 2.4.",
            _CORE,
            metadata(line, version="2.4"),
            f"field-{field.lower()}",
            only=CHECKERS,
        )
    for key, line, feature in (
        ("dynunk", "Dynamic: nonsense", "dynamic-unknown"),
        ("dynname", "Dynamic: Name", "dynamic-required"),
        ("licparent", "License-File: ../LICENSE", "license-file-parent"),
        ("licglob", "License-File: LIC*", "license-file-glob"),
        ("licroot", "License-File: /LICENSE", "license-file-absolute"),
    ):
        yield _case(
            f"val-{key}",
            f"{line}, which the specification does not allow.",
            _CORE,
            metadata(line, version="2.4"),
            feature,
        )
    yield _case(
        "val-import",
        "Import-Name: a-b, which is no name of a module.",
        _CORE,
        metadata("Import-Name: a-b", version="2.5"),
        "import-name-invalid",
    )
    yield _case(
        "val-url",
        "A Project-URL without a label.",
        _CORE,
        metadata("Project-URL: https://a.example"),
        "project-url-without-label",
    )
    yield _case(
        "val-label",
        "A Project-URL with a label of more than 32 letters.",
        _CORE,
        metadata(f"Project-URL: {'long' * 9}, https://a.example"),
        "project-url-long-label",
    )
    yield _case(
        "val-name",
        "A Name with a letter that names do not have; the file name says pkg.",
        "Name",
        _text("Metadata-Version: 2.1", "Name: pkg!", "Version: 1.0"),
        "name-invalid",
    )
    yield _case(
        "empties",
        "Optional fields without a value.",
        _CORE,
        metadata(
            *(f"{line.partition(':')[0]}:" for line in _CLASSIC[:9]),
            "Keywords:",
        ),
        None,
    )
    yield _case(
        "folded",
        "Values that go on over several lines.",
        _CORE,
        metadata(
            "Author: one\n  two",
            "License: first line\n        second line\n        \n        fourth line",
            "Keywords: one,\n  two",
            "Classifier: Programming Language\n  :: Python :: 3",
            "Home-page: https://pkg.example\n ",
        ),
        None,
    )


def _bodies() -> Iterator[Case]:
    for key, (kind, body, feature) in _BODIES.items():
        lines = [f"Description-Content-Type: {kind}"] if kind else []
        extra = " content-type-unknown" if key == "unknown" else ""
        yield _case(
            f"body-{key}",
            f"A description after the fields, its type {kind or 'not given'}.",
            _CORE,
            metadata(*lines) + b"\n" + body.encode(),
            feature + extra,
        )
    yield _case(
        "body-markup",
        "A description in reStructuredText with markup.",
        _CORE,
        metadata("Description-Content-Type: text/x-rst") + b"\nTitle\n=====\n\n* `one`__\n",
        "description-rst-markup",
        spared=frozenset({"twine"}),
    )
    yield _case(
        "body-header",
        "A description among the fields, in the form of old tools.",
        _CORE,
        metadata("Description: Some words.\n        \n        More words."),
        "description-header description-untyped field-description",
    )
    yield _case(
        "body-latin",
        "A description in Latin-1, after the fields.",
        _CORE,
        metadata() + b"\ncaf\xe9\n",
        "not-utf-8-description",
    )
    for parameter, feature in (
        ("charset=UTF-8", "content-type-charset"),
        ("variant=GFM", "content-type-variant"),
        ("charset=UTF-8; variant=GFM", "content-type-charset content-type-variant"),
        ("charset=latin-1", "content-type-charset-other"),
        ("variant=Unknown", "content-type-variant-other"),
    ):
        yield _case(
            f"type-{parameter.lower().replace('; ', '-').replace('=', '-')}",
            f"Description-Content-Type: text/markdown; {parameter}, with a description.",
            _CORE,
            metadata(f"Description-Content-Type: text/markdown; {parameter}") + b"\nwords\n",
            f"description-markdown {feature}",
        )


def _respelled(line: str) -> str:
    """Write the name of the field with other capitals, such as Home-Page or summary."""
    name, colon, value = line.partition(":")
    return (name.title() if name != name.title() else name.lower()) + colon + value


def _spelled() -> Iterator[Case]:
    """Yield cases about how field names are written and how often they occur."""
    rest = ("Requires-Dist: dep-docs", "Requires-Python: >=2.7", "Provides-Extra: docs")
    for name in ("Metadata-Version", "Name", "Version"):
        yield _case(
            f"case-{name.lower()}",
            f"{name} in lower case, the other fields as they should be.",
            _CORE,
            _text(
                *(
                    line.replace(f"{name}:", f"{name.lower()}:") if line.startswith(name) else line
                    for line in _HEAD
                ),
                rest[0],
            ),
            f"field-case-{name.lower()}",
            "docs",
        )
    for line in rest:
        name, _, value = line.partition(":")
        yield _case(
            f"case-{name.lower()}",
            f"{name} in lower case, the other fields as they should be.",
            _CORE,
            metadata(f"{name.lower()}:{value}", *(each for each in rest[:1] if each != line)),
            f"field-case-{name.lower()}",
            "docs",
        )
    yield _case(
        "case-others",
        "Author-Email, Project-Url and other fields that installers do not read, in other cases.",
        _CORE,
        metadata(*map(_respelled, (line for line in _CLASSIC[:15] if "Python" not in line))),
        None,
    )
    single = [
        line
        for line in (*_CLASSIC, "License-Expression: MIT")
        if line.partition(":")[0]
        in {
            "Home-page",
            "Download-URL",
            "Author",
            "Author-email",
            "Maintainer",
            "Maintainer-email",
            "License",
            "Keywords",
            "Requires-Python",
            "Description-Content-Type",
        }
    ]
    yield _case(
        "twice",
        "Every field that may be given once, given twice.",
        _CORE,
        metadata(*(line for line in single for _ in range(2))),
        None,
        spared=CHECKERS,
    )
    for line in single:
        field = line.partition(":")[0]
        yield _case(
            f"twice-{field.lower()}",
            f"{field} given twice.",
            _CORE,
            metadata(line, line),
            f"duplicate-{field.lower()}",
            only=CHECKERS,
        )


def _missing() -> Iterator[Case]:
    for name, lines, feature in (
        ("empty", (), "empty-file"),
        ("no-name", (_HEAD[0], _HEAD[2]), "name-missing"),
        ("no-version", _HEAD[:2], "version-missing"),
        ("no-name-version", _HEAD[:1], "name-missing version-missing"),
    ):
        said = {
            "empty": "A METADATA file without any content.",
            "no-name": "No Name.",
            "no-version": "No Version.",
        }.get(name, "Neither Name nor Version.")
        yield _case(name, said, _CORE, _text(*lines), feature)
    head = _text(*_HEAD)
    for key, text, feature, said in (
        ("bom", b"\xef\xbb\xbf" + head, "byte-order-mark", "A byte order mark"),
        ("lead", b"\n" + head, "leading-blank-line", "A blank line"),
    ):
        yield _case(
            f"trap-{key}-bare",
            f"{said} before the first field, and no requirement.",
            _CORE,
            text,
            f"{feature} no-requirement",
        )
    for key, text, feature, said in (
        ("blank", b"\nKeywords: a\n", "field-after-blank-line", "A blank line among the fields"),
        ("junk", b"no field\nKeywords: a\n", "line-without-colon", "A line without a colon"),
        ("colon", b"Keywords : a\n", "blank-before-colon", "A blank before the colon"),
    ):
        yield _case(
            f"trap-{key}-bare",
            f"{said}; nothing is lost but Keywords.",
            _CORE,
            head + text,
            f"{feature} lost-optional",
        )


def _disagreeing() -> Iterator[Case]:
    """Yield wheels whose file name and METADATA disagree."""
    for key, text, feature, said in (
        (
            "name",
            metadata(name="other", release="2.0"),
            "file-name-other-name",
            "METADATA names another project",
        ),
        (
            "release",
            metadata(release="1.5"),
            "file-name-other-version",
            "METADATA has another version",
        ),
    ):
        wheel = Wheel(release="2.0", metadata=text, file_name="pkg-2.0-py3-none-any.whl")
        yield _case(
            f"fn-other-{key}",
            f"{said} than the file name pkg-2.0-py3-none-any.whl; version 1.0 is plain.",
            "Wheel file name",
            wheel,
            f"{feature} older-release",
            others=(Wheel(release="1.0"),),
        )
        yield _case(
            f"only-other-{key}",
            f"{said} than the file name, pkg-2.0-py3-none-any.whl, of the only wheel.",
            "Wheel file name",
            wheel,
            f"{feature} only-release",
        )


GROUPS: tuple[Callable[[], Iterator[Case]], ...] = (
    _forms,
    _ordinary,
    _together,
    _pythons,
    _fields,
    _newer,
    _bodies,
    _spelled,
    _missing,
    _disagreeing,
)
"""Functions that yield the cases."""
