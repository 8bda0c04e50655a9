"""A loss without a graph, on which a step of training in lab 6 is tried: every step is known."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from check.facts import Function, Wrong, holds, number, shown


class Parameter:
    """A parameter that knows nothing of graphs."""

    def __init__(self, data: float, grad: float = 0.0) -> None:
        self.data, self.grad = data, grad


STEEPNESS = 0.75


class Bowl:
    """The loss sum of 0.75 (p - target)^2, with a `backward` that adds to the gradients, as the lab's does."""

    def __init__(self, parameters: Sequence[Parameter], targets: Sequence[float]) -> None:
        self._parameters, self._targets = parameters, targets
        self.data = sum(STEEPNESS * (p.data - t) ** 2 for p, t in zip(parameters, targets, strict=True))
        self.grad = 0.0

    def backward(self) -> None:
        """Add each parameter's gradient to what it has."""
        self.grad = 1.0
        for p, t in zip(self._parameters, self._targets, strict=True):
            p.grad += 2.0 * STEEPNESS * (p.data - t)


def stepped(
    answer: Function,
    start: Sequence[float],
    targets: Sequence[float],
    lr: float,
    *,
    left: float = 0.0,
    steps: int = 1,
    moves: bool = True,
) -> None:
    """Steps from a start, compared with what they must come to.

    Args:
        answer: the student's function.
        start: the parameters.
        targets: where the loss is 0.
        lr: the learning rate.
        left: the gradient that each parameter has before the first step.
        steps: how many.
        moves: whether to look at the parameters, too.
    """
    parameters = [Parameter(x, left) for x in start]
    right = np.array(start)
    bowls: list[Bowl] = []

    def loss_of(given: Sequence[Parameter]) -> Bowl:
        bowls.append(Bowl(given, targets))
        return bowls[-1]

    for step in range(1, steps + 1):
        want = float(np.sum(STEEPNESS * (right - np.array(targets)) ** 2))
        loss = answer(parameters, loss_of, lr)
        if hasattr(loss, "backward"):
            raise Wrong("train_step returned the loss as a node of the graph: return the plain number in its data")
        got = number("The loss that train_step returns", loss)
        if not np.isclose(got, want, rtol=1e-5, atol=1e-8):
            raise Wrong("The loss that train_step returns", f"{want:.6g}", f"{got:.6g}", "take it before the step")
        right = right - lr * 2.0 * STEEPNESS * (right - np.array(targets))
        if not moves:
            continue
        holds(bowls[-1].grad, "No way back was taken from the loss: a loss has a method `backward()`")
        found = np.array([number("data of a parameter", parameter.data) for parameter in parameters])
        if not np.allclose(found, right, rtol=1e-5, atol=1e-8):
            after = f"step {step}" + (f", with {left:g} in each grad before" if left else "")
            hint = f"the loss is the sum of 0.75 (p - target)^2, with the targets {shown(np.array(targets))}"
            left_over = shown(np.array([float(parameter.grad) for parameter in parameters]))
            what = f"From {shown(np.array(start))} with lr = {lr:g}, the parameters after {after}"
            raise Wrong(what, shown(right), f"{shown(found)} (and their gradients {left_over})", hint)
