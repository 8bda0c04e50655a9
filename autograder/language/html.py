"""Walks through an HTML page, message by message: headings, paragraphs, list items, cells of tables."""

from __future__ import annotations

import re
from collections.abc import Callable

_PART = re.compile(
    r"(<(?P<tag>title|h1|h2|h3|p|td|th|li|summary|figcaption)\b[^<>]*>)(?P<inner>.*?)(</(?P=tag)>)", re.DOTALL
)


def rewrite(html: str, say: Callable[[str], str]) -> str:
    """A page with the inside of each such element, its spaces and line breaks plain, as `say` gives it.

    What `say` leaves as it is stays as it was written.
    """

    def replace(found: re.Match[str]) -> str:
        message = " ".join(found["inner"].split())
        said = say(message)
        return found[0] if said == message else f"{found[1]}{said}{found[4]}"

    return _PART.sub(replace, html)
