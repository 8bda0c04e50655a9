"""Recognises an answer by what it returns, without carrying anything that could be read.

The lab's data holds inputs, the *probes*, and boxes. A key is derived from what the student's answer returns for all
probes, rounded. It opens at most one box, which holds the key of a sentence: that of the catalogued mistake that
returns the same, or the mark of the right answer; for two mistakes at once, a second key made of the first opens a
second box. The sentences of generated mistakes are made of phrases that every exercise shares and of names that its
task uses, so their boxes hold no more than which ones. Whoever has not made a mistake cannot read its sentence, and no
output can be computed from a key. The other half, which makes the boxes, is `coursebuild/seal.py`.
"""

from __future__ import annotations

import base64
import hashlib
import math
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from importlib import import_module
from typing import Any

import numpy as np

from check.words import WORDS

ROUNDS = 400  # of hashing, so that trying many outputs takes long
DIGITS = 3  # significant digits of a rounded output
FINEST = 1e-4  # no output is rounded more finely than this
ID, KEY = 4, 6  # bytes
BOX = ID + 1 + KEY
SAID = ID + 4  # a box with the number of a phrase, 2 bytes, and those of names in it, half a byte each
MOST_PHRASES, MOST_NAMES, MOST_IN_PHRASE = 0xFFFF, 15, 4
NO_NAME = 0xF  # where the number of a name stands else
GAP = "`"  # where a name stands in a phrase
RIGHT = 0xFF  # where the number of a sentence stands else, before a key of zeros
WHOLE = "whole"
AMONG_OTHERS = "+"  # after the number of a result that a mistake changes beside other results
MOST_NUMBERS = 20_000


@dataclass(frozen=True)
class Sealed:
    """The boxes of one exercise.

    Attributes:
        exercise: its name, part of every key.
        boxes: id of a box, which only the right key gives -> its content, encrypted.
        sentences: encrypted sentences.
        said: as `boxes`, of sentences that are made of phrases and names.
        phrases, names: these.
        say: puts a sentence into the language of the notebook.
    """

    exercise: str
    boxes: Mapping[bytes, bytes]
    sentences: Sequence[bytes]
    said: Mapping[bytes, bytes] = field(default_factory=dict)
    phrases: Sequence[str] = ()
    names: Sequence[str] = ()
    say: Callable[[str], str] = str

    def open(self, view: str, output: str) -> str | int | None:
        """The sentence of a mistake, `RIGHT`, or None if the output is not a known one.

        Args:
            view: `WHOLE`, or the number of one result out of several, see `AMONG_OTHERS`.
            output: the rounded output, see `rounded`.
        """
        key = derived(self.exercise, view, output)
        first, second = self._at(key), self._at(following(key))
        return f"{first} {second}" if isinstance(first, str) and isinstance(second, str) else first

    def _at(self, key: bytes) -> str | int | None:
        box = self.boxes.get(key[:ID])
        if box is None:
            return self._said(key)
        index, inner = (content := mixed(key, box))[0], content[1:]
        if index == RIGHT:
            return RIGHT if inner == bytes(KEY) else None
        try:
            return self.say(expanded(mixed(inner, self.sentences[index])))
        except (IndexError, UnicodeDecodeError, zlib.error):  # another output with the same id
            return None

    def _said(self, key: bytes) -> str | None:
        """A sentence made of a phrase and names; None for the key of another box."""
        box = self.said.get(key[:ID])
        if box is None:
            return None
        content = mixed(key, box)
        phrase = int.from_bytes(content[:2], "big")
        numbers = [half for byte in content[2:] for half in divmod(byte, 16)]
        chosen = [number for number in numbers if number != NO_NAME]
        gaps = self.phrases[phrase].count(GAP) if phrase < len(self.phrases) else -1
        if len(chosen) != gaps or numbers[:gaps] != chosen or any(number >= len(self.names) for number in chosen):
            return None
        return self.say(filled(self.phrases[phrase], [self.names[number] for number in chosen]))


def read(exercise: str, data: Mapping[str, Any], phrases: str = "", say: Callable[[str], str] = str) -> Sealed:
    """The boxes as they stand in a lab's data, and its phrases; `say` as in `Sealed`."""
    texts, sentences = base64.b85decode(data["sentences"]), []
    while texts:  # each begins with its length
        sentences.append(texts[1 : 1 + texts[0]])
        texts = texts[1 + texts[0] :]
    said = _apart(data.get("said", ""), SAID)
    return Sealed(exercise, _apart(data["boxes"], BOX), sentences, said, unpacked(phrases), data.get("names", ()), say)


def _apart(text: str, size: int) -> dict[bytes, bytes]:
    flat = base64.b85decode(text)
    return {flat[i : i + ID]: flat[i + ID : i + size] for i in range(0, len(flat), size)}


def packed(phrases: Sequence[str]) -> str:
    """Phrases as they stand in a lab's data."""
    return base64.b85encode(zlib.compress("\n".join(phrases).encode(), 9)).decode()


@lru_cache(maxsize=1)
def unpacked(text: str) -> tuple[str, ...]:
    """The inverse of `packed`."""
    return tuple(zlib.decompress(base64.b85decode(text)).decode().split("\n")) if text else ()


def filled(phrase: str, names: Sequence[str]) -> str:
    """A phrase with names in its gaps."""
    begin, *rest = phrase.split(GAP)
    return begin + "".join(f"`{name}`{text}" for name, text in zip(names, rest, strict=True))


@dataclass(frozen=True)
class Opened:
    """What the results of an answer opened, by view: a sentence, `RIGHT`, or None.

    Attributes:
        alone: boxes of mistakes that change this result only, of whole answers, and of the right answer.
        beside: boxes of mistakes that change other results as well.
    """

    alone: Mapping[str, str | int | None]
    beside: Mapping[str, str | int | None]

    def right(self, *views: str) -> bool:
        """Whether some results are the right ones."""
        return all(self.alone.get(view) == RIGHT for view in views)

    @property
    def whole(self) -> str | None:
        """The sentence of the mistake that explains all results; None if there is none."""
        text = self.alone.get(WHOLE)
        return text if isinstance(text, str) else None

    def sentences(self, own: Sequence[str]) -> list[str]:
        """What is known of an answer, or of some of its results.

        A mistake that changes several results is told only if it explains all wrong ones, or all but one, that no
        other mistake explains, so that its sentence is true of the answer.

        Args:
            own: the views of the results that matter; `WHOLE` for all.
        """
        if self.whole is not None:
            return [self.whole]
        wrong = [view for view in self.alone if view != WHOLE and not self.right(view)]
        left = [view for view in wrong if not isinstance(self.alone[view], str)]
        told: list[str] = []
        for view in wrong:
            text = self.alone[view]
            if view in left:
                text = self.beside.get(view)
                explained = sum(self.beside.get(other) == text for other in left)
                text = text if explained >= max(2, len(left) - 1) else None
            if isinstance(text, str) and text not in told and (WHOLE in own or view in own):
                told.append(text)
        return told


def opened(boxes: Sealed, seen: Mapping[str, str]) -> Opened:
    """What some views open."""
    alone = {view: boxes.open(view, text) for view, text in seen.items()}
    wrong = [view for view in seen if view != WHOLE and not isinstance(alone[view], int)]
    beside = {view: boxes.open(view + AMONG_OTHERS, seen[view]) for view in wrong}
    return Opened(alone, beside)


def derived(exercise: str, view: str, output: str) -> bytes:
    """The key of an output, 32 bytes."""
    digest = hashlib.sha256(f"{exercise}|{view}|{output}".encode()).digest()
    for _ in range(ROUNDS):
        digest = hashlib.sha256(digest).digest()
    return digest


def following(key: bytes) -> bytes:
    """The key of a second box with the sentence of a second mistake."""
    return hashlib.sha256(b"second" + key).digest()


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
