"""A person signs in through Chromium at a real provider, sees the own commune and nothing else, and signs out."""

import pytest
from playwright.sync_api import expect

from data.i18n import Translator
from data.people.accounts import list_accounts, set_role
from data.people.viewer import OPERATOR, viewer_of
from data.records.kind import Role
from data.store import ROOT_VARIABLE
from tests.browser.conftest import READY
from tests.browser.house import HERE, open_house
from tests.openid import FAULTS, REPLAYED
from tests.walking import list_screens


@pytest.fixture(scope="module")
def house(built_store, tmp_path_factory):
    folder = tmp_path_factory.mktemp("signing-in")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(ROOT_VARIABLE, str(folder / "store"))
        with open_house(built_store, folder / "store", folder / "secrets.toml", ("u1", "u2")) as opened:
            yield opened


@pytest.fixture
def signing_in(house):
    house.provider.fault = ""
    return house.address


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


@pytest.mark.slow
@pytest.mark.parametrize("fault", [*FAULTS, REPLAYED])
def test_whoever_comes_with_a_token_that_is_not_theirs_stands_at_the_sign_in_again(signing_in, house, chromium, fault):
    if fault == REPLAYED:
        # Somebody signs in first, and their token is caught.
        first = chromium.new_context()
        house.agree(first.new_page(), "u2")
        expect(first.pages[0].get_by_role("heading", name="Votre compte attend un rôle")).to_be_visible()
        first.close()
    known, context = list_accounts(), chromium.new_context()
    page = context.new_page()
    sockets = []
    page.on("websocket", lambda socket: sockets.append(socket.url))
    house.provider.fault = fault
    house.agree(page, "u2", "map")
    expect(page.get_by_role("link", name="Se connecter")).to_be_visible()
    for screen in ("", "commune", f"sheet/{HERE}"):
        page.goto(f"{signing_in}/{screen}?lang=fr")
        expect(page.get_by_role("link", name="Se connecter")).to_be_visible()
    assert [account.account for account in list_accounts()] == [account.account for account in known]
    assert sockets == []
    context.close()


@pytest.mark.slow
def test_the_way_back_from_the_provider_is_good_once_and_in_the_browser_that_asked(signing_in, house, chromium):
    context, stranger = chromium.new_context(), chromium.new_context()
    page, led = context.new_page(), []
    page.on("request", lambda request: led.append(request.url) if "/oauth2callback?" in request.url else None)
    house.agree(page, "u2")
    expect(page.get_by_role("heading", name="Votre compte attend un rôle")).to_be_visible()
    page.get_by_role("link", name="Se déconnecter").click()
    expect(page).to_have_url(f"{signing_in}/sign-in?lang=fr")
    for again in (page, stranger.new_page()):
        again.goto(led[0])
        again.goto(f"{signing_in}/?lang=fr")
        expect(again).to_have_url(f"{signing_in}/sign-in?lang=fr")
    context.close()
    stranger.close()
