"""A lab made ready for grading once, and used for every submission."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from autograder.judge.oracle import Oracle, warm
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


def prepare(lab: Lab, warm_seconds: float = 2.0) -> PreparedLab:
    """Parse a lab and run its trusted answers.

    Args:
        lab: the lab; its packages must be importable (see `autograder.judge.packages`).
        warm_seconds: about how much CPU time may go into questions that graded submissions are likely to need.

    Raises:
        ValueError: the lab is damaged; said in one sentence.
    """
    parsed = parse_lab(lab)
    oracle = Oracle(parsed)
    warm(oracle, warm_seconds)
    return PreparedLab(parsed, oracle)
