"""Random numbers from another source, drawn in another way, or with a seed that is not used."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from autograder.error_model.code import Edit, Place, own_statements
from autograder.error_model.operators.words import called, word
from autograder.error_model.tree import block, expression, loop, names_stored, statements

DRAWS = ("choice", "permutation", "integers", "randint", "normal", "uniform", "random", "shuffle", "rand", "randn")
GENERATORS = ("default_rng", "RandomState", "Random", "seed", "SeedSequence", "Generator", "PCG64", "MT19937")


def seed_misused(place: Place) -> Iterator[Edit]:
    """A seed left out, or another one; a generator made anew in each turn."""
    node = place.node
    if not isinstance(node, ast.Call) or called(node) not in GENERATORS or not node.args:
        return
    what = word(place, node.args[0]) or "the seed"
    body = f"{what} seems not to reach the random generator: two runs with the same seed differ."
    yield place.change("unseeded", ast.Call(node.func, [], []), body, 8)
    for seed in (0, 1, 42):
        body = f"{what} seems to have no influence: the random generator always starts from {seed}."
        yield place.change("seed_fixed", ast.Call(node.func, [ast.Constant(seed)], []), body, 7, str(seed))


def draw_changed(place: Place) -> Iterator[Edit]:
    """What is drawn: always the same, from elsewhere, a position for a value, all in their order."""
    node = place.node
    if not isinstance(node, ast.Call) or not node.args:
        return
    name, source = called(node), node.args[0]
    found = word(place, source)
    of = f" of {found}" if found else ""
    if name == "choice":
        for text, body, weight in (
            ("A[0]", f"every draw seems to give the first element{of}: draw a random one each time.", 7),
            ("A[-1]", f"every draw seems to give the last element{of}: draw a random one each time.", 4),
            ("1.0", "a number seems to be fixed where a random element is to be drawn.", 6),
            ("0.0", "a number seems to be fixed at 0 where a random element is to be drawn.", 4),
            ("np.mean(A)", f"the mean{of} seems to stand where a random element is to be drawn.", 4),
        ):
            yield place.change("draw_fixed", expression(text, A=source), body, weight)
        function = node.func
        if isinstance(function, ast.Attribute):
            drawn = {"A": source, "G": function.value}
            index = (
                "integers"
                if not isinstance(function.value, ast.Name) or function.value.id not in place.code.modules
                else "randint"
            )
            for text, kind, body, weight in (
                (
                    f"G.{index}(len(A))",
                    "position_for_value",
                    f"the position of an element{of} seems to be used in its place: look the element up.",
                    7,
                ),
                (
                    "G.uniform(-5.0, 5.0)",
                    "drawn_elsewhere",
                    f"random numbers seem to be drawn from a fixed range, not from{of.replace(' of', '')}.",
                    5,
                ),
                (
                    "G.normal()",
                    "drawn_normal",
                    f"random numbers seem to be drawn from a normal distribution, not from{of.replace(' of', '')}.",
                    4,
                ),
                (
                    "G.choice(A[:10])",
                    "drawn_from_few",
                    f"random elements seem to be drawn from a few elements{of} only.",
                    2,
                ),
            ):
                if found or kind == "position_for_value":
                    yield place.change(kind, expression(text, **drawn), body, weight)
    if name in ("permutation", "shuffle"):
        for text, body in (
            ("np.arange(A)", "the elements seem to be taken in their order each time: shuffle them."),
            ("np.arange(A)[::-1]", "the elements seem to be taken in the reverse order each time: shuffle them."),
        ):
            yield place.change("not_shuffled", expression(text, A=source), body, 6)
        function = node.func
        if isinstance(function, ast.Attribute):
            new = expression("G.integers(0, A, A)", A=source, G=function.value)
            yield place.change(
                "with_replacement",
                new,
                "some elements seem to come several times and others not at all: a shuffle takes each once.",
                4,
            )


def drawn_again(place: Place) -> Iterator[Edit]:
    """A random value drawn anew where the one that was drawn before belongs."""
    node, function = place.node, place.function
    if not isinstance(node, ast.Name) or not place.is_read or function is None:
        return
    for statement in own_statements(function):
        if (
            not isinstance(statement, ast.Assign)
            or node.id not in names_stored(statement)
            or node in ast.walk(statement)
        ):
            continue
        if any(called(each) in DRAWS for each in ast.walk(statement.value)):
            body = "a random value seems to be drawn anew where the one drawn before belongs: draw once and keep it."
            yield place.change("drawn_again", statement.value, body, 6, node.id)


def in_turn(place: Place) -> Iterator[Edit]:
    """A loop that takes one element after the other where each turn is to draw one."""
    node = place.node
    if not isinstance(node, ast.For):
        return
    for index, statement in enumerate(node.body):
        if (
            isinstance(statement, ast.Assign)
            and isinstance(statement.value, ast.Call)
            and called(statement.value) == "choice"
            and statement.value.args
        ):
            source = statement.value.args[0]
            found = word(place, source)
            of = f" of {found}" if found else ""
            rest = [each for position, each in enumerate(node.body) if position != index]
            assigned = statements("T = A[turn_ % len(A)]", A=source)[0]
            assert isinstance(assigned, ast.Assign)
            assigned.targets = statement.targets
            turn = expression("enumerate(B)", B=node.iter)
            target = ast.Tuple([ast.Name("turn_", ast.Store()), node.target], ast.Store())
            body = f"the elements{of} seem to be taken one after the other: draw a random one each time."
            yield place.change("in_turn", loop(target, turn, [assigned, *rest]), body, 6)
            inner = loop(statement.targets[0], source, rest)
            body = f"each turn seems to go through all elements{of}: one random element a turn is asked for."
            yield place.change("all_each_turn", loop(node.target, node.iter, [inner]), body, 6)
            once = loop(statement.targets[0], expression("A[:n_]", A=source), rest)
            counted = statements("n_ = len(list(B))", B=node.iter)
            body = f"the loop seems to go through the elements{of} once, in their order: draw random ones."
            yield place.change("once_through", block(*counted, once), body, 4)


def shuffled_apart(place: Place) -> Iterator[Edit]:
    """Two arrays that belong together taken by two orders, or only one of them by the order drawn."""
    node = place.node
    if not isinstance(node, ast.Call) or len(node.args) < 2:
        return
    chosen = [one for one in node.args if isinstance(one, ast.Subscript) and isinstance(one.slice, ast.Name)]
    if len(chosen) < 2 or len({ast.unparse(one.slice) for one in chosen}) != 1:
        return
    for one in chosen:
        others = [other for other in chosen if other is not one]
        told, rest = word(place, one.value), word(place, others[0].value)
        if not told or not rest:
            continue
        for kind, text, weight in (
            ("sorted", "A[np.sort(I)]", 5),
            ("reversed", "A[I[::-1]]", 3),
            ("shuffled", "A[np.random.permutation(I)]", 6),
            ("first", "A[:len(I)]", 6),
        ):
            new = expression(text, A=one.value, I=one.slice)
            arguments = [new if each is one else each for each in node.args]
            body = f"{told} and {rest} seem to get out of step: take both by the same order."
            yield place.change(
                f"out_of_step_{kind}",
                ast.Call(node.func, arguments, node.keywords),
                body,
                weight,
                one.value.id if isinstance(one.value, ast.Name) else "",
            )
