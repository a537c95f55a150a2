from _typeshed import ReadableBuffer, WriteableBuffer

__all__ = ["rolling_mean"]

def rolling_mean(
    values: ReadableBuffer, window: int, out: WriteableBuffer, /
) -> None: ...
