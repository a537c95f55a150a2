"""The builders that come with Trigpoint, one file each."""
