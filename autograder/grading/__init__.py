"""Grade one submission, run a worker, run a whole class."""
