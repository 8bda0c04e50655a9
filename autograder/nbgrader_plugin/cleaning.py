"""Sanitize what a student wrote or displayed, so that none of it runs in a reader's browser.

`markdown_to_html` replaces nbconvert's filter of that name, in feedback and in the formgrader; `CleanOutputs` is a
preprocessor for both. HTML is sanitized by nh3, active content types are dropped, pictures are embedded in the page,
and nothing is loaded from elsewhere.
"""

from __future__ import annotations

import base64
import binascii
import html
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import nh3
from jinja2 import pass_context
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbconvert.preprocessors import Preprocessor

from autograder.nbgrader_plugin import formulas

MAX_TEXT_CHARACTERS = 50_000
"""Of a longer output, only the beginning and the end are shown."""

_TAGS = {
    *("a", "abbr", "b", "blockquote", "br", "caption", "cite", "code", "col", "colgroup", "dd", "del", "details"),
    *("div", "dl", "dt", "em", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins"),
    *("kbd", "li", "mark", "ol", "p", "pre", "q", "s", "samp", "small", "span", "strong", "sub", "summary", "sup"),
    *("table", "tbody", "td", "tfoot", "th", "thead", "tr", "tt", "u", "ul", "var"),
}
_ATTRIBUTES = {
    "*": {"class", "title"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start"},
    "td": {"colspan", "rowspan", "align"},
    "th": {"colspan", "rowspan", "align", "scope"},
    "details": {"open"},
}
_PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp|svg\+xml);base64,[A-Za-z0-9+/=\s]*")
_PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp")
_SHOWN = ("text/plain", "text/markdown", "text/latex", "text/html", "image/svg+xml", *_PICTURES)
_IMAGE = re.compile(r'<img(?:\s+(?:alt="([^"]*)"|[a-z]+="[^"]*"))*>')
"""An image as nh3 writes it; without a source it is replaced by its alternative text."""
_OUR_CLASS = re.compile(r"(?:highlight|dataframe|[a-z]{1,2}\d?)")
_DISPLAY_MATH = re.compile(r"\$\$(.+?)\$\$|\$([^$]+?)\$", re.DOTALL)


def clean_html(text: str) -> str:
    """Sanitized HTML: no script, style, form, frame or event handler, and nothing loaded from elsewhere."""
    cleaned = nh3.clean(
        text,
        tags=_TAGS,
        clean_content_tags={"script", "style", "iframe", "object", "svg", "math", "template", "noscript"},
        attributes=_ATTRIBUTES,
        attribute_filter=_attribute,
        url_schemes={"http", "https", "mailto", "data"},
        link_rel="noopener noreferrer nofollow",
    )
    return _IMAGE.sub(_described, cleaned)


def _described(image: re.Match[str]) -> str:
    if ' src="' not in image[0]:
        return image[1] or ""
    return image[0] if image[1] is not None else image[0].replace("<img", '<img alt=""', 1)


def _attribute(tag: str, name: str, value: str) -> str | None:
    if name == "src":  # in an <img> even SVG runs no script
        return value if _PICTURE.fullmatch(value) else None
    if name == "href":
        return value if value.startswith(("http://", "https://", "mailto:", "#")) else None
    if name == "class":  # with the page's own classes an answer could look like a verdict
        return " ".join(word for word in value.split() if _OUR_CLASS.fullmatch(word)) or None
    return value


class _Renderer(IPythonRenderer):
    """nbconvert's renderer, but with formulas kept aside and missing pictures left out."""

    def __init__(self, attachments: Mapping[str, dict[str, str]], mark: str) -> None:
        super().__init__(escape=False, attachments=dict(attachments), exclude_anchor_links=True)
        self.mark = mark
        self.formulas: list[str] = []

    def inline_math(self, body: str) -> str:
        return self._set(body, display=False)

    def block_math(self, body: str) -> str:
        return self._set(body, display=True)

    def latex_environment(self, name: str, body: str) -> str:
        return self._set(body if name.startswith(("equation", "align")) else f"\\begin{{{name}}}{body}\\end{{{name}}}")

    def _set(self, tex: str, *, display: bool = True) -> str:
        self.formulas.append(formulas.render(tex, display=display))
        return f"{self.mark}{len(self.formulas) - 1}{self.mark}"

    def block_mermaidjs(self, code: str) -> str:
        return f"<pre>{html.escape(code)}</pre>"

    def _embed_image_or_attachment(self, src: str) -> str:
        # nbconvert raises an error for a missing attachment, and then nothing of the notebook is shown.
        name = src.removeprefix("attachment:")
        return src if name == src else super()._embed_image_or_attachment(src) if self.attachments.get(name) else ""


_MARK = "\ue0f7"
"""Placeholder of a formula while the HTML is sanitized: a private-use character, removed from student text."""


def markdown_html(source: str, attachments: Mapping[str, Mapping[str, str]] | None = None) -> str:
    """Sanitized HTML of a Markdown text, formulas as pictures."""
    return _markdown_html(source, tuple((name, tuple(data.items())) for name, data in (attachments or {}).items()))


@lru_cache(maxsize=512)  # the lab's own text is the same for every student
def _markdown_html(source: str, attachments: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]) -> str:
    renderer = _Renderer({name: dict(data) for name, data in attachments}, _MARK)
    try:
        text = MarkdownWithMath(renderer=renderer).render(source.replace(_MARK, ""))
    except (ValueError, TypeError, AttributeError, RecursionError):  # mistune, given malformed text
        return f"<pre>{html.escape(source)}</pre>"
    return re.sub(f"{_MARK}(\\d+){_MARK}", lambda mark: renderer.formulas[int(mark[1])], clean_html(text))


@pass_context
def markdown_to_html(context: Mapping[str, Any], source: str) -> str:
    """The filter ``markdown2html`` of nbconvert's templates."""
    cell = context.get("cell") or {}
    return markdown_html(source, cell.get("attachments"))


class CleanOutputs(Preprocessor):
    """Keep of the outputs only what is safe to show."""

    def preprocess(self, nb: Any, resources: Any) -> Any:
        """Sanitize every cell, and drop the notebook's widget state."""
        nb.metadata.pop("widgets", None)
        return super().preprocess(nb, resources)  # type: ignore[no-untyped-call]

    def preprocess_cell(self, cell: Any, resources: Any, index: int) -> Any:
        """Sanitize the outputs of one cell."""
        cell.metadata.pop("tags", None)  # nbconvert writes them as CSS classes
        if cell.cell_type == "code":
            count = cell.get("execution_count")
            cell.execution_count = count if isinstance(count, int) else None
            cell.outputs = [output for output in map(clean_output, cell.get("outputs", [])) if output is not None]
        return cell, resources


def clean_output(output: Any) -> Any:
    """One nbformat-4 output, safe to show; ``None`` if no part of it is."""
    kind = output.get("output_type")
    if kind == "stream":
        output["name"] = "stderr" if output.get("name") == "stderr" else "stdout"
        output["text"] = _shortened(str(output.get("text", "")))
        return output
    if kind == "error":
        output["traceback"] = [_shortened(str(line)) for line in output.get("traceback", [])]
        return output
    if kind not in ("display_data", "execute_result"):
        return None
    data = {mime: _text(value) for mime, value in output.get("data", {}).items() if mime in _SHOWN}
    output["data"].clear()
    output["metadata"] = type(output)()
    output["data"].update(_safest(data))
    return output if output["data"] else None


def _safest(data: dict[str, str]) -> dict[str, str]:
    """The richest safe form of what was displayed, as a type that the templates show."""
    for mime in _PICTURES:
        if mime in data and _is_base64(data[mime]):
            return {"text/html": _image(mime, "".join(data[mime].split()), data)}
    if "image/svg+xml" in data:
        picture = base64.b64encode(data["image/svg+xml"].encode(errors="replace")).decode()
        return {"text/html": _image("image/svg+xml", picture, data)}
    if "text/html" in data and (cleaned := clean_html(data["text/html"])).strip():
        return {"text/html": cleaned}
    if "text/markdown" in data:
        return {"text/html": markdown_html(_shortened(data["text/markdown"]))}
    if "text/latex" in data:
        tex = _DISPLAY_MATH.fullmatch(data["text/latex"].strip())
        return {"text/html": formulas.render(next(filter(None, tex.groups())) if tex else data["text/latex"])}
    return {"text/plain": _shortened(data["text/plain"])} if "text/plain" in data else {}


def _image(mime: str, picture: str, data: Mapping[str, str]) -> str:
    """An embedded picture, with its text form as alternative text."""
    alt = data.get("text/plain", "").strip("<>")[:200] or "Picture that the cell displayed"
    return f'<img alt="{html.escape(alt)}" style="border:0" src="data:{mime};base64,{picture}">'


def _text(value: Any) -> str:
    return value if isinstance(value, str) else "".join(map(str, value)) if isinstance(value, list) else ""


def _is_base64(text: str) -> bool:
    try:
        return bool(base64.b64decode("".join(text.split()), validate=True))
    except (binascii.Error, ValueError):
        return False


def _shortened(text: str) -> str:
    if len(text) <= MAX_TEXT_CHARACTERS:
        return text
    half = MAX_TEXT_CHARACTERS // 2
    return f"{text[:half]}\n... {len(text) - 2 * half} characters left out ...\n{text[-half:]}"
