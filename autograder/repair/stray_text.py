"""Words of the student's own that stand where nobody asked for them: perhaps the answer to a written question."""

from __future__ import annotations

import ast
import re
import warnings
from typing import Any

_WORD = re.compile(r"\w")
_SENTENCE = re.compile(r"[^\W\d_]+[,;]? +[^\W\d_]+[,;]? +[^\W\d_]+|[^\W\d_]{20}|[\u3040-\u9fff\uac00-\ud7af]{4}")
_CODE = re.compile(r"[=\[]|\w\(|:\s*$|^\s*(?:[%!?]|(?:from|import|return|def|class)\b)")
MAX_CHARACTERS = 100_000
"""A longer code cell is nobody's sentence."""
_SHOWN_BY_MAGIC = re.compile(r"\s*%%(?:markdown|html|latex)\b[^\n]*\n", re.IGNORECASE)
_SHOWING = frozenset({"display", "display_markdown", "display_html", "display_latex", "Markdown", "HTML", "Latex"})
_FEWEST_ASSIGNED = 3
"""A text of so many words that a name is bound to may be an answer; a shorter one is data."""


def has_unplaced_words(notebook: dict[str, Any]) -> bool:
    """Whether a repaired notebook has words or pictures of the student's that may belong to any written question.

    They do in cells of the student's own (which hold also what was added to our cells), in pictures attached to a
    cell for a written answer, and in written answers that were recognised by their place alone.
    """
    for cell in notebook["cells"]:
        ours = cell["metadata"].get("autograder", {})
        own, written = ours.get("role") == "extra", ours.get("role") == "written"
        if (own or written) and cell.get("attachments"):
            return True
        if written and ours.get("recognised"):
            return True
        text = "".join(cell["source"])
        if own and (is_prose(text) or shows_words(text) if cell["cell_type"] == "code" else has_words(text)):
            return True
    return False


def shows_words(code: str) -> bool:
    """Whether a code cell shows a text of its own as Markdown or HTML, e.g. ``display(Markdown("It grows."))``."""
    if len(code) > MAX_CHARACTERS:
        return False
    if magic := _SHOWN_BY_MAGIC.match(code):
        return has_words(code[magic.end() :])
    nodes = [node for statement in _statements(code) or [] for node in ast.walk(statement)]
    called = {getattr(node.func, "id", getattr(node.func, "attr", "")) for node in nodes if isinstance(node, ast.Call)}
    texts = (node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str))
    return bool(called & _SHOWING) and any(len(text.split()) >= _FEWEST_ASSIGNED and has_words(text) for text in texts)


def has_words(text: str) -> bool:
    """Whether there is anything to read in a text."""
    return bool(_WORD.search(text))


def is_prose(code: str) -> bool:
    """Whether the text of a code cell is words only: comments, strings, or sentences that are no Python."""
    if len(code) > MAX_CHARACTERS:
        return False
    body = _statements(code)
    if body is None:
        return any(_SENTENCE.search(line) for line in code.splitlines() if not _CODE.search(line))
    said = [_text(statement) for statement in body]
    return all(said) and (bool(said) or any(map(_is_remark, code.splitlines())))


def _text(statement: ast.stmt) -> str:
    """What a statement says that does nothing else; empty if it does something or says nothing."""
    match statement:
        case ast.Expr(value=ast.Constant(value=str(text))):
            return text if has_words(text) else ""
        case ast.Expr(value=ast.Call(func=ast.Name(id="print"), args=[ast.Constant(value=str(text))])):
            return text if has_words(text) else ""
        case ast.Assign(value=ast.Constant(value=str(text))):
            return text if len(text.split()) >= _FEWEST_ASSIGNED else ""
    return ""


def _is_remark(line: str) -> bool:
    """Whether a line is a comment in words, not code that was commented out."""
    comment = line.strip()
    if not comment.startswith("#"):
        return False
    said = comment.lstrip("# ")
    return has_words(said) and not (_CODE.search(said) and (said[0] in "%!?" or _statements(said) is not None))


def _statements(code: str) -> list[ast.stmt] | None:
    """The statements of a piece of Python, ``None`` if it is none."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(code).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def does_something(code: str) -> bool:
    """Whether a text is Python with at least one statement."""
    return bool(_statements(code))
