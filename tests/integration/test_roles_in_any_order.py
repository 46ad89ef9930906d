"""What a role is answered does not depend on who asked before: every address of ours, the roles in one order and in the other."""

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from analytics.last_asked import LastAsked
from pages.figures import load
from pages.web import guard
from pages.web.api import answering
from pages.web.kept_answers import KeptAnswers
from pages.web.kept_tables import TABLES_KEPT, KeptTable
from pages.web.middleware import MIDDLEWARE
from pages.web.routes import ROUTES
from tests.closed_house import headers_of
from tests.integration.test_roles_everywhere import ADDRESSES

ROLES = ("steward", "adviser", "reader", "commune", "animator", "public")
# Their bytes hold the moment at which they were written.
DATED = (".pdf", ".docx", "/deck/", ".gpkg", "/healthz")
# All of them in both orders take a minute and a half: a run of everything draws one of the parts.
PARTS = 4
SCREENS = ("/", "/overview", "/commune?commune=09.541.01.01", "/commune?lang=ar")


def addresses() -> list[str]:
    """One of each of our routes, tables also page by page and as CSV, and the first views of the screens."""
    ours = {route.path for route in ROUTES}
    asked = [one for route, (one, _) in ADDRESSES.items() if route in ours and not any(part in one for part in DATED)]
    tables = [one for one in asked if one.startswith("/api/v1/") and "." not in one.partition("?")[0].rpartition("/")[2]]
    varied = [f"{one}{'&' if '?' in one else '?'}{how}" for one in tables for how in ("limit=3", "format=csv")]
    return [*asked, *varied, *SCREENS]


def part_of_addresses(part: int) -> list[str]:
    """One part of them; those that are answered from the same kept table stay together."""
    paths = sorted({one.partition("?")[0] for one in addresses()})
    mine = set(paths[part::PARTS])
    return [one for one in addresses() if one.partition("?")[0] in mine]


def answers(asked, roles) -> dict[tuple[str, str], tuple[int, bytes]]:
    """What each role is answered, with nothing kept from before."""
    load._load_figures.kept.clear()
    load._compute.kept.clear()
    page = Route("/{path:path}", lambda _request: PlainTextResponse('<html lang="en"><body></body>'))
    client = TestClient(Starlette(routes=[*ROUTES, page], middleware=MIDDLEWARE), base_url="http://127.0.0.1:8501")
    found = {}
    for address in asked:
        for who in roles:
            answer = client.get(address, headers=headers_of(who), follow_redirects=False)
            found[address, who] = answer.status_code, answer.content
    return found


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_an_answer_does_not_depend_on_who_asked_before(closed, monkeypatch, part):
    monkeypatch.setattr(guard, "BURST", 1_000_000)
    asked, told = part_of_addresses(part), []
    for roles in (ROLES, ROLES[::-1]):
        monkeypatch.setattr(answering, "KEPT", KeptAnswers())
        monkeypatch.setattr(answering, "TABLES", LastAsked[KeptTable](TABLES_KEPT))
        told.append(answers(asked, roles))
    assert not [one for one in told[0] if told[0][one] != told[1][one]]
    # And some are told something else than others.
    assert any(told[0][address, "steward"] != told[0][address, "commune"] for address in asked)


def test_every_address_is_asked_in_one_of_the_parts():
    assert len(addresses()) > 50
    assert sorted(one for part in range(PARTS) for one in part_of_addresses(part)) == sorted(addresses())
