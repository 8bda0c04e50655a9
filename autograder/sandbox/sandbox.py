"""A sandbox as the trusted side sees it: it starts the warm parent, and has it fork one runner after another.

    sandbox = Sandbox(Limits(), choose_level().name)
    with closing(sandbox), closing(sandbox.runner({"data.csv": b"1,2\\n"})) as runner:
        runner.execute("def double(x):\\n    return 2 * x", seconds=5).status        # "ok"
        answer = runner.call("double", codec.encode(((21,), {})), seconds=5)
        codec.decode(answer.value)                                                 # 42

A sandbox runs one runner at a time: starting a new one ends the one before it, with everything that it started.
"""

from __future__ import annotations

import logging
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import IO, Any

import msgpack

from autograder.model.errors import SandboxError
from autograder.model.limits import Limits
from autograder.runner import landlock
from autograder.runner.config import Bounds, RunnerConfig
from autograder.runner.processes import descendants
from autograder.sandbox import bwrap, levels, machine
from autograder.sandbox.client import RunnerClient
from autograder.sandbox.watchdog import Uncharged, files_in_memory, oom_kills, socket_buffers

log = logging.getLogger(__name__)

START_SECONDS = 120.0
ANSWER_SECONDS = 20.0
MESSAGE_BYTES = 1 << 16
PRINTED_BYTES = 4_000
INSIDE = ("full", "namespaces")  # levels with namespaces
SCRATCH = ("/notebook", "/dev/shm")  # inside namespaces
ENVIRONMENT = {
    "LANG": "C.UTF-8",
    "PYTHONHASHSEED": "0",
    "PYTHONDONTWRITEBYTECODE": "1",
    "JOBLIB_MULTIPROCESSING": "0",  # n_jobs=-1 then works in one process, which is quicker than starting others
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    **{f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL", "NUMEXPR", "BLIS", "VECLIB_MAXIMUM")},
}


class Sandbox:
    """A sandbox with a warm parent inside.

    Args:
        limits: bounds on one submission.
        level: a key of `autograder.sandbox.levels.LEVELS`.
        hidden: top-level packages that may be installed but must not be seen by students (the course's answers).
        libraries: keys of `autograder.runner.config.WARM_LIBRARIES` that the warm parent loads.
    """

    def __init__(
        self, limits: Limits, level: str, hidden: tuple[str, ...] = (), libraries: tuple[str, ...] = ()
    ) -> None:
        if level not in levels.LEVELS:
            raise ValueError(f"There is no isolation level {level!r}; the levels are {', '.join(levels.LEVELS)}.")
        self.limits, self.level, self.hidden, self.libraries = limits, level, hidden, libraries
        self._fonts: str | None = None
        self.pid = 0
        self._lost = False
        self._broken_off = False  # whether waiting until it is warm was interrupted
        self._used = b""  # id of the runner in use, until its end is reported
        self._oom_kills = 0  # when the last runner was forked
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._folder: str | None = None
        self._stderr: IO[bytes] | None = None
        self._shared: dict[bytes, int] = {}  # id of the runner -> bytes of shared memory that it was granted

    # --- life ---------------------------------------------------------------------------------------------------

    @property
    def alive(self) -> bool:
        """Whether the warm parent is there."""
        return self._control is not None and not _hung_up(self._control)

    @property
    def lost(self) -> bool:
        """Whether it ever ended while it was in use and nobody had asked for it."""
        return self._lost or bool(self._used and not self.alive)

    def launch(self) -> None:
        """Start the sandbox, unless it is there already, without waiting until its parent is warm: `start` does that.

        Raises:
            OSError: the machine has no process, memory or file left for it.
        """
        if self.alive and self._process is not None and not self._broken_off:
            return
        self.close()
        our_end, its_end = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with its_end:
            self._stderr = tempfile.TemporaryFile()  # noqa: SIM115 - closed in close()
            inside = self.level in INSIDE
            self._fonts = machine.font_list()
            config = self._config(inside)
            command = self._command(str(its_end.fileno()), config, inside)
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=self._stderr,
                pass_fds=[its_end.fileno()],
                env=None if inside else self._environment(config),
                start_new_session=not inside,
            )
        self._control = our_end
        self._send({"op": "config", "config": config.to_dict()})

    def start(self) -> None:
        """Start the sandbox and wait until its parent is warm. Does nothing if it is there already.

        Raises:
            SandboxError: it did not start; the message has what it printed.
        """
        if self.alive and self.pid:
            return
        self.launch()
        assert self._process is not None
        self._broken_off = True
        answer = self._receive(START_SECONDS)
        if not answer or not answer.get("ready"):
            printed = self._printed()
            self.close()
            raise SandboxError(f"The sandbox did not start. It printed: {printed or 'nothing'}")
        self.pid = self._process.pid
        if self.level in INSIDE:
            inner = descendants(self.pid)
            if not inner:
                self.close()
                raise SandboxError("The sandbox ended while it was starting.")
            self.pid = inner[0]
        self._broken_off = False

    def close(self) -> None:
        """End the sandbox with everything in it."""
        self._look_whether_lost()
        if self._control is not None:
            self._control.close()
            self._control = None
        self.pid = 0
        self._broken_off = False
        if self._process is not None:
            if self.level not in INSIDE:  # without namespaces the parent itself ends what its runner started
                with suppress(subprocess.TimeoutExpired):
                    self._process.wait(ANSWER_SECONDS)
            self._process.kill()
            self._process.wait()
            self._process = None
        if self._stderr is not None:
            if printed := self._printed():
                log.warning("The sandbox printed on its standard error:\n%s", printed)
            self._stderr.close()
            self._stderr = None
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None

    def runner(self, files: Mapping[str, bytes], modules: Sequence[str] = ()) -> RunnerClient:
        """Fork a runner that finds these files in its own, otherwise empty folder.

        Args:
            files: relative path -> content.
            modules: names of the lab's own among them, which are imported before installed ones of the same names.

        Raises:
            SandboxError: the sandbox does not work.
            OSError: the machine has no process, memory or file left for it.
        """
        try:
            return self._fork(files, modules)
        except (SandboxError, OSError):
            self._lost = True  # nothing of the submission had run yet, so it is not to blame
            raise

    def _fork(self, files: Mapping[str, bytes], modules: Sequence[str]) -> RunnerClient:
        for attempt in (1, 2):
            self.start()
            our_end, its_end = socket.socketpair()
            token = os.urandom(8)
            self._shared, self._oom_kills = {token: 0}, oom_kills()
            with its_end:
                self._send({"op": "run", "id": token}, [its_end.fileno()])
            answer = self._receive(ANSWER_SECONDS, token)
            if answer:
                runner = RunnerClient(self, our_end, token)
                if runner.set_up(files, modules):
                    self._used = token
                    return runner
                runner.close()
            else:
                our_end.close()
            printed = self._printed()
            self.kill()
            if attempt == 2:
                raise SandboxError(f"The sandbox could not start a runner. It printed: {printed or 'nothing'}")
        raise AssertionError

    # --- what runners need ----------------------------------------------------------------------------------------

    @property
    def control(self) -> socket.socket | None:
        """The socket to the warm parent, for polling."""
        return self._control

    def interrupt(self, token: bytes) -> None:
        """Send SIGINT to a runner."""
        self._send({"op": "interrupt", "id": token})

    def stop(self, token: bytes) -> dict[str, Any]:
        """End a runner and all that it started; return the report of its end, {} if the sandbox had to be ended."""
        if self._control is None:
            return {}
        request = os.urandom(8)
        self._send({"op": "stop", "id": request, "run": token})
        limit = time.monotonic() + ANSWER_SECONDS
        ended: dict[str, Any] = {}
        while (left := limit - time.monotonic()) > 0:
            message = self._receive(left)
            if message is None:
                break
            report = message.get("ended") or {}
            if report.get("id") == token:
                ended = self._noted(report)
            if message.get("id") == request:
                self._used = b""
                return ended
        self.kill()
        return ended

    def read_report(self, token: bytes) -> dict[str, Any] | None:
        """Read one waiting message; return it if it is the report of this runner's end.

        Raises:
            EOFError: the whole sandbox is gone.
        """
        message = self._receive(0)
        if message is None:
            log.error("The sandbox ended while a runner was in use.")
            self.kill()
            raise EOFError
        report: dict[str, Any] = message.get("ended") or {}
        if report.get("id") != token:
            return None
        self._used = b""
        return self._noted(report)

    def _noted(self, report: dict[str, Any]) -> dict[str, Any]:
        """Note in a report of a runner's end whether the machine ended it, which has no memory left."""
        if report.get("status") == -signal.SIGKILL and oom_kills() > self._oom_kills:
            log.error("The kernel ended a runner: this machine has too little memory for its workers.")
            self._lost = True
        return report

    def uncharged(self, token: bytes) -> Uncharged:
        """Return the memory that a runner holds and its processes do not show.

        Without namespaces only granted shared memory is known: files are on the disk, and sockets are the machine's.
        """
        shared = self._shared.get(token, 0)
        if self.level not in INSIDE or not self.pid:
            return Uncharged(shared)
        files = files_in_memory(f"/proc/{self.pid}/root{folder}" for folder in SCRATCH)
        return Uncharged(shared + files, socket_buffers(self.pid))

    def kill(self) -> None:
        """End the sandbox at once; the next runner gets a new one."""
        self._look_whether_lost()
        for pid in [] if self.level in INSIDE else descendants(self.pid):
            with suppress(OSError):
                os.kill(pid, signal.SIGKILL)
        with suppress(OSError):
            parent = os.pidfd_open(self.pid or -1)
            signal.pidfd_send_signal(parent, signal.SIGKILL)
            select.select([parent], [], [], ANSWER_SECONDS)  # a PID namespace is empty when its first process is gone
            os.close(parent)
        self.close()

    def _look_whether_lost(self) -> None:
        """Look before it is ended on purpose: after that nobody can tell."""
        self._lost, self._used = self.lost, b""

    # --- inside -----------------------------------------------------------------------------------------------------

    def _config(self, inside: bool) -> RunnerConfig:
        offer = levels.detect()
        python = bwrap.python_folders()
        system = [*bwrap.SYSTEM_FOLDERS, *bwrap.SYSTEM_FILES]
        scratch: tuple[str, ...]
        read: tuple[str, ...]
        if inside:
            scratch = SCRATCH
            read = (*system, "/etc", *python, bwrap.ENGINE)
        else:
            self._folder = tempfile.mkdtemp(prefix="autograder-")
            os.chmod(self._folder, 0o755)
            scratch = (os.path.join(self._folder, "home"),)
            os.mkdir(scratch[0])
            os.chmod(scratch[0], 0o1777)
            read = (*system, *python)
        privileged = os.getuid() == 0 and (not inside or offer.bwrap_privileged)
        own_uid = privileged and (inside or all(map(machine.open_to_all, python)))
        return RunnerConfig(
            bounds=Bounds.of(self.limits),
            uid=machine.free_uid() if own_uid else None,
            namespaces=inside,
            landlock=self.level in ("full", "landlock"),
            filter=self.level != "none",
            signals=inside or offer.landlock >= landlock.SIGNALS_SINCE,
            other_processes=0 if own_uid else machine.other_processes(inside),
            scratch=scratch,
            home=scratch[0] + "/student",
            temporary=scratch[0] + "/tmp",
            read=read,
            devices=bwrap.DEVICES,
            notable=machine.notable_folders(),
            libraries=self.libraries,
            fonts=(bwrap.shown_fonts(self._fonts) if inside else self._fonts) if self._fonts else "",
        )

    def _environment(self, config: RunnerConfig) -> dict[str, str]:
        path = ":".join([os.path.dirname(sys.executable), "/usr/local/bin", "/usr/bin", "/bin"])
        return {**ENVIRONMENT, "PATH": path, "HOME": config.home, "TMPDIR": config.temporary}

    def _command(self, fd: str, config: RunnerConfig, inside: bool) -> list[str]:
        if not inside:
            return [sys.executable, "-P", "-c", bwrap.BOOT, fd, str(bwrap.package_folder().parent)]
        offer = levels.detect()
        size = self.limits.file_bytes + self.limits.submission_bytes
        return bwrap.command(
            offer.bwrap,
            [fd, bwrap.ENGINE],
            scratch=config.scratch,
            scratch_bytes=size if offer.bwrap_has_size else None,
            temporary=config.temporary,
            hidden=self.hidden,
            fonts=self._fonts,
            environment=self._environment(config),
            privileged=os.getuid() == 0 and offer.bwrap_privileged,
        )

    def _send(self, message: dict[str, Any], fds: list[int] | None = None) -> None:
        if self._control is None:
            return
        try:
            self._control.settimeout(ANSWER_SECONDS)
            socket.send_fds(self._control, [msgpack.packb(message)], fds or [])
        except OSError as error:
            log.debug("No message to the warm parent: %s", error)  # reading its answer will fail, and that is handled

    def _receive(self, seconds: float, token: bytes | None = None) -> dict[str, Any] | None:
        """Return the next message, or the one with this token; None if none came in time or the parent is gone."""
        limit = time.monotonic() + seconds
        while self._control is not None:
            try:
                self._control.settimeout(max(limit - time.monotonic(), 0.001))
                data = self._control.recv(MESSAGE_BYTES)
            except OSError as error:
                log.debug("No message from the warm parent: %s", error)
                return None
            if not data:
                return None
            message: dict[str, Any] = msgpack.unpackb(data)
            if "shared" in message and message["shared"]["id"] in self._shared:
                self._shared[message["shared"]["id"]] = message["shared"]["bytes"]
            if token is None or message.get("id") == token:
                return message
        return None

    def _printed(self) -> str:
        """Return the end of what the sandbox has printed on its standard error."""
        if self._stderr is None:
            return ""
        size = self._stderr.seek(0, os.SEEK_END)
        self._stderr.seek(max(0, size - PRINTED_BYTES))
        return self._stderr.read().decode("utf-8", "replace").strip()


def _hung_up(channel: socket.socket) -> bool:
    """Whether the other end is closed."""
    poll = select.poll()
    poll.register(channel, 0)  # a hang-up is always reported
    return bool(poll.poll(0))
