"""Communes are recognised by code and by name in any usual spelling, and never guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.reference_files import read_communes
from geo.names import MatchKind, build_name_index, find_commune
from tests.territories import TAROUDANNT

COMMUNES = read_communes(TAROUDANNT)
INDEX = build_name_index(COMMUNES, TAROUDANNT.aliases)
TIZI = "09.541.04.67"


@pytest.mark.parametrize("column", ["commune_code", "name_fr", "name_ar"])
def test_every_official_code_and_name_is_recognised(column):
    for row in COMMUNES.itertuples():
        assert find_commune(INDEX, getattr(row, column)).commune_code == row.commune_code


@pytest.mark.taroudannt
@pytest.mark.parametrize(
    "spelling",
    ["Tizi N'Test", "Tizi n'Tast", "TIZI N’TEST", "tizi ntest", "Tizi-N-Test", "تيزي نتاست", "09.541.04.67", "095410467", "95410467",
     "95410467.0", "Commune de Tizi N'test"],
)  # fmt: skip
def test_usual_spellings_of_one_commune(spelling):
    assert find_commune(INDEX, spelling).commune_code == TIZI


@pytest.mark.taroudannt
@pytest.mark.parametrize(
    ("spelling", "code"),
    [
        ("Aït Iaaza", "09.541.01.01"),
        ("AIT IAZZA", "09.541.01.01"),
        ("Sidi Abdallah Ou Said", "09.541.04.39"),
        ("Sidi Abdellah Ou Saïd", "09.541.04.39"),
        ("Ouled Berhil", "09.541.01.07"),
        ("Oulad-Berhil", "09.541.01.07"),
        ("Ida Ougoummad", "09.541.04.21"),
    ],
)
def test_ait_oulad_abdallah_accents_and_hyphens(spelling, code):
    assert find_commune(INDEX, spelling).commune_code == code


@pytest.mark.parametrize("text", ["Sidi Abdallah", "Marrakech", "Ait", "Sidi", "12345", "09.541.99.99", "أكادير", "?"])
def test_what_is_not_a_commune_is_not_guessed(text):
    match = find_commune(INDEX, text)
    assert match.commune_code is None
    assert match.kind is MatchKind.UNKNOWN


@pytest.mark.taroudannt
def test_an_unknown_name_comes_with_its_nearest_candidates():
    assert "09.541.04.39" in find_commune(INDEX, "Sidi Abdallah").candidates
    assert find_commune(INDEX, "Aït Yazza").candidates[0] == "09.541.01.01"


def test_a_name_that_stands_for_two_communes_is_ambiguous():
    index = build_name_index(COMMUNES.head(2), {code: ["Le bourg"] for code in COMMUNES["commune_code"].head(2)})
    match = find_commune(index, "le Bourg")
    assert match.commune_code is None
    assert match.kind is MatchKind.AMBIGUOUS
    assert set(match.candidates) == set(COMMUNES["commune_code"].head(2))


@given(st.sampled_from(sorted(COMMUNES["name_fr"])), st.data())
def test_case_apostrophes_hyphens_and_spaces_do_not_matter(name, data):
    written = "".join(
        data.draw(st.sampled_from(["'", "’", "`"])) if c == "'" else data.draw(st.sampled_from([" ", "-", "  "])) if c in " -" else
        data.draw(st.sampled_from([c.lower(), c.upper()]))
        for c in name
    )  # fmt: skip
    expected = COMMUNES.set_index("name_fr").at[name, "commune_code"]
    assert find_commune(INDEX, written).commune_code == expected


@given(st.text(max_size=20))
def test_any_text_is_either_one_commune_or_none(text):
    match = find_commune(INDEX, text)
    assert (match.commune_code is not None) == (match.kind in (MatchKind.CODE, MatchKind.NAME))
