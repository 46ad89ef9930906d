"""A country that does not exist: ``python -m tests.territories.country FOLDER`` writes a territory of 1,503 invented communes.

Codes, names, polygons, people and totals are drawn; every title, source and place text says that they are invented. What is not about
size (sources, rules of the demonstration) is taken from Valclair. Then, with FOLDER in ``SERVICE_PRESSURE_TERRITORY_FOLDERS``:
``python -m data --territory country init`` makes its store.
"""

from __future__ import annotations

import argparse
import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import yaml

from tests.territories import FOLDERS

ID, CODE, SEED = "country", "98", 20260101
COMMUNES, MONTHS, LAST_MONTH = 1503, 120, pd.Timestamp("2026-08-01")
NAMES = {"fr": "Pays inventé", "ar": "بلد مخترع", "en": "Invented country"}
# Every sixteenth is a town; a cercle is a block of four by five cells of the grid.
TOWN_EVERY, BLOCK = 16, (4, 5)
WEST, SOUTH, STEP = -9.0, 29.0, 0.17
EVENT = {"latitude": 31.0, "longitude": -8.0}
# Words that names are put together from: the first two of a pair, then a side.
NAMED = yaml.safe_load((FOLDERS / "country_names.yaml").read_text(encoding="utf-8"))


def write_country(folder: Path, communes: int = COMMUNES, months: int = MONTHS) -> Path:
    """The folder of the territory below ``folder``.

    Args:
        communes: how many; the names are enough for 1,800.
    """
    target, draw = folder / ID, np.random.default_rng(SEED)
    shutil.copytree(FOLDERS / "valclair", target)
    places = _place(communes)
    tables = _draw_tables(places, draw)
    for name, table in tables.items():
        table.to_csv(target / "reference" / f"{name}.csv", index=False)
    for path in target.glob("*/*.source.yaml"):
        _mark_invented(path)
    _write_layer(target / "layers" / "communes.geojson", places, draw)
    _write_yaml(target / "territory.yaml", _territory())
    _write_yaml(target / "demonstration.yaml", _demonstration(target / "demonstration.yaml", places, months))
    for path in (target / "locales").glob("*.json"):
        _name_place(path)
    return target


def _place(communes: int) -> pd.DataFrame:
    """Codes, names and cell of the grid of each commune."""
    width = int(np.ceil(np.sqrt(communes)))
    number = np.arange(communes)
    row, column = number // width, number % width
    blocks = -(-width // BLOCK[1])
    block = row // BLOCK[0] * blocks + column // BLOCK[1]
    within = pd.Series(number).groupby(block).cumcount().to_numpy() + 1
    cercle = np.array([f"{CODE}.{b + 1:03d}.01" for b in block])
    is_town = number % TOWN_EVERY == 0
    places = {f"name_{language}": [_name(language, n) for n in number] for language in ("fr", "ar")}
    places |= {f"cercle_{language}": np.where(is_town, "", [_name(language, b) for b in block]) for language in ("fr", "ar")}
    return pd.DataFrame(
        {
            "commune_code": [f"{code}.{n:02d}" for code, n in zip(cercle, within, strict=True)],
            **places,
            "area_type": np.where(is_town, "urban", "rural"),
            "cercle_code": np.where(is_town, "", cercle),
            "in_programme": (number % 3 == 0).astype(int),
            "centroid_lat": (SOUTH + (row + 0.5) * STEP).round(4),
            "centroid_lng": (WEST + (column + 0.5) * STEP).round(4),
            "row": row,
            "column": column,
        }
    ).sort_values("commune_code", ignore_index=True)


def _name(language: str, number: int) -> str:
    nouns, words, sides = (NAMED[kind][language] for kind in ("nouns", "words", "sides"))
    pair, side = number % (len(nouns) * len(words)), number // (len(nouns) * len(words))
    joined = "-" if language == "fr" else " "
    return f"{nouns[pair % len(nouns)]}{joined}{words[pair // len(nouns)]} {sides[side]}"


def _draw_tables(places: pd.DataFrame, draw: np.random.Generator) -> dict[str, pd.DataFrame]:
    """The reference tables that Valclair has, for these communes."""
    code, count = places["commune_code"], len(places)
    is_town = places["area_type"].eq("urban").to_numpy()
    people = (draw.lognormal(8.9, 0.6, count) * np.where(is_town, 6, 1)).round()
    distance = np.hypot(places["centroid_lat"] - EVENT["latitude"], places["centroid_lng"] - EVENT["longitude"])
    intensity = np.clip(7.6 - 2.2 * distance, 0, None).round(1)
    shaken = np.clip(intensity - 5, 0, None).to_numpy() / 2.6
    households = (people / draw.uniform(4, 5.2, count)).round()
    sheltered = (shaken * households * draw.uniform(0.02, 0.3, count) * ~is_town).round()
    ages = {"0_4": 8, "5_9": 9.6, "10_14": 9.8, "15_19": 8.6, "20_24": 7.4, "25_29": 6.9, "65_plus": 9}
    spread = {f"age_{n}_pct_2024": (mean * draw.uniform(0.9, 1.1, count)).round(1) for n, mean in ages.items()}
    dwellings = {f"dwelling_{n}_pct_2024": (top * draw.uniform(0.3, 1, count)).round(1) for n, top in
                 {"basic": 4, "rural": 70, "other": 15}.items()}  # fmt: skip
    shelter = {"shelter_proxy_households_2024": sheltered, "shelter_proxy_persons_2024": (sheltered * 4.51).round()}
    census = {"population_2014": (people * draw.uniform(0.85, 1.15, count)).round(), "population_2024": people,
              "households_2024": households, "municipal_population_2024": (people * 0.996).round()}  # fmt: skip
    return {
        "communes": places.drop(columns=["row", "column"]),
        "age_structure": pd.DataFrame({"commune_code": code, **spread}),
        "dwellings": pd.DataFrame({"commune_code": code, **dwellings, **shelter}),
        "earthquake_intensity": pd.DataFrame({"commune_code": code, "mmi_intensity": intensity}),
        "population": pd.DataFrame({"commune_code": code, **census}).astype(dict.fromkeys(census, int)),
        "douars": _draw_douars(code[~is_town], people[~is_town], draw),
        "province_totals": _totals(people.sum(), sheltered.sum() * 4.51),
    }


def _draw_douars(codes: pd.Series, people: np.ndarray, draw: np.random.Generator) -> pd.DataFrame:
    """Four villages a rural commune, each with its distances."""
    each, rows = 4, 4 * len(codes)
    code = np.repeat(codes.to_numpy(), each)
    population = (np.repeat(people, each) / each * draw.uniform(0.6, 1.0, rows)).round().astype(int)
    near = {"primary_school_km": 2, "college_km": 9, "lycee_km": 18, "health_centre_km": 8}
    far = {name: draw.gamma(1.6, mean / 1.6, rows).round(1) for name, mean in near.items()}
    return pd.DataFrame(
        {
            "douar_code": [f"{c.replace('.', '')}{n % each + 1:03d}" for n, c in enumerate(code)],
            "commune_code": code,
            "households": (population / 4.6).round().astype(int),
            "population": population,
            "civil_status_booklet_pct": draw.uniform(88, 99, rows).round(1),
            **far,
            "rural_earth_pct": draw.uniform(5, 60, rows).round(),
            "other_dwelling_pct": draw.uniform(0, 4, rows).round(1),
        }
    )


def _totals(people: float, displaced: float) -> pd.DataFrame:
    """What the demonstration is fitted to: the totals of Valclair, for as many people; those of a thousand stay."""
    totals = pd.read_csv(FOLDERS / "valclair" / "reference" / "province_totals.csv", keep_default_na=False)
    times = people / totals.loc[totals["indicator"] == "population", "value"].iloc[0]
    is_rate = totals["indicator"].str.endswith("per_1000")
    totals["value"] = totals["value"].where(is_rate, (totals["value"] * times).round())
    totals.loc[totals["indicator"] == "persons_affected_first_count", "value"] = round(displaced * 3)
    totals["geography"] = totals["geography"].where(is_rate, NAMES["en"])
    return totals


def _write_layer(path: Path, places: pd.DataFrame, draw: np.random.Generator) -> None:
    """Cells of a grid with crooked edges: neighbours share theirs to the last digit."""
    height, width = places["row"].max() + 1, places["column"].max() + 1
    # Corners and the middles of edges stand on a grid of half the step, each moved a little.
    moved = draw.uniform(-0.2, 0.2, (2, 2 * height + 1, 2 * width + 1)) * STEP

    def point(row: int, column: int) -> list[float]:
        east, north = moved[:, row, column]
        return [round(float(WEST + column * STEP / 2 + east), 3), round(float(SOUTH + row * STEP / 2 + north), 3)]

    around = ((0, 0), (0, 1), (0, 2), (1, 2), (2, 2), (2, 1), (2, 0), (1, 0), (0, 0))
    features = [
        {
            "type": "Feature",
            "properties": {"commune_code": p.commune_code, "name_fr": p.name_fr, "name_ar": p.name_ar},
            "geometry": {"type": "Polygon", "coordinates": [[point(2 * p.row + r, 2 * p.column + c) for r, c in around]]},
        }
        for p in places.itertuples()
    ]
    whole = {"type": "FeatureCollection", "features": features}
    path.write_text(json.dumps(whole, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def _territory() -> dict[str, Any]:
    return {
        "codes": CODE,
        "names": NAMES,
        "geography": NAMES["en"],
        "country": NAMES["en"],
        "projection": "EPSG:32629",
        "attribution": "Invented boundaries",
        "event": {
            "day": date(2023, 3, 14),
            "shock": {**EVENT, "magnitude": 6.6, "depth_km": 15},
            "censored_below": 4.0,
            "source": {"title": "M 6.6, invented", "publisher": "invented for the tests", "date": "2023-03-14"},
        },
        "second_shock": {**EVENT, "magnitude": 5.8, "depth_km": 10, "month": 2},
        "epicentre": {"latitude": [28.0, 37.0], "longitude": [-10.0, -1.0]},
        "total_words": list(NAMES.values()),
    }


def _demonstration(path: Path, places: pd.DataFrame, months: int) -> dict[str, Any]:
    """The rules of Valclair over these months, with towns of this country where it names communes."""
    rules: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    towns = list(places.loc[places["area_type"] == "urban", "commune_code"])
    first = (LAST_MONTH - pd.DateOffset(months=months - 1)).date()
    rules["months"] = {"first": first, "count": months}
    rules["displaced"]["first_count"]["month"] = date(first.year, first.month, 1)
    rules["health"]["hospital_communes"] = towns[::2]
    rules["movements"]["relocation_hosts"]["codes"] = towns[:2]
    return rules


def _mark_invented(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("Valclair", NAMES["en"]).replace("الوادي الصافي", NAMES["ar"]), encoding="utf-8")


def _name_place(path: Path) -> None:
    texts, name = json.loads(path.read_text(encoding="utf-8")), NAMES[path.stem]
    said: Iterator[tuple[str, str]] = (
        (key, name if key.startswith("territory.province") else text) for key, text in texts.items()
    )
    path.write_text(json.dumps(dict(said), ensure_ascii=False, indent=1), encoding="utf-8")


def _write_yaml(path: Path, content: dict[str, Any]) -> None:
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")


def main() -> None:
    """Write the folder that the command names."""
    parser = argparse.ArgumentParser(prog="python -m tests.territories.country", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--communes", type=int, default=COMMUNES)
    parser.add_argument("--months", type=int, default=MONTHS)
    asked = parser.parse_args()
    print(write_country(asked.folder, asked.communes, asked.months))


if __name__ == "__main__":
    main()
