"""Show which isolation this machine offers for students' code, and what to install for a better one."""

from __future__ import annotations

import argparse
import platform
import sys
from pathlib import Path

from autograder.course import CONFIG
from autograder.course.submissions import unfit_root
from autograder.model.errors import SandboxError
from autograder.model.limits import MIB, Limits
from autograder.sandbox import bwrap, levels
from autograder.sandbox.levels import Offer

EXAMPLE = "autograder doctor --try"
NO_LIMIT = -1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("--try", dest="attempt", action="store_true", help="start the sandbox and run a cell in it")


def run(args: argparse.Namespace) -> int:
    """Print what the machine offers; return 0 if grading can run here, else 1."""
    lines, status = report(attempt=args.attempt)
    print("\n".join(lines))
    return status


def report(*, attempt: bool = False) -> tuple[list[str], int]:
    """Describe what this machine offers: lines of text, and the exit status.

    Args:
        attempt: also start the sandbox and run a cell in it.
    """
    offer = levels.detect()
    python = sys.version.split()[0]
    lines = [f"Machine: {platform.system()} {platform.release()}, {platform.machine()}, Python {python}"]
    if sys.platform == "linux":
        lines += _facts(offer)
    lines += ["", f'Grading runs at isolation level "{offer.level}": {levels.LEVELS[offer.level]}.']
    lines += [f"  {gap}" for gap in gaps(offer)]
    if offer.advice:
        lines += ["", "To do:", *(f"  - {sentence}" for sentence in offer.advice)]
    here = Path.cwd()
    if (here / CONFIG).is_file() and (why := unfit_root(here)):
        return [*lines, "", why], 1
    choice = levels.choose_level()
    if choice.refusal:
        return [*lines, "", choice.refusal], 1
    return _with_attempt(lines, choice.name) if attempt else (lines, 0)


def gaps(offer: Offer) -> list[str]:
    """What the level does not protect from, one sentence each; nothing at level "full"."""
    found = []
    if offer.level == "namespaces":
        found.append("One mechanism contains a student's code instead of two.")
    if offer.level == "landlock":
        found.append("A student's code can see names of other processes and files, but cannot open the files.")
        found.append("The size of each file that a student's code writes is limited, but not their total size.")
    if offer.level == "none":
        found.append("A student's code can read, change and send everything that you can.")
    if offer.bwrap_works and not offer.bwrap_has_size:
        found.append("The total size of files that a student's code writes is limited only by half of the memory.")
    if not offer.seccomp and offer.level != "none":
        found.append(f"There is no system call filter for {platform.machine()}.")
    return found


def _facts(offer: Offer) -> list[str]:
    if not offer.bwrap:
        bubblewrap = "not installed"
    elif not offer.bwrap_works:
        bubblewrap = f"{offer.bwrap}, does not work: {offer.bwrap_problem or 'no reason given'}"
    else:
        way = "as root, each runner with a user of its own" if offer.bwrap_privileged else "through user namespaces"
        bubblewrap = f"{offer.bwrap}, works {way}"
    user = "root" if offer.uid == 0 else f"user {offer.uid}"
    bounds = {name: value for name, value in offer.limits.items() if value != NO_LIMIT}
    hard = ", ".join(f"{name} {value}" for name, value in bounds.items()) or "none"
    limits = Limits()
    return [
        f"Graded as: {user}",
        f"Python in: {', '.join(bwrap.python_folders())}",
        f"bubblewrap: {bubblewrap}",
        f"User namespaces: {'on' if offer.user_namespaces else 'off'}",
        f"Landlock: {f'version {offer.landlock}' if offer.landlock else 'not available'}",
        f"System call filter: {'available' if offer.seccomp else 'not for this machine'}",
        f"Hard limits of this account: {hard}",
        f"Limits of a submission (c.Limits in nbgrader_config.py overrides): {limits.cell_seconds:g} s a cell, "
        f"{limits.total_seconds:g} s in all, {limits.memory_bytes // MIB} MiB, "
        f"{limits.processes} processes",
    ]


def _with_attempt(lines: list[str], level: str) -> tuple[list[str], int]:
    from autograder.sandbox.sandbox import Sandbox
    from autograder.sandbox.watchdog import Uncharged, used_bytes

    sandbox = Sandbox(Limits(), level)
    try:
        runner = sandbox.runner({})
        outcome = runner.execute("import numpy\nnumpy.arange(3).sum()", seconds=30)
        seconds = f"{outcome.seconds * 1000:.0f} ms"
        held = used_bytes([sandbox.pid], 0, Uncharged()) // MIB
    except SandboxError as error:
        return [*lines, "", f"Tried it: {error}"], 1
    finally:
        sandbox.close()
    if outcome.status != "ok":
        return [*lines, "", f"Tried it: the cell ended with {outcome.status}. {outcome.error}"], 1
    tried = f"Tried it: a sandbox started and ran a cell in {seconds}. It holds {held} MiB of memory while it waits."
    return [*lines, "", tried], 0
