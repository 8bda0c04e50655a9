"""`make bench`: compares this engine with plain nbgrader and with the bare cells, and grades 10,000 submissions."""
