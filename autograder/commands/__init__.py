"""Sub-commands of ``autograder``."""
