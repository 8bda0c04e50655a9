"""Folders and files as they come out of browsers, mail programs, archives and other people's computers."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from typing import Any

from tests.corpus.case import NOT_GRADABLE, UNANSWERED, Case, Notebook, cell, files_only, filled, hand_in
from tests.engine.fixtures.mini_lab import LAB, release_notebook

TITLE = "Odd files"

UNREADABLE: dict[str, Any] = {"square": NOT_GRADABLE, "scale": NOT_GRADABLE}
TEXT = json.dumps(filled())


def zipped(name: str, data: bytes) -> bytes:
    """A zip archive with one file."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(zipfile.ZipInfo(name), data)
    return packed.getvalue()


def format_3() -> bytes:
    """The notebook as the format had it in 2014."""
    cells = []
    for one in filled()["cells"]:
        if one["cell_type"] == "code":
            cells.append({"cell_type": "code", "language": "python", "input": one["source"], "outputs": [],
                          "metadata": one["metadata"], "collapsed": False, "prompt_number": 1})  # fmt: skip
        else:
            cells.append({"cell_type": "markdown", "source": one["source"], "metadata": one["metadata"]})
    return json.dumps(
        {"nbformat": 3, "nbformat_minor": 0, "metadata": {"name": ""}, "worksheets": [{"cells": cells}]}
    ).encode()


def deep(levels: int) -> bytes:
    """Valid JSON, nested too deep for most readers."""
    return b'{"cells": ' + b"[" * levels + b"]" * levels + b"}"


def with_source(source: str) -> bytes:
    """A notebook of one cell."""
    one: dict[str, Any] = {
        "cell_type": "code",
        "id": "x",
        "metadata": {},
        "outputs": [],
        "execution_count": None,
        "source": source,
    }
    return json.dumps({"cells": [one], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


def _without_sources() -> Notebook:
    """The notebook in an invented format."""
    notebook = {**filled(), "nbformat": 6}
    for one in notebook["cells"]:
        one["content"] = one.pop("source")
    return notebook


def _million_outputs(notebook: Notebook) -> None:
    line = {"output_type": "stream", "name": "stdout", "text": "x" * 70}
    cell(notebook, "square")["outputs"] = [line] * 40_000


CASES = [
    Case(
        "renamed by the browser",
        "is called `mini (1).ipynb`",
        hand_in(path="mini (1).ipynb"),
        repaired=("mini (1).ipynb",),
    ),
    Case(
        "renamed by hand",
        "is called `Übung 1 - Ada FINAL.ipynb.txt` and lies beside a picture",
        files_only({"Übung 1 - Ada FINAL.ipynb.txt": TEXT.encode(), "photo.jpg": b"\xff\xd8\xff"}),
        repaired=("FINAL",),
    ),
    Case("in a folder", "is called `Downloads/lab/mini.ipynb`", hand_in(path="Downloads/lab/mini.ipynb")),
    Case(
        "two copies",
        "contains an untouched and a filled-in copy",
        hand_in(path="mini-Copy1.ipynb", files={"mini.ipynb": json.dumps(filled(None, None)).encode()}),
        repaired=("mini-Copy1.ipynb",),
    ),
    Case(
        "broken copy",
        "contains a truncated and a complete copy",
        hand_in(path="mini (2).ipynb", files={"mini.ipynb": TEXT[:500].encode()}),
    ),
    Case(
        "checkpoint",
        "contains an old checkpoint beside the notebook",
        hand_in(files={".ipynb_checkpoints/mini-checkpoint.ipynb": json.dumps(filled(None, None)).encode()}),
    ),
    Case(
        "checkpoint in its place",
        "contains an untouched notebook and an answered checkpoint",
        files_only(
            {
                "mini.ipynb": json.dumps(filled(None, None)).encode(),
                ".ipynb_checkpoints/mini-checkpoint.ipynb": TEXT.encode(),
            }
        ),
        square=UNANSWERED,
        scale=UNANSWERED,
        outcome="the notebook that was handed in counts, not an automatic copy",
    ),
    Case("nothing at all", "is an empty folder", files_only({}), **UNREADABLE, problem="", plain="nothing is recorded"),
    Case("empty file", "is a notebook of 0 bytes", files_only({"mini.ipynb": b""}), **UNREADABLE, problem="mini.ipynb"),
    Case(
        "not JSON",
        "is a renamed Python script",
        files_only({"mini.ipynb": b"def square(x):\n    return x ** 2\n"}),
        **UNREADABLE,
        problem="mini.ipynb",
    ),
    Case(
        "HTML",
        "is the login page of a learning platform, saved as a notebook",
        files_only({"mini.ipynb": b"<!DOCTYPE html><html><body>Please log in</body></html>"}),
        **UNREADABLE,
        problem="mini.ipynb",
    ),
    Case(
        "truncated",
        "is a notebook without its end",
        files_only({"mini.ipynb": TEXT[: len(TEXT) * 2 // 3].encode()}),
        **UNREADABLE,
        problem="mini.ipynb",
    ),
    Case(
        "binary",
        "is random bytes",
        files_only({"mini.ipynb": bytes(range(256)) * 64}),
        **UNREADABLE,
        problem="mini.ipynb",
    ),
    Case(
        "archive",
        "is a zip file with the right notebook",
        files_only({"mini.zip": zipped("mini.ipynb", TEXT.encode())}),
        **UNREADABLE,
        problem="zip",
    ),
    Case(
        "archive in disguise",
        "is a zip file with the name of a notebook",
        files_only({"mini.ipynb": zipped("mini.ipynb", TEXT.encode())}),
        **UNREADABLE,
        problem="mini.ipynb",
    ),
    Case(
        "archive bomb beside it",
        "contains an archive that unpacks to a gigabyte",
        hand_in(files={"data.gz": gzip.compress(bytes(64 << 20))}),
        outcome="nothing is unpacked",
    ),
    Case(
        "script only",
        "is a `.py` file",
        files_only({"mini.py": b"def square(x):\n    return x ** 2\n"}),
        **UNREADABLE,
        problem="mini",
    ),
    Case(
        "deep JSON",
        "is JSON nested 100,000 deep",
        files_only({"mini.ipynb": deep(100_000)}),
        **UNREADABLE,
        problem="mini.ipynb",
    ),
    Case(
        "JSON of something else",
        "is a JSON list",
        files_only({"mini.ipynb": b"[1, 2, 3]"}),
        **UNREADABLE,
        problem="mini.ipynb",
    ),
    Case(
        "notebook without cells",
        "is a notebook with no cells",
        files_only({"mini.ipynb": b'{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'}),
        square=UNANSWERED,
        scale=UNANSWERED,
    ),
    Case(
        "another notebook",
        "is a notebook that is unrelated to the lab",
        files_only({"shopping.ipynb": with_source("print('milk')")}),
        **UNREADABLE,
        problem="shopping.ipynb",
    ),
    Case(
        "byte order mark", "starts with a byte order mark", files_only({"mini.ipynb": b"\xef\xbb\xbf" + TEXT.encode()})
    ),
    Case("UTF-16", "is UTF-16", files_only({"mini.ipynb": TEXT.encode("utf-16")})),
    Case(
        "Windows code page",
        "contains umlauts in a Windows code page",
        hand_in("# größer\ndef square(x):\n    return np.asarray(x) ** 2"),
        outcome="read as UTF-8 first",
    ),
    Case(
        "Windows line ends",
        "has Windows line endings in the file and in the cells",
        files_only(
            {"mini.ipynb": json.dumps(filled(), indent=1).replace("\n", "\r\n").replace("\\n", "\\r\\n").encode()}
        ),
    ),
    Case("format of 2014", "is in notebook format 3", files_only({"mini.ipynb": format_3()}), repaired=("3",)),
    Case(
        "format to come",
        "claims to have notebook format 5.7",
        hand_in(change=lambda notebook: notebook.update(nbformat=5, nbformat_minor=7)),
    ),
    Case(
        "`numpy.py` beside it",
        "contains `numpy.py`, `math.py` and `autograder.py`, which print and raise",
        hand_in(
            files=dict.fromkeys(
                ("numpy.py", "math.py", "autograder.py", "pandas/__init__.py", "solutions/square.py"),
                b"raise SystemExit('shadowed')",
            )
        ),
        plain="the imports of the notebook fail or take the student's module",
    ),
    Case(
        "`sitecustomize.py` beside it",
        "contains start-up files of Python, IPython, Jupyter and matplotlib",
        hand_in(
            None,
            files={
                "sitecustomize.py": b"print('started')",
                "usercustomize.py": b"print('started')",
                ".ipython/profile_default/startup/00.py": b"print('started')",
                "ipython_config.py": b"c.InteractiveShellApp.exec_lines = ['square = lambda x: x * x']",
                "matplotlibrc": b"backend: Agg\n",
                "conftest.py": b"1/0",
                "pyvenv.cfg": b"home = .",
                "__init__.py": b"1/0",
            },
        ),
        square=UNANSWERED,
        hides=("started",),
    ),
    Case(
        "own module",
        "imports a helper module that lies beside the notebook",
        hand_in(
            "from helpers.powers import second\n\ndef square(x):\n    return second(np.asarray(x))",
            files={"helpers/powers.py": b"def second(x):\n    return x * x\n", "helpers/__init__.py": b""},
        ),
    ),
    Case(
        "own data",
        "reads a data file that is in a subfolder beside the notebook",
        hand_in(
            """
            table = np.loadtxt('data/powers.csv')
            def square(x):
                return np.asarray(x) ** table[1]
            """,
            path="work/mini.ipynb",
            files={"work/data/powers.csv": b"1\n2\n"},
        ),
    ),
    Case(
        "names that leave the folder",
        "contains files called `../../gradebook.db` and `/etc/passwd`",
        hand_in(
            files={"../../gradebook.db": b"x", "/etc/passwd": b"x", "a/../../b": b"x", "..": b"x", "nul\x00l": b"x"}
        ),
        outcome="these files are left out",
    ),
    Case(
        "many files beside it",
        "contains 90 files of all kinds",
        hand_in(files={f"f{n}/x{n}.txt": b"x" for n in range(90)}),
    ),
    Case("huge outputs", "has outputs of 3 MB in one cell", hand_in(change=_million_outputs)),
    Case(
        "repeated keys",
        "has every JSON key twice, NaN, and metadata with odd types",
        files_only({"mini.ipynb": TEXT.replace('"metadata":', '"metadata": NaN, "metadata":').encode()}),
    ),
    Case(
        "written answer as a PDF",
        "hands in its written answer as `observe.pdf` beside the notebook",
        hand_in(observe="", files={"observe.pdf": b"%PDF-1.4 It grows."}),
        waits=True,
        sighted=("beside the notebook: observe.pdf",),
        shows=(),
    ),
    Case(
        "written answer as a photo",
        "hands in a photo and a text file beside the notebook",
        hand_in(observe="", files={"photos/IMG_1.HEIC": b"\0", "answers.txt": b"It grows."}),
        waits=True,
        sighted=("answers.txt, photos/IMG_1.HEIC",),
    ),
    Case(
        "figure and data beside it",
        "hands in its data and a figure that it drew, and no written answer",
        hand_in(
            observe="",
            play="import matplotlib.pyplot as plt\nplt.savefig('curve.png')\nopen('numbers.txt').read()",
            files={"curve.png": b"\x89PNG", "numbers.txt": b"1 2", "requirements.txt": b"numpy"},
        ),
        waits=False,
        quiet=True,
    ),
    Case(
        "format of the future",
        "is in a notebook format that keeps its text elsewhere",
        files_only({f"{LAB}.ipynb": json.dumps(_without_sources()).encode()}),
        problem="in a format (6) that cannot be read",
        **UNREADABLE,
    ),
    Case(
        "unanswered beside a broken copy",
        "hands in the unchanged release beside a copy that breaks off",
        files_only({f"{LAB}.ipynb": json.dumps(release_notebook()).encode(), f"{LAB} (1).ipynb": TEXT.encode()[:3000]}),
        problem="breaks off before its end",
        **UNREADABLE,
    ),
]
