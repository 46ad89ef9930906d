"""What is laid over the communes of the map on the page: which layers are shown, where one looks, which communes are marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from geo.map_styles import CommuneStyle, Message, lean, pack_styles, script_json


@dataclass(frozen=True, slots=True)
class ShownLayer:
    """A layer that the page fetches: its name, its address, and the attribution that its source asks for."""

    id: str
    address: str
    attribution: str = ""


@dataclass(frozen=True, slots=True)
class Months:
    """Where the page fetches the colours of every month of the result that is shown (``geo.map_styles.pack_months``), the month that
    is drawn (``2025-08``), and what it is called."""

    address: str
    month: str
    name: str


@dataclass(frozen=True, slots=True)
class LookedAt:
    """A place on the map in degrees, and its name."""

    latitude: float
    longitude: float
    name: str


@dataclass(frozen=True, slots=True)
class Beside:
    """A second map beside the first one: its styles, the names of both, and the commune that each looks at where they do not move
    together."""

    styles: Mapping[str, CommuneStyle]
    names: tuple[str, str]
    apart: tuple[str, str] | None = None


class ShowLayers(Message):
    """The message that shows layers and hides all others, goes to a place (a commune's code, a place, or None to stay), outlines
    marked communes, opens or closes the map beside, offers to pick communes by a loop (``lasso``: the words of its button), and says
    which month is drawn."""

    _template = lean(
        """
        {% macro script(this, kwargs) %}
        var {{ this.get_name() }} = L.layerGroup([]);
        window.layersAsked = {{ this.layers }};
        window.placeAsked = {{ this.place }};
        window.communeMarked = {{ this.marked }};
        window.besideAsked = {{ this.beside }};
        window.lassoAsked = {{ this.lasso }};
        window.monthsAsked = {{ this.months }};
        {% endmacro %}
        """
    )

    def __init__(
        self,
        layers: Sequence[ShownLayer],
        place: str | LookedAt | None,
        marked: Sequence[str] = (),
        beside: Beside | None = None,
        lasso: str = "",
        months: Months | None = None,
    ) -> None:
        super().__init__()
        self.layers = script_json([[layer.id, layer.address, layer.attribution] for layer in layers])
        at = [place.latitude, place.longitude, place.name] if isinstance(place, LookedAt) else place
        self.place = script_json(at)
        self.marked = script_json(list(marked))
        second = None
        if beside is not None:
            second = pack_styles(beside.styles) | {"names": beside.names, "apart": beside.apart}
        self.beside = script_json(second)
        self.lasso = script_json(lasso)
        self.months = script_json([months.address, months.month, months.name] if months else None)
