"""``/sign-in``: where a person who is not signed in is led, and from where to the provider."""

from __future__ import annotations

from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from streamlit.auth_util import encode_provider_token, get_secrets_auth_section

from data.i18n import DEFAULT_LANGUAGE, LANGUAGES, Translator
from data.people.groups import read_groups
from data.people.setting import Mode, SettingError, read_setting
from pages.html import fill

_DEFAULT = "default"
_ASKED = "client_id"
SHORTEST_COOKIE_SECRET = 32


def sign_in(request: Request) -> Response:
    """A page with a link for each provider; to the first screen where nobody has to sign in."""
    setting = read_setting()
    language = request.query_params.get("lang", "")
    t = Translator(language if language in LANGUAGES else DEFAULT_LANGUAGE)
    if setting.mode is Mode.OPEN:
        return RedirectResponse("./", 303)
    names = list_providers() if setting.mode is Mode.OPENID else []
    links = [{"href": f"sign-in/{name}", "name": _label(name, names, t)} for name in names]
    message = t("accounts.sign_in_lead" if names else "accounts.sign_in_proxy")
    page = fill("sign_in", t, title=t("accounts.sign_in_title"), message=message, links=links, languages=LANGUAGES)
    return HTMLResponse(page, headers={"cache-control": "no-store"})


def check_setting() -> None:
    """Nothing where people can sign in as the environment says; asked before the server starts.

    Raises:
        SettingError: a mode that there is not, no provider, no address that leads back, or a cookie secret that can be guessed.
    """
    if read_setting().mode is not Mode.OPENID:
        return
    section = get_secrets_auth_section().to_dict()
    if not list_providers() or not str(section.get("redirect_uri", "")).endswith("/oauth2callback"):
        raise SettingError("secrets.toml: [auth] names no provider, or no redirect_uri that ends in /oauth2callback")
    if groups := read_setting().groups:
        read_groups(Path(groups))
    if len(str(section.get("cookie_secret", ""))) < SHORTEST_COOKIE_SECRET:
        raise SettingError(f"secrets.toml: cookie_secret has at least {SHORTEST_COOKIE_SECRET} characters")


def start(request: Request) -> Response:
    """To a provider, by Streamlit's own sign-in; back to the page for one that there is not."""
    name = request.path_params["provider"]
    if read_setting().mode is not Mode.OPENID or name not in list_providers():
        return RedirectResponse("../sign-in", 303)
    return RedirectResponse(f"../auth/login?provider={encode_provider_token(name)}", 303)


def list_providers() -> list[str]:
    """Providers of the secrets file: the one without a name, and those that have one."""
    section = get_secrets_auth_section().to_dict()
    named = [name for name, value in section.items() if isinstance(value, dict) and _ASKED in value]
    return [*([_DEFAULT] if _ASKED in section else []), *named]


def _label(name: str, names: list[str], t: Translator) -> str:
    return t("accounts.sign_in") if len(names) == 1 else t("accounts.sign_in_with", provider=name)
