"""Extras: what a request asks for, and what a distribution pulls in for it.

Four sets of rules answer the same questions: what installers do, what the
specification says, PEP 771, and the proposal of the summit of 2022.

To find your way, read in this order; no file imports one that comes later:

- ``rules``: the four sets of rules; ``request``: what is asked for;
- ``offer``: what a distribution says; ``domains``: where conditions hold;
- ``requested``: which extras requests bring; ``solve``: which extras follow;
- ``reach``, ``reasons``, ``review``: when, why, and what is wrong;
- ``resolution`` and ``compare``: the answers for one set of rules, and for two.

>>> from trigpoint.extras import requirements
>>> document = {"Name": ["pkg"], "Provides-Extra": ["a", "b"], "Default-Extra": ["a"],
...             "Requires-Dist": ["x; extra == 'a'", "y; extra == 'a' and extra == 'b'"]}
>>> for rules in ("installers", "spec", "pep771"):
...     print(rules, requirements(document, ["pkg[b]", "pkg"], rules=rules).names)
installers ()
spec ()
pep771 ('x', 'y')

Source: Dependency specifiers; PEP 685; PEP 771; for installers, recorded runs.
"""

from trigpoint.extras.compare import Change, Comparison, Where, compare_rules
from trigpoint.extras.domains import Condition
from trigpoint.extras.offer import DocumentLike, Line, Metadata, Offer, read_offer
from trigpoint.extras.reach import reach
from trigpoint.extras.reasons import Reason, Skipped
from trigpoint.extras.request import Mention, Request, read_requests
from trigpoint.extras.requested import RequestedExtras, Step, requested_extras
from trigpoint.extras.resolution import Pulled, Resolution, requirements
from trigpoint.extras.review import review
from trigpoint.extras.rules import RuleSet

__all__ = [
    "Change",
    "Comparison",
    "Condition",
    "DocumentLike",
    "Line",
    "Mention",
    "Metadata",
    "Offer",
    "Pulled",
    "Reason",
    "Request",
    "RequestedExtras",
    "Resolution",
    "RuleSet",
    "Skipped",
    "Step",
    "Where",
    "compare_rules",
    "reach",
    "read_offer",
    "read_requests",
    "requested_extras",
    "requirements",
    "review",
]
