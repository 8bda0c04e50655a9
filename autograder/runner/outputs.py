"""Collecting what a cell shows, as nbformat-4 outputs, with bounds that hold while it is being produced."""

from __future__ import annotations

import base64
import io
import json
import os
from collections.abc import Callable
from typing import Any

WIDGET = "application/vnd.jupyter.widget-view+json"
TEXT_KINDS = ("text/plain", "text/html", "text/markdown", "text/latex", "image/svg+xml")
IMAGE_KINDS = ("image/png", "image/jpeg")
STREAM_FDS = {"stdout": 1, "stderr": 2}
ERROR_CHARS = 20_000


class OutputLimit(BaseException):
    """Raised in a cell that shows too much. Like `KeyboardInterrupt`, it passes a plain ``except Exception``."""


class Collector:
    """The outputs of the cell that runs.

    Args:
        output_bytes: bound on printed text and rich output of one cell, images apart.
        figure_bytes: bound on the images of one cell.
        notice: called once per cell when a bound is crossed, before the cell is stopped.
    """

    def __init__(self, output_bytes: int, figure_bytes: int, notice: Callable[[], None]) -> None:
        self._bounds = {"text": output_bytes, "image": figure_bytes}
        self._times = 1
        self._notice = notice
        self._used = {"text": 0, "image": 0}
        self._outputs: list[dict[str, Any]] = []
        self._handles: dict[str, dict[str, Any]] = {}
        self.exceeded = False
        self.quiet = False

    def start(self, quiet: bool, times: int = 1) -> None:
        """Begin a new cell; a quiet one collects nothing but is bounded all the same.

        Args:
            quiet: collect nothing.
            times: how many times its bounds may be shown before it is stopped; what is beyond them is not kept.
        """
        self._times = times
        self._outputs, self._handles = [], {}
        self._used = {"text": 0, "image": 0}
        self.exceeded, self.quiet = False, quiet
        self._read_fds(keep=False)

    def finish(self) -> list[dict[str, Any]]:
        """The cell's outputs, with what programs and C code printed at the end."""
        self._read_fds(keep=True)
        outputs, self._outputs, self._handles = self._outputs, [], {}
        for output in outputs:
            if output["output_type"] == "stream":
                output["text"] = b"".join(output["text"]).decode("utf-8", "replace")
        return [] if self.quiet else outputs

    def stream(self, name: str, data: bytes) -> None:
        """Add printed text.

        Raises:
            OutputLimit: the cell has printed too much.
        """
        room = self._room("text", len(data))
        self._add_stream(name, data[:room])
        if self._is_over("text"):
            self._exceed()

    def display(
        self, data: dict[str, Any], metadata: dict[str, Any], count: int | None = None, handle: str = ""
    ) -> None:
        """Add a rich output.

        Args:
            data: by MIME type; kinds that a static page cannot show are left out.
            metadata: by MIME type.
            count: execution count when it is the cell's result.
            handle: display id, if it may be updated later.

        Raises:
            OutputLimit: the cell has shown too much.
        """
        self._read_fds(keep=True)
        plain = self._plain(data)
        if not plain:
            return
        output: dict[str, Any] = {"output_type": "display_data", "data": plain, "metadata": _plain_json(metadata)}
        if count is not None:
            output.update(output_type="execute_result", execution_count=count)
        self._outputs.append(output)
        if handle:
            self._handles[handle] = output

    def update(self, data: dict[str, Any], metadata: dict[str, Any], handle: str) -> None:
        """Change a rich output of this cell that was shown under a display id."""
        if output := self._handles.get(handle):
            output.update(data=self._plain(data), metadata=_plain_json(metadata))

    def clear(self) -> None:
        """Forget what was shown so far; what it used of the bounds stays used."""
        self._outputs, self._handles = [], {}

    def error(self, name: str, message: str, traceback: str) -> None:
        """Add an error output. Never raises."""
        self._read_fds(keep=True)
        lines = traceback[:ERROR_CHARS].splitlines()
        self._outputs.append({"output_type": "error", "ename": name, "evalue": message, "traceback": lines})

    def _plain(self, data: dict[str, Any]) -> dict[str, Any]:
        if WIDGET in data:
            return {"text/plain": "(An interactive widget: this page shows only its first state.)"}
        plain: dict[str, Any] = {}
        for kind, value in data.items():
            if kind in IMAGE_KINDS:
                text = base64.b64encode(value).decode() if isinstance(value, bytes) else str(value)
                bound = "image"
            elif kind in TEXT_KINDS and isinstance(value, str):
                text, bound = value, "text"
            else:
                continue
            size = len(text.encode("utf-8", "replace"))
            if self._room(bound, size) >= size:
                plain[kind] = text
            elif self._is_over(bound):
                self._exceed()
        return plain

    def _room(self, kind: str, size: int) -> int:
        room = max(0, self._bounds[kind] - self._used[kind])
        self._used[kind] += size
        return room

    def _is_over(self, kind: str) -> bool:
        return self._used[kind] > self._times * self._bounds[kind]

    def _exceed(self) -> None:
        if not self.exceeded:
            self.exceeded = True
            self._notice()
        raise OutputLimit

    def _add_stream(self, name: str, data: bytes) -> None:
        if not data or self.quiet:
            return
        last = self._outputs[-1] if self._outputs else None
        if last is None or last["output_type"] != "stream" or last["name"] != name:
            last = {"output_type": "stream", "name": name, "text": []}
            self._outputs.append(last)
        last["text"].append(data)

    def _read_fds(self, keep: bool) -> None:
        """Take over what was written to the file descriptors 1 and 2 (by programs, by C code)."""
        for name, fd in STREAM_FDS.items():
            try:
                size = os.fstat(fd).st_size
                if not size:
                    continue
                data = os.pread(fd, min(size, self._bounds["text"]), 0) if keep else b""
                os.ftruncate(fd, 0)
            except OSError:  # a cell may close or redirect its own streams
                continue
            if keep:
                room = self._room("text", size)
                self._add_stream(name, data[:room])
                if self._is_over("text") and not self.exceeded:
                    self.exceeded = True
                    self._notice()


class _Sink(io.RawIOBase):
    """The raw end of ``sys.stdout`` or ``sys.stderr``."""

    def __init__(self, collector: Collector, stream: str) -> None:
        self._collector, self._stream = collector, stream

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return STREAM_FDS[self._stream]

    def write(self, data: Any) -> int:
        view = bytes(data)
        self._collector.stream(self._stream, view)
        return len(view)


def text_stream(collector: Collector, name: str) -> Any:
    """A text stream like ``sys.stdout`` that ends in the collector."""
    sink = _Sink(collector, name)
    return io.TextIOWrapper(sink, encoding="utf-8", errors="backslashreplace", write_through=True)


def _plain_json(metadata: Any) -> dict[str, Any]:
    try:
        text = json.dumps(metadata or {})
    except (TypeError, ValueError, RecursionError):
        return {}
    plain = json.loads(text) if len(text) < 10_000 else {}
    return plain if isinstance(plain, dict) else {}
