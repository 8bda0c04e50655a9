"""Functions that do not use what they are given, or use something else in its place."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from autograder.error_model.code import Edit, Place, listed, parameters
from autograder.error_model.operators.words import called
from autograder.error_model.tree import Slot, block, statements
from autograder.error_model.vocabulary import Vocabulary

# name, statement, sentence, weight; P is the parameter
OF_ONE: tuple[tuple[str, str, str, float], ...] = (
    ("ignored_0", "P = 0 * P", "`P` seems to have no influence, as if it were 0: check where it is used.", 8),
    ("ignored_1", "P = 0 * P + 1.0", "`P` seems to have no influence, as if it were 1: check where it is used.", 8),
    ("fixed_1", "P = 1", "`P` seems to be fixed at 1 inside the function: use the argument.", 7),
    ("fixed_10", "P = 10", "`P` seems to be fixed at 10 inside the function: use the argument.", 4),
    ("fixed_100", "P = 100", "`P` seems to be fixed at 100 inside the function: use the argument.", 4),
    ("fixed_1000", "P = 1000", "`P` seems to be fixed at 1000 inside the function: use the argument.", 3),
    ("fixed_01", "P = 0.1", "`P` seems to be fixed at 0.1 inside the function: use the argument.", 7),
    ("fixed_001", "P = 0.01", "`P` seems to be fixed at 0.01 inside the function: use the argument.", 8),
    ("fixed_0001", "P = 0.001", "`P` seems to be fixed at 0.001 inside the function: use the argument.", 4),
    ("fixed_0", "P = 0", "`P` seems to be fixed at 0 inside the function: use the argument.", 6),
    ("fixed_42", "P = 42", "`P` seems to be fixed at 42 inside the function: use the argument.", 4),
    ("negated", "P = -P", "`P` seems to count with the wrong sign: check the signs where it is used.", 8),
    ("doubled", "P = 2 * P", "`P` seems to count twice: check the factors where it is used.", 6),
    ("halved", "P = P / 2", "`P` seems to count by half: check the factors where it is used.", 6),
    ("squared", "P = P * P", "`P` seems to be squared where it should count as it is: check the powers.", 4),
    ("reciprocal", "P = 1 / P", "`P` seems to divide where it should multiply: check where it is used.", 6),
    ("absolute", "P = abs(P)", "`P` seems to lose its sign: check for absolute values and squares.", 5),
    ("one_minus", "P = 1 - P", "one minus `P` seems to be used in the place of `P`: check where it is used.", 5),
    ("one_more", "P = P + 1", "`P` seems to count as if it were greater by one: check what is added to it.", 6),
    ("one_less", "P = P - 1", "`P` seems to count as if it were smaller by one: check what is subtracted.", 6),
    (
        "at_least_one",
        "P = max(P, 1)",
        "`P` seems to count as at least 1, also when it is 0: check what happens then.",
        4,
    ),
    ("at_most_ten", "P = min(P, 10)", "`P` seems to be limited to 10: check what happens when it is larger.", 3),
    ("at_most_hundred", "P = min(P, 100)", "`P` seems to be limited to 100: check what happens when it is larger.", 7),
    (
        "at_most_thousand",
        "P = min(P, 1000)",
        "`P` seems to be limited to 1000: check what happens when it is larger.",
        2,
    ),
    *(
        (
            f"clipped_{end}",
            f"P = np.clip(P, -{end}, {end})",
            f"`P` seems to be cut off at {end} on both sides: use it as it is, however large.",
            4.0 if end in (5, 10) else 2.5,
        )
        for end in (1, 2, 3, 5, 10, 20)
    ),
    ("positive", "P = np.maximum(P, 0)", "negative values of `P` seem to count as 0: use them as they are.", 3),
    ("rounded", "P = np.round(P)", "`P` seems to be rounded to whole numbers before it is used.", 4),
    ("first", "P = P[0]", "only the first element of `P` seems to be used: check the indices.", 7),
    ("last", "P = P[-1]", "only the last element of `P` seems to be used: check the indices.", 5),
    (
        "first_for_all",
        "P = 0 * P + P[0]",
        "the first element of `P` seems to stand for all of them: check the indices.",
        6,
    ),
    ("first_kept", "P = P[:1]", "all but the first element of `P` seem to be left out.", 6),
    ("two_kept", "P = P[[0, 1]]", "only the first two elements of `P` seem to be used: let it work for any number.", 5),
    ("last_lost", "P = P[:-1]", "the last element of `P` seems to be left out: check where it ends.", 5),
    ("first_lost", "P = P[1:]", "the first element of `P` seems to be left out: check where it begins.", 5),
    ("reversed", "P = P[::-1]", "`P` seems to be taken in reverse order: check the order.", 4),
    ("sorted", "P = np.sort(P)", "`P` seems to be sorted first: keep the order that it has.", 2),
    ("summed", "P = np.sum(P)", "`P` seems to be summed to one number: it has a value for each element.", 5),
    ("averaged", "P = np.mean(P)", "the mean of `P` seems to be used where each value counts: check for a mean.", 5),
    (
        "column",
        "P = np.reshape(P, (-1, 1))",
        "`P` seems to be a column where it should be one-dimensional: every pair is combined.",
        6,
    ),
    ("transposed", "P = np.transpose(P)", "`P` seems to be transposed: rows and columns have changed places.", 5),
    ("columns_swapped", "P = P[:, ::-1]", "the columns of `P` seem to have changed places: check the indices.", 5),
    (
        "first_column",
        "P = P * (np.arange(P.shape[1]) == 0)",
        "only the first column of `P` seems to count: check the indices.",
        6,
    ),
    ("zeros", "P = np.zeros_like(P)", "zeros seem to be used in the place of `P`: use the argument.", 4),
    ("ones", "P = np.ones_like(P)", "ones seem to be used in the place of `P`: use the argument.", 4),
    (
        "decided",
        "P = (np.asarray(P) > 0.5).astype(float)",
        "`P` seems to be turned into decisions, 0 or 1, before it is used.",
        4,
    ),
    ("decimal", "P = np.round(P, 1)", "`P` seems to be rounded before it is used: rounding is only for printing.", 4),
    ("whole", "P = np.asarray(P).astype(int)", "`P` seems to be cut to whole numbers before it is used.", 3),
    ("numbers_only", "P = float(P)", "the function seems to work for a single number `P` only, not for an array.", 5),
    ("arrays_only", "len(P)", "the function seems to need a `P` with a length: it has to work for a number too.", 4),
    (
        "if_on_array",
        "if P > 0:\n    pass",
        "an `if` seems to decide about all of `P` at once: it can decide about one number only.",
        6,
    ),
)
NUMBERS_ONLY = ("fixed_1", "fixed_4", "at_")
ARRAYS_ONLY = (
    "clipped", "positive", "first", "last", "two_kept", "reversed", "sorted", "summed", "averaged", "column",
    "transposed", "zeros", "ones", "decided", "decimal", "whole", "absolute", "numbers", "arrays", "if_",
)  # fmt: skip
OF_TWO: tuple[tuple[str, str, str, float], ...] = (
    ("P = Q", "other", "`Q` seems to be used where `P` belongs: check the names.", 6),
    ("P = P / Q", "divided", "`P` seems to be divided by `Q`: check what divides what.", 3),
    ("P = P / len(Q)", "by_length", "`P` seems to be divided by the number of elements of `Q`: check what divides.", 7),
    (
        "P = len(Q)",
        "as_length",
        "the number of elements of `Q` seems to be used in the place of `P`: use the argument.",
        6,
    ),
    ("P = P + Q", "plus", "`Q` seems to be added to `P` before it is used: check the brackets.", 3.5),
    ("P = P - Q", "minus", "`Q` seems to be subtracted from `P` before it is used: check the brackets.", 3),
    ("P = P * Q", "times", "`P` seems to be multiplied by `Q` before it is used: check the brackets.", 3.5),
)
OF_SEQUENCES: tuple[tuple[str, str, str, float], ...] = (
    (
        "reversed",
        "P = tuple(P)[::-1]",
        "The members of `P` seem to be taken in reverse order: keep the order that is given.",
        5,
    ),
    (
        "second_third",
        "P = (P[0], P[2], P[1], *P[3:])",
        "The members of `P` seem to be taken in another order than they come.",
        8,
    ),
    (
        "first_second",
        "P = (P[1], P[0], *P[2:])",
        "The first two members of `P` seem to change places: keep the order that is given.",
        6,
    ),
    (
        "third_fourth",
        "P = (P[0], P[1], P[3], P[2], *P[4:])",
        "The last two of four members of `P` seem to change places.",
        5,
    ),
    (
        "second_half",
        "P = (*P[2:], *P[:2])",
        "The members of `P` seem to begin with the third: keep the order that is given.",
        5,
    ),
    (
        "even_first",
        "P = (*P[::2], *P[1::2])",
        "Every second member of `P` seems to come first: keep the order that is given.",
        6,
    ),
    *(
        (
            f"{second}_is_{first}",
            f"P = (*P[:{j}], P[{i}], *P[{j + 1}:])",
            f"The {first} member of `P` seems to be used in the place of the {second}: compare lines that are alike.",
            6.0,
        )
        for i, first in enumerate(("first", "second", "third"))
        for j, second in enumerate(("first", "second", "third", "fourth"))
        if i != j and abs(i - j) < 3
    ),
    (
        "signs",
        "P = tuple(np.sign(member_) for member_ in P)",
        "Only the signs of `P` seem to count: the size is lost.",
        7,
    ),
    (
        "directions",
        "P = tuple(member_ / np.linalg.norm(member_) for member_ in P)",
        "Only the directions of `P` seem to count, as if each had length 1: use them as they are.",
        6,
    ),
    (
        "ones_of",
        "P = tuple(np.ones_like(member_, dtype=float) for member_ in P)",
        "Ones seem to stand in the place of `P`: use the argument.",
        5,
    ),
    (
        "zeros_of",
        "P = tuple(np.zeros_like(member_, dtype=float) for member_ in P)",
        "Zeros seem to stand in the place of `P`: use the argument.",
        6,
    ),
    (
        "squares",
        "P = tuple(member_ * member_ for member_ in P)",
        "The squares of `P` seem to count where `P` itself belongs: check the powers.",
        4,
    ),
    (
        "doubles",
        "P = tuple(2 * member_ for member_ in P)",
        "A factor 2 seems to be too many in what becomes of `P`: check the constants.",
        4,
    ),
    (
        "negatives",
        "P = tuple(-member_ for member_ in P)",
        "`P` seem to count with the wrong sign: check the signs where they are used.",
        6,
    ),
    (
        "means",
        "P = tuple(np.mean(member_) for member_ in P)",
        "The means of `P` seem to be used where each number counts: check for a mean.",
        4,
    ),
    (
        "sums",
        "P = tuple(np.sum(member_) for member_ in P)",
        "The sums of `P` seem to be used where each number counts: check for a sum.",
        4,
    ),
)
OF_SEVERAL: tuple[tuple[str, str, str, float], ...] = (
    (
        "first_for_all",
        "P = 0 * P + P[0]",
        "The first elements of `P` seem to stand for all of them: check the indices.",
        4,
    ),
    ("two_kept", "P = P[[0, 1]]", "Only the first two elements of `P` seem to be used: let it work for any number.", 5),
    ("first_kept", "P = P[:1]", "Only the first elements of `P` seem to be used: check the indices and loops.", 5),
    ("last_kept", "P = P[-1:]", "Only the last elements of `P` seem to be used: check the indices and loops.", 4),
    ("last_lost", "P = P[:-1]", "The last elements of `P` seem to be left out: does a loop end one step early?", 5),
    ("first_lost", "P = P[1:]", "The first elements of `P` seem to be left out: does a loop begin at 1?", 4),
    ("ones", "P = 0 * P + 1.0", "`P` seem not to be used: the result is the same whatever they are.", 3),
    ("negated", "P = -P", "`P` seem to count with the wrong sign: check the signs.", 3),
)
# the argument is changed, and the result is right
GIVEN = "given_"
IN_PLACE: tuple[tuple[str, str, str], ...] = (
    (
        "step",
        "P += np.ones_like(P)",
        "the function seems to change `P` itself: the caller still needs the old values.",
    ),
    (
        "fraction",
        "P -= 0.01 * np.ones_like(P)",
        "the function seems to change `P` itself: the caller still needs the old values.",
    ),
    ("sign", "P *= -1", "the function seems to change `P` itself: the caller still needs the old values."),
)


def argument_misused(place: Place) -> Iterator[Edit]:
    """One parameter, or several in the same way, replaced by something else before the function begins."""
    function = place.node
    if not isinstance(function, ast.FunctionDef) or function not in place.code.functions:
        return
    names = parameters(function)
    plural = place.code.vocabulary.arrays | place.code.vocabulary.members.keys()
    likely = min(1.0, 3 / len(names)) if names else 1.0  # the more pairs there are, the less likely is each
    for name in names:
        yield from _one(function, name, place.code.vocabulary, place.code.related)
    for one, other in combinations(names, 2):
        both = f"`{one}` and `{other}` seem to be swapped: compare the order of the arguments and the names."
        yield _begun(function, f"swapped-{one}-{other}", f"{one}, {other} = {other}, {one}", both, 8)
        for text, kind, sentence, weight in OF_TWO:
            for first, second in ((one, other), (other, one)):
                if second in place.code.vocabulary.numbers and "len" in text:
                    continue
                name = f"{kind}-{first}-{second}"
                scaled = (
                    kind in ("divided", "times") and first in place.code.vocabulary.numbers and second not in plural
                )
                share = 2.7 if scaled else 1.0 if "len" in text else likely
                yield _begun(function, name, _for(text, first, second), _said(sentence, first, second), share * weight)
    arrays = [name for name in names if name not in place.code.vocabulary.numbers]
    for chosen in (*combinations(arrays, 2), *combinations(arrays, 3)):
        told = listed([f"`{name}`" for name in chosen])
        for kind, text, sentence, weight in OF_SEVERAL:
            line = "\n".join(_for(text, name) for name in chosen)
            yield _begun(function, f"{kind}-{'-'.join(chosen)}", line, sentence.replace("`P`", told), likely * weight)
    for count in range(2, len(names) + 1):
        yield _all_changed(function, names[-count:], "array_ += np.ones_like(array_)")
        yield _all_changed(function, names[:count], "array_[:] = array_[::-1].copy()")
    if len(names) == 3:
        first, second, third = names
        for order in (f"{second}, {third}, {first}", f"{third}, {first}, {second}"):
            told = listed([f"`{name}`" for name in names])
            body = f"The parameters {told} seem to stand in another order than the task gives."
            yield _begun(function, "parameters_turned", f"{first}, {second}, {third} = {order}", body, 7)


def _one(function: ast.FunctionDef, name: str, vocabulary: Vocabulary, related: tuple[str, ...]) -> Iterator[Edit]:
    told = vocabulary.arrays | vocabulary.numbers | vocabulary.members.keys()

    for kind, text, sentence, weight in OF_ONE:
        unfit = (NUMBERS_ONLY if name in vocabulary.arrays else ARRAYS_ONLY) if name in told else ()
        if not kind.startswith(unfit):
            yield _begun(function, f"{kind}-{name}", _for(text, name), _said(sentence, name), weight)

    for kind, text, sentence in IN_PLACE:
        edit = _ended(function, f"changed_{kind}-{name}", _for(text, GIVEN), _said(sentence, name), 6)
        yield _with_given(function, edit, name)
    if name in vocabulary.members or _is_walked(function, name):
        for kind, text, sentence, weight in OF_SEQUENCES:
            yield _begun(function, f"{kind}-{name}", _for(text, name), _said(sentence, name), weight)
        line = f"for member_ in {name}:\n    member_ += np.ones_like(member_)"
        yield _ended(function, f"changed_members-{name}", line, _said(IN_PLACE[0][2], name), 7)
    if name in vocabulary.values:
        body = f"The lab's own `{name}` seems to be used in the place of the argument: use what the function is given."
        yield _begun(function, f"global-{name}", f"{name} = globals()[{name!r}]", body, 6)
    for applied in related:
        body = f"`{applied}` seems to be applied to `{name}` before it is used: check the order of the steps."
        yield _begun(function, f"{applied}_of_{name}", f"{name} = {applied}({name})", body, 6)
        for other in parameters(function):
            if other != name:
                body = f"`{applied}` of `{other}` seems to be used in the place of `{name}`: use the argument."
                yield _begun(function, f"{name}_as_{applied}_of_{other}", f"{name} = {applied}({other})", body, 4)


def _with_given(function: ast.FunctionDef, edit: Edit, name: str) -> Edit:
    """The edit, with the caller's own object under another name: the function may have given the first one away."""
    first = Slot(function, "body", 0)
    (slot, new), *_ = edit.replacements
    kept = statements(f"{GIVEN} = {name}")
    if slot.key == first.key:
        return replace(edit, replacements=((first, block(*kept, new)),))
    return replace(edit, replacements=((first, block(*kept, function.body[0])), (slot, new)))


def _all_changed(function: ast.FunctionDef, names: tuple[str, ...], statement: str) -> Edit:
    """The arrays among several arguments are changed, and the result is right."""
    line = f"for array_ in ({', '.join(names)},):\n    if isinstance(array_, np.ndarray):\n        {statement}"
    told = listed([f"`{name}`" for name in names])
    body = f"The function seems to change {told}, besides what it returns: the caller still needs the old values."
    return _ended(function, f"all_changed-{'-'.join(names)}", line, body, 5)


def _is_walked(function: ast.FunctionDef, name: str) -> bool:
    """Whether the function goes through the members of a parameter."""
    calls = [
        node
        for node in ast.walk(function)
        if isinstance(node, ast.Call) and called(node) in ("zip", "enumerate", "map")
    ]
    return any(isinstance(each, ast.Name) and each.id == name for call in calls for each in call.args)


def _for(text: str, name: str, other: str = "") -> str:
    """A statement about P, and perhaps Q, written for parameters."""
    tree = ast.parse(text)
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id in ("P", "Q"):
            node.id = name if node.id == "P" else other
    return ast.unparse(tree)


def _said(sentence: str, name: str, other: str = "") -> str:
    return sentence.replace("`P`", f"`{name}`").replace("`Q`", f"`{other}`")


def _begun(function: ast.FunctionDef, name: str, lines: str, body: str, weight: float) -> Edit:
    """The lines stand at the beginning."""
    new = block(*statements(lines), function.body[0])
    return Edit(f"argument_{name}", ((Slot(function, "body", 0), new),), body, weight)


def _ended(function: ast.FunctionDef, name: str, line: str, body: str, weight: float) -> Edit:
    """The line stands at the end, where the result is computed already."""
    last = function.body[-1]
    changing = statements(line)
    if isinstance(last, ast.Return) and last.value is not None:
        kept = statements("result_ = A", A=last.value)
        new = block(*kept, *changing, ast.Return(ast.Name("result_", ast.Load())))
    else:
        new = block(last, *changing)
    slot = Slot(function, "body", len(function.body) - 1)
    return Edit(f"argument_{name}", ((slot, new),), body, weight)
