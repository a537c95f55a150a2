"""What a case is, the rules that cases are about, and the wheels beside each."""

from __future__ import annotations

from dataclasses import dataclass

from tests.evidence.wheels import Wheel, metadata

__all__ = ["DEPENDENCIES", "SECTIONS", "Case"]

_CORE = "https://packaging.python.org/en/latest/specifications/core-metadata/"
_WHEEL = "https://packaging.python.org/en/latest/specifications/binary-distribution-format/"
_SPECIFIERS = "https://packaging.python.org/en/latest/specifications/dependency-specifiers/"

SECTIONS = {
    "Core metadata": _CORE,
    "Metadata-Version": f"{_CORE}#metadata-version",
    "Name": f"{_CORE}#name",
    "Provides-Extra": f"{_CORE}#provides-extra-multiple-use",
    "Requires-Dist": f"{_CORE}#requires-dist-multiple-use",
    "Requires-Python": f"{_CORE}#requires-python",
    "License-Expression": f"{_CORE}#license-expression",
    "Extras": f"{_SPECIFIERS}#extras",
    "Environment markers": f"{_SPECIFIERS}#environment-markers",
    "Lock file markers": "https://packaging.python.org/en/latest/specifications/pylock-toml/",
    "Wheel file name": f"{_WHEEL}#file-name-convention",
    "Wheel-Version": f"{_WHEEL}#installing-a-wheel-distribution-1-0-py32-none-any-whl",
    "PEP 685": "https://peps.python.org/pep-0685/",
    "PEP 771": "https://peps.python.org/pep-0771/",
    "PEP 777": "https://peps.python.org/pep-0777/",
    "PEP 825": "https://peps.python.org/pep-0825/",
}
"""Section of a specification, or a PEP, to its address."""


@dataclass(frozen=True, slots=True)
class Case:
    """One thing to ask of an installer.

    ``shows`` says in one sentence what is looked at.  ``subject`` is the
    wheel that the case is about; ``others`` lie beside it in the directory
    that the tool may choose from.  ``request`` is what the tool is asked for.
    ``meant`` names the dependencies that should come by the specification or,
    for what no specification has, by the proposal; None where neither says.
    Where fields are misread, it is what their author meant.
    ``features`` are those of :data:`trigpoint.installers.FEATURES`
    that the outcome is put down to.  ``only`` names the families of tools
    that are asked, all if it is empty; ``spared`` those that are not.
    """

    name: str
    shows: str
    section: str
    subject: Wheel
    request: str = "pkg"
    others: tuple[Wheel, ...] = ()
    meant: frozenset[str] | None = frozenset()
    features: frozenset[str] = frozenset()
    only: frozenset[str] = frozenset()
    spared: frozenset[str] = frozenset()

    @property
    def needs_choice(self) -> bool:
        """Whether the point is which of several wheels is taken."""
        return bool(self.others) and not self.subject.file_name


DEPENDENCIES = (
    *(Wheel(name=f"dep-{name}") for name in ("docs", "test", "default")),
    Wheel(
        name="de",
        metadata=metadata(
            "Provides-Extra: rec",
            "Default-Extra: rec",
            "Requires-Dist: dep-default; extra == 'rec'",
            name="de",
        ),
    ),
)
"""Wheels that lie beside every case's own."""
