"""An answer whatever its names, its comments and the order of its statements: its form, and its layout."""

from __future__ import annotations

import ast
import builtins
import io
import tokenize
from hashlib import blake2b

_KEPT = frozenset(dir(builtins))
_NO_WORDS = frozenset(
    {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
)
_SAYING_NOTHING = frozenset({"ctx", "type_comment", "annotation", "returns", "name", "asname", "kind", "type_ignores"})


def form_of(text: str) -> str:
    """The same for cells that are alike; "" for one that is no Python."""
    try:
        form = repr(_reduced(ast.parse(text)))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ""
    return blake2b(form.encode("utf-8", "replace"), digest_size=16).hexdigest()


def layout_of(text: str) -> str:
    """The same for cells whose lines are alike down to their blanks, but for names that they make; "" if no Python."""
    try:
        made = {name for node in ast.walk(ast.parse(text)) if (name := _made(node))}
        tokens = list(tokenize.generate_tokens(io.StringIO(text).readline))
    except (SyntaxError, ValueError, RecursionError, MemoryError, tokenize.TokenError):
        return ""
    lines: list[str] = []
    words: list[str] = []
    end = (0, 0)
    for token in tokens:
        if token.type == tokenize.NEWLINE and words:
            lines.append("".join(words))
            words = []
        if token.type in _NO_WORDS or (not words and token.type == tokenize.STRING):  # a docstring, or a comment
            continue
        if words:
            words.append("\n" if token.start[0] > end[0] else " " * (token.start[1] - end[1]))
        name = token.string
        words.append("#" if name in made else name)
        end = token.end
    return blake2b("\n".join(sorted(lines)).encode("utf-8", "replace"), digest_size=16).hexdigest()


def _made(node: ast.AST) -> str:
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
        return node.id
    return node.arg if isinstance(node, ast.arg) else ""


def _reduced(node: object) -> object:
    if isinstance(node, ast.Name):
        return node.id if node.id in _KEPT else ""
    if isinstance(node, ast.arg):
        return ""
    if isinstance(node, ast.AnnAssign) and node.value is not None:
        return _reduced(ast.Assign([node.target], node.value))
    if isinstance(node, ast.AST):
        fields = (value for name, value in ast.iter_fields(node) if name not in _SAYING_NOTHING)
        return type(node).__name__, *map(_reduced, fields)
    if isinstance(node, list):
        inner = [_reduced(each) for each in node if not _is_text(each)]
        return sorted(inner, key=repr) if node and isinstance(node[0], ast.stmt) else inner
    return repr(node)


def _is_text(node: object) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
