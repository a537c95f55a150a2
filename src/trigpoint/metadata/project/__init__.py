"""From the ``[project]`` table of a pyproject.toml to core metadata.

Read :mod:`.project` first; :mod:`.keys` has a function for each key, :mod:`.table`
what they put values into, :mod:`.toml` the places that ``tomllib`` does not give.
"""
