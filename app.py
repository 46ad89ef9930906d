"""The application: `streamlit run app.py` finds `app`, which runs the screens and answers our own routes."""

import sys
from pathlib import Path

ROOT = Path(__file__).parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

import streamlit as st  # noqa: E402

from pages.memory import freeze_objects  # noqa: E402
from pages.web.lifespan import lifespan  # noqa: E402
from pages.web.log import start_logging  # noqa: E402
from pages.web.middleware import MIDDLEWARE  # noqa: E402
from pages.web.routes import ROUTES  # noqa: E402
from pages.web.sign_in import check_setting  # noqa: E402

check_setting()

start_logging()

app = st.App(ROOT / "pages" / "frame.py", routes=ROUTES, middleware=MIDDLEWARE, lifespan=lifespan)

freeze_objects("modules")
