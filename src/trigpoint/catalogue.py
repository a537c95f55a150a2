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
