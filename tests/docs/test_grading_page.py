"""The shares that docs/grading.md tells are those that were measured."""

from __future__ import annotations

import json
from typing import Any

from tests.docs.pages import ROOT

PAGE = (ROOT / "docs" / "grading.md").read_text(encoding="utf-8")


def figures(name: str) -> Any:
    """What `make diagnosis` wrote down."""
    return json.loads((ROOT / "docs" / "benchmark" / f"{name}.json").read_text(encoding="utf-8"))


def row(begins: str) -> str:
    """The row of the page's table that begins so."""
    return next(line for line in PAGE.splitlines() if line.startswith(f"| {begins}"))


def test_how_many_mistakes_are_named() -> None:
    for column, begins in (("held_out", "held out in turn"), ("known", "all known"), ("swapped", "trainings")):
        counts = figures("diagnosis")[column]
        told = sum(counts.get(kind, 0) for kind in ("rightly", "wrongly", "not named"))
        assert f"| {counts['rightly']} of {told} " in row(begins)
        assert f"| {counts.get('wrongly', 0)} |" in row(begins)


def test_what_one_mistake_costs() -> None:
    labs = figures("carrying")
    assert sum(lab["elsewhere_carried"] for lab in labs) == 0
    total = {key: sum(lab[key] for lab in labs) for key in ("own", "elsewhere", "own_carried", "elsewhere_carried")}
    assert f"| {total['own']:g} | {total['elsewhere']:g} |" in row("on top of the student's own")
    assert f"| {total['own_carried']:g} | {total['elsewhere_carried']:g} |" in row("errors carried forward")
    assert f"{sum(lab['mistakes'] for lab in labs)} mistakes" in PAGE
