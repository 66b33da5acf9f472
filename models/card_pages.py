"""A page per model: what it learned from, how it was measured, with plots beside the figures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from models.model import CodingModel
from pipeline.codebook import Dimension

BASELINES = ("majority", "keywords", "words")


def write_page(model: CodingModel, dimension: Dimension, folder: Path) -> Path:
    """Write ``<dimension>.md`` and its plots (SVG) to `folder`; return the page's path."""
    folder.mkdir(parents=True, exist_ok=True)
    figures = model.figures.get("real") or model.figures.get("written") or {}
    (folder / f"{dimension.name}.svg").write_text(_plots(model, figures), encoding="utf-8")
    page = folder / f"{dimension.name}.md"
    page.write_text("\n".join(_lines(model, dimension, figures)) + "\n", encoding="utf-8")
    return page


def _lines(model: CodingModel, dimension: Dimension, figures: dict[str, Any]) -> list[str]:
    card = model.card
    lines = [
        f"# Model card: {dimension.title} (`{dimension.name}`)",
        "",
        f"Model `{model.model_id}` on encoder `{model.encoder_id}`,"
        f" codebook {model.codebook_version}.",
        f"{dimension.question} Source of the labels: {dimension.source}.",
        "",
    ]
    if not model.training.get("validated_on_real_text"):
        lines += ["**Not validated on real text**: it learned from written passages alone.", ""]
    lines += [
        f"Features {', '.join(card.features)}; ridge strength C = {card.c}, which pulls towards"
        f" {'the verdict of the encoder' if card.prior == 'encoder' else 'knowing nothing'}; a real"
        f" passage counts {card.real_weight:g} times. Chosen by log-loss in grouped"
        " cross-validation; of cards within one standard error of the best, the simplest.",
        "",
        f"![calibration, labels and learning curve]({dimension.name}.svg)",
        "",
        "## Held out, documents kept apart",
        "",
        "| passages | measure | value | 95 % | macro F1 | calibration error | majority | keywords"
        " | words | n | documents |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for origin in ("real", "written"):
        one = model.figures.get(origin)
        if one:
            low, high = one["interval"]
            base = one.get("baselines", {})
            beside = " | ".join(
                f"{base[k]['value']:.3f}" if k in base else ""
                for k in ("majority", "keywords", "words")
            )
            lines.append(
                f"| {origin} | {one['measure']} | {one['value']:.3f} | {low:.3f} to {high:.3f} |"
                f" {one['macro_f1']:.3f} | {one['calibration_error']:.3f} | {beside} |"
                f" {one['n']} | {one['documents']} |"
            )
    if model.figures.get("transfer") is not None:
        lines += [
            "",
            f"Learned from written passages alone, on real ones: {model.figures['transfer']:.3f}.",
        ]
    if "precise" in figures:
        precise = figures["precise"]
        lines += [
            "",
            f"At the precise point: precision {precise['precision']:.3f} at recall"
            f" {precise['recall']:.3f}.",
        ]
    lines += ["", "## By label", ""]
    lines += _labels(model, figures)
    if figures.get("by_document"):
        lines += [
            "",
            "## By document (15 passages and more)",
            "",
            "| document | value |",
            "| --- | --- |",
        ]
        lines += [f"| {name} | {value:.3f} |" for name, value in figures["by_document"].items()]
    return lines


def _labels(model: CodingModel, figures: dict[str, Any]) -> list[str]:
    lines = [
        "| label | positives learned from | true | found | right | precision | recall | balanced"
        " | precise | sensitive |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for label, points in zip(model.card.labels, model.points, strict=True):
        one = figures.get("labels", {}).get(label, {"true": 0, "found": 0, "right": 0})
        precision = f"{one['right'] / one['found']:.2f}" if one["found"] else "–"
        recall = f"{one['right'] / one['true']:.2f}" if one["true"] else "–"
        lines.append(
            f"| {label} | {model.training['positives'].get(label, 0)} | {one['true']} |"
            f" {one['found']} | {one['right']} | {precision} | {recall} | {points.balanced:.2f} |"
            f" {points.precise:.2f} | {points.sensitive:.2f} |"
        )
    return lines


def _plots(model: CodingModel, figures: dict[str, Any]) -> str:
    import altair as alt
    import vl_convert

    bins = alt.InlineData(values=model.figures.get("calibration", []))
    diagonal = alt.InlineData(values=[{"p": 0, "y": 0}, {"p": 1, "y": 1}])
    calibration = (
        alt.Chart(diagonal).mark_line(color="#bbbbbb").encode(x="p:Q", y="y:Q")
        + alt.Chart(bins)
        .mark_line(point=True, color="#1f5a7a")
        .encode(
            x=alt.X("probability:Q", title="probability", scale=alt.Scale(domain=[0, 1])),
            y=alt.Y("share:Q", title="observed share", scale=alt.Scale(domain=[0, 1])),
        )
    ).properties(width=200, height=200, title="Calibration")
    rows = [
        {
            "label": name,
            "f1": 2 * one["right"] / max(1, one["found"] + one["true"]),
            "n": one["true"],
        }
        for name, one in figures.get("labels", {}).items()
    ]
    bars = (
        alt.Chart(alt.InlineData(values=rows))
        .mark_bar(color="#1f5a7a")
        .encode(
            x=alt.X("f1:Q", title="F1", scale=alt.Scale(domain=[0, 1])),
            y=alt.Y("label:N", sort="-x", title=None),
        )
        .properties(width=220, title="F1 by label, held out")
    )
    curve = (
        alt.Chart(alt.InlineData(values=model.figures.get("learning_curve", [])))
        .mark_line(point=True, color="#1f5a7a")
        .encode(
            x=alt.X("passages:Q", title="passages to learn from"),
            y=alt.Y("value:Q", title=figures.get("measure", ""), scale=alt.Scale(zero=False)),
        )
        .properties(width=200, height=200, title="Learning curve of the head")
    )
    svg: str = vl_convert.vegalite_to_svg((calibration | bars | curve).to_json())
    return svg
