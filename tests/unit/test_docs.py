"""The documentation names what there is: numbers of the method note, values, paths, modules, make targets, links, words."""

import re
from pathlib import Path

import pytest
import yaml

from data.loaders.today import load_definitions
from tests.markdown import ROOT, list_pages, read_anchors, read_commands, read_links, read_names

PAGES = list_pages()
METHODS = (ROOT / "docs" / "methods.md").read_text(encoding="utf-8")
NUMBERED = set(re.findall(r"^#{2,3} (\d+(?:\.\d+)?)", METHODS, re.MULTILINE))
CITING = ("analytics", "data", "geo", "pages", "tests")
# "method note 1 and 2.2", "Note de méthode 4.1, 4.5", "Méthode du projet 1.1 et 2.2", in three languages.
NAMES = (
    r"[Mm]ethod\s+note", r"[Mm]ethods", r"[Nn]ote\s+de\s+méthode", r"[Mm]éthode\s+du\s+projet",
    r"[Mm]ethod\s+of\s+the\s+project", "المنهجية", r"منهجية\s+المشروع",
)  # fmt: skip
NUMBERS = r"\d+(?:\.\d+)?(?:(?:,|\s+and|\s+et|\s*و)\s*\d+\.\d+)*(?![\d-])"
CITATION = re.compile(rf"(?:{'|'.join(NAMES)}),?\s+(?:section\s+)?({NUMBERS})")


def cited() -> dict[str, set[str]]:
    """Numbers of the method note that code and definitions cite, each with the files that do."""
    found: dict[str, set[str]] = {}
    for room in CITING:
        for path in (ROOT / room).rglob("*"):
            if path.suffix in (".py", ".yaml", ".json", ".sql") and "var" not in path.parts and path != Path(__file__):
                for numbers in CITATION.findall(path.read_text(encoding="utf-8")):
                    for number in re.findall(r"\d+(?:\.\d+)?", numbers):
                        found.setdefault(number, set()).add(str(path.relative_to(ROOT)))
    return found


def test_every_number_of_the_method_note_that_is_cited_is_a_heading_of_it():
    numbers = cited()
    assert len(numbers) > 15
    assert {n: sorted(files) for n, files in numbers.items() if n not in NUMBERED} == {}


def test_the_method_note_describes_every_indicator_and_no_other():
    definitions = load_definitions()
    known = {*definitions.indicators, *definitions.province_indicators, *definitions.extensions}
    assert set(re.findall(r"\b(?:EDU|HEA|CIV|WAT|SAN|SHE|SOC|WAS)\d\d[A-Z]?\b", METHODS)) == known


def test_the_method_note_gives_the_weights_that_compute():
    written = dict(re.findall(r"^\| ([A-Z]{3}\d\d[A-Z]?) \|.*\| ([\d.]+) \|$", METHODS, re.MULTILINE))
    weights = {i.id: i.weight for i in load_definitions().indicators.values() if i.weight}
    assert {name: float(weight) for name, weight in written.items()} == weights


def test_the_method_note_gives_the_goalposts_grades_and_curves_that_compute():
    legend = load_definitions().legend
    rows = [
        re.findall(r"[\d.]+", re.search(rf"^\| {name} \|(.*)$", METHODS, re.MULTILINE)[1]) for name in ("pressure", "score")
    ]
    assert [tuple(map(float, point)) for point in zip(*rows, strict=True)] == [tuple(p) for p in legend.goalposts.points]
    assert "1 up to {}, 2 up to {}, 3 up to {}, 4 up to {}".format(*(c.upper for c in legend.classes[:4])) in METHODS
    reliability = yaml.safe_load((ROOT / "data/definitions/reliability.yaml").read_text(encoding="utf-8"))
    grades = "A from {A:.2f}, B from {B:.2f}, C from {C:.2f}".format(**reliability["lowest"])
    variation = ", ".join(f"{grade} {share:.0%}".replace("%", " %") for grade, share in reliability["variation"].items())
    assert grades in " ".join(METHODS.split())
    assert variation in " ".join(METHODS.split())
    presets = yaml.safe_load((ROOT / "data/definitions/displacement_presets.yaml").read_text(encoding="utf-8"))
    for name, preset in presets.items():
        assert re.search(rf"^\| {name} \| {preset['shape']:.2f} \| {preset['scale']:g} \|", METHODS, re.MULTILINE), name


@pytest.mark.taroudannt
@pytest.mark.parametrize("page", PAGES, ids=str)
def test_what_a_page_names_exists(page):
    missing = [name for name in read_names(page) if not list(ROOT.glob(name.rstrip("/")))]
    assert not missing, f"{page} names {missing}"


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_a_link_leads_to_a_page_and_a_heading_that_exist(page):
    for target, anchor in read_links(page):
        path = ((ROOT / page).parent / target) if target else ROOT / page
        assert path.exists(), f"{page} links to {target}"
        if anchor:
            assert anchor in read_anchors(path), f"{page} links to #{anchor} of {target}"


def test_every_page_is_reached_from_the_first_one():
    reached, waiting = set(), [Path("README.md")]
    while waiting:
        page = waiting.pop()
        if page not in reached and page.suffix == ".md":
            reached.add(page)
            links = [((ROOT / page).parent / target).resolve() for target, _ in read_links(page) if target]
            waiting += [link.relative_to(ROOT) for link in links]
    assert set(PAGES) - reached == set()


def test_every_make_target_in_the_pages_is_one_of_the_makefile():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    asked = {command.split()[1] for page in PAGES for command in read_commands(page) if command.startswith("make ")}
    asked |= {name for page in PAGES for name in re.findall(r"`make ([a-z-]+)", (ROOT / page).read_text(encoding="utf-8"))}
    assert {"run", "test"} <= asked
    assert asked - targets == set()


def test_the_first_page_fits_one_screen_and_gives_two_commands():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 45
    assert text.count("![") == 1
    assert [command.split("#")[0].strip() for command in read_commands(Path("README.md"))] == ["make run", "make test"]


def test_a_term_of_the_glossary_is_said_in_three_languages_and_found_in_the_code():
    code = "\n".join(
        path.read_text(encoding="utf-8")
        for room in ("analytics", "data", "geo", "pages")
        for pattern in ("*.py", "*.sql", "*.yaml")
        for path in (ROOT / room).rglob(pattern)
        if "var" not in path.parts
    )
    text = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    rows = [line.strip("|").split("|") for line in text.splitlines() if re.match(r"\| (?!English)\S", line)]
    assert len(rows) > 60
    for english, french, arabic, name in rows:
        assert english.strip(), name
        assert french.strip(), english
        assert re.search("[\u0600-\u06ff]", arabic), english
        assert re.search(rf"\b{re.escape(name.strip(' `'))}\b", code), f"{english}: {name} is not in the code"


def test_no_page_names_a_place_that_only_this_machine_has():
    for page in PAGES:
        text = (ROOT / page).read_text(encoding="utf-8")
        assert not re.search(r"(?<![\w.])/(?:home|root|work|tmp|opt|usr)/", text), page
        assert not re.search(r"\bpypi\b|deb\.debian|registry\.npm|index-url", text, re.IGNORECASE), page
