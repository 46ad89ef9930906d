"""HTML whose links to communes open the profile without loading the page again; without JavaScript they are plain links.

A map in it is one stop for the Tab key; from there the arrows lead to the nearest commune on their side.
"""

from __future__ import annotations

import streamlit as st

_SCRIPT = """
const WAYS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
const linksOf = (map) => [...map.querySelectorAll("a[data-commune]")];
const stopAt = (map, chosen) => linksOf(map).forEach((link) => link.setAttribute("tabindex", link === chosen ? "0" : "-1"));
const centre = (link) => {
  const { x, y, width, height } = link.getBoundingClientRect();
  return [x + width / 2, y + height / 2];
};
function neighbour(from, [right, down]) {
  const [x, y] = centre(from);
  const far = (link) => Math.hypot(centre(link)[0] - x, centre(link)[1] - y);
  return linksOf(from.ownerSVGElement).filter((link) => {
    const [dx, dy] = [centre(link)[0] - x, centre(link)[1] - y];
    const along = dx * right + dy * down;
    return along > 0 && along >= Math.abs(dx * down + dy * right);
  }).sort((one, other) => far(one) - far(other))[0];
}
export default function ({ parentElement, data, setTriggerValue }) {
  const box = parentElement.querySelector(".clickable");
  const held = box.contains(document.activeElement) && document.activeElement.closest("svg [data-commune]");
  box.innerHTML = data.html;
  for (const map of box.querySelectorAll("svg")) {
    const again = held && linksOf(map).find((link) => link.dataset.commune === held.dataset.commune);
    stopAt(map, again || linksOf(map)[0]);
    if (again) again.focus();
  }
  box.onkeydown = (event) => {
    const from = event.target.closest("svg a[data-commune]");
    if (!from || !WAYS[event.key]) return;
    event.preventDefault();
    const next = neighbour(from, WAYS[event.key]);
    if (!next) return;
    stopAt(from.ownerSVGElement, next);
    next.focus();
  };
  box.onclick = (event) => {
    const link = event.target.closest("[data-commune]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    setTriggerValue("commune", link.dataset.commune);
  };
}
"""


def render_clickable(html: str, key: str) -> str | None:
    """Draw HTML (escaped by its template) and return the commune code of a clicked element with ``data-commune``."""
    component = st.components.v2.component(
        "clickable", html='<div class="clickable"><i class="to-be-filled"></i></div>', js=_SCRIPT, isolate_styles=False
    )
    result = component(data={"html": html}, key=key, on_commune_change=lambda: None)
    return result.commune
