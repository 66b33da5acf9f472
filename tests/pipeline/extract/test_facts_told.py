"""Which number and what metric: left-out nouns, parts of a count, money told before, shares."""

from __future__ import annotations

import pytest
from marked import metrics_told

_PLACE = "The [Zarqa tile cluster|CLUSTER:JO]"


@pytest.mark.parametrize(
    ("text", "metric", "value"),
    [
        (f"{_PLACE} had 300 kilns in 1990, of which 140 were running in 2004.", "firms", 140),
        (f"Workshops in {_PLACE} had dwindled to 1,340 by 2003.", "firms", 1340),
        (f"{_PLACE} raised its payroll to 8,200 in 2004.", "employment", 8200),
        (f"{_PLACE}, with a payroll of about 6,400, is the oldest.", "employment", 6400),
        (f"{_PLACE} had 900 workshops; a later census listed 1,250.", "firms", 1250),
        (f"Potteries in {_PLACE}, of which there are 260, are small.", "firms", 260),
        (f"{_PLACE} employed 9,000 in 1990; it was down to 3,100 by 2005.", "employment", 3100),
    ],
)
def test_a_number_that_leaves_out_its_noun(text: str, metric: str, value: float) -> None:
    assert (metric, value) in metrics_told(text)


@pytest.mark.parametrize(
    "text",
    [
        f"We visited forty workshops of {_PLACE}; 25 of them kept no books.",
        f"{_PLACE} stood at 111 in the doing business index.",
        f"{_PLACE} has workshops; nine of them opened in 2004.",
        f"{_PLACE} may use the kiln for 500 dinars an hour, and 12 of them do.",
    ],
)
def test_a_bare_number_that_counts_no_firms(text: str) -> None:
    assert not {metric for metric, _ in metrics_told(text)} & {"firms", "employment"}


@pytest.mark.parametrize(
    ("text", "metric", "value"),
    [
        (f"{_PLACE} has 800 kilns, four in five of them rented.", "firms", 80),
        (f"{_PLACE} employs 4,000 workers, 35 per cent of them women.", "employment", 35),
        (f"{_PLACE} has 800 kilns; nine in ten have fewer than six workers.", "firms", 90),
        (f"In {_PLACE} 62 per cent of these firms opened after 2000.", "firms", 62),
        (f"{_PLACE} leads. Exports came to 22% of the district's turnover.", "export_share", 22),
        (f"{_PLACE} is old. Some 70 per cent of output went to Iraq.", "export_share", 70),
        (f"{_PLACE} is old; its 530 mills ship 95% of what they make.", "export_share", 95),
        (f"{_PLACE} supplies 45 per cent of the tiles sold in the country.", "market_share", 45),
        (f"{_PLACE} supplies 45 per cent of the tiles made in Jordan.", "output", 45),
        (f"{_PLACE} sold 40,000 tonnes, 33 per cent on the year before.", "growth", 33),
        (
            f"{_PLACE} has 800 kilns; much stays at home, but three tiles"
            " out of four now leave Jordan.",
            "export_share",
            75,
        ),
        (f"In {_PLACE} 17 per cent of the town's factories had done so.", "firms", 17),
    ],
)
def test_what_is_shared(text: str, metric: str, value: float) -> None:
    assert (metric, value) in metrics_told(text)


@pytest.mark.parametrize(
    ("text", "metric", "value"),
    [
        (
            f"Exports of {_PLACE}, which few had foreseen, rose from 22 million dollars in 2002"
            " to 381 million in 2014.",
            "exports",
            381e6,
        ),
        (
            f"Tile exports of {_PLACE} are recent. They were worth USD 38 million in 1999.",
            "exports",
            38e6,
        ),
        (f"In {_PLACE} a cutter was making 9,000 dinars a month.", "wage", 9000),
        (f"In {_PLACE} hourly costs were USD 0.33.", "wage", 0.3),
        (f"Capital spending in {_PLACE} came to USD 12 million.", "investment", 12e6),
        (f"Investors put some USD 48 million into {_PLACE}.", "investment", 48e6),
        (f"{_PLACE} gave employment to 45,000 people, children included.", "employment", 45000),
        (f"In {_PLACE} 7,900 people made tiles.", "employment", 7900),
        (f"{_PLACE} is eighty companies with 8,200 workers.", "employment", 8200),
        (f"{_PLACE}, a strip of some 90 square kilometres, is dry.", "area", 90),
    ],
)
def test_what_a_number_is(text: str, metric: str, value: float) -> None:
    assert (metric, value) in metrics_told(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (f"In {_PLACE} a cutter earned 190 dinars a week, or USD 268.", 268),
        (f"In {_PLACE} a tile of good make sells at 11,000 dinars.", 11000),
        (f"{_PLACE} counts 640 kilns by the 2015 staff tables.", 2015),
        (f"A guild has taken 45 firms of {_PLACE} to fairs.", 45),
    ],
)
def test_what_is_no_fact(text: str, value: float) -> None:
    assert value not in {number for metric, number in metrics_told(text) if metric != "other"}
