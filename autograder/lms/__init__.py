"""Learning management systems: bulk downloads in, grades and feedback out."""


class LmsError(RuntimeError):
    """What was asked for cannot be done; the sentence says what to do."""
