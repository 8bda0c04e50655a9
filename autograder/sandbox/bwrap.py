"""The command line of the sandbox: an empty file system with the system's and Python's libraries, all read-only."""

from __future__ import annotations

import os
import site
import sys
import sysconfig
from collections.abc import Iterable, Sequence
from pathlib import Path

# Without --unshare-user: root does without a user namespace, so that each runner can get a user of its own.
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
DEVICES = ("/dev/null", "/dev/full", "/dev/random", "/dev/urandom")  # not zero: mapped, it is memory nobody counts
ENGINE = "/engine"
ENGINE_FILES = ("__init__.py", "protocol", "runner")
CAPABILITIES = ("CAP_SETUID", "CAP_SETGID", "CAP_KILL")
BOOT = (
    "import sys; sys.path.insert(0, sys.argv[2]); from autograder.runner.forkserver import main; main(int(sys.argv[1]))"
)


def python_folders() -> list[str]:
    """Return the folders of this Python: its own libraries, the environment's, and those with installed packages."""
    folders, program = [os.path.dirname(sys.executable)], sys.executable
    while os.path.islink(program):  # each link on the way to the real program must be there too
        program = os.path.join(os.path.dirname(program), os.readlink(program))
        folders += [os.path.dirname(program), os.path.dirname(os.path.realpath(program))]
    folders += [sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib", "include")]
    folders += [os.path.join(sys.base_prefix, "lib"), *site.getsitepackages()]
    if site.ENABLE_USER_SITE:
        folders.append(site.getusersitepackages())
    if sys.prefix != sys.base_prefix:
        folders += [os.path.join(sys.prefix, name) for name in ("lib", "lib64", "pyvenv.cfg")]
    unique = sorted({os.path.abspath(path) for path in folders if os.path.exists(path)})
    return [path for path in unique if not any(path.startswith(other + "/") for other in unique)]


def shown_fonts(path: str) -> str:
    """Return where a list of fonts is inside the sandbox."""
    return os.path.join(ENGINE, os.path.basename(path))


def package_folder() -> Path:
    """Return the folder of the engine."""
    return Path(__file__).resolve().parents[1]


def command(
    bwrap: str,
    arguments: Sequence[str],
    *,
    scratch: Sequence[str],
    scratch_bytes: int | None,
    temporary: str,
    hidden: Iterable[str],
    fonts: str | None,
    environment: dict[str, str],
    privileged: bool,
) -> list[str]:
    """Return the command that starts Python inside the sandbox.

    Args:
        bwrap: path of bubblewrap.
        arguments: arguments of the warm parent.
        scratch: folders that may be written, each a file system in memory of its own.
        scratch_bytes: bound on each of them, or None where bubblewrap cannot bound them.
        temporary: the target of the link ``/tmp``, which is left out where Python itself is installed below ``/tmp``.
        hidden: top-level packages of the environment that the sandbox must not show.
        fonts: a list of fonts, which is shown as `shown_fonts` says; None for none.
        environment: the only environment variables that the sandbox has.
        privileged: whether the engine runs as root.
    """
    python = python_folders()
    options = [
        *_isolation(privileged),
        *_environment(environment),
        *_parent_folders(python),
        *_system(python),
        *_hidden_packages(python, hidden),
        *_devices(),
        *_engine(),
        *(["--ro-bind-try", fonts, shown_fonts(fonts)] if fonts else []),
        *_scratch(scratch, scratch_bytes),
    ]
    if not any(path.startswith("/tmp/") for path in python):
        options += ["--symlink", temporary, "/tmp"]
    options += ["--remount-ro", "/", "--chdir", "/"]
    return [bwrap, *options, "--", sys.executable, "-P", "-c", BOOT, *arguments]


def _isolation(privileged: bool) -> list[str]:
    """Namespaces, and of root's rights only those that change user and end processes."""
    options = [*([] if privileged else ["--unshare-user"]), *NAMESPACES, "--as-pid-1", "--die-with-parent"]
    options += ["--new-session", "--hostname", "sandbox"]
    if privileged:
        options += ["--cap-drop", "ALL", *_each("--cap-add", CAPABILITIES)]
    return options


def _environment(variables: dict[str, str]) -> list[str]:
    """These environment variables and no others."""
    return ["--clearenv", *(part for name, value in variables.items() for part in ("--setenv", name, value))]


def _parent_folders(python: list[str]) -> list[str]:
    """Folders that the mounts below need; bubblewrap by itself would make them for their owner only."""
    parents = {os.path.dirname(path) for path in (*SYSTEM_FOLDERS, *SYSTEM_FILES, *DEVICES, *python)}
    return _each("--dir", sorted({*parents, f"{ENGINE}/autograder"} - {"/"}))


def _system(python: list[str]) -> list[str]:
    """The system's and Python's libraries, read-only."""
    options = []
    for folder in SYSTEM_FOLDERS:
        if os.path.islink(folder):
            options += ["--symlink", os.readlink(folder), folder]
        elif os.path.isdir(folder):
            options += ["--ro-bind", folder, folder]
    for path in (*SYSTEM_FILES, *python):
        options += ["--ro-bind-try", path, path]
    return options


def _hidden_packages(python: list[str], names: Iterable[str]) -> list[str]:
    """An empty folder in the place of each of these packages."""
    return [part for path in _package_folders(python, names) for part in ("--tmpfs", path, "--remount-ro", path)]


def _devices() -> list[str]:
    return [part for path in DEVICES for part in ("--dev-bind", path, path)]


def _engine() -> list[str]:
    """The runner's side of the engine."""
    folder = package_folder()
    places = ((str(folder / name), f"{ENGINE}/autograder/{name}") for name in ENGINE_FILES)
    return [part for source, target in places for part in ("--ro-bind", source, target)]


def _scratch(folders: Sequence[str], size: int | None) -> list[str]:
    """Folders in memory that anybody may write to."""
    bound = ["--size", str(size)] if size else []
    return [part for path in folders for part in ("--perms", "1777", *bound, "--tmpfs", path)]


def _each(option: str, values: Iterable[str]) -> list[str]:
    return [part for value in values for part in (option, value)]


def _package_folders(folders: Iterable[str], names: Iterable[str]) -> list[str]:
    """Return the folders of the named packages inside the environment."""
    wanted = set(names)
    return [
        entry.path
        for folder in {*site.getsitepackages(), *folders}
        if os.path.isdir(folder)
        for entry in os.scandir(folder)
        if entry.name in wanted and entry.is_dir()
    ]
