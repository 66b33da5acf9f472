"""A person's merges, splits and renamings of entities: data that later runs keep."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from pipeline.errors import IllegalRecord
from pipeline.extract.tokens import plain
from pipeline.ids import content_id
from pipeline.records import ENTITY_KINDS, Entity, EntityKind, Mention

Action = Literal["merge", "split", "rename"]
ACTIONS: tuple[str, ...] = Action.__args__  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Correction:
    """One decision of a person on an entity.

    Attributes
    ----------
    action : str
        ``rename``: the entity `name` is called `to` from now on. ``merge``: all mentions of
        `name` go to the entity `to`, with its attributes if it is known. ``split``: mentions of
        `name` that read `surface` go to an entity of their own called `to`.
    kind, name : str
        Which entity, by its canonical name.
    to : str
        The name it gets.
    country : str or None
        Country of `name`, where several entities share it; for ``rename`` of a cluster see
        `to_country`.
    surface : str or None
        For ``split``: the words of the mentions that go.
    paper_id : str or None
        Where given, the decision holds in that paper alone.
    to_country, to_sector : str or None
        Attributes that the decision sets.
    """

    action: Action
    kind: EntityKind
    name: str
    to: str
    country: str | None = None
    surface: str | None = None
    paper_id: str | None = None
    to_country: str | None = None
    to_sector: str | None = None

    def __post_init__(self) -> None:
        if self.action not in ACTIONS:
            raise IllegalRecord(
                f"Correction.action is {self.action!r}; expected one of {', '.join(ACTIONS)}"
            )
        if self.kind not in ENTITY_KINDS:
            raise IllegalRecord(
                f"Correction.kind is {self.kind!r}; expected one of {', '.join(ENTITY_KINDS)}"
            )
        if self.action == "split" and not self.surface:
            raise IllegalRecord("Correction splits without a surface; expected the mentions' words")


def entity_id(kind: str, name: str, country: str | None) -> str:
    """Return the id of an entity: of kind and name, and country for clusters."""
    return content_id("entity", kind, name, country if kind == "CLUSTER" else None)


def renamed(entity: Entity, **changes: str | None) -> Entity:
    """Return a copy with other attributes and the id that follows from them."""
    new = replace(entity, **changes)  # type: ignore[arg-type]
    return replace(new, entity_id=entity_id(new.kind, new.name, new.country))


def correct(
    paper_id: str,
    entities: Mapping[str, Entity],
    mentions: Sequence[Mention],
    corrections: Sequence[Correction],
) -> tuple[dict[str, Entity], list[Mention]]:
    """Apply corrections, in order, to what linking decided in one paper."""
    found, told = dict(entities), list(mentions)
    for one in corrections:
        if one.paper_id not in (None, paper_id):
            continue
        for entity in [e for e in found.values() if _meant(one, e)]:
            target = _target(one, entity, found)
            if target.entity_id == entity.entity_id:
                found[target.entity_id] = target
                continue
            moved = False
            for i, mention in enumerate(told):
                if mention.entity_id == entity.entity_id and _goes(one, mention):
                    reason = f"{one.action} decided by a person"
                    told[i] = replace(mention, entity_id=target.entity_id, reason=reason)
                    moved = True
            if moved:
                found[target.entity_id] = target
            if not any(mention.entity_id == entity.entity_id for mention in told):
                found.pop(entity.entity_id, None)
    return found, told


def _meant(one: Correction, entity: Entity) -> bool:
    return (
        entity.kind == one.kind
        and plain(entity.name) == plain(one.name)
        and one.country in (None, entity.country)
    )


def _goes(one: Correction, mention: Mention) -> bool:
    return one.action != "split" or mention.surface == one.surface


def _target(one: Correction, entity: Entity, found: Mapping[str, Entity]) -> Entity:
    if one.action == "merge":
        for other in found.values():
            same = other.kind == one.kind and plain(other.name) == plain(one.to)
            if same and one.to_country in (None, other.country):
                return other
    return renamed(
        entity,
        name=one.to,
        country=one.to_country or entity.country,
        sector=one.to_sector or entity.sector,
    )
