"""The catalogue of texts is complete in three languages, and every key that the code asks for is there."""

import re
import string
from datetime import date
from pathlib import Path

import pytest

from data.i18n import LANGUAGES, MINUS, MissingTextError, Translator, load_place_texts, load_texts
from data.loaders.files import DEFINITIONS
from data.loaders.today import load_definitions, load_means
from data.reference_files import read_communes
from pages.words.data_version import name_version
from pages.words.gaps import count_answer
from pages.words.money import write_mad, write_range
from tests.territories import TAROUDANNT, VALCLAIR

ARABIC_LABEL = re.compile(r'\bar: ("[^"]*"|[^"].*$)')
ROOT = Path(__file__).parents[2]
CODE = [
    *(ROOT / "pages").rglob("*.py"), *(ROOT / "pages").rglob("*.jinja"), *(ROOT / "data").rglob("*.py"), *(ROOT / "geo").rglob("*.py"),
]  # fmt: skip
LITERAL = re.compile(r"""\bt\(\s*["']([a-z_]+\.[\w./ +-]+)["']""")
COMPOSED = re.compile(r"""\bt\(\s*f?["']([a-z_]+\.[\w./ -]*)(?:\{|["'] ~)""")
KEY = re.compile(r"""["']([a-z_]+\.[a-zA-Z0-9_./ -]+)["']""")
FINDING = re.compile(r"""(?:Finding|RefusedError)\(\s*["']([a-z_]+)["']""")
GROUPED = re.compile(r"""group_findings\([^,]+(?:\([^)]*\))?,\s*\[[^\]]*\],\s*["']([a-z_]+)["']""")


def placeholders(text: str | dict[str, str]) -> set[str]:
    forms = text.values() if isinstance(text, dict) else [text]
    return {name for form in forms for _, name, _, _ in string.Formatter().parse(form) if name}


def code() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in CODE)


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "fr"])
def test_every_language_holds_the_same_keys_with_the_same_values_to_fill(language):
    french, other = load_texts("fr"), load_texts(language)
    assert set(french) == set(other)
    for key in french:
        # A plural form may write its number out ("جماعتان"): it fills no more than the French one.
        if isinstance(french[key], dict):
            assert placeholders(other[key]) <= placeholders(french[key]) | {"count"}, key
        else:
            assert placeholders(french[key]) == placeholders(other[key]), key


def test_every_key_in_the_code_exists():
    asked = set(LITERAL.findall(code()))
    assert len(asked) > 100
    assert asked - set(load_texts("fr")) - set(load_place_texts("fr", TAROUDANNT)) == set()


PLACE = {"territory.province", "territory.province_within", "sheet.legal", "methods.boundaries"}
EXPLAINED = {f"methods.demonstration_{n}" for n in (1, 2, 3)}


@pytest.mark.parametrize("province", [TAROUDANNT, VALCLAIR], ids=lambda p: p.id)
def test_a_territory_has_its_texts_in_every_language_and_overrides_none(province):
    french = load_place_texts("fr", province)
    assert PLACE | (EXPLAINED if province.demonstration.exists() else set()) <= set(french)
    if read_communes(province)["in_programme"].any():
        assert "territory.programme" in french
    assert set(french) & set(load_texts("fr")) == set()
    for language in LANGUAGES:
        texts = load_place_texts(language, province)
        assert set(texts) == set(french)
        assert province.names[language]
        assert {key: placeholders(text) for key, text in texts.items()} == {k: placeholders(v) for k, v in french.items()}


def test_every_finding_of_an_import_has_its_text_and_remedy():
    keys = set(FINDING.findall(code())) | set(GROUPED.findall(code()))
    keys |= {"not_a_number", "formula_without_value", "spreadsheet_error", "status_without_value", "thousands_assumed"}
    keys |= {"value_negative", "value_too_large", "value_not_whole", "duplicate_same", "duplicate_different"}
    keys |= {"column_commune_missing", "column_date_missing", "column_variable_missing", "sheet_skipped"}
    keys |= {"commune_absent", "commune_contradiction", "commune_ambiguous", "commune_unknown_near", "commune_unknown"}
    assert len(keys) > 25
    for key in keys:
        assert f"check.{key}" in load_texts("fr"), key
        assert f"check.{key}.remedy" in load_texts("fr"), key


def test_no_text_is_left_over():
    text = code()
    quoted = set(KEY.findall(text))
    prefixes = {prefix for prefix in COMPOSED.findall(text) if prefix} | {
        "check.", "class.", "action.", "store.", "unit.", "column.", "norm_status.", "provenance.", "reliability.", "observation.",
        "methods.", "upload.", "census.", "basis.", "norms.", "status.", "screen.", "territory.", "chart.", "template.", "means_role.",
        "scenario_error.", "counted.", "known.", "address.words_", "keys.",
    }  # fmt: skip
    unused = [k for k in load_texts("fr") if k not in quoted and not k.startswith(tuple(prefixes))]
    assert unused == []


def test_guillemets_of_a_french_title_and_of_the_plan_stay_with_their_words():
    """A line that ends with an opening guillemet alone: the space beside it must not break."""
    titles = {
        k: v for k, v in load_texts("fr").items() if k.startswith("contingency.") or k.endswith(("_title", ".finding"))
    }
    quoted = [k for k, v in titles.items() if "«" in v]
    assert "contingency.finding" in quoted
    assert [k for k in quoted if re.search("« | »", titles[k])] == []


def test_a_missing_text_is_an_error():
    with pytest.raises(MissingTextError):
        Translator("fr")("no.such_text")


def test_numbers_and_dates_are_written_as_each_language_does():
    assert Translator("fr").number(1234.5, 1).replace("\u202f", " ").replace("\xa0", " ") == "1 234,5"
    assert Translator("en").number(1234.5, 1) == "1,234.5"
    assert Translator("ar").number(1234.5, 1) == "1.234,5"
    assert Translator("fr").number(float("nan")) == "—"
    assert Translator("fr").percent(None) == "—"


def test_the_first_of_a_month_is_an_ordinal_in_french():
    assert Translator("fr").date(date(2014, 9, 1)) == "1er septembre 2014"
    assert Translator("fr").date(date(2014, 9, 11)) == "11 septembre 2014"
    assert Translator("en").date(date(2014, 9, 1)) == "1 September 2014"


def test_no_number_is_cut_by_a_space_in_arabic():
    """Inside Arabic text a space turns "10 000" into "000 10"."""
    written = [str(text) for text in load_texts("ar").values()]
    written += [
        line
        for path in DEFINITIONS.rglob("*.yaml")
        for line in path.read_text("utf-8").splitlines()
        if ARABIC_LABEL.search(line)
    ]
    texts = [match for line in written for match in (ARABIC_LABEL.findall(line) or [line])]
    assert len(texts) > 400
    assert [text for text in texts if re.search(r"[\d}][ \u00a0\u202f]\d{3}(?!\d)", text)] == []


def test_no_french_text_puts_de_before_a_month():
    """Of twelve months three begin with a vowel: "de août"."""
    written = {key: str(text) for key, text in load_texts("fr").items()}
    written |= {path.name: path.read_text(encoding="utf-8") for path in DEFINITIONS.rglob("*.yaml")}
    before_a_month = re.compile(r"\b[Dd]e \{(?:month|first|session|next|observed)\}")
    assert [key for key, text in written.items() if before_a_month.search(text)] == []


@pytest.mark.parametrize("language", ["ar", "en"])
def test_only_french_sets_a_space_before_a_colon_or_a_semicolon(language):
    assert [key for key, text in load_texts(language).items() if re.search(r"[\w}] [:;] ", str(text))] == []
    spaced = re.compile(r"}} : |\"\s;")
    templates = {path.name: path.read_text(encoding="utf-8") for path in CODE if path.suffix == ".jinja"}
    assert [name for name, text in templates.items() if spaced.search(text)] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("count", [0, 1, 2, 3, 11, 89])
def test_plurals_exist_for_every_count(language, count):
    assert Translator(language)("map.communes", count=count)


@pytest.mark.parametrize(
    ("language", "forms"),
    [("ar", {"one", "two", "few", "many", "other"}), ("fr", {"one", "other"}), ("en", {"one", "other"})],
)
def test_whatever_is_counted_has_every_form_of_its_language(language, forms):
    counted = {key: text for key, text in load_texts(language).items() if isinstance(text, dict)}
    assert len(counted) > 50
    assert {key: forms - set(text) for key, text in counted.items() if forms - set(text)} == {}
    # Where French counts, Arabic counts too: a flat text cannot agree.
    assert set(counted) == {key for key, text in load_texts("fr").items() if isinstance(text, dict)}


@pytest.mark.parametrize(
    ("unit", "number", "written"),
    [
        ("classrooms", 0, "0 حجرة"),
        ("agents", 1, "موظف واحد"),
        ("agents", 2, "موظفان"),
        ("classrooms", 3, "3 حجرات"),
        ("working days", 10, "10 أيام عمل"),
        ("persons", 11, "11 شخصا"),
        ("classrooms", 32, "32 حجرة"),
        ("agents", 32, "32 موظفا"),
        ("requests", 100, "100 طلب"),
        ("requests", 102, "102 طلب"),
        ("requests", 103, "103 طلبات"),
        ("pupils", 111, "111 تلميذا"),
        ("requests", 136, "136 طلبا"),
        ("pupils", 1363, "1.363 تلميذا"),
        ("persons", 61296, "61.296 شخصا"),
        ("months", 24, "24 شهرا"),
    ],
)
def test_an_arabic_noun_agrees_with_its_number(unit, number, written):
    assert Translator("ar").quantity(number, unit) == written


def test_a_noun_agrees_with_the_number_as_it_is_written():
    french, arabic, english = (Translator(language) for language in ("fr", "ar", "en"))
    assert arabic.quantity(15.8, "working days", 1) == "15,8 يوم عمل"
    assert arabic.quantity(2.6, "agents") == "3 موظفين"
    assert arabic.quantity(1.9996, "agents") == "موظفان"
    assert [french.quantity(n, "agents") for n in (0, 1, 2)] == ["0 agent", "1 agent", "2 agents"]
    assert french.quantity(1.5, "working days", 1) == "1,5 jour ouvrable"
    assert [english.quantity(n, "persons") for n in (1, 2)] == ["1 person", "2 people"]
    assert english.quantity(1.0, "working days", 1) == "1.0 working days"


def test_a_rate_stands_after_its_number_as_in_a_heading_and_what_is_missing_is_a_dash():
    assert Translator("ar").quantity(36.5, "pupils/classroom", 1) == "36,5 تلميذ/حجرة"
    assert Translator("ar").quantity(96.5, "percent", 1) == "\u206896,5%\u2069"
    assert [Translator("ar").quantity(share, "share", places) for share, places in ((0.1, 1), (0.082, 3))] == [
        "\u206810%\u2069",
        "\u20688,2%\u2069",
    ]
    assert Translator("ar").quantity(1.0, "ratio") == "1"
    assert Translator("fr").quantity(float("nan"), "agents") == "—"


def test_no_noun_of_a_heading_follows_a_number_in_the_code():
    assert re.findall(r"""number\([^\n]*\bt\(f?["']unit\.""", code()) == []


def test_every_noun_that_a_figure_is_counted_in_has_its_counted_form():
    """Needs, the people of their indicators and figures said in their own unit; what is left to a heading is a rate or a symbol."""
    definitions, needs = load_definitions(), load_means().needs.values()
    counted = {need.unit for need in needs} | {definitions.indicators[need.indicator].people for need in needs}
    counted |= {i.unit for i in definitions.indicators.values() if i.goalposts and i.unit != "percent"}
    counted |= {
        u for n in definitions.norms.values() for u in [n.unit] if "/" not in u and u not in ("percent", "share", "ratio")
    }
    assert {unit for unit in counted if f"counted.{unit}" not in load_texts("fr")} == set()
    used = counted | {"months"} | {i.unit for i in definitions.indicators.values()}
    assert {key.removeprefix("counted.") for key in load_texts("fr") if key.startswith("counted.")} - used == set()


def test_every_measure_is_counted_with_its_noun_in_agreement():
    resources = load_means().resources
    assert {key.removeprefix("measure.") for key in load_texts("fr") if key.startswith("measure.")} == set(resources)
    means = load_means()
    said = [
        count_answer(Translator(language), means, "modular_classroom", n)
        for language in ("fr", "ar", "en")
        for n in (1, 2, 5)
    ]
    assert said == [
        "1 salle modulaire", "2 salles modulaires", "5 salles modulaires",
        "حجرة واحدة من البناء الجاهز", "حجرتان من البناء الجاهز", "5 حجرات من البناء الجاهز",
        "1 modular classroom", "2 modular classrooms", "5 modular classrooms",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("amount", "written"),
    [(500, "500\u00a0درهم"), (3e6, "3,0 ملايين درهم"), (5.3e6, "5,3 مليون درهم"), (45_000, "45.000\u00a0درهم")],
)
def test_an_arabic_amount_agrees_with_its_number(amount, written):
    assert write_mad(amount, Translator("ar")) == written
    assert write_range(3e3, 9e3, Translator("ar")) == "3 إلى 9 آلاف"


def test_none_at_all_is_said_as_none_where_a_text_has_words_for_it():
    french, english = (Translator(language) for language in ("fr", "en"))
    assert (
        french("alerts.new_count", count=0, month="août 2025")
        == "Aucun service n'est nouveau à son niveau d'alerte en août 2025"
    )
    assert english("reports.silent", count=0) == "Every commune sent something for these months."
    # Without such words the form is that of CLDR.
    assert french("map.communes", count=0) == "0 commune"


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_written_as_zero_has_no_sign_and_no_month_is_taken_for_another(language):
    t = Translator(language)
    assert t.number(-0.004, 2) == t.number(0, 2)
    assert t.percent(-0.0001) == t.percent(0)
    assert MINUS in t.number(-0.006, 2)
    names = [t.short_month(date(2025, month, 1)).split()[0].rstrip(".") for month in range(1, 13)]
    assert not [
        (one, other) for one in names for other in names if one != other and other.startswith(one[:3]) and len(one) <= 3
    ]


def test_a_version_of_the_data_is_named_by_its_moment():
    assert name_version(Translator("fr"), "20261128T200930123456-a1b2c3") == "28 nov. 2026, 20:09:30 UTC"
    assert name_version(Translator("ar"), "20260628T200930123456-a1b2c3") == "28 يونيو 2026، 20:09:30 (UTC)"
    assert name_version(Translator("en"), "restored") == "restored"
