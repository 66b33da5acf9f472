"""Tell another system how a run ended. The address is a secret: it is in no log and no error."""

from __future__ import annotations

import http.client
import json
import ssl
from typing import Any
from urllib.parse import urlsplit

SECONDS = 10.0
TRIES = 3


def tell(webhook: str | None, message: dict[str, Any]) -> str:
    """POST the message as JSON; return ``sent``, or why not. A webhook never fails a run.

    Written on `http.client`, which logs nothing, follows no redirect and asks no proxy.
    """
    if not webhook:
        return "no webhook"
    why = "not sent"
    for _ in range(TRIES):
        try:
            status = _post(webhook, json.dumps(message, default=str).encode())
        except ValueError:
            return "the webhook's address is not a http(s) URL"
        except (OSError, http.client.HTTPException) as error:
            # The name of the error alone: its text may hold the address.
            why = type(error).__name__
            continue
        if status < 400:
            return "sent"
        why = f"status {status}"
        if status < 500:
            break  # a refusal won't pass by itself
    return f"the webhook did not take the message: {why}"


def _post(webhook: str, body: bytes) -> int:
    parts = urlsplit(webhook)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("no http(s) URL")
    connection: http.client.HTTPConnection
    if parts.scheme == "https":
        connection = http.client.HTTPSConnection(
            parts.hostname, parts.port, timeout=SECONDS, context=ssl.create_default_context()
        )
    else:
        connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=SECONDS)
    try:
        target = parts.path or "/"
        if parts.query:
            target += f"?{parts.query}"
        connection.request("POST", target, body, {"Content-Type": "application/json"})
        return connection.getresponse().status
    finally:
        connection.close()
