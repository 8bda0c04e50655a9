"""Walks through SVG figures and HTML pages, message by message: what stands between tags."""

from __future__ import annotations

import re

from autograder.language.html import rewrite
from coursebuild.locale.words import Say, has_words

_SVG_TEXT = re.compile(r"(<(?P<tag>text|title|desc)\b[^<>]*>)(?P<inner>.*?)(</(?P=tag)>)", re.DOTALL)
_FORMULA_CLASSES = re.compile(r'class="[^"]*\b(?:m|num)\b')
_NO_WORDS = re.compile(r"<code>.*?</code>|<i>.*?</i>|<b class=\"m\">.*?</b>|<su[bp]>.*?</su[bp]>|\{\{.*?\}\}")


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


def rewrite_page(page: str, say: Say) -> str:
    """An HTML page with each heading, paragraph and cell as `say` gives it, but for what a template fills."""
    return rewrite(page, lambda text: say(text, "page") if has_words(_NO_WORDS.sub(" ", text)) else text)
