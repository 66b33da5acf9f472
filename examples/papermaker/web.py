"""Web papers: the paper's own HTML inside one of the skins, with all that surrounds it there."""

from html import escape
from itertools import groupby
from pathlib import Path
from string import Template
from typing import Any

from papermaker.source import Block, Paper, spans

SKINS = Path(__file__).parent / "skins"


def _inline(text: str) -> str:
    tags = {"bold": "<b>{}</b>", "italic": "<i>{}</i>", "plain": "{}"}
    note = '<sup><a href="#fn{0}" id="ref{0}">{0}</a></sup>'
    return "".join(
        (note if s.style == "note" else tags[s.style]).format(escape(s.text, quote=False))
        for s in spans(text)
    )


def _table(block: Block) -> str:
    head, *body = block.rows
    rows = ["<tr>" + "".join(f"<th>{escape(c)}</th>" for c in head) + "</tr>"]
    rows += ["<tr>" + "".join(f"<td>{escape(c)}</td>" for c in row) + "</tr>" for row in body]
    return "<table>\n" + "\n".join(rows) + "\n</table>"


def _bars(block: Block) -> str:
    longest = max(float(value) for _, value in block.rows)
    parts = []
    for number, (label, value) in enumerate(block.rows):
        x, height = 10 + 60 * number, round(90 * float(value) / longest)
        parts.append(f'<rect x="{x}" y="{100 - height}" width="40" height="{height}"/>')
        parts.append(f'<text x="{x + 20}" y="114">{escape(label)}</text>')
    return f'<svg viewBox="0 0 {60 * len(block.rows) + 10} 120" role="img">{"".join(parts)}</svg>'


def _block(block: Block) -> str:
    if block.kind == "table":
        return _table(block)
    if block.kind == "bars":
        return _bars(block)
    tags = {"title": "h1", "heading": f"h{block.level + 1}", "item": "li"}
    tag = tags.get(block.kind, "p")
    kind = f' class="{block.kind}"' if tag == "p" and block.kind != "para" else ""
    return f"<{tag}{kind}>{_inline(block.text)}</{tag}>"


def write(paper: Paper, edition: dict[str, Any]) -> bytes:
    """Set a paper as a web page in the edition's skin and encoding."""
    parts: list[str] = []
    for is_list, group in groupby(paper.blocks, lambda block: block.kind == "item"):
        texts = [_block(block) for block in group]
        parts += ["<ul>", *texts, "</ul>"] if is_list else texts
    if paper.notes:
        notes = (
            f'<li id="fn{k}">{_inline(t)} <a href="#ref{k}">^</a></li>'
            for k, t in paper.notes.items()
        )
        parts += ['<hr><ol class="footnotes">', *notes, "</ol>"]
    skin = Template((SKINS / f"{edition['skin']}.html").read_text("utf-8"))
    page = skin.substitute(title=escape(paper.first("title")), body="\n".join(parts))
    return page.encode(edition["encoding"], "xmlcharrefreplace")
