# ruff: noqa: E501 - files and designs as data
"""Text, Markdown, Word, HTML and XML: what is seen comes out, what is not seen does not."""

from __future__ import annotations

import pytest

from pipeline.document import Block, Document
from pipeline.errors import ReadError
from pipeline.readers import detect, read_bytes
from tests.pipeline.readers.making import STYLES, W, docx, p

PROSE = (
    "The cluster gives work to many people, and it has grown for years as buyers came and stayed."
)


def said(document: Document) -> list[tuple[str, str]]:
    return [(b.kind, b.text) for b in document.blocks]


def blocks(document: Document, kind: str) -> list[Block]:
    return [b for b in document.blocks if b.kind == kind]


@pytest.mark.parametrize(
    ("data", "name", "media_type"),
    [
        (b"%PDF-1.4 rest", "a.txt", "application/pdf"),
        (b"junk\n%PDF-1.4 rest", "a", "application/pdf"),
        (b"# One\n\ntext\n\n# Two\n", "a.txt", "text/markdown"),
        (b"plain words here", "a.md", "text/markdown"),
        (b"plain words here", "a.pdf", "text/plain"),
        (b"<!DOCTYPE html><p>x", "a.txt", "text/html"),
        ("<html><p>x".encode("utf-16"), "a", "text/html"),
        (b"<?xml version='1.0'?><article><front/></article>", "a", "application/jats+xml"),
        (b'<TEI xmlns="http://www.tei-c.org/ns/1.0"/>', "a", "application/tei+xml"),
        (b"<?xml version='1.0'?><feed/>", "a", "application/xml"),
        (b"\x89PNG\r\n\x1a\n0000", "a.pdf", "image/png"),
        (b"\x00\x01\x02\x03\x04\x05" * 50, "a.txt", "application/octet-stream"),
        (b" \n ", "a.txt", "application/x-empty"),
    ],
)
def test_the_kind_is_told_from_the_content(data: bytes, name: str, media_type: str) -> None:
    assert detect(data, name) == media_type


@pytest.mark.parametrize(
    "data", [b"", b"\x89PNG\r\n\x1a\n0000", b"{\\rtf1 x}", b"<?xml version='1.0'?><feed/>"]
)
def test_what_is_no_document_is_refused_with_words(data: bytes) -> None:
    with pytest.raises(ReadError) as caught:
        read_bytes(data, "a.pdf")
    assert caught.value.reason in ("empty", "not_a_document")
    assert caught.value.stage == "detect"
    assert len(caught.value.detail) > 15


def test_hard_line_breaks_and_hyphens_are_mended() -> None:
    text = (
        "In Bang-\nladesh the long-\nterm growth of the leather clus-\nter was seen by"
        " Lund-\nThomsen."
        " The record of $1-bi-\nllion fell.\n\nAn export-\noriented firm, and"
        " export-oriented firms,"
        " came.\n"
    )
    assert said(read_bytes(text.encode(), "a.txt")) == [
        ("paragraph", "In Bangladesh the long-term growth of the leather cluster was seen by Lund-Thomsen."
         " The record of $1-billion fell."),
        ("paragraph", "An export-oriented firm, and export-oriented firms, came."),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "utf-32"]
)
def test_any_encoding_gives_the_same_words(encoding: str) -> None:
    text = "Señor Müller’s cluster – “in São Paulo” – employs 4,100 people, some say. " * 3
    assert read_bytes(text.encode(encoding), "a.txt").blocks[0].text == text.strip()


def test_a_paper_as_text_with_pages_heads_and_notes() -> None:
    pages = [
        "THE LEATHER CLUSTER\n\nAbstract\n\n" + PROSE + "\n\n1 INTRODUCTION\n\n" + PROSE
        + "\n\nThe association had asked its members to build a plant that would serve all of\n\n   1",
        "Journal of Made-up Things 12\n\nthem together¹ and to share its cost.\n\n¹ The plant was never built.\n\n   2",
        "Journal of Made-up Things 13\n\n2.1 What came of it\n\n" + PROSE + "\n\n   3",
    ]  # fmt: skip
    assert said(read_bytes("\f".join(pages).encode(), "a.txt")) == [
        ("title", "THE LEATHER CLUSTER"),
        ("heading", "Abstract"),
        ("abstract", PROSE),
        ("heading", "1 INTRODUCTION"),
        ("paragraph", PROSE),
        ("paragraph", "The association had asked its members to build a plant that would serve all of"
         " them together and to share its cost."),
        ("note", "The plant was never built."),
        ("heading", "2.1 What came of it"),
        ("paragraph", PROSE),
    ]  # fmt: skip


def test_a_powers_sign_is_no_note_mark() -> None:
    text = f"The area is 40 km² and the plant 10³ litres.\n\n{PROSE}¹\n\n¹ A note.\n"
    assert said(read_bytes(text.encode(), "a.txt"))[0] == (
        "paragraph",
        "The area is 40 km² and the plant 10³ litres.",
    )


def test_markdown_with_front_matter_table_and_footnote() -> None:
    text = (
        "---\ntitle: Shoes\nauthor: [Ana Paz, Bo Li]\ndate: 2014-05-01\n---\n# Shoes\n\n##"
        " Methods\n\n"
        f"{PROSE}[^a]\n\n- one\n- two\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n<!-- hidden"
        f" -->\n\n[^a]: The note.\n"
    )
    document = read_bytes(text.encode(), "a.md")
    assert said(document) == [
        ("title", "Shoes"), ("heading", "Methods"), ("paragraph", PROSE), ("list_item", "one"),
        ("list_item", "two"), ("table", "a | b\n1 | 2"), ("note", "The note."),
    ]  # fmt: skip
    assert blocks(document, "table")[0].cells == (("a", "b"), ("1", "2"))
    assert {(m.field, m.value) for m in document.metadata} == {
        ("title", "Shoes"), ("authors", "Ana Paz; Bo Li"), ("year", "2014"),
    }  # fmt: skip


def test_word_shows_what_the_page_shows() -> None:
    note = f'<w:footnotes xmlns:w="{W}"><w:footnote w:id="2"><w:p><w:r><w:t>A note.</w:t></w:r></w:p></w:footnote></w:footnotes>'
    body = (
        p("Shoes", "Title") + p("Results", "My") + p("hidden words", run="<w:vanish/>")
        + '<w:p><w:r><w:t>Seen </w:t></w:r><w:del><w:r><w:delText>deleted</w:delText></w:r></w:del>'
        '<w:ins><w:r><w:t>and inserted</w:t></w:r></w:ins><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>b</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    )  # fmt: skip
    document = read_bytes(
        docx(body, styles=STYLES, footnotes=note, header1="<x>Head</x>"), "a.docx"
    )
    assert said(document) == [
        ("title", "Shoes"), ("heading", "Results"), ("paragraph", "Seen and inserted"),
        ("note", "A note."), ("table", "a | b"),
    ]  # fmt: skip
    assert blocks(document, "heading")[0].level == 1
    assert blocks(document, "note")[0].marker == "1"


def test_a_page_without_its_frame_and_hidden_parts() -> None:
    page = f"""<!doctype html><html lang="en"><head><title>T</title><meta name="citation_doi" content="10.1234/xy">
    <style>.gone {{ display: none }} p {{ color: red }}</style><script>var words = "script";</script></head>
    <body><nav>Home About</nav><header>Logo</header><main><h1>Shoes</h1><p>{PROSE}</p>
    <ul><li>one</li><li>two</li></ul><p hidden>no 1</p><p style="display:none">no 2</p>
    <p aria-hidden="true">no 3</p><p class="gone">no 4</p><!-- no 5 --><span class="sr-only">no 6</span>
    <table><caption>Table 1. Firms</caption><tr><th>Year</th><th>Firms</th></tr><tr><td>2005</td><td>12</td></tr></table>
    <p>Last<sup><a href="#fn1">1</a></sup>.</p><ol><li id="fn1">The note.</li></ol></main><footer>© All</footer></body></html>"""
    document = read_bytes(page.encode(), "a.html")
    assert said(document) == [
        ("title", "Shoes"), ("paragraph", PROSE), ("list_item", "one"), ("list_item", "two"),
        ("caption", "Table 1. Firms"), ("table", "Year | Firms\n2005 | 12"),
        ("paragraph", "Last."), ("note", "The note."),
    ]  # fmt: skip
    assert [(m.field, m.value) for m in document.metadata] == [
        ("doi", "10.1234/xy"),
        ("title", "T"),
        ("language", "en"),
    ]


def test_jats_and_tei_say_their_parts() -> None:
    jats = (
        '<article xml:lang="en"><front><article-meta><article-id pub-id-type="doi">10.1/x</article-id>'
        "<title-group><article-title>Shoes &amp;"
        " <italic>ships</italic></article-title></title-group></article-meta></front>"
        '<body><sec><title>Intro</title><p>Text<xref ref-type="fn" rid="f">1</xref> ends.</p><fn id="f"><label>1</label><p>A note.</p></fn></sec></body>'
        "<back><ref-list><ref><mixed-citation>Khan"
        " (2010).</mixed-citation></ref></ref-list></back></article>"
    )
    assert said(read_bytes(jats.encode(), "a.xml")) == [
        ("title", "Shoes & ships"), ("heading", "Intro"), ("paragraph", "Text ends."),
        ("heading", "References"), ("reference", "Khan (2010)."), ("note", "A note."),
    ]  # fmt: skip
    tei = (
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>Shoes</title></titleStmt></fileDesc></teiHeader>'
        '<text><body><div><head n="1.2">Intro</head><p>Text.</p></div></body></text></TEI>'
    )
    document = read_bytes(tei.encode(), "a.xml")
    assert said(document) == [("title", "Shoes"), ("heading", "1.2 Intro"), ("paragraph", "Text.")]
    assert document.blocks[1].level == 2


def test_entities_are_never_expanded() -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE article [<!ENTITY a "lol">' + "".join(
        f'<!ENTITY {chr(98 + i)} "{("&" + chr(97 + i) + ";") * 10}">' for i in range(9)
    )
    bomb += '<!ENTITY f SYSTEM "file:///etc/passwd">]><article><body><sec><p>Seen &j; &f; text.</p></sec></body></article>'
    try:
        document = read_bytes(bomb.encode(), "a.xml")
    except ReadError as error:
        assert error.reason == "damaged"
    else:
        assert said(document) == [("paragraph", "Seen text.")]


@pytest.mark.parametrize(
    "foot",
    [
        "<p>Made Repository. Software version 4.2. Report a problem.</p>",
        '<hr><font size="-2">Made Review. Page last changed on 3 May. Best seen at 800 x 600.</font>',
        "<div><p>© 2019 Made Press. All rights reserved.</p><p>Privacy policy</p></div>",
    ],
)
def test_a_page_foot_without_tag_or_class_is_left_out(foot: str) -> None:
    body = "<h1>Clusters of the valley</h1>" + "".join(
        f"<p>Firm {k} in the valley exports its goods through an agent in the port.</p>"
        for k in range(6)
    )
    plain = [b.text for b in read_bytes(f"<html><body>{body}</body></html>".encode(), "a").blocks]
    footed = read_bytes(f"<html><body>{body}{foot}</body></html>".encode(), "a")
    assert [b.text for b in footed.blocks] == plain
    assert len(plain) == 7


def test_a_last_paragraph_on_rights_of_a_long_kind_stays() -> None:
    last = "The guild reserved all rights to the mark, and its privacy was kept by the court." * 6
    page = f"<html><body><h1>Marks</h1><p>A guild kept a mark.</p><p>{last}</p></body></html>"
    assert read_bytes(page.encode(), "a").blocks[-1].text.startswith("The guild reserved all")


def test_markdown_escapes_in_an_address_are_the_bare_signs() -> None:
    text = "# Paper\n\n## References\n\nAuthor, A. (2001). Work. <http://a.org/wp\\_20\\_1.htm>\n"
    assert read_bytes(text.encode(), "a.md").blocks[-1].text.endswith("http://a.org/wp_20_1.htm")


def test_hidden_html_inside_markdown_is_left_out() -> None:
    text = '# Paper\n\nSeen.\n\n<div style="display:none">unseen</div>\n\n<div>Also seen.</div>\n'
    assert [b.text for b in read_bytes(text.encode(), "a.md").blocks][1:] == ["Seen.", "Also seen."]


def test_words_in_white_or_too_small_are_unseen_but_white_on_a_ground_is_seen() -> None:
    def run(properties: str, text: str) -> str:
        return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'

    white, tiny = '<w:color w:val="FFFFFF"/>', '<w:sz w:val="2"/>'
    body = (
        f"<w:p>{run(white, 'unseen ')}{run('', 'Dark words.')}</w:p>"
        f"<w:p>{run(tiny, 'unseen ')}{run('', 'Words of a size.')}</w:p>"
        f'<w:p><w:pPr><w:shd w:fill="000080"/></w:pPr>{run(white, "On a dark ground.")}</w:p>'
        f"<w:tbl><w:tr><w:tc><w:p>{run(white, 'Head')}</w:p></w:tc></w:tr></w:tbl>"
    )
    texts = [block.text for block in read_bytes(docx(body), "a.docx").blocks]
    assert texts == ["Dark words.", "Words of a size.", "On a dark ground.", "Head"]


@pytest.mark.parametrize(
    "style",
    [
        "position:absolute;clip:rect(0,0,0,0)",
        "clip-path: inset(50%)",
        "height:0;overflow:hidden",
        "color:#ffffff",
        "text-indent:-9999px",
    ],
)
def test_a_style_that_hides_leaves_an_element_out(style: str) -> None:
    page = f'<body><h1>Title</h1><p>Seen.</p><p style="{style}">unseen</p><p>Last.</p></body>'
    texts = [block.text for block in read_bytes(page.encode(), "a.html").blocks]
    assert texts == ["Title", "Seen.", "Last."]


def test_white_words_on_a_ground_of_a_page_are_seen() -> None:
    page = '<body><h1>T</h1><div class="dark"><p style="color:white">Seen on dark.</p></div></body>'
    assert read_bytes(page.encode(), "a.html").blocks[-1].text == "Seen on dark."
