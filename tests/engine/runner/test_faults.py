"""Faults of the engine's own code reach a log on the trusted side, with their traceback."""

from __future__ import annotations

import errno
import json
import logging
import os
import select
import signal
import subprocess
import sys
from contextlib import closing
from dataclasses import replace

import pytest

from autograder.model.errors import SandboxError
from autograder.runner.audit import ObservedFacts
from autograder.runner.config import Bounds, RunnerConfig
from autograder.sandbox import bwrap
from autograder.sandbox import sandbox as sandbox_module
from autograder.sandbox.client import RunnerClient, _Ended
from autograder.sandbox.levels import detect
from autograder.sandbox.sandbox import INSIDE, Sandbox
from tests.engine.runner.conftest import SMALL, shown
from tests.engine.runner.test_channel import FORGE

CONFIG = RunnerConfig(
    bounds=Bounds.of(SMALL),
    uid=None,
    namespaces=True,
    landlock=True,
    filter=True,
    signals=True,
    other_processes=3,
    scratch=("/notebook", "/dev/shm"),
    home="/notebook/student",
    temporary="/notebook/tmp",
    read=("/usr/lib",),
    devices=("/dev/null",),
)


SHOW_CPU = f"""
import json, resource
from autograder.runner.config import Bounds
from autograder.runner.restrict import set_limits
set_limits(Bounds(**{Bounds.of(SMALL).__dict__}), 4000)
print(json.dumps(resource.getrlimit(resource.RLIMIT_CPU)))
"""


def test_a_fault_of_the_runners_loop_is_logged(runner: RunnerClient, caplog: pytest.LogCaptureFixture) -> None:
    """Here a cell breaks the shell that the loop uses."""
    outcome = runner.execute("get_ipython().collector.finish = lambda: [object()]", 20)
    assert outcome.status == "crash"
    assert "server.py" in caplog.text
    assert "TypeError" in caplog.text
    assert {record.name for record in caplog.records} == {"autograder.sandbox.client"}
    assert {record.levelno for record in caplog.records} == {logging.ERROR}


def test_a_fault_while_facts_are_collected_is_logged_and_costs_nothing(
    runner: RunnerClient, caplog: pytest.LogCaptureFixture
) -> None:
    """The cell's answer counts all the same."""
    assert shown(runner.execute("get_ipython().input_transformer_manager.line_transforms = 0\n6 * 7", 20)) == ["42"]
    assert "audit.py" in caplog.text
    assert runner.alive


def test_a_fault_that_a_student_makes_up_is_only_a_line_of_the_log(
    sandbox: Sandbox, runner: RunnerClient, caplog: pytest.LogCaptureFixture
) -> None:
    """Bounded, without control characters, and their own process ends."""
    runner.execute("1", 20)
    outcome = runner.execute(FORGE + "send({'id': 3, 'fault': 'made up \\x1b[2J\\n' * 10**5})\ntime.sleep(5)", 20)
    assert outcome.status == "crash"
    assert "made up ?[2J" in caplog.text
    assert len(caplog.text) < 20_000
    assert shown(sandbox.runner({}).execute("6 * 7", 20)) == ["42"]


@pytest.mark.parametrize("faults", ["'x'", "[1, None]", "['x' * 10**5] * 50", "{}"])
def test_faults_of_any_form_do_no_harm(runner: RunnerClient, caplog: pytest.LogCaptureFixture, faults: str) -> None:
    """They come from the student's process."""
    runner.execute("1", 20)
    runner.execute(FORGE + f"send({{**fine, 'id': 3, 'faults': {faults}}})\ntime.sleep(0.2)", 20)
    assert len(caplog.text) < 100_000


def test_a_broken_message_is_logged_with_its_reason(runner: RunnerClient, caplog: pytest.LogCaptureFixture) -> None:
    """Beside the sentence that the student gets."""
    runner.execute("1", 20)
    assert runner.execute(FORGE + "send({**fine, 'id': 3, 'status': 'passed'})\ntime.sleep(1)", 20).status == "crash"
    assert "broke the protocol" in caplog.text
    assert "an unknown word" in caplog.text


def test_what_the_sandbox_prints_is_logged_when_it_closes(caplog: pytest.LogCaptureFixture) -> None:
    """Its last part, as a warning."""
    sandbox = Sandbox(SMALL, "none")
    with closing(sandbox):
        sandbox.start()
        assert sandbox._stderr is not None
        sandbox._stderr.write(b"x" * 10**5 + b"the end")
    assert "the end" in caplog.text
    assert len(caplog.text) < 10_000


def test_a_sandbox_that_does_not_start_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the traceback of the warm parent."""
    monkeypatch.setattr(bwrap, "BOOT", "raise RuntimeError('the reason')")
    with closing(Sandbox(SMALL, "none")) as sandbox, pytest.raises(SandboxError, match="the reason"):
        sandbox.start()


def test_facts_about_a_folder_that_is_gone(runner: RunnerClient, caplog: pytest.LogCaptureFixture) -> None:
    """A relative path in a removed folder is no fault of the engine's."""
    runner.execute("import os\nos.mkdir('d')\nos.chdir('d')\nos.rmdir('../d')", 20)
    assert runner.execute("open('x', 'w')", 20).status == "error"
    assert caplog.text == ""


def test_the_number_of_faults_is_bounded() -> None:
    """One that happens at every event does not fill the answer."""
    facts = ObservedFacts(CONFIG)
    for _ in range(100):
        try:
            raise RuntimeError("x" * 10**5)
        except RuntimeError:
            facts.note_fault()
    assert 1 <= sum(map(len, facts.take_faults())) < 50_000
    assert facts.take_faults() == []


def test_the_configuration_crosses_as_plain_data() -> None:
    """The same on both sides, whatever msgpack makes of tuples."""
    import msgpack

    data = msgpack.unpackb(msgpack.packb(CONFIG.to_dict()))
    assert RunnerConfig.from_dict(data) == CONFIG
    with pytest.raises(TypeError):
        RunnerConfig.from_dict({**data, "unknown": 1})
    assert RunnerConfig.from_dict(replace(CONFIG, uid=5).to_dict()).uid == 5


def test_a_sandbox_killed_between_two_requests_is_lost() -> None:
    """No submission can do that, whoever notices it first."""
    level = detect().level
    if level not in INSIDE:
        pytest.skip("bubblewrap does not work here")
    with closing(Sandbox(SMALL, level)) as sandbox:
        with closing(sandbox.runner({})) as runner:
            assert runner.execute("1", 20).status == "ok"
            assert not sandbox.lost
            with closing(select.epoll()) as ended:
                parent = os.pidfd_open(sandbox.pid)
                ended.register(parent, select.EPOLLIN)
                os.kill(sandbox.pid, signal.SIGKILL)
                assert ended.poll(20)
                os.close(parent)
            assert sandbox.lost
        assert sandbox.lost


def test_a_sandbox_that_starts_no_runner_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that the submission is graded again."""
    sandbox = Sandbox(SMALL, "none")

    def start() -> None:
        raise OSError(errno.ENOMEM, "no memory")

    monkeypatch.setattr(sandbox, "start", start)
    with pytest.raises(OSError, match="no memory"):
        sandbox.runner({})
    assert sandbox.lost


@pytest.mark.parametrize("kernels", [False, True])
def test_a_runner_that_the_kernel_ended_for_want_of_memory_is_lost(
    kernels: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that ended itself in the same way is not."""
    counts = iter([7, 8 if kernels else 7])
    monkeypatch.setattr(sandbox_module, "oom_kills", lambda: next(counts))
    with closing(Sandbox(SMALL, "none")) as sandbox, closing(sandbox.runner({})) as runner:
        assert runner.execute("import os\nos.kill(os.getpid(), 9)", 20).status == "crash"
        assert sandbox.lost is kernels


def test_a_start_that_was_broken_off_is_made_anew() -> None:
    """Its parent is there, but nobody has heard that it is warm."""
    with closing(Sandbox(SMALL, "none")) as sandbox:
        sandbox.start()
        first, sandbox.pid, sandbox._broken_off = sandbox.pid, 0, True
        sandbox.start()
        assert sandbox.pid not in (0, first)


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        (-signal.SIGXCPU, "SIGXCPU (it used more processor time than allowed)."),
        (-signal.SIGRTMIN - 1, f"signal {signal.SIGRTMIN + 1}."),
        (-signal.SIGTERM, "SIGTERM."),
    ],
)
def test_every_signal_has_a_sentence(sandbox: Sandbox, runner: RunnerClient, status: int, sentence: str) -> None:
    """Real-time signals, which have no name, too."""
    assert runner._sentence(_Ended("crash", status), 1) == f"The Python process crashed with {sentence}"


def test_too_much_processor_time_is_told_from_other_ends() -> None:
    """The kernel's soft limit comes before the hard one, which ends a process like any SIGKILL."""
    soft, hard = json.loads(subprocess.run([sys.executable, "-c", SHOW_CPU], capture_output=True, check=True).stdout)
    assert soft < hard
