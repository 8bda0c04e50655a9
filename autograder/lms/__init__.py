"""Learning management systems: bulk downloads in, grades and feedback out."""
