"""Ids derived from content: the same on every machine, in every order of work."""

from __future__ import annotations

import hashlib
import json

ID_HEX_DIGITS = 20
"""80 bits: with ten million ids of a kind, a clash has a chance of about 4e-11."""


def content_id(kind: str, *parts: object) -> str:
    """Return ``kind_<hex>`` over a JSON list of the parts.

    Parameters
    ----------
    kind : str
        Short prefix that says what the id is of: ``paper``, ``passage``, ``fact``, …
    *parts : JSON values
        What makes the thing the same thing. Hashed as a list, never joined, so that
        ``("ab", "c")`` and ``("a", "bc")`` differ.
    """
    blob = json.dumps([kind, *parts], ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return f"{kind}_{sha256_text(blob)[:ID_HEX_DIGITS]}"


def sha256_bytes(data: bytes) -> str:
    """Return the SHA-256 of the bytes in hex."""
    return hashlib.sha256(data).hexdigest()


def sha256_text(text: str) -> str:
    """Return the SHA-256 of the text's UTF-8 bytes in hex (`passage_sha256`, text identity)."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
