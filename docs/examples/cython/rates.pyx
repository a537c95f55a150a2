from limits cimport highest


def settle(double depth):
    """Return how deep snow is a day later, of what may lie at most."""
    return min(depth, highest()) * 0.9
