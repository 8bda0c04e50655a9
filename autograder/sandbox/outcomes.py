"""What comes back from a runner, checked: every message of a runner is hostile until proven plain."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

STATUSES = ("ok", "error", "timeout", "memory", "output", "crash")
RUNNER_STATUSES = {"ok": "ok", "error": "error", "interrupted": "error", "memory": "memory", "output": "output"}
MIME_KINDS = {
    *("text/plain", "text/html", "text/markdown", "text/latex"),
    *("image/png", "image/jpeg", "image/svg+xml"),
}
MAX_OUTPUTS = 10_000
MAX_SIGHTINGS = 20
SENTENCE_CHARS = 500
ERROR_CHARS = 20_000


class BadMessage(Exception):
    """A message that the engine's own code in the runner would not have sent."""


@dataclass(frozen=True)
class StudentError:
    """An exception of a student's code.

    Attributes:
        type_name: name of its class.
        mro: names of its class and bases.
        message: its text.
        traceback: the student's own frames only, plain text.
        line: the student's line in which it happened, if known.
    """

    type_name: str
    mro: list[str] = field()  # explicit: a class has an attribute of this name already
    message: str
    traceback: str
    line: str | None = None


@dataclass
class Outcome:
    """What one request to a runner came to.

    Attributes:
        status: "ok", "error" (an exception), "timeout", "memory", "output" (too much of it) or "crash".
        error: the exception, if there was one; after a crash the sentence that says what happened.
        seconds: wall time.
        sightings: facts worth an instructor's look, one sentence each.
    """

    status: str
    error: StudentError | None = None
    seconds: float = 0.0
    sightings: list[str] = field(default_factory=list)


@dataclass
class CellOutcome(Outcome):
    """A cell that ran.

    Attributes:
        outputs: nbformat-4 outputs.
        execution_count: the number beside the cell.
    """

    outputs: list[dict[str, Any]] = field(default_factory=list)
    execution_count: int | None = None


@dataclass
class FetchOutcome(Outcome):
    """Values by name.

    Attributes:
        values: name -> encoded value; names that are not defined are absent.
        problems: name -> sentence, for values that cannot cross.
    """

    values: dict[str, bytes] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)


@dataclass
class CallOutcome(Outcome):
    """A call of a student's function.

    Attributes:
        value: what it returned, encoded.
        changed: parameters whose argument was changed by the call.
        printed: what it printed.
    """

    value: bytes | None = None
    changed: list[str] = field(default_factory=list)
    printed: str = ""


def read_answer(answer: dict[str, Any], kind: type[Outcome]) -> Outcome:
    """Turn a runner's answer into an outcome.

    Raises:
        BadMessage: a field is missing, or is not what it should be.
    """
    outcome = kind(
        status=RUNNER_STATUSES[_choice(answer.get("status"), RUNNER_STATUSES)],
        error=_error(answer.get("error")),
        sightings=[_text(one, SENTENCE_CHARS) for one in _list(answer.get("sightings"), MAX_SIGHTINGS)],
    )
    outputs = [_output(one) for one in _list(answer.get("outputs"), MAX_OUTPUTS)]
    if isinstance(outcome, CellOutcome):
        outcome.outputs = outputs
        outcome.execution_count = _count(answer.get("count"))
    elif isinstance(outcome, FetchOutcome):
        outcome.values = {_text(key, 1000): _bytes(value) for key, value in _dict(answer.get("values", {})).items()}
        problems = _dict(answer.get("problems", {}))
        outcome.problems = {_text(key, 1000): _text(value, SENTENCE_CHARS + 1000) for key, value in problems.items()}
    elif isinstance(outcome, CallOutcome):
        outcome.value = None if answer.get("value") is None else _bytes(answer["value"])
        outcome.changed = [_text(one, 1000) for one in _list(answer.get("changed", []), 1000)]
        outcome.printed = "".join(one["text"] for one in outputs if one["output_type"] == "stream")
    if outcome.status == "ok" and isinstance(outcome, CallOutcome) and outcome.value is None:
        raise BadMessage("a call without a value")
    return outcome


def failed(kind: type[Outcome], status: str, sentence: str, seconds: float) -> Outcome:
    """An outcome that the trusted side decides by itself."""
    name = {"timeout": "TimeoutError", "memory": "MemoryError"}.get(status, "RuntimeError")
    error = StudentError(name, [name, "Exception", "BaseException", "object"], sentence, sentence)
    return kind(status=status, error=error, seconds=seconds)


def _output(raw: Any) -> dict[str, Any]:
    output = _dict(raw)
    kind = _choice(output.get("output_type"), ("stream", "display_data", "execute_result", "error"))
    if kind == "stream":
        name = _choice(output.get("name"), ("stdout", "stderr"))
        return {"output_type": kind, "name": name, "text": _text(output.get("text"))}
    if kind == "error":
        return {
            "output_type": kind,
            "ename": _text(output.get("ename"), ERROR_CHARS),
            "evalue": _text(output.get("evalue"), ERROR_CHARS),
            "traceback": [_text(line, ERROR_CHARS) for line in _list(output.get("traceback"), 1000)],
        }
    data = {_choice(mime, MIME_KINDS): _text(text) for mime, text in _dict(output.get("data")).items()}
    plain = {"output_type": kind, "data": data, "metadata": _plain(_dict(output.get("metadata")), 4)}
    if kind == "execute_result":
        plain["execution_count"] = _count(output.get("execution_count"))
    return plain


def _error(raw: Any) -> StudentError | None:
    if raw is None:
        return None
    error = _dict(raw)
    line = error.get("line")
    return StudentError(
        type_name=_text(error.get("type_name"), 1000),
        mro=[_text(name, 1000) for name in _list(error.get("mro"), 100)],
        message=_text(error.get("message"), ERROR_CHARS),
        traceback=_text(error.get("traceback"), ERROR_CHARS),
        line=None if line is None else _text(line, 1000),
    )


def _text(value: Any, most: int | None = None) -> str:
    if not isinstance(value, str) or (most is not None and len(value) > most):
        raise BadMessage("a text was expected")
    return value


def _bytes(value: Any) -> bytes:
    if not isinstance(value, bytes):
        raise BadMessage("bytes were expected")
    return value


def _list(value: Any, most: int) -> list[Any]:
    if not isinstance(value, list) or len(value) > most:
        raise BadMessage("a list was expected")
    return value


def _dict(value: Any) -> dict[Any, Any]:
    if not isinstance(value, dict):
        raise BadMessage("a dict was expected")
    return value


def _count(value: Any) -> int | None:
    if value is not None and (not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 1 << 31):
        raise BadMessage("a count was expected")
    return value


def _choice(value: Any, choices: Any) -> str:
    if not isinstance(value, str) or value not in choices:
        raise BadMessage("one of a few words was expected")
    return value


def _plain(value: Any, depth: int) -> Any:
    """JSON data: what may stand in a notebook's metadata."""
    if value is None or isinstance(value, bool | str | int) or (isinstance(value, float) and math.isfinite(value)):
        return value
    if depth and isinstance(value, list):
        return [_plain(item, depth - 1) for item in value]
    if depth and isinstance(value, dict):
        return {_text(key): _plain(item, depth - 1) for key, item in value.items()}
    raise BadMessage("plain metadata was expected")
