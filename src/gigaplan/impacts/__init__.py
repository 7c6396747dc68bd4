"""Formulas of what a plan does to its surroundings: the same for a limit and for a report."""
