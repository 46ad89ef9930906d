"""What is asked of the installation: names, addresses, amounts, faults; and what leaves it."""

import asyncio
import re
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from pathlib import Path

import httpx2 as httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from data.i18n import LANGUAGES, Translator
from data.people.roles import Right
from pages.address.public import VARIABLE, public_address
from pages.address.short import shorten
from pages.web import addresses, guard
from pages.web.access import RECEIVED, is_computed, need_of
from pages.web.addresses import KnownAddresses
from pages.web.guard import BURST, Rate, Turns
from pages.web.middleware import MIDDLEWARE
from pages.web.policy import PRINT, hash_of, policy_of
from pages.web.routes import ROUTES
from tests.clients import open_before_pages, page
from tests.walking import list_screens


@pytest.fixture
def client():
    return open_before_pages()


# Names and addresses


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8501", "127.0.0.1.evil.example", "", "127.0.0.1@evil.example"]
)
@pytest.mark.parametrize("path", ["/", "/healthz", "/api/v1/communes"])
def test_another_name_is_refused(built, client, host, path):
    assert client.get(path, headers={"host": host}).status_code == 400


@pytest.mark.parametrize("host", ["localhost:8501", "127.0.0.1", "[::1]:8501"])
def test_our_names_are_answered(built, client, host):
    assert client.get("/healthz", headers={"host": host}).status_code == 200


def test_every_screen_has_its_address_and_no_other_word_has_one():
    routes = [Route("/{address:path}", page)]
    client = TestClient(Starlette(routes=routes, middleware=[Middleware(KnownAddresses, routes=ROUTES)]))
    for name in ["", *list_screens()]:
        assert client.get(f"/{name}").status_code == 200, name
    for unknown in ("nothing", "map/etc", "wp-login.php", ".env", "admin/", "screen.title", "_stcore/metrics", "sheets"):
        assert client.get(f"/{unknown}").status_code == 404, unknown


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unknown_address_is_answered_in_the_readers_language(client, language):
    answer = client.get("/nothing", params={"lang": language})
    assert Translator(language)("address.unknown", asked="\u2068nothing\u2069") in unescape(answer.text)
    assert f'lang="{language}"' in answer.text
    # Nothing is near: the screens that a commune is looked for on.
    for screen in addresses.SEARCHED:
        assert f'href="{screen}?lang={language}"' in answer.text
        assert client.get(f"/{screen}").status_code == 200


@pytest.mark.taroudannt
def test_a_typed_address_is_led_on_with_its_parameters(client):
    answer = client.get("/conseil?month=2025-08&lang=ar", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (307, "council?month=2025-08&lang=ar")
    answer = client.get(
        "/commune/%D8%AA%D9%8A%D8%B2%D9%8A%20%D9%86%D8%AA%D8%A7%D8%B3%D8%AA?month=2025-08", follow_redirects=False
    )
    assert answer.headers["location"] == "../commune?month=2025-08&commune=09.541.04.67"
    answer = client.get("/map?commune=tizi-ntest", follow_redirects=False)
    assert answer.headers["location"] == "map?commune=09.541.04.67"
    word = shorten("map", {"month": "2025-08"})
    assert client.get(f"/s/{word}", follow_redirects=False).headers["location"] == "../map?month=2025-08"
    assert client.get("/robots.txt").text.startswith("User-agent: *")


@pytest.mark.parametrize("path", ["/commune/unknown", "/commune?commune=unknown", "/?commune=09.541.99.99", "/s/nothing"])
def test_another_commune_is_never_shown_in_the_place_of_an_unknown_one(client, path):
    answer = client.get(path, headers={"accept-language": "de, ar-MA;q=0.9, fr;q=0.5"})
    assert answer.status_code == 404
    assert '<html lang="ar" dir="rtl">' in answer.text
    assert "Streamlit" not in answer.text
    assert "commune=09.541.99" not in answer.text


@pytest.mark.taroudannt
def test_an_unknown_address_names_the_nearest_and_escapes_what_was_asked(client):
    text = client.get("/commune/tizi?lang=fr&month=2025-08").text
    assert 'href="../commune?lang=fr&amp;month=2025-08&amp;commune=09.541.04.67"' in text
    assert "<script>x" not in client.get("/commune/<script>x").text


def test_measures_are_given_where_they_are_switched_on(client, monkeypatch):
    monkeypatch.setenv(addresses.METRICS_VARIABLE, "1")
    assert client.get("/_stcore/metrics").status_code == 200


@pytest.mark.parametrize("path", ["/healthz", "/nothing", "/api/nothing", "/_stcore/health"])
def test_every_answer_has_its_headers(built, client, path):
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert "frame-ancestors 'self'" in policy
    assert "form-action 'self'" in policy
    assert "http" not in policy.replace("https", "")
    assert not {"ws:", "wss:", "*", "https:"} & set(policy.replace(";", " ").split())
    assert headers["x-frame-options"] == "SAMEORIGIN"
    assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "path", ["/sheet/x", "/diaspora", "/api/docs", "/embed/map", "/report.pdf", "/sign-in", "/portrait/x"]
)
def test_a_page_of_our_own_may_print_itself_and_run_nothing_else(path):
    rules = dict(rule.strip().split(" ", 1) for rule in policy_of(path, "localhost").split(";"))
    assert rules["default-src"] == "'none'"
    assert not {"connect-src", "object-src", "frame-src", "script-src-elem"} & rules.keys()
    # The word that prints, by its hash, and no script else.
    assert re.fullmatch(r"'unsafe-hashes' 'sha256-[A-Za-z0-9+/]{43}='", rules["script-src"])
    papers = (Path(__file__).parents[2] / "pages" / "print" / "templates").glob("*.html.jinja")
    handlers = {word for page in papers for word in re.findall(r' on[a-z]+="([^"]*)"', page.read_text(encoding="utf-8"))}
    assert handlers == {PRINT}


def test_a_screen_runs_the_scripts_that_are_written_on_it_and_evaluates_nothing(built):
    routes = [
        Route("/commune", lambda _r: HTMLResponse('<html lang="en"><head><script>var a;</script></head><body></body>'))
    ]
    answer = TestClient(Starlette(routes=routes, middleware=MIDDLEWARE), base_url="http://127.0.0.1").get(
        "/commune?lang=fr", headers={"accept": "text/html"}
    )
    rules = dict(rule.strip().split(" ", 1) for rule in answer.headers["content-security-policy"].split(";"))
    written = re.findall("<script>(.*?)</script>", answer.text, re.DOTALL)
    assert [hash_of(script) in rules["script-src"].split() for script in written] == [True, True]
    assert not {"'unsafe-inline'", "'unsafe-eval'", "'unsafe-hashes'", "data:"} & set(rules["script-src"].split())
    assert re.findall(r" on[a-z]+=", answer.text) == []
    assert "'unsafe-eval'" in policy_of("/component/streamlit_folium.st_folium/index.html", "localhost")
    assert "'unsafe-eval'" not in policy_of("/component/other/index.html", "localhost")


@pytest.mark.parametrize(("host", "sockets"), [
    ("pression.example.ma", "ws://pression.example.ma wss://pression.example.ma"), ("127.0.0.1:8501", "ws://127.0.0.1:8501 wss://127.0.0.1:8501"),
    ("[::1]:8501", "ws://[::1]:8501 wss://[::1]:8501"), ("x; script-src *", ""), ("x *", ""), ("", ""), ("a" + "\n" + "b", ""),
])  # fmt: skip
def test_a_screen_reaches_its_own_server_and_no_other(host, sockets):
    assert policy_of("/map", host).endswith(f"connect-src 'self' {sockets}".strip())


def test_papers_carry_the_configured_address(built, client, monkeypatch):
    monkeypatch.setenv(VARIABLE, "https://pression.example.ma")
    text = client.get("/sheet/09.541.04.67", headers={"host": "127.0.0.1:6666"}).text
    assert "https://pression.example.ma/commune?" in text
    assert "6666" not in text
    monkeypatch.setenv(VARIABLE, "")
    assert public_address("http://127.0.0.1/") == "http://127.0.0.1/"


# Amounts


def test_one_address_gets_so_many_in_a_row_and_then_so_many_a_second():
    rate = Rate(None)
    assert sum(rate.takes("a", 100.0) for _ in range(BURST + 50)) == BURST
    assert rate.takes("b", 100.0)
    assert sum(rate.takes("a", 102.0) for _ in range(50)) == 10
    assert sum(rate.takes("a", 10_000.0) for _ in range(BURST + 50)) == BURST
    for address in range(guard.MOST_ADDRESSES + 10):
        rate.takes(str(address), 0.0)
    assert len(rate._left) == guard.MOST_ADDRESSES


def test_what_comes_too_often_is_told_to_wait(built, client, monkeypatch):
    monkeypatch.setattr(guard, "BURST", 2)
    monkeypatch.setattr(guard, "A_SECOND", 0.0)
    codes = [client.get("/api/nothing").status_code for _ in range(3)]
    assert codes == [404, 404, 429]
    assert client.get("/healthz").status_code == 200


def test_papers_are_made_a_few_at_once_and_others_wait_their_turn_while_health_answers(monkeypatch):
    monkeypatch.setattr(guard, "MOST_WAITING", 3)

    async def walk():
        open_gate, running, most = asyncio.Event(), 0, 0

        async def paper(_request):
            nonlocal running, most
            running += 1
            most = max(most, running)
            await open_gate.wait()
            running -= 1
            return PlainTextResponse("paper")

        async def health(_request):
            return PlainTextResponse("ok")

        app = Starlette(routes=[Route("/sheet/x", paper), Route("/healthz", health)], middleware=[Middleware(Turns)])
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://localhost") as client:
            asked = []
            for _ in range(7):
                asked.append(asyncio.create_task(client.get("/sheet/x")))
                for _ in range(20):
                    await asyncio.sleep(0)
            assert (await client.get("/healthz")).text == "ok"
            open_gate.set()
            codes = [(await answer).status_code for answer in asked]
        return codes, most

    # In a thread of its own: a browser of another test may hold the loop of this one.
    with ThreadPoolExecutor(1) as pool:
        codes, most = pool.submit(lambda: asyncio.run(walk())).result()
    assert most == guard.AT_ONCE
    assert codes == [200] * 5 + [503] * 2


def test_whoever_sends_a_file_slowly_keeps_nobody_from_a_paper():
    async def walk():
        arrived, may_go_on = asyncio.Event(), asyncio.Event()

        async def receive_file(_request):
            arrived.set()
            await may_go_on.wait()
            return PlainTextResponse("kept")

        async def paper(_request):
            return PlainTextResponse("paper")

        routes = [Route(RECEIVED, receive_file, methods=["POST"]), Route("/report.pdf", paper)]
        app = Starlette(routes=routes, middleware=[Middleware(Turns)])
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://localhost") as client:
            sending = [asyncio.create_task(client.post(RECEIVED)) for _ in range(guard.RECEIVED_AT_ONCE + 3)]
            await arrived.wait()
            papers = [(await client.get("/report.pdf")).text for _ in range(guard.AT_ONCE + 1)]
            may_go_on.set()
            return papers, [(await answer).status_code for answer in sending]

    with ThreadPoolExecutor(1) as pool:
        papers, codes = pool.submit(lambda: asyncio.run(walk())).result(timeout=60)
    assert papers == ["paper"] * (guard.AT_ONCE + 1)
    assert set(codes) == {200}


def test_every_paper_and_every_answer_of_the_api_waits_its_turn():
    """What is worked out when it is asked for is bounded, whichever route is added to the table of addresses."""
    worked_out = {route.path for route in ROUTES if isinstance(need_of(route.path), Right)}
    assert {path for path in worked_out if not is_computed(path)} == {RECEIVED}
    for path in (
        "/report.pdf",
        "/report.docx",
        "/diaspora",
        "/diaspora/x",
        "/portrait/x",
        "/sheet/x.pdf",
        "/embed/map",
        "/deck/x",
    ):
        assert is_computed(path), path
    for path in ("/", "/map", "/healthz", "/assets/style.css", "/_stcore/stream"):
        assert not is_computed(path), path


# Faults and the log


def test_the_page_in_the_place_of_a_missing_file_is_not_sent():
    files = [Route("/known.js", lambda _: PlainTextResponse("js")), Route("/{address:path}", page)]
    client = TestClient(Starlette(routes=files, middleware=[Middleware(KnownAddresses, routes=[])]))
    assert client.get("/known.js").text == "js"
    assert client.get("/other.js").status_code == 404


# Texts that leave
