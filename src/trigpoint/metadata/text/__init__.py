"""The lines of a METADATA file: from bytes to headers, and back."""
