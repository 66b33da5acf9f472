"""References as RIS and BibTeX."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

_SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "$": r"\$",
    "#": r"\#", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip


def ris(rows: Iterable[Mapping[str, Any]]) -> str:
    """Return rows (id, title, authors, year, container, doi, abstract, keywords) as RIS."""
    return "".join(_ris(row) for row in rows)


def bibtex(rows: Iterable[Mapping[str, Any]]) -> str:
    """Return rows (id, title, authors, year, container, doi, abstract, keywords) as BibTeX."""
    taken: set[str] = set()
    return "\n".join(_bibtex(row, taken) for row in rows)


def _ris(row: Mapping[str, Any]) -> str:
    lines = [("TY", "JOUR" if row["container"] else "GEN"), ("ID", row["id"])]
    lines += [("AU", author) for author in row["authors"] or ()]
    lines += [("TI", row["title"]), ("PY", _year(row)), ("JO", row["container"])]
    lines += [("DO", row["doi"]), ("AB", row["abstract"])]
    lines += [("KW", word) for word in row["keywords"] or ()]
    filled = [f"{tag}  - {_line(value)}\n" for tag, value in lines if value]
    return "".join(filled) + "ER  - \n\n"


def _bibtex(row: Mapping[str, Any], taken: set[str]) -> str:
    fields = {
        "title": row["title"] and f"{{{_tex(row['title'])}}}",
        "author": " and ".join(_tex(author) for author in row["authors"] or ()),
        "year": _year(row),
        "journal": row["container"] and _tex(row["container"]),
        "doi": row["doi"] and _line(row["doi"]),
        "abstract": row["abstract"] and _tex(row["abstract"]),
        "keywords": ", ".join(_tex(word) for word in row["keywords"] or ()),
        "note": row["id"],
    }
    body = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    kind = "article" if row["container"] else "misc"
    return f"@{kind}{{{_key(row, taken)},\n{body}}}\n"


def _key(row: Mapping[str, Any], taken: set[str]) -> str:
    """Return a citation key: first author's family name, year, and a letter where it is taken."""
    first = (row["authors"] or ["anon"])[0]
    family = first.split(",")[0] if "," in first else first.split(" ")[-1]
    base = re.sub(r"[^A-Za-z0-9]", "", family) + re.sub(r"\W", "", _year(row))
    key, n = base or "anon", 1
    while key in taken:
        n += 1
        key = f"{base}_{n}"
    taken.add(key)
    return key


def _year(row: Mapping[str, Any]) -> str:
    return str(row["year"] or "")


def _line(value: Any) -> str:
    return " ".join(str(value).split())


def _tex(value: Any) -> str:
    return "".join(_SPECIAL.get(char, char) for char in _line(value))
