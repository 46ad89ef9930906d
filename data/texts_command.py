"""``python -m data texts``: all texts to a spreadsheet, and a corrected spreadsheet back, whole or not at all."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

from data import i18n
from data.actor import current_actor
from data.answer import REFUSED, Answer, WrongCallError
from data.i18n import Translator
from data.importing.findings import RefusedError, render_finding
from data.keeping.files import replace_files
from data.languages import LANGUAGES
from data.loaders.today import forget_today
from data.province import Province
from data.store import Store
from data.texts.catalogue import TERRITORY, TextRow, read_catalogue
from data.texts.checks import TextFault, find_definition_faults, find_faults
from data.texts.reviews import Review, mark, read_reviews, review_files, standing, write_reviews
from data.texts.spreadsheet import SheetRow, build_spreadsheet, read_spreadsheet, review_role


def add_arguments(parser: argparse.ArgumentParser, t: Translator) -> None:
    """What the command takes."""
    parser.add_argument("what", choices=["export", "import"], help=t("cli.texts_what"))
    parser.add_argument("file", type=Path, metavar="FILE", help=t("cli.texts_file"))


def run(call: argparse.Namespace, store: Store, t: Translator) -> Answer:
    """Write all texts to a workbook, or take those of a corrected one."""
    if call.file.suffix.lower() != ".xlsx":
        raise WrongCallError("cli.texts_suffix", file=str(call.file))
    return {"export": _export, "import": _import}[call.what](call.file, store, t)


def _export(file: Path, store: Store, t: Translator) -> Answer:
    rows = list(read_catalogue(i18n.LOCALES, store.province).rows())
    content = build_spreadsheet(rows, read_reviews(i18n.LOCALES, store.province), t)
    try:
        file.write_bytes(content)
    except OSError as error:
        raise WrongCallError("cli.file_unwritable", file=str(file), reason=error.strerror or "") from None
    return Answer([t("cli.written", file=str(file))], {"status": "done", "file": str(file), "texts": len(rows)})


def _import(file: Path, store: Store, t: Translator) -> Answer:
    try:
        sheet = read_spreadsheet(file.read_bytes())
    except OSError:
        raise WrongCallError("cli.file_missing", file=str(file)) from None
    except RefusedError as refusal:
        line = render_finding(refusal.finding, file.name, t)
        return Answer([], {"status": "refused", "reason": refusal.finding.key}, (line,), REFUSED)
    catalogue, before = read_catalogue(i18n.LOCALES, store.province), read_reviews(i18n.LOCALES, store.province)
    stored = list(catalogue.rows())
    if faults := find_faults(sheet, stored):
        return _refuse(faults, t)
    lines = {line.id: line for line in sheet}
    changed = _changed(lines, stored)
    after = catalogue.with_texts(changed)
    if after.definitions.drafts and (faults := find_definition_faults(sheet, after.definitions, t)):
        return _refuse(faults, t)
    rows = list(after.rows())
    reviews = _reviews(lines, {row.id: row for row in stored}, rows, before)
    files = catalogue.changed_files(after)
    if reviews != before:
        files |= _review_contents(rows, reviews, store.province)
    try:
        replace_files(files)
    except OSError as error:
        raise WrongCallError("cli.file_unwritable", file=str(error.filename or ""), reason=error.strerror or "") from None
    i18n.load_texts.cache_clear()
    i18n.load_place_texts.cache_clear()
    forget_today()
    moved = (catalogue.definitions.method_version, after.definitions.method_version)
    return _done(store, t, len(changed), reviews, moved)


def _changed(lines: Mapping[str, SheetRow], stored: Sequence[TextRow]) -> dict[tuple[str, str, str], str]:
    """The texts that the sheet says otherwise, by key, form and language."""
    return {
        (row.key, row.form, language): str(lines[row.id].values[language])
        for row in stored
        for language in LANGUAGES
        if lines[row.id].values[language] != row.texts[language]
    }


def _reviews(
    lines: Mapping[str, SheetRow],
    stored: Mapping[str, TextRow],
    rows: Sequence[TextRow],
    before: Mapping[tuple[str, str], Review],
) -> dict[tuple[str, str], Review]:
    """The reviews that stand after the sheet: one that was there already does not stand for a text that the sheet changed."""
    found: dict[tuple[str, str], Review] = {}
    for row in rows:
        for language in LANGUAGES:
            by, on = (lines[row.id].values[f"{language}_reviewed_{what}"] for what in ("by", "on"))
            role = review_role(by) if by else None
            if role is None or not row.texts[language]:
                continue
            old = standing(stored[row.id], language, before)
            is_old = old is not None and (old.by, old.on) == (role, on)
            if not is_old or row.texts[language] == stored[row.id].texts[language]:
                found[row.id, language] = Review(role, on, mark(row.texts[language]))
    return found


def _review_contents(
    rows: list[TextRow], reviews: Mapping[tuple[str, str], Review], province: Province
) -> dict[Path, bytes]:
    paths = review_files(i18n.LOCALES, province)
    contents = {path: write_reviews(rows, reviews, of_territory=own) for own, path in paths.items()}
    has_own = any(row.area == TERRITORY and (row.id, language) in reviews for row in rows for language in LANGUAGES)
    return contents if has_own or paths[True].exists() else {paths[False]: contents[paths[False]]}


def _refuse(faults: Sequence[TextFault], t: Translator) -> Answer:
    found = [{"cell": f.cell, "text": f.row, "reason": f.key, "message": f.sentence(t)} for f in faults]
    lines = tuple(fault.sentence(t) for fault in faults)
    return Answer([t("texts.refused", count=len(faults))], {"status": "refused", "faults": found}, lines, REFUSED)


def _done(
    store: Store, t: Translator, changed: int, reviews: Mapping[tuple[str, str], Review], versions: tuple[str, str]
) -> Answer:
    by_language = {language: sum(spoken == language for _, spoken in reviews) for language in LANGUAGES}
    said = t("sign.comma").join(f"{LANGUAGES[language]} {t.number(count)}" for language, count in by_language.items())
    if store.snapshot_id():
        store.audit.record(current_actor(), "texts", {"changed": changed, "reviewed": len(reviews)})
    lines = [t("texts.changed", count=changed), t("texts.reviewed", counts=said)]
    if changed:
        lines.append(t("texts.restart"))
    if versions[0] != versions[1]:
        lines.append(t("texts.method_raised", before=versions[0], after=versions[1]))
    return Answer(lines, {"status": "done", "changed": changed, "reviewed": by_language, "method_version": versions[1]})
