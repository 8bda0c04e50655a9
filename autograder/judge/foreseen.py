"""What an answer will ask of earlier exercises while it is tested, found out with right answers.

In a second run the lab's own functions stand in for earlier ones that did not pass, and each call is a question to the
judge. A training makes ten thousands of them. A right answer mostly makes the very calls that the reference makes, to
the bit, so their results are handed over beforehand, in boxes that only the same call opens. Other calls are asked; a
training with other random draws asks first what one of the alternatives asks first, and gets the boxes of that one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

import msgpack

from autograder.judge import kept_files
from autograder.judge.clean_state import no_alarm
from autograder.judge.oracle import Workbook
from autograder.judge.testcell import run_test
from autograder.protocol.boxes import box, place_of
from autograder.runner.provided import ProvidedFunction
from autograder.sandbox.outcomes import Answerer, CallOutcome

FORMAT, BEGINNINGS = "foreseen 2", "beginnings 1"
MIN_STEPS = 2_000  # of the reference under its tests; what takes fewer asks little
MAX_BYTES, ITEM_BYTES = 16 * 1024 * 1024, 32
BEGINNING = 400  # questions that tell one alternative from another
LISTENED = 40  # questions without a box, by which an alternative is recognised
ALIKE = 0.8  # of these

Boxes = dict[bytes, bytes]
"""See `autograder.protocol.boxes`."""


class Foresight:
    """Answers the questions of one exercise's answer, and foresees further ones.

    Args:
        workbook: the exercise that is tested.
        functions: name -> signature of the earlier functions.
        answer: answers calls of them.
    """

    def __init__(self, workbook: Workbook, functions: Mapping[str, str], answer: Answerer) -> None:
        self._workbook, self._functions, self._answer = workbook, functions, answer
        self._heard: set[bytes] | None = set() if asks_much(workbook) else None

    @cached_property
    def boxes(self) -> Boxes:
        """For the calls that the reference answer makes, from disk, or made now and kept."""
        if not self._functions or not asks_much(self._workbook):
            return {}
        return self._boxes_of(None)

    def outcome(self, name: str, arguments: bytes) -> CallOutcome:
        """The answer to a question for which there was no box; perhaps with boxes for those that will follow."""
        outcome = self._answer(name, arguments)
        if self._heard is None:
            return outcome
        self._heard.add(place_of(name, arguments))
        if len(self._heard) < LISTENED:
            return outcome
        alternative, self._heard = self._recognised(self._heard), None
        return outcome if alternative is None else replace(outcome, boxes=self._boxes_of(alternative))

    def _recognised(self, heard: set[bytes]) -> str | None:
        alike = [len(heard & beginning) for beginning in self._beginnings()]
        best = max(range(len(alike)), key=alike.__getitem__, default=None)
        if best is None or alike[best] < ALIKE * len(heard):
            return None
        return self._workbook.alternatives[best]

    def _beginnings(self) -> list[set[bytes]]:
        """The places of the first questions of each alternative."""

        def made() -> list[list[bytes]]:
            return [list(self._made(text, BEGINNING)) for text in self._workbook.alternatives]

        return [set(places) for places in self._kept(BEGINNINGS, _is_beginnings, made)]

    def _boxes_of(self, alternative: str | None) -> Boxes:
        boxes: Boxes = self._kept(f"{FORMAT} {alternative}", _is_boxes, lambda: self._made(alternative))
        return boxes

    def _kept(self, what: str, is_whole: Callable[[Any], bool], make: Callable[[], Any]) -> Any:
        path = kept_files.path_of(self._workbook, f"{what} {sorted(self._functions)}")
        if (packed := kept_files.read(path)) is not None:
            try:
                found = msgpack.unpackb(packed, strict_map_key=False)
            except (ValueError, msgpack.UnpackException):
                found = None
            if is_whole(found):
                return found
        with no_alarm():
            made = make()
        kept_files.write(path, msgpack.packb(made))
        return made

    def _made(self, alternative: str | None, most: int | None = None) -> Boxes:
        """Boxes for what an answer asks under its tests: for all of it, or for the first so many questions."""
        workbook = self._workbook
        results: dict[str, dict[bytes, bytes]] = {name: {} for name in self._functions}
        size = asked = 0

        def ask(name: str, arguments: bytes) -> dict[str, Any]:
            nonlocal size, asked
            asked += 1
            if most is not None and asked > most:
                return {"raised": ["RuntimeError", "enough is known"]}
            outcome = self._answer(name, arguments)
            if outcome.error is not None:
                return {"raised": [outcome.error.type_name, outcome.error.message]}
            known, value = results.get(name), outcome.value or b""
            if known is not None and size < MAX_BYTES:
                size += ITEM_BYTES + len(value)
                if known.setdefault(arguments, value) != value:
                    del results[name]  # its results are left to chance
            return {"value": value}

        asking = Workbook(workbook.plan, workbook.exercise, workbook.replaced)
        asking.context.update({name: ProvidedFunction(name, text, ask) for name, text in self._functions.items()})
        answers = asking.reference if alternative is None else asking.right(alternative)
        for test in workbook.exercise.tests:
            if answers is not None and (most is None or asked < most):
                run_test(test, answers.subject, allowed=None)
        return dict(box(name, given, value) for name, known in results.items() for given, value in known.items())


def asks_much(workbook: Workbook | None) -> bool:
    """Whether an exercise's answer may call earlier functions often while it is tested."""
    if workbook is None or workbook.reference is None:
        return False
    _ = workbook.questions  # which are asked now, if they were not
    subject = workbook.reference.subject
    return subject.cell_steps + sum(subject.steps.values()) >= MIN_STEPS


def _is_boxes(found: Any) -> bool:
    return isinstance(found, dict) and all(type(place) is type(content) is bytes for place, content in found.items())


def _is_beginnings(found: Any) -> bool:
    return isinstance(found, Sequence) and all(
        isinstance(places, Sequence) and all(type(place) is bytes for place in places) for places in found
    )
