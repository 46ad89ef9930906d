"""A reader without a browser: opens a screen over Streamlit's websocket, changes a choice, reads the title that comes back."""

from __future__ import annotations

from types import TracebackType

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import connect

LARGEST_MESSAGE = 64 * 2**20


class Reader:
    """One session.

    Args:
        address: of the application, as ``http://host:port``.
        cookies: what keeps the reader with one of several processes.
    """

    def __init__(self, address: str, cookies: str = "") -> None:
        self._address = address.replace("http", "ws", 1) + "/_stcore/stream"
        self._cookies = cookies
        self._query, self._page = "", ""
        self._known: dict[str, ForwardMsg] = {}
        self._elements: dict[tuple[int, ...], Element] = {}
        self._changed: dict[str, WidgetState] = {}

    async def __aenter__(self) -> Reader:
        self._socket = await connect(
            self._address,
            subprotocols=["streamlit"],  # type: ignore[list-item]
            additional_headers={"Cookie": self._cookies} if self._cookies else None,
            max_size=LARGEST_MESSAGE,
        )
        return self

    async def __aexit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        await self._socket.close()

    async def open(self, page: str, query: str) -> str:
        """Open a screen by its name; returns its title."""
        self._page, self._query, self._changed = page, query, {}
        return await self._rerun()

    async def choose(self, label: str, option: str) -> str:
        """Choose in the list of that label, as a click does; returns the title that follows.

        Raises:
            LookupError: no list of that label, or no such option.
        """
        found = [e.selectbox for e in self._elements.values() if e.WhichOneof("type") == "selectbox"]
        box = next((b for b in found if b.label == label), None)
        if box is None or option not in box.options:
            raise LookupError(f"{label}: {option}")
        self._changed[box.id] = WidgetState(id=box.id, string_value=option)
        return await self._rerun()

    @property
    def title(self) -> str:
        """The first heading of the screen as it stands."""
        headings = [e.heading for _, e in sorted(self._elements.items()) if e.WhichOneof("type") == "heading"]
        return next((h.body for h in headings if h.tag == "h1"), "")

    async def _rerun(self) -> str:
        asked = BackMsg()
        asked.rerun_script.query_string = self._query
        asked.rerun_script.page_name = self._page
        asked.rerun_script.widget_states.widgets.extend(self._changed.values())
        await self._socket.send(asked.SerializeToString())
        self._elements = {}
        while True:
            message = ForwardMsg.FromString(await self._socket.recv())  # type: ignore[arg-type]
            if message.hash:
                self._known[message.hash] = message
            kind = message.WhichOneof("type")
            if kind == "ref_hash":
                place, message = message.metadata, self._known[message.ref_hash]
                kind = message.WhichOneof("type")
            else:
                place = message.metadata
            if kind == "delta" and message.delta.WhichOneof("type") == "new_element":
                self._elements[tuple(place.delta_path)] = message.delta.new_element
            elif kind == "script_finished" and message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                return self.title
