"""Under which conditions a test calls: what becomes of warnings, of NumPy's errors, and of figures that stay open."""

from __future__ import annotations

import builtins
import sys
import warnings
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import Any

import numpy as np

WARNING_FILTERS = "warnings.filters"
WARNING_HEARD = "warnings.showwarning"
FLOAT_ERRORS = "numpy.errstate"
FIGURES_HEARD = "matplotlib.pyplot.figure"
CONDITIONS = frozenset({WARNING_FILTERS, WARNING_HEARD, FLOAT_ERRORS, FIGURES_HEARD})
MAX_FIGURES = 20


@contextmanager
def under_conditions(values: Mapping[str, Any]) -> Iterator[None]:
    """Let a test's conditions hold in the body.

    Args:
        values: name of a condition -> what it is; those that hear something are functions of the test's.
    """
    with ExitStack() as held:
        if WARNING_FILTERS in values:
            held.enter_context(warnings.catch_warnings())
            warnings.resetwarnings()
            for action, message, category, module, line in values[WARNING_FILTERS]:
                warnings.filterwarnings(action, message, getattr(builtins, category), module, line, append=True)
        if WARNING_HEARD in values:
            held.enter_context(warnings.catch_warnings())
            _tell_warnings_to(values[WARNING_HEARD])
        if FLOAT_ERRORS in values:
            held.enter_context(np.errstate(**values[FLOAT_ERRORS]))
        yield
        if FIGURES_HEARD in values:
            _tell_figures_to(values[FIGURES_HEARD])


def _tell_warnings_to(hear: Any) -> None:
    def show(message: Any, category: type, *where: Any) -> None:
        hear(str(message), [base.__name__ for base in category.__mro__])

    vars(warnings)["showwarning"] = show


def _tell_figures_to(hear: Any) -> None:
    if (pyplot := sys.modules.get("matplotlib.pyplot")) is not None:
        for number in pyplot.get_fignums()[:MAX_FIGURES]:
            hear(pyplot.figure(number))
