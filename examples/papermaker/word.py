"""Word papers: heading styles, tables, true footnotes, header and page-number footer."""

import io
import zipfile
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

from papermaker.source import Block, Paper, spans

MADE = datetime(2020, 1, 1)
_NOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"


def _footnotes(document: WordDocument, notes: dict[str, str]) -> None:
    """Add the footnotes part, which python-docx does not write itself."""
    mark = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>'
    ruled = "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{tag}/></w:r></w:p></w:footnote>'
        for number, kind, tag in (
            (-1, "separator", "separator"),
            (0, "continuationSeparator", "continuationSeparator"),
        )
    )
    texts = "".join(
        f'<w:footnote w:id="{key}"><w:p>{mark}<w:r><w:rPr><w:sz w:val="18"/></w:rPr>'
        f'<w:t xml:space="preserve"> {escape(text)}</w:t></w:r></w:p></w:footnote>'
        for key, text in notes.items()
    )
    xml = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f"<w:footnotes {nsdecls('w')}>{ruled}{texts}</w:footnotes>"
    )
    part = Part(PackURI("/word/footnotes.xml"), _NOTES_TYPE, xml.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _runs(paragraph: Paragraph, text: str) -> Paragraph:
    for span in spans(text):
        if span.style == "note":
            run = paragraph.add_run()
            run.font.superscript = True
            reference = OxmlElement("w:footnoteReference")
            reference.set(qn("w:id"), span.text)
            run._r.append(reference)
        else:
            run = paragraph.add_run(span.text)
            run.bold = True if span.style == "bold" else None
            run.italic = True if span.style == "italic" else None
    return paragraph


def _page_number(paragraph: Paragraph) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for kind, text in (("begin", ""), ("", " PAGE "), ("end", "")):
        run = paragraph.add_run()
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._r.append(element)


def _table(document: WordDocument, block: Block) -> None:
    table = document.add_table(rows=len(block.rows), cols=len(block.rows[0]), style="Table Grid")
    for number, (row, cells) in enumerate(zip(table.rows, block.rows, strict=True)):
        for cell, text in zip(row.cells, cells, strict=True):
            run = cell.paragraphs[0].add_run(text)
            run.font.size = Pt(9)
            run.bold = number == 0 or None


def _block(document: WordDocument, block: Block) -> None:
    match block.kind:
        case "title":
            document.add_heading(block.text, level=0)
        case "heading":
            document.add_heading(block.text, level=block.level)
        case "authors" | "imprint" | "notice":
            paragraph = document.add_paragraph()
            run = paragraph.add_run(block.text)
            run.bold, run.italic = block.kind == "authors" or None, block.kind != "authors" or None
        case "item":
            _runs(document.add_paragraph(style="List Bullet"), block.text)
        case "table":
            _table(document, block)
        case "caption":
            caption = document.add_paragraph(block.text, style="Caption")
            caption.paragraph_format.keep_with_next = True
        case "reference":
            paragraph = _runs(document.add_paragraph(), block.text)
            paragraph.paragraph_format.left_indent = Cm(1)
            paragraph.paragraph_format.first_line_indent = Cm(-1)
        case "bars":
            raise ValueError("the Word writer draws no figures")
        case _:
            _runs(document.add_paragraph(), block.text)


def _fixed_dates(data: bytes) -> bytes:
    """Write the archive again with one date for every member."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            member = zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(member, old.read(name))
    return out.getvalue()


def write(paper: Paper, edition: dict[str, Any]) -> bytes:
    """Set a paper as a Word document with fixed dates."""
    document = Document()
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = edition["font"], Pt(11)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), edition["font"])
    document.sections[0].header.paragraphs[0].text = edition["running_head"][1]
    _page_number(document.sections[0].footer.paragraphs[0])
    for block in paper.blocks:
        _block(document, block)
    if paper.notes:
        _footnotes(document, paper.notes)
    core = document.core_properties
    core.title, core.author, core.comments = paper.first("title"), paper.first("authors"), ""
    core.created = core.modified = MADE
    out = io.BytesIO()
    document.save(out)
    return _fixed_dates(out.getvalue())
