"""A course folder: its configuration, the submissions in it, the engine's log."""

CONFIG = "nbgrader_config.py"
"""The file that makes a folder a course's folder."""
STATE_FOLDER = ".autograder"
"""Folder in a course's folder for what the engine keeps between runs."""
