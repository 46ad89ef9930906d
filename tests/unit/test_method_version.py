"""The version of the method is raised by whatever moves an answer or a definition; the digest counts content only."""

import json
import random
import shutil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics import ratios
from data.loaders.definition_set import DefinitionSet
from data.loaders.digest import digest_of, read_contents, short, write_contents
from data.loaders.files import DEFINITIONS, DefinitionFiles
from data.loaders.today import load_today
from data.loaders.yaml_text import parse
from tests import method_answers
from tests.method_answers import KEPT, answers, moved, now
from tests.territories import TAROUDANNT

CHANGELOG = DEFINITIONS.parents[1] / "CHANGELOG.md"


def kept():
    return json.loads(KEPT.read_text(encoding="utf-8"))


@pytest.mark.always
@pytest.mark.taroudannt
def test_no_answer_and_no_definition_moved_under_the_version_that_is_written():
    found = now()
    assert moved(kept(), found) == [], (
        "raise method_version, then: python -m tests.method_answers; the changelog says what moved"
    )
    assert kept()["method_version"] == found["method_version"], "python -m tests.method_answers"


def test_the_changelog_says_what_the_version_moved():
    assert f"Method {load_today().method_version}" in CHANGELOG.read_text(encoding="utf-8")


@pytest.mark.slow
def test_a_norm_that_moves_is_refused_until_the_version_is_raised(tmp_path, monkeypatch, capsys):
    folder, file = tmp_path / "definitions", tmp_path / "method.json"
    shutil.copytree(DEFINITIONS, folder)
    shutil.copyfile(KEPT, file)
    norms, legend = folder / "norms" / "education.yaml", folder / "legends" / "severity.yaml"
    norms.write_text(norms.read_text(encoding="utf-8").replace("value: 33", "value: 30", 1), encoding="utf-8")
    monkeypatch.setattr(method_answers, "KEPT", file)
    monkeypatch.setattr(
        method_answers, "load_today", lambda: DefinitionSet(DefinitionFiles(folder, territory=TAROUDANNT.folder))
    )
    before = file.read_bytes()
    assert method_answers.write() == 1
    told = capsys.readouterr().out
    assert "definitions" in told
    assert "planning pressure" in told
    assert file.read_bytes() == before
    version = load_today().method_version
    legend.write_text(legend.read_text(encoding="utf-8").replace(version, f"{version}.x"), encoding="utf-8")
    assert method_answers.write() == 0
    assert json.loads(file.read_text(encoding="utf-8"))["method_version"] == f"{version}.x"


@pytest.mark.slow
def test_a_formula_that_moves_is_noticed(monkeypatch):
    monkeypatch.setattr(ratios, "seats_short", lambda demand, carried: demand - carried)
    assert "planning gap_to_norm" in moved(kept(), kept() | {"answers": answers(load_today())})


def test_comments_order_and_ways_to_write_a_value_do_not_count():
    one = parse("a: 36 # rooms\nb: [1, 2.5]\nc: 2014-09-01\nd: {fr: x, en: y}\n")
    other = parse('d:\n  en: "y"\n  fr: x\nc: "2014-09-01"\nb:\n- 1.0\n- 2.50\na: 36.0\n')
    assert digest_of({"file": one}) == digest_of({"file": other})


@pytest.mark.parametrize(
    "other",
    ["a: 30\nb: [1, 2]", "a: '36'\nb: [1, 2]", "a: 36\nb: [2, 1]", "a: 36\nb: [1, 2]\nc: 1", "a: 36", "A: 36\nb: [1, 2]"],
)
def test_every_change_of_content_counts(other):
    assert digest_of({"file": parse("a: 36\nb: [1, 2]")}) != digest_of({"file": parse(other)})


def test_the_name_of_a_file_counts_and_its_place_does_not(tmp_path):
    shutil.copytree(DEFINITIONS, tmp_path / "elsewhere")
    assert DefinitionSet(DefinitionFiles(tmp_path / "elsewhere", territory=TAROUDANNT.folder)).digest == load_today().digest
    assert len(short(load_today().digest)) == 8


# Letters of both scripts, signs that JSON and YAML mind; a name never begins with the sign of a tag.
TEXT = st.text(alphabet="aé ب:'\"\n{[#-1", max_size=6)
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.dates() | TEXT,
    lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner),
    max_leaves=12,
)


@settings(deadline=None, max_examples=60)
@given(PLAIN, st.integers(0, 9))
def test_what_is_kept_comes_back_as_it_was(content, seed):
    contents = {"file": {"inside": content, "months": {7: 1.2, 12: content}}}
    back = read_contents(write_contents(contents))
    assert back == contents
    keys = list(contents["file"])
    random.Random(seed).shuffle(keys)
    assert digest_of({"file": {key: contents["file"][key] for key in keys}}) == digest_of(back)


def test_the_definitions_that_ship_come_back_whole():
    today = load_today()
    back = DefinitionSet(read_contents(write_contents(today.contents)))
    assert back.digest == today.digest
    for part in ("definitions", "means", "plan_outline", "library", "shock_model", "triggers", "access", "presets", "disclosure",
                 "variables", "source_words", "ceilings", "record_sheets"):  # fmt: skip
        assert getattr(back, part) == getattr(today, part), part
