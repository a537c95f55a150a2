"""From meaning back to the shortest text, and to environments that show it."""
