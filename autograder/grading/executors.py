"""Where grading runs: threads of this machine, each with its worker process, or a Dask cluster."""

from __future__ import annotations

import importlib
import os
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import CancelledError, Executor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.grading.worker_client import ATTEMPTS, close_all, stop_all
from autograder.model.errors import ClusterError
from autograder.model.lab import Lab

CONNECT_SECONDS = 20
LOOK_SECONDS = 5.0
PATIENCE_SECONDS = 120.0


@dataclass(frozen=True)
class Pool:
    """An executor, and how to use it.

    Attributes:
        executor: any `concurrent.futures` executor.
        room: returns how many submissions may be in flight now; raises ClusterError if no worker is left.
        share: turns a lab into a value that is cheap to pass with every submission.
    """

    executor: Executor
    room: Callable[[], int]
    share: Callable[[Lab], Any]


@contextmanager
def local(workers: int | None = None) -> Iterator[Pool]:
    """Threads that each own one worker process: ``workers`` of them, or one per core."""
    count = workers or len(os.sched_getaffinity(0))
    executor = ThreadPoolExecutor(count, thread_name_prefix="grader")
    try:
        yield Pool(executor, lambda: 2 * count, share=lambda lab: lab)
    finally:
        stop_all()
        executor.shutdown(cancel_futures=True)
        close_all()


@contextmanager
def cluster(address: str, tls: Mapping[str, Path] | None = None) -> Iterator[Pool]:
    """A running Dask cluster; this package must be installed for its scheduler and every worker.

    Args:
        address: of the scheduler, e.g. ``tcp://host:8786`` or ``tls://host:8786``.
        tls: paths ``ca_file``, ``client_cert`` and ``client_key``, for ``tls://``; without them Dask's own
            configuration (``distributed.comm.tls``) applies.

    Raises:
        ClusterError: no scheduler, or no worker, answers.
    """
    client = _connect(address, tls)
    with client:
        client.run_on_scheduler(_allow_deaths)
        threads = _Threads(client, address)
        if not threads():
            raise ClusterError(threads.no_workers)
        # One submission per thread and none queued: Dask would count a worker's death against queued ones, too.
        # A task's result, unlike scattered data, is computed again when the worker that held it dies.
        yield Pool(
            client.get_executor(pure=False), threads, share=lambda lab: client.submit(Lab.from_dict, lab.to_dict())
        )


def _connect(address: str, tls: Mapping[str, Path] | None) -> Any:
    try:
        distributed: Any = importlib.import_module("distributed")
    except ImportError as error:
        raise ClusterError("`--scheduler` needs Dask: run `pip install -e '.[cluster]'`.") from error
    security = distributed.Security(**{f"tls_{name}": str(path) for name, path in (tls or {}).items()})
    if address.startswith("tls://") and security.tls_ca_file is None:
        raise ClusterError(f"{address} needs certificates: give --tls-ca-file, --tls-client-cert and --tls-client-key.")
    try:
        return distributed.Client(address, security=security, timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        raise ClusterError(
            f"No Dask scheduler answers at {address} ({_first_line(error)}): start one with `dask scheduler`."
        ) from error


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0].rstrip(".")


def _allow_deaths(dask_scheduler: Any) -> None:
    """Set how many deaths Dask allows: the task fails at one more. Dask's default is 3."""
    dask_scheduler.allowed_failures = min(dask_scheduler.allowed_failures, ATTEMPTS - 1)


class _Threads:
    """Counts the threads of the cluster's workers, again every few seconds: workers come and go."""

    def __init__(self, client: Any, address: str) -> None:
        self.client = client
        self.gone = (
            f"The scheduler at {address} is gone. What is graded is saved: start it and its workers, "
            "and run the same command again."
        )
        self.no_workers = (
            f"The scheduler at {address} has no workers: start some with `dask worker {address}`, "
            "and run the same command again."
        )
        self.known, self.asked, self.working = 0, 0.0, time.monotonic()

    def __call__(self) -> int:
        now = time.monotonic()
        if now - self.asked > LOOK_SECONDS:
            try:
                self.known, self.asked = sum(self.client.nthreads().values()), now
            except (OSError, CancelledError) as error:
                raise ClusterError(self.gone) from error
            if self.known:
                self.working = now
            elif now - self.working > PATIENCE_SECONDS:
                raise ClusterError(self.no_workers)
        return self.known
