"""A seccomp filter: system calls that a student's cell never needs are refused with "operation not permitted".

Each group closes a way around one of the other limits: memory that no process is charged for, objects that outlive the
process, other processes' memory and priority, new namespaces, and the network. The numbers come from the kernel's own
tables (`autograder.runner.syscalls`). A call above the newest number there is answered with "no such call" (ENOSYS), as
an older kernel would, so that libc falls back to a call that the filter knows. Calls that take memory which shows in
no process, and which notebooks may need, are put to the warm parent (`autograder.runner.shared_memory`).

Where no namespaces surround the runner (level "landlock"), it has the grader's own user and sees the grader's paths.
Landlock guards what files hold, but neither their attributes nor who watches them, and a filter cannot see paths: it
gets a pointer. So every call that changes mode, owner, extended attributes, flags or times is refused there, also for
the student's own files, and so are inotify and fanotify, which would tell what the grader opens. Writing files needs
none of these. Copying with `shutil.copy` and `copy2` does: `autograder.runner.restrict.allow_plain_copies` lets them
copy the content alone. `Path.touch` on a file that is there falls back to opening it. What stays open at that level is
reading: whether a path exists, its size, times and attributes.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct

from autograder.runner.syscalls import NUMBERS

DENIED = (
    # memory that shows in no process
    *("memfd_create", "memfd_secret", "vmsplice", "io_setup", "landlock_create_ruleset", "landlock_add_rule"),
    # objects that outlive a process
    *("shmget", "msgget", "semget", "mq_open", "add_key", "request_key", "keyctl"),
    # other processes
    *("ptrace", "process_vm_readv", "process_vm_writev", "process_madvise", "process_mrelease"),
    *("kcmp", "pidfd_getfd", "migrate_pages", "move_pages"),
    # new namespaces and mounts
    *("unshare", "setns", "mount", "umount2", "pivot_root", "open_tree", "open_tree_attr", "move_mount"),
    *("fsopen", "fsconfig", "fsmount", "fspick", "mount_setattr"),
    # system calls made by other means, and parts of the kernel with a long list of faults
    *("io_uring_setup", "io_uring_enter", "io_uring_register", "bpf", "perf_event_open", "userfaultfd"),
)
SIGNALLING = ("kill", "tkill", "tgkill", "pidfd_send_signal", "rt_sigqueueinfo", "rt_tgsigqueueinfo")
# What Landlock leaves alone; see the head of this module.
ATTRIBUTES = (
    *("chmod", "fchmod", "fchmodat", "fchmodat2", "chown", "fchown", "lchown", "fchownat"),
    *("setxattr", "lsetxattr", "fsetxattr", "setxattrat"),
    *("removexattr", "lremovexattr", "fremovexattr", "removexattrat"),
    *("file_setattr", "utime", "utimes", "futimesat", "utimensat"),
)
WATCHING = ("inotify_init", "inotify_init1", "inotify_add_watch", "fanotify_init", "fanotify_mark")
SET_FLAGS_IOCTLS = (0x40086602, 0x401C5820)  # FS_IOC_SETFLAGS and FS_IOC_FSSETXATTR: `file_setattr` by another name

# Calls that are allowed for the calling process alone (0): the next student's runner is forked from the warm parent and
# would inherit what was changed there. call -> (position, the only allowed value) of the arguments that decide.
PRIO_PROCESS, IOPRIO_WHO_PROCESS = 0, 1
OWN_PROCESS_ONLY: dict[str, tuple[tuple[int, int], ...]] = {
    "prlimit64": ((0, 0),),
    "setpriority": ((0, PRIO_PROCESS), (1, 0)),
    "ioprio_set": ((0, IOPRIO_WHO_PROCESS), (1, 0)),
    "sched_setscheduler": ((0, 0),),
    "sched_setparam": ((0, 0),),
    "sched_setattr": ((0, 0),),
    "sched_setaffinity": ((0, 0),),
}
MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}  # column of the table, AUDIT_ARCH

AF_UNIX = 1
SOL_SOCKET, SO_SNDBUF = 1, 7
MAP_SHARED, MAP_ANONYMOUS = 0x01, 0x20
NEW_USER_NAMESPACE = 0x10000000

LOAD, JUMP_EQUAL, JUMP_GREATER, JUMP_SET, RETURN = 0x20, 0x15, 0x25, 0x45, 0x06
NUMBER, ARCHITECTURE, FIRST_ARGUMENT, ARGUMENT_BYTES = 0, 4, 16, 8  # places in struct seccomp_data
ALLOW, KILL_PROCESS, ERRNO, ASK = 0x7FFF0000, 0x80000000, 0x00050000, 0x7FC00000
SET_MODE_FILTER, SPEC_ALLOW, NEW_LISTENER = 1, 4, 8


def supported() -> bool:
    """Whether the filter knows this machine's system call numbers."""
    return platform.machine() in MACHINES and struct.calcsize("P") == 8


def newest(machine: str) -> int:
    """Return the highest system call number that the table has for a machine."""
    column = MACHINES[machine][0]
    return max(number for numbers in NUMBERS.values() if (number := numbers[column]) is not None)


def number_of(call: str) -> int | None:
    """Return this machine's number of a system call; None where it has no such call.

    Raises:
        KeyError: the machine or the call is not known.
    """
    return NUMBERS[call][MACHINES[platform.machine()][0]]


def program(*, namespaces: bool, signals: bool, machine: str | None = None) -> bytes:
    """Return the filter as BPF code; empty where the machine is not known.

    Args:
        namespaces: whether there are namespaces around. Without them local sockets lead to the machine's own services,
            and changes of file attributes reach its own files, so both are refused.
        signals: whether signals may be sent (they may where a PID namespace or Landlock keeps them inside).
        machine: `x86_64` or `aarch64`; this machine by default.
    """
    if machine is None:
        if not supported():
            return b""
        machine = platform.machine()
    column, architecture = MACHINES[machine]
    denied = [*DENIED, *(() if signals else SIGNALLING), *(() if namespaces else (*ATTRIBUTES, *WATCHING, "socket"))]
    code = [
        _op(LOAD, ARCHITECTURE),
        _op(JUMP_EQUAL, architecture, 1, 0),
        _op(RETURN, KILL_PROCESS),
        _op(LOAD, NUMBER),
        _op(JUMP_GREATER, newest(machine), 0, 1),  # with it the x32 calls of x86-64, whose numbers start at 2**30
        _op(RETURN, ERRNO | errno.ENOSYS),
    ]
    for name in denied:
        code += _on_call(NUMBERS[name][column], [REFUSE])
    # clone3 hides its flags behind a pointer; libc falls back to clone when told that it is not there.
    code += _on_call(NUMBERS["clone3"][column], [_op(RETURN, ERRNO | errno.ENOSYS)])
    code += _on_call(NUMBERS["clone"][column], [_argument(0), _op(JUMP_SET, NEW_USER_NAMESPACE, 0, 1), REFUSE])
    # A socket keeps the size of its buffer, which the watchdog reckons with; the call seems to succeed (errno 0).
    size_alone = [_argument(1), _op(JUMP_EQUAL, SOL_SOCKET, 1, 0), ALLOW_IT, _argument(2)]
    size_alone += [_op(JUMP_EQUAL, SO_SNDBUF, 1, 0), ALLOW_IT, _op(RETURN, ERRNO)]
    code += _on_call(NUMBERS["setsockopt"][column], size_alone)
    shared = [_argument(3), _op(JUMP_SET, MAP_ANONYMOUS, 1, 0), ALLOW_IT]
    shared += [_op(JUMP_SET, MAP_SHARED, 1, 0), ALLOW_IT, ASK_PARENT]
    code += _on_call(NUMBERS["mmap"][column], shared)
    for name, conditions in OWN_PROCESS_ONLY.items():
        body = [op for argument, value in conditions for op in (_argument(argument), *_refuse_unless(value))]
        code += _on_call(NUMBERS[name][column], body)
    if namespaces:
        code += _on_call(NUMBERS["socket"][column], [_argument(0), *_refuse_unless(AF_UNIX)])
    else:
        code += _on_call(NUMBERS["socketpair"][column], [ASK_PARENT])
        body = [op for command in SET_FLAGS_IOCTLS for op in (_op(JUMP_EQUAL, command, 0, 1), REFUSE)]
        code += _on_call(NUMBERS["ioctl"][column], [_argument(1), *body])
    code.append(ALLOW_IT)
    return b"".join(code)


def _op(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("=HBBI", code, if_true, if_false, value)


REFUSE, ALLOW_IT, ASK_PARENT = _op(RETURN, ERRNO | errno.EPERM), _op(RETURN, ALLOW), _op(RETURN, ASK)


def _argument(position: int) -> bytes:
    """Load the lower half of an argument: the kernel takes process ids and flags like these as 32 bits."""
    return _op(LOAD, FIRST_ARGUMENT + ARGUMENT_BYTES * position)


def _refuse_unless(value: int) -> list[bytes]:
    """Refuse the call unless what was loaded last is this value."""
    return [_op(JUMP_EQUAL, value, 1, 0), REFUSE]


def _on_call(number: int | None, body: list[bytes]) -> list[bytes]:
    """Run `body` for the call with this number and allow what it lets pass; [] where the machine has no such call."""
    if number is None:
        return []
    if body[-1] == REFUSE and len(body) > 1:
        body = [*body, ALLOW_IT]
    return [_op(JUMP_EQUAL, number, 0, len(body)), *body]


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("code", ctypes.c_char_p))


def install(code: bytes) -> int:
    """Put the calling process and all that it starts under the filter. Needs `no_new_privs`.

    Returns:
        A file descriptor on which the filter asks about shared memory (`autograder.runner.shared_memory`); -1 where
        there is no filter, or where an outer one asks already, as in some containers: such mappings then fail.

    Raises:
        OSError: the kernel refused.
    """
    if not code:
        return -1
    filter_program = _Program(len(code) // 8, code)
    try:
        return _install(filter_program, NEW_LISTENER)
    except OSError as error:
        if error.errno != errno.EBUSY:
            raise
    _install(filter_program, 0)
    return -1


def _install(filter_program: _Program, flags: int) -> int:
    libc = ctypes.CDLL(None, use_errno=True)
    number = number_of("seccomp")
    # SPEC_ALLOW: without it some kernels slow a filtered process down by several percent.
    result: int = libc.syscall(number, SET_MODE_FILTER, SPEC_ALLOW | flags, ctypes.byref(filter_program))
    if result < 0:
        error = ctypes.get_errno()
        raise OSError(error, f"seccomp: {os.strerror(error)}")
    return result
