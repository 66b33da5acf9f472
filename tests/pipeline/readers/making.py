# ruff: noqa: E501 - files and designs as data
"""Small files of every format, made on the spot."""

from __future__ import annotations

import io
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def raw_pdf(
    content: str, *, resources: str = "", catalog: str = "", extra: str = "", pages: int = 1
) -> bytes:
    """Return a hand-made PDF with one content stream per page; fonts F1 (Helvetica), F2 (bold)."""
    kids = " ".join(f"{10 + 2 * i} 0 R" for i in range(pages))
    objects = {
        1: f"<< /Type /Catalog /Pages 2 0 R {catalog} >>",
        2: f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>",
        3: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        4: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold >>",
    }
    for part in extra.split("||"):
        if part.strip():
            number, body = part.split("=", 1)
            objects[int(number)] = body
    for i in range(pages):
        objects[10 + 2 * i] = (
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font <<"
            f" /F1 3 0 R /F2 4 0 R >> {resources} >> /Contents {11 + 2 * i} 0 R >>"
        )
        objects[11 + 2 * i] = f"<< /Length {len(content)} >>\nstream\n{content}\nendstream"
    out = io.BytesIO(b"%PDF-1.5\n")
    out.seek(0, io.SEEK_END)
    places = {}
    for number in sorted(objects):
        places[number] = out.tell()
        out.write(f"{number} 0 obj\n{objects[number]}\nendobj\n".encode("latin-1"))
    start = out.tell()
    size = max(objects) + 1
    out.write(f"xref\n0 {size}\n".encode())
    for number in range(size):
        at = places.get(number)
        out.write(b"0000000000 65535 f \n" if at is None else f"{at:010d} 00000 n \n".encode())
    out.write(f"trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode())
    return out.getvalue()


def docx(body: str, **parts: str) -> bytes:
    """Return a Word file with this inside its body; `parts` are further files of ``word/``."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "word/document.xml", f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
        )
        for name, text in parts.items():
            archive.writestr(f"word/{name}.xml", text)
    return out.getvalue()


def p(text: str, style: str = "", run: str = "") -> str:
    """Return a Word paragraph of one run."""
    said = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f'<w:p>{said}<w:r><w:rPr>{run}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


STYLES = (
    f'<w:styles xmlns:w="{W}">'
    '<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="My"><w:name w:val="Mine"/><w:basedOn w:val="H1"/></w:style>'
    "</w:styles>"
)
