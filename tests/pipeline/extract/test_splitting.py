"""A cluster split off gets its country as linking would give it, or a doubt in words."""

from collections import Counter

from pipeline.codebook import load_codebook
from pipeline.extract.splitting import Standing, split_off
from pipeline.vocabulary import load_vocabulary

VOCABULARY = load_vocabulary(load_codebook().folder / "vocabulary")


def standing(text: str, surface: str, *countries: tuple[str, str]) -> Standing:
    start = text.index(surface)
    named = tuple((text.index(w), text.index(w) + len(w), code) for w, code in countries)
    return Standing(text, start, start + len(surface), named)


def test_a_known_place_has_its_country_and_the_trade_its_sector() -> None:
    one = standing("Firms of the northern valley sew footballs.", "northern valley")
    entity, doubt = split_off("CLUSTER", "Sialkot footballs", [one], Counter(), VOCABULARY)
    assert (entity.name, entity.country, doubt) == ("Sialkot footballs", "PK", "")
    assert entity.sector is not None


def test_an_unknown_place_has_the_country_named_beside_it() -> None:
    one = standing("The Quandor kilns, in Kenya, sell tiles.", "Quandor kilns", ("Kenya", "KE"))
    entity, doubt = split_off("CLUSTER", "Quandor tiles", [one], Counter({"PK": 9}), VOCABULARY)
    assert (entity.country, doubt) == ("KE", "")


def test_what_nothing_tells_is_left_open_with_the_reason() -> None:
    one = standing("The Quandor kilns sell tiles.", "Quandor kilns")
    entity, doubt = split_off("CLUSTER", "Quandor tiles", [one], Counter(), VOCABULARY)
    assert (entity.country, doubt != "") == (None, True)


def test_mentions_that_speak_of_two_countries_are_left_open() -> None:
    told = [
        standing("The Quandor kilns, in Kenya, sell tiles.", "Quandor kilns", ("Kenya", "KE")),
    ]
    other = standing("The Quandor kilns, in Peru, sell tiles.", "Quandor kilns", ("Peru", "PE"))
    # One of three is outvoted by what is said next to the place elsewhere.
    entity, doubt = split_off("CLUSTER", "Quandor tiles", [*told, other], Counter(), VOCABULARY)
    assert (entity.country, doubt) == (None, "its mentions speak of KE, PE")


def test_an_organisation_keeps_the_type_that_its_name_has() -> None:
    entity, doubt = split_off("ACTOR", "Nike Foundation", [], Counter(), VOCABULARY)
    assert (entity.name, entity.country, doubt) == ("Nike Foundation", None, "")
    ilo, _ = split_off("ACTOR", "International Labour Organization", [], Counter(), VOCABULARY)
    assert ilo.actor_type == "international_organisation"
