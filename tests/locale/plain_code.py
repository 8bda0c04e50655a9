"""Code without what a translation may change: comments and texts."""

from __future__ import annotations

import ast


class _WithoutTexts(ast.NodeTransformer):
    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        return ast.Constant("") if isinstance(node.value, str) else node

    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.AST:
        return ast.JoinedStr([part for part in node.values if isinstance(part, ast.FormattedValue)])


def plain(code: str) -> str:
    """Code without comments and texts."""
    lines = [f"#{line}" if line.startswith(("%", "!")) else line for line in code.split("\n")]
    return ast.dump(_WithoutTexts().visit(ast.parse("\n".join(lines))))
