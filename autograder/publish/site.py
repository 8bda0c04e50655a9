"""The labs as a site of static files, made with JupyterLite: the notebooks run in the browser of whoever opens it."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from jinja2 import Environment, StrictUndefined
from jupyter_core.paths import jupyter_path
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from autograder.language.html import rewrite
from autograder.language.translate import ENGLISH, Translator
from autograder.model.errors import CourseError
from autograder.notebook.cells import text_of
from autograder.publish.browser import Needs, needs, write_wheels
from autograder.publish.contents import Contents

_CONFIG = "jupyter-lite.json"  # what each site of JupyterLite has
_KERNEL = "@jupyterlite/pyodide-kernel-extension"
_EXTENSIONS = (_KERNEL, "@jupyter-widgets/jupyterlab-manager")
_APPS = ("lab", "notebooks", "tree", "edit")
_FROM_KERNEL = "../../../../pypi"  # the site's wheels, seen from the kernel's script
_INSTALLS = {"README.md", "requirements.txt", "requirements.lock", "check_environment.py", "binder"}
"""Files for students who install an environment, which a browser does without."""


@dataclass(frozen=True)
class _Lab:
    """A lab on the start page; the paths are those of its notebooks in the site."""

    title: str
    hand_in: str
    in_class: str


def write_site(contents: Contents, folder: Path, title: str, pyodide: str, say: Translator = ENGLISH) -> list[str]:
    """Write the site.

    Args:
        contents: what students may have.
        folder: the site; it must be new or empty, or hold an earlier site, which is replaced.
        title: heading of the start page.
        pyodide: address or folder of a Pyodide; "" for the network address that JupyterLite uses.
        say: translates the start page.

    Returns:
        Sentences about what may not work.

    Raises:
        CourseError: JupyterLite is not installed, the folder holds other things, or the Pyodide does not fit.
    """
    _refuse_other_things(folder)
    if find_spec("jupyterlite_core") is None or find_spec("jupyterlite_pyodide_kernel") is None:
        raise CourseError(
            "A site is built with JupyterLite, which is not installed: install it with "
            "`pip install jupyterlite-core jupyterlite-pyodide-kernel`."
        )
    wanted = needs(contents)
    extensions = [_extension(name) for name in _EXTENSIONS]
    local = None if not pyodide or "://" in pyodide else Path(pyodide).resolve()
    settings: dict[str, Any] = {} if local or not pyodide else {"pyodideUrl": _address(pyodide)}
    doubts = _check_pyodide(local, pyodide, wanted, extensions[0]) if local else []
    with _draft(folder) as draft:
        lite, made = draft / "lite", draft / "site"
        for name, content in sorted(contents.files.items()):
            if name.partition("/")[0] not in _INSTALLS:
                path = lite / "contents" / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(_in_python(content) if name.endswith(".ipynb") else content)
        wheels = write_wheels(wanted.pure, lite / "pypi")
        if local:
            (lite / "static").mkdir()
            (lite / "static" / "pyodide").symlink_to(local)
        _build(lite, made, extensions)
        packages = [*wanted.at_start, *(f"{_FROM_KERNEL}/{wheel}" for wheel in wheels)]
        _configure(made / _CONFIG, title, settings | {"loadPyodideOptions": {"packages": packages}})
        (made / "index.html").write_text(_start_page(title, contents, say), encoding="utf-8")
        if folder.exists():
            shutil.rmtree(folder)
        made.replace(folder)
    return doubts


def _in_python(content: bytes) -> bytes:
    """A notebook that says that it is in Python: JupyterLite asks for a kernel where it does not."""
    notebook = json.loads(content)
    if "language_info" in notebook["metadata"]:
        return content
    notebook["metadata"]["language_info"] = {"name": "python"}
    return (json.dumps(notebook, indent=1, ensure_ascii=False) + "\n").encode()


def _refuse_other_things(folder: Path) -> None:
    if folder.exists() and not (folder.is_dir() and (not any(folder.iterdir()) or (folder / _CONFIG).is_file())):
        raise CourseError(f"{folder} exists already, and is no earlier site: remove it, or name another folder.")


def _extension(name: str) -> str:
    """Folder of an installed extension of JupyterLab."""
    for folder in jupyter_path("labextensions", *name.split("/")):
        if (Path(folder) / "package.json").is_file():
            return folder
    raise CourseError(
        f"The extension {name} of JupyterLab is not installed: run `pip install ipywidgets` and try again."
    )


def _address(url: str) -> str:
    """Address of the module that loads Pyodide."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
        raise CourseError(
            f"{url} is no address of a Pyodide: give that of the folder with its pyodide.mjs, or a folder here."
        )
    return url if url.endswith(".mjs") else f"{url.rstrip('/')}/pyodide.mjs"


def _check_pyodide(folder: Path, named: str, wanted: Needs, kernel: str) -> list[str]:
    """Refuse a folder that is no Pyodide or lacks a package; sentences about what else may not fit."""
    try:
        lock = json.loads((folder / "pyodide-lock.json").read_text(encoding="utf-8"))
        there = {
            canonicalize_name(name): (folder / package["file_name"]).is_file()
            for name, package in lock["packages"].items()
        }
        python = str(lock["info"]["python"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _no_pyodide(named) from error
    if not (folder / "pyodide.mjs").is_file():
        raise _no_pyodide(named)
    if missing := sorted(name for name in wanted.compiled if not there.get(canonicalize_name(name))):
        raise CourseError(
            f"The Pyodide in {named} has no {' and no '.join(missing)}, which the labs import: take the full "
            "distribution, pyodide-VERSION.tar.bz2, not pyodide-core."
        )
    index = json.loads((Path(kernel) / "static/pypi/all.json").read_text(encoding="utf-8"))
    asked = next(iter(index["pyodide-kernel"]["releases"].values()))[0]["requires_python"]
    if asked and not SpecifierSet(asked).contains(python):
        return [
            f"The Pyodide in {named} runs Python {python}, and the installed jupyterlite-pyodide-kernel asks for "
            f"{asked}: open a lab and see whether its kernel starts."
        ]
    return []


def _no_pyodide(named: str) -> CourseError:
    return CourseError(
        f"{named} is no Pyodide: unpack pyodide-VERSION.tar.bz2 and name the folder with pyodide.mjs and "
        "pyodide-lock.json in it."
    )


@contextlib.contextmanager
def _draft(folder: Path) -> Iterator[Path]:
    """A folder beside the site that is gone in the end."""
    draft = folder.resolve().with_name(f".{folder.name}.{os.getpid()}.draft")
    draft.mkdir(parents=True)
    try:
        yield draft
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _build(lite: Path, made: Path, extensions: list[str]) -> None:
    """Run JupyterLite's own build. This machine's other extensions stay out: they may need a server."""
    settings = {
        "apps": _APPS,
        "contents": ["contents"],
        "federated_extensions": extensions,
        "ignore_sys_prefix": True,
        "no_sourcemaps": True,
        "output_dir": str(made),
    }
    (lite / "jupyter_lite_config.json").write_text(json.dumps({"LiteBuildConfig": settings}), encoding="utf-8")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("JUPYTERLITE_")}
    command = [sys.executable, "-m", "jupyterlite_core", "build"]
    done = subprocess.run(command, cwd=lite, env=environment, capture_output=True, text=True, check=False)
    if done.returncode or not (made / _CONFIG).is_file():
        said = [line.strip() for line in (done.stdout + done.stderr).splitlines() if line.strip()]
        raise CourseError(f"JupyterLite could not build the site; it ended with: {said[-1] if said else 'nothing'}")


def _configure(path: Path, title: str, settings: Mapping[str, Any]) -> None:
    """Add to the site's configuration; the build itself overwrites the kernel's settings."""
    config = json.loads(path.read_text(encoding="utf-8"))
    data = config["jupyter-config-data"]
    data["appName"] = title
    data.setdefault("litePluginSettings", {}).setdefault(f"{_KERNEL}:kernel", {}).update(settings)
    path.write_text(json.dumps(config, indent=2), encoding="utf-8")


def _start_page(title: str, contents: Contents, say: Translator) -> str:
    template = resources.files("autograder.publish").joinpath("templates/site.html").read_text(encoding="utf-8")
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters |= {"path": quote, "say": say}
    labs = list(_labs(contents))
    page = environment.from_string(template).render(title=title, labs=labs, language=contents.language or "en")
    return rewrite(page, say.message)


def _labs(contents: Contents) -> Iterator[_Lab]:
    """The labs in order, each with its two notebooks."""
    notebooks: dict[str, list[str]] = {}
    for path, lab in contents.labs.items():
        if path.endswith(".ipynb"):
            notebooks.setdefault(lab, []).append(path)
    for lab, paths in sorted(notebooks.items()):
        released, *others = paths
        cells = json.loads(contents.files[released])["cells"]
        headings = (re.match(r"#+ +(.+)", text_of(cell)) for cell in cells if cell["cell_type"] == "markdown")
        heading = next((found[1].strip() for found in headings if found), lab)
        yield _Lab(heading, released, others[-1] if others else "")
