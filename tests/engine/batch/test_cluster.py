"""``autograder grade --scheduler``: a real scheduler, and workers that share nothing with the course's machine."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from autograder.grading import executors
from tests.engine.batch.dask_cluster import Cluster, Networks, make_certificates, tls_environment
from tests.engine.fixtures import mini_course as course
from tests.engine.fixtures.mini_lab import ANSWERS, answered

pytest.importorskip("distributed", reason="grading on a cluster needs Dask: pip install -e '.[cluster]'")

pytestmark = [pytest.mark.slow, pytest.mark.spread]
SLEEPER = answered({**ANSWERS, "square": "import time\ntime.sleep(20)\n" + ANSWERS["square"]})


@pytest.fixture
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A cluster that is not started yet."""
    cluster = Cluster(tmp_path_factory.mktemp("cluster"))
    yield cluster
    cluster.close()


@pytest.fixture
def networks() -> Iterator[Networks]:
    """Two machines on a network of their own."""
    if os.getuid() != 0 or not shutil.which("ip") or not shutil.which("unshare"):
        pytest.skip("Network namespaces need root, and the commands ip and unshare.")
    networks = Networks(2)
    yield networks
    networks.close()


def test_workers_in_folders_of_their_own(cluster: Cluster, class_root: Path, undisturbed: dict[str, Any]) -> None:
    cluster.start(workers=2)
    status, said = course.grade(class_root, "--scheduler", cluster.address)
    assert status == 1, said
    assert course.state(class_root) == undisturbed
    assert "Traceback" not in said


def test_workers_in_networks_of_their_own_over_tls(
    cluster: Cluster, networks: Networks, class_root: Path, undisturbed: dict[str, Any]
) -> None:
    certificates = make_certificates(cluster.folder / "tls")
    cluster.host, cluster.tls = networks.host, tls_environment(certificates)
    cluster.start(workers=0)
    for name in networks.names:
        # The course's folder is hidden from the worker under an empty one.
        hidden = f'mount -t tmpfs none "{class_root}" && exec "$@"'
        cluster.worker(name, "ip", "netns", "exec", name, "unshare", "--mount", "sh", "-c", hidden, "sh")
    address = cluster.address
    assert address.startswith(f"tls://{networks.host}")
    tls = [f"--tls-{name.replace('_', '-')}={path}" for name, path in certificates.items()]
    status, said = course.grade(class_root, "--scheduler", address, *tls)
    assert status == 1, said
    assert course.state(class_root) == undisturbed
    status, said = course.grade(class_root, "--scheduler", address)
    assert status == 2
    assert "needs certificates: give --tls-ca-file" in said
    assert "Traceback" not in said


def test_a_worker_that_dies_gives_its_submissions_back(
    cluster: Cluster, class_root: Path, undisturbed: dict[str, Any]
) -> None:
    cluster.start(workers=2)
    run = course.start(class_root, "--scheduler", cluster.address)
    course.wait_for(lambda: len(course.graded(class_root)) >= 4)
    cluster.kill("worker0")
    course.wait_for(lambda: len(course.graded(class_root)) >= 10)
    cluster.kill("worker1")  # nobody has the lab any more
    cluster.worker("worker2")
    said, _ = run.communicate(timeout=240)
    assert run.returncode == 1, said
    assert course.state(class_root) == undisturbed


def test_a_submission_that_kills_its_worker_three_times_is_not_gradable(cluster: Cluster, tmp_path: Path) -> None:
    course.write_lab(tmp_path)
    course.hand_in(tmp_path, "ada", answered())
    course.hand_in(tmp_path, "bob", SLEEPER)
    course.hand_in(tmp_path, "cyd", answered())
    cluster.start(workers=1)
    run = course.start(tmp_path, "--scheduler", cluster.address)
    deaths = 0
    while deaths < 3:
        worker = cluster.processes[f"worker{deaths}"]
        course.wait_for(lambda worker=worker: _judges(worker.pid) and "ada" in course.graded(tmp_path))
        cluster.kill(f"worker{deaths}")
        deaths += 1
        cluster.worker(f"worker{deaths}")
    said, _ = run.communicate(timeout=240)
    assert run.returncode == 1, said
    assert "not gradable: bob" in said
    verdicts = dict(course.query(tmp_path, "select student, min(verdict) from autograder_record group by student"))
    assert verdicts == {"ada": "passed", "bob": "not gradable", "cyd": "passed"}


def _judges(pid: int) -> bool:
    """Whether something is being graded: a worker has forked a judge."""
    return any(
        "autograder.grading.worker" in command
        for worker, line in course.descendants(pid).items()
        if "autograder.grading.worker" in line
        for command in course.descendants(worker).values()
    )


def test_a_scheduler_that_dies_ends_the_run_and_the_next_one_goes_on(
    cluster: Cluster, class_root: Path, undisturbed: dict[str, Any]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        cluster.port = free.getsockname()[1]
    cluster.start(workers=1)
    run = course.start(class_root, "--scheduler", cluster.address)
    course.wait_for(lambda: len(course.graded(class_root)) >= 4)
    cluster.kill("scheduler")
    said, _ = run.communicate(timeout=120)
    assert run.returncode == 2, said
    assert "run the same command again" in said
    known = course.graded(class_root)
    cluster.kill("worker0")
    cluster.start(workers=2)
    status, said = course.grade(class_root, "--scheduler", cluster.address)
    assert status == 1, said
    assert {student: course.graded(class_root)[student] for student in known} == known
    assert course.state(class_root) == undisturbed


def test_nobody_there_is_one_sentence(cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(executors, "CONNECT_SECONDS", 5)
    course.write_course(tmp_path, 1)
    status, said = course.grade_here(tmp_path, "--scheduler", "tcp://127.0.0.1:9")
    assert (status, "No Dask scheduler answers at tcp://127.0.0.1:9" in said) == (2, True), said
    cluster.start(workers=0)
    status, said = course.grade_here(tmp_path, "--scheduler", cluster.address)
    assert (status, "has no workers: start some with" in said) == (2, True), said
    status, said = course.grade_here(tmp_path, "--scheduler", cluster.address, "--tls-ca-file", "ca.pem")
    assert (status, "give all three" in said) == (2, True), said
