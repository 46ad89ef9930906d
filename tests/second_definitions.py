"""The definitions as the second answer reads them: straight from the YAML, without a loader."""

from pathlib import Path

import numpy as np
import pandas as pd
import yaml

DEFINITIONS = Path(__file__).parents[1] / "data" / "definitions"


def read(*parts):
    return yaml.safe_load(DEFINITIONS.joinpath(*parts).read_text(encoding="utf-8"))


def merged(folder, part=None):
    found = {}
    for path in sorted((DEFINITIONS / folder).glob("*.yaml")):
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        found |= content if part is None else content[part]
    return found


LEGEND = read("legends", "severity.yaml")
INDICATORS = [
    yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted((DEFINITIONS / "indicators").glob("*.yaml"))
]
INDICATORS = [i for i in INDICATORS if i.get("enabled", True) and i.get("level", "commune") == "commune"]
NORMS, VARIABLES = merged("norms"), merged("variables", "variables")
SERVICES = {name: entry["weight"] for name, entry in LEGEND["sectors"].items() if "weight" in entry}
UPPERS = [c["upper"] for c in LEGEND["classes"][:-1]]
JUDGED = ("load", "density")
SUMS = {
    "health_professionals": ("doctors", "nurses", "midwives"),
    "primary_care_facilities_all": (
        "facilities_fully_functioning", "facilities_partially_functioning", "facilities_not_functioning",
    ),
    "pupils_girls": ("pupils_primary_girls", "pupils_college_girls", "pupils_lycee_girls"),
    "pupils_boys": ("pupils_primary_boys", "pupils_college_boys", "pupils_lycee_boys"),
    "teachers": ("teachers_primary", "teachers_college", "teachers_lycee"),
}  # fmt: skip
COUNTED = {"declared": 0.5, "counted": 1.0, "not_counted": 0.0}
CENSUS, CENSUS_BEFORE = pd.Timestamp("2024-09-01"), pd.Timestamp("2014-09-01")


def rounded(values, threshold, step):
    """Counts as they are published: half the threshold for a small one, the others to the nearest step."""
    near = step * np.floor(values / step + 0.5)
    return np.where((values > 0) & (values < threshold), threshold / 2, near)


def norm(name, profile):
    values = {v.get("profile", "planning"): v["value"] for v in NORMS[name]["values"]}
    return values.get(profile, values["planning"])


def divide(a, b):
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(b > 0, a / b, np.nan)


def score(values, goalposts):
    points = np.array(goalposts["points"], dtype=float)
    return np.where(np.isnan(values), np.nan, np.interp(np.nan_to_num(values), points[:, 0], points[:, 1]))


def class_of(values, bounds):
    above = sum((np.round(values, 9) > np.round(bound, 9)).astype(float) for bound in bounds)
    return np.where(np.isnan(values), np.nan, 1 + above)


BANDS = score(np.array(UPPERS), LEGEND["goalposts"])
