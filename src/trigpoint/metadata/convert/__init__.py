"""From one metadata version to another, with a report of what changes."""
