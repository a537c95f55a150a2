"""The checks of a project, by topic: each a function from a project to what it found."""
