"""Random numbers from another source, drawn in another way, or with a seed that is not used."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from autograder.error_model.code import Edit, Place, listed, own_statements, parameters
from autograder.error_model.operators.words import called, word
from autograder.error_model.tree import assign, block, expression, loop, names_stored, statements

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


def shuffled_alone(place: Place) -> Iterator[Edit]:
    """Arrays that are shuffled themselves, each on its own or only one of them, where an order is drawn for both."""
    node, function = place.node, place.function
    value = node.value if isinstance(node, ast.Assign) else None
    if function is None or not isinstance(node, ast.Assign) or not isinstance(value, ast.Call):
        return
    if called(value) != "permutation" or not isinstance(value.func, ast.Attribute):
        return
    taken = [
        each.value.id
        for each in ast.walk(function)
        if isinstance(each, ast.Subscript) and isinstance(each.value, ast.Name)
    ]
    arrays = [name for name in parameters(function) if name in taken]
    in_order = (
        assign(node.targets, expression("np.arange(len(A))", A=ast.Name(arrays[0], ast.Load()))) if arrays else None
    )
    if in_order is None:
        return
    generator = {"G": value.func.value}
    for name in arrays:
        lines = statements(f"{name} = {name}[O]", O=value)
        others = listed([f"`{other}`" for other in arrays if other != name])
        body = f"`{name}` seems to be shuffled without {others or 'what belongs to it'}: take all by the same order."
        yield place.change("shuffled_alone", block(*lines, in_order), body, 6, name)
    told = listed([f"`{name}`" for name in arrays])
    if len(arrays) > 1:
        apart = [line for name in arrays for line in statements(f"{name} = G.permutation({name})", **generator)]
        body = f"{told} seem to be shuffled each on its own, so that they no longer belong together."
        yield place.change("shuffled_apart", block(*apart, in_order), body, 6)
    changed = statements("order_ = O", O=value)
    changed += [line for name in arrays for line in statements(f"{name}[:] = {name}[order_]")]
    body = f"the caller's own {told} seem to be reordered: shuffle positions, or copies."
    yield place.change("shuffled_in_place", block(*changed, in_order), body, 6)


def batches_split(place: Place) -> Iterator[Edit]:
    """Pieces of about equal size, or as many pieces as each should have members."""
    node = place.node
    if not isinstance(node, ast.For) or not isinstance(node.iter, ast.Call) or len(node.iter.args) != 3:
        return
    first, size = node.body[0], node.iter.args[2]
    cut = first.value if isinstance(first, ast.Assign) else None
    if called(node.iter) != "range" or not isinstance(first, ast.Assign) or not isinstance(cut, ast.Subscript):
        return
    if not isinstance(cut.slice, ast.Slice) or len(node.body) < 2:
        return
    found = word(place, size) or "the size"
    for kind, text, body in (
        (
            "as_number",
            "np.array_split(A, B)",
            f"{found} seems to be taken as the number of pieces: it is how many belong to each.",
        ),
        (
            "even",
            "np.array_split(A, int(np.ceil(len(A) / B)))",
            f"the pieces seem to be about equally large: each has {found} members but the last.",
        ),
    ):
        pieces = expression(text, A=cut.value, B=size)
        yield place.change(f"pieces_{kind}", loop(first.targets[0], pieces, node.body[1:]), body, 5)


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
        source = _source(place, one.slice)
        for kind, text, weight in (
            ("first_drawn", f"A[{source}[:len(I)]]" if source else "A", 6),
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


def _source(place: Place, index: ast.expr) -> str:
    """The array of which a variable is a slice, "" if that cannot be seen."""
    for statement in own_statements(place.function) if place.function is not None else ():
        if isinstance(statement, ast.Assign) and isinstance(index, ast.Name) and index.id in names_stored(statement):
            cut = statement.value
            if isinstance(cut, ast.Subscript) and isinstance(cut.slice, ast.Slice):
                return ast.unparse(cut.value)
    return ""
