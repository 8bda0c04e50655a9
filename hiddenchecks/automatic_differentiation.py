"""The hidden tests of lab 6, automatic differentiation."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from check.automatic_differentiation import NAMES, Node, Nudged, gradients, leaves, ordered, right_loss, sound
from check.bowls import stepped
from check.facts import Function, Wrong, holds, number
from check.operations import BLOCKS, Case, Operation, holding, operated
from solutions.backprop import backprop as reference_backprop
from solutions.backward import backward as reference_backward
from solutions.forward import forward as reference_forward
from solutions.topological_order import topological_order as reference_order


def by_hand(dL_du: Any, dL_db: Any, dL_da: Any) -> None:
    """The three gradients against central differences of L = (a b + a)^2."""

    def loss(a: float, b: float) -> float:
        return (a * b + a) ** 2

    h = 1e-5
    measured = {
        "dL_du": (dL_du, ((2 * -3 + h + 2) ** 2 - (2 * -3 - h + 2) ** 2) / (2 * h)),
        "dL_db": (dL_db, (loss(2, -3 + h) - loss(2, -3 - h)) / (2 * h)),
        "dL_da": (dL_da, (loss(2 + h, -3) - loss(2 - h, -3)) / (2 * h)),
    }
    for name, (value, want) in measured.items():
        holds(np.isclose(number(name, value), want, rtol=1e-3), f"{name} is not what a small nudge does to L")


FORMULAS: dict[str, list[tuple[str, Operation, float, float]]] = {  # name, operation, lowest and highest operand
    "product": [
        ("a + b", lambda a, b: a + b, -3.0, 3.0),
        ("a * b", lambda a, b: a * b, -3.0, 3.0),
        ("a * b + a", lambda a, b: a * b + a, -3.0, 3.0),
        ("(a + b) * (a + a * b)", lambda a, b: (a + b) * (a + a * b), -3.0, 3.0),
    ],
    "power": [
        ("a ** 2", lambda a: a**2, -3.0, 3.0),
        ("a ** 5", lambda a: a**5, -1.5, 1.5),
        ("a ** -2", lambda a: a**-2, 0.5, 3.0),
        ("a ** 1.5", lambda a: a**1.5, 0.5, 3.0),
    ],
    "functions": [
        ("a.exp()", lambda a: a.exp(), -3.0, 3.0),
        ("a.log()", lambda a: a.log(), 0.3, 9.0),
        ("a.tanh()", lambda a: a.tanh(), -2.0, 2.0),
        ("a.relu()", lambda a: a.relu(), 0.2, 3.0),
        ("a.relu()", lambda a: a.relu(), -3.0, -0.2),
    ],
    "constants": [
        ("a + 2.5", lambda a: a + 2.5, -3.0, 3.0),
        ("-1.5 + a", lambda a: -1.5 + a, -3.0, 3.0),
        ("a * -3", lambda a: a * -3, -3.0, 3.0),
        ("0.5 * a", lambda a: 0.5 * a, -3.0, 3.0),
        ("-a", lambda a: -a, -3.0, 3.0),
        ("a - b", lambda a, b: a - b, -3.0, 3.0),
        ("a - 4", lambda a: a - 4, -3.0, 3.0),
        ("4 - a", lambda a: 4 - a, -3.0, 3.0),
        ("a / b", lambda a, b: a / b, 0.5, 3.0),
        ("a / 5", lambda a: a / 5, -3.0, 3.0),
        ("5 / a", lambda a: 5 / a, 0.5, 3.0),
        ("1 / (1 - a) - b", lambda a, b: 1 / (1 - a) - b, 1.5, 3.0),
    ],
}


def measured(operation: Callable[..., Any], numbers: list[float]) -> tuple[float, ...]:
    """The slopes of a formula on plain numbers, by central differences."""
    h, slopes = 1e-5, []
    for k in range(len(numbers)):
        up, down = ([x + s * h * (i == k) for i, x in enumerate(numbers)] for s in (1, -1))
        values = [operation(*map(Plain, moved)) for moved in (up, down)]
        slopes.append((float(values[0]) - float(values[1])) / (2 * h))
    return tuple(slopes)


class Plain(np.float64):
    """A plain number with the functions of a Value."""

    def exp(self) -> Any:
        """e to the power of it."""
        return np.exp(self)

    def log(self) -> Any:
        """Its natural logarithm."""
        return np.log(self)

    def tanh(self) -> Any:
        """Its hyperbolic tangent."""
        return np.tanh(self)

    def relu(self) -> Any:
        """The larger of 0 and it."""
        return np.maximum(0.0, self)


def value(kind: Any, part: str) -> None:
    """Formulas at random numbers against central differences of the same formulas on plain numbers."""
    rng = np.random.default_rng({"product": 601, "power": 602, "functions": 603, "constants": 604}[part])
    # Differences and quotients are made of sums, products and powers, which have tests of their own.
    slopes_too = part != "constants" or all(holding(kind, case) for case in BLOCKS)
    for what, operation, low, high in FORMULAS[part]:
        operated(kind, _case(rng, what, operation, low, high), slopes_too)


def _case(rng: np.random.Generator, what: str, operation: Operation, low: float, high: float) -> Case:
    numbers = rng.uniform(low, high, size=operation.__code__.co_argcount).tolist()
    return what, operation, tuple(numbers), float(operation(*map(Plain, numbers))), measured(operation, numbers)


def random_graph(rng: np.random.Generator, size: int) -> list[Node]:
    """Nodes, each made from one to three earlier ones; every one of them leads to the last."""
    nodes: list[Node] = []
    for i in range(size):
        near = [nodes[-1]] if i > 2 else []
        others = rng.choice(i, size=min(i, int(rng.integers(0, 3))), replace=False).tolist() if i > 2 else []
        parents = near + [nodes[k] for k in others if nodes[k] not in near]
        rng.shuffle(parents)
        nodes.append(Node(f"n{i}", 1.0, parents, rng.uniform(-1.5, 1.5, size=len(parents)).tolist()))
    used = [nodes[-1], *(parent for node in nodes for parent in node.parents)]
    loose = [node for node in nodes if node not in used]
    nodes.append(Node("last", 1.0, [nodes[-1], *loose], [1.0] * (len(loose) + 1)))
    return nodes


def topological_order(answer: Function) -> None:
    """Random graphs, and many paths through few nodes."""
    rng = np.random.default_rng(605)
    for size in (4, 7, 10, 14):
        ordered(answer, random_graph(rng, size))
    nodes = [Node("n0")]
    for i in range(1, 14):
        nodes.append(Node(f"n{i}", 1.0, [nodes[-1], nodes[-1], nodes[max(0, i - 2)]], [1.0, 1.0, 1.0]))
    ordered(answer, nodes)


def backward(answer: Function) -> None:
    """Random graphs, with gradients from before, against the sum over all paths."""
    rng = np.random.default_rng(606)
    for size in (3, 6, 9, 12):
        nodes = random_graph(rng, size)
        by_node = {id(node): 0.0 for node in nodes} | {id(nodes[-1]): 1.0}
        for node in reversed(nodes):
            for parent, slope in zip(node.parents, node.slopes, strict=True):
                by_node[id(parent)] += slope * by_node[id(node)]
        wanted = [by_node[id(node)] for node in nodes]
        for i, node in enumerate(nodes):
            if not node.parents:
                node.grad = float(rng.uniform(-1.0, 1.0)) if size > 6 else 0.0
                wanted[i] += node.grad
        gradients(answer, nodes, wanted, "with gradients from before" if size > 6 else "")


def network_loss(answer: Function, kind: Any) -> None:
    """Random parameters: the loss and its gradients against those of Lab 3."""
    kind = kind if sound(kind) else Nudged
    rng = np.random.default_rng(607)
    for slopes_too in (False, False, True):
        x, y = rng.uniform(-3.0, 3.0, size=2).tolist()
        arrays = [rng.normal(size=size) for size in (2, 2, 2, 1)]
        where = f"with other parameters, x = {x:.2f} and y = {y:.2f}"
        arguments, row = leaves(kind, arrays)
        result = answer(x, y, *arguments)
        right_loss(where, result, float((reference_forward(x, *arrays)[2][0] - y) ** 2))
        if slopes_too:
            wanted = np.concatenate(reference_backprop(x, y, *arrays))
            for name, got, want in zip(NAMES, _slopes(result, row), wanted, strict=True):
                if not np.isclose(got, want, rtol=1e-3, atol=1e-4):
                    hint = "compute with the Values themselves, so that the graph leads back along every path"
                    raise Wrong(f"dL/d{name} {where}", f"{want:.6g}", f"{got:.6g}", hint)


def _slopes(result: Any, row: list[Any]) -> list[float]:
    """The gradient of a loss with respect to each leaf; of a graph of the student's, with every node asked once."""
    if isinstance(result, Nudged):
        return list(map(float, result.slopes()))
    copies: dict[int, Node] = {}
    asked = []  # keeps the nodes, so that none takes the place of another

    def copied(node: Any) -> Node:
        if id(node) not in copies:
            asked.append(node)
            leaf = any(node is one for one in row)
            parents, slopes = ((), ()) if leaf else (node.parents, node.slopes)
            copies[id(node)] = Node("", 0.0, [copied(parent) for parent in parents], list(map(float, slopes)))
        return copies[id(node)]

    last = copied(result)
    reference_backward(reference_order(last))  # type: ignore[arg-type]
    return [copied(leaf).grad for leaf in row]


def train_step(answer: Function) -> None:
    """Random parameters, learning rates, and gradients from before; parameters that are shared or alone."""
    rng = np.random.default_rng(608)
    for n, steps, left in ((1, 1, 0.0), (4, 2, 0.0), (3, 3, -2.0), (2, 1, 4.0)):
        start, targets = rng.normal(size=n).tolist(), rng.normal(size=n).tolist()
        stepped(answer, start, targets, float(rng.uniform(0.01, 0.4)), left=left, steps=steps)
    stepped(answer, [1.0, 2.0], (0.0, 0.0), 0.0, left=1.0)
