"""What coders are shown: the codebook as a page, and as a Label Studio labelling interface."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import quoteattr

from pipeline.codebook import Codebook, Dimension


def guidelines(codebook: Codebook, names: Sequence[str]) -> str:
    """Return the coding manual of the dimensions as Markdown."""
    parts = [f"# Coding guidelines, codebook version {codebook.version}\n"]
    for name in names:
        dimension = codebook.dimension(name)
        choose = "exactly one label" if dimension.single else "any number of labels, none included"
        parts.append(f"## {dimension.title} (`{name}`)\n\n{dimension.question} Choose {choose}.\n")
        parts.append(f"Source: {dimension.source}.\n\n{dimension.guidance}\n")
        for label in dimension.labels:
            parts.append(f"### `{label.name}`\n\n{label.definition}\n")
            parts.append(_bullets("Counts", label.includes) + _bullets("Does not", label.excludes))
            parts.append(_bullets("Example", label.examples))
            parts.append(_bullets("Not", label.counterexamples))
    return "\n".join(part for part in parts if part) + "\n"


def _bullets(word: str, items: Sequence[str]) -> str:
    return "".join(f"- {word}: {item}\n" for item in items)


def label_studio_interface(codebook: Codebook, names: Sequence[str]) -> str:
    """Return a labelling configuration for Label Studio."""
    body = "".join(_choices(codebook.dimension(name)) for name in names)
    return f'<View>\n  <Text name="text" value="$text"/>\n{body}</View>\n'


def _choices(dimension: Dimension) -> str:
    kind = "single" if dimension.single else "multiple"
    rows = "".join(
        f"    <Choice value={quoteattr(label.name)} hint={quoteattr(label.definition)}/>\n"
        for label in dimension.labels
    )
    return (
        f"  <Header value={quoteattr(dimension.title)}/>\n"
        f'  <Choices name={quoteattr(dimension.name)} toName="text" choice={quoteattr(kind)}>\n'
        f"{rows}  </Choices>\n"
    )
