"""Where grading runs: threads of this machine, each with its worker process, or a Dask cluster. One code path."""

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

from autograder.grading.worker_client import close_all, stop_all
from autograder.model.errors import ClusterError
from autograder.model.lab import Lab

DEATHS = 3
"""How many workers may die over one submission, as `worker_client.ATTEMPTS` says for the workers of one machine."""
CONNECT_SECONDS = 20
LOOK_SECONDS = 5.0
PATIENCE_SECONDS = 120.0


@dataclass(frozen=True)
class Pool:
    """Where to submit work.

    Attributes:
        executor: any `concurrent.futures` executor.
        room: how many submissions to hand over at a time, now; raises ClusterError when nobody is left to work.
        share: turns a lab into what is cheap to pass with every submission.
    """

    executor: Executor
    room: Callable[[], int]
    share: Callable[[Lab], Any]


@contextmanager
def local(workers: int | None = None) -> Iterator[Pool]:
    """Threads that each own one worker process; as many as cores unless told otherwise."""
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
    """A Dask cluster that already runs; the scheduler and every worker need this package installed.

    Args:
        address: of the scheduler, e.g. ``tcp://host:8786`` or ``tls://host:8786``.
        tls: paths ``ca_file``, ``client_cert`` and ``client_key``, for ``tls://``; without them Dask's own
            configuration (``distributed.comm.tls``) says where they are.

    Raises:
        ClusterError: no scheduler, or no worker, answers there; the sentence says what to do.
    """
    client = _connect(address, tls)
    with client:
        client.run_on_scheduler(_allow_deaths)
        threads = _Threads(client, address)
        if not threads():
            raise ClusterError(threads.nobody)
        # One submission a thread and none in its queue, which would share the blame when the worker dies.
        # A task's result, unlike scattered data, is made again when the worker that held it dies.
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
    """Dask counts the deaths that it allows, so that the last one is one more; its default is 3."""
    dask_scheduler.allowed_failures = min(dask_scheduler.allowed_failures, DEATHS - 1)


class _Threads:
    """How many threads the cluster's workers have, asked for now and then: workers come and go."""

    def __init__(self, client: Any, address: str) -> None:
        self.client = client
        self.gone = (
            f"The scheduler at {address} is gone. What is graded is saved: start it and its workers, "
            "and run the same command again."
        )
        self.nobody = (
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
                raise ClusterError(self.nobody)
        return self.known
