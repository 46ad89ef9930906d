"""An installation behind a proxy, with a person of each role."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.websockets import WebSocket

from data.people import handed_on
from data.records.kind import Role

HERE, THERE = "09.541.04.67", "09.541.01.01"
SECRET = "a secret that the proxy and the application share"
SIGNED_IN = [role for role in Role if role is not Role.PUBLIC]


async def behind(request: Request) -> PlainTextResponse:
    """What stands behind the gate in the place of the application: whoever was let through."""
    return PlainTextResponse(f"through as {request.scope['person'].viewer.role}")


async def socket_behind(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_text(socket.headers[handed_on.HEADER])
    await socket.close()


def headers_of(who: str) -> dict[str, str]:
    """What the proxy sends: no name for the public, and no proof for nobody."""
    if who == "nobody":
        return {}
    return {"x-proxy-secret": SECRET} | ({} if who == "public" else {"x-forwarded-user": who})
