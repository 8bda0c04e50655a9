"""Turn a shown figure into a picture as the inline backend does, but draw it once instead of three times.

Drawing takes most of the time of a lab with figures. pyplot draws every open figure just before the backend shows and
closes it, and a picture with a tight box is drawn once to be measured and once more to be cut. The first two drawings
are never shown.
"""

# mypy: allow-untyped-calls
from __future__ import annotations

import binascii
import io
import itertools
import json
import os
import sys
from contextlib import suppress
from typing import Any

from IPython.core import pylabtools

NO_WINDOW = "Figures are shown in the notebook while it is graded, not in a window."

_print_figure = pylabtools.print_figure


def measure_while_drawing() -> None:
    """Replace IPython's `print_figure`. Call this before matplotlib is set up in the shell."""
    pylabtools.print_figure = print_figure


def use_fonts(path: str, home: str) -> None:
    """Give Matplotlib, before it is loaded, a list of fonts that it made elsewhere, as far as they are here as well.

    Args:
        path: the list, under the name that Matplotlib gave it; what cannot be read is made anew.
        home: home folder of this process.
    """
    cache = os.path.join(home, ".cache", "matplotlib")
    with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
        with open(path, encoding="utf-8") as file:
            fonts = json.load(file)
        for kind in ("afmlist", "ttflist"):
            places = [entry["fname"] for entry in fonts[kind]]  # Matplotlib's own fonts have no absolute path
            here = [not os.path.isabs(place) or os.path.exists(place) for place in places]
            fonts[kind] = list(itertools.compress(fonts[kind], here))
        os.makedirs(cache, exist_ok=True)
        with open(os.path.join(cache, os.path.basename(path)), "w", encoding="utf-8") as file:
            json.dump(fonts, file)


def stay_inline() -> None:
    """Let a cell that asks for a window backend continue with inline figures."""
    from matplotlib import pyplot

    switch = pyplot.switch_backend

    def switch_backend(newbackend: str) -> None:
        try:
            switch(newbackend)
        except ImportError:
            print(NO_WINDOW, file=sys.stderr)

    pyplot.switch_backend = switch_backend


def show_before_drawing(shell: Any) -> None:
    """Show and close figures before pyplot draws what is still open.

    IPython calls the two in the order of their registration; no other hook depends on that order.
    """
    from matplotlib_inline.backend_inline import flush_figures

    shell.events.callbacks["post_execute"].sort(key=lambda callback: callback is not flush_figures)


def print_figure(
    fig: Any, fmt: str = "png", bbox_inches: Any = "tight", base64: bool = False, **options: Any
) -> str | bytes | None:
    """Print a figure as IPython's function of this name does, but measure it while it is drawn where possible."""
    if (fmt, bbox_inches, base64, options) == ("png", "tight", True, {}) and _is_measurable(fig):
        box = _draw(fig)
        if box.x0 >= 0 and box.y0 >= 0 and box.x1 <= fig.bbox_inches.x1 and box.y1 <= fig.bbox_inches.y1:
            return binascii.b2a_base64(_cut(fig, _padded(box)), newline=False).decode("ascii")
        bbox_inches = _padded(box)  # something sticks out, such as a legend beside the axes: it has to be drawn again
    printed: str | bytes | None = _print_figure(fig, fmt, bbox_inches, base64, **options)
    return printed


def _is_measurable(figure: Any) -> bool:
    from matplotlib import rcParams
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    # With "layout" the padding is the layout engine's.
    return type(figure.canvas) is FigureCanvasAgg and figure.axes and rcParams["savefig.pad_inches"] != "layout"


def _draw(figure: Any) -> Any:
    """Draw a figure and return the box of its content, in inches from its lower left corner."""
    figure.canvas.draw()
    return figure.get_tightbbox(figure.canvas.get_renderer())


def _padded(box: Any) -> Any:
    from matplotlib import rcParams

    return box.padded(rcParams["savefig.pad_inches"])


def _cut(figure: Any, box: Any) -> bytes:
    """Return the drawing within a box, which may be larger than the figure, as PNG."""
    import numpy as np
    from matplotlib.colors import to_rgba
    from PIL import Image

    drawn = Image.fromarray(np.asarray(figure.canvas.buffer_rgba()))
    color = tuple(round(255 * part) for part in to_rgba(figure.get_facecolor()))
    picture = Image.new("RGBA", (int(box.width * figure.dpi), int(box.height * figure.dpi)), color)
    picture.paste(drawn, (round(-box.x0 * figure.dpi), round(box.y1 * figure.dpi) - drawn.height))
    data = io.BytesIO()
    picture.save(data, "png", dpi=(figure.dpi, figure.dpi))
    return data.getvalue()
