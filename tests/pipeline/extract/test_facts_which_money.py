"""Money, goods, land and percentages: which metric, and which are no fact of a cluster."""

from __future__ import annotations

import pytest
from marked import metrics_told

_PLACE = "The [Zarqa tile cluster|CLUSTER:JO]"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (f"{_PLACE} is large. Its foreign sales of tiles rose at last to USD 3 million.", 3e6),
        (f"{_PLACE} sold USD 9 million overseas in 2001.", 9e6),
        (f"{_PLACE} is old. Receipts from abroad came to EUR 7 million in 2011.", 7e6),
        (f"{_PLACE} earned the country USD 21 million in 2009.", 21e6),
        (f"{_PLACE} is old. Exports of floor tiles yielded USD 8 million in 2010.", 8e6),
    ],
)
def test_money_from_abroad_is_exports(text: str, value: float) -> None:
    told = metrics_told(text)
    assert ("exports", value) in told
    assert ("output", value) not in told


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (f"{_PLACE} is old. About 30 per cent of the production is sold outside Jordan.", 30),
        (f"{_PLACE} is old and puts foreign sales at 41 per cent of turnover.", 41),
        (f"{_PLACE} draws 64 per cent of its turnover from exports.", 64),
        (f"{_PLACE} exported goods worth USD 4 million, 58 per cent of all it made.", 58),
        (f"{_PLACE} is old. Some 6 per cent of what local firms make leaves Jordan.", 6),
        (f"{_PLACE} is old; its export share, on which few agree, was near 35 per cent.", 35),
    ],
)
def test_what_goes_over_the_border_is_an_export_share(text: str, value: float) -> None:
    assert ("export_share", value) in metrics_told(text)


def test_money_spent_on_machines_is_investment() -> None:
    told = metrics_told(f"{_PLACE} spent EUR 12 million on kilns and presses in 2014.")
    assert ("investment", 12e6) in told


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (f"In {_PLACE} a presser was earning JOD 210 a month in 2010.", 210),
        (f"In {_PLACE} the glazers received, in average, JOD 190 per month.", 190),
        (f"In {_PLACE} a kiln hand took home JOD 60 a week in 2009, and JOD 75 two years on.", 75),
        (f"In {_PLACE} a glazer's earnings had by then risen from JOD 90 to JOD 130.", 130),
    ],
)
def test_what_workers_get_is_pay(text: str, value: float) -> None:
    assert ("wage", value) in metrics_told(text)


@pytest.mark.parametrize(
    "text",
    [
        f"In {_PLACE} workers paid a mean rent of JOD 40 a month.",
        f"In {_PLACE} the members pay a quota of JOD 15.",
        f"In {_PLACE} the growers were paid JOD 2 a kilo.",
        f"In {_PLACE} one plant pays its crews JOD 9 more.",
        f"In {_PLACE} owners blame the minimum wage of JOD 220 for the decline.",
        f"In {_PLACE} a state scheme pays apprentices JOD 80 monthly.",
        f"In {_PLACE} the manager had paid USD 30,000 to consultants.",
    ],
)
def test_dues_prices_and_differences_are_no_pay(text: str) -> None:
    assert "wage" not in {metric for metric, _ in metrics_told(text)}


@pytest.mark.parametrize(
    ("text", "metric", "value"),
    [
        (f"{_PLACE} reeled some 80 tonnes of silk in 2004.", "output", 80),
        (f"{_PLACE} delivered 41,000 basins in 2011.", "output", 41000),
        (
            f"Production in {_PLACE} is falling. It stood at 6 million pieces in 2003.",
            "output",
            6e6,
        ),
        (
            f"Exports of {_PLACE} are falling. A year later they were down to 900 tonnes.",
            "exports",
            900,
        ),
        (f"{_PLACE} supplies some 70 per cent of what Jordan makes.", "output", 70),
        (f"{_PLACE} makes 55 per cent of all Jordanian tiles.", "output", 55),
        (f"{_PLACE} turned out 9 million tiles, or 44 per cent of Jordan's total.", "output", 44),
    ],
)
def test_goods_and_shares_of_what_is_made(text: str, metric: str, value: float) -> None:
    assert (metric, value) in metrics_told(text)


@pytest.mark.parametrize(
    "text",
    [
        f"{_PLACE} has good soil: yields reach 700 kg per hectare.",
        f"In {_PLACE} the land was bought at between JOD 3 and 5 a square metre.",
        f"{_PLACE} has some 3,100 olive-growing holdings, 62 per cent of them small.",
    ],
)
def test_yields_land_prices_and_compounds_are_none(text: str) -> None:
    assert not {"output", "area", "growth"} & {metric for metric, _ in metrics_told(text)}


@pytest.mark.parametrize(
    ("text", "metric", "value"),
    [
        (
            f"{_PLACE} is old. Its clay pits, 1,400 hectares in 1996, have shrunk to 830.",
            "area",
            830,
        ),
        (
            f"The output of {_PLACE} was 9,000 tonnes in 1999 and fell to 4,100 in 2006.",
            "output",
            4100,
        ),
    ],
)
def test_a_number_takes_the_measure_told_before(text: str, metric: str, value: float) -> None:
    assert (metric, value) in metrics_told(text)


@pytest.mark.parametrize(
    "text",
    [
        f"{_PLACE} spent JOD 300,000 on catalogues for its exports.",
        f"In {_PLACE} 80 per cent of the tiles in any box must have been made inside the line.",
        f"For {_PLACE} a fee of 0.3 per cent of the price of production would do.",
    ],
)
def test_spending_and_rules_are_no_facts(text: str) -> None:
    assert not {"exports", "output", "export_share"} & {metric for metric, _ in metrics_told(text)}
