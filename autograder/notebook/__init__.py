"""What can be read from a notebook's cells without running them: names, roles, metadata, leaks."""
