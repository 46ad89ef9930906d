"""Layers of the map on the page: places and ways with their words, as JSON that the browser asks for anew only when it changed."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from data.i18n import DEFAULT_LANGUAGE, LANGUAGES, Translator
from data.people.viewer import ONE_PERSON
from data.province import offered_provinces
from geo.dots import LOOKS, Dot, Way
from geo.map_styles import pack_months
from pages.address.assumptions import read_assumptions
from pages.address.selection import read_selection
from pages.figures.load import load_figures, published
from pages.web.gate import person_of
from pages.words.commune_on_map import rows_by_month
from pages.words.map_layers import LAYERS, LayerContent
from pages.words.map_pair import read_layers, read_other
from pages.words.view import View


def map_layer(request: Request) -> Response:
    """``GET /assets/map/{province}/{layer}`` with the parameters of a view (``lang``, ``territory``, ``month``, ``indicator``,
    assumptions) and, where two maps stand beside each other, what the second one shows (``beside=month:2024-08``): ``looks``,
    ``places`` (rows of latitude, longitude, radius, kind, words), ``ways`` (latitude and longitude of both ends, width, kind,
    words), and what is said of them: ``legend``, ``notes``, ``source``, ``when``, ``provenance``; ``second`` holds places and
    ways of the second map where they are others, at the same scale.

    404 for another province or layer, an unknown language, or an empty store. 304 where the browser has it already.
    """
    layer = request.path_params["layer"]
    view = _view_of(request) if layer in LAYERS else None
    if view is None:
        return PlainTextResponse("", status_code=404)
    content, second = read_layers(view, read_other(view, request.query_params.get("beside", "")), layer)
    return _answer(request, _as_rows(content, second))


def map_months(request: Request) -> Response:
    """``GET /assets/map/{province}/months`` with the parameters of a view: which pattern each commune has in each month of its result
    (``geo.map_styles.pack_months``), so that another month is drawn before the server is asked.

    404 for another province, an unknown language, or an empty store. 304 where the browser has it already.
    """
    view = _view_of(request)
    if view is None:
        return PlainTextResponse("", status_code=404)
    return _answer(request, pack_months([f"{month:%Y-%m}" for month in view.figures.months], rows_by_month(view)))


def _view_of(request: Request) -> View | None:
    """What is asked for, as the reader may see it; None for another province, an unknown language, or an empty store."""
    provinces, asked = {p.id: p for p in offered_provinces()}, request.query_params
    province, language = provinces.get(request.path_params["province"]), asked.get("lang", DEFAULT_LANGUAGE)
    snapshot_id = published(province) if province else None
    if province is None or snapshot_id is None or language not in LANGUAGES:
        return None
    figures = load_figures(snapshot_id, read_assumptions(asked), province, viewer=person_of(request).viewer)
    return View(figures, read_selection(figures, asked), Translator(language, province))


def _answer(request: Request, content: dict[str, Any]) -> Response:
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
    tag = f'"{sha256(body).hexdigest()[:20]}"'
    # A browser that several people sign in from keeps nothing of one for the next.
    is_kept = person_of(request) == ONE_PERSON
    headers = {"cache-control": "private, no-cache" if is_kept else "no-store", "etag": tag}
    if request.headers.get("if-none-match", "").removeprefix("W/") == tag:
        return Response(status_code=304, headers=headers)
    return Response(body, media_type="application/json", headers=headers)


def _as_rows(content: LayerContent, second: LayerContent | None) -> dict[str, Any]:
    both = (content, second) if second else (content,)
    kinds = {place.kind for one in both for place in one.places} | {way.kind for one in both for way in one.ways}
    return {
        "looks": {kind: look for kind, look in LOOKS.items() if kind in kinds},
        **_marks(content),
        **({"second": _marks(second)} if second else {}),
        "legend": [words for _, words in content.legend],
        "notes": list(content.notes),
        "source": content.source,
        "when": content.when,
        "provenance": content.provenance,
    }


def _marks(content: LayerContent) -> dict[str, Any]:
    return {"places": [_place(dot) for dot in content.places], "ways": [_way(way) for way in content.ways]}


def _place(dot: Dot) -> list[object]:
    # A ten-thousandth of a degree is eleven metres, less than any of these places is known to.
    return [round(dot.latitude, 4), round(dot.longitude, 4), dot.radius, dot.kind, dot.title]


def _way(way: Way) -> list[object]:
    ends = (way.from_latitude, way.from_longitude, way.to_latitude, way.to_longitude)
    return [*(round(float(degrees), 4) for degrees in ends), way.width, way.kind, way.title]
