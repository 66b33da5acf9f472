"""One coder's work on one passage, as it travels to annotation tools and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pipeline.codebook import Codebook
from pipeline.errors import UsageError
from pipeline.ids import sha256_text


@dataclass(frozen=True)
class CoderRecord:
    """A passage with one coder's labels.

    `labels` has a key for each dimension that was coded; an empty tuple says that no label
    applies, which differs from a missing key. `coder` is empty on passages sent out uncoded.
    """

    text: str
    group: str
    passage_id: str
    coder: str = ""
    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def passage_sha256(self) -> str:
        """Hash of the text, by which annotations find their passage again."""
        return sha256_text(self.text)


def check_records(records: Iterable[CoderRecord], codebook: Codebook) -> list[CoderRecord]:
    """Return the records, or refuse what the codebook does not know.

    Raises
    ------
    UsageError
        A record without text or coder, or several labels where the dimension has one.
    UnknownNameError
        An unknown dimension or label; the known ones are named.
    """
    checked = []
    for number, record in enumerate(records, 1):
        if not record.text.strip():
            raise UsageError(f"record {number}: no text; expected the passage as it was exported")
        if not record.coder:
            raise UsageError(f"record {number}: no coder; give one with --coder NAME")
        for dimension, labels in record.labels.items():
            for label in labels:
                codebook.check_label(dimension, label)
            if codebook.dimension(dimension).single and len(labels) > 1:
                raise UsageError(
                    f"record {number}: {dimension} has {len(labels)} labels"
                    f" ({', '.join(labels)}); expected one"
                )
        checked.append(record)
    return checked
