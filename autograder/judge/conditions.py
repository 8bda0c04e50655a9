"""What a test says of warnings, of NumPy's errors and of figures: so it must be where the answer runs.

`autograder.runner.conditions` is the other half. The student's process tells of each warning and each open figure; the
test finds them where it would find them in a kernel.
"""

from __future__ import annotations

import builtins
import re
import sys
import warnings
from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from autograder.protocol.kinds import MAX_TEXT
from autograder.runner.conditions import FIGURES_HEARD, FLOAT_ERRORS, MAX_FIGURES, WARNING_FILTERS, WARNING_HEARD

MAX_WARNINGS = 1_000
_OF_WARNINGS = re.compile(r"warn|deprecated_call", re.IGNORECASE)
_OF_ERRORS = re.compile(r"errstate|seterr")
_OF_FIGURES = re.compile(r"\b(?:gcf|gca|get_fignums|fignum_exists)\b")


class Conditions:
    """The conditions of one test.

    Args:
        code: all that runs of it.
        names: its names.
    """

    def __init__(self, code: str, names: Mapping[str, Any]) -> None:
        self._names = names
        self._warns, self._errs, self._shows = (
            pattern.search(code) is not None for pattern in (_OF_WARNINGS, _OF_ERRORS, _OF_FIGURES)
        )
        self._heard = self._figures = 0
        self.begin()

    def __bool__(self) -> bool:
        return self._warns or self._errs or self._shows

    def begin(self) -> None:
        """What holds now is nothing that the test said."""
        self._before = _filters(), warnings.showwarning, np.geterr()

    def now(self) -> dict[str, Any]:
        """Name -> what differs from how it was at the beginning."""
        filters, showing, errors = self._before
        found: dict[str, Any] = {}
        if self._warns and (_filters() != filters or warnings.showwarning is not showing):
            found |= {WARNING_FILTERS: _filters(), WARNING_HEARD: self._hear_warning}
        if self._errs and np.geterr() != errors:
            found[FLOAT_ERRORS] = dict(np.geterr())
        if self._shows:
            found[FIGURES_HEARD] = self._hear_figure
        return found

    def _hear_warning(self, text: Any, kinds: Any) -> None:
        self._heard += 1
        if self._heard > MAX_WARNINGS or type(text) is not str or type(kinds) is not list:
            return
        known = (self._names.get(name, getattr(builtins, name, None)) for name in kinds if type(name) is str)
        category: type[Warning] = next(
            (kind for kind in known if isinstance(kind, type) and issubclass(kind, Warning)), UserWarning
        )
        builtin = category if category.__module__ == "builtins" else UserWarning
        warnings.showwarning(builtin(text[:MAX_TEXT]), category, "<your code>", 1)

    def _hear_figure(self, figure: Any) -> None:
        self._figures += 1
        pyplot = sys.modules.get("matplotlib.pyplot")
        if self._figures <= MAX_FIGURES and pyplot is not None and isinstance(figure, Figure):
            number = max(pyplot.get_fignums(), default=0) + 1
            pyplot.figure(number, FigureClass=lambda *args, **kwargs: figure)


def _filters() -> list[tuple[Any, ...]]:
    """The filters as plain data: a category that is not Python's own stands as the nearest that is."""
    return [
        (action, _text(message), _builtin(category), _text(module), line)
        for action, message, category, module, line in warnings.filters
    ]


def _text(pattern: Any) -> str:
    return getattr(pattern, "pattern", pattern) or ""


def _builtin(category: Any) -> str:
    names: list[str] = [base.__name__ for base in category.__mro__ if base.__module__ == "builtins"]
    return names[0]
