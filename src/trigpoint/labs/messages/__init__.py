"""What a tool's message means: the message lab."""
