"""A matplotlib figure as an SVG element for use inside a page: with a title, and in the page's colours."""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ElementTree
from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
# Placeholder colours, replaced by the page's CSS variables afterwards: matplotlib cannot write variables.
INK, FAINT, FILL = "#010101", "#020202", "#030303"
SHADES = ("#040404", "#050505", "#060606", "#070707", "#080808")
_VARIABLES = {INK: "currentColor", FAINT: "var(--faint)", FILL: "var(--fill)"} | {
    color: f"var(--shade-{number})" for number, color in enumerate(SHADES, 1)
}
STYLE: dict[Any, Any] = {
    "svg.fonttype": "none",  # keeps text as text, which can be searched, read aloud and scaled
    "font.family": "sans-serif",
    "font.size": 9,
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.edgecolor": FAINT,
    "xtick.color": INK,
    "ytick.color": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "hatch.color": INK,
    "hatch.linewidth": 0.5,
}


def inline_svg(figure: Figure, name: str, title: str, description: str) -> str:
    """The figure's SVG element.

    Args:
        figure: drawn with `STYLE`.
        name: prefix of every id, unique in the page, made of letters, digits, ``-`` and ``_``.
        title: subject of the figure, in a few words.
        description: its content in words, for readers who cannot see it.
    """
    buffer = io.BytesIO()
    with mpl.rc_context({**STYLE, "svg.hashsalt": name}):
        figure.savefig(buffer, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    ElementTree.register_namespace("", SVG)
    ElementTree.register_namespace("xlink", XLINK)
    root = ElementTree.fromstring(buffer.getvalue())
    _drop(root, "metadata")
    for definitions in root.iter(f"{{{SVG}}}defs"):
        _drop(definitions, "style")  # matplotlib's rules would apply to the whole page
    _prefix_ids(root, name)
    for key in ("width", "height"):
        root.attrib.pop(key)
    root.set("role", "img")
    root.set("aria-labelledby", f"{name}-title {name}-description")
    for position, (tag, text) in enumerate((("title", title), ("desc", description))):
        element = ElementTree.Element(f"{{{SVG}}}{tag}", {"id": f"{name}-{'description' if position else 'title'}"})
        element.text = text
        root.insert(position, element)
    return _page_colours(ElementTree.tostring(root, encoding="unicode"))


def _drop(parent: ElementTree.Element, tag: str) -> None:
    for child in parent.findall(f"{{{SVG}}}{tag}"):
        parent.remove(child)


def _prefix_ids(root: ElementTree.Element, name: str) -> None:
    """Keep the ids that something refers to, and prefix them: ids must be unique in a page with many figures."""
    used = set(re.findall(r"(?:url\(|href=\")#([\w-]+)", ElementTree.tostring(root, encoding="unicode")))
    for element in root.iter():
        own = element.attrib.pop("id", None)
        for key, value in element.attrib.items():
            value = value.replace("url(#", f"url(#{name}-")
            element.set(key, f"#{name}-{value[1:]}" if key == f"{{{XLINK}}}href" else value)
        if own in used:
            element.set("id", f"{name}-{own}")


def _page_colours(text: str) -> str:
    for color, variable in _VARIABLES.items():
        text = text.replace(color, variable)
    return re.sub(r"'DejaVu Sans'[^;\"]*", "sans-serif", text)
