"""In which environments a marker holds, and why: the marker lab."""
