"""An answer whatever its names, its comments, its layout and the order of its statements."""

from __future__ import annotations

import ast
import builtins
from hashlib import blake2b

_KEPT = frozenset(dir(builtins))
_SAYING_NOTHING = frozenset({"ctx", "type_comment", "annotation", "returns", "name", "asname", "kind", "type_ignores"})


def form_of(text: str) -> str:
    """The same for cells that are alike; "" for one that is no Python."""
    try:
        form = repr(_reduced(ast.parse(text)))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ""
    return blake2b(form.encode("utf-8", "replace"), digest_size=16).hexdigest()


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
