"""What the catalogue promises, entry by entry. Each check returns its findings as sentences, none if all is well."""

from __future__ import annotations

from itertools import combinations

from tests.catalogue.catalogue import Entry, entries
from tests.catalogue.labtext import lab_cells, tests_of
from tests.catalogue.trial import behaviour, quiet, same, verdicts

END = "nothing is left to look at"


def mistake_faults(lab: str, entry: Entry) -> list[str]:
    """A mistake fails the tests that it says it fails, and no others."""
    problems = verdicts(lab, entry.exercise, entry.text)
    failed = {test for test, problem in problems.items() if problem}
    own = failed & tests_of(lab, entry.exercise)
    faults = []
    if not own:
        faults.append("No test of its own exercise rejects it.")
    if entry.fails and own != entry.fails:
        faults.append(f"It says `# fails: {_listed(entry.fails)}`, but what fails is {_listed(own)}.")
    if failed - own != entry.spreads:
        faults.append(f"It says `# spreads: {_listed(entry.spreads)}`, but elsewhere fails {_listed(failed - own)}.")
    return faults


def alternative_faults(lab: str, entry: Entry) -> list[str]:
    """An alternative passes every test that it can reach."""
    problems = verdicts(lab, entry.exercise, entry.text)
    return [f"{test} rejects it: {problem}" for test, problem in problems.items() if problem]


def unknown_tests(lab: str, entry: Entry) -> list[str]:
    """Tests that an entry names and that are not there."""
    own = tests_of(lab, entry.exercise)
    others = {test for cell in lab_cells(lab) for test in tests_of(lab, cell.exercise)} - own
    return [f"{entry}: there is no {test}" for test in sorted((entry.fails - own) | (entry.spreads - others))]


def twins(lab: str, exercise: str) -> list[str]:
    """Pairs of mistakes of one exercise that no test can tell apart, so that neither can the diagnosis.

    What has been told apart from every other mistake is asked no more.
    """
    with quiet():
        does = {entry.name: behaviour(lab, exercise, entry.text) for entry in entries("mistakes", exercise)}
        pairs = list(combinations(does, 2))
        while pairs:
            done = {name: next(does[name], END) for name in {name for pair in pairs for name in pair}}
            if any(value is END for value in done.values()):
                break
            pairs = [(a, b) for a, b in pairs if same(done[a], done[b], tolerance=1e-6)]
    return [f"{a} = {b}" for a, b in pairs]


def _listed(names: frozenset[str] | set[str]) -> str:
    return ", ".join(sorted(names)) or "nothing"
