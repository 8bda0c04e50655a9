"""All cases, by category, in the order in which they are told."""

from __future__ import annotations

import importlib

from tests.corpus.case import Case

CATEGORIES = (
    "forging",
    "comparison",
    "reading",
    "exhausting",
    "uncounted",
    "surviving",
    "odd_files",
    "odd_notebooks",
    "accidents",
    "honest",
)


def categories() -> dict[str, list[Case]]:
    """Title of a category -> its cases."""
    modules = [importlib.import_module(f"tests.corpus.{name}") for name in CATEGORIES]
    return {module.TITLE: module.CASES for module in modules}


def all_cases() -> list[Case]:
    """All cases of all categories."""
    return [case for cases in categories().values() for case in cases]
