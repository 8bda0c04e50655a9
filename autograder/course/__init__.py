"""A course folder: its configuration, and what was handed in."""
