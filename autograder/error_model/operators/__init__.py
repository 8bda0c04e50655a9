"""The operators: each takes a place in an answer and yields the changes of one kind that can be made there."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from autograder.error_model.code import Edit, Place
from autograder.error_model.operators.arithmetic import factor_lost, sign_turned

Operator = Callable[[Place], Iterator[Edit]]

OPERATORS: tuple[Operator, ...] = (sign_turned, factor_lost)
