"""The outcome of a request to a runner: each field of the runner's answer is checked before it is used."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from autograder.protocol.answers import (
    ERROR_CHARS,
    FACT_CHARS,
    IMAGE_KINDS,
    MAX_BASES,
    MAX_FACTS,
    MAX_OUTPUTS,
    MAX_TRACEBACK_LINES,
    NAME_CHARS,
    STREAMS,
    TEXT_KINDS,
    check_metadata,
)
from autograder.runner.folders import MAX_FILES, is_inside

RUNNER_STATUSES = {"ok": "ok", "error": "error", "interrupted": "error", "memory": "memory", "output": "output"}
MAX_CHANGED = 1000
TEXT_CHARS = 1000  # of a name or a line
PROBLEM_CHARS = FACT_CHARS + TEXT_CHARS


class BadMessage(Exception):
    """A message that the engine's own code in the runner does not send."""


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
    """The result of one request to a runner.

    Attributes:
        status: "ok", "error" (an exception), "timeout", "memory", "output" (too much of it) or "crash".
        error: the exception, if there was one; after a crash a sentence about its cause.
        seconds: wall time.
        sightings: observed facts, one neutral sentence each, such as that a cell opened a path outside its folder.
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
class FilesOutcome(Outcome):
    """Files of the student's folder.

    Attributes:
        files: relative path -> content.
    """

    files: dict[str, bytes] = field(default_factory=dict)


@dataclass
class CallOutcome(Outcome):
    """A call of a student's function.

    Attributes:
        value: what it returned, encoded.
        changed: parameters whose argument was changed by the call.
        after: position or name of each changed argument -> what it is now, encoded; empty where it is too large.
        printed: what it printed, warnings included.
        stdout: what of it went to standard output.
        files: files of the test's folder that the call made or changed, relative path -> content.
        exception: the exception, encoded, if it is not one of Python's own.
        again: number of the exception, if it was raised by a test's own function that was called back; else 0.
        same: which parts of the value are the arguments' own, encoded, see `autograder.protocol.aliases`.
        boxes: with an answer of ours to the student's code, those to further questions.
    """

    value: bytes | None = None
    changed: list[str] = field(default_factory=list)
    after: dict[str, bytes] = field(default_factory=dict)
    printed: str = ""
    stdout: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    exception: bytes | None = None
    again: int = 0
    same: bytes = b""
    boxes: Mapping[bytes, bytes] = field(default_factory=dict)


@dataclass(frozen=True)
class Folder:
    """A folder of a test's, which a called function finds under the same path.

    Attributes:
        path: where it is.
        files: relative path -> content.
        folders: relative paths of the folders in it.
    """

    path: str
    files: Mapping[str, bytes]
    folders: Sequence[str] = ()


Answerer = Callable[[str, bytes], CallOutcome]
"""What calling one of the lab's own functions comes to: its name, and the encoded ``(args, kwargs)``."""


def read_answer(answer: dict[str, Any], kind: type[Outcome]) -> Outcome:
    """Turn a runner's answer into an outcome.

    Raises:
        BadMessage: a field is missing, or is not what it should be.
    """
    outcome = kind(
        status=RUNNER_STATUSES[_choice(answer.get("status"), RUNNER_STATUSES)],
        error=_error(answer.get("error")),
        sightings=[_text(fact, FACT_CHARS) for fact in _list(answer.get("sightings"), MAX_FACTS)],
    )
    outputs = [_output(output) for output in _list(answer.get("outputs"), MAX_OUTPUTS)]
    if isinstance(outcome, CellOutcome):
        outcome.outputs = outputs
        outcome.execution_count = _count(answer.get("count"))
    elif isinstance(outcome, FetchOutcome):
        outcome.values = {
            _text(key, TEXT_CHARS): _bytes(value) for key, value in _dict(answer.get("values", {})).items()
        }
        problems = _dict(answer.get("problems", {}))
        outcome.problems = {_text(key, TEXT_CHARS): _text(value, PROBLEM_CHARS) for key, value in problems.items()}
    elif isinstance(outcome, FilesOutcome):
        outcome.files = _files(answer.get("files", {}))
    elif isinstance(outcome, CallOutcome):
        outcome.value = None if answer.get("value") is None else _bytes(answer["value"])
        outcome.changed = [_text(name, TEXT_CHARS) for name in _list(answer.get("changed", []), MAX_CHANGED)]
        after = _dict(answer.get("after", {}))
        outcome.after = {_text(key, TEXT_CHARS): _bytes(value) for key, value in after.items()}
        streams = [output for output in outputs if output["output_type"] == "stream"]
        outcome.printed = "".join(stream["text"] for stream in streams)
        outcome.stdout = "".join(stream["text"] for stream in streams if stream["name"] == "stdout")
        outcome.files = _files(answer.get("files", {}))
        outcome.exception = None if answer.get("exception") is None else _bytes(answer["exception"])
        outcome.again = _count(answer.get("again", 0)) or 0
        outcome.same = _bytes(answer.get("same", b""))
    if outcome.status == "ok" and isinstance(outcome, CallOutcome) and outcome.value is None:
        raise BadMessage("a call without a value")
    return outcome


def failed(kind: type[Outcome], status: str, sentence: str, seconds: float) -> Outcome:
    """Return an outcome that the trusted side decides by itself."""
    name = {"timeout": "TimeoutError", "memory": "MemoryError"}.get(status, "RuntimeError")
    error = StudentError(name, [name, "Exception", "BaseException", "object"], sentence, sentence)
    return kind(status=status, error=error, seconds=seconds)


def _output(raw: Any) -> dict[str, Any]:
    output = _dict(raw)
    kind = _choice(output.get("output_type"), ("stream", "display_data", "execute_result", "error"))
    if kind == "stream":
        name = _choice(output.get("name"), STREAMS)
        return {"output_type": kind, "name": name, "text": _text(output.get("text"))}
    if kind == "error":
        return {
            "output_type": kind,
            "ename": _text(output.get("ename"), ERROR_CHARS),
            "evalue": _text(output.get("evalue"), ERROR_CHARS),
            "traceback": [_text(line, ERROR_CHARS) for line in _list(output.get("traceback"), MAX_TRACEBACK_LINES)],
        }
    data = {_choice(mime, (*TEXT_KINDS, *IMAGE_KINDS)): _text(text) for mime, text in _dict(output.get("data")).items()}
    plain: dict[str, Any] = {"output_type": kind, "data": data, "metadata": _metadata(output.get("metadata"))}
    if kind == "execute_result":
        plain["execution_count"] = _count(output.get("execution_count"))
    return plain


def _error(raw: Any) -> StudentError | None:
    if raw is None:
        return None
    error = _dict(raw)
    line = error.get("line")
    return StudentError(
        type_name=_text(error.get("type_name"), NAME_CHARS),
        mro=[_text(name, NAME_CHARS) for name in _list(error.get("mro"), MAX_BASES)],
        message=_text(error.get("message"), ERROR_CHARS),
        traceback=_text(error.get("traceback"), ERROR_CHARS),
        line=None if line is None else _text(line, TEXT_CHARS),
    )


def _text(value: Any, most: int | None = None) -> str:
    if not isinstance(value, str) or (most is not None and len(value) > most):
        raise BadMessage("a text was expected")
    return value


def _bytes(value: Any) -> bytes:
    if not isinstance(value, bytes):
        raise BadMessage("bytes were expected")
    return value


def _files(value: Any) -> dict[str, bytes]:
    files = {_text(name, TEXT_CHARS): _bytes(content) for name, content in _dict(value).items()}
    if len(files) > MAX_FILES or not all(map(is_inside, files)):
        raise BadMessage("files of a folder were expected")
    return files


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
        raise BadMessage("an unknown word")
    return value


def _metadata(value: Any) -> dict[str, Any]:
    try:
        check_metadata(value)
    except ValueError as error:
        raise BadMessage(str(error)) from error
    plain: dict[str, Any] = value
    return plain
