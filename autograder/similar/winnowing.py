"""Winnowed fingerprints of a sequence of tokens.

The algorithm is that of S. Schleimer, D. S. Wilkerson and A. Aiken, "Winnowing: Local Algorithms for Document
Fingerprinting", SIGMOD 2003 (doi:10.1145/872757.872770): every sequence of `LENGTH` tokens is hashed, and of every
`WINDOW` hashes in a row the smallest is kept, the rightmost of equal ones. What two texts share in
``LENGTH + WINDOW - 1`` tokens or more is always found; what they share in fewer than ``LENGTH`` never is.

No package fits: ``compare50`` is under GPL-3.0, and ``copydetect`` compares whole files pair by pair, by their share of
common text, where right answers of one exercise are alike by nature. What counts here is how rare a passage is in the
class, for which the fingerprints themselves are needed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import blake2b
from typing import NamedTuple

LENGTH = 8
WINDOW = 4


class Fingerprint(NamedTuple):
    """One passage: a number that stands for its tokens, and the positions of the first and the last of them."""

    value: int
    first: int
    last: int


def fingerprints(tokens: Sequence[str], length: int = LENGTH, window: int = WINDOW) -> Iterator[Fingerprint]:
    """The passages that winnowing chooses: all with a window of 1; of a text shorter than ``length``, the whole."""
    if not tokens:
        return
    length = min(length, len(tokens))
    hashes = [_hash(tokens[at : at + length]) for at in range(len(tokens) - length + 1)]
    chosen = -1
    for start in range(max(len(hashes) - window + 1, 1)):
        end = min(start + window, len(hashes))
        smallest = min(range(start, end), key=lambda at: (hashes[at], -at))
        if smallest != chosen:
            chosen = smallest
            yield Fingerprint(hashes[chosen], chosen, chosen + length - 1)


def _hash(tokens: Sequence[str]) -> int:
    return int.from_bytes(blake2b("\0".join(tokens).encode("utf-8", "replace"), digest_size=8).digest(), "big")
