"""The territories that tests run on: the one that ships, and an invented one of a dozen communes."""

from pathlib import Path

from data.province import SHIPPED, load_province

FOLDERS = Path(__file__).parent
TAROUDANNT = load_province(SHIPPED / "taroudannt")
VALCLAIR = load_province(FOLDERS / "valclair")
