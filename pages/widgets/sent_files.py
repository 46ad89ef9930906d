"""Files that were sent on a screen leave memory with it."""

from __future__ import annotations

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

_SHOWN = "_screen_shown"
# What a screen keeps of files that were sent stands under names that begin so.
OF_FILES = "_sent_"


def leave_others(screen: str) -> None:
    """Forget the files, and what was read of them, where another screen is shown than before."""
    if st.session_state.get(_SHOWN, screen) != screen:
        let_go()
    st.session_state[_SHOWN] = screen


def let_go() -> None:
    """Forget every file of this page: Streamlit keeps them until the session ends."""
    for key in [str(key) for key in st.session_state if str(key).startswith(OF_FILES)]:
        del st.session_state[key]
    context = get_script_run_ctx()
    if context is not None:
        context.uploaded_file_mgr.remove_session_files(context.session_id)
