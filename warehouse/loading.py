"""Loading one paper by the identity rules; the caller holds the transaction."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from pipeline.records import Issue, PaperBundle, Reject
from warehouse.corrections import apply_corrections
from warehouse.identity import Fingerprint, Index, Match
from warehouse.rows import add_issues, insert_papers, new_paper, remove_paper
from warehouse.similarity import same_share
from warehouse.sources import KnownSource, LoadResult, SourceBook
from warehouse.statements import statement

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

SAME_PAPER = ("same_bytes", "same_text")


class Loader:
    """One transaction's work on sources and papers."""

    def __init__(
        self, con: DuckDBPyConnection, sources: SourceBook, index: Index, at: datetime
    ) -> None:
        self.con, self.sources, self.index, self.at = con, sources, index, at

    def load(
        self,
        bundle: PaperBundle,
        mark: Fingerprint,
        *,
        size: int | None,
        mtime_ns: int | None,
        recipe: str,
    ) -> LoadResult:
        """Bring in a paper as read from one source; `mark` is what it is recognised by."""
        paper = bundle.reading.paper
        known = self.sources.labels.get(paper.source)
        seen = KnownSource(paper.sha256, size, mtime_ns, None, None, recipe)
        own = self._own_paper(paper.source, known)
        match = self._match(bundle, mark, own)
        if match.paper_id is not None:
            return self._join(bundle, mark, match, known, own, seen)
        if own is None:
            self._insert(bundle, mark, recipe, "new_paper", match)
            return self._put(paper.source, seen, paper.paper_id, "same_bytes", "", "loaded")
        return self._replace(bundle, mark, match, known, own, seen)

    def add_source(
        self,
        paper_id: str,
        source: str,
        sha256: str,
        relation: str,
        size: int | None,
        mtime_ns: int | None,
    ) -> None:
        """Note one more source of a paper; what it was a source of before loses it."""
        recipe = self._paper_field("recipe", paper_id)
        own = self._own_paper(source, self.sources.labels.get(source))
        seen = KnownSource(sha256, size, mtime_ns, None, None, recipe)
        self._put(source, seen, paper_id, relation, relation, "added_source")
        if own is not None and own != paper_id:
            self._leave(own, source, "replaced")

    def reject(
        self, reject: Reject, *, size: int | None, mtime_ns: int | None, recipe: str
    ) -> None:
        """Note a source that can't be loaded; it leaves the paper it was a source of."""
        known = self.sources.labels.get(reject.source)
        own = self._own_paper(reject.source, known)
        self._forget(reject.source)
        at = reject.at.replace(tzinfo=None)
        self.con.execute(
            "INSERT INTO rejects VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [reject.source, reject.sha256, reject.stage, reject.reason, reject.detail, at,
             size, mtime_ns, recipe],
        )  # fmt: skip
        self.sources.set(
            reject.source,
            KnownSource(reject.sha256, size, mtime_ns, None, reject.reason, recipe),
        )
        if own is not None and known is not None and known.paper_id:
            self._turned_bad(own, reject)

    # -- the ways a reading can go ---------------------------------------------------------------

    def _match(self, bundle: PaperBundle, mark: Fingerprint, own: str | None) -> Match:
        paper = bundle.reading.paper
        twin = self.sources.paper_of_bytes(paper.sha256)
        if twin is None:
            twin = self._paper_with_bytes(paper.sha256)
        if twin is not None and twin != own:
            return Match(twin, "same_bytes")
        but = () if own is None else (own,)
        return self.index.match(mark, bundle.reading.text, self._text, but)

    def _join(
        self,
        bundle: PaperBundle,
        mark: Fingerprint,
        match: Match,
        known: KnownSource | None,
        own: str | None,
        seen: KnownSource,
    ) -> LoadResult:
        """Be one more source of a paper that is there."""
        source, paper_id = bundle.reading.paper.source, str(match.paper_id)
        relation = match.relation
        action = "added_source" if own is None else "replaced"
        if match.relation in SAME_PAPER and self._paper_field("recipe", paper_id) != seen.recipe:
            # The same words under a newer recipe: the paper's rows are made again from this one.
            paper_id = self._renew(bundle, mark, paper_id, seen.recipe)
            action = "replaced"
        if known and known.paper_id == paper_id and known.sha256 == seen.sha256:
            relation = known.relation or relation
        self._add_doubts(paper_id, match)
        result = self._put(source, seen, paper_id, relation, relation, action)
        if own is not None and own != paper_id:
            self._leave(own, source, "replaced")
        return result

    def _renew(self, bundle: PaperBundle, mark: Fingerprint, old: str, recipe: str) -> str:
        """Make a paper's rows again under its own name, source and bytes; return its id."""
        source, sha256 = self._paper_field("source", old), self._paper_field("sha256", old)
        paper = replace(bundle.reading.paper, source=source, sha256=sha256)
        bundle = replace(bundle, reading=replace(bundle.reading, paper=paper))
        cause = self._recipe_cause(old, recipe)
        self._remove(old, cause)
        self._insert(bundle, mark, recipe, cause, Match(None, ""))
        self._move_sources(old, paper.paper_id)
        return paper.paper_id

    def _replace(
        self,
        bundle: PaperBundle,
        mark: Fingerprint,
        match: Match,
        known: KnownSource | None,
        own: str,
        seen: KnownSource,
    ) -> LoadResult:
        """Put new rows in the place of those that this path brought before."""
        paper = bundle.reading.paper
        same_bytes = self._paper_field("sha256", own) == paper.sha256
        others = [label for label in self.sources.of_paper(own) if label != paper.source]
        cause = self._recipe_cause(own, seen.recipe) if same_bytes else "replaced"
        keep_relation, moved = self._fate_of_others(bundle, mark, own, same_bytes)
        if others and not moved:
            self._hand_over(own, paper.source, others)
        else:
            self._remove(own, cause)
        self._insert(bundle, mark, seen.recipe, cause, match)
        if moved:
            self._move_sources(own, paper.paper_id, keep_relation)
        relation = (known.relation if known else None) or "same_bytes"
        if not same_bytes:
            relation = "replaced"
        shown = relation if relation == "replaced" else ""
        return self._put(paper.source, seen, paper.paper_id, relation, shown, "replaced")

    def _fate_of_others(
        self, bundle: PaperBundle, mark: Fingerprint, own: str, same_bytes: bool
    ) -> tuple[str | None, bool]:
        """Return the relation that the old paper's other sources get, and whether they move."""
        if same_bytes:
            return None, True
        before = self.index.papers[own]
        if before.text_sha256 == mark.text_sha256:
            return "same_text", True
        same_title = before.title_key is not None and before.title_key == mark.title_key
        if same_title and same_share(bundle.reading.text, self._text(own)) >= 0.95:
            return "same_work", True
        return None, False

    # -- steps -----------------------------------------------------------------------------------

    def _insert(
        self, bundle: PaperBundle, mark: Fingerprint, recipe: str, cause: str, match: Match
    ) -> None:
        new = new_paper(bundle, mark, recipe=recipe, cause=cause, at=self.at, doubts=match.doubts)
        insert_papers(self.con, [new])
        self.index.add(mark)
        apply_corrections(self.con, new.paper_id, self.at)

    def _remove(self, paper_id: str, cause: str) -> None:
        remove_paper(self.con, paper_id, cause=cause, at=self.at)
        self.index.remove(paper_id)

    def _put(
        self, source: str, seen: KnownSource, paper_id: str, relation: str, shown: str, action: str
    ) -> LoadResult:
        """Note that `source` is a source of the paper now."""
        self._forget(source)
        now = replace(seen, paper_id=paper_id, relation=relation)
        row = (paper_id, source, now.sha256, relation, now.size, now.mtime_ns, now.recipe, self.at)
        self.con.execute("INSERT INTO paper_sources VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
        self.sources.set(source, now)
        if now.sha256 in self.sources.orphan_bytes:
            self.con.execute(statement("source_good_again"), [paper_id])
        return LoadResult(paper_id, shown, action)

    def _forget(self, source: str) -> None:
        if source in self.sources.labels:
            self.con.execute("DELETE FROM paper_sources WHERE source = ?", [source])
            self.con.execute("DELETE FROM rejects WHERE source = ?", [source])
            self.sources.forget(source)

    def _leave(self, paper_id: str, source: str, cause: str) -> None:
        """See to a paper whose own source went to another paper."""
        others = self.sources.of_paper(paper_id)
        if others:
            self._hand_over(paper_id, source, others)
        else:
            self._remove(paper_id, cause)
            self._event(paper_id, cause, source, None, None)

    def _hand_over(self, paper_id: str, source: str, others: list[str]) -> None:
        """Let the next of a paper's sources stand for it."""
        same = [label for label in others if self.sources.labels[label].relation in SAME_PAPER]
        heir = (same or others)[0]
        self.con.execute("UPDATE papers SET source = ? WHERE paper_id = ?", [heir, paper_id])
        if same:
            sha256 = self.sources.labels[heir].sha256
            self.con.execute("UPDATE papers SET sha256 = ? WHERE paper_id = ?", [sha256, paper_id])
        else:
            detail = f"{source} holds other bytes now; {heir} is another form of the work"
            add_issues(self.con, [Issue.of(paper_id, "identity", "source_replaced", detail)])

    def _turned_bad(self, paper_id: str, reject: Reject) -> None:
        others = self.sources.of_paper(paper_id)
        if others:
            self._hand_over(paper_id, reject.source, others)
            return
        detail = f"{reject.source} can't be read any more ({reject.reason}); its rows were kept"
        add_issues(self.con, [Issue.of(paper_id, "identity", "source_turned_bad", detail)])
        self._event(paper_id, "source_turned_bad", reject.source, reject.sha256, None)
        self.sources.orphan_bytes.add(self._paper_field("sha256", paper_id))

    def _move_sources(self, old: str, new: str, relation: str | None = None) -> None:
        for label in self.sources.of_paper(old):
            one = self.sources.labels[label]
            weaker = relation if relation and one.relation != "same_work" else one.relation
            self.sources.set(label, replace(one, paper_id=new, relation=weaker))
            self.con.execute(
                "UPDATE paper_sources SET paper_id = ?, relation = ? WHERE source = ?",
                [new, weaker, label],
            )

    def _add_doubts(self, paper_id: str, match: Match) -> None:
        add_issues(
            self.con,
            [Issue.of(paper_id, "identity", problem, detail) for problem, detail in match.doubts],
        )

    def _event(
        self, paper_id: str, cause: str, source: str, sha256: str | None, recipe: str | None
    ) -> None:
        row = (self.at, paper_id, cause, source, sha256, recipe, None, None)
        self.con.execute("INSERT INTO paper_events VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)

    # -- looking up ------------------------------------------------------------------------------

    def _own_paper(self, source: str, known: KnownSource | None) -> str | None:
        """Return the paper that stands under this path: it was first read from here."""
        if known is None:
            return None
        row = self.con.execute("SELECT paper_id FROM papers WHERE source = ?", [source]).fetchone()
        return None if row is None else str(row[0])

    def _paper_with_bytes(self, sha256: str) -> str | None:
        """Return the paper read from these bytes, whose source turned bad since."""
        if sha256 not in self.sources.orphan_bytes:
            return None
        row = self.con.execute("SELECT paper_id FROM papers WHERE sha256 = ?", [sha256]).fetchone()
        return None if row is None else str(row[0])

    def _paper_field(self, field: str, paper_id: str) -> str:
        columns = {"recipe": 0, "source": 1, "sha256": 2}
        row = self.con.execute(
            "SELECT recipe, source, sha256 FROM papers WHERE paper_id = ?", [paper_id]
        ).fetchone()
        if row is None:
            raise KeyError(f"no paper {paper_id}")
        return str(row[columns[field]])

    def _text(self, paper_id: str) -> str:
        row = self.con.execute(statement("paper_text"), [paper_id, paper_id]).fetchone()
        return "" if row is None else str(row[0])

    def _recipe_cause(self, paper_id: str, recipe: str) -> str:
        """Say which part of the recipe differs from the one the paper's rows were made with."""
        before = self._paper_field("recipe", paper_id)
        row = self.con.execute(statement("recipe_cause"), [before, recipe]).fetchone()
        return str(row[0]) if row and row[0] else "recipe"
