"""Another function altogether in the place of a function of one argument, and slopes computed in another way."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from dataclasses import replace

from autograder.error_model.code import Edit, Place, parameters
from autograder.error_model.operators.calls import CURVES
from autograder.error_model.tree import Slot, block, expression

SLOPES: tuple[tuple[str, str, str], ...] = (
    (
        "coarse_quotient",
        "(F(A + H) - F(A)) / H",
        "the slope seems to be taken between two points at a distance of {}: too coarse, use the derivative.",
    ),
    (
        "coarse_central",
        "(F(A + H) - F(A - H)) / (2 * H)",
        "the slope seems to be taken between points at a distance of {} on both sides: too coarse.",
    ),
    (
        "quotient_undivided",
        "F(A + H) - F(A)",
        "a difference of two values at a distance of {} seems to be returned: a slope is divided by the distance.",
    ),
)
FORMULAS: tuple[tuple[str, str, str], ...] = (
    ("square", "F(A) ** 2", "only the square of `{}` seems to be left of the slope: differentiate the inner part too."),
    ("plus", "F(A) * (1 + F(A))", "a plus seems to stand where a minus belongs in the formula of the slope."),
    (
        "minus_turned",
        "F(A) * (F(A) - 1)",
        "the slope seems to be negative everywhere: check the order of the difference.",
    ),
    ("square_lost", "1 - F(A)", "a factor of the slope seems to be missing: there is more than one minus `{}`."),
    (
        "one_minus_square",
        "1 - F(A) ** 2",
        "the formula seems to be that of the slope of another activation, with `{}` put in.",
    ),
    (
        "mixed",
        "F(A) * (1 - A)",
        "the argument itself seems to stand in one factor of the slope where `{}` of it belongs.",
    ),
    (
        "mixed_other",
        "A * (1 - F(A))",
        "the argument itself seems to stand in one factor of the slope where `{}` of it belongs.",
    ),
    (
        "of_value",
        "F(F(A)) * (1 - F(F(A)))",
        "`{}` seems to be applied twice: the slope is taken at its value, not at the argument.",
    ),
    (
        "exp_square_lost",
        "np.exp(-A) / (1 + np.exp(-A))",
        "a square seems to be missing below the fraction line: check the quotient rule.",
    ),
    (
        "exp_inner_lost",
        "-np.exp(-A) / (1 + np.exp(-A)) ** 2",
        "the inner derivative seems to be missing: the sign of the slope is turned.",
    ),
    (
        "exp_factor_lost",
        "1 / (1 + np.exp(-A)) ** 2",
        "the inner derivative seems to be missing from the slope: it is a factor of its own.",
    ),
    (
        "exp_turned",
        "np.exp(A) / (1 + np.exp(-A)) ** 2",
        "an exponent in the slope seems to have the wrong sign: check the exponents.",
    ),
    (
        "exp_difference",
        "np.exp(-A) / (1 - np.exp(-A)) ** 2",
        "a minus seems to stand where a plus belongs below the fraction line of the slope.",
    ),
    (
        "relu_slope",
        "np.where(np.asarray(A) > 0, 1.0, 0.0)",
        "the slope seems to be that of a ramp (ReLU): it belongs to another activation.",
    ),
)
ITSELF = "whole_"
OF_ITSELF: tuple[tuple[str, str, str, float], ...] = (
    (
        "derived",
        f"({ITSELF}(np.asarray(A) + 1e-4) - {ITSELF}(np.asarray(A) - 1e-4)) / 2e-4",
        "the slope of what is asked for seems to come back: one derivative is too many.",
        7,
    ),
    ("twice", f"{ITSELF}({ITSELF}(A))", "the whole formula seems to be applied twice, to its own result.", 6),
    (
        "times_exponential",
        f"np.exp(A) * {ITSELF}(A)",
        "an exponential function seems to be a factor too many: are two forms of a fraction mixed?",
        6,
    ),
    ("of_half", f"{ITSELF}(np.asarray(A) / 2)", "the argument seems to be halved before it is used.", 4),
    ("of_double", f"{ITSELF}(2 * np.asarray(A))", "the argument seems to be doubled before it is used.", 4),
)
"""What the right function itself makes another one of: name, formula, sentence, weight."""


def another_curve(place: Place) -> Iterator[Edit]:
    """A well-known function, or one of the lab's, in the place of the whole answer."""
    function = place.node
    if not isinstance(function, ast.FunctionDef) or function not in place.code.functions:
        return
    names = parameters(function)
    if len(names) != 1:
        return
    argument = ast.Name(names[0], ast.Load())
    for kind, text, words in CURVES:
        body = f"the function seems to be {words.rstrip(',')}: another one is asked for."
        yield _whole(function, f"curve_{kind}", expression(text, A=argument), body, 7)
    for kind, text, body, weight in OF_ITSELF:
        edit = _whole(function, kind, expression(text, A=argument), body, weight)
        (slot, new), *rest = edit.replacements
        inner = copy.deepcopy(function)
        inner.name = ITSELF
        yield replace(edit, replacements=((slot, block(inner, new)), *rest))
    for name in place.code.related:
        called = ast.Name(name, ast.Load())
        plain = expression("F(A)", F=called, A=argument)
        yield _whole(
            function, f"curve_{name}", plain, f"`{name}` itself seems to come back: something else is asked for.", 7
        )
        for step in (1.0, 0.5, 0.1, 0.01, 0.001):
            for kind, text, body in SLOPES:
                made = expression(text, F=called, A=argument, H=ast.Constant(step))
                yield _whole(function, f"{kind}-{name}-{step}", made, body.format(step), 5)
        for kind, text, body in FORMULAS:
            made = expression(text, F=called, A=argument)
            yield _whole(function, f"slope_{kind}-{name}", made, body.format(name), 6)


def _whole(function: ast.FunctionDef, name: str, value: ast.expr, body: str, weight: float) -> Edit:
    rest = function.body[1:]
    replacements: list[tuple[Slot, ast.AST]] = [(Slot(function, "body", 0), block(ast.Return(value)))]
    replacements += [(Slot(function, "body", index + 1), ast.Pass()) for index in range(len(rest))]
    return Edit(name, tuple(replacements), body, weight, hides=True)
