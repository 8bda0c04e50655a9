"""A JupyterLab on a free port of this machine, and Chromium to look at it."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest

from tests.chromium import chromium_or_skip

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

ROOT = Path(__file__).parents[2]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # no other machine has a name or an address
]
WAIT = 60_000
"""Milliseconds that one step may take; a loaded machine starts a kernel slowly."""
SETTINGS = {
    "@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"},  # every cell is in the page
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
}
CLOSE_ALL = "() => [...jupyterapp.shell.widgets('main')].forEach(widget => widget.dispose())"


class Served(Protocol):
    """Notebooks that a browser can open."""

    @property
    def folder(self) -> Path:
        """Where their files are."""

    def notebook(self, app: str, name: str) -> str:
        """Address of a notebook, a path below the folder, in one of the applications."""


@dataclass(frozen=True)
class Server:
    """A running Jupyter server."""

    url: str
    token: str
    folder: Path

    def notebook(self, app: str, name: str) -> str:
        """See `Served`."""
        return self.address(f"{app}/{name}")

    def address(self, path: str) -> str:
        """Where a page of this server is, with what logs in."""
        return f"{self.url}/{path}?token={self.token}"


@contextlib.contextmanager
def serve(folder: Path, home: Path, python_path: str = str(ROOT)) -> Iterator[Server]:
    """JupyterLab on ``folder``, with settings of its own in ``home``; ended, with its kernels, when the test ends.

    Modules in ``python_path`` go before those that lie beside a notebook.
    """
    settings = home / "config" / "labconfig" / "default_setting_overrides.json"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(json.dumps(SETTINGS), encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Server(f"http://127.0.0.1:{port}", "only-for-this-test", folder)
    environment = {
        **os.environ,
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_DATA_DIR": str(home / "data"),
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
        "JUPYTERLAB_SETTINGS_DIR": str(home / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(home / "workspaces"),
        "IPYTHONDIR": str(home / "ipython"),
        "JUPYTER_TOKEN": server.token,
        "PYTHONPATH": python_path,
    }
    options = ["--no-browser", "--allow-root", "--ip=127.0.0.1", f"--port={port}", "--ServerApp.port_retries=0"]
    options += ["--LanguageServerManager.autodetect=False"]  # it starts npm and node, for nothing here
    options += ["--LabApp.expose_app_in_browser=True", "--JupyterNotebookApp.expose_app_in_browser=True"]
    command = [sys.executable, "-m", "jupyterlab", *options, f"--ServerApp.root_dir={folder}"]
    with (home / "server.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)
        try:
            _wait_for(server, process, home / "server.log")
            yield server
        finally:
            process.terminate()  # Jupyter ends its kernels, too
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait_for(server: Server, process: subprocess.Popen[bytes], log: Path) -> None:
    """Until the server answers; what it wrote if it does not."""
    end = time.monotonic() + WAIT / 1000
    while time.monotonic() < end and process.poll() is None:
        with contextlib.suppress(urllib.error.URLError, ConnectionError, TimeoutError):
            urllib.request.urlopen(server.address("api/status"), timeout=5).close()
            return
        time.sleep(0.1)
    raise RuntimeError(f"JupyterLab did not start:\n{log.read_text(encoding='utf-8')}")


def keep(page: Page, tmp_path: Path, name: str) -> None:
    """A picture for a person's eye: in the folder ``SCREENSHOTS`` if that is set."""
    folder = Path(os.environ.get("SCREENSHOTS", tmp_path))
    folder.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=folder / f"{name}.png", full_page=True)


def autograder(*words: str | Path) -> None:
    """Run the command ``autograder``."""
    command = [sys.executable, "-m", "autograder.commands.cli", *map(str, words)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def end_kernels(server: Server) -> None:
    """Closing a page leaves its kernel running, and a dozen of them fill a small machine."""
    with urllib.request.urlopen(server.address("api/kernels"), timeout=30) as answer:
        kernels = json.load(answer)
    for kernel in kernels:
        address = server.address(f"api/kernels/{kernel['id']}")
        urllib.request.urlopen(urllib.request.Request(address, method="DELETE"), timeout=30).close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium without a window."""
    playwright = pytest.importorskip(
        "playwright.sync_api", reason="playwright is not installed: pip install playwright"
    )
    path = chromium_or_skip()
    with playwright.sync_playwright() as driver:
        playwright.expect.set_options(timeout=WAIT)
        chromium = driver.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """What the pages of a module share: a cache, above all. Routes would switch it off."""
    made = browser.new_context(viewport={"width": 1280, "height": 900})
    made.set_default_timeout(WAIT)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext, tmp_path: Path) -> Iterator[Page]:
    """A page of its own for each test. The last view is kept in ``tmp_path``."""
    made = context.new_page()
    yield made
    _keep_last(made, tmp_path)
    made.close()


@pytest.fixture(scope="module")
def loaded(context: BrowserContext, server: Server) -> Iterator[Page]:
    """A page with JupyterLab, which takes longer to load than a notebook to be opened in it."""
    made = context.new_page()
    _load(made, server)
    yield made
    made.close()


@pytest.fixture
def desk(loaded: Page, server: Server, tmp_path: Path) -> Iterator[Page]:
    """JupyterLab with nothing open, for tests of notebooks that are not about loading it. See `page`, too."""
    yield loaded
    _keep_last(loaded, tmp_path)
    try:
        loaded.evaluate(CLOSE_ALL)
        assert not loaded.locator(".jp-Dialog").count()
    except Exception:  # the next test must not pay for this one
        _load(loaded, server)


def _load(page: Page, server: Server) -> None:
    page.goto(server.address("doc"))
    page.wait_for_function("() => window.jupyterapp?.restored.then(() => true)")


def _keep_last(page: Page, tmp_path: Path) -> None:
    with contextlib.suppress(Exception):  # the page may be gone, and then there is nothing to see
        page.screenshot(path=tmp_path / "last.png")
