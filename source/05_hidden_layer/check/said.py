"""Says sentences in the language of the notebook: English, unless translations lie beside this module.

The sentence of a mistake is sealed, and so is its translation: the English sentence, once opened, opens it.
"""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from collections.abc import Callable
from functools import lru_cache
from importlib import import_module
from pathlib import Path

from check.sealed import KEY, mixed

MESSAGES = ".language.json"  # end of the names of files with translations, one for each lab that is here
TRANSLATE = "translate"  # the module that uses them
WORDS = (
    *("expected", "got", "right", "not yet", "not run", "open", "twice"),
    *("first", "second", "third", "fourth", "fifth", "sixth", "last"),
)
_ID = 6  # characters that a sentence is found by


@lru_cache(maxsize=1)
def _data() -> dict[str, dict[str, str]]:
    """Messages with their translations, and for each exercise the lines with the sealed ones."""
    found: dict[str, dict[str, str]] = {"messages": {}, "sealed": {}}
    for path in sorted(Path(__file__).parent.glob(f"*{MESSAGES}")):
        data = json.loads(path.read_text(encoding="utf-8"))
        found["messages"] |= unpacked(data["messages"])
        found["sealed"] |= data["sealed"]
    return found


def packed(messages: dict[str, str]) -> str:
    """Messages and their translations as they stand in such a file."""
    return base64.b85encode(zlib.compress(json.dumps(messages, ensure_ascii=False).encode(), 9)).decode()


def unpacked(text: str) -> dict[str, str]:
    """The inverse of `packed`."""
    return dict(json.loads(zlib.decompress(base64.b85decode(text))))


@lru_cache(maxsize=1)
def _translator() -> Callable[[str], str]:
    messages = _data()["messages"]
    return import_module(f"check.{TRANSLATE}").Translator(messages) if messages else str


def said(text: str) -> str:
    """A sentence in the language of the notebook."""
    return _translator()(text)


def opened(exercise: str, sentence: str) -> str:
    """The sentence of a mistake in the language of the notebook.

    Args:
        exercise: the exercise that it was sealed for.
        sentence: the sentence, opened.
    """
    wanted = _id(sentence)
    for line in _data()["sealed"].get(exercise, "").split("\n"):
        if line[:_ID] == wanted:
            return zlib.decompress(mixed(_second_key(sentence), base64.b85decode(line[_ID:])), -15).decode()
    return said(sentence)  # one that is made of phrases


def hidden(sentence: str, translation: str) -> str:
    """A line that `opened` finds."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(translation.encode()) + packer.flush()
    return _id(sentence) + base64.b85encode(mixed(_second_key(sentence), packed)).decode()


def key_of(sentence: str) -> bytes:
    """The key that the boxes hold for a sentence."""
    return hashlib.sha256(f"sentence|{sentence}".encode()).digest()[:KEY]


def _second_key(sentence: str) -> bytes:
    return hashlib.sha256(f"translation|{sentence}".encode()).digest()


def _id(sentence: str) -> str:
    return hashlib.sha256(f"id|{sentence}".encode()).hexdigest()[:_ID]
