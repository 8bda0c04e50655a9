"""The command line of the sandbox: an empty world with the system's and Python's libraries in it, all read-only."""

from __future__ import annotations

import os
import site
import sys
import sysconfig
from collections.abc import Iterable, Sequence
from pathlib import Path

# The user namespace is asked for apart: root does without, so that each runner can get an identity of its own.
NAMESPACES = ("--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try")
SYSTEM_FOLDERS = (
    *("/usr/bin", "/usr/sbin", "/usr/lib", "/usr/lib32", "/usr/lib64", "/usr/libexec", "/usr/share"),
    *("/usr/local/bin", "/usr/local/lib", "/usr/local/lib64", "/usr/local/share/fonts"),
    *("/bin", "/sbin", "/lib", "/lib32", "/lib64", "/nix/store", "/gnu/store"),
)
SYSTEM_FILES = (
    *("/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/localtime", "/etc/alternatives"),
    *("/etc/fonts", "/etc/mime.types", "/etc/nsswitch.conf"),
)
DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")
ENGINE = "/engine"
ENGINE_FILES = ("__init__.py", "protocol", "runner")
CAPABILITIES = ("CAP_SETUID", "CAP_SETGID", "CAP_KILL")
BOOT = (
    "import sys; sys.path.insert(0, sys.argv[2]); from autograder.runner.forkserver import main; main(int(sys.argv[1]))"
)


def python_folders() -> list[str]:
    """Folders of this Python: its own libraries, the environment's, and those that packages are installed in."""
    found, program = [os.path.dirname(sys.executable)], sys.executable
    while os.path.islink(program):  # each link on the way to the real program must be there too
        program = os.path.join(os.path.dirname(program), os.readlink(program))
        found += [os.path.dirname(program), os.path.dirname(os.path.realpath(program))]
    found += [sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib", "include")]
    found += [os.path.join(sys.base_prefix, "lib"), *site.getsitepackages()]
    if site.ENABLE_USER_SITE:
        found.append(site.getusersitepackages())
    if sys.prefix != sys.base_prefix:
        found += [os.path.join(sys.prefix, name) for name in ("lib", "lib64", "pyvenv.cfg")]
    unique = sorted({os.path.abspath(path) for path in found if os.path.exists(path)})
    return [path for path in unique if not any(path.startswith(other + "/") for other in unique)]


def package_folder() -> Path:
    """Where this package lies."""
    return Path(__file__).resolve().parents[1]


def command(
    bwrap: str,
    arguments: Sequence[str],
    *,
    scratch: Sequence[str],
    scratch_bytes: int | None,
    temporary: str,
    hidden: Iterable[str],
    environment: dict[str, str],
    privileged: bool,
) -> list[str]:
    """The command that starts Python inside the sandbox.

    Args:
        bwrap: path of bubblewrap.
        arguments: arguments of the warm parent.
        scratch: folders that may be written, each a file system in memory of its own.
        scratch_bytes: bound on each of them, or None where bubblewrap cannot bound them.
        temporary: what ``/tmp`` leads to (unless Python itself lies in there).
        hidden: top-level packages of the environment that must not be seen in there.
        environment: the only environment variables that the sandbox has.
        privileged: whether we are root.
    """
    line = [bwrap, *([] if privileged else ["--unshare-user"]), *NAMESPACES, "--as-pid-1", "--die-with-parent"]
    line += ["--new-session", "--hostname", "sandbox", "--clearenv"]
    for name, value in environment.items():
        line += ["--setenv", name, value]
    if privileged:
        line += ["--cap-drop", "ALL"]
        for capability in CAPABILITIES:
            line += ["--cap-add", capability]
    python = python_folders()
    around = {os.path.dirname(path) for path in (*SYSTEM_FOLDERS, *SYSTEM_FILES, *DEVICES, *python)}
    for folder in sorted({*around, f"{ENGINE}/autograder"} - {"/"}):
        line += ["--dir", folder]  # left to itself, bubblewrap makes parent folders for their owner only
    for folder in SYSTEM_FOLDERS:
        if os.path.islink(folder):
            line += ["--symlink", os.readlink(folder), folder]
        elif os.path.isdir(folder):
            line += ["--ro-bind", folder, folder]
    for path in (*SYSTEM_FILES, *python):
        line += ["--ro-bind-try", path, path]
    for path in _hidden(python, hidden):
        line += ["--tmpfs", path, "--remount-ro", path]
    for path in DEVICES:
        line += ["--dev-bind", path, path]
    for name in ENGINE_FILES:
        line += ["--ro-bind", str(package_folder() / name), f"{ENGINE}/autograder/{name}"]
    for path in scratch:
        size = ["--size", str(scratch_bytes)] if scratch_bytes else []
        line += ["--perms", "1777", *size, "--tmpfs", path]
    if not any(path.startswith("/tmp/") for path in python):
        line += ["--symlink", temporary, "/tmp"]
    line += ["--remount-ro", "/", "--chdir", "/"]
    return [*line, "--", sys.executable, "-P", "-c", BOOT, *arguments]


def _hidden(folders: Iterable[str], names: Iterable[str]) -> list[str]:
    """Folders of the named packages inside the environment."""
    wanted = set(names)
    return [
        entry.path
        for folder in {*site.getsitepackages(), *folders}
        if os.path.isdir(folder)
        for entry in os.scandir(folder)
        if entry.name in wanted and entry.is_dir()
    ]
