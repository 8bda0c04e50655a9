"""Trainings that choose in another way than they should: from a few elements, all for one, batches as they are."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from autograder.error_model.code import Edit, Place, own_statements
from autograder.error_model.operators.words import called, word
from autograder.error_model.tree import assign, block, expression, loop, names_read, names_stored, statements

POOLS = (2, 40, 10, 20, 5, 3, 50, 100)


def chosen_from_few(place: Place) -> Iterator[Edit]:
    """Draws from a few elements that were drawn once, or from all but some."""
    node = place.node
    if not isinstance(node, ast.For):
        return
    for index, one in enumerate(node.body):
        call = _draw(one)
        if call is None or not isinstance(one, ast.Assign) or not isinstance(call.func, ast.Attribute):
            continue
        source, generator = call.args[0], call.func.value
        found = word(place, source)
        of = f" of {found}" if found else ""
        for size in POOLS:
            pool = statements(f"pool_ = G.choice(A, {size})", G=generator, A=source)
            drawn = assign(one.targets, expression("G.choice(pool_)", G=generator))
            body = f"a few elements{of} seem to be drawn once and used again and again: draw from all of them."
            pooled = block(*pool, loop(node.target, node.iter, _with(node.body, index, drawn)))
            yield place.change("drawn_from_pool", pooled, body, 5.5, str(size))
        for text, kind, which in (
            ("A[: max(len(A) - 1, 1)]", "last", "the last element"),
            ("A[min(1, len(A) - 1) :]", "first", "the first element"),
            ("A[: max(len(A) // 2, 1)]", "half", "the second half"),
        ):
            drawn = assign(one.targets, expression(f"G.choice({text})", G=generator, A=source))
            body = f"{which}{of} seems never to be drawn: check the limits of what is drawn from."
            new = loop(node.target, node.iter, _with(node.body, index, drawn))
            yield place.change(f"never_drawn_{kind}", new, body, 5)


def _draw(node: ast.stmt) -> ast.Call | None:
    """The call that draws one element of something, if a statement is that."""
    value = node.value if isinstance(node, ast.Assign) else None
    return value if isinstance(value, ast.Call) and called(value) == "choice" and len(value.args) == 1 else None


def _with(body: list[ast.stmt], index: int, new: ast.stmt) -> list[ast.stmt]:
    return [new if position == index else each for position, each in enumerate(body)]


def all_for_one(place: Place) -> Iterator[Edit]:
    """The mean, or the sum, over all elements in each turn, where one element is to be drawn."""
    node = place.node
    if not isinstance(node, ast.For):
        return
    for index, one in enumerate(node.body[:-1]):
        call, used = _draw(one), node.body[index + 1]
        if call is None or not isinstance(one, ast.Assign) or not isinstance(used, ast.Assign):
            continue
        target = one.targets[0]
        if not isinstance(target, ast.Name) or len(used.targets) != 1 or target.id not in names_read(used.value):
            continue
        found = word(place, call.args[0])
        of = f" of {found}" if found else ""
        for kind in ("mean", "sum"):
            text = f"tuple(np.{kind}(each_, axis=0) for each_ in zip(*[V for {target.id} in A]))"
            new = assign(used.targets, expression(text, V=used.value, A=call.args[0]))
            rest = [each for position, each in enumerate(node.body) if position not in (index, index + 1)]
            body = f"each turn seems to use the {kind} over all elements{of}: one random element a turn is asked for."
            yield place.change(f"all_for_one_{kind}", loop(node.target, node.iter, [new, *rest]), body, 5)


def one_after_another(place: Place) -> Iterator[Edit]:
    """Members of a step updated one after the other, each computed with those that were updated before."""
    node = place.node
    if not isinstance(node, ast.For) or len(node.body) < 2:
        return
    computed, step = node.body[-2:]
    if not isinstance(computed, ast.Assign) or not isinstance(step, ast.Assign) or not isinstance(step.value, ast.Call):
        return
    target = step.targets[0]
    if not isinstance(target, ast.Name) or target.id not in names_read(computed.value) & names_read(step.value):
        return
    count = len(place.code.vocabulary.results) or 4
    ordinary = tuple(range(count))
    orders = [ordinary, ordinary[::-1]]
    if count == 4:
        orders += [(2, 3, 0, 1), (3, 2, 1, 0), (0, 2, 1, 3), (2, 0, 3, 1)]
    for order in dict.fromkeys(orders):
        text = "tuple(new_ if place_ == turn_ else old_ for place_, (old_, new_) in enumerate(zip(A, B)))"
        one = assign([target], expression(text, A=ast.Name(target.id, ast.Load()), B=step.value))
        turns = loop(ast.Name("turn_", ast.Store()), expression(repr(order)), [computed, one])
        body = "some values seem to be updated before the steps of the others are computed: compute all steps first."
        new = loop(node.target, node.iter, [*node.body[:-2], turns])
        yield place.change("one_after_another", new, body, 5, "".join(map(str, order)))


def computed_between_steps(place: Place) -> Iterator[Edit]:
    """The same for steps that are statements of their own: what they use is computed anew between them."""
    node = place.node
    if not isinstance(node, ast.For) or len(node.body) < 3:
        return
    steps = [one for one in node.body if isinstance(one, ast.Assign) and names_stored(one) <= names_read(one.value)]
    if len(steps) < 2 or node.body[-len(steps) :] != steps:
        return
    computed = node.body[-len(steps) - 1]
    if not isinstance(computed, ast.Assign):
        return
    for order in (steps, steps[::-1]):
        between = [each for one in order for each in (computed, one)]
        new = loop(node.target, node.iter, [*node.body[: -len(steps) - 1], *between])
        body = "one value seems to be updated before the step of the other is computed: compute both steps first."
        yield place.change("computed_between", new, body, 5)


def batches_drawn(place: Place) -> Iterator[Edit]:
    """Batches that are drawn anew, with or without replacement, or that stay the same and are only shuffled."""
    node = place.node
    if not isinstance(node, ast.For) or not isinstance(node.body[-1], ast.For):
        return
    inner = node.body[-1]
    shuffle = node.body[-2] if len(node.body) > 1 else None
    cut = inner.body[0]
    turns = inner.iter
    if not isinstance(shuffle, ast.Assign) or not isinstance(cut, ast.Assign) or not isinstance(turns, ast.Call):
        return
    call, piece = shuffle.value, cut.value
    if not isinstance(call, ast.Call) or called(call) != "permutation" or not isinstance(call.func, ast.Attribute):
        return
    if called(turns) != "range" or len(turns.args) != 3 or not isinstance(piece, ast.Subscript):
        return
    parts: dict[str, ast.AST] = {"G": call.func.value, "O": piece.value, "B": turns.args[2], "N": call.args[0]}
    again = "some elements seem to come several times and others not at all: a shuffle takes each once."
    for text, kind, body, weight in (
        ("G.integers(0, len(O), min(B, len(O)))", "with_replacement", again, 5),
        ("G.integers(0, len(O), B)", "with_replacement_full", again, 4),
        ("G.choice(len(O), min(B, len(O)), replace=False)", "each_drawn", again, 5),
    ):
        drawn = assign(cut.targets, expression(text, **parts))
        anew = loop(inner.target, turns, [drawn, *inner.body[1:]])
        for before, which in ((node.body[:-1], ""), (node.body[:-2], "_only")):
            if which:  # there is no order of which they could be parts
                drawn = assign(cut.targets, expression(text, **(parts | {"O": expression("range(N)", N=call.args[0])})))
                anew = loop(inner.target, turns, [drawn, *inner.body[1:]])
            yield place.change(f"batches_{kind}{which}", loop(node.target, node.iter, [*before, anew]), body, weight)
    shuffled = expression("G.permutation(np.arange(A, C, B))", **parts, A=turns.args[0], C=turns.args[1])
    plain = assign(shuffle.targets, expression("np.arange(N)", N=call.args[0]))
    new = loop(node.target, node.iter, [*node.body[:-2], plain, loop(inner.target, shuffled, inner.body)])
    body = "the same elements seem to share a batch each time: shuffle the elements, not the batches."
    yield place.change("batches_shuffled", new, body, 5)


def turns_counted(place: Place) -> Iterator[Edit]:
    """Nested loops that make as many turns in all as the outer one alone should make."""
    node = place.node
    if not isinstance(node, ast.For) or not isinstance(node.body[-1], ast.For):
        return
    inner, before = node.body[-1], node.body[:-1]
    if not all(isinstance(each, ast.Assign) for each in before):
        return
    count = node.iter.args[0] if isinstance(node.iter, ast.Call) and called(node.iter) == "range" else None
    found = word(place, count) if isinstance(count, ast.expr) else ""
    body = f"{found or 'the number of turns'} seems to count single steps: each turn has to go through everything."
    wheel = statements("places_ = list(A)\nplace_ = 0", A=inner.iter)
    start = assign([inner.target], expression("places_[place_ % len(places_)]"))
    on = statements("place_ = place_ + 1")
    once = block(*before, *wheel, loop(node.target, node.iter, [start, *inner.body, *on]))
    yield place.change("turns_counted", once, body, 6)
    anew = block(*wheel[1:], loop(node.target, node.iter, [*before, *wheel[:1], start, *inner.body, *on]))
    yield place.change("turns_counted", anew, body, 4)


def drawn_from_generator(place: Place) -> Iterator[Edit]:
    """Start values drawn at random from the generator that the function makes itself."""
    node, function = place.node, place.function
    arrays = [node] if isinstance(node, ast.Call) else list(node.elts) if isinstance(node, ast.Tuple) else []
    if function is None or not arrays or not all(_is_given(each) for each in arrays):
        return
    generators = [
        each.targets[0].id
        for each in own_statements(function)
        if isinstance(each, ast.Assign)
        and isinstance(each.targets[0], ast.Name)
        and called(each.value) in ("default_rng", "RandomState")
    ]
    for generator in generators:
        for method in ("normal", "random", "uniform"):
            members = [expression(f"{generator}.{method}(size=np.shape(A))", A=each) for each in arrays]
            new = ast.Tuple(members, ast.Load()) if isinstance(node, ast.Tuple) else members[0]
            body = "random numbers seem to stand where the task gives the numbers to start from."
            yield place.change(f"start_{method}", new, body, 6 if method == "normal" else 3)


def _is_given(node: ast.AST) -> bool:
    """Whether an array's numbers are written in."""
    return isinstance(node, ast.Call) and called(node) == "array" and not names_read(node) - {"np"}
