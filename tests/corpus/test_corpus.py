"""Every case of the corpus through the real engine."""

from __future__ import annotations

import json

import pytest

from autograder.model.record import Result
from tests.corpus.case import NOT_GRADABLE, PASSED, TESTS, Case
from tests.corpus.cases import all_cases
from tests.corpus.conftest import Grade, in_time
from tests.corpus.table import PAGE, page

HIDDEN = ("secret_input", "secret_array", "secret_points", "BEGIN HIDDEN", "as reference", "it grows.")
"""Words of hidden tests and of answers, which no student may read."""


@pytest.mark.parametrize("case", all_cases(), ids=lambda case: case.name)
def test_case(case: Case, grade: Grade) -> None:
    """Verdicts, points, sentences and sightings are as the case says."""
    late = any("timeout" in verdict for verdict in case.verdicts.values())
    check(case, grade(case.submission) if late else in_time(lambda: grade(case.submission)))


def test_names_are_unique() -> None:
    """A case can be told by its name, and there are enough of them."""
    names = [case.name for case in all_cases()]
    assert len(names) == len(set(names)) >= 80


def check(case: Case, result: Result) -> None:
    """Compare a result with what its case asks for."""
    told = [(record.test, str(record.verdict), record.message) for record in result.records]
    assert [record.test for record in result.records] == list(TESTS)
    for record in result.records:
        assert str(record.verdict) in case.verdicts[record.test].split(" or "), (told, result.problem)
        most = TESTS[record.test]
        due = {PASSED: most, NOT_GRADABLE: None}.get(str(record.verdict), 0.0)
        assert (record.points, record.max_points) == (due, most), record
        assert record.message or str(record.verdict) in (PASSED, NOT_GRADABLE), record
        for words in case.says.get(record.test, ()):
            assert words in record.message, record
    seen = json.dumps([told, outputs_of(result), result.sightings, result.repairs, result.problem], ensure_ascii=False)
    for words in case.shows:
        assert words in json.dumps(outputs_of(result), ensure_ascii=False), outputs_of(result)
    for words in (*HIDDEN, *case.hides):
        assert words not in seen, words
    for words in case.sighted:
        assert any(words in sighting for sighting in result.sightings), result.sightings
    assert case.waits in (None, "observe" in result.answered), result.answered
    assert not (case.quiet and result.sightings), result.sightings
    for words in case.repaired:
        assert any(words in repair for repair in result.repairs), result.repairs
    assert (result.problem is None) == (case.problem is None), result.problem
    assert (case.problem or "") in (result.problem or "")


def outputs_of(result: Result) -> list[object]:
    """What the cells of the executed notebook show."""
    if not result.notebook:
        return []
    return [one.get("outputs") for one in json.loads(result.notebook)["cells"] if one["cell_type"] == "code"]


def test_the_table_in_the_docs_is_up_to_date() -> None:
    """Run `python -m tests.corpus.table` if this fails."""
    assert PAGE.read_text(encoding="utf-8") == page()
