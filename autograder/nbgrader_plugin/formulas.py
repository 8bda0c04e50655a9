r"""TeX formulas as pictures, drawn by matplotlib, for pages that need no network and no script.

    picture(r"\frac{1}{2}")   ->   '<img class="formula" alt="\frac{1}{2}" style="..." src="data:image/svg+xml,...">'

What matplotlib cannot draw (matrices, cases) stays readable as TeX.
"""

from __future__ import annotations

import html
import re
from functools import lru_cache

import matplotlib as mpl
from matplotlib.font_manager import FontProperties
from matplotlib.path import Path
from matplotlib.textpath import TextToPath

MAX_CHARACTERS = 400
"""Longer formulas stay TeX: drawing takes time, and a student may have written the formula."""
SIZE = 12.0
EM = 11.0
"""Pixels per em of the page: Computer Modern is small compared to a screen font."""
PADDING = 1.0
UNITS = 16
"""Coordinates are integers in units of 1/16 pixel, which keeps files short."""

_SPELLINGS = (
    (re.compile(r"\\[dt]?frac\s*(\d)\s*(\d)"), r"\\frac{\1}{\2}"),
    (re.compile(r"\\(?:[bB]igg?[lrm]?|left\.|right\.)(?![a-zA-Z])"), ""),
    (re.compile(r"\\ge(?![a-zA-Z])"), r"\\geq "),
    (re.compile(r"\\le(?![a-zA-Z])"), r"\\leq "),
    (re.compile(r"\\ne(?![a-zA-Z])"), r"\\neq "),
    (re.compile(r"\\(?:operatorname|mathop)\{"), r"\\mathrm{"),
    (re.compile(r"\\(?:nonumber|displaystyle|limits)(?![a-zA-Z])"), ""),
)
_COMMANDS = {int(Path.MOVETO): "M", int(Path.LINETO): "L", int(Path.CURVE3): "Q", int(Path.CURVE4): "C"}


def render(tex: str, *, display: bool = False) -> str:
    """HTML of one formula; a display formula gets a line of its own."""
    content = picture(tex, display=display) or f"<code>{html.escape(tex.strip())}</code>"
    return f'<span class="{"math display" if display else "math"}">{content}</span>'


@lru_cache(maxsize=2048)  # the lab's own formulas are the same for every student
def picture(tex: str, *, display: bool = False) -> str | None:
    """An ``<img>`` of the formula with its TeX as alternative text; ``None`` if it cannot be drawn."""
    text = " ".join(tex.split())
    if not text or len(text) > MAX_CHARACTERS or "$" in text:
        return None
    for pattern, spelling in _SPELLINGS:
        text = pattern.sub(spelling, text)
    if display:
        text = re.sub(r"\\frac(?![a-zA-Z])", r"\\dfrac", text)
    try:
        with mpl.rc_context({"mathtext.fontset": "cm"}):
            drawer = TextToPath()
            font = FontProperties(size=SIZE)
            width, height, depth = drawer.get_text_width_height_descent(f"${text}$", font, ismath=True)
            vertices, codes = drawer.get_text_path(font, f"${text}$", ismath=True)
    except (ValueError, RuntimeError, RecursionError):  # matplotlib's parser, for TeX that it does not know
        return None
    return _image(_path(Path(vertices, codes)), width, height, depth, tex)


def _path(outline: Path) -> str:
    """Outlines as the ``d`` attribute of an SVG path, whose y axis points down."""
    scale = UNITS * SIZE / TextToPath.FONT_SCALE
    parts = []
    for points, code in outline.iter_segments(simplify=False, curves=True):
        numbers = [round(scale * (-value if index % 2 else value)) for index, value in enumerate(points)]
        parts.append("Z" if code == Path.CLOSEPOLY else _COMMANDS[int(code)] + " ".join(map(str, numbers)))
    return "".join(parts)


def _image(path: str, width: float, height: float, depth: float, tex: str) -> str:
    box = (-PADDING, depth - height - PADDING, width + 2 * PADDING, height + 2 * PADDING)
    view = " ".join(str(round(UNITS * value)) for value in box)
    svg = f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='{view}'><path d='{path}'/></svg>"
    source = svg.replace("<", "%3C").replace(">", "%3E")
    style = (
        f"border:0;width:{box[2] / EM:.3f}em;height:{box[3] / EM:.3f}em;vertical-align:{-(depth + PADDING) / EM:.3f}em"
    )
    alt = html.escape(" ".join(tex.split()))
    return f'<img class="formula" alt="{alt}" style="{style}" src="data:image/svg+xml,{source}">'
