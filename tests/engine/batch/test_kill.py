"""``autograder grade`` with everything real, killed at random moments: it ends as a run that was not killed."""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from concurrent.futures import CancelledError
from pathlib import Path
from typing import Any

import pytest

from autograder.grading.worker_client import GraderProcess, Settings, close_all, grade_task, stop_all
from autograder.model.limits import Limits
from autograder.model.record import Verdict
from tests.engine.batch.conftest import SUBMISSIONS
from tests.engine.fixtures import mini_course as course
from tests.engine.fixtures.mini_lab import ANSWERS, answered, mini_lab, submission

pytestmark = [pytest.mark.slow, pytest.mark.spread]
LIMITS = Limits()


@pytest.fixture
def dice(request: pytest.FixtureRequest) -> random.Random:
    """Chance that is the same in every run, whichever tests went before."""
    return random.Random(f"{os.environ.get('KILL_SEED', '1')} {request.node.name}")


def test_main_process_killed_again_and_again(
    class_root: Path, undisturbed: dict[str, Any], dice: random.Random
) -> None:
    known: dict[str, float] = {}
    for _ in range(3):
        process = course.start(class_root)
        before = len(known)
        course.wait_for(
            lambda process=process, before=before: len(course.graded(class_root)) > before or process.poll()
        )
        time.sleep(dice.uniform(0, 1.5))
        below = course.descendants(process.pid)
        process.kill()
        process.communicate()
        course.wait_for(lambda below=below: not any(map(course.runs, below)), seconds=20)
        now = course.graded(class_root)
        assert {student: now[student] for student in known} == known, "graded twice"
        known = now
    status, said = course.grade_here(class_root)
    assert status == 1, said
    final = course.graded(class_root)
    assert {student: final[student] for student in known} == known, "graded twice"
    assert course.state(class_root) == undisturbed


@pytest.mark.parametrize("victims", [course.workers, course.sandboxes])
def test_workers_and_sandboxes_killed_while_they_work(
    victims: Any, class_root: Path, undisturbed: dict[str, Any], dice: random.Random
) -> None:
    process = course.start(class_root)
    for saved in (1, 6, 12):
        course.wait_for(lambda saved=saved: len(course.graded(class_root)) >= saved)
        time.sleep(dice.uniform(0, 0.5))
        found = victims(process.pid)
        course.kill(dice.sample(found, min(1, len(found))))
    said, _ = process.communicate(timeout=240)
    assert process.returncode == 1, said
    if "failed 3 times" in str(course.query(class_root, "select message from autograder_record")):
        course.grade_here(class_root)  # one submission was under way each time, and is graded by the next run
    assert course.state(class_root) == undisturbed


def test_interrupted_it_stops_within_seconds_and_goes_on(class_root: Path, undisturbed: dict[str, Any]) -> None:
    process = course.start(class_root)
    course.wait_for(lambda: course.graded(class_root))
    below, started = course.descendants(process.pid), time.monotonic()
    process.send_signal(signal.SIGINT)
    said, _ = process.communicate(timeout=60)
    assert process.returncode == 130, said
    assert time.monotonic() - started < 10
    assert "run the same command again to go on" in said
    assert "Traceback" not in said
    assert not any(map(course.runs, below))
    known = course.graded(class_root)
    course.grade_here(class_root)
    final = course.graded(class_root)
    assert {student: final[student] for student in known} == known
    assert course.state(class_root) == undisturbed


def test_two_runs_at_once_share_the_work(class_root: Path, undisturbed: dict[str, Any]) -> None:
    both = [course.start(class_root, "--workers", "1") for _ in range(2)]
    said = [process.communicate(timeout=240)[0] for process in both]
    assert all(process.returncode in (0, 1) for process in both), said
    assert course.state(class_root) == undisturbed
    done = [int(text.rpartition("graded ")[2].partition(",")[0]) for text in map(_last_count, said)]
    assert sum(done) == SUBMISSIONS, "some were graded twice"


def _last_count(said: str) -> str:
    return [line for line in said.splitlines() if line.startswith("graded ") and "unchanged" in line][-1]


def test_a_lost_gradebook_is_made_again_without_grading(class_root: Path, undisturbed: dict[str, Any]) -> None:
    course.grade_here(class_root)
    known = course.graded(class_root)
    (class_root / "gradebook.db").unlink()
    status, said = course.grade_here(class_root)
    assert status == 1
    assert f"{SUBMISSIONS} graded notebooks were missing in this gradebook" in said
    assert course.graded(class_root) == known
    assert course.state(class_root) == undisturbed


def test_one_that_kills_its_worker_three_times_is_not_gradable_and_the_next_is_graded() -> None:
    lab, settings = mini_lab(), Settings(LIMITS)
    sleeper = submission(answered({**ANSWERS, "square": "import time\ntime.sleep(20)"}), student="bob")
    killed, over = [], threading.Event()

    def executioner() -> None:
        seen: dict[int, float] = {}
        while not over.is_set():
            for worker in course.workers(os.getpid()):
                below = course.descendants(worker).items()
                judges = [judge for judge, command in below if "autograder.grading.worker" in command]
                # A fork that lasts is a judge: others become a program of their own, or end, before long.
                if any(time.monotonic() - seen.setdefault(judge, time.monotonic()) > 1.5 for judge in judges):
                    course.kill([worker])
                    killed.append(worker)
            time.sleep(0.05)

    thread = threading.Thread(target=executioner)
    thread.start()
    try:
        result = grade_task(sleeper, lab, settings)
    finally:
        over.set()
        thread.join()
    try:
        assert len(set(killed)) == 3
        assert {record.verdict for record in result.records} == {Verdict.NOT_GRADABLE}
        assert "failed 3 times" in (result.problem or "")
        good = grade_task(submission(), lab, settings)
        assert {record.verdict for record in good.records} == {Verdict.PASSED}
    finally:
        close_all()


def test_stopping_interrupts_what_is_under_way() -> None:
    lab, settings = mini_lab(), Settings(LIMITS)
    sleeper = submission(answered({**ANSWERS, "square": "import time\ntime.sleep(25)"}))
    grader = GraderProcess(settings)
    grader.grade(submission(), lab)
    timer = threading.Timer(1.0, stop_all)
    started = time.monotonic()

    def work() -> None:
        import autograder.grading.worker_client

        autograder.grading.worker_client._mine.grader = grader
        autograder.grading.worker_client._all.append(grader)
        timer.start()
        with pytest.raises(CancelledError):
            grade_task(sleeper, lab, settings)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    close_all()
    assert time.monotonic() - started < 20  # the cell sleeps for longer
