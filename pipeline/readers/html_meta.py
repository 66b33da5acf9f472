"""What a web page says of itself: citation_*, Dublin Core, Open Graph, title, language."""

from __future__ import annotations

import re
from typing import Any

from pipeline.document import MetaValue

_FIELDS = {
    "citation_title": "title", "dc.title": "title", "og:title": "title",
    "citation_author": "authors", "dc.creator": "authors",
    "author": "authors", "article:author": "authors",
    "citation_publication_date": "year", "citation_date": "year", "citation_year": "year",
    "citation_online_date": "year", "dc.date": "year",
    "article:published_time": "year", "dcterms.issued": "year",
    "citation_doi": "doi", "dc.identifier": "doi", "prism.doi": "doi",
    "citation_language": "language", "dc.language": "language",
    "citation_abstract": "abstract", "dc.description": "abstract", "description": "abstract",
    "citation_keywords": "keywords", "keywords": "keywords", "dc.subject": "keywords",
}  # fmt: skip
_DOI = re.compile(r"10\.\d{4,9}/[^\s\"<>]{2,200}")


def metadata(tree: Any) -> list[MetaValue]:
    """Return the metadata of a page in the order of trust: citation_* first."""
    found: list[tuple[int, MetaValue]] = []
    for element in tree.css("meta[content]"):
        attributes = element.attributes
        name = (attributes.get("name") or attributes.get("property") or "").casefold()
        said = " ".join((attributes.get("content") or "").split())[:20_000]
        field = _FIELDS.get(name)
        if field is None or not said:
            continue
        if field == "year":
            year = re.search(r"(?:1[89]|20)\d\d", said)
            said = year.group() if year else ""
        if field == "doi":
            doi = _DOI.search(said)
            said = doi.group().rstrip(".") if doi else ""
        if said:
            rank = 0 if name.startswith("citation_") else 1 if name.startswith("dc") else 2
            found.append((rank, MetaValue(field, said, f"html:{name}")))  # type: ignore[arg-type]
    values = [value for _, value in sorted(found, key=lambda pair: pair[0])]
    title = tree.css_first("title")
    if title is not None and (said := " ".join(title.text(deep=True).split())):
        values.append(MetaValue("title", said, "html:title"))
    root = tree.css_first("html")
    language = (root.attributes.get("lang") or "") if root is not None else ""
    if language.strip():
        values.append(MetaValue("language", language.strip(), "html:lang"))
    return values
