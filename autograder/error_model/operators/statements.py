"""Statements that are missing, at the wrong place, or that throw away what they compute; loops that end too soon."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace
from typing import TypeGuard

from autograder.error_model.code import Edit, Place, listed, parameters
from autograder.error_model.operators.arithmetic import SIGNS
from autograder.error_model.operators.words import called, word
from autograder.error_model.tree import (
    assign,
    block,
    expression,
    loop,
    names_read,
    names_stored,
    replacing_name,
    statements,
)

MOST_AFTER = 2  # statements that are moved into a loop before it


def statement_lost(place: Place) -> Iterator[Edit]:
    """A statement left out; a value computed but not kept."""
    node = place.node
    if isinstance(node, (ast.Assign, ast.AugAssign, ast.Expr, ast.If)) and place.function is not None:
        stored = [f"`{name}`" for name in sorted(names_stored(node)) if place.is_known(name)]
        if isinstance(node, ast.Expr) and not isinstance(node.value, ast.Call):
            return
        if isinstance(node, ast.If):
            body = "a case seems to be left out: check what is done under which condition."
        elif _is_step(node):
            what = listed(stored) or "a value"
            body = f"{what} seems never to be updated: check what each step has to change."
            if len(stored) > 1:
                body = f"{what} seem never to be updated: check what each step has to change."
        elif len(stored) > 1:
            body = f"{listed(stored)} seem not to be computed anew: check what is assigned."
        elif stored:
            body = f"{listed(stored)} seems not to be computed anew: check what is assigned."
        else:
            body = "a step of the computation seems to be missing: check what is computed and kept."
        yield place.change(
            "statement_lost", ast.Pass(), body, 6 if _is_step(node) else 4, "-".join(sorted(names_stored(node)))
        )
    if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and _is_step(node):
        found = word(place, node.value)
        body = f"the result of {found or 'a call'} seems to be thrown away: assign it, or nothing changes."
        yield place.change("result_thrown_away", ast.Expr(node.value), body, 6)


def _is_step(node: ast.AST) -> bool:
    """Whether a statement replaces a value by one that is computed from it."""
    if isinstance(node, ast.AugAssign):
        return True
    return isinstance(node, ast.Assign) and bool(names_stored(node) & names_read(node.value))


def step_changed(place: Place) -> Iterator[Edit]:
    """`=` for an update, an update with another operator, an update of a copy in place."""
    node = place.node
    if isinstance(node, ast.AugAssign):
        target = ast.parse(ast.unparse(node.target), mode="eval").body
        body = "each turn seems to overwrite the value before it: add to what is there."
        yield place.change("overwritten", assign([node.target], node.value), body, 8)
        flips: dict[type[ast.operator], type[ast.operator]] = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add}
        if type(node.op) in flips:
            other = flips[type(node.op)]
            body = f"{SIGNS[other]} seems to stand in an update where {SIGNS[type(node.op)]} belongs."
            yield place.change("update_turned", ast.AugAssign(node.target, other(), node.value), body, 8)
        yield place.change(
            "step_copied",
            assign([node.target], ast.BinOp(target, node.op, node.value)),
            "an update seems to make a new value where the old one has to change.",
            2,
        )
    if isinstance(node, ast.Assign) and _is_step(node) and len(node.targets) == 1 and isinstance(node.value, ast.BinOp):
        name, value = node.targets[0], node.value
        if isinstance(name, ast.Name) and isinstance(value.left, ast.Name) and value.left.id == name.id:
            body = "an update seems to change an array in place, also for those who still need the old one."
            yield place.change("in_place", ast.AugAssign(name, value.op, value.right), body, 5, name.id)


def return_lost(place: Place) -> Iterator[Edit]:
    """No return, a print in its place, a return of the function itself."""
    node = place.node
    if not isinstance(node, ast.Return) or node.value is None or place.function not in place.code.functions:
        return
    body = "the function seems to compute, or print, but to hand nothing back: end it with a return."
    yield replace(place.change("return_lost", ast.Expr(node.value), body, 9), hides=True)


def loop_changed(place: Place) -> Iterator[Edit]:
    """A loop that runs too often, not often enough, or not at all; one that is left after its first turn."""
    node = place.node
    if not isinstance(node, (ast.For, ast.While)):
        return
    parent = getattr(place.slot.parent, place.slot.field)
    following = parent[(place.slot.index or 0) + 1 :] if isinstance(parent, list) else []
    if 1 <= len(following) <= MOST_AFTER and isinstance(following[-1], ast.Return):
        inside = _copy_loop(node, [*node.body, *following])
        body = "the function seems to return after the first turn of its loop: let the loop finish first."
        yield place.change("return_in_loop", inside, body, 8)
        first = (place.slot.index or 0) + 1
        gone = [(replace(place.slot, index=first + index), ast.Pass()) for index in range(len(following))]
        moved = place.change("return_in_loop", inside, body, 7.5)
        yield replace(moved, replacements=(*moved.replacements, *gone))
    if isinstance(node, ast.For):
        yield from _turns(place, node)
        yield from _moved(place, node, parent, place.slot.index or 0)
        yield from _shrinking(place, node)
    once = _copy_loop(node, [*node.body, ast.Break()])
    yield place.change("one_turn", once, "the loop seems to make one turn only: check what ends it.", 6)
    yield place.change(
        "no_turn", ast.Pass(), "the loop seems to do nothing: what comes back is what was there before it.", 6
    )


def _copy_loop(node: ast.For | ast.While, body: list[ast.stmt]) -> ast.stmt:
    if isinstance(node, ast.While):
        return ast.While(node.test, body, [])
    return loop(node.target, node.iter, body)


def _turns(place: Place, node: ast.For) -> Iterator[Edit]:
    iterated = node.iter
    count = ""
    if isinstance(iterated, ast.Call) and called(iterated) == "range" and iterated.args:
        argument = iterated.args[0] if len(iterated.args) == 1 else iterated.args[1]
        count = word(place, argument)
        at = f": compare with {count}" if count else ""
        texts = (
            ("one_turn_short", "range(1, A)", f"a loop seems to make one turn too few{at}.", 7),
            ("one_turn_more", "range(A + 1)", f"a loop seems to make one turn too many{at}.", 7),
            ("ten_turns", "range(10)", f"a loop seems to make the same number of turns whatever it is asked{at}.", 3),
            ("double_turns", "range(2 * A)", f"a loop seems to make twice as many turns as asked{at}.", 2),
        )
        if len(iterated.args) == 1:
            for name, text, body, weight in texts:
                new = loop(node.target, expression(text, A=argument), node.body)
                yield place.change(name, new, body, weight)
        if len(iterated.args) == 3:
            size = word(place, iterated.args[2])
            of = f" {size}" if size else " the step"
            first_two = ast.Call(iterated.func, iterated.args[:2], [])
            yield place.change(
                "step_of_one",
                loop(node.target, first_two, node.body),
                f"the loop seems to move on by 1, not by{of}: there are too many turns.",
                7,
            )
            full = expression("range(0, A - B + 1)", A=iterated.args[1], B=iterated.args[2])
            yield place.change(
                "step_of_one_full",
                loop(node.target, full, node.body),
                f"the loop seems to move on by 1, not by{of}: there are too many turns.",
                6,
            )
            for text, kind in (("range(-(-A // B))", "batches"), ("range(A // B + 1)", "batches_and_one")):
                counted = expression(text, A=iterated.args[1], B=iterated.args[2])
                yield place.change(
                    f"start_by_one_{kind}",
                    loop(node.target, counted, node.body),
                    f"the place where each turn begins seems to move on by 1, not by{of}: the turns overlap.",
                    5,
                )
            whole = expression("range(0, A - B + 1, B)", A=iterated.args[1], B=iterated.args[2])
            yield place.change(
                "rest_lost",
                loop(node.target, whole, node.body),
                "what remains at the end, less than a full step, seems to be left out.",
                3,
            )
            number = expression("range(0, B * A, A)", A=iterated.args[2], B=iterated.args[2])
            yield place.change(
                "size_as_number",
                loop(node.target, number, node.body),
                f"the number of turns seems to be{of}: it is a size, not a number of turns.",
                4,
            )
        return
    for text, which, body in (
        ("list(A)[:-1]", "last_left_out", "a loop seems to leave out the last element: check what it runs over."),
        ("list(A)[1:]", "first_left_out", "a loop seems to leave out the first element: check what it runs over."),
        ("list(A)[::-1]", "reversed", "a loop seems to run over its elements from the last to the first."),
    ):
        yield place.change(which, loop(node.target, expression(text, A=iterated), node.body), body, 3)


def _moved(place: Place, node: ast.For, parent: list[ast.stmt], index: int) -> Iterator[Edit]:
    """Statements before the loop that belong in it, and the other way round."""
    for count in range(1, min(4, len(node.body))):
        moved, rest = node.body[:count], node.body[count:]
        if all(isinstance(one, ast.Assign) for one in moved):
            needs = names_stored(node.target) & set().union(*(names_read(one) for one in moved))
            first = statements(f"{min(needs)} = next(iter(A))", A=node.iter) if needs else []
            new = block(*first, *moved, loop(node.target, node.iter, rest))
            body = "something seems to be computed or drawn once, before the loop, that every turn needs anew."
            yield place.change("out_of_loop", new, body, 8)
    for one in node.body[1:]:
        if _is_step(one):
            rest = [each for each in node.body if each is not one]
            new = block(loop(node.target, node.iter, rest), one)
            body = "a step seems to be made once, after the loop, that every turn has to make."
            yield place.change("after_loop", new, body, 5)
    steps = [each for each in node.body[1:] if _is_step(each)]
    if len(steps) > 1:
        rest = [each for each in node.body if each not in steps]
        body = "all steps seem to be made once, after the loop, that every turn has to make."
        yield place.change("after_loop", block(loop(node.target, node.iter, rest), *steps), body, 6, "all")
    before = [one for one in parent[:index] if isinstance(one, ast.Assign)]
    for one in before:
        inside = _copy_loop(node, [one, *node.body])
        stored = [f"`{name}`" for name in sorted(names_stored(one)) if place.is_known(name)]
        what = listed(stored) if stored else "a value"
        body = f"{what} seems to be set again in each turn of the loop: set it once, before the loop."
        if len(stored) > 1:
            body = f"{what} seem to be set again in each turn of the loop: set them once, before the loop."
        yield place.change("into_loop", inside, body, 5, "-".join(sorted(names_stored(one))))


def _shrinking(place: Place, node: ast.For) -> Iterator[Edit]:
    """A number that is smaller in each turn than in the one before."""
    for name in place.parameters:
        if name not in place.code.vocabulary.numbers & names_read(node) - names_read(node.iter):
            continue
        for kind, text in (
            ("fraction", "given_ / (turn_ + 1)"),
            ("99", "given_ * 0.99**turn_"),
            ("9", "given_ * 0.9**turn_"),
            ("half", "given_ * 0.5**turn_"),
        ):
            target = ast.Tuple([ast.Name("turn_", ast.Store()), node.target], ast.Store())
            lines = [*statements(f"{name} = {text}"), *node.body]
            new = block(*statements(f"given_ = {name}"), loop(target, expression("enumerate(A)", A=node.iter), lines))
            body = f"`{name}` seems to shrink from turn to turn: use it as it is given."
            yield place.change("shrinking", new, body, 4, f"{name}-{kind}")


def hoisted(place: Place) -> Iterator[Edit]:
    """All that nested loops compute and draw made once, before them; only the steps are repeated."""
    node = place.node
    if not isinstance(node, ast.For) or not isinstance(node.body[-1], ast.For):
        return
    inner = node.body[-1]
    before = [each for each in node.body[:-1] if isinstance(each, ast.Assign)]
    steps = [each for each in inner.body if _is_step(each)]
    once = [each for each in inner.body if isinstance(each, ast.Assign) and not _is_step(each)]
    if not steps or len(before) + 1 != len(node.body) or len(steps) + len(once) != len(inner.body):
        return
    start = assign([inner.target], expression("next(iter(A))", A=inner.iter))
    turns = loop(node.target, node.iter, [loop(inner.target, inner.iter, steps)])
    body = "what each step needs seems to be computed once, before the loops: compute it anew in every turn."
    yield place.change("hoisted", block(*before, start, *once, turns), body, 6)
    flat = loop(node.target, node.iter, [*before, start, *inner.body])
    body = "the inner loop seems to make one turn only: each turn of the outer one has to go through everything."
    yield place.change("inner_once", flat, body, 6)


def length_divided(place: Place) -> Iterator[Edit]:
    """A factor of each step divided by the number of elements that the step uses."""
    function = place.node
    if not isinstance(function, ast.FunctionDef) or function not in place.code.functions:
        return
    steps = [node for node in ast.walk(function) if isinstance(node, ast.stmt) and _is_step(node)]
    sizes = {
        each.id
        for node in ast.walk(function)
        if isinstance(node, ast.Subscript)
        for each in [node.slice]
        if isinstance(each, ast.Name)
    }
    for name in parameters(function):
        slots = [
            inside.slot
            for inside in place.code.places
            if isinstance(inside.node, ast.Name)
            and inside.node.id == name
            and isinstance(inside.slot.parent, ast.BinOp)
            and set(inside.above) & set(steps)
        ]
        for size in sorted(sizes) if slots else ():
            new = tuple((slot, expression(f"{name} / len({size})")) for slot in slots)
            body = f"`{name}` seems to be divided by the number of elements of each step: check for a mean."
            yield Edit(f"length_divided-{name}-{size}", new, body, 6)
            new = tuple((slot, expression(f"{name} * len({size})")) for slot in slots)
            body = f"`{name}` seems to be multiplied by the number of elements of each step: check the factors."
            yield Edit(f"length_multiplied-{name}-{size}", new, body, 3)


def old_value_used(place: Place) -> Iterator[Edit]:
    """A loop that always computes from the start values, though it keeps the new ones."""
    node = place.node
    if not isinstance(node, ast.For):
        return
    for name in sorted(_carried(node)):
        for inner in ast.walk(node):
            if isinstance(inner, ast.Assign) and name not in names_stored(inner) and name in names_read(inner.value):
                value = replacing_name(inner.value, name, ast.Name(f"start_{name}", ast.Load()))
                changed = _replacing(node, inner, assign(inner.targets, value))
                new = block(*statements(f"start_{name} = {name}"), changed)
                what = f"`{name}`" if place.is_known(name) else "values"
                body = f"every turn seems to compute from the first {what}: use what the turn before has left."
                yield place.change("start_value_used", new, body, 7, name)


def last_turn_only(place: Place) -> Iterator[Edit]:
    """A sum of which each turn of a loop forgets what the turns before have added."""
    node = place.node
    if not isinstance(node, ast.For):
        return
    for inner in node.body:
        if not isinstance(inner, ast.Assign) or not _is_step(inner):
            continue
        value = inner.value
        if not isinstance(value, ast.BinOp) or not isinstance(value.op, ast.Add):
            continue
        for name in sorted(names_stored(inner) & {one.id for one in (value.left, value.right) if _is_name(one)}):
            fresh = assign(inner.targets, replacing_name(value, name, ast.Name(f"start_{name}", ast.Load())))
            new = block(*statements(f"start_{name} = {name}"), _replacing(node, inner, fresh))
            body = (
                "of what a loop adds up, only the last turn seems to be left: does each turn overwrite the one before?"
            )
            yield place.change("last_turn_only", new, body, 8, name)


def _is_name(node: ast.AST) -> TypeGuard[ast.Name]:
    return isinstance(node, ast.Name)


def members_not_updated(place: Place) -> Iterator[Edit]:
    """An update of several values at once from which some are left out."""
    node = place.node
    if not isinstance(node, ast.Assign) or not _is_step(node):
        return
    target = node.targets[0]
    if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
        for index, (name, value) in enumerate(zip(target.elts, node.value.elts, strict=False)):
            if isinstance(name, ast.Name) and name.id in names_read(value):
                members = list(node.value.elts)
                members[index] = ast.Name(name.id, ast.Load())
                told = f"`{name.id}`" if place.is_known(name.id) else f"value {index + 1}"
                body = f"{told} seems to stay at the start: check what each step has to change."
                new = assign([target], ast.Tuple(members, ast.Load()))
                yield Edit(f"not_updated-{name.id}", ((place.slot, new),), body, 9)
    if not isinstance(node.value, ast.Call):
        return
    if not isinstance(target, ast.Name):
        return
    names = place.code.vocabulary.results
    count = len(names) or 4
    groups: list[tuple[int, ...]] = [(index,) for index in range(count)]
    if count == 4:
        groups += [(0, 1), (2, 3), (0, 2), (1, 3)]
    for kept in groups:
        text = f"tuple(old if place in {kept!r} else new for place, (old, new) in enumerate(zip(A, B)))"
        text = text.replace("place", "place_")
        new = assign([target], expression(text, A=ast.Name(target.id, ast.Load()), B=node.value))
        what = (
            listed([f"`{names[index]}`" for index in kept])
            if names
            else listed([f"value {index + 1}" for index in kept])
        )
        body = f"{what} seems to stay at the start: check what each step has to change."
        if len(kept) > 1:
            body = f"{what} seem to stay at the start: check what each step has to change."
        yield place.change("not_updated", new, body, 6, "-".join(str(index) for index in kept))


def _carried(loop: ast.For) -> set[str]:
    """Names that one turn of a loop leaves for the next."""
    found: set[str] = set()
    for node in ast.walk(loop):
        if _is_step(node):
            found |= names_stored(node)
    return found


def _replacing(changed: ast.For, old: ast.stmt, new: ast.stmt) -> ast.For:
    """A copy of a loop with one statement replaced; the others are shared."""
    body = [
        new if one is old else _replacing(one, old, new) if isinstance(one, ast.For) else one for one in changed.body
    ]
    return loop(changed.target, changed.iter, body)
