"""Frozen values that every other package speaks of: labs, submissions, records, results, limits."""
