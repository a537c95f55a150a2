"""The mean of each window of a row of numbers, in two ways."""


def anew(values: list[float], window: int) -> list[float]:
    """Add up each window anew."""
    found = []
    for start in range(len(values) - window + 1):
        total = 0.0
        for value in values[start : start + window]:
            total += value
        found.append(total / window)
    return found


def running(values: list[float], window: int) -> list[float]:
    """Add the value that comes, and take away the one that goes."""
    total = sum(values[:window])
    found = [total / window]
    for goes, comes in zip(values[:-window], values[window:], strict=True):
        total += comes - goes
        found.append(total / window)
    return found
