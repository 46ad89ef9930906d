"""Support in the formats of others: the 3W, IATI, the full export; each is read back equal."""

import os
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from lxml import etree

from data.exporting.full_export import export_store
from data.exporting.iati import OWN, read_iati, write_iati
from data.exporting.three_w import write_3w_csv, write_3w_workbook
from data.i18n import LANGUAGES, Translator
from data.importing.accept import accept_import, prepare_for_store
from data.initialise import initialise
from data.records.actions import ACTIONS
from data.records.actors import ACTORS
from data.records.sheet_store import read_in_force
from data.store import Store
from tests.territories import TAROUDANNT

TODAY = date(2025, 9, 15)
# Children of an activity, as the schema of IATI 2.03 orders them, of those that are written; ours stand last.
IN_ORDER = ["iati-identifier", "reporting-org", "title", "description", "participating-org", "activity-status", "activity-date",
            "recipient-country", "location", "sector", "budget", "transaction", "record"]  # fmt: skip


def read_communes_of(connection):
    return [row[0] for row in connection.execute("SELECT commune_code FROM commune").fetchall()]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("write", [write_3w_csv, write_3w_workbook])
def test_the_3w_reads_back_equal(store, language, write):
    t = Translator(language)
    with store.open() as connection:
        codes = tuple(read_communes_of(connection))
        before = read_in_force(connection, ACTIONS, codes)
    names = dict.fromkeys(codes, "")
    content = write(before, names, TAROUDANNT, t, exact=True)
    name = "3w.csv" if write is write_3w_csv else "3w.xlsx"
    report = prepare_for_store(store, content, name, TODAY)
    assert [f.key for f in report.findings if f.sets_aside] == []
    accept_import(store, content, report)
    with store.open() as connection:
        after = read_in_force(connection, ACTIONS, codes)
    mine = [column for column in ACTIONS.columns if column != "cell"]
    pd.testing.assert_frame_equal(after[mine], before[mine])


@pytest.fixture
def shipped_actions(built):
    with built.open() as connection:
        return read_in_force(connection, ACTIONS, tuple(read_communes_of(connection)))


@pytest.fixture
def iati_file(shipped_actions):
    return write_iati(shipped_actions, dict.fromkeys(shipped_actions["commune_code"], "x"), TAROUDANNT, exact=True)


def test_the_iati_file_has_the_structure_of_the_standard_and_reads_back_equal(shipped_actions, iati_file):
    root = etree.fromstring(iati_file)
    activities = root.findall("iati-activity")
    dated = shipped_actions["start_date"].notna() | shipped_actions["end_date"].notna()
    assert (root.tag, root.get("version"), len(activities)) == ("iati-activities", "2.03", dated.sum())
    # What has no date is no activity of the standard: its record stands after all of them.
    assert [child.tag for child in root[len(activities) :]] == [f"{{{OWN}}}record"] * (~dated).sum()
    for activity in activities:
        positions = [IN_ORDER.index(etree.QName(child).localname) for child in activity]
        assert positions == sorted(positions)
        assert {"iati-identifier", "reporting-org", "title", "description", "participating-org", "activity-status",
                "activity-date"} <= {child.tag for child in activity}  # fmt: skip
        assert all(n.text for n in activity.iter("narrative"))
        assert activity.find("activity-status").get("code") in "12345"
        for value in activity.iter("value"):
            assert (value.get("currency"), float(value.text) >= 0) == ("MAD", True)
            assert date.fromisoformat(value.get("value-date"))
        # An end that has passed belongs to what is done, and to nothing else.
        kinds = {day.get("type") for day in activity.iter("activity-date")}
        assert ("4" in kinds) <= (activity.find("activity-status").get("code") == "4")
    assert len({a.findtext("iati-identifier") for a in activities}) == len(activities)
    back = read_iati(iati_file).sort_values("action_id").reset_index(drop=True)
    before = shipped_actions[list(back.columns)].sort_values("action_id").reset_index(drop=True)
    pd.testing.assert_frame_equal(back, before, check_dtype=False)


@pytest.mark.skipif(
    "IATI_SCHEMAS" not in os.environ, reason="the official schemas are not carried here: see docs/support.md"
)
def test_the_iati_file_is_valid_by_the_official_schema(iati_file):
    schema = etree.XMLSchema(etree.parse(str(Path(os.environ["IATI_SCHEMAS"]) / "iati-activities-schema.xsd")))
    schema.assertValid(etree.fromstring(iati_file))


def test_a_full_export_comes_back(built, tmp_path):
    export_store(built, tmp_path / "out")
    again = Store(tmp_path / "again")
    initialise(again, reference=False)
    for kind in (ACTORS, ACTIONS):
        content = (tmp_path / "out" / f"{kind.id}.csv").read_bytes()
        report = prepare_for_store(again, content, f"{kind.id}.csv", TODAY)
        assert [f for f in report.findings if f.sets_aside] == []
        accept_import(again, content, report)
        frames = []
        for one in (built, again):
            with one.open() as connection:
                frames.append(read_in_force(connection, kind, tuple(read_communes_of(connection))))
        pd.testing.assert_frame_equal(*(frame.drop(columns=["cell", "upload_id"]) for frame in frames))
