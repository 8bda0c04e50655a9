"""The lab's own modules in a runner: what the trusted side has compiled is not compiled again."""

from __future__ import annotations

import marshal
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest

from autograder.protocol import bytecode
from autograder.sandbox.client import RunnerClient
from autograder.sandbox.outcomes import CellOutcome
from autograder.sandbox.sandbox import Sandbox
from tests.engine.runner.conftest import text

FILES = {
    "whose.py": b"def whose():\n    return 'the text'\n\n\ndef fail():\n    raise ValueError('told')\n",
    "pack/__init__.py": b"from pack.part import half\n",
    "pack/part.py": b"def half():\n    return 'the part'\n",
    "others.py": b"other = 1\n",
}
OTHER_CODE = b"def whose():\n    return 'the code'\n\n\ndef fail():\n    raise ValueError('told')\n"


@pytest.fixture
def run(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], CellOutcome]]:
    """Run a cell in a runner that is given other code than the text of `whose` would be compiled to."""
    code = compile(OTHER_CODE, "<lab>", "exec")
    monkeypatch.setitem(bytecode._known, FILES["whose.py"], (code, marshal.dumps(code)))
    bytecode.compiled(FILES["pack/__init__.py"])
    bytecode.compiled(FILES["pack/part.py"])
    runner: RunnerClient
    with closing(sandbox.runner(FILES, ["whose", "pack", "others"])) as runner:
        yield lambda source: runner.execute(source, 20)


def test_code_that_is_there_is_not_compiled_again(run: Callable[[str], CellOutcome]) -> None:
    assert text(run("import whose\nprint(whose.whose())")) == "the code\n"


def test_it_seems_to_come_from_the_file(run: Callable[[str], CellOutcome]) -> None:
    shown = run(
        "import inspect, os, whose, pack.part as p\nprint(inspect.getsource(p.half), os.path.basename(p.__file__))"
    )
    assert text(shown) == "def half():\n    return 'the part'\n part.py\n"
    failed = run("whose.fail()")
    assert failed.error is not None
    assert "whose.py" in failed.error.traceback
    assert "raise ValueError('told')" in failed.error.traceback


def test_packages_and_modules_that_nobody_has_compiled_are_imported(run: Callable[[str], CellOutcome]) -> None:
    assert text(run("import others, pack\nprint(others.other, pack.half())")) == "1 the part\n"


def test_a_changed_file_is_imported_as_it_is(run: Callable[[str], CellOutcome]) -> None:
    run("from pathlib import Path\nPath('whose.py').write_text('def whose():\\n    return 7')")
    assert text(run("import whose\nprint(whose.whose())")) == "7\n"
