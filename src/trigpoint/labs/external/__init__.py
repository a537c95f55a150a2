"""What a package needs from the system: the external lab."""
