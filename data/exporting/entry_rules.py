"""What a cell of the template or of the form may hold: a number in the variable's range, or a word that says why there is none."""

from __future__ import annotations

from data.i18n import Translator
from data.loaders.variables import Variable

WORDS = ("ND", "SO", "غير متوفر", "لا ينطبق")
# A spreadsheet cuts the title of an input message at 32 letters and its text at 255.
TITLE_LENGTH, MESSAGE_LENGTH = 32, 255


def figure_rule(variable: Variable, cell: str, t: Translator) -> dict[str, object]:
    """The data validation of a figure's cell, for xlsxwriter."""
    conditions = [f"ISNUMBER({cell})", f"{cell}>={variable.minimum:g}"]
    if variable.maximum is not None:
        conditions.append(f"{cell}<={variable.maximum:g}")
    if variable.integer:
        conditions.append(f"{cell}=INT({cell})")
    words = ",".join(f'{cell}="{word}"' for word in WORDS)
    if variable.maximum is not None:
        message = t("template.number_up_to", maximum=variable.maximum)
    else:
        message = t("template.whole_number" if variable.integer else "template.any_number")
    return {
        "validate": "custom",
        "value": f"=IF(ISNUMBER({cell}),AND({','.join(conditions)}),OR({words}))",
        "input_title": t.label(variable.labels)[:TITLE_LENGTH],
        "input_message": f"{t.label(variable.help)} {message}"[:MESSAGE_LENGTH],
        "error_title": t("template.wrong_title"),
        "error_message": message[:MESSAGE_LENGTH],
    }
