"""The composer lab: a new project from a template and a reader's answers, file by file."""
