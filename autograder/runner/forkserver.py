"""The warm parent: it loads everything once, then forks one runner at a time. It is PID 1 of the sandbox.

It talks to the trusted side over a ``SOCK_SEQPACKET`` socket, which delivers whole messages:

    {"op": "config", "config": {...}}       first; answered by {"ready": ...}
    {"op": "run", "id": bytes} + a socket   end what runs, fork a runner with that socket; {"id", "pid"}
    {"op": "interrupt", "id": bytes}        SIGINT to the runner of that id
    {"op": "stop", "id": bytes, "run": bytes}  end the runner of that id with all it started; {"id", "ended": {...}}

When a runner ends by itself, ``{"ended": {...}}`` comes unasked, and when it was granted shared memory, so does
``{"shared": {"id": bytes, "bytes": int}}``. It holds no test, no answer and no secret.
"""

# mypy: allow-untyped-calls
from __future__ import annotations

import gc
import os
import select
import signal
import socket
import sys
import time
import traceback
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, NoReturn

import msgpack

from autograder.protocol.forms import load_libraries
from autograder.runner import drawing, landlock, restrict, seccomp
from autograder.runner.config import WARM_LIBRARIES, RunnerConfig
from autograder.runner.outputs import OutputCollector
from autograder.runner.processes import descendants
from autograder.runner.server import Server
from autograder.runner.shared_memory import NO_LISTENER, SharedMemory
from autograder.runner.shell import RunnerShell, own_environment

MESSAGE_BYTES = 1 << 16
REAP_SECONDS = 0.001
TOLD_BYTES = 16 << 20  # the trusted side is told about shared memory in steps of this size
REAP_MILLISECONDS = 500  # how often children of ended children are collected while a runner runs

WARM_CELLS = """
import numpy as np, pandas as pd, matplotlib.pyplot as plt, ipywidgets
%matplotlib inline
fig, ax = plt.subplots(1, 2)
ax[0].plot(np.linspace(0, 1, 5), [1, 2, 3, 4, 5], ls="--", label="warm $x^2$")
ax[0].set(xlabel="x", ylabel="y", title="warm")
ax[0].legend()
ax[1].scatter([1, 2], [3, 4], c=[0, 1])
pd.DataFrame({"a": [1.0]})
"""


class WarmParent:
    """Forks runners, and ends them with every process that they started."""

    def __init__(self, control: socket.socket) -> None:
        self.control = control
        self.config = RunnerConfig.from_dict(msgpack.unpackb(control.recv(MESSAGE_BYTES))["config"])
        self.runner = 0
        self.runner_id = b""
        self.pidfd = -1
        self.shared = SharedMemory(self.config.bounds.memory_bytes)
        self.listeners: socket.socket | None = None  # brings the runner's listener once it has restricted itself

    def prepare(self) -> None:
        """Load everything, and build the Landlock ruleset and the filter that a fork restricts itself with."""
        config = self.config
        gc.disable()  # nothing of what is loaded is garbage, and looking takes a while
        restrict.prctl(restrict.SET_DUMPABLE, 0)
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # without a handler PID 1 gets no signals from inside
        if not config.namespaces:
            restrict.prctl(restrict.SET_SUBREAPER, 1)
            signal.signal(signal.SIGINT, signal.SIG_IGN)
        own_environment(config.home, config.temporary)
        warm_home = config.scratch[0] + "/warm"
        os.makedirs(warm_home, exist_ok=True)
        os.chdir(warm_home)
        os.environ.update(HOME=warm_home, IPYTHONDIR=warm_home)
        if config.fonts:
            drawing.use_fonts(config.fonts, warm_home)
        self.shell = warm_shell(config.home, [WARM_LIBRARIES[name] for name in config.libraries])
        load_libraries()  # a runner may have no file left to read them from
        own_environment(config.home, config.temporary)
        os.chdir("/")
        restrict.empty(config.scratch[0])
        sys.path[:] = [path for path in sys.path if path.startswith(config.read)]
        self.ruleset = -1
        if config.landlock:
            self.ruleset = landlock.ruleset(config.read, config.scratch, config.devices)
        self.filter = b""
        if config.filter:
            self.filter = seccomp.program(namespaces=config.namespaces, signals=config.signals)
            if not config.namespaces:
                restrict.allow_plain_copies()
        gc.freeze()
        gc.enable()

    def serve(self) -> None:
        """Carry out requests until the trusted side has closed the socket."""
        self._send({"ready": True, "landlock": self.ruleset >= 0, "seccomp": bool(self.filter)})
        while True:
            poll = select.poll()
            poll.register(self.control, select.POLLIN)
            if self.runner:
                poll.register(self.pidfd, select.POLLIN)
            if self.listeners is not None:
                poll.register(self.listeners, select.POLLIN)
            if self.shared.listener != NO_LISTENER:
                poll.register(self.shared.listener, select.POLLIN)
            ready = {fd for fd, _ in poll.poll(REAP_MILLISECONDS if self.runner else None)}
            if self.runner and self.pidfd in ready:
                self._send({"ended": self.stop()})
            elif self.listeners is not None and self.listeners.fileno() in ready:
                self._take_listener(self.listeners)
            elif self.shared.listener in ready:
                self._grant()
            elif ready:
                data, fds, _, _ = socket.recv_fds(self.control, MESSAGE_BYTES, 1)
                if not data:
                    self.stop()
                    return
                self._handle(msgpack.unpackb(data), fds)
            else:
                self._reap_strays()

    def _handle(self, message: dict[str, Any], fds: list[int]) -> None:
        if message["op"] == "interrupt":
            if self.runner and message["id"] == self.runner_id:
                os.kill(self.runner, signal.SIGINT)
            return
        ended = {}
        if message["op"] == "run" or message["run"] == self.runner_id:
            ended = self.stop()
        if message["op"] == "run":
            self.fork(message["id"], fds[0])
            os.close(fds[0])
            self._send({"id": message["id"], "pid": self.runner})
        else:
            self._send({"id": message["id"], "ended": ended})

    def fork(self, runner_id: bytes, channel: int) -> None:
        """Fork a runner that restricts itself and then serves the channel."""
        self.listeners, its_end = socket.socketpair()
        with its_end:
            pid = os.fork()
            if pid == 0:
                self._run(channel, its_end)
        self.runner, self.runner_id, self.pidfd = pid, runner_id, os.pidfd_open(pid)

    def _take_listener(self, listeners: socket.socket) -> None:
        _, fds, _, _ = socket.recv_fds(listeners, 1, 1)
        listeners.close()
        self.listeners = None
        if fds:
            self.shared.listen(fds[0])

    def _grant(self) -> None:
        """Answer a question of the runner's filter, and tell the trusted side about growth that it should know of."""
        before = self.shared.granted
        self.shared.answer()
        if self.shared.granted // TOLD_BYTES > before // TOLD_BYTES:
            self._send({"shared": {"id": self.runner_id, "bytes": self.shared.granted}})

    def _run(self, channel: int, listeners: socket.socket) -> NoReturn:
        status = 70  # a runner that could not restrict itself
        try:
            streams = restrict.open_streams()
            listener = restrict.restrict(self.config, self.ruleset, self.filter)
            if listener >= 0:
                socket.send_fds(listeners, [b"l"], [listener])
            for end in (listeners, self.listeners):
                if end is not None:
                    end.close()  # here: student code may find the objects, and their numbers will be others' then
            restrict.keep_only(channel, streams)
            Server(socket.socket(fileno=restrict.CHANNEL_FD), self.shell, self.config).serve()
            status = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(status)

    def stop(self) -> dict[str, Any]:
        """End the runner and every process that it started; none is left when this returns.

        Returns:
            ``{"id", "status", "others", "cpu"}``: the runner's exit status (minus the signal's number where a signal
            ended it, None where there was no runner), how many other processes were still there, CPU seconds.
        """
        status, others, cpu = None, 0, 0.0
        with suppress(ChildProcessError):
            while True:
                end_all(self.config)
                while (ended := os.wait4(-1, os.WNOHANG))[0]:
                    pid, raw, usage = ended
                    cpu += usage.ru_utime + usage.ru_stime
                    if pid == self.runner:
                        status = os.waitstatus_to_exitcode(raw)
                    elif os.WIFSIGNALED(raw) and os.WTERMSIG(raw) == signal.SIGKILL:
                        others += 1
                time.sleep(REAP_SECONDS)
        if self.pidfd >= 0:
            os.close(self.pidfd)
        if self.listeners is not None:
            self.listeners.close()
            self.listeners = None
        self.shared.close()
        report = {"id": self.runner_id, "status": status, "others": others, "cpu": cpu}
        self.runner, self.runner_id, self.pidfd = 0, b"", -1
        return report

    def _reap_strays(self) -> None:
        """Collect ended children of ended children, which would count as processes for ever."""
        peek = os.WEXITED | os.WNOHANG | os.WNOWAIT
        while (child := os.waitid(os.P_ALL, 0, peek)) and child.si_pid != self.runner:
            os.waitpid(child.si_pid, 0)

    def _send(self, message: dict[str, Any]) -> None:
        self.control.send(msgpack.packb(message))


def warm_shell(folder: str, imports: Sequence[str] = ()) -> RunnerShell:
    """Return a shell in which everything a lab needs was used once, reset as if no cell had run yet."""
    os.environ["MPLBACKEND"] = "module://matplotlib_inline.backend_inline"
    collector = OutputCollector(1 << 20, 1 << 24, lambda: None)
    drawing.measure_while_drawing()
    RunnerShell.clear_instance()
    shell = RunnerShell.instance(collector, folder)
    collector.start(quiet=False)
    result = shell.run_cell("\n".join([*imports, WARM_CELLS]))
    result.raise_error()
    outputs = collector.finish()
    if not any("image/png" in output.get("data", {}) for output in outputs):
        raise RuntimeError("the warm parent could not draw a figure")
    drawing.show_before_drawing(shell)
    drawing.stay_inline()
    shell.reset(new_session=False)
    shell.execution_count = 1
    return shell


def end_all(config: RunnerConfig) -> None:
    """Send SIGKILL to every process that a runner started, and to the runner."""
    if config.namespaces:
        with suppress(ProcessLookupError):
            os.kill(-1, signal.SIGKILL)
    elif config.uid is not None:
        _end_all_of(config.uid)
    else:
        for pid in descendants(os.getpid()):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


def _end_all_of(uid: int) -> None:
    """Without a PID namespace: become the user that only runners have, and end all that this user may."""
    pid = os.fork()
    if pid == 0:
        try:
            os.setresuid(uid, uid, uid)
            os.kill(-1, signal.SIGKILL)
        finally:
            os._exit(0)
    os.waitpid(pid, 0)


def main(control_fd: int) -> None:
    """Run the warm parent over the socket with this number."""
    parent = WarmParent(socket.socket(fileno=control_fd))
    parent.prepare()
    parent.serve()
