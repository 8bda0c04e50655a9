"""Nothing lost: cut off after any step and started again, a run ends as one that was not, and grades nothing twice."""

from __future__ import annotations

import datetime
import json
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from autograder.course.log import log_path, logging_to
from autograder.course.pending import PendingSubmission
from autograder.gradebook.store import Store
from autograder.grading import batch as batch_module
from autograder.grading.batch import Batch, Tally
from autograder.grading.executors import Pool
from autograder.grading.finished import to_be_repeated
from autograder.grading.spool import Spool
from autograder.grading.worker_client import Settings
from autograder.model.errors import GradingRefused
from autograder.model.lab import Lab
from autograder.model.limits import Limits
from autograder.model.record import Result, Submission
from tests.engine.fixtures.mini_lab import submission

STUDENTS = ("ada", "bob", "cyd")
SETTINGS = Settings(Limits(total_seconds=1.0))
CUTS = ("before spool", "after spool", "after gradebook", "after folder")


class CutOff(BaseException):
    """The process was killed here."""


@pytest.fixture
def graded(monkeypatch: pytest.MonkeyPatch, make_result: Callable[..., Result]) -> Counter[str]:
    """How often each student was graded, with grading itself replaced by full marks."""
    count: Counter[str] = Counter()

    def task(handed: Submission, _lab: Lab, _settings: Settings) -> Result:
        count[handed.student] += 1
        return make_result(handed.student, handed=handed)

    monkeypatch.setattr(batch_module, "grade_task", task)
    return count


def handed(student: str, extra: bytes = b"") -> PendingSubmission:
    """A submitted folder."""
    files = {"notes.txt": extra} if extra else {}
    return PendingSubmission(
        student, "mini", datetime.datetime(2026, 3, 1), lambda: submission(student=student, files=files)
    )


def run(
    store: Store, spool: Spool, pool: Pool, lab: Lab, each: list[PendingSubmission] | None = None, **options: Any
) -> Tally:
    """One run over the class."""
    folders = [handed(student) for student in STUDENTS] if each is None else each
    return Batch(store, spool, pool, SETTINGS, **options).run(folders, {"mini": lab}, lambda _result: None)


def state(store: Store, spool: Spool) -> Any:
    """All that a finished run leaves behind, times and ids left out."""
    with store.engine.begin() as connection:
        grades = connection.exec_driver_sql(
            "select s.student_id, b.name, g.auto_score, g.needs_manual_grade from grade g "
            "join base_cell b on b.id = g.cell_id join submitted_notebook n on n.id = g.notebook_id "
            "join submitted_assignment s on s.id = n.assignment_id order by 1, 2"
        ).all()
        records = connection.exec_driver_sql("select * from autograder_record order by student, position").all()
    files = {path.relative_to(spool.autograded).as_posix(): path.read_bytes()
             for path in sorted(spool.autograded.rglob("*")) if path.is_file()}  # fmt: skip
    return grades, records, files, list(spool.results.iterdir())


def test_a_second_run_grades_nothing(store: Store, spool: Spool, pool: Pool, lab: Lab, graded: Counter[str]) -> None:
    run(store, spool, pool, lab)
    before = state(store, spool)
    tally = run(store, spool, pool, lab)
    assert graded == Counter(dict.fromkeys(STUDENTS, 1))
    assert (tally.graded, tally.skipped) == (0, 3)
    assert state(store, spool) == before


def test_a_changed_submission_is_graded_again(
    store: Store, spool: Spool, pool: Pool, lab: Lab, graded: Counter[str]
) -> None:
    run(store, spool, pool, lab)
    run(store, spool, pool, lab, [handed("ada", b"new"), handed("bob"), handed("cyd")])
    assert graded == Counter(ada=2, bob=1, cyd=1)
    assert (spool.folder("mini", "ada") / "notes.txt").read_bytes() == b"new"


@pytest.mark.parametrize("cut", CUTS)
@pytest.mark.parametrize("victim", STUDENTS)
def test_cut_off_anywhere_and_started_again(
    cut: str, victim: str, store: Store, spool: Spool, pool: Pool, lab: Lab, graded: Counter[str],
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path,
) -> None:  # fmt: skip
    owner: Any
    owner, name, late = {
        "before spool": (spool, "put", False),
        "after spool": (spool, "put", True),
        "after gradebook": (store, "save", True),
        "after folder": (spool, "place", True),
    }[cut]
    step = getattr(owner, name)

    def cut_step(result: Result, *args: Any) -> Any:
        if result.student != victim:
            return step(result, *args)
        if late:
            step(result, *args)
        raise CutOff

    with monkeypatch.context() as patched:
        patched.setattr(owner, name, cut_step)
        with pytest.raises(CutOff):
            run(store, spool, pool, lab)
    spool.close()
    again = Spool(tmp_path, spool.autograded)
    run(store, again, pool, lab)
    repeated = {student for student in STUDENTS if graded[student] > 1}
    in_flight = set(STUDENTS[STUDENTS.index(victim) + 1 :])  # begun, but never graded to the end
    assert repeated <= in_flight | ({victim} if cut == "before spool" else set())
    interrupted = state(store, again)
    with store.engine.begin() as connection:
        for table in ("autograder_run", "autograder_record", "grade"):
            connection.exec_driver_sql(f"delete from {table}")
    run(store, again, pool, lab)
    assert interrupted == state(store, again)


def test_a_half_moved_folder_is_swept(store: Store, spool: Spool, pool: Pool, lab: Lab, graded: Counter[str]) -> None:
    dead = spool.moving / f"{'a' * 32}.new"
    dead.mkdir()
    (spool.results / f"{'b' * 32}.draft").write_bytes(b"half")
    (spool.results / "abc.result").write_bytes(b"\x93 not a result")
    run(store, spool, pool, lab)
    assert not dead.exists()
    assert list(spool.results.iterdir()) == []


def test_a_lost_folder_or_gradebook_row_is_made_again(
    store: Store, spool: Spool, pool: Pool, lab: Lab, graded: Counter[str]
) -> None:
    run(store, spool, pool, lab)
    whole = state(store, spool)
    (spool.folder("mini", "ada") / "mini.ipynb").unlink()
    with store.engine.begin() as connection:
        connection.exec_driver_sql("delete from autograder_run where student = 'bob'")
    run(store, spool, pool, lab)
    assert graded == Counter(ada=2, bob=2, cyd=1)
    assert state(store, spool) == whole


def test_two_graders_do_not_take_the_same_submission(tmp_path: Path, spool: Spool) -> None:
    """POSIX locks belong to processes, so the other grader is one."""
    import subprocess
    import sys

    assert spool.claim("mini", "ada")
    code = (
        "from pathlib import Path; from autograder.grading.spool import Spool; import sys\n"
        "spool = Spool(Path(sys.argv[1]), Path(sys.argv[1]) / 'autograded')\n"
        "print(spool.claim('mini', 'ada'), spool.claim('mini', 'bob'))"
    )
    other = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True)
    assert other.stdout.split() == ["False", "True"]


def test_changed_tests_are_told_and_regraded_on_demand(
    store: Store, spool: Spool, pool: Pool, lab: Lab, graded: Counter[str]
) -> None:
    run(store, spool, pool, lab)
    newer = replace(lab, files={"data.csv": b"1"})
    assert run(store, spool, pool, newer).outdated == 3
    assert run(store, spool, pool, newer, regrade=True).graded == 3
    assert run(store, spool, pool, lab, force=True).graded == 3


def test_a_refusal_ends_the_run(
    store: Store, spool: Spool, pool: Pool, lab: Lab, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object) -> Result:
        raise GradingRefused("no isolation")

    monkeypatch.setattr(batch_module, "grade_task", refuse)
    with pytest.raises(GradingRefused):
        run(store, spool, pool, lab)
    assert store.graded("mini") == {}


def test_our_own_fault_is_not_gradable_and_the_others_go_on(
    store: Store, spool: Spool, pool: Pool, lab: Lab, monkeypatch: pytest.MonkeyPatch,
    make_result: Callable[..., Result],
) -> None:  # fmt: skip
    def task(each: Submission, _lab: Lab, _settings: Settings) -> Result:
        if each.student == "bob":
            raise RuntimeError("the cluster lost it")
        return make_result(each.student, handed=each)

    monkeypatch.setattr(batch_module, "grade_task", task)
    tally = run(store, spool, pool, lab)
    assert [(student, why) for student, _, why in tally.problems] == [
        ("bob", "Grading this submission failed (RuntimeError). A person must look.")
    ]
    assert len(store.graded("mini")) == 3
    assert "could not be graded" in json.loads(
        (spool.folder("mini", "bob") / "mini.ipynb").read_text()
    )["cells"][0]["source"]  # fmt: skip


def test_what_our_own_fault_made_not_gradable_is_logged_and_graded_again(
    store: Store, spool: Spool, pool: Pool, lab: Lab, monkeypatch: pytest.MonkeyPatch, tmp_path: Path,
    make_result: Callable[..., Result],
) -> None:  # fmt: skip
    broken, count = True, Counter[str]()

    def task(each: Submission, _lab: Lab, _settings: Settings) -> Result:
        count[each.student] += 1
        if broken and each.student == "bob":
            raise RuntimeError("no space \x1b[31mleft")
        if broken and each.student == "cyd":  # one test of several
            result = make_result(each.student, points=None, handed=each)
            return to_be_repeated(replace(result, faults=("test_square: Traceback: KeyError",)))
        return replace(make_result(each.student, handed=each), faults=("diagnosis of test_square",))

    monkeypatch.setattr(batch_module, "grade_task", task)
    with logging_to(tmp_path):
        tally = run(store, spool, pool, lab)
    assert (tally.graded, tally.faulty, tally.repeated) == (3, 3, 2)
    log = log_path(tmp_path).read_text(encoding="utf-8")
    assert "bob, mini: the engine failed\nTraceback (most recent call last):" in log
    assert r"no space \x1b[31mleft" in log
    assert "cyd, mini: the engine failed\ntest_square: Traceback: KeyError" in log
    assert "ada, mini: the engine failed\ndiagnosis of test_square" in log
    broken = False
    tally = run(store, spool, pool, lab)
    assert (tally.graded, tally.skipped, tally.repeated) == (2, 1, 0)
    assert count == Counter(ada=1, bob=2, cyd=2)
    assert run(store, spool, pool, lab).skipped == 3


def test_a_repeated_submission_is_not_restored_from_its_graded_notebook(
    store: Store, spool: Spool, pool: Pool, lab: Lab, monkeypatch: pytest.MonkeyPatch, graded: Counter[str]
) -> None:
    def fail(*_args: object) -> Result:
        raise OSError("disk full")

    with monkeypatch.context() as patched:
        patched.setattr(batch_module, "grade_task", fail)
        run(store, spool, pool, lab)
    with store.engine.begin() as connection:
        connection.exec_driver_sql("delete from autograder_run")
    tally = run(store, spool, pool, lab)
    assert (tally.graded, tally.restored) == (3, 0)
