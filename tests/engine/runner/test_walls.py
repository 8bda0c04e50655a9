"""What a student's code can see and touch: its own folder and the libraries, and nothing else."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path
from typing import Any

import pytest

from autograder.sandbox.client import RunnerClient
from autograder.sandbox.sandbox import Sandbox
from tests.engine.runner.conftest import shown, text

ROOT = Path(__file__).resolve().parents[3]


def value(runner: RunnerClient, expression: str, setup: str = "import os, sys") -> Any:
    """What an expression of plain literals is inside."""
    outcome = runner.execute(f"{setup}\nprint(repr({expression}))", 20)
    assert outcome.status == "ok", outcome.error
    return eval(text(outcome), {"__builtins__": {}})


def refused(runner: RunnerClient, cell: str) -> str:
    """Run a cell that must fail; the name of its error."""
    outcome = runner.execute(cell, 20)
    assert outcome.status == "error", outcome
    assert outcome.error is not None
    return outcome.error.type_name


def test_the_environment_holds_nothing_of_the_grader(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only variables of our making, also for a sandbox that is started with secrets around it."""
    monkeypatch.setenv("DATABASE_PASSWORD", "secret")
    for name in ("USER", "LOGNAME", "USERNAME"):
        monkeypatch.setenv(name, "grader")
    sandbox.kill()
    environment = value(sandbox.runner({}), "dict(os.environ)")
    assert "grader" not in environment.values()
    assert environment.pop("USER") == environment["LOGNAME"] == "student"
    names = sorted(environment)
    assert isinstance(names, list)
    assert "DATABASE_PASSWORD" not in names
    assert not [name for name in names if name.startswith(("AUTOGRADER", "JUPYTER", "JPY", "SSH", "USER"))]


def test_no_file_of_the_project_is_there(runner: RunnerClient) -> None:
    """Neither the project's folder, nor its answers, nor a gradebook; the environment beside it is."""
    for path in (ROOT / "solutions", ROOT / "source", ROOT / "gradebook.db", ROOT / "README.md", Path.home() / ".ssh"):
        assert value(runner, f"os.path.exists({str(path)!r})") is False
    assert (
        value(runner, "[p for p in ('/root/.bashrc', '/var', '/proc', '/sys', '/mnt', '/srv') if os.path.exists(p)]")
        == []
    )


def test_the_answers_cannot_be_imported(runner: RunnerClient) -> None:
    """No package of the project besides the engine's runner side is on the path."""
    for name in (
        "solutions",
        "labs",
        "coursebuild",
        "autograder.judge",
        "autograder.gradebook.store",
        "autograder.grading.submission",
        "tests",
    ):
        assert refused(runner, f"import {name}") == "ModuleNotFoundError"


def test_hidden_packages_are_empty_folders(sandbox: Sandbox) -> None:
    """A course that is installed into the environment does not give its answers away."""
    hiding = Sandbox(sandbox.limits, sandbox.level, hidden=("nbval",))
    try:
        assert refused(hiding.runner({}), "import nbval.plugin") == "ModuleNotFoundError"
    finally:
        hiding.close()


def test_nothing_but_the_own_folder_can_be_written(runner: RunnerClient) -> None:
    """Libraries are read-only, the root and /dev too; temporary files work."""
    for path in ("/x", "/usr/lib/x", "/dev/x", "/etc/x", "/engine/x", os.__file__):
        assert refused(runner, f"open({path!r}, 'w')") in ("PermissionError", "OSError")
    assert value(runner, "open('own', 'w').write('x')") == 1
    assert value(runner, "tempfile.NamedTemporaryFile().name.startswith('/notebook/tmp/')", "import tempfile") is True
    if not sys.prefix.startswith("/tmp/"):
        assert value(runner, "open('/tmp/y', 'w').write('x')") == 1


def test_the_runner_is_nobody(runner: RunnerClient) -> None:
    """No rights left: no root, no groups, no way back, no core dumps."""
    if os.getuid() == 0:
        assert value(runner, "os.getuid() != 0 and os.getgid() != 0 and os.getgroups() == []") is True
        assert refused(runner, "import os\nos.setuid(0)") == "PermissionError"
    assert refused(runner, "import os\nos.chroot('.')") == "PermissionError"
    assert value(runner, "resource.getrlimit(resource.RLIMIT_CORE)", "import resource") == (0, 0)
    assert refused(runner, "import resource\nresource.setrlimit(resource.RLIMIT_CORE, (1, 1))") in (
        "ValueError",
        "PermissionError",
    )


def test_no_network(runner: RunnerClient) -> None:
    """Neither TCP nor UDP nor raw sockets nor names, not even the machine's own; pairs of local sockets work."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        port = server.getsockname()[1]
        cell = f"import socket\nsocket.create_connection(('127.0.0.1', {port}), timeout=2)"
        assert refused(runner, cell) in ("PermissionError", "ConnectionRefusedError", "OSError")
    for family, kind in (
        ("AF_INET", "SOCK_STREAM"),
        ("AF_INET6", "SOCK_DGRAM"),
        ("AF_INET", "SOCK_RAW"),
        (16, 3),
        (17, 3),
    ):
        family_text = f"socket.{family}" if isinstance(family, str) else family
        kind_text = f"socket.{kind}" if isinstance(kind, str) else kind
        assert refused(runner, f"import socket\nsocket.socket({family_text}, {kind_text})") == "PermissionError"
    assert refused(runner, "import urllib.request\nurllib.request.urlopen('http://example.org')") == "URLError"
    assert value(runner, "a.send(b'x')", "import socket\na, b = socket.socketpair()") == 1


def test_no_other_process_can_be_seen_or_signalled(runner: RunnerClient) -> None:
    """The PID namespace holds the warm parent (1) and the runner; signals to the parent do nothing."""
    pids = value(runner, "[p for p in range(1, 400) if exists(p)]", EXISTS)
    assert isinstance(pids, list)
    assert set(pids) <= {1, value(runner, "os.getpid()")}
    for number in ("SIGKILL", "SIGTERM", "SIGINT", "SIGSTOP", "SIGUSR1", "SIGSEGV"):
        runner.execute(f"import os, signal\nos.kill(1, signal.{number})", 20)
    runner.execute("import os\nos.killpg(0, 0)\nos.kill(-1, 0)", 20)
    assert shown(runner.execute("6 * 7", 20)) == ["42"]


EXISTS = """import os
def exists(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
"""


def test_the_warm_parent_cannot_be_read_or_traced(runner: RunnerClient) -> None:
    """No /proc, and the system calls that look into other processes are refused."""
    assert refused(runner, "open('/proc/1/mem', 'rb')") in ("FileNotFoundError", "PermissionError")
    for number, arguments in (
        (101, "16, 1, 0, 0"),
        (310, "1, 0, 0, 0, 0, 0"),
        (438, "3, 0, 0"),
    ):  # ptrace, vm_readv, getfd
        cell = f"{LIBC}l.syscall({number}, {arguments}), ctypes.get_errno()"
        if os.uname().machine == "x86_64":
            assert shown(runner.execute(cell, 20)) == ["(-1, 1)"]


def test_only_the_channel_is_open(runner: RunnerClient) -> None:
    """Neither the control socket nor a terminal nor another runner's channel was inherited."""
    opened = value(runner, "[fd for fd in range(100) if is_open(fd)]", IS_OPEN)
    assert isinstance(opened, list)
    assert set(opened) <= {0, 1, 2, 3, 4}  # 4: sys.stdin as Python opened it
    assert refused(runner, "open('/dev/tty')") in ("FileNotFoundError", "OSError", "PermissionError")


LIBC = "import ctypes\nl = ctypes.CDLL(None, use_errno=True)\n"
IS_OPEN = """import os
def is_open(fd):
    try:
        os.fstat(fd)
    except OSError:
        return False
    return True
"""


def test_no_new_namespaces_and_no_hidden_memory(runner: RunnerClient) -> None:
    """unshare, user namespaces through clone, memfd, shared memory segments, io_uring, keys: all refused."""
    if os.uname().machine != "x86_64":
        pytest.skip("numbers of x86_64")
    calls = {
        "unshare": (272, "0x10000000"),
        "clone": (56, "0x10000011, 0, 0, 0, 0"),
        "memfd_create": (319, "b'x', 0"),
        "shmget": (29, "0, 4096, 0o1600"),
        "io_uring_setup": (425, "1, 0"),
        "keyctl": (250, "0, -3, 0"),
        "mount": (165, "b'x', b'/notebook/student', b'tmpfs', 0, 0"),
        "bpf": (321, "0, 0, 0"),
    }
    for name, (number, arguments) in calls.items():
        cell = f"{LIBC}l.syscall({number}, {arguments}), ctypes.get_errno()"
        assert shown(runner.execute(cell, 20)) == ["(-1, 1)"], name


def test_only_the_own_limits_can_be_set(sandbox: Sandbox, runner: RunnerClient) -> None:
    """A limit of the warm parent would be one of every later submission's."""
    set_limit = "import resource\nresource.prlimit({}, resource.RLIMIT_CORE, (0, 0))"
    for process in ("1", "__import__('os').getppid()"):
        outcome = runner.execute(set_limit.format(process), 20)
        assert outcome.error is not None
        assert outcome.error.type_name == "PermissionError"
    assert runner.execute(set_limit.format("0"), 20).status == "ok"
    assert runner.execute("resource.setrlimit(resource.RLIMIT_NOFILE, (32, 32))", 20).status == "ok"
    runner.close()
    assert int(value(sandbox.runner({}), "__import__('resource').getrlimit(7)[0]")) >= 64


def test_nothing_survives(sandbox: Sandbox, runner: RunnerClient) -> None:
    """A process that left its session and its parent is gone when the next submission starts, with its files."""
    left = (
        "import os, time\nif os.fork() == 0:\n    os.setsid()\n    if os.fork() == 0:\n        while True:\n"
        "            open('alive', 'a').write('x')\n            time.sleep(0.01)\n    os._exit(0)\nos.wait()\n"
        "while not os.path.exists('alive'):\n    time.sleep(0.01)"
    )
    assert runner.execute(left, 20).status == "ok"
    other = "import subprocess\nsubprocess.Popen(['nohup', 'sleep', '1000'], start_new_session=True)"
    assert runner.execute(other, 20).status == "ok"
    runner.close()
    assert runner.leftovers == 2
    fresh = sandbox.runner({})
    assert value(fresh, "[p for p in range(2, 2000) if exists(p) and p != os.getpid()]", EXISTS) == []
    assert value(fresh, "os.listdir('/notebook/tmp') + os.listdir('/notebook/student')") == []


def test_a_second_runner_ends_the_first(sandbox: Sandbox, runner: RunnerClient) -> None:
    """Two submissions are never inside one sandbox at the same time."""
    second = sandbox.runner({})
    assert runner.execute("1", 20).status == "crash"
    assert shown(second.execute("6 * 7", 20)) == ["42"]


def test_honest_tools_work(runner: RunnerClient) -> None:
    """What a lab may well use: parallel jobs, sqlite, pickles, zip files, copies, threads, timing, warnings."""
    cells = {
        "joblib": "from joblib import Parallel, delayed\nParallel(n_jobs=2)(delayed(abs)(i) for i in range(4))",
        "multiprocessing": "import multiprocessing as m\nwith m.Pool(2) as pool: print(pool.map(abs, [1, -2]))",
        "sqlite": "import sqlite3\nsqlite3.connect('x.db').execute('create table t (a)')",
        "copy": "import shutil\nshutil.copy2('data.csv', 'copy.csv'), shutil.make_archive('a', 'zip', '.', 'data.csv')",
        "numpy files": "import numpy as np\nnp.save('a.npy', np.zeros(3)); np.load('a.npy')",
        "savefig": "import matplotlib.pyplot as plt\nplt.plot([1]); plt.savefig('a.png'); plt.savefig('a.pdf')",
        "threads": "import threading\nt = threading.Thread(target=print, args=(1,)); t.start(); t.join()",
        "pathlib": "from pathlib import Path\nPath('d').mkdir(); Path('d/x').write_text('y'); Path.home()",
        "platform": "import platform, os\nplatform.platform(), os.cpu_count(), os.getlogin if 0 else 1",
        "sklearn": "from sklearn.svm import SVC as L\nL().fit([[0], [1]], [0, 1]).predict([[1]])",
        "late import": "import scipy.optimize, sklearn.ensemble, sklearn.neural_network",
        "logging": "import logging\nlogging.warning('w')",
    }
    for name, cell in cells.items():
        outcome = runner.execute(cell, 60)
        assert outcome.status == "ok", (name, outcome.error)
        assert outcome.sightings == [], name
