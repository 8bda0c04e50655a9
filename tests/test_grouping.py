"""The tests of a file share its fixtures: pytest-xdist must run them in one process, or each is made twice."""

from __future__ import annotations

import os

import pytest


@pytest.mark.skipif("PYTEST_XDIST_WORKER" not in os.environ, reason="all tests run in one process")
def test_a_files_tests_stay_together(request: pytest.FixtureRequest) -> None:
    assert request.node.nodeid.endswith("@test_grouping.py")
