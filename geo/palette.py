"""Colours that maps, charts, slides and papers share; the style sheet of the screens names the same ones."""

from __future__ import annotations

INK, MUTED, ACCENT, LINE, PAPER = "#1f2933", "#52606d", "#1b5e7b", "#d5dbe1", "#f4f6f8"
BLACK, WHITE, GREY = "#000000", "#ffffff", "#9aa5b1"

# The line of a norm, and the month that the reader looks at, in a chart.
NORM, CHOSEN_MONTH, GRID = "#bd0026", "#cbd2d9", "#edf0f3"
# Axis words of a chart on screen; the range of a projection on screen, on paper and on slides.
AXIS, RANGE, RANGE_ON_PAPER, RANGE_LINE = "#7b8794", "#c6d9e2", "#b9cfd9", "#4f7d93"

# Outline of a commune, its number on a map, water and land beside it, hatching of what has no class.
OUTLINE, LAND, HATCH = "#4a5560", "#eef2f5", "#8a9199"

# What warns: simulated figures, a period that has passed.
WARNING_INK, WARNING_EDGE, WARNING_PAPER, WARNING_SLIDE = "#5c3d00", "#7a4f00", "#fff8e6", "#fff3d6"

# Cells of a risk matrix, from low to high.
RISK_FILLS = {"low": LAND, "medium": "#fde3b4", "high": "#f6b3a0"}

# A place on a map and its edge: near, far, very far; darker where more is wrong.
DOT_NEAR, DOT_NEAR_EDGE = "#cfe3ec", "#5b7f90"
DOT_FAR, DOT_FAR_EDGE = "#5b93ab", "#2f5d73"
DOT_VERY_FAR = "#0b2f3f"

# Layers over the classes of communes: people above the norm, displaced people, facilities by how they function, shaking from weak
# to very strong.
PEOPLE, DISPLACED, SITE = ACCENT, "#5b2a86", "#e4d3f2"
FACILITY_OPEN, FACILITY_PARTLY, FACILITY_CLOSED = "#e6f4f1", "#2c7a7b", INK
SHAKING = ("#f2f0f7", "#bcbddc", "#807dba", "#4a1486")

# A change, from the largest fall of pressure to the largest rise: a scale that no colour-blind reader takes for severity.
CHANGE = ("#542788", "#998ec3", "#d8daeb", "#f7f7f7", "#fee0b6", "#f1a340", "#b35806")
