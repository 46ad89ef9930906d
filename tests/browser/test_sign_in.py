"""A person signs in through Chromium at a real provider, sees the own commune and nothing else, and signs out."""

import shutil

import pytest
from playwright.sync_api import expect

from data.i18n import Translator
from data.people.accounts import list_accounts, set_role
from data.people.setting import SIGN_IN
from data.people.viewer import OPERATOR, viewer_of
from data.records.kind import Role
from data.store import ROOT_VARIABLE
from tests.browser.conftest import READY, Application, free_port
from tests.openid import Provider
from tests.walking import list_screens

HERE = "09.541.04.67"


@pytest.fixture
def signing_in(built_store, tmp_path, monkeypatch):
    """The application as an installation with a provider starts it."""
    root, port = tmp_path / "store", free_port()
    shutil.copytree(built_store, root)
    monkeypatch.setenv(ROOT_VARIABLE, str(root))
    with Provider(free_port()) as provider:
        shared = {
            "redirect_uri": f"http://127.0.0.1:{port}/oauth2callback",
            "cookie_secret": "long enough to sign a cookie with",
        }
        file = tmp_path / "secrets.toml"
        lines = [f'{name} = "{value}"' for name, value in (shared | provider.secrets).items()]
        file.write_text("\n".join(["[auth]", *lines]), encoding="utf-8")
        running = Application(root, port, ("--secrets.files", str(file)), **{SIGN_IN: "openid"})
        yield running.address
        running.stop()


@pytest.mark.slow
def test_a_commune_signs_in_waits_for_its_role_sees_its_own_and_signs_out(signing_in, chromium):
    t, context = Translator("fr"), chromium.new_context()
    page = context.new_page()
    sockets = []
    page.on("websocket", lambda socket: sockets.append(socket.url))
    page.goto(f"{signing_in}/map?lang=fr")
    expect(page).to_have_url(f"{signing_in}/sign-in?lang=fr")
    page.get_by_role("link", name="Se connecter").click()
    page.get_by_role("link", name="u1").click()
    expect(page.get_by_role("heading", name="Votre compte attend un rôle")).to_be_visible()
    account = list_accounts()[0].account
    expect(page.get_by_text(account)).to_be_visible()
    set_role(OPERATOR, account, Role.COMMUNE, (HERE,), known=(HERE,))
    page.goto(f"{signing_in}/?lang=fr&commune=09.541.01.01")
    page.locator(READY).first.wait_for()
    expect(page.locator("h1").first).to_contain_text("Tizi N'test")
    expect(page.get_by_text("Connecté : commune")).to_be_visible()
    screens = page.locator("[data-testid=stSidebarNavLink]").all_inner_texts()
    assert [name.strip().splitlines()[-1] for name in screens] == [
        t(f"screen.{name}") for name in list_screens() if viewer_of(Role.COMMUNE, (HERE,)).opens(name)
    ]
    page.get_by_role("link", name="Se déconnecter").click()
    expect(page).to_have_url(f"{signing_in}/sign-in?lang=fr")
    opened = len(sockets)
    page.goto(f"{signing_in}/commune?lang=fr")
    expect(page).to_have_url(f"{signing_in}/sign-in?lang=fr")
    assert len(sockets) == opened >= 1
    context.close()
