"""What a project's own backend makes of it: the build lab."""
