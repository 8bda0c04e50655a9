"""Magics that concern a person at a keyboard: the editor, the kernel's connection, the terminal, the history.

In a student's Jupyter they work; here nothing answers them. They are passed over with no effect, so that a line that
has nothing to do with the exercise never costs its points. An unknown magic stays an error, as in Jupyter.
"""

# mypy: allow-untyped-calls
from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from IPython.core.magics.config import ConfigMagics

PASSED_OVER = (
    # the editor and the kernel
    *("autosave", "connect_info", "qtconsole", "subshell", "notebook", "clear", "cls", "colors", "gui"),
    *("edit", "ed", "less", "more", "man", "page", "quickref", "autoindent", "automagic", "autocall", "xmode"),
    *("doctest_mode", "debug", "pdb", "rehashx", "bookmark"),
    # the history, which is not kept
    *("history", "hist", "recall", "rep", "rerun", "macro", "save", "store"),
    *("logon", "logoff", "logstart", "logstate", "logstop"),
    # tools that measure or show the notebook's surroundings
    *("watermark", "tensorboard", "reload_kernel"),
)
INSTALLERS = ("conda", "mamba", "micromamba", "uv")
NO_EXTENSION = "The extension {name} is not available while a notebook is graded; this line was passed over.\n"
NO_SETTING = "%config {line}: there is no such setting while a notebook is graded; this line was passed over.\n"


def replacements(shell: Any, no_install: str) -> dict[str, Callable[[str], None]]:
    """Return the line magics that take the place of IPython's own, by name.

    Args:
        shell: the shell.
        no_install: what to print instead of installing a package.
    """
    set_config: Callable[[str], None] = vars(ConfigMagics)["config"].__get__(ConfigMagics(shell))

    def load(line: str) -> None:
        for name in line.split():
            try:
                problem = shell.extension_manager.load_extension(name)
            except Exception:
                problem = "no load function"
            if problem == "no load function":
                sys.stderr.write(NO_EXTENSION.format(name=name))

    def reload(line: str) -> None:
        for name in line.split():
            if name in shell.extension_manager.loaded:
                shell.extension_manager.reload_extension(name)
            else:
                load(name)

    def unload(line: str) -> None:
        if line.strip() in shell.extension_manager.loaded:
            shell.extension_manager.unload_extension(line.strip())

    def configure(line: str) -> None:
        try:
            set_config(line)
        except Exception:
            sys.stderr.write(NO_SETTING.format(line=line))

    def install(line: str) -> None:
        sys.stderr.write(no_install)

    return {
        **dict.fromkeys(PASSED_OVER, _pass_over),
        **dict.fromkeys(INSTALLERS, install),
        "load_ext": load,
        "reload_ext": reload,
        "unload_ext": unload,
        "config": configure,
    }


def _pass_over(line: str) -> None:
    pass
