"""A slip in a definition is told with its file, its line, what was found and what to do, in the reader's language."""

import json
import random
import re
import shutil

import pytest

from data.command_line import main
from data.i18n import LANGUAGES, Translator
from data.loaders.check import check_files
from data.loaders.definition_set import DefinitionSet
from data.loaders.files import DEFINITIONS, FOLDER_VARIABLE, DefinitionFiles
from data.loaders.slips import DefinitionsError, Fault
from data.loaders.today import forget_if_changed, forget_today, load_today, provincial_names, require_sound
from data.loaders.yaml_text import parse
from data.typography import typeset
from tests.territories import TAROUDANNT

SLIPS_TRIED = 100
PROVINCIAL = provincial_names()


@pytest.fixture
def folder(tmp_path):
    """A copy of the definitions, and of a territory's own beside it, to make slips in."""
    copy = tmp_path / "definitions"
    shutil.copytree(DEFINITIONS, copy)
    own = _territory(copy)
    own.mkdir()
    for path in TAROUDANNT.folder.glob("*.yaml"):
        shutil.copyfile(path, own / path.name)
    return copy


def _territory(folder):
    return folder.parent / "taroudannt"


def _path(folder, name):
    path = folder / f"{name}.yaml"
    return path if path.exists() else _territory(folder) / f"{name}.yaml"


def slip(folder, name, before, after):
    """One slip of the pen in a file, the first time that the words stand there."""
    path = _path(folder, name)
    text = path.read_text(encoding="utf-8")
    assert before in text, name
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    return text[: text.index(before)].count("\n") + 1


def faults_of(folder) -> tuple[Fault, ...]:
    return check_files(DefinitionFiles(folder, territory=_territory(folder)), PROVINCIAL)


def test_what_ships_is_sound():
    require_sound()


def test_a_mistyped_variable_is_told_with_its_file_and_line_in_french(folder):
    slip(folder, "indicators/EDU01", "demand: pupils_primary", "demand: pupils_primry")
    (fault,) = faults_of(folder)
    assert fault.sentence(Translator("fr")) == typeset(
        "fr",
        "indicators/EDU01.yaml, ligne 22, terms[0].demand : « pupils_primry » ne désigne aucune variable connue. "
        "À faire : corrigez le nom ; le plus proche : pupils_primary.",
    )


@pytest.mark.parametrize(
    ("name", "before", "after", "key"),
    [
        ("indicators/EDU01", "measure: load", "measur: load", "unknown_name"),
        ("indicators/EDU01", "measure: load", "measure: loda", "unknown_word"),
        ("indicators/EDU01", "sector: education\n", "", "missing_name"),
        ("indicators/EDU01", "decimals: 1", "decimals: one", "wrong_kind"),
        ("indicators/EDU01", "weight: 0.375", "weight: 0.4", "weights_add_up"),
        ("indicators/EDU01", "unit: pupils/classroom", "unit: pupils/room", "no_words"),
        ("indicators/EDU01", "norm: pupils_per_classroom_college", "norm: pupils_per_class_college", "unknown_reference"),
        ("indicators/EDU02", "id: EDU02", "id: EDU01", "id_of_other_file"),
        ("variables/health", "{fr: \"Médecins en poste\"", "{fr: \"Infirmiers en poste\"", "said_twice"),
        ("indicators/CIV06", "  share: household", "  shares: household", "missing_name"),
        ("norms/education", "status: assumption", "status: asumption", "unknown_word"),
        ("norms/education", "effective_from: 2014-09-01", "effective_from: September", "wrong_kind"),
        ("norms/education", ", en: \"Pupils per classroom, primary\"", "", "missing_language"),
        ("norms/education", "value: 36", "value: 36\n      value: 30", "twice"),
        ("norms/education", "source: {", "source: [", "not_yaml"),
        ("norms/education", "effective_from: 2014-09-01", "effective_from: 2014-09-31", "no_such_day"),
        ("records/movements", "sheet: movements", "sheet: departures", "no_column_map"),
        ("legends/severity", "headline: EDU01", "headline: EDU1", "unknown_reference"),
        ("legends/severity", "lower: 0.8", "lower: 0.9", "gap_between_classes"),
        ("measures", "competence: state", "competence: states", "unknown_word"),
        ("measures", "cost: classroom_modular", "cost: classroom_module", "unknown_reference"),
        ("measures", "closes: [classrooms_primary", "closes: [classroom_primary", "unknown_reference"),
        ("measures", "responsible: registry_office", "responsible: registry_ofice", "no_words"),
        ("measures", "term: college", "term: colleg", "unknown_reference"),
        ("costs", "low_mad: 150000", "low_mad: 950000", "not_rising"),
        ("plan", "phase: hours_72", "phase: hours_71", "unknown_reference"),
        ("plan", "roles: [A, R, C, C", "roles: [A, R, C", "wrong_length"),
        ("plan", "{version}", "{versoin}", "unknown_blank"),
        ("scenarios/0_trend", "returns: central", "returns: centrl", "unknown_reference"),
        ("second_shock", "rural: [7.2, 6.8, 6.5]", "rural: [7.2, 6.8]", "wrong_length"),
        ("triggers", "above: 0.9", "above: 1.9", "not_rising"),
        ("access", "supply: registry_agents_fte", "supply: registry_agent_fte", "unknown_reference"),
        ("uncertainty", "lowest_coverage: 0.5", "lowest_coverage: 50", "out_of_range"),
        ("uncertainty", "[pupils_primary, pupils_college", "[pupils_primry, pupils_college", "unknown_reference"),
        ("reliability", "proxy: 0.3", "proxi: 0.3", "unknown_word"),
        ("variables/education", "at_most: pupils_primary", "at_most: pupils_primry", "unknown_reference"),
        ("variables/education", "ceiling: pupils_primary", "ceiling: pupil_primary", "unknown_reference"),
        ("personal_data", "e_mail: '[^@", "e_mail: '([^@", "not_a_pattern"),
        ("population_ceilings", "against: population", "against: populace", "unknown_reference"),
        ("displacement_presets", "shape: 2.06", "shape: -2.06", "out_of_range"),
        ("records/movements", "type: persons", "type: person", "unknown_word"),
        ("demonstration", "weibull_shape: {value: 1.5", "weibull_shape: {valu: 1.5", "unknown_name"),
        ("territory", "projection: ", "projektion: ", "unknown_name"),
        pytest.param("territory", ", en: Taroudannt", "", "missing_language", marks=pytest.mark.taroudannt),
        pytest.param("territory", "latitude: 30.85", "latitude: 50.85", "out_of_range", marks=pytest.mark.taroudannt),
        pytest.param("territory", "09.541.01.01: [Ait", "09.540.01.01: [Ait", "unknown_name", marks=pytest.mark.taroudannt),
        ("scenarios/3_second_shock", "shock: second_shock", "shock: third_shock", "wrong_kind"),
        ("source_words", ", en: \"Working assumption\"", "", "missing_name"),
    ],
)  # fmt: skip
def test_each_sort_of_slip_is_told_where_it_stands(folder, name, before, after, key):
    line = slip(folder, name, before, after)
    told = [f for f in faults_of(folder) if f.slip.key == key]
    assert told, key
    assert {f.file for f in told} == {f"{_path(folder, name).parent.name}/{_path(folder, name).name}"}
    # A name that is missing is told at the line of what lacks it.
    assert any(f.line == line for f in told) or key in ("missing_name", "not_rising", "twice", "wrong_length", "not_yaml")
    for language in LANGUAGES:
        sentence = told[0].sentence(Translator(language))
        assert str(told[0].line) in sentence
        assert "{" not in sentence.replace(after, "").replace("{versoin}", "")


def test_all_slips_are_told_at_once(folder):
    slip(folder, "indicators/EDU01", "demand: pupils_primary", "demand: pupils_primry")
    slip(folder, "norms/health", "status: ", "status: x")
    slip(folder, "plan", "sector: health", "sector: helth")
    assert len({fault.file for fault in faults_of(folder)}) == 3


def test_what_refers_into_a_file_that_cannot_be_read_is_not_told_as_wrong(folder):
    line = slip(folder, "norms/education", "value: 36", "value: 36: 30")
    slip(folder, "indicators/HEA01", "decimals: 0", "decimals: none")
    told = [(fault.file.split("/")[-1], fault.line, fault.slip.key) for fault in faults_of(folder)]
    assert ("education.yaml", line, "not_yaml") in told
    assert {file for file, _, key in told if key != "not_yaml"} == {"HEA01.yaml"}


def test_a_file_that_nothing_reads_and_one_that_is_lost_are_told(folder):
    (folder / "indicator").mkdir()
    (folder / "indicators" / "EDU02.yaml").rename(folder / "indicator" / "EDU02.yaml")
    (folder / "triggers.yaml").unlink()
    keys = {fault.slip.key for fault in faults_of(folder)}
    assert {"unknown_file", "no_file"} <= keys


def leaves(content, path=()):
    """Every place of a content: names of mappings and single values."""
    if isinstance(content, dict):
        for key, part in content.items():
            yield (*path, key), True
            yield from leaves(part, (*path, key))
    elif isinstance(content, list):
        for at, part in enumerate(content):
            yield from leaves(part, (*path, at))
    else:
        yield path, False


def slipped(content, path, is_key, rng):
    """A copy of a content with one slip: a name misspelt, or a value of a kind that fits nowhere."""
    content = json.loads(json.dumps(content, default=lambda day: {"day": day.isoformat()}), object_hook=_days)
    holder = content
    for step in path[:-1]:
        holder = holder[step] if isinstance(holder, list) else holder[_like(holder, step)]
    step = path[-1] if isinstance(holder, list) else _like(holder, path[-1])
    if is_key:
        items = [(f"{key}x" if key == step else key, part) for key, part in holder.items()]
        holder.clear()
        holder.update(items)
    else:
        holder[step] = rng.choice([{"unheard": [1]}, [["unheard"]], None])
    return content


def _days(found):
    from datetime import date

    return date.fromisoformat(found["day"]) if set(found) == {"day"} else found


def _like(holder, step):
    return step if step in holder else str(step)


# A name that is an id of its own, or a word in a list: another one is as good.
FREE = re.compile(
    r"(norms/\w+|costs|commune_aliases|displacement_presets) [^ ]+|measures (needs|resources) [^ ]+"
    r"|variables/\w+ variables [^ ]+|population_ceilings (ceilings|references) [^ ]+|source_words words .+"
    r"|records/\w+ fields [^ ]+|records/\w+ fields \S+ words [^ ]+|personal_data patterns\w* [^ ]+|access functional_share [^ ]+"
    r"|demonstration schools smallest_commune_with [^ ]+|scenarios/\w+ season \d factors \d+"
)


@pytest.mark.slow
def test_whatever_single_slip_is_told_with_a_file_and_a_line_and_nothing_crashes():
    rng = random.Random(20230908)
    files = DefinitionFiles(territory=TAROUDANNT.folder)
    places = [(name, *place) for name in files for place in leaves(files[name])]
    silent = []
    for name, path, is_key in rng.sample(places, SLIPS_TRIED):
        broken = OneBroken(name, slipped(files[name], path, is_key, rng))
        faults = check_files(broken, PROVINCIAL)
        assert all(fault.file and fault.line >= 1 for fault in faults)
        for fault in faults:
            assert fault.sentence(Translator("fr"))
        if not faults and not (is_key and FREE.fullmatch(" ".join((name, *map(str, path))))):
            silent.append((name, path, is_key))
    assert silent == []


class OneBroken(DefinitionFiles):
    """The definitions that ship, with other content in one file."""

    def __init__(self, name, content):
        super().__init__(territory=TAROUDANNT.folder)
        whole = load_today().contents
        self._read = {known: whole[known] for known in whole} | {name: content}


def test_an_unread_slip_is_a_definitions_error_and_never_a_bare_key_error(folder):
    slip(folder, "indicators/EDU01", "sector: education\n", "")
    with pytest.raises(DefinitionsError) as told:
        _ = DefinitionSet(DefinitionFiles(folder, territory=TAROUDANNT.folder)).definitions
    assert told.value.faults[0].file.endswith("EDU01.yaml")


def test_the_same_content_is_read_whatever_the_order_of_names():
    text = (DEFINITIONS / "triggers.yaml").read_text(encoding="utf-8")
    assert parse(text)["levels"][0]["id"] == "watch"


@pytest.fixture
def broken(folder, monkeypatch):
    """The application with a slip in its definitions."""
    slip(folder, "indicators/EDU01", "demand: pupils_primary", "demand: pupils_primry")
    monkeypatch.setenv(FOLDER_VARIABLE, str(folder))
    forget_today()
    yield folder
    monkeypatch.undo()
    forget_today()


def test_check_says_all_and_ends_with_one(broken, capsys):
    assert main(["check"]) == 1
    said = capsys.readouterr()
    assert "indicators/EDU01.yaml, ligne 22" in said.err
    assert main(["check", "--json", "--lang", "ar"]) == 1
    (fault,) = json.loads(capsys.readouterr().out)["faults"]
    assert (fault["line"], fault["found"], fault["place"]) == (22, "pupils_primry", "terms[0].demand")


def test_init_refuses_with_the_same_words_and_writes_nothing(broken, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("SERVICE_PRESSURE_STORE", str(tmp_path / "store"))
    assert main(["init"]) == 1
    told = capsys.readouterr().err
    main(["check"])
    assert capsys.readouterr().err == told
    assert not (tmp_path / "store").exists()


def test_a_process_that_was_refused_looks_again_once_the_file_is_mended(broken):
    with pytest.raises(DefinitionsError):
        require_sound()
    slip(broken, "indicators/EDU01", "demand: pupils_primry", "demand: pupils_primary")
    require_sound()


def test_files_are_read_again_only_where_one_was_changed(folder, monkeypatch):
    monkeypatch.setenv(FOLDER_VARIABLE, str(folder))
    forget_today()
    before = load_today()
    forget_if_changed(TAROUDANNT)
    assert load_today() is before
    slip(folder, "indicators/EDU01", "demand: pupils_primary", "demand: pupils_primry")
    forget_if_changed(TAROUDANNT)
    assert load_today() is not before
    forget_today()


def test_sound_definitions_are_counted(capsys):
    assert main(["check"]) == 0
    assert str(len(DefinitionFiles(territory=TAROUDANNT.folder))) in capsys.readouterr().out
