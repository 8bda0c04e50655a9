"""Many answers asked the same questions, quickly: no copy crosses the codec where plain numbers go in and come out."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

import numpy as np

from autograder.judge.clean_state import start_drawing
from autograder.judge.compare import Part, parts, taken_apart, value_parts
from autograder.judge.oracle import ENDLESS, CountedSubject, Question
from autograder.judge.plain_values import is_plain
from autograder.judge.subject import Called, described
from autograder.protocol import codec, figures
from autograder.sandbox.outcomes import StudentError

MAX_BYTES = 1024 * 1024  # of a result or of changed arguments, encoded; a wrong answer may repeat its result for ever
_UNCHANGED: frozenset[str] = frozenset()
_TOO_LARGE = StudentError("TooLarge", ["TooLarge"], "", "")
_CONSTANT = (type(None), bool, int, float, complex, str, bytes, np.generic)


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
        start_drawing()
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
        unchanged = _same(args, self.args) and _same(kwargs, self.kwargs)
        if unchanged and is_plain(value):
            return taken_apart(value) | {("changed", ""): _UNCHANGED}
        try:
            encoded_value = codec.encode(value, max_bytes=MAX_BYTES)
            changed: tuple[str, ...] = ()
            if not unchanged:
                codec.encode((args, kwargs), max_bytes=MAX_BYTES)  # what grew without end is not looked at
                changed = subject.call_anew(self.name, self.arguments).changed
        except codec.TooLarge:
            return {("raised", ""): _TOO_LARGE, ("changed", ""): _UNCHANGED}
        return parts(Called(encoded_value, None, changed))


def _copied(value: Any) -> Any:
    kind = type(value)
    if kind is np.ndarray and not value.dtype.hasobject:
        return value.copy()
    if kind in (list, tuple):
        return kind(map(_copied, value))
    if kind is dict:
        return {key: _copied(item) for key, item in value.items()}
    return value if isinstance(value, _CONSTANT) else copy.deepcopy(value)


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
    if isinstance(one, _CONSTANT):
        return bool(one == other or one != one)
    return codec.encode(one) == codec.encode(other)
