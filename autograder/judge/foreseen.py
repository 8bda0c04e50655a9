"""What an answer will ask of earlier exercises while it is tested, found out with the reference answer.

In a second run the lab's own functions stand in for earlier ones that did not pass, and each call is a question to the
judge. A training makes ten thousands of them. A right answer mostly makes the very calls that the reference makes, to
the bit, so their results are handed over beforehand, in boxes that only the same call opens; other calls are asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgpack

from autograder.judge import kept_files
from autograder.judge.clean_state import no_alarm
from autograder.judge.oracle import Workbook
from autograder.protocol.boxes import box
from autograder.runner.provided import ProvidedFunction
from autograder.sandbox.outcomes import Answerer

FORMAT = "foreseen 1"
MIN_STEPS = 2_000  # of the reference under its tests; what takes fewer asks little
MAX_BYTES, ITEM_BYTES = 16 * 1024 * 1024, 32

Boxes = dict[str, dict[bytes, bytes]]
"""Name of a function -> its boxes, see `autograder.protocol.boxes`."""


def foreseen(workbook: Workbook, functions: Mapping[str, str], answer: Answerer) -> Boxes:
    """Boxes for the calls that the reference answer makes of earlier functions, from disk, or made now and kept.

    Args:
        workbook: the exercise that is tested.
        functions: name -> signature of the earlier functions.
        answer: answers calls of them.
    """
    if not functions or _steps(workbook) < MIN_STEPS:
        return {}
    path = kept_files.path_of(workbook, f"{FORMAT} {sorted(functions)}")
    packed = kept_files.read(path)
    boxes = _unpacked(packed) if packed is not None else None
    if boxes is None:
        with no_alarm():
            boxes = _made(workbook, functions, answer)
        kept_files.write(path, msgpack.packb(boxes))
    return boxes


def _steps(workbook: Workbook) -> int:
    if workbook.reference is None:
        return 0
    _ = workbook.questions  # which are asked now, if they were not
    subject = workbook.reference.subject
    return subject.cell_steps + sum(subject.steps.values())


def _made(workbook: Workbook, functions: Mapping[str, str], answer: Answerer) -> Boxes:
    results: dict[str, dict[bytes, bytes]] = {name: {} for name in functions}
    size = 0

    def ask(name: str, arguments: bytes) -> dict[str, Any]:
        nonlocal size
        outcome = answer(name, arguments)
        if outcome.error is not None:
            return {"raised": [outcome.error.type_name, outcome.error.message]}
        known, value = results.get(name), outcome.value or b""
        if known is not None and size < MAX_BYTES:
            size += ITEM_BYTES + len(value)
            if known.setdefault(arguments, value) != value:
                del results[name]  # its results are left to chance
        return {"value": value}

    asking = Workbook(workbook.plan, workbook.exercise, workbook.replaced)
    asking.context.update({name: ProvidedFunction(name, text, ask) for name, text in functions.items()})
    for test in workbook.exercise.tests:
        asking.run(test)
    return {
        name: dict(box(name, arguments, value) for arguments, value in known.items()) for name, known in results.items()
    }


def _unpacked(packed: bytes) -> Boxes | None:
    """Kept boxes; None if it is something else."""
    try:
        boxes: Boxes = msgpack.unpackb(packed, strict_map_key=False)
        pairs = [pair for name, own in boxes.items() if type(name) is str for pair in own.items()]
    except (ValueError, AttributeError, msgpack.UnpackException):
        return None
    return boxes if all(type(place) is type(content) is bytes for place, content in pairs) else None
