"""Whatever an accident does to a file, reading it ends in a report or in a refusal; `make prove` does it ten thousand times."""

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.i18n import LANGUAGES, Translator
from data.importing.prepare import prepare_import
from data.reference_files import read_communes
from tests.messy.mutate import mutate
from tests.messy.prove import NOTHING, TODAY, sources
from tests.territories import TAROUDANNT

COMMUNES = read_communes(TAROUDANNT)
files = cache(sources)


@pytest.mark.taroudannt
@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**9), st.booleans())
def test_a_damaged_file_is_read_in_order_or_refused_with_a_reason(seed, confirm):
    name, content = files()[seed % len(files())]
    damaged = mutate(content, name, seed, [other for _, other in files()[:20]])
    report = prepare_import(damaged, name, COMMUNES, NOTHING, TAROUDANNT, TODAY, is_confirmed=confirm)
    assert report.cells_in == report.cells_kept + report.cells_set_aside
    account = report.account
    assert account.in_file == account.words + account.figures + account.records + account.not_read
    assert not report.observations.duplicated(["commune_code", "reference_date", "variable"]).any()
    for finding in filter(None, (report.refusal, *report.findings)):
        for language in LANGUAGES:
            assert finding.message(Translator(language))
            assert finding.remedy(Translator(language))
