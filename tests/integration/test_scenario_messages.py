"""Triggers of real scenarios: levels in order, rows that carry their month, messages that fit one SMS whatever the commune."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from analytics.assumptions import DEFAULTS
from analytics.first_breaks import first_breaks
from analytics.scenario import CapacityChange, Scenario, moved_indicators
from analytics.scenario_triggers import levels_ahead, service_levels
from analytics.short_message import GSM_7, GSM_LENGTH, UCS2_LENGTH
from data.i18n import Translator
from data.loaders.today import load_definitions, load_library, load_trigger_rules
from pages.address.selection import Selection
from pages.widgets.screen import Screen
from pages.words.first_breaks import break_row
from pages.words.messages import write_message
from tests.drawings import TIZI
from tests.territories import TAROUDANNT

RULES = load_trigger_rules()


@pytest.fixture
def screen(figures):
    return Screen(
        figures, Selection("fr", "all", figures.months[-1], "ISP", figures.territory[0], DEFAULTS), Translator("fr"), {}
    )


def test_every_message_fits_one_sms(screen):
    for code in screen.figures.territory:
        for sector in load_definitions().services:
            for rank in range(1, len(RULES.levels) + 1):
                for pressure, days_waiting in ((1.234, np.nan), (12.3, 120.0), (np.nan, 16.0)):
                    row = SimpleNamespace(
                        commune_code=code,
                        sector=sector.value,
                        rank=rank,
                        month=pd.Timestamp("2026-09-01"),
                        indicator="EDU01" if np.isnan(days_waiting) else "CIV03",
                        pressure=pressure,
                        days_waiting=days_waiting,
                    )
                    french, arabic = (write_message(screen, row, language) for language in ("fr", "ar"))
                    assert len(french) <= GSM_LENGTH
                    assert set(french) <= GSM_7
                    assert "?" not in french
                    assert len(arabic) <= UCS2_LENGTH
                    # What to do is never left out.
                    assert Translator("fr").label(dict(RULES.levels[rank - 1].short_actions)) in french
                    assert Translator("ar").label(dict(RULES.levels[rank - 1].short_actions)) in arabic


def test_a_short_arabic_message_says_month_delay_and_pressure(screen):
    row = SimpleNamespace(
        commune_code=TIZI,
        sector="education",
        rank=4,
        month=pd.Timestamp("2026-09-01"),
        indicator="EDU01",
        pressure=1.62,
        days_waiting=np.nan,
    )
    french, arabic = (write_message(screen, row, language) for language in ("fr", "ar"))
    assert "Délai : 24 heures. Pression 1,6 x la norme." in french
    assert "09/2026" in arabic
    assert "24 ساعة" in arabic
    assert "1,6" in arabic


def test_most_arabic_messages_say_the_delay_and_the_pressure(screen):
    written = [
        write_message(
            screen,
            SimpleNamespace(
                commune_code=code,
                sector=sector.value,
                rank=rank,
                month=pd.Timestamp("2026-09-01"),
                indicator="EDU01",
                pressure=1.6,
                days_waiting=np.nan,
            ),
            "ar",
        )
        for code in screen.figures.territory
        for sector in load_definitions().services
        for rank in range(1, len(RULES.levels) + 1)
    ]
    delays = [Translator("ar").label(dict(rule.delay)) for rule in RULES.levels]
    assert sum(any(delay in text for delay in delays) for text in written) > 0.9 * len(written)
    assert sum("1,6" in text for text in written) > 0.6 * len(written)


# One clerk in ten stays: what comes is more than three times what can be served.
HARDLY_ANY_CLERK = Scenario("hardly_any_clerk", capacity=(CapacityChange(("registry_agents_fte",), percent=-90),))


def test_a_break_in_days_is_said_in_days_and_never_in_times_a_norm(screen):
    projection = screen.figures.projection(HARDLY_ANY_CLERK)
    breaks = first_breaks(projection, ["CIV03"], screen.figures.assessment)
    assert len(breaks)
    for _, row in breaks.iterrows():
        written = break_row(screen, row)["pressure"]
        assert written == screen.t("pressure.no_service") or written.endswith(" jours ouvrables")


def test_a_message_says_the_wait_where_the_wait_raises_the_level(screen):
    activation = len(RULES.levels)
    row = SimpleNamespace(
        commune_code=screen.figures.territory[0],
        sector="civil_registry",
        rank=activation,
        month=pd.Timestamp("2026-09-01"),
        indicator="CIV03",
        pressure=0.4,
        days_waiting=21.4,
    )
    assert "Attente 21 jours ouvrables. Pression 0,4 x la norme." in write_message(screen, row, "fr")
    row.indicator = "CIV02"
    assert "Attente" not in write_message(screen, row, "fr")


def test_a_trigger_ahead_carries_the_longest_wait_of_the_registry_only(figures):
    projection = figures.projection(HARDLY_ANY_CLERK)
    found = levels_ahead(figures.assessment, projection, figures.definitions, RULES).set_index(["sector", "commune_code"])
    registry = found.loc["civil_registry"]
    longest = dict(zip(projection.commune_codes, projection.table("CIV03", "value").max(axis=1), strict=True))
    assert registry["days_waiting"].tolist() == pytest.approx([longest[code] for code in registry.index], nan_ok=True)
    assert len(registry) > 50
    shock = figures.projection(load_library(TAROUDANNT)["second_shock"])
    others = levels_ahead(figures.assessment, shock, figures.definitions, RULES).set_index("sector")
    assert others.loc[["education", "health"], "days_waiting"].isna().all()


def test_staff_loss_raises_levels_and_a_service_is_never_below_where_it_starts(figures):
    projection = figures.projection(load_library(TAROUDANNT)["staff_loss"])
    found = levels_ahead(figures.assessment, projection, figures.definitions, RULES)
    assert len(found) > 5
    assert (found["rank"] > found["rank_now"]).all()
    assert found["month"].isin(projection.months).all()
    assert list(found["rank"]) == sorted(found["rank"], reverse=True)


def test_levels_over_the_observed_months_do_not_depend_on_the_scenario(figures):
    past = len(figures.months)
    levels = [
        service_levels(
            figures.assessment, figures.projection(load_library(TAROUDANNT)[name]), sector, figures.definitions, RULES
        )
        for sector in load_definitions().services
        for name in ("trend", "staff_loss")
    ]
    for trend, loss in zip(levels[::2], levels[1::2], strict=True):
        assert (trend.level[:, :past] == loss.level[:, :past]).all()
        assert (loss.level[:, past:] >= trend.level[:, past:]).all()


def test_a_projection_is_computed_once_for_everyone_who_reads_a_snapshot(figures):
    scenario = load_library(TAROUDANNT)["trend"]
    assert figures.projection(scenario) is figures.projection(scenario)


def test_without_demonstration_nothing_is_projected_and_nothing_fails(store):
    from data.ingest import drop_demonstration
    from pages.figures.load import load_figures

    with store.write("drop-demonstration") as connection:
        drop_demonstration(connection)
    official = load_figures(store.snapshot_id())
    projection = official.projection(load_library(TAROUDANNT)["second_shock"])
    assert np.isnan(projection.table("EDU01", "pressure")).all()
    assert levels_ahead(official.assessment, projection, official.definitions, RULES).empty
    # Whom the shock displaces is known, how many are hosted already is not: their sum is missing, not the part that is known.
    assert np.isnan(projection.displaced()).all()


@pytest.mark.parametrize("name", ["trend", "hard_winter", "staff_loss"])
def test_a_commune_with_a_service_in_breakdown_today_is_not_counted_as_new(figures, name):
    """By another indicator than the one that breaks next: it has been in breakdown since before the scenario began."""
    projection = figures.projection(load_library(TAROUDANNT)[name])
    ids = [i.id for sector in load_definitions().services for i in moved_indicators(figures.definitions, sector)]
    breaks = first_breaks(projection, ids, figures.assessment)
    broken_today = {
        code
        for i in ids
        for code, severity in figures.of_month(i, figures.months[-1])["severity_class"].items()
        if severity == 5 and (projection.table(i, "severity_class")[projection.commune_codes.index(code)] == 5).any()
    }
    assert broken_today
    assert set(breaks.loc[breaks["is_broken_already"], "commune_code"]) == broken_today
    # Who is broken already is named by what is broken.
    for row in breaks[breaks["is_broken_already"]].itertuples():
        assert figures.of_commune(row.commune_code, figures.months[-1]).at[row.indicator_id, "severity_class"] == 5
