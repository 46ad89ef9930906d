"""Support against need: what is covered, planned and open by commune and need, and the actions that name no commune."""

from __future__ import annotations

from typing import Any

import pandas as pd

from pages.figures.figures import Figures
from pages.print.tables.support import COLUMNS, WIDER, build_support_table, build_wider_table
from pages.web.api.forms import list_rows
from pages.web.api.parameters import ASSUMED, Question
from pages.web.api.resource import Resource


def _support(question: Question) -> pd.DataFrame:
    return build_support_table(question.figures, question.t, question.month, question.communes, question.needs)


def _wider(figures: Figures) -> dict[str, Any]:
    """The actions of a cercle or of the whole province: never shared out over communes."""
    return {"wider": list_rows(_WIDER, build_wider_table(figures))}


_WIDER = Resource("support", "wider", WIDER, lambda question: build_wider_table(question.figures))
SUPPORT = Resource("support", "support", COLUMNS, _support, ("date", "commune", "need", *ASSUMED), head=_wider)
