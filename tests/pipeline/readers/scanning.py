"""Scans made of PDFs: each page as a picture with noise, a little askew."""

from __future__ import annotations

import io

import numpy as np
import pypdfium2 as pdfium
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas


def scan(data: bytes, *, turn: int = 0, askew: float = 0.4, noise: float = 12.0) -> bytes:
    """Return a PDF whose pages are pictures of the given one's, 200 points an inch.

    `turn` lays each page on its side (1, 3: quarters counter-clockwise) or on its head (2).
    """
    rng = np.random.default_rng(1)
    out = io.BytesIO()
    sheet = canvas.Canvas(out, invariant=1)
    document = pdfium.PdfDocument(data)
    for page in document:
        picture = page.render(scale=200 / 72).to_pil().convert("L")
        picture = picture.rotate(askew, fillcolor=245, resample=Image.Resampling.BILINEAR)
        grey = np.asarray(picture, dtype=np.float64) + rng.normal(0, noise, picture.size[::-1])
        done = Image.fromarray(np.clip(np.rot90(grey, turn), 0, 255).astype(np.uint8))
        width, height = (side * 72 / 200 for side in done.size)
        sheet.setPageSize((width, height))
        packed = io.BytesIO()
        done.save(packed, "JPEG", quality=80)
        packed.seek(0)
        sheet.drawImage(ImageReader(packed), 0, 0, width, height)
        sheet.showPage()
    document.close()
    sheet.save()
    return out.getvalue()
