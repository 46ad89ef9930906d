"""Every file that leaves, found by what offers, answers or writes one: nothing that somebody typed runs in it."""

import ast
import inspect
import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from data.command_line import main
from data.store import ROOT_VARIABLE
from pages.print.media_types import DOCX, PPTX, XLSX
from pages.web import guard
from pages.web.api.forms import MEDIA_TYPES
from pages.web.routes import ROUTES
from tests.clients import open_client
from tests.integration.test_roles_everywhere import ADDRESSES
from tests.leaving import ELSEWHERE as LEADS_TO
from tests.leaving import faults_of
from tests.sent_figures import TIZI
from tests.typed_texts import store_of_typed
from tests.walking import list_screens, open_screen, walk

ROOT = Path(__file__).parents[2]
TYPED = '=1+1;=2 [ici](https://ailleurs.example)<img src=x onerror=a()>#panic("t")&'
CHOICES = ("button_group", "toggle", "radio")
# What a screen offers in another state than the one that it opens in: a month of figures, a plan to share out, a year behind it.
FURTHER = [
    ("commune", {"month": "2025-09"}),
    ("means", {"figures": "all"}),
    ("results", {"figures": "all", "results": "report"}),
]
# Offered after work of the reader's own on the screen, by module: what they hold is seen in the test that is named.
AFTER_WORK = {
    "pages/screens/data/checking.py": "tests/integration/test_all_that_leaves.py",
    "pages/screens/means/plan_detail.py": "tests/integration/test_means.py",
    "pages/screens/overview/bag.py": "tests/integration/test_bag.py",
}


def places_that_offer() -> set[tuple[str, int]]:
    """Module and line of each call that offers a file."""
    return {
        (str(path.relative_to(ROOT)), node.lineno)
        for path in (ROOT / "pages").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "download_button"
    }


class Offers:
    """Stands before Streamlit's button and keeps what is offered: content by module, line and name of the file."""

    def __init__(self) -> None:
        self.files = {}

    def __call__(self, label, data, file_name=None, *rest, **options):
        caller = next(f for f in inspect.stack()[1:] if f.filename.startswith(str(ROOT / "pages")))
        place = str(Path(caller.filename).relative_to(ROOT)), caller.lineno
        # Each chart has a name; of what differs by language or month alone one is enough.
        kind = str(file_name) if place[0].endswith("pictures.py") else str(file_name).rpartition(".")[2]
        content = self.files.get((place, kind)) or (data() if callable(data) else data)
        self.files[place, kind] = content.encode() if isinstance(content, str) else content


@pytest.fixture(scope="module")
def typed_store(built_store, tmp_path_factory):
    """A store in which each free text is one that would run where it could; everything uses it meanwhile."""
    with pytest.MonkeyPatch.context() as patched:
        store = store_of_typed(built_store, tmp_path_factory.mktemp("typed") / "store", TYPED)
        patched.setenv(ROOT_VARIABLE, str(store.root))
        yield store


@pytest.fixture(scope="module")
def offered(typed_store):
    """All that the screens offer."""
    offers = Offers()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(st, "download_button", offers)
        patched.setattr(DeltaGenerator, "download_button", lambda _self, *given, **options: offers(*given, **options))
        states = [(screen, {}) for screen in list_screens()] + FURTHER
        for screen, state in states:
            app = open_screen(screen, lang="fr", commune=TIZI, subject=TIZI, **state)
            for _ in walk(app, CHOICES):
                pass
            assert not app.exception, (screen, app.exception)
    return offers.files


@pytest.mark.slow
def test_every_place_that_offers_a_file_was_seen(offered):
    seen = {place for place, _ in offered}
    assert {module for module, _ in places_that_offer() - seen} == set(AFTER_WORK)
    assert all((ROOT / test).exists() for test in AFTER_WORK.values())


@pytest.mark.slow
def test_nothing_that_somebody_typed_runs_in_a_file_that_leaves_a_screen(offered):
    named = {f"{module}-{line}.{kind.rpartition('.')[2]}": data for ((module, line), kind), data in offered.items()}
    assert [fault for name, data in named.items() for fault in faults_of(name, data)] == []


# By the type of an answer, the form that it is looked at as.
FORMS = {
    "text/html": "html", "text/csv": "csv", "application/json": "json", "application/geo+json": "geojson", "application/pdf": "pdf",
    "image/svg+xml": "svg", "image/png": "png", "application/zip": "zip", "application/vnd.apache.parquet": "parquet",
    "application/vnd.sdmx.data+csv": "csv", XLSX: "xlsx", DOCX: "docx", PPTX: "pptx", "text/plain": "txt",
}  # fmt: skip
# Written by us, with nothing that anybody typed.
OURS = ("text/javascript", "text/css", "application/geopackage+sqlite3")
VARIANTS = ("", *(f"format={form}" for form in MEDIA_TYPES), "lang=ar")


@pytest.mark.slow
def test_nothing_that_somebody_typed_runs_in_what_an_address_answers(typed_store, monkeypatch):
    monkeypatch.setattr(guard, "BURST", 1_000_000)
    client, found, forms = open_client(), [], set()
    ours = {route.path for route in ROUTES}
    for asked in [one for route, (one, _) in ADDRESSES.items() if route in ours and "/sign-in" not in one]:
        for variant in VARIANTS if asked.startswith("/api/v1") else ("", "lang=ar"):
            answer = client.get(f"{asked}{'&' if '?' in asked else '?'}{variant}")
            kind = answer.headers.get("content-type", "").partition(";")[0]
            if answer.status_code != 200 or kind in OURS:
                continue
            forms.add(kind)
            found += faults_of(f"{asked} {variant}.{FORMS.get(kind, kind)}", answer.content)
    assert found == []
    assert forms >= {"text/html", "text/csv", "application/json", "application/pdf", DOCX, PPTX}


@pytest.mark.slow
def test_nothing_that_somebody_typed_runs_in_what_a_command_writes(typed_store, tmp_path):
    written = tmp_path / "written"
    written.mkdir()
    for command in (
        ["export", f"{written}/all"],
        ["export", "--hxl", f"{written}/tagged"],
        ["audit", "export", f"{written}/audit.csv"],
        ["template", f"{written}/template.xlsx"],
        ["template", f"{written}/template.csv"],
        ["template", "--prefilled", "--commune", TIZI, f"{written}/prefilled.xlsx"],
        ["template", "--form", "--commune", TIZI, f"{written}/form.xlsx"],
        ["xlsform", f"{written}/form-of-all.xlsx"],
        ["texts", "export", f"{written}/texts.xlsx"],
    ):
        assert main(command) == 0, command
    files = [path for path in written.rglob("*") if path.is_file()]
    assert len(files) > 20
    assert [fault for path in files for fault in faults_of(str(path.relative_to(written)), path.read_bytes())] == []


def book(*cells: str) -> bytes:
    target, page = io.BytesIO(), openpyxl.Workbook()
    page.active.append(cells)
    page.save(target)
    return target.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", f"a;b\nvu;{TYPED}\n".encode()),
        ("a.csv", "a\nvu\ufffe\n".encode()),
        ("a.xlsx", book(TYPED)),
        ("a.html", f"<p>{TYPED}</p>".encode()),
        ("a.html", f'<a href="https://{LEADS_TO}">x</a>'.encode()),
        ("a.svg", f'<svg xmlns="http://www.w3.org/2000/svg"><a href="https://{LEADS_TO}"/></svg>'.encode()),
        ("a.md", f"Source : {TYPED}".encode()),
        ("a.exe", b""),
    ],
)
def test_the_look_at_a_file_finds_what_it_looks_for(name, content):
    assert faults_of(name, content)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as parts:
        parts.writestr(name, content)
    assert faults_of("all.zip", packed.getvalue())
