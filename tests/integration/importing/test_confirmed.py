"""What a file only suggests is asked once for its layout: accepted on the command line, remembered, taken back by undo."""

import json

from data.command_line import main
from data.importing.accept import accept_import, prepare_for_store
from tests.messy.files import ADAR, book

NAMES = ["Sept 2025", "Oct 2025"]


def sheets(*names, heading="Personnes déplacées"):
    return book(*([["Commune", heading], ["Adar", 120 + n]] for n, _ in enumerate(names)), names=names)


def asked(store, content):
    report = prepare_for_store(store, content, "x.xlsx")
    return [finding.key for finding in report.questions], report


def test_a_layout_that_was_confirmed_is_not_asked_again_and_undo_forgets_it(store):
    content = sheets("Sept 2025")
    assert asked(store, content)[0] == ["month_suggested"]
    accept_import(store, content, prepare_for_store(store, content, "x.xlsx", is_confirmed=True))
    keys, report = asked(store, sheets("Oct 2025"))
    assert keys == []
    assert [(o.commune_code, f"{o.reference_date:%Y-%m}") for o in report.observations.itertuples()] == [(ADAR, "2025-10")]
    # It is said all the same.
    assert "month_suggested_confirmed" in {finding.key for finding in report.findings}
    assert asked(store, sheets("Oct 2025", heading="Élèves primaire"))[0] == ["month_suggested"]
    store.undo()
    assert asked(store, sheets("Oct 2025"))[0] == ["month_suggested"]


def test_several_files_at_once_are_uploads_of_their_own(store, tmp_path, capsys):
    files = []
    for number, content in enumerate((sheets("Sept 2025"), b"Commune;Mois;M\xc3\xa9decins\nAdar;2025-09;3\n", b"%PDF-1.7")):
        files.append(tmp_path / f"{number}.{('xlsx', 'csv', 'pdf')[number]}")
        files[-1].write_bytes(content)
    code = main(["import", "--json", *map(str, files[:2]), "--confirm"])
    answer = json.loads(capsys.readouterr().out)
    assert (code, answer["status"]) == (0, "done")
    assert [one["figures_kept"] for one in answer["files"]] == [1, 1]
    code = main(["import", "--json", *map(str, files)])
    answer = json.loads(capsys.readouterr().out)
    assert (code, answer["status"]) == (1, "refused")
    assert [one["status"] for one in answer["files"]] == ["done", "done", "refused"]
    assert answer["files"][2]["findings"][0]["key"] == "file_of_another_kind"
