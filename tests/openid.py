"""A provider of OpenID Connect on loopback: signs in whoever is asked for, and misbehaves on demand, as an attacker would have it."""

from __future__ import annotations

import secrets
import threading
import time
from html import escape
from urllib.parse import urlencode

import uvicorn
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

CLIENT, CLIENT_SECRET = "dashboard", "the secret of the client"
FAULTS = ("expired", "forged", "wrong_nonce", "wrong_audience", "wrong_issuer", "unsigned")
# The last token that was as it should be, given once more: what somebody caught on its way.
REPLAYED = "replayed"


class Provider:
    """A running provider; ``fault`` is what is wrong with the next token, if anything."""

    def __init__(self, port: int, subjects: tuple[str, ...] = ("u1",)) -> None:
        self.issuer = f"http://127.0.0.1:{port}"
        self.subjects, self.fault, self.sign_outs = subjects, "", 0
        self.claims: dict[str, object] = {}
        self._key, self._other = (RSAKey.generate_key(2048, {"kid": "k1", "use": "sig", "alg": "RS256"}) for _ in range(2))
        self._codes: dict[str, tuple[str, str]] = {}
        self._caught = ""
        paths = {
            "/.well-known/openid-configuration": self._describe,
            "/authorize": self._authorize,
            "/agree": self._agree,
            "/keys": self._keys,
            "/logout": self._logout,
        }
        routes = [Route(path, answer) for path, answer in paths.items()]
        app = Starlette(routes=[*routes, Route("/token", self._token, methods=["POST"])])
        self._server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error", lifespan="off"))
        self._thread = threading.Thread(target=self._server.run, daemon=True)

    def __enter__(self) -> Provider:
        self._thread.start()
        while not self._server.started:
            self._thread.join(0.01)
        return self

    def __exit__(self, *_error: object) -> None:
        self._server.should_exit = True
        self._thread.join()

    @property
    def secrets(self) -> dict[str, str]:
        """What ``secrets.toml`` says of it."""
        metadata = f"{self.issuer}/.well-known/openid-configuration"
        return {"client_id": CLIENT, "client_secret": CLIENT_SECRET, "server_metadata_url": metadata}

    def _describe(self, _request: Request) -> Response:
        ends = {"authorization": "authorize", "token": "token", "end_session": "logout"}
        return JSONResponse(
            {
                "issuer": self.issuer,
                **{f"{name}_endpoint": f"{self.issuer}/{path}" for name, path in ends.items()},
                "jwks_uri": f"{self.issuer}/keys",
                "response_types_supported": ["code"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256"],
                "code_challenge_methods_supported": ["S256"],
            }
        )

    def _authorize(self, request: Request) -> Response:
        """A person chooses who to be."""
        kept = {name: request.query_params[name] for name in ("redirect_uri", "state", "nonce")}
        links = [f'<a href="agree?{escape(urlencode({**kept, "subject": s}))}">{escape(s)}</a>' for s in self.subjects]
        return HTMLResponse("<title>Provider</title>" + " ".join(links))

    def _agree(self, request: Request) -> Response:
        asked, code = request.query_params, secrets.token_urlsafe(16)
        self._codes[code] = (asked["subject"], asked["nonce"])
        return RedirectResponse(f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}")

    async def _token(self, request: Request) -> Response:
        """A code is good once."""
        form = await request.form()
        found = self._codes.pop(str(form["code"]), None)
        if found is None:
            return JSONResponse({"error": "invalid_grant"}, 400)
        return JSONResponse(
            {"access_token": "at", "token_type": "Bearer", "expires_in": 600, "id_token": self._sign(*found)}
        )

    def _sign(self, subject: str, nonce: str) -> str:
        """An id token, as it should be or with the fault that was asked for."""
        now, fault = int(time.time()), self.fault
        if fault == REPLAYED:
            return self._caught
        claims = {"iss": self.issuer, "sub": subject, "aud": CLIENT, "iat": now, "exp": now + 600, "nonce": nonce}
        wrong = {
            "expired": {"iat": now - 7200, "exp": now - 3600},
            "wrong_nonce": {"nonce": "another"},
            "wrong_audience": {"aud": "another"},
            "wrong_issuer": {"iss": "https://another.example"},
        }
        claims |= {"email": "agent@commune.ma", "name": "Une personne"} | self.claims | wrong.get(fault, {})
        if fault == "unsigned":
            return jwt.encode({"alg": "none"}, claims, self._key, algorithms=["none"])
        token = jwt.encode({"alg": "RS256", "kid": "k1"}, claims, self._other if fault == "forged" else self._key)
        if not fault:
            self._caught = token
        return token

    def _keys(self, _request: Request) -> Response:
        return JSONResponse({"keys": [self._key.as_dict(private=False)]})

    def _logout(self, request: Request) -> Response:
        self.sign_outs += 1
        return RedirectResponse(request.query_params["post_logout_redirect_uri"])
