"""What would be built of a project's extensions, without compiling: the extensions lab."""
