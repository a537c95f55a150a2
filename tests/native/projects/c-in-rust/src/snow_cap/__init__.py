"""How much snow melts."""
