"""Answers that are given before they are asked for, each in a box that only its own question opens.

The place of a box, and what opens it, are digests of the whole question. So boxes tell nobody more than asking would:
neither what is asked, nor what is answered to a question that one does not have.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

PLACE_BYTES, KEY_BYTES = 16, 32


def box(name: str, arguments: bytes, answer: bytes) -> tuple[bytes, bytes]:
    """The place of a box, and the box.

    Args:
        name: of the function that is called.
        arguments: of the call, encoded.
        answer: the result, encoded.
    """
    place, key = _digests(name, arguments)
    return place, _turned(key, answer)


def place_of(name: str, arguments: bytes) -> bytes:
    """Where the box of a question is."""
    return _digests(name, arguments)[0]


def opened(boxes: Mapping[bytes, bytes], name: str, arguments: bytes) -> bytes | None:
    """The answer to a question; None if there is no box for it."""
    place, key = _digests(name, arguments)
    closed = boxes.get(place)
    return None if closed is None else _turned(key, closed)


def _digests(name: str, arguments: bytes) -> tuple[bytes, bytes]:
    digest = hashlib.blake2b(name.encode() + b"\0" + arguments, digest_size=PLACE_BYTES + KEY_BYTES).digest()
    return digest[:PLACE_BYTES], digest[PLACE_BYTES:]


def _turned(key: bytes, content: bytes) -> bytes:
    """The content under the key's stream, which serves for one answer only; done twice, it is the content again."""
    stream = int.from_bytes(hashlib.shake_256(key).digest(len(content)), "little")
    return (int.from_bytes(content, "little") ^ stream).to_bytes(len(content), "little")
