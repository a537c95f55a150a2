"""How to show heights, as nicely as what is installed can."""

from importlib.util import find_spec

from ._line import snow_line


def show(latitudes: list[float]) -> str:
    """Return a line for each latitude; in columns if the extra table is installed."""
    rows = [(latitude, snow_line(latitude)) for latitude in latitudes]
    if find_spec("tabulate") is None:
        return "\n".join(f"{latitude} {height}" for latitude, height in rows)
    from tabulate import tabulate

    return str(tabulate(rows, tablefmt="plain"))


def need(module: str, extra: str) -> None:
    """Say which extra has what is missing, in the place of a bare import error."""
    if find_spec(module) is None:
        wanted = f"'snow-cap[{extra}]'"
        raise ImportError(f"{module} is missing: python -m pip install {wanted}")
