"""Magics that only concern a student's own Jupyter never stop a cell."""

from __future__ import annotations

import pytest

from autograder.sandbox.client import RunnerClient
from tests.engine.runner.conftest import shown, text

WITHOUT_EFFECT = [
    *("%load_ext nb_black", "%load_ext lab_black", "%load_ext jupyter_black", "%load_ext autotime"),
    *("%reload_ext nb_black", "%unload_ext nb_black", "%load_ext autoreload\n%autoreload 2\n%reload_ext autoreload"),
    *("%autosave 60", "%store", "%store -r", "%store kept", "%connect_info", "%qtconsole", "%subshell"),
    *("%notebook copy.ipynb", "%history", "%history -n 1-5", "%hist", "%recall 1", "%rerun", "%save file 1"),
    *("%colors NoColor", "%xmode Verbose", "%gui qt", "%pdb on", "%debug", "%edit", "%clear", "%cls", "%man ls"),
    *("%logstart", "%logstop", "%quickref", "%autocall 1", "%doctest_mode", "%rehashx", "%bookmark -l"),
    *("%matplotlib widget", "%matplotlib ipympl", "%matplotlib qt5", "%matplotlib"),
    *("%config InlineBackend.figure_format = 'retina'", "%config InlineBackend.rc = {'figure.dpi': 80}"),
    *("%config IPCompleter.greedy = True", "%config Completer.use_jedi = False", "%config NoSuch.setting = 1"),
    *("%config ZMQInteractiveShell.ast_node_interactivity = 'last_expr'", "%config InlineBackend.close_figures"),
    *("%conda install numpy", "%mamba install numpy", "%uv pip install numpy", "%pip install numpy"),
    *("%watermark -v", "%tensorboard --logdir logs", "%cd /content/drive/MyDrive"),
    *("get_ipython().run_line_magic('autosave', '60')", "get_ipython().magic('load_ext nb_black')"),
]


@pytest.mark.parametrize("line", WITHOUT_EFFECT)
def test_a_line_that_concerns_only_the_students_jupyter_is_passed_over(runner: RunnerClient, line: str) -> None:
    """The rest of the cell runs, and nothing is noted or left behind."""
    outcome = runner.execute(f"{line}\ndef double(x):\n    return 2 * x\nprint(double(21))", 20)
    assert outcome.status == "ok", outcome.error
    assert text(outcome).endswith("42\n")
    assert outcome.sightings == []
    assert shown(runner.execute("import os\n[name for name in os.listdir('.') if name != '.ipython']", 20)) == [
        "['numpy.py', 'data.csv']"
    ] or shown(runner.execute("sorted(os.listdir('.'))[-2:]", 20)) == ["['data.csv', 'numpy.py']"]


@pytest.mark.parametrize("line", ["%pylab", "%pylab inline", "%pylab qt", "%pylab notebook --no-import-all"])
def test_pylab_gives_its_names_and_figures_in_the_notebook(runner: RunnerClient, line: str) -> None:
    """Whatever window it asks for."""
    outcome = runner.execute(f"{line}\nplt.plot(np.arange(3.0))\nNone", 20)
    assert outcome.status == "ok", outcome.error
    assert len(shown(outcome, "image/png")) == 1


def test_replaced_magics_stay_after_ipython_loads_its_own(runner: RunnerClient) -> None:
    """A magic of the same group, run before."""
    for line in ("%cd .", "%logon", "%lsmagic", "%config", "%who"):
        runner.execute(line, 20)
    for line in ("%bookmark -l", "%logstart", "%history", "%config NoSuch.setting = 1"):
        assert runner.execute(line, 20).status == "ok"


def test_variables_are_still_expanded_in_other_magics(runner: RunnerClient) -> None:
    """`{name}` and `$name` in a line magic, also in a function of the student's."""
    runner.execute("import os\nos.mkdir('inner')\nfolder = 'inner'", 20)
    assert "inner" in text(runner.execute("%cd {folder}", 20))
    assert "inner" in text(runner.execute("def go(place):\n    %cd $place\n%cd ..\ngo('inner')", 20))


def test_settings_take_effect_where_there_are_such(runner: RunnerClient) -> None:
    """`%config` for figures."""
    runner.execute("%config InlineBackend.close_figures = False", 20)
    assert "False" in text(runner.execute("%config InlineBackend", 20))


def test_an_error_of_a_magic_shows_the_students_own_line(runner: RunnerClient) -> None:
    """Not the call that IPython makes of it."""
    outcome = runner.execute("x = 1\n%run missing.py", 20)
    assert outcome.error is not None
    assert outcome.error.line == "%run missing.py"
    assert "get_ipython" not in outcome.error.traceback


def test_magics_without_their_sign(runner: RunnerClient) -> None:
    """As in Jupyter: in a cell of one line."""
    assert runner.execute("autosave 60", 20).status == "ok"
