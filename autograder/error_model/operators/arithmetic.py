"""Changes of signs, operators and factors."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from autograder.error_model.code import Edit, Place


def sign_turned(place: Place) -> Iterator[Edit]:
    """A plus for a minus and the other way round."""
    node = place.node
    if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Add, ast.Sub)):
        plus = isinstance(node.op, ast.Add)
        wrong, right = ("minus", "plus") if plus else ("plus", "minus")
        at = f": check the sign in front of `{node.right.id}`" if _known(place, node.right) else ""
        new = ast.BinOp(node.left, ast.Sub() if plus else ast.Add(), node.right)
        what = node.right.id if isinstance(node.right, ast.Name) else ""
        yield place.change("sign_turned", new, f"a {right} seems to be a {wrong}{at}.", 9, what)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        yield place.change("minus_lost", node.operand, "a minus sign seems to be missing.", 9)


def factor_lost(place: Place) -> Iterator[Edit]:
    """A constant factor dropped."""
    node = place.node
    if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Mult, ast.Div)):
        for factor, rest in ((node.left, node.right), (node.right, node.left)):
            if isinstance(factor, ast.Constant) and not (factor is node.left and isinstance(node.op, ast.Div)):
                kind = "a factor" if isinstance(node.op, ast.Mult) else "a division by"
                sentence = f"{kind} {factor.value} seems to be missing."
                yield place.change("factor_lost", rest, sentence, 8, str(factor.value))


def _known(place: Place, node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and place.is_known(node.id)
