"""Sources of new papers behind one small interface: a folder, a list of URLs, a feed."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urljoin, urlsplit

from flows.fetching_guard import FetchLimits, PoliteClient, shown
from flows.settings import Settings
from pipeline.errors import ClusterloreError, FlowError, UsageError
from pipeline.ids import sha256_text

LEDGER = ".fetched.json"
FEED_BYTES = 10 << 20
_SUFFIXES = {
    "application/pdf": ".pdf", "text/html": ".html", "application/xhtml+xml": ".html",
    "text/plain": ".txt", "text/markdown": ".md", "application/zip": ".zip",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}  # fmt: skip
_PAPER_LINK = re.compile(r"\.(pdf|docx|zip|md|txt)$", re.IGNORECASE)


@dataclass
class FetchReport:
    """What a fetch brought: files that are new, counts, and what went wrong (URL, why)."""

    files: list[Path] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    failed: list[tuple[str, str]] = field(default_factory=list)


class PaperSource(Protocol):
    """Where new papers come from."""

    def bring(self, report: FetchReport) -> Iterator[Path]:
        """Yield files and folders on this machine to ingest; note what was done in the report."""


@dataclass(frozen=True)
class FolderSource:
    """Papers that are on this machine already: a file, a folder or a glob."""

    path: str

    def bring(self, report: FetchReport) -> Iterator[Path]:
        """Yield the path."""
        report.counts["local"] += 1
        yield Path(self.path)


@dataclass(frozen=True)
class WebSource:
    """A URL of a paper, of a feed (RSS or Atom), or a file with a URL a line.

    Papers land in `inbox`; what is there under the same URL and has not changed is not fetched
    again.
    """

    address: str
    inbox: Path
    client: PoliteClient
    most: int = 100

    def bring(self, report: FetchReport) -> Iterator[Path]:
        """Fetch what is new; yield the files."""
        ledger = _Ledger(self.inbox)
        for url in self._urls(report):
            if report.counts["fetched"] >= self.most:
                report.counts["left for next time"] += 1
                continue
            try:
                path = self._paper(url, ledger, report)
            except ClusterloreError as error:
                report.failed.append((shown(url), str(error)))
                report.counts["failed"] += 1
                continue
            if path is not None:
                report.files.append(path)
                yield path

    def _urls(self, report: FetchReport) -> Iterator[str]:
        if urlsplit(self.address).scheme not in ("http", "https"):
            yield from read_url_list(Path(self.address))
            return
        try:
            answer = self.client.get(self.address)
            links = feed_links(answer.body, answer.url) if answer.status == 200 else None
        except ClusterloreError as error:
            report.failed.append((shown(self.address), str(error)))
            report.counts["failed"] += 1
            return
        # What is no feed is a paper itself; asking for it again costs one conditional request.
        yield from [self.address] if links is None else links

    def _paper(self, url: str, ledger: _Ledger, report: FetchReport) -> Path | None:
        known = ledger.of(url)
        there = known is not None and (self.inbox / known["file"]).exists()
        answer = self.client.get(
            url,
            etag=known.get("etag") if known and there else None,
            modified=known.get("modified") if known and there else None,
        )
        if answer.status == 304:
            report.counts["unchanged"] += 1
            return None
        if answer.status != 200:
            raise FlowError(f"{shown(url)}: status {answer.status}; expected 200")
        name = file_name(url, answer.content_type)
        path = self.inbox / name
        if path.exists() and path.read_bytes() == answer.body:
            report.counts["unchanged"] += 1
        else:
            # Under a name that no reader takes, then renamed: never half a paper in the inbox.
            fresh = path.with_name(f".{name}.part")
            fresh.write_bytes(answer.body)
            fresh.replace(path)
            report.counts["fetched"] += 1
        ledger.note(url, name, answer.etag, answer.modified)
        return path


class _Ledger:
    """What was fetched from where; URLs are kept as hashes, since they may hold a key."""

    def __init__(self, inbox: Path) -> None:
        inbox.mkdir(parents=True, exist_ok=True)
        self._path = inbox / LEDGER
        try:
            self._rows: dict[str, dict[str, str]] = json.loads(
                self._path.read_text(encoding="utf-8")
            )
        except (OSError, ValueError):
            self._rows = {}

    def of(self, url: str) -> dict[str, str] | None:
        return self._rows.get(sha256_text(url))

    def note(self, url: str, file: str, etag: str | None, modified: str | None) -> None:
        row = {"file": file, "etag": etag, "modified": modified}
        self._rows[sha256_text(url)] = {key: value for key, value in row.items() if value}
        fresh = self._path.with_name(f"{LEDGER}.new")
        fresh.write_text(json.dumps(self._rows, indent=0), encoding="utf-8")
        fresh.replace(self._path)


def file_name(url: str, content_type: str) -> str:
    """Return a safe, readable, unique file name for a URL."""
    last = Path(unquote(urlsplit(url).path)).name
    stem, suffix = Path(last).stem, Path(last).suffix.lower()
    if suffix not in (*_SUFFIXES.values(), ".htm"):
        suffix = _SUFFIXES.get(content_type.split(";", 1)[0].strip().lower(), suffix or ".html")
    safe = re.sub(r"[^\w-]+", "_", stem).strip("_")[:60] or "paper"
    return f"{safe}-{sha256_text(url)[:10]}{re.sub(r'[^.a-z0-9]', '', suffix)[:6]}"


def read_url_list(path: Path) -> list[str]:
    """Return the URLs of a file, one a line; empty lines and lines with # are left out."""
    if not path.is_file():
        raise UsageError(f"No such file: {str(path)!r}; expected a list of URLs, one a line")
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.strip().startswith("#")]


def feed_links(body: bytes, base: str) -> list[str] | None:
    """Return the papers' links of an RSS or Atom feed, newest first as the feed has them.

    An entry's enclosure, or a link to a document, goes before its page. None: this is no feed.
    """
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import ParseError, fromstring

    start = body[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if len(body) > FEED_BYTES or not start.startswith((b"<?xml", b"<rss", b"<feed", b"<rdf")):
        return None
    try:
        root = fromstring(body, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise FlowError(f"{shown(base)}: not a feed that can be read safely ({error})") from error
    if _tag(root) not in ("rss", "feed", "rdf"):
        return None
    found = []
    for entry in root.iter():
        if _tag(entry) in ("item", "entry"):
            links = [link for one in entry if (link := _link(one))]
            links.sort(key=lambda link: not _PAPER_LINK.search(urlsplit(link).path))
            found += [urljoin(base, link) for link in links[:1]]
    return list(dict.fromkeys(found))


def _tag(element: object) -> str:
    return str(getattr(element, "tag", "")).rsplit("}", 1)[-1].lower()


def _link(element: object) -> str | None:
    """Return the address that a child of an entry names, or None."""
    tag, attributes = _tag(element), getattr(element, "attrib", {})
    if tag == "enclosure":
        return attributes.get("url")
    if tag == "link" and attributes.get("rel", "alternate") in ("alternate", "enclosure"):
        return attributes.get("href") or (getattr(element, "text", "") or "").strip() or None
    return None


def is_remote(path: str) -> bool:
    """Whether a path is an address to fetch rather than something on this machine."""
    return "://" in path and not path.startswith("dask")


def fetch(
    addresses: Sequence[str],
    settings: Settings,
    *,
    limits: FetchLimits | None = None,
    into: Path | None = None,
    most: int = 100,
) -> FetchReport:
    """Fetch new papers into the inbox.

    Parameters
    ----------
    addresses : sequence of str
        URLs of papers or feeds, or files that list URLs.
    most : int
        At most so many papers; the rest next time.

    Raises
    ------
    UsageError
        An address that is neither http(s) nor a file.
    """
    inbox = into or settings.inbox
    report = FetchReport()
    client = PoliteClient(limits)
    try:
        for address in addresses:
            check_scheme(address)
            for _ in WebSource(address, inbox, client, most).bring(report):
                pass
    finally:
        client.close()
    return report


def check_scheme(address: str) -> None:
    """Refuse addresses that are neither http(s) nor a path."""
    scheme = urlsplit(address).scheme
    if "://" in address and scheme not in ("http", "https"):
        raise UsageError(f"{scheme}: is not fetched; expected http or https, or a path")


def to_local(
    paths: Sequence[str], settings: Settings, limits: FetchLimits | None = None
) -> list[str]:
    """Return paths on this machine for what a flow is to ingest: addresses are fetched first."""
    remote = [path for path in paths if is_remote(path)]
    local = [path for path in paths if not is_remote(path)]
    if remote:
        allowed = limits or FetchLimits(allow_private=settings.allow_private)
        fetch(remote, settings, limits=allowed)
        if any(not file.name.startswith(".") for file in settings.inbox.iterdir()):
            local.append(str(settings.inbox))
    return local
