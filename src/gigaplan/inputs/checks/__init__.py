"""Checks that every data package must pass before anything is computed from it."""
