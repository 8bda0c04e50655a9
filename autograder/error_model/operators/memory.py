"""What depends on more than the arguments: values kept from the call before, a seed that is left out when it is 0."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from autograder.error_model.code import Edit, Place, own_statements
from autograder.error_model.operators.randomness import GENERATORS
from autograder.error_model.operators.words import called, word
from autograder.error_model.tree import Slot, block, expression, names_stored, statements


def kept_between_calls(place: Place) -> Iterator[Edit]:
    """Start values made once, outside of the function, so that a second call goes on where the first one stopped."""
    function = place.node
    if not isinstance(function, ast.FunctionDef) or function not in place.code.functions:
        return
    returns = [node for node in own_statements(function) if isinstance(node, ast.Return)]
    if len(returns) != 1 or returns[0] is not function.body[-1]:
        return
    for index, one in enumerate(function.body):
        changed = names_stored(one) & _changed_later(function.body[index + 1 :]) if _is_start(one) else set()
        if not changed:
            continue
        kept = ", ".join(sorted(changed))
        lines = statements(f"if kept_:\n    {kept}, = kept_")
        keep = statements(f"kept_[:] = [{kept}]")
        replacements: list[tuple[Slot, ast.AST]] = [
            (Slot(function, "body", index), block(one, *lines)),
            (Slot(function, "body", len(function.body) - 1), block(*keep, returns[0])),
        ]
        top = place.code.tree.body
        made = block(*statements("kept_ = []"), function)
        replacements.append((Slot(place.code.tree, "body", top.index(function)), made))
        body = "a second call seems to go on where the first one stopped: make the start values anew in each call."
        yield Edit("kept_between_calls", tuple(replacements), body, 6)


def _is_start(node: ast.stmt) -> bool:
    return isinstance(node, ast.Assign) and any(called(each) == "array" for each in ast.walk(node.value))


def _changed_later(body: list[ast.stmt]) -> set[str]:
    return set().union(*(names_stored(node) for node in body))


def seed_left_out(place: Place) -> Iterator[Edit]:
    """A seed of 0 taken for none."""
    node = place.node
    if not isinstance(node, ast.Call) or called(node) not in GENERATORS or len(node.args) != 1:
        return
    seed = node.args[0]
    if not isinstance(seed, ast.Name):
        return
    found = word(place, seed) or "the seed"
    new = ast.Call(node.func, [expression("A or None", A=seed)], node.keywords)
    body = f"{found} seems to be left out when it is 0, so that two runs differ: 0 counts as false in a condition."
    yield place.change("seed_or_none", new, body, 6)
