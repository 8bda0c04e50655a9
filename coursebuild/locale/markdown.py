"""Walks through Markdown, message by message.

A message is a paragraph, a list item, a heading, a summary, a cell of a table or an alternative text; its lines are
joined, so that a text that is wrapped anew stays the same message. Formulas in lines of their own, code (but for the
comments of a block of Python) and HTML tags are no messages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from coursebuild.figures import IMAGE
from coursebuild.locale.code import rewrite as rewrite_code
from coursebuild.locale.words import TEXT_IN_FORMULA, Say, has_words

_ITEM = re.compile(r"^(\s*(?:[-*]|\d+\.)\s+)(?=\S)")
_HEADING = re.compile(r"^(#{1,6}\s+)(.*)$")
_SUMMARY = re.compile(r"^(\s*(?:<details>)?\s*<summary>)(.*)(</summary>.*)$")
_WRAPPED = re.compile(r"^(<(\w+)>)(.*)(</\2>)$", re.DOTALL)
_TAG_LINE = re.compile(r"^\s*(?:</?\w+[^<>]*>\s*)+$")
_BAR = re.compile(r"(?<!\\)\|")
_FENCE = "```"


def rewrite(text: str, say: Say) -> str:
    """A Markdown text with each of its messages as `say` gives it."""
    return "\n".join(_blocks(text.split("\n"), say))


def _blocks(lines: list[str], say: Say) -> Iterator[str]:
    at = 0
    while at < len(lines):
        end = _end(lines, at)
        yield _block(lines[at:end], say)
        at = end


def _end(lines: list[str], at: int) -> int:
    """Index after the block that begins in a line."""
    line, end = lines[at], at + 1
    if line.lstrip().startswith(_FENCE):
        while end < len(lines) and not lines[end].lstrip().startswith(_FENCE):
            end += 1
        return min(end + 1, len(lines))
    if line.startswith("$$"):
        while not lines[end - 1].rstrip(".,; ").endswith("$$") or (end == at + 1 and lines[at].strip() == "$$"):
            if end == len(lines):
                break
            end += 1
        return end
    if _is_single(line):
        return end
    while end < len(lines) and not _is_single(lines[end]) and not _ITEM.match(lines[end]):
        if lines[end].startswith("$$") or lines[end].lstrip().startswith(_FENCE):
            break
        end += 1
    return end


def _is_single(line: str) -> bool:
    """Whether a line is a block of its own."""
    return (
        not line.strip()
        or line.startswith("|")
        or bool(_HEADING.match(line) or _SUMMARY.match(line) or _TAG_LINE.match(line))
    )


def _block(lines: list[str], say: Say) -> str:
    text = "\n".join(lines)
    first = lines[0]
    if first == f"{_FENCE}python" and len(lines) > 2:
        return "\n".join([first, rewrite_code("\n".join(lines[1:-1]), say), lines[-1]])
    if not first.strip() or first.lstrip().startswith(_FENCE) or (len(lines) == 1 and _TAG_LINE.match(first)):
        return text
    if first.startswith("$$"):
        return TEXT_IN_FORMULA.sub(lambda found: f"{found[1]}{_padded(found[2], say)}{found[3]}", text)
    if first.startswith("|"):
        return "|".join(_padded(cell, say, "table cell") for cell in _BAR.split(first))
    if found := _SUMMARY.match(first):
        return f"{found[1]}{_said(found[2], say, 'summary')}{found[3]}"
    if found := _HEADING.match(first):
        return f"{found[1]}{_said(found[2], say, 'heading')}"
    if found := _ITEM.match(first):
        return found[1] + _paragraph([first[found.end() :], *lines[1:]], say, "list item")
    return _paragraph(lines, say, "paragraph")


def _paragraph(lines: list[str], say: Say, kind: str) -> str:
    text = " ".join(line.strip() for line in lines)
    if image := IMAGE.fullmatch(text):
        return f"![{_said(image['alt'], say, 'alternative text of ' + image['target'])}]({image['target']})"
    if wrapped := _WRAPPED.match(text):
        return f"{wrapped[1]}{_said(wrapped[3], say, kind)}{wrapped[4]}"
    said = _said(text, say, kind)
    return "\n".join(lines) if said == text else said


def _padded(text: str, say: Say, kind: str = "words in a formula") -> str:
    inner = text.strip()
    return text.replace(inner, _said(inner, say, kind)) if inner else text


def _said(text: str, say: Say, kind: str) -> str:
    return say(text, kind) if has_words(text) else text
