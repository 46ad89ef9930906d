"""An installation that signs people in at a provider on loopback, as Chromium meets it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, expect

from data.people.accounts import list_accounts, set_role
from data.people.setting import SIGN_IN
from data.people.viewer import OPERATOR
from data.records.kind import Role
from tests.browser.conftest import READY, Application, free_port
from tests.openid import Provider

HERE = "09.541.04.67"
_COOKIE_SECRET = "long enough to sign a cookie with"


@dataclass(frozen=True)
class House:
    """``address``: where people come; ``provider``: where they say who they are."""

    address: str
    provider: Provider

    def agree(self, page: Page, subject: str, screen: str = "") -> None:
        """From a screen to the sign-in, from there to the provider, and to be a subject there."""
        page.goto(f"{self.address}/{screen}?lang=fr")
        expect(page).to_have_url(f"{self.address}/sign-in?lang=fr")
        page.get_by_role("link", name="Se connecter").click()
        page.get_by_role("link", name=subject, exact=True).click()

    def enter(self, page: Page, role: Role) -> None:
        """As a person of a role; an account that is new waits until the steward gives it."""
        known = {account.account for account in list_accounts()}
        self.agree(page, role, "sign-in")
        page.locator(READY).first.wait_for()
        for account in {account.account for account in list_accounts()} - known:
            expect(page.get_by_role("heading", name="Votre compte attend un rôle")).to_be_visible()
            set_role(OPERATOR, account, role, (HERE,), known=(HERE,))
        page.goto(f"{self.address}/?lang=fr")
        page.locator(READY).first.wait_for()


@contextmanager
def open_house(built: Path, root: Path, secrets: Path, subjects: tuple[str, ...] = ("u1",)) -> Iterator[House]:
    """The application as an installation with a provider starts it, on a copy of a built store."""
    port = free_port()
    shutil.copytree(built, root)
    with Provider(free_port(), subjects) as provider:
        shared = {"redirect_uri": f"http://127.0.0.1:{port}/oauth2callback", "cookie_secret": _COOKIE_SECRET}
        lines = [f'{name} = "{value}"' for name, value in (shared | provider.secrets).items()]
        secrets.write_text("\n".join(["[auth]", *lines]), encoding="utf-8")
        running = Application(root, port, ("--secrets.files", str(secrets)), **{SIGN_IN: "openid"})
        try:
            yield House(running.address, provider)
        finally:
            running.stop()
