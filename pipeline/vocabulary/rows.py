"""The shapes of the vocabulary files; each class is one kind of row or one file."""

from __future__ import annotations

from pydantic import Field

from pipeline.yamldata import Strict


class CountryRow(Strict):
    """A country or territory of ISO 3166-1 with its other names and adjectives."""

    code: str = Field(pattern="^[A-Z]{2}$")
    name: str
    aliases: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()


class AmbiguousForm(Strict):
    """A form that is no country next to certain words (compared in small letters)."""

    form: str
    case: str = "exact"
    reject_before: tuple[str, ...] = ()
    reject_after: tuple[str, ...] = ()
    note: str = ""


class CountriesFile(Strict):
    """``countries.yaml``."""

    version: str
    source: str
    countries: tuple[CountryRow, ...]
    ambiguous: tuple[AmbiguousForm, ...]
    not_countries: tuple[str, ...]


class StandardRow(Strict):
    """A code, norm, law or agreement by name."""

    name: str
    aliases: tuple[str, ...] = ()
    standard_type: str


class ContextAlias(Strict):
    """A short form that counts only where one of the context words stands in the passage."""

    alias: str
    context: tuple[str, ...]


class PatternRow(Strict):
    """An open family of names as a regular expression with bounded repeats."""

    pattern: str
    standard_type: str
    name_template: str
    lookup: str | None = None


class StandardsFile(Strict):
    """``standards.yaml``."""

    version: str
    standards: tuple[StandardRow, ...]
    ambiguous_aliases: tuple[ContextAlias, ...]
    ilo_conventions: dict[int, str]
    not_first: tuple[str, ...]
    patterns: tuple[PatternRow, ...]


class SectorRow(Strict):
    """An industry with its words; `in_name` goes into a cluster's canonical name."""

    sector: str
    isic: str | None = Field(pattern=r"^\d\d$")
    in_name: str | None = None
    words: tuple[str, ...]

    @property
    def name_word(self) -> str:
        """The plain name of the trade, as in ``Kasur tannery``."""
        return self.in_name or self.sector


class SectorsFile(Strict):
    """``sectors.yaml``."""

    version: str
    source: str
    sectors: tuple[SectorRow, ...]
    needs_company: tuple[str, ...]


class ClusterRow(Strict):
    """A known cluster. `ambiguous`: its place has a namesake, or is a common word too."""

    name: str
    place: str
    place_variants: tuple[str, ...] = ()
    country: str
    sector: str
    isic: str | None
    names: tuple[str, ...] = ()
    ambiguous: bool = False


class PlaceRow(Strict):
    """A place (region, city, valley) with its country."""

    name: str
    country: str
    variants: tuple[str, ...] = ()
    ambiguous: bool = False


class ClustersFile(Strict):
    """``clusters.yaml``."""

    kind: str
    version: str
    entries: tuple[ClusterRow, ...]
    places: tuple[PlaceRow, ...]


class ActorRow(Strict):
    """An organisation, programme or firm. `ambiguous_aliases` need the full name nearby."""

    name: str
    aliases: tuple[str, ...] = ()
    ambiguous_aliases: tuple[str, ...] = ()
    actor_type: str
    country: str | None = None


class ActorsFile(Strict):
    """``organisations.yaml`` and ``lead_firms.yaml``."""

    kind: str
    version: str
    entries: tuple[ActorRow, ...]


class HeadRow(Strict):
    """Words that make a capitalised name the name of an organisation of one type."""

    actor_type: str
    heads: tuple[str, ...]


class StandardHeadRow(Strict):
    """Words that make a capitalised name that of a standard; the file says which need more."""

    standard_type: str
    sure: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()


class ShapesFile(Strict):
    """``name_shapes.yaml``: how names beyond the vocabulary are built."""

    version: str
    actor_heads: tuple[HeadRow, ...]
    weak_heads: tuple[str, ...]
    firm_suffixes: tuple[str, ...]
    never_names: tuple[str, ...]
    never_first: tuple[str, ...]
    never_acronyms: tuple[str, ...]
    standard_heads: tuple[StandardHeadRow, ...]
    standard_links: tuple[str, ...]
    never_standards: tuple[str, ...]
    never_in_standards: tuple[str, ...]
    acronym_before: tuple[str, ...]
    acronym_after: tuple[str, ...]
    cluster_nouns: tuple[str, ...]
    industry_nouns: tuple[str, ...]
    zone_heads: tuple[str, ...]
    trade_tails: tuple[str, ...]
    place_words: tuple[str, ...]
    makers: tuple[str, ...]
    soft_words: tuple[str, ...]
    never_places: tuple[str, ...]
    never_trades: tuple[str, ...]
