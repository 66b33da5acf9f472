"""A split as a person asks for it: the other entity gets what linking would give it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from pipeline.records import Entity, Issue

if TYPE_CHECKING:
    from warehouse.corrections import Corrections

_KIND = "SELECT kind FROM entities WHERE entity_id = ?"
_KNOWN = "SELECT count(*) FROM entities WHERE kind = ? AND name = ?"
_MENTIONS = 'SELECT passage_id, start, "end" FROM mentions WHERE entity_id = ? AND surface = ?'
_PASSAGE = "SELECT text, paper_id FROM passages WHERE passage_id = ?"
_NEAR = "SELECT start, \"end\", entity_id FROM mentions WHERE passage_id = ? AND kind = 'COUNTRY'"
_NAMED = "SELECT entity_id FROM mentions WHERE paper_id = ? AND kind = 'COUNTRY'"
_CODE = "SELECT country FROM entities WHERE entity_id = ?"


def split(
    make: Corrections,
    entity_id: str,
    surface: str,
    name: str,
    country: str | None,
    *,
    by: str,
    reason: str,
) -> str:
    """Split off mentions written so to the entity called `name`, new or known.

    A new one gets country, sector and type as linking gives them, by its name and by the passages
    that it stands in; a country that a person gives wins. Where the country stays open, the split
    is made without one and an issue says why.

    Raises
    ------
    UsageError
        No such entity.
    """
    con = make.writer.con
    found = con.execute(_KIND, [entity_id]).fetchone()
    known = found is not None and con.execute(_KNOWN, [found[0], name]).fetchone()
    if found is None or (known and known[0]):
        return make.split_named(entity_id, surface, name, country, by=by, reason=reason)
    entity, doubt = _linked(make, str(found[0]), entity_id, surface, name)
    if country is not None:
        from pipeline.extract.corrections import renamed

        entity, doubt = renamed(entity, country=country), ""
    made = make.split_entity(entity_id, surface, entity, by=by, reason=reason)
    if doubt:
        _to_review(make, entity, made, doubt)
    return made


def _linked(
    make: Corrections, kind: str, entity_id: str, surface: str, name: str
) -> tuple[Entity, str]:
    from pipeline.codebook import load_codebook
    from pipeline.extract.splitting import Standing, split_off
    from pipeline.vocabulary import load_vocabulary

    con = make.writer.con

    def code(one: str) -> str:
        row = con.execute(_CODE, [one]).fetchone()
        return str(row[0]) if row and row[0] else ""

    standings, papers = [], set()
    for passage_id, start, end in con.execute(_MENTIONS, [entity_id, surface]).fetchall():
        text, paper_id = con.execute(_PASSAGE, [passage_id]).fetchall()[0]
        near = con.execute(_NEAR, [passage_id]).fetchall()
        standings.append(Standing(text, start, end, tuple((s, e, code(one)) for s, e, one in near)))
        papers.add(str(paper_id))
    countries = Counter(
        code(one) for paper in papers for (one,) in con.execute(_NAMED, [paper]).fetchall()
    )
    vocabulary = load_vocabulary(load_codebook().folder / "vocabulary")
    return split_off(kind, name, standings, countries, vocabulary)


def _to_review(make: Corrections, entity: Entity, correction_id: str, doubt: str) -> None:
    """Put the entity on the list of what a person should settle; it belongs to no one paper.

    The correction's id stands in it: taking the correction back takes the issue back too.
    """
    from warehouse.rows import add_issues

    detail = f"{entity.name!r} ({entity.entity_id}), split off by {correction_id}: {doubt}"
    what = f"ambiguous {entity.kind.lower()}"
    with make.writer.transaction():
        add_issues(make.writer.con, [Issue.of(None, "linking", what, detail)])


__all__ = ["split"]
