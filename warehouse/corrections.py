"""Corrections by people: rows tied to content, applied to whatever is read later.

A correction never edits what was read: it changes the current rows, what they were goes to
history, and the correction can be undone. It holds on to content hashes, so it finds its passage
again after a new reading; `corrections_lost` lists those that don't.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from pipeline.errors import UsageError
from pipeline.ids import content_id, sha256_text
from pipeline.records import Entity
from warehouse.batches import entities_batch
from warehouse.rows import set_variables
from warehouse.statements import statement

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from warehouse.writer import Writer


class Corrections:
    """What people may correct; each method is one transaction and returns a correction's id.

    `by` names the person, `reason` says why; both are kept.
    """

    def __init__(self, writer: Writer) -> None:
        self.writer = writer

    def deny_fact(self, fact_id: str, *, by: str, reason: str) -> str:
        """Say that a fact is wrong: it leaves `facts`, now and after each new reading."""
        row = self._one("anchor_fact", fact_id, "fact")
        anchor = {
            "passage_sha256": row[0], "metric": row[1], "value": row[2],
            "quote_sha256": sha256_text(row[3]), "source": row[4], "paper_id": row[5],
        }  # fmt: skip
        return self._make("deny_fact", by, reason, anchor)

    def set_label(
        self,
        passage_id: str,
        dimension: str,
        label: str,
        *,
        selected: bool,
        alone: bool,
        by: str,
        reason: str,
    ) -> str:
        """Say that a label applies to a passage, or does not.

        Parameters
        ----------
        alone : bool
            The dimension has exactly one selected label: selecting this unselects the others.
        """
        row = self._one("anchor_passage", passage_id, "passage")
        anchor = {
            "passage_sha256": row[0], "paper_id": row[1], "dimension": dimension, "label": label,
            "selected": selected, "alone": alone and selected,
        }  # fmt: skip
        return self._make("set_label", by, reason, anchor)

    def merge_entities(self, entity_id: str, into: str, *, by: str, reason: str) -> str:
        """Say that two entities are one: mentions, facts and relations go over to `into`."""
        kind, into_kind = (
            self._one("anchor_entity", one, "entity")[1] for one in (entity_id, into)
        )
        if entity_id == into or kind != into_kind:
            raise UsageError(f"can't merge {kind} {entity_id} into {into_kind} {into}; expected two"
                             " entities of one kind")  # fmt: skip
        return self._make(
            "merge_entity", by, reason, {"entity_id": entity_id, "to_entity_id": into}
        )

    def split_entity(
        self, entity_id: str, surface: str, to: Entity, *, by: str, reason: str
    ) -> str:
        """Say that mentions of an entity that are written so mean another one, `to`."""
        self._one("anchor_entity", entity_id, "entity")
        anchor = {"entity_id": entity_id, "surface": surface, "to_entity_id": to.entity_id}
        return self._make("split_entity", by, reason, anchor, to)

    def split_named(
        self,
        entity_id: str,
        surface: str,
        name: str,
        country: str | None,
        *,
        by: str,
        reason: str,
    ) -> str:
        """Split off mentions to an entity of the same kind with this name, new or known."""
        kind = self._one("anchor_entity", entity_id, "entity")[1]
        known = self.writer.con.execute(statement("entity_by_name"), [kind, name]).fetchone()
        made = known[0] if known else content_id("entity", kind, name, country)
        return self.split_entity(
            entity_id, surface, Entity(made, kind, name, country), by=by, reason=reason
        )

    def rename_entity(self, entity_id: str, name: str, *, by: str, reason: str) -> str:
        """Give an entity another name; its id stays."""
        self._one("anchor_entity", entity_id, "entity")
        return self._make("rename_entity", by, reason, {"entity_id": entity_id, "new_name": name})

    def withdraw(self, paper_id: str, *, by: str, reason: str) -> str:
        """Take a paper's rows out of every answer, and keep it out after a new reading."""
        row = self._one("anchor_paper", paper_id, "paper")
        anchor = {"paper_id": paper_id, "text_sha256": row[0], "source": row[1]}
        if row[2] is not None:
            raise UsageError(f"{paper_id} is withdrawn already ({row[3]})")
        return self._make("withdraw_paper", by, reason, anchor)

    def restore(self, paper_id: str) -> str:
        """Bring a withdrawn paper back; return the id of the withdrawal that is undone."""
        found = self.writer.con.execute(statement("active_withdrawal"), [paper_id]).fetchone()
        if found is None:
            raise UsageError(
                f"{paper_id} is not withdrawn; `clusterlore correct list` shows what is"
            )
        self.undo(str(found[0]))
        return str(found[0])

    def undo(self, correction_id: str) -> None:
        """Take a correction back; what it changed is as it was read again."""
        con = self.writer.con
        row = con.execute(statement("active_correction"), [correction_id]).fetchone()
        if row is None:
            raise UsageError(f"No active correction {correction_id!r}; see `correct list`")
        with self.writer.transaction() as at:
            con.execute(
                "UPDATE corrections SET undone_at = ? WHERE correction_id = ?", [at, correction_id]
            )
            con.execute(
                "DELETE FROM issues WHERE paper_id IS NULL AND contains(detail, ?)", [correction_id]
            )
            set_variables(con, correction=correction_id, moment=at, cause="correction")
            kind = str(row[0])
            if kind == "withdraw_paper":
                for (paper_id,) in con.execute(statement("restorable")).fetchall():
                    restore_rows(con, paper_id, at)
            elif kind in ("deny_fact", "set_label"):
                con.execute(statement(f"undo_{kind}"))
            apply_everywhere(con, kind, at)

    def _make(
        self, kind: str, by: str, reason: str, anchor: dict[str, Any], extra: Entity | None = None
    ) -> str:
        con = self.writer.con
        with self.writer.transaction() as at:
            made = content_id("correction", kind, by, at.isoformat(), sorted(anchor.items()))
            row = {"correction_id": made, "kind": kind, "made_by": by, "reason": reason,
                   "made_at": at, **anchor}  # fmt: skip
            names = ", ".join(row)
            marks = ", ".join("?" * len(row))
            con.execute(f"INSERT INTO corrections ({names}) VALUES ({marks})", [*row.values()])  # noqa: S608 - names are ours
            if extra is not None:
                batch = entities_batch([extra])  # noqa: F841 - the statement reads it by name
                con.execute(statement("keep_entity"))
            apply_everywhere(con, kind, at)
        return made

    def _one(self, name: str, key: str, what: str) -> tuple[Any, ...]:
        row = self.writer.con.execute(statement(name), [key]).fetchone()
        if row is None:
            raise UsageError(
                f"No {what} {key!r} among the current rows; `clusterlore sql` finds ids"
            )
        return tuple(row)


def apply_everywhere(con: DuckDBPyConnection, kind: str, at: datetime) -> None:
    """Bring the current rows in line with the active corrections of one kind."""
    set_variables(con, paper=None, moment=at, cause="correction")
    if kind == "withdraw_paper":
        for (paper_id,) in con.execute(statement("to_withdraw")).fetchall():
            withdraw_rows(con, paper_id, at)
    else:
        con.execute(statement(_APPLY[kind]))


def apply_corrections(con: DuckDBPyConnection, paper_id: str, at: datetime) -> None:
    """Apply to a paper just loaded what people corrected before."""
    kinds = con.execute("SELECT DISTINCT kind FROM corrections WHERE undone_at IS NULL").fetchall()
    if not kinds:
        return
    set_variables(con, paper=paper_id, moment=at, cause="correction")
    # Once each, in the order of the table: facts are denied as they were read.
    for name in dict.fromkeys(name for kind, name in _APPLY.items() if (kind,) in kinds):
        con.execute(statement(name))
    for (other,) in con.execute(statement("to_withdraw")).fetchall():
        if other == paper_id:
            withdraw_rows(con, paper_id, at)


def apply_labels(con: DuckDBPyConnection, at: datetime) -> None:
    """Apply the labels that people set to codes just made."""
    apply_everywhere(con, "set_label", at)


def withdraw_rows(con: DuckDBPyConnection, paper_id: str, at: datetime) -> None:
    """Move a paper's rows aside; codes and facts end in history for the cause ``withdrawn``."""
    set_variables(con, paper=paper_id, moment=at, cause="withdrawn")
    con.execute(statement("withdraw_rows"))
    con.execute(statement("remove_paper"))


def restore_rows(con: DuckDBPyConnection, paper_id: str, at: datetime) -> None:
    """Bring a withdrawn paper's rows back."""
    set_variables(con, paper=paper_id, moment=at, cause="restored")
    con.execute(statement("restore_rows"))
    apply_corrections(con, paper_id, at)


_APPLY = {
    "deny_fact": "deny_facts",
    "set_label": "set_labels",
    "split_entity": "correct_entities",
    "merge_entity": "correct_entities",
    "rename_entity": "correct_entities",
}
