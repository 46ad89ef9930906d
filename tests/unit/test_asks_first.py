"""What takes something away asks first, everywhere by the same mechanism (``pages/widgets/confirm.py``)."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TAKES_AWAY = ("withdraw_", "delete_", "revoke_", "drop_demonstration", "revert_", "_reset")
ASKS = {"confirmed", "confirmed_draft"}
# A change that cannot be read is no loss, and its way out is offered beside the reason.
WITHOUT = {"pages/widgets/scenario_session.py"}


def called(source: str) -> set[str]:
    """Names of what a module calls; ``withdrawn`` where it writes a row that is taken away."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    names = {node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "") for node in calls}
    takes = any(
        keyword.arg == "withdrawn" and getattr(keyword.value, "value", None) is not False
        for node in calls
        for keyword in node.keywords
    )
    return names | ({"withdraw_row"} if takes else set())


def takes_away(source: str) -> bool:
    return any(name.startswith(TAKES_AWAY) for name in called(source))


SCREENS = [p for room in ("screens", "widgets") for p in sorted((ROOT / "pages" / room).rglob("*.py"))]
TAKING = [p for p in SCREENS if takes_away(p.read_text("utf-8")) and str(p.relative_to(ROOT)) not in WITHOUT]


@pytest.mark.parametrize("path", TAKING, ids=lambda p: str(p.relative_to(ROOT)))
def test_what_takes_something_away_asks_first(path):
    assert called(path.read_text("utf-8")) & ASKS


def test_the_check_finds_what_it_looks_for():
    assert takes_away("withdraw_note(store)")
    assert takes_away("write_row(store, kind, entry, withdrawn=withdrawn)")
    assert not takes_away("write_row(store, kind, entry, withdrawn=False)")
    assert len(TAKING) >= 8
