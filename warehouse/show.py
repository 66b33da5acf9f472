"""Proof of one row: what it is, the quote in its passage, the page, and how it was derived."""

from __future__ import annotations

from typing import Any

from pipeline.errors import UsageError
from warehouse.reader import Reader
from warehouse.statements import statement

WHAT = {
    "papers": "paper", "passages": "passage", "sections": "section", "tables": "table",
    "works": "work", "citations": "citation", "entities": "entity", "mentions": "mention",
    "sentences": "sentence", "facts": "fact", "relations": "relation", "models": "model",
    "runs": "run", "issues": "issue", "annotations": "annotation", "corrections": "correction",
    "rejects": "rejected source", "paper_sources": "source",
    "facts_history": "fact that no longer holds", "withdrawn": "passage of a withdrawn paper",
}  # fmt: skip
_DERIVED = ("method", "rule", "reason", "confidence", "claim_source", "assertion", "recipe")


def show(reader: Reader, given: str) -> dict[str, Any]:
    """Return all there is to say about an id.

    Returns
    -------
    dict
        `id`, `what`, `row` (the row with names looked up); where it stands in a passage also
        `quote`, `passage` (text, page, section, start and end of the quote), `paper`; and
        `derived`: the rule or method, and the parser, codebook and models in its recipe.

    Raises
    ------
    UsageError
        There is nothing with this id.
    """
    found = reader.sql(statement("find_id"), {"id": given}).rows()
    if not found:
        raise UsageError(
            f"nothing has the id {given!r}; expected an id from any table, such as a fact_id"
        )
    table = found[0][0]
    row = reader.sql(statement(f"show/{table}"), {"id": given}).dicts()[0]
    row.pop("vector", None)
    shown: dict[str, Any] = {"id": given, "what": WHAT[table], "row": row}
    passage_id = row.get("passage_id") or row.get("example_passage_id")
    context = reader.sql(statement("show/context"), {"id": passage_id}).dicts()
    recipe = row.get("recipe")
    if context:
        place = context[0]
        shown |= _place(place, row if "example_passage_id" not in row else {})
        recipe = recipe or place["recipe"]
    shown["derived"] = {name: row[name] for name in _DERIVED if row.get(name) is not None}
    if recipe:
        parts = reader.sql(statement("show/recipe"), {"id": recipe}).rows()
        shown["derived"]["recipe_parts"] = dict(parts)
    return shown


def marked(shown: dict[str, Any], before: str, after: str) -> str:
    """Return the passage with its quote between two marks."""
    passage = shown["passage"]
    text, start, end = passage["text"], passage["start"], passage["end"]
    if start is None:
        return str(text)
    return f"{text[:start]}{before}{text[start:end]}{after}{text[end:]}"


def _place(place: dict[str, Any], row: dict[str, Any]) -> dict[str, Any]:
    inside = "start" in row and "text" not in row
    start, end = (row["start"], row["end"]) if inside else (None, None)
    text = place["text"]
    return {
        "quote": text[start:end] if inside else text,
        "passage": {
            "passage_id": place["passage_id"], "ordinal": place["ordinal"], "page": place["page"],
            "page_to": place["page_to"], "heading": place["heading"], "role": place["role"],
            "start": start, "end": end, "text": text,
        },
        "paper": {
            name: place[name]
            for name in ("paper_id", "title", "authors", "year", "doi", "source", "sha256",
                         "parser_version")
        },
    }  # fmt: skip
