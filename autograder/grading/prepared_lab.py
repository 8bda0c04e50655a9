"""A lab made ready for grading once, and used for every submission."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from autograder.judge.ahead import run_references
from autograder.judge.oracle import Oracle
from autograder.model.lab import Lab
from autograder.model.standing import Standing
from autograder.notebook.parsed_lab import ParsedLab, parse_lab


@dataclass(frozen=True)
class PreparedLab:
    """What grading one submission needs of its lab.

    Attributes:
        parsed: its cells, for repair.
        oracle: its reference answers and mistakes as running code, for the judge.
    """

    parsed: ParsedLab
    oracle: Oracle

    @property
    def standings(self) -> Mapping[str, Standing]:
        """How each test can be judged, as far as it was tried."""
        return self.oracle.standings

    @property
    def lab(self) -> Lab:
        """The lab itself."""
        return self.parsed.lab


def prepare(lab: Lab) -> PreparedLab:
    """Parse a lab and run its reference answers.

    Args:
        lab: the lab; its packages must be importable (see `autograder.judge.packages`).

    Raises:
        ValueError: the lab is damaged; said in one sentence.
    """
    parsed = parse_lab(lab)
    oracle = Oracle(parsed)
    run_references(oracle)
    return PreparedLab(parsed, oracle)
