"""``python -m data assess``: the results of a folder of Parquet files, as Parquet files, by the engine that is asked for."""

from __future__ import annotations

import argparse
from pathlib import Path

from data.answer import Answer
from data.assessing.engines import ENGINES, LOCAL, Job, assess_tables
from data.commands import WrongCallError
from data.i18n import Translator
from data.loaders.today import require_sound
from data.store import Store

PARTS = 8


def add_arguments(parser: argparse.ArgumentParser, t: Translator) -> None:
    """The folders, the engine, the number of parts."""
    parser.add_argument("source", type=Path, metavar="DIR", help=t("cli.assess_source"))
    parser.add_argument("target", type=Path, metavar="RESULTS", help=t("cli.assess_target"))
    parser.add_argument("--engine", choices=ENGINES, default=LOCAL, help=t("cli.assess_engine"))
    parser.add_argument("--parts", type=int, default=PARTS, metavar="N", help=t("cli.assess_parts"))


def assess(call: argparse.Namespace, store: Store, t: Translator) -> Answer:
    """Run it; nothing of the store is read."""
    require_sound(store.province)
    try:
        files = assess_tables(Job(call.source, call.target, store.province), call.engine, call.parts)
    except OSError as error:
        raise WrongCallError("cli.file_unwritable", file=str(call.target), reason=error.strerror or "") from None
    return Answer([t("cli.written", file=str(f)) for f in files], {"status": "done", "files": [str(f) for f in files]})
