"""What two markers mean together: the algebra lab."""
