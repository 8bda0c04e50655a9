"""Finished English sentences in another language."""
