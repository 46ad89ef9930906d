"""A letter or two and some digits: the code of a place or an amount is read past, the number of a person refuses the file."""

import pytest

from tests.messy.files import ADAR, AOULOUZ, IRHERM, SEPTEMBER, book, figures
from tests.read_files import kept, prepared

pytestmark = pytest.mark.taroudannt
PLACES = ["Adar", "Aoulouz", "Irherm", "Freija", "Taliouine"]
# As numbers of identity cards are: nothing says how they begin. And as offices number places: filled up with zeros, or all alike.
CARDS = ["JB48213", "C906571", "EE31248", "JA77035", "BK20946"]
FILLED, ALIKE = (
    ["EC00123", "EC00456", "AD01234", "T00078", "EC00009"],
    ["GR48213", "GR48571", "GR48248", "GR48035", "GR48946"],
)


def is_refused(heading, values, places=PLACES, before=()):
    rows = [[place, SEPTEMBER, 5, value] for place, value in zip(places, values, strict=True)]
    report = prepared(book([*before, ["Commune", "Mois", "Médecins en poste", heading], *rows]))
    assert report.refusal is None or report.refusal.key == "personal_identity_number"
    return report.refusal is not None


@pytest.mark.parametrize("heading", ["GRESA", "Pcode", "P-code", "رمز المؤسسة", "uuid", "_id2"])
def test_a_heading_that_names_places_is_one_of_codes_whatever_its_digits_are(heading):
    for values in (CARDS, FILLED, ALIKE):
        assert not is_refused(heading, values)


@pytest.mark.parametrize("heading", ["Code", "Réf", "رمز"])
def test_below_a_heading_that_only_says_code_the_digits_decide(heading):
    assert not is_refused(heading, FILLED)
    assert not is_refused(heading, ALIKE)
    assert is_refused(heading, CARDS)
    # Four of them, each of its own commune, may be codes; two of one commune and month are persons'.
    assert not is_refused(heading, CARDS[:4], PLACES[:4])
    assert is_refused(heading, CARDS[:2], ["Adar", "Adar"])


@pytest.mark.parametrize("heading", ["Code du ménage", "N° carte", "رمز المستفيد"])
def test_below_a_heading_of_persons_no_number_is_a_code(heading):
    for values in (CARDS, FILLED, ALIKE):
        assert is_refused(heading, values)


@pytest.mark.parametrize("heading", ["Observations", "Précision"])
@pytest.mark.parametrize(
    ("value", "refused"),
    [("DH 12000", False), ("DH12000", False), ("dh 12000", False), ("JB 12000", True), ("CD12000", True)],
)
def test_the_letters_of_a_currency_make_an_amount_and_no_other_letters_do(heading, value, refused):
    assert is_refused(heading, [value], ["Adar"]) is refused


@pytest.mark.parametrize("tables", [0, 1, 2])
def test_codes_are_those_of_their_own_table_however_many_stand_above_it(tables):
    before = []
    for number in range(tables):
        before += [["Commune", "Mois", "Élèves primaire"], [PLACES[number], SEPTEMBER, 340], []]
    assert not is_refused("GRESA", CARDS, before=before)
    assert is_refused("Remarque", CARDS, before=before)
    content = book([*before, ["Commune", "Mois", "Médecins en poste", "GRESA"], ["Irherm", SEPTEMBER, 5, CARDS[0]]])
    above = figures(*((code, "pupils_primary", 340) for code in (ADAR, AOULOUZ)[:tables]))
    assert kept(prepared(content)) == {*above, *figures((IRHERM, "doctors", 5))}
