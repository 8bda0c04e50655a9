"""Detect what isolation this machine offers by trying it, and choose the level that grading runs at."""

from __future__ import annotations

import os
import platform
import resource
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from functools import lru_cache

from autograder.runner import landlock, seccomp

LEVELS = {
    "full": "bubblewrap's namespaces around the warm parent, and Landlock inside",
    "namespaces": "bubblewrap's namespaces only: the kernel has no Landlock",
    "landlock": "Landlock and a system call filter only: bubblewrap does not work here",
    "none": "no isolation at all",
}
PROBE_SECONDS = 20
APPARMOR_SWITCH = "/proc/sys/kernel/apparmor_restrict_unprivileged_userns"
INSTALL = "Install bubblewrap: `apt-get install bubblewrap` (Debian, Ubuntu) or `dnf install bubblewrap` (Fedora)."
APPARMOR = (
    "bubblewrap is installed but may not make user namespaces. On Ubuntu 23.10 and later allow it with "
    "`sysctl -w kernel.apparmor_restrict_unprivileged_userns=0`, or with an AppArmor profile for /usr/bin/bwrap."
)
OLD = "This bubblewrap is older than 0.5, too old for the sandbox: upgrade it."
CONTAINER = (
    "bubblewrap is installed but the kernel refuses it here. In a Docker container start it with "
    "`--security-opt seccomp=unconfined --security-opt apparmor=unconfined`, or grade outside the container."
)
REFUSAL = (
    "This machine offers no isolation for students' code, so grading is refused. {advice} "
    "`autograder doctor` shows the details; `--unsafe` grades without isolation, and every record will say so."
)


@dataclass(frozen=True)
class Offer:
    """What this machine offers.

    Attributes:
        level: the best level that works, a key of `LEVELS`.
        bwrap: path of bubblewrap, "" if it is not installed.
        bwrap_works: whether a sandbox could really be started.
        bwrap_problem: bubblewrap's error message when it could not.
        bwrap_privileged: whether it can do so as root without a user namespace, so that runners get users of their own.
        bwrap_has_size: whether it can bound the size of the scratch folder.
        user_namespaces: whether user namespaces are switched on.
        landlock: version of Landlock, 0 for none.
        seccomp: whether the system call filter knows this machine.
        uid: user that grading runs as.
        limits: the machine's own hard limits by name, -1 for none.
        advice: what to install or switch on for a better level, one sentence each.
    """

    level: str
    bwrap: str = ""
    bwrap_works: bool = False
    bwrap_problem: str = ""
    bwrap_privileged: bool = False
    bwrap_has_size: bool = False
    user_namespaces: bool = False
    landlock: int = 0
    seccomp: bool = False
    uid: int = 0
    limits: dict[str, int] = field(default_factory=dict)
    advice: tuple[str, ...] = ()


@dataclass(frozen=True)
class Choice:
    """The level to grade at, or the reason to refuse.

    Attributes:
        name: a key of `LEVELS`.
        refusal: one sentence that says what to do, if grading must not start.
    """

    name: str
    refusal: str | None = None


def choose_level(*, unsafe: bool = False) -> Choice:
    """Choose the best level of this machine; without any isolation grading is refused unless `unsafe` is given."""
    offer = detect()
    if offer.level != "none" or unsafe:
        return Choice(offer.level)
    return Choice("none", REFUSAL.format(advice=" ".join(offer.advice)))


@lru_cache(maxsize=1)
def detect() -> Offer:
    """Detect what this machine offers. Starts bubblewrap once per process, which takes a few milliseconds."""
    if sys.platform != "linux":
        system = {"darwin": "macOS", "win32": "Windows"}.get(sys.platform, sys.platform)
        advice = f"The sandbox needs Linux, and this is {system}: grade in a Linux machine, a virtual one or WSL 2."
        return Offer("none", uid=getattr(os, "getuid", lambda: 0)(), advice=(advice,))
    bwrap = shutil.which("bwrap") or ""
    trial = _try_bwrap(bwrap) if bwrap else _Trial()
    version, filters = landlock.abi(), seccomp.supported()
    advice = []
    if not bwrap:
        advice.append(INSTALL)
    elif not trial.works:
        advice.append(
            OLD if "nknown option" in trial.problem else APPARMOR if _read(APPARMOR_SWITCH) == "1" else CONTAINER
        )
    elif not trial.has_size:
        advice.append("This bubblewrap is older than 0.7 and cannot bound the scratch folder's size: upgrade it.")
    if not version:
        advice.append("The kernel has no Landlock (5.13 or later, with `landlock` in the boot option `lsm=`).")
    if trial.works:
        level = "full" if version else "namespaces"
    else:
        level = "landlock" if version >= landlock.NETWORK_SINCE and filters else "none"
    return Offer(
        level=level,
        bwrap=bwrap,
        bwrap_works=trial.works,
        bwrap_problem=trial.problem,
        bwrap_privileged=trial.privileged,
        bwrap_has_size=trial.has_size,
        user_namespaces=_read("/proc/sys/user/max_user_namespaces") not in ("", "0"),
        landlock=version,
        seccomp=filters,
        uid=os.getuid(),
        limits={
            name: resource.getrlimit(getattr(resource, f"RLIMIT_{name}"))[1]
            for name in ("AS", "DATA", "NPROC", "NOFILE", "FSIZE", "CPU")
        },
        advice=tuple(advice),
    )


@dataclass(frozen=True)
class _Trial:
    works: bool = False
    problem: str = ""
    privileged: bool = False
    has_size: bool = False


def _try_bwrap(bwrap: str) -> _Trial:
    """Start an empty sandbox: as root without a user namespace if that works, else with one."""
    from autograder.sandbox.bwrap import NAMESPACES, SYSTEM_FOLDERS

    binds = [part for folder in SYSTEM_FOLDERS for part in ("--ro-bind-try", folder, folder)]
    problem = ""
    try:
        options = subprocess.run([bwrap, "--help"], capture_output=True, text=True, timeout=PROBE_SECONDS).stdout
        for privileged in (True, False) if os.getuid() == 0 else (False,):
            user = [] if privileged else ["--unshare-user"]
            line = [bwrap, *user, *NAMESPACES, "--as-pid-1", "--clearenv", *binds, "--perms", "1777", "--tmpfs", "/x"]
            line += ["--dev-bind", "/dev/null", "/dev/null", "--", "/usr/bin/env"]
            done = subprocess.run(line, capture_output=True, text=True, timeout=PROBE_SECONDS)
            if done.returncode == 0:
                return _Trial(True, "", privileged, "--size" in options)
            problem = done.stderr.strip()
    except (OSError, subprocess.TimeoutExpired) as error:
        problem = str(error)
    return _Trial(problem=problem)


def _read(path: str) -> str:
    try:
        with open(path, encoding="ascii") as file:
            return file.read().strip()
    except OSError:
        return ""


def kernel_version() -> tuple[int, int]:
    """Return the kernel's version, e.g. ``(6, 1)``."""
    major, minor = platform.release().split(".")[:2]
    return int(major), int("".join(c for c in minor if c.isdigit()) or 0)
