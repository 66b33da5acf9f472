"""XML with entities, networks and deep trees off."""

from __future__ import annotations

from typing import Any

from pipeline.errors import ReadError

Element = Any


def parse(data: bytes, what: str, *, recover: bool = False) -> Element:
    """Return the root element.

    Entities are never expanded and no file or address that the XML names is opened.

    Raises
    ------
    ReadError
        ``damaged`` where it is not well-formed.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False,
        huge_tree=False, recover=recover, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ReadError("damaged", f"{what} is not well-formed XML: {error}") from error
    if root is None:
        raise ReadError("damaged", f"{what} holds no XML element; expected a document.")
    return root


def local(element: Element) -> str:
    """Return an element's name without its namespace; "" for entities and other non-elements."""
    tag = element.tag
    return tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""
