"""From the ``[project]`` table of a pyproject.toml to core metadata."""
