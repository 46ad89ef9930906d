"""``GET /deck/{commune_code}``: the slides of a commune, or a page that says why there are none."""

from __future__ import annotations

from datetime import date

from starlette.requests import Request
from starlette.responses import Response

from pages.print.media_types import PPTX
from pages.web.sheets import find_commune


def deck(request: Request) -> Response:
    """The deck of a commune as PPTX; ``lang``, ``month``, ``census``, ``basis`` and ``norms`` as for the sheet.

    Refusals as for the sheet.
    """
    found = find_commune(request)
    if isinstance(found, Response):
        return found
    # Lazy import: python-pptx takes a tenth of a second to load; only a request for slides pays for it.
    from pages.print.deck.slides import build_deck

    screen, commune = found, found.chosen.commune
    name = screen.name_file(commune, f"{screen.chosen.month:%Y-%m}", screen.t.language, form="pptx")
    content = build_deck(screen, commune, found.figures.definition_set.means, date.today())
    return Response(content, media_type=PPTX, headers={"content-disposition": f'attachment; filename="{name}"'})
