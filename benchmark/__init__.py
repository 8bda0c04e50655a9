"""`make bench`: this engine beside plain nbgrader and beside the bare cells, and a class of ten thousand."""
