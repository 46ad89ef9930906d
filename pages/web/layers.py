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
from pages.address.assumptions import read_assumptions
from pages.address.selection import read_selection
from pages.figures.load import load_figures, published
from pages.web.gate import person_of
from pages.words.map_layers import LAYERS, read_layer
from pages.words.view import View


def map_layer(request: Request) -> Response:
    """``GET /assets/map/{province}/{layer}`` with the parameters of a view (``lang``, ``territory``, ``month``, ``indicator``,
    assumptions): ``looks``, ``places`` (rows of latitude, longitude, radius, kind, words), ``ways`` (latitude and longitude of
    both ends, width, kind, words), and what is said of them: ``legend``, ``notes``, ``source``, ``when``, ``provenance``.

    404 for another province or layer, an unknown language, or an empty store. 304 where the browser has it already.
    """
    provinces, asked = {p.id: p for p in offered_provinces()}, request.query_params
    province, layer = provinces.get(request.path_params["province"]), request.path_params["layer"]
    language = asked.get("lang", DEFAULT_LANGUAGE)
    snapshot_id = published(province) if province else None
    if province is None or snapshot_id is None or layer not in LAYERS or language not in LANGUAGES:
        return PlainTextResponse("", status_code=404)
    person = person_of(request)
    figures = load_figures(snapshot_id, read_assumptions(asked), province, viewer=person.viewer)
    view = View(figures, read_selection(figures, asked), Translator(language, province))
    body = json.dumps(_as_rows(view, layer), ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
    tag = f'"{sha256(body).hexdigest()[:20]}"'
    # A browser that several people sign in from keeps nothing of one for the next.
    headers = {"cache-control": "private, no-cache" if person == ONE_PERSON else "no-store", "etag": tag}
    if request.headers.get("if-none-match", "").removeprefix("W/") == tag:
        return Response(status_code=304, headers=headers)
    return Response(body, media_type="application/json", headers=headers)


def _as_rows(view: View, layer: str) -> dict[str, Any]:
    content = read_layer(view, layer)
    kinds = {place.kind for place in content.places} | {way.kind for way in content.ways}
    return {
        "looks": {kind: look for kind, look in LOOKS.items() if kind in kinds},
        "places": [_place(dot) for dot in content.places],
        "ways": [_way(way) for way in content.ways],
        "legend": [words for _, words in content.legend],
        "notes": list(content.notes),
        "source": content.source,
        "when": content.when,
        "provenance": content.provenance,
    }


def _place(dot: Dot) -> list[object]:
    # A ten-thousandth of a degree is eleven metres, less than any of these places is known to.
    return [round(dot.latitude, 4), round(dot.longitude, 4), dot.radius, dot.kind, dot.title]


def _way(way: Way) -> list[object]:
    ends = (way.from_latitude, way.from_longitude, way.to_latitude, way.to_longitude)
    return [*(round(float(degrees), 4) for degrees in ends), way.width, way.kind, way.title]
