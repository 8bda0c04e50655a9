"""Many answers asked the same questions, quickly: no copy crosses the codec where plain numbers go in and come out."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

import numpy as np

from autograder.judge.compare import Part, parts, taken_apart, value_parts
from autograder.judge.oracle import ENDLESS, CountedSubject, Question
from autograder.judge.plain_values import is_plain
from autograder.judge.subject import Called, described
from autograder.protocol import codec, figures
from autograder.sandbox.outcomes import StudentError

_UNCHANGED: frozenset[str] = frozenset()


class Asked:
    """A question whose arguments are read once."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.name, self.arguments = question
        self.args, self.kwargs = codec.decode(self.arguments) if self.arguments is not None else ((), {})

    def of(self, subject: CountedSubject) -> Mapping[Part, Any]:
        """The parts of an answer, as `Answers.to` gives them; to be called within one `clean_state` for many."""
        if self.arguments is None:
            if self.name in subject.namespace and figures.kind(subject.namespace[self.name]):
                return taken_apart(subject.namespace[self.name])
            encoded = subject.fetch([self.name])
            return value_parts(encoded[self.name]) if encoded else {}
        args, kwargs = _copied(self.args), _copied(self.kwargs)
        np.random.seed(0)
        random.seed(0)
        value: Any = None
        raised = ENDLESS.raised
        with subject.counted(self.name, self.arguments):
            try:
                value = subject.namespace[self.name](*args, **kwargs)
                raised = None
            except (Exception, SystemExit) as error:
                raised = described(error)
        if subject.endless:
            raised = ENDLESS.raised
        if raised is not None:
            return {("raised", ""): raised, ("changed", ""): _UNCHANGED}
        if _same(args, self.args) and _same(kwargs, self.kwargs) and is_plain(value):
            return taken_apart(value) | {("changed", ""): _UNCHANGED}
        try:
            changed = subject.call_anew(self.name, self.arguments).changed
            return parts(Called(codec.encode(value), None, changed))
        except codec.TooLarge:
            return {("raised", ""): StudentError("TooLarge", ["TooLarge"], "", ""), ("changed", ""): _UNCHANGED}


def _copied(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        return value.copy()
    if isinstance(value, (list, tuple)):
        return type(value)(map(_copied, value))
    return {key: _copied(item) for key, item in value.items()} if isinstance(value, dict) else value


def _same(one: Any, other: Any) -> bool:
    """Whether arguments are as they were, to the bit."""
    if type(one) is not type(other):
        return False
    if isinstance(one, np.ndarray):
        return bool(one.shape == other.shape and one.dtype == other.dtype and one.tobytes() == other.tobytes())
    if isinstance(one, (list, tuple)):
        return len(one) == len(other) and all(map(_same, one, other))
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(_same(one[key], other[key]) for key in one)
    return bool(one == other or one != one)
