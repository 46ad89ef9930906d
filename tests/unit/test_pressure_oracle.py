"""A second answer: the headline indicators computed with plain Python, one commune and month at a time, from the store."""

import math

import pytest

from data.loaders.today import load_definitions
from tests.plain_people import books, published, residents, share_of

CYCLES = ("primary", "college", "lycee")


def norm(name, month):
    return load_definitions().norms[name].in_force(month.date()).value


def plain_pressures(o, month):
    """Pressure of each indicator from a dictionary of one commune's figures; the formulas of the method note in words."""
    seats = sum(o[f"classrooms_functional_{c}"] * norm(f"pupils_per_classroom_{c}", month) for c in CYCLES)
    pupils = sum(o[f"pupils_{c}"] for c in CYCLES)
    teachers = sum(o[f"teachers_{c}"] for c in CYCLES)
    counted = o.get("displaced_counted_in_census_pct")
    share = 0.5 if counted is None else counted / 100
    # Nobody declares a share in the figures that ship: everyone is half counted where they are.
    present = o["residents"] + (o["hosted_from_elsewhere"] - o["residents_away"]) * (1 - share)
    professionals = o["doctors"] + o["nurses"] + o["midwives"]
    return {
        "EDU01": pupils / seats if seats else math.inf,
        "EDU02": pupils / (teachers * norm("pupils_per_teacher", month)),
        "HEA01": present / (o["primary_care_facilities_functional"] * norm("people_per_primary_care_facility", month)),
        "HEA02": published(o["outpatient_visits"])
        / (o["clinicians_fte"] * o["health_opening_days"] * norm("visits_per_clinician_day", month)),
        "HEA04": norm("health_professionals_per_10000", month) / (professionals / present * 10_000),
        "CIV01": present / (o["registry_agents_fte"] * norm("people_per_registry_agent", month)),
    }


@pytest.fixture(scope="module")
def movements(built_store):
    from data import queries
    from data.store import Store

    with Store(built_store).open() as connection:
        return queries.read_movements(connection, queries.whole_territory(connection))


@pytest.fixture(scope="module")
def observations(built_store):
    from data import queries
    from data.store import Store

    with Store(built_store).open() as connection:
        return queries.read_observations(connection, queries.whole_territory(connection))


@pytest.mark.parametrize("month_index", [0, 11, 23])
def test_every_commune_agrees_with_the_plain_answer(figures, observations, movements, month_index):
    month = figures.months[month_index]
    now = observations[(observations["reference_date"] == month) | (observations["reference_date"] == "2024-09-01")]
    now = now.sort_values("reference_date", key=lambda d: d == month)
    counts = observations[observations["variable"] == "population"].pivot(
        index="commune_code", columns="reference_date", values="value"
    )
    hosted, own, away = books(movements, month)
    group_of = figures.communes["group_code"]
    compared = 0
    for code, rows in now.groupby("commune_code"):
        monthly = {r.variable: r.value for r in rows.itertuples() if not math.isnan(r.value)}
        mates = counts[group_of[counts.index] == group_of[code]].sum()
        monthly["hosted_from_elsewhere"] = published(hosted.get(code, 0) + own.get(code, 0)) * share_of(hosted, own, code)
        monthly["residents_away"] = published(away.get(code, 0))
        monthly["residents"] = residents(list(counts.loc[code]), list(mates), month)
        try:
            expected = plain_pressures(monthly, month)
        except (KeyError, ZeroDivisionError):
            continue
        for name, pressure in expected.items():
            shown = figures.of_month(name, month).at[code, "pressure"]
            if math.isinf(pressure):
                assert figures.of_month(name, month).at[code, "status"] == "no_service"
            else:
                assert shown == pytest.approx(pressure, rel=1e-12), (code, name)
                compared += 1
    assert compared > 300
