"""The checks of lab 6, automatic differentiation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from check.bowls import Bowl, Parameter, stepped
from check.facts import Function, Wrong, function, holds, number, shown
from check.operations import BLOCKS, PARTS, Case, Operation, holding, observed, operated
from check.session import Facts, exercise


class Node:
    """A node of a graph, as the lab has it, with a name for sentences."""

    def __init__(
        self,
        name: str,
        data: float = 0.0,
        parents: Sequence[Node] = (),
        slopes: Sequence[float] = (),
        grad: float = 0.0,
    ) -> None:
        self.name, self.data, self.grad = name, data, grad
        self.parents, self.slopes = tuple(parents), tuple(slopes)


def graph(text: str) -> list[Node]:
    """Nodes, parents first, from lines such as ``"v: u 2, a 1"``: the node, then each parent with its slope."""
    nodes: dict[str, Node] = {}
    for line in text.split("; "):
        name, _, made = line.partition(": ")
        pairs = [one.split() for one in made.split(", ")] if made else []
        nodes[name] = Node(
            name, 1.0 + len(nodes) // 2, [nodes[one] for one, _ in pairs], [float(slope) for _, slope in pairs]
        )
    return list(nodes.values())


# --- by hand ---------------------------------------------------------------------------------------------------------


@exercise
def by_hand(fact: Facts, dL_du: Any, dL_db: Any, dL_da: Any) -> None:
    """Three gradients, as numbers."""
    with fact("Each of the three is one number"):
        for name, value in (("dL_du", dL_du), ("dL_db", dL_db), ("dL_da", dL_da)):
            number(name, value)
    with fact("`dL_du`: one path, from u through v to L"):
        derived(
            "dL_du",
            dL_du,
            -8.0,
            "multiply the slopes on the way from u to L, at the values in the diagram",
            {
                16.0: "that is L itself, not how fast it changes with u",
                -6.0: "that is u itself, not how fast L changes with it",
            },
        )
    with fact("`dL_db`: the same path, one step longer"):
        derived(
            "dL_db",
            dL_db,
            -16.0,
            "it is dL_du times the slope of u = a b with respect to b",
            {
                -8.0: "that is dL_du: the slope of u = a b with respect to b is still missing",
                24.0: "that is dL_du times b, the slope with respect to a",
            },
        )
    with fact("`dL_da`: two paths lead from a to L"):
        derived(
            "dL_da",
            dL_da,
            16.0,
            "multiply the slopes along each of the two paths, then add the two products",
            {
                -8.0: "that is what the short path contributes; the one through u is missing",
                24.0: "that is what the path through u contributes; the short one is missing",
                32.0: "the short path counts with the wrong sign",
                -32.0: "the path through u counts with the wrong sign",
                -192.0: "the contributions of the paths are added, not multiplied",
            },
        )


def derived(name: str, value: Any, wanted: float, how: str, slips: Mapping[float, str]) -> None:
    """A derivative by hand.

    Args:
        name, value: the student's.
        wanted: the right number.
        how: it is found.
        slips: wrong number -> what it is.
    """
    found = number(name, value)
    slips = {-wanted: "the size is right, the sign is not", wanted / 2: "a factor 2 is missing", **slips}
    slip = next((told for wrong, told in slips.items() if np.isclose(found, wrong)), "")
    holds(np.isclose(found, wanted), f"{name} is {found:g}, and {slip}" if slip else f"{name} is not right yet: {how}")


# --- the class -------------------------------------------------------------------------------------------------------


@exercise
def value(fact: Facts, kind: Any, part: str) -> None:
    """The class `Value`, one part of its operations."""
    if not isinstance(kind, type):
        raise Wrong(f"Value must be a class, but it is {shown(kind)}: begin with `class Value(Node):`")
    slopes_too = part != "constants" or all(holding(kind, case) for case in BLOCKS)
    for title, cases in PARTS[part]:
        with fact(f"{title}: the number, and the slopes" if slopes_too else f"{title}: the number"):
            for case in cases:
                operated(kind, case, slopes_too)


def inspected(kind: Any, factor: float) -> tuple[list[Any], ...]:
    """What all operations give at numbers that are larger by a factor, as plain data: a list for each fact."""
    return tuple([observed(kind, case, factor) for case in cases] for part in PARTS for _, cases in PARTS[part])


# --- the order, and the way back -------------------------------------------------------------------------------------

SQUARE = "a; b; u: a -3, b 2; v: u 1, a 1; L: v -8"
"""The graph of the first exercise."""
TANGLED = "a; b; u: a 2, b 3; v: u 2, b -1; w: a 5, v 3; L: w 1, u 7"
"""Nodes that are needed right after they were made, and once more at the end."""


@exercise
def topological_order(fact: Facts, answer: Any) -> None:
    """`topological_order(result)` -> the nodes of a graph, parents first."""
    answer = function("topological_order", answer)
    with fact("The graph of the first exercise: every node once, parents before their children"):
        ordered(answer, graph(SQUARE))
    with fact("A graph whose nodes are used early and late"):
        ordered(answer, graph(TANGLED))
        ordered(answer, graph("a; b; u: b 3, a 2; v: b -1, u 2; w: v 3, a 5; L: u 7, w 1"))
    with fact("A node without parents is the whole list"):
        ordered(answer, graph("a"))
    with fact("Each node is visited once, however many paths lead to it"):
        ordered(answer, graph("; ".join(["n0", *(f"n{i}: n{i - 1} 1, n{i - 1} 1" for i in range(1, 11))])))


def ordered(answer: Function, nodes: Sequence[Node]) -> None:
    """The student's order of a graph, whose nodes are given parents first."""
    result = answer(nodes[-1])
    what = f"topological_order({nodes[-1].name})"
    if result is None:
        raise Wrong(f"{what} returned None: is there a return at the end of your function?")
    holds(isinstance(result, list | tuple), f"{what} must be a list of nodes, but it is {shown(result)}")
    found = list(result)
    strange = [one for one in found if not any(one is node for node in nodes)]
    if strange:
        other = strange[0].name if isinstance(strange[0], Node) else shown(strange[0])
        raise Wrong(f"The list of {what} must hold the nodes of this graph themselves, and {other} is none of them")
    names = [one.name for one in found]
    listed = ", ".join(names[:16]) + (", ..." if len(names) > 16 else "")
    yours = f"Your list: {listed}; the graph: {drawn(nodes)}"
    for node in nodes:
        count = names.count(node.name)
        holds(count > 0, f"The node {node.name} is missing. {yours}")
        holds(count == 1, f"The node {node.name} is there {count} times. {yours}")
    for node in nodes:
        for parent in node.parents:
            late = names.index(parent.name) > names.index(node.name)
            holds(not late, f"{parent.name} must come before {node.name}, which is made from it. {yours}")


@exercise
def backward(fact: Facts, answer: Any) -> None:
    """`backward(order)` sets the gradients of the nodes."""
    answer = function("backward", answer)
    with fact("Along a chain, the slopes are multiplied; the last node has the gradient 1"):
        gradients(answer, graph("a; u: a 2; v: u 3; L: v 5"), (30.0, 15.0, 5.0, 1.0))
    with fact("In the graph of the first exercise, both paths from a count"):
        gradients(answer, graph(SQUARE), (16.0, -16.0, -8.0, -8.0, 1.0))
    with fact("A node sends its gradient on when it is complete, not earlier"):
        gradients(answer, graph(TANGLED), (31.0, 36.0, 13.0, 3.0, 1.0, 1.0))
    with fact("A square, a * a: the same parent twice"):
        gradients(answer, graph("a; L: a 3, a 3"), (6.0, 1.0))
    with fact("It adds to the gradients that are there; that of the last node becomes 1"):
        nodes = graph("a; b; L: a 2, b 3")
        nodes[0].grad, nodes[2].grad = 10.0, 7.0
        gradients(answer, nodes, (12.0, 3.0, 1.0), "with a.grad = 10 and L.grad = 7 beforehand, ")


def gradients(answer: Function, nodes: Sequence[Node], wanted: Sequence[float], where: str = "") -> None:
    """The student's gradients of a graph."""
    order = list(nodes)
    answer(order)
    same = len(order) == len(nodes) and all(one is other for one, other in zip(order, nodes, strict=True))
    holds(same, "backward changed the list that it was given: walk through it from behind, and leave it alone")
    found = np.array([number(f"{node.name}.grad", node.grad) for node in nodes])
    if not np.allclose(found, wanted, rtol=1e-4, atol=1e-6):
        names = ", ".join(node.name for node in nodes)
        what = f"In the graph {drawn(nodes)}, {where}the gradients of {names}"
        raise Wrong(what, shown(np.array(wanted)), shown(found))


def numbered(answer: Function, text: str) -> Any:
    """The numbers of a graph's nodes, in the order that the student's function gives."""
    nodes = graph(text)
    order = answer(nodes[-1])
    names = [node.name for node in nodes]
    return [names.index(node.name) for node in order] if isinstance(order, list | tuple) else order


def sent_back(answer: Function, text: str, left: float) -> list[float]:
    """The gradients of a graph's nodes; those without parents, and the last one, had one before."""
    nodes = graph(text)
    for i, node in enumerate(nodes):
        node.grad = 0.0 if node.parents and node is not nodes[-1] else left * (i + 1)
    order = list(nodes)
    answer(order)
    return [float(node.grad) for node in (*nodes, *(order if order != nodes else []))]


def drawn(nodes: Sequence[Node]) -> str:
    """A graph in a sentence: each node with its parents, and the slopes in brackets."""
    pairs = {
        node.name: " and ".join(f"{p.name} ({s:g})" for p, s in zip(node.parents, node.slopes, strict=True))
        for node in nodes
        if node.parents
    }
    return "; ".join(f"{name} from {parents}" for name, parents in pairs.items()) or "of one node"


# --- the network, and a step -----------------------------------------------------------------------------------------

Parameters = tuple[tuple[float, float], tuple[float, float], tuple[float, float], float]
START: Parameters = ((1.0, -1.0), (1.0, 1.0), (1.0, -1.0), 1.0)
OTHER: Parameters = ((0.5, -1.5), (0.3, 1.2), (2.0, -0.7), 0.4)
NAMES = ("w_1[0]", "w_1[1]", "b_1[0]", "b_1[1]", "w_2[0]", "w_2[1]", "b_2")
NUDGE = 1e-5
NEEDED: list[Case] = [
    ("a.tanh()", lambda a: a.tanh(), (0.8,), 0.664037, (0.559055,)),
    ("1 / (1 + (-a).exp())", lambda a: 1 / (1 + (-a).exp()), (0.5,), 0.622459, (0.235004,)),
    ("(2 * a - b) ** 2", lambda a, b: (2 * a - b) ** 2, (1.5, 1.0), 4.0, (8.0, -4.0)),
    ("a * 2 + b - 1", lambda a, b: a * 2 + b - 1, (1.5, 1.0), 3.0, (2.0, 1.0)),
    ("(a - b) * (1 - a) / b", lambda a, b: (a - b) * (1 - a) / b, (3.0, 2.0), -1.0, (-1.5, 1.5)),
]


def leaves(kind: Any, parameters: Sequence[Any]) -> tuple[list[Any], list[Any]]:
    """Parameters as nodes: in the form in which `network_loss` takes them, and all seven in a row.

    Args:
        kind: the student's Value, or `Nudged`.
        parameters: w_1, b_1, w_2 and b_2.
    """
    numbers = np.concatenate([np.ravel(values) for values in parameters])
    if kind is Nudged:
        by = NUDGE * np.hstack([np.zeros((7, 1)), np.eye(7), -np.eye(7)])
        row = [Nudged(x + by[k], frozenset({k})) for k, x in enumerate(numbers)]
    else:
        row = [kind(x) for x in numbers.tolist()]
    return [row[:2], row[2:4], row[4:6], row[6]], row


class Nudged:
    """A number to compute with, at many places at once: as it is, and with each leaf nudged up and down.

    It stands in for a Value that is not right yet. It knows which leaves it was made from, and no derivative: slopes
    follow from the nudges.
    """

    def __init__(self, data: Any, leaves: frozenset[int] = frozenset()) -> None:
        self.data, self.leaves = data, leaves

    def __neg__(self) -> Nudged:
        return Nudged(-self.data, self.leaves)

    def exp(self) -> Nudged:
        """The exponential."""
        return Nudged(np.exp(self.data), self.leaves)

    def tanh(self) -> Nudged:
        """The hyperbolic tangent."""
        return Nudged(np.tanh(self.data), self.leaves)

    def slopes(self) -> np.ndarray:
        """The central difference for each leaf."""
        up, down = np.split(np.asarray(self.data)[1:], 2)
        return np.asarray((up - down) / (2 * NUDGE))


def _nudged(name: str) -> Operation:
    def operation(self: Nudged, other: Any) -> Nudged:
        own = isinstance(other, Nudged)
        data = getattr(np.asarray(self.data, dtype=float), name)(other.data if own else other)
        return Nudged(data, self.leaves | (other.leaves if own else frozenset()))

    return operation


for _name in ("add", "sub", "mul", "truediv", "pow"):
    for _side in ("", "r"):
        if (_side, _name) != ("r", "pow"):
            setattr(Nudged, f"__{_side}{_name}__", _nudged(f"__{_side}{_name}__"))


def sound(kind: Any) -> bool:
    """Whether the student's Value does what the network needs; it has a test of its own."""
    return isinstance(kind, type) and all(holding(kind, case) for case in NEEDED)


@exercise
def network_loss(fact: Facts, answer: Any, kind: Any) -> None:
    """`network_loss(x, y, w_1, b_1, w_2, b_2)` -> a Value, on the student's own Values where these are right."""
    answer = function("network_loss", answer)
    kind = kind if sound(kind) else Nudged
    start, other = leaves(kind, START), leaves(kind, OTHER)
    with fact("The result is a Value, and not a plain number"):
        data_of(answer(1.0, 0.367879, *start[0]))
    with fact("The loss is right at the start values of Lab 3"):
        right_loss("at the start values of Lab 3", answer(1.0, 0.367879, *start[0]), 1.026002)
    with fact("The loss is right with other parameters, x = 2 and y = 0.25"):
        right_loss("with other parameters, x = 2 and y = 0.25", answer(2.0, 0.25, *other[0]), 2.632098)
    with fact("The graph leads back to all seven parameters"):
        found = made_from(answer(2.0, 0.25, *other[0]), other[1])
        for name, remembered in zip(NAMES, found, strict=True):
            holds(
                remembered,
                f"The loss does not remember {name}: compute with the Values themselves, not with their data",
            )


def right_loss(where: str, result: Any, want: float) -> None:
    """A loss with the right number."""
    got = data_of(result)
    if not np.isclose(got, want, rtol=1e-4, atol=1e-7):
        raise Wrong(f"The loss {where}", f"{want:.6g}", f"{got:.6g}")


def data_of(result: Any) -> float:
    """The number of a loss that is a Value."""
    if result is None:
        raise Wrong("network_loss returned None: is there a return at the end of your function?")
    if not hasattr(result, "data") or isinstance(result, np.generic | np.ndarray):
        raise Wrong(
            f"The loss must be a Value that remembers how it was made, but it is {shown(result)}: compute with the "
            "Values themselves, not with their data"
        )
    return number("The loss", result.data[0] if isinstance(result, Nudged) else result.data)


def made_from(result: Any, leaves: Sequence[Any]) -> list[bool]:
    """For each leaf, whether a result was made from it."""
    if isinstance(result, Nudged):
        return [k in result.leaves for k in range(len(leaves))]
    met: list[Any] = []
    waiting = [result]
    while waiting:
        node = waiting.pop()
        if not any(node is one for one in met):
            met.append(node)
            waiting += [] if any(node is leaf for leaf in leaves) else list(node.parents)
    return [any(leaf is one for one in met) for leaf in leaves]


def network_numbers(answer: Function, x: float, y: float, parameters: np.ndarray) -> Any:
    """The loss at seven parameters, and its seven slopes."""
    arguments, _ = leaves(Nudged, [parameters[:2], parameters[2:4], parameters[4:6], parameters[6:]])
    result = answer(x, y, *arguments)
    while hasattr(result, "parents"):  # a constant of the student's own Value was in it
        result = result.data
    return [data_of(result), *result.slopes().tolist()] if isinstance(result, Nudged) else result


@exercise
def train_step(fact: Facts, answer: Any) -> None:
    """`train_step(parameters, loss_of, lr)` -> the loss before the step."""
    answer = function("train_step", answer)
    with fact("It returns the loss before the step, as a plain number"):
        stepped(answer, [3.0, -1.0], (1.0, 2.0), 0.1, moves=False)
    with fact("Each parameter moves against its gradient, by lr times as much"):
        stepped(answer, [3.0, -1.0], (1.0, 2.0), 0.1)
        stepped(answer, [0.5], (2.0,), 0.25)
    with fact("Three steps one after the other"):
        stepped(answer, [3.0, -1.0], (1.0, 2.0), 0.1, steps=3)
    with fact("Gradients that something else left behind do not count"):
        stepped(answer, [3.0, -1.0], (1.0, 2.0), 0.1, left=5.0)


def steps_taken(answer: Function, start: np.ndarray, lr: float, left: float) -> list[Any]:
    """What two steps return, where they end, and which gradients they leave; each parameter has one before.

    Last comes how often a way back was asked for.
    """
    parameters = [Parameter(x, left) for x in start.tolist()]
    bowls: list[Bowl] = []

    def loss_of(given: Sequence[Parameter]) -> Bowl:
        bowls.append(Bowl(given, [1.0, -0.5, 0.3][: len(given)]))
        return bowls[-1]

    losses = [answer(parameters, loss_of, lr) for _ in range(2)]
    plain = [
        loss if isinstance(loss, float | int | np.generic | np.ndarray) else type(loss).__name__ for loss in losses
    ]
    ways_back = sum(bowl.grad for bowl in bowls)
    return [*plain, *(float(p.data) for p in parameters), *(float(p.grad) for p in parameters), float(ways_back)]
