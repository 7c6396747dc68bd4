"""The expansion room."""
