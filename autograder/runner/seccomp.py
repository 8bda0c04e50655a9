"""A small seccomp filter: system calls that a student's cell never needs, refused with "operation not permitted".

Each entry closes a way around one of the other limits: memory that no process is charged for, objects that outlive the
process, other processes' memory, new namespaces, and the network.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct

# name: (number on x86_64, number on aarch64)
DENIED = {
    # memory that shows in no process
    "memfd_create": (319, 279),
    "memfd_secret": (447, 447),
    # things that outlive a process
    "shmget": (29, 194),
    "msgget": (68, 186),
    "semget": (64, 190),
    "mq_open": (240, 180),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
    # other processes
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "kcmp": (312, 272),
    "pidfd_getfd": (438, 438),
    # new namespaces and mounts
    "unshare": (272, 97),
    "setns": (308, 268),
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "open_tree": (428, 428),
    "move_mount": (429, 429),
    "fsopen": (430, 430),
    "fsmount": (432, 432),
    "mount_setattr": (442, 442),
    # system calls made by other means, and parts of the kernel with a long list of faults
    "io_uring_setup": (425, 425),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
}
SIGNALLING = {"kill": (62, 129), "tkill": (200, 130), "tgkill": (234, 131), "pidfd_send_signal": (424, 424)}
# attributes of files, which Landlock leaves alone
ATTRIBUTES = {
    "chmod": (90, -1),
    "fchmod": (91, 52),
    "fchmodat": (268, 53),
    "fchmodat2": (452, 452),
    "chown": (92, -1),
    "fchown": (93, 55),
    "lchown": (94, -1),
    "fchownat": (260, 54),
    "setxattr": (188, 5),
    "lsetxattr": (189, 6),
    "fsetxattr": (190, 7),
    "removexattr": (197, 14),
    "lremovexattr": (198, 15),
    "fremovexattr": (199, 16),
}
SOCKET, CLONE, CLONE3, SECCOMP, PRLIMIT = (41, 198), (56, 220), (435, 435), (317, 277), (302, 261)
MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}  # column of the tables, AUDIT_ARCH

AF_UNIX = 1
NEW_USER_NAMESPACE = 0x10000000
X32_BIT = 0x40000000

LOAD, JUMP_EQUAL, JUMP_GREATER_EQUAL, JUMP_SET, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
NUMBER, ARCHITECTURE, FIRST_ARGUMENT = 0, 4, 16  # offsets in struct seccomp_data
ALLOW, KILL_PROCESS, ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
SET_MODE_FILTER, SPEC_ALLOW = 1, 4


def supported() -> bool:
    """Whether the filter knows this machine's system call numbers."""
    return platform.machine() in MACHINES and struct.calcsize("P") == 8


def program(*, namespaces: bool, signals: bool) -> bytes:
    """The filter as BPF code; empty where the machine is not known.

    Args:
        namespaces: whether there are namespaces around. Without them local sockets lead to the machine's own services,
            and changes of file attributes reach its own files, so both are refused.
        signals: whether signals may be sent (they may where a PID namespace or Landlock keeps them inside).
    """
    if not supported():
        return b""
    column, architecture = MACHINES[platform.machine()]
    refuse = _op(RETURN, ERRNO | errno.EPERM)
    denied = {**DENIED, **({} if signals else SIGNALLING), **({} if namespaces else ATTRIBUTES)}
    code = [
        _op(LOAD, ARCHITECTURE),
        _op(JUMP_EQUAL, architecture, 1, 0),
        _op(RETURN, KILL_PROCESS),
        _op(LOAD, NUMBER),
        _op(JUMP_GREATER_EQUAL, X32_BIT, 0, 1),
        refuse,
    ]
    for numbers in denied.values():
        if numbers[column] >= 0:
            code += [_op(JUMP_EQUAL, numbers[column], 0, 1), refuse]
    # clone3 hides its flags behind a pointer; libc falls back to clone when told that it is not there.
    code += [_op(JUMP_EQUAL, CLONE3[column], 0, 1), _op(RETURN, ERRNO | errno.ENOSYS)]
    code += [
        _op(JUMP_EQUAL, CLONE[column], 0, 4),
        _op(LOAD, FIRST_ARGUMENT),
        _op(JUMP_SET, NEW_USER_NAMESPACE, 0, 1),
        refuse,
        _op(RETURN, ALLOW),
    ]
    # Limits of the own process (0) only: those of the warm parent would pass to every later runner.
    code += [_op(JUMP_EQUAL, PRLIMIT[column], 0, 4), _op(LOAD, FIRST_ARGUMENT)]
    code += [_op(JUMP_EQUAL, 0, 1, 0), refuse, _op(RETURN, ALLOW)]
    code += [_op(JUMP_EQUAL, SOCKET[column], 0, 4), _op(LOAD, FIRST_ARGUMENT)]
    code += [_op(JUMP_EQUAL, AF_UNIX, 1 if namespaces else 0, 0), refuse, _op(RETURN, ALLOW)]
    code.append(_op(RETURN, ALLOW))
    return b"".join(code)


def _op(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("=HBBI", code, if_true, if_false, value)


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("code", ctypes.c_char_p))


def install(code: bytes) -> None:
    """Put the calling process and all that it starts under the filter. Needs `no_new_privs`.

    Raises:
        OSError: the kernel refused.
    """
    if not code:
        return
    libc = ctypes.CDLL(None, use_errno=True)
    column = MACHINES[platform.machine()][0]
    filter_program = _Program(len(code) // 8, code)
    # SPEC_ALLOW: without it some kernels slow a filtered process down by several percent.
    if libc.syscall(SECCOMP[column], SET_MODE_FILTER, SPEC_ALLOW, ctypes.byref(filter_program)):
        number = ctypes.get_errno()
        raise OSError(number, f"seccomp: {os.strerror(number)}")
