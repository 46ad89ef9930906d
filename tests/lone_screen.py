"""One screen without the frame's others, driven by AppTest: what ``pages/frame.py`` does for the screen that an address names."""

from streamlit.testing.v1 import AppTest

SCREENS = (
    "overview", "map", "commune", "places", "compare", "scenarios", "means", "support", "plan", "results", "council", "data",
    "quality", "methods",
)  # fmt: skip


def open_screen(name: str, **parameters: str) -> AppTest:
    """Run a screen at an address; no error may come of it."""
    app = AppTest.from_function(_draw, default_timeout=60, args=(name,))
    for key, value in parameters.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception, app.exception
    return app


def _draw(name: str) -> None:
    import importlib

    import streamlit as st

    from data.i18n import Translator
    from pages.figures.load import load_figures, published
    from pages.widgets import session, sidebar
    from pages.widgets.screen import Screen
    from tests.lone_screen import SCREENS

    session.read_address()
    province = session.current_province()
    t = Translator(session.current_language(), province)
    figures = load_figures(published(province), session.current_assumptions(), province)
    chosen = session.current_selection(figures)
    module = importlib.import_module(f"pages.screens.{name}.screen")
    session.write_address(chosen, getattr(module, "address", dict)())
    pages = {n: st.Page(lambda: None, title=n, url_path=n, default=n == name) for n in SCREENS}
    st.navigation(list(pages.values()), position="hidden")
    module.render(Screen(figures, chosen, t, pages))
    sidebar.render_sidebar(figures, t)
