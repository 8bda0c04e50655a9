"""Results in another size, shape or kind than the task wants them."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from autograder.error_model.code import Edit, Place, own_statements, parameters, returned
from autograder.error_model.tree import Slot, block, expression, names_read, names_stored, statements

# name, expression, sentence, weight; R is the result
OF_ALL: tuple[tuple[str, str, str, float], ...] = (
    ("negated", "-R", "the result seems to have the wrong sign: check the signs.", 8),
    ("one_minus", "1 - R", "the result seems to be one minus what is asked for: check what it should measure.", 7),
    ("doubled", "2 * R", "the result seems to be twice what is asked for: look for a factor 2.", 7),
    ("halved", "R / 2", "the result seems to be half of what is asked for: look for a factor 1/2.", 7),
    ("percent", "100 * R", "the result seems to be in percent: give the share itself.", 6),
    ("squared", "np.asarray(R) ** 2", "the result seems to be the square of what is asked for: check the powers.", 6),
    ("root", "np.sqrt(R)", "the result seems to be the square root of what is asked for: leave the root out.", 6),
    (
        "reciprocal",
        "1 / np.asarray(R)",
        "the result seems to be one divided by what is asked for: check what divides what.",
        5,
    ),
    (
        "slope",
        "np.asarray(R) * (1 - np.asarray(R))",
        "the result seems to be multiplied by one minus itself, as in a slope.",
        5,
    ),
    (
        "one_minus_square",
        "1 - np.asarray(R) ** 2",
        "the result seems to be one minus the square of what is asked for.",
        4,
    ),
    ("centred", "2 * np.asarray(R) - 1", "the result seems to run from -1 to 1 where it should run from 0 to 1.", 3),
    ("absolute", "np.abs(R)", "the result seems never to be negative: leave the sign as it comes out.", 6),
    ("sign", "np.sign(R)", "only the sign of the result seems to be returned: return the value.", 4),
    (
        "exponential",
        "np.exp(R)",
        "the exponential function seems to be applied to the result: it does not belong there.",
        3,
    ),
    ("logarithm", "np.log(R)", "the logarithm seems to be taken of the result: it does not belong there.", 4),
    (
        "decided",
        "(np.asarray(R) > 0.5).astype(int)",
        "the result seems to be decisions, 0 or 1: return the values themselves.",
        6,
    ),
    (
        "positive",
        "np.where(np.asarray(R) > 0, 1.0, 0.0)",
        "the result seems to be 0 or 1 only, as after a comparison: return the values.",
        5,
    ),
    ("whole", "np.asarray(R).astype(int)", "the result seems to be cut to whole numbers: return it as it is.", 6),
    ("floor", "np.floor(R)", "the result seems to be rounded down to whole numbers: check for two slashes.", 6),
    ("rounded", "np.round(R)", "the result seems to be rounded to whole numbers: rounding is only for printing.", 6),
    ("rounded_1", "np.round(R, 1)", "the result seems to be rounded: rounding is only for printing.", 6),
    ("rounded_2", "np.round(R, 2)", "the result seems to be rounded: rounding is only for printing.", 6),
    ("rounded_3", "np.round(R, 3)", "the result seems to be rounded: rounding is only for printing.", 5),
    ("rounded_4", "np.round(R, 4)", "the result seems to be rounded: rounding is only for printing.", 4),
    ("rounded_number_1", "round(R, 1)", "the result seems to be rounded: rounding is only for printing.", 5),
    ("rounded_number_2", "round(R, 2)", "the result seems to be rounded: rounding is only for printing.", 5),
    ("rounded_number_3", "round(R, 3)", "the result seems to be rounded: rounding is only for printing.", 5),
    ("text", "str(R)", "the result seems to be a text: return the number.", 5),
    ("summed", "np.sum(R)", "the result seems to be summed to one number: return a value for each element.", 7),
    ("averaged", "np.mean(R)", "the result seems to be a mean over all elements: return a value for each.", 6),
    ("summed_rows", "np.sum(R, axis=0)", "the result seems to be summed over its rows: check the axis.", 5),
    ("summed_columns", "np.sum(R, axis=-1)", "the result seems to be summed over its columns: check the axis.", 6),
    ("mean_columns", "np.mean(R, axis=-1)", "the result seems to be a mean over its columns: check the axis.", 4),
    ("first", "R[0]", "only the first element seems to come back: is the return inside a loop?", 7),
    (
        "last",
        "R[-1]",
        "only the last element seems to come back: does each turn of a loop overwrite the one before?",
        6,
    ),
    ("first_column", "R[:, 0]", "only the first column seems to come back: return all columns.", 6),
    ("last_column", "R[:, -1]", "only the last column seems to come back: return all columns.", 4),
    (
        "first_column_filled",
        "np.asarray(R) * (np.arange(np.shape(R)[-1]) == 0)",
        "only the first column seems to be filled: is the return inside a loop?",
        6,
    ),
    (
        "last_column_filled",
        "np.asarray(R) * (np.arange(np.shape(R)[-1]) == np.shape(R)[-1] - 1)",
        "only the last column seems to be filled: check what the loop stores.",
        4,
    ),
    ("flat", "np.ravel(R)", "the values seem to come back in one row: keep the shape that the task names.", 6),
    (
        "flat_columns",
        "np.ravel(np.transpose(R))",
        "the values seem to come back in one long row: keep the shape that the task names.",
        6,
    ),
    (
        "column",
        "np.reshape(R, (-1, 1))",
        "the values seem to come back as one column: return the shape that the task names.",
        6,
    ),
    (
        "row",
        "np.reshape(R, (1, -1))",
        "the values seem to come back as one row with two axes: return the shape that the task names.",
        5,
    ),
    ("transposed", "np.transpose(R)", "rows and columns of the result seem to have changed places.", 7),
    (
        "reshaped",
        "np.reshape(np.transpose(R), np.shape(R))",
        "the shape is right but the numbers are scrambled: a reshape is no transpose.",
        6,
    ),
    ("reversed", "R[::-1]", "the result seems to come in reverse order.", 5),
    (
        "array_of_one",
        "np.array([R])",
        "the result seems to be an array of one element more than asked: return it without the extra brackets.",
        4,
    ),
    ("list_of_one", "[R]", "the result seems to be put into a list: return it without the extra brackets.", 4),
    (
        "two_columns",
        "np.column_stack([1 - R, R])",
        "two columns seem to come back where one value for each row is asked for.",
        5,
    ),
    (
        "shared_out",
        "np.asarray(R) / np.sum(R)",
        "the values seem to be divided by their sum, so that they add up to 1.",
        4,
    ),
    (
        "softmax",
        "np.exp(np.log(np.asarray(R) / (1 - np.asarray(R)))) / np.sum(np.asarray(R) / (1 - np.asarray(R)))",
        "the values seem to add up to 1 over all elements, as a softmax makes them: each stands for itself.",
        5,
    ),
    ("zero", "0 * np.asarray(R)", "the result seems to be 0 whatever is given: check what is returned.", 6),
    ("one", "0 * np.asarray(R) + 1.0", "the result seems to be 1 whatever is given: check what is returned.", 4),
    ("a_half", "0 * np.asarray(R) + 0.5", "the result seems to be 1/2 whatever is given: check what is returned.", 4),
    (
        "zeros",
        "np.zeros_like(R)",
        "the result seems to consist of zeros: the computed values have to be stored in it.",
        5,
    ),
    ("nothing", "None", "the function seems to hand nothing back: end it with a return.", 8),
    ("plus_one", "R + 1", "the result seems to be larger by 1 than what is asked for.", 4),
    ("minus_one", "R - 1", "the result seems to be smaller by 1 than what is asked for.", 4),
    ("plus_half", "R + 0.5", "the result seems to be larger by 1/2 than what is asked for.", 3),
    ("minus_half", "R - 0.5", "the result seems to be smaller by 1/2 than what is asked for.", 4),
    (
        "tanh",
        "np.tanh(np.log(np.asarray(R) / (1 - np.asarray(R))))",
        "the result seems to run from -1 to 1, as tanh does, where the sigmoid runs from 0 to 1.",
        5,
    ),
    (
        "logit",
        "np.log(np.asarray(R) / (1 - np.asarray(R)))",
        "the result seems to be the value before the activation: the last function is missing.",
        4,
    ),
    (
        "step",
        "np.where(np.asarray(R) > 0.5, 1.0, 0.0)",
        "the result seems to jump from 0 to 1: a smooth transition is asked for.",
        5,
    ),
    ("per_hundred", "R / 100", "the result seems to be a hundredth of what is asked for: check the divisions.", 3),
    (
        "as_type_of_argument",
        "np.asarray(R).astype(np.asarray(P).dtype)",
        "the result seems to have the type of the argument, so that decimals are cut off: return floats.",
        7,
    ),
    ("by_length", "R / np.size(P)", "the result seems to be divided by the number of elements: check for a mean.", 6),
    (
        "by_length_less_one",
        "np.float64(R * np.size(P)) / (np.size(P) - 1)",
        "the result seems to be divided by the number of elements minus 1: divide by their number.",
        5,
    ),
    (
        "times_length",
        "R * np.size(P)",
        "the result seems not to be divided by the number of elements: check for a missing mean.",
        6,
    ),
    ("for_first", "R * P", "the result seems to be multiplied by `P`: check the factors.", 5),
    ("by_first", "R / P", "the result seems to be divided by `P`: check what divides what.", 4),
    ("plus_first", "R + P", "`P` seems to be added to the result: check what is returned.", 4),
    ("minus_first", "R - P", "`P` seems to be subtracted from the result: check what is returned.", 4),
    ("parameter", "P", "`P` seems to come back as it was given: return what was computed.", 5),
    ("with_parameter", "(R, P)", "`P` seems to be returned too: return the result alone.", 4),
    ("parameter_first", "(P, R)", "`P` seems to be returned too: return the result alone.", 4),
)


HIDING = frozenset({"nothing", "zero", "one", "a_half", "zeros", "parameter"})
"""Kinds of results in which nothing is left of what was computed."""


def result_misshaped(place: Place) -> Iterator[Edit]:
    """The whole result, wherever the function returns one, in another size, shape or kind."""
    function = place.node
    if not isinstance(function, ast.FunctionDef) or function not in place.code.functions:
        return
    returns = [node for node in own_statements(function) if isinstance(node, ast.Return) and node.value is not None]
    if not returns:
        return
    names = parameters(function)
    single = len(returned(function)) < 2
    overwritten = names_stored(function)
    for kind, text, body, weight in OF_ALL:
        for name in parameters_in(text, names):
            if not single and not name and kind not in ("nothing", "text", "list_of_one", "first", "last"):
                continue
            given = ast.Name(f"given_{name}" if name in overwritten else name, ast.Load())
            slots: tuple[tuple[Slot, ast.AST], ...] = tuple(
                (Slot(node, "value"), expression(text, R=_value(node), P=given)) for node in returns
            )
            if name in overwritten and function.body[0] not in returns:
                kept = block(*statements(f"given_{name} = {name}"), function.body[0])
                slots = ((Slot(function, "body", 0), kept), *slots)
            sentence = body.replace("`P`", f"`{name}`")
            yield Edit(f"result_{kind}-{name}".rstrip("-"), slots, sentence, weight, hides=kind in HIDING)
    known = place.code.vocabulary.functions
    for name, wanted in known.items():
        if len(wanted) == 1 and single:
            new = tuple(
                (Slot(node, "value"), ast.Call(ast.Name(name, ast.Load()), [_value(node)], [])) for node in returns
            )
            yield Edit(
                f"{name}_of_result", new, f"`{name}` seems to be applied to the result: it does not belong there.", 7
            )
        if wanted and set(wanted) <= {*names, *names_stored(function)} and name != function.name:
            call = ast.Call(ast.Name(name, ast.Load()), [ast.Name(one, ast.Load()) for one in wanted], [])
            body = f"the result of `{name}` seems to come back as it is: a step after it is missing."
            yield Edit(f"result_of_{name}", tuple((Slot(node, "value"), call) for node in returns), body, 5)
            pair = tuple((Slot(node, "value"), ast.Tuple([call, _value(node)], ast.Load())) for node in returns)
            body = f"two things seem to come back, the result of `{name}` and the one that is asked for: return one."
            yield Edit(f"with_{name}", pair, body, 4)


def parameters_in(text: str, names: Sequence[str]) -> Sequence[str]:
    """The parameters that P stands for, one at a time, in a change about a parameter; "" in any other change."""
    return names if "P" in names_read(ast.parse(text)) else ("",)


def _value(node: ast.Return) -> ast.expr:
    assert node.value is not None
    return node.value
