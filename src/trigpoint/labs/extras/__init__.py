"""Which requirements a request pulls in: the extras lab."""
