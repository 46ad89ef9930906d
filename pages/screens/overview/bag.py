"""Every sheet at once: choose what to take away, prepare it with a progress bar, download it once it is there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

import streamlit as st

from data.i18n import LANGUAGES
from pages.address.public import public_address
from pages.address.selection import file_part
from pages.print.sheet.bag import Bag, Progress, Request, build_bag, build_collection, in_language
from pages.print.sheet.files import FOLDER, Form
from pages.print.typeset import PDF_MEDIA_TYPE
from pages.widgets.screen import Screen
from pages.widgets.turns import own_turn

ZIP_MEDIA_TYPE = "application/zip"


@dataclass(frozen=True, slots=True)
class _Parcel:
    """Something to take away: its label, what its file name tells besides territory and month, its type, and what builds it."""

    label: str
    part: tuple[str, ...]
    media_type: str
    build: Callable[[Screen, Request, Progress], Bag]


def render_bag(screen: Screen) -> None:
    """Prepare on a click; keep the last file of the session until the view or the choice changes."""
    t, chosen, parcels = screen.t, screen.chosen, _parcels(screen)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        choice = st.selectbox(
            t("bag.what"), list(parcels), format_func=lambda c: parcels[c].label, width=420, key="bag_choice"
        )
        asked = st.button(t("bag.build"), help=t("bag.help"), icon=":material/luggage:")
    parcel = parcels[str(choice)]
    key = (screen.figures.snapshot_id, screen.figures.assumptions, chosen.territory, chosen.month, choice, t.language)
    if st.session_state.get("_bag_key") != key:
        st.session_state.pop("_bag", None)
    if asked:
        with own_turn(t) as came:
            if came:
                st.session_state["_bag"], st.session_state["_bag_key"] = _build(screen, parcel), key
    bag: Bag | None = st.session_state.get("_bag")
    if bag is not None:
        what = "fiches", file_part(chosen.territory), f"{chosen.month:%Y-%m}", *parcel.part
        name = screen.name_file(*what, form="zip" if parcel.media_type == ZIP_MEDIA_TYPE else "pdf")
        label = t(
            f"bag.download_{'zip' if parcel.media_type == ZIP_MEDIA_TYPE else 'pdf'}", size=len(bag.content) / 1_000_000
        )
        st.download_button(label, bag.content, name, parcel.media_type, type="primary", on_click="ignore")
        st.caption(t("bag.printed", count=bag.printed))


def _parcels(screen: Screen) -> dict[str, _Parcel]:
    t = screen.t
    both = (Form.HTML, Form.PDF)
    return {
        "html": _Parcel(t("bag.zip"), (), ZIP_MEDIA_TYPE, build_bag),
        "html_pdf": _Parcel(
            t("bag.zip_pdf"), ("pdf",), ZIP_MEDIA_TYPE, lambda s, asked, step: build_bag(s, asked, step, both)
        ),
    } | {
        f"one_{code}": _Parcel(
            t("bag.one_pdf", language=name),
            (code,),
            PDF_MEDIA_TYPE,
            lambda s, asked, step, code=code: build_collection(in_language(s, code), asked, step),  # type: ignore[misc]
        )
        for code, name in LANGUAGES.items()
    }


def _build(screen: Screen, parcel: _Parcel) -> Bag:
    t = screen.t
    bar = st.progress(0.0)

    def advance(done: int, total: int) -> None:
        bar.progress(done / total, t("bag.progress" if done < total else "bag.closing", count=done, total=total))

    bag = parcel.build(screen, Request(screen.codes, _base_url(), date.today(), screen.figures.store.root / FOLDER), advance)
    bar.empty()
    return bag


def _base_url() -> str:
    """Address at which the reader sees the application, without the name of this screen."""
    seen = urlsplit(st.context.url or "")
    return public_address(f"{seen.scheme}://{seen.netloc}{seen.path.removesuffix('overview').rstrip('/')}/")
