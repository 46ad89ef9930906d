"""People of a commune with plain Python, for second answers: residents, movements, counts as they are published."""

import math

import pandas as pd


def residents(counts, group_counts, month):
    """Residents of a month from the censuses of 2014 and 2024, by hand: geometric before, damped growth after."""
    census, earlier = pd.Timestamp("2024-09-01"), pd.Timestamp("2014-09-01")
    between, years = (census - earlier).days / 365.25, (month - census).days / 365.25
    if years <= 0:
        return counts[1] * (counts[1] / counts[0]) ** (years / between)
    own, group = ((last / first) ** (1 / between) - 1 for first, last in (counts, group_counts))
    return counts[1] * (1 + min(0.025, max(-0.025, (own + group) / 2))) ** years


def books(movements, month):
    """Persons hosted from elsewhere, hosted at home, and residents away, by commune, from one movement after the other."""
    hosted, own, away = {}, {}, {}
    for m in movements[movements["reference_date"] <= month].itertuples():
        persons = {"arrival": (m.destination_code, 1), "return": (m.origin_code, -1)}
        home = {"arrival": m.origin_code, "return": m.destination_code}.get(m.kind, m.home_code)
        steps = [persons[m.kind]] if m.kind in persons else [(m.origin_code, -1), (m.destination_code, 1)]
        for host, sign in steps:
            book = hosted if host != home else own
            book[host] = book.get(host, 0) + sign * m.persons
            if host != home:
                away[home] = away.get(home, 0) + sign * m.persons
    return hosted, own, away


def published(count):
    """A count as it is published: small ones as 2.5, the others to the nearest 5."""
    return 2.5 if 0 < count < 5 else 5 * math.floor(count / 5 + 0.5)


def share_of(hosted, own, code):
    """Share of the hosted who come from elsewhere, from published counts; everyone where nothing is known."""
    elsewhere, at_home = published(hosted.get(code, 0)), published(own.get(code, 0))
    return elsewhere / (elsewhere + at_home) if elsewhere + at_home else 1.0
