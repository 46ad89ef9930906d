"""Places of douars for the map on the page, with one census figure in words."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from data.i18n import DEFAULT_LANGUAGE, LANGUAGES, Translator
from data.people.viewer import ONE_PERSON
from data.province import offered_provinces
from geo.dots import LOOKS
from pages.address.selection import read_selection
from pages.figures.load import load_figures, published
from pages.web.gate import person_of
from pages.words.douars import SHOWN, list_douars, place_dots
from pages.words.view import View

AN_HOUR = "public, max-age=3600"
_LARGER = 1.3


def douar_dots(request: Request) -> Response:
    """``GET /assets/douars/{province}/{figure}?lang=``: how each kind of dot looks, and rows of latitude, longitude, radius, kind,
    words; 404 for another province, figure or an empty store."""
    provinces = {p.id: p for p in offered_provinces()}
    province, figure = provinces.get(request.path_params["province"]), request.path_params["figure"]
    language = request.query_params.get("lang", DEFAULT_LANGUAGE)
    snapshot_id = published(province) if province else None
    if province is None or snapshot_id is None or figure not in SHOWN or language not in LANGUAGES:
        return PlainTextResponse("", status_code=404)
    person = person_of(request)
    figures = load_figures(snapshot_id, province=province, viewer=person.viewer)
    view = View(figures, read_selection(figures, {}), Translator(language, province))
    dots = place_dots(view, list_douars(view, figures.territory), figure, _LARGER)
    rows = [[round(d.latitude, 5), round(d.longitude, 5), d.radius, d.kind, d.title] for d in dots]
    # A browser that several people sign in from keeps nothing of one for the next.
    kept = AN_HOUR if person == ONE_PERSON else "no-store"
    return JSONResponse({"looks": LOOKS, "douars": rows}, headers={"cache-control": kept})
