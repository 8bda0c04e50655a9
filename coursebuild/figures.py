"""Turns the images of text cells into attachments, so that a notebook file contains its own pictures.

JupyterLab displays attachments of raster types only, so `python -m coursebuild --draw` draws a PNG beside each authored
`labs/figures/<name>.svg`. The PNG stores the digest of its SVG, so the build detects a PNG that is out of date.
"""

from __future__ import annotations

import base64
import hashlib
import io
import math
import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from PIL import Image
from PIL.PngImagePlugin import PngInfo

IMAGE = re.compile(r"!\[(?P<alt>[^\]]*)\]\((?P<target>[^)\s]+)\)")
_SCALE = 1.5  # pixels of the PNG per pixel of the SVG: sharp on most screens; JupyterLab fits it to the column
_STAMP = "Drawn from"


def attach(markdown: str, figures: Mapping[str, bytes]) -> tuple[str, dict[str, dict[str, str]]]:
    """Turn the images of a text cell into attachments.

    Args:
        markdown: text of the cell, with images like ``![A node](figures/node.svg)``.
        figures: file name -> content.

    Returns:
        The text with ``![A node](attachment:node.png)``, and the cell's attachments.

    Raises:
        ValueError: an image is missing, out of date or has no alt text; the message is one sentence.
    """
    attachments: dict[str, dict[str, str]] = {}

    def replace(match: re.Match[str]) -> str:
        name = picture(match["target"], figures)
        if not match["alt"].strip():
            raise ValueError(f"The image {match['target']} has no alt text: describe in [...] what it shows.")
        attachments[name] = {"image/png": base64.b64encode(figures[name]).decode("ascii")}
        return f"![{match['alt']}](attachment:{name})"

    return IMAGE.sub(replace, markdown), attachments


def picture(target: str, figures: Mapping[str, bytes]) -> str:
    """Name of the PNG for the image `target` of a text cell.

    Raises:
        ValueError: there is none, or it was drawn from another version of the SVG.
    """
    folder, _, name = target.rpartition("/")
    if folder != "figures" or name not in figures or not name.endswith((".svg", ".png")):
        raise ValueError(f"There is no image labs/{target}: put images into labs/figures/<name>.svg.")
    png = name.removesuffix(".svg").removesuffix(".png") + ".png"
    if name.endswith(".svg") and (png not in figures or stamp(figures[png]) != digest(figures[name])):
        raise ValueError(f"labs/figures/{png} is missing or older than {name}: run `python -m coursebuild --draw`.")
    return png


def digest(svg: bytes) -> str:
    """The digest that a PNG stores of the SVG it was drawn from."""
    return hashlib.sha256(svg).hexdigest()


def stamp(png: bytes) -> str | None:
    """The digest stored in a PNG, or None if there is none."""
    with Image.open(io.BytesIO(png)) as image:
        return image.info.get(_STAMP)


def draw(svg: bytes) -> bytes:
    """Draw an SVG as PNG, with Chromium.

    Raises:
        ValueError: the SVG has no width and height in pixels.
        RuntimeError: Chromium is not installed.
    """
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if browser is None:
        raise RuntimeError("Drawing figures needs Chromium: run `sudo apt-get install chromium`.")
    head = svg[: svg.index(b">", svg.index(b"<svg"))].decode()
    sizes = [re.search(rf'\b{side}="(\d+)(?:px)?"', head) for side in ("width", "height")]
    if not all(sizes):
        raise ValueError('The <svg> element needs width="..." and height="..." in pixels.')
    width, height = (int(match[1]) for match in sizes if match)
    clear = "--default-background-color=00000000"  # the figure's rounded corners show the page, be it light or dark
    window = f"{max(width, 800)},{max(height, 800)}"  # smaller windows come out blank
    with tempfile.TemporaryDirectory() as folder:
        page, shot = Path(folder, "page.html"), Path(folder, "shot.png")
        page.write_bytes(b'<!doctype html><meta charset="utf-8"><body style="margin:0; background:none">' + svg)
        options = [
            "--headless",
            "--no-sandbox",
            "--hide-scrollbars",
            "--disable-gpu",
            f"--user-data-dir={folder}/profile",
        ]
        options += [f"--force-device-scale-factor={_SCALE}", f"--window-size={window}", f"--screenshot={shot}", clear]
        subprocess.run([browser, *options, page.as_uri()], check=True, capture_output=True, timeout=120)
        info = PngInfo()
        info.add_text(_STAMP, digest(svg))
        png = io.BytesIO()
        with Image.open(shot) as image:
            part = image.crop((0, 0, math.ceil(_SCALE * width), math.ceil(_SCALE * height)))
            part.convert("RGBA").quantize(128).save(png, "PNG", optimize=True, pnginfo=info)
    return png.getvalue()


def draw_texts(figures: Mapping[str, bytes], folder: Path) -> list[Path]:
    """Draw SVGs that lie in no folder into one, as far as their PNGs are missing or out of date there."""
    written = []
    for name, svg in sorted(figures.items()):
        png = folder / Path(name).with_suffix(".png").name
        if not png.is_file() or stamp(png.read_bytes()) != digest(svg):
            folder.mkdir(parents=True, exist_ok=True)
            png.write_bytes(draw(svg))
            written.append(png)
    return written


def draw_all(folder: Path) -> list[Path]:
    """Draw every SVG of a folder whose PNG is missing or out of date; return the paths of the PNGs written."""
    written = []
    for path in sorted(folder.glob("*.svg")):
        png = path.with_suffix(".png")
        if not png.is_file() or stamp(png.read_bytes()) != digest(path.read_bytes()):
            png.write_bytes(draw(path.read_bytes()))
            written.append(png)
    return written
