"""The page's addresses. Everything reads; nothing is loaded from elsewhere; all values escaped."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from flows.explore.state import ROWS, Open
from pipeline.errors import ClusterloreError, UsageError
from warehouse.named import named_queries, named_query
from warehouse.passage_view import passage_view
from warehouse.report import evidence_grid

if TYPE_CHECKING:
    from warehouse.search import Encodes

HERE = Path(__file__).parent
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self';"
        " frame-ancestors 'none'; base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
HOSTS = ["127.0.0.1", "localhost", "[::1]", "testserver"]
SEARCH_FILTERS = ("country", "label", "paper", "year_from", "year_to")


def make_app(path: Path, encoder: Encodes | None = None) -> Starlette:
    """Build the page over the warehouse at `path`."""
    held = Open(path, encoder)
    routes = [
        Route(address, _answering(handler, held))
        for address, handler in (
            ("/", _map), ("/cell", _cell), ("/search", _search), ("/clusters", _clusters),
            ("/cluster", _cluster), ("/passage/{id}", _passage), ("/papers", _papers),
            ("/paper/{id}", _paper), ("/queries", _queries), ("/query/{name}", _query),
            ("/sql", _sql),
        )
    ]  # fmt: skip
    routes.append(Mount("/static", StaticFiles(directory=HERE / "static")))  # type: ignore[arg-type]
    return Starlette(
        routes=routes,
        middleware=[
            Middleware(TrustedHostMiddleware, allowed_hosts=HOSTS),
            Middleware(_Headers),
        ],
    )


class _Headers(BaseHTTPMiddleware):
    async def dispatch(
        self, request: Request, call_next: Callable[[Request], Awaitable[Response]]
    ) -> Response:
        response = await call_next(request)
        response.headers.update(HEADERS)
        return response


Handler = Callable[[Request, Open], tuple[str, dict[str, Any]]]


def _answering(handler: Handler, held: Open) -> Callable[[Request], Response]:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.filters |= {"cell": _shown, "zip": zip}

    def answer(request: Request) -> Response:
        status = 200
        try:
            name, values = handler(request, held)
        except ClusterloreError as error:
            status = 404 if isinstance(error, UsageError) else 500
            name, values = "error.html", {"message": str(error)}
        text = environment.get_template(name).render(here=request.url.path, **values)
        return HTMLResponse(text, status_code=status)

    return answer


def _shown(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:,.3f}".rstrip("0").rstrip(".")
    if isinstance(value, list | tuple):
        return ", ".join(_shown(one) for one in value)
    return str(value)


def _asked(request: Request, *names: str) -> dict[str, str | None]:
    return {name: request.query_params.get(name, "").strip() or None for name in names}


def _map(request: Request, held: Open) -> tuple[str, dict[str, Any]]:
    reader = held.reader()
    asked = _asked(request, "country", "decade")
    cells = reader.named("evidence_map", {k: v for k, v in asked.items() if v}).dicts()
    countries = [row["country"] for row in reader.named("countries").dicts() if row["country"]]
    return "map.html", {"grid": evidence_grid(cells), "asked": asked,
                        "countries": sorted(countries),
                        "n_papers": cells[0]["n_of_papers"] if cells else 0}  # fmt: skip


def _cell(request: Request, held: Open) -> tuple[str, dict[str, Any]]:
    asked = _asked(request, "governance", "path", "country", "decade")
    given = {name: value for name, value in asked.items() if value}
    rows = held.reader().named("evidence_passages", given).dicts()
    return "cell.html", {"asked": asked, "rows": rows}


def _search(request: Request, held: Open) -> tuple[str, dict[str, Any]]:
    asked = _asked(request, "q", "by", *SEARCH_FILTERS)
    hits: list[Any] = []
    if asked["q"]:
        filters = {name: asked[name] for name in SEARCH_FILTERS if asked[name]}
        way = asked["by"] or "fused"
        hits = held.searcher().search(asked["q"], filters=filters, limit=25, way=way)
    return "search.html", {"asked": asked, "hits": hits, "meaning": held.encoder is not None}


def _clusters(request: Request, held: Open) -> tuple[str, dict[str, Any]]:
    asked = _asked(request, "cluster", "country")
    given = {name: value for name, value in asked.items() if value}
    rows = held.reader().named("cluster_profile", given, limit=ROWS).dicts()
    return "clusters.html", {"asked": asked, "rows": rows}


def _cluster(request: Request, held: Open) -> tuple[str, dict[str, Any]]:
    name = request.query_params.get("name", "")
    reader = held.reader()
    found = [r for r in reader.named("cluster_profile", {"cluster": name}).dicts()
             if r["name"] == name]  # fmt: skip
    if not found:
        raise UsageError(f"no cluster is called {name!r}; see the list of clusters")
    numbers = reader.named("numbers_of_a_cluster", {"cluster": name}).dicts()
    relations = reader.named("relations_of_a_cluster", {"cluster": name}).dicts()
    return "cluster.html", {
        "one": found[0],
        "numbers": [row for row in numbers if row["cluster"] == name],
        "relations": [row for row in relations if row["cluster"] == name],
    }


def _passage(request: Request, held: Open) -> tuple[str, dict[str, Any]]:
    return "passage.html", {"one": passage_view(held.reader(), request.path_params["id"])}


def _papers(request: Request, held: Open) -> tuple[str, dict[str, Any]]:
    asked = _asked(request, "paper")
    given = {name: value for name, value in asked.items() if value}
    rows = held.reader().named("coverage", given, limit=ROWS).dicts()
    return "papers.html", {"asked": asked, "rows": rows}


def _paper(request: Request, held: Open) -> tuple[str, dict[str, Any]]:
    reader, asked = held.reader(), {"paper": request.path_params["id"]}
    rows = reader.named("paper_text", asked).dicts()
    if not rows:
        raise UsageError(f"no paper has the id {asked['paper']!r}")
    like = reader.named("papers_like", asked).dicts()
    about = [r for r in reader.named("coverage").dicts() if r["paper_id"] == asked["paper"]]
    clusters = reader.named("clusters_of_a_paper", asked).dicts()
    return "paper.html", {"rows": rows, "like": like, "about": about[0] if about else None,
                          "clusters": clusters}  # fmt: skip


def _queries(request: Request, held: Open) -> tuple[str, dict[str, Any]]:
    return "queries.html", {"queries": list(named_queries().values())}


def _query(request: Request, held: Open) -> tuple[str, dict[str, Any]]:
    query = named_query(request.path_params["name"])
    asked = _asked(request, *(one.name for one in query.parameters))
    given = {name: value for name, value in asked.items() if value}
    missing = [p.name for p in query.parameters if p.default is None and p.name not in given]
    result = None if missing else held.reader().named(query.name, given, limit=ROWS)
    return "query.html", {"query": query, "asked": asked, "result": result, "rows": ROWS}


def _sql(request: Request, held: Open) -> tuple[str, dict[str, Any]]:
    asked = request.query_params.get("sql", "").strip()
    result, message = None, None
    if asked:
        try:
            result = held.sql(asked)
        except ClusterloreError as error:
            message = str(error)
    return "sql.html", {"sql": asked, "result": result, "message": message, "rows": ROWS}
