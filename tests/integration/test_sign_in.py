"""Signing in by OpenID Connect against a provider on loopback: a good token opens, any other does not, and nothing opens twice."""

import json
import re
import socket
from datetime import timedelta
from urllib.parse import quote

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.testclient import TestClient
from streamlit import config
from streamlit.runtime.secrets import secrets_singleton
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value
from streamlit.web.server.starlette.starlette_auth_routes import create_auth_routes
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from data.people import sessions
from data.people.accounts import list_accounts, set_role
from data.people.groups import read_groups
from data.people.ledger import ledger_path, now
from data.people.setting import GROUPS, SIGN_IN, SettingError
from data.people.viewer import OPERATOR
from data.records.kind import Role
from data.store import ROOT_VARIABLE, Store
from pages.web import way_on
from pages.web.middleware import MIDDLEWARE
from pages.web.routes import ROUTES
from pages.web.sign_in import check_setting
from tests.conftest import read_through
from tests.openid import FAULTS, REPLAYED, Provider

HERE, THERE, BASE = "09.541.04.67", "09.541.01.01", "http://127.0.0.1:8618"
COOKIE_SECRET = "a secret that signs cookies and is long enough"


@pytest.fixture(scope="module")
def provider():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with Provider(port) as running:
        yield running


@pytest.fixture
def installed(provider, built_store, tmp_path, monkeypatch):
    """An installation that signs in at the provider."""
    read_through(built_store, tmp_path / "taroudannt")
    monkeypatch.setenv(ROOT_VARIABLE, str(tmp_path))
    monkeypatch.setenv(SIGN_IN, "openid")
    provider.fault = ""
    shared = {"redirect_uri": f"{BASE}/oauth2callback", "cookie_secret": COOKIE_SECRET}
    lines = [f'{name} = "{value}"' for name, value in (shared | provider.secrets).items()]
    file = tmp_path / "secrets.toml"
    file.write_text("\n".join(["[auth]", *lines]), encoding="utf-8")
    before = config.get_option("secrets.files")
    config.set_option("secrets.files", [str(file)])
    secrets_singleton._reset()
    yield
    config.set_option("secrets.files", before)
    secrets_singleton._reset()


def browser() -> TestClient:
    app = Starlette(
        routes=[*ROUTES, *create_auth_routes("")],
        middleware=[
            *MIDDLEWARE,
            Middleware(SessionMiddleware, secret_key=COOKIE_SECRET, session_cookie="_streamlit_session"),
        ],
    )
    return TestClient(app, base_url=BASE, follow_redirects=False)


def agree(client: TestClient) -> str:
    """Walk from the sign-in to the provider and agree there; gives the address that leads back."""
    page = client.get("/sign-in?lang=fr")
    link = re.search(r'href="(sign-in/[^"?]+)"', page.text)[1]
    to_login = client.get(f"/{link}").headers["location"]
    to_provider = client.get(to_login.replace("../", "/")).headers["location"]
    assert "code_challenge_method=S256" in to_provider
    asked = httpx.get(to_provider)
    choice = re.search(r'href="([^"]+)"', asked.text)[1].replace("&amp;", "&")
    back = httpx.get(to_provider.rpartition("/")[0] + "/" + choice).headers["location"]
    assert back.startswith(f"{BASE}/oauth2callback?")
    return back


def sign_in(client: TestClient) -> None:
    client.get(agree(client))


def status(client: TestClient) -> int:
    return client.get("/api/v1/communes").status_code


def test_a_person_signs_in_waits_for_a_role_sees_its_rows_and_signs_out(installed, provider):
    client = browser()
    assert status(client) == 401
    sign_in(client)
    assert status(client) == 403
    account = list_accounts()[0]
    assert account.role is None
    set_role(OPERATOR, account.account, Role.COMMUNE, (HERE,), known=(HERE,))
    answer = client.get("/api/v1/communes")
    assert [row["commune_code"] for row in answer.json()["communes"]] == [HERE]
    cookies = dict(client.cookies)
    signed_out = provider.sign_outs
    to_provider = client.get("/auth/logout").headers["location"]
    assert to_provider.startswith(f"{provider.issuer}/logout")
    assert status(client) == 401
    assert [(e.action, e.actor) for e in reversed(Store().audit.entries())][-3:] == [
        ("sign-in", f"waiting:{account.account}"), ("role", "terminal"), ("sign-out", f"commune:{account.account}"),
    ]  # fmt: skip
    # A copy of the cookie, made before, opens nothing any more.
    thief = browser()
    thief.cookies.update(cookies)
    assert status(thief) == 401
    assert provider.sign_outs == signed_out


@pytest.mark.parametrize("view", [f"/commune?commune={HERE}&lang=ar", f"/sheet/{HERE}?lang=ar", "/report.pdf?lang=ar"])
def test_the_view_that_was_asked_for_is_shown_once_after_signing_in(installed, view):
    client, html = browser(), {"accept": "text/html"}
    turned = client.get(view, headers=html)
    assert turned.headers["location"] == "../" * (view.count("/") - 1) + "sign-in?lang=ar"
    assert "httponly" in turned.headers["set-cookie"].lower()
    sign_in(client)
    led = client.get("/", headers=html)
    assert (led.status_code, led.headers["location"]) == (303, f".{view}")
    assert not client.get("/", headers=html).is_redirect


@pytest.mark.parametrize(
    "view", ["//evil.example/", "https://evil.example/", "/\\evil.example", "/", "/x\r\nset-cookie: a=b"]
)
def test_nobody_is_led_to_another_host_after_signing_in(installed, view):
    client = browser()
    sign_in(client)
    client.cookies.set(way_on.COOKIE, quote(view, safe=""))
    assert not client.get("/", headers={"accept": "text/html"}).is_redirect


def test_a_sign_in_that_the_provider_refused_stands_in_the_audit_log_once_a_minute(installed, provider):
    client = browser()
    for fault in FAULTS[:2]:
        provider.fault = fault
        sign_in(client)
    assert [e.action for e in Store().audit.entries()].count("sign-in-refused") == 1


def test_nothing_of_the_person_is_kept(installed):
    client = browser()
    sign_in(client)
    assert status(client) == 403
    kept = ledger_path().read_bytes() + b"".join(p.read_bytes() for p in ledger_path().parent.glob("people.sqlite-*"))
    assert not [word for word in (b"agent@commune.ma", b"Une personne", b"u1\n") if word in kept]


@pytest.mark.parametrize("fault", FAULTS)
def test_a_token_with_something_wrong_in_it_opens_nothing(installed, provider, fault):
    client = browser()
    provider.fault = fault
    sign_in(client)
    assert status(client) == 401
    assert list_accounts() == []


def test_a_token_that_was_good_for_one_sign_in_is_good_for_no_other(installed, provider):
    first, second = browser(), browser()
    sign_in(first)
    assert status(first) == 403
    provider.fault = REPLAYED
    sign_in(second)
    assert status(second) == 401


def test_an_answer_of_the_provider_is_good_once_and_for_the_browser_that_asked(installed):
    first = browser()
    back = agree(first)
    stranger = browser()
    stranger.get(back)
    assert status(stranger) == 401
    first.get(back)
    assert status(first) == 403
    kept = {name: value for name, value in first.cookies.items() if name == "_streamlit_session"}
    replaying = browser()
    replaying.cookies.update(kept)
    replaying.get(back)
    assert status(replaying) == 401


def cookie(secret: str = COOKIE_SECRET, **changed) -> str:
    said = {"iss": "https://provider", "sub": "u1", "origin": BASE, "is_logged_in": True, "provider": "default"} | changed
    return create_signed_value(secret, USER_COOKIE_NAME, json.dumps(said)).decode()


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (lambda: cookie(), 403),
        (lambda: cookie("another secret that signs cookies just as well"), 401),
        (lambda: cookie()[:-2], 401),
        (lambda: cookie(origin="https://another.example"), 401),
        (lambda: cookie(is_logged_in="yes"), 401),
        (lambda: cookie(sub=""), 401),
        (lambda: create_signed_value(COOKIE_SECRET, USER_COOKIE_NAME, "[]").decode(), 401),
        (lambda: create_signed_value(COOKIE_SECRET, USER_COOKIE_NAME, "not json").decode(), 401),
        (lambda: create_signed_value(COOKIE_SECRET, "another cookie", cookie()).decode(), 401),
        (lambda: "", 401),
    ],
)
def test_a_cookie_that_this_installation_did_not_sign_for_itself_opens_nothing(installed, value, expected):
    client = browser()
    client.cookies.set(USER_COOKIE_NAME, value())
    assert status(client) == expected


def test_a_session_ends_when_it_is_not_used(installed, monkeypatch):
    client = browser()
    sign_in(client)
    assert status(client) == 403
    later = now() + timedelta(minutes=121)
    monkeypatch.setattr(sessions, "now", lambda: later)
    assert status(client) == 401


def test_an_installation_without_a_provider_or_with_a_weak_secret_does_not_start(installed, tmp_path):
    check_setting()
    for text in ("", f'[auth]\nredirect_uri = "{BASE}/oauth2callback"\ncookie_secret = "short"\nclient_id = "x"\n'):
        (tmp_path / "secrets.toml").write_text(text, encoding="utf-8")
        secrets_singleton._reset()
        with pytest.raises(SettingError):
            check_setting()


GROUPS_FILE = f"""claim = "groups"
[[group]]
name = "responsables"
role = "steward"
[[group]]
name = "tizi"
role = "commune"
communes = ["{HERE}"]
[[group]]
name = "taroudannt"
role = "commune"
communes = ["{THERE}"]
"""


def test_roles_follow_the_groups_that_the_provider_names_at_each_sign_in(installed, provider, tmp_path, monkeypatch):
    file = tmp_path / "groups.toml"
    file.write_text(GROUPS_FILE, encoding="utf-8")
    monkeypatch.setenv(GROUPS, str(file))
    for named, expected in (
        (["tizi"], (Role.COMMUNE, (HERE,))), (["tizi", "taroudannt"], (Role.COMMUNE, (THERE, HERE))),
        (["tizi", "responsables"], (Role.STEWARD, ())), ("tizi", (Role.COMMUNE, (HERE,))), (["Tizi", "tizi "], (None, ())),
        ([], (None, ())), (["tizi"], (Role.COMMUNE, (HERE,))), ({"tizi": 1}, (None, ())),
    ):  # fmt: skip
        monkeypatch.setattr(provider, "claims", {"groups": named})
        client = browser()
        sign_in(client)
        assert status(client) == (403 if expected[0] is None else 200), named
        account = list_accounts()[0]
        assert (account.role, account.communes) == expected, named
    lines = [entry for entry in Store().audit.entries() if entry.action == "role"]
    assert {entry.actor for entry in lines} == {"provider"}


def test_a_session_that_began_in_a_group_ends_when_a_later_sign_in_names_none(installed, provider, tmp_path, monkeypatch):
    file = tmp_path / "groups.toml"
    file.write_text(GROUPS_FILE, encoding="utf-8")
    monkeypatch.setenv(GROUPS, str(file))
    monkeypatch.setattr(provider, "claims", {"groups": ["tizi"]})
    first, second = browser(), browser()
    sign_in(first)
    assert status(first) == 200
    monkeypatch.setattr(provider, "claims", {})
    sign_in(second)
    assert (status(second), status(first)) == (403, 401)


@pytest.mark.parametrize("text", [
    "", "[[group]]", '[[group]]\nname = "x"\nrole = "chief"', '[[group]]\nname = "x"\nrole = "public"',
    '[[group]]\nname = "x"\nrole = "commune"', '[[group]]\nname = "x"\nrole = "commune"\ncommunes = ["09.999.99.99"]',
    '[[group]]\nname = " "\nrole = "steward"', "not toml",
])  # fmt: skip
def test_a_file_of_groups_that_is_not_understood_stops_the_start(installed, tmp_path, monkeypatch, text):
    file = tmp_path / "groups.toml"
    file.write_text(text, encoding="utf-8")
    monkeypatch.setenv(GROUPS, str(file))
    with pytest.raises(SettingError):
        check_setting()
    read_groups.cache_clear()
