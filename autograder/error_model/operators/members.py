"""Several results: in another order or number, one for another, one of them changed, or all in the same way."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations

from autograder.error_model.code import Edit, Place, listed, own_statements, parameters, result_names, returned
from autograder.error_model.operators.results import parameters_in
from autograder.error_model.tree import Slot, expression, names_stored

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


@dataclass(frozen=True)
class _Results:
    """What a function returns, taken apart.

    Attributes:
        function: the function.
        slot: where its only `return` has its value.
        value: that value.
        get: an expression for each of the results.
        told: what they are called in a sentence.
    """

    function: ast.FunctionDef
    slot: Slot
    value: ast.expr
    get: list[ast.expr]
    told: list[str]

    def made(self, name: str, chosen: list[ast.expr], body: str, weight: float) -> Edit:
        """An edit that returns these."""
        return Edit(name, ((self.slot, ast.Tuple(chosen, ast.Load())),), body, weight)

    def with_one(self, index: int, new: ast.expr) -> list[ast.expr]:
        """The results, one of them another."""
        return [new if position == index else each for position, each in enumerate(self.get)]


def _results(place: Place) -> _Results | None:
    """The several results of a function that the exercise asks for; None if there are none."""
    function = place.node
    if not isinstance(function, ast.FunctionDef) or function not in place.code.functions:
        return None
    returns = [node for node in own_statements(function) if isinstance(node, ast.Return) and node.value is not None]
    value = returns[0].value if len(returns) == 1 else None
    if value is None:
        return None
    members = returned(function)
    names = result_names(function, place.code)
    if isinstance(value, ast.Tuple):
        get = list(members)
    else:
        names = list(place.code.vocabulary.results)
        inside = [place.code.vocabulary.members.get(name, ()) for name in parameters(function)]
        names = names if len(names) > 1 else list(next((each for each in inside if len(each) > 1), ()))
        if len(names) < 2 or (members and len(members) != len(names)):
            return None
        get = [expression(f"tuple(A)[{index}]", A=value) for index in range(len(names))]
    if len(get) < 2:
        return None
    told = [f"`{name}`" if name else f"result {index + 1}" for index, name in enumerate(names)]
    return _Results(function, Slot(returns[0], "value"), value, get, told)


def results_rearranged(place: Place) -> Iterator[Edit]:
    """Several results in another order, one too few or too many, or as something else than a tuple."""
    found = _results(place)
    if found is None:
        return
    get, told, count = found.get, found.told, len(found.get)
    if count <= 4:
        for order in permutations(range(count)):
            if order != tuple(range(count)):
                moved = sum(index != other for index, other in enumerate(order))
                what = listed([told[index] for index, other in enumerate(order) if index != other])
                body = f"the results seem to come in another order than asked: check the places of {what}."
                chosen = [get[index] for index in order]
                yield found.made("order-" + "".join(map(str, order)), chosen, body, 8 if moved == 2 else 6)
    first = "the first result seems to come back alone: is the return inside a loop?"
    yield found.made("first_alone", get[:1], first, 7)
    for index in range(count):
        rest = [one for one in get if one is not get[index]]
        yield found.made(f"lost-{index}", rest, f"a result seems to be missing: what about {told[index]}?", 6)
        alone = f"only {told[index]} seems to come back: return all {count} results."
        yield Edit(f"only-{index}", ((found.slot, get[index]),), alone, 7)
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
        yield Edit(f"results_{kind}", ((found.slot, expression(text, A=found.value)),), body, 5)
    for name in dict.fromkeys((*parameters(found.function), *sorted(names_stored(found.function)))):
        word = f"`{name}`" if place.is_known(name) else "an intermediate value"
        for position, where in ((0, "first"), (count, "last")):
            chosen = [*get[:position], ast.Name(name, ast.Load()), *get[position:]]
            body = f"{word} seems to be returned too, as the {where} result: return what is asked for."
            yield found.made(f"extra-{name}-{where}", chosen, body, 5)


def all_members_changed(place: Place) -> Iterator[Edit]:
    """The same change in every result, or some results as they were given."""
    found = _results(place)
    if found is not None:
        yield from _all_members(found.function, found.slot, found.get)
        yield from _kept_members(place, found.function, found.slot, found.get, found.told)


def factor_added(place: Place) -> Iterator[Edit]:
    """A variable, or a function of one, as a factor that does not belong, in one of the results."""
    found = _results(place)
    if found is not None:
        yield from _with_factors(place, found)


def member_changed(place: Place) -> Iterator[Edit]:
    """One of several results changed, or another one in its place."""
    found = _results(place)
    if found is None:
        return
    for index, (one, told) in enumerate(zip(found.get, found.told, strict=True)):
        for kind, text, tail in OF_MEMBERS:
            for name in parameters_in(text, parameters(found.function)):
                changed = found.with_one(index, expression(text, R=one, P=ast.Name(name, ast.Load())))
                body = f"{told} seems wrong: it {tail.replace('`P`', f'`{name}`')}"
                yield found.made(f"member-{kind}-{index}-{name}".rstrip("-"), changed, body, 3.5 if name else 4.5)
        for other, another in enumerate(found.get):
            if other != index:
                body = f"{found.told[other]} seems to come back in the place of {told}: check the names."
                yield found.made(f"member-{other}-for-{index}", found.with_one(index, another), body, 5)
                spread = expression("A * np.ones_like(B)", A=another, B=one)
                yield found.made(f"member-{other}-spread-{index}", found.with_one(index, spread), body, 3)


def _all_members(function: ast.FunctionDef, slot: Slot, get: list[ast.expr]) -> Iterator[Edit]:
    """The same change in every result."""
    for kind, text, tail in OF_MEMBERS:
        if kind in ("parameter", "stepped"):
            continue
        for name in parameters_in(text, parameters(function)):
            changed = [expression(text, R=each, P=ast.Name(name, ast.Load())) for each in get]
            body = f"each of the results seems wrong in the same way: it {tail.replace('`P`', f'`{name}`')}"
            yield Edit(f"members_{kind}-{name}".rstrip("-"), ((slot, ast.Tuple(changed, ast.Load())),), body, 6)


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
            yield Edit(f"kept-{name}-{where}", ((slot, ast.Tuple(changed, ast.Load())),), body, 6)


def _with_factors(place: Place, found: _Results) -> Iterator[Edit]:
    given = parameters(found.function)
    for index, member in enumerate(found.get):
        for name in dict.fromkeys((*given, *sorted(names_stored(found.function)))):
            word = f"`{name}`" if place.is_known(name) else "an intermediate value"
            factors = [("", name, word)]
            factors += [(applied, f"{applied}({name})", f"`{applied}` of {word}") for applied in place.code.called]
            for kind, text, what in factors:
                body = f"{found.told[index]} seems to have a factor too many: what about {what}?"
                chosen = found.with_one(index, expression(f"A * {text}", A=member))
                weight = 5 if not kind and name in given else 4
                yield found.made(f"factor-{index}-{kind}-{name}", chosen, body, weight)
