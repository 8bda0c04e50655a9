"""Changes of brackets: the same operators and calls in another order."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from autograder.error_model.code import Edit, Place
from autograder.error_model.operators.words import slug, word
from autograder.error_model.tree import expression


def brackets_moved(place: Place) -> Iterator[Edit]:
    """The same operators, another order of operations."""
    node = place.node
    if not isinstance(node, ast.BinOp):
        return
    sums, products = (ast.Add, ast.Sub), (ast.Mult, ast.Div, ast.MatMult)
    body = "brackets seem to be missing or in the wrong place: check what is computed first."
    left, right = node.left, node.right
    if isinstance(node.op, sums):
        if isinstance(left, ast.BinOp) and isinstance(left.op, products):
            yield place.change(
                "bracket_added", _binary(left.left, left.op, _binary(left.right, node.op, right)), body, 7
            )
        if isinstance(left, ast.BinOp) and isinstance(left.op, (ast.Mult, ast.MatMult)):
            both = _binary(_binary(left.left, node.op, right), left.op, left.right)
            yield place.change("bracket_added", both, body, 7)
            if isinstance(left.op, ast.MatMult):
                parts = {"A": left.left, "B": left.right, "C": right}
                sign = "+" if isinstance(node.op, ast.Add) else "-"
                new = expression(f"np.sum(np.multiply(A, B) {sign} C, axis=-1)", **parts)
                found = word(place, right) or "a term"
                told = f"{found} seems to be added once for each product: add it once, after the sum."
                yield place.change("term_in_sum", new, told, 7, slug(right))
        if isinstance(right, ast.BinOp) and isinstance(right.op, ast.Mult):
            for one, other in ((right.left, right.right), (right.right, right.left)):
                both = _binary(one, right.op, _binary(left, node.op, other))
                yield place.change("bracket_over_both", both, body, 6)
            number_one = ast.Constant(1)
            all_of_it = _binary(left, right.op, _binary(number_one, node.op, right))
            told = "a term seems to be multiplied by what should only be added or subtracted: check the brackets."
            yield place.change("factored", all_of_it, told, 4)
        if isinstance(right, ast.BinOp) and isinstance(right.op, products):
            yield place.change(
                "bracket_added", _binary(_binary(left, node.op, right.left), right.op, right.right), body, 7
            )
        if isinstance(left, ast.UnaryOp) and isinstance(left.op, ast.USub):
            yield place.change("bracket_added", ast.UnaryOp(ast.USub(), _binary(left.operand, node.op, right)), body, 6)
        if isinstance(left, ast.Call) and len(left.args) >= 1:
            inside = _with_argument(left, len(left.args) - 1, _binary(left.args[-1], node.op, right))
            yield place.change("sum_into_call", inside, _inside(place, left, "inside", "after"), 6)
    if isinstance(node.op, (ast.Mult, ast.Div)):
        if isinstance(right, ast.BinOp) and isinstance(right.op, sums):
            yield place.change(
                "bracket_lost", _binary(_binary(left, node.op, right.left), right.op, right.right), body, 9
            )
        if isinstance(left, ast.BinOp) and isinstance(left.op, sums):
            yield place.change(
                "bracket_lost", _binary(left.left, left.op, _binary(left.right, node.op, right)), body, 9
            )
    if isinstance(node.op, ast.Pow) and isinstance(left, ast.BinOp):
        power = node.op
        yield place.change("bracket_lost", _binary(left.left, left.op, _binary(left.right, power, right)), body, 7)
        both = _binary(_binary(left.left, power, right), left.op, _binary(left.right, power, right))
        if isinstance(left.op, ast.Sub):
            turned = _binary(both.right, left.op, both.left)
            yield place.change("power_spread", turned, "each term seems to be raised to the power on its own.", 6)
            plain = _binary(left.right, left.op, left.left)
            yield place.change("square_lost", plain, "a square seems to be missing: check what has to be squared.", 7)
        yield place.change(
            "power_spread", both, "each term seems to be raised to the power on its own: mind the order.", 7
        )


def moved_out_of_call(place: Place) -> Iterator[Edit]:
    """What belongs inside a call stands behind it, and the other way round."""
    node = place.node
    if not isinstance(node, ast.Call) or not node.args:
        return
    first = node.args[0]
    if isinstance(first, ast.BinOp):
        for inner, other, left in ((first.left, first.right, False), (first.right, first.left, True)):
            call = _with_argument(node, 0, inner)
            new = _binary(other, first.op, call) if left else _binary(call, first.op, other)
            yield place.change("out_of_call", new, _inside(place, node, "after", "inside"), 7)
    if isinstance(first, ast.Call) and len(node.args) == 1 and len(first.args) >= 1 and not node.keywords:
        for index, argument in enumerate(first.args):
            inner_call = _with_argument(node, 0, argument)
            turned = _with_argument(first, index, inner_call)
            yield place.change(
                "calls_turned", turned, "two functions seem to be applied in the wrong order: which comes first?", 7
            )


def _inside(place: Place, call: ast.Call, wrong: str, right: str) -> str:
    found = word(place, call)
    where = f" {found}" if found else " a function"
    return f"something seems to be computed {wrong}{where} that belongs {right} it: check the brackets."


def _binary(left: ast.expr, operator: ast.operator, right: ast.expr) -> ast.BinOp:
    return ast.BinOp(left, operator, right)


def _with_argument(call: ast.Call, index: int, argument: ast.expr) -> ast.Call:
    arguments = [argument if position == index else each for position, each in enumerate(call.args)]
    return ast.Call(call.func, arguments, call.keywords)
