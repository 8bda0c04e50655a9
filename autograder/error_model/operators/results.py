"""Results in another order, number, shape or kind than the task wants them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import permutations

from autograder.error_model.code import Edit, Place, listed, own_statements, parameters, result_names, returned
from autograder.error_model.tree import Slot, expression, names_stored

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
        5,
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
OF_MEMBERS: tuple[tuple[str, str, str], ...] = (
    ("negated", "-R", "has the wrong sign: check the signs in it."),
    ("doubled", "2 * R", "is twice what it should be: look for a factor 2."),
    ("halved", "R / 2", "is half of what it should be: look for a missing factor 2."),
    ("squared", "np.asarray(R) ** 2", "is the square of what it should be: check the powers."),
    ("root", "np.sqrt(np.abs(R))", "is the root of what it should be: check the powers."),
    ("sign", "np.sign(R)", "is only the sign of what it should be: the size is lost."),
    ("summed", "np.sum(R)", "is summed to a single number: return it in the shape that the task names."),
    ("averaged", "np.mean(R)", "is averaged to a single number: check for a mean."),
    ("column_sum", "np.sum(R, axis=0)", "is summed over its first axis: check the axis."),
    ("number", "np.ravel(R)[0]", "is a single number where an array is asked for, or its first element."),
    ("twice", "np.repeat(R, 2)", "has its value twice: it needs it once."),
    ("column", "np.reshape(R, (-1, 1))", "is a column: return it in the shape that the task names."),
    ("zero", "0 * np.asarray(R)", "is 0 whatever is given: check what it is computed from."),
    ("one", "0 * np.asarray(R) + 1.0", "is 1 whatever is given: check what it is computed from."),
    ("by_two_squared", "np.asarray(R) ** 2 / 4", "is squared: take its derivative, not the square itself."),
    ("text", "str(R)", "is a text: return numbers."),
    ("times", "R * P", "is multiplied by `P`: check the factors."),
    ("by", "R / P", "lacks the factor `P`, or is divided by it: check the factors."),
    ("plus", "R + P", "has `P` added to it: check the terms."),
    ("minus", "R - P", "lacks the term `P`, or has it subtracted: check the terms."),
    ("parameter", "P", "is `P` as it was given: return what was computed."),
    ("by_length", "R / np.shape(P)[0]", "is divided by the number of elements of `P`: check for a mean."),
    (
        "times_length",
        "R * np.shape(P)[0]",
        "is not divided by the number of elements of `P`: check for a missing mean.",
    ),
    ("stepped", "P - 0.01 * R", "is `P` after a step: return the value itself, not what follows from it."),
)


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
    for kind, text, body, weight in OF_ALL:
        about_parameter = "P" in {node.id for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Name)}
        for name in names if about_parameter else ("",):
            if not single and not about_parameter and kind not in ("nothing", "text", "list_of_one", "first", "last"):
                continue
            slots = tuple(
                (Slot(node, "value"), expression(text, R=_value(node), P=ast.Name(name or "P", ast.Load())))
                for node in returns
            )
            sentence = body.replace("`P`", f"`{name}`")
            yield _edit(f"result_{kind}" + (f"-{name}" if name else ""), slots, sentence, weight)
    known = place.code.vocabulary.functions
    for name, wanted in known.items():
        if len(wanted) == 1 and single:
            new = tuple(
                (Slot(node, "value"), ast.Call(ast.Name(name, ast.Load()), [_value(node)], [])) for node in returns
            )
            yield _edit(
                f"{name}_of_result", new, f"`{name}` seems to be applied to the result: it does not belong there.", 7
            )
        if wanted and set(wanted) <= {*names, *names_stored(function)} and name != function.name:
            call = ast.Call(ast.Name(name, ast.Load()), [ast.Name(one, ast.Load()) for one in wanted], [])
            body = f"the result of `{name}` seems to come back as it is: a step after it is missing."
            yield _edit(f"result_of_{name}", tuple((Slot(node, "value"), call) for node in returns), body, 5)
            pair = tuple((Slot(node, "value"), ast.Tuple([call, _value(node)], ast.Load())) for node in returns)
            body = f"two things seem to come back, the result of `{name}` and the one that is asked for: return one."
            yield _edit(f"with_{name}", pair, body, 4)


def results_rearranged(place: Place) -> Iterator[Edit]:
    """Several results in another order, one too few or too many, one for another, or as something else than a tuple."""
    function = place.node
    if not isinstance(function, ast.FunctionDef) or function not in place.code.functions:
        return
    returns = [node for node in own_statements(function) if isinstance(node, ast.Return) and node.value is not None]
    if len(returns) != 1:
        return
    slot, members = Slot(returns[0], "value"), returned(function)
    names = result_names(function, place.code)
    count = len(members)
    if isinstance(returns[0].value, ast.Tuple):
        get = list(members)
    else:
        names = list(place.code.vocabulary.results)
        inside = [place.code.vocabulary.members.get(name, ()) for name in parameters(function)]
        names = names if len(names) > 1 else list(next((each for each in inside if len(each) > 1), ()))
        count = len(names)

        if count < 2 or (members and len(members) != count):
            return
        get = [expression(f"tuple(A)[{index}]", A=_value(returns[0])) for index in range(count)]

    if count < 2:
        return
    told = [f"`{name}`" if name else f"result {index + 1}" for index, name in enumerate(names)]

    def made(name: str, chosen: list[ast.expr], body: str, weight: float) -> Edit:
        return _edit(name, ((slot, ast.Tuple(chosen, ast.Load())),), body, weight)

    if count <= 4:
        for order in permutations(range(count)):
            if order != tuple(range(count)):
                moved = sum(index != other for index, other in enumerate(order))
                what = listed([told[index] for index, other in enumerate(order) if index != other])
                body = f"the results seem to come in another order than asked: check the places of {what}."
                yield made(
                    "order-" + "".join(map(str, order)), [get[index] for index in order], body, 8 if moved == 2 else 6
                )
    yield from _all_members(function, slot, get)
    yield from _kept_members(place, function, slot, get, told)
    yield from _with_factors(place, function, slot, get, told)
    for index in range(count):
        rest = [one for one in get if one is not get[index]]
        yield made(f"lost-{index}", rest, f"a result seems to be missing: what about {told[index]}?", 6)
        alone = f"only {told[index]} seems to come back: return all {count} results."
        yield _edit(f"only-{index}", ((slot, get[index]),), alone, 6)
        for kind, text, tail in OF_MEMBERS:
            about_parameter = "P" in {node.id for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Name)}
            for name in parameters(function) if about_parameter else ("",):
                changed = list(get)
                changed[index] = expression(text, R=get[index], P=ast.Name(name or "P", ast.Load()))
                body = f"{told[index]} seems wrong: it {tail.replace('`P`', f'`{name}`')}"
                yield made(f"member-{kind}-{index}-{name}".rstrip("-"), changed, body, 4)
        for other in range(count):
            if other != index:
                changed = list(get)
                changed[index] = get[other]
                body = f"{told[other]} seems to come back in the place of {told[index]}: check the names."
                yield made(f"member-{other}-for-{index}", changed, body, 5)
                changed = list(get)
                changed[index] = expression("A * np.ones_like(B)", A=get[other], B=get[index])
                yield made(f"member-{other}-spread-{index}", changed, body, 3)
    for name in dict.fromkeys((*parameters(function), *sorted(names_stored(function)))):
        word = f"`{name}`" if place.is_known(name) else "an intermediate value"
        for position, where in ((0, "first"), (count, "last")):
            changed = list(get)
            changed.insert(position, ast.Name(name, ast.Load()))
            body = f"{word} seems to be returned too, as the {where} result: return what is asked for."
            yield made(f"extra-{name}-{where}", changed, body, 3)
    for kind, text, body in (
        ("array", "np.array(A)", "the results seem to be put into one array: return them apart."),
        (
            "joined",
            "np.concatenate([np.ravel(each_) for each_ in A])",
            "the results seem to be joined in one long array: return them apart.",
        ),
        ("nested", "(A,)", "the results seem to be in one pair of brackets too many: return them apart."),
        ("sum", "sum(A)", "the results seem to be added up: return them apart."),
    ):
        yield _edit(f"results_{kind}", ((slot, expression(text, A=_value(returns[0]))),), body, 4)


def _all_members(function: ast.FunctionDef, slot: Slot, get: list[ast.expr]) -> Iterator[Edit]:
    """The same change in every result."""
    for kind, text, tail in OF_MEMBERS:
        about_parameter = "P" in {node.id for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Name)}
        for name in parameters(function) if about_parameter else ("",):
            if kind in ("parameter", "stepped"):
                continue
            changed = [expression(text, R=each, P=ast.Name(name or "P", ast.Load())) for each in get]
            body = f"each of the results seems wrong in the same way: it {tail.replace('`P`', f'`{name}`')}"
            yield _edit(f"members_{kind}-{name}".rstrip("-"), ((slot, ast.Tuple(changed, ast.Load())),), body, 6)


def _kept_members(
    place: Place, function: ast.FunctionDef, slot: Slot, get: list[ast.expr], told: list[str]
) -> Iterator[Edit]:
    """Some results as they were in a parameter that holds the old ones."""
    groups: list[tuple[int, ...]] = [(index,) for index in range(len(get))]
    groups += [(0, 1), (2, 3), (0, 2), (1, 3)] if len(get) == 4 else []
    for name in parameters(function):
        if len(place.code.vocabulary.members.get(name, ())) != len(get):
            continue
        for kept in groups:
            changed = [expression(f"{name}[{index}]") if index in kept else member for index, member in enumerate(get)]
            what = listed([told[index] for index in kept])
            verb = "seems" if len(kept) == 1 else "seem"
            body = f"{what} {verb} to come back as given in `{name}`: check what has to change."
            where = "".join(map(str, kept))
            yield _edit(f"kept-{name}-{where}", ((slot, ast.Tuple(changed, ast.Load())),), body, 6)


def _with_factors(
    place: Place, function: ast.FunctionDef, slot: Slot, get: list[ast.expr], told: list[str]
) -> Iterator[Edit]:
    """A variable, or a function of one, as a factor that does not belong, in one of the results."""
    variables = [name for name in (*parameters(function), *sorted(names_stored(function)))]
    for index, member in enumerate(get):
        for name in dict.fromkeys(variables):
            word = f"`{name}`" if place.is_known(name) else "an intermediate value"
            factors = [("", name, word)]
            factors += [(applied, f"{applied}({name})", f"`{applied}` of {word}") for applied in place.code.related]
            for kind, text, what in factors:
                changed = list(get)
                changed[index] = expression(f"A * {text}", A=member)
                body = f"{told[index]} seems to have a factor too many: what about {what}?"
                yield _edit(f"factor-{index}-{kind}-{name}", ((slot, ast.Tuple(changed, ast.Load())),), body, 3.5)


def _value(node: ast.Return) -> ast.expr:
    assert node.value is not None
    return node.value


def _edit(name: str, replacements: tuple[tuple[Slot, ast.AST], ...], body: str, weight: float) -> Edit:
    return Edit(name, replacements, body[:1].upper() + body[1:], weight)
