"""What a marker means in every environment at once: diagrams, and the questions they answer."""
