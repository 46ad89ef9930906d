"""The territories that tests run on: the one that ships."""

from data.province import SHIPPED, load_province

TAROUDANNT = load_province(SHIPPED / "taroudannt")
