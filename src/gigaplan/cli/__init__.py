"""The command line: thin commands that parse, call the workflow, and show."""

from gigaplan.cli.app import app, main

__all__ = ["app", "main"]
