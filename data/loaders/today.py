"""The definitions of today, as the files hold them; whatever shows a snapshot uses the set that belongs to it instead."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from analytics.access_profile import AccessRule
from analytics.disclosure import DisclosureRule
from analytics.displacement import DecayPreset
from analytics.model import Definitions, Sector
from analytics.resources import Means
from analytics.scenario import Scenario
from analytics.shock import ShockModel
from analytics.triggers import TriggerRules
from data.loaders.ceilings import Ceiling
from data.loaders.check import check_files
from data.loaders.definition_set import DefinitionSet
from data.loaders.files import DefinitionFiles
from data.loaders.plan_outline import PlanOutline
from data.loaders.slips import DefinitionsError
from data.loaders.variables import Sheet, Variable
from data.province import Province, default_province, known_provinces


def load_today(province: Province | None = None) -> DefinitionSet:
    """The set that the files hold for a territory (the default one unless given), read once in a process."""
    return _load((province or default_province()).folder)


@cache
def _load(territory: Path) -> DefinitionSet:
    return DefinitionSet(DefinitionFiles(territory=territory))


def require_sound(province: Province | None = None) -> None:
    """Compare every file with every other, once in a process; a process that was refused looks again.

    Raises:
        DefinitionsError: everything that is wrong.
    """
    _require_sound(province or default_province())


@cache
def _require_sound(province: Province) -> None:
    files = load_today(province).contents
    assert isinstance(files, DefinitionFiles), "today's definitions are files"
    if faults := check_files(files, provincial_names()):
        # What was read meanwhile may be mended by now.
        _load.cache_clear()
        raise DefinitionsError(faults)


# Totals that indicators of the definitions rest on, whether a territory that is here has them or not.
_RESTED_ON = frozenset({"public_hospital_beds"})


def provincial_names() -> frozenset[str]:
    """Names of the totals of a province as a whole that indicators may name: those that some territory has, and those that the
    definitions rest on already. A territory that lacks a total leaves it missing; a name that is none of these is mistyped."""
    from data.reference_files import read_province_totals

    had = (name for province in known_provinces() for name in read_province_totals(province)["indicator"])
    return _RESTED_ON.union(had)


def forget_today() -> None:
    """Clear the cache: whoever asks next reads and compares the files again."""
    _load.cache_clear()
    _require_sound.cache_clear()


def forget_if_changed(province: Province) -> None:
    """Clear the cache where a file was changed, added or taken away since it was read.

    To read and compare them takes a quarter of a second of processor, to see that nothing moved a hundredth.
    """
    read = load_today(province).contents
    assert isinstance(read, DefinitionFiles), "today's definitions are files"
    if read.texts != DefinitionFiles(territory=province.folder).texts:
        forget_today()


def load_definitions() -> Definitions:
    """All indicators, norms, legend and weights."""
    return load_today().definitions


def load_means() -> Means:
    """Every need, resource and cost."""
    return load_today().means


def load_plan_outline() -> PlanOutline:
    """The outline of a contingency plan."""
    return load_today().plan_outline


def load_library(province: Province | None = None) -> dict[str, Scenario]:
    """The scenarios that ship, by id."""
    return load_today(province).library


def load_shock_model(province: Province | None = None) -> ShockModel:
    """Equation, fragility, reference event and limits of a second shock."""
    return load_today(province).shock_model


def load_trigger_rules() -> TriggerRules:
    """Levels, thresholds, actions and the deactivation."""
    return load_today().triggers


def load_access_rules() -> dict[Sector, AccessRule]:
    """How access to each service is measured."""
    return load_today().access


def load_disclosure_rules() -> dict[str, DisclosureRule]:
    """The rule of every variable and flow that has one, by name."""
    return load_today().disclosure


def load_displacement_presets() -> dict[str, DecayPreset]:
    """Decay presets by id, from the fastest return to the slowest."""
    return load_today().presets


def load_sheets() -> tuple[Sheet, ...]:
    """The monthly sheets in workbook order, then the census."""
    return load_today().sheets


def load_variables() -> dict[str, Variable]:
    """All variables by id, in catalogue order."""
    return load_today().variables


def enabled_sectors() -> frozenset[str]:
    """Sectors with an indicator that is switched on."""
    return load_today().enabled_sectors


def monthly_sheets() -> tuple[Sheet, ...]:
    """The sheets that communes fill, in the order of the template."""
    return tuple(s for s in load_sheets() if s.variables[0].monthly)


def load_ceilings() -> dict[str, Ceiling]:
    """How many people a commune can report beside its census, by kind of count."""
    return load_today().ceilings["ceilings"]


def load_reference_labels() -> dict[str, dict[str, str]]:
    """What each census figure counts, in words."""
    return load_today().ceilings["references"]
