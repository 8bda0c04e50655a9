"""IPython without a kernel: cells, magics, rich display, ``!`` commands and ``await``, with the outputs collected.

The subclass replaces only what would need a kernel, a terminal, a person or a file: the display of outputs and errors,
``input()`` and ``exit()``.
"""

# mypy: allow-untyped-calls
from __future__ import annotations

import builtins
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

from IPython.core.compilerop import CachingCompiler
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.error import UsageError
from IPython.core.history import HistoryManager
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Type

from autograder.runner import errors, magics
from autograder.runner.drawing import NO_WINDOW
from autograder.runner.outputs import OutputCollector, OutputLimit

INSTALLER = re.compile(r"\s*(?:\S*python\S*\s+-m\s+)?\S*\b(?:pip3?|conda|mamba)(?:\.exe)?\s+(?:install|download)\b")
NO_INSTALL = (
    "Nothing can be installed while a notebook is graded, because there is no network. "
    "The course's packages are there already: remove this line if it is about one of them.\n"
)
NO_INPUT = "input() gets no answer while a notebook is graded: give the value in the cell instead."
PIECE_BYTES = 65536
USER = "student"


class RunnerPublisher(DisplayPublisher):
    """Sends rich outputs to the collector."""

    shell: RunnerShell

    def publish(
        self,
        data: dict[str, Any],
        metadata: dict[str, Any] | None = None,
        source: Any = None,
        *,
        transient: dict[str, Any] | None = None,
        update: bool = False,
        **_: Any,
    ) -> None:
        """Show one rich output, or change one that was shown under the same display id."""
        handle = str((transient or {}).get("display_id", ""))
        if update:
            self.shell.collector.update(data, metadata or {}, handle)
        else:
            self.shell.collector.display(data, metadata or {}, handle=handle)

    def clear_output(self, wait: bool = False) -> None:
        """Forget the outputs of the cell so far."""
        self.shell.collector.clear()


class RunnerDisplayHook(DisplayHook):
    """Sends the value of a cell's last line to the collector."""

    def write_output_prompt(self) -> None:
        """Write no prompt: the notebook shows the number."""

    def write_format_data(self, format_dict: dict[str, Any], md_dict: dict[str, Any] | None = None) -> None:
        """Show the value."""
        assert self.shell is not None
        self.shell.collector.display(format_dict, md_dict or {}, count=self.prompt_count)

    def log_output(self, format_dict: dict[str, Any]) -> None:
        """Write no log."""

    def finish_displayhook(self) -> None:
        """Nothing to flush."""
        self._is_active = False


class CellCompiler(CachingCompiler):
    """Names the code of a cell after the cell, so that warnings and errors say where they come from."""

    def get_code_name(self, raw_code: str, transformed_code: str, number: int) -> str:
        """Return e.g. ``Cell In[3]``, and remember what the student wrote, magics included."""
        name = f"{errors.CELL_PREFIX}{number}]"
        errors.remember_source(name, raw_code, transformed_code)
        return name


class RunnerShell(InteractiveShell):
    """The shell that runs a student's cells.

    Attributes:
        collector: takes all outputs.
        folder: the student's own folder.
    """

    displayhook_class = Type(RunnerDisplayHook)
    display_pub_class = Type(RunnerPublisher)
    compiler_class = Type(CellCompiler)

    collector: OutputCollector
    folder: str

    def __init__(self, collector: OutputCollector, folder: str) -> None:
        self.collector, self.folder = collector, folder
        super().__init__()
        self.user_ns.update(exit=_no_exit, quit=_no_exit)
        self.user_ns_hidden.update(exit=_no_exit, quit=_no_exit)

    def init_history(self) -> None:
        """Keep the history in memory, without a database or its thread."""
        self.history_manager = HistoryManager(shell=self, parent=self, enabled=False)

    def init_magics(self) -> None:
        """Replace the magics that only concern a student's own Jupyter."""
        super().init_magics()
        self._replaced_magics = magics.replacements(self, NO_INSTALL)

    def run_line_magic(self, magic_name: str, line: str, _stack_depth: int = 1) -> Any:
        """Run a line magic. IPython loads its own when they are first used, so the replaced ones are kept apart."""
        if replaced := self._replaced_magics.get(magic_name):
            return replaced(line)
        return super().run_line_magic(magic_name, line, _stack_depth + 1)

    def find_magic(self, magic_name: str, magic_kind: str = "line") -> Any:
        """Find a magic, e.g. for a line without its ``%``."""
        replaced = self._replaced_magics.get(magic_name) if magic_kind == "line" else None
        return replaced or super().find_magic(magic_name, magic_kind)

    def magic(self, arg_s: str) -> Any:
        """Run a line magic as IPython before version 9 spelled it: ``get_ipython().magic("matplotlib inline")``."""
        name, _, line = arg_s.strip().lstrip("%").partition(" ")
        return self.run_line_magic(name, line.strip())

    def enable_pylab(self, gui: str | None = None, *arguments: Any, **named: Any) -> Any:
        """Give `%pylab` its names, and show figures in the notebook whatever backend it names."""
        return super().enable_pylab("inline", *arguments, **named)

    def _format_exception_for_storage(self, *_: Any, **__: Any) -> dict[str, Any]:
        """Store no exceptions in the history: formatting the first one would take half a second."""
        return {}

    def init_virtualenv(self) -> None:
        """Do nothing: the warm parent runs in the right environment."""

    def init_builtins(self) -> None:
        """Make `input()` raise, because nobody can answer."""
        super().init_builtins()
        builtins.input = _no_input

    @contextmanager
    def _tee(self, channel: str) -> Iterator[None]:
        """Keep no second copy of the output for the history."""
        yield

    def enable_gui(self, gui: str | None = None) -> None:
        """Do nothing: there is no event loop to enable."""

    def enable_matplotlib(self, gui: str | None = None) -> Any:
        """Show figures in the notebook, whatever backend `%matplotlib` names."""
        if gui not in ("inline", "agg"):
            print(NO_WINDOW, file=sys.stderr)
            gui = "inline"
        return super().enable_matplotlib(gui)

    def ask_exit(self) -> None:
        """Do nothing: a notebook cannot end its runner."""

    def ask_yes_no(self, prompt: str, default: str | None = None, interrupt: str | None = None) -> bool:
        """Return the default, because nobody can answer."""
        return default != "n"

    def set_next_input(self, s: str, replace: bool = False) -> None:
        """Do nothing: ``%load`` would fill the next cell, and there is none."""

    def system(self, cmd: str) -> None:
        """Run a ``!`` command, its output collected as it comes."""
        command = self.var_expand(cmd, depth=1)
        if INSTALLER.match(command):
            sys.stderr.write(NO_INSTALL)
            self.user_ns["_exit_code"] = 1
            return
        process = subprocess.Popen(
            command, shell=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, bufsize=0
        )
        assert process.stdout is not None
        try:
            while piece := process.stdout.read(PIECE_BYTES):
                self.collector.stream("stdout", piece)
        except BaseException:
            process.kill()
            raise
        finally:
            process.stdout.close()
            process.wait()
        self.user_ns["_exit_code"] = process.returncode

    system_piped = system_raw = system

    def showtraceback(self, exc_tuple: Any = None, *_: Any, **__: Any) -> None:
        """Show an exception: the student's own frames, as plain text."""
        error = exc_tuple[1] if exc_tuple else sys.exc_info()[1]
        if error is None or isinstance(error, OutputLimit):
            return
        try:
            failure = errors.describe(error, self.folder)
        except MemoryError:  # `autograder.runner.server` reports it when there is memory again
            return
        if isinstance(error, UsageError):
            failure["traceback"] = f"UsageError: {failure['message']}"
        self.collector.error(failure["type_name"], failure["message"], failure["traceback"])

    def showsyntaxerror(self, *_: Any, **__: Any) -> None:
        """Show a syntax error like any other."""
        self.showtraceback()


def _no_input(prompt: object = "", /) -> NoReturn:
    raise EOFError(NO_INPUT)


class _NoExit:
    """Replaces ``exit`` and ``quit``, so that ending the notebook early does not end the grading."""

    def __call__(self, *_: object) -> None:
        pass

    def __repr__(self) -> str:
        return "exit() has no effect while a notebook is graded."


_no_exit = _NoExit()


def own_environment(folder: str, temporary: str) -> None:
    """Point the environment of the process at the student's folder, and give its user a name, which has no account."""
    os.environ.update(HOME=folder, PWD=folder, TMPDIR=temporary, IPYTHONDIR=os.path.join(folder, ".ipython"))
    os.environ.update(USER=USER, LOGNAME=USER)
    setattr(os, "getlogin", lambda: USER)  # noqa: B010 - it asks for a terminal, and there is none
