"""What an instructor is told: facts about what a cell reached for, and nothing about what honest cells do."""

from __future__ import annotations

import pytest

from autograder.sandbox.client import RunnerClient
from tests.engine.runner.conftest import call


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("try: open('../../gradebook.db')\nexcept OSError: pass", "open ../../gradebook.db"),
        ("import pathlib as p\ntry: p.Path('/proc/self/environ').read_text()\nexcept OSError: 1", "/proc/self/environ"),
        ("import os\ntry: os.listdir('/work')\nexcept OSError: pass", "list /work"),
        ("import os\nfor _ in os.walk('/proc'): pass", "list /proc"),
        ("import glob\nglob.glob('/notebook/*/*')\nglob.glob('/srv/course/*')", "list /srv/course"),
        ("import pandas as pd\ntry: pd.read_csv('/srv/course/a.csv')\nexcept OSError: pass", "/srv/course/a.csv"),
        ("import sqlite3\ntry: sqlite3.connect('/srv/gradebook.db')\nexcept Exception: pass", "/srv/gradebook.db"),
        ("import socket\ntry: socket.getaddrinfo('example.org', 80)\nexcept OSError: pass", "network (example.org)"),
        ("import urllib.request as u\ntry: u.urlopen('http://example.org')\nexcept OSError: pass", "network (exam"),
        ("import pandas as pd\ntry: pd.read_csv('http://example.org/')\nexcept OSError: pass", "network (exam"),
        ("import os\ntry: os.kill(1, 9)\nexcept OSError: pass", "send a signal"),
        ("import gc\ngc.get_objects();", "all objects"),
        ("import ctypes\nctypes.CDLL('libc.so.6')", "libc.so.6"),
        ("get_ipython().input_transformers_post.append(lambda lines: lines)", "input transformer"),
        ("import ast\nget_ipython().ast_transformers.append(ast.NodeTransformer())", "AST transformer"),
        ("def peek(info): pass\nget_ipython().events.register('pre_run_cell', peek)", "pre_run_cell hook peek"),
        ("import numpy.testing as t\nt.assert_allclose = lambda *a: None", "replaced numpy.testing.assert_allclose"),
        ("import builtins\nbuiltins.sum = lambda *a: 1", "replaced builtins.sum"),
        ("import numpy as np\nnp.allclose = lambda *a, **k: True", "replaced numpy.allclose"),
    ],
)
def test_what_a_cell_reaches_for_is_noted_once(runner: RunnerClient, cell: str, words: str) -> None:
    """One neutral sentence, the first time only."""
    outcome = runner.execute(cell, 20)
    assert len([one for one in outcome.sightings if words in one]) == 1, outcome
    assert all(one.startswith("A cell ") and one.endswith(".") for one in outcome.sightings)
    assert not [one for one in runner.execute(cell, 20).sightings if words in one]


@pytest.mark.parametrize(
    "cell",
    [
        "import pandas as pd\npd.read_csv('data.csv')",
        "open('missing.txt', 'w').close()\nimport os\nos.listdir(), os.listdir('.')",
        "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.savefig('x.png')",
        "import scipy.optimize, sklearn.ensemble, platform\nplatform.platform()",
        "from sklearn.datasets import load_iris\nload_iris().data.shape",
        "import tempfile\ntempfile.TemporaryFile()",
        "!ls\nx = !ls",
        "%load_ext autoreload\n%autoreload 2",
        "%matplotlib inline\n%config InlineBackend.figure_format = 'retina'",
        "import subprocess\nsubprocess.run(['ls'], timeout=5)",
        "import asyncio\nawait asyncio.sleep(0)",
        "import warnings\nwarnings.filterwarnings('ignore')",
        "import builtins\nbuiltins.my_own = 1\nprint = print",
        "import numpy as np\nnp.random.seed(1)\nnp.set_printoptions(precision=2)\nnp.seterr(all='ignore')",
        "import time, random, logging, json, math, functools, dataclasses\n"
        "@dataclasses.dataclass\nclass A:\n    x: int = 0\nA()",
        "from ipywidgets import interact\ninteract(lambda w: w, w=(0, 1.0));",
        "from sklearn.model_selection import cross_val_score\nfrom sklearn.linear_model import LogisticRegression\n"
        "cross_val_score(LogisticRegression(), [[i] for i in range(20)], [0, 1] * 10, n_jobs=-1)",
        "open('/dev/null')\nimport os\nos.urandom(3)",
        "%%writefile helper.py\nx = 1",
        "raise ValueError",
    ],
)
def test_honest_cells_are_not_noted(runner: RunnerClient, cell: str) -> None:
    """What students do every day leaves no trace."""
    assert runner.execute(cell, 30).sightings == []


def test_what_a_call_reaches_for_is_noted(runner: RunnerClient) -> None:
    """Also when a function does it only while it is tested."""
    runner.execute("def f():\n    try: open('/srv/x')\n    except OSError: return 1", 20)
    assert call(runner, "f").sightings == ["A cell tried to open /srv/x, which is outside the notebook's folder."]


def test_the_number_of_sightings_is_bounded(runner: RunnerClient) -> None:
    """A cell that tries a million paths does not fill the report."""
    outcome = runner.execute("for i in range(1000):\n    try: open(f'/srv/{i}')\n    except OSError: pass", 20)
    assert len(outcome.sightings) == 20
