"""HTTP that goes where it may: names resolved and checked here, the checked address connected to.

A name that is checked and then resolved again by the HTTP library could answer differently the
second time; so the connection is made to the very address that was checked.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit, urlunsplit

import httpx

from pipeline.errors import FlowError

AGENT = "clusterlore/0.1 (research papers; one request at a time)"
MAX_REDIRECTS = 5
Resolve = Callable[[str, int], list[str]]


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """What a download may take: bytes, seconds overall, seconds between requests to a host."""

    max_bytes: int = 100 << 20
    seconds: float = 120.0
    delay: float = 1.0
    allow_private: bool = False


class NotAllowed(FlowError):  # noqa: N818 - reads as a state
    """An address that may not be fetched; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer: status, body, and the headers that a later request can ask by."""

    status: int
    body: bytes
    url: str
    content_type: str
    etag: str | None
    modified: str | None


def resolve(host: str, port: int) -> list[str]:
    """Return the addresses of a host."""
    return [str(one[4][0]) for one in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def shown(url: str) -> str:
    """Return a URL for logs and reports: no user, password, query or fragment."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    port = f":{parts.port}" if parts.port else ""
    return urlunsplit((parts.scheme, host + port, parts.path, "", ""))


class PoliteClient:
    """Fetches over HTTP(S), one request at a time, with every redirect checked anew."""

    def __init__(self, limits: FetchLimits | None = None, lookup: Resolve = resolve) -> None:
        self.limits, self._lookup = limits or FetchLimits(), lookup
        self._last: dict[str, float] = {}
        # trust_env off: a proxy would resolve the name itself, past the check.
        self._client = httpx.Client(
            follow_redirects=False, trust_env=False, timeout=30.0, headers={"User-Agent": AGENT}
        )

    def close(self) -> None:
        """Close connections."""
        self._client.close()

    def get(self, url: str, *, etag: str | None = None, modified: str | None = None) -> Fetched:
        """Fetch one URL.

        Raises
        ------
        NotAllowed
            Not http(s), a private or loopback address, or a redirect to one.
        FlowError
            Too large, too slow, too many redirects, or no answer.
        """
        deadline = time.monotonic() + self.limits.seconds
        headers = {"If-None-Match": etag} if etag else {}
        if modified:
            headers["If-Modified-Since"] = modified
        for _ in range(MAX_REDIRECTS + 1):
            answer = self._once(url, headers, deadline)
            if not isinstance(answer, str):
                return answer
            url = urljoin(url, answer)
        raise FlowError(f"{shown(url)}: more than {MAX_REDIRECTS} redirects; give the last address")

    def _once(self, url: str, headers: dict[str, str], deadline: float) -> Fetched | str:
        target, host, extensions = self._checked(url)
        self._wait_turn(host)
        request = self._client.build_request(
            "GET", target, headers={**headers, "Host": host}, extensions=extensions
        )
        try:
            answer = self._client.send(request, stream=True)
        except httpx.HTTPError as error:
            raise FlowError(f"{shown(url)}: no answer ({type(error).__name__})") from error
        try:
            if answer.has_redirect_location:
                return answer.headers["location"]
            body = self._body(answer, url, deadline)
        except httpx.HTTPError as error:
            raise FlowError(f"{shown(url)}: broke off ({type(error).__name__})") from error
        finally:
            answer.close()
        got = answer.headers
        kind = got.get("content-type", "")
        return Fetched(
            answer.status_code, body, url, kind, got.get("etag"), got.get("last-modified")
        )

    def _body(self, answer: httpx.Response, url: str, deadline: float) -> bytes:
        body = bytearray()
        for chunk in answer.iter_bytes():
            body += chunk
            if len(body) > self.limits.max_bytes:
                raise FlowError(
                    f"{shown(url)}: more than {self.limits.max_bytes >> 20} MB; raise --max-mb"
                )
            if time.monotonic() > deadline:
                raise FlowError(f"{shown(url)}: took more than {self.limits.seconds:.0f} s")
        return bytes(body)

    def _checked(self, url: str) -> tuple[httpx.URL, str, dict[str, object]]:
        """Return the URL with the checked address in place of the name, the Host header, and the
        name that TLS is to prove.
        """
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise NotAllowed(f"{shown(url)}: only http and https are fetched")
        try:
            port = parts.port or (443 if parts.scheme == "https" else 80)
            addresses = self._lookup(parts.hostname, port)
        except (OSError, ValueError) as error:
            raise FlowError(f"{shown(url)}: its host is not known") from error
        for address in addresses:
            if not self.limits.allow_private and not is_public(address):
                raise NotAllowed(
                    f"{shown(url)}: {parts.hostname} is a private or loopback address;"
                    " --allow-private lets it"
                )
        if not addresses:
            raise FlowError(f"{shown(url)}: its host has no address")
        target = httpx.URL(url).copy_with(host=addresses[0], username=None, password=None)
        return target, httpx.URL(url).netloc.decode(), {"sni_hostname": parts.hostname}

    def _wait_turn(self, host: str) -> None:
        since = time.monotonic() - self._last.get(host, -1e9)
        if since < self.limits.delay:
            time.sleep(self.limits.delay - since)
        self._last[host] = time.monotonic()


def is_public(address: str) -> bool:
    """Whether an address is one of the open Internet, also behind an IPv6 form of IPv4."""
    ip = ipaddress.ip_address(address.split("%", 1)[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is not None:
            return is_public(str(inner))
        if ip in ipaddress.ip_network("64:ff9b::/96"):
            return is_public(str(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)))
    return ip.is_global and not ip.is_multicast
