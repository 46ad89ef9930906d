"""Opens a screen of the frame without a browser and answers its questions as a reader would: the last of each list."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from pathlib import Path

from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import ButtonGroup, InitialValue, Radio, Selectbox, Toggle, Widget
from streamlit.util import calc_hash

FRAME = Path(__file__).parents[1] / "pages" / "frame.py"
KINDS = ("selectbox", "radio", "button_group", "toggle")


def list_screens() -> list[str]:
    """Names of the screens in the order of the frame, read from its text: to import the frame is to draw it."""
    for node in ast.parse(FRAME.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "SCREENS" and isinstance(node.value, ast.Dict):
            return [ast.literal_eval(key) for key in node.value.keys if key is not None]
    raise LookupError("pages/frame.py names no SCREENS")


def open_screen(name: str, **address: str) -> AppTest:
    """A screen as its address opens it.

    ``AppTest.switch_page`` knows files only and our screens are functions; Streamlit tells them by the hash of their path.
    """
    app = AppTest.from_file(str(FRAME), default_timeout=60)
    for key, value in address.items():
        app.query_params[key] = value
    app._page_hash = asked = calc_hash(name)
    app.run()
    if app._finished_page_script_hash != asked:
        raise LookupError(f"the frame has no screen {name}")
    return app


def walk(app: AppTest, kinds: Sequence[str] = KINDS) -> Iterator[str]:
    """Change every choice of the screen once, in reading order, also those that appear on the way; give the label of each.

    ``kinds`` are those of the choices.

    Buttons are left alone: they write to the store. What is drawn only once it is opened is opened when all else is done.
    """
    seen: set[str] = set()
    parts = open_parts(app)
    while True:
        waiting = (w for kind in kinds for w in app.main.get(kind) if _place(w) not in seen and not w.disabled)
        widget = next(waiting, None)
        if widget is None:
            part = next(parts, None)
            if part is None:
                return
            yield part
            continue
        seen.add(_place(widget))
        if change(widget):
            app.run()
            yield widget.label


def open_parts(app: AppTest) -> Iterator[str]:
    """Open what a screen draws only once it is open: tab by tab, then all boxes at once; give the label of each."""
    for container in app.main.get("tab_container"):
        key = _key(container.proto.tab_container.id)
        for tab in [tab.label for tab in container.children.values()] if key else []:
            app.session_state[key] = tab
            app.run()
            yield tab
    boxes = {_key(box.proto.id): box.label for box in app.main.get("expander")}
    boxes.pop("", None)
    if boxes:
        for key in boxes:
            app.session_state[key] = True
        app.run()
        yield ", ".join(boxes.values())


def _key(identifier: str) -> str:
    """The key in the identifier of an element that keeps its state; empty for one that keeps none."""
    return identifier.split("-", 2)[2] if identifier.startswith("$$ID-") else ""


def change(widget: Widget) -> bool:
    """Take the last answer of a widget, or turn a toggle over; false where there is nothing to choose from.

    AppTest chooses by the value behind a label, which it does not tell; a browser sends the label, and so does this.
    """
    if isinstance(widget, Toggle):
        widget.set_value(not widget.value)
        return True
    if len(widget.options) < 2:
        return False
    widget.__class__ = _BY_LABEL[type(widget)]
    widget._value = widget.options[-1]
    return True


def _place(widget: Widget) -> str:
    return f"{widget.type} {widget.key or widget.label}"


# A widget of a form that is not sent yet is asked what it was before: then nothing is chosen and AppTest answers.


class _SelectboxByLabel(Selectbox):
    @property
    def index(self) -> int | None:
        return super().index if isinstance(self._value, InitialValue) else self.options.index(self._value)


class _RadioByLabel(Radio):
    @property
    def index(self) -> int | None:
        return super().index if isinstance(self._value, InitialValue) else self.options.index(self._value)


class _ButtonsByLabel(ButtonGroup):
    @property
    def formatted_values(self) -> list[str]:
        return list(super().formatted_values) if isinstance(self._value, InitialValue) else [self._value]


_BY_LABEL = {Selectbox: _SelectboxByLabel, Radio: _RadioByLabel, ButtonGroup: _ButtonsByLabel}
