"""Walks through SVG figures and HTML pages, message by message: what stands between tags."""

from __future__ import annotations

import re

from coursebuild.locale.words import Say, has_words

_SVG_TEXT = re.compile(r"(<(?P<tag>text|title|desc)\b[^<>]*>)(?P<inner>.*?)(</(?P=tag)>)", re.DOTALL)
_FORMULA_CLASSES = re.compile(r'class="[^"]*\b(?:m|num)\b')
_HTML_TEXT = re.compile(
    r"(<(?P<tag>title|h1|h2|h3|p|td|th|li|summary|figcaption)\b[^<>]*>)(?P<inner>.*?)(</(?P=tag)>)", re.DOTALL
)


def rewrite_figure(svg: str, say: Say) -> str:
    """An SVG with each of its texts as `say` gives it; formulas, which have the class `m`, are none."""

    def replace(found: re.Match[str]) -> str:
        inner = found["inner"]
        is_formula = _FORMULA_CLASSES.search(found[1]) and not re.search(r"[A-Za-z]{3,}:", inner)
        if is_formula or not has_words(inner):
            return found[0]
        kind = "text in a figure" if found["tag"] == "text" else f"{found['tag']} of a figure"
        return found[1] + say(" ".join(inner.split()), kind) + found[4]

    return _SVG_TEXT.sub(replace, svg)


def rewrite_page(html: str, say: Say) -> str:
    """An HTML page with each heading, paragraph and cell of a table as `say` gives it."""

    def replace(found: re.Match[str]) -> str:
        if not has_words(
            re.sub(r"<code>.*?</code>|<i>.*?</i>|<b class=\"m\">.*?</b>|<su[bp]>.*?</su[bp]>", " ", found["inner"])
        ):
            return found[0]
        return found[1] + say(" ".join(found["inner"].split()), "page") + found[4]

    return _HTML_TEXT.sub(replace, html)
