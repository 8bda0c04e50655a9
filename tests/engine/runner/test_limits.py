"""Time, memory, processes, output, disk and open files run out for the one who used them up, and for nobody else."""

from __future__ import annotations

import time

import pytest

from autograder.sandbox.client import RunnerClient
from autograder.sandbox.sandbox import Sandbox
from tests.engine.runner.conftest import call, shown, text


def lives_on(runner: RunnerClient) -> bool:
    """Whether the runner still runs cells."""
    return runner.alive and shown(runner.execute("6 * 7", 20)) == ["42"]


@pytest.mark.parametrize(
    "cell",
    ["while True:\n    pass", "import time\ntime.sleep(60)", "!sleep 60", "import threading\nthreading.Event().wait()"],
)
def test_an_endless_cell_is_interrupted_and_the_runner_lives_on(runner: RunnerClient, cell: str) -> None:
    """KeyboardInterrupt at the deadline, with a sentence and the line it was at."""
    runner.execute("kept = 1", 20)
    outcome = runner.execute(cell, 0.3)
    assert outcome.status == "timeout"
    assert outcome.seconds < 5
    assert outcome.error is not None
    assert outcome.error.message == "It ran longer than the 0.3 seconds that it may take, and was stopped."
    assert outcome.outputs[-1]["ename"] == "TimeoutError"
    assert runner.alive
    assert shown(runner.execute("kept", 20)) == ["1"]


@pytest.mark.parametrize(
    "cell",
    [
        "import time\nwhile True:\n    try:\n        while True: time.sleep(0.01)\n    except BaseException: pass",
        "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True: pass",
        "sum(range(10**12))",
        "import signal\nsignal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))\nwhile True: pass",
        "import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)",
    ],
    ids=["catches", "ignores", "in C code", "blocks", "stopped"],
)
def test_a_cell_that_cannot_be_interrupted_is_ended(runner: RunnerClient, cell: str) -> None:
    """After a second of grace its process is killed; the outcome is a timeout all the same."""
    outcome = runner.execute(cell, 0.3)
    assert outcome.status == "timeout"
    assert not runner.alive
    assert outcome.seconds < 4
    assert runner.execute("1", 5).status == "crash"


def test_time_spent_in_making_a_value_plain_counts(runner: RunnerClient) -> None:
    """A repr that never ends stops the cell; an object that never turns into an array stops the fetch."""
    runner.execute(
        "class E:\n    def __repr__(self):\n        while True: pass\n    __array__ = __iter__ = __repr__", 20
    )
    assert runner.execute("E()", 0.3).status == "timeout"
    runner.execute("e = E()", 20)
    assert runner.fetch(["e"], 0.5).status in ("ok", "timeout")


@pytest.mark.parametrize(
    "cell",
    [
        "x = bytearray(10**9)",
        "import numpy as np\nx = np.ones(10**9)",
        "x = []\nwhile True:\n    x.append([0] * 10000)",
        "x = []\nwhile len(x) < 10**6:\n    try:\n        x.append(bytes(10**4))\n    except MemoryError: break",
    ],
)
def test_memory_runs_out_with_a_sentence(runner: RunnerClient, cell: str) -> None:
    """MemoryError in the cell that took too much; the runner lives on unless its variables hold all there is."""
    outcome = runner.execute(cell, 30)
    assert outcome.status == "memory"
    assert outcome.error is not None
    assert "700 MiB" in outcome.error.message
    assert lives_on(runner) == ("append" not in cell)  # a list of small things is still there


def test_memory_of_all_processes_together_is_bounded(runner: RunnerClient) -> None:
    """Ten processes that each stay below the limit are seen from outside and ended."""
    outcome = runner.execute(
        "import os, time\nfor _ in range(10):\n    if os.fork() == 0:\n        x = bytearray(b'1') * (150 << 20)\n"
        "        time.sleep(60)\n        os._exit(0)\ntime.sleep(60)",
        20,
    )
    assert outcome.status == "memory"
    assert not runner.alive


def test_shared_memory_is_counted(runner: RunnerClient) -> None:
    """Anonymous shared mappings are outside the kernel's data limit, not outside the watchdog's."""
    outcome = runner.execute(
        "import mmap, time\nm = mmap.mmap(-1, 900 << 20)\nm.write(b'1' * (900 << 20))\ntime.sleep(9)", 20
    )
    assert outcome.status == "memory"


def test_a_fork_bomb_goes_off_without_harm(sandbox: Sandbox, runner: RunnerClient) -> None:
    """The number of processes is bounded; the next submission starts as quickly as ever."""
    outcome = runner.execute("import os\nwhile True:\n    os.fork()", 3)
    assert outcome.status != "ok"
    runner.close()
    start = time.monotonic()
    assert lives_on(sandbox.runner({}))
    assert time.monotonic() - start < 5


def test_a_thread_bomb_goes_off_without_harm(runner: RunnerClient) -> None:
    """Threads count like processes."""
    outcome = runner.execute(
        "import threading, time\nfor _ in range(1000):\n    threading.Thread(target=time.sleep, args=(60,)).start()", 5
    )
    assert outcome.status == "error"
    assert outcome.error is not None
    assert outcome.error.type_name == "RuntimeError"


@pytest.mark.parametrize(
    "cell",
    [
        "while True:\n    print('x' * 100)",
        "import sys\nwhile True:\n    sys.stderr.write('x')",
        "while True:\n    try:\n        while True: print('x' * 1000)\n    except BaseException: pass",
        "!yes",
        "while True:\n    display('x' * 500)",
        "print('x' * 10**6)",
        "'x' * 10**6",
        "import os\nwhile True:\n    os.write(1, b'x' * 1000)",
        "import subprocess\nsubprocess.run(['yes'])",
        "import sys\nsys.stdout.buffer.write(b'x' * 10**6)",
        "from IPython.display import clear_output\nwhile True:\n    print('x' * 100)\n    clear_output()",
    ],
)
def test_a_flood_of_output_is_stopped_while_it_is_produced(runner: RunnerClient, cell: str) -> None:
    """What was shown up to the limit is kept, and the status says why the cell ended."""
    outcome = runner.execute(cell, 20)
    assert outcome.status == "output"
    assert outcome.seconds < 5
    assert sum(len(str(output)) for output in outcome.outputs) < 50_000
    assert outcome.error is not None
    assert "more output" in outcome.error.message


def test_a_flood_of_images_is_stopped(runner: RunnerClient) -> None:
    """Figures have a limit of their own."""
    outcome = runner.execute("import matplotlib.pyplot as plt\nwhile True:\n    plt.plot([1, 2])\n    plt.show()", 20)
    assert outcome.status == "output"
    assert 1 <= len(shown(outcome, "image/png")) < 40


def test_prints_in_calls_are_bounded(runner: RunnerClient) -> None:
    """A function that prints for ever is stopped like a cell."""
    runner.execute("def f():\n    while True:\n        print('x' * 100)", 20)
    outcome = call(runner, "f")
    assert outcome.status == "output"
    assert len(outcome.printed) <= 20_000
    assert lives_on(runner)


def test_many_prints_in_a_call_are_cut_but_no_failure(runner: RunnerClient) -> None:
    """A print in each of a loop's thousands of steps."""
    runner.execute("def f():\n    for i in range(500):\n        print('x' * 100)\n    return i", 20)
    outcome = call(runner, "f")
    assert outcome.status == "ok"
    assert 10_000 < len(outcome.printed) <= 20_000


def test_a_thread_that_prints_for_ever_ends_with_its_notebook(sandbox: Sandbox, runner: RunnerClient) -> None:
    """Output from the background is bounded as well."""
    runner.execute("import threading\ndef loop():\n    while True: print('x' * 100)\n", 20)
    runner.execute("threading.Thread(target=loop, daemon=True).start()", 20)
    runner.execute("import time\ntime.sleep(0.3)", 20)
    runner.close()
    assert lives_on(sandbox.runner({}))


def test_the_disk_cannot_be_filled(sandbox: Sandbox, runner: RunnerClient) -> None:
    """One file, many files and sparse files all end at the limit; the next submission finds it empty."""
    big = runner.execute("with open('big', 'wb') as f:\n    while True: f.write(b'x' * 10**6)", 20)
    assert big.error is not None
    assert big.error.type_name == "OSError"
    many = runner.execute("for i in range(10**6):\n    open(f'f{i}', 'wb').write(b'x' * 10**5)", 20)
    assert many.error is not None
    assert "No space left" in many.error.message
    assert runner.execute("open('/dev/shm/x', 'wb').write(b'x' * 10**8)", 20).status == "error"
    runner.close()
    fresh = sandbox.runner({})
    assert shown(fresh.execute("import os\nos.listdir('.'), os.listdir('/dev/shm'), os.listdir('/notebook')", 20)) == [
        "([], [], ['tmp', 'student'])"
    ] or shown(fresh.execute("os.listdir('.'), os.listdir('/dev/shm')", 20)) == ["([], [])"]
    assert fresh.execute("open('f', 'wb').write(b'x' * 10**6)", 20).status == "ok"


def test_odd_leftovers_do_not_stop_the_next_submission(sandbox: Sandbox, runner: RunnerClient) -> None:
    """Folders without rights, links and deep trees are removed."""
    runner.execute(
        "import os\nos.makedirs('locked/inside')\nopen('locked/inside/f', 'w').close()\nos.chmod('locked', 0)\n"
        "os.symlink('/usr', 'link')\nos.mkfifo('pipe')\n"
        "for _ in range(100):\n    os.mkdir('d')\n    os.chdir('d')",
        20,
    )
    runner.close()
    assert shown(sandbox.runner({}).execute("import os\nos.listdir('.')", 20)) == ["[]"]


def test_open_files_run_out_as_an_error(runner: RunnerClient) -> None:
    """Of the cell that opened them; the engine's own channel is open already."""
    outcome = runner.execute("files = []\nwhile True:\n    files.append(open('/dev/null'))", 20)
    assert outcome.error is not None
    assert "Too many open files" in outcome.error.message
    assert runner.execute("1", 20).status == "ok"
    assert text(runner.execute("files.clear()\nprint('fine')", 20)) == "fine\n"
