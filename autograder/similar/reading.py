"""What a cell consists of, whatever its names and its layout: tokens, statements, comments, words."""

from __future__ import annotations

import builtins
import io
import keyword
import re
import tokenize
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

MAX_CHARACTERS = 100_000
"""Of a longer cell only the beginning is read."""
NAME, TEXT = "name", "text"
_KEPT = frozenset(keyword.kwlist) | frozenset(dir(builtins))
_LAYOUT = frozenset(
    {tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER, tokenize.ENCODING}
)
_WORD = re.compile(r"\w+")


@dataclass
class CellCode:
    """A code cell.

    Attributes:
        tokens: of the whole cell; every name but keywords, builtins and attributes is the same token.
        lines: line of each token, from 1.
        statements: (first, after last) positions of the tokens of each logical line.
        comments: (text, line) of each comment and each line of a docstring.
        names: every name that the cell uses, as it is written.
    """

    tokens: list[str] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    statements: list[tuple[int, int]] = field(default_factory=list)
    comments: list[tuple[str, int]] = field(default_factory=list)
    names: dict[str, int] = field(default_factory=dict)


def read_code(text: str) -> CellCode:
    """Read a code cell; one that is not Python is read as far as it is."""
    code, start, before = CellCode(), 0, ""
    for token in _tokens(text[:MAX_CHARACTERS]):
        line = token.start[0]
        if token.type == tokenize.NEWLINE:
            if len(code.tokens) > start:
                code.statements.append((start, len(code.tokens)))
            start = len(code.tokens)
        if token.type in _LAYOUT:
            continue
        if token.type == tokenize.COMMENT:
            comment = token.string.lstrip("# ")
            if not comment.startswith("%"):  # %load writes its own line above what it loaded
                code.comments.append((comment, line))
            continue
        if token.type == tokenize.STRING:
            if len(code.tokens) == start:  # a docstring, or a text that is used for nothing
                lines = token.string.strip("rRbBuUfF\"'").splitlines()
                code.comments += [(text_line, line + at) for at, text_line in enumerate(lines)]
                continue
            word = TEXT
        elif token.type == tokenize.NAME:
            word = token.string if before == "." or token.string in _KEPT else NAME
            if word == NAME:
                code.names.setdefault(token.string, line)
        else:
            word = token.string
        before = token.string
        code.tokens.append(word)
        code.lines.append(line)
    if len(code.tokens) > start:
        code.statements.append((start, len(code.tokens)))
    return code


def words_of(text: str) -> list[str]:
    """The words of a text, without case."""
    return _WORD.findall(unicodedata.normalize("NFKC", text[:MAX_CHARACTERS]).casefold())


def plain(text: str) -> str:
    """A text reduced to its words."""
    return " ".join(words_of(text))


def _tokens(text: str) -> Iterator[tokenize.TokenInfo]:
    """Python's own tokens, up to where the text stops being Python."""
    try:
        yield from tokenize.generate_tokens(io.StringIO(text).readline)
    except (tokenize.TokenError, SyntaxError):
        return
