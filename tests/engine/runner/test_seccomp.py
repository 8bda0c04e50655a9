"""The system call filter: its numbers are the kernel's, and it decides each call as it says, on both architectures."""

from __future__ import annotations

import errno
import importlib.util
import os
import struct
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from types import ModuleType

import pytest

from autograder.runner import landlock, seccomp
from autograder.runner.syscalls import NUMBERS
from autograder.sandbox import levels
from autograder.sandbox.sandbox import Sandbox
from tests.engine.runner.conftest import SMALL, shown

ROOT = Path(__file__).resolve().parents[3]
MACHINES = ("x86_64", "aarch64")
ALLOWED, KILLED, ASKED = 0, -1, -2  # what `verdict` returns besides an errno


def tool() -> ModuleType:
    """Import tools/syscalls.py, which is no package."""
    spec = importlib.util.spec_from_file_location("syscalls_tool", ROOT / "tools/syscalls.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def verdict(code: bytes, architecture: int, number: int, arguments: tuple[int, ...] = ()) -> int:
    """Interpret a filter for one call: `ALLOWED`, `KILLED`, `ASKED` or the errno that it answers with."""
    padded = (*arguments, *(0,) * (6 - len(arguments)))
    data = struct.pack("<iIQ6Q", number if number < 1 << 31 else number - (1 << 32), architecture, 0, *padded)
    operations = list(struct.iter_unpack("=HBBI", code))
    position, accumulator = 0, 0
    while True:
        operation, if_true, if_false, value = operations[position]
        position += 1
        if operation == 0x06:  # return
            known = {0x7FFF0000: ALLOWED, 0x80000000: KILLED, 0x7FC00000: ASKED}
            verdict: int = known.get(value, value & 0xFFFF)
            return verdict
        if operation == 0x20:  # load
            (accumulator,) = struct.unpack_from("<I", data, value)
        else:
            holds = {0x15: accumulator == value, 0x25: accumulator > value, 0x45: bool(accumulator & value)}[operation]
            position += if_true if holds else if_false


@pytest.fixture(params=MACHINES)
def machine(request: pytest.FixtureRequest) -> str:
    """Each architecture that the filter knows."""
    return str(request.param)


def decide(machine: str, name: str, *arguments: int, namespaces: bool = True, signals: bool = True) -> int:
    """The verdict on a call by name."""
    column, architecture = seccomp.MACHINES[machine]
    number = NUMBERS[name][column]
    if number is None:
        pytest.skip(f"{machine} has no {name}")
    code = seccomp.program(namespaces=namespaces, signals=signals, machine=machine)
    return verdict(code, architecture, number, arguments)


def test_the_numbers_are_those_of_the_headers() -> None:
    """What this machine's headers and the generated module both know is the same, entry by entry."""
    headers = tool().tables()
    if headers is None:
        pytest.skip("linux-libc-dev is not installed")
    for column, table in enumerate(headers):
        assert len(table) > 250
        for name, number in table.items():
            if name in NUMBERS and NUMBERS[name][column] is not None:
                assert NUMBERS[name][column] == number, name
        assert len(set(table) - set(NUMBERS)) < 20  # headers that are newer than the module


def test_the_module_is_what_the_tool_writes() -> None:
    """With the headers that it was made from; others may know more or fewer calls."""
    module = tool()
    headers = module.tables()
    if headers is None:
        pytest.skip("linux-libc-dev is not installed")
    written = module.module_text(*headers)
    known = {line.strip() for line in (ROOT / "autograder/runner/syscalls.py").read_text().splitlines()}
    missing = [line for line in written.splitlines() if line.strip() not in known]
    assert all(line.startswith('    "') for line in missing), missing
    assert len(missing) < 20, missing


def test_no_number_is_used_twice() -> None:
    """Within an architecture; and new calls have one number on both."""
    for column in (0, 1):
        numbers = [pair[column] for pair in NUMBERS.values() if pair[column] is not None]
        assert len(numbers) == len(set(numbers)) > 300
    assert all(first == second for first, second in NUMBERS.values() if first is not None and first >= 424)
    assert NUMBERS["setxattrat"] == (463, 463)


def test_a_header_is_read_as_the_compiler_reads_it() -> None:
    """Conditions, one macro that names another, comments and continued lines."""
    header = """
    /* #define __NR_comment 1 */
    #define __NR_plain 1
    #define __NR3264_long 2
    #if defined(WANTED) && !defined(OTHER) || BITS != 32
    #define __NR_wanted 3
    #else
    #define __NR_unwanted 4
    #endif
    #ifdef OTHER
    #if 1
    #define __NR_nested 5
    #endif
    #endif
    #define __NR_long __NR3264_long
    #define __NR_gone 6
    #undef __NR_gone
    """
    assert tool().read_header(header, {"WANTED": 1, "BITS": 64}) == {"plain": 1, "wanted": 3, "long": 2}


@pytest.mark.parametrize("name", seccomp.DENIED)
def test_what_is_never_needed_is_refused_at_every_level(machine: str, name: str) -> None:
    """Operation not permitted."""
    for namespaces in (True, False):
        assert decide(machine, name, namespaces=namespaces) == errno.EPERM


@pytest.mark.parametrize("name", [*seccomp.ATTRIBUTES, *seccomp.WATCHING])
def test_attributes_and_watches_are_refused_without_namespaces(machine: str, name: str) -> None:
    """And allowed within."""
    assert decide(machine, name, namespaces=False) == errno.EPERM
    assert decide(machine, name, namespaces=True) == ALLOWED


def test_every_call_that_sets_an_attribute_is_known() -> None:
    """Judged by its name, so that a call which the table gains is not forgotten here."""
    prefixes = ("set", "lset", "fset", "remove", "lremove", "fremove")
    by_name = {name for name in NUMBERS if "xattr" in name and name.startswith(prefixes)}
    by_name |= {name for name in NUMBERS if "chmod" in name or "chown" in name or "file_setattr" in name}
    by_name |= {name for name in NUMBERS if name.startswith(("utime", "futime"))}
    assert by_name == set(seccomp.ATTRIBUTES)
    watches = {name for name in NUMBERS if "notify" in name} - {"mq_notify", "inotify_rm_watch"}
    assert watches == set(seccomp.WATCHING)


@pytest.mark.parametrize("name", seccomp.SIGNALLING)
def test_signals_are_refused_where_nothing_keeps_them_inside(machine: str, name: str) -> None:
    """Every call that sends one."""
    assert decide(machine, name, signals=False) == errno.EPERM
    assert decide(machine, name, signals=True) == ALLOWED


@pytest.mark.parametrize("name", ["sched_setscheduler", "sched_setparam", "sched_setattr", "sched_setaffinity"])
def test_scheduling_is_the_own_processs_alone(machine: str, name: str) -> None:
    """Process 0 is the caller; any other number is refused, also one whose upper half is junk."""
    assert decide(machine, name, 0) == ALLOWED
    assert decide(machine, name, 0xFFFFFFFF00000000) == ALLOWED  # the kernel takes 32 bits
    for process in (1, 2, 4711, 0xFFFFFFFF, 0x100000001):
        assert decide(machine, name, process) == errno.EPERM


@pytest.mark.parametrize(
    ("name", "own", "others"),
    [
        ("setpriority", (0, 0, 5), [(0, 1, 5), (1, 0, 5), (2, 0, 5), (1, 7, 5), (2, 1000, 5)]),
        ("ioprio_set", (1, 0, 3 << 13), [(1, 1, 0), (2, 0, 0), (3, 0, 0), (3, 1000, 0)]),
        ("prlimit64", (0, 7), [(1, 7), (4711, 7)]),
    ],
)
def test_priority_and_limits_are_the_own_processs_alone(
    machine: str, name: str, own: tuple[int, ...], others: list[tuple[int, ...]]
) -> None:
    """A process group and a user hold others, whatever the number."""
    for namespaces in (True, False):
        assert decide(machine, name, *own, namespaces=namespaces) == ALLOWED
        for arguments in others:
            assert decide(machine, name, *arguments, namespaces=namespaces) == errno.EPERM, arguments


def test_sockets_and_namespaces_by_argument(machine: str) -> None:
    """Local sockets within namespaces only; clone without a user namespace; clone3 as if it were not there."""
    assert decide(machine, "socket", 1) == ALLOWED
    assert decide(machine, "socket", 1, namespaces=False) == errno.EPERM
    for family in (2, 10, 16, 17, 38, 40):
        assert decide(machine, "socket", family) == errno.EPERM
    assert decide(machine, "clone", 17) == ALLOWED
    assert decide(machine, "clone", 17 | 0x10000000) == errno.EPERM
    assert decide(machine, "clone3") == errno.ENOSYS


def test_memory_that_shows_in_no_process_is_asked_for(machine: str) -> None:
    """Shared anonymous mappings alone, and pairs of sockets where no namespace counts them."""
    shared, private, anonymous = 0x01, 0x02, 0x20
    for more in (0, 0x4000, 0x8000, 0x40000):  # MAP_NORESERVE, MAP_POPULATE, MAP_HUGETLB
        assert decide(machine, "mmap", 0, 4096, 3, shared | anonymous | more) == ASKED
        assert decide(machine, "mmap", 0, 4096, 3, private | anonymous | more) == ALLOWED
        assert decide(machine, "mmap", 0, 4096, 3, shared | more, 4) == ALLOWED
    assert decide(machine, "socketpair", 1, 1) == ALLOWED
    assert decide(machine, "socketpair", 1, 1, namespaces=False) == ASKED
    assert decide(machine, "setsockopt", 4, 1, 7) == 0
    filter_code = seccomp.program(namespaces=True, signals=True, machine=machine)
    assert struct.pack("=HBBI", 0x06, 0, 0, 0x00050000) in filter_code  # errno 0: it only seems to succeed


def test_flags_cannot_be_set_by_ioctl_without_namespaces(machine: str) -> None:
    """FS_IOC_SETFLAGS does what file_setattr does; other commands pass."""
    for command in seccomp.SET_FLAGS_IOCTLS:
        assert decide(machine, "ioctl", 3, command, namespaces=False) == errno.EPERM
        assert decide(machine, "ioctl", 3, command) == ALLOWED
    assert decide(machine, "ioctl", 1, 0x5401, namespaces=False) == ALLOWED


def test_numbers_that_nobody_knows_yet_do_not_exist(machine: str) -> None:
    """So that libc falls back, and nothing new is let in; the x32 calls of x86-64 are among them."""
    _, architecture = seccomp.MACHINES[machine]
    for namespaces in (True, False):
        code = seccomp.program(namespaces=namespaces, signals=namespaces, machine=machine)
        for number in (seccomp.newest(machine) + 1, 500, 1023, 0x40000000, 0x40000000 + 62, 0x7FFFFFFF, 0xFFFFFFFF):
            assert verdict(code, architecture, number) == errno.ENOSYS, number


def test_every_other_call_is_allowed(machine: str) -> None:
    """Reading, writing, mapping, waiting: whatever is in no list."""
    listed = {*seccomp.DENIED, *seccomp.ATTRIBUTES, *seccomp.WATCHING, *seccomp.SIGNALLING, *seccomp.OWN_PROCESS_ONLY}
    column, architecture = seccomp.MACHINES[machine]
    code = seccomp.program(namespaces=False, signals=False, machine=machine)
    for name in set(NUMBERS) - listed - {"socket", "socketpair", "clone3"}:
        if (number := NUMBERS[name][column]) is not None:
            assert verdict(code, architecture, number) == ALLOWED, name


def test_another_architecture_is_killed(machine: str) -> None:
    """A 32-bit call has other numbers."""
    code = seccomp.program(namespaces=True, signals=True, machine=machine)
    assert verdict(code, 0x40000003, 1) == KILLED


# --- the filter at work ------------------------------------------------------------------------------------------


@pytest.fixture(params=["full", "landlock"])
def filtered(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    """A sandbox at each level with a filter."""
    if request.param == "full" and not levels.detect().bwrap_works:
        pytest.skip("bubblewrap does not work here")
    if request.param == "landlock" and levels.detect().landlock < landlock.NETWORK_SINCE:
        pytest.skip("no Landlock here")
    with closing(Sandbox(SMALL, request.param)) as sandbox:
        yield sandbox


STATE = "import os\nos.getpriority(os.PRIO_PROCESS, 0), os.sched_getscheduler(0), sorted(os.sched_getaffinity(0))"
CHANGE_OTHERS = """
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
results = []
for process in (os.getppid(), 1):
    for change in (
        lambda: os.setpriority(os.PRIO_PROCESS, process, 19),
        lambda: os.setpriority(os.PRIO_USER, os.getuid(), 19),
        lambda: os.setpriority(os.PRIO_USER, 0, 19),
        lambda: os.setpriority(os.PRIO_PGRP, 0, 19),
        lambda: os.sched_setaffinity(process, {0}),
        lambda: os.sched_setscheduler(process, os.SCHED_IDLE, os.sched_param(0)),
        lambda: os.sched_setparam(process, os.sched_param(0)),
    ):
        try:
            change()
            results.append("done")
        except PermissionError:
            results.append("refused")
set(results)
"""


def test_the_next_runner_has_the_priority_of_the_first(filtered: Sandbox) -> None:
    """Whatever a cell tries on the warm parent or on all processes of its user."""
    with closing(filtered.runner({})) as runner:
        before = shown(runner.execute(STATE, 20))
        assert shown(runner.execute(CHANGE_OTHERS, 20)) == ["{'refused'}"]
        own = "os.nice(3); os.sched_setaffinity(0, {min(os.sched_getaffinity(0))}); os.getpriority(os.PRIO_PROCESS, 0)"
        assert int(shown(runner.execute(own, 20))[0]) == int(before[0].split(",")[0].lstrip("(")) + 3
    with closing(filtered.runner({})) as runner:
        assert shown(runner.execute(STATE, 20)) == before


NEW_CALLS = """
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
def answer(number, *arguments):
    ctypes.set_errno(0)
    libc.syscall(ctypes.c_long(number), *map(ctypes.c_long, arguments))
    return ctypes.get_errno()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="system calls of Linux")
def test_files_of_the_grader_keep_their_attributes_without_namespaces(tmp_path: Path) -> None:
    """Attributes, flags and times, by old calls and new ones, and no watch on what the grader opens."""
    if levels.detect().landlock < landlock.NETWORK_SINCE:
        pytest.skip("no Landlock here")
    path = tmp_path / "submitted.ipynb"
    path.write_text("{}")
    before = path.stat()
    with closing(Sandbox(SMALL, "landlock")) as sandbox, closing(sandbox.runner({"data.csv": b"a\n1\n"})) as runner:
        runner.execute(NEW_CALLS, 20)
        for name in ("setxattrat", "removexattrat", "file_setattr", "inotify_init1", "fanotify_init"):
            number = NUMBERS[name][seccomp.MACHINES[os.uname().machine][0]]
            assert shown(runner.execute(f"answer({number}, -100, 0, 0, 0, 0, 0)", 20)) == [str(errno.EPERM)], name
        assert shown(runner.execute("answer(1000), answer(472)", 20)) == [f"({errno.ENOSYS}, {errno.ENOSYS})"]
        outcome = runner.execute(f"os.utime({str(path)!r}, (0, 0))", 20)
        assert outcome.error is not None
        assert outcome.error.type_name == "PermissionError"
        honest = (
            "import pandas as pd, numpy as np, shutil, zipfile, pathlib\n"
            "pd.DataFrame({'a': [1]}).to_csv('out.csv'); np.save('x.npy', np.zeros(3))\n"
            "shutil.copy2('data.csv', 'copy.csv'); shutil.copy('data.csv', 'other.csv')\n"
            "os.mkdir('d'); shutil.copytree('d', 'e'); shutil.make_archive('z', 'zip', '.', 'data.csv')\n"
            "pathlib.Path('data.csv').touch(); zipfile.ZipFile('z.zip').extractall('d')\n"
            "open('copy.csv').read() + open('d/data.csv').read()"
        )
        assert shown(runner.execute(honest, 20)) == [repr("a\n1\na\n1\n")]
    assert path.stat().st_mtime_ns == before.st_mtime_ns
