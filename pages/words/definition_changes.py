"""What differs between two sets of definitions, in words: a norm by its label, a cost by its item, the rest by its file."""

from __future__ import annotations

from data.i18n import Translator
from data.loaders.definition_set import DefinitionSet
from data.loaders.differences import Difference, differences

SHOWN = 8


def list_changes(before: DefinitionSet, after: DefinitionSet, t: Translator) -> list[str]:
    """One line a value, then how many more, then how many texts; empty where nothing differs."""
    found = differences(before, after)
    values = [d for d in found if not d.is_words]
    lines = [write_change(d, after, t) for d in values[:SHOWN]]
    if len(values) > SHOWN:
        lines.append(t("contingency.definition_more", count=len(values) - SHOWN))
    if len(found) > len(values):
        lines.append(t("contingency.definition_words", count=len(found) - len(values)))
    return lines


def write_change(difference: Difference, after: DefinitionSet, t: Translator) -> str:
    """A value that is not what it was."""
    written = {"before": _value(difference.before, t), "after": _value(difference.after, t)}
    return t("contingency.definition_change", name=_name(difference, after, t), **written)


def _name(difference: Difference, after: DefinitionSet, t: Translator) -> str:
    path = difference.path
    if difference.name.startswith("norms/") and path and path[0] in after.definitions.norms:
        norm = after.definitions.norms[str(path[0])]
        label = t.label(norm.labels)
        profile = _profile(difference, after)
        return t("sign.between").join(part for part in (label, t(f"norms.{profile}") if profile else "") if part)
    if difference.name == "costs" and path and path[0] in after.means.costs:
        bound = [t(f"costs.{path[1]}")] if len(path) > 1 and t.has(f"costs.{path[1]}") else []
        return t("sign.between").join([t.label(after.means.costs[str(path[0])].labels), *bound])
    if difference.name.startswith("indicators/"):
        indicator = difference.name.partition("/")[2]
        return t("sign.between").join((indicator, difference.place))
    return t("sign.between").join((f"{difference.name}.yaml", difference.place))


def _profile(difference: Difference, after: DefinitionSet) -> str:
    """The set of norms that a value belongs to, where it is not that of planning."""
    match difference.path:
        case (norm, "values", int(at), *_):
            values = after.contents[difference.name][norm]["values"]
            return str(values[at].get("profile", "")) if at < len(values) else ""
    return ""


def _value(value: object, t: Translator) -> str:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        decimals = 0 if float(value).is_integer() else len(f"{value:g}".partition(".")[2])
        return t.number(value, decimals)
    return Difference.written(value)
