"""Turns finished English sentences into another language, where they are shown.

Sentences are composed in many places, and records keep them in English. A catalogue holds each sentence as a template,
`{what} must be one number, but it has {size} elements`. A sentence is matched with the templates; what stands in a
placeholder is translated in the same way if it is English itself, and else stays as it is: a name, a number, code.

This module uses only Python's standard library, because it also lies beside notebooks.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

MOST_DEPTH = 6
FEWEST_WORDS = 3  # of a message that need not be translated to its end: "{one} and {other}" fits by chance
MOST_NAMES = 2  # words at the beginning of a sentence that may be a name of any kind, such as a file's
_FIELD = re.compile(r"\{(\w+)\}")
_QUOTED = re.compile(r"`[^`]*`|\"[^\"]*\"|'[^']*'")
_ENGLISH = re.compile(r"(?<![\w.(\[/])[A-Za-z]?[a-z]+(?: [A-Za-z]?[a-z]+)+(?![\w(\[=/])")
_BOUNDARY = re.compile(r"(?<=[.?!:;,)]) | (?=\()")
_LONG_WORD = re.compile(r"(?<![\w.(\[/])[a-z]{3,}(?![\w(\[=/])")
_WORD = re.compile(r"[A-Za-z]{2,}")
_NAME = re.compile(r"(?=.*[._/`\d]).+")
_END = re.compile(r"[.?!:,]+$")


@dataclass(frozen=True)
class _Pattern:
    """A message with placeholders, and its translation.

    Attributes:
        message: the message.
        anchor: a text that every sentence of it holds.
        names: placeholders in backquotes, which stand for names.
        translation: the message in the other language.
    """

    message: str
    anchor: str
    names: frozenset[str]
    translation: str

    @cached_property
    def is_telling(self) -> bool:
        """Whether it fits by its own words, even if what fills it stays English, such as a message of Python's."""
        return len(_WORD.findall(_FIELD.sub(" ", self.message))) >= FEWEST_WORDS

    @cached_property
    def patterns(self) -> tuple[re.Pattern[str], ...]:
        """What it matches: each placeholder as little as possible, then as much as possible."""
        return tuple(_pattern(self.message, some) for some in (".+?", ".+"))


class Translator:
    """Translates sentences by a catalogue.

    Args:
        catalogue: English message, with placeholders in braces -> the message in the other language.
    """

    def __init__(self, catalogue: Mapping[str, str]) -> None:
        self._catalogue = catalogue
        known = [(_spaced(message), text.strip()) for message, text in catalogue.items()]
        self._exact = {message: text for message, text in known if not _FIELD.search(message)}
        fields = [(message, text) for message, text in known if _FIELD.search(message)]
        fields.sort(key=lambda pair: -len(_FIELD.sub("", pair[0])))
        self._templates = [_template(message, text) for message, text in fields]
        self._said = lru_cache(maxsize=4096)(self._translated)

    def __call__(self, text: str) -> str:
        """A text in the other language; what no message fits stays English."""
        return self._said(text, MOST_DEPTH)[0] if text.strip() else text

    def message(self, message: str, **values: object) -> str:
        """A message of the catalogue, with its placeholders filled as they are."""
        text = self._catalogue.get(message, message)
        return text.format(**values) if values else text

    def remains(self, text: str) -> str:
        """What of a text's translation is still English; "" if nothing is."""
        said, left = self._said(text, MOST_DEPTH)
        return said if left else ""

    def _translated(self, text: str, depth: int) -> tuple[str, int]:
        """A text in the other language, and how many letters of it are still English."""
        best = text, _english(text)
        for candidate in self._candidates(text, depth):
            if candidate[1] < best[1] or (candidate[1] == best[1] and best[0] == text):
                best = candidate
            if not best[1] and best[0] != text:
                break
        return best

    def _candidates(self, text: str, depth: int) -> Iterator[tuple[str, int]]:
        before, core, after = _core(text)
        spaced = _spaced(core)
        for form, restored in _forms(spaced).items():
            if form in self._exact:
                yield before + restored(self._exact[form]) + after, 0
        if not depth:
            return
        for form, restored in _forms(spaced).items():
            for template in self._templates:
                if template.anchor in form:
                    for pattern in template.patterns:
                        if found := pattern.fullmatch(form):
                            said, left = self._filled(template, found, depth)
                            if not left or template.is_telling:
                                yield before + restored(said) + after, left
        yield from self._apart(before, core, after, depth)

    def _filled(self, template: _Pattern, found: re.Match[str], depth: int) -> tuple[str, int]:
        values = {
            name: (value, 0) if name in template.names else self._said(value, depth - 1)
            for name, value in found.groupdict().items()
        }
        said = _FIELD.sub(lambda field: values[field[1]][0] if field[1] in values else field[0], template.translation)
        left = sum(left for _, left in values.values())
        if not template.is_telling:  # then not a single word may stay
            left += sum(
                len(_LONG_WORD.findall(_QUOTED.sub(" ", value)))
                for name, value in found.groupdict().items()
                if name not in template.names and values[name][0] == value
            )
        return said, left

    def _apart(self, before: str, core: str, after: str, depth: int) -> Iterator[tuple[str, int]]:
        """The text as two, at the ends of sentences first, then at colons and commas."""
        for place in itertools.islice(re.finditer(" ", core), MOST_NAMES):  # a name, and what is said of it
            first, second = core[: place.start()], core[place.end() :]
            for form, restored in _forms(second).items() if _NAME.fullmatch(first) else ():
                if form in self._exact:
                    yield f"{before}{first} {restored(self._exact[form])}{after}", 0
        places = sorted(_BOUNDARY.finditer(core), key=lambda place: ".?!:;),".find(core[place.start() - 1]))
        for place in places[:8]:
            first, second = core[: place.start()], core[place.end() :]
            one, left = self._said(first, depth - 1)
            other, more = self._said(second, depth - 1)
            apart, gain = f"{one} {other}", _english(core) - left - more
            # a heading, or what stands in brackets, may be a single word, which counts as none
            known = (first[-1:] == ":" and one != first) or (second[:1] == "(" and other != second)
            if gain > 0 or (known and not gain):
                yield before + apart + after, left + more


ENGLISH = Translator({})


def _forms(text: str) -> dict[str, Callable[[str], str]]:
    """The text as a message may have it, and how its translation gets the text's own form."""
    forms: dict[str, Callable[[str], str]] = {text: str}
    end = _END.search(text)
    if end:
        mark = end[0]
        forms.setdefault(text[: end.start()], lambda said: said.rstrip(mark) + mark)
    else:
        forms.setdefault(f"{text}.", lambda said: said.removesuffix("."))
        forms.setdefault(f"{text},", lambda said: said.removesuffix(","))
    for form, restored in list(forms.items()):
        other = form[:1].swapcase() + form[1:]
        if other != form:
            forms.setdefault(other, _Begun(restored, text[:1].isupper()))
    return forms


@dataclass(frozen=True)
class _Begun:
    """A form that begins with the other kind of letter: so does its translation."""

    restored: Callable[[str], str]
    is_capital: bool

    def __call__(self, said: str) -> str:
        text = self.restored(said)
        return (text[:1].upper() if self.is_capital else text[:1].lower()) + text[1:]


def _template(message: str, translation: str) -> _Pattern:
    anchor = max(_FIELD.split(message)[::2], key=len)
    named = frozenset(name for code in _QUOTED.findall(message) if code[0] == "`" for name in _FIELD.findall(code))
    return _Pattern(message, anchor, named, translation)


def _pattern(message: str, some: str) -> re.Pattern[str]:
    """A message as a pattern; a placeholder that stands right beside a word may be empty."""
    pattern, end = "", 0
    names: set[str] = set()
    for field in _FIELD.finditer(message):
        beside = message[field.start() - 1 : field.start()] + message[field.end() : field.end() + 1]
        least = some.replace("+", "*") if any(map(str.isalnum, beside)) else some
        pattern += re.escape(message[end : field.start()])
        pattern += f"(?P={field[1]})" if field[1] in names else f"(?P<{field[1]}>{least})"
        names.add(field[1])
        end = field.end()
    return re.compile(pattern + re.escape(message[end:]), re.DOTALL)


def _core(text: str) -> tuple[str, str, str]:
    core = text.strip()
    start = text.index(core) if core else 0
    return text[:start], core, text[start + len(core) :]


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _english(text: str) -> int:
    """How many letters of a text are English, and not names, code or quotations: words beside one another."""
    return sum(len(word) for word in _ENGLISH.findall(_QUOTED.sub(" ", text)))
