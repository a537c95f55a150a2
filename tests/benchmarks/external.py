"""Plans: 100 DepURLs in all twelve ecosystems, with the documents loaded, as a lab asks for them."""

from __future__ import annotations

from tests.benchkit import Benchmark, Way, each, under
from tests.benchkit.declare import OURS

__all__ = ["BENCHMARKS"]

SECONDS = 0.02
"""What the plans of one text may take, in all twelve ecosystems together."""


def asked() -> list[str]:
    """Return one text of 100 requirements, a fifth of them with a range."""
    from trigpoint.external.mappings import mapping

    names = list(mapping("debian").entries)[:100]
    return ["\n".join(f"{name}@>=1,<9" if i % 5 == 0 else name for i, name in enumerate(names))]


def _plans() -> Way:
    from trigpoint.external.mappings import ECOSYSTEMS
    from trigpoint.external.plan import plan
    from trigpoint.external.tables import read_lines

    def all_plans(text: str) -> int:
        listed = read_lines(text).needed
        return sum(len(plan(listed, name).planned) for name in ECOSYSTEMS)

    def answer(text: str) -> str:
        return str(int(all_plans(text) > 0))

    return Way(each(all_plans), answer=answer)


BENCHMARKS = (
    Benchmark(
        "plans for 100 DepURLs in twelve ecosystems",
        "text",
        asked,
        {OURS: _plans},
        {OURS: under(SECONDS)},
    ),
)
