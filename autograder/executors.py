"""Where grading runs: threads of this machine, each with its worker process, or a Dask cluster. One code path."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.grader import close_all
from autograder.lab import Lab


@dataclass(frozen=True)
class Pool:
    """Where to submit work.

    Attributes:
        executor: any `concurrent.futures` executor.
        slots: how many submissions it works on at a time.
        share: turns a lab into what is cheap to pass with every submission.
    """

    executor: Executor
    slots: int
    share: Callable[[Lab], Any]


@contextmanager
def local(workers: int | None = None) -> Iterator[Pool]:
    """Threads that each own one worker process; as many as cores unless told otherwise."""
    count = workers or len(os.sched_getaffinity(0))
    executor = ThreadPoolExecutor(count, thread_name_prefix="grader")
    try:
        yield Pool(executor, count, share=lambda lab: lab)
    finally:
        executor.shutdown(wait=False, cancel_futures=True)
        close_all()


@contextmanager
def cluster(address: str, tls: dict[str, Path] | None = None) -> Iterator[Pool]:
    """A Dask cluster that already runs.

    Args:
        address: of the scheduler, e.g. ``tcp://host:8786`` or ``tls://host:8786``.
        tls: paths ``ca_file``, ``client_cert`` and ``client_key``, for ``tls://``.

    Raises:
        ConnectionError: no scheduler, or no worker, answers there; the sentence says what to do.
    """
    try:
        from distributed import Client
        from distributed.security import Security
    except ImportError as error:
        raise ConnectionError("`--scheduler` needs Dask: run `pip install -e '.[cluster]'`.") from error
    security = None
    if tls:
        security = Security(
            tls_ca_file=str(tls["ca_file"]),
            tls_client_cert=str(tls["client_cert"]),
            tls_client_key=str(tls["client_key"]),
            require_encryption=True,
        )
    try:
        client = Client(address, security=security, timeout="20s", set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        raise ConnectionError(f"No Dask scheduler answers at {address}: start one with `dask scheduler`.") from error
    with client:
        slots = sum(client.nthreads().values())
        if not slots:
            raise ConnectionError(
                f"The scheduler at {address} has no workers: start some with `dask worker {address}`."
            )
        # Scattered once, a lab is not sent again with every submission.
        yield Pool(client.get_executor(pure=False), slots, share=lambda lab: client.scatter(lab, broadcast=True))
