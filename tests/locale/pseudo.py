"""A language that nobody speaks, in which each letter of a message is another one: it tests the whole way."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from dataclasses import replace

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from coursebuild.course import AuthoredCourse
from coursebuild.figures import digest
from coursebuild.locale.edition import translated_figures
from coursebuild.locale.languages import Edition
from coursebuild.locale.sources import Messages
from coursebuild.parse import AuthoredLab

LANGUAGE = "xx"
_KEPT = re.compile(
    r"\$\$.*?\$\$|\$[^$]*\$|`+[^`]*`+|\{[^{}]*\}|\]\([^)]*\)|</?\w+[^<>]*>|&#?\w+;|https?://\S+|\\n|"
    r"\w*_\w*|[A-Za-z]\w*(?=\((?!s\)))",
    re.DOTALL,
)
_SMALL = "абвгдежзийклмнопрстуфхцчшщ"
_LETTERS = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'", f"{_SMALL}{_SMALL.upper()}\N{RIGHT SINGLE QUOTATION MARK}"
)


def pseudo(message: str) -> str:
    """A message in that language: formulas, code, names and placeholders stay as they are."""
    parts, end = [], 0
    for kept in _KEPT.finditer(message):
        parts += [message[end : kept.start()].translate(_LETTERS), kept[0]]
        end = kept.end()
    return "".join([*parts, message[end:].translate(_LETTERS)])


def pseudo_edition(course: AuthoredCourse, labs: Iterable[AuthoredLab], messages: Messages) -> Edition:
    """The edition in that language, with empty pictures in the place of drawn figures."""
    catalogues = {name: {message: pseudo(message) for message in own} for name, own in messages.items()}
    edition = Edition(LANGUAGE, catalogues)
    drawn = translated_figures(list(labs), course, edition)
    pictures = {name.replace(".svg", ".png"): _picture(svg) for name, svg in drawn.items()}
    return replace(edition, figures=pictures, expected=course.expected)


def _picture(svg: bytes) -> bytes:
    info = PngInfo()
    info.add_text("Drawn from", digest(svg))
    data = io.BytesIO()
    Image.new("RGBA", (4, 4)).save(data, "PNG", pnginfo=info)
    return data.getvalue()
