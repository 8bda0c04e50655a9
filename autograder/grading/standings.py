"""How each test of a lab can be judged, found out once, when the lab is prepared, by trying it.

The reference answers and the untouched release are handed in like any submission. A test that gives the reference its
points from outside, and the release none that it would not get beside it, is judged from outside. Otherwise, if the
reference passes it where test and answer share a process, it is weak. Otherwise it is broken.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping

from autograder.model.record import Record
from autograder.model.standing import Standing

Graded = Callable[[str, Collection[str]], Iterable[Record]]
"""The records of a notebook (JSON text), some tests of which are run beside its code."""


def find_standings(
    source: str, release: str, graded: Graded, of_kept_values: Collection[str] = ()
) -> dict[str, Standing]:
    """Try every test of a lab.

    Args:
        source: the lab's notebook with the reference answers.
        release: the notebook as students were given it.
        graded: grades a notebook.
        of_kept_values: tests that have to pass on either side, see `autograder.notebook.kept_values`.

    Returns:
        Test -> how it can be judged.
    """
    records = list(graded(source, ()))
    tests = {record.test: record.max_points for record in records}
    outside, untouched = _points(records), _points(graded(release, ()))
    doubtful = [
        test for test, most in tests.items() if outside[test] < most or untouched[test] > 0 or test in of_kept_values
    ]
    if not doubtful:
        return dict.fromkeys(tests, Standing.OUTSIDE)
    beside = _points(graded(source, doubtful))
    gets_points = [test for test in doubtful if untouched[test] > 0]
    untouched_beside = _points(graded(release, gets_points)) if gets_points else untouched
    found = dict.fromkeys(tests, Standing.OUTSIDE)
    for test in doubtful:
        if outside[test] < beside[test] or (untouched[test] > untouched_beside[test] and beside[test] > 0):
            found[test] = Standing.WEAK
        elif outside[test] == 0 and tests[test] > 0:
            found[test] = Standing.BROKEN
        elif test in of_kept_values and beside[test] > 0:
            found[test] = Standing.BOTH
    return found


def both(standings: Mapping[str, Standing]) -> frozenset[str]:
    """The tests that are run outside and beside the student's code."""
    return frozenset(test for test, standing in standings.items() if standing is Standing.BOTH)


def weak(standings: Mapping[str, Standing]) -> frozenset[str]:
    """The tests that are run beside the student's code."""
    return frozenset(test for test, standing in standings.items() if standing is Standing.WEAK)


def _points(records: Iterable[Record]) -> dict[str, float]:
    return {record.test: record.points or 0.0 for record in records}
