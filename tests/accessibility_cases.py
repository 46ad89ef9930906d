"""Drawn cases of people, facilities and the distances between them."""

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st

NAN = np.nan
SOME = settings(max_examples=40, deadline=None)
STEPS = ((10, 1), (20, 0.68), (30, 0.22))
MAYBE = st.one_of(st.just(NAN), st.integers(0, 5000).map(float))
DISTANCE = st.one_of(st.just(NAN), st.integers(0, 40).map(float))


@st.composite
def cases(draw, value=MAYBE, distance=DISTANCE):
    places, facilities = draw(st.integers(1, 6)), draw(st.integers(1, 5))
    people = draw(st.lists(value, min_size=places, max_size=places))
    supply = draw(st.lists(value, min_size=facilities, max_size=facilities))
    row = st.lists(distance, min_size=facilities, max_size=facilities)
    return np.array(people), np.array(supply), np.array(draw(st.lists(row, min_size=places, max_size=places)))


KNOWN = cases(st.integers(1, 5000).map(float), st.integers(0, 40).map(float))
