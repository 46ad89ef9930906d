"""The pressures of an indicator's terms as they are written in a table and read from it."""

from types import SimpleNamespace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from analytics.terms import read_terms, write_terms

CYCLES = ("primary", "college", "lycee")
PRESSURES = st.lists(st.tuples(*[st.floats(0, 1e6) | st.just(float("nan"))] * 3), min_size=1, max_size=5)


def result(terms, rows):
    return SimpleNamespace(status=np.zeros(rows, dtype=np.int8), terms=terms)


def test_a_cycle_without_pressure_is_left_out_and_an_indicator_of_one_term_writes_nothing():
    terms = {"primary": np.array([1.25, np.nan]), "lycee": np.array([0.1, np.nan])}
    assert write_terms(result(terms, 2)).tolist() == ["primary=1.25 lycee=0.1", ""]
    assert write_terms(result({}, 2)).tolist() == ["", ""]


@given(PRESSURES)
def test_what_is_written_is_read_again_to_the_last_digit(rows):
    written = write_terms(result(dict(zip(CYCLES, np.array(rows).T, strict=True)), len(rows)))
    known = [{c: p for c, p in zip(CYCLES, row, strict=True) if not np.isnan(p)} for row in rows]
    assert [read_terms(row) for row in written] == known
