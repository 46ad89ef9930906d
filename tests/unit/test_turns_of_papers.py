"""Heavy papers are built one at a time, and whoever waits too long is told what to do."""

from streamlit.testing.v1 import AppTest

from data.i18n import Translator
from pages.widgets import turns


def script():
    import streamlit as st

    from data.i18n import Translator
    from pages.widgets.turns import own_turn

    with own_turn(Translator("fr"), 0.01) as came:
        st.text(f"came: {came}")


def test_a_second_paper_waits_and_is_told_so_and_the_next_one_has_its_turn():
    with turns.own_turn(Translator("fr")) as came:
        assert came
        screen = AppTest.from_function(script, default_timeout=60).run()
        assert [text.value for text in screen.text] == ["came: False"]
        assert [warning.value for warning in screen.warning] == [Translator("fr")("guard.busy")]
    screen = AppTest.from_function(script, default_timeout=60).run()
    assert ([text.value for text in screen.text], len(screen.warning)) == (["came: True"], 0)


def test_a_paper_that_fails_gives_its_turn_back():
    try:
        with turns.own_turn(Translator("fr")):
            raise ValueError
    except ValueError:
        pass
    with turns.own_turn(Translator("fr"), 0.01) as came:
        assert came
