"""From text to a tree: the grammar, and what to say of a text that does not fit it or means something else."""
