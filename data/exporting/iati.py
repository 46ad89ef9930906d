"""The actions as an IATI activity file (2.03), and back: what the standard has no element for stands in elements of our own.

The standard asks for a date of each activity. An action without one is no activity of the file: its record stands at the end of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

import pandas as pd
from lxml import etree

from data.importing.reading.markup import parse
from data.province import Province
from data.records.actions import ACTIONS

VERSION, OWN = "2.03", "urn:service-pressure:support"
# Activity status of IATI: pipeline, implementation, closed, cancelled. What is funded and not begun is in the pipeline.
STATUS = {"planned": "1", "funded": "1", "under_way": "2", "done": "4", "stopped": "5"}
# Kind of a date: planned, actual; and the statuses in which it has passed.
_DATES = {"start_date": ("1", "2", ("under_way", "done")), "end_date": ("3", "4", ("done",))}
# Purposes of the DAC: education facilities, basic health care, local government, relief, water, rural development and so on.
_SECTORS = {
    "education": "11120", "health": "12220", "civil_registry": "15185", "shelter": "72010", "wash": "14030",
    "livelihoods": "43040", "protection": "16010", "social": "16010", "governance": "15185", "diaspora": "43010",
    "several": "43010", "other": "99810", "": "99810",
}  # fmt: skip
_TRANSACTIONS = (("committed_mad", "2"), ("spent_mad", "4"))
_SMALL = 5


def write_iati(actions: pd.DataFrame, names: Mapping[str, str], province: Province, *, exact: bool) -> bytes:
    """The file, its elements in the order that the standard asks for.

    Args:
        actions: the columns of the kind, ``organisation`` as it was written.
        names: of communes by code.
        exact: counts of people under five stand as they are; otherwise they are left out, as they are everywhere.
    """
    made = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
    root = etree.Element("iati-activities", nsmap={"sp": OWN}, attrib={"version": VERSION, "generated-datetime": made})
    without = without_date(actions)
    for action in actions[~without].to_dict("records"):
        _add_activity(root, action, names, province, exact=exact)
    for action in actions[without].to_dict("records"):
        _add_record(root, action, exact=exact)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)


def without_date(actions: pd.DataFrame) -> pd.Series:
    """Which actions have neither a first day nor a last."""
    return actions[list(_DATES)].isna().all(axis=1)


def read_iati(content: bytes) -> pd.DataFrame:
    """The actions of a file of ours, with the columns of the kind but ``cell``."""
    layout = ACTIONS.layout()
    rows = [{field.get("name"): field.text or "" for field in record} for record in parse(content).iter(f"{{{OWN}}}record")]
    columns = [name for name in ACTIONS.columns if name != "cell"]
    frame = pd.DataFrame(rows, columns=columns, dtype="object").fillna("")
    typed: dict[str, object] = {field.id: pd.to_datetime(frame[field.id]) for field in layout.of_type("day")}
    typed |= {field.id: pd.to_numeric(frame[field.id]) for field in layout.of_type("number")}
    return frame.assign(**typed)


def _add_activity(
    root: etree._Element, action: dict[str, object], names: Mapping[str, str], province: Province, *, exact: bool
) -> None:
    activity = etree.SubElement(
        root, "iati-activity", {"default-currency": "MAD", "{http://www.w3.org/XML/1998/namespace}lang": "fr"}
    )
    _text(activity, "iati-identifier", f"MA-{province.id.upper()}-{action['action_id']}")
    # Whoever keeps the list reports what others do.
    reporter = {"ref": f"MA-{province.id.upper()}", "type": "11", "secondary-reporter": "1"}
    _narrate(activity, "reporting-org", province.names["fr"], reporter)
    _narrate(activity, "title", str(action["activity"]))
    _narrate(activity, "description", str(action["activity"]))
    for name, role in (("funder", "1"), ("organisation", "4"), ("partner", "4")):
        if action[name]:
            _narrate(activity, "participating-org", str(action[name]), {"role": role})
    etree.SubElement(activity, "activity-status", {"code": STATUS[str(action["action_status"])]})
    for name, (planned, actual, passed) in _DATES.items():
        if not pd.isna(action[name]):
            kind = actual if action["action_status"] in passed else planned
            etree.SubElement(activity, "activity-date", {"type": kind, "iso-date": _day(action[name])})
    etree.SubElement(activity, "recipient-country", {"code": "MA", "percentage": "100"})
    location = etree.SubElement(activity, "location")
    _narrate(location, "name", names.get(str(action["commune_code"]), "") or province.names["fr"])
    etree.SubElement(activity, "sector", {"vocabulary": "1", "code": _SECTORS[str(action["sector"])]})
    _add_money(activity, action)
    _add_record(activity, action, exact=exact)


def _add_money(activity: etree._Element, action: dict[str, object]) -> None:
    """Budget and transactions, of days that are known: the standard asks for them."""
    start, end = action["start_date"], action["end_date"]
    if not pd.isna(action["budget_mad"]) and not (pd.isna(start) or pd.isna(end)):
        budget = etree.SubElement(activity, "budget", {"type": "1", "status": "2"})
        etree.SubElement(budget, "period-start", {"iso-date": _day(start)})
        etree.SubElement(budget, "period-end", {"iso-date": _day(end)})
        _text(budget, "value", _number(action["budget_mad"]), {"currency": "MAD", "value-date": _day(start)})
    for name, kind in _TRANSACTIONS:
        if not pd.isna(action[name]) and not pd.isna(start):
            transaction = etree.SubElement(activity, "transaction")
            etree.SubElement(transaction, "transaction-type", {"code": kind})
            etree.SubElement(transaction, "transaction-date", {"iso-date": _day(start)})
            _text(transaction, "value", _number(action[name]), {"currency": "MAD", "value-date": _day(start)})


def _add_record(parent: etree._Element, action: dict[str, object], *, exact: bool) -> None:
    """Every field as it is kept: the standard lets elements of another name space stand last."""
    record = etree.SubElement(parent, f"{{{OWN}}}record")
    for name in ACTIONS.columns:
        value = action[name]
        is_blank = name == "cell" or value == "" or pd.isna(value)
        if is_blank or (name in ("targeted", "reached") and 0 < float(str(value)) < _SMALL and not exact):
            continue
        said = _day(value) if isinstance(value, pd.Timestamp) else _number(value) if isinstance(value, float) else str(value)
        _text(record, f"{{{OWN}}}field", said, {"name": name})


def _narrate(parent: etree._Element, tag: str, text: str, said: dict[str, str] | None = None) -> None:
    _text(etree.SubElement(parent, tag, said or {}), "narrative", text)


def _text(parent: etree._Element, tag: str, text: str, said: dict[str, str] | None = None) -> None:
    etree.SubElement(parent, tag, said or {}).text = text


def _day(value: object) -> str:
    return f"{pd.Timestamp(str(value)):%Y-%m-%d}"


def _number(value: object) -> str:
    return repr(float(str(value))).removesuffix(".0")
