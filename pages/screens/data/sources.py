"""The files that the figures come from, with licence and counts; the whole store as CSV."""

from __future__ import annotations

import io
import tempfile
import zipfile
from functools import partial
from pathlib import Path
from typing import Any

import streamlit as st

from data.exporting.full_export import export_store
from data.i18n import NO_VALUE
from data.ingest import CORRECTION, DEMONSTRATION, REFERENCE
from data.people.roles import Right
from data.reference_files import read_source
from data.store import Store
from pages.widgets.downloads import choose_hxl
from pages.widgets.html import show
from pages.widgets.screen import Screen


def render_sources(screen: Screen) -> None:
    """List the files; offer the full export as one ZIP."""
    t = screen.t
    rows = [
        {
            "title": _title(screen, row),
            "file": NO_VALUE if row.kind == DEMONSTRATION else row.file_name,
            "kind": t(f"upload.{row.kind}"),
            "cells": f"{t.number(row.cells_kept)} / {t.number(row.cells_in)}",
            "licence": t.words(_source(screen, row)["licence"]) if row.kind == REFERENCE else row.licence,
            "url": row.source_url if row.source_url.startswith("https://") else "",
        }
        for row in screen.figures.origins.uploads().itertuples()
        # Each correction has an upload of its own: they are listed by themselves, with reason and state.
        if row.kind != CORRECTION
    ]
    show("sources", t, rows=rows)
    if not screen.may(Right.EXPORT):
        return
    name = f"{screen.figures.province.id}-export.zip"
    hxl = choose_hxl(t, "export-hxl")
    st.download_button(t("data.export"), partial(_zip_export, screen.store, hxl), name, "application/zip", on_click="ignore")


def _title(screen: Screen, row: Any) -> str:
    """A reference table by its label; any other file by its title or name."""
    t = screen.t
    if row.kind == REFERENCE:
        return t.label(_source(screen, row)["labels"])
    return t("data.demonstration") if row.kind == DEMONSTRATION else row.file_name


def _source(screen: Screen, row: Any) -> dict[str, Any]:
    return read_source(screen.figures.province, str(row.file_name).removesuffix(".csv"))


def _zip_export(store: Store, hxl: bool) -> bytes:
    store.audit.record(store.writer.actor, "download", {"snapshot": store.snapshot_id()})
    target = io.BytesIO()
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in export_store(store, Path(folder), hxl=hxl):
            archive.write(path, path.name)
    return target.getvalue()
