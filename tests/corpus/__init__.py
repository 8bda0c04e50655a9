"""Hostile, broken, odd and unlucky submissions, each with what grading must make of it.

One module per category of what grading must withstand; every case is data (`tests.corpus.case.Case`). They all go
through the real engine, in one worker. `python -m tests.corpus.table` writes docs/withstanding.md from them.
"""
