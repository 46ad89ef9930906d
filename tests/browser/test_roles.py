"""Each role, signed in through Chromium: its screens with the controls that it may use, and nothing of another role's."""

import os

import pytest
from playwright.sync_api import expect

from data.i18n import Translator
from data.people.setting import PUBLIC
from data.records.kind import Role
from data.store import ROOT_VARIABLE
from tests.browser.conftest import READY
from tests.browser.house import HERE, open_house
from tests.closed_house import SIGNED_IN, THERE
from tests.integration.test_roles_everywhere import ADDRESSES, CONTROLS, SCREENS
from tests.walking import list_screens

# What a browser is led to by a link, of each address one.
PAPERS = [
    one
    for one in ADDRESSES
    if one.startswith(("/sheet", "/portrait", "/deck", "/report", "/diaspora", "/api/v1/map", "/embed"))
]


@pytest.fixture(scope="module")
def house(built_store, tmp_path_factory):
    folder = tmp_path_factory.mktemp("roles")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(ROOT_VARIABLE, str(folder / "store"))
        patch.setenv(PUBLIC, "1")
        with open_house(built_store, folder / "store", folder / "secrets.toml", tuple(SIGNED_IN)) as opened:
            yield opened


@pytest.fixture
def entered(house, chromium, request):
    """A page of somebody of a role."""
    context = chromium.new_context()
    page = context.new_page()
    page.set_default_timeout(90_000)
    if request.param == Role.PUBLIC:
        page.goto(f"{house.address}/?lang=fr")
        page.locator(READY).first.wait_for()
    else:
        house.enter(page, Role(request.param))
    yield page, request.param
    context.close()


def offered(page) -> list[str]:
    """Screens in the list at the side, as it names them."""
    return [link.strip().splitlines()[-1] for link in page.locator("[data-testid=stSidebarNavLink]").all_inner_texts()]


def open_screen(page, address: str, screen: str, **asked: str) -> None:
    page.goto(f"{address}/{screen}?" + "&".join(f"{name}={value}" for name, value in {"lang": "fr", **asked}.items()))
    page.locator(READY).first.wait_for()
    expect(page.locator("[data-testid=stException]")).to_have_count(0)


@pytest.mark.slow
@pytest.mark.parametrize("entered", SCREENS, indirect=True)
def test_each_role_is_offered_its_screens_and_comes_to_no_other_by_its_address(house, entered):
    page, role = entered
    t, own = Translator("fr"), SCREENS[role].split()
    assert offered(page) == [t(f"screen.{name}") for name in list_screens() if name in own]
    sockets = []
    page.on("websocket", lambda socket: sockets.append(socket.url))
    for screen in [name for name in list_screens() if name not in own]:
        assert page.goto(f"{house.address}/{screen}?lang=fr").status == 403, screen
        expect(page.get_by_role("heading", name="Cet écran n'est pas ouvert à votre rôle")).to_be_visible()
        assert sorted(page.get_by_role("link").all_inner_texts()) == sorted(t(f"screen.{name}") for name in own)
    assert sockets == []
    # PROVE=1 opens every screen of every role.
    for screen in own if os.environ.get("PROVE") else own[-1:]:
        open_screen(page, house.address, screen, commune=THERE)
        main = page.locator("[data-testid=stMain]")
        for (place, label), roles in CONTROLS.items():
            if place == screen:
                is_file = label == "file_uploader"
                control = (
                    main.get_by_test_id("stFileUploader")
                    if is_file
                    else main.get_by_role("button", name=t(label), include_hidden=True)
                )
                assert (control.count() > 0) == (role in roles.split()), (screen, label)


@pytest.mark.slow
@pytest.mark.parametrize("entered", SCREENS, indirect=True)
def test_each_role_is_given_the_papers_of_its_list_and_of_its_communes(house, entered):
    page, role = entered
    for place in PAPERS:
        address, roles = ADDRESSES[place]
        answer = page.request.get(house.address + address)
        assert (answer.status == 200) == (role in roles.split()), (address, answer.status)
        foreign = address.replace(HERE, THERE)
        if foreign != address and role in ("commune", "animator"):
            assert page.request.get(house.address + foreign).status in (403, 404), foreign
