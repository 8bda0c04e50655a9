"""What an answer will ask of earlier exercises while it is tested, found out with right answers.

In a second run the lab's own functions stand in for earlier ones, and each call is a question to the judge. A training
makes ten thousands of them. A right answer mostly makes the very calls that the reference or one of the alternatives
makes, to the bit. Which of them it is shows in its first questions; then the results of all its calls are handed over,
in boxes that only the same call opens. Other calls are asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, wraps
from pathlib import Path
from typing import Any

import msgpack

from autograder.judge import kept_files
from autograder.judge.clean_state import no_alarm
from autograder.judge.oracle import Workbook
from autograder.judge.testcell import run_test
from autograder.protocol import codec
from autograder.protocol.boxes import box, place_of
from autograder.protocol.forms import real_path
from autograder.sandbox.outcomes import Answerer, CallOutcome

FORMAT, BEGINNINGS = "foreseen 3", "beginnings 2"
MIN_STEPS = 2_000  # of the reference under its tests; what takes fewer asks little
MAX_BYTES, ITEM_BYTES = 16 * 1024 * 1024, 32
BEGINNING = 400  # questions that tell one right answer from another
LISTENED = 40  # questions without a box in a row, by which a right answer is recognised
ALIKE = 0.8  # of these
ROWS = 8  # that are listened to: cells of the lab's own may ask first, and a runner that died leaves its boxes behind

Boxes = dict[bytes, bytes]
"""See `autograder.protocol.boxes`."""


class Foresight:
    """Answers the questions of one exercise's answer, and foresees further ones.

    Args:
        workbook: the exercise that is tested.
        functions: the names of the earlier functions.
        answer: answers calls of them.
    """

    def __init__(self, workbook: Workbook, functions: Iterable[str], answer: Answerer) -> None:
        self._workbook, self._functions, self._answer = workbook, frozenset(functions), answer
        self._heard: set[bytes] = set()
        self._rows = ROWS if self._functions and asks_much(workbook) else 0

    def prepare(self) -> None:
        """Make what most answers need, if it is not kept, before there is a test on whose time it would be."""
        if self._rows and self._beginnings:
            path = kept_files.path_of(self._workbook, self._named(self._right[0]))
            if path is not None and not path.exists():
                self.boxes_of(self._right[0])

    def outcome(self, name: str, arguments: bytes) -> CallOutcome:
        """The answer to a question for which there was no box; perhaps with boxes for those that will follow."""
        outcome = self._answer(name, arguments)
        if not self._rows:
            return outcome
        self._heard.add(place_of(name, arguments))
        if len(self._heard) < LISTENED:
            return outcome
        text, self._heard, self._rows = self._recognised(self._heard), set(), self._rows - 1
        return outcome if text is None else replace(outcome, boxes=self.boxes_of(text))

    def boxes_of(self, text: str) -> Boxes:
        """For the calls that a right answer makes, from disk, or made now and kept."""

        def made() -> dict[str, Boxes]:
            known = self._recording(text, self._recorded).known
            return {name: dict(box(name, *call) for call in calls.items()) for name, calls in known.items()}

        kept: dict[str, Boxes] = self._kept(self._named(text), _are_boxes, made)
        return {place: content for name in kept if name in self._functions for place, content in kept[name].items()}

    def _named(self, text: str) -> str:
        """What the boxes of a right answer are called among the files."""
        return f"{FORMAT} {text} {sorted(self._recorded)}"

    @property
    def _right(self) -> list[str]:
        """Texts of right answers, the reference's first."""
        return [self._workbook.exercise.answer, *self._workbook.alternatives]

    def _recognised(self, heard: set[bytes]) -> str | None:
        alike = [len(heard & beginning) for beginning in self._beginnings]
        best = max(range(len(alike)), key=alike.__getitem__)
        return self._right[best] if alike[best] >= ALIKE * len(heard) else None

    @cached_property
    def _recorded(self) -> frozenset[str]:
        """The functions whose calls are recorded: all earlier ones, which serves each set of functions, if it can.

        It cannot where a function that is the student's own would ask those that are not.
        """
        earlier = self._workbook.plan.earlier_than(self._workbook.exercise.name)
        every = frozenset().union(*(self._workbook.plan.exercises[other].names for other in earlier))
        within = self._begun(every)[1]
        hidden = set[str]().union(*(names for name, names in within.items() if name not in self._functions))
        return self._functions if hidden & self._functions else every

    @cached_property
    def _beginnings(self) -> list[set[bytes]]:
        """The places of the first questions of each right answer."""
        return [
            {place for name in places if name in self._functions for place in places[name]}
            for places in self._begun(self._recorded)[0]
        ]

    def _begun(self, names: frozenset[str]) -> tuple[list[dict[str, list[bytes]]], dict[str, list[str]]]:
        """Each right answer's first questions, by name; and for each name what it asked of others itself."""

        def made() -> list[Any]:
            recordings = [self._recording(text, names, BEGINNING) for text in self._right]
            places = [
                {name: [place_of(name, given) for given in calls] for name, calls in one.known.items()}
                for one in recordings
            ]
            within: dict[str, set[str]] = {}
            for one in recordings:
                for name, others in one.within.items():
                    within.setdefault(name, set()).update(others)
            return [places, {name: sorted(others) for name, others in sorted(within.items())}]

        places, within = self._kept(f"{BEGINNINGS} {sorted(names)}", _are_beginnings, made)
        return places, within

    def _kept(self, what: str, is_whole: Callable[[Any], bool], make: Callable[[], Any]) -> Any:
        path = kept_files.path_of(self._workbook, what)
        if (found := _read(path, is_whole)) is not None:
            return found
        with no_alarm(), kept_files.by_one(path):
            if (found := _read(path, is_whole)) is not None:
                return found
            made = make()
            kept_files.write(path, msgpack.packb(made))
        return made

    def _recording(self, text: str, names: frozenset[str], most: int | None = None) -> _Recording:
        """What a right answer asks under its tests: all of it, or the first so many questions."""
        workbook = self._workbook
        asking = Workbook(workbook.plan, workbook.exercise, workbook.replaced)
        recording = _Recording(most)
        asking.context.update(
            {
                name: recording.listening(name, function)
                for name, function in asking.context.items()
                if name in names and callable(function) and not isinstance(function, type)
            }
        )
        answers = asking.right(text)
        for test in workbook.exercise.tests:
            if answers is not None and not recording.full:
                run_test(test, answers.subject, allowed=None)
        return recording


@dataclass
class _Recording:
    """Calls of functions that stand in for a student's, as a runner would make them.

    Attributes:
        most: questions that are answered; None for all.
        asked: questions so far.
        known: name -> encoded arguments -> encoded result.
        within: name -> others that it called itself, which are no questions to the judge.
    """

    most: int | None
    asked: int = 0
    known: dict[str, dict[bytes, bytes]] = field(default_factory=dict)
    within: dict[str, set[str]] = field(default_factory=dict)
    _by_chance: set[str] = field(default_factory=set)
    _calling: str = ""
    _size: int = 0

    @property
    def full(self) -> bool:
        """Whether nothing more is answered."""
        return self.most is not None and self.asked >= self.most

    def listening(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, whose calls are noted; what goes in and comes out crosses to the judge and back."""

        @wraps(function)
        def call(*args: Any, **kwargs: Any) -> Any:
            if self._calling:
                self.within.setdefault(self._calling, set()).add(name)
                return function(*args, **kwargs)
            if self.full:
                raise RuntimeError("enough is known")
            self.asked += 1
            arguments, crosses = codec.encode((args, kwargs)), not any(map(_stays, (*args, *kwargs.values())))
            if crosses:
                args, kwargs = codec.decode(arguments, paths=real_path)
            self._calling = name
            try:
                result = function(*args, **kwargs)
            finally:
                self._calling = ""
            if not crosses or _stays(result):
                return result
            value = codec.encode(result)
            self._note(name, arguments, value)
            return codec.decode(value)

        return call

    def _note(self, name: str, arguments: bytes, value: bytes) -> None:
        if name in self._by_chance or self._size >= MAX_BYTES:
            return
        self._size += ITEM_BYTES + len(value)
        if self.known.setdefault(name, {}).setdefault(arguments, value) != value:
            self._by_chance.add(name)
            del self.known[name]


def _stays(value: object) -> bool:
    """Whether a value is an object, which stays on its side."""
    return type(value).__module__ not in ("builtins", "numpy")


def asks_much(workbook: Workbook | None) -> bool:
    """Whether an exercise's answer may call earlier functions often while it is tested."""
    if workbook is None or workbook.reference is None:
        return False
    _ = workbook.questions  # which are asked now, if they were not
    subject = workbook.reference.subject
    return subject.cell_steps + sum(subject.steps.values()) >= MIN_STEPS


def _read(path: Path | None, is_whole: Callable[[Any], bool]) -> Any:
    """What is kept; None if it is not whole."""
    if (packed := kept_files.read(path)) is None:
        return None
    try:
        found = msgpack.unpackb(packed, strict_map_key=False)
    except (ValueError, msgpack.UnpackException):
        return None
    return found if is_whole(found) else None


def _are_boxes(found: Any) -> bool:
    return isinstance(found, dict) and all(
        type(name) is str
        and isinstance(boxes, dict)
        and all(type(place) is type(content) is bytes for place, content in boxes.items())
        for name, boxes in found.items()
    )


def _are_beginnings(found: Any) -> bool:
    """Whether this is what is kept of beginnings."""
    if not isinstance(found, Sequence) or len(found) != 2:
        return False
    places, within = found
    return (
        isinstance(places, Sequence)
        and isinstance(within, Mapping)
        and all(_are_lists_of(bytes, one) for one in places)
        and _are_lists_of(str, within)
    )


def _are_lists_of(kind: type, found: Any) -> bool:
    return isinstance(found, Mapping) and all(
        type(name) is str and isinstance(items, Sequence) and all(type(item) is kind for item in items)
        for name, items in found.items()
    )
