"""After a promotion: stored passages are coded again by the models in use; no paper is read."""

from __future__ import annotations

import json
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from flows.recipe import Recipe, current_recipe
from flows.settings import Settings
from pipeline.errors import UnknownNameError, WarehouseMissing
from pipeline.protocols import PassageInput
from pipeline.records import Code

if TYPE_CHECKING:
    from models.judge import TrainedJudge
    from warehouse.writer import Writer

PAPERS_AT_ONCE = 50


@dataclass
class RecodeReport:
    """How many passages of which dimension were coded anew."""

    run_id: str = ""
    recoded: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0


def recode(
    settings: Settings, dimensions: Sequence[str] = (), *, wait: float = 0.0
) -> RecodeReport:
    """Code again, in each dimension, the papers whose codes are not of the model in use.

    A paper is only taken to be up to date (so that `ingest` leaves it alone) where reading and
    the encoder are as they were: after a new parser or encoder, `ingest` reads it anew.

    Raises
    ------
    UnknownNameError
        A dimension that has no model.
    WarehouseMissing
    """
    from flows.ingest import sync_catalogue
    from flows.run_report import write_report
    from models.judge import load_judge
    from pipeline.extract.extractor import REPORTED_FROM
    from warehouse.coding_state import stale_papers
    from warehouse.writer import Writer

    started = time.perf_counter()
    if not settings.warehouse_path.is_file():
        raise WarehouseMissing(
            f"no warehouse at {settings.warehouse_path}; make one with `clusterlore ingest PATH`"
        )
    recipe = current_recipe(settings.models_path)
    coding = coding_models(recipe)
    for name in dimensions:
        if name not in coding:
            raise UnknownNameError("dimension", name, coding)
    report = RecodeReport()
    with Writer(settings.warehouse_path, wait=wait) as writer:
        sync_catalogue(writer, settings)
        stale = stale_papers(writer, {n: coding[n] for n in dimensions or coding})
        report.run_id = writer.start_run("recode")
        status = "failed"
        try:
            judge: TrainedJudge | None = None
            papers = sorted({paper for found in stale.values() for paper in found})
            for at in range(0, len(papers), PAPERS_AT_ONCE):
                judge = judge or load_judge(settings.models_path)
                some = papers[at : at + PAPERS_AT_ONCE]
                codes = _codes(writer, judge, some, recipe.codebook_version, REPORTED_FROM)
                for name in sorted(stale):
                    chosen = [paper for paper in some if paper in stale[name]]
                    if not chosen:
                        continue
                    of_these = [c for paper in chosen for c in codes[paper].get(name, ())]
                    writer.recode(of_these, coding[name], dimension=name, paper_ids=chosen)
                    report.recoded[name] += len(chosen)
            _mark_current(writer, settings)
            status = "done"
        finally:
            report.seconds = time.perf_counter() - started
            said = json.dumps({"seconds": {"recode": report.seconds}})
            writer.finish_run(report.run_id, status, dict(report.recoded), said)
        writer.publish()
    write_report(settings, report.run_id)
    return report


def _codes(
    writer: Writer, judge: Any, papers: Sequence[str], codebook_version: str, floor: float
) -> dict[str, dict[str, list[Code]]]:
    """Judge the stored passages of papers; return paper → dimension → codes."""
    from warehouse.coding_state import passages_to_code

    rows = passages_to_code(writer, papers)
    verdicts = judge.judge([PassageInput(body) for _, _, body in rows])
    ids = judge.model_ids
    codes: dict[str, dict[str, list[Code]]] = {paper: defaultdict(list) for paper in papers}
    for (paper_id, passage_id, _), verdict in zip(rows, verdicts, strict=True):
        for one in verdict.codes:
            if one.selected or one.probability >= floor:
                codes[paper_id][one.dimension].append(
                    Code(
                        passage_id,
                        one.dimension,
                        one.label,
                        one.probability,
                        one.selected,
                        one.decision,
                        ids[one.dimension],
                        codebook_version,
                    )
                )
    return codes


def _mark_current(writer: Writer, settings: Settings) -> None:
    """Give papers the recipe in use where only coding models changed since theirs."""
    from warehouse.coding_state import mark_recoded, stale_papers

    recipe = current_recipe(settings.models_path)
    if stale_papers(writer, coding_models(recipe)):
        return  # some dimension was left out: `recode` without names finishes it
    encoder = recipe.models.get("encoder", "")
    mark_recoded(
        writer,
        recipe.hash,
        parser=recipe.parser_version,
        codebook=recipe.codebook_version,
        encoder=encoder,
    )
    writer.describe_recipe(recipe.hash, recipe.parts)


def coding_models(recipe: Recipe) -> dict[str, str]:
    """Return dimension to model id, without the encoder they share."""
    return {name: model for name, model in recipe.models.items() if name != "encoder"}


__all__ = ["RecodeReport", "recode"]
