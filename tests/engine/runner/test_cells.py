"""Cells behave as in a notebook: output, rich display, figures, magics, commands, widgets, errors."""

from __future__ import annotations

import base64
from collections.abc import Callable

import nbformat
import pytest

from autograder.sandbox.client import RunnerClient
from autograder.sandbox.outcomes import CellOutcome
from tests.engine.runner.conftest import shown, text

Run = Callable[..., CellOutcome]


def test_the_last_value_and_the_prints_are_shown_in_order(run: Run) -> None:
    """Streams, displays and the result keep their order, and form valid nbformat outputs."""
    outcome = run("import sys\nprint('one')\ndisplay('two')\nprint('three')\nprint('four', file=sys.stderr)\n6 * 7")
    assert outcome.status == "ok"
    kinds = [(output["output_type"], output.get("name")) for output in outcome.outputs]
    assert kinds == [
        ("stream", "stdout"),
        ("display_data", None),
        ("stream", "stdout"),
        ("stream", "stderr"),
        ("execute_result", None),
    ]
    assert outcome.outputs[-1]["data"]["text/plain"] == "42"
    assert outcome.execution_count == outcome.outputs[-1]["execution_count"] == 1
    cell = nbformat.v4.new_code_cell(outputs=[nbformat.from_dict(output) for output in outcome.outputs])
    nbformat.validate(nbformat.v4.new_notebook(cells=[cell]))


def test_a_semicolon_hides_the_value(run: Run) -> None:
    """As in Jupyter."""
    assert run("1 + 1;").outputs == []


def test_data_frames_are_shown_as_tables(run: Run) -> None:
    """Rich display: text and HTML."""
    outcome = run("import pandas as pd\npd.read_csv('data.csv')")
    assert "<table" in shown(outcome, "text/html")[0]
    assert outcome.outputs[0]["execution_count"] == 1


def test_an_open_figure_is_shown_once_at_the_end_of_its_cell(run: Run) -> None:
    """Inline figures without a kernel, with or without the magic, and closed afterwards."""
    plot = "import matplotlib.pyplot as plt\nfig, ax = plt.subplots()\nax.plot([1, 2]);"
    for cell in (plot, "%matplotlib inline\n" + plot, plot + "\nplt.show()"):
        images = shown(run(cell), "image/png")
        assert len(images) == 1
        assert base64.b64decode(images[0]).startswith(b"\x89PNG")
    assert text(run("print(plt.get_fignums())")) == "[]\n"


@pytest.mark.parametrize("line", ["%matplotlib notebook", "%matplotlib widget", "%matplotlib qt"])
def test_other_backends_cost_nothing_but_the_line(runner: RunnerClient, line: str) -> None:
    """A backend that is not there is an error of its cell; the runner lives on and plots inline."""
    runner.execute(line, 20)
    outcome = runner.execute("%matplotlib inline\nimport matplotlib.pyplot as plt\nplt.plot([1, 2]);", 20)
    assert len(shown(outcome, "image/png")) == 1


def test_line_and_cell_magics(run: Run) -> None:
    """%time, %%time, %%timeit, %%capture, %who, %load of a file that is there."""
    assert "Wall time" in text(run("%time sum(range(10))"))
    assert "Wall time" in text(run("%%time\nx = 3"))
    assert "per loop" in text(run("%%timeit -n 2 -r 1\n1 + 1"))
    assert run("%%capture out\nprint('hidden')").outputs == []
    assert run("out.stdout").outputs[0]["data"]["text/plain"] == "'hidden\\n'"
    assert "x" in text(run("%who"))
    assert run("%load data.csv").status == "ok"
    assert run("%pwd").outputs[0]["data"]["text/plain"] == "'/notebook/student'"


def test_an_unknown_magic_is_an_error_of_its_cell(run: Run) -> None:
    """With a sentence instead of a traceback."""
    outcome = run("%no_such_magic")
    assert outcome.status == "error" or "UsageError" in str(outcome.outputs)


def test_shell_commands(run: Run) -> None:
    """``!`` commands, their output in order, their result as a list, and their exit code."""
    assert text(run("print('before')\n!echo $((1+2)); ls\nprint('after')")) == "before\n3\ndata.csv\nnumpy.py\nafter\n"
    assert run("files = !ls\nfiles.sort()\nfiles").outputs[0]["data"]["text/plain"] == "['data.csv', 'numpy.py']"
    assert run("!false\n_exit_code").outputs[0]["data"]["text/plain"] == "1"
    assert text(run("%%bash\necho from bash")) == "from bash\n"


def test_programs_and_c_code_that_print_are_heard(run: Run) -> None:
    """What goes to the file descriptors 1 and 2 is shown as well."""
    outcome = run("import os, subprocess\nos.write(1, b'raw ')\nsubprocess.run(['echo', 'program'])\nos.write(2, b'e')")
    assert "raw program\n" in text(outcome)
    assert text(outcome, "stderr") == "e"


@pytest.mark.parametrize("line", ["!pip install requests", "%pip install requests", "!python -m pip install x"])
def test_installing_fails_at_once_with_a_sentence(run: Run, line: str) -> None:
    """No waiting for a network that is not there, and the rest of the cell goes on."""
    outcome = run(line + "\nx = 1", seconds=5)
    assert outcome.status == "ok"
    assert "Nothing can be installed" in text(outcome, "stderr")
    assert outcome.seconds < 5


def test_top_level_await(run: Run) -> None:
    """asyncio at the top level of a cell."""
    assert run("import asyncio\nawait asyncio.sleep(0.01, 'slept')").outputs[0]["data"]["text/plain"] == "'slept'"
    assert run("async def f():\n    return 5\nx = await f()\nx").outputs[0]["data"]["text/plain"] == "5"


def test_widgets_degrade_to_their_first_state(run: Run) -> None:
    """``interact`` draws once with the start values, without a kernel and without a traceback."""
    outcome = run(
        "from ipywidgets import interact, FloatSlider\nimport matplotlib.pyplot as plt\n"
        "@interact(w=FloatSlider(value=2.0), b=(0.0, 1.0))\ndef show(w, b):\n"
        "    plt.plot([0, w])\n    plt.show()\n    print('w is', w)"
    )
    assert outcome.status == "ok"
    assert len(shown(outcome, "image/png")) == 1
    assert "w is 2.0" in text(outcome)
    assert not any("widget-view" in kind for output in outcome.outputs for kind in output.get("data", {}))


def test_nobody_answers_input(run: Run) -> None:
    """``input()`` is an error with a sentence that says what to do."""
    outcome = run("age = input('How old? ')")
    assert outcome.status == "error"
    assert outcome.error is not None
    assert "give the value in the cell" in outcome.error.message
    assert run("import getpass\ngetpass.getpass()").status in ("error", "ok")


@pytest.mark.parametrize("way", ["exit()", "quit()", "exit", "import sys\nsys.exit(3)", "raise SystemExit"])
def test_leaving_does_not_end_the_notebook(runner: RunnerClient, way: str) -> None:
    """exit(), quit() and sys.exit() end at most their cell."""
    runner.execute("x = 5", 20)
    runner.execute(way, 20)
    assert runner.alive
    assert shown(runner.execute("x", 20)) == ["5"]


def test_an_error_shows_the_students_own_lines_only(run: Run) -> None:
    """Frames of IPython, numpy and the engine are left out; the line is given."""
    run("import numpy as np\ndef f(x):\n    return np.linalg.inv(x)")
    outcome = run("y = 1\nf(np.zeros((2, 2)))")
    assert outcome.status == "error"
    error = outcome.error
    assert error is not None
    assert error.type_name == "LinAlgError"
    assert error.mro[:2] == ["LinAlgError", "ValueError"]
    assert error.line == "return np.linalg.inv(x)"
    assert error.traceback.splitlines() == [
        "Cell In[2], line 2",
        "    f(np.zeros((2, 2)))",
        "Cell In[1], line 3, in f",
        "    return np.linalg.inv(x)",
        "LinAlgError: Singular matrix",
    ]
    assert outcome.outputs[-1]["ename"] == "LinAlgError"


def test_a_syntax_error_shows_its_line(run: Run) -> None:
    """One error output, the line and where in it."""
    outcome = run("x = 1\ny = (2 +\n")
    assert outcome.status == "error"
    assert outcome.error is not None
    assert outcome.error.type_name == "SyntaxError"
    assert outcome.error.line == "y = (2 +"
    assert len([output for output in outcome.outputs if output["output_type"] == "error"]) == 1


def test_deep_recursion_is_told_briefly(run: Run) -> None:
    """RecursionError with a traceback of a few lines."""
    outcome = run("def f(n):\n    return f(n + 1)\nf(0)")
    assert outcome.error is not None
    assert outcome.error.type_name == "RecursionError"
    assert "more calls" in outcome.error.traceback
    assert len(outcome.error.traceback.splitlines()) < 25


def test_exceptions_that_misbehave_are_described_all_the_same(run: Run) -> None:
    """An exception whose text cannot be made, one with half a character, a group, a traceback that is gone."""
    assert run("class E(Exception):\n    def __str__(self): raise ValueError\nraise E").status == "error"
    assert run("raise ValueError('\\ud800')").status == "error"
    assert run("raise ExceptionGroup('many', [ValueError('a'), TypeError('b')])").status == "error"
    assert run("raise ValueError('x' * 10**6)").status == "error"


def test_odd_text_crosses(run: Run) -> None:
    """Lone surrogates, control characters and half UTF-8 sequences do no harm."""
    assert run("print('\\ud83d')\nimport os\nos.write(1, b'\\xff\\xfe')\ndisplay('\\ud83d')").status == "ok"
    assert run("from IPython.display import HTML\nHTML('<b>\\ud800</b>')").status == "ok"


def test_displays_can_be_updated_and_cleared(run: Run) -> None:
    """Display handles and ``clear_output``."""
    assert shown(run("h = display('a', display_id=True)\nh.update('b')")) == ["'b'"]
    assert text(run("from IPython.display import clear_output\nprint('x')\nclear_output()\nprint('y')")) == "y\n"


def test_a_quiet_cell_runs_without_outputs(runner: RunnerClient) -> None:
    """Replaying costs no drawing."""
    outcome = runner.execute("import matplotlib.pyplot as plt\nplt.plot([1, 2])\nprint(1)\nx = 2\nx", 20, quiet=True)
    assert outcome.status == "ok"
    assert outcome.outputs == []
    assert shown(runner.execute("x", 20)) == ["2"]


def test_the_notebook_is_main(run: Run) -> None:
    """``if __name__ == '__main__'`` holds, and ``get_ipython`` is there."""
    assert shown(run("__name__, get_ipython() is not None")) == ["('__main__', True)"]


def test_own_modules_import_but_hide_nothing(runner: RunnerClient) -> None:
    """A module beside the notebook can be imported; one that is called like a library hides nothing."""
    runner.execute("open('helper.py', 'w').write('VALUE = 9')", 20)
    assert shown(runner.execute("import helper, numpy\nhelper.VALUE, hasattr(numpy, 'array')", 20)) == ["(9, True)"]


def test_forgotten_seeds_give_the_same_numbers_in_each_runner(sandbox: object) -> None:
    """Grading twice gives the same grade."""
    cell = "import random, numpy as np\nrandom.random(), float(np.random.rand())"
    first, second = (shown(sandbox.runner({}).execute(cell, 20)) for _ in range(2))  # type: ignore[attr-defined]
    assert first == second


@pytest.mark.parametrize(
    "line",
    [
        "import matplotlib; matplotlib.use('TkAgg')",
        "plt.switch_backend('QtAgg')",
        "plt.switch_backend('module://ipympl.backend_nbagg')",
        "%matplotlib qt",
        "%matplotlib widget",
        "%matplotlib",
    ],
)
def test_figures_stay_in_the_notebook_whatever_backend_is_asked_for(run: Run, line: str) -> None:
    """A line that works on a student's machine costs nothing where there is no screen."""
    run("import matplotlib.pyplot as plt")
    outcome = run(f"{line}\nfig, ax = plt.subplots()\nax.plot([1, 2])\nplt.show()")
    assert outcome.status == "ok"
    assert len(shown(outcome, "image/png")) == 1
    assert "not in a window" in text(outcome, "stderr")


def test_the_user_has_a_name_and_a_home(run: Run) -> None:
    """However a cell asks, also in a program that it starts."""
    outcome = run(
        "import getpass, os, pathlib\n"
        "home = {os.environ['HOME'], str(pathlib.Path.home()), os.path.expanduser('~'), os.getcwd()}\n"
        "names = {getpass.getuser(), os.getlogin(), os.environ['USER'], os.environ['LOGNAME']}\n"
        "shell = !echo $USER $HOME\n"
        "names, len(home), shell == ['student ' + os.getcwd()]"
    )
    assert shown(outcome) == ["({'student'}, 1, True)"]
    assert outcome.sightings == []
