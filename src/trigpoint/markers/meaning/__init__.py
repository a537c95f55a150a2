"""What a comparison means in one environment, and why."""
