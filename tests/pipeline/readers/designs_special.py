"""Self-made PDFs of awkward designs, one function each, with the words a reader would take down."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from reportlab.pdfgen import canvas

from tests.pipeline.readers.design_words import paragraph, sentence
from tests.pipeline.readers.press import (
    BOLD,
    HEIGHT,
    WIDTH,
    Column,
    Line,
    Press,
    Special,
    two,
)

ITALIC = "Times-Italic"


def note_across_two_columns(seed: int) -> Special:
    p = Press(seed)
    width = two(1)[0].width
    lines = p.write(6, width, 9.5) + p.write(7, width, 9.5)
    p.set(lines, [*two(1, foot=130), *two(2, foot=130), *two(3, foot=130)])
    for page in (1, 2):
        y = 115.0
        p.on(page, lambda c: c.line(56, 122, 156, 122))
        for k in range(2):
            text = " ".join(sentence(p.rng) for _ in range(2))
            p.notes.append(text)
            number = str(2 * page - 1 + k)
            p.text(page, 56, y + 3, number, 5)
            for line in p.lines(text, WIDTH - 122, 8):
                p.text(page, 62, y, line.text, 8)
                y -= 9.6
    return p.done()


def drop_caps(seed: int) -> Special:
    p = Press(seed)
    width = WIDTH - 112
    y = 780.0
    for _ in range(3):
        head = p.write(0, width)
        text = " ".join(paragraph(p.rng) for _ in range(2))
        p.body.append(text)
        y = p.set(head, [Column(1, 56, width, y, 0)])[-1] - 8
        p.text(1, 56, y - 34, text[0], 44, BOLD)
        narrow = p.lines(text[1:], width - 38)
        rest = p.lines(" ".join(item.text for item in narrow[3:]), width)
        for line in narrow[:3]:
            p.set([line._replace(last=False)], [Column(1, 94, width - 38, y, 0)])
            y -= 12
        y = p.set(rest, [Column(1, 56, width, y, 0)])[-1] - 14
    return p.done()


def sidebar(seed: int) -> Special:
    p = Press(seed)
    width = 330.0
    columns = [Column(k, 56, width, 780, 70) for k in (1, 2, 3)]
    p.set(p.write(5, width) + p.write(3, width), columns)
    for page, top in ((1, 600.0), (2, 700.0)):
        text = " ".join(sentence(p.rng) for _ in range(3))
        p.aside.append(text)
        p.on(page, lambda c, top=top: (c.setFillGray(0.92), c.rect(400, top - 190, 150, 200, 0, 1)))
        p.set(p.lines(text, 130, 8.5, "Helvetica"), [Column(page, 410, 130, top, 60)])
    return p.done()


def turned_page(seed: int) -> Special:
    """A page set across, turned by /Rotate, between two upright ones."""
    p = Press(seed)
    width = WIDTH - 112
    p.set(p.write(5, width), [Column(1, 56, width, 780, 70)])
    p.sizes[2] = (WIDTH, HEIGHT)

    def sideways(lines: list[Line]) -> Callable[[canvas.Canvas], None]:
        def op(c: canvas.Canvas) -> None:
            c.setPageRotation(90)
            c.translate(WIDTH, 0)
            c.rotate(90)
            y = WIDTH - 70
            for line in lines:
                y -= 1.2 * line.size + line.gap
                c.setFont(line.font, line.size)
                c.drawString(70, y, line.text)
            c.setPageRotation(90)

        return op

    p.on(2, sideways(p.write(2, HEIGHT - 140)))
    p.on(3, lambda c: c.setPageRotation(0))
    p.set(p.write(4, width), [Column(3, 56, width, 780, 70)])
    return p.done()


def heads_that_change(seed: int) -> Special:
    """Running heads with the section's name, a licence line and a stamp up the margin."""
    p = Press(seed)
    width = two(1)[0].width
    lines: list[Line] = []
    for _ in range(4):
        lines += p.write(5, width, 9)
    pages = [c for page in range(1, 8) for c in two(page, top=770, foot=80)]
    p.set(lines, pages)
    for page in range(1, max(p.ops) + 1):
        if page > 1:
            p.text(
                page,
                56,
                800,
                f"{2 * page} | Chapter {page // 3 + 1}: Wages in the valley",
                8,
                ITALIC,
            )
        p.text(
            page, 56, 50, "© 2019 The Authors. Journal of Made Studies published by Pressed Ltd.", 7
        )
        p.text(page, 480, 50, f"J Made Stud. 2019;12:{100 + page}", 7)

        def stamp(c: canvas.Canvas) -> None:
            c.saveState()
            c.translate(585, 200)
            c.rotate(90)
            c.setFont("Helvetica", 6)
            c.drawString(0, 0, "Downloaded from a library on 3 May 2020. See the terms of use.")
            c.restoreState()

        p.on(page, stamp)
    return p.done()


def table_across(seed: int) -> Special:
    """A table that runs across two columns in the middle of a page, text above and below."""
    p = Press(seed)
    width = two(1)[0].width
    p.set(p.write(2, width), two(1, top=780, foot=520))
    y = 490.0
    p.text(1, 56, y, "Table 1. Firms, workers, wages and export by district and year", 9, BOLD)
    for row in range(8):
        y -= 13
        cells = ("District", "Firms", "Workers", "Wages", "Export", "Year") if row == 0 else (
            f"District {row}", str(100 + 7 * row), f"{row + 1},{200 + row}", f"{3 + row}.5",
            f"{10 * row}%", str(2000 + row),
        )  # fmt: skip
        for k, cell in enumerate(cells):
            p.text(1, 56 + 82 * k, y, cell, 8.5)
    p.text(1, 56, y - 13, "Source: own survey.", 8)
    p.set(p.write(2, width), [*two(1, top=y - 30, foot=70), *two(2)])
    return p.done()


def quotes_and_lists(seed: int) -> Special:
    p = Press(seed)
    width = WIDTH - 112
    lines: list[Line] = []
    columns = [Column(k, 56, width, 780, 70) for k in (1, 2, 3, 4)]
    for _ in range(3):
        lines += p.write(1, width)
        quote = paragraph(p.rng)
        p.body.append(quote)
        lines += [
            item._replace(shift=30, last=True, gap=8 if k == 0 else 0)
            for k, item in enumerate(p.lines(quote, width - 60, 9))
        ]
        for _bullet in range(3):
            item = sentence(p.rng)
            p.body.append(item)
            broken = p.lines(item, width - 36)
            lines += [
                one._replace(
                    shift=18 if at == 0 else 30, last=True, gap=6 if at == 0 else 0,
                    text=f"• {one.text}" if at == 0 else one.text,
                )
                for at, one in enumerate(broken)
            ]  # fmt: skip
        after = paragraph(p.rng)
        p.body.append(after)
        lines += p.lines(after, width, gap=8)
    p.set(lines, columns)
    return p.done()


def title_across_three(seed: int) -> Special:
    p = Press(seed)
    gutter, width = 14.0, (WIDTH - 84 - 28) / 3

    def three(page: int, top: float, foot: float) -> list[Column]:
        return [Column(page, 42 + k * (width + gutter), width, top, foot) for k in range(3)]

    y = 790.0
    for foot in (440.0, 60.0):
        head = (
            f"A heading that runs across all {p.rng.choice(('three', 'of the three'))} columns here"
        )
        p.body.append(head)
        p.text(1, 42, y - 18, head, 16, BOLD)
        p.set(p.write(3 if foot > 100 else 4, width, 8, head=False), three(1, y - 30, foot))
        y = foot - 8
    return p.done()


def wide_letters(seed: int) -> Special:
    """Headings with their letters set apart, small capitals by size, an en dash for a bullet."""
    p = Press(seed)
    width = WIDTH - 112
    y = 780.0
    for word in ("INTRODUCTION", "METHOD", "RESULTS"):
        p.body.append(word)
        p.text(1, 56, y - 20, " ".join(word), 12, BOLD)
        y = p.set(p.write(2, width, head=False), [Column(1, 56, width, y - 28, 40)])[-1] - 14
    return p.done()


def formulas(seed: int) -> Special:
    """Displayed formulas between lines of running text."""
    p = Press(seed)
    width = WIDTH - 112
    y = 780.0
    for k in range(4):
        first = paragraph(p.rng)
        p.body.append(first)
        y = p.set(p.lines(first, width), [Column(1, 56, width, y, 40)])[-1] - 22
        p.text(1, 220, y, "y", 10, ITALIC)
        p.text(1, 225, y - 2, "it", 7, ITALIC)
        p.text(1, 236, y, "=", 10)
        p.text(1, 246, y, "a", 10, ITALIC)
        p.text(1, 251, y - 2, "i", 7, ITALIC)
        p.text(1, 258, y, "+", 10)
        p.text(1, 268, y, "bx", 10, ITALIC)
        p.text(1, 279, y - 2, "it", 7, ITALIC)
        p.text(1, 289, y, "+", 10)
        p.text(1, 299, y, "e", 10, ITALIC)
        p.text(1, 304, y - 2, "it", 7, ITALIC)
        p.text(1, 520, y, f"({k + 1})", 10)
        p.body.append(f"yit = ai + bx it + eit ({k + 1})")
        y -= 10
    return p.done()


def page_broken_words(seed: int) -> Special:
    """Words cut by a hyphen at the end of a column and of a page, over a note and a head."""
    p = Press(seed)
    columns = [c for page in (1, 2, 3) for c in two(page, top=770, foot=110)]
    width = columns[0].width
    text = " ".join(paragraph(p.rng) for _ in range(14))
    p.body.append(text)
    lines = [line._replace(last=True) for line in p.lines(text, width - 25)]
    room = int((770 - 110) / 12)
    for end in (room - 1, 2 * room - 1, 3 * room - 1):
        if end + 1 >= len(lines):
            break
        first, rest = lines[end + 1].text.split(" ", 1) if " " in lines[end + 1].text else ("", "")
        if len(first) > 6 and first.isalpha():
            lines[end] = lines[end]._replace(text=f"{lines[end].text} {first[:3]}-")
            lines[end + 1] = lines[end + 1]._replace(text=f"{first[3:]} {rest}")
    p.set(lines, columns)
    for page in range(1, max(p.ops) + 1):
        if page > 1:
            p.text(page, 56, 800, "Running head of the paper", 8, ITALIC)
        p.text(page, 290, 40, str(page), 9)
        note = sentence(p.rng)
        p.notes.append(note)
        p.text(page, 56, 93, str(page), 5)
        for k, line in enumerate(p.lines(note, width - 8, 8)):
            p.text(page, 62, 90 - 9.6 * k, line.text, 8)
    return p.done()


def numbers_on_the_right(seed: int) -> Special:
    """Every fifth line numbered at the right margin, double spaced."""
    p = Press(seed)
    width = WIDTH - 150
    lines: list[Line] = []
    for _ in range(3):
        lines += p.write(2, width, 11)
    columns = [Column(k, 72, width, 780, 70) for k in range(1, 7)]
    p.set(lines, columns, leading=2.0)
    for page in range(1, max(p.ops) + 1):
        for k in range(4, 32, 5):
            p.text(page, WIDTH - 50, 780 - 22 * (k + 1), str(k + 1), 7)
    return p.done()


def author_grid(seed: int) -> Special:
    """Four authors in a grid under the title, an abstract in a narrow box, then two columns."""
    p = Press(seed)
    p.body.append("Clusters and Their Workers in the Made Valley")
    p.text(1, 110, 770, p.body[0], 17, BOLD)
    names = ("Anna Example", "Bert Sample", "Carla Muster", "David Modello")
    for k, name in enumerate(names):
        x, y = 90 + 230 * (k % 2), 735 - 50 * (k // 2)
        for row, said in enumerate(
            (name, "University of Made", f"{name.split()[0].lower()}@made.org")
        ):
            p.text(1, x, y - 12 * row, said, 10)
    for row in (0, 1):
        for k in (2 * row, 2 * row + 1):
            p.body += [names[k]]
            p.aside += ["University of Made", f"{names[k].split()[0].lower()}@made.org"]
    p.text(1, 270, 630, "Abstract", 11, BOLD)
    p.body.append("Abstract")
    abstract = paragraph(p.rng, 3, 4)
    p.body.append(abstract)
    end = p.set(p.lines(abstract, 360, 9), [Column(1, 117, 360, 625, 60)])[-1]
    width = two(1)[0].width
    p.set(p.write(4, width) + p.write(3, width), [*two(1, top=end - 20), *two(2)])
    return p.done()


SPECIALS: tuple[Callable[[int], Special], ...] = (
    note_across_two_columns, drop_caps, sidebar, turned_page, heads_that_change, table_across,
    quotes_and_lists, title_across_three, wide_letters, formulas, page_broken_words,
    numbers_on_the_right, author_grid,
)  # fmt: skip


def all_of(seed: int) -> Iterator[tuple[str, Special]]:
    """Yield each design's name and its PDF."""
    for design in SPECIALS:
        yield design.__name__, design(seed)
