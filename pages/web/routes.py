"""Our own addresses beside Streamlit's: health, printable sheets, slides, the read-only API, files for the map."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import xstatic.pkg.leaflet
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from data.loaders.slips import DefinitionsError
from data.loaders.today import require_sound
from data.province import offered_provinces
from data.store import Store, StoreError
from geo.map_script import SCRIPT_BODY
from pages.web.api.answering import answer_resource
from pages.web.api.openapi import api_page, not_found, openapi
from pages.web.api.pictures import chart_image, map_image
from pages.web.api.resources import RESOURCES
from pages.web.api.territory import communes_geojson, territory_gpkg
from pages.web.decks import deck
from pages.web.diaspora import diaspora, diaspora_commune
from pages.web.dots import douar_dots
from pages.web.embed import embed_chart, embed_map
from pages.web.importing import import_files
from pages.web.layers import map_layer, map_months
from pages.web.page import ICON_FILE, STYLE_FILE
from pages.web.page_script import page_script
from pages.web.portraits import portrait, portrait_pdf
from pages.web.reports import report_docx, report_pdf
from pages.web.sheets import sheet, sheet_pdf
from pages.web.sign_in import sign_in, start

A_DAY = "public, max-age=86400"
A_YEAR = "public, max-age=31536000, immutable"
# What a system says of a suffix is its own (a registry may call scripts plain text, which no browser runs here).
MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".geojson": "application/geo+json",
    ".js": "text/javascript; charset=utf-8",
    ".png": "image/png",
}


class CachedFiles(StaticFiles):
    """Files that change only with a release: the browser keeps them for a day."""

    def file_response(self, *args, **kwargs):  # type: ignore[no-untyped-def]
        """A file, with its type and how long it may be kept."""
        response = super().file_response(*args, **kwargs)
        response.headers.setdefault("cache-control", A_DAY)
        response.headers["content-type"] = _media_type(str(args[0]))
        return response


def _media_type(name: str) -> str:
    return MEDIA_TYPES.get(Path(name).suffix, "text/plain; charset=utf-8")


def health(_request: Request) -> JSONResponse:
    """``status`` and the id of the snapshot that readers of the default territory are on, and of each where several are offered.

    ``read_only`` with the reason where the last good snapshot is read because the published one is damaged or no longer known; 503
    when there is none to read.
    """
    try:
        require_sound()
        store = Store()
        with store.open():
            answer = {"status": "ok", "snapshot": store.snapshot_id()}
        if problem := store.trouble():
            answer |= {"status": "read_only", "reason": problem.key}
    except DefinitionsError as error:
        faults = [f"{fault.file}:{fault.line} {fault.place}" for fault in error.faults]
        broken = {"status": "unavailable", "snapshot": None, "reason": "definitions", "faults": faults}
        return JSONResponse(broken, status_code=503)
    except StoreError as error:
        return JSONResponse({"status": "unavailable", "snapshot": None, "reason": error.key}, status_code=503)
    offered = {p.id: Store(province=p).snapshot_id() for p in offered_provinces()}
    return JSONResponse(answer | ({"provinces": offered} if len(offered) > 1 else {}))


def layer_file(request: Request) -> Response:
    """A file of a territory's layer of boundaries, or its notice of rights; 404 for any other name."""
    offered = {p.id: p.layer.path.parent for p in offered_provinces()}
    folder, name = offered.get(request.path_params["province"]), request.path_params["file"]
    if folder is None or name not in {path.name for path in folder.iterdir()}:
        return PlainTextResponse("", status_code=404)
    return FileResponse(folder / name, media_type=_media_type(name), headers={"cache-control": A_DAY})


def overview(request: Request) -> RedirectResponse:
    """The first screen lives at the bare address: Streamlit answers "page not found" under the name of a default page."""
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"./{query}", status_code=307)


def style(_request: Request) -> FileResponse:
    """Our style rules; their address changes with their contents."""
    return FileResponse(STYLE_FILE, media_type="text/css", headers={"cache-control": A_YEAR})


def script(_request: Request) -> Response:
    """The script of every page; its address changes with its contents."""
    return Response(page_script(), media_type="text/javascript", headers={"cache-control": A_YEAR})


def robots(_request: Request) -> PlainTextResponse:
    """No search engine reads any page: figures of communes are for those who were given the address."""
    return PlainTextResponse("User-agent: *\nDisallow: /\n", headers={"cache-control": A_DAY})


def icon(_request: Request) -> FileResponse:
    """The icon that browsers ask for by this name where a page of ours (a sheet, a page not found) names none."""
    return FileResponse(ICON_FILE, media_type="image/svg+xml", headers={"cache-control": A_DAY})


def map_script(_request: Request) -> Response:
    """What draws the map on the page; its address changes with its contents."""
    return Response(SCRIPT_BODY, media_type="text/javascript", headers={"cache-control": A_YEAR})


ROUTES = [
    Route("/overview", overview),
    Route("/healthz", health),
    Route("/robots.txt", robots),
    Route("/favicon.ico", icon),
    Route("/sheet/{commune_code}.pdf", sheet_pdf),
    Route("/sheet/{commune_code}", sheet),
    Route("/deck/{commune_code}", deck),
    Route("/portrait/{commune_code}.pdf", portrait_pdf),
    Route("/portrait/{commune_code}", portrait),
    Route("/report.docx", report_docx),
    Route("/report.pdf", report_pdf),
    Route("/diaspora", diaspora),
    Route("/diaspora/{commune_code}", diaspora_commune),
    Route("/sign-in", sign_in),
    Route("/sign-in/{provider}", start),
    *(Route(resource.path, partial(answer_resource, resource)) for resource in RESOURCES),
    Route("/api/v1/communes.geojson", communes_geojson),
    Route("/api/v1/territory.gpkg", territory_gpkg),
    Route("/api/v1/map.{form}", map_image),
    Route("/api/v1/chart/{name}.{form}", chart_image),
    Route("/api/docs", api_page),
    Route("/openapi.json", openapi),
    Route("/embed/map", embed_map),
    Route("/embed/chart/{name}", embed_chart),
    Route("/api/v1/import", import_files, methods=["GET", "POST"]),
    Route("/api", not_found),
    Route("/api/{address:path}", not_found),
    Route("/assets/style.css", style),
    Route("/assets/page.js", script),
    Route("/assets/map.js", map_script),
    Mount("/assets/leaflet", CachedFiles(directory=xstatic.pkg.leaflet.BASE_DIR)),
    Route("/assets/layers/{province}/{file}", layer_file),
    Route("/assets/douars/{province}/{figure}", douar_dots),
    Route("/assets/map/{province}/months", map_months),
    Route("/assets/map/{province}/{layer}", map_layer),
]
