"""Fetching: polite, safe, and only what is new; against a server on loopback."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from loopback import serving

from flows.fetching import feed_links, fetch, file_name, to_local
from flows.fetching_guard import FetchLimits, NotAllowed, PoliteClient, is_public, shown
from flows.settings import Settings
from pipeline.errors import FlowError, UsageError

HERE = FetchLimits(delay=0.0, allow_private=True, max_bytes=1 << 20, seconds=5.0)
PAPER = b"A study of clusters\n\nFirms near Quarrytown share a kiln.\n"


class _Site(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    asked: list[tuple[str, str | None]]

    def do_GET(self) -> None:
        self.server.asked.append((self.path, self.headers["If-None-Match"]))  # type: ignore[attr-defined]
        base = f"http://127.0.0.1:{self.server.server_address[1]}"  # type: ignore[misc,index]
        if self.path == "/rss.xml":
            self._send(
                f"<?xml version='1.0'?><rss><channel><link>{base}/home</link>"
                f"<item><link>{base}/page</link><enclosure url='{base}/one.txt'/></item>"
                "<item><link>/two.txt</link></item><item><link>/gone.txt</link></item>"
                "</channel></rss>".encode(),
                "application/rss+xml",
            )
        elif self.path in ("/one.txt", "/two.txt"):
            if self.headers["If-None-Match"] == '"1"':
                self._send(b"", "text/plain", status=304)
            else:
                self._send(PAPER + self.path.encode(), "text/plain", {"ETag": '"1"'})
        elif self.path == "/away":
            self._send(b"", "text/plain", {"Location": "http://10.0.0.1/x"}, status=302)
        elif self.path == "/file":
            self._send(b"", "text/plain", {"Location": "file:///etc/passwd"}, status=302)
        elif self.path == "/round":
            self._send(b"", "text/plain", {"Location": "/round"}, status=302)
        elif self.path == "/large":
            self._send(b"x" * (3 << 20), "text/plain")
        else:
            self._send(b"", "text/plain", status=404)

    def _send(
        self, body: bytes, kind: str, more: dict[str, str] | None = None, status: int = 200
    ) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, **(more or {})}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def site() -> Iterator[ThreadingHTTPServer]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    server.asked = []  # type: ignore[attr-defined]
    with serving(server):
        yield server


def _base(site: ThreadingHTTPServer) -> str:
    return f"http://127.0.0.1:{site.server_address[1]}"


def test_a_feed_brings_its_papers_once(site: ThreadingHTTPServer, settings: Settings) -> None:
    feed = f"{_base(site)}/rss.xml"
    first = fetch([feed], settings, limits=HERE)
    assert sorted(path.read_bytes() for path in first.files) == [
        PAPER + b"/one.txt",
        PAPER + b"/two.txt",
    ]
    assert dict(first.counts) == {"fetched": 2, "failed": 1}
    assert [why for _, why in first.failed] == [f"{_base(site)}/gone.txt: status 404; expected 200"]
    second = fetch([feed], settings, limits=HERE)
    assert (second.files, dict(second.counts)) == ([], {"unchanged": 2, "failed": 1})
    assert ("/one.txt", '"1"') in site.asked  # type: ignore[attr-defined]


def test_a_list_of_addresses_and_a_cap(
    site: ThreadingHTTPServer, settings: Settings, tmp_path: Path
) -> None:
    listed = tmp_path / "urls.txt"
    listed.write_text(f"# mine\n{_base(site)}/one.txt\n\n{_base(site)}/two.txt\n", encoding="utf-8")
    report = fetch([str(listed)], settings, limits=HERE, most=1)
    assert dict(report.counts) == {"fetched": 1, "left for next time": 1}


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("/away", "private or loopback"),
        ("/file", "only http and https"),
        ("/round", "more than 5 redirects"),
        ("/large", "more than 1 MB"),
    ],
)
def test_where_an_answer_leads_is_checked(
    site: ThreadingHTTPServer, path: str, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = PoliteClient(HERE)
    if path == "/away":
        # As if the site itself were public: its redirect must still be refused.
        public = "flows.fetching_guard.is_public"
        monkeypatch.setattr(public, lambda address: address == "127.0.0.1")
        client = PoliteClient(FetchLimits(delay=0.0))
    with pytest.raises(FlowError, match=why):
        client.get(_base(site) + path)
    client.close()


def test_loopback_is_refused_unless_allowed(site: ThreadingHTTPServer) -> None:
    client = PoliteClient(FetchLimits(delay=0.0))
    with pytest.raises(NotAllowed, match="--allow-private"):
        client.get(f"{_base(site)}/one.txt")
    client.close()
    assert site.asked == []  # type: ignore[attr-defined]


def test_the_checked_address_is_the_one_connected_to(site: ThreadingHTTPServer) -> None:
    answers = iter([["127.0.0.1"], ["10.0.0.1"]])
    client = PoliteClient(HERE, lookup=lambda _host, _port: next(answers))
    found = client.get(f"http://papers.invalid:{site.server_address[1]}/one.txt")
    client.close()
    assert found.status == 200


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True), ("2606:2800:220:1::1", True), ("127.0.0.1", False),
        ("10.1.2.3", False), ("169.254.169.254", False), ("::1", False), ("fe80::1%eth0", False),
        ("::ffff:127.0.0.1", False), ("64:ff9b::7f00:1", False), ("2002:7f00:1::", False),
        ("0.0.0.0", False), ("224.0.0.1", False), ("100.64.0.1", False),
    ],
)  # fmt: skip
def test_which_addresses_are_public(address: str, public: bool) -> None:
    assert is_public(address) is public


def test_other_schemes_are_refused(settings: Settings) -> None:
    with pytest.raises(UsageError, match="file: is not fetched"):
        fetch(["file:///etc/passwd"], settings)


def test_a_feed_with_a_dtd_is_refused() -> None:
    bomb = b"<?xml version='1.0'?><!DOCTYPE r [<!ENTITY a 'aa'>]><rss>&a;</rss>"
    with pytest.raises(FlowError, match="not a feed that can be read safely"):
        feed_links(bomb, "https://a.invalid/")


def test_atom_links_and_what_is_no_feed() -> None:
    atom = (
        b"<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom'><entry>"
        b"<link rel='self' href='/self'/><link href='page.html'/>"
        b"<link rel='enclosure' href='p.pdf'/></entry></feed>"
    )
    assert feed_links(atom, "https://a.invalid/x/feed") == ["https://a.invalid/x/p.pdf"]
    assert feed_links(b"%PDF-1.7", "https://a.invalid/") is None
    assert feed_links(b"<?xml version='1.0'?><html/>", "https://a.invalid/") is None


def test_names_of_files_are_safe_and_say_no_secret() -> None:
    name = file_name("https://u:pw@a.invalid/..%2f..%2fetc/a%20b.pdf?key=secret", "application/pdf")
    assert name.startswith("a_b-")
    assert name.endswith(".pdf")
    assert "/" not in name
    assert shown("https://u:pw@a.invalid/x?key=secret#y") == "https://a.invalid/x"


def test_flows_take_addresses_among_paths(site: ThreadingHTTPServer, settings: Settings) -> None:
    paths = to_local(["papers", f"{_base(site)}/one.txt"], settings, HERE)
    assert paths == ["papers", str(settings.inbox)]
