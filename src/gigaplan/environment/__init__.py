"""Environment: air, water, land and clean matching of a finished plan."""
