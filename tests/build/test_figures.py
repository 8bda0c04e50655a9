"""Pictures: drawn once, stamped with what they were drawn from, carried inside the cell."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest
from PIL import Image

from coursebuild.figures import attach, digest, draw, draw_all, stamp

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="60" height="40"><circle cx="30" cy="20" r="9"/></svg>'
needs_chromium = pytest.mark.skipif(not shutil.which("chromium"), reason="chromium is not installed")


@needs_chromium
def test_drawn(tmp_path: Path) -> None:
    (tmp_path / "dot.svg").write_bytes(SVG)
    assert draw_all(tmp_path) == [tmp_path / "dot.png"]
    png = (tmp_path / "dot.png").read_bytes()
    assert stamp(png) == digest(SVG)
    with Image.open(io.BytesIO(png)) as image:
        assert image.size == (90, 60)
        grey, opacity = image.convert("RGBA").convert("L"), image.convert("RGBA").getchannel("A")
        assert grey.getpixel((45, 30)) == 0
        assert opacity.point(lambda alpha: alpha > 250).getpixel((45, 30))
        assert opacity.getpixel((2, 2)) == 0, "the page shows where nothing is drawn, in a dark theme too"
    assert draw_all(tmp_path) == []
    assert "(attachment:dot.png)" in attach("![A dot](figures/dot.svg)", {"dot.svg": SVG, "dot.png": png})[0]


@needs_chromium
def test_size_is_needed() -> None:
    with pytest.raises(ValueError, match="width"):
        draw(b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"></svg>')


def test_alt_text_may_run_over_lines() -> None:
    png = (Path(__file__).parent / "fixtures/course/labs/figures/line.png").read_bytes()
    text, attachments = attach("Before ![A line\nthat rises](figures/line.png) after.", {"line.png": png})
    assert text == "Before ![A line\nthat rises](attachment:line.png) after."
    assert list(attachments) == ["line.png"]
