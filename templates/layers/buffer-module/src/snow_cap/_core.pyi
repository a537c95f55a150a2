from _typeshed import ReadableBuffer, WriteableBuffer

def rolling_mean(
    values: ReadableBuffer, window: int, out: WriteableBuffer, /
) -> None: ...
