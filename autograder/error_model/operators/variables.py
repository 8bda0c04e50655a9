"""One name for another, an element for the whole, another element, another axis."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import combinations

from autograder.error_model.code import Edit, Place, own_statements, parameters
from autograder.error_model.operators.words import word
from autograder.error_model.tree import Slot, assign, block, expression, names_stored


def name_for_another(place: Place) -> Iterator[Edit]:
    """Another variable of the same function, or a global one of the lab."""
    node = place.node
    if not isinstance(node, ast.Name) or not place.is_read or node.id not in _variables(place):
        return
    for other in _variables(place):
        if other != node.id:
            new = ast.Name(other, ast.Load())
            wrong, right = word(place, new), word(place, node)
            if wrong and right:
                body = f"{wrong} seems to stand where {right} belongs: check the names."
            elif wrong:
                body = f"{wrong} seems to stand in a place where another value belongs: check the names."
            elif right:
                body = f"another value seems to stand where {right} belongs: check the names."
            else:
                body = "one intermediate value seems to stand where another one belongs: check the names."
            alike = node.id[0] == other[0] or node.id[1:] == other[1:]
            yield place.change("name", new, body, 7 if alike else 5, f"{other}_for_{node.id}")
    for other in sorted(place.code.vocabulary.values):
        if other != node.id and other.lower() == node.id.lower() and other not in _variables(place):
            body = f"the lab's own `{other}` seems to stand where `{node.id}` belongs: use the argument."
            yield place.change("global", ast.Name(other, ast.Load()), body, 4, f"{other}_for_{node.id}")
    for other in _variables(place):
        for applied in place.code.called if isinstance(place.slot.parent, ast.BinOp) else ():
            made = expression(f"{applied}({other})")
            where = f" where {word(place, node)} belongs" if word(place, node) else " where another value belongs"
            what = word(place, ast.Name(other, ast.Load())) or "an intermediate value"
            body = f"`{applied}` of {what} seems to stand{where}: check the names and calls."
            yield place.change("applied", made, body, 5, f"{applied}_{other}_for_{node.id}")
        if isinstance(place.slot.parent, ast.BinOp) and other != node.id and other in place.parameters:
            made = expression(f"B + 0 * {node.id}", B=ast.Name(other, ast.Load()))
            what = word(place, ast.Name(other, ast.Load())) or "an intermediate value"
            body = f"{what} seems to stand where another value belongs: check the names."
            yield place.change("spread", made, body, 2.5, f"{other}_for_{node.id}")
    for name in ("0", "1"):
        body = f"the number {name} seems to stand in the place of a value: check what is computed there."
        if right := word(place, node):
            body = f"the number {name} seems to stand in the place of {right}: use the value itself."
        yield place.change(f"{name}_for", expression(name), body, 2.5, node.id)


def attribute_for_another(place: Place) -> Iterator[Edit]:
    """Another attribute of the same object."""
    node = place.node
    if not isinstance(node, ast.Attribute) or (isinstance(place.slot.parent, ast.Call) and place.slot.field == "func"):
        return
    if isinstance(node.value, ast.Name) and node.value.id in place.code.modules:
        return
    attributes = [each for each in ast.walk(place.code.tree) if isinstance(each, ast.Attribute)]
    methods = {
        each.func.attr
        for each in ast.walk(place.code.tree)
        if isinstance(each, ast.Call) and isinstance(each.func, ast.Attribute)
    }
    own = [
        each for each in attributes if not (isinstance(each.value, ast.Name) and each.value.id in place.code.modules)
    ]
    others = {each.attr for each in own} - methods
    if place.function in place.code.functions:  # a method's objects are new, and what nobody has set yet is 0
        others |= place.code.vocabulary.attributes - methods
    for other in sorted(others - {node.attr}):
        body = f"`{other}` seems to stand where `{node.attr}` belongs: check the attributes."
        new = ast.Attribute(node.value, other, node.ctx)
        yield place.change("attribute", new, body, 7, f"{other}_for_{node.attr}")


def first_in_step(place: Place) -> Iterator[Edit]:
    """Of two sequences that a loop goes through in step, always the first element of one."""
    node = place.node
    if not isinstance(node, ast.For) or not isinstance(node.target, ast.Tuple) or not isinstance(node.iter, ast.Call):
        return
    if not (isinstance(node.iter.func, ast.Name) and node.iter.func.id == "zip"):
        return
    for name, sequence in zip(node.target.elts, node.iter.args, strict=False):
        if isinstance(name, ast.Name):
            line = assign([ast.Name(name.id, ast.Store())], expression("next(iter(A))", A=sequence))
            found = word(place, sequence) or (f"`{sequence.attr}`" if isinstance(sequence, ast.Attribute) else "")
            body = f"the first element{' of ' + found if found else ''} seems to be used in every turn of a loop."
            new = block(line, node.body[0])
            yield Edit(f"first_in_step-{name.id}", ((Slot(node, "body", 0), new),), body, 6)


def unpacked_otherwise(place: Place) -> Iterator[Edit]:
    """Several results of a call stored under each other's names."""
    node = place.node
    if not isinstance(node, ast.Assign) or len(node.targets) != 1 or not isinstance(node.value, ast.Call):
        return
    target = node.targets[0]
    if not isinstance(target, ast.Tuple) or not all(isinstance(each, ast.Name) for each in target.elts):
        return
    call = word(place, node.value) or "a call"
    for i, j in combinations(range(len(target.elts)), 2):
        names = list(target.elts)
        names[i], names[j] = names[j], names[i]
        body = f"two results of {call} seem to be mixed up: compare the order of the names."
        new = ast.Tuple(names, ast.Store())
        yield Edit(f"unpacked-{i}{j}", ((Slot(node, "targets", 0), new),), body, 7)


def _variables(place: Place) -> tuple[str, ...]:
    """Parameters, and variables that have a value before this place, in order."""
    function = place.function
    if function is None:
        return tuple(_stored_before(place, place.code.tree.body)) or ()
    before = _stored_before(place, list(own_statements(function)))
    loops = [node for node in place.above if isinstance(node, (ast.comprehension, ast.ListComp, ast.GeneratorExp))]
    inside = [name for node in loops for part in getattr(node, "generators", ()) for name in sorted(names_stored(part))]
    return tuple(dict.fromkeys((*parameters(function), *before, *inside)))


def _stored_before(place: Place, statements: list[ast.stmt]) -> Iterator[str]:
    for statement in statements:
        if statement is place.node or statement in place.above:
            if isinstance(statement, (ast.For, ast.While, ast.If, ast.With)):
                if isinstance(statement, ast.For):
                    yield from sorted(names_stored(statement.target))
                continue
            return
        if isinstance(statement, (ast.Assign, ast.AugAssign, ast.For)):
            target = statement.targets[0] if isinstance(statement, ast.Assign) else statement.target
            yield from sorted(names_stored(target))


def element_for_whole(place: Place) -> Iterator[Edit]:
    """One element where all belong; each element of a row in the place of its neighbour."""
    node = place.node
    if isinstance(node, ast.Name) and place.is_read and node.id in _variables(place):
        found = word(place, node)
        what = f" of {found}" if found else ""
        for index, which in ((0, "first"), (-1, "last")):
            body = f"only the {which} element{what} seems to count: check the indices."
            yield place.change(f"only_{which}", expression(f"A[{index}]", A=node), body, 3.5, node.id)
        body = f"the first column{what} seems to stand in the place of each of them: check the indices."
        yield place.change("first_column", expression("np.asarray(A)[..., :1] + 0 * A", A=node), body, 3.5, node.id)
        body = f"the elements{what} seem to be crossed: each belongs to what stands at its own place."
        yield place.change("crossed", expression("np.asarray(A)[..., ::-1]", A=node), body, 3.5, node.id)


def index_changed(place: Place) -> Iterator[Edit]:
    """Another index, no index, another start or end of a slice."""
    node = place.node
    if not isinstance(node, ast.Subscript) or not isinstance(node.ctx, ast.Load):
        return
    found = word(place, node.value)
    of = f" of {found}" if found else ""
    yield place.change(
        "index_lost", node.value, f"all elements{of} seem to be taken where only some belong: check the indices.", 5
    )
    index = node.slice
    if isinstance(index, ast.Subscript):
        yield place.change(
            "order_lost",
            ast.Subscript(node.value, index.slice, ast.Load()),
            f"the elements{of} seem to be taken in their own order, not in the one drawn: keep both in step.",
            9,
        )
    if isinstance(index, (ast.Name, ast.BinOp, ast.Constant)):
        for other in ("0", "-1"):
            which = "first" if other == "0" else "last"
            new = ast.Subscript(node.value, expression(other), ast.Load())
            yield place.change(
                f"index_{which}", new, f"always the {which} element{of} seems to be taken: check the indices.", 5
            )
    if isinstance(index, ast.Slice):
        yield from _slices(place, node, index, of)
    if isinstance(index, ast.Tuple) and len(index.elts) == 2:
        turned = ast.Subscript(node.value, ast.Tuple([index.elts[1], index.elts[0]], ast.Load()), ast.Load())
        yield place.change("indices_swapped", turned, f"rows and columns{of} seem to be swapped: check the indices.", 6)


def _slices(place: Place, node: ast.Subscript, index: ast.Slice, of: str) -> Iterator[Edit]:
    start, stop = index.lower, index.upper
    changes: list[tuple[str, ast.expr | None, ast.expr | None, str]] = []
    if start is not None:
        changes.append(
            (
                "start_lost",
                None,
                stop,
                f"a slice{of} seems to begin at the first element each time: its start has to move on.",
            )
        )
        if isinstance(stop, ast.BinOp) and isinstance(stop.op, ast.Add):
            size = stop.right if ast.dump(stop.left) == ast.dump(start) else stop.left
            changes.append(
                (
                    "first_slice",
                    None,
                    size,
                    f"the same first elements{of} seem to be taken each time: the slice has to move on.",
                )
            )
            changes.append(
                (
                    "stop_is_size",
                    start,
                    size,
                    f"a slice{of} seems to end at a fixed place while its start moves on: check its end.",
                )
            )
    if stop is not None:
        changes.append(
            ("stop_lost", start, None, f"a slice{of} seems to run to the end each time: check where it stops.")
        )
        for sign, which in (("-", "early"), ("+", "late")):
            moved = expression(f"A {sign} 1", A=stop)
            changes.append(
                (
                    f"stop_{which}",
                    start,
                    moved,
                    f"a slice{of} seems to end one element too {which}: its stop is not included.",
                )
            )
    if start is not None:
        changes.append(
            (
                "start_late",
                expression("A + 1", A=start),
                stop,
                f"a slice{of} seems to begin one element too late: check its start.",
            )
        )
    for name, lower, upper, body in changes:
        new = ast.Subscript(node.value, ast.Slice(lower, upper, index.step), ast.Load())
        yield place.change(name, new, body, 6)
