"""The index beside the warehouse: words in tantivy, vectors in mapped files, and its state.

``state.json`` names the papers that are in it and is written last; while the index is changed it
says so. An index that is missing, half changed or unreadable is made anew in a folder of its own
and swapped in.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import tantivy
from filelock import FileLock

from pipeline.errors import WarehouseError
from warehouse import search_vectors
from warehouse.search_vectors import VectorStore
from warehouse.statements import statement

if TYPE_CHECKING:
    from warehouse.reader import Reader

FORMAT = 1
BATCH_PAPERS = 1_000
HEAP = 128 << 20
SNIPPET_CHARACTERS = 300
DEAD_SHARE = 0.25
"""With more dead vectors than this the index is made anew."""

STOP_WORDS = frozenset({
    "a", "an", "and", "are", "as", "at", "be", "but", "by", "for", "from", "had", "has", "have",
    "if", "in", "into", "is", "it", "its", "no", "not", "of", "on", "or", "such", "than", "that",
    "the", "their", "then", "there", "these", "they", "this", "to", "was", "were", "which", "will",
    "with",
})  # fmt: skip
"""Words that no hit is marked for (Lucene's English stop words, and the commonest beside them)."""
_PIECE = re.compile(r'[+-]?"[^"]*"?|\S+')


@dataclass(frozen=True, slots=True)
class Updated:
    """What an update did, in papers."""

    added: int
    removed: int
    rebuilt: bool


def index_folder(path: Path) -> Path:
    """Return where the index of a warehouse stands."""
    stem = path.name.removesuffix(".duckdb").removesuffix(".published")
    return path.with_name(stem + ".search")


def update_index(reader: Reader, path: Path) -> Updated:
    """Make the index hold exactly the papers that the reader sees.

    Raises
    ------
    WarehouseError
        The folder can't be written.
    """
    folder = index_folder(path)
    wanted = {str(k): str(v) for k, v in reader.sql(statement("search/state")).rows()}
    there = _state(folder)
    if there == wanted:
        return Updated(0, 0, False)
    try:
        with FileLock(folder.with_name(folder.name + ".lock")):
            there = _state(folder)
            if there is None or not _opens(folder):
                return _rebuild(reader, folder, wanted)
            gone = {one for one, at in there.items() if wanted.get(one) != at}
            fresh = sorted(one for one, at in wanted.items() if there.get(one) != at)
            if not gone and not fresh:
                return Updated(0, 0, False)
            if _too_many_dead(folder) or (there == {} and fresh):
                return _rebuild(reader, folder, wanted)
            with _changing(folder, wanted):
                _remove(folder, gone)
                _add(reader, folder, fresh)
            return Updated(len(fresh), len(gone), False)
    except OSError as error:
        raise WarehouseError(
            f"can't write the search index {folder}: {error.strerror or error}"
        ) from error


class SearchIndex:
    """The index, open for searching."""

    def __init__(self, path: Path) -> None:
        folder = index_folder(path)
        self._index = tantivy.Index.open(str(folder / "words"))
        self._searcher = self._index.searcher()
        self._vectors = VectorStore(folder / "vectors")

    @property
    def has_vectors(self) -> bool:
        """Whether there is anything to search by meaning."""
        return self._vectors.rows > 0

    def by_words(self, words: str, n: int, only: list[str] | None = None) -> list[str]:
        """Return the ids of the `n` best passages by BM25 (of `only` these), the best first."""
        query = self._query(words)
        if only is not None:
            these = tantivy.Query.term_set_query(self._index.schema, "passage_id", only)
            query = tantivy.Query.boolean_query([
                (tantivy.Occur.Must, query),
                (tantivy.Occur.Must, tantivy.Query.const_score_query(these, 0.0)),
            ])  # fmt: skip
        found = self._searcher.search(query, n, count=False).hits
        return [self._searcher.doc(address)["passage_id"][0] for _, address in found]

    def by_meaning(self, vector: Any, n: int, only: list[str] | None = None) -> list[str]:
        """Return the ids of the `n` passages nearest to the vector, the nearest first."""
        return self._vectors.nearest(vector, n, only)

    def snippets(self, words: str) -> Callable[[str], tuple[tuple[str, bool], ...]]:
        """Return a function from a passage's text to its best piece, with the words marked."""
        schema = self._index.schema
        query = self._query(telling(words))
        maker = tantivy.SnippetGenerator.create(self._searcher, query, schema, "text")
        maker.set_max_num_chars(SNIPPET_CHARACTERS)

        def cut(text: str) -> tuple[tuple[str, bool], ...]:
            snippet = maker.snippet_from_doc(tantivy.Document(text=text))
            piece = snippet.fragment().encode()
            if not piece:
                short = text[:SNIPPET_CHARACTERS]
                return ((short + ("…" if len(text) > len(short) else ""), False),)
            parts, at = [], 0
            for span in snippet.highlighted():
                parts += [(piece[at : span.start], False), (piece[span.start : span.end], True)]
                at = span.end
            parts.append((piece[at:], False))
            return tuple((part.decode(), marked) for part, marked in parts if part)

        return cut

    def _query(self, words: str) -> tantivy.Query:
        return self._index.parse_query_lenient(words, ["text"])[0]


def telling(words: str) -> str:
    """Return what is looked for without its stop words; phrases, and stop words alone, stay."""
    kept = [one for one in _PIECE.findall(words) if one.casefold() not in STOP_WORDS]
    return " ".join(kept) or words


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("passage_id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("paper_id", stored=False, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("text", stored=False, tokenizer_name="en_stem", index_option="position")
    return builder.build()


def _state(folder: Path) -> dict[str, str] | None:
    """Return the papers in the index; None where it is missing or not to be trusted."""
    try:
        state = json.loads((folder / "state.json").read_text(encoding="utf-8"))
        if state["format"] != FORMAT or state["changing"] or state["sizes"] != _sizes(folder):
            return None
        papers: dict[str, str] = state["papers"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return papers


def _write_state(folder: Path, papers: Mapping[str, str], *, changing: bool) -> None:
    state = {"format": FORMAT, "changing": changing, "sizes": _sizes(folder), "papers": papers}
    fresh = folder / "state.json.new"
    fresh.write_text(json.dumps(state), encoding="utf-8")
    fresh.replace(folder / "state.json")


def _sizes(folder: Path) -> dict[str, int]:
    """Return the sizes of the files that a query needs whole."""
    files = [folder / "words" / "meta.json", *sorted((folder / "vectors").glob("*"))]
    files += sorted((folder / "words").glob("*.store"))
    return {path.name: path.stat().st_size for path in files if path.exists()}


def _opens(folder: Path) -> bool:
    try:
        tantivy.Index.open(str(folder / "words")).searcher().search(tantivy.Query.all_query(), 1)
        VectorStore(folder / "vectors")
    except (ValueError, OSError):
        return False
    return True


def _too_many_dead(folder: Path) -> bool:
    store = VectorStore(folder / "vectors")
    return len(store.dead) > DEAD_SHARE * max(store.rows, 1)


@contextmanager
def _changing(folder: Path, papers: Mapping[str, str]) -> Iterator[None]:
    _write_state(folder, {}, changing=True)
    yield
    _write_state(folder, papers, changing=False)


def _rebuild(reader: Reader, folder: Path, wanted: Mapping[str, str]) -> Updated:
    fresh = folder.with_name(folder.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    (fresh / "words").mkdir(parents=True)
    tantivy.Index(_schema(), path=str(fresh / "words"))
    _add(reader, fresh, sorted(wanted))
    _write_state(fresh, wanted, changing=False)
    old = folder.with_name(folder.name + ".old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.rename(old)
    fresh.rename(folder)
    shutil.rmtree(old, ignore_errors=True)
    return Updated(len(wanted), 0, True)


def _remove(folder: Path, papers: set[str]) -> None:
    if not papers:
        return
    index = tantivy.Index.open(str(folder / "words"))
    searcher = index.searcher()
    query = tantivy.Query.term_set_query(index.schema, "paper_id", sorted(papers))
    hits = searcher.search(query, max(searcher.num_docs, 1), count=False).hits
    passages = {searcher.doc(address)["passage_id"][0].encode() for _, address in hits}
    writer = index.writer(HEAP, 1)
    writer.delete_documents_by_query(query)
    writer.commit()
    writer.wait_merging_threads()
    store = VectorStore(folder / "vectors")
    if store.rows:
        gone = np.flatnonzero(np.isin(store.ids, np.array(sorted(passages), dtype=store.ids.dtype)))
        search_vectors.kill(folder / "vectors", sorted(store.dead | set(gone.tolist())))


def _add(reader: Reader, folder: Path, papers: list[str]) -> None:
    if not papers:
        return
    writer = tantivy.Index.open(str(folder / "words")).writer(HEAP, 1)
    for at in range(0, len(papers), BATCH_PAPERS):
        batch = reader.sql(
            statement("search/passages"), {"papers": papers[at : at + BATCH_PAPERS]}
        ).rows()
        for passage_id, paper_id, text, _ in batch:
            writer.add_document(
                tantivy.Document(passage_id=passage_id, paper_id=paper_id, text=text)
            )
        _add_vectors(folder / "vectors", [(row[0], row[3]) for row in batch if row[3]])
    writer.commit()
    writer.wait_merging_threads()


def _add_vectors(folder: Path, rows: list[tuple[str, bytes]]) -> None:
    known = (folder / "axes.npy").exists()
    values = VectorStore(folder).values if known else (len(rows[0][1]) // 2 if rows else 0)
    rows = [row for row in rows if len(row[1]) == 2 * values]
    if not rows:
        return
    matrix = np.frombuffer(b"".join(row[1] for row in rows), dtype="<f2").reshape(len(rows), -1)
    vectors = search_vectors.unit(matrix.astype(np.float32))
    if not known:
        search_vectors.write_axes(folder, vectors)
    search_vectors.append(folder, [row[0] for row in rows], vectors)
