"""The changes of a scenario and its errors in words, with the places that they name."""

from __future__ import annotations

from analytics.scenario import ALL, CapacityChange, PeopleChange, ScenarioError
from analytics.scenario_people import HOSTED
from pages.words.labels import territory_label
from pages.words.view import View


def describe_problem(view: View, error: ScenarioError) -> str:
    """An error in the reader's words, with the nearest feasible choice."""
    values = dict(error.values)
    if "place" in values:
        values["place"] = place_label(view, str(values["place"]))
    if "variable" in values:
        values["variable"] = view.t.label(view.figures.definition_set.variables[str(values["variable"])].labels)
    return view.t(error.key, **values)


def place_label(view: View, where: str) -> str:
    """Name of the province, a group or a commune; the code itself when it names none of them."""
    if where in view.figures.territory:
        return view.name(where)
    known = where == ALL or where in view.figures.communes["group_code"].to_numpy()
    return territory_label(view.figures, where, view.t) if known else where


def describe_change(view: View, change: PeopleChange | CapacityChange) -> str:
    """A change in one line: what, where, how much, when."""
    t, variables = view.t, view.figures.definition_set.variables
    names = (HOSTED,) if isinstance(change, PeopleChange) else change.variables
    absolute = change.persons if isinstance(change, PeopleChange) else change.units
    amounts = [
        _signed(view, change.percent) + " %" if change.percent else "",
        _signed(view, absolute) if absolute else "",
    ]
    amount = ", ".join(a for a in amounts if a) or "0"
    # In a line that runs from right to left, sign, number and per cent stay together.
    isolated = f"\u2066{amount}\u2069"
    what = t("sign.between").join(t.label(variables[name].labels) for name in names)
    when = t("scenario.from_month", first=change.first_month)
    if change.last_month:
        when = t("scenario.from_to_month", first=change.first_month, last=change.last_month)
    if isinstance(change, CapacityChange) and change.calendar_months:
        when = t("scenario.in_months", months=", ".join(t.month_name(m) for m in change.calendar_months))
    return t(
        "scenario.change_line",
        what=what,
        where=place_label(view, change.where),
        amount=isolated if t.direction == "rtl" else amount,
        when=when,
    )


def _signed(view: View, value: float) -> str:
    return ("+" if value > 0 else "−") + view.t.number(abs(value))
