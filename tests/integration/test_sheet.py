"""The commune sheet: one content in two forms; the same figures as the API; two pages, mirrored, readable, accessible."""

import io
import json
import os
import re
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageStat

from analytics.assumptions import DEFAULTS
from analytics.resource_gap import build_gap_table
from analytics.support import after_support
from data.i18n import LANGUAGES, Translator
from data.loaders.today import load_means
from data.records.commune_notes import LONGEST_NOTE, write_note
from geo.boundaries import find_neighbours
from pages.address.selection import Selection
from pages.figures.load import load_figures
from pages.figures.support import read_balance
from pages.print.sheet.content import build_content
from pages.print.sheet.page import Edition, build_sheet, build_sheet_pdf, print_html, print_pdf, typeset_values
from pages.print.typeset import draw_pages
from pages.widgets.screen import Screen
from pages.words.money import write_mad
from tests.clients import open_client
from tests.territories import TAROUDANNT

TIZI, TOWN = "09.541.04.67", "09.541.01.13"
BASE, TODAY = "http://127.0.0.1:8501/", date(2026, 11, 25)
EDITION = Edition("20260101T000000", TODAY)
HOSTILE = '<script>alert(1)</script> & "x" \' #panic("run") $x$ *gras* @ref <tag> \\ `code` [crochet] // fin'
GOLDEN = Path(__file__).parents[1] / "golden"
# Grey levels of 255: a moved line gives about 1, another font or month more than 2.
LARGEST_MEAN_DIFFERENCE = 1.5
MILLIMETRE = 72 / 25.4
A4 = (595.28, 841.89)


def screen(figures, language="fr"):
    chosen = Selection(language, "all", figures.default_month, "ISP", TIZI, DEFAULTS)
    return Screen(figures, chosen, Translator(language), {})


def content(figures, language="fr", commune=TIZI):
    return build_content(screen(figures, language), commune, BASE)


def text_of(pdf):
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_range() for page in document]


def plain(text):
    """Words without the spaces and line ends that setting them adds or takes."""
    return re.sub(r"[\s\u00a0\u202f\ufffe]+", "", text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_forms_print_one_content_that_json_can_hold(figures, language):
    one = content(figures, language)
    assert json.loads(json.dumps(asdict(one), allow_nan=False))["commune_code"] == TIZI
    html, paper = plain(print_html(one, EDITION)), plain("".join(text_of(print_pdf([one], EDITION))))
    needs = [line for service in one.needs for line in service.lines]
    assert len(needs) >= 3
    said = [one.finding, one.needs_total, *(line.cost for line in needs), *(fact.value for fact in one.facts)]
    said += [row["value"] for row in one.rows] + [service.bar["people"] for service in one.services]
    for words in said:
        assert plain(words).replace("'", "&#39;") in html, words
        assert plain(words) in paper, words


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_of_the_table_is_the_api_s(client, figures, language):
    one, t = content(figures, language), Translator(language)
    month = f"{figures.default_month:%Y-%m}"
    rows = client.get("/api/v1/pressure", params={"commune": TIZI, "date": month}).json()["results"]
    answers = {row["indicator_id"]: row for row in rows}
    assert len(one.rows) == 12
    for row in one.rows:
        answer, indicator = answers[row["id"]], figures.definitions.indicators[row["id"]]
        assert row["value"] == t.number(answer["value"], indicator.decimals), row["id"]
        assert row["gap"] == t.number(answer["gap_to_norm"], 0), row["id"]
        assert row["severity"] == answer["severity_class"], row["id"]
        assert row["reliability"] == (answer["reliability"] or ""), row["id"]
        if row["norm"] != "—":
            assert t.number(answer["norm_value"], indicator.decimals) in row["norm"], row["id"]
        if answer["pressure"] is not None and not indicator.goalposts:
            shown = answer["pressure_by_term"].get(answer["worst_term"], answer["pressure"])
            said = t("pressure.times", times=t.number(shown, 1))
            assert said in row["pressure"], row["id"]
            assert row["pressure"] == said or answer["worst_term"], row["id"]


def test_clerks_needed_and_clerks_missing_each_say_their_target(figures):
    """386 requests in 21 days, one in ten a full act: 18.4 a day over some 32 a clerk, less than the one in post serves. Nothing
    waits: 18.4 / (32 x 85 %) is one clerk, and none is missing."""
    targets = {
        "fr": ("guichet occupé à 85\u202f%, retard résorbé en 20 jours ouvrables", "guichet à plein"),
        "ar": ("شباك مستعمل بنسبة 85%، وتصفية الطلبات المعلقة في 20 يوم عمل", "شباك مستعمل كليا"),
        "en": ("counter used at 85%, backlog cleared in 20 working days", "counter fully used"),
    }
    for language, (queue, norm) in targets.items():
        one = content(figures, language)
        (row,) = [row for row in one.rows if row["id"] == "CIV07"]
        label = row["label"].replace("\u2068", "").replace("\u2069", "")
        assert (row["value"], queue in label) == ("1", True)
        assert not [line for service in one.needs for line in service.lines if norm in line.label]


def test_what_is_missing_and_its_cost_are_those_of_the_gap_table(figures):
    rows = build_gap_table(figures.assessment, figures.definitions, load_means(), figures.default_month)
    rows = after_support(rows, read_balance(figures, figures.default_month))
    own = rows[(rows["commune_code"] == TIZI) & (rows["role"] == "main") & (rows["missing_units"] > 0)].set_index("need_id")
    one, t, means = content(figures), Translator("fr"), load_means()
    shown = {line.label: line for service in one.needs for line in service.lines}
    for need in ("classrooms_primary", "classrooms_college", "distance_health"):
        line = shown[t.label(means.needs[need].labels)]
        assert line.missing == t.number(own.at[need, "missing_units"], 0)
        assert line.cost == write_mad(own.at[need, "cost_central_mad"], t)
    # By hand: 4 + 2 modular classrooms of which 2 are there already, for 667 of 1,867 people far from care a day a month of a
    # mobile team (the others are served); the counter serves a year's queue.
    assert one.needs_total == write_mad(4 * 220_000 + 12 * 14_000, t)


def test_a_need_without_figure_is_said_to_be_unknown_and_never_nothing(store):
    from data.ingest import drop_demonstration

    with store.write("drop-demonstration") as connection:
        drop_demonstration(connection)
    one = content(load_figures(store.snapshot_id()))
    # Who lives far from care is measured: at least two days a month of a mobile team; the rest is not known.
    assert one.needs_total.startswith("au moins")
    assert all("faute de donnée" in service.remark for service in one.needs)
    pages = text_of(print_pdf([one], EDITION))
    assert len(pages) == 2
    assert "faute de donnée" in pages[1]


def test_a_note_travels_with_the_sheet_and_the_api_and_runs_nowhere(store):
    write_note(store, TIZI, "technician", HOSTILE)
    figures = load_figures(store.snapshot_id())
    html = build_sheet(screen(figures), TIZI, BASE, TODAY)
    assert "<script" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert plain(HOSTILE) in plain(text_of(build_sheet_pdf(screen(figures), TIZI, BASE, TODAY))[1])
    client = open_client()
    notes = {c["commune_code"]: c["note"] for c in client.get("/api/v1/communes").json()["communes"]}
    assert notes[TIZI]["text"] == HOSTILE
    assert notes[TIZI]["author_role"] == "technician"
    assert notes[TOWN] is None


@pytest.mark.parametrize(
    ("text", "direction"),
    [("12 salles de plus.", "ltr"), ("12 حجرة إضافية.", "rtl"), ("«École» مفتوحة", "ltr"), ("2026", "rtl")],
)
def test_a_note_keeps_its_own_direction_on_a_sheet_in_another_language(store, text, direction):
    write_note(store, TIZI, "president", text)
    one = content(load_figures(store.snapshot_id()), "ar")
    assert one.note.direction == direction
    assert f'<div dir="{direction}">{text}</div>' in print_html(one, EDITION)
    page = text_of(print_pdf([one], EDITION))[1]
    assert all(word.strip("«».") in page for word in text.split())


@pytest.mark.parametrize(("language", "letter"), [("fr", "m"), ("ar", "ض"), ("en", "w")])
def test_the_longest_note_and_name_still_give_two_pages_within_the_margins(store, language, letter):
    write_note(store, TIZI, "president", letter * LONGEST_NOTE)
    figures = load_figures(store.snapshot_id())
    one = replace(content(figures, language), finding="Commune " * 30)
    _assert_two_pages_within_margins(print_pdf([one], EDITION))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("commune", [TIZI, TOWN, "09.541.03.29"])
def test_a_pdf_is_two_full_pages_with_every_word_inside_the_margins(figures, language, commune):
    _assert_two_pages_within_margins(build_sheet_pdf(screen(figures, language), commune, BASE, TODAY))


def _assert_two_pages_within_margins(pdf):
    margin = 11 * MILLIMETRE
    with pypdfium2.PdfDocument(pdf) as document:
        assert len(document) == 2
        for page in document:
            assert page.get_size() == pytest.approx(A4, abs=0.1)
            words = page.get_textpage()
            boxes = [words.get_rect(position) for position in range(words.count_rects())]
            assert len(boxes) > 40
            assert min(box[0] for box in boxes) > margin
            assert min(box[1] for box in boxes) > margin
            assert max(box[2] for box in boxes) < A4[0] - margin
            assert max(box[3] for box in boxes) < A4[1] - margin
            # What the page says stands above its last line.
            foot = [box for box in boxes if box[3] < 19 * MILLIMETRE]
            assert 1 <= len(foot) < len(boxes) / 4
            assert min(box[1] for box in boxes if box not in foot) > 19 * MILLIMETRE
            picture = page.render(scale=0.5, grayscale=True).to_pil()
            ink = 1 - picture.histogram()[255] / (picture.width * picture.height)
            assert 0.05 < ink < 0.6


def test_the_arabic_pdf_reads_in_logical_order(figures):
    one = content(figures, "ar")
    recto, verso = (" ".join(text.split()) for text in text_of(print_pdf([one], EDITION)))
    assert "تيزي نتاست" in recto
    # A comma after a number is read before it: that is how a line from right to left lies on the page.
    assert one.finding.replace("،", "") in recto.replace("،", "")
    assert one.words["sheet.needs"] in verso
    assert one.words["sheet.note"] in verso


def test_the_arabic_page_is_a_mirror(figures):
    """The title stands at the right, the code to scan at the left; in French the other way round."""
    edges = {}
    for language in ("fr", "ar"):
        page = Image.open(io.BytesIO(_pictures(figures, language)[0])).convert("L")
        third = page.width // 3
        corner = (page.height * 86 // 100, page.height * 94 // 100)
        edges[language] = [
            ImageStat.Stat(page.crop((left, corner[0], left + third, corner[1]))).mean[0] for left in (0, 2 * third)
        ]
    assert edges["fr"][1] < edges["fr"][0] - 10
    assert edges["ar"][0] < edges["ar"][1] - 10


def test_a_pdf_is_tagged_and_its_pictures_are_described(figures):
    pdf = build_sheet_pdf(screen(figures), TIZI, BASE, TODAY)
    assert b"/StructTreeRoot" in pdf
    assert b"pdfuaid:part" in pdf
    # Map, three lines, the code to scan; swatches are decoration.
    assert len(re.findall(rb"/S\s*/Figure", pdf)) == 5
    assert len(re.findall(rb"/Alt\s*[(<]", pdf)) == 5


def test_classes_differ_in_grey_by_hatch_and_number(figures):
    one = content(figures)
    assert len({re.sub(r"#[0-9a-f]{6}", "", c.swatch.replace(f"swatch{c.id}", "")) for c in one.legend}) == len(one.legend)
    assert [str(c.id) in print_html(one, EDITION) for c in one.legend] == [True] * len(one.legend)


def test_the_map_names_the_neighbours(figures):
    one = content(figures)
    names = [screen(figures).name(code) for code in (TIZI, *find_neighbours(TAROUDANNT.layer)[TIZI])]
    recto = " ".join(text_of(print_pdf([one], EDITION))[0].split())
    assert len(names) > 3
    for name in names:
        assert name in recto or name.replace(" ", "") in plain(recto), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_address_of_a_pdf(client, language):
    answer = client.get(f"/sheet/{TIZI}.pdf", params={"lang": language})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"] == f'inline; filename="fiche-{TIZI}-2025-08-{language}.pdf"'
    assert len(text_of(answer.content)) == 2


def test_a_pdf_of_an_unknown_commune_is_a_clear_page(client):
    answer = client.get("/sheet/09.541.99.99.pdf", params={"lang": "ar"})
    assert answer.status_code == 404
    assert answer.text.count("<li>") == 89


@pytest.mark.taroudannt
def test_a_pdf_without_a_store_says_so(tmp_path, monkeypatch):
    from data.store import ROOT_VARIABLE

    monkeypatch.setenv(ROOT_VARIABLE, str(tmp_path))
    assert open_client().get(f"/sheet/{TIZI}.pdf").status_code == 503


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_the_pages_look_as_they_did(figures, language):
    """Against pictures that were looked at; make them anew with ``GOLDEN=write`` after looking again."""
    for number, drawn in enumerate(_pictures(figures, language), 1):
        picture = Image.open(io.BytesIO(drawn)).convert("L")
        path = GOLDEN / f"sheet-{language}-{number}.png"
        if os.environ.get("GOLDEN") == "write":
            picture.save(path, optimize=True)
        golden = Image.open(path)
        assert picture.size == golden.size
        assert ImageStat.Stat(ImageChops.difference(picture, golden)).mean[0] < LARGEST_MEAN_DIFFERENCE


def _pictures(figures, language):
    return draw_pages("sheet", Translator(language), typeset_values([content(figures, language)], EDITION), TODAY, 50)
