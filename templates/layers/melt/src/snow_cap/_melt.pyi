from collections.abc import Sequence

__all__ = ["melt"]

def melt(degrees: Sequence[float], /) -> float: ...
