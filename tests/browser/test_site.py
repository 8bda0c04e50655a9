"""The labs as a site of static files: a student's work in a kernel that runs in the browser, with the network off."""

from __future__ import annotations

import functools
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat
import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is not installed: pip install playwright")
pytest.importorskip("jupyterlite_pyodide_kernel", reason='JupyterLite is not installed: pip install -e ".[site]"')

from playwright.sync_api import expect

from tests.browser.conftest import ROOT, SETTINGS, autograder, keep
from tests.browser.lab import LONG, Lab
from tests.browser.pyodide import find_pyodide

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.slow(seconds=60)
RELEASED = "release/01_single_neuron/01_single_neuron.ipynb"
WRONG = "def sigmoid(z):\n    return np.tanh(z)"
RIGHT = "def sigmoid(z):\n    return 1 / (1 + np.exp(-z))"


@dataclass(frozen=True)
class Site:
    """A site of static files on this machine.

    Attributes:
        folder: the notebooks that are in it.
    """

    url: str
    folder: Path

    def notebook(self, app: str, name: str) -> str:
        """See `tests.browser.conftest.Served`."""
        return f"{self.url}/{app}/index.html?path={name}"


class Silent(SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


@pytest.fixture(scope="module")
def site(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The course's site with a Pyodide of its own, served as any web server would."""
    folder = tmp_path_factory.mktemp("published") / "site"
    autograder("publish", "--site", folder, "--pyodide", find_pyodide(), "--course-dir", ROOT)
    config = json.loads((folder / "jupyter-lite.json").read_text(encoding="utf-8"))
    config["jupyter-config-data"] |= {"settingsOverrides": SETTINGS, "exposeAppInBrowser": True}
    (folder / "jupyter-lite.json").write_text(json.dumps(config), encoding="utf-8")
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Silent, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield Site(f"http://127.0.0.1:{server.server_port}", folder / "files")
    server.shutdown()


def test_a_lab_is_solved_in_the_browser(page: Page, site: Site, tmp_path: Path) -> None:
    """From the start page to the downloaded notebook; nobody but this machine is asked."""
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    page.goto(f"{site.url}/index.html")
    expect(page.get_by_role("link", name="Work on it and hand it in")).to_have_count(
        len(list((ROOT / "release").iterdir()))
    )
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)
        keep(page, tmp_path, f"site-start-{scheme}")
    assert page.get_by_role("link", name="Work on it and hand it in").first.get_attribute("href") == (
        f"lab/index.html?path={RELEASED}"
    )

    page.set_default_timeout(LONG)
    lab = Lab(page, site, RELEASED, app="lab")
    lab.run("setup")
    shown = lab.answer("sigmoid", WRONG)
    expect(shown.nth(0)).to_contain_text("✗ not yet")
    expect(shown.nth(0)).to_contain_text("What it looks like: ")
    expect(shown.nth(1)).to_contain_text("Not yet: sigmoid: sigmoid(0.0) must be 1 / (1 + 1) = 0.5, but it is 0.")
    keep(page, tmp_path, "site-wrong")

    passed = lab.answer("sigmoid", RIGHT)
    expect(passed).to_contain_text("✓ Passed: sigmoid (2 points)")
    expect(passed).to_contain_text("It agrees with the lab's own answer on further inputs")
    lab.run("test_affine")
    expect(lab.cell("test_affine")).to_contain_text("`affine` is not there yet")
    keep(page, tmp_path, "site-right")

    page.keyboard.press("Control+s")
    expect(page.locator(".jp-mod-dirty")).to_have_count(0)
    page.locator(".jp-DirListing-item", has_text=Path(RELEASED).stem[:12]).click(button="right")
    with page.expect_download() as download:
        page.get_by_role("menuitem", name="Download", exact=True).click()
    assert download.value.suggested_filename == Path(RELEASED).name
    cells = nbformat.read(download.value.path(), as_version=4).cells
    assert RIGHT in [cell.source for cell in cells]
    assert [url for url in asked if not url.startswith((site.url, "data:", "blob:", "attachment:"))] == []
