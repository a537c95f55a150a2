"""Plans: 100 DepURLs in all twelve ecosystems, with the documents loaded, as a lab asks for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.benchkit import Benchmark, Way, each, faster, under
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

    def all_plans(text: str) -> list[int]:
        listed = read_lines(text).needed
        return [len(plan(listed, name).planned) for name in ECOSYSTEMS]

    return Way(each(all_plans), answer=_served(all_plans))


def _served(all_plans: Callable[[str], list[int]]) -> Callable[[str], str]:
    """Return an answer that both ways share: which ecosystems have something for what is asked."""
    return lambda text: " ".join(str(int(count > 0)) for count in all_plans(text))


def _prototype() -> Way:
    """Do the same with the prototype of PEP 725, which loads our documents: they have its schema."""
    import json
    from importlib import resources

    from pyproject_external import DepURL, Mapping, Registry

    from trigpoint.external.mappings import ECOSYSTEMS

    folder = resources.files("trigpoint.external").joinpath("data")

    def loaded(name: str) -> dict[str, object]:
        made: dict[str, object] = json.loads(folder.joinpath(name).read_text("utf-8"))
        return made

    known = Registry(loaded("registry.json"))
    documents = [Mapping(loaded(f"{name}.mapping.json")) for name in ECOSYSTEMS]
    # It reads no manager that cannot be asked what is there; of those it has less to do.
    first = [document.package_managers[0] for document in documents]
    managers = [
        document.get_package_manager(each["name"]) if each["commands"]["query"] else None
        for document, each in zip(documents, first, strict=True)
    ]

    def all_plans(text: str) -> list[int]:
        asked = [DepURL.from_string(line).to_string() for line in text.splitlines()]
        counts = []
        for names, manager in zip(documents, managers, strict=True):
            taken: list[Any] = []
            for url in asked:
                specs = names.iter_specs_by_id(url, "host", resolve_with_registry=known)
                taken += next(specs, [])
            counts.append(len(taken))
            if manager is None:
                continue
            plain = [type(spec)(spec.name, "") for spec in taken]
            try:
                manager.render_commands("install", taken)
            except ValueError:
                # One range that a manager cannot be asked for, and there is no command at all.
                manager.render_commands("install", plain)
            manager.render_commands("query", plain)
        return counts

    return Way(each(all_plans), answer=_served(all_plans))


BENCHMARKS = (
    Benchmark(
        "plans for 100 DepURLs in twelve ecosystems",
        "text",
        asked,
        {OURS: _plans, "pyproject-external": _prototype},
        {OURS: under(SECONDS), "pyproject-external": faster(10)},
    ),
)
