"""Recognises an answer by what it returns, without carrying anything that could be read.

The lab's data holds inputs, the *probes*, and boxes. A key is derived from what the student's answer returns for all
probes, rounded. It opens at most one box, which holds the key of a sentence: that of the catalogued mistake that
returns the same, or the mark of the right answer. Whoever has not made a mistake cannot read its sentence, and
no output can be computed from a key. The other half, which makes the boxes, is `coursebuild/seal.py`.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import math
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from typing import Any

import numpy as np

from check.words import WORDS

ROUNDS = 400  # of hashing, so that trying many outputs takes long
DIGITS = 3  # significant digits of a rounded output
FINEST = 1e-4  # no output is rounded more finely than this
ID, KEY, TAG = 3, 8, 2  # bytes
BOX = ID + 1 + KEY + TAG
RIGHT = 0xFF  # where the number of a sentence stands else
WHOLE = "whole"
MOST_NUMBERS = 20_000


@dataclass(frozen=True)
class Sealed:
    """The boxes of one exercise.

    Attributes:
        exercise: its name, part of every key.
        boxes: id of a box -> its content, encrypted, and a tag that only the right key confirms.
        sentences: encrypted sentences.
    """

    exercise: str
    boxes: Mapping[bytes, bytes]
    sentences: Sequence[bytes]

    def open(self, view: str, output: str) -> str | int | None:
        """The sentence of a mistake, `RIGHT`, or None if the output is not a known one.

        Args:
            view: `WHOLE`, or the number of one result out of several.
            output: the rounded output, see `rounded`.
        """
        key = derived(self.exercise, view, output)
        box = self.boxes.get(key[:ID])
        content = unsealed(key, box) if box is not None else None
        if content is None:
            return None
        index = content[0]
        return RIGHT if index == RIGHT else expanded(mixed(content[1:], self.sentences[index]))


def read(exercise: str, data: Mapping[str, Any]) -> Sealed:
    """The boxes as they stand in a lab's data."""
    flat = base64.b85decode(data["boxes"])
    boxes = {flat[i : i + ID]: flat[i + ID : i + BOX] for i in range(0, len(flat), BOX)}
    texts, sentences = base64.b85decode(data["sentences"]), []
    while texts:  # each begins with its length
        sentences.append(texts[1 : 1 + texts[0]])
        texts = texts[1 + texts[0] :]
    return Sealed(exercise, boxes, sentences)


def derived(exercise: str, view: str, output: str) -> bytes:
    """The key of an output, 32 bytes."""
    digest = hashlib.sha256(f"{exercise}|{view}|{output}".encode()).digest()
    for _ in range(ROUNDS):
        digest = hashlib.sha256(digest).digest()
    return digest


def sealed(key: bytes, content: bytes) -> bytes:
    """Encrypt, and append a tag; each key is used for one content."""
    hidden = mixed(key, content)
    return hidden + hmac.digest(key, hidden, "sha256")[:TAG]


def unsealed(key: bytes, box: bytes) -> bytes | None:
    """The inverse of `sealed`; None if the key is another one."""
    hidden, tag = box[:-TAG], box[-TAG:]
    return mixed(key, hidden) if hmac.compare_digest(hmac.digest(key, hidden, "sha256")[:TAG], tag) else None


def mixed(key: bytes, content: bytes) -> bytes:
    """Encrypt, or decrypt what was encrypted with the same key."""
    blocks = [hashlib.sha256(key + i.to_bytes(4, "big")).digest() for i in range(len(content) // 32 + 1)]
    return bytes(a ^ b for a, b in zip(content, b"".join(blocks), strict=False))


def shortened(text: str) -> bytes:
    """A sentence in few bytes."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15, zdict=WORDS)
    return packer.compress(text.encode()) + packer.flush()


def expanded(packed: bytes) -> str:
    """The inverse of `shortened`."""
    return zlib.decompressobj(-15, zdict=WORDS).decompress(packed).decode()


def used_through(module: str, name: str, answer: Any) -> Callable[..., Any]:
    """How an answer is asked: itself, or through a function of its lab's checks that gives plain data."""
    return partial(getattr(import_module(f"check.{module}"), name), answer) if name else answer


def outputs(function: Callable[..., Any], probes: Sequence[Sequence[Any]]) -> list[Any]:
    """What a function returns for each probe; an exception, or a changed argument, as its description."""
    found: list[Any] = []
    for probe in probes:
        args = [argument(value) for value in probe]
        before = [argument(value) for value in probe]
        try:
            result = function(*args)
        except Exception as error:
            result = f"raised {type(error).__name__}"
        changed = [i for i, pair in enumerate(zip(args, before, strict=True)) if rounded(pair[0]) != rounded(pair[1])]
        if changed and not isinstance(result, str):
            result = f"changed {changed}{', gave None' if result is None else ''}"
        found.append(result)
    return found


def argument(value: Any) -> Any:
    """An argument as the lab's data holds it, for one call: a list is an array, ``{"several": [...]}`` a tuple."""
    if isinstance(value, dict):
        return tuple(argument(item) for item in value["several"])
    return np.array(value) if isinstance(value, list) else value


def views(found: Sequence[Any], results: int) -> dict[str, str]:
    """The rounded outputs, as a whole and by result.

    Args:
        found: what `outputs` gave.
        results: how many results each call returns as a tuple; 0 if it returns one.
    """
    whole = [rounded(value, results) for value in found]
    by_view = {WHOLE: "/".join(whole)}
    apart = [value for value in found if isinstance(value, list | tuple) and len(value) == results]
    if results and len(apart) == len(found):
        by_view |= {str(i): "/".join(rounded(value[i]) for value in apart) for i in range(results)}
    return by_view


def rounded(value: Any, results: int = 0) -> str:
    """A value as text that is the same for every way to compute it: axes of length 1 and types do not matter."""
    if value is None or isinstance(value, str | bool):
        return repr(value)[:80]
    if results and isinstance(value, list | tuple) and len(value) == results:
        return ";".join(map(rounded, value))
    if hasattr(value, "savefig"):
        return ";".join(f"{len(ax.lines)}|" + ";".join(map(_curve, ax.lines)) for ax in value.axes)
    try:
        array = np.squeeze(np.asarray(value))
    except Exception:
        array = np.asarray(None)
    if array.dtype.kind in "biuf" and array.size <= MOST_NUMBERS:
        return f"{array.shape}" + ",".join(_text(number) for number in array.reshape(-1).tolist())
    if isinstance(value, list | tuple) and len(value) <= 100:
        return ";".join(map(rounded, value))
    return type(value).__name__


def _curve(line: Any) -> str:
    points = np.asarray(line.get_xydata())
    return f"{rounded(points[:: max(1, len(points) // 12)])}{line.get_visible()}"


def _text(number: float) -> str:
    if not math.isfinite(number):
        return str(float(number))
    unit = step(number)
    return f"{round(number / unit) * unit + 0.0:.{DIGITS + 2}g}"


def step(number: float) -> float:
    """The distance of neighbouring values after rounding, near a number."""
    size = math.floor(math.log10(abs(number))) if abs(number) > FINEST else -10
    return float(max(FINEST, 10.0 ** (size - DIGITS + 1)))
