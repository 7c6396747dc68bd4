"""Formulas of money and time that stand below every room."""
