"""A digest of what was handed in, by which every result is told from older ones."""

from __future__ import annotations

import hashlib

from autograder.model.record import Submission


def submission_digest(submission: Submission) -> str:
    """SHA-256 over names and contents of everything that was handed in."""
    sha = hashlib.sha256()
    for name, content in sorted(submission.files.items()):
        for part in (name.encode("utf-8", "surrogateescape"), content):
            sha.update(len(part).to_bytes(8, "big") + part)
    sha.update((submission.problem or "").encode())
    return sha.hexdigest()
