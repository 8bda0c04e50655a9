"""The runner's loop: it runs a cell, returns values by name, or calls a function; requests and answers are plain data.

Requests are ``{"id": int, "op": str, ...}``, answers ``{"id": int, "status": str, ...}``. Before its answer a request
may send

- one notice ``{"id": int, "notice": "output"}`` of a cell that shows too much, so that the other side need not wait for
  a cell that cannot be stopped;
- questions ``{"id": int, "question": int, "name": str, "args": bytes}``: calls of the lab's own functions, or with an
  empty name something asked of a test's object, each replied to by ``{"reply": int, "value": bytes | None, "raised":
  [type, message], "again": int}``; before its reply the other side may send requests, which are answered in between;
- ``{"id": int, "fault": traceback}``, when this code itself fails; it ends the runner.
"""

# mypy: allow-untyped-calls
from __future__ import annotations

import errno
import gc
import inspect
import mmap
import os
import random
import signal
import socket
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from types import FrameType
from typing import Any

import numpy as np

from autograder.protocol import codec, framing
from autograder.protocol.aliases import aliases_in
from autograder.protocol.answers import FAULT_CHARS
from autograder.protocol.forms import real_path
from autograder.runner import errors
from autograder.runner.audit import ObservedFacts
from autograder.runner.config import RunnerConfig
from autograder.runner.folders import files_in, moved, place_for, stamps_in, write_files
from autograder.runner.objects import Objects
from autograder.runner.outputs import OutputCollector, OutputLimit, text_stream
from autograder.runner.own_modules import find_first
from autograder.runner.patches import GONE, Patches
from autograder.runner.provided import ProvidedFunction
from autograder.runner.random_states import draw_from
from autograder.runner.shell import RunnerShell

CALL_OUTPUT = 16  # times a cell's bound: a print in each of a loop's thousands of steps is no reason to fail
RESERVE_BYTES = 32 << 20  # given back when memory has run out, so that there is room to say so


class Server:
    """Serves one runner's channel.

    Args:
        channel: leads to the trusted side.
        shell: the warm shell.
        config: what the trusted side sent at the start.
    """

    def __init__(self, channel: socket.socket, shell: RunnerShell, config: RunnerConfig) -> None:
        self.channel, self.shell = channel, shell
        self.folder, self.temporary = config.home, config.temporary
        bounds = config.bounds
        self.bounds = int(bounds.value_bytes), int(bounds.value_depth)
        self.collector = OutputCollector(int(bounds.output_bytes), int(bounds.figure_bytes), self._notice)
        self.facts = ObservedFacts(config)
        self.handlers = {
            "setup": self.setup,
            "execute": self.execute,
            "fetch": self.fetch,
            "call": self.call,
            "use": self.use,
            "files": self.files,
            "provide": self.provide,
        }
        self.objects = Objects(self._ask, lambda: self.shell.user_ns)
        self.patches = Patches()
        self.boxes: dict[bytes, bytes] = {}
        self.request_id = 0
        self.questions = 0
        self.within = 0  # requests that wait for an inner one
        self.interruptible = False
        self.reserve: mmap.mmap | None = None

    def serve(self) -> None:
        """Answer requests until the other side is gone."""
        self._take_over()
        while True:
            try:
                request = framing.receive(self.channel)
            except (EOFError, OSError):
                return
            if "reply" in request:  # to a question whose asker was interrupted meanwhile
                continue
            self.request_id = request["id"]
            try:
                answer = self._guarded(self.handlers[request["op"]], request)
                answer.update(id=self.request_id, sightings=self.facts.take(), faults=self.facts.take_faults())
                framing.send(self.channel, _clean(answer))
            except MemoryError:  # not even room for the answer
                self._give_up_memory()
                out_of_memory: dict[str, Any] = {"status": "memory", "outputs": [], "sightings": [], "exhausted": True}
                framing.send(self.channel, {"id": self.request_id, **out_of_memory})
            except OSError:
                raise
            except Exception:  # a fault of this module, which the trusted side logs
                fault = traceback.format_exc()[-FAULT_CHARS:]
                framing.send(self.channel, _clean({"id": self.request_id, "fault": fault}))
                raise

    def _take_over(self) -> None:
        """Point the process and the shell, which the warm parent prepared, at this runner."""
        self.shell.collector, self.shell.folder = self.collector, self.folder
        sys.stdout, sys.stderr = text_stream(self.collector, "stdout"), text_stream(self.collector, "stderr")
        sys.stdin = open(os.devnull)  # noqa: SIM115
        sys.path.append(self.folder)  # last, so that a submitted numpy.py does not hide NumPy
        random.seed(0)  # answers without a seed are graded the same each time
        np.random.seed(0)
        self.reserve = _set_aside(RESERVE_BYTES)
        signal.signal(signal.SIGINT, self._on_interrupt)
        self.facts.remember(self.shell)
        self.facts.watch()

    def setup(self, request: dict[str, Any]) -> dict[str, Any]:
        """Write the files into the own folder, and let the lab's modules among them be found first."""
        for name, content in request["files"].items():
            path = os.path.join(self.folder, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb") as file:
                file.write(content)
        compiled = {request["files"][name]: code for name, code in request["compiled"].items()}
        find_first(request["modules"], self.folder, compiled)
        return {}

    def execute(self, request: dict[str, Any]) -> dict[str, Any]:
        """Run one cell."""
        self.collector.start(request["quiet"])
        if request["quiet"]:
            _forget_figures()
        result = self.shell.run_cell(request["source"], store_history=True)
        error = result.error_before_exec or result.error_in_exec
        answer: dict[str, Any] = {"status": _status(error)}
        if error is not None and not isinstance(error, OutputLimit):
            answer["error"] = errors.describe(error, self.folder)
            error.__traceback__ = None  # it holds on to every local variable
        return answer

    def fetch(self, request: dict[str, Any]) -> dict[str, Any]:
        """Encode the values of names; those that the student did not define are absent."""
        if not self.within:
            self.collector.start(quiet=True)
        space, hidden, missing = self.shell.user_ns, self.shell.user_ns_hidden, object()
        values, problems = {}, {}
        room = self.bounds[0]
        with self.objects.sharing():
            for name in request["names"]:
                if name not in space or space[name] is hidden.get(name, missing):
                    continue
                try:
                    values[name] = self._encoded(space[name], max_bytes=room)
                    room -= len(values[name])
                except codec.TooLarge:
                    problems[name] = f"The value of {name} is too large to be read."
        return {"values": values, "problems": problems}

    def call(self, request: dict[str, Any]) -> dict[str, Any]:
        """Call a student's function and compare its arguments before and after."""
        positional, named = self._decoded(request["args"])
        function = self.shell.user_ns.get(request["name"])
        if function is None:
            raise NameError(f"name {request['name']!r} is not defined")
        return self._invoke("call", function, positional, named, request)

    def use(self, request: dict[str, Any]) -> dict[str, Any]:
        """Ask something of an object that is kept here."""
        action, target, positional, named = self._decoded(request["args"])
        return self._invoke(action, target, positional, named, request)

    def files(self, request: dict[str, Any]) -> dict[str, Any]:
        """What the files in the student's folder hold."""
        return {"files": files_in(self.folder)}

    def _invoke(
        self, action: str, target: Any, positional: tuple[Any, ...], named: dict[str, Any], request: dict[str, Any]
    ) -> dict[str, Any]:
        if not self.within:
            self.collector.start(quiet=False, times=CALL_OUTPUT)
        folder, place = request.get("folder"), ""
        if folder:
            place = place_for(folder["path"], self.temporary)
            write_files(place, folder["files"], folder["folders"])
            files_before = stamps_in(place)
            if place != folder["path"]:
                positional, named = moved((positional, named), folder["path"], place)
        arguments: list[tuple[int | str, Any]] = [*enumerate(positional), *named.items()]
        before = [self._snapshot(value) for _, value in arguments]
        if request.get("random"):
            draw_from(request["random"])
        with self.patches.applied():
            value = self.objects.perform(action, target, positional, named)
        changed, after = [], {}
        for (key, argument), old in zip(arguments, before, strict=True):
            if old is not None and (new := self._snapshot(argument)) != old:
                changed.append(_parameter(target, key, positional, named))
                after[str(key)] = new or b""
        answer = {"value": self._encoded(value), "changed": changed, "after": after}
        if same := aliases_in(value, dict(arguments)):
            answer["same"] = codec.encode(same)
        if folder:
            answer["files"] = files_in(place, files_before)
        if not self.within:
            _forget_figures()
        return answer

    def _encoded(self, value: Any, max_bytes: int | None = None) -> bytes:
        most, depth = self.bounds
        return codec.encode(
            value, max_bytes=most if max_bytes is None else max_bytes, max_depth=depth, keeper=self.objects
        )

    def _decoded(self, data: bytes) -> Any:
        most, depth = self.bounds
        return codec.decode(data, max_bytes=most, max_depth=depth, keeper=self.objects, paths=real_path)

    def provide(self, request: dict[str, Any]) -> dict[str, Any]:
        """Bind names to values, and to functions that ask the trusted side; dotted names are a library's."""
        if not self.within:
            self.collector.start(quiet=True)
        for name in request["restored"]:
            self.patches.values.pop(name, None)
        self.patches.values.update(dict.fromkeys(request["gone"], GONE))
        # without a keeper: objects of the other side stay there
        values = {name: codec.decode(data, paths=real_path) for name, data in request["values"].items()}
        boxes = None
        if request["boxes"] is not None:
            boxes = self.boxes
            boxes.update(request["boxes"])
        values |= {name: ProvidedFunction(name, text, self._ask, boxes) for name, text in request["functions"].items()}
        for name, value in values.items():
            (self.patches.values if "." in name else self.shell.user_ns)[name] = value
        return {}

    def _ask(self, name: str, arguments: bytes) -> dict[str, Any]:
        """Put a question to the trusted side in the middle of a request, and wait for the reply."""
        self.questions += 1
        number = self.questions
        framing.send(self.channel, {"id": self.request_id, "question": number, "name": name, "args": arguments})
        while True:
            message: dict[str, Any] = framing.receive(self.channel)
            if message.get("reply") == number:
                self.boxes.update(message["boxes"])
                return message
            if "op" in message:
                self._answer_within(message)

    def _answer_within(self, request: dict[str, Any]) -> None:
        """Answer a request that came while a question of an outer request waits for its reply."""
        outer, self.request_id = self.request_id, request["id"]
        self.within += 1
        try:
            answer = self._guarded(self.handlers[request["op"]], request)
            framing.send(self.channel, _clean({**answer, "id": request["id"], "sightings": [], "faults": []}))
        finally:
            self.within -= 1
            self.request_id, self.interruptible = outer, True

    def _snapshot(self, value: object) -> bytes | None:
        if value is None or isinstance(value, bool | int | float | complex | str | bytes):
            return None
        try:
            return self._encoded(value)
        except codec.TooLarge:
            return b""

    def _guarded(self, handler: Callable[[dict[str, Any]], dict[str, Any]], request: dict[str, Any]) -> dict[str, Any]:
        """Run a handler, which runs student code, and turn whatever happens into an answer."""
        answer: dict[str, Any] = {"status": "ok"}
        start = time.perf_counter()
        try:
            self.interruptible = True
            try:
                answer.update(handler(request))
            finally:
                self.interruptible = False
        except BaseException as error:
            if isinstance(error, MemoryError):
                self.reserve = None
            answer["status"] = _status(error)
            answer["error"] = errors.describe(error, self.folder)
            answer.update(self._kept_exception(error))
        answer["seconds"] = time.perf_counter() - start
        if answer["status"] == "memory":
            self.reserve = None
            gc.collect()
        if request["op"] == "execute":
            try:
                self.facts.compare(self.shell)
            except Exception:  # e.g. the cell put something else in the place of IPython's hooks
                self.facts.note_fault()
            answer["count"] = self.shell.execution_count - 1
        if self.within:
            answer["outputs"] = []
            return answer
        answer["outputs"] = self.collector.finish()
        if self.collector.exceeded:
            answer["status"] = "output"
        if self.reserve is None:
            answer["exhausted"] = not self._refill()
            if answer["exhausted"]:  # the trusted side ends this runner: only the answer matters now
                self._give_up_memory()
        return answer

    def _kept_exception(self, error: BaseException) -> dict[str, Any]:
        """Where an exception is kept that is not one of Python's own, and the number of a test's own one."""
        if type(error).__module__ == "builtins":
            number = error.__dict__.get("autograder_number", 0)
            return {"again": number} if type(number) is int else {}
        try:
            return {"exception": self._encoded(error)}
        except Exception:  # its class may do anything
            return {}

    def _refill(self) -> bool:
        """Set memory aside again; return False when the student's variables leave none."""
        try:
            _set_aside(2 * RESERVE_BYTES).close()  # twice, so that something is left to work with
            self.reserve = _set_aside(RESERVE_BYTES)
        except MemoryError:
            return False
        return True

    def _give_up_memory(self) -> None:
        self.reserve = None
        self.shell.user_ns.clear()
        gc.collect()

    def _on_interrupt(self, number: int, frame: FrameType | None) -> None:
        if self.interruptible:
            raise KeyboardInterrupt

    def _notice(self) -> None:
        framing.send(self.channel, {"id": self.request_id, "notice": "output"})


def _set_aside(size: int) -> mmap.mmap:
    """Reserve memory that counts for the limit but is never written: writing zeros would take longer than the fork."""
    try:
        return mmap.mmap(-1, size, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    except OSError as error:
        raise MemoryError from error


def _status(error: BaseException | None) -> str:
    if error is None:
        return "ok"
    if isinstance(error, OutputLimit):
        return "output"
    if isinstance(error, KeyboardInterrupt):
        return "interrupted"
    no_memory = isinstance(error, MemoryError) or (isinstance(error, OSError) and error.errno == errno.ENOMEM)
    return "memory" if no_memory else "error"


def _parameter(function: Any, key: int | str, positional: tuple[Any, ...], named: dict[str, Any]) -> str:
    """Return the name of the parameter that took an argument, or its position where the signature does not tell."""
    if isinstance(key, str):
        return key
    try:
        parameters = inspect.signature(function).parameters
        name = list(parameters)[key]
        return name if parameters[name].kind is not inspect.Parameter.VAR_POSITIONAL else f"argument {key + 1}"
    except (ValueError, TypeError, IndexError):
        return f"argument {key + 1}"


def _forget_figures() -> None:
    from matplotlib import pyplot

    with suppress(Exception):  # a cell may have changed even pyplot
        if pyplot.get_fignums():
            pyplot.close("all")


def _clean(value: Any) -> Any:
    """Return the same plain data with lone surrogates replaced, because UTF-8 text must not hold any."""
    if isinstance(value, str):
        return value if value.isascii() else value.encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {_clean(key): _clean(item) for key, item in value.items()}
    return [_clean(item) for item in value] if isinstance(value, list) else value
