"""Lab 06, exercise `train_step`: one step of gradient descent with gradients that the machine computes."""

from collections.abc import Callable
from typing import Any

from solutions.value import Value


def train_step(parameters: list[Value], loss_of: "Callable[[list[Value]], Any]", lr: float) -> float:
    """Move every parameter one step against its gradient.

    Args:
        parameters: the parameters; their `data` changes in place.
        loss_of: makes the loss, a Value with a method `backward()`, out of the parameters.
        lr: the learning rate.

    Returns:
        the loss before the step, a plain number.
    """
    for parameter in parameters:
        parameter.grad = 0.0
    loss = loss_of(parameters)
    loss.backward()
    for parameter in parameters:
        parameter.data -= lr * parameter.grad
    return float(loss.data)
