"""What is made once for all judges of a lab, and what is not made for a single one."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.judge import ahead, kept_files
from autograder.judge.ahead import Mistakes, run_references
from autograder.judge.kept_tables import table_of
from autograder.judge.oracle import Oracle
from autograder.notebook.parsed_lab import parse_lab
from tests.engine.judge.labs import chain_lab


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(kept_files.FOLDER_VARIABLE, str(tmp_path))


def oracle() -> Oracle:
    return Oracle(parse_lab(chain_lab()))


def test_tests_that_take_the_reference_long_are_not_run_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ahead, "LONG_SECONDS", -1)
    first, second = oracle(), oracle()
    run_references(first)
    run_references(second)
    assert first.long == {}
    assert second.long.keys() == {test.name for test in second.plan.tests}
    for test in second.plan.tests:
        assert second.broken(test) is False
        assert second.handed_in(test) == first.handed_in(test)
        assert not second.workbooks[test.exercise]._runs


def test_a_worker_takes_over_the_tables_that_its_judges_made() -> None:
    ours, judges = oracle(), oracle()
    mistakes = Mistakes(ours)
    assert mistakes.run()
    assert not mistakes.run()
    made = table_of(judges.workbooks["square"])
    assert mistakes.run()
    table = ours.workbooks["square"].known_answers
    assert [mutant.text for mutant in table.mutants] == [mutant.text for mutant in made.mutants]  # type: ignore[attr-defined]
    assert not mistakes.run()
