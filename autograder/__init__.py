"""A grading engine for Jupyter notebooks: right, safe and fast at once, inside nbgrader's frame."""

__version__ = "1.0.0"
