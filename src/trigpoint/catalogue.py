"""The catalogue of findings: every code that Trigpoint reports, by topic.

Codes are stable: one is never reused for something else.  The reference page
and the tests read this table; :func:`report` is the only way findings are made.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from trigpoint.findings import Finding, Fix, Severity, Span

__all__ = ["RULES", "SOURCES", "Rule", "report"]

SOURCES: Mapping[str, str] = MappingProxyType(
    {
        "markers": "https://packaging.python.org/en/latest/specifications/dependency-specifiers/#environment-markers",
        "grammar": "https://packaging.python.org/en/latest/specifications/dependency-specifiers/#grammar",
        "versions": "https://packaging.python.org/en/latest/specifications/version-specifiers/",
        "metadata": "https://packaging.python.org/en/latest/specifications/core-metadata/",
        "PEP 508": "https://peps.python.org/pep-0508/",
        "PEP 685": "https://peps.python.org/pep-0685/",
        "PEP 751": "https://peps.python.org/pep-0751/",
        "PEP 771": "https://peps.python.org/pep-0771/",
        "pyproject": "https://packaging.python.org/en/latest/specifications/pyproject-toml/",
        "email": "https://docs.python.org/3/library/email.policy.html#email.policy.Compat32",
        "PEP 345": "https://peps.python.org/pep-0345/",
        "PEP 566": "https://peps.python.org/pep-0566/",
        "PEP 639": "https://peps.python.org/pep-0639/",
        "PEP 643": "https://peps.python.org/pep-0643/",
        "PEP 753": "https://peps.python.org/pep-0753/",
        "PEP 794": "https://peps.python.org/pep-0794/",
        "PEP 808": "https://peps.python.org/pep-0808/",
        "PEP 819": "https://peps.python.org/pep-0819/",
    }
)
"""Short name of a specification or PEP to its address."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of finding.

    ``code`` starts with its topic; ``title`` says it in a few words, ``why``
    in a sentence or two; ``source`` is a key of :data:`SOURCES`.
    """

    code: str
    severity: Severity
    title: str
    why: str
    source: str

    @property
    def topic(self) -> str:
        """The part of Trigpoint that reports it, such as ``"marker"``."""
        return self.code.partition("-")[0]

    @property
    def url(self) -> str:
        """Address of the rule's source."""
        return SOURCES[self.source]


_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO

_TABLE = (
    # markers: what cannot be read
    Rule("marker-empty", _E, "Empty marker",
         "A marker holds at least one comparison; to say \"always\", leave the marker and its semicolon out.",
         "grammar"),
    Rule("marker-unknown-variable", _E, "Unknown variable",
         "Only the variables of the specification may stand in a marker; tools refuse any other name.",
         "markers"),
    Rule("marker-unquoted", _E, "Value without quotes",
         "Values are always quoted, with ' or \".", "grammar"),
    Rule("marker-operator", _E, "Unknown operator",
         "The operators are == != < <= > >= ~= === in and not in.", "grammar"),
    Rule("marker-boolean-operator", _E, "Unknown way to join comparisons",
         "Comparisons are joined with the lower-case words and and or.", "grammar"),
    Rule("marker-negation", _E, "Negation of a group",
         "The grammar has no not before a comparison or a parenthesis; negate the operators instead.",
         "grammar"),
    Rule("marker-chained", _E, "Chained comparison",
         "A comparison has exactly two sides; write two comparisons joined with and.", "grammar"),
    Rule("marker-missing-operand", _E, "Missing value or variable",
         "A comparison is: variable or value, operator, variable or value.", "grammar"),
    Rule("marker-missing-operator", _E, "Missing operator",
         "A comparison is: variable or value, operator, variable or value.", "grammar"),
    Rule("marker-missing-boolean", _E, "Two comparisons side by side",
         "Two comparisons need and or or between them.", "grammar"),
    Rule("marker-unclosed-parenthesis", _E, "Parenthesis never closed",
         "Each ( needs its ).", "grammar"),
    Rule("marker-unopened-parenthesis", _E, "Parenthesis never opened",
         "Each ) needs its (.", "grammar"),
    Rule("marker-unclosed-quote", _E, "Quote never closed",
         "A value ends with the quote that it began with.", "grammar"),
    Rule("marker-bad-string", _E, "Value cannot be read",
         "The specification defines no backslash escapes; tools read them as Python does and refuse broken ones.",
         "markers"),
    Rule("marker-character", _E, "Character that markers do not use",
         "Between comparisons only blanks and tabs may stand; quotes are the straight ' and \".",
         "grammar"),
    Rule("marker-semicolon", _E, "Semicolon in a marker",
         "The semicolon separates a requirement from its marker; it is not part of the marker.",
         "grammar"),
    Rule("marker-syntax", _E, "Not a marker", "The text does not follow the grammar.", "grammar"),
    # markers: what has no defined meaning
    Rule("marker-undefined-comparison", _E, "Comparison without meaning",
         "The operator is not defined for these two sides, so tools raise an error when they evaluate it.",
         "markers"),
    Rule("marker-two-variables", _E, "Two variables compared",
         "A comparison has one variable and one value; tools take the second name as plain text, or fail.",
         "markers"),
    Rule("marker-two-values", _E, "Two values compared",
         "A comparison without a variable is an error when it is evaluated.", "markers"),
    # markers: what means something else than it seems to
    Rule("marker-version-substring", _W, "Substring test on a version",
         "in and not in compare text, so '3.1' is found in '3.12' and '3.8, 3.9' is no list of versions.",
         "markers"),
    Rule("marker-release-text", _W, "Release compared as text",
         "platform_release and platform_version are rarely valid versions; then only equality is defined, "
         "and tools disagree.", "markers"),
    Rule("marker-string-order", _W, "Order of text",
         "Text has no order in markers: < and > are always false, <= and >= mean ==.", "markers"),
    Rule("marker-prerelease", _W, "Prerelease left out",
         "Version order is that of PEP 440: 3.13.0b1 is neither < '3.13' nor >= '3.13'.", "versions"),
    Rule("marker-version-components", _W, "Third component of python_version",
         "python_version is major.minor; compare three components with python_full_version.",
         "markers"),
    Rule("marker-not-a-version", _W, "Value is no version",
         "The variable holds a version, the value cannot be read as one, so only text equality is left.",
         "versions"),
    Rule("marker-wildcard-order", _W, "Wildcard with an order",
         "A .* ending is defined for == and != only.", "versions"),
    Rule("marker-swapped", _W, "Value on the left of an order",
         "The value stands where the candidate version belongs; tools read such comparisons differently.",
         "markers"),
    Rule("marker-extra-negation", _W, "Negated extra",
         "By the specification this excludes; pip and uv ask once per extra and find it true nearly always.",
         "markers"),
    Rule("marker-extra-conjunction", _W, "Two extras at once",
         "By the specification both extras must be requested; pip and uv look at one extra at a time, "
         "so it never holds there.", "markers"),
    Rule("marker-extra-operator", _W, "Operator that extra does not have",
         "extra knows == and !=; others should be false, and installers answer differently.", "markers"),
    Rule("marker-extra-empty", _W, "Empty extra",
         "No extra has an empty name; pip takes it as \"no extra requested\", the specification as false.",
         "markers"),
    Rule("marker-extra-name", _W, "Extra name not normalised",
         "Extra names are compared after normalisation, and metadata must hold the normal form.",
         "PEP 685"),
    Rule("marker-extras-context", _W, "Variable of lock files",
         "extras and dependency_groups are defined in lock files only; in package metadata pip fails on them.",
         "PEP 751"),
    Rule("marker-extra-summit", _W, "The variable extra under the summit's proposal",
         "The proposal replaces extra by the set extras, tested with in and not in.", "markers"),
    Rule("marker-legacy-name", _W, "Old spelling of a variable",
         "Spellings of setuptools before PEP 508; tools still read them, the specification does not list them.",
         "PEP 508"),
    Rule("marker-unlikely-value", _W, "Value that nothing reports",
         "No interpreter reports this value, but one that differs in case or spelling exists.",
         "markers"),
    # requirements: the part in front of a marker
    Rule("requirement-syntax", _E, "Not a requirement",
         "A requirement is a name, extras in brackets, a version specifier or an address, then a marker.",
         "grammar"),
    # labs: the request around the text
    Rule("request-field", _E, "Request not understood",
         "A field of the lab's request is unknown, missing or of the wrong type.", "grammar"),
    Rule("request-environment", _E, "Unknown environment",
         "The environment is none of the named ones.", "markers"),
    Rule("request-extra", _E, "Not an extra name",
         "Extra names are letters, digits, and - _ . between them.", "PEP 685"),
    # installers
    Rule("installer-crashes", _E, "A tool crashes on this",
         "In a recorded run the tool ended with a traceback.", "metadata"),
    Rule("installer-refuses", _E, "A tool refuses this",
         "In a recorded run the tool ended with an error message.", "metadata"),
    Rule("installer-older", _W, "A tool takes an older version",
         "In a recorded run the tool passed this file over and installed an older release.",
         "metadata"),
    Rule("installer-drops", _W, "A tool drops a dependency",
         "In a recorded run a dependency that was meant did not come.", "metadata"),
    Rule("installer-adds", _W, "A tool adds a dependency",
         "In a recorded run a dependency came that was not meant.", "metadata"),
    Rule("installer-warns", _I, "A tool warns about this",
         "In a recorded run the tool went on with a warning.", "metadata"),
    Rule("installer-not-recorded", _I, "Nothing recorded about this",
         "No recorded run covers it, so what the tool does is not known.", "metadata"),
    # metadata: how a document is read, and its fields
    Rule("metadata-encoding", _E, "Not UTF-8",
         "Metadata is UTF-8; for other bytes readers fail, guess, or drop the field.", "metadata"),
    Rule("metadata-bom", _E, "Byte order mark",
         "A byte order mark is text to the email parser, so no line after it is a header.", "email"),
    Rule("metadata-crlf", _I, "Lines end in CR LF",
         "Some readers keep the CR in the description, others do not.", "email"),
    Rule("metadata-lone-cr", _W, "Lone carriage return",
         "The email parser ends a line at a lone CR, editors mostly do not.", "email"),
    Rule("metadata-control-character", _W, "Control character",
         "Characters such as NUL or VT pass most readers, and some end the line there.", "email"),
    Rule("metadata-leading-blank", _E, "Blank first line",
         "A blank line ends the headers, here before the first one.", "email"),
    Rule("metadata-headers-cut", _W, "Headers cut by a blank line",
         "The first blank line ends the headers; fields after it are read as description, without an "
         "error.", "email"),
    Rule("metadata-junk-line", _E, "Line that is no field",
         "A line without a field name and colon ends the headers; the rest is read as description.", "email"),
    Rule("metadata-blank-before-colon", _E, "Blank before the colon",
         "A name is followed by its colon at once; otherwise the line ends the headers.", "email"),
    Rule("metadata-stray-continuation", _W, "Line continues nothing",
         "A line that starts with a blank continues the field before it, and there is none.", "email"),
    Rule("metadata-nameless", _W, "Field without a name",
         "A line that starts with a colon is ignored.", "email"),
    Rule("metadata-envelope", _W, "Mailbox mark",
         "A line that starts with From and a blank is taken for a mailbox mark and ignored.", "email"),
    Rule("metadata-mime", _E, "MIME header",
         "Only some readers decode or split the body by such a header, so they read different "
         "descriptions.", "email"),
    Rule("metadata-blank-fold", _W, "Line of blanks",
         "A line that starts with a blank continues the field before it, even if nothing else is in "
         "it.", "email"),
    Rule("metadata-folded", _E, "Folded value of one line",
         "Readers keep the line break of a folded value, and refuse it in this field.", "email"),
    Rule("metadata-fold-kept", _W, "Folded value",
         "Readers keep the line break of a folded value.", "email"),
    Rule("metadata-trailing-blank", _E, "Blank at the end",
         "Readers do not strip the end of a value, and refuse the blank in this field.", "email"),
    Rule("metadata-encoded-word", _I, "Encoded word",
         "Old tools wrote mail encodings such as =?utf-8?q?...?=; readers of metadata do not decode "
         "them.", "email"),
    Rule("metadata-missing", _E, "Required field missing",
         "Metadata-Version, Name and Version are required in every version.", "metadata"),
    Rule("metadata-missing-old", _I, "Field not optional then",
         "Versions 1.0 to 1.2 do not call the field optional; today nothing asks for it.", "PEP 345"),
    Rule("metadata-duplicate", _E, "Field given twice",
         "The field may occur once; readers take the first value, the last, or none.", "metadata"),
    Rule("metadata-repeated", _I, "The same value twice",
         "The value is there already, so this line adds nothing.", "metadata"),
    Rule("metadata-empty", _I, "Empty value",
         "An empty value says nothing that leaving the field out would not.", "metadata"),
    Rule("metadata-placeholder", _I, "UNKNOWN for nothing",
         "Old tools wrote UNKNOWN where there was no value; readers show it as one.", "metadata"),
    Rule("metadata-unknown-field", _E, "Unknown field",
         "No version of core metadata has this field; checkers and the index refuse it.", "metadata"),
    Rule("metadata-future-field", _I, "Field of a newer version",
         "The document's version is newer than the reader, so it may have fields that the reader does "
         "not know.", "metadata"),
    Rule("metadata-proposed-field", _E, "Proposed field",
         "The field is part of a draft; checkers and the index refuse it, installers ignore it.", "metadata"),
    Rule("metadata-field-too-new", _W, "Field newer than the document",
         "The field came with a later metadata version than the document states.", "metadata"),
    Rule("metadata-deprecated-field", _W, "Deprecated field",
         "The field has a successor; tools should warn about it.", "PEP 753"),
    Rule("metadata-version-syntax", _E, "No metadata version",
         "Metadata-Version is two numbers with a dot between them.", "metadata"),
    Rule("metadata-version-major", _E, "Newer major version",
         "A reader must refuse a document of a newer major version than it knows.", "metadata"),
    Rule("metadata-version-minor", _W, "Newer minor version",
         "A reader should warn about a document of a newer minor version than it knows.", "metadata"),
    Rule("metadata-version-unapproved", _W, "Version that was never approved",
         "The number is not that of an approved version; 2.0 belonged to a withdrawn PEP and was still"
         " written.", "metadata"),
    Rule("metadata-name", _E, "Not a project name",
         "Names are ASCII letters and digits, with . - _ between them.", "metadata"),
    Rule("metadata-name-old", _W, "Not a project name today",
         "Before 2.1 names were free text; installers refuse this one.", "PEP 566"),
    Rule("metadata-version-value", _E, "Not a version",
         "Versions follow PEP 440.", "versions"),
    Rule("metadata-version-old", _W, "Not a version today",
         "Before 1.2 versions were free text; installers refuse this one.", "PEP 345"),
    Rule("metadata-dynamic", _E, "Not a field that can be dynamic",
         "Dynamic names another field of core metadata, never Name, Version or Metadata-Version.", "PEP 643"),
    Rule("metadata-dynamic-itself", _W, "Dynamic names itself",
         "Dynamic is meant to name another field.", "PEP 643"),
    Rule("metadata-dynamic-partly", _I, "Dynamic field with values",
         "Up to 2.5 such a field may change entirely between sdist and wheel, from 2.6 it may only "
         "grow.", "PEP 808"),
    Rule("metadata-summary-lines", _E, "Summary of several lines",
         "The summary is one line, and some characters other than LF end a line too.", "metadata"),
    Rule("metadata-description-twice", _E, "Two descriptions",
         "The description stands in the header or after the headers, not both; readers choose "
         "differently.", "metadata"),
    Rule("metadata-content-type", _W, "Content type not known",
         "Readers show a description of an unknown type as plain text, and an unknown variant as GFM; "
         "the index refuses it.", "metadata"),
    Rule("metadata-keywords", _I, "Keywords not separated by commas",
         "Keywords are separated by commas, and empty ones say nothing.", "metadata"),
    Rule("metadata-url", _W, "Not a URL",
         "The value has not the form of an absolute URL.", "metadata"),
    Rule("metadata-project-url", _E, "Label or URL missing",
         "A Project-URL is a label, a comma and a URL.", "metadata"),
    Rule("metadata-url-label", _E, "Label too long",
         "The label of a URL has at most 32 characters.", "metadata"),
    Rule("metadata-url-repeated", _W, "Label used twice",
         "Readers that make a mapping of the URLs keep one of them or refuse the file.", "PEP 753"),
    Rule("metadata-address", _W, "Not an address",
         "The field lists addresses as an email's From line does.", "metadata"),
    Rule("metadata-maintainer", _I, "Maintainer is the author",
         "The field is for a maintainer who is not the author, and is left out otherwise.", "metadata"),
    Rule("metadata-license-both", _E, "License and License-Expression",
         "The two fields exclude each other.", "PEP 639"),
    Rule("metadata-license-expression", _E, "Not an SPDX expression",
         "A License-Expression is made of SPDX identifiers.", "PEP 639"),
    Rule("metadata-license-spelling", _I, "Unusual spelling of an SPDX expression",
         "Identifiers have one usual spelling, operators are in upper case.", "PEP 639"),
    Rule("metadata-license-file", _E, "Not a path to a license file",
         "The path is relative, with / between its parts, without .. and without patterns.", "PEP 639"),
    Rule("metadata-license-classifier", _W, "License classifier next to License-Expression",
         "Classifiers for licenses are deprecated, and must not be added where a License-Expression "
         "stands.", "PEP 639"),
    Rule("metadata-license-classifier-old", _I, "License classifier",
         "Classifiers for licenses are deprecated in favour of License-Expression.", "PEP 639"),
    Rule("metadata-classifier", _W, "Not the form of a classifier",
         "Classifiers have levels joined with ' :: '.", "metadata"),
    Rule("metadata-requirement", _E, "Not a requirement",
         "A requirement is a name, extras in brackets, a version specifier or URL, then a marker.", "grammar"),
    Rule("metadata-requirement-old", _W, "Version without an operator",
         "PEP 345 allowed it, and meant all versions that start with it; today's tools refuse it.", "PEP 345"),
    Rule("metadata-requirement-parentheses", _I, "Parentheses around a version",
         "Tools read the parentheses, and should not write them.", "metadata"),
    Rule("metadata-empty-extras", _I, "Brackets without extras",
         "Today pkg[] is pkg; PEP 771 would let it switch the default extras off.", "PEP 771"),
    Rule("metadata-requires-python", _E, "Not a version specifier",
         "Requires-Python is a version specifier without a marker.", "versions"),
    Rule("metadata-extras-variable", _E, "Set variable in package metadata",
         "Such variables belong to lock files; in METADATA pip fails on them, uv drops the line, "
         "others ignore the version.", "PEP 751"),
    Rule("metadata-extra-variable", _E, "extra in the 3.0 model",
         "The 3.0 model tests the set extras with in; it has no variable extra.", "metadata"),
    Rule("metadata-extra-name", _E, "Not an extra name",
         "Extra names are letters and digits with - _ . between them.", "PEP 685"),
    Rule("metadata-extra-unnormalised", _E, "Extra name not normalised",
         "From 2.3 on only normalised names are valid.", "PEP 685"),
    Rule("metadata-extra-spelling", _W, "Extra name not normalised yet",
         "Before 2.3 other spellings were allowed; old installers compare them letter by letter.", "PEP 685"),
    Rule("metadata-extra-clash", _E, "Two extras of the same name",
         "Names that are equal after normalisation are an error.", "PEP 685"),
    Rule("metadata-extra-undeclared", _W, "Extra not declared",
         "Installers offer only the extras that Provides-Extra lists.", "metadata"),
    Rule("metadata-default-extra", _E, "Default extra not declared",
         "A default extra is one of those that Provides-Extra lists.", "PEP 771"),
    Rule("metadata-dist", _E, "Not a project with versions",
         "The field names a project, optionally with a version specifier and a marker.", "metadata"),
    Rule("metadata-module", _W, "Not an import name",
         "The field names a module as import does, optionally with versions in parentheses.", "metadata"),
    Rule("metadata-import-name", _E, "Not an import name",
         "Import names are identifiers joined with dots, and may end in ; private.", "PEP 794"),
    Rule("metadata-import-clash", _E, "Name both own and shared",
         "The same name must not stand in Import-Name and Import-Namespace, nor a name next to an "
         "empty Import-Name.", "PEP 794"),
    Rule("metadata-import-parents", _W, "Parent of an import name missing",
         "Each package above a dotted name should be listed too.", "PEP 794"),
    # extras
    Rule("extra-name", _E, "Not an extra name",
         "Extra names are letters and digits with - _ . between them; no name stands for all of them.",
         "PEP 685"),
    Rule("extra-unnormalised", _W, "Extra name not normalised",
         "Tools compare normalised names; old ones compare letter by letter, and warn or do nothing.",
         "PEP 685"),
    Rule("extra-repeated", _I, "Extra named twice", "Once is enough; nothing changes.", "PEP 685"),
    Rule("extra-clash", _E, "Two extras of the same name",
         "Names that are equal after normalisation are one extra to tools; a writer must refuse them.",
         "PEP 685"),
    Rule("extra-negative", _W, "Extra with a minus",
         "A proposal of this project: it leaves a default extra out of one request. PEP 771 rejects the "
         "syntax because older tools fail on it.", "PEP 771"),
    Rule("extra-negative-refused", _E, "Extra with a minus, by rules that have none",
         "Today's grammar and PEP 771 know no minus between the brackets; tools refuse the request.",
         "grammar"),
    Rule("extra-contradiction", _E, "Extra asked for and left out",
         "One request cannot do both.", "PEP 771"),
    Rule("extra-not-default", _W, "Minus on an extra that is no default",
         "A minus leaves out default extras of the same request, so there is nothing to leave out.",
         "PEP 771"),
    Rule("extra-unknown", _W, "Extra that is not provided",
         "Installers warn and ignore it; under PEP 771 only unknown names mean no extras, default ones "
         "included.", "PEP 771"),
    Rule("extra-other-project", _W, "Request for another project",
         "Only requests for the project whose metadata it is can ask for its extras.", "grammar"),
    Rule("extra-default-unprovided", _E, "Default extra that is not provided",
         "A default extra is one of those that Provides-Extra lists.", "PEP 771"),
    Rule("extra-defaults-ignored", _I, "Default extras by rules that have none",
         "Default extras are a proposal; no installer reads them.", "PEP 771"),
    Rule("extra-unreachable", _W, "Extra that nobody can ask for",
         "Installers offer only the extras that Provides-Extra lists, so the test never holds.", "metadata"),
    Rule("extra-pulls-nothing", _I, "Extra that pulls nothing in",
         "Asking for it changes nothing; some projects keep such extras so that old requests still work.",
         "metadata"),
    Rule("extra-retracts", _W, "Extra that takes a requirement away",
         "By the specification a later request can retract what an earlier one brought; "
         "installers ask one extra at a time and keep it.", "markers"),
    Rule("extra-undefined", _E, "Marker without an answer",
         "By these rules the marker cannot be decided: pip fails on it, and uv takes it as false.",
         "markers"),
    Rule("extra-contradicts-itself", _E, "Extra that asks for its own absence",
         "A reference of a project to itself brings an extra only while that extra is missing, "
         "so no set of extras fits.", "markers"),
)  # fmt: skip

RULES: Mapping[str, Rule] = MappingProxyType({rule.code: rule for rule in _TABLE})
"""Every rule by its code, in the catalogue's order."""


def report(code: str, message: str, span: Span | None = None, fix: Fix | None = None) -> Finding:
    """Make the finding *code* of the catalogue; its severity and source come from there.

    Raises :exc:`KeyError` for a code that the catalogue does not list.

    >>> report("marker-empty", "there is no marker").severity
    <Severity.ERROR: 'error'>
    """
    rule = RULES[code]
    return Finding(code, rule.severity, message, span, fix, rule.url)
