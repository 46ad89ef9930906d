"""Rows of the API as texts of JSON: what Python's own encoder makes of the same rows, value by value."""

import json
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pages.web.api.forms import encode_rows, list_rows


@dataclass
class _Column:
    name: str


class _Resource:
    """As much of ``Resource`` as rows are written with."""

    columns = ("figure", "word", "count", "flag", "mixed", "list", "100 %")
    described = tuple(map(_Column, columns))
    decode = {"list": str.split}  # noqa: RUF012


TABLE = pd.DataFrame(
    {
        "figure": [0.1 + 0.2, np.nan, np.inf, -0.0, 1e22],
        "word": pd.Series(["a", None, 'say "é"\n', "a", "ع"], dtype="str"),
        "count": pd.array([1, None, 3, 1, 0], dtype="Int8"),
        "flag": [True, False, True, True, False],
        # One key, three texts.
        "mixed": pd.Series([1, True, 1.0, None, {"é": [1, None]}], dtype=object),
        "list": ["a b", "", "a b", "c", "d"],
        "100 %": [1, 2, 3, 4, 5],
    }
)
EXPECTED = [
    (0.1 + 0.2, "a", 1, True, 1, ["a", "b"], 1),
    (None, None, None, False, True, [], 2),
    (None, 'say "é"\n', 3, True, 1.0, ["a", "b"], 3),
    (-0.0, "a", 1, True, None, ["c"], 4),
    (1e22, "ع", 0, False, {"é": [1, None]}, ["d"], 5),
]


def test_each_row_is_the_text_that_the_encoder_of_python_writes():
    rows = [dict(zip(_Resource.columns, row, strict=True)) for row in EXPECTED]
    expected = [json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows]
    assert encode_rows(_Resource(), TABLE) == expected
    assert list_rows(_Resource(), TABLE) == rows


def test_keys_of_another_type_are_other_values():
    table = TABLE.head(4)
    assert [json.dumps(row["mixed"]) for row in list_rows(_Resource(), table)] == ["1", "true", "1.0", "null"]
    assert encode_rows(_Resource(), TABLE.head(0)) == []
