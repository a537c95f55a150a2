"""What a METADATA file says, and what is wrong with it: the metadata lab."""
