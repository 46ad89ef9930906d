"""The command line of ``python -m data``: exit 0 when done, 1 when the input is refused, 2 when the call is wrong."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from data import assess_command, audit_commands, commands, store_commands, texts_command
from data.actor import TERMINAL, acting_as
from data.i18n import DEFAULT_LANGUAGE, LANGUAGES, Translator
from data.import_command import import_files
from data.loaders.slips import DefinitionsError, Fault
from data.people import command_line as people
from data.province import UnknownProvinceError, find_province, offered_ids
from data.store import Store, StoreError

# Adds a command by name, what runs it, and the key of its text.
AddCommand = Callable[[str, Any, str], argparse.ArgumentParser]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    call = build_parser().parse_args(arguments)
    t = Translator(call.lang)
    try:
        province = find_province(call.territory)
        t = Translator(call.lang, province)
        with acting_as(TERMINAL):
            answer: commands.Answer = call.run(call, Store(province=province), t)
    except UnknownProvinceError as error:
        answer = _failure(t(error.key, **error.values), error.key, commands.WRONG_CALL)
    except StoreError as error:
        answer = _failure(t(error.key, **error.values), error.key, commands.REFUSED)
    except DefinitionsError as error:
        answer = _broken(error, t)
    except commands.WrongCallError as error:
        answer = _failure(t(error.key, **error.values), error.key, commands.WRONG_CALL)
    for line in answer.errors:
        print(line, file=sys.stderr)
    if call.json:
        print(json.dumps(answer.data, ensure_ascii=False, default=str))
    else:
        for line in answer.lines:
            print(line)
    return answer.code


def build_parser() -> argparse.ArgumentParser:
    """Commands and options, described in the language of ``--lang`` where it is given first."""
    t = Translator(_language_asked())
    parser = argparse.ArgumentParser(
        prog="python -m data",
        parents=[_common(t, json=False, lang=DEFAULT_LANGUAGE, territory=None)],
        description=t("cli.description"),
    )
    subparsers = parser.add_subparsers(required=True, metavar="COMMAND")
    # A default of the command would take the place of what stands before it.
    after = _common(t, **dict.fromkeys(("json", "lang", "territory"), argparse.SUPPRESS))

    def command(name: str, run: Any, key: str) -> argparse.ArgumentParser:
        added = subparsers.add_parser(name, parents=[after], help=t(f"cli.{key}"), description=t(f"cli.{key}"))
        added.set_defaults(run=run)
        return added

    _add_what_comes_in(command, t)
    _add_what_goes_out(command, t)
    _add_keeping(command, t)
    people.add_arguments(command("people", people.run, "people"), t)
    texts_command.add_arguments(command("texts", texts_command.run, "texts"), t)
    return parser


def _add_what_comes_in(command: AddCommand, t: Translator) -> None:
    """A new store, definitions checked, files imported, and the way back."""
    init = command("init", commands.init, "init")
    init.add_argument("--without-demonstration", action="store_true", help=t("cli.option_demonstration"))
    init.add_argument("--without-reference", action="store_true", help=t("cli.option_reference"))
    init.add_argument("--until", metavar="YYYY-MM", help=t("cli.option_until"))
    init.add_argument("--if-missing", action="store_true", help=t("cli.option_if_missing"))
    command("check", commands.check, "check")
    importing = command("import", import_files, "import")
    importing.add_argument("file", type=Path, metavar="FILE", nargs="+")
    importing.add_argument("--confirm", action="store_true", help=t("cli.option_confirm"))
    importing.add_argument("--dry-run", action="store_true", help=t("cli.option_dry_run"))
    command("history", commands.list_history, "history")
    command("undo", commands.undo, "undo").add_argument("--only", metavar="ID", help=t("cli.option_only"))
    command("drop-demonstration", commands.remove_demonstration, "drop_demonstration")


def _add_what_goes_out(command: AddCommand, t: Translator) -> None:
    """Templates and forms to fill in, the export, results by another engine."""
    template = command("template", commands.write_template, "template")
    template.add_argument("file", type=Path, metavar="FILE")
    template.add_argument("--form", action="store_true", help=t("cli.option_form"))
    template.add_argument("--one-page", action="store_true", help=t("cli.option_one_page"))
    template.add_argument("--prefilled", action="store_true", help=t("cli.option_prefilled"))
    template.add_argument("--commune", help=t("cli.option_commune"))
    template.add_argument("--months", nargs=2, metavar=("FIRST", "LAST"), help=t("cli.option_months"))
    command("xlsform", commands.write_xlsform, "xlsform").add_argument("file", type=Path, metavar="FILE")
    export = command("export", commands.export, "export")
    export.add_argument("folder", type=Path, metavar="DIR")
    export.add_argument("--parquet", action="store_true", help=t("cli.option_parquet"))
    export.add_argument("--hxl", action="store_true", help=t("cli.option_hxl"))
    assess_command.add_arguments(command("assess", assess_command.assess, "assess"), t)


def _add_keeping(command: AddCommand, t: Translator) -> None:
    """The store kept safe, read through, put back; the audit log."""
    store_commands.add_file(command("backup", store_commands.backup, "backup"), t)
    restore = command("restore", store_commands.restore, "restore")
    store_commands.add_file(restore, t)
    restore.add_argument("--check", action="store_true", help=t("cli.option_check"))
    command("verify", store_commands.verify, "verify")
    command("publish", store_commands.publish, "publish").add_argument("snapshot", metavar="ID", help=t("cli.publish_id"))
    command("repair", store_commands.repair, "repair")
    audit_commands.add_arguments(command("audit", audit_commands.run, "audit"), t)


def _common(t: Translator, **defaults: Any) -> argparse.ArgumentParser:
    """The options that stand before or after the command, with their defaults."""
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--json", action="store_true", default=defaults["json"], help=t("cli.option_json"))
    common.add_argument("--lang", choices=list(LANGUAGES), default=defaults["lang"], help=t("cli.option_lang"))
    text = t("cli.option_territory", offered=", ".join(offered_ids()))
    common.add_argument("--territory", metavar="ID", default=defaults["territory"], help=text)
    return common


def _language_asked() -> str:
    """Language of the help itself, which is written before the call is parsed."""
    asked = [b for a, b in zip(sys.argv, sys.argv[1:], strict=False) if a == "--lang"]
    return asked[0] if asked and asked[0] in LANGUAGES else DEFAULT_LANGUAGE


def _failure(line: str, key: str, code: int) -> commands.Answer:
    return commands.Answer(
        [], {"status": "refused" if code == commands.REFUSED else "wrong_call", "reason": key}, (line,), code
    )


def _broken(error: DefinitionsError, t: Translator) -> commands.Answer:
    """Every fault of the definitions, in words and for a machine."""
    count = len(error.faults)
    data = {"status": "refused", "reason": "definitions", "faults": [_fault_data(fault, t) for fault in error.faults]}
    lines = tuple(fault.sentence(t) for fault in error.faults)
    return commands.Answer([t("cli.definitions_broken", count=count)], data, lines, commands.REFUSED)


def _fault_data(fault: Fault, t: Translator) -> dict[str, Any]:
    return {
        "file": fault.file,
        "line": fault.line,
        "place": fault.place,
        "key": fault.slip.key,
        "found": fault.found,
        "message": fault.problem(t),
        "remedy": fault.remedy(t),
    }
