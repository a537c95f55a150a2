"""What is wrong with a METADATA file, and where."""
