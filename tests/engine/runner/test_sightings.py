"""Observed facts: neutral sentences about what a cell reached for, and nothing about what honest cells do."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.runner.audit import ObservedFacts
from autograder.sandbox.client import RunnerClient
from autograder.sandbox.machine import notable_folders
from tests.engine.runner.conftest import call
from tests.engine.runner.test_faults import CONFIG


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
        ("try: open('/etc/passwd')\nexcept OSError: pass", "open /etc/passwd"),
        ("import os\nos.listdir('/')", "list /,"),
        ("import os\ntry: os.chdir('..')\nexcept OSError: pass\nos.listdir('../..')", "list ../.."),
        ("try: open('../../../source/01/lab.ipynb')\nexcept OSError: pass", "source/01"),
        ("try: open('/content/../proc/self/maps')\nexcept OSError: pass", "/proc/self/maps"),
        ("import os\ntry: open(os.path.expanduser('/home/ada/.ssh/id_rsa'))\nexcept OSError: pass", "/.ssh/id_rsa"),
        ("import os\ntry: os.kill(1, 9)\nexcept OSError: pass", "send a signal"),
        ("import gc\ngc.get_objects();", "all objects"),
        ("import ctypes\nctypes.CDLL('libc.so.6')", "libc.so.6"),
        ("get_ipython().input_transformers_post.append(lambda lines: lines)", "input transformer"),
        ("import ast\nget_ipython().ast_transformers.append(ast.NodeTransformer())", "AST transformer"),
        ("def peek(info): pass\nget_ipython().events.register('pre_run_cell', peek)", "pre_run_cell hook peek"),
        ("import numpy.testing as t\nt.assert_allclose = lambda *a: None", "replaced numpy.testing.assert_allclose"),
        ("import builtins\nbuiltins.sum = lambda *a: 1", "replaced builtins.sum"),
        ("import numpy as np\nnp.allclose = lambda *a, **k: True", "replaced numpy.allclose"),
        (
            "import threading\ndef look():\n    try: open('/srv/course/x')\n    except OSError: pass\n"
            "t = threading.Thread(target=look)\nt.start(); t.join()",
            "open /srv/course/x",
        ),
        (
            "import os, threading\nt = threading.Thread(target=os.listdir, args=('/srv/course',))\nt.start(); t.join()",
            "list /srv/course",
        ),
        (
            "class Last:\n    def __del__(self):\n        try: open('/srv/course/y')\n        except OSError: pass\n"
            "last = Last()\ndel last",
            "open /srv/course/y",
        ),
        (
            "import weakref\nclass Last: pass\nlast = Last()\nweakref.finalize(last, open, '/srv/course/z')\ndel last",
            "open /srv/course/z",
        ),
        ("try: exec(\"open('/srv/course/e')\")\nexcept OSError: pass", "open /srv/course/e"),
    ],
)
def test_what_a_cell_reaches_for_is_noted_once(runner: RunnerClient, cell: str, words: str) -> None:
    """One neutral sentence, the first time only."""
    outcome = runner.execute(cell, 20)
    assert len([fact for fact in outcome.sightings if words in fact]) == 1, outcome
    assert all(fact.startswith("A cell ") and fact.endswith(".") for fact in outcome.sightings)
    assert not [fact for fact in runner.execute(cell, 20).sightings if words in fact]


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
        "from google.colab import drive\ndrive.mount('/content/drive')",
        "%cd /content/drive/MyDrive",
        "import os\ntry: os.chdir('/content/drive/MyDrive/ml course')\nexcept OSError: pass",
        "import os\nfor folder, _, names in os.walk('/kaggle/input'):\n    print(folder, names)",
        "import os\ntry: os.listdir('/kaggle/input')\nexcept OSError: pass",
        "import glob\nglob.glob('/content/drive/MyDrive/*') + glob.glob('/content/*.csv')",
        "import matplotlib.pyplot as plt\nplt.plot(1)\ntry: plt.savefig('/Users/ada/s.png')\nexcept OSError: 1",
        "import pandas as pd\ntry: pd.read_csv('C:\\\\Users\\\\ada\\\\Downloads\\\\data.csv')\nexcept OSError: pass",
        "import pandas as pd\ntry: pd.read_csv('/home/ada/Downloads/data.csv')\nexcept OSError: pass",
        "try: open('/mnt/c/Users/ada/data.csv')\nexcept OSError: pass",
        "import os\nos.chdir(os.path.expanduser('~'))\nos.makedirs(os.path.expanduser('~/Downloads'))",
        "import os\ntry: os.chdir('/home/ada/notebooks')\nexcept OSError: pass",
        "import pandas as pd\ntry: pd.read_csv('~/Downloads/data.csv')\nexcept OSError: pass",
        "open('/tmp/figure.txt', 'w').close()",
        "%load_ext autotime\n%autosave 60",
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


def test_folders_of_the_grader_are_noted_wherever_they_lie() -> None:
    """A course in a home folder or on a drive of Colab: its own files, and the folders above it."""
    config = replace(CONFIG, notable=("/home/grader", "/content/course"))
    is_students = ObservedFacts(config)._is_students_computer
    for path in ("/home/ada/x", "/content/drive/x", "/Users/ada", "/root/x", "/home/graders/x"):
        assert is_students(path), path
    for path in (
        "/home/grader/gradebook.db",
        "/content/course/source",
        "/home",
        "/content",
        "/home/ada/.ssh/id",
        "/etc",
    ):
        assert not is_students(path), path


def test_the_grader_own_folders_are_told_to_the_runner() -> None:
    """Two levels of where its home, its course and the engine lie, and no more."""
    folders = notable_folders()
    assert any(os.path.commonpath([folder, os.getcwd()]) == folder for folder in folders)
    assert all(len(Path(folder).parts) <= 3 for folder in folders)


def test_a_flood_of_one_kind_hides_no_other_and_says_that_it_was_cut(runner: RunnerClient) -> None:
    """The last fact of a kind says that there are more; other kinds have room of their own."""
    flood = "import numpy as np\nfor i in range(100):\n    try: open(f'../../data{i}.csv')\n    except OSError: pass\n"
    outcome = runner.execute(flood + "np.allclose = lambda *a, **k: True", 20)
    assert "A cell did more of this kind (files) than is listed here." in outcome.sightings
    assert "A cell replaced numpy.allclose." in outcome.sightings


@pytest.mark.parametrize(
    "flood",
    [
        "for i in range(100):\n    try: open(f'../../data{i}.csv')\n    except OSError: pass\n",
        "import ctypes\nfor i in range(100):\n    try: ctypes.CDLL(f'lib{i}.so')\n    except OSError: pass\n",
        "import builtins\nnames = 'abs all any ascii bin callable chr divmod filter format hex id map max min oct'\n"
        "for name in (names + ' ord pow round sorted sum zip').split():\n"
        "    setattr(builtins, name, lambda *a, real=getattr(builtins, name), **k: real(*a, **k))\n",
        "for i in range(100):\n    def hook(info): pass\n    hook.__name__ = f'hook{i}'\n"
        "    get_ipython().events.register('pre_run_cell', hook)\n",
        "import os\nfor i in range(100):\n    try: os.listdir(f'../../submitted/student{i}')\n    except OSError: 1\n",
    ],
    ids=["files", "libraries", "builtins", "hooks", "submitted"],
)
def test_no_flood_hides_what_matters_most(runner: RunnerClient, flood: str) -> None:
    """The gradebook, other students' work, the comparison of numbers: each has room of its own."""
    last = (
        "import os, numpy\nfor path in ('../../gradebook.db', '../../submitted/eve', '/proc/1/environ'):\n"
        "    try: open(path)\n    except OSError: pass\nnumpy.allclose = lambda *a, **k: True"
    )
    facts = " ".join(runner.execute(f"{flood}{last}", 20).sightings)
    for words in ("open ../../gradebook.db", "submitted", "/proc/1/environ", "replaced numpy.allclose"):
        assert words in facts, facts


def test_a_fact_is_never_too_long_to_cross(runner: RunnerClient) -> None:
    """Names that a student chose are cut."""
    cell = "def peek(info): pass\npeek.__name__ = 'p' * 10**5\nget_ipython().events.register('pre_run_cell', peek)"
    assert runner.execute(cell, 20).status == "ok"
    assert runner.execute("open('/srv/' + 'x' * 10**5)", 20).status == "error"
    assert runner.alive


def test_facts_accuse_nobody(runner: RunnerClient) -> None:
    """They say what a cell did, not what for."""
    cell = "import os, gc\nfor path in ('/etc', '../..'):\n    try: os.listdir(path)\n    except OSError: 1\n"
    cell += "gc.get_objects();"
    words = " ".join(runner.execute(cell, 20).sightings).lower()
    assert words
    for accusing in ("cheat", "attempt", "suspicious", "illegal", "business", "forbidden"):
        assert accusing not in words
