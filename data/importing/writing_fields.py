"""What each field of a decision, a note, a scenario or a plan must be; the same rules as where it is typed."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import date, datetime

import pandas as pd

from analytics.scenario import ScenarioError
from data.commune_notes import AUTHOR_ROLES, LONGEST_NOTE
from data.decisions import LONGEST_RESPONSIBLE, LONGEST_TEXT
from data.free_text import PERSONAL_KINDS, find_personal_data, one_line, paragraphs
from data.i18n import LANGUAGES, load_texts
from data.loaders.scenarios import read_scenario
from data.loaders.today import load_plan_outline
from data.plans import LONGEST_REMARK
from data.plans import LONGEST_TEXT as LONGEST_PLAN_TEXT
from data.saved_scenarios import LONGEST_NAME
from data.writings import DECISIONS, NOTES, PLAN_TEXTS, PLAN_VERSIONS, SCENARIOS

_ID = re.compile(r"[0-9a-f]{32}")
_SNAPSHOT = re.compile(r"[0-9A-Za-z-]{0,60}")
# As the store writes them: other ways that ISO 8601 allows are not read by it.
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?", re.ASCII)
_NUMBER = re.compile(r"[1-9][0-9]{0,5}", re.ASCII)
PERSONAL = frozenset(f"writing_{kind}" for kind in PERSONAL_KINDS)
_TERRITORIES = ("all", "programme", "urban")

# Gives the end of the key of what is wrong with a text; empty where nothing is.
Check = Callable[[str], str]


def field_checks(table: str, communes: pd.DataFrame) -> dict[str, Check]:
    """The checks of a table, by field.

    Args:
        communes: ``commune_code, cercle_code``.
    """
    places = {*communes["commune_code"], *_TERRITORIES, *communes["cercle_code"]} - {""}
    questions = {key.removeprefix("council.ask_") for key in load_texts("fr") if key.startswith("council.ask_")}
    snapshot = _among(lambda text: _SNAPSHOT.fullmatch(text) is not None)
    return {
        DECISIONS: {
            "decision_id": _among(lambda text: _ID.fullmatch(text) is not None),
            "subject": _among(places.__contains__),
            "question": _among(questions.__contains__),
            "reference_date": _date,
            "text": lambda text: _sentence(text, 1, LONGEST_TEXT),
            "responsible": lambda text: _sentence(text, 0, LONGEST_RESPONSIBLE),
            "due_date": lambda text: _date(text) if text else "",
            "base_snapshot_id": snapshot,
            "noted_at": _moment,
            "withdrawn_at": lambda text: _moment(text) if text else "",
        },
        NOTES: {
            "commune_code": _among(set(communes["commune_code"]).__contains__),
            "author_role": _among(AUTHOR_ROLES.__contains__),
            "note": lambda text: _sentence(text, 0, LONGEST_NOTE),
            "written_at": _moment,
        },
        SCENARIOS: {
            "name": lambda text: _sentence(text, 1, LONGEST_NAME),
            "definition": _scenario,
            "base_snapshot_id": snapshot,
            "base_figures": _figures,
            "saved_at": _moment,
        },
        PLAN_TEXTS: {
            "commune_code": _among(set(communes["commune_code"]).__contains__),
            "language": _among(LANGUAGES.__contains__),
            "chapter": _among(load_plan_outline().chapters.__contains__),
            "words": _paragraphs,
            "written_at": _moment,
        },
        PLAN_VERSIONS: {
            "commune_code": _among(set(communes["commune_code"]).__contains__),
            "version": _among(lambda text: _NUMBER.fullmatch(text) is not None),
            "scenario": _scenario,
            "assumptions": _choices,
            "reference_date": _date,
            "remark": lambda text: _sentence(text, 0, LONGEST_REMARK),
            "base_snapshot_id": snapshot,
            "base_figures": _figures,
            "saved_at": _moment,
        },
    }[table]


def _among(allowed: Callable[[str], bool]) -> Check:
    return lambda text: "" if allowed(text) else "writing_unknown"


def _sentence(text: str, shortest: int, longest: int) -> str:
    if text != one_line(text) or not shortest <= len(text) <= longest:
        return "writing_length"
    kind = find_personal_data(text)
    return f"writing_{kind}" if kind else ""


def _paragraphs(text: str) -> str:
    if text != paragraphs(text) or len(text) > LONGEST_PLAN_TEXT:
        return "writing_length"
    kind = next((kind for line in text.splitlines() if (kind := find_personal_data(line))), "")
    return f"writing_{kind}" if kind else ""


def _date(text: str) -> str:
    return _read(text, date.fromisoformat, "writing_date") if _DATE.fullmatch(text) else "writing_date"


def _moment(text: str) -> str:
    return _read(text, datetime.fromisoformat, "writing_date") if _MOMENT.fullmatch(text) else "writing_date"


def _scenario(text: str) -> str:
    problem = _read(text, lambda definition: read_scenario(_json(definition)), "writing_unreadable")
    kinds = [] if problem else [kind for sentence in _sentences(_json(text)) if (kind := find_personal_data(sentence))]
    return f"writing_{kinds[0]}" if kinds else problem


def _sentences(value: object) -> Iterator[str]:
    """Every text in what JSON holds."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _sentences(part)


def _figures(text: str) -> str:
    def read(figures: str) -> None:
        if not all(isinstance(v, str | int | float) and not isinstance(v, bool) for v in _json(figures).values()):
            raise ValueError("a figure is a number or a month")

    return _read(text, read, "writing_unreadable")


def _choices(text: str) -> str:
    def read(assumptions: str) -> None:
        if not all(isinstance(choice, str) for choice in _json(assumptions).values()):
            raise ValueError("an assumption is a word")

    return _read(text, read, "writing_unreadable")


def _json(text: str) -> dict[str, object]:
    def refuse(constant: str) -> None:
        raise ValueError(f"{constant} is no number")

    found = json.loads(text, parse_constant=refuse)
    if not isinstance(found, dict):
        raise ValueError("not an object")
    return found


def _read(text: str, read: Callable[[str], object], problem: str) -> str:
    try:
        read(text)
    except (ValueError, TypeError, RecursionError, ScenarioError):
        return problem
    return ""
