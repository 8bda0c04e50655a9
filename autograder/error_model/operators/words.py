"""Words for pieces of an answer that give nothing of it away."""

from __future__ import annotations

import ast

from autograder.error_model.code import Place

CALLS = {
    "exp": "the exponential function",
    "log": "the logarithm",
    "sqrt": "the square root",
    "square": "the square",
    "abs": "the absolute value",
    "absolute": "the absolute value",
    "sum": "the sum",
    "mean": "the mean",
    "median": "the median",
    "average": "the mean",
    "std": "the standard deviation",
    "var": "the variance",
    "prod": "the product of all elements",
    "max": "the maximum",
    "min": "the minimum",
    "maximum": "the larger of two values",
    "tanh": "tanh",
    "cosh": "cosh",
    "sinh": "sinh",
    "tan": "tan",
    "sin": "sin",
    "cos": "cos",
    "exp2": "a power of 2",
    "expm1": "exp minus 1",
    "log1p": "the logarithm of a number plus 1",
    "log2": "the logarithm to base 2",
    "log10": "the logarithm to base 10",
    "sign": "the sign",
    "outer": "the outer product",
    "dot": "the dot product",
    "matmul": "the matrix product",
    "einsum": "the sum of products",
    "round": "rounding",
    "floor": "rounding down",
    "ceil": "rounding up",
    "transpose": "the transpose",
    "cumsum": "the running sum",
    "permutation": "the shuffle",
    "expit": "the logistic function",
}
"""What a well-known function is called in a sentence."""
DRAWS = ("plot", "scatter", "step", "semilogx", "semilogy", "loglog")
"""Methods that draw a curve."""


def called(node: ast.AST) -> str:
    """The last part of the name of what a call calls, "" if it has none."""
    function = node.func if isinstance(node, ast.Call) else None
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def call_word(place: Place, name: str) -> str:
    """What a function is called in a sentence, "" if the student need not know it."""
    if name in CALLS:
        return CALLS[name]
    return f"`{name}`" if place.is_known(name) else ""


def word(place: Place, node: ast.AST) -> str:
    """What a piece of an answer is called in a sentence, "" if it has no name that the student must know."""
    if isinstance(node, ast.Name):
        return f"`{node.id}`" if place.is_known(node.id) else ""
    if isinstance(node, ast.Constant) and isinstance(node.value, (int, float)) and not isinstance(node.value, bool):
        return f"the number {number(node.value)}"
    if isinstance(node, ast.Call):
        return call_word(place, called(node))
    if isinstance(node, ast.Subscript):
        return word(place, node.value)
    return ""


def slug(node: ast.AST) -> str:
    """A few letters for the name of a mutant."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Constant):
        return str(node.value)
    return called(node)


def number(value: float) -> str:
    """A number as a reader writes it."""
    return f"{value:g}" if isinstance(value, float) else str(value)


def about(place: Place, node: ast.AST, lead: str = ": look at ") -> str:
    """A tail for a sentence that tells where to look, "" if there are no words for it."""
    found = word(place, node)
    return f"{lead}{found}" if found else ""
