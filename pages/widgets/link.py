"""The link of a view: copied, or handed to another application of the telephone; short, and the same for the same view."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from data.i18n import Translator
from pages.address.short import SHORT, shorten

_HTML = """<div class="view-link"><button type="button" class="copy"></button><button type="button" class="share" hidden></button>
<span role="status"></span></div>"""
_SCRIPT = """
export default function ({ parentElement, data }) {
  const [copy, share, said] = ["copy", "share"].map((name) => parentElement.querySelector("." + name))
    .concat(parentElement.querySelector("[role=status]"));
  const address = new URL(data.address, location.href.split(/[?#]/)[0]).href;
  copy.textContent = data.copy;
  share.textContent = data.share;
  // Offered by telephones and over TLS only.
  share.hidden = !navigator.share;
  said.textContent = "";
  const show = () => {
    said.textContent = data.failed + " ";
    const link = document.createElement("a");
    link.href = link.textContent = address;
    said.append(link);
    getSelection().selectAllChildren(link);
  };
  copy.onclick = () => navigator.clipboard
    ? navigator.clipboard.writeText(address).then(() => { said.textContent = data.copied; }, show)
    : show();
  share.onclick = () => navigator.share({ title: document.title, url: address }).catch(() => {});
}
"""


def render_link(t: Translator, screen: str, address: Mapping[str, str]) -> None:
    """Two buttons for the link to a screen as its address describes it; where the browser copies nothing, the link to copy by hand."""
    component = st.components.v2.component("view_link", html=_HTML, js=_SCRIPT, isolate_styles=False)
    words = {name: t(f"link.{name}") for name in ("copy", "copied", "share", "failed")}
    component(data={**words, "address": f".{SHORT}{shorten(screen, address)}"}, key="view-link")
