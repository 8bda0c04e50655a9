"""Results that an earlier version left on disk and that lack a field: they are graded again, never saved in part."""

from __future__ import annotations

import json
from collections.abc import Callable

import msgpack

from autograder.grading.finished import with_notebook
from autograder.grading.spool import Spool
from autograder.model.record import Result
from tests.engine.fixtures.mini_lab import submission

MakeResult = Callable[..., Result]


def test_a_graded_notebook_without_answered_is_not_restored(spool: Spool, make_result: MakeResult) -> None:
    result = make_result()
    notebook = json.loads(result.notebook)
    spool.place(with_notebook(result, notebook), submission(notebook))
    restored = spool.read("mini", "ada")
    assert restored is not None
    assert restored.answered == ("square", "scale", "observe")
    del notebook["metadata"]["autograder"]["answered"]
    (spool.folder("mini", "ada") / "mini.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    assert spool.read("mini", "ada") is None


def test_a_spooled_result_without_answered_is_removed(spool: Spool, make_result: MakeResult) -> None:
    spooled = spool.put(make_result())
    data = msgpack.unpackb(spooled.read_bytes())
    del data["answered"]
    spooled.write_bytes(msgpack.packb(data))
    assert list(spool.waiting()) == []
    assert not spooled.exists()
