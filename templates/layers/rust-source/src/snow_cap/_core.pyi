from typing_extensions import Buffer

__all__ = ["rolling_mean"]

def rolling_mean(values: Buffer, window: int, out: Buffer, /) -> None: ...
