"""The project's pages, taken apart: links, commands, files shown in full."""

from __future__ import annotations

import json
import re
from pathlib import Path

from coursebuild.glossary import PATH

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *ROOT.glob(f"editions/*/{PATH}")])
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_NAMED = re.compile(r"^`([^`\n]+\.\w+)`\n\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def prose(text: str) -> str:
    """The page without its fenced blocks."""
    return _FENCE.sub("", text)


def links(text: str) -> list[str]:
    """Targets of links and pictures."""
    plain = re.sub(r"`[^`\n]*`", "", prose(text))
    return re.findall(r"\]\(([^)\s]+)\)", plain) + re.findall(r"(?:src|href)=\"([^\"]+)\"", plain)


def anchors(path: Path) -> set[str]:
    """Anchors of a page: its headings as GitHub writes them, and ids of its own. Those of a notebook are its cells."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".ipynb":
        return {f"cell-id={cell['id']}" for cell in json.loads(text)["cells"]}
    headings = re.findall(r"^#+ (.+)$", prose(text), re.MULTILINE)
    named = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
    return named | set(re.findall(r"id=\"([^\"]+)\"", text))


def shell_lines(text: str) -> list[str]:
    """Lines of the page's shell blocks, without comments, and code spans in the prose."""
    blocks = [body for language, body in _FENCE.findall(text) if language in ("sh", "powershell")]
    lines = [re.split(r"\s{2,}#|^#", line)[0].strip() for block in blocks for line in block.splitlines()]
    return [line for line in lines if line] + re.findall(r"`([^`\n]+)`", prose(text))


def shown_files(text: str) -> dict[str, str]:
    """Files that the page shows in full: path -> text."""
    return dict(_NAMED.findall(text))
