"""The review lab: what a project as a whole shows, check by check."""
