"""HTML whose links to communes open the profile without loading the page again; without JavaScript they are plain links."""

from __future__ import annotations

import streamlit as st

_SCRIPT = """
export default function ({ parentElement, data, setTriggerValue }) {
  const box = parentElement.querySelector(".clickable");
  box.innerHTML = data.html;
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
        "clickable", html='<div class="clickable"></div>', js=_SCRIPT, isolate_styles=False
    )
    result = component(data={"html": html}, key=key, on_commune_change=lambda: None)
    return result.commune
