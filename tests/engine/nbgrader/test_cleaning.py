"""Nothing that a student wrote or displayed acts in the reader's browser, and what is harmless is still shown."""

from __future__ import annotations

import time
from typing import Any

import pytest
from bs4 import BeautifulSoup
from nbformat import NotebookNode, from_dict
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder.nbgrader_plugin import formulas
from autograder.nbgrader_plugin.cleaning import CleanOutputs, clean_html, clean_output, markdown_html

PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)><script>alert(1)</script></svg>",
    "<iframe src='javascript:alert(1)'></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='vbscript:alert(1)'>x</a>",
    "<form action='http://evil'><input name=a><button>go</button></form>",
    "<object data='evil.swf'></object><embed src='evil'>",
    "<style>body {display: none}</style>",
    "<div style='position: fixed; inset: 0'>over everything</div>",
    "<link rel=stylesheet href='http://evil/x.css'><base href='http://evil/'><meta http-equiv=refresh content=0>",
    "<img src='http://evil/track.png'><img src='//evil/track.png'><img src='file:///etc/passwd'>",
    "<img src='data:text/html;base64,PHNjcmlwdD4='>",
    "<details open ontoggle=alert(1)>x</details>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<template><script>alert(1)</script></template>",
    "<!--><script>alert(1)</script>-->",
    "<scr<script>ipt>alert(1)</script>",
    "<span class='badge good' id='test_square'>passed</span>",
]
ACTIVE = {
    "script",
    "style",
    "iframe",
    "object",
    "embed",
    "form",
    "input",
    "button",
    "link",
    "base",
    "meta",
    "svg",
    "math",
}


def harmless(page: str) -> None:
    """No element of the page acts, looks like the page around it, covers it, or loads anything."""
    for element in BeautifulSoup(page, "html.parser").find_all(True):
        assert element.name not in ACTIVE
        ours = element.name == "img"  # pictures are made by `cleaning` and `formulas`
        assert not [name for name in element.attrs if name.startswith("on") or name == "id"]
        assert ours or "style" not in element.attrs
        assert "badge" not in str(element.get("class", ""))
        assert str(element.get("src", "data:image/")).startswith("data:image/")
        assert str(element.get("href", "#")).startswith(("https://", "http://", "mailto:", "#"))


@pytest.mark.parametrize("attack", ATTACKS)
def test_html_is_harmless(attack: str) -> None:
    harmless(clean_html(attack))


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("frame", ["{}", "text {} text", "- {}", "> {}", "# {}", "| a |\n|---|\n| {} |", "[{}](x)"])
def test_markdown_is_harmless(attack: str, frame: str) -> None:
    harmless(markdown_html(frame.format(attack)))


@pytest.mark.parametrize(
    "text",
    ["[x](javascript:alert(1))", "![x](javascript:alert(1))", "![x](http://evil/a.png)", "<javascript:alert(1)>",
     "[x](data:text/html;base64,AAAA)", "$<img src=x onerror=alert(1)>$", "$$\n<script>alert(1)</script>\n$$",
     "\\begin{x}<script>alert(1)</script>\\end{x}", "```mermaid\n<script>alert(1)</script>\n```",
     "```<script>\nalert\n```", "\ue0f70\ue0f7", "[a]: javascript:alert(1)\n\n[a]"],
)  # fmt: skip
def test_markdowns_own_ways_in_are_shut(text: str) -> None:
    harmless(markdown_html(text))


@pytest.mark.parametrize("mime", ["image/png", "image/svg+xml", "text/html"])
@pytest.mark.parametrize("data", ['"><script>alert(1)</script>', "PHN2Zz4=", ""])
def test_attachments_are_harmless(mime: str, data: str) -> None:
    harmless(markdown_html("![x](attachment:a)", {"a": {mime: data}}))


def test_what_is_harmless_is_kept() -> None:
    page = markdown_html("# Title\n\n**bold** `code` [link](https://example.org)\n\n| a |\n|---|\n| 1 |\n")
    for part in ("<h1>Title</h1>", "<strong>bold</strong>", "<code>code</code>", 'href="https://example.org"', "<td>1"):
        assert part in page


def test_hints_stay_folded() -> None:
    page = markdown_html("<details>\n<summary>Hint</summary>\n\nUse **numpy**.\n\n</details>")
    assert "<details>" in page
    assert "<strong>numpy</strong>" in page


def test_code_is_coloured() -> None:
    assert '<span class="k">def</span>' in markdown_html("```python\ndef f(): pass\n```")


def test_an_attached_picture_is_in_the_page() -> None:
    page = markdown_html("![A sketch](attachment:a.png)", {"a.png": {"image/png": PIXEL}})
    assert f'<img src="data:image/png;base64,{PIXEL}" alt="A sketch">' in page


def test_a_missing_attachment_gives_way_to_its_text() -> None:
    # nbconvert raises here, and nbgrader then shows nothing of the whole notebook
    assert markdown_html("![A sketch](attachment:none.png) and more") == "<p>A sketch and more</p>\n"


def test_text_made_to_break_the_parser_is_shown_as_it_is() -> None:
    for text in ("[" * 5000, ">" * 5000, "*_" * 5000, "- " * 2000):
        start = time.process_time()
        harmless(markdown_html(text))
        assert time.process_time() - start < 10


def display(**data: Any) -> NotebookNode:
    data = {key.replace("__", "+").replace("_", "/"): value for key, value in data.items()}
    output: NotebookNode = from_dict(
        {"output_type": "display_data", "data": data, "metadata": {"isolated": True, "text/html": {"a": 1}}}
    )
    return output


def html_of(output: NotebookNode) -> str:
    cleaned = clean_output(output)
    return "" if cleaned is None else str(cleaned["data"].get("text/html", ""))


@pytest.mark.parametrize("attack", ATTACKS)
def test_displayed_html_is_harmless(attack: str) -> None:
    harmless(html_of(display(text_html=attack)))


@pytest.mark.parametrize(
    "mime",
    [
        "application/javascript",
        "application/vnd.jupyter.widget-view+json",
        "application/pdf",
        "text/vnd.mermaid",
        "x/y",
    ],
)
def test_active_and_unknown_types_are_dropped(mime: str) -> None:
    output = from_dict(
        {"output_type": "display_data", "data": {mime: "alert(1)", "text/plain": "text"}, "metadata": {}}
    )
    assert clean_output(output)["data"] == {"text/plain": "text"}


def test_a_picture_is_shown_with_its_text_as_alternative() -> None:
    page = html_of(display(image_png=PIXEL + "\n", text_plain="<Figure size 640x480 with 1 Axes>", text_html="<b>"))
    assert page == f'<img alt="Figure size 640x480 with 1 Axes" style="border:0" src="data:image/png;base64,{PIXEL}">'


def test_a_picture_that_is_none_cannot_break_out_of_its_attribute() -> None:
    assert html_of(display(image_png='"><script>alert(1)</script>', text_html="<b>shown</b>")) == "<b>shown</b>"


def test_svg_is_shown_where_its_scripts_cannot_run() -> None:
    page = html_of(display(image_svg__xml="<svg onload='alert(1)'/>", text_plain='"><script>'))
    harmless(page)
    assert page.startswith("<img alt=")


def test_latex_output_is_a_formula_and_never_html() -> None:
    assert '<img class="formula"' in html_of(display(text_latex="$x^2$"))
    harmless(html_of(display(text_latex="<script>alert(1)</script>")))


@pytest.mark.parametrize("kind", [None, "update_display_data", "<script>", 5])
def test_outputs_of_an_unknown_kind_are_dropped(kind: Any) -> None:
    assert clean_output(from_dict({"output_type": kind, "text": "x"})) is None


def test_long_outputs_keep_beginning_and_end() -> None:
    output = clean_output(from_dict({"output_type": "stream", "name": "x", "text": "a" * 10**6 + "end"}))
    assert output["name"] == "stdout"
    assert len(output["text"]) < 60_000
    assert output["text"].endswith("end")


def test_a_notebooks_widget_state_and_tags_are_dropped() -> None:
    cell = new_code_cell("1", metadata={"tags": ['"><script>']})
    notebook = new_notebook(cells=[cell, new_markdown_cell("x")])
    notebook.cells[0]["execution_count"] = "<b>"
    notebook.metadata["widgets"] = {"application/vnd.jupyter.widget-state+json": {}}
    cleaned, _ = CleanOutputs().preprocess(notebook, {})
    assert "widgets" not in cleaned.metadata
    assert "tags" not in cleaned.cells[0].metadata
    assert cleaned.cells[0].execution_count is None


@pytest.mark.parametrize(
    "tex",
    [
        r"\frac{1}{1 + e^{-z}}",
        r"\frac12",
        r"z \ge 0",
        r"\bigl(x\bigr)^2",
        r"\text{MSE}",
        r"\hat y",
        "a < b",
        r"\sigma'(z)",
    ],
)
def test_formulas_are_pictures_with_their_tex_as_alternative(tex: str) -> None:
    page = formulas.render(tex)
    assert '<img class="formula"' in page
    assert 'src="data:image/svg+xml,%3Csvg' in page
    assert ("a &lt; b" if tex == "a < b" else tex.replace("'", "&#x27;")) in page


@pytest.mark.parametrize("tex", [r"\begin{pmatrix} 1 \end{pmatrix}", r"\nonsense", "{", "x" * 500, ""])
def test_what_cannot_be_set_stays_readable(tex: str) -> None:
    assert formulas.render(tex) == f'<span class="math"><code>{tex}</code></span>'


def test_a_formula_is_drawn_once() -> None:
    formulas.render(r"\sum_{i=1}^{n} x_i")
    start = time.process_time()
    for _ in range(100):
        formulas.render(r"\sum_{i=1}^{n} x_i")
    assert time.process_time() - start < 0.05
