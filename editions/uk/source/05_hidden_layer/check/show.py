"""What a check looks like: HTML for the notebook, and the same as plain text. Symbols and words, not colour alone."""

from __future__ import annotations

import html
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field

from check.said import said

# Colours of JupyterLab and VS Code; mixed with the text's own colour, they stand out on light and on dark paper.
_GREEN = "var(--jp-success-color1, var(--vscode-testing-iconPassed, #2e8b57))"
_RED = "var(--jp-error-color1, var(--vscode-testing-iconFailed, #d9534f))"
QUIET = "opacity:0.85"
WIDTH = 80
STATE_WIDTH = 8


@dataclass(frozen=True)
class Row:
    """One line of a list.

    Attributes:
        state: "right", "not yet", "not run" or "open".
        title: what the line is about.
        details: (label, text) pairs below it.
    """

    state: str
    title: str
    details: Sequence[tuple[str, str]] = field(default_factory=tuple)


SYMBOLS = {"right": "✓", "not yet": "✗", "not run": "○", "open": "…"}
COLOURS = {
    state: f"color-mix(in srgb, {colour} 70%, currentColor)" for state, colour in (("right", _GREEN), ("not yet", _RED))
}


@dataclass(frozen=True)
class Page:
    """A heading, a list, and sentences below it."""

    heading: str
    rows: Sequence[Row]
    below: Sequence[str] = ()

    def text(self) -> str:
        """As plain text."""
        lines = [said(self.heading)]
        width = max(STATE_WIDTH, *(len(said(state)) for state in SYMBOLS))
        for row in self.rows:
            lines.append(f"  {SYMBOLS[row.state]} {said(row.state):{width}} {said(row.title)}")
            for label, text in row.details:
                told = f"{said(label)}: {said(text)}" if label else said(text)
                lines += textwrap.wrap(told, WIDTH, initial_indent=" " * 8, subsequent_indent=" " * 8)
        for sentence in self.below:
            lines += textwrap.wrap(said(sentence), WIDTH)
        return "\n".join(lines)

    def html(self) -> str:
        """As HTML without scripts; text in backquotes is code."""
        parts = [f"<div><strong>{_inline(self.heading)}</strong></div>"]
        for row in self.rows:
            colour = f"color:{COLOURS[row.state]};" if row.state in COLOURS else ""
            style = f"{colour}font-weight:bold;white-space:nowrap"
            mark = f'<span style="{style}">{SYMBOLS[row.state]} {said(row.state)}</span>'
            details = "".join(_detail(label, text) for label, text in row.details)
            parts.append(f'<div style="margin:2px 0 2px 0.8em">{mark}&ensp;{_inline(row.title)}{details}</div>')
        parts += [f'<div style="margin-top:4px;{QUIET}">{_inline(sentence)}</div>' for sentence in self.below]
        return f'<div style="line-height:1.45;max-width:60em;overflow-wrap:anywhere">{"".join(parts)}</div>'


def _detail(label: str, text: str) -> str:
    style = f"display:inline-block;min-width:5.5em;{QUIET}"
    begin = f'<span style="{style}">{html.escape(said(label))}</span>' if label else ""
    shown = f"<code>{html.escape(said(text))}</code>" if label in ("expected", "got") else _inline(text)
    return f'<div style="margin-left:1.6em">{begin}{shown}</div>'


def _inline(text: str) -> str:
    pieces = html.escape(said(text)).split("`")
    return "".join(f"<code>{piece}</code>" if i % 2 else piece for i, piece in enumerate(pieces))


def wrapped(text: str) -> list[str]:
    """A sentence as short lines, for a place that cuts long ones."""
    return textwrap.wrap(said(text), WIDTH) or [""]
