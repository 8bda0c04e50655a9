"""What of a text is prose: the rest, formulas, code and addresses, is the same in every language."""

from __future__ import annotations

import re
from collections.abc import Callable

Say = Callable[[str, str], str]
"""Called with a message and its kind; returns the message in the edition's language."""

CODE = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)")
FORMULA = re.compile(r"\$\$.+?\$\$|(?<![\\$])\$(?!\$).+?(?<!\\)\$", re.DOTALL)
TEXT_IN_FORMULA = re.compile(r"(?<!_\{)(\\text\{)([^{}]*[^\W\d_A-Z][^{}]*)(\})")
PLACEHOLDER = re.compile(r"\{[^{}]*\}")
_TARGET = re.compile(r"\]\([^)\s]+\)")
TAG = re.compile(r"</?\w+[^<>]*>|&#?\w+;")
_NAME = re.compile(r"\S*[_/\\\d]\S*")
_ARTICLE = re.compile(r"\b[Aa] \{")
_WORD = re.compile(r"[A-Za-z]{2,}")


def listed(names: str) -> frozenset[str]:
    """The names in a text, which is easier to read than one literal for each."""
    return frozenset(names.split())


def prose(text: str) -> str:
    """A text without its formulas, code, addresses, tags and placeholders."""
    for pattern in (CODE, FORMULA, _TARGET, TAG, PLACEHOLDER):
        text = pattern.sub(" ", text)
    return text


def has_words(text: str) -> bool:
    """Whether there is anything to translate in a text."""
    return bool(_WORD.search(prose(text)))


def has_words_in_code(text: str) -> bool:
    """The same for a string of a program, in which names and short formulas stand without marks."""
    return bool(_WORD.search(_NAME.sub(" ", prose(text)))) or bool(_ARTICLE.search(text))
