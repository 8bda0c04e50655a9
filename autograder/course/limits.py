"""``c.Limits.<name>`` in ``nbgrader_config.py``: the configurable form of `autograder.model.limits.Limits`."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from traitlets import Bool, Float, Integer, TraitType
from traitlets.config import Config, Configurable

from autograder.model.limits import Limits

_KINDS = {"float": Float, "int": Integer, "bool": Bool}


def _traits() -> dict[str, TraitType[Any, Any]]:
    """One trait per field of `Limits`, with its default, bounds and help."""
    return {
        each.name: _KINDS[str(each.type)](each.default, **each.metadata).tag(config=True) for each in fields(Limits)
    }


_Configurable = type("Limits", (Configurable,), _traits())  # named as in the configuration file


def read_limits(config: Config) -> Limits:
    """The limits that a configuration sets; the defaults for the rest.

    Raises:
        TraitError: a value is of the wrong type or below its minimum.
    """
    configured = _Configurable(config=config)
    return Limits(**{each.name: getattr(configured, each.name) for each in fields(Limits)})
