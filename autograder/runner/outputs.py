"""Collecting what a cell shows, as nbformat-4 outputs, with bounds that hold while it is being produced.

Two kinds of bounds. Bytes: printed text, rich output, metadata and tracebacks share one bound, images have their own;
the cell that goes beyond is stopped. Pieces: a notebook keeps the first `KEPT_OUTPUTS` outputs of a cell. More are left
out and one line says so, because thousands of short outputs (a log line after each print in a loop) are no reason to
stop right code; only `STOPPED_AT` times as many are.
"""

from __future__ import annotations

import base64
import io
import os
from collections.abc import Callable
from typing import Any

from autograder.protocol.answers import (
    ERROR_CHARS,
    IMAGE_KINDS,
    MAX_OUTPUTS,
    MAX_TRACEBACK_LINES,
    TEXT_KINDS,
    check_metadata,
)

WIDGET = "application/vnd.jupyter.widget-view+json"
STREAM_FDS = {"stdout": 1, "stderr": 2}
KEPT_OUTPUTS = MAX_OUTPUTS - 2  # which leaves room for the cell's error and for `LEFT_OUT`
STOPPED_AT = 100
LEFT_OUT = f"(Only the first {KEPT_OUTPUTS} outputs of this cell are kept; the rest is left out.)\n"


class OutputLimit(BaseException):
    """Raised in a cell that shows too much. Like `KeyboardInterrupt`, it passes a plain ``except Exception``."""


class OutputCollector:
    """The outputs of the running cell.

    Args:
        output_bytes: bound on printed text, rich output, metadata and tracebacks of one cell, images apart.
        figure_bytes: bound on the images of one cell.
        notice: called once per cell when a bound is crossed, before the cell is stopped.

    Attributes:
        exceeded: whether the cell has crossed a bound and is to be stopped.
        quiet: whether outputs are only counted, not kept.
    """

    def __init__(self, output_bytes: int, figure_bytes: int, notice: Callable[[], None]) -> None:
        self._bounds = {"text": output_bytes, "image": figure_bytes, "pieces": STOPPED_AT * KEPT_OUTPUTS}
        self._notice = notice
        self.start(quiet=False, times=1)

    def start(self, quiet: bool, times: int = 1) -> None:
        """Begin a new cell; the outputs of a quiet one are not kept, but its bounds hold all the same.

        Args:
            quiet: keep nothing.
            times: the cell is stopped beyond this many times its bounds; what is beyond the bounds is not kept.
        """
        self._times = times
        self._used = {"text": 0, "image": 0, "pieces": 0}
        self._outputs: list[dict[str, Any]] = []
        self._handles: dict[str, dict[str, Any]] = {}
        self._left_out = self._has_error = False
        self.exceeded, self.quiet = False, quiet
        self._read_fds(keep=False)

    def finish(self) -> list[dict[str, Any]]:
        """Return the cell's outputs, with what programs and C code printed at the end."""
        self._read_fds(keep=True)
        outputs, self._outputs, self._handles = self._outputs, [], {}
        for output in outputs:
            if output["output_type"] == "stream":
                output["text"] = b"".join(output["text"]).decode("utf-8", "replace")
        if self._left_out and not self.exceeded:
            outputs.append({"output_type": "stream", "name": "stderr", "text": LEFT_OUT})
        return [] if self.quiet else outputs

    def stream(self, name: str, data: bytes) -> None:
        """Add printed text.

        Raises:
            OutputLimit: the cell has printed too much.
        """
        room = self._room("text", len(data))
        self._add_stream(name, data[:room])
        self._stop_if_over("text", "pieces")

    def display(
        self, data: dict[str, Any], metadata: dict[str, Any], count: int | None = None, handle: str = ""
    ) -> None:
        """Add a rich output.

        Args:
            data: by MIME type; kinds that a static page cannot show are left out.
            metadata: by MIME type; left out where a notebook cannot hold it.
            count: execution count when it is the cell's result.
            handle: display id, if it may be updated later.

        Raises:
            OutputLimit: the cell has shown too much.
        """
        self._read_fds(keep=True)
        plain = self._plain(data)
        if not plain:
            return
        output: dict[str, Any] = {"output_type": "display_data", "data": plain, "metadata": self._metadata(metadata)}
        if count is not None:
            output.update(output_type="execute_result", execution_count=count)
        self._add(output)
        self._stop_if_over("pieces")
        if handle:
            self._handles[handle] = output

    def update(self, data: dict[str, Any], metadata: dict[str, Any], handle: str) -> None:
        """Change a rich output of this cell that was shown under a display id.

        Raises:
            OutputLimit: the cell has shown too much.
        """
        self._used["pieces"] += 1
        self._stop_if_over("pieces")
        if output := self._handles.get(handle):
            output.update(data=self._plain(data), metadata=self._metadata(metadata))

    def clear(self) -> None:
        """Forget what was shown so far; what it used of the bounds stays used.

        Raises:
            OutputLimit: the cell has shown too much.
        """
        self._used["pieces"] += 1
        self._outputs, self._handles = [], {}
        self._left_out = self._has_error = False
        self._stop_if_over("pieces")

    def error(self, name: str, message: str, traceback: str) -> None:
        """Add an error output. The first one of a cell, its own, is kept whatever was shown before.

        Raises:
            OutputLimit: the cell has shown too many errors by itself.
        """
        self._read_fds(keep=True)
        lines = traceback[:ERROR_CHARS].splitlines()[:MAX_TRACEBACK_LINES]
        size = sum(len(text.encode("utf-8", "replace")) for text in (name, message, *lines))
        room = self._room("text", size)
        output = {"output_type": "error", "ename": name, "evalue": message, "traceback": lines}
        if not self._has_error:
            self._has_error = True
            self._outputs.append(output)
            return
        if room >= size:
            self._add(output)
        self._stop_if_over("text", "pieces")

    def _plain(self, data: dict[str, Any]) -> dict[str, Any]:
        if WIDGET in data:
            return {"text/plain": "(An interactive widget: this page shows only its first state.)"}
        plain: dict[str, Any] = {}
        for kind, value in data.items():
            if kind in IMAGE_KINDS:
                text = base64.b64encode(value).decode() if isinstance(value, bytes) else str(value)
                bound = "image"
            elif kind in TEXT_KINDS and isinstance(value, str):
                text, bound = str.__str__(value), "text"
            else:
                continue
            size = len(text.encode("utf-8", "replace"))
            if self._room(bound, size) >= size:
                plain[kind] = text
            else:
                self._stop_if_over(bound)
        return plain

    def _metadata(self, metadata: Any) -> dict[str, Any]:
        """Return metadata that fits, or {}: a notebook shows the same without it."""
        try:
            size = check_metadata(metadata or {})
        except ValueError:
            return {}
        if self._room("text", size) >= size:
            return metadata or {}
        self._stop_if_over("text")
        return {}

    def _room(self, kind: str, size: int) -> int:
        """Count `size` bytes and return how many of them fit."""
        room = max(0, self._bounds[kind] - self._used[kind])
        self._used[kind] += size
        return room

    def _is_over(self, *kinds: str) -> bool:
        return any(self._used[kind] > self._times * self._bounds[kind] for kind in kinds)

    def _stop_if_over(self, *kinds: str) -> None:
        if self._is_over(*kinds):
            self._give_notice()
            raise OutputLimit

    def _give_notice(self) -> None:
        if not self.exceeded:
            self.exceeded = True
            self._notice()

    def _add(self, output: dict[str, Any]) -> None:
        """Keep one more output, or note that it was left out."""
        self._used["pieces"] += 1
        if self.quiet:
            return
        if len(self._outputs) < KEPT_OUTPUTS:
            self._outputs.append(output)
        else:
            self._left_out = True

    def _add_stream(self, name: str, data: bytes) -> None:
        if not data or self.quiet:
            return
        last = self._outputs[-1] if self._outputs and not self._left_out else None
        if last is not None and last["output_type"] == "stream" and last["name"] == name:
            last["text"].append(data)
        else:
            self._add({"output_type": "stream", "name": name, "text": [data]})

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
                if self._is_over("text"):
                    self._give_notice()


class _Sink(io.RawIOBase):
    """The raw end of ``sys.stdout`` or ``sys.stderr``."""

    def __init__(self, collector: OutputCollector, stream: str) -> None:
        self._collector, self._stream = collector, stream

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return STREAM_FDS[self._stream]

    def write(self, data: Any) -> int:
        view = bytes(data)
        self._collector.stream(self._stream, view)
        return len(view)


def text_stream(collector: OutputCollector, name: str) -> Any:
    """Return a text stream like ``sys.stdout`` that writes to the collector."""
    sink = _Sink(collector, name)
    return io.TextIOWrapper(sink, encoding="utf-8", errors="backslashreplace", write_through=True)
